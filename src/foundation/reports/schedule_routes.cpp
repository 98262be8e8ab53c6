#include "foundation/reports/schedules.hpp"

#include "foundation/identity/rules.hpp"

namespace mandate::reports {

struct ReportReader {
  http::Number63 account_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(ReportReader, (), (account_id, name))
struct ReportSchedule {
  ScheduleId id;
  std::string report;
  std::string title;
  std::string filter;
  FileFormat format = FileFormat::ods;
  Rhythm rhythm = Rhythm::monthly;
  int day = 1;
  About about = About::day;
  ScheduleState state = ScheduleState::active;
  std::string reason;
  Date next_on;
  std::string owner_name;
  std::vector<ReportReader> readers;
  std::int64_t revision = 1;
  std::vector<std::string> actions;  // "pause", "resume", "remove"
};
BOOST_DESCRIBE_STRUCT(ReportSchedule, (), (id, report, title, filter, format, rhythm, day, about, state, reason, next_on, owner_name, readers, revision, actions))
struct ScheduleQuery {
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ScheduleQuery, (), (cursor, limit))
struct ReportSchedules {
  std::vector<ReportSchedule> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ReportSchedules, (), (rows, next))
struct NewReportSchedule {
  std::string report;
  std::optional<std::string> filter;
  FileFormat format = FileFormat::ods;
  Rhythm rhythm = Rhythm::monthly;
  int day = 1;
  About about = About::day;
  std::vector<http::Number63> readers;
};
BOOST_DESCRIBE_STRUCT(NewReportSchedule, (), (report, filter, format, rhythm, day, about, readers))
struct ScheduleById {
  ScheduleId id;
};
BOOST_DESCRIBE_STRUCT(ScheduleById, (), (id))
struct ReportScheduleChange {
  ScheduleId id;
  std::int64_t revision = 0;
  ScheduleState state = ScheduleState::active;
};
BOOST_DESCRIBE_STRUCT(ReportScheduleChange, (), (id, revision, state))
struct ReportRun {
  Date period;
  Instant at;
  std::string reader_name;
  RunOutcome outcome = RunOutcome::queued;
  std::optional<http::Number63> issue_id;
};
BOOST_DESCRIBE_STRUCT(ReportRun, (), (period, at, reader_name, outcome, issue_id))
struct ReportRuns {
  std::vector<ReportRun> rows;
};
BOOST_DESCRIBE_STRUCT(ReportRuns, (), (rows))
struct ReaderQuery {
  std::string report;
  std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(ReaderQuery, (), (report, q))
struct ReportReaders {
  std::vector<ReportReader> rows;
};
BOOST_DESCRIBE_STRUCT(ReportReaders, (), (rows))

namespace {

constexpr int runs_shown = 200;
constexpr std::size_t readers_shown = 50;

ReportSchedule row_of(db::Session& s, Schedules& schedules, const Actor& actor, const ScheduleRecord& r) {
  ReportSchedule row{r.id, r.report, schedules.issues().reports().title_of(r.report, read_query(r.parameters), actor.language), r.parameters, r.format, r.rhythm, r.day, r.about, r.state, r.reason.empty() ? "" : i18n::text(r.reason, actor.language), r.next_on,
                  schedules.identity().name_of(s, r.owner_id), {}, r.revision, {}};
  for (const auto account : schedules.readers(s, r.id)) row.readers.push_back({{account}, schedules.identity().name_of(s, account)});
  if (r.owner_id == actor.account_id && identity::may(actor, "report.schedule") && r.reason != "schedule.removed") {
    row.actions.push_back(r.state == ScheduleState::active ? "pause" : "resume");
    row.actions.push_back("remove");
  }
  return row;
}

}  // namespace

void add_schedule_routes(http::Router& router, Schedules& schedules) {
  const auto looks = [](const char* summary) { return http::RouteOptions{.permission = "report.schedule", .summary = summary, .tag = "reports"}; };
  router.get<ScheduleQuery, ReportSchedules>("/api/report-schedules", looks("Reports that go out by mail: one's own, newest first"), [&schedules](const Actor& actor, const ScheduleQuery& in) -> Result<ReportSchedules> {
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    if (in.cursor && !http::read_int64(*in.cursor, before)) return field_fault("cursor", "input.bad_cursor");
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    return schedules.database().read([&](db::Session& s) -> Result<ReportSchedules> {
      auto found = schedules.list(s, actor, before, limit + 1);
      ReportSchedules out;
      if (static_cast<int>(found.size()) > limit) {
        found.pop_back();
        out.next = found.back().id.text();
      }
      for (const auto& one : found) out.rows.push_back(row_of(s, schedules, actor, one));
      return out;
    });
  });
  router.post<NewReportSchedule, ReportSchedule>("/api/report-schedules", looks("Sends a report by mail every week or month; each reader gets what they may see themselves"), [&schedules](const Actor& actor, const NewReportSchedule& in) -> Result<ReportSchedule> {
    ScheduleRecord wanted;
    wanted.report = in.report;
    wanted.parameters = in.filter.value_or("");
    wanted.format = in.format;
    wanted.rhythm = in.rhythm;
    wanted.day = in.day;
    wanted.about = in.about;
    std::vector<std::int64_t> readers;
    for (const auto& reader : in.readers) readers.push_back(reader.value);
    MANDATE_ASSIGN(const auto id, schedules.create(actor, wanted, readers));
    return schedules.database().read([&](db::Session& s) -> Result<ReportSchedule> {
      MANDATE_ASSIGN(const auto made, schedules.find(s, actor, id));
      return row_of(s, schedules, actor, made);
    });
  });
  router.put<ReportScheduleChange, ReportSchedule>("/api/report-schedules/{id}", looks("Pauses or resumes"), [&schedules](const Actor& actor, const ReportScheduleChange& in) -> Result<ReportSchedule> {
    MANDATE_TRY(schedules.change(actor, in.id, in.revision, in.state));
    return schedules.database().read([&](db::Session& s) -> Result<ReportSchedule> {
      MANDATE_ASSIGN(const auto changed, schedules.find(s, actor, in.id));
      return row_of(s, schedules, actor, changed);
    });
  });
  router.remove<ScheduleById, http::Nothing>("/api/report-schedules/{id}", looks("Sends it no more; what was sent stays in its history"), [&schedules](const Actor& actor, const ScheduleById& in) -> Result<http::Nothing> {
    MANDATE_TRY(schedules.remove(actor, in.id));
    return http::Nothing{};
  });
  router.get<ScheduleById, ReportRuns>("/api/report-schedules/{id}/runs", looks("What was sent to whom, newest first"), [&schedules](const Actor& actor, const ScheduleById& in) -> Result<ReportRuns> {
    return schedules.database().read([&](db::Session& s) -> Result<ReportRuns> {
      MANDATE_ASSIGN(const auto schedule, schedules.find(s, actor, in.id));
      ReportRuns out;
      for (const auto& run : schedules.runs(s, schedule.id, runs_shown)) {
        out.rows.push_back({run.period, run.at, schedules.identity().name_of(s, run.account_id), run.outcome, run.issue_id == 0 ? std::nullopt : std::optional(http::Number63{run.issue_id})});
      }
      return out;
    });
  });
  router.get<ReaderQuery, ReportReaders>("/api/report-readers", looks("Accounts that may ask for a report themselves, by a part of their name"), [&schedules](const Actor& actor, const ReaderQuery& in) -> Result<ReportReaders> {
    const auto* kind = schedules.issues().reports().find(in.report);
    if (kind == nullptr) return fault(FaultKind::not_found, "report.unknown");
    return schedules.database().read([&](db::Session& s) -> Result<ReportReaders> {
      ReportReaders out;
      const auto book = schedules.identity().accounts(s);
      for (const auto& entry : book->entries()) {
        if (out.rows.size() == readers_shown) break;
        if (in.q && entry.name.find(*in.q) == std::string::npos) continue;
        if (identity::may(schedules.identity().reader(*book, entry.id, actor.now), kind->permission)) out.rows.push_back({{entry.id}, entry.name});
      }
      return out;
    });
  });
}

}  // namespace mandate::reports
