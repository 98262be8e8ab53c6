#include "platform/jobs/jobs.hpp"

#include "platform/db/migrations.hpp"
#include "platform/log/log.hpp"

MANDATE_EMBEDDED(platform_jobs)

namespace mandate::jobs {
namespace {

constexpr int attempts_max = 8;
constexpr std::int64_t lease_seconds = 300;
constexpr auto job_columns = "id, kind, payload, state, run_at, attempts, last_error, done_count, total_count";

std::int64_t back_off_seconds(std::int64_t attempts) { return std::min<std::int64_t>(3600, std::int64_t{5} << std::min<std::int64_t>(attempts, 10)); }

}  // namespace

db::MigrationSet jobs_migrations() { return db::migrations_of("platform_jobs", embedded::platform_jobs); }

void enqueue(db::Session& session, const std::string& kind, const std::string& payload, Instant run_at, const std::string& key) {
  const std::optional<std::string> key_or_none = key.empty() ? std::nullopt : std::optional<std::string>(key);
  session.execute(
      "INSERT INTO job (id, kind, payload, state, run_at, attempts, last_error, done_count, total_count, key) VALUES (?, ?, ?, 'waiting', ?, 0, '', 0, 0, ?) "
      "ON CONFLICT (kind, key) WHERE state IN ('waiting', 'running') DO NOTHING",
      next_id(), kind, payload, run_at, key_or_none);
}

Jobs::Jobs(db::Database& database, const Clock& clock) : database_(database), clock_(clock), owner_(next_id()) {}
Jobs::~Jobs() { stop(); }

void Jobs::on(const std::string& kind, std::function<Result<>(const Job&)> handler, bool outside_transaction) { handlers_[kind] = {std::move(handler), outside_transaction}; }

void Jobs::every(const std::string& name, std::int64_t seconds, std::function<Result<>(Instant)> run, bool outside_transaction) {
  schedules_[name] = {seconds, std::move(run), outside_transaction};
}

void Jobs::start() {
  thread_ = std::thread([this] {
    while (true) {
      try {
        run_due();
      } catch (const std::exception& e) {
        log::error("jobs_fault", {{"reason", e.what()}});
      }
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, std::chrono::milliseconds(500), [&] { return stopping_ || woken_; });
      woken_ = false;
      if (stopping_) return;
    }
  });
}

void Jobs::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Jobs::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

int Jobs::run_due() {
  int count = 0;
  for (const auto& [name, schedule] : schedules_) {
    if (run_schedule(name, schedule)) ++count;
  }
  while (run_one_job()) {
    ++count;
    const std::lock_guard lock(mutex_);
    if (stopping_) break;
  }
  return count;
}

bool Jobs::run_one_job() {
  const Instant now = clock_.now();
  // A look first: most of the time there is nothing, and a read costs no commit.
  const auto due = database_.read([&](db::Session& s) {
    return s.find<std::int64_t>("SELECT id FROM job WHERE state IN ('waiting', 'running') AND run_at <= ? AND (lease_until IS NULL OR lease_until < ?) ORDER BY run_at, id LIMIT 1", now, now);
  });
  if (!due) return false;
  const auto leased = database_.write([&](db::Session& s) -> Result<bool> {
    return s.execute("UPDATE job SET state = 'running', lease_owner = ?, lease_until = ?, attempts = attempts + 1 WHERE id = ? AND state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < ?)", owner_,
                     now.plus_seconds(lease_seconds), *due, now) == 1;
  });
  if (!leased.ok() || !leased.value()) return true;  // another process took it; look again
  const auto job = database_.read([&](db::Session& s) { return s.find<Job>(std::string("SELECT ") + job_columns + " FROM job WHERE id = ?", *due); });
  if (!job) return true;
  std::string error;
  try {
    const auto handler = handlers_.find(job->kind);
    if (handler == handlers_.end()) {
      error = "no handler for this kind in this program";
    } else {
      auto result = run_handler(handler->second, *job);
      if (!result.ok()) error = result.fault().key;
    }
  } catch (const std::exception& e) {
    error = e.what();
  }
  if (!error.empty()) {
    log::warning("job_failed", {{"kind", job->kind}, {"job", static_cast<long>(job->id)}, {"attempts", static_cast<long>(job->attempts)}, {"reason", error}});
    const bool last = job->attempts >= attempts_max;
    (void)database_.write([&](db::Session& s) -> Result<> {
      s.execute("UPDATE job SET state = ?, run_at = ?, last_error = ?, lease_owner = NULL, lease_until = NULL WHERE id = ? AND lease_owner = ?", last ? JobState::failed : JobState::waiting,
                clock_.now().plus_seconds(back_off_seconds(job->attempts)), error.substr(0, 500), job->id, owner_);
      return done();
    }).ok();
  }
  return true;
}

Result<> Jobs::run_handler(const Handler& handler, const Job& job) {
  if (handler.outside_transaction) MANDATE_TRY(handler.run(job));
  return database_.write([&](db::Session& s) -> Result<> {
    // Still ours? A process that stood still past its lease must not run what another has run meanwhile.
    if (s.execute("UPDATE job SET state = 'done', lease_owner = NULL, lease_until = NULL, last_error = '' WHERE id = ? AND lease_owner = ? AND state = 'running'", job.id, owner_) != 1) {
      return fault(FaultKind::conflict, "job.lease_lost");
    }
    return handler.outside_transaction ? done() : handler.run(job);
  });
}

bool Jobs::run_schedule(const std::string& name, const Schedule& schedule) {
  const Instant now = clock_.now();
  if (const auto known = not_before_.find(name); known != not_before_.end() && now < known->second && now.micros > known->second.micros - schedule.seconds * 1'000'000) return false;
  bool ran = false;
  const auto claim = [&](db::Session& s) {
    s.execute("INSERT INTO schedule (name, every_seconds, next_run_at) VALUES (?, ?, 0) ON CONFLICT (name) DO NOTHING", name, schedule.seconds);
    ran = s.execute("UPDATE schedule SET next_run_at = ?, last_run_at = ?, every_seconds = ? WHERE name = ? AND next_run_at <= ?", now.plus_seconds(schedule.seconds), now, schedule.seconds, name, now) == 1;
    return ran;
  };
  try {
    auto result = database_.write([&](db::Session& s) -> Result<> {
      if (!claim(s) || schedule.outside_transaction) return done();
      return schedule.run(now);
    });
    if (result.ok() && ran && schedule.outside_transaction) result = schedule.run(now);
    if (!result.ok()) log::warning("schedule_failed", {{"schedule", name}, {"reason", result.fault().key}});
  } catch (const std::exception& e) {
    log::error("schedule_failed", {{"schedule", name}, {"reason", e.what()}});
  }
  const auto next = database_.read([&](db::Session& s) { return s.value<std::int64_t>("SELECT next_run_at FROM schedule WHERE name = ?", name); });
  not_before_[name] = Instant{next};
  return ran;
}

std::vector<Job> Jobs::list(db::Session& session, int limit) { return session.list<Job>(std::string("SELECT ") + job_columns + " FROM job ORDER BY run_at DESC, id DESC LIMIT ?", limit); }

std::vector<ScheduleRow> Jobs::list_schedules(db::Session& session) { return session.list<ScheduleRow>("SELECT name, every_seconds, next_run_at, last_run_at FROM schedule ORDER BY name"); }

}  // namespace mandate::jobs
