#include "platform/db/database.hpp"
#include "platform/db/events.hpp"
#include "platform/db/numbers.hpp"
#include "platform/db/store_test.hpp"

#include <set>
#include <thread>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::db;

namespace {

const db::EmbeddedFile things{"0001_things.sql", "CREATE TABLE thing (id $ID PRIMARY KEY, name $TEXT NOT NULL, amount $REAL, due_on $DATE);\n$SEQUENCE thing_number;\nCREATE TABLE seat (id $ID PRIMARY KEY, taken_by $INT NOT NULL);"};

std::vector<MigrationSet> sets() { return {migrations_of("platform_db", embedded::platform_db), {"test", {things}}}; }

struct ThingRow {
  std::int64_t id = 0;
  std::string name;
  std::optional<double> amount;
  std::optional<Date> due_on;
};
BOOST_DESCRIBE_STRUCT(ThingRow, (), (id, name, amount, due_on))

NewEvent event_of(std::int64_t record) { return {Instant{1}, 7, "thing.made", "thing", record, "{}", {}}; }

}  // namespace

TEST_CASE("values go in and come out alike on both engines") {
  testing::on_both(sets(), [](Database& database) {
    const auto big = (std::int64_t{1} << 62) + 5;
    REQUIRE(database.write([&](Session& s) -> Result<> {
      CHECK(s.execute("INSERT INTO thing (id, name, amount, due_on) VALUES (?, ?, ?, ?)", big, "臺中?", std::optional<double>(1.5), *Date::parse("2023-03-07")) == 1);
      CHECK(s.execute("INSERT INTO thing (id, name, amount, due_on) VALUES (?, 'a?b', ?, ?)", 2, std::optional<double>{}, std::optional<Date>{}) == 1);
      return done();
    }).ok());
    const auto rows = database.read([](Session& s) { return s.list<ThingRow>("SELECT id, name, amount, due_on FROM thing ORDER BY id DESC"); });
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].id == big);
    CHECK(rows[0].name == "臺中?");
    CHECK(rows[0].amount == 1.5);
    CHECK(rows[0].due_on == Date::parse("2023-03-07"));
    CHECK(rows[1].name == "a?b");
    CHECK_FALSE(rows[1].amount);
    CHECK_FALSE(rows[1].due_on);
    CHECK(database.read([](Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM thing"); }) == 2);
  });
}

TEST_CASE("a fault or an exception leaves nothing behind, and the next write is untouched") {
  testing::on_both(sets(), [](Database& database) {
    const auto insert = [](Session& s, int id) { s.execute("INSERT INTO thing (id, name) VALUES (?, 'x')", id); };
    CHECK_FALSE(database.write([&](Session& s) -> Result<> {
      insert(s, 1);
      return fault(FaultKind::conflict, "no");
    }).ok());
    CHECK_THROWS_AS((void)database.write([&](Session& s) -> Result<> {
      insert(s, 1);
      throw std::runtime_error("broken");
    }), std::runtime_error);
    CHECK_THROWS_AS((void)database.write([&](Session& s) -> Result<> {
      insert(s, 1);
      insert(s, 1);
      return done();
    }), DbError);
    CHECK(database.write([&](Session& s) -> Result<> {
      insert(s, 2);
      return done();
    }).ok());
    CHECK(database.read([](Session& s) { return s.value<std::int64_t>("SELECT SUM(id) FROM thing"); }) == 2);
  });
}

TEST_CASE("a joined write belongs to the outer one and its failure cannot be ignored") {
  testing::on_both(sets(), [](Database& database) {
    const auto inner = [&](bool good) {
      return database.write([&](Session& s) -> Result<> {
        s.execute("INSERT INTO thing (id, name) VALUES (1, 'inner')");
        if (!good) return fault(FaultKind::conflict, "no");
        return done();
      });
    };
    CHECK_THROWS_AS((void)database.write([&](Session&) -> Result<> {
      (void)inner(false).ok();
      return done();
    }), std::logic_error);
    CHECK(database.read([](Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM thing"); }) == 0);
    CHECK(database.write([&](Session&) -> Result<> { return inner(true); }).ok());
    CHECK(database.write([&](Session& s) -> Result<> {
      const auto row = s.attempt([&]() -> Result<> {
        s.execute("INSERT INTO thing (id, name) VALUES (9, 'attempt')");
        return fault(FaultKind::invalid, "bad row");
      });
      CHECK_FALSE(row.ok());
      return done();
    }).ok());
    CHECK(database.read([](Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM thing"); }) == 1);
  });
}

TEST_CASE("two clients racing for one seat: one gets it") {
  testing::on_both(sets(), [](Database& database) {
    for (int seat = 1; seat <= 40; ++seat) {
      std::atomic<int> won{0};
      const auto take = [&](int who) {
        auto result = database.write([&](Session& s) -> Result<> {
          if (s.find<std::int64_t>("SELECT taken_by FROM seat WHERE id = ?", seat)) return fault(FaultKind::conflict, "taken");
          s.execute("INSERT INTO seat (id, taken_by) VALUES (?, ?)", seat, who);
          return done();
        });
        if (result.ok()) ++won;
      };
      std::thread a(take, 1);
      std::thread b(take, 2);
      a.join();
      b.join();
      REQUIRE(won == 1);
    }
  });
}

TEST_CASE("positions are dense and nothing is skipped while a transaction stays open") {
  testing::on_both(sets(), [](Database& database) {
    std::atomic<bool> may_end{false};
    std::atomic<bool> begun{false};
    std::thread slow([&] {
      CHECK(database.write([&](Session& s) -> Result<> {
        append_event(s, event_of(1));
        begun = true;
        // On SQLite this holds the one writer: the others wait their turn. On PostgreSQL they pass, and must not make readers skip this one.
        for (int i = 0; i < 200 && !may_end; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return done();
      }).ok());
    });
    while (!begun) std::this_thread::yield();
    std::vector<std::thread> quick;
    for (int t = 0; t < 4; ++t) {
      quick.emplace_back([&, t] {
        for (int i = 0; i < 20; ++i) {
          CHECK(database.write([&](Session& s) -> Result<> {
            append_event(s, event_of(100 + t * 100 + i));
            return done();
          }).ok());
        }
      });
    }
    std::set<std::int64_t> seen;
    std::int64_t after = 0;
    const auto follow = [&] {
      database.sequence_events();
      for (const auto& event : database.read([&](Session& s) { return list_events(s, after, 1000); })) {
        CHECK(event.position == after + 1);
        after = event.position;
        CHECK(seen.insert(event.record_id).second);
      }
    };
    for (int i = 0; i < 20; ++i) {
      follow();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    may_end = true;
    slow.join();
    for (auto& t : quick) t.join();
    follow();
    CHECK(seen.size() == 81);
    CHECK(seen.count(1) == 1);
  });
}

TEST_CASE("thirty-two writers share commits on SQLite") {
  const auto directory = std::filesystem::temp_directory_path() / ("mandate-test-" + std::to_string(next_id()));
  {
    auto database = Database::open({.url = "", .directory = directory, .readers = 2});
    migrate(*database, sets());
    const auto before = database->counts();
    std::vector<std::thread> writers;
    for (int t = 0; t < 32; ++t) {
      writers.emplace_back([&, t] {
        for (int i = 0; i < 50; ++i) {
          CHECK(database->write([&](Session& s) -> Result<> {
            s.execute("INSERT INTO thing (id, name) VALUES (?, 'w')", t * 1000 + i);
            return done();
          }).ok());
        }
      });
    }
    for (auto& w : writers) w.join();
    const auto after = database->counts();
    CHECK(after.writes - before.writes == 1600);
    CHECK(after.syncs - before.syncs <= 160 + 8);  // at most 0.1 fsync a write, and a checkpoint
    CHECK(after.syncs > before.syncs);
  }
  std::filesystem::remove_all(directory);
}

// More than the page cache holds and many times what the file layer keeps in memory: pages go to the log before the commit and are read back from it.
TEST_CASE("a write larger than the cache is whole, or leaves nothing") {
  testing::on_both(sets(), [](Database& database) {
    const std::string text(4000, 'x');
    const auto fill = [&](Session& s, int from) {
      for (int id = from; id < from + 12'000; ++id) s.execute("INSERT INTO thing (id, name) VALUES (?, ?)", id, text);
      return s.value<std::int64_t>("SELECT COUNT(*) FROM thing WHERE length(name) = 4000");
    };
    REQUIRE(database.write([&](Session& s) -> Result<> {
      CHECK(fill(s, 1) == 12'000);
      return done();
    }).ok());
    CHECK_FALSE(database.write([&](Session& s) -> Result<> {
      CHECK(fill(s, 20'001) == 24'000);
      return fault(FaultKind::conflict, "no");
    }).ok());
    REQUIRE(database.write([&](Session& s) -> Result<> {
      s.execute("INSERT INTO thing (id, name) VALUES (99999, 'after')");
      return done();
    }).ok());
    database.read([&](Session& s) {
      CHECK(s.value<std::int64_t>("SELECT COUNT(*) FROM thing") == 12'001);
      CHECK(s.value<std::int64_t>("SELECT COUNT(*) FROM thing WHERE name = ?", text) == 12'000);
      if (s.engine() == Engine::sqlite) CHECK(s.value<std::string>("PRAGMA integrity_check") == "ok");
      return 0;
    });
  });
}

TEST_CASE("a change counter stands still only while nothing changes what it watches") {
  testing::on_both(sets(), [](Database& database) {
    const auto things = database.watch({"thing"});
    const auto insert = [](Session& s, const char* table, int id) { s.execute(std::string("INSERT INTO ") + table + (std::string(table) == "thing" ? " (id, name) VALUES (?, 'x')" : " (id, taken_by) VALUES (?, 1)"), id); };
    if (database.engine() == Engine::postgres) {  // others write too
      CHECK_FALSE(things.still());
      return;
    }
    const auto before = things.still();
    REQUIRE(before);
    REQUIRE(database.write([&](Session& s) -> Result<> {
      insert(s, "seat", 1);
      CHECK(things.still() == before);
      return done();
    }).ok());
    CHECK(things.still() == before);
    for (const bool good : {true, false}) {
      const auto then = things.still();
      CHECK(database.write([&](Session& s) -> Result<> {
        CHECK(things.still() == then);
        insert(s, "thing", good ? 1 : 2);
        CHECK_FALSE(things.still());
        s.execute("UPDATE thing SET name = 'y' WHERE id = ?", 1);
        CHECK_FALSE(things.still());
        return good ? done() : fault(FaultKind::conflict, "no");
      }).ok() == good);
      REQUIRE(things.still());
      CHECK(*things.still() > *then);
    }
  });
}

TEST_CASE("a directory has one owner") {
  const auto directory = std::filesystem::temp_directory_path() / ("mandate-test-" + std::to_string(next_id()));
  {
    auto first = Database::open({.url = "", .directory = directory, .readers = 1});
    CHECK_THROWS_WITH_AS((void)Database::open({.url = "", .directory = directory, .readers = 1}), doctest::Contains("another mandate process owns"), std::runtime_error);
  }
  std::filesystem::remove_all(directory);
}

TEST_CASE("a migration that was applied may not change") {
  testing::on_both(sets(), [](Database& database) {
    CHECK(migrate(database, sets()) == 0);
    auto changed = sets();
    changed[1].files[0].text = "CREATE TABLE other (id $ID);";
    CHECK_THROWS_WITH_AS((void)migrate(database, changed), doctest::Contains("test/0001_things.sql was changed"), std::runtime_error);
    auto older = sets();
    older[1].files.clear();
    CHECK_THROWS_WITH_AS((void)migrate(database, older), doctest::Contains("newer program"), std::runtime_error);
  });
}

TEST_CASE("numbers rise and are never given twice") {
  testing::on_both(sets(), [](Database& database) {
    std::mutex mutex;
    std::set<std::int64_t> given;
    std::vector<std::thread> takers;
    for (int t = 0; t < 4; ++t) {
      takers.emplace_back([&] {
        for (int i = 0; i < 25; ++i) {
          const auto n = database.write([](Session& s) -> Result<std::int64_t> { return next_number(s, "thing_number"); });
          const std::lock_guard lock(mutex);
          CHECK(given.insert(n.value()).second);
        }
      });
    }
    for (auto& t : takers) t.join();
    CHECK(given.size() == 100);
  });
}
