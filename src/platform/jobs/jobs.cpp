#include "platform/jobs/jobs.hpp"

#include "platform/db/migrations.hpp"
#include "platform/log/log.hpp"

MANDATE_EMBEDDED(platform_jobs)

namespace mandate::jobs {
namespace {

constexpr int attempts_max = 8;
constexpr std::int64_t lease_seconds = 300;
constexpr int attempts_kept = 20;
constexpr std::int64_t schedule_retry_seconds = 300;
constexpr auto job_columns = "id, kind, payload, state, run_at, attempts, last_error, done_count, total_count";

std::int64_t back_off_seconds(std::int64_t attempts) { return std::min<std::int64_t>(3600, std::int64_t{5} << std::min<std::int64_t>(attempts, 10)); }

class Stopwatch {
 public:
  std::int64_t ms() const { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun_).count(); }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

// The last few tries of a job: what a person needs to see why it fails.
void note_attempt(db::Session& s, std::int64_t id, Instant at, std::int64_t took_ms, const std::string& error) {
  s.execute("INSERT INTO job_attempt (job_id, number, at, took_ms, error) SELECT ?, COALESCE(MAX(number), 0) + 1, ?, ?, ? FROM job_attempt WHERE job_id = ?", id, at, took_ms, error, id);
  s.execute("DELETE FROM job_attempt WHERE job_id = ? AND number <= (SELECT MAX(number) FROM job_attempt WHERE job_id = ?) - ?", id, id, attempts_kept);
}

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
  const Stopwatch watch;
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
      note_attempt(s, job->id, now, watch.ms(), error.substr(0, 500));
      return done();
    }).ok();
  }
  return true;
}

Result<> Jobs::run_handler(const Handler& handler, const Job& job) {
  const Instant begun = clock_.now();
  const Stopwatch watch;
  if (handler.outside_transaction) MANDATE_TRY(handler.run(job));
  return database_.write([&](db::Session& s) -> Result<> {
    // Still ours? A process that stood still past its lease must not run what another has run meanwhile.
    if (s.execute("UPDATE job SET state = 'done', lease_owner = NULL, lease_until = NULL, last_error = '' WHERE id = ? AND lease_owner = ? AND state = 'running'", job.id, owner_) != 1) {
      return fault(FaultKind::conflict, "job.lease_lost");
    }
    if (!handler.outside_transaction) MANDATE_TRY(handler.run(job));
    note_attempt(s, job.id, begun, watch.ms(), "");
    return done();
  });
}

bool Jobs::run_schedule(const std::string& name, const Schedule& schedule) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    if (asked_.erase(name) > 0) not_before_.erase(name);
  }
  if (const auto known = not_before_.find(name); known != not_before_.end() && now < known->second && now.micros > known->second.micros - schedule.seconds * 1'000'000) return false;
  bool ran = false;
  const auto claim = [&](db::Session& s) {
    s.execute("INSERT INTO schedule (name, every_seconds, next_run_at) VALUES (?, ?, 0) ON CONFLICT (name) DO NOTHING", name, schedule.seconds);
    ran = s.execute("UPDATE schedule SET next_run_at = ?, last_run_at = ?, every_seconds = ? WHERE name = ? AND next_run_at <= ?", now.plus_seconds(schedule.seconds), now, schedule.seconds, name, now) == 1;
    return ran;
  };
  const Stopwatch watch;
  std::string error;
  try {
    auto result = database_.write([&](db::Session& s) -> Result<> {
      if (!claim(s) || schedule.outside_transaction) return done();
      return schedule.run(now);
    });
    if (result.ok() && ran && schedule.outside_transaction) result = schedule.run(now);
    if (!result.ok()) {
      error = result.fault().key;
      log::warning("schedule_failed", {{"schedule", name}, {"reason", error}});
    }
  } catch (const std::exception& e) {
    error = e.what();
    log::error("schedule_failed", {{"schedule", name}, {"reason", error}});
  }
  if (ran) note_run(name, now, schedule.seconds, watch.ms(), error.substr(0, 500));
  const auto next = database_.read([&](db::Session& s) { return s.value<std::int64_t>("SELECT next_run_at FROM schedule WHERE name = ?", name); });
  not_before_[name] = Instant{next};
  return ran;
}

// A run that failed has undone its claim, or keeps it for a whole period: either way it is tried again soon, and not at every look.
void Jobs::note_run(const std::string& name, Instant at, std::int64_t every_seconds, std::int64_t took_ms, const std::string& error) {
  const auto again_at = at.plus_seconds(std::min(every_seconds, schedule_retry_seconds));
  (void)database_.write([&](db::Session& s) -> Result<> {
    s.execute("INSERT INTO schedule (name, every_seconds, next_run_at) VALUES (?, ?, 0) ON CONFLICT (name) DO NOTHING", name, every_seconds);
    s.execute("UPDATE schedule SET last_run_at = ?, last_took_ms = ?, last_error = ? WHERE name = ?", at, took_ms, error, name);
    if (!error.empty()) s.execute("UPDATE schedule SET next_run_at = ? WHERE name = ?", again_at, name);
    return done();
  }).ok();
}

std::vector<Job> Jobs::list(db::Session& session, JobState state, std::optional<JobPlace> after, int limit) {
  const auto place = after.value_or(JobPlace{{std::numeric_limits<std::int64_t>::max()}, 0});
  const auto of = [&](JobState one) {
    return session.list<Job>(std::string("SELECT ") + job_columns + " FROM job WHERE state = ? AND (run_at < ? OR (run_at = ? AND id < ?)) ORDER BY run_at DESC, id DESC LIMIT ?", one, place.run_at, place.run_at, place.id, limit);
  };
  auto rows = of(state);
  if (state != JobState::waiting) return rows;
  const auto running = of(JobState::running);
  rows.insert(rows.end(), running.begin(), running.end());
  std::sort(rows.begin(), rows.end(), [](const Job& a, const Job& b) { return std::tie(b.run_at, b.id) < std::tie(a.run_at, a.id); });
  if (rows.size() > static_cast<std::size_t>(limit)) rows.resize(static_cast<std::size_t>(limit));
  return rows;
}

std::optional<Job> Jobs::find(db::Session& session, std::int64_t id) { return session.find<Job>(std::string("SELECT ") + job_columns + " FROM job WHERE id = ?", id); }

std::vector<JobAttempt> Jobs::list_attempts(db::Session& session, std::int64_t id) { return session.list<JobAttempt>("SELECT number, at, took_ms, error FROM job_attempt WHERE job_id = ? ORDER BY number", id); }

std::vector<ScheduleRow> Jobs::list_schedules(db::Session& session) { return session.list<ScheduleRow>("SELECT name, every_seconds, next_run_at, last_run_at, last_took_ms, last_error FROM schedule ORDER BY name"); }

JobCounts Jobs::count(db::Session& session, Instant now) {
  const auto of = [&](JobState state) { return session.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM job WHERE state = ? LIMIT 10000) AS counted", state); };
  return {of(JobState::failed), of(JobState::waiting), session.find<Instant>("SELECT run_at FROM job WHERE state = 'waiting' AND run_at <= ? ORDER BY run_at LIMIT 1", now)};
}

Result<> Jobs::retry(db::Session& session, std::int64_t id, Instant now) {
  const auto job = find(session, id);
  if (!job) return fault(FaultKind::not_found, "job.not_found");
  if (job->state == JobState::running) return fault(FaultKind::conflict, "job.running");
  if (job->state == JobState::done) return fault(FaultKind::conflict, "job.done_already");
  const auto twin = session.value<std::int64_t>("SELECT COUNT(*) FROM job WHERE id <> ? AND state IN ('waiting', 'running') AND kind = ? AND key = (SELECT key FROM job WHERE id = ?)", id, job->kind, id);
  if (twin > 0) return fault(FaultKind::conflict, "job.queued_again");
  session.execute("UPDATE job SET state = 'waiting', attempts = 0, run_at = ?, lease_owner = NULL, lease_until = NULL WHERE id = ?", now, id);
  return done();
}

Result<> Jobs::give_up(db::Session& session, std::int64_t id) {
  if (session.execute("UPDATE job SET state = 'cancelled' WHERE id = ? AND state IN ('waiting', 'failed')", id) == 1) return done();
  const auto job = find(session, id);
  if (!job) return fault(FaultKind::not_found, "job.not_found");
  return fault(FaultKind::conflict, job->state == JobState::running ? "job.running" : "job.ended_already");
}

Result<> Jobs::run_now(const std::string& name, Instant now, const std::function<void(db::Session&)>& note) {
  if (schedules_.count(name) == 0) return fault(FaultKind::not_found, "job.no_schedule");
  MANDATE_TRY(database_.write([&](db::Session& s) -> Result<> {
    s.execute("INSERT INTO schedule (name, every_seconds, next_run_at) VALUES (?, ?, 0) ON CONFLICT (name) DO NOTHING", name, schedules_.at(name).seconds);
    s.execute("UPDATE schedule SET next_run_at = ? WHERE name = ? AND next_run_at > ?", now, name, now);
    note(s);
    return done();
  }));
  {
    const std::lock_guard lock(mutex_);
    asked_.insert(name);
  }
  wake();
  return done();
}

std::int64_t Jobs::forget_done(db::Session& session, Instant before, int limit) {
  std::int64_t count = 0;
  for (const char* state : {"done", "cancelled"}) {
    const auto ids = session.list<std::int64_t>("SELECT id FROM job WHERE state = ? AND run_at < ? ORDER BY run_at, id LIMIT ?", state, before, limit);
    if (ids.empty()) continue;
    std::string marks;
    std::vector<db::Value> values;
    for (const auto id : ids) {
      marks += marks.empty() ? "?" : ", ?";
      values.push_back(db::to_value(id));
    }
    session.execute_values("DELETE FROM job_attempt WHERE job_id IN (" + marks + ")", values);
    count += session.execute_values("DELETE FROM job WHERE id IN (" + marks + ")", values);
  }
  return count;
}

}  // namespace mandate::jobs
