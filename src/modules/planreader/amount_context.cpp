#include "modules/planreader/amount_context.hpp"

#include "modules/planreader/numerals.hpp"
#include "modules/planreader/words.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

constexpr View at_least_before[] = {U"不低於", U"不得低於", U"不少於", U"不得少於", U"不得小於", U"不小於", U"不可低於", U"應高於", U"高於", U"大於", U"多於", U"超過", U"逾", U"突破", U"達", U"達到", U"達成", U"達致", U"至少", U"至少達", U"最少", U"起碼", U"提升至",
                                    U"提升到", U"提高至", U"提高到", U"拉高至", U"調升至", U"提高為", U"提升為", U"增加為", U"增為", U"擴增為", U"增加至", U"增加到", U"增至", U"擴大至", U"擴增至", U"成長至", U"上升至", U"≥", U">", U">=", U"不亞於", U"維持在", U"保持在", U"不下於", U"達標值", U"提昇至", U"擴充至", U"累計達", U"維持", U"須滿", U"需滿", U"應滿", U"達滿", U"時數滿"};
constexpr View at_most_before[] = {U"不超過", U"不得超過", U"不逾", U"不得逾", U"未逾", U"不高於", U"不得高於", U"不大於", U"最多", U"至多", U"上限", U"上限為", U"降至", U"降為", U"減為", U"減少為", U"降低為", U"降低至", U"降低到", U"降到", U"減至", U"減少至", U"縮短至", U"縮短為", U"縮減至", U"控制在", U"壓低至", U"≤", U"<=", U"以不超過", U"不可超過", U"未超過", U"下降至", U"控制於", U"最高"};
constexpr View below_before[] = {U"未達", U"未滿", U"低於", U"不足", U"不到", U"小於", U"少於", U"未及", U"<", U"不滿", U"未達到"};
constexpr View exact_before[] = {U"計", U"累計", U"共", U"共計", U"約", U"合計", U"總計", U"為"};

constexpr View at_least_after[] = {U"以上", U"(含)以上", U"含以上", U"及以上", U"或以上", U"之多", U"(以上)", U"起", U"以上者"};
constexpr View at_most_after[] = {U"以下", U"以內", U"(含)以下", U"(含)以內", U"為限", U"為上限", U"內", U"及以下", U"之內"};

// Words that govern a number some way off: 至少辦理10場次, 達到本府執行件數之10%.
struct FarWord {
  View word;
  const char* bound;
};
constexpr FarWord far_words[] = {{U"至少", "at_least"}, {U"最少", "at_least"}, {U"達到", "at_least"}, {U"應達", "at_least"}, {U"須達", "at_least"}, {U"需達", "at_least"}, {U"將達", "at_least"}, {U"不得低於", "at_least"}, {U"不低於", "at_least"}, {U"不少於", "at_least"}, {U"不得少於", "at_least"}, {U"未達", "below"}, {U"低於", "below"},
                                 {U"最多", "at_most"},  {U"至多", "at_most"},  {U"不得超過", "at_most"}, {U"不超過", "at_most"}, {U"超過", "at_least"}, {U"達成率達", "at_least"}, {U"目標達", "at_least"}};

// Verbs whose object is what comes into being; they make 5項 or 20家 a target.
constexpr View making_verbs[] = {U"新購", U"加開", U"出刊", U"刊行", U"印行", U"發行", U"發放", U"施打", U"接種", U"測試", U"監測", U"採樣", U"撫育", U"造林", U"巡演", U"演出", U"展演", U"開闢", U"增開", U"擴建", U"派發", U"贈送", U"印送", U"新增", U"增加", U"增設", U"完成", U"設置", U"設立", U"成立", U"建置", U"輔導", U"培訓", U"培育", U"辦理", U"舉辦", U"執行", U"推出", U"提出", U"提供", U"補助", U"訂定", U"修訂", U"修正", U"興建", U"新建", U"改善", U"整建", U"更新", U"汰換", U"購置",
    U"招募", U"遴選", U"評選", U"擇定", U"選出", U"表揚", U"獎勵", U"查核", U"抽查", U"稽查", U"檢查", U"抽測", U"抽驗", U"訪視", U"訪查", U"開發", U"開設", U"開辦", U"媒合", U"協助", U"拓展", U"擴充", U"擴增", U"佈建", U"布建", U"發表", U"出版", U"印製", U"製作", U"拍攝",
    U"申請", U"提報", U"爭取", U"引進", U"簽訂", U"簽署", U"開放", U"取得", U"種植", U"栽植", U"達成", U"通過", U"認證", U"建立", U"擇選", U"選定", U"規劃", U"促成", U"服務", U"訓練", U"召開", U"彙編", U"研提", U"擴大", U"上架", U"招商", U"釋出", U"核定", U"核發", U"移轉", U"更換", U"裝設", U"增購", U"增置", U"抽檢", U"抽樣", U"稽核", U"清查", U"盤點", U"參訪", U"改建", U"廣邀", U"邀請", U"新闢", U"闢建", U"修繕", U"鋪設", U"拆除", U"取締", U"查獲", U"轉介", U"檢核", U"訪評", U"評鑑", U"審查", U"巡查", U"查訪", U"輔訪", U"視導", U"考核", U"評核", U"實地", U"走訪", U"拜訪", U"整修", U"檢修", U"採購", U"增聘", U"進用", U"錄取", U"發放", U"受理", U"處理", U"結合"};

}  // namespace

bool is_stop(char32_t c) { return View{U"，；。：！？、()「」"}.find(c) != View::npos; }

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
  // 提升滿意度至90%, 降低逾期率為2%: the verb stands before what it moves.
  if (begin > 0 && (s[begin - 1] == U'至' || s[begin - 1] == U'到' || s[begin - 1] == U'為')) {
    constexpr std::size_t reach = 14;
    for (std::size_t at = begin - 1; at > 0 && begin - at < reach && !is_stop(s[at - 1]) && !is_digit(s[at - 1]);) {
      --at;
      if (longest_word_at(s, at, {U"提升", U"提高", U"增加", U"擴大", U"擴增", U"增進", U"提昇"}) > 0) return {"at_least", begin - 1, true};
      if (longest_word_at(s, at, {U"降低", U"減少", U"縮短", U"下降", U"縮減", U"壓低"}) > 0) return {"at_most", begin - 1, true};
    }
  }
  const std::size_t exact = longest_word_before(s, begin, exact_before);
  return {"exactly", begin - exact, false};
}

std::optional<Bound> bound_far_before(View s, std::size_t begin) {
  constexpr std::size_t reach = 18;
  for (std::size_t at = begin; at > 0 && begin - at < reach;) {
    --at;
    if (is_stop(s[at]) || is_digit(s[at])) return std::nullopt;
    const FarWord* best = nullptr;
    for (const auto& far : far_words) {
      // The word must not be part of a longer one that says otherwise: 低於 in 不低於.
      if (starts_at(s, at, far.word) && (best == nullptr || far.word.size() > best->word.size())) best = &far;
    }
    if (best == nullptr) continue;
    // 未達查核金額10件: the word bounds a sum that is named, not the count.
    if (longest_word_at(s, at + best->word.size(), {U"公告金額", U"查核金額", U"巨額", U"小額", U"一定金額", U"門檻"}) > 0 && std::string_view{best->bound} == "below") return std::nullopt;
    // 未達標準者扣減5%: the word bounds what stands before 者.
    if (s.substr(at, begin - at).find(U'者') != View::npos) return std::nullopt;
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

bool brings_about(View s, std::size_t begin, bool over_comma) {
  constexpr std::size_t reach = 16;
  for (std::size_t at = begin; at > 0 && begin - at < reach;) {
    --at;
    if (is_stop(s[at]) && s[at] != U'、' && s[at] != U'」' && s[at] != U'「' && !(over_comma && s[at] == U'，')) break;
    if (longest_word_at(s, at, making_verbs) > 0) return true;
  }
  return false;
}

bool follows_duty_verb(View s, std::size_t begin) {
  constexpr std::size_t reach = 14;
  std::size_t from = begin;
  while (from > 0 && begin - from < reach && !is_stop(s[from - 1])) --from;
  return has_duty_verb(s.substr(from, begin - from));
}

bool follows_making_verb(View s, std::size_t begin) { return longest_word_before(s, begin, making_verbs) > 0; }

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
  if (View{U"×÷*=+"}.find(c) != View::npos) return true;  // ×100%: how a rate is reckoned
  return is_digit(c) || is_han_figure(c) || c == U'.' || c == U'/' || c == U'第' || vague || c == U'每' || ends_at(s, at, U"每逾") || ends_at(s, at, U"每滿") || (c < 0x80 && ((c | 0x20) >= U'a' && (c | 0x20) <= U'z')) ||
         (c == U'-' && at > 1 && (is_digit(s[at - 2]) || s[at - 2] < 0x80));
}

}  // namespace mandate::plan_reader
