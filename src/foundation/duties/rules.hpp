// Pure rules of duties: lateness, occurrences, transitions. Time is a parameter.
#pragma once

#include "foundation/duties/api.hpp"

namespace mandate::duties {

Lateness lateness_of(DutyState state, Date due_on, std::optional<Date> done_on, Date today, const DutyPolicy& policy);

// The range of due dates that an open duty of this lateness has today; both ends included, none is open-ended.
struct DueRange {
  std::optional<Date> from;
  std::optional<Date> to;
};
DueRange due_range_of(Lateness lateness, Date today, const DutyPolicy& policy);

// The nominal due dates of a recurrence between two days, both included, in order.
std::vector<Date> occurrences(const Recurrence& recurrence, Date from, Date to);
Result<> check_recurrence(const Recurrence& recurrence);

// The day that counts when the nominal one is closed: the next working day. Where the calendar knows no more, the nominal day stays.
Date moved_off_closed(Date nominal, const calendar::CalendarDays& days);

std::string months_text(const std::vector<int>& months);
std::vector<int> months_from_text(std::string_view text);

}  // namespace mandate::duties
