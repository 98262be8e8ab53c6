// The rows of the work plan table while they are being gathered from lines: a row may go on over several lines and pages.
#pragma once

#include "modules/planreader/header.hpp"
#include "modules/planreader/text_run.hpp"

#include <string>
#include <utility>
#include <vector>

namespace mandate::plan_reader {

struct OpenRow {
  int line = 0;
  TextRun work_plan;
  TextRun item;
  TextRun content;
  TextRun indicator;
  TextRun target;
  TextRun unit;
  std::vector<std::pair<std::u32string, TextRun>> others;  // by name, 主辦單位 among them
  std::vector<std::size_t> responsible;                    // which of the others name who acts

  bool empty() const { return work_plan.empty() && item.empty() && content.empty() && indicator.empty() && target.empty() && others.empty(); }
  TextRun& other(std::u32string_view name, bool names_actor);
};

// One line of a table: the text of each column of the header, in its order.
std::vector<std::u32string> cells_by_column(std::u32string_view line, const Header& header);

}  // namespace mandate::plan_reader
