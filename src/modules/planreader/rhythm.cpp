// Rhythms: 每年 每半年 每季 每2個月 每月 每週, 按季 逐月, 半年一次.
#include "modules/planreader/numerals.hpp"
#include "modules/planreader/signals.hpp"

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

struct Word {
  View text;
  const char* every;
};

// After 每, 每一, 每逢 and 每隔.
constexpr Word periods[] = {
    {U"會計年度", "year"}, {U"學年度", "year"}, {U"學年", "year"},  {U"年度", "year"},    {U"年", "year"},        {U"半年度", "half_year"}, {U"半年", "half_year"},
    {U"學期", "half_year"}, {U"季度", "quarter"}, {U"季", "quarter"}, {U"雙月", "two_months"}, {U"單月", "two_months"}, {U"個月", "month"},  {U"月份", "month"},
    {U"月", "month"},       {U"個星期", "week"},  {U"星期", "week"},  {U"個禮拜", "week"},     {U"禮拜", "week"},       {U"週", "week"}};

// After 按, 逐 and 依.
constexpr Word steps[] = {{U"年度", "year"}, {U"年", "year"}, {U"半年", "half_year"}, {U"季", "quarter"}, {U"雙月", "two_months"}, {U"月", "month"}, {U"週", "week"}, {U"旬", ""}};

// Words that begin with a period's name and are no period.
bool other_word(View s, std::size_t end) {
  constexpr View tails[] = {U"刊", U"齡", U"級", U"薪", U"曆", U"租", U"票"};
  return longest_word_at(s, end, tails) > 0;
}

Signal rhythm(std::size_t begin, std::size_t end, const char* every) {
  Signal out;
  out.kind = SignalKind::rhythm;
  out.begin = begin;
  out.end = end;
  out.every = every;
  return out;
}

const Word* longest_of(View s, std::size_t at, const Word* first, const Word* last) {
  const Word* best = nullptr;
  for (; first != last; ++first) {
    if (starts_at(s, at, first->text) && (best == nullptr || first->text.size() > best->text.size())) best = first;
  }
  return best;
}

// 每週二、四; 每週一至週五: the days of the week have no field of their own.
std::size_t weekdays_end(View s, std::size_t at) {
  constexpr View days = U"一二三四五六日";
  std::size_t end = at;
  while (end < s.size() && days.find(s[end]) != View::npos) {
    const char32_t next = end + 1 < s.size() ? s[end + 1] : 0;
    if (next == U'次' || next == U'場' || next == U'件') return at;  // 每週一次
    ++end;
    std::size_t link = end;
    if (link < s.size() && View{U"、及至和~"}.find(s[link]) != View::npos) ++link;
    if (starts_at(s, link, U"週") || starts_at(s, link, U"星期")) link += s[link] == U'週' ? 1 : 2;
    if (link < s.size() && link > end && days.find(s[link]) != View::npos) end = link;
  }
  return end;
}

const char* months_name(int n) {
  switch (n) {
    case 1: return "month";
    case 2: return "two_months";
    case 3: return "quarter";
    case 6: return "half_year";
    case 12: return "year";
    default: return "";
  }
}

std::optional<Signal> every_at(View s, std::size_t at) {
  std::size_t p = at + 1;
  constexpr View links[] = {U"隔", U"逢", U"滿"};
  const bool apart = starts_at(s, p, U"隔");
  p += longest_word_at(s, p, links);
  if (apart && starts_at(s, p, U"月")) return rhythm(at, p + 1, "two_months");
  if (apart && (starts_at(s, p, U"週") || starts_at(s, p, U"年") || starts_at(s, p, U"日"))) return rhythm(at, p + 1, "");
  constexpr View daily[] = {U"日", U"天", U"工作日", U"個工作日", U"工作天", U"上班日"};
  if (const auto length = longest_word_at(s, p, daily); length > 0) {
    auto out = rhythm(at, p + length, "");
    out.daily = true;
    return out;
  }
  if (starts_at(s, p, U"旬")) return rhythm(at, p + 1, "");
  if (const auto* word = longest_of(s, p, std::begin(periods), std::end(periods)); word != nullptr) {
    std::size_t end = p + word->text.size();
    if (other_word(s, end)) return std::nullopt;
    if (std::string_view{word->every} == "week") end = weekdays_end(s, end);
    return rhythm(at, end, word->every);
  }
  const auto number = numeral_at(s, p);
  if (!number || !number->whole()) return std::nullopt;
  const int n = number->as_int();
  std::size_t q = number->end;
  if (starts_at(s, q, U"個")) ++q;
  const bool counted = q > number->end;
  if (starts_at(s, q, U"月")) return rhythm(at, q + 1, months_name(n));
  if (starts_at(s, q, U"季")) return rhythm(at, q + 1, n == 1 ? "quarter" : n == 2 ? "half_year" : "");
  if (starts_at(s, q, U"年") && !counted) return rhythm(at, q + 1 + (starts_at(s, q + 1, U"度") ? 1 : 0), n == 1 ? "year" : "");
  constexpr View weeks[] = {U"週", U"星期", U"禮拜"};
  if (const auto length = longest_word_at(s, q, weeks); length > 0) return rhythm(at, q + length, n == 1 ? "week" : "");
  constexpr View short_units[] = {U"日", U"天", U"工作日", U"工作天"};
  if (const auto length = longest_word_at(s, q, short_units); length > 0) return rhythm(at, q + length, n == 7 ? "week" : n == 30 ? "month" : "");
  return std::nullopt;
}

// 一年至少召開兩次, 一季召開1次: how often stands a verb away from the period.
bool often_after(View s, std::size_t at) {
  constexpr std::size_t reach = 8;
  if (longest_word_at(s, at, {U"內", U"以", U"來", U"之", U"期", U"度", U"後", U"前", U"底", U"間", U"末", U"初"}) > 0) return false;
  for (std::size_t p = at; p < s.size() && p - at <= reach; ++p) {
    if (View{U"，；。：！？、()「」"}.find(s[p]) != View::npos) return false;
    const auto number = numeral_at(s, p);
    if (!number) continue;
    return p > at && longest_word_at(s, number->end, {U"次", U"場", U"回"}) > 0;
  }
  return false;
}

// 半年一次, 1年2次, 2個月1次: the period without 每. The count stays for the amounts unless it is one.
std::optional<Signal> once_in_at(View s, std::size_t at) {
  std::size_t p = at;
  const char* every = nullptr;
  if (at > 0 && (is_digit(s[at - 1]) || is_han_figure(s[at - 1]) || s[at - 1] == U'每' || s[at - 1] == U'第')) return std::nullopt;
  if (starts_at(s, p, U"半年")) {
    every = "half_year";
    p += 2;
  } else if (const auto number = numeral_at(s, p); number && number->whole()) {
    const int n = number->as_int();
    p = number->end;
    const bool counted = starts_at(s, p, U"個");
    if (counted) ++p;
    if (starts_at(s, p, U"年") && !counted && n > 1 && n < 10) {
      // 3年1輪, 兩年一次
      const auto count = numeral_at(s, p + 1);
      if (!count || count->value != 1 || longest_word_at(s, count->end, {U"次", U"輪"}) == 0) return std::nullopt;
      return rhythm(at, count->end + 1, "");
    }
    if (starts_at(s, p, U"年") && !counted && n == 1) {
      every = "year";
    } else if (starts_at(s, p, U"季") && n == 1) {
      every = "quarter";
    } else if (starts_at(s, p, U"月") && (counted || (number->han && n == 1))) {
      every = months_name(n);
    } else if (starts_at(s, p, U"週") && n == 1) {
      every = "week";
    } else {
      return std::nullopt;
    }
    ++p;
  } else {
    return std::nullopt;
  }
  if (*every != '\0' && often_after(s, p)) return rhythm(at, p, every);
  const auto count = numeral_at(s, p);
  if (starts_at(s, p, U"乙次")) return rhythm(at, p, every);
  if (!count || !starts_at(s, count->end, U"次") || *every == '\0') return std::nullopt;
  return rhythm(at, p, every);
}

}  // namespace

std::optional<Signal> rhythm_at(const CompactText& text, std::size_t at) {
  const View s = text.text;
  std::optional<Signal> found;
  switch (s[at]) {
    case U'每':
      found = every_at(s, at);
      break;
    case U'按':
    case U'逐':
    case U'依':
      if (const auto* word = longest_of(s, at + 1, std::begin(steps), std::end(steps)); word != nullptr && !other_word(s, at + 1 + word->text.size())) {
        const std::size_t end = at + 1 + word->text.size();
        const bool yearly = std::string_view{word->every} == "year";
        if (s[at] == U'依' && (yearly || starts_at(s, end, U"別"))) break;  // 依年度計畫 follows a plan, not a rhythm
        // 逐年改善 is a direction, not a date; it is left for the controller.
        const bool step = s[at] == U'逐' && yearly;
        found = rhythm(at, end, step ? "" : word->every);
        found->step = step;
      }
      break;
    case U'各':
      if (starts_at(s, at, U"各季") && !starts_at(s, at, U"各季節")) found = rhythm(at, at + 2, "quarter");
      if (starts_at(s, at, U"各月份")) found = rhythm(at, at + 3, "month");
      break;
    case U'月':
      if (starts_at(s, at, U"月月")) found = rhythm(at, at + 2, "month");
      break;
    case U'季':
      if (starts_at(s, at, U"季季")) found = rhythm(at, at + 2, "quarter");
      break;
    case U'雙':
    case U'單':
      if (starts_at(s, at, U"雙數月") || starts_at(s, at, U"單數月")) found = rhythm(at, at + 3 + (starts_at(s, at + 3, U"份") ? 1 : 0), "two_months");
      if (starts_at(s, at, U"雙週") && !other_word(s, at + 2)) found = rhythm(at, at + 2, "");
      // 單月31,540通: within one month.
      if ((starts_at(s, at, U"雙月") || starts_at(s, at, U"單月")) && !other_word(s, at + 2) && !is_digit(char_at(s, at + 2))) found = rhythm(at, at + 2, "two_months");
      break;
    case U'奇':
    case U'偶':
      if (starts_at(s, at, U"奇數月") || starts_at(s, at, U"偶數月")) found = rhythm(at, at + 3 + (starts_at(s, at + 3, U"份") ? 1 : 0), "two_months");
      break;
    case U'隔':
      // 隔月 alone is the month after.
      if (starts_at(s, at, U"隔週")) found = rhythm(at, at + 2, "");
      if (starts_at(s, at, U"隔月") && often_after(s, at + 2)) found = rhythm(at, at + 2, "two_months");
      break;
    default:
      break;
  }
  if (!found) found = once_in_at(s, at);
  if (!found) return std::nullopt;
  // 每季1次 directly: once in the period is the rhythm itself.
  if (const auto count = numeral_at(s, found->end); count && count->value == 1 && starts_at(s, count->end, U"次")) found->end = count->end + 1;
  if (starts_at(s, found->end, U"乙次")) found->end += 2;
  return found;
}

}  // namespace mandate::plan_reader
