// What stands around a number: the words that bound it, and those that tell a target from a name or a fact.
#pragma once

#include "modules/planreader/signals.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace mandate::plan_reader {

struct Bound {
  const char* name = "exactly";
  std::size_t begin = 0;
  bool stated = false;
};

// 達, 未達, 至少 directly before the number.
Bound bound_before(std::u32string_view s, std::size_t begin);
// 至少辦理10場次: some way before it in the same clause.
std::optional<Bound> bound_far_before(std::u32string_view s, std::size_t begin);
// 以上, 以下 behind it: the bound and where it ends. 內 bounds only times.
std::optional<std::pair<const char*, std::size_t>> bound_after(std::u32string_view s, std::size_t end, bool time);

bool is_stop(char32_t c);
// Whether a verb such as 新增 or 辦理 governs the number, so that it counts what a duty brings about.
bool brings_about(std::u32string_view s, std::size_t begin, bool over_comma = false);
// Any verb of duty shortly before it in its clause.
bool follows_duty_verb(std::u32string_view s, std::size_t begin);
bool follows_making_verb(std::u32string_view s, std::size_t begin);
bool exists_already(std::u32string_view s, std::size_t begin);
bool rhythm_before(std::u32string_view s, std::size_t begin);
bool follows_comma(std::u32string_view s, std::size_t begin);
bool is_place_unit(std::string_view unit);
bool counts_the_whole(std::u32string_view s, std::size_t begin);
bool ranked(std::u32string_view s, std::size_t begin);
bool tracked_object(std::u32string_view s, std::size_t begin, std::string_view unit);
bool is_formal_one(std::u32string_view s, std::size_t at);
bool joined_before(std::u32string_view s, std::size_t at);

}  // namespace mandate::plan_reader
