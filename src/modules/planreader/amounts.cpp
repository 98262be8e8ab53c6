// Amounts: 200件以上, 達10%, 未達9成, 百分之九十八, 至少5場次, 最後5名. A number without a word of bound is a target only where it counts what
// a duty brings about; numbers of names, laws, ages, floors, budgets and what exists already are left alone.
#include "modules/planreader/numerals.hpp"
#include "modules/planreader/signals.hpp"
#include "modules/planreader/source.hpp"

#include "kernel/text.hpp"

#include <cmath>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

char32_t char_at(View s, std::size_t at) { return at < s.size() ? s[at] : 0; }

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

constexpr View at_least_before[] = {U"不低於", U"不得低於", U"不少於", U"不得少於", U"不得小於", U"不小於", U"不可低於", U"應高於", U"高於", U"大於", U"多於", U"超過", U"逾", U"突破", U"達", U"達到", U"達成", U"達致", U"至少", U"至少達", U"最少", U"起碼", U"提升至",
                                    U"提升到", U"提高至", U"提高到", U"增加至", U"增加到", U"增至", U"擴大至", U"擴增至", U"成長至", U"上升至", U"≥", U">", U">=", U"不亞於", U"維持在", U"保持在", U"不下於", U"達標值", U"提昇至", U"擴充至", U"累計達", U"維持"};
constexpr View at_most_before[] = {U"不超過", U"不得超過", U"不逾", U"不得逾", U"未逾", U"不高於", U"不得高於", U"不大於", U"最多", U"至多", U"上限", U"上限為", U"降至", U"降低至", U"降低到", U"降到", U"減至", U"減少至", U"縮短至", U"縮短為", U"縮減至", U"控制在", U"壓低至", U"≤", U"<=", U"以不超過", U"不可超過", U"未超過", U"下降至", U"控制於", U"最高"};
constexpr View below_before[] = {U"未達", U"未滿", U"低於", U"不足", U"不到", U"小於", U"少於", U"未及", U"<", U"不滿", U"未達到"};
constexpr View exact_before[] = {U"計", U"共", U"共計", U"約", U"合計", U"總計", U"為"};

constexpr View at_least_after[] = {U"以上", U"(含)以上", U"含以上", U"及以上", U"或以上", U"之多", U"(以上)", U"起", U"以上者"};
constexpr View at_most_after[] = {U"以下", U"以內", U"(含)以下", U"(含)以內", U"為限", U"為上限", U"內", U"及以下", U"之內"};

// Words that govern a number some way off: 至少辦理10場次, 達到本府執行件數之10%.
struct FarWord {
  View word;
  const char* bound;
};
constexpr FarWord far_words[] = {{U"至少", "at_least"}, {U"最少", "at_least"}, {U"達到", "at_least"}, {U"應達", "at_least"}, {U"不得低於", "at_least"}, {U"不低於", "at_least"}, {U"不少於", "at_least"}, {U"不得少於", "at_least"}, {U"未達", "below"}, {U"低於", "below"},
                                 {U"最多", "at_most"},  {U"至多", "at_most"},  {U"不得超過", "at_most"}, {U"不超過", "at_most"}, {U"超過", "at_least"}, {U"達成率達", "at_least"}, {U"目標達", "at_least"}};

struct Bound {
  const char* name = "exactly";
  std::size_t begin = 0;
  bool stated = false;
};

Bound bound_before(View s, std::size_t begin) {
  std::size_t end = begin;
  // 達約200人, 至少計5場
  const std::size_t filler = longest_word_before(s, end, {U"約", U"計", U"共", U"共計", U"新臺幣", U"到", U"新台幣", U"為"});
  for (const std::size_t step : {std::size_t{0}, filler}) {
    const std::size_t e = end - step;
    const std::size_t below = longest_word_before(s, e, below_before);
    const std::size_t most = longest_word_before(s, e, at_most_before);
    const std::size_t least = longest_word_before(s, e, at_least_before);
    const std::size_t longest = std::max({below, most, least});
    if (longest > 0) return {longest == below ? "below" : longest == most ? "at_most" : "at_least", e - longest, true};
  }
  const std::size_t exact = longest_word_before(s, begin, exact_before);
  return {"exactly", begin - exact, false};
}

bool is_stop(char32_t c) { return View{U"，；。：！？、()「」"}.find(c) != View::npos; }

std::optional<Bound> bound_far_before(View s, std::size_t begin) {
  constexpr std::size_t reach = 14;
  for (std::size_t at = begin; at > 0 && begin - at < reach;) {
    --at;
    if (is_stop(s[at]) || is_digit(s[at])) return std::nullopt;
    const FarWord* best = nullptr;
    for (const auto& far : far_words) {
      // The word must not be part of a longer one that says otherwise: 低於 in 不低於.
      if (starts_at(s, at, far.word) && (best == nullptr || far.word.size() > best->word.size())) best = &far;
    }
    if (best == nullptr) continue;
    if (at > 0 && (s[at - 1] == U'不' || s[at - 1] == U'得') && best->word.size() == 2) continue;
    return Bound{best->bound, at, true};
  }
  return std::nullopt;
}

std::optional<std::pair<const char*, std::size_t>> bound_after(View s, std::size_t end, bool time) {
  // 20個單位以上: a short noun may stand between.
  for (std::size_t gap = 0; gap <= 3; ++gap) {
    if (gap > 0 && (char_at(s, end + gap - 1) == 0 || is_stop(s[end + gap - 1]) || is_digit(s[end + gap - 1]))) break;
    const std::size_t at = end + gap;
    if (const auto length = longest_word_at(s, at, at_least_after); length > 0 && !(length == 1 && (gap > 0 || starts_at(s, at, U"起訖")))) {
      if (length == 1 && gap == 0 && !time) break;  // 10件起 hardly ever bounds
      return std::pair{"at_least", at + length};
    }
    if (const auto length = longest_word_at(s, at, at_most_after); length > 0) {
      if (length == 1 && (gap > 0 || !time)) continue;  // 5處內: a place, not a bound
      return std::pair{"at_most", at + length};
    }
    if (gap == 0 && starts_at(s, at, U"未滿")) return std::pair{"below", at + 2};
  }
  return std::nullopt;
}

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

// Verbs whose object is what comes into being; they make 5項 or 20家 a target.
constexpr View making_verbs[] = {U"新購", U"加開", U"出刊", U"刊行", U"印行", U"發行", U"發放", U"施打", U"接種", U"測試", U"監測", U"採樣", U"撫育", U"造林", U"巡演", U"演出", U"展演", U"開闢", U"增開", U"擴建", U"派發", U"贈送", U"印送", U"新增", U"增加", U"增設", U"完成", U"設置", U"設立", U"成立", U"建置", U"輔導", U"培訓", U"培育", U"辦理", U"舉辦", U"執行", U"推出", U"提出", U"提供", U"補助", U"訂定", U"修訂", U"修正", U"興建", U"新建", U"改善", U"整建", U"更新", U"汰換", U"購置",
    U"招募", U"遴選", U"評選", U"擇定", U"選出", U"表揚", U"獎勵", U"查核", U"抽查", U"稽查", U"檢查", U"抽測", U"抽驗", U"訪視", U"訪查", U"開發", U"開設", U"開辦", U"媒合", U"協助", U"拓展", U"擴充", U"擴增", U"佈建", U"布建", U"發表", U"出版", U"印製", U"製作", U"拍攝",
    U"申請", U"爭取", U"引進", U"簽訂", U"簽署", U"開放", U"取得", U"種植", U"栽植", U"達成", U"通過", U"認證", U"建立", U"擇選", U"選定", U"規劃", U"促成", U"服務", U"訓練", U"召開", U"彙編", U"研提", U"擴大", U"上架", U"招商", U"釋出", U"核定", U"核發", U"移轉", U"更換", U"裝設", U"增購", U"增置", U"抽檢", U"抽樣", U"稽核", U"清查", U"盤點", U"參訪", U"改建", U"廣邀", U"邀請", U"新闢", U"闢建", U"修繕", U"鋪設", U"拆除", U"取締", U"查獲", U"轉介", U"檢核", U"訪評", U"評鑑", U"審查", U"巡查", U"查訪", U"輔訪", U"視導", U"考核", U"評核", U"實地", U"走訪", U"拜訪", U"整修", U"檢修", U"採購", U"增聘", U"進用", U"錄取", U"發放", U"受理", U"處理", U"結合"};

bool brings_about(View s, std::size_t begin, bool over_comma = false) {
  constexpr std::size_t reach = 16;
  for (std::size_t at = begin; at > 0 && begin - at < reach;) {
    --at;
    if (is_stop(s[at]) && s[at] != U'、' && s[at] != U'」' && s[at] != U'「' && !(over_comma && s[at] == U'，')) break;
    if (longest_word_at(s, at, making_verbs) > 0) return true;
  }
  return false;
}

// Counters not in the lists are known by what follows: 15微克以下, 30根次.
std::size_t other_unit_at(View s, std::size_t at) {
  constexpr View never[] = {U"歲", U"年", U"樓", U"層", U"級", U"月", U"大", U"號", U"屆", U"日", U"時"};
  if (longest_word_at(s, at, never) > 0) return 0;
  if (is_han(char_at(s, at)) && char_at(s, at + 1) == U'次' && !is_han_figure(s[at])) return 2;
  // 新設12畦: after a verb that brings about, the one character that follows is a counter.
  constexpr View no_counters = U"都國縣市鄉鎮路街段弄巷線版代萬億月日時分點樓層以至及、-~之的是為週";
  if (is_digit(s[at - 1]) && is_han(char_at(s, at)) && no_counters.find(s[at]) == View::npos && longest_word_at(s, at + 1, {U"以上", U"以下"}) == 0 && brings_about(s, at)) return 1;
  constexpr std::size_t longest = 5;
  for (std::size_t length = 1; length <= longest; ++length) {
    const char32_t c = char_at(s, at + length - 1);
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
  out.time = !out.strong && time == best;
  out.money = !out.strong && !out.time && money == best;
  out.unit = out.money ? "元" : to_utf8(s.substr(p, best));
  const View rest = s.substr(out.end);
  // Words that only begin like a counter.
  constexpr View not_units[] = {U"級", U"大", U"樓", U"歲", U"號", U"屆", U"年", U"月"};
  if (longest_word_at(s, p, not_units) > best) return std::nullopt;
  const View unit = s.substr(p, best);
  const char32_t next = rest.empty() ? 0 : rest.front();
  if (unit == U"次" && next != 0 && View{U"污施加行長等性告微元方數序要級領月季年世"}.find(next) != View::npos) return std::nullopt;
  if ((unit == U"班" || unit == U"輪") && next == U'制') return std::nullopt;
  if (unit == U"人" && next != 0 && View{U"口工力事員民權文士才物體座"}.find(next) != View::npos) return std::nullopt;
  if ((unit == U"部" || unit == U"處" || unit == U"所" || unit == U"區" || unit == U"期") && number->han) return std::nullopt;
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

// What the sentence counts or lists that is there already, or a part of a name.
bool exists_already(View s, std::size_t begin) {
  constexpr View words[] = {U"計有", U"共有", U"現有", U"設有", U"轄有", U"既有", U"已有", U"目前", U"轄內", U"下轄", U"轄", U"原有", U"分為", U"分成", U"區分為", U"擁有", U"整合", U"結合", U"共計有", U"有"};
  return longest_word_before(s, begin, words) > 0;
}

// 每週供應一次: a rhythm in the same clause makes the count its own.
bool rhythm_before(View s, std::size_t begin) {
  constexpr std::size_t reach = 14;
  for (std::size_t at = begin; at > 0 && begin - at < reach;) {
    --at;
    if (is_stop(s[at])) return false;
    if (longest_word_at(s, at, {U"每年", U"每季", U"每月", U"每週", U"每半年", U"每學期", U"每星期", U"每個月", U"半年"}) > 0) return true;
  }
  return false;
}

// 圖書4萬冊，電子書2,000種: a short noun after a comma goes on with the verb before it.
bool follows_comma(View s, std::size_t begin) {
  constexpr std::size_t reach = 6;
  for (std::size_t at = begin; at > 0 && begin - at <= reach; --at) {
    if (s[at - 1] == U'，') return true;
  }
  return false;
}

bool is_place_unit(std::string_view unit) { return unit == "區" || unit == "里" || unit == "鄉鎮" || unit == "縣市" || unit == "村里" || unit == "鄰"; }

// 全縣橋梁312座: how many there are in the whole city, where no verb comes between.
bool counts_the_whole(View s, std::size_t begin) {
  constexpr View whole[] = {U"全縣", U"全市", U"本市", U"本縣", U"全區", U"本區", U"轄內", U"境內", U"全鄉", U"全鎮", U"轄區"};
  constexpr std::size_t reach = 12;
  for (std::size_t at = begin; at > 0 && begin - at < reach;) {
    --at;
    if (is_stop(s[at])) return false;
    if (longest_word_at(s, at, whole) > 0 && (at == 0 || is_stop(s[at - 1]))) return !brings_about(s, begin);
  }
  return false;
}

// 最低之3個機關, 前3個: a rank counts like 最後5名.
bool ranked(View s, std::size_t begin) { return longest_word_before(s, begin, {U"最低之", U"最高之", U"最差之", U"最佳之", U"最多之", U"最少之", U"最後", U"倒數", U"排名前", U"排名後", U"擇優前", U"前"}) > 0; }

bool tracked_object(View s, std::size_t begin, std::string_view unit) {
  constexpr View verbs[] = {U"追蹤", U"列管", U"管考", U"督導", U"檢討", U"考核", U"落實"};
  constexpr View cases[] = {U"針對", U"依據", U"包括", U"包含", U"依", U"就", U"對", U"於", U"因應", U"為", U"與", U"及"};
  const bool named = unit == "項" || unit == "種" || unit == "組";  // 追蹤15項政見 names them; 考核30個機關 counts
  return longest_word_before(s, begin, cases) > 0 || (named && longest_word_before(s, begin, verbs) > 0);
}

// 乙次, 乙場: how a careful hand writes 一.
bool is_formal_one(View s, std::size_t at) {
  return s[at] == U'乙' && longest_word_at(s, at + 1, {U"次", U"場", U"式", U"份", U"案", U"名", U"處", U"座", U"梯", U"件", U"套", U"批", U"冊", U"本", U"輛", U"則", U"期"}) > 0;
}

bool joined_before(View s, std::size_t at) {
  if (at == 0) return false;
  const char32_t c = s[at - 1];
  // 8-1-1, G20, 第15, 數十, 每10萬
  // 數十件, but 時數4小時 and 總數百分之二十
  const bool vague = (c == U'數' || c == U'幾') && is_han_figure(s[at]) && !starts_at(s, at, U"百分之");
  return is_digit(c) || is_han_figure(c) || c == U'.' || c == U'/' || c == U'第' || vague || c == U'每' || (c < 0x80 && ((c | 0x20) >= U'a' && (c | 0x20) <= U'z')) ||
         (c == U'-' && at > 1 && (is_digit(s[at - 2]) || s[at - 2] < 0x80));
}

}  // namespace

namespace {

std::optional<Signal> amount_at(const CompactText& text, std::size_t at) {
  const View s = text.text;
  const char32_t c = s[at];
  if (!is_digit(c) && !is_han_figure(c) && c != U'半' && !is_formal_one(s, at)) return std::nullopt;
  const bool range_end = at > 1 && (s[at - 1] == U'-') && (is_digit(s[at - 2]) || s[at - 2] == U'%');
  if (joined_before(s, at) && !range_end) return std::nullopt;
  auto read = ratio_at(s, at);
  if (!read) read = counted_at(s, at);
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

  // 由85%提升至92%: where it starts from is no target.
  if (longest_word_before(s, at, {U"由", U"從", U"自", U"原", U"原為"}) > 0) return std::nullopt;
  if (!bound.stated) {
    if (read->time || read->money) return std::nullopt;
    const char32_t next = char_at(s, end);
    if (ends_at(s, end, U"小時") || ends_at(s, end, U"分鐘") || ends_at(s, end, U"秒")) {
      // 24小時服務 describes; 訓練6小時 counts.
      if ((!brings_about(s, at) && !rhythm_before(s, at) && !ends_at(s, at, U"時數") && !ends_at(s, at, U"時數為") && longest_word_before(s, at, {U"每次", U"每場", U"每場次", U"每堂", U"每人"}) == 0) || next == U'不' || next == U'全' || next == U'監' || next == U'服' || next == U'之') return std::nullopt;
      if (read->value == 24 || ends_at(s, at, U"天")) return std::nullopt;
    }
    if (exists_already(s, at)) return std::nullopt;
    if (!read->ratio && (read->unit == "度" || read->unit == "點" || read->unit == "倍" || read->unit == "對" || read->unit == "口")) return std::nullopt;
    if (!read->ratio && !read->strong && !ranked(s, at) && (tracked_object(s, at, read->unit) || !(brings_about(s, at, follows_comma(s, at)) || (rhythm_before(s, at) && !is_place_unit(read->unit))))) return std::nullopt;
    if (!read->ratio && counts_the_whole(s, at)) return std::nullopt;
    // 列管者計48案 counts what there is; 辦理活動，計10場 counts what will be.
    if (!read->ratio && bound.begin < at && !ends_at(s, at, U"為") && !brings_about(s, at, true)) return std::nullopt;
    if (!read->ratio && read->han && read->value == 1) {
      // 一次, 一處 and the like are mostly "a"; they count after a verb or before a pause.
      if (ends_at(s, end, U"次") && next != 0 && !is_stop(next) && ((!rhythm_before(s, at) && longest_word_before(s, at, making_verbs) == 0) || View{U"辦到滿購繳領補完"}.find(next) != View::npos)) return std::nullopt;
      if (!ends_at(s, end, U"次") && !brings_about(s, at) && !ends_at(s, at, U"各")) return std::nullopt;
      if (ends_at(s, end, U"人") || ends_at(s, end, U"本") || ends_at(s, end, U"點") || ends_at(s, end, U"面") || ends_at(s, end, U"口")) return std::nullopt;
    }
    if (read->han && !read->ratio && !read->strong && next != 0 && View{U"式制化體條到同致起"}.find(next) != View::npos) return std::nullopt;
    if (read->han && !read->ratio && unit_text.size() == 2 && (ends_at(s, end, U"人") || ends_at(s, end, U"位")) && !brings_about(s, at)) return std::nullopt;
  } else if (read->time && std::string_view{bound.name} != "below" && after && starts_at(s, read->end, U"內")) {
    return std::nullopt;  // a limit the limit reader refused, such as 近5日內
  }
  if (!bound.stated && (ends_at(s, at, U"近") || ends_at(s, at, U"連續"))) return std::nullopt;
  // 本縣產值達156億元 tells what is.
  if (bound.stated && read->money && counts_the_whole(s, at)) return std::nullopt;

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
