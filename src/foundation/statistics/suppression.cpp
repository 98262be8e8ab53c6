#include "foundation/statistics/suppression.hpp"

#include <map>

namespace mandate::statistics {

std::vector<bool> suppressed_cells(const std::vector<CountedCell>& cells, std::int64_t min) {
  std::vector<bool> out(cells.size(), false);
  bool any = false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out[i] = cells[i].personal && cells[i].count > 0 && cells[i].count < min;
    any = any || out[i];
  }
  if (!any) return out;
  const std::size_t dimensions = cells.front().key.size();
  // A line is what shares all values but one dimension's; the whole table is a line too, since its total is shown.
  const auto lines = [&](std::size_t free) {
    std::map<std::vector<std::string>, std::vector<std::size_t>> found;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      auto key = cells[i].key;
      if (free < dimensions) key[free].clear();
      else key.clear();
      found[key].push_back(i);
    }
    return found;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t free = 0; free <= dimensions; ++free) {
      for (const auto& [key, line] : lines(free)) {
        std::size_t hidden = 0;
        std::int64_t sum = 0;
        std::size_t smallest = cells.size();
        for (const auto i : line) {
          if (out[i]) {
            ++hidden;
            sum += cells[i].count;
          } else if (cells[i].count > 0 && (smallest == cells.size() || cells[i].count < cells[smallest].count)) {
            smallest = i;
          }
        }
        // Two hidden cells of one each are as plain as one alone: their sum is below the least count as well.
        if (hidden == 0 || (hidden > 1 && sum >= min) || smallest == cells.size()) continue;
        out[smallest] = true;
        changed = true;
      }
    }
  }
  return out;
}

}  // namespace mandate::statistics
