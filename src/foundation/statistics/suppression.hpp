// Small cells of personal matters: a count of one or two tells whom it is about.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mandate::statistics {

struct CountedCell {
  std::vector<std::string> key;  // one value a dimension
  std::int64_t count = 0;
  bool personal = false;         // holds records about persons
};

// Which cells must not be shown: personal ones below the least count; and where one alone would be left out of a line whose sum is known, the smallest
// other one of the line too, so that no difference gives it away.
std::vector<bool> suppressed_cells(const std::vector<CountedCell>& cells, std::int64_t min);

}  // namespace mandate::statistics
