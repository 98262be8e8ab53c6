// Pure rules of meetings: periods, days, which step may follow which. Time and the calendar are parameters.
#pragma once

#include "foundation/meetings/api.hpp"

namespace mandate::meetings {

struct Period {
  Date from;
  Date to;
  friend bool operator==(const Period&, const Period&) = default;
};

// The period of this frequency that holds the day; the day itself where meetings have none.
Period period_of(Frequency frequency, Date on);
// The day on which the meeting about a period is due: `day` of the month that comes `months_after` the period's last (a month without that day takes its
// last; 0 always does). Where meetings have no period: the day of the period.
Date nominal_day(Frequency frequency, const Period& period, int day, int months_after);
// The next working day when the day is closed. Where the calendar knows no more, the day stays.
Date moved_off_closed(Date nominal, const calendar::CalendarDays& days);

// The period of a first-stage meeting that has to be over before a second-stage one about `period` is frozen: the one that holds the period's last day.
Period required_period(Frequency first_stage, const Period& period);

enum class Step { edit, open_agenda, run_rules, add_entry, strike_entry, waive, freeze, cancel, attend, hold, write_minutes, approve_minutes, decide };
// Whether a meeting in this state takes this step. A frozen agenda changes no more; decisions are taken in a meeting and until its minutes are approved.
bool takes(MeetingState state, Step step);

// "09:30"; "" is none.
bool is_time_of_day(const std::string& text);

inline constexpr std::size_t attendants_max = 200;
inline constexpr std::size_t gates_max = 100;
inline constexpr std::size_t covers_max = 200;
inline constexpr std::size_t manual_entries_max = 100;
inline constexpr std::size_t decisions_max = 200;  // of one meeting
inline constexpr std::size_t followed_max = 500;   // decisions of a series that wait at one time
inline constexpr std::size_t text_bytes_max = 12'000;
inline constexpr std::size_t minutes_bytes_max = 120'000;

// Ids as one text, in their order: "12,13".
std::string ids_text(const std::vector<std::int64_t>& ids);
std::vector<std::int64_t> ids_from_text(std::string_view text);
std::string words_text(const std::vector<std::string>& words);
std::vector<std::string> words_from_text(std::string_view text);

}  // namespace mandate::meetings
