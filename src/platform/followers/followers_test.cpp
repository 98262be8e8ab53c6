#include "platform/followers/followers.hpp"

#include "platform/db/store_test.hpp"

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::followers;

namespace {

std::vector<db::MigrationSet> sets() {
  static const db::EmbeddedFile seen{"0001_seen.sql", "CREATE TABLE seen (id $ID PRIMARY KEY, position $INT NOT NULL);"};
  return {db::migrations_of("platform_db", embedded::platform_db), followers_migrations(), {"test", {seen}}};
}

void happen(db::Database& database, int count, const char* kind = "thing.happened") {
  REQUIRE(database.write([&](db::Session& s) -> Result<> {
    for (int i = 0; i < count; ++i) db::append_event(s, {Instant{1}, 0, kind, "thing", i, "{}", {}});
    return done();
  }).ok());
}

Followers::Handler keep_seen() {
  return [](db::Session& s, const std::vector<db::Event>& events) -> Result<> {
    for (const auto& event : events) {
      if (event.kind == "thing.bad") return fault(FaultKind::invalid, "input.invalid");
      s.execute("INSERT INTO seen (id, position) VALUES (?, ?)", next_id(), event.position);
    }
    return done();
  };
}

std::vector<std::int64_t> seen(db::Database& database) {
  return database.read([](db::Session& s) { return s.list<std::int64_t>("SELECT position FROM seen ORDER BY position, id"); });
}

}  // namespace

TEST_CASE("a follower gets each event once and in order, and nothing from before it was there") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1});
    happen(database, 3);
    database.sequence_events();
    Followers followers(database, clock);
    followers.add("seen", keep_seen());
    CHECK(followers.run() == 0);
    happen(database, 1203);
    CHECK(followers.run() == 1203);
    CHECK(followers.run() == 0);
    const auto positions = seen(database);
    REQUIRE(positions.size() == 1203);
    for (std::size_t i = 0; i < positions.size(); ++i) REQUIRE(positions[i] == static_cast<std::int64_t>(i) + 4);
  });
}

TEST_CASE("several processes follow one log and no event is handed over twice") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1});
    {
      Followers first(database, clock);
      first.add("seen", keep_seen());
    }
    happen(database, 400);
    std::vector<std::thread> processes;
    for (int p = 0; p < 3; ++p) {
      processes.emplace_back([&] {
        Followers followers(database, clock);
        followers.add("seen", keep_seen());
        for (int i = 0; i < 5; ++i) followers.run();
      });
    }
    for (auto& one : processes) one.join();
    auto positions = seen(database);
    CHECK(positions.size() == 400);
    CHECK(std::unique(positions.begin(), positions.end()) == positions.end());
  });
}

TEST_CASE("an event that cannot be taken is passed by after five tries, noted, and holds up nothing else") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1});
    Followers followers(database, clock);
    followers.add("seen", keep_seen());
    happen(database, 2);
    happen(database, 1, "thing.bad");
    happen(database, 2);
    for (int i = 0; i < 4; ++i) followers.run();
    CHECK(seen(database).size() == 2);
    followers.run();
    CHECK(seen(database).size() == 4);
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT position FROM follower_fault"); }) == 3);
    CHECK(database.read([&](db::Session& s) { return followers.states(s).front().behind; }) == 0);
  });
}

TEST_CASE("what was skipped is handed to nobody") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1});
    Followers followers(database, clock);
    followers.add("seen", keep_seen());
    happen(database, 5);
    REQUIRE(followers.skip_to_end().ok());
    CHECK(followers.run() == 0);
    happen(database, 1);
    CHECK(followers.run() == 1);
  });
}
