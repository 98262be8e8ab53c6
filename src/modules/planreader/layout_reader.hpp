// Walks the lines of a plan and gathers its paragraphs, each with its place. One class; its files follow what stands in a plan: layout.cpp the
// parts and the tree, layout_table.cpp tables, layout_keys.cpp lines of key：value, layout_outline.cpp headings and text.
#pragma once

#include "modules/planreader/header.hpp"
#include "modules/planreader/key_lines.hpp"
#include "modules/planreader/layout.hpp"
#include "modules/planreader/lines.hpp"
#include "modules/planreader/numbering.hpp"
#include "modules/planreader/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

class LayoutReader {
 public:
  explicit LayoutReader(std::vector<PlanLine> lines) : lines_(std::move(lines)) {}
  PlanLayout read();

 private:
  using View = std::u32string_view;
  static constexpr std::size_t longest_heading = 40;

  // Each take_ tells whether the line was its own.

  // ---- parts
  bool take_part_heading(const PlanLine& line);
  bool second_part_follows(Mark kind);
  void open_part(Part part);

  // ---- tables
  bool take_header(const PlanLine& line);
  bool take_unknown_header(const PlanLine& line);
  void begin_table(Header header);
  bool take_row(const PlanLine& line);
  // A row of a table whose columns have no names the reader knows.
  bool take_loose_row(const PlanLine& line);
  bool opens_another_table() const;
  bool resumes_cell(const PlanLine& line);
  bool begins_row(View first, View second) const;
  bool goes_on(const PlanLine& line, const std::u32string& work_plan, const std::u32string& content, bool turned) const;
  bool runs_across(const PlanLine& line) const;
  bool leave_table();
  void gather_row(const PlanLine& line, const std::vector<std::u32string>& cells);

  // ---- tables with one cell a line
  bool take_header_of_lines();
  bool take_cell_line(const PlanLine& line);
  void begin_row_of_lines();
  void put_tail();

  // ---- lines of the form 工作計畫：…
  bool take_key(const PlanLine& line);
  bool key_follows(View value) const;
  Key content_key(const PlanLine& line) const;
  TextRun& run_of_key();
  bool take_under_key(const PlanLine& line);

  // ---- headings and text outside tables
  bool take_numbered(const PlanLine& line);
  std::size_t depth_of(Mark kind);
  void name_level(std::size_t depth, const std::u32string& title);
  bool is_heading(View said, Mark kind) const;
  int plain_heading(const PlanLine& line) const;
  void take_text(const PlanLine& line);

  // ---- rows and paragraphs become the tree
  void set_work_plan(View title);
  void set_item(View title);
  void set_goal(View title);
  void close_row();
  void close_indicator_row(OpenRow row, std::size_t index);
  std::size_t keep_columns(const OpenRow& row);
  void add_paragraph(TextRun text, std::size_t row);
  void close_paragraph();

  enum class KeyRun { work_plan, item, content, indicator, target, other };

  std::vector<PlanLine> lines_;
  std::size_t at_ = 0;
  PlanLayout out_;
  Part part_ = Part::preface;
  bool has_base_ = false;
  std::optional<Mark> base_;  // the mark that numbers the parts; none when they have no numbers
  int last_part_ = 0;
  bool looked_for_second_ = false;
  bool second_part_ = false;
  std::vector<Mark> stack_;
  std::optional<std::string> goal_;
  std::optional<std::string> strategy_;
  std::optional<std::string> work_plan_;
  std::optional<std::string> item_;
  bool heading_plan_ = false;  // the work plan comes from a heading, so a table under it lists items
  std::optional<Header> header_;
  bool page_turned_ = false;
  std::size_t physical_cells_ = 0;  // of the last line that began a row
  OpenRow row_;
  std::vector<std::size_t> short_lines_;  // of a table with one cell a line: lines not yet known as the end of a row or the titles of the next
  bool keyed_ = false;
  KeyRun key_run_ = KeyRun::content;
  std::u32string other_name_;
  int plain_level_ = 1;  // of the last heading without a number
  TextRun paragraph_;
};

}  // namespace mandate::plan_reader
