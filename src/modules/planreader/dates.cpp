// Named dates: 1月及7月, 3月底前, 112年12月31日, 112/12/31, 上半年, 第三季底, 年底.
#include "modules/planreader/date_parts.hpp"
#include "modules/planreader/numerals.hpp"
#include "modules/planreader/signals.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

struct MonthDay {
  int month = 0;
  std::optional<Day> day;
};

// Words for the plan's own year, and years named: how long, and which.
struct YearWord {
  std::size_t length = 0;
  int year = 0;
  bool whole = false;
};

// 次年1月: names a month, while 次年度 alone says nothing about this plan.
std::size_t next_year_word_at(View s, std::size_t at) {
  constexpr View words[] = {U"次年", U"翌年", U"隔年", U"明年", U"次年度", U"翌年度", U"同年"};
  return longest_word_at(s, at, words);
}

YearWord year_word_at(View s, std::size_t at) {
  // 本(112)年度, 今(112)年
  if ((char_at(s, at) == U'本' || char_at(s, at) == U'今') && char_at(s, at + 1) == U'(') {
    const auto number = numeral_at(s, at + 2);
    if (number && starts_at(s, number->end, U")年")) {
      const std::size_t end = number->end + 2 + (char_at(s, number->end + 2) == U'度' ? 1 : 0);
      return {end - at, number->as_int(), false};
    }
  }
  constexpr View words[] = {U"本年度", U"本年", U"今年度", U"今年", U"當年度", U"本會計年度"};
  if (const auto length = longest_word_at(s, at, words); length > 0) return {length, 0, false};
  constexpr View whole[] = {U"全年度", U"全年"};
  if (const auto length = longest_word_at(s, at, whole); length > 0) return {length, 0, true};
  std::size_t p = at;
  if (starts_at(s, p, U"中華民國")) {
    p += 4;
  } else if (starts_at(s, p, U"民國")) {
    p += 2;
  }
  const bool named = p > at;
  const auto number = numeral_at(s, p);
  if (!number || !number->whole()) return {};
  if (starts_at(s, number->end, U"學年度") && number->as_int() >= 80 && number->as_int() < 289) return {number->end + 3 - at, number->as_int(), false};
  if (char_at(s, number->end) != U'年') return {};
  int year = number->as_int();
  if (year >= 1912 && year <= 2200) year -= 1911;
  if (year < (named ? 1 : 80) || year > 289) return {};
  std::size_t end = number->end + 1;
  if (char_at(s, end) == U'度') ++end;
  return {end - at, year, false};
}

// 底, 末, 月底, N日, 初, 中旬 after 月.
std::optional<Day> day_after_month(View s, std::size_t& at) {
  constexpr View last_words[] = {U"底", U"末", U"月底", U"最後一日", U"最後1日", U"最後一天"};
  if (const auto length = longest_word_at(s, at, last_words); length > 0) {
    at += length;
    return Day{0};
  }
  constexpr View vague[] = {U"初", U"上旬", U"中旬", U"下旬", U"中", U"間"};
  if (const auto length = longest_word_at(s, at, vague); length > 0) {
    if (!(s[at] == U'中' && !starts_at(s, at, U"中旬") && (char_at(s, at + 1) == U'央' || char_at(s, at + 1) == U'心'))) at += length;
    return std::nullopt;
  }
  const std::size_t of = char_at(s, at) == U'之' || char_at(s, at) == U'的' ? 1 : 0;  // 1月之15日前
  const auto number = numeral_at(s, at + of);
  if (!number || !number->whole()) return std::nullopt;
  const char32_t unit = char_at(s, number->end);
  if ((unit == U'日' || unit == U'號') && number->as_int() >= 1 && number->as_int() <= 31) {
    at = number->end + 1;
    return Day{number->as_int()};
  }
  return std::nullopt;
}


struct MonthList {
  std::vector<MonthDay> items;
  std::size_t end = 0;
};

void expand(std::vector<MonthDay>& items, MonthDay last) {
  // The months between belong to the range; its day is the day by which the work is done.
  const int first = items.back().month;
  items.back().day = last.day;
  for (int m = first + 1; m < last.month; ++m) items.push_back({m, last.day});
  if (last.month != first) items.push_back(last);
}

// 1月及7月 · 3、6、9、12月 · 2月15日至3月31日 · 6月底、12月底. Nothing unless 月 closes each list of bare numbers.
std::optional<MonthList> months_at(View s, std::size_t at) {
  MonthList out;
  std::size_t p = at;
  bool range = false;
  while (true) {
    // bare numbers up to the one that carries 月
    std::vector<std::pair<int, bool>> bare;  // month, and whether a range leads to it
    std::size_t q = p;
    bool closed = false;
    if (starts_at(s, q, U"元月")) {
      bare.emplace_back(1, range);
      q += 2;
      closed = true;
    }
    while (!closed && bare.size() < 12) {
      const auto number = numeral_at(s, q);
      if (!number || !number->whole() || number->as_int() < 1 || number->as_int() > 12) break;
      bare.emplace_back(number->as_int(), range);
      range = false;
      q = number->end;
      if (char_at(s, q) == U'月' && View{U"齡餘刊薪曆"}.find(char_at(s, q + 1)) == View::npos) {
        ++q;
        closed = true;
        break;
      }
      if (!is_link(char_at(s, q)) && !is_range(char_at(s, q))) break;
      range = is_range(char_at(s, q));
      ++q;
    }
    if (!closed) break;
    if (char_at(s, q) == U'份') ++q;
    const auto day = day_after_month(s, q);
    for (const auto& [month, after_range] : bare) {
      if (after_range && !out.items.empty()) {
        expand(out.items, {month, day});
      } else {
        out.items.push_back({month, day});
      }
    }
    out.end = q;
    // A link goes on only when another month follows it.
    std::size_t next = q;
    constexpr View links[] = {U"以及", U"及", U"與", U"和", U"或", U"暨", U"、", U"/"};
    constexpr View ranges[] = {U"起至", U"起到", U"起迄", U"至", U"到", U"~", U"-"};
    range = false;
    if (const auto length = longest_word_at(s, next, links); length > 0) {
      next += length;
    } else if (const auto span = longest_word_at(s, next, ranges); span > 0) {
      next += span;
      range = true;
      // 至15日 inside the same month
      if (const auto number = numeral_at(s, next); number && char_at(s, number->end) == U'日' && !out.items.empty()) {
        out.items.back().day = Day{number->as_int()};
        out.end = number->end + 1;
        break;
      }
    } else {
      break;
    }
    const auto year = year_word_at(s, next);
    p = next + (year.length > 0 ? year.length : next_year_word_at(s, next));
    if (out.items.size() > 24) break;
  }
  if (out.items.empty()) return std::nullopt;
  // 3月、6月、9月及12月底前: the day stands once for all.
  const bool only_last = std::all_of(out.items.begin(), out.items.end() - 1, [](const MonthDay& m) { return !m.day; });
  if (only_last) {
    for (auto& item : out.items) item.day = out.items.back().day;
  }
  return out;
}

// 112/06/30, 112.6.30, 112-06-30, and 6/30前.
std::optional<Signal> written_in_figures_at(View s, std::size_t at) {
  int parts[3] = {0, 0, 0};
  std::size_t count = 0;
  std::size_t p = at;
  char32_t separator = 0;
  while (count < 3) {
    std::size_t digits = 0;
    while (p < s.size() && is_digit(s[p]) && digits < 4) parts[count] = parts[count] * 10 + static_cast<int>(s[p++] - U'0'), ++digits;
    if (digits == 0) return std::nullopt;
    ++count;
    const char32_t c = char_at(s, p);
    if (count == 3 || (c != U'/' && c != U'.' && c != U'-') || (separator != 0 && c != separator)) break;
    separator = c;
    ++p;
  }
  if (is_digit(char_at(s, p)) || char_at(s, p) == U'%') return std::nullopt;
  bool from = false;
  const std::size_t end = skip_before(s, p, from);
  const bool whole = count == 3 && ((parts[0] >= 80 && parts[0] <= 289) || (parts[0] >= 1991 && parts[0] <= 2200));
  const bool short_form = count == 2 && separator == U'/' && end > p;
  if (!whole && !short_form) return std::nullopt;
  const int month = whole ? parts[1] : parts[0];
  const int day = whole ? parts[2] : parts[1];
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  auto out = date_signal(at, end);
  out.months = {month};
  out.day = Day{day};
  out.from = from;
  if (whole) out.year = parts[0] > 1911 ? parts[0] - 1911 : parts[0];
  return out;
}

// 上半年, 第三季底, 年底, 第4季.
std::optional<Signal> period_at(View s, std::size_t at, std::size_t begin, bool after_year) {
  std::size_t end = at;
  bool last = false;
  if ((char_at(s, at) == U'Q' || char_at(s, at) == U'q') && char_at(s, at + 1) >= U'1' && char_at(s, at + 1) <= U'4' && !is_digit(char_at(s, at + 2))) {
    end = at + 2;
  } else if (const auto halves = longest_word_at(s, at, {U"上下半年", U"上、下半年", U"上及下半年"}); halves > 0) {
    end = at + halves;
  } else if (starts_at(s, at, U"上半年") || starts_at(s, at, U"下半年")) {
    end = at + 3;
    if (char_at(s, end) == U'度') ++end;
    // 上半年及下半年 is one phrase, like 上、下半年
    if (is_link(char_at(s, end)) && starts_at(s, end + 1, U"下半年")) end += 4;
  } else if (char_at(s, at) == U'第') {
    const auto number = numeral_at(s, at + 1);
    if (!number || number->as_int() < 1 || number->as_int() > 4 || char_at(s, number->end) != U'季') return std::nullopt;
    end = number->end + 1;
    if (char_at(s, end) == U'度') ++end;
    // 第1、3季; 第1季及第3季
    while (is_link(char_at(s, end)) || is_range(char_at(s, end))) {
      std::size_t p = end + 1;
      if (char_at(s, p) == U'第') ++p;
      const auto next = numeral_at(s, p);
      if (!next || next->as_int() > 4 || char_at(s, next->end) != U'季') break;
      end = next->end + 1;
    }
  } else if (after_year && (char_at(s, at) == U'底' || char_at(s, at) == U'終' || char_at(s, at) == U'末')) {
    end = at + 1;
    last = s[at] != U'終';
  } else if (!after_year && (starts_at(s, at, U"年底") || starts_at(s, at, U"年末") || starts_at(s, at, U"年終") || starts_at(s, at, U"年初"))) {
    if (at > 0 && (s[at - 1] == U'每' || figure_before(s, at))) return std::nullopt;
    // 年終考核, 年終獎金: names.
    if (starts_at(s, at, U"年終") && longest_word_at(s, at + 2, {U"獎", U"工作獎", U"考核", U"考績", U"評核", U"考評", U"檢討", U"盤點", U"決算", U"慰問", U"聯歡", U"記者會"}) > 0) return std::nullopt;
    end = at + 2;
    last = s[at + 1] == U'底' || s[at + 1] == U'末';
  } else if (starts_at(s, at, U"年度終了") || starts_at(s, at, U"年度結束")) {
    end = at + 4;
  } else {
    return std::nullopt;
  }
  if (!last && (char_at(s, end) == U'底' || char_at(s, end) == U'末')) {
    last = true;
    ++end;
  }
  bool from = false;
  end = skip_before(s, end, from);
  auto out = date_signal(begin, end);
  out.from = from;
  if (last) out.day = Day{0};
  return out;
}

// 辦理年度公文績效考核: 年度 as the time of a duty, not the beginning of a name such as 年度施政計畫.
std::optional<Signal> bare_year_at(View s, std::size_t at) {
  if (!starts_at(s, at, U"年度")) return std::nullopt;
  constexpr View names[] = {U"計畫", U"預算", U"施政", U"工作", U"重要", U"重大", U"概算", U"決算", U"總預算", U"中程"};
  constexpr View verbs[] = {U"辦理", U"舉辦", U"執行", U"進行", U"召開", U"實施", U"簽辦", U"辦理本府", U"辦理本局", U"辦理本處", U"辦理本會", U"辦理本所"};
  constexpr View targets[] = {U"目標", U"內", U"預計", U"預定"};
  if (longest_word_at(s, at + 2, names) > 0) return std::nullopt;
  const bool opens = at == 0 || View{U"，；：。、"}.find(s[at - 1]) != View::npos;
  if (!opens && longest_word_before(s, at, verbs) == 0 && longest_word_at(s, at + 2, targets) == 0) return std::nullopt;
  auto signal = date_signal(at, at + 2);
  signal.year_only = true;
  signal.whole_year = longest_word_at(s, at + 2, targets) > 0;
  return signal;
}

}  // namespace

std::vector<Signal> dates_at(const CompactText& text, std::size_t at) {
  const View s = text.text;
  if (figure_before(s, at) && (is_digit(s[at]) || is_han_figure(s[at]))) return {};
  if (follows_rhythm(text, at)) {
    if (auto days = day_after_rhythm_at(text, at); !days.empty()) return days;
  }
  if (is_digit(s[at])) {
    if (auto figures = written_in_figures_at(s, at)) return {*figures};
  }
  auto year = year_word_at(s, at);
  if (year.length == 0) {
    const auto next = next_year_word_at(s, at);
    if (next > 0 && months_at(s, at + next)) year.length = next;
  }
  std::size_t p = at + year.length;
  if (year.length > 0 && (char_at(s, p) == U'的' || char_at(s, p) == U'之')) ++p;
  if (ends_at(s, at, U"農曆") && year.length == 0) return {};
  // 前1月, 近3月 count back; 第3月 is no name of a month.
  if (year.length == 0 && longest_word_before(s, at, {U"第", U"前", U"近", U"逾", U"滿", U"隔"}) > 0 && !ends_at(s, at, U"以前") && !ends_at(s, at, U"之前")) return {};
  if (const auto list = months_at(s, p)) {
    bool from = false;
    const std::size_t end = skip_before(s, list->end, from);
    std::vector<Signal> out;
    for (const auto& item : list->items) {
      const auto same = std::find_if(out.begin(), out.end(), [&](const Signal& o) { return o.day == item.day; });
      if (same != out.end()) {
        same->months.push_back(item.month);
      } else {
        auto signal = date_signal(at, end);
        signal.day = item.day;
        signal.months = {item.month};
        signal.year = year.year;
        signal.from = from;
        out.push_back(std::move(signal));
      }
    }
    for (auto& signal : out) {
      std::sort(signal.months.begin(), signal.months.end());
      signal.months.erase(std::unique(signal.months.begin(), signal.months.end()), signal.months.end());
      if (signal.months.size() == 12) signal.months.clear();  // 1月至12月 is the year itself
    }
    return out;
  }
  if (auto period = period_at(s, p, at, year.length > 0 && s[p - 1] == U'年')) {
    period->year = year.year;
    return {*period};
  }
  if (year.length > 0) {
    const char32_t next = char_at(s, p);
    if (next != 0 && View{U"期來級齡份間"}.find(next) != View::npos) return {};
    if (year.whole && starts_at(s, p, U"無休")) return {};
    bool from = false;
    auto signal = date_signal(at, skip_before(s, p, from));
    signal.from = from;
    signal.year = year.year;
    signal.year_only = true;
    signal.whole_year = year.whole;
    return {signal};
  }
  if (auto year_here = bare_year_at(s, at)) return {*year_here};
  // 於7日前公告: the seventh of a month already spoken of, or else so many days before.
  if (const auto number = numeral_at(s, at); number && !ends_at(s, at, U"逢") && number->whole() && number->as_int() >= 1 && number->as_int() <= 31 && longest_word_at(s, number->end, {U"日前", U"日以前", U"日之前"}) > 0) {
    auto signal = date_signal(at, number->end + longest_word_at(s, number->end, {U"日前", U"日以前", U"日之前"}));
    signal.day = Day{number->as_int()};
    signal.day_only = true;
    signal.bare_day = true;
    return {signal};
  }
  return day_only_at(s, at);
}

}  // namespace mandate::plan_reader
