// Numbers as official Chinese writes them: 1,200 · 4萬2,000 · 十二 · 一百一十三 · 一一三 · 兩 · 98.5.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

namespace mandate::plan_reader {

struct Numeral {
  double value = 0;
  std::size_t end = 0;
  bool han = false;  // written in characters throughout
  bool whole() const { return value == std::trunc(value); }
  int as_int() const { return value >= 0 && value < 1e9 ? static_cast<int>(value) : 0; }
};

// The number that begins at `at`, in text without spaces.
std::optional<Numeral> numeral_at(std::u32string_view text, std::size_t at);

bool is_digit(char32_t c);
bool is_han_figure(char32_t c);  // 一 to 九, 十, 百, 千, 〇, 零, 兩

}  // namespace mandate::plan_reader
