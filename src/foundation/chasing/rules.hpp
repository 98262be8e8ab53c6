// The ladder of chasing (稽催): which reminder of a duty is due on a day, and to whom. Pure; the calendar is a parameter.
//
// The order of those who are told follows the practice of document control: the officer, the unit's head, the agency's window, the agency's head, the
// commission (文書流程管理作業規範「文書稽催」). Days and audiences are policy rows; the city's own rule was not found.
#pragma once

#include "foundation/calendar/api.hpp"
#include "foundation/duties/api.hpp"
#include "foundation/notices/api.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mandate::chasing {

using LadderId = Id<struct LadderTag>;
using notices::Audience;

BOOST_DEFINE_ENUM_CLASS(DayCount, working_day, calendar_day)

struct Rung {
  int offset_days = 0;  // before the due date when negative
  DayCount day_kind = DayCount::calendar_day;
  Audience audience = Audience::owner;
  int repeat_days = 0;  // again after so many calendar days, as long as the duty is open; 0: once
  friend bool operator==(const Rung&, const Rung&) = default;
};
BOOST_DESCRIBE_STRUCT(Rung, (), (offset_days, day_kind, audience, repeat_days))

// For whom a ladder is; none: for any.
struct LadderMatch {
  std::optional<std::string> origin;
  std::optional<duties::Severity> severity;
  std::optional<duties::Confidentiality> confidentiality;
};

struct Ladder {
  LadderId id;
  LadderMatch match;
  Date valid_from;
  std::string source;
  std::vector<Rung> rungs;  // may be empty: such duties are not chased by themselves
};

inline constexpr int offset_max = 365;
inline constexpr std::size_t rungs_max = 30;

Result<> check_rungs(const std::vector<Rung>& rungs);

// The ladder in force on the day for a duty: the one that names most of it; origin weighs more than severity, severity more than confidentiality.
const Ladder* ladder_for(const std::vector<Ladder>& ladders, const std::string& origin, duties::Severity severity, duties::Confidentiality confidentiality, Date on);

// The day of a rung. Working days skip what the office calendar closes; where a year has no calendar, weekends.
Date rung_date(const Rung& rung, Date due_on, const calendar::CalendarDays& days);

struct DueRung {
  Rung rung;
  int round = 0;  // of a repeated rung: 0, 1, 2 ...
  Date on;
  std::string key;  // the same however the ladder is set anew: "3w:owner:0"
};
std::string rung_key(const Rung& rung, int round);

// What has been done about one due date already.
struct DoneRung {
  std::string key;
  Audience audience = Audience::owner;
  Date on;
};
// The rungs to run today: of each audience only the latest that is due, and none that is not later than one already run. Missed days make no flood.
std::vector<DueRung> rungs_to_run(const Ladder& ladder, Date due_on, Date today, const calendar::CalendarDays& days, const std::vector<DoneRung>& done);
// The latest due date that any rung of these ladders can concern on that day.
Date last_due_concerned(const std::vector<Ladder>& ladders, Date today);

}  // namespace mandate::chasing
