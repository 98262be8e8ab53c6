#pragma once

#include "foundation/calendar/api.hpp"

namespace mandate::calendar {

struct CalendarState {
  std::int64_t version = 0;
  std::int64_t stamp = 0;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(CalendarState, (), (version, stamp, recorded_at))

struct VersionRecord {
  std::int64_t version = 0;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::int64_t year = 0;
  std::string source;  // "import", "day" or "sample"
  std::string file_name;
  std::string note;
  std::int64_t changed_count = 0;
};
BOOST_DESCRIBE_STRUCT(VersionRecord, (), (version, recorded_at, recorded_by, year, source, file_name, note, changed_count))

class CalendarStore {
 public:
  static CalendarState state(db::Session& session);
  // The next version. Changing the one row of state first makes two changes at the same time follow each other; recorded_at rises with the version.
  static CalendarState advance(db::Session& session, Instant at);
  static CalendarDays current_days(db::Session& session);
  static CalendarDays days_known_at(db::Session& session, Instant at);
  static void insert_version(db::Session& session, const VersionRecord& record);
  static void replace_day(db::Session& session, const CalendarDay& day, const CalendarState& state);
  // Newest first.
  static std::vector<VersionRecord> versions_of(db::Session& session, int year);
};

}  // namespace mandate::calendar
