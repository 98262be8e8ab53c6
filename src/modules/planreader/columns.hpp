// What a heading of the plan's table, or the key of a line "key：value", stands for; and how a line splits into cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

enum class Column { none, work_plan, item, content, responsible, number, indicator, target, unit, other };

// The name as it stands in a header row, spaces and all; `other` for a known name without use here (budget, remarks), `none` for no name at all.
Column column_named(std::u32string_view name);

// How a table draws its columns; `lines` has one cell a line, as copied from a word processor.
enum class Ruling { tabs, bars, spaces, lines };

struct Cell {
  std::u32string text;
  std::size_t column = 0;  // where it begins on the page, for a table ruled by spaces
};

// The cells of a line, or none when it is not ruled that way. Outer bars make no cells; in a table without them a bar in front closes an
// empty first cell. Where the columns are known to start, one full-width space before such a place divides too.
std::vector<Cell> split_cells(std::u32string_view line, Ruling ruling, bool outer_bars = true, const std::vector<std::size_t>* starts = nullptr);
// 合計 sums up the rows above and names no plan.
bool is_total(std::u32string_view cell);
// 期程, 完成期限: when the work of a row is done.
bool names_period(std::u32string_view name);
bool is_bar(char32_t c);
// |---|:--:| and box-drawing lines.
bool is_rule_line(std::u32string_view line);

// Digits and their marks only: a sum, or a value whose unit stands elsewhere.
bool is_figure(std::u32string_view text);

}  // namespace mandate::plan_reader
