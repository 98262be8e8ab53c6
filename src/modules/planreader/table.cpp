#include "modules/planreader/table.hpp"

#include "modules/planreader/source.hpp"

#include <algorithm>

namespace mandate::plan_reader {

TextRun& OpenRow::other(std::u32string_view name, bool names_actor) {
  for (auto& [known, run] : others) {
    if (known == name) return run;
  }
  others.emplace_back(std::u32string{name}, TextRun{});
  if (names_actor) responsible.push_back(others.size() - 1);
  return others.back().second;
}

std::vector<std::u32string> cells_by_column(std::u32string_view line, const Header& header) {
  const auto cells = split_cells(line, header.ruling, header.outer_bars, &header.starts);
  if (cells.empty()) return {};
  std::vector<std::u32string> out(header.kinds.size());
  if (header.ruling == Ruling::spaces) {
    // A cell belongs to the column it begins under; printing may set it a little to the left.
    constexpr std::size_t slack = 3;
    for (const auto& cell : cells) {
      std::size_t column = 0;
      for (std::size_t k = 0; k < header.starts.size(); ++k) {
        if (header.starts[k] <= cell.column + slack) column = k;
      }
      out[column] += cell.text;
    }
    return out;
  }
  // Editors drop the empty first cell of a merged work plan: a row one short that ends with the content stands one to the right.
  const auto content = std::find(header.kinds.begin(), header.kinds.end(), Column::content);
  const bool content_last = content + 1 == header.kinds.end();
  const std::size_t shift = content_last && cells.size() + 1 == header.kinds.size() && header.kinds.size() > 2 ? 1 : 0;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const std::size_t column = std::min(k + shift, out.size() - 1);
    if (!out[column].empty() && !cells[k].text.empty()) out[column].push_back(U' ');
    out[column] += cells[k].text;
  }
  return out;
}

}  // namespace mandate::plan_reader
