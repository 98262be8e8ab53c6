#include "modules/planreader/numbering.hpp"

#include "modules/planreader/source.hpp"

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

int digit_of(View alphabet, char32_t c) {
  const auto at = alphabet.find(c);
  return at == View::npos ? 0 : static_cast<int>(at) + 1;
}

constexpr View upper_digits = U"壹貳參肆伍陸柒捌玖拾";
constexpr View han_digits = U"一二三四五六七八九十";
constexpr View stems = U"甲乙丙丁戊己庚辛壬癸";

int han_or_upper(char32_t c, View digits) {
  if (c == U'叁' || c == U'叄') c = U'參';
  if (c == U'贰') c = U'貳';
  return digit_of(digits, c);
}

// Reads up to three figures (二十三) and moves `at`; 0 when there are none.
int read_figures(View s, std::size_t& at, View digits) {
  int total = 0;
  int current = 0;
  std::size_t count = 0;
  while (at < s.size() && count < 3) {
    const int d = han_or_upper(s[at], digits);
    if (d == 0) break;
    if (d == 10) {
      total += (current == 0 ? 1 : current) * 10;
      current = 0;
    } else {
      current = d;
    }
    ++at;
    ++count;
  }
  return total + current;
}

int read_digits(View s, std::size_t& at) {
  int value = 0;
  std::size_t count = 0;
  while (at < s.size() && s[at] >= U'0' && s[at] <= U'9' && count < 3) {
    value = value * 10 + static_cast<int>(s[at] - U'0');
    ++at;
    ++count;
  }
  return count > 2 ? 0 : value;
}

char32_t at_or_zero(View s, std::size_t at) { return at < s.size() ? s[at] : 0; }

bool is_point(char32_t c) { return c == U'、' || c == U'.' || c == 0x2024 || c == U'：'; }

// 一、二級機關 and 3、6、9月 enumerate inside a sentence; they number nothing. But 一、四月底前 is a number and a date.
bool enumerates(View s, std::size_t after) {
  std::size_t at = after;
  if (at_or_zero(s, at) >= U'0' && at_or_zero(s, at) <= U'9') {
    while (at < s.size() && s[at] >= U'0' && s[at] <= U'9') ++at;
  } else {
    while (at < s.size() && digit_of(han_digits, s[at]) > 0) ++at;
  }
  if (at == after) return false;
  const char32_t next = at_or_zero(s, at);
  return View{U"級樓期線類階、號"}.find(next) != View::npos && next != 0;
}

// 1.7月及8月 and 2.1999專線: the point belongs to the number of the list. But 1.5公里.
bool begins_a_phrase(View s, std::size_t at) {
  const std::size_t begin = at;
  while (at < s.size() && s[at] >= U'0' && s[at] <= U'9' && at - begin < 5) ++at;
  constexpr std::size_t no_fraction = 3;
  if (at - begin >= no_fraction) return true;
  const char32_t next = at_or_zero(s, at);
  return next == U'月' || next == U'日' || next == U'歲' || next == U'、';
}

std::size_t skip_spaces(View s, std::size_t at) {
  while (at < s.size() && s[at] == U' ') ++at;
  return at;
}

std::optional<Numbering> made(View s, std::size_t begin, std::size_t end, Mark kind, int value) {
  if (value <= 0) return std::nullopt;
  return Numbering{kind, value, skip_spaces(s, end) - begin};
}

std::optional<Numbering> in_parentheses(View s, std::size_t begin) {
  std::size_t at = skip_spaces(s, begin + 1);
  if (int value = read_figures(s, at, han_digits); value > 0) {
    at = skip_spaces(s, at);
    if (at_or_zero(s, at) == U')') return made(s, begin, at + 1, Mark::han_paren, value);
    return std::nullopt;
  }
  if (int value = read_digits(s, at); value > 0) {
    at = skip_spaces(s, at);
    if (at_or_zero(s, at) == U')') return made(s, begin, at + 1, Mark::digit_paren, value);
  }
  return std::nullopt;
}

std::optional<Numbering> chapter(View s, std::size_t begin) {
  std::size_t at = skip_spaces(s, begin + 1);
  int value = read_figures(s, at, han_digits);
  if (value == 0) value = read_digits(s, at);
  at = skip_spaces(s, at);
  const char32_t unit = at_or_zero(s, at);
  const bool is_chapter = unit == U'章' || unit == U'篇' || unit == U'編';
  if (!is_chapter && unit != U'節' && !(unit == U'部' && at_or_zero(s, at + 1) == U'分')) return std::nullopt;
  at += unit == U'部' ? 2 : 1;
  at = skip_spaces(s, at);
  if (is_point(at_or_zero(s, at))) ++at;
  return made(s, begin, at, unit == U'節' ? Mark::section : Mark::chapter, value);
}

std::optional<Numbering> circled(View s, std::size_t begin) {
  const char32_t c = s[begin];
  struct Range {
    char32_t first;
    char32_t last;
    Mark kind;
  };
  constexpr Range ranges[] = {{0x2460, 0x2473, Mark::circled}, {0x2474, 0x2487, Mark::digit_paren}, {0x2488, 0x249B, Mark::digit},
                              {0x3220, 0x3229, Mark::han_paren}, {0x3280, 0x3289, Mark::circled}, {0x2776, 0x277F, Mark::circled}};
  for (const auto& range : ranges) {
    if (c < range.first || c > range.last) continue;
    std::size_t at = skip_spaces(s, begin + 1);
    if (at_or_zero(s, at) == U'、' || at_or_zero(s, at) == U'.') ++at;
    return made(s, begin, at, range.kind, static_cast<int>(c - range.first) + 1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Numbering> numbering_at(View s, std::size_t begin) {
  if (begin >= s.size()) return std::nullopt;
  const char32_t c = s[begin];
  if (c == U'(') return in_parentheses(s, begin);
  if (c == U'第') return chapter(s, begin);
  if (const int value = digit_of(stems, c); value > 0) {
    const std::size_t at = skip_spaces(s, begin + 1);
    if (at_or_zero(s, at) == U'、' || at_or_zero(s, at) == U'.') return made(s, begin, at + 1, Mark::stem, value);
    return std::nullopt;
  }
  std::size_t at = begin;
  if (int value = read_figures(s, at, upper_digits); value > 0) {
    const std::size_t figures_end = at;
    at = skip_spaces(s, at);
    if (is_point(at_or_zero(s, at))) return made(s, begin, at + 1, Mark::upper, value);
    if (at > figures_end) return made(s, begin, at, Mark::upper, value);  // "壹　前言"
    return std::nullopt;
  }
  at = begin;
  if (int value = read_figures(s, at, han_digits); value > 0) {
    at = skip_spaces(s, at);
    const char32_t next = at_or_zero(s, at);
    if (next == U')') return made(s, begin, at + 1, Mark::han_paren, value);
    if ((next == U'、' || next == U'.') && !enumerates(s, at + 1)) return made(s, begin, at + 1, Mark::han, value);
    return std::nullopt;
  }
  at = begin;
  if (int value = read_digits(s, at); value > 0) {
    at = skip_spaces(s, at);
    const char32_t next = at_or_zero(s, at);
    const char32_t after = at_or_zero(s, at + 1);
    const bool digit_after = after >= U'0' && after <= U'9';
    if (next == U')') return made(s, begin, at + 1, Mark::digit_paren, value);
    if (next == U'.' && (!digit_after || begins_a_phrase(s, at + 1))) return made(s, begin, at + 1, Mark::digit, value);
    if (next == U'、' && !enumerates(s, at + 1)) return made(s, begin, at + 1, Mark::digit, value);
    return std::nullopt;
  }
  if (const char32_t lower = c | 0x20; lower >= U'a' && lower <= U'h' && c < 0x80) {
    const char32_t next = at_or_zero(s, begin + 1);
    const char32_t after = at_or_zero(s, begin + 2);
    if ((next == U'.' || next == U'、' || next == U')') && (after == U' ' || is_han(after))) {
      return made(s, begin, begin + 2, Mark::letter, static_cast<int>(lower - U'a') + 1);
    }
  }
  return circled(s, begin);
}

std::size_t bullets_length(View s) {
  constexpr View bullets = U"-•●◎※◆■□○‧·・*▪▲★☆◇→⚫✓§#>➢►▶◦∙";
  std::size_t at = skip_spaces(s, 0);
  while (at < s.size()) {
    const char32_t c = s[at];
    const bool private_use = c >= 0xF000 && c <= 0xF0FF;  // bullets of symbol fonts
    if (!private_use && bullets.find(c) == View::npos) break;
    const char32_t next = at_or_zero(s, at + 1);
    if (c == U'-' && next >= U'0' && next <= U'9') break;  // a negative number
    at = skip_spaces(s, at + 1);
  }
  return at;
}

std::size_t numbering_length(View s) {
  std::size_t at = bullets_length(s);
  for (int i = 0; i < 3; ++i) {
    const auto mark = numbering_at(s, at);
    if (!mark) break;
    at += mark->length;
  }
  return at;
}

}  // namespace mandate::plan_reader
