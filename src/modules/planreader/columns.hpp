// What a heading of the plan's table, or the key of a line "key：value", stands for; and how a line splits into cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

enum class Column { none, work_plan, item, content, responsible, number, other };

// The name as it stands in a header row, spaces and all; `other` for a known name without use here (budget, remarks), `none` for no name at all.
Column column_named(std::u32string_view name);

// How a table draws its columns.
enum class Ruling { tabs, bars, spaces };

struct Cell {
  std::u32string text;
  std::size_t column = 0;  // where it begins on the page, for a table ruled by spaces
};

// The cells of a line, or none when it is not ruled that way. Outer bars make no cells; in a table without them a bar in front closes an
// empty first cell. Where the columns are known to start, one full-width space before such a place divides too.
std::vector<Cell> split_cells(std::u32string_view line, Ruling ruling, bool outer_bars = true, const std::vector<std::size_t>* starts = nullptr);
// |---|:--:| and box-drawing lines.
bool is_rule_line(std::u32string_view line);

struct Header {
  Ruling ruling = Ruling::tabs;
  bool outer_bars = true;
  std::vector<Column> kinds;
  std::vector<std::u32string> names;
  std::vector<std::size_t> starts;  // page columns
  bool has(Column kind) const;
};

// A row that names the columns: at least the content and what it is the content of.
bool is_header(std::u32string_view line, Header& out);

}  // namespace mandate::plan_reader
