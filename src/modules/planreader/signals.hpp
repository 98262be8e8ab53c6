// The marks of time and number in a sentence: rhythms (每季), dates (3月底前), limits (7日內) and amounts (200件以上).
// All offsets are into a CompactText.
#pragma once

#include "modules/planreader/reader.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

// A sentence made plain and without its spaces, so that "112 年 3 月" reads as 112年3月; origin maps back to the sentence's code points.
struct CompactText {
  std::u32string text;
  std::vector<std::size_t> origin;
  std::vector<bool> quoted;  // inside 「」 or 《》: names, whose numbers and rhythms are nobody's duty
  std::vector<bool> aside;   // inside ( )
};
CompactText compact(std::u32string_view sentence);

enum class SignalKind { rhythm, date, limit, amount };

struct Signal {
  SignalKind kind = SignalKind::rhythm;
  std::size_t begin = 0;
  std::size_t end = 0;
  // rhythm
  std::string every;   // empty for a rhythm that has no name here (每日, 每2週, 每兩年)
  bool daily = false;  // 每日, 每天: more often tells how a service runs than what is owed
  bool step = false;   // 逐年: each year only where a number says how much
  // date
  std::vector<int> months;
  std::optional<Day> day;
  int year = 0;            // ROC, when the text names one
  bool day_only = false;   // 次月10日前, 月底: the rhythm beside it says of which month
  bool bare_day = false;   // 7日前 without a month anywhere near it
  bool year_only = false;  // 本年度, 113年, 全年
  bool whole_year = false;  // 全年
  bool from = false;       // 3月起
  // limit and amount
  Limit limit;
  Amount amount;
  bool bounded = false;  // the amount has a word of bound
};

std::optional<Signal> rhythm_at(const CompactText& text, std::size_t at);
// A date may name several days (1月15日及7月20日): one signal each.
std::vector<Signal> dates_at(const CompactText& text, std::size_t at);
std::optional<Signal> limit_at(const CompactText& text, std::size_t at);
// 3-5場 is two: at least 3, at most 5.
std::vector<Signal> amounts_at(const CompactText& text, std::size_t at);

// All of them, in order, none overlapping.
std::vector<Signal> find_signals(const CompactText& text);

// Text helpers shared by the matchers.
inline char32_t char_at(std::u32string_view text, std::size_t at) { return at < text.size() ? text[at] : 0; }
// A match must not begin inside a number.
bool figure_before(std::u32string_view text, std::size_t at);
bool starts_at(std::u32string_view text, std::size_t at, std::u32string_view word);
bool ends_at(std::u32string_view text, std::size_t end, std::u32string_view word);
template <std::size_t N>
std::size_t longest_word_at(std::u32string_view text, std::size_t at, const std::u32string_view (&words)[N]) {
  std::size_t best = 0;
  for (const auto word : words) {
    if (word.size() > best && starts_at(text, at, word)) best = word.size();
  }
  return best;
}
template <std::size_t N>
std::size_t longest_word_before(std::u32string_view text, std::size_t end, const std::u32string_view (&words)[N]) {
  std::size_t best = 0;
  for (const auto word : words) {
    if (word.size() > best && ends_at(text, end, word)) best = word.size();
  }
  return best;
}

}  // namespace mandate::plan_reader
