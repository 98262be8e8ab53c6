// Periods of filing by their first day: 2023-07-01 is July, or the third quarter.
#pragma once

#include "foundation/tracking/api.hpp"

namespace mandate::tracking {

Date period_of(Date day, PeriodType type);
Date next_period(Date period, PeriodType type, int count = 1);  // count may be negative
Date period_end(Date period, PeriodType type);                  // its last day
int months_in(PeriodType type);
std::int64_t periods_between(Date from, Date to, PeriodType type);
std::string period_label(Date period, PeriodType type);  // "112-07", "112Q3", "112"
// Whether this is the first day of a period of a time people file for.
Result<> check_period(Date period, PeriodType type);

}  // namespace mandate::tracking
