// Work that is not done in a request: queued jobs and schedules. Both live in the database, survive a restart, and run once even when several
// processes share it: a job is leased by one of them, and its effects and its end are one transaction.
#pragma once

#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"

#include <functional>
#include <map>
#include <string>
#include <thread>

namespace mandate::jobs {

enum class JobState { waiting, running, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(JobState, waiting, running, done, failed, cancelled)

struct Job {
  std::int64_t id = 0;
  std::string kind;
  std::string payload;  // JSON
  JobState state = JobState::waiting;
  Instant run_at;
  std::int64_t attempts = 0;
  std::string last_error;
  std::int64_t done_count = 0;   // progress, as the job reports it
  std::int64_t total_count = 0;
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, kind, payload, state, run_at, attempts, last_error, done_count, total_count))

struct ScheduleRow {
  std::string name;
  std::int64_t every_seconds = 0;
  Instant next_run_at;
  std::optional<Instant> last_run_at;
  std::optional<std::int64_t> last_took_ms;
  std::optional<std::string> last_error;  // "" when the last run was good, none before the first
};
BOOST_DESCRIBE_STRUCT(ScheduleRow, (), (name, every_seconds, next_run_at, last_run_at, last_took_ms, last_error))

// One try of a job: "" when it was good.
struct JobAttempt {
  std::int64_t number = 0;
  Instant at;
  std::int64_t took_ms = 0;
  std::string error;
};
BOOST_DESCRIBE_STRUCT(JobAttempt, (), (number, at, took_ms, error))

// Where a page of jobs begins: behind this one, newest first.
struct JobPlace {
  Instant run_at;
  std::int64_t id = 0;
};

struct JobCounts {
  std::int64_t failed = 0;
  std::int64_t waiting = 0;
  std::optional<Instant> oldest_due_at;  // of those that could run by now
};

// Puts a job into the queue within the caller's transaction. The same kind and key is queued once while it waits or runs ("" for no key).
void enqueue(db::Session& session, const std::string& kind, const std::string& payload, Instant run_at, const std::string& key = "");

class Jobs {
 public:
  Jobs(db::Database& database, const Clock& clock);
  ~Jobs();
  // The handler writes through database.write: that joins the transaction that marks the job done. A fault or exception makes it wait and try
  // again, at longer and longer distances, and fail for good after `attempts_max`. With outside_transaction the handler takes its time (up to the
  // lease's five minutes) without holding a transaction, manages its own writes and must bear being run twice.
  void on(const std::string& kind, std::function<Result<>(const Job&)> handler, bool outside_transaction = false);
  // Runs about every so often, by one process at a time, in one transaction with the note that it ran. With outside_transaction the function
  // manages its own writes and must bear being run twice.
  void every(const std::string& name, std::int64_t seconds, std::function<Result<>(Instant now)> run, bool outside_transaction = false);
  void start();
  void stop();  // waits for the job in hand
  // Everything that is due now, in this thread; returns how many ran. Tests and commands use it instead of start().
  int run_due();
  void wake();

  // By state, newest first; `waiting` has the running ones with it.
  static std::vector<Job> list(db::Session& session, JobState state, std::optional<JobPlace> after, int limit);
  static std::optional<Job> find(db::Session& session, std::int64_t id);
  static std::vector<JobAttempt> list_attempts(db::Session& session, std::int64_t id);
  static std::vector<ScheduleRow> list_schedules(db::Session& session);
  static JobCounts count(db::Session& session, Instant now);
  // Within the caller's transaction. A job that failed or was given up runs again with all its attempts; one that waits runs at once.
  static Result<> retry(db::Session& session, std::int64_t id, Instant now);
  static Result<> give_up(db::Session& session, std::int64_t id);
  // Writes for itself: the next look of this process runs the schedule. `note` joins the transaction.
  Result<> run_now(const std::string& name, Instant now, const std::function<void(db::Session&)>& note);
  // At most `limit` that were done before; returns how many.
  static std::int64_t forget_done(db::Session& session, Instant before, int limit);

 private:
  struct Schedule {
    std::int64_t seconds;
    std::function<Result<>(Instant)> run;
    bool outside_transaction;
  };
  struct Handler {
    std::function<Result<>(const Job&)> run;
    bool outside_transaction;
  };
  bool run_one_job();
  Result<> run_handler(const Handler& handler, const Job& job);
  bool run_schedule(const std::string& name, const Schedule& schedule);
  void note_run(const std::string& name, Instant at, std::int64_t every_seconds, std::int64_t took_ms, const std::string& error);

  db::Database& database_;
  const Clock& clock_;
  std::int64_t owner_;
  std::map<std::string, Handler> handlers_;
  std::map<std::string, Schedule> schedules_;
  std::map<std::string, Instant> not_before_;  // spares a transaction for schedules that are not due
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  std::set<std::string> asked_;  // schedules that a person wants run now
  std::thread thread_;
};

db::MigrationSet jobs_migrations();

}  // namespace mandate::jobs
