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

namespace {

// Editors drop the empty first cells of a merged work plan: a row that is short stands further to the right when only then its sentence stands
// under the content. Returns from which cell on, and how far.
std::pair<std::size_t, std::size_t> missing_cells(const std::vector<Cell>& cells, const Header& header) {
  const std::size_t columns = header.kinds.size();
  if (cells.size() >= columns || columns < 3) return {0, 0};
  const auto content = static_cast<std::size_t>(std::find(header.kinds.begin(), header.kinds.end(), Column::content) - header.kinds.begin());
  if (content == columns) return {0, 0};
  const std::size_t first = header.kinds[0] == Column::number && is_figure(cells[0].text) ? 1 : 0;
  const std::size_t missing = columns - cells.size();
  // The whole row, but for the first cells.
  if (content + 1 == columns) return missing == 1 ? std::pair{first, missing} : std::pair<std::size_t, std::size_t>{0, 0};
  const auto is_sentence = [](std::u32string_view text) {
    constexpr std::size_t long_text = 24;
    return text.size() > long_text || has_any_of(text, U"。；");
  };
  if (content < cells.size() && is_sentence(cells[content].text)) return {0, 0};
  for (std::size_t shift = 1; shift <= missing && shift < content - first + 1; ++shift) {
    if (content - shift < cells.size() && is_sentence(cells[content - shift].text)) return {first, shift};
  }
  return {0, 0};
}

}  // namespace

std::vector<std::u32string> cells_by_column(std::u32string_view line, const Header& header) {
  const auto cells = split_cells(line, header.ruling, header.outer_bars, &header.starts);
  if (cells.empty()) return {};
  std::vector<std::u32string> out(header.kinds.size());
  if (header.ruling == Ruling::spaces) {
    for (const auto& cell : cells) out[column_under(header, cell.column)] += cell.text;
    return out;
  }
  const auto [first, shift] = missing_cells(cells, header);
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const std::size_t column = std::min(k < first ? k : k + shift, out.size() - 1);
    if (!out[column].empty() && !cells[k].text.empty()) out[column].push_back(U' ');
    out[column] += cells[k].text;
  }
  return out;
}

}  // namespace mandate::plan_reader
