// The lines of a plan without what printing added: page numbers, contents lists, drawn rules, repeated titles.
#pragma once

#include "modules/planreader/source.hpp"

#include <string>
#include <vector>

namespace mandate::plan_reader {

struct PlanLine {
  int number = 0;
  std::u32string text;   // as it stands
  std::u32string said;   // plain and trimmed
  bool after_blank = false;
  bool after_page = false;  // a page ended before it: a cell or sentence may go on here
};

std::vector<PlanLine> clean_lines(const std::vector<SourceLine>& lines);

}  // namespace mandate::plan_reader
