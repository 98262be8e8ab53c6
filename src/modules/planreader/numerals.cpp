#include "modules/planreader/numerals.hpp"

#include <cmath>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

int figure(char32_t c) {
  switch (c) {
    case U'〇': case U'零': case U'○': return 0;
    case U'一': return 1;
    case U'二': case U'兩': return 2;
    case U'三': return 3;
    case U'四': return 4;
    case U'五': return 5;
    case U'六': return 6;
    case U'七': return 7;
    case U'八': return 8;
    case U'九': return 9;
    default: return -1;
  }
}

double scale(char32_t c) {
  switch (c) {
    case U'十': return 10;
    case U'百': return 100;
    case U'千': return 1000;
    case U'廿': return 20;
    case U'卅': return 30;
    default: return 0;
  }
}

double large_scale(char32_t c) { return c == U'萬' ? 1e4 : c == U'億' ? 1e8 : 0; }

constexpr std::size_t longest = 24;  // characters of one number; longer runs are no numbers of a plan

// 1,200.5 without its scale.
std::optional<Numeral> arabic(View s, std::size_t at) {
  double value = 0;
  std::size_t i = at;
  std::size_t group = 0;
  bool grouped = false;
  while (i < s.size() && i - at < longest) {
    if (is_digit(s[i])) {
      value = value * 10 + static_cast<double>(s[i] - U'0');
      ++group;
      ++i;
    } else if ((s[i] == U',' || s[i] == U'，') && group >= 1 && group <= 3 && (!grouped || group == 3) && i + 3 < s.size() && is_digit(s[i + 1]) && is_digit(s[i + 2]) && is_digit(s[i + 3]) &&
               !(i + 4 < s.size() && is_digit(s[i + 4]))) {
      grouped = true;
      group = 0;
      ++i;
    } else {
      break;
    }
  }
  if (i == at) return std::nullopt;
  if (i + 1 < s.size() && s[i] == U'.' && is_digit(s[i + 1])) {
    double part = 0.1;
    for (++i; i < s.size() && is_digit(s[i]) && i - at < longest; ++i, part /= 10) value += part * static_cast<double>(s[i] - U'0');
    value = std::floor(value * 1e6 + 0.5) / 1e6;
  }
  return Numeral{value, i, false};
}

}  // namespace

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_han_figure(char32_t c) { return figure(c) >= 0 || scale(c) > 0; }

std::optional<Numeral> numeral_at(View s, std::size_t begin) {
  if (begin >= s.size()) return std::nullopt;
  double total = 0;    // finished 億 and 萬 groups
  double group = 0;    // below the next 萬
  double current = 0;  // the figure waiting for its scale
  bool pending = false;
  bool positional = false;  // 一一三
  bool han = true;
  std::size_t at = begin;
  while (at < s.size() && at - begin < longest) {
    if (is_digit(s[at])) {
      if (pending) break;
      const auto number = arabic(s, at);
      current = number->value;
      pending = true;
      han = false;
      at = number->end;
    } else if (const int f = figure(s[at]); f >= 0) {
      if (s[at] == U'○' && !pending) break;
      if (pending && !han) break;
      if (pending && current != 0) positional = true;
      current = pending ? current * 10 + f : f;
      pending = true;
      ++at;
    } else if (const double k = scale(s[at]); k > 0) {
      const bool tens = k == 10 || k == 20 || k == 30;
      const bool of_large = at + 1 < s.size() && large_scale(s[at + 1]) > 0;  // 百萬
      if (positional || (!tens && !pending && group == 0 && !of_large)) break;
      if (k == 20 || k == 30) {  // 廿五: the tens in one sign
        if (pending) break;
        group += k;
        ++at;
        continue;
      }
      group += (pending ? current : 1) * k;
      current = 0;
      pending = false;
      ++at;
    } else if (const double w = large_scale(s[at]); w > 0) {
      const double below = group + (pending ? current : 0);
      if (below == 0) break;
      total = (total > 0 && w > 1e4 ? total + below : below) * w + (total > 0 && w <= 1e4 ? total : 0);
      group = 0;
      current = 0;
      pending = false;
      ++at;
    } else {
      break;
    }
  }
  if (at == begin) return std::nullopt;
  return Numeral{total + group + (pending ? current : 0), at, han};
}

}  // namespace mandate::plan_reader
