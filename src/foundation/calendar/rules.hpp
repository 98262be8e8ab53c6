// The four clocks and what may be done to a day: pure functions of a calendar.
#pragma once

#include "foundation/calendar/api.hpp"

namespace mandate::calendar {

inline constexpr int amount_max = 10'000;
inline constexpr std::size_t note_length_max = 600;  // bytes of UTF-8: some 200 Chinese characters

// The start day is not counted; amount 0 is the start day itself.
Result<Due> due_by_working_days(const CalendarDays& days, Date start, int amount);
// The day that many days on, holidays included; it does not move off a holiday (a date set by another agency stays that date).
Result<Due> due_by_calendar_days(Date start, int amount);
// Counts open half days from the day after the start.
Result<Due> due_by_half_days(const CalendarDays& days, Date start, int amount, const OfficeHours& hours);
// Counts office hours of open half days from the minute of the start, or every hour.
Result<Due> due_by_hours(const CalendarDays& days, Instant start, int amount, const OfficeHours& hours);
Result<Due> due_by(const CalendarDays& days, Instant start, int amount, ClockKind clock, const OfficeHours& hours);

Result<int> working_days_between(const CalendarDays& days, Date from, Date to);
Result<Date> next_working_day(const CalendarDays& days, Date after);
// Days used by a document, in halves: finished on the day it came is half a day (檔管局 counting rules), else its working days.
Result<int> used_half_days(const CalendarDays& days, Date came, Date finished);

// A day by the week alone.
CalendarDay ordinary_day(Date on);
// From what the government's file says about a day.
CalendarDay day_from_file(Date on, bool is_holiday, std::string note);

BOOST_DEFINE_ENUM_CLASS(ClosedPart, all, morning, afternoon)
// What a day becomes when somebody declares it.
Result<CalendarDay> declared_day(const CalendarDay& before, DayKind kind, std::optional<ClosedPart> closed, std::string note);

// The days of a file that differ from the calendar. A closure that somebody declared (typhoon, half day) stays where the file shows an ordinary
// working day: the file was printed before the storm.
struct ImportPlan {
  std::vector<CalendarDay> changed;
  std::vector<Date> kept;
};
ImportPlan plan_import(const CalendarDays& now, const std::vector<CalendarDay>& incoming);

}  // namespace mandate::calendar
