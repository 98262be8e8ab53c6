// Named dates (1月及7月, 3月底前, 112年12月31日, 上半年, 第三季底, 年底) and limits (7日內, 3個工作日內).
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

char32_t char_at(View s, std::size_t at) { return at < s.size() ? s[at] : 0; }

bool figure_before(View s, std::size_t at) { return at > 0 && (is_digit(s[at - 1]) || is_han_figure(s[at - 1]) || s[at - 1] == U'.' || s[at - 1] == U'/'); }

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
  const auto number = numeral_at(s, at);
  if (!number || !number->whole()) return std::nullopt;
  const char32_t unit = char_at(s, number->end);
  if ((unit == U'日' || unit == U'號') && number->as_int() >= 1 && number->as_int() <= 31) {
    at = number->end + 1;
    return Day{number->as_int()};
  }
  return std::nullopt;
}

bool is_link(char32_t c) { return c != 0 && View{U"、及與和或暨,，/·"}.find(c) != View::npos; }
bool is_range(char32_t c) { return c != 0 && View{U"至到~-"}.find(c) != View::npos; }

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
    constexpr View ranges[] = {U"至", U"到", U"~", U"-"};
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

std::size_t skip_before(View s, std::size_t at, bool& from) {
  constexpr View ends[] = {U"以前", U"之前", U"前", U"期間", U"間"};
  constexpr View starts[] = {U"起", U"開始", U"以後", U"以來", U"後"};
  from = longest_word_at(s, at, starts) > 0;
  if (starts_at(s, at, U"前瞻") || starts_at(s, at, U"前往") || starts_at(s, at, U"前置")) return at;
  return at + longest_word_at(s, at, ends);
}

Signal date(std::size_t begin, std::size_t end) {
  Signal out;
  out.kind = SignalKind::date;
  out.begin = begin;
  out.end = end;
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
  auto out = date(at, end);
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
  } else if (starts_at(s, at, U"上半年") || starts_at(s, at, U"下半年")) {
    end = at + 3;
    if (char_at(s, end) == U'度') ++end;
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
    if (starts_at(s, at, U"年終獎") || starts_at(s, at, U"年終工作獎")) return std::nullopt;
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
  auto out = date(begin, end);
  out.from = from;
  if (last) out.day = Day{0};
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
    auto signal = date(at, skip_before(s, p + length, from));
    signal.day = Day{0};
    signal.day_only = true;
    out.push_back(signal);
    return out;
  }
  if (!worded) return out;
  while (true) {
    const auto number = numeral_at(s, p);
    if (!number || !number->whole() || number->as_int() < 1 || number->as_int() > 31 || (char_at(s, number->end) != U'日' && char_at(s, number->end) != U'號')) break;
    auto signal = date(at, skip_before(s, number->end + 1, from));
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
  if (const auto length = longest_word_at(s, p, last_words); length > 0) {
    auto signal = date(at, skip_before(s, p + length, from));
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
        auto signal = date(at, skip_before(s, last->end + 1, from));
        signal.day = Day{last->as_int()};
        signal.day_only = true;
        out.push_back(signal);
        break;
      }
    }
    auto signal = date(p, skip_before(s, end, from));
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

// 辦理年度公文績效考核: 年度 as the time of a duty, not the beginning of a name such as 年度施政計畫.
std::optional<Signal> bare_year_at(View s, std::size_t at) {
  if (!starts_at(s, at, U"年度")) return std::nullopt;
  constexpr View names[] = {U"計畫", U"預算", U"施政", U"工作", U"重要", U"重大", U"概算", U"決算", U"總預算", U"中程"};
  constexpr View verbs[] = {U"辦理", U"舉辦", U"執行", U"進行", U"召開", U"實施", U"簽辦", U"辦理本府", U"辦理本局", U"辦理本處", U"辦理本會", U"辦理本所"};
  constexpr View targets[] = {U"目標", U"內", U"預計", U"預定"};
  if (longest_word_at(s, at + 2, names) > 0) return std::nullopt;
  const bool opens = at == 0 || View{U"，；：。、"}.find(s[at - 1]) != View::npos;
  if (!opens && longest_word_before(s, at, verbs) == 0 && longest_word_at(s, at + 2, targets) == 0) return std::nullopt;
  auto signal = date(at, at + 2);
  signal.year_only = true;
  signal.whole_year = longest_word_at(s, at + 2, targets) > 0;
  return signal;
}

bool follows_rhythm(const CompactText& text, std::size_t at) {
  const View s = text.text;
  constexpr View rhythms[] = {U"每月", U"每個月", U"每季", U"每雙月", U"每半年", U"每年", U"按月", U"逐月", U"每年度", U"按季", U"每兩個月", U"每2個月", U"雙月", U"單月"};
  std::size_t end = at;
  for (const View link : {View{U"("}, View{U"之"}, View{U"的"}, View{U"於"}, View{U"應於"}, View{U"終了"}, View{U"結束"}}) {
    if (ends_at(s, end, link)) end -= link.size();
  }
  return longest_word_before(s, end, rhythms) > 0;
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
        auto signal = date(at, end);
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
    auto signal = date(at, skip_before(s, p, from));
    signal.from = from;
    signal.year = year.year;
    signal.year_only = true;
    signal.whole_year = year.whole;
    return {signal};
  }
  if (auto year_here = bare_year_at(s, at)) return {*year_here};
  // 於7日前公告: the seventh of a month already spoken of, or else so many days before.
  if (const auto number = numeral_at(s, at); number && !ends_at(s, at, U"逢") && number->whole() && number->as_int() >= 1 && number->as_int() <= 31 && longest_word_at(s, number->end, {U"日前", U"日以前", U"日之前"}) > 0) {
    auto signal = date(at, number->end + longest_word_at(s, number->end, {U"日前", U"日以前", U"日之前"}));
    signal.day = Day{number->as_int()};
    signal.day_only = true;
    signal.bare_day = true;
    return {signal};
  }
  return day_only_at(s, at);
}

std::optional<Signal> limit_at(const CompactText& text, std::size_t at) {
  const View s = text.text;
  double count = 0;
  std::size_t p = at;
  bool half = false;
  if (figure_before(s, at)) return std::nullopt;
  if (char_at(s, at) == U'半' && (char_at(s, at + 1) == U'年' || starts_at(s, at + 1, U"個月"))) {
    half = true;
    ++p;
  } else {
    const auto number = numeral_at(s, at);
    if (!number || !number->whole()) return std::nullopt;
    count = number->value;
    p = number->end;
  }
  // 活動前30日 counts back from the event.
  constexpr View before_events[] = {U"會議前", U"會前", U"開會前", U"召開前", U"活動前", U"舉辦前", U"辦理前", U"施工前", U"開工前", U"屆滿前", U"期滿前", U"到期前", U"實施前", U"開始前", U"截止前"};
  const bool counts_back = longest_word_before(s, at, before_events) > 0;
  constexpr View past[] = {U"近", U"最近", U"過去", U"未來", U"前", U"這", U"第", U"上", U"每"};
  if (!counts_back && longest_word_before(s, at, past) > 0 && !ends_at(s, at, U"以前") && !ends_at(s, at, U"之前")) return std::nullopt;
  struct Unit {
    View word;
    const char* unit;
    int factor;
  };
  constexpr Unit units[] = {{U"個工作日", "working_day", 1}, {U"工作日", "working_day", 1}, {U"個工作天", "working_day", 1}, {U"工作天", "working_day", 1}, {U"個上班日", "working_day", 1},
                            {U"上班日", "working_day", 1},   {U"個上班天", "working_day", 1}, {U"上班天", "working_day", 1}, {U"個日曆天", "day", 1},       {U"日曆天", "day", 1},
                            {U"日", "day", 1},               {U"天", "day", 1},             {U"個星期", "day", 7},          {U"星期", "day", 7},          {U"週", "day", 7},
                            {U"個月", "month", 1},           {U"月", "month", 1},           {U"年", "month", 12},           {U"小時", "hour", 1},         {U"季", "month", 3}};
  const Unit* unit = nullptr;
  for (const auto& candidate : units) {
    if (starts_at(s, p, candidate.word) && (unit == nullptr || candidate.word.size() > unit->word.size())) unit = &candidate;
  }
  if (unit == nullptr) return std::nullopt;
  const std::size_t unit_end = p + unit->word.size();
  constexpr View ends[] = {U"內", U"以內", U"之內", U"期限內", U"(含)內", U"(含)以內", U"期間內"};
  std::size_t length = longest_word_at(s, unit_end, ends);
  constexpr View terms[] = {U"期限為", U"時限為", U"期限", U"時限", U"限", U"限期"};
  if (length == 0) {
    // 會議7日前 counts back from an event; the date reader has had its chance with 每月7日前.
    constexpr View events[] = {U"會議", U"會前", U"開會", U"召開", U"活動", U"舉辦", U"施工", U"開工", U"屆滿", U"期滿", U"到期", U"會議日"};
    const bool before_event = (starts_at(s, unit_end, U"前") || starts_at(s, unit_end, U"以前")) && longest_word_before(s, at, events) > 0;
    const bool as_term = longest_word_before(s, at, terms) > 0 && !starts_at(s, unit_end, U"前");
    if (!before_event && !as_term && !counts_back) return std::nullopt;
    length = before_event ? longest_word_at(s, unit_end, {U"前", U"以前"}) : 0;
  }
  if (View{unit->word} == U"月" && count <= 12 && !half) return std::nullopt;  // 3月內 is March
  if (View{unit->word} == U"年" && count >= 80) return std::nullopt;           // 112年內
  Signal out;
  out.kind = SignalKind::limit;
  out.begin = at;
  out.end = unit_end + length;
  if (half) {
    out.limit = View{unit->word} == U"年" ? Limit{6, "month"} : Limit{15, "day"};
    return out;
  }
  if (count < 1 || count > 10000) return std::nullopt;
  const int n = static_cast<int>(count);
  if (std::string_view{unit->unit} == "hour") {
    if (n % 24 != 0) return std::nullopt;  // shorter than the ledger's limits: read as an amount
    out.limit = {n / 24, "day"};
  } else {
    out.limit = {n * unit->factor, unit->unit};
  }
  return out;
}

}  // namespace mandate::plan_reader
