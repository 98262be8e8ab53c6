#include "platform/files/store.hpp"

#include "platform/db/store_test.hpp"
#include "platform/files/child.hpp"
#include "platform/jobs/jobs.hpp"

#include <fstream>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::files;

namespace {

std::vector<db::MigrationSet> sets() {
  static const db::EmbeddedFile holder{"0001_holder.sql", "CREATE TABLE holder (id $ID PRIMARY KEY, hash $TEXT NOT NULL);"};
  return {db::migrations_of("platform_db", embedded::platform_db), jobs::jobs_migrations(), files_migrations(), {"test", {holder}}};
}

struct Crash {};

struct Fixture {
  db::Database& database;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("mandate-files-" + std::to_string(next_id()));
  FakeClock clock{*Instant::parse("2026-11-24T02:00:00Z")};
  std::set<std::int64_t> wanted;
  std::string refusal;
  FileStore store{database, clock, folder,
                  {[this](const std::filesystem::path& file, const std::string&, const InspectLimits&) -> Result<Inspection> {
                     REQUIRE(std::filesystem::exists(file));
                     if (!refusal.empty()) return fault(refusal == "file.no_inspector" ? FaultKind::unavailable : FaultKind::invalid, refusal);
                     return Inspection{"image/png", 1, 1, 0};
                   },
                   [](const std::filesystem::path&, const std::string&, const std::filesystem::path& to) {
                     std::ofstream(to / "1.jpg") << "page";
                     return 1;
                   }}};

  explicit Fixture(db::Database& d) : database(d) {
    store.add_reference("holder", "hash");
    store.set_wanted([this](db::Session&, const std::vector<std::int64_t>& ids) {
      std::set<std::int64_t> out;
      for (const auto id : ids) {
        if (wanted.count(id) == 1) out.insert(id);
      }
      return out;
    });
  }
  ~Fixture() { std::filesystem::remove_all(folder); }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  std::int64_t upload(const std::string& content) {
    const auto id = next_id();
    wanted.insert(id);
    auto in = store.open_incoming(id, static_cast<std::int64_t>(content.size()));
    REQUIRE(in.ok());
    REQUIRE((*in)->begin_at(0).ok());
    REQUIRE((*in)->write(content).ok());
    return id;
  }
  // As a module completes an upload.
  Result<std::string> complete(std::int64_t id, std::int64_t size, bool held = true) {
    MANDATE_ASSIGN(const auto placed, store.place(id, size, "a.png", {}));
    MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
      store.keep(s, placed.file, clock.now());
      if (held) s.execute("INSERT INTO holder (id, hash) VALUES (?, ?)", next_id(), placed.file.hash);
      return done();
    }));
    wanted.erase(id);
    store.discard(id);
    return placed.file.hash;
  }
  int on_disk() const {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) count += entry.is_regular_file() && entry.path().filename() != "lock" ? 1 : 0;
    return count;
  }
  std::int64_t rows() {
    return database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM stored_file"); });
  }
};

}  // namespace

TEST_CASE("an upload goes on over several connections, with one hash for all of it") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = next_id();
    {
      auto one = f.store.open_incoming(id, 9);
      REQUIRE(one.ok());
      CHECK(f.store.open_incoming(id, 9).fault().key == "file.upload_busy");
      REQUIRE((*one)->begin_at(0).ok());
      REQUIRE((*one)->write("abcd").ok());
      CHECK((*one)->begin_at(5).fault().key == "file.gap");
    }
    CHECK(f.store.bytes_of(id) == 4);
    // What was written after the last state (a process that was killed) counts for nothing.
    std::ofstream(f.folder / "incoming" / std::to_string(id), std::ios::app) << "lost";
    {
      auto two = f.store.open_incoming(id, 9);
      REQUIRE((*two)->begin_at(2).ok());  // two bytes for the second time
      REQUIRE((*two)->write("cdefghi").ok());
      CHECK((*two)->whole());
      CHECK((*two)->hash() == digest::sha256_hex("abcdefghi"));
      CHECK((*two)->crc32() == 0x8da988af);
      CHECK((*two)->write("x").fault().key == "file.longer_than_said");
    }
  });
}

TEST_CASE("whatever step a process dies at, no row lacks its file and nothing is left for good") {
  db::testing::on_both(sets(), [](db::Database& database) {
    for (const std::string step : {"synced", "inspected", "linked", "placed"}) {
      INFO(step);
      Fixture f{database};
      database.write([](db::Session& s) -> Result<> {
        s.execute("DELETE FROM holder");
        s.execute("DELETE FROM stored_file");
        return done();
      }).ok();
      const auto id = f.upload("content");
      f.store.at_step = [&](const char* at) {
        if (at == step) throw Crash{};
      };
      CHECK_THROWS_AS((void)f.complete(id, 7).ok(), Crash);
      f.store.at_step = nullptr;
      CHECK(f.rows() == 0);
      SUBCASE("and the upload is completed afterwards") {
        const auto hash = f.complete(id, 7);
        REQUIRE(hash.ok());
        CHECK(std::filesystem::exists(f.store.path_of(*hash)));
        f.store.sweep(f.clock.now());
        CHECK(std::filesystem::exists(f.store.path_of(*hash)));
        CHECK(f.on_disk() == 1);
      }
      SUBCASE("and nobody comes back") {
        f.wanted.clear();
        f.store.sweep(f.clock.now());
        CHECK(f.on_disk() == 0);
      }
    }
  });
}

TEST_CASE("a refused file is kept nowhere, one that cannot be looked at just now may be tried again") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.upload("content");
    CHECK(f.store.place(id, 8, "a.png", {}).fault().key == "file.incomplete");
    f.refusal = "file.no_inspector";
    CHECK(f.complete(id, 7).fault().key == "file.no_inspector");
    CHECK(f.on_disk() == 2);
    f.refusal = "file.markup";
    CHECK(f.complete(id, 7).fault().key == "file.markup");
    CHECK(f.on_disk() == 0);
  });
}

TEST_CASE("what nobody holds any more is swept after a day, what comes again meanwhile is not") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto kept = f.complete(f.upload("kept"), 4);
    const auto loose = f.complete(f.upload("loose"), 5, false);
    REQUIRE((kept.ok() && loose.ok()));
    CHECK(f.store.sweep(f.clock.now().plus_seconds(3600)).rows == 0);
    f.clock.set(f.clock.now().plus_seconds(20 * 3600));
    REQUIRE(f.complete(f.upload("loose"), 5, false).ok());
    CHECK(f.store.sweep(f.clock.now().plus_seconds(10 * 3600)).rows == 0);
    {
      const auto placed = f.store.place(f.upload("third"), 5, "a.png", {});
      REQUIRE(placed.ok());
      // Between file and row: the sweep waits for another time.
      CHECK(f.store.sweep(f.clock.now().plus_seconds(30 * 3600)).rows == 0);
      CHECK(std::filesystem::exists(f.store.path_of(placed->file.hash)));
    }
    CHECK(f.store.sweep(f.clock.now().plus_seconds(30 * 3600)).rows == 1);
    CHECK_FALSE(std::filesystem::exists(f.store.path_of(*loose)));
    CHECK(std::filesystem::exists(f.store.path_of(*kept)));
  });
}

TEST_CASE("two who complete the same content at once keep one file") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto a = f.upload("same");
    const auto b = f.upload("same");
    Result<std::string> first = fault(FaultKind::unavailable, "file.broken");
    Result<std::string> second = first;
    std::thread other([&] { first = f.complete(a, 4); });
    second = f.complete(b, 4);
    other.join();
    REQUIRE((first.ok() && second.ok()));
    CHECK(*first == *second);
    CHECK(f.rows() == 1);
    CHECK(f.on_disk() == 1);
  });
}

TEST_CASE("a preview is made by a job, once, and shown when it is there") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    jobs::Jobs jobs(database, f.clock);
    int runs = 0;
    jobs.on(preview_job, [&](const jobs::Job& job) -> Result<> {
      ++runs;
      return f.store.make_preview(std::string(boost::json::parse(job.payload).at("hash").as_string()));
    }, true);
    const auto hash = f.complete(f.upload("picture"), 7);
    REQUIRE(hash.ok());
    REQUIRE(f.complete(f.upload("picture"), 7).ok());
    CHECK(database.read([&](db::Session& s) { return f.store.find(s, *hash); })->preview == PreviewState::waiting);
    CHECK(jobs.run_due() == 1);
    CHECK(runs == 1);
    const auto file = database.read([&](db::Session& s) { return f.store.find(s, *hash); });
    CHECK(file->preview == PreviewState::ready);
    CHECK(file->preview_pages == 1);
    CHECK(std::filesystem::exists(f.store.preview_of(*hash, "1")));
    CHECK(jobs.run_due() == 0);
  });
}

TEST_CASE("a program run apart gives what it prints, and is ended when it takes too long or too much") {
  std::string text;
  const auto take = [&](std::string_view part) {
    text += part;
    return text.size() < 1000;
  };
  CHECK(run_child({"/bin/sh", "-c", "printf hello; exit 3"}, {}, take).exit_code == 3);
  CHECK(text == "hello");
  CHECK_FALSE(run_child({"/nowhere/program"}, {}).good());
  const auto begun = std::chrono::steady_clock::now();
  const auto slow = run_child({"/bin/sh", "-c", "sleep 30 & wait"}, ChildLimits{.wall_seconds = 1});
  CHECK(slow.timed_out);
  const auto endless = run_child({"/bin/sh", "-c", "while :; do echo mandate; done"}, {}, take);
  CHECK(endless.stopped);
  CHECK_FALSE(endless.good());
  const auto busy = run_child({"/bin/sh", "-c", "while :; do :; done"}, ChildLimits{.cpu_seconds = 1, .wall_seconds = 20});
  CHECK(busy.exit_code == -1);
  CHECK_FALSE(busy.timed_out);
  CHECK_FALSE(run_child({"/bin/sh", "-c", "head -c 3000000 /dev/zero > /tmp/mandate-too-long"}, ChildLimits{.file_bytes = 1'000'000}).good());
  std::filesystem::remove("/tmp/mandate-too-long");
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(15));
}
