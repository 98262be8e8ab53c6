#include "foundation/calendar/service.hpp"

#include "foundation/calendar/office_years.hpp"
#include "platform/db/events.hpp"

namespace mandate::calendar {
namespace {

std::vector<Date> dates_of(const std::vector<CalendarDay>& days) {
  std::vector<Date> dates;
  dates.reserve(days.size());
  for (const auto& day : days) dates.push_back(day.on);
  return dates;
}

CalendarDays with(CalendarDays days, const std::vector<CalendarDay>& changed) {
  for (const auto& day : changed) days.put(day);
  return days;
}

}  // namespace

Result<ImportOutcome> CalendarService::import_file(const Actor& actor, const std::string& file_name, std::string_view text, bool dry_run) {
  auto file = read_calendar_file(text);
  if (!file.faults.empty()) {
    if (!dry_run) return csv::refusal("calendar.import_refused", file.faults);
    ImportOutcome outcome;
    outcome.year = file.year;
    outcome.days = static_cast<int>(file.days.size());
    outcome.version = database_.read([](db::Session& session) { return CalendarStore::state(session).version; });
    outcome.faults = std::move(file.faults);
    return outcome;
  }
  return import_days(actor, file.year, file.days, "import", file_name, "", dry_run);
}

Result<ImportOutcome> CalendarService::import_days(const Actor& actor, int year, const std::vector<CalendarDay>& days, const std::string& source, const std::string& file_name,
                                                   const std::string& note, bool dry_run) {
  return database_.write([&](db::Session& session) -> Result<ImportOutcome> {
    const auto before = CalendarStore::current_days(session);
    const auto plan = plan_import(before, days);
    ImportOutcome outcome;
    outcome.year = year;
    outcome.days = static_cast<int>(days.size());
    outcome.changed = static_cast<int>(plan.changed.size());
    outcome.kept = static_cast<int>(plan.kept.size());
    outcome.version = CalendarStore::state(session).version;
    if (plan.changed.empty()) return outcome;
    const auto after = with(before, plan.changed);
    if (dry_run) {
      outcome.due_dates_moved = count_affected(session, after, plan.changed);
      return outcome;
    }
    VersionRecord record{0, {}, actor.account_id, year, source, file_name, note, outcome.changed};
    const auto state = save(session, actor, plan.changed, std::move(record), "calendar.imported",
                            boost::json::serialize(boost::json::object{{"year", year}, {"changed", outcome.changed}, {"kept", outcome.kept}, {"file_name", file_name}}));
    outcome.version = state.version;
    if (effects_ != nullptr) outcome.due_dates_moved = effects_->recompute(session, actor, after, state.version, dates_of(plan.changed));
    return outcome;
  });
}

Result<DayOutcome> CalendarService::declare(const Actor& actor, const DayDeclaration& declaration, bool dry_run) {
  return database_.write([&](db::Session& session) -> Result<DayOutcome> {
    const auto days = CalendarStore::current_days(session);
    const auto* before = days.find(declaration.on);
    if (before == nullptr) return field_fault("on", "calendar.no_year", {{"year", std::to_string(declaration.on.year())}});
    MANDATE_ASSIGN(const CalendarDay day, declared_day(*before, declaration.kind, declaration.closed, declaration.note));
    if (day == *before) return DayOutcome{CalendarStore::state(session).version, 0};
    const std::vector<CalendarDay> changed{day};
    const auto after = with(days, changed);
    if (dry_run) return DayOutcome{CalendarStore::state(session).version, count_affected(session, after, changed)};
    VersionRecord record{0, {}, actor.account_id, declaration.on.year(), "day", "", declaration.on.iso() + (declaration.note.empty() ? "" : " " + declaration.note), 1};
    const auto state = save(session, actor, changed, std::move(record), "calendar.day_changed",
                            boost::json::serialize(boost::json::object{{"on", day.on.iso()},
                                                                       {"kind", boost::describe::enum_to_string(day.kind, "")},
                                                                       {"open_morning", day.open_morning},
                                                                       {"open_afternoon", day.open_afternoon},
                                                                       {"note", day.note}}));
    DayOutcome outcome{state.version, 0};
    if (effects_ != nullptr) outcome.due_dates_moved = effects_->recompute(session, actor, after, state.version, {day.on});
    return outcome;
  });
}

std::vector<VersionRecord> CalendarService::versions_of(int year) const {
  return database_.read([&](db::Session& session) { return CalendarStore::versions_of(session, year); });
}

CalendarState CalendarService::save(db::Session& session, const Actor& actor, const std::vector<CalendarDay>& days, VersionRecord record, const std::string& event_kind,
                                    const std::string& event_data) {
  const auto state = CalendarStore::advance(session, actor.now);
  record.version = state.version;
  record.recorded_at = state.recorded_at;
  CalendarStore::insert_version(session, record);
  for (const auto& day : days) CalendarStore::replace_day(session, day, state);
  db::append_event(session, {state.recorded_at, actor.account_id, event_kind, "calendar", state.version, event_data, {}});
  return state;
}

std::int64_t CalendarService::count_affected(db::Session& session, const CalendarDays& after, const std::vector<CalendarDay>& changed) {
  return effects_ == nullptr ? 0 : effects_->count_affected(session, after, dates_of(changed));
}

Result<> seed_office_years(db::Database& database, CalendarService& service, const Actor& actor) {
  return database.write([&](db::Session& session) -> Result<> {
    if (CalendarStore::state(session).version != 0) return done();
    for (const auto& edition : office_years()) MANDATE_TRY(service.import_days(actor, edition.year, edition.days, "sample", "", edition.note, false));
    return done();
  });
}

}  // namespace mandate::calendar
