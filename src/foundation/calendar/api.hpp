// The office calendar (政府行政機關辦公日曆表) as other modules see it: days, due dates by four clocks, and the version that set them.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/date.hpp"
#include "kernel/result.hpp"
#include "platform/db/database.hpp"

#include <boost/describe.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace mandate::calendar {

BOOST_DEFINE_ENUM_CLASS(DayKind, workday, weekend, holiday, makeup, typhoon, half_day)
// Working days and half days run from the day after the start; calendar days too, holidays included; hours run from the minute of receipt.
BOOST_DEFINE_ENUM_CLASS(ClockKind, working_day, calendar_day, hour, half_day)

struct CalendarDay {
  Date on;
  DayKind kind = DayKind::workday;
  bool open_morning = true;
  bool open_afternoon = true;
  std::string note;
  // A day with either half open counts as a working day.
  bool working() const { return open_morning || open_afternoon; }
  friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};

class CalendarDays {
 public:
  const CalendarDay* find(Date on) const;  // nullptr: its year has no calendar
  void put(CalendarDay day) { days_[day.on] = std::move(day); }
  std::vector<CalendarDay> between(Date first, Date last) const;
  std::vector<int> years() const;
  bool empty() const { return days_.empty(); }

 private:
  std::map<Date, CalendarDay> days_;
};

// Minutes after midnight. The default is unsourced; the policies office.* decide.
struct OfficeHours {
  int morning_from = 8 * 60;
  int morning_to = 12 * 60;
  int afternoon_from = 13 * 60;
  int afternoon_to = 17 * 60;
  bool around_the_clock = false;  // dispatch limits: every hour counts
};

struct Due {
  Date on;
  Instant at;                // the last instant that still meets it
  std::int64_t version = 0;  // of the calendar that set it
  std::vector<CalendarDay> skipped;  // the days between that were not counted
};

struct CalendarSnapshot {
  std::int64_t version = 0;  // 1, 2, 3 ...; 0 when nothing was ever loaded
  std::int64_t stamp = 0;    // unlike the version, never the same for two different calendars
  CalendarDays days;
};

// What the duty ledger tells the calendar about due dates that a change would move, and does about them.
class DueDateEffects {
 public:
  virtual ~DueDateEffects() = default;
  // How many open due dates would move if the calendar became `after`. `changed` are the days that differ, in order.
  virtual std::int64_t count_affected(db::Session& session, const CalendarDays& after, const std::vector<Date>& changed) = 0;
  // Moves them, inside the transaction that changes the calendar; each keeps its old result and the version that had set it. Returns how many.
  virtual std::int64_t recompute(db::Session& session, const Actor& actor, const CalendarDays& after, std::int64_t version, const std::vector<Date>& changed) = 0;
};

// Safe from any thread. On PostgreSQL each question costs one small statement, which finds out whether another process has changed the calendar; many
// questions of one use case should go to one snapshot (with the functions of rules.hpp).
class Calendar {
 public:
  explicit Calendar(db::Database& database) : database_(database), changes_(database.watch({"calendar_state", "calendar_version", "calendar_day"})) {}

  std::shared_ptr<const CalendarSnapshot> snapshot() const;
  CalendarSnapshot known_at(Instant at) const;  // as it was recorded then

  // Refused: a negative amount or one over 10,000; a day needed of a year without a calendar, by the name of the year.
  Result<Due> due(Date start, int amount, ClockKind clock) const;
  Result<Due> due_from(Instant start, int amount, ClockKind clock) const;
  Result<CalendarDay> day(Date on) const;
  std::int64_t version() const { return snapshot()->version; }
  // Working days after `from` up to and including `to`; negative when `to` is earlier.
  Result<int> working_days_between(Date from, Date to) const;
  Result<Date> next_working_day(Date after) const;  // the first one later than that day
  void set_office_hours(std::function<OfficeHours(Date)> hours) { hours_ = std::move(hours); }
  OfficeHours office_hours(Date on) const { return hours_ ? hours_(on) : OfficeHours{}; }

 private:
  std::shared_ptr<const CalendarSnapshot> read_snapshot() const;

  db::Database& database_;
  db::ChangeCounter changes_;
  std::function<OfficeHours(Date)> hours_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const CalendarSnapshot> cached_;
  mutable std::optional<std::uint64_t> cached_changes_;  // of the count when the calendar was last compared
};

}  // namespace mandate::calendar
