// The first row of a table: what its columns hold.
#pragma once

#include "modules/planreader/columns.hpp"
#include "modules/planreader/lines.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

struct Header {
  Ruling ruling = Ruling::tabs;
  bool outer_bars = true;
  bool indicators = false;  // of indicators and their targets, not of work plans
  bool named_plan = false;  // a column bears the name of a work plan (工作計畫), not merely of a goal
  bool by_rows = false;     // its names are not known; the rows told
  bool implied = false;     // made from a row, for want of a header
  std::vector<Column> kinds;
  std::vector<std::u32string> names;
  std::vector<std::size_t> starts;  // page columns
  bool has(Column kind) const;
};

// The column that a cell of a table ruled by spaces begins under; printing may set it a little to the left.
std::size_t column_under(const Header& header, std::size_t begins);

// A row that names the columns: the content and what it is the content of, or indicators and their targets.
bool is_header(std::u32string_view line, Header& out);

// The names of a table with one cell a line, from `first` on: at least three lines, each a name. Returns how many.
std::size_t header_of_lines(const std::vector<PlanLine>& lines, std::size_t first, Header& out);

// Of the targets of several years the one of the plan's year, or else the first, is read; the others are kept.
void choose_target(Header& header, int year_roc);

// Short names in a row and, in the rows below, sentences under one of them.
bool header_by_rows(const std::vector<PlanLine>& lines, std::size_t at, Header& out);
bool repeats_names(std::u32string_view line, const Header& header);

// The header that a row without one tells of: short titles and, beside them, whole sentences.
std::optional<Header> header_of_row(const std::vector<Cell>& cells, Ruling ruling, std::u32string_view line);

// 名稱 | 項目 | | (千元): the header's second line.
bool continues_header(const std::vector<std::u32string>& cells);

}  // namespace mandate::plan_reader
