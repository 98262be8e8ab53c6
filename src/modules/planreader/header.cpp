#include "modules/planreader/header.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/numbering.hpp"
#include "modules/planreader/source.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

bool is_title(Column kind) { return kind == Column::work_plan || kind == Column::item; }

// 112年, 112年度
bool names_year(View name) {
  const auto s = plain(name);
  const auto digits = s.find_first_not_of(U"0123456789");
  return digits == 3 && (View{s}.substr(3) == U"年" || View{s}.substr(3) == U"年度");
}

// What the columns hold by their names; false when they make no table of duties.
bool settle(Header& header, bool all_named) {
  auto& kinds = header.kinds;
  const auto count = [&](auto wanted) { return static_cast<std::size_t>(std::count_if(kinds.begin(), kinds.end(), wanted)); };
  const auto is = [](Column kind) { return [kind](Column k) { return k == kind; }; };
  bool content = count(is(Column::content)) > 0;
  std::size_t titles = count(is_title);
  const std::size_t indicators = count(is(Column::indicator));
  std::size_t targets = count(is(Column::target));
  // 指標 | 111年 | 112年: each year's column holds its target.
  if (indicators > 0 && targets == 0) {
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if (kinds[k] == Column::other && names_year(header.names[k])) kinds[k] = Column::target, ++targets;
    }
  }
  const bool planned = count(is(Column::responsible)) + count(is(Column::number)) > 0 ||
                       std::any_of(header.names.begin(), header.names.end(), [](View n) { return contains(n, U"期程") || contains(n, U"時程") || contains(n, U"期限") || contains(n, U"時間") || contains(n, U"日期") || contains(n, U"備註"); });
  if (content && titles == 0 && !(all_named && kinds.size() >= 2)) return false;
  if (!content && indicators + targets > 0) {
    const bool both = indicators > 0 && targets > 0;
    if (!both && (!all_named || titles == 0)) return false;
    header.indicators = true;
  } else if (!content) {
    // 計畫類別 | 計畫名稱 | 計畫重點 | 預算: the last of the titles holds the sentences.
    if (!all_named || titles == 0 || (titles == 1 && !planned)) return false;
    *std::find_if(kinds.rbegin(), kinds.rend(), is_title) = Column::content;
    --titles;
  }
  // Two of the same kind side by side are the plan and its item; a third is kept as it stands.
  std::size_t seen = 0;
  for (auto& kind : kinds) {
    if (!is_title(kind)) continue;
    ++seen;
    if (titles >= 2) kind = seen == 1 ? Column::work_plan : seen == 2 ? Column::item : Column::other;
    if (header.indicators && titles == 1) kind = Column::work_plan;
  }
  // The first of a kind is the one that counts.
  for (const auto kind : {Column::indicator, Column::unit}) {
    bool first = true;
    for (auto& k : kinds) {
      if (k != kind) continue;
      if (!first) k = Column::other;
      first = false;
    }
  }
  // A unit says something only beside a figure.
  if (targets == 0) std::replace(kinds.begin(), kinds.end(), Column::unit, Column::other);
  return true;
}

}  // namespace

std::size_t column_under(const Header& header, std::size_t begins) {
  constexpr std::size_t slack = 3;
  std::size_t column = 0;
  for (std::size_t k = 0; k < header.starts.size(); ++k) {
    if (header.starts[k] <= begins + slack) column = k;
  }
  return column;
}

bool Header::has(Column kind) const { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }

bool is_header(View line, Header& out) {
  constexpr std::size_t longest_header = 240;
  if (line.size() > longest_header || has_any_of(line, U"。；")) return false;
  for (const auto ruling : {Ruling::tabs, Ruling::bars, Ruling::spaces}) {
    const auto cells = split_cells(line, ruling);
    if (cells.size() < 2) continue;
    Header header;
    header.ruling = ruling;
    header.outer_bars = ruling == Ruling::bars && is_bar(trimmed(line).front());
    bool content = false;
    bool all_named = true;
    for (const auto& cell : cells) {
      auto kind = column_named(cell.text);
      if (kind == Column::content && content) kind = Column::other;  // the first is the one that counts
      content = content || kind == Column::content;
      all_named = all_named && kind != Column::none;
      const auto name = without_spaces(cell.text);
      header.named_plan = header.named_plan || (kind == Column::work_plan && contains(name, U"計畫"));
      header.kinds.push_back(kind == Column::none ? Column::other : kind);
      header.names.push_back(name);
      header.starts.push_back(cell.column);
    }
    if (!settle(header, all_named)) continue;
    out = std::move(header);
    return true;
  }
  return false;
}

std::size_t header_of_lines(const std::vector<PlanLine>& lines, std::size_t first, Header& out) {
  constexpr std::size_t fewest = 3;
  constexpr std::size_t most = 10;
  Header header;
  header.ruling = Ruling::lines;
  bool content = false;
  std::size_t at = first;
  for (; at < lines.size() && at - first < most; ++at) {
    const View said = lines[at].said;
    if (has_any_of(lines[at].text, U"\t|：:") || numbering_length(said) > 0) break;
    auto kind = column_named(said);
    if (kind == Column::none) break;
    if (kind == Column::content && content) kind = Column::other;
    content = content || kind == Column::content;
    header.kinds.push_back(kind);
    header.names.push_back(without_spaces(said));
    header.starts.push_back(0);
  }
  if (header.kinds.size() < fewest || !settle(header, true) || header.indicators) return 0;
  out = std::move(header);
  return at - first;
}

void choose_target(Header& header, int year_roc) {
  const auto year = to_utf32(std::to_string(year_roc));
  auto& kinds = header.kinds;
  std::size_t chosen = kinds.size();
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (kinds[k] == Column::target && (chosen == kinds.size() || (year_roc != 0 && contains(plain(header.names[k]), year)))) chosen = k;
  }
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (kinds[k] == Column::target && k != chosen) kinds[k] = Column::other;
  }
}

bool repeats_names(View line, const Header& header) {
  const auto cells = split_cells(line, header.ruling, header.outer_bars);
  return cells.size() == header.names.size() && std::equal(cells.begin(), cells.end(), header.names.begin(), [](const Cell& c, const std::u32string& n) { return without_spaces(c.text) == n; });
}

bool header_by_rows(const std::vector<PlanLine>& lines, std::size_t at, Header& out) {
  constexpr std::size_t longest_name = 12;
  constexpr std::size_t rows = 8;
  const View line = lines[at].text;
  if (line.size() > 240 || has_any_of(line, U"，。；：:、")) return false;
  for (const auto ruling : {Ruling::tabs, Ruling::bars, Ruling::spaces}) {
    const auto cells = split_cells(line, ruling);
    if (cells.size() < 3) continue;
    Header header;
    header.ruling = ruling;
    header.by_rows = true;
    header.outer_bars = ruling == Ruling::bars && is_bar(trimmed(line).front());
    for (const auto& cell : cells) {
      const auto name = without_spaces(cell.text);
      if (name.empty() || name.size() > longest_name || has_any_of(plain(name), U"0123456789%") || numbering_length(plain(name)) > 0) return false;
      header.kinds.push_back(column_named(name));
      header.names.push_back(name);
      header.starts.push_back(cell.column);
    }
    // How much is said under each name.
    std::vector<std::size_t> said(cells.size(), 0);
    bool sentence = false;
    for (std::size_t i = at + 1; i < lines.size() && i <= at + rows; ++i) {
      if (numbering_length(lines[i].said) > 0 && lines[i].text.find(U'\t') == View::npos && split_cells(lines[i].text, ruling).size() < 2) break;
      const auto row = split_cells(lines[i].text, ruling, header.outer_bars, &header.starts);
      for (std::size_t k = 0; k < row.size(); ++k) {
        sentence = sentence || has_any_of(row[k].text, U"。；");
        const std::size_t column = ruling == Ruling::spaces ? column_under(header, row[k].column) : std::min(k, said.size() - 1);
        said[column] += row[k].text.size();
      }
    }
    const auto most = std::max_element(said.begin(), said.end());
    const auto content = static_cast<std::size_t>(most - said.begin());
    if (!sentence || content == 0) return false;
    std::size_t titles = 0;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      auto& kind = header.kinds[k];
      if (k == content) {
        kind = Column::content;
      } else if (k < content && kind != Column::number && kind != Column::other && kind != Column::responsible) {
        kind = titles == 0 ? Column::work_plan : titles == 1 ? Column::item : Column::other;
        ++titles;
      } else if (kind == Column::none || kind == Column::work_plan || kind == Column::item || kind == Column::content || kind == Column::unit) {
        kind = Column::other;
      }
    }
    if (titles == 0) return false;
    header.named_plan = true;
    out = std::move(header);
    return true;
  }
  return false;
}

std::optional<Header> header_of_row(const std::vector<Cell>& cells, Ruling ruling, View line) {
  constexpr std::size_t longest_title = 24;
  constexpr std::size_t shortest_sentence = 12;
  std::size_t content = 0;
  while (content < cells.size() && !(cells[content].text.size() >= shortest_sentence && has_any_of(cells[content].text, U"。；，"))) ++content;
  if (content == 0 || content == cells.size() || content > 3) return std::nullopt;
  Header header;
  header.ruling = ruling;
  header.implied = true;
  header.outer_bars = ruling == Ruling::bars && is_bar(trimmed(line).front());
  std::size_t titles = 0;
  for (std::size_t k = 0; k < content; ++k) {
    if (cells[k].text.size() > longest_title) return std::nullopt;
    const bool number = k == 0 && is_figure(cells[k].text);
    header.kinds.push_back(number ? Column::number : Column::item);
    if (!number) ++titles;
  }
  if (titles == 2) *std::find(header.kinds.begin(), header.kinds.end(), Column::item) = Column::work_plan;
  if (titles == 3) header.kinds = {Column::work_plan, Column::item, Column::other};
  header.kinds.push_back(Column::content);
  while (header.kinds.size() < cells.size()) header.kinds.push_back(Column::other);
  // Columns without a name are kept under their place in the row.
  for (std::size_t k = 0; k < header.kinds.size(); ++k) {
    std::u32string name = U"第";
    name.push_back(U'1' + static_cast<char32_t>(std::min<std::size_t>(k, 8)));
    header.names.push_back(name + U"欄");
    header.starts.push_back(0);
  }
  return header;
}

bool continues_header(const std::vector<std::u32string>& cells) {
  constexpr View words[] = {U"名稱", U"項目", U"內容", U"(千元)", U"(元)", U"(萬元)", U"千元", U"類別", U"別", U"單位", U"摘要", U"(新臺幣千元)", U"(單位：千元)", U"機關", U"科室"};
  bool any = false;
  for (const auto& cell : cells) {
    const auto s = without_spaces(plain(cell));
    if (s.empty()) continue;
    if (std::find(std::begin(words), std::end(words), View{s}) == std::end(words)) return false;
    any = true;
  }
  return any;
}

}  // namespace mandate::plan_reader
