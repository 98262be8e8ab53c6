// The office calendars of 2023 to 2026 for a sample city, from what the Directorate-General of Personnel Administration announced: each year is the
// ordinary week with a list of exceptions.
#pragma once

#include "foundation/calendar/api.hpp"

namespace mandate::calendar {

struct OfficeYear {
  int year = 0;
  std::string note;  // why this edition was published
  std::vector<CalendarDay> days;
};

// In the order in which they were published: 2025 twice, since the holiday law of May 2025 changed it in the middle of the year.
std::vector<OfficeYear> office_years();

}  // namespace mandate::calendar
