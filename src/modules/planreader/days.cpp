// Days of a rhythm: 每月7日前, 次月10日前, 每季末, 每月5日及20日.
#include "modules/planreader/date_parts.hpp"
#include "modules/planreader/numerals.hpp"

namespace mandate::plan_reader {

using View = std::u32string_view;

bool is_link(char32_t c) { return c != 0 && View{U"、及與和或暨,，/·"}.find(c) != View::npos; }
bool is_range(char32_t c) { return c != 0 && View{U"至到~-"}.find(c) != View::npos; }

std::size_t skip_before(View s, std::size_t at, bool& from) {
  constexpr View ends[] = {U"以前", U"之前", U"前", U"期間", U"間", U"止"};
  constexpr View starts[] = {U"起", U"開始", U"以後", U"以來", U"後"};
  from = longest_word_at(s, at, starts) > 0;
  if (starts_at(s, at, U"前瞻") || starts_at(s, at, U"前往") || starts_at(s, at, U"前置")) return at;
  return at + longest_word_at(s, at, ends);
}

Signal date_signal(std::size_t begin, std::size_t end) {
  Signal out;
  out.kind = SignalKind::date;
  out.begin = begin;
  out.end = end;
  return out;
}

// 次月10日前 · 當月底 · 月底前 · 季末: of which month the rhythm says.
std::vector<Signal> day_only_at(View s, std::size_t at) {
  std::vector<Signal> out;
  constexpr View months[] = {U"次月份", U"次月", U"翌月", U"隔月", U"下月", U"下個月", U"當月份", U"當月", U"該月", U"次季首月", U"首月", U"末月", U"次一月", U"次週", U"次季"};
  std::size_t p = at + longest_word_at(s, at, months);
  const bool worded = p > at;
  if (char_at(s, p) == U'之' || char_at(s, p) == U'的') ++p;
  constexpr View last_words[] = {U"底", U"末", U"月底", U"月末", U"最後一日", U"最後1日", U"最後一天", U"最後一個工作日", U"最後1個工作日"};
  constexpr View bare_last[] = {U"月底", U"月末", U"季底", U"季末"};
  bool from = false;
  if (const auto length = worded ? longest_word_at(s, p, last_words) : figure_before(s, at) ? 0 : longest_word_at(s, p, bare_last); length > 0) {
    auto signal = date_signal(at, skip_before(s, p + length, from));
    signal.day = Day{0};
    signal.day_only = true;
    out.push_back(signal);
    return out;
  }
  if (!worded) return out;
  while (true) {
    const auto number = numeral_at(s, p);
    if (!number || !number->whole() || number->as_int() < 1 || number->as_int() > 31 || (char_at(s, number->end) != U'日' && char_at(s, number->end) != U'號')) break;
    auto signal = date_signal(at, skip_before(s, number->end + 1, from));
    signal.day = Day{number->as_int()};
    signal.day_only = true;
    out.push_back(signal);
    if (!is_link(char_at(s, signal.end))) break;
    p = signal.end + 1;
  }
  return out;
}

// 5日及20日, 10日前, 底 directly after a rhythm.
std::vector<Signal> day_after_rhythm_at(const CompactText& text, std::size_t at) {
  const View s = text.text;
  std::vector<Signal> out;
  std::size_t p = at;
  bool from = false;
  constexpr View last_words[] = {U"底", U"末", U"月底", U"月末", U"季底", U"季末", U"年底", U"年末", U"最後一日", U"最後1日", U"最後一天", U"最後一個工作日", U"最後1個工作日"};
  // 末月25日 is a day of the last month.
  if (const auto length = longest_word_at(s, p, last_words); length > 0 && char_at(s, p + length) != U'月') {
    auto signal = date_signal(at, skip_before(s, p + length, from));
    signal.day = Day{0};
    signal.day_only = true;
    out.push_back(signal);
    return out;
  }
  while (true) {
    const auto number = numeral_at(s, p);
    if (!number || !number->whole() || number->as_int() < 1 || number->as_int() > 31) break;
    std::size_t end = number->end;
    const bool unit = char_at(s, end) == U'日' || char_at(s, end) == U'號';
    if (!unit && !(is_link(char_at(s, end)) && numeral_at(s, end + 1))) break;
    if (unit) ++end;
    if (unit && (starts_at(s, end, U"內") || starts_at(s, end, U"以內"))) break;
    // 1日至5日: done by the fifth.
    if (unit && is_range(char_at(s, end))) {
      const auto last = numeral_at(s, end + 1);
      if (last && char_at(s, last->end) == U'日') {
        auto signal = date_signal(at, skip_before(s, last->end + 1, from));
        signal.day = Day{last->as_int()};
        signal.day_only = true;
        out.push_back(signal);
        break;
      }
    }
    auto signal = date_signal(p, skip_before(s, end, from));
    signal.day = Day{number->as_int()};
    signal.day_only = true;
    out.push_back(signal);
    if (!is_link(char_at(s, signal.end))) break;
    p = signal.end + 1;
  }
  // A list of bare numbers that no 日 closes is no list of days.
  if (!out.empty() && s[out.back().end - 1] != U'日' && s[out.back().end - 1] != U'前' && s[out.back().end - 1] != U'號') out.clear();
  return out;
}

bool follows_rhythm(const CompactText& text, std::size_t at) {
  const View s = text.text;
  constexpr View rhythms[] = {U"每月", U"每個月", U"每季", U"每雙月", U"每半年", U"每年", U"按月", U"逐月", U"每年度", U"按季", U"每兩個月", U"每2個月", U"雙月", U"單月"};
  std::size_t end = at;
  for (const View link : {View{U"("}, View{U"之"}, View{U"的"}, View{U"於"}, View{U"逢"}, View{U"應於"}, View{U"終了"}, View{U"結束"}}) {
    if (ends_at(s, end, link)) end -= link.size();
  }
  return longest_word_before(s, end, rhythms) > 0;
}

}  // namespace mandate::plan_reader
