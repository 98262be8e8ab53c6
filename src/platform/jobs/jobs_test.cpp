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
    const auto rows = database.read([](db::Session& s) { return Jobs::list(s, JobState::failed, {}, 10); });
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

TEST_CASE("a job that failed for good shows why, is tried again by a person, or given up") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    Jobs jobs(database, clock);
    bool broken = true;
    jobs.on("mark", [&](const Job& job) -> Result<> {
      if (broken) return fault(FaultKind::unavailable, "mail.mailbox_away");
      return leave_effect(database)(job);
    });
    queue(database, "mark", clock.now(), "digest");
    for (int i = 0; i < 20; ++i) {
      jobs.run_due();
      clock.set(clock.now().plus_seconds(4000));
    }
    const auto read = [&](auto body) { return database.read(body); };
    const auto failed = [&] { return read([](db::Session& s) { return Jobs::list(s, JobState::failed, {}, 10); }); };
    REQUIRE(failed().size() == 1);
    const auto id = failed()[0].id;
    auto attempts = read([&](db::Session& s) { return Jobs::list_attempts(s, id); });
    REQUIRE(attempts.size() == 8);
    CHECK(attempts[7].error == "mail.mailbox_away");
    CHECK(read([&](db::Session& s) { return Jobs::count(s, clock.now()); }).failed == 1);
    const auto act = [&](auto body) { return database.write([&](db::Session& s) -> Result<> { return body(s); }); };
    CHECK(act([&](db::Session& s) { return Jobs::retry(s, 5, clock.now()); }).fault().key == "job.not_found");
    // Its like was queued meanwhile: that one does the work.
    queue(database, "mark", clock.now().plus_seconds(60), "digest");
    CHECK(act([&](db::Session& s) { return Jobs::retry(s, id, clock.now()); }).fault().key == "job.queued_again");
    clock.set(clock.now().plus_seconds(60));
    broken = false;
    CHECK(jobs.run_due() == 1);
    broken = true;
    REQUIRE(act([&](db::Session& s) { return Jobs::retry(s, id, clock.now()); }).ok());
    CHECK(failed().empty());
    for (int i = 0; i < 40; ++i) {
      jobs.run_due();
      clock.set(clock.now().plus_seconds(4000));
    }
    REQUIRE(failed().size() == 1);
    attempts = read([&](db::Session& s) { return Jobs::list_attempts(s, id); });
    CHECK(attempts.size() == 16);
    CHECK(attempts.back().number == 16);
    REQUIRE(act([&](db::Session& s) { return Jobs::give_up(s, id); }).ok());
    CHECK(act([&](db::Session& s) { return Jobs::give_up(s, id); }).fault().key == "job.ended_already");
    broken = false;
    CHECK(jobs.run_due() == 0);
    REQUIRE(act([&](db::Session& s) { return Jobs::retry(s, id, clock.now()); }).ok());
    CHECK(jobs.run_due() == 1);
    CHECK(act([&](db::Session& s) { return Jobs::retry(s, id, clock.now()); }).fault().key == "job.done_already");
    CHECK(effects(database) == 2);
    clock.set(clock.now().plus_seconds(86'400));
    const auto forget = [&] { return *database.write([&](db::Session& s) -> Result<std::int64_t> { return Jobs::forget_done(s, clock.now(), 100); }); };
    CHECK(forget() == 2);
    CHECK(forget() == 0);
  });
}

TEST_CASE("the log of a job keeps its last twenty tries") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    Jobs jobs(database, clock);
    jobs.on("break", [](const Job&) -> Result<> { throw std::runtime_error("away"); });
    queue(database, "break", clock.now());
    std::int64_t id = 0;
    for (int round = 0; round < 4; ++round) {
      for (int i = 0; i < 10; ++i) {
        jobs.run_due();
        clock.set(clock.now().plus_seconds(4000));
      }
      id = database.read([](db::Session& s) { return Jobs::list(s, JobState::failed, {}, 1); }).at(0).id;
      REQUIRE(database.write([&](db::Session& s) -> Result<> { return Jobs::retry(s, id, clock.now()); }).ok());
    }
    const auto attempts = database.read([&](db::Session& s) { return Jobs::list_attempts(s, id); });
    CHECK(attempts.size() == 20);
    CHECK(attempts.front().number == 13);
    CHECK(attempts.back().number == 32);
  });
}

TEST_CASE("a schedule says how its last run went, is tried again soon after a failure, and runs when a person asks") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    Jobs jobs(database, clock);
    int runs = 0;
    bool broken = true;
    for (const bool outside : {false, true}) {
      jobs.every(outside ? "outside" : "inside", 86'400, [&](Instant) -> Result<> {
        ++runs;
        if (broken) return fault(FaultKind::unavailable, "mail.mailbox_away");
        return done();
      }, outside);
    }
    jobs.run_due();
    jobs.run_due();
    CHECK(runs == 2);
    const auto rows = [&] { return database.read([](db::Session& s) { return Jobs::list_schedules(s); }); };
    for (const auto& row : rows()) {
      CHECK(row.last_error == "mail.mailbox_away");
      CHECK(row.next_run_at == clock.now().plus_seconds(300));
    }
    broken = false;
    clock.set(clock.now().plus_seconds(300));
    jobs.run_due();
    CHECK(runs == 4);
    for (const auto& row : rows()) {
      CHECK(row.last_error == "");
      CHECK(row.last_took_ms.has_value());
      CHECK(row.next_run_at == clock.now().plus_seconds(86'400));
    }
    jobs.run_due();
    CHECK(runs == 4);
    bool noted = false;
    REQUIRE(jobs.run_now("inside", clock.now(), [&](db::Session&) { noted = true; }).ok());
    CHECK(noted);
    jobs.run_due();
    CHECK(runs == 5);
    jobs.run_due();
    CHECK(runs == 5);
    CHECK(jobs.run_now("unknown", clock.now(), [](db::Session&) {}).fault().key == "job.no_schedule");
  });
}

TEST_CASE("jobs are listed by state in pages without a repeat or a gap") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1'000'000'000'000});
    for (int i = 0; i < 25; ++i) queue(database, "mark", clock.now().plus_seconds(i / 5));
    std::set<std::int64_t> seen;
    std::optional<JobPlace> after;
    for (int page = 0; page < 10; ++page) {
      const auto rows = database.read([&](db::Session& s) { return Jobs::list(s, JobState::waiting, after, 7); });
      if (rows.empty()) break;
      for (const auto& row : rows) CHECK(seen.insert(row.id).second);
      after = JobPlace{rows.back().run_at, rows.back().id};
    }
    CHECK(seen.size() == 25);
  });
}
