// The colours of charts that leave the house as files, where no style sheet of ours is at hand: the light theme of web/public/tokens.css (a test holds
// them together).
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mandate::reports {

const std::vector<std::pair<const char*, const char*>>& chart_tokens();
std::string standalone_chart_style();

}  // namespace mandate::reports
