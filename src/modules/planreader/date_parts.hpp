// The pieces that the date matchers share.
#pragma once

#include "modules/planreader/signals.hpp"

#include <vector>

namespace mandate::plan_reader {

bool is_link(char32_t c);   // 、 及 between two dates
bool is_range(char32_t c);  // 至 ~ between two dates
// Steps over 前, 以前 and the like; `from` tells whether 起 follows instead.
std::size_t skip_before(std::u32string_view s, std::size_t at, bool& from);
Signal date_signal(std::size_t begin, std::size_t end);

// Days whose month is that of the rhythm beside them.
std::vector<Signal> day_only_at(std::u32string_view s, std::size_t at);                 // 次月10日前, 當月底, 月底前
std::vector<Signal> day_after_rhythm_at(const CompactText& text, std::size_t at);       // 5日及20日, 7日前, 底
bool follows_rhythm(const CompactText& text, std::size_t at);

}  // namespace mandate::plan_reader
