// Limits: 7日內, 3個工作日內, 1個月內, 會議7日前, 限3日.
#include "modules/planreader/numerals.hpp"
#include "modules/planreader/signals.hpp"
#include "modules/planreader/source.hpp"

namespace mandate::plan_reader {

using View = std::u32string_view;

namespace {

// 一般案件6個工作日、複雜案件12個工作日內: one 內 for both.
bool shares_bound(View s, std::size_t end, View unit) {
  constexpr std::size_t reach = 10;
  constexpr int longest_list = 4;
  for (int step = 0; step < longest_list; ++step) {
    if (char_at(s, end) != U'、' && char_at(s, end) != U'及') return false;
    std::optional<Numeral> number;
    for (std::size_t p = end + 1; p < s.size() && p - end <= reach && !number; ++p) {
      if (View{U"，；。：！？、"}.find(s[p]) != View::npos) return false;
      if (s[p - 1] != U'第') number = numeral_at(s, p);  // 第二類案件7日
    }
    if (!number || !starts_at(s, number->end, unit)) return false;
    end = number->end + unit.size();
    if (longest_word_at(s, end, {U"內", U"以內", U"之內"}) > 0) return true;
  }
  return false;
}

}  // namespace

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
  // 公告前14日: any event will do, but not 6月底前, 以前, 目前.
  const bool event = at >= 3 && s[at - 1] == U'前' && is_han(s[at - 2]) && View{U"以之日月年目底先午季末初旬週度者屆"}.find(s[at - 2]) == View::npos &&
                     longest_word_before(s, at - 1, {U"檢討", U"公布", U"統計", U"彙整", U"分析", U"比較", U"彙編", U"提報", U"追蹤", U"函送", U"填報"}) == 0;
  bool counts_back = longest_word_before(s, at, before_events) > 0;
  constexpr View past[] = {U"近", U"最近", U"過去", U"未來", U"前", U"這", U"第", U"上", U"每"};
  if (!counts_back && !event && longest_word_before(s, at, past) > 0 && !ends_at(s, at, U"以前") && !ends_at(s, at, U"之前")) return std::nullopt;
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
  // 檢討前2個月: months and seasons before something are those gone by.
  counts_back = counts_back || (event && unit->factor <= 7 && std::string_view{unit->unit} != "month" && std::string_view{unit->unit} != "hour");
  if (event && !counts_back) return std::nullopt;
  if (counts_back && View{unit->word} == U"年") return std::nullopt;  // 辦理前一年度考核
  const std::size_t unit_end = p + unit->word.size();
  constexpr View ends[] = {U"內", U"以內", U"之內", U"期限內", U"(含)內", U"(含)以內", U"期間內"};
  std::size_t length = longest_word_at(s, unit_end, ends);
  constexpr View terms[] = {U"期限為", U"時限為", U"期限", U"時限", U"限", U"限期"};
  if (length == 0) {
    // 會議7日前 counts back from an event; the date reader has had its chance with 每月7日前.
    constexpr View events[] = {U"會議", U"會前", U"開會", U"召開", U"活動", U"舉辦", U"施工", U"開工", U"屆滿", U"期滿", U"到期", U"會議日"};
    const bool before_event = (starts_at(s, unit_end, U"前") || starts_at(s, unit_end, U"以前")) && longest_word_before(s, at, events) > 0;
    const bool as_term = longest_word_before(s, at, terms) > 0 && !starts_at(s, unit_end, U"前");
    if (!before_event && !as_term && !counts_back && !shares_bound(s, unit_end, unit->word)) return std::nullopt;
    length = before_event ? longest_word_at(s, unit_end, {U"前", U"以前"}) : 0;
  }
  // 平均處理天數2日以內。 is a measure and not a term.
  const char32_t next = char_at(s, unit_end + length);
  const bool closes = next == 0 || View{U"，；。、)"}.find(next) != View::npos;
  constexpr std::size_t near = 6;
  const View lead = s.substr(at > near ? at - near : 0, std::min(at, near));
  const auto average = lead.rfind(U"平均");
  const bool averaged = average != View::npos && lead.find_first_of(U"，；。、", average) == View::npos;
  if (closes && averaged && std::string_view{unit->unit} != "hour") return std::nullopt;
  if (closes && std::string_view{unit->unit} != "hour" && longest_word_before(s, at, {U"平均", U"天數", U"日數", U"時間", U"時效", U"縮短至", U"縮短為", U"降至", U"降為", U"減至", U"控制在", U"控制於", U"維持", U"維持在", U"平均為", U"天數為", U"日數為"}) > 0) return std::nullopt;
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
