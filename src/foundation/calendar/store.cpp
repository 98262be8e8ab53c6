#include "foundation/calendar/store.hpp"

namespace mandate::calendar {
namespace {

struct DayRow {
  Date day_on;
  DayKind kind = DayKind::workday;
  int open_morning = 0;
  int open_afternoon = 0;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(DayRow, (), (day_on, kind, open_morning, open_afternoon, note))

CalendarDays to_days(std::vector<DayRow> rows) {
  CalendarDays days;
  for (auto& row : rows) days.put({row.day_on, row.kind, row.open_morning != 0, row.open_afternoon != 0, std::move(row.note)});
  return days;
}

}  // namespace

CalendarState CalendarStore::state(db::Session& session) { return session.value<CalendarState>("SELECT version, stamp, recorded_at FROM calendar_state WHERE id = 1"); }

CalendarState CalendarStore::advance(db::Session& session, Instant at) {
  return session.value<CalendarState>(
      "UPDATE calendar_state SET version = version + 1, stamp = ?, recorded_at = CASE WHEN recorded_at >= ? THEN recorded_at + 1 ELSE ? END WHERE id = 1 "
      "RETURNING version, stamp, recorded_at",
      next_id(), at, at);
}

CalendarDays CalendarStore::current_days(db::Session& session) {
  return to_days(session.list<DayRow>("SELECT day_on, kind, open_morning, open_afternoon, note FROM calendar_day WHERE superseded_at IS NULL"));
}

CalendarDays CalendarStore::days_known_at(db::Session& session, Instant at) {
  return to_days(session.list<DayRow>(
      "SELECT day_on, kind, open_morning, open_afternoon, note FROM calendar_day WHERE recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?)", at, at));
}

void CalendarStore::insert_version(db::Session& session, const VersionRecord& record) {
  session.execute("INSERT INTO calendar_version (version, recorded_at, recorded_by, year, source, file_name, note, changed_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", record.version,
                  record.recorded_at, record.recorded_by, record.year, record.source, record.file_name, record.note, record.changed_count);
}

void CalendarStore::replace_day(db::Session& session, const CalendarDay& day, const CalendarState& state) {
  session.execute("UPDATE calendar_day SET superseded_at = ? WHERE day_on = ? AND superseded_at IS NULL", state.recorded_at, day.on);
  session.execute("INSERT INTO calendar_day (id, day_on, kind, open_morning, open_afternoon, note, version, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", next_id(), day.on, day.kind,
                  int{day.open_morning}, int{day.open_afternoon}, day.note, state.version, state.recorded_at);
}

std::vector<VersionRecord> CalendarStore::versions_of(db::Session& session, int year) {
  return session.list<VersionRecord>(
      "SELECT version, recorded_at, recorded_by, year, source, file_name, note, changed_count FROM calendar_version WHERE year = ? ORDER BY version DESC LIMIT 500", year);
}

}  // namespace mandate::calendar
