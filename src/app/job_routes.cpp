#include "app/job_routes.hpp"

#include "foundation/identity/api.hpp"
#include "platform/db/events.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/jobs/jobs.hpp"

namespace mandate::app {

struct JobView {
  http::Number63 id;
  std::string kind;
  jobs::JobState state = jobs::JobState::waiting;
  Instant run_at;
  std::int64_t attempts = 0;
  std::string last_error;
  std::int64_t done_count = 0;
  std::int64_t total_count = 0;
  std::vector<std::string> actions;  // what the present reader may do: "retry", "give_up"
};
BOOST_DESCRIBE_STRUCT(JobView, (), (id, kind, state, run_at, attempts, last_error, done_count, total_count, actions))

struct JobQuery {
  std::optional<jobs::JobState> state;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(JobQuery, (), (state, cursor, limit))

struct JobList {
  std::vector<JobView> rows;
  std::optional<std::string> next;
  std::int64_t failed = 0;
  std::int64_t waiting = 0;
  std::vector<jobs::ScheduleRow> schedules;
};
BOOST_DESCRIBE_STRUCT(JobList, (), (rows, next, failed, waiting, schedules))

struct JobDetail {
  JobView job;
  std::vector<jobs::JobAttempt> tries;
};
BOOST_DESCRIBE_STRUCT(JobDetail, (), (job, tries))

struct JobById {
  http::Number63 id;
};
BOOST_DESCRIBE_STRUCT(JobById, (), (id))

struct GiveUpJob {
  http::Number63 id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(GiveUpJob, (), (id, reason))

struct ScheduleByName {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(ScheduleByName, (), (name))

namespace {

constexpr std::size_t reason_max = 900;  // bytes: some 300 Chinese characters

// A fault is kept by its key; what was thrown, by its own words.
std::string in_words(const std::string& error, Language language) { return i18n::known(error) ? i18n::text(error, language) : error; }

JobView view_of(const jobs::Job& job, const Actor& actor) {
  JobView view{{job.id}, job.kind, job.state, job.run_at, job.attempts, in_words(job.last_error, actor.language), job.done_count, job.total_count, {}};
  if (!identity::may(actor, "jobs.edit")) return view;
  if (job.state == jobs::JobState::failed || job.state == jobs::JobState::cancelled || job.state == jobs::JobState::waiting) view.actions.push_back("retry");
  if (job.state == jobs::JobState::failed || job.state == jobs::JobState::waiting) view.actions.push_back("give_up");
  return view;
}

Result<std::optional<jobs::JobPlace>> place_of(const std::optional<std::string>& cursor) {
  if (!cursor) return std::optional<jobs::JobPlace>{};
  jobs::JobPlace place;
  const auto tilde = cursor->find('~');
  if (tilde == std::string::npos || !http::read_int64(std::string_view(*cursor).substr(0, tilde), place.run_at.micros) || !http::read_int64(std::string_view(*cursor).substr(tilde + 1), place.id)) return field_fault("cursor", "input.bad_cursor");
  return std::optional(place);
}

Result<JobDetail> detail(db::Session& s, const Actor& actor, std::int64_t id) {
  const auto job = jobs::Jobs::find(s, id);
  if (!job) return fault(FaultKind::not_found, "job.not_found");
  JobDetail out{view_of(*job, actor), jobs::Jobs::list_attempts(s, id)};
  for (auto& one : out.tries) one.error = in_words(one.error, actor.language);
  return out;
}

std::string json(const boost::json::object& members) { return boost::json::serialize(members); }

}  // namespace

void add_job_routes(http::Router& router, db::Database& database, jobs::Jobs& jobs) {
  const std::string tag = "app";
  router.get<JobQuery, JobList>("/api/jobs", {.permission = "jobs.read", .summary = "Background jobs by their state, newest first, and schedules", .tag = tag}, [&database](const Actor& actor, const JobQuery& in) -> Result<JobList> {
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    MANDATE_ASSIGN(const auto after, place_of(in.cursor));
    return database.read([&](db::Session& s) -> Result<JobList> {
      JobList list;
      auto found = jobs::Jobs::list(s, in.state.value_or(jobs::JobState::failed), after, limit + 1);
      if (static_cast<int>(found.size()) > limit) {
        found.pop_back();
        list.next = std::to_string(found.back().run_at.micros) + "~" + std::to_string(found.back().id);
      }
      for (const auto& job : found) list.rows.push_back(view_of(job, actor));
      const auto counts = jobs::Jobs::count(s, actor.now);
      list.failed = counts.failed;
      list.waiting = counts.waiting;
      list.schedules = jobs::Jobs::list_schedules(s);
      for (auto& row : list.schedules) {
        if (row.last_error) row.last_error = in_words(*row.last_error, actor.language);
      }
      return list;
    });
  });
  router.get<JobById, JobDetail>("/api/jobs/{id}", {.permission = "jobs.read", .summary = "One job with the log of its tries", .tag = tag},
                                 [&database](const Actor& actor, const JobById& in) -> Result<JobDetail> { return database.read([&](db::Session& s) { return detail(s, actor, in.id.value); }); });
  router.post<JobById, JobDetail>("/api/jobs/{id}/retries", {.permission = "jobs.edit", .summary = "Runs a job again, at once and with all its tries", .tag = tag}, [&database, &jobs](const Actor& actor, const JobById& in) -> Result<JobDetail> {
    auto answer = database.write([&](db::Session& s) -> Result<JobDetail> {
      MANDATE_TRY(jobs::Jobs::retry(s, in.id.value, actor.now));
      auto out = detail(s, actor, in.id.value);
      if (out.ok()) db::append_event(s, {actor.now, actor.account_id, "job.retried", "job", in.id.value, json({{"kind", out->job.kind}}), {}});
      return out;
    });
    jobs.wake();
    return answer;
  });
  router.post<GiveUpJob, JobDetail>("/api/jobs/{id}/giving-up", {.permission = "jobs.edit", .summary = "Gives a job up, with the reason", .tag = tag}, [&database](const Actor& actor, const GiveUpJob& in) -> Result<JobDetail> {
    if (in.reason.empty()) return field_fault("reason", "input.required");
    if (in.reason.size() > reason_max) return field_fault("reason", "input.too_long", {{"max", "300"}});
    return database.write([&](db::Session& s) -> Result<JobDetail> {
      MANDATE_TRY(jobs::Jobs::give_up(s, in.id.value));
      auto out = detail(s, actor, in.id.value);
      if (out.ok()) db::append_event(s, {actor.now, actor.account_id, "job.given_up", "job", in.id.value, json({{"kind", out->job.kind}, {"reason", in.reason}}), {}});
      return out;
    });
  });
  router.post<ScheduleByName, http::Nothing>("/api/schedules/{name}/runs", {.permission = "jobs.edit", .summary = "Runs a schedule at once", .tag = tag, .once = http::Once::by_nature},
                                             [&jobs](const Actor& actor, const ScheduleByName& in) -> Result<http::Nothing> {
                                               MANDATE_TRY(jobs.run_now(in.name, actor.now, [&](db::Session& s) { db::append_event(s, {actor.now, actor.account_id, "job.asked", "job", 0, json({{"name", in.name}}), {}}); }));
                                               return http::Nothing{};
                                             });
}

}  // namespace mandate::app
