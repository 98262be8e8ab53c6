// Conditions as people and programs write them: "origin=plan|council;severity!=normal;due>=2026-01-01". One text for statistics, for the lists behind
// their numbers, and for the command line.
#pragma once

#include "kernel/date.hpp"
#include "kernel/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::statistics {

struct WrittenCondition {
  std::string dimension;
  std::vector<std::string> values;  // any of these
  bool except = false;              // none of these
  std::optional<Date> from = {};    // of a day
  std::optional<Date> to = {};
};

// Days in ISO or ROC form. The fault names the field `where`.
Result<std::vector<WrittenCondition>> read_where(std::string_view text);
std::string write_where(const std::vector<WrittenCondition>& conditions);

}  // namespace mandate::statistics
