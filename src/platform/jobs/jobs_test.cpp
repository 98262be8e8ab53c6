#include "platform/jobs/jobs.hpp"

#include "platform/db/store_test.hpp"

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::jobs;

namespace {

std::vector<db::MigrationSet> sets() {
  static const db::EmbeddedFile effect{"0001_effect.sql", "CREATE TABLE effect (id $ID PRIMARY KEY, job_id $INT NOT NULL);"};
  return {db::migrations_of("platform_db", embedded::platform_db), jobs_migrations(), {"test", {effect}}};
}

std::int64_t effects(db::Database& database) {
  return database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM effect"); });
}

void queue(db::Database& database, const std::string& kind, Instant at, const std::string& key = "") {
  REQUIRE(database.write([&](db::Session& s) -> Result<> {
    enqueue(s, kind, "{}", at, key);
    return done();
  }).ok());
}

auto leave_effect(db::Database& database) {
  return [&database](const Job& job) -> Result<> {
    return database.write([&](db::Session& s) -> Result<> {
      s.execute("INSERT INTO effect (id, job_id) VALUES (?, ?)", next_id(), job.id);
      return done();
    });
  };
}

}  // namespace

TEST_CASE("a job runs at its time, once, and its effect and its end are one") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    Jobs jobs(database, clock);
    jobs.on("mark", leave_effect(database));
    queue(database, "mark", clock.now().plus_seconds(60));
    CHECK(jobs.run_due() == 0);
    clock.set(clock.now().plus_seconds(60));
    CHECK(jobs.run_due() == 1);
    CHECK(jobs.run_due() == 0);
    CHECK(effects(database) == 1);
  });
}

TEST_CASE("several processes share the queue and no job runs twice") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    for (int i = 0; i < 40; ++i) queue(database, "mark", clock.now());
    std::vector<std::thread> processes;
    for (int p = 0; p < 3; ++p) {
      processes.emplace_back([&] {
        Jobs jobs(database, clock);
        jobs.on("mark", leave_effect(database));
        jobs.run_due();
      });
    }
    for (auto& p : processes) p.join();
    CHECK(effects(database) == 40);
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(DISTINCT job_id) FROM effect"); }) == 40);
  });
}

TEST_CASE("a job that fails waits longer each time, leaves nothing half done, and fails for good at last") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    Jobs jobs(database, clock);
    int runs = 0;
    jobs.on("break", [&](const Job& job) -> Result<> {
      ++runs;
      (void)leave_effect(database)(job).ok();
      throw std::runtime_error("mail server away");
    });
    queue(database, "break", clock.now());
    CHECK(jobs.run_due() == 1);
    CHECK(jobs.run_due() == 0);  // it waits
    for (int i = 0; i < 20; ++i) {
      clock.set(clock.now().plus_seconds(4000));
      jobs.run_due();
    }
    CHECK(runs == 8);
    CHECK(effects(database) == 0);
    const auto rows = database.read([](db::Session& s) { return Jobs::list(s, 10); });
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].state == JobState::failed);
    CHECK(rows[0].last_error == "mail server away");
  });
}

TEST_CASE("a job whose process died is taken over after its lease") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    queue(database, "mark", clock.now());
    REQUIRE(database.write([&](db::Session& s) -> Result<> {  // as a process that died after taking the lease left it
      s.execute("UPDATE job SET state = 'running', lease_owner = 5, lease_until = ?", clock.now().plus_seconds(300));
      return done();
    }).ok());
    Jobs jobs(database, clock);
    jobs.on("mark", leave_effect(database));
    CHECK(jobs.run_due() == 0);
    clock.set(clock.now().plus_seconds(301));
    CHECK(jobs.run_due() == 1);
    CHECK(effects(database) == 1);
  });
}

TEST_CASE("a job outside of a transaction manages its own writes, and is tried again when it ends badly") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    queue(database, "slow", clock.now());
    Jobs jobs(database, clock);
    int runs = 0;
    jobs.on("slow", [&](const Job& job) -> Result<> {
      REQUIRE(leave_effect(database)(job).ok());
      CHECK(effects(database) == ++runs);  // committed already: no transaction is held
      if (runs == 1) return fault(FaultKind::unavailable, "job.not_yet");
      return done();
    }, true);
    CHECK(jobs.run_due() == 1);
    CHECK(effects(database) == 1);
    clock.set(clock.now().plus_seconds(3600));
    CHECK(jobs.run_due() == 1);
    CHECK(effects(database) == 2);
    CHECK(jobs.run_due() == 0);
  });
}

TEST_CASE("a key queues one job while it waits") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    queue(database, "mark", clock.now(), "digest");
    queue(database, "mark", clock.now(), "digest");
    Jobs jobs(database, clock);
    jobs.on("mark", leave_effect(database));
    CHECK(jobs.run_due() == 1);
    queue(database, "mark", clock.now(), "digest");
    CHECK(jobs.run_due() == 1);
  });
}

TEST_CASE("a schedule runs once a period, whichever process comes first") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    Jobs one(database, clock);
    Jobs two(database, clock);
    int runs = 0;
    for (auto* jobs : {&one, &two}) {
      jobs->every("nightly", 3600, [&](Instant) -> Result<> {
        ++runs;
        return done();
      });
    }
    one.run_due();
    two.run_due();
    CHECK(runs == 1);
    clock.set(clock.now().plus_seconds(3599));
    one.run_due();
    CHECK(runs == 1);
    clock.set(clock.now().plus_seconds(1));
    two.run_due();
    one.run_due();
    CHECK(runs == 2);
  });
}
