// Lines of the form 工作計畫：… or 【計畫項目】…: tables written downwards.
#pragma once

#include "modules/planreader/columns.hpp"
#include "modules/planreader/lines.hpp"

#include <string>
#include <string_view>

namespace mandate::plan_reader {

struct Key {
  Column kind = Column::none;
  std::u32string name;
  std::u32string_view value;  // into the line
};

// kind is none when the line is no such line.
Key key_of(const PlanLine& line);

}  // namespace mandate::plan_reader
