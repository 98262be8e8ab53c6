// Which lines are headings: of a part of the plan, or the title with the agency and the year.
#pragma once

#include "modules/planreader/lines.hpp"
#include "modules/planreader/reader.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

// The part a heading's words open, if they are such words.
std::optional<Part> part_of_heading(std::u32string_view title);

// 臺中市政府研究發展考核委員會112年度施政計畫: a title, though it ends like the heading of a part.
bool is_plan_title(std::u32string_view said);

// Hardly more than the words themselves: enough for a heading of a part without a number.
bool is_bare_part_heading(std::u32string_view title);
// A heading without its numbers; 8-1-1 stays, being part of a title.
std::u32string title_of(std::u32string_view text);
// 社會救助：低收入戶總清查於12月15日前完成。 names the item before its colon.
std::u32string leading_title(std::u32string_view said);

struct PlanTitle {
  std::optional<int> year_roc;
  std::string agency;
};
PlanTitle find_title(const std::vector<PlanLine>& lines);

}  // namespace mandate::plan_reader
