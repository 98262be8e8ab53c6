#include "app/job_routes.hpp"

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
};
BOOST_DESCRIBE_STRUCT(JobView, (), (id, kind, state, run_at, attempts, last_error, done_count, total_count))

struct JobList {
  std::vector<JobView> rows;
  std::vector<jobs::ScheduleRow> schedules;
};
BOOST_DESCRIBE_STRUCT(JobList, (), (rows, schedules))

void add_job_routes(http::Router& router, db::Database& database) {
  router.get<http::Nothing, JobList>("/api/jobs", {.permission = "jobs.read", .summary = "Background jobs and schedules", .tag = "app"}, [&database](const Actor&, const http::Nothing&) -> Result<JobList> {
    return database.read([](db::Session& s) -> Result<JobList> {
      JobList list;
      for (const auto& job : jobs::Jobs::list(s, 200)) list.rows.push_back({{job.id}, job.kind, job.state, job.run_at, job.attempts, job.last_error, job.done_count, job.total_count});
      list.schedules = jobs::Jobs::list_schedules(s);
      return list;
    });
  });
}

}  // namespace mandate::app
