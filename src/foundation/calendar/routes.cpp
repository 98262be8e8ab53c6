#include "foundation/calendar/module.hpp"
#include "kernel/text.hpp"

namespace mandate::calendar {
namespace {

BOOST_DEFINE_ENUM_CLASS(WorkingPart, full, half, none)

struct CalendarQuery {
  int year = 0;
  std::optional<Date> as_known_on;  // as it was known at the end of that day
};
BOOST_DESCRIBE_STRUCT(CalendarQuery, (), (year, as_known_on))

struct CalendarVersionRow {
  http::Number63 id;
  Instant recorded_at;
  std::string source;
  std::string file_name;
  std::string note;
  std::int64_t changed = 0;
};
BOOST_DESCRIBE_STRUCT(CalendarVersionRow, (), (id, recorded_at, source, file_name, note, changed))

struct CalendarDayRow {
  Date on;
  WorkingPart working = WorkingPart::full;
  DayKind kind = DayKind::workday;
  bool open_morning = true;
  bool open_afternoon = true;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(CalendarDayRow, (), (on, working, kind, open_morning, open_afternoon, note))

struct CalendarYearAnswer {
  int year = 0;
  std::optional<http::Number63> version;  // the last one that touched the year
  std::vector<int> years;                 // that have a calendar now
  std::vector<CalendarVersionRow> versions;  // recorded by then, oldest first
  std::vector<CalendarDayRow> days;
};
BOOST_DESCRIBE_STRUCT(CalendarYearAnswer, (), (year, version, years, versions, days))

struct CalendarImportInput {
  std::string file_name;
  std::string text;
  bool dry_run = false;
};
BOOST_DESCRIBE_STRUCT(CalendarImportInput, (), (file_name, text, dry_run))

struct CalendarImportFault {
  int line = 0;
  std::string column;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(CalendarImportFault, (), (line, column, message))

struct CalendarImportAnswer {
  int year = 0;
  int days = 0;
  int changed = 0;
  int kept = 0;
  std::int64_t due_dates_moved = 0;
  http::Number63 version;
  int fault_count = 0;
  std::vector<CalendarImportFault> faults;  // the first 200
};
BOOST_DESCRIBE_STRUCT(CalendarImportAnswer, (), (year, days, changed, kept, due_dates_moved, version, fault_count, faults))

struct CalendarDayInput {
  Date on;
  DayKind kind = DayKind::workday;
  std::optional<ClosedPart> closed;
  std::optional<std::string> note;
  std::optional<bool> dry_run;
};
BOOST_DESCRIBE_STRUCT(CalendarDayInput, (), (on, kind, closed, note, dry_run))

struct CalendarDayAnswer {
  http::Number63 version;
  std::int64_t due_dates_moved = 0;
};
BOOST_DESCRIBE_STRUCT(CalendarDayAnswer, (), (version, due_dates_moved))

struct CalendarDueQuery {
  std::string start;
  int amount = 0;
  ClockKind clock = ClockKind::working_day;
};
BOOST_DESCRIBE_STRUCT(CalendarDueQuery, (), (start, amount, clock))

struct CalendarSkippedDay {
  Date on;
  DayKind kind = DayKind::weekend;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(CalendarSkippedDay, (), (on, kind, note))

struct CalendarDueAnswer {
  Date due_on;
  Instant due_at;
  http::Number63 version;
  std::vector<CalendarSkippedDay> skipped;
};
BOOST_DESCRIBE_STRUCT(CalendarDueAnswer, (), (due_on, due_at, version, skipped))

CalendarDayRow row_of(const CalendarDay& day) {
  const auto part = day.open_morning && day.open_afternoon ? WorkingPart::full : day.working() ? WorkingPart::half : WorkingPart::none;
  return {day.on, part, day.kind, day.open_morning, day.open_afternoon, day.note};
}

Result<CalendarYearAnswer> show_year(const Calendar& calendar, const CalendarService& service, const CalendarQuery& in, Language language) {
  const auto first = Date::from_ymd(in.year, 1, 1);
  if (!first) return field_fault("year", "input.invalid");
  const auto now = calendar.snapshot();
  CalendarYearAnswer answer{in.year, {}, now->days.years(), {}, {}};
  auto versions = service.versions_of(in.year);
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (in.as_known_on && version->recorded_at > taipei_end_of_day(*in.as_known_on)) continue;
    answer.version = http::Number63{version->version};
    answer.versions.push_back({{version->version}, version->recorded_at, i18n::text("calendar.source." + version->source, language), version->file_name, version->note, version->changed_count});
  }
  const Date last = *Date::from_ymd(in.year, 12, 31);
  for (const auto& day : in.as_known_on ? calendar.known_at(taipei_end_of_day(*in.as_known_on)).days.between(*first, last) : now->days.between(*first, last)) answer.days.push_back(row_of(day));
  return answer;
}

Result<CalendarImportAnswer> import_year(CalendarService& service, const Actor& actor, const CalendarImportInput& in) {
  MANDATE_ASSIGN(const auto outcome, service.import_file(actor, truncate_cjk(in.file_name, 120), in.text, in.dry_run));
  CalendarImportAnswer answer{outcome.year, outcome.days, outcome.changed, outcome.kept, outcome.due_dates_moved, {outcome.version}, static_cast<int>(outcome.faults.size()), {}};
  for (const auto& one : outcome.faults) {
    if (answer.faults.size() == 200) break;
    answer.faults.push_back({one.line, one.column, i18n::text(one.key, actor.language, one.args)});
  }
  return answer;
}

Result<CalendarDueAnswer> show_due(const Calendar& calendar, const CalendarDueQuery& in) {
  const auto day = Date::parse(in.start);
  const auto instant = Instant::parse(in.start);
  if (!day && !instant) return field_fault("start", "calendar.bad_start");
  MANDATE_ASSIGN(const auto due, day ? calendar.due(*day, in.amount, in.clock) : calendar.due_from(*instant, in.amount, in.clock));
  CalendarDueAnswer answer{due.on, due.at, {due.version}, {}};
  for (const auto& skipped : due.skipped) answer.skipped.push_back({skipped.on, skipped.kind, skipped.note});
  return answer;
}

}  // namespace

void CalendarModule::add_routes(http::Router& router) {
  const std::string tag = "calendar";
  router.get<CalendarQuery, CalendarYearAnswer>("/api/calendar", {.permission = "calendar.read", .summary = "The office calendar of a year and its versions", .tag = tag},
                                                [this](const Actor& actor, const CalendarQuery& in) { return show_year(calendar_, service_, in, actor.language); });
  router.get<CalendarDueQuery, CalendarDueAnswer>("/api/calendar-due", {.permission = "calendar.read", .summary = "A due date by one of the four clocks", .tag = tag},
                                                  [this](const Actor&, const CalendarDueQuery& in) { return show_due(calendar_, in); });
  router.post<CalendarImportInput, CalendarImportAnswer>(
      "/api/calendar-imports", {.permission = "calendar.edit", .summary = "Takes a year's calendar file, or only tells what it would change", .tag = tag, .body_max = 1024 * 1024},
      [this](const Actor& actor, const CalendarImportInput& in) { return import_year(service_, actor, in); });
  router.post<CalendarDayInput, CalendarDayAnswer>("/api/calendar-days", {.permission = "calendar.edit", .summary = "Declares one day: typhoon, half day, holiday, make-up day", .tag = tag},
                                                   [this](const Actor& actor, const CalendarDayInput& in) -> Result<CalendarDayAnswer> {
                                                     MANDATE_ASSIGN(const auto outcome, service_.declare(actor, {in.on, in.kind, in.closed, in.note.value_or("")}, in.dry_run.value_or(false)));
                                                     return CalendarDayAnswer{{outcome.version}, outcome.due_dates_moved};
                                                   });
}

}  // namespace mandate::calendar
