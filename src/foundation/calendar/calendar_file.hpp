// Reads a year of the office calendar as the government publishes it: JSON entries {date, week, isHoliday, description}, the CSV of the
// Directorate-General of Personnel Administration (西元日期,星期,是否放假,備註 with 0 and 2), or a CSV with columns date, is_holiday, note.
#pragma once

#include "foundation/calendar/api.hpp"
#include "platform/csv/csv.hpp"

namespace mandate::calendar {

struct CalendarFile {
  int year = 0;
  std::vector<CalendarDay> days;  // complete and in order when there are no faults
  std::vector<csv::LineFault> faults;
};

// A file is good when every day of exactly one year stands in it once, each with its right day of the week.
CalendarFile read_calendar_file(std::string_view text);

}  // namespace mandate::calendar
