#include "modules/planreader/words.hpp"

#include "modules/planreader/numerals.hpp"
#include "modules/planreader/signals.hpp"
#include "modules/planreader/source.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

constexpr View duty_verbs[] = {
    U"辦理", U"召開", U"舉辦", U"舉行", U"執行", U"提報", U"填報", U"陳報", U"呈報", U"函報", U"函送", U"彙整", U"彙編", U"編印", U"編製", U"編列", U"編定", U"檢討", U"追蹤", U"查核", U"稽催", U"抽查", U"稽查", U"督導", U"完成", U"公布", U"公告", U"公開", U"發布", U"發佈",
    U"提出", U"提送", U"提供", U"訂定", U"擬訂", U"擬定", U"研擬", U"研訂", U"修訂", U"修正", U"檢查", U"檢視", U"檢核", U"審查", U"審議", U"審核", U"評核", U"評鑑", U"評選", U"考核", U"考評", U"考成", U"訪視", U"訪查", U"視察", U"巡查", U"巡檢", U"巡視", U"巡迴", U"通報", U"回報",
    U"回復", U"回覆", U"函復", U"答復", U"結案", U"核定", U"核發", U"核撥", U"撥付", U"發放", U"補助", U"輔導", U"培訓", U"訓練", U"研習", U"宣導", U"推廣", U"推動", U"規劃", U"建置", U"建立", U"設置", U"新增", U"增設", U"興建", U"改善", U"汰換", U"更新", U"維護", U"養護", U"維修",
    U"修復", U"清查", U"盤點", U"統計", U"分析", U"調查", U"蒐集", U"擇選", U"遴選", U"選定", U"擇定", U"表揚", U"獎勵", U"管制", U"列管", U"管考", U"監控", U"監測", U"檢測", U"抽驗", U"抽測", U"稽核", U"演練", U"測試", U"掃描", U"備份", U"更換", U"清理", U"清淤", U"疏濬", U"消毒",
    U"簽辦", U"簽報", U"簽陳", U"報告", U"提案", U"填列", U"登錄", U"登載", U"上網", U"上傳", U"上架", U"刊登", U"出版", U"發行", U"製作", U"拍攝", U"安排", U"參加", U"參與", U"協調", U"會商", U"會報", U"研商", U"邀集", U"邀請", U"廣邀", U"啟用", U"完工", U"竣工", U"驗收", U"發包",
    U"決標", U"開工", U"動工", U"開放", U"開辦", U"開設", U"開課", U"開會", U"招募", U"招生", U"受理", U"報名", U"申報", U"報送", U"送請", U"送交", U"繳交", U"催繳", U"開單", U"徵收", U"稽徵", U"查處", U"查察", U"取締", U"裁處", U"處理", U"處置", U"複查", U"複檢", U"評估", U"追管", U"管控",
    U"督考", U"關懷", U"問安", U"慰問", U"篩檢", U"接種", U"施打", U"服務", U"媒合", U"轉介", U"頒發", U"頒獎", U"爭取", U"申請", U"研提", U"函請", U"通知", U"轉知", U"彙報", U"填寫", U"實施", U"進行", U"落實", U"加強", U"強化", U"控管", U"查驗", U"驗證", U"換發", U"換證", U"派員", U"普查", U"複評",
    U"初評", U"決選", U"甄選", U"拜訪", U"參訪", U"提升", U"降低", U"達成", U"達到", U"維持", U"結算", U"決算", U"核銷", U"對帳", U"盤查", U"清點", U"補植", U"修剪", U"種植", U"投保", U"招標", U"招商", U"發表", U"展出", U"展演", U"演出", U"放映", U"配送", U"回收", U"清運", U"定檢", U"保養", U"校正", U"座談", U"會勘", U"勘查", U"履勘", U"現勘",
    U"到位", U"交付", U"結訓", U"開訓", U"會議", U"討論", U"檢修", U"排定", U"陪訪", U"訪問", U"訪談", U"檢驗", U"採樣", U"抽檢", U"化驗", U"推出", U"發送", U"寄送", U"寄發", U"鋪設", U"開闢", U"闢建", U"修繕", U"整修", U"整建", U"輪訓", U"複訓", U"初訓", U"受訓", U"調訓", U"聯繫", U"聯合", U"提交", U"擬具", U"提列", U"改選", U"遴聘", U"聘任", U"改聘", U"清償", U"調閱", U"複核", U"覆核", U"初審", U"初核", U"初復", U"複審", U"陳核", U"陳報", U"查證", U"查調", U"定稿", U"付印", U"印製", U"派發", U"列為", U"列入", U"列黃燈", U"列紅燈", U"移送", U"移請", U"抽訪", U"修補", U"搶修", U"搶通", U"排除", U"到場", U"抵達", U"到達", U"出動", U"錄取", U"徵選", U"徵求", U"核處", U"盤查", U"抄送", U"副知", U"分送", U"補正", U"補辦", U"補訓", U"輪調", U"籌編", U"編造", U"籌組", U"籌辦", U"撰擬", U"撰寫", U"彙送", U"填送", U"查填", U"查報", U"勘驗", U"測量", U"測驗", U"評分", U"評比", U"公證", U"抽籤", U"招攬", U"改版", U"改建", U"修訂", U"布達", U"滾動修正", U"辦竣", U"截止", U"頒訂", U"訂頒", U"印發", U"核備", U"備查", U"調整"};

constexpr View completing_verbs[] = {U"完成", U"召開", U"舉辦", U"舉行", U"辦理", U"公布", U"公告", U"啟用", U"完工", U"竣工", U"驗收", U"發包", U"決標", U"開工", U"動工", U"設置", U"建置", U"成立", U"訂定", U"新增", U"增設", U"汰換", U"發行", U"出版", U"推出", U"開放", U"上線", U"通車", U"營運", U"開幕", U"核定", U"提出", U"簽辦", U"實施", U"執行"};

constexpr View history_words[] = {U"創下", U"創新高", U"前已", U"前於", U"甫於", U"曾於", U"曾", U"去年", U"前年", U"歷年", U"以往", U"過去", U"迄今", U"截至", U"榮獲", U"獲頒", U"榮膺", U"自成立", U"成立以來", U"向來", U"經統計", U"原定", U"原訂", U"獲得", U"蟬聯"};

constexpr View state_words[] = {U"計有", U"共有", U"現有", U"現行", U"現由", U"現為", U"全長", U"總面積", U"設有", U"轄有", U"下轄", U"目前有", U"位居", U"占全", U"佔全", U"位於", U"地處", U"人口數", U"人口達", U"人口約", U"人口比", U"人口占", U"占比達", U"占比為", U"占比約", U"占比已", U"職司", U"掌理", U"編制", U"設籍", U"得申請", U"得向", U"累計建置", U"累計完成", U"累計辦理", U"累計輔導", U"累計受理", U"累計核發", U"累計服務"};

constexpr View doubtful_words[] = {U"不定期", U"定期", U"適時", U"即時", U"隨時", U"經常性", U"逐年", U"依限", U"限期", U"如期", U"按期", U"每日", U"每天", U"平時", U"例行", U"持續", U"賡續", U"分年", U"屆時", U"近期", U"儘速", U"滾動"};

template <std::size_t N>
bool any_of_words(View text, const View (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words), [&](View w) { return contains(text, w); });
}

constexpr View future_words[] = {U"將", U"預計", U"預定", U"擬", U"應", U"須", U"需於", U"規劃於", U"並於", U"賡續"};

// 已逾期, 已列管案件: 已 inside a description of what the duty is about.
bool already_describes(View clause, std::size_t at) {
  constexpr View states[] = {U"已逾", U"已屆", U"已列管", U"已到期", U"已屆滿"};
  if (longest_word_at(clause, at, states) > 0) return true;
  // 抽查已結案件: the object of a duty.
  constexpr View before[] = {U"抽查", U"抽檢", U"抽驗", U"檢視", U"檢核", U"追蹤", U"清查", U"盤點", U"查核", U"複查", U"檢討", U"公開", U"公布", U"針對", U"就", U"對", U"稽催", U"列管", U"考核", U"抽測", U"維護"};
  if (longest_word_before(clause, at, before) > 0) return true;
  constexpr std::size_t reach = 9;
  for (std::size_t i = at + 1; i < clause.size() && i - at < reach; ++i) {
    if (clause[i] == U'之' || clause[i] == U'的' || (clause[i] == U'者' && View{U"業學患記讀長"}.find(clause[i - 1]) == View::npos) || clause[i] == U'後') return true;
  }
  return false;
}

bool is_actor_end(View name) {
  constexpr View tails[] = {U"機關", U"單位", U"局處", U"局", U"處", U"會", U"所", U"中心", U"公所", U"科", U"組", U"小組", U"室", U"隊", U"大隊", U"分隊", U"秘書長", U"市長", U"縣長", U"局長", U"處長", U"區長", U"鄉長", U"鎮長", U"里長", U"主任", U"主任秘書", U"主任委員", U"召集人", U"首長", U"人員", U"委員", U"廠商", U"業者", U"同仁", U"學校", U"公會",
                            U"團體", U"院", U"府", U"館", U"站", U"課", U"幹事", U"校", U"公司", U"大學", U"協會", U"基金會", U"部", U"署", U"各里", U"鄰長", U"員", U"師", U"法人", U"各區", U"各校", U"司令部", U"庫", U"農會", U"科室", U"各科", U"各課室", U"課室"};
  return longest_word_before(name, name.size(), tails) > 0;
}

bool begins_with_verb(View text) {
  return std::any_of(std::begin(duty_verbs), std::end(duty_verbs), [&](View v) { return text.starts_with(v) && !is_actor_end(text.substr(0, std::min<std::size_t>(text.size(), v.size() + 2))); });
}

bool stops_name(View text, std::size_t at) {
  constexpr View stops[] = {U"每", U"於", U"按", U"逐", U"依", U"就", U"針對", U"應", U"將", U"辦理", U"召開", U"提", U"負責", U"先", U"自行", U"定期", U"不定期", U"邀集", U"完成", U"填報", U"彙整", U"主動", U"執行", U"進行", U"統籌", U"協助", U"派員", U"率", U"親自", U"至", U"以", U"在", U"共同", U"動員", U"擔任", U"主持", U"查", U"報告", U"，", U"；", U"。", U"：", U"(", U"「"};
  return longest_word_at(text, at, stops) > 0;
}

void add(std::vector<Actor>& out, View text, std::size_t begin, std::size_t end) {
  while (begin < end && longest_word_at(text, begin, {U"並", U"另", U"及", U"再", U"均", U"由", U"請", U"且", U"其", U"、"}) > 0) ++begin;
  while (end > begin && longest_word_before(text, end, {U"並", U"應", U"將", U"則", U"均", U"於", U"亦", U"皆", U"每", U"先", U"、"}) > 0) --end;
  const View name = text.substr(begin, end - begin);
  constexpr std::size_t longest_name = 18;
  if (name.size() < 2 || name.size() > longest_name || !is_actor_end(name)) return;
  if (std::any_of(out.begin(), out.end(), [&](const Actor& a) { return a.name == name; })) return;
  out.push_back({std::u32string{name}, begin, end});
}

}  // namespace

bool has_duty_verb(View clause) { return any_of_words(clause, duty_verbs); }
bool has_firm_verb(View clause) {
  constexpr View soft[] = {U"服務", U"開放", U"受理", U"維護", U"維持", U"加強", U"強化", U"落實", U"推動", U"提升", U"提供", U"進行", U"處理", U"收費", U"參加", U"參與", U"報名"};
  return std::any_of(std::begin(duty_verbs), std::end(duty_verbs), [&](View v) { return std::find(std::begin(soft), std::end(soft), v) == std::end(soft) && contains(clause, v); });
}
bool has_completing_verb(View clause) { return any_of_words(clause, completing_verbs); }
bool describes_state(View clause) { return any_of_words(clause, state_words) || (contains(clause, U"面積") && contains(clause, U"平方公里")); }
bool is_condition(View said) {
  if (said.ends_with(U"者")) {
    constexpr View people[] = {U"長者", U"業者", U"患者", U"學者", U"使用者", U"照顧者", U"參與者", U"消費者", U"駕駛者", U"記者", U"讀者", U"經營者", U"勞動者", U"照護者", U"受照顧者", U"障礙者"};
    return longest_word_before(said, said.size(), people) == 0 && said.find_first_of(U"未逾達不如若經凡有滿足") != View::npos;
  }
  return longest_word_before(said, said.size(), {U"時", U"後", U"之案件", U"前", U"起"}) > 0;
}
// 每月平均來電約9萬通 is what happens anyway.
bool tells_usual(View said) {
  constexpr View hours[] = {U"開放時間", U"服務時間", U"營業時間", U"收費時間", U"開館時間", U"休館", U"上班時間", U"營運時間"};
  if (any_of_words(said, hours)) return true;
  return contains(said, U"平均") && contains(said, U"約") && !contains(said, U"應") && !contains(said, U"目標") && !contains(said, U"約定") && !contains(said, U"節約") && !contains(said, U"約聘");
}
// 均得於每年申請1次: what others may do.
bool permits(View said) {
  for (const View word : {View{U"得於"}, View{U"得申請"}, View{U"得向"}, View{U"均得"}}) {
    const auto at = said.find(word);
    if (at != View::npos && (at == 0 || View{U"不取獲求值難覺懂"}.find(said[at - 1]) == View::npos)) return true;
  }
  return false;
}
bool has_doubtful_time(View text) { return any_of_words(text, doubtful_words); }

bool tells_history(View clause) {
  // 平均每件縮短為3天 aims at something.
  constexpr View aims[] = {U"縮短", U"降至", U"降低", U"提升", U"提高", U"控制", U"目標", U"以上", U"以下", U"以內", U"至少", U"不低於", U"不少於", U"不超過", U"應"};
  const auto average = clause.find(U"平均每");
  bool past = any_of_words(clause, history_words) || (average != View::npos && !any_of_words(clause, aims));
  // 近3年平均2萬件
  for (auto at = clause.find(U'近'); !past && at != View::npos; at = clause.find(U'近', at + 1)) {
    const auto number = numeral_at(clause, at + 1);
    past = number && starts_at(clause, number->end, U"年");
  }
  // 業於 is "already"; 作業於 is the work and a preposition.
  for (const View word : {View{U"業已"}, View{U"業於"}, View{U"業經"}}) {
    const auto at = clause.find(word);
    if (at != View::npos && (at == 0 || View{U"作企產就商行事專農工漁林礦職營"}.find(clause[at - 1]) == View::npos)) past = true;
  }
  for (std::size_t at = clause.find(U'已'); !past && at != View::npos; at = clause.find(U'已', at + 1)) past = !already_describes(clause, at);
  return past && !any_of_words(clause, future_words);
}

std::vector<Actor> actors_in(View text, std::size_t begin, std::size_t end, std::size_t anchor) {
  std::vector<Actor> out;
  for (std::size_t at = begin; at < end; ++at) {
    constexpr View leads[] = {U"由", U"責成", U"請", U"函請", U"督請"};
    const auto length = longest_word_at(text, at, leads);
    if (length == 0 || starts_at(text, at, U"由於") || (at > begin && (text[at - 1] == U'藉' || text[at - 1] == U'經' || text[at - 1] == U'事' || text[at - 1] == U'自' || text[at - 1] == U'申' || text[at - 1] == U'理' || text[at - 1] == U'聘'))) continue;
    std::size_t stop = at + length;
    constexpr std::size_t reach = 24;
    while (stop < end && stop < at + length + reach && !stops_name(text, stop) && !(is_actor_end(text.substr(at + length, stop - at - length)) && begins_with_verb(text.substr(stop)))) ++stop;
    // The longest beginning that ends like an office: 由本會會同各機關研商 names 本會會同各機關 at most.
    for (std::size_t tail = stop; tail > at + length + 1; --tail) {
      if (is_actor_end(text.substr(at + length, tail - at - length))) {
        add(out, text, at + length, tail);
        break;
      }
    }
  }
  if (out.empty() && anchor > begin && anchor <= end) {
    std::size_t from = begin;
    while (from < anchor && longest_word_at(text, from, {U"並", U"另", U"及", U"且", U"請", U"由", U"再", U"應"}) > 0) ++from;
    add(out, text, from, anchor);
  }
  return out;
}

}  // namespace mandate::plan_reader
