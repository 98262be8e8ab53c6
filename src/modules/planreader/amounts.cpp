// Amounts: 200件以上, 達10%, 未達9成, 百分之九十八, 至少5場次, 最後5名. A number without a word of bound is a target only where it counts what
// a duty brings about; numbers of names, laws, ages, floors, budgets and what exists already are left alone.
#include "modules/planreader/amount_context.hpp"
#include "modules/planreader/numerals.hpp"
#include "modules/planreader/signals.hpp"
#include "modules/planreader/source.hpp"

#include "kernel/text.hpp"

#include <algorithm>
#include <cmath>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

// Counters of events, deliverables and people: with a number they are a target wherever they stand in a duty.
constexpr View strong_units[] = {
    U"場次", U"場",     U"次",     U"人次",   U"件次",   U"件",     U"位",   U"名",   U"梯次", U"梯",   U"班次", U"班",   U"堂課", U"堂",   U"座",   U"輛",
    U"盞",   U"株",     U"棵",     U"公里",   U"公頃",   U"公尺",   U"平方公尺", U"份", U"則",   U"篇",   U"案",   U"案件", U"案次", U"處",   U"處次", U"戶",
    U"戶次", U"套",     U"床",     U"筆",     U"片",     U"公噸",   U"噸",   U"具",   U"枚",   U"家次", U"站次", U"里次", U"車次", U"隻",   U"頭",   U"尾",
    U"冊",   U"集",     U"支",     U"艘",     U"架",     U"架次",   U"檔",   U"檔次", U"席",   U"口",   U"扇",   U"張",   U"門",   U"坪",   U"萬噸", U"立方公尺",
    U"遍",   U"團",   U"團次",   U"趟",     U"趟次",   U"輪",     U"分",     U"公斤", U"面",   U"幅",   U"組次", U"校次", U"點次", U"小時", U"件數", U"期數", U"輛次", U"通", U"劑", U"劑次", U"顆", U"粒", U"盆", U"桶", U"袋", U"箱", U"航班", U"學分",
    U"場域", U"支隊伍", U"對",     U"部",     U"臺",     U"台",     U"人",   U"條",   U"格",   U"本",   U"區次", U"瓩",   U"MW",   U"KW",   U"kW",   U"秒", U"分鐘", U"個百分點",
    U"百分點", U"倍",   U"千瓦",   U"點",     U"度",     U"班級"};

// Counters that more often name or describe than set a target: they need a verb that brings about.
constexpr View weak_units[] = {U"項", U"項次", U"個", U"家", U"所", U"組", U"隊", U"站", U"校", U"區", U"里", U"館", U"間", U"棟", U"種", U"款", U"條次", U"村里", U"鄉鎮", U"縣市", U"社區", U"期", U"年次", U"鄰", U"店", U"樣"};

// Only with a word of bound, where they are limits of time.
constexpr View time_units[] = {U"個工作日", U"工作日", U"個工作天", U"工作天", U"日", U"天", U"個月", U"週"};

constexpr View money_units[] = {U"元", U"元整"};


struct Read {
  double value = 0;
  std::string unit;
  std::size_t end = 0;
  bool strong = true;
  bool time = false;
  bool money = false;
  bool han = false;
  bool ratio = false;
};

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

// 9成, 九成五, 85%, 百分之九十八, 半數, 三分之二, 千分之三.
std::optional<Read> ratio_at(View s, std::size_t at) {
  const auto made = [](double value, std::size_t end) {
    Read out;
    out.value = rounded(value);
    out.unit = "%";
    out.end = end;
    out.ratio = true;
    return out;
  };
  if (starts_at(s, at, U"百分之百")) return made(100, at + 4);
  if (starts_at(s, at, U"百分之")) {
    const auto number = numeral_at(s, at + 3);
    if (!number) return std::nullopt;
    std::size_t end = number->end;
    double value = number->value;
    if (char_at(s, end) == U'點' && number->han) {  // 百分之九十八點五
      if (const auto part = numeral_at(s, end + 1); part && part->value < 10) {
        value += part->value / 10;
        end = part->end;
      }
    }
    return made(value, end);
  }
  if (starts_at(s, at, U"千分之")) {
    if (const auto number = numeral_at(s, at + 3)) return made(number->value / 10, number->end);
    return std::nullopt;
  }
  if (starts_at(s, at, U"半數")) return made(50, at + 2);
  const auto number = numeral_at(s, at);
  if (!number) return std::nullopt;
  const std::size_t end = number->end;
  if (char_at(s, end) == U'%') return made(number->value, end + 1);
  if (char_at(s, end) == 0x2030) return made(number->value / 10, end + 1);
  // 1/3以上, 至少1/2
  if (char_at(s, end) == U'/' && number->whole() && !number->han) {
    const auto below = numeral_at(s, end + 1);
    constexpr double largest_part = 10;
    if (below && below->whole() && number->value < below->value && below->value <= largest_part && (bound_before(s, at).stated || bound_after(s, below->end, false))) return made(number->value * 100 / below->value, below->end);
  }
  if (starts_at(s, end, U"分之")) {
    const auto top = numeral_at(s, end + 2);
    if (!top || number->value == 0) return std::nullopt;
    return made(top->value * 100 / number->value, top->end);
  }
  if (char_at(s, end) == U'成' && number->value > 0 && number->value <= 10) {
    constexpr View words[] = {U"成立", U"成為", U"成果", U"成員", U"成長", U"成效", U"成功", U"成本", U"成就", U"成熟", U"成交", U"成年", U"成人", U"成都", U"成形", U"成案", U"成績"};
    const bool aims = starts_at(s, end, U"成為目標") || starts_at(s, end, U"成為原則") || starts_at(s, end, U"成為限");
    if ((longest_word_at(s, end, words) > 0 && !aims) || starts_at(s, end, U"成不變")) return std::nullopt;
    double value = number->value * 10;
    std::size_t after = end + 1;
    const auto half = numeral_at(s, after);
    if (half && half->value >= 1 && half->value <= 9 && half->end == after + 1 && char_at(s, half->end) != U'成') {
      value += half->value;
      after = half->end;
    } else if (char_at(s, after) == U'半') {
      value += 5;
      ++after;
    }
    return made(value, after);
  }
  return std::nullopt;
}

template <std::size_t N>
std::size_t unit_at(View s, std::size_t at, const View (&units)[N]) {
  return longest_word_at(s, at, units);
}

// Counters not in the lists are known by what follows: 15微克以下, 30根次.
std::size_t other_unit_at(View s, std::size_t at) {
  constexpr View never[] = {U"歲", U"年", U"樓", U"層", U"級", U"月", U"大", U"號", U"屆", U"日", U"時"};
  constexpr View lines[] = {U"電話", U"專線", U"熱線", U"話務", U"市民", U"縣民", U"派工", U"客服", U"諮詢", U"陳情", U"系統", U"平臺", U"平台", U"中心", U"服務", U"簡訊", U"智慧", U"世界", U"國際"};
  if (longest_word_at(s, at, never) > 0 || longest_word_at(s, at, lines) > 0) return 0;
  if (is_han(char_at(s, at)) && char_at(s, at + 1) == U'次' && !is_han_figure(s[at])) return 2;
  // 新設12畦: after a verb that brings about, the one character that follows is a counter.
  constexpr View no_counters = U"都國縣市鄉鎮路街段弄巷線版代萬億月日時分點樓層以至及、-~之的是為週";
  const bool counter = is_han(char_at(s, at)) && no_counters.find(s[at]) == View::npos;
  if (is_digit(s[at - 1]) && counter && longest_word_at(s, at + 1, {U"以上", U"以下"}) == 0 && brings_about(s, at)) return 1;
  // 掃描12萬頁。 Any verb of duty will do where the figure and its counter end the phrase.
  const char32_t next = char_at(s, at + 1);
  const bool figures = is_digit(s[at - 1]) || (is_han_figure(s[at - 1]) && at > 1 && is_han_figure(s[at - 2])) || ((s[at - 1] == U'萬' || s[at - 1] == U'億') && at > 1);
  if (counter && figures && (next == 0 || is_stop(next) || next == U'及' || next == U'與' || next == U'並') && follows_duty_verb(s, at)) return 1;
  std::size_t longest = 5;
  for (std::size_t length = 1; length <= longest; ++length) {
    const char32_t c = char_at(s, at + length - 1);
    if (c == U'/') longest = 9;  // 微克/立方公尺
    if (c == 0 || is_stop(c) || is_digit(c) || c == U'之' || c == U'的') return 0;
    if (longest_word_at(s, at + length, {U"以上", U"以下", U"(含)以上", U"(含)以下"}) > 0) return length;
  }
  return 0;
}

std::optional<Read> counted_at(View s, std::size_t at) {
  auto number = numeral_at(s, at);
  if (!number && s[at] == U'乙') number = Numeral{1, at + 1, true};
  if (!number || number->value <= 0) return std::nullopt;
  std::size_t p = number->end;
  constexpr View fillers[] = {U"餘", U"多"};
  p += longest_word_at(s, p, fillers);
  Read out;
  out.value = rounded(number->value);
  out.han = number->han;
  const std::size_t strong = unit_at(s, p, strong_units);
  const std::size_t weak = unit_at(s, p, weak_units);
  const std::size_t time = unit_at(s, p, time_units);
  const std::size_t money = unit_at(s, p, money_units);
  const std::size_t best = std::max({strong, weak, time, money});
  if (best == 0) {
    const auto other = other_unit_at(s, p);
    if (other == 0) return std::nullopt;
    out.end = p + other;
    out.unit = to_utf8(s.substr(p, other));
    return out;
  }
  out.end = p + best;
  out.strong = strong == best;
  // 240通次: any counter of things may count their times.
  const bool countable = strong == best || weak == best;
  if (countable && s[out.end - 1] != U'次' && char_at(s, out.end) == U'次' && View{U"月年日季序要數週級長男女子"}.find(char_at(s, out.end + 1)) == View::npos) ++out.end;
  out.time = !out.strong && time == best;
  out.money = !out.strong && !out.time && money == best;
  out.unit = out.money ? "元" : to_utf8(s.substr(p, out.end - p));
  const View rest = s.substr(out.end);
  // Words that only begin like a counter.
  constexpr View not_units[] = {U"級", U"大", U"樓", U"歲", U"號", U"屆", U"年", U"月"};
  if (longest_word_at(s, p, not_units) > best) return std::nullopt;
  const View unit = s.substr(p, best);
  const char32_t next = rest.empty() ? 0 : rest.front();
  if (unit == U"次" && next != 0 && View{U"污施加行長等性告微元方數序要級領月季年世"}.find(next) != View::npos && !(next == U'施' && follows_making_verb(s, at))) return std::nullopt;
  if ((unit == U"班" || unit == U"輪") && next == U'制') return std::nullopt;
  if (unit == U"人" && next != 0 && View{U"口工力事員民權文士才物體座"}.find(next) != View::npos) return std::nullopt;
  if ((unit == U"部" || unit == U"處" || unit == U"所" || unit == U"區" || unit == U"期") && number->han && number->end == at + 1 && !follows_making_verb(s, at) && !bound_before(s, at).stated) return std::nullopt;
  if (unit == U"分" && next != 0 && View{U"鐘析類層級局署隊區工期佈布"}.find(next) != View::npos) return std::nullopt;
  if (unit == U"點" && next != 0 && (is_digit(next) || is_han_figure(next) || next == U'規')) return std::nullopt;
  if (unit == U"度" && next == U'假') return std::nullopt;
  if (unit == U"面" && next != 0 && View{U"向積對臨"}.find(next) != View::npos) return std::nullopt;
  if (unit == U"位" && next != 0 && View{U"一數置於元"}.find(next) != View::npos) return std::nullopt;
  if (unit == U"本" && next != 0 && View{U"府局處會所市縣區院校年"}.find(next) != View::npos) return std::nullopt;
  if (unit == U"通" && next != 0 && View{U"過報知路行用訊盤識勤學案車商"}.find(next) != View::npos) return std::nullopt;
  if (unit == U"案" && next == U'例') return std::nullopt;
  if (unit == U"口" && next == U'之') return std::nullopt;
  if (unit == U"對" && next != 0 && next != U'佳' && next != U'新') return std::nullopt;
  if (unit == U"門" && next == U'牌') return std::nullopt;
  if (unit == U"頭" || unit == U"條") {
    if (ends_at(s, at, U"第")) return std::nullopt;
  }
  return out;
}

// 觸及人次達50萬以上: the noun before the bound names the unit.
std::optional<Read> measured_at(View s, std::size_t at) {
  const auto number = numeral_at(s, at);
  if (!number || number->han || number->value <= 0) return std::nullopt;
  const std::size_t end = number->end;
  if (end < s.size() && !is_stop(s[end]) && longest_word_at(s, end, {U"以上", U"以下", U"以內", U"為目標", U"為限"}) == 0) return std::nullopt;
  const auto bound = bound_before(s, at);
  if (!bound.stated && longest_word_at(s, end, {U"以上", U"以下", U"以內"}) == 0) return std::nullopt;
  std::size_t noun = std::min(bound.begin, at);
  noun -= longest_word_before(s, noun, {U"應", U"須", U"需", U"可", U"將", U"目標", U"預計"});
  struct Measure {
    View noun;
    const char* unit;
  };
  constexpr Measure measures[] = {{U"人次", "人次"}, {U"人次數", "人次"}, {U"人數", "人"}, {U"件數", "件"}, {U"件次", "件次"}, {U"場次", "場次"}, {U"場次數", "場次"}, {U"場數", "場"}, {U"次數", "次"}, {U"戶數", "戶"}, {U"份數", "份"}, {U"家數", "家"}, {U"通數", "通"}, {U"案數", "案"}, {U"冊數", "冊"}, {U"筆數", "筆"}, {U"項數", "項"}, {U"篇數", "篇"}, {U"班次", "班次"}};
  const Measure* best = nullptr;
  for (const auto& m : measures) {
    if (ends_at(s, noun, m.noun) && (best == nullptr || m.noun.size() > best->noun.size())) best = &m;
  }
  if (best == nullptr) return std::nullopt;
  Read out;
  out.value = rounded(number->value);
  out.end = end;
  out.unit = best->unit;
  return out;
}

// One of the words stands shortly before the number in its clause.
template <std::size_t N>
bool word_shortly_before(View s, std::size_t begin, const View (&words)[N]) {
  constexpr std::size_t reach = 10;
  for (std::size_t at = begin; at > 0 && begin - at < reach && !is_stop(s[at - 1]);) {
    if (longest_word_at(s, --at, words) > 0) return true;
  }
  return false;
}

std::optional<Signal> amount_at(const CompactText& text, std::size_t at) {
  const View s = text.text;
  const char32_t c = s[at];
  if (!is_digit(c) && !is_han_figure(c) && c != U'半' && !is_formal_one(s, at)) return std::nullopt;
  const bool range_end = at > 1 && (s[at - 1] == U'-') && (is_digit(s[at - 2]) || s[at - 2] == U'%');
  if (joined_before(s, at) && !range_end) return std::nullopt;
  auto read = ratio_at(s, at);
  if (!read) read = counted_at(s, at);
  if (!read) read = measured_at(s, at);
  if (!read) return std::nullopt;
  for (std::size_t i = at; i < read->end; ++i) {
    if (text.quoted[i]) return std::nullopt;
  }
  const View unit_text = s.substr(at, read->end - at);
  auto bound = bound_before(s, at);
  std::size_t end = read->end;
  const auto after = bound_after(s, end, read->time || ends_at(s, end, U"小時") || ends_at(s, end, U"分鐘") || ends_at(s, end, U"秒"));
  if (after) end = after->second;
  if (!bound.stated && after) {
    bound.name = after->first;
    bound.stated = true;
  } else if (!bound.stated) {
    if (const auto far = bound_far_before(s, at)) {
      bound.name = far->name;
      bound.begin = far->begin;
      bound.stated = true;
    }
  } else if (std::string_view{bound.name} == "at_least" && after && std::string_view{after->first} == "at_most") {
    bound.name = "at_most";  // 維持5%以下
  }

  // 在95%信心水準下: how a sample is reckoned.
  if (read->ratio && longest_word_at(s, end, {U"信心水準", U"信賴水準", U"的信心水準", U"之信心水準", U"信賴區間", U"信心區間", U"的信賴", U"之信賴"}) > 0) return std::nullopt;
  if (read->ratio && longest_word_before(s, bound.begin, {U"信心水準", U"信賴水準", U"信心水準為", U"信賴水準為"}) > 0) return std::nullopt;
  // 由85%提升至92%: where it starts from is no target.
  if (longest_word_before(s, at, {U"由", U"從", U"自", U"原", U"原為"}) > 0) return std::nullopt;
  if (!bound.stated) {
    if (read->time || read->money) return std::nullopt;
    // 抽樣誤差為正負3個百分點 is how a sample is reckoned; a bound makes it a demand.
    if (longest_word_before(s, at, {U"正負", U"±", U"誤差", U"誤差為", U"誤差在"}) > 0) return std::nullopt;
    const char32_t next = char_at(s, end);
    if (ends_at(s, end, U"小時") || ends_at(s, end, U"分鐘") || ends_at(s, end, U"秒")) {
      // 24小時服務 describes; 訓練6小時 counts.
      if ((!brings_about(s, at) && !rhythm_before(s, at) && !ends_at(s, at, U"時數") && !ends_at(s, at, U"時數為") && longest_word_before(s, at, {U"每次", U"每場", U"每場次", U"每堂", U"每人", U"每班", U"每梯次", U"每員", U"全員", U"課程", U"學習", U"研習", U"訓練", U"講習", U"進修"}) == 0) || next == U'不' || next == U'全' || next == U'監' || next == U'服' || next == U'之') return std::nullopt;
      if (read->value == 24 || ends_at(s, at, U"天")) return std::nullopt;
    }
    if (exists_already(s, at)) return std::nullopt;
    // 中央補助82%: how a sum divides.
    if (read->ratio && longest_word_before(s, at, {U"補助", U"負擔", U"分攤", U"自籌", U"出資", U"持股", U"配合款"}) > 0) return std::nullopt;
    const bool handed_out = read->unit == "點" && longest_word_before(s, at, {U"核撥", U"發放", U"贈送", U"補助", U"給予", U"回饋", U"撥付", U"儲值"}) > 0;
    const bool sampled = read->unit == "點" && word_shortly_before(s, at, {U"抽驗", U"抽查", U"檢測", U"監測", U"採樣", U"設置", U"布設", U"佈設", U"抽測", U"增設", U"新設"});
    if (!read->ratio && !handed_out && !sampled && (read->unit == "度" || read->unit == "點" || read->unit == "倍" || read->unit == "對" || read->unit == "口")) return std::nullopt;
    if (!read->ratio && !read->strong && !ranked(s, at) && (tracked_object(s, at, read->unit) || !(brings_about(s, at, follows_comma(s, at)) || (rhythm_before(s, at) && !is_place_unit(read->unit))))) return std::nullopt;
    if (!read->ratio && counts_the_whole(s, at)) return std::nullopt;
    if ((read->unit == "鄉鎮" || read->unit == "縣市") && next == U'市') return std::nullopt;  // 輔導18鄉鎮市: all there are
    // 列管者計48案 counts what there is; 辦理活動，計10場 counts what will be.
    const bool summed = longest_word_before(s, at, {U"累計", U"合計", U"總計", U"共計"}) > 0 && longest_word_before(s, bound.begin, {U"人數", U"人次", U"件數", U"場次"}) > 0 && follows_duty_verb(s, bound.begin);
    if (!read->ratio && bound.begin < at && !ends_at(s, at, U"為") && !summed && !brings_about(s, at, true)) return std::nullopt;
    if (!read->ratio && bound.begin < at && longest_word_before(s, bound.begin, {U"案件", U"標案", U"工程", U"總數", U"總量", U"列管", U"機關", U"人口", U"電話"}) > 0) return std::nullopt;
    if (!read->ratio && read->han && read->value == 1) {
      // 一次, 一處 and the like are mostly "a"; they count after a verb or before a pause.
      if (ends_at(s, end, U"次") && next != 0 && !is_stop(next) && ((!rhythm_before(s, at) && !follows_making_verb(s, at)) || View{U"辦到滿購繳領補完"}.find(next) != View::npos)) return std::nullopt;
      if (!ends_at(s, end, U"次") && !brings_about(s, at) && !ends_at(s, at, U"各")) return std::nullopt;
      if (ends_at(s, end, U"人") || ends_at(s, end, U"本") || ends_at(s, end, U"點") || ends_at(s, end, U"面") || ends_at(s, end, U"口")) return std::nullopt;
    }
    if (!read->han && read->value == 1 && (ends_at(s, end, U"次") || ends_at(s, end, U"趟")) && (next == U'辦' || next == U'即' || next == U'到' || next == U'就' || next == U'購')) return std::nullopt;
    if (read->han && !read->ratio && !read->strong && next != 0 && View{U"式制化體條到同致起"}.find(next) != View::npos) return std::nullopt;
    if (read->han && !read->ratio && unit_text.size() == 2 && (ends_at(s, end, U"人") || ends_at(s, end, U"位")) && !brings_about(s, at)) return std::nullopt;
  } else if (read->time && std::string_view{bound.name} != "below" && after && starts_at(s, read->end, U"內") && longest_word_before(s, at, {U"近", U"過去", U"未來", U"最近"}) > 0) {
    return std::nullopt;  // a limit the limit reader refused, such as 近5日內
  }
  if (!bound.stated && (ends_at(s, at, U"近") || ends_at(s, at, U"連續"))) return std::nullopt;
  // 本縣產值達156億元 tells what is.
  if (bound.stated && read->money && counts_the_whole(s, at)) return std::nullopt;
  // 總經費逾380億元 at the end of a clause says how much there is; 總經費逾3億元之計畫 says which.
  if (read->money && (end == s.size() || is_stop(s[end])) && longest_word_before(s, bound.begin, {U"總經費", U"總金額", U"總工程費", U"總預算", U"產值", U"營業額", U"總投資額"}) > 0 && !brings_about(s, at)) return std::nullopt;

  Signal out;
  out.kind = SignalKind::amount;
  out.begin = std::min(bound.begin, at);
  out.end = end;
  out.amount = {bound.name, read->value, read->unit};
  out.bounded = bound.stated;
  return out;
}

}  // namespace

std::vector<Signal> amounts_at(const CompactText& text, std::size_t at) {
  const View s = text.text;
  if (const auto first = numeral_at(s, at); first && !joined_before(s, at) && first->end < s.size()) {
    std::size_t link = first->end;
    // 5%至10%: the first may carry its own sign.
    if (char_at(s, link) == U'%') ++link;
    if (View{U"至到~-"}.find(char_at(s, link)) != View::npos && link < s.size()) {
      if (auto last = amount_at(text, link + 1); last && last->amount.bound == "exactly" && first->value < last->amount.value && !exists_already(s, at)) {
        Signal low = *last;
        low.begin = last->begin = at;
        low.amount = {"at_least", rounded(first->value), last->amount.unit};
        last->amount.bound = "at_most";
        low.bounded = last->bounded = true;
        return {low, *last};
      }
    }
  }
  if (auto one = amount_at(text, at)) return {*one};
  return {};
}

}  // namespace mandate::plan_reader
