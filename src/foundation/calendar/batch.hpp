// The command `mandate calendar due`: due dates of many cases from calendar files alone, without a database.
#pragma once

#include "kernel/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mandate::calendar {

struct NamedText {
  std::string name;  // of the file, for faults
  std::string text;
};

// The cases are a CSV with columns start and working_days (others are passed over); the answer is a CSV start,working_days,due. A later calendar file
// replaces the days of an earlier one. Refused as a whole, naming file, line and reason of everything that is wrong; a year without a calendar by its name.
Result<std::string> due_batch(std::span<const NamedText> calendars, const NamedText& cases);

}  // namespace mandate::calendar
