// What changes the calendar: a year's file, or one day. Each change is a new version.
#pragma once

#include "foundation/calendar/api.hpp"
#include "foundation/calendar/calendar_file.hpp"
#include "foundation/calendar/rules.hpp"
#include "foundation/calendar/store.hpp"

namespace mandate::calendar {

struct ImportOutcome {
  int year = 0;
  int days = 0;
  int changed = 0;
  int kept = 0;  // declared closures that the file does not know
  std::int64_t due_dates_moved = 0;
  std::int64_t version = 0;  // after the import
  std::vector<csv::LineFault> faults;
};

struct DayOutcome {
  std::int64_t version = 0;
  std::int64_t due_dates_moved = 0;
};

struct DayDeclaration {
  Date on;
  DayKind kind = DayKind::workday;
  std::optional<ClosedPart> closed;
  std::string note;
};

class CalendarService {
 public:
  explicit CalendarService(db::Database& database) : database_(database) {}
  // Set once at start by whoever keeps due dates; none moves without it.
  void set_due_date_effects(DueDateEffects* effects) { effects_ = effects; }

  // A dry run tells what would happen, faults included. Otherwise a file with faults is refused and changes nothing. A file that changes no day makes
  // no version.
  Result<ImportOutcome> import_file(const Actor& actor, const std::string& file_name, std::string_view text, bool dry_run);
  Result<ImportOutcome> import_days(const Actor& actor, int year, const std::vector<CalendarDay>& days, const std::string& source, const std::string& file_name, const std::string& note,
                                    bool dry_run);
  Result<DayOutcome> declare(const Actor& actor, const DayDeclaration& declaration, bool dry_run);
  std::vector<VersionRecord> versions_of(int year) const;

 private:
  // Saves the days as one new version, with its event, and moves due dates.
  CalendarState save(db::Session& session, const Actor& actor, const std::vector<CalendarDay>& days, VersionRecord record, const std::string& event_kind, const std::string& event_data);
  std::int64_t count_affected(db::Session& session, const CalendarDays& after, const std::vector<CalendarDay>& changed);

  db::Database& database_;
  DueDateEffects* effects_ = nullptr;
};

// Publishes the editions of office_years.hpp one after another; does nothing in a database that has a calendar.
Result<> seed_office_years(db::Database& database, CalendarService& service, const Actor& actor);

}  // namespace mandate::calendar
