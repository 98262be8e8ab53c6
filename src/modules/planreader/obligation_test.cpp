// One clause a row: the obligations it yields, written "every [months] day within amounts", one after another.
#include "kernel/text.hpp"
#include "modules/planreader/numerals.hpp"
#include "modules/planreader/obligations.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::plan_reader;

namespace {

std::string number(double value) {
  auto text = fmt::format("{}", value);
  return text;
}

std::string written(const Obligation& o) {
  std::string out = o.every.value_or("-");
  for (std::size_t i = 0; i < o.months.size(); ++i) out += (i == 0 ? " " : ",") + std::to_string(o.months[i]);
  if (o.months.empty()) out += " -";
  out += o.day ? (o.day->number == 0 ? " last" : " " + std::to_string(o.day->number)) : " -";
  if (o.within) out += fmt::format(" in {} {}", o.within->count, o.within->unit);
  for (const auto& a : o.amounts) out += fmt::format(" {} {}{}", a.bound, number(a.value), a.unit);
  return out;
}

std::string read(std::string_view text, Part part = Part::work_plan) {
  const auto sentence = read_sentence(to_utf32(text), part, 112);
  std::string out;
  for (const auto& o : sentence.obligations) out += (out.empty() ? "" : " | ") + written(o);
  return out;
}

struct Row {
  const char* text;
  const char* expected;
};

void check(std::initializer_list<Row> rows) {
  for (const auto& row : rows) {
    const std::string text = row.text;
    const std::string expected = row.expected;
    CAPTURE(text);
    CHECK(read(text) == expected);
  }
}

}  // namespace

TEST_CASE("rhythms") {
  check({{"每年辦理評選作業。", "year - -"},
         {"每年度辦理評選作業。", "year - -"},
         {"每半年召開檢討會議。", "half_year - -"},
         {"半年一次召開檢討會議。", "half_year - -"},
         {"每學期辦理安全講習。", "half_year - -"},
         {"每季召開委員會議。", "quarter - -"},
         {"按季檢討追蹤辦理情形。", "quarter - -"},
         {"逐季提報執行進度。", "quarter - -"},
         {"每3個月提報執行進度。", "quarter - -"},
         {"每三個月提報執行進度。", "quarter - -"},
         {"每2個月召開工作小組會議。", "two_months - -"},
         {"每兩個月召開工作小組會議。", "two_months - -"},
         {"每二個月召開工作小組會議。", "two_months - -"},
         {"於雙月召開工作小組會議。", "two_months - -"},
         {"每隔月召開工作小組會議。", "two_months - -"},
         {"每月召開會報。", "month - -"},
         {"每個月召開會報。", "month - -"},
         {"按月填報執行情形。", "month - -"},
         {"逐月填報執行情形。", "month - -"},
         {"月月辦理主題活動。", "month - -"},
         {"每週召開工作會議。", "week - -"},
         {"每周召開工作會議。", "week - -"},
         {"每星期召開工作會議。", "week - -"},
         {"每週三辦理法律諮詢。", "week - -"},
         {"每６個月辦理檢測。", "half_year - -"},
         {"每12個月辦理校正。", "year - -"},
         {"會議每季一次，由主任委員召集。", "quarter - -"},
         {"每年2次辦理演練。", "year - - exactly 2次"},
         {"一年兩次辦理演練。", "year - - exactly 2次"},
         {"每季辦理演練1次。", "quarter - - exactly 1次"},
         {"每季至少辦理演練1次。", "quarter - - at_least 1次"},
         {"每月及每季提報統計資料。", "month - - | quarter - -"},
         {"召開會報（每月1次）檢討進度。", "month - -"},
         {"自112年起按季檢討各項行動計畫。", "quarter - -"},
         {"本年度每季召開委員會議。", "quarter - -"}});
}

TEST_CASE("named dates") {
  check({{"規劃於112年1月及7月辦理青諮會大會。", "year 1,7 -"},
         {"每年1月及7月召開大會。", "year 1,7 -"},
         {"於3、6、9、12月辦理稽核。", "year 3,6,9,12 -"},
         {"每季（3、6、9、12月）辦理稽核。", "quarter 3,6,9,12 -"},
         {"每年於1月底前召開選案審查會議。", "year 1 last"},
         {"3月底前完成系統資料建置。", "year 3 last"},
         {"三月底前完成系統資料建置。", "year 3 last"},
         {"於十二月三十一日前完成。", "year 12 31"},
         {"112年12月31日前完成驗收。", "year 12 31"},
         {"民國112年6月30日以前完成發包。", "year 6 30"},
         {"１２月１５日前提報成果。", "year 12 15"},
         {"112 年 6 月底前完成發包。", "year 6 last"},
         {"於6月底及12月底前提報成果。", "year 6,12 last"},
         {"1月15日及7月15日前提報成果。", "year 1,7 15"},
         {"3月10日及6月20日召開審查會。", "year 3 10 | year 6 20"},
         {"每月7日前稽催各機關完成填報作業。", "month - 7"},
         {"每月月底前完成核銷。", "month - last"},
         {"每月底前完成核銷。", "month - last"},
         {"每月五日前提報統計表。", "month - 5"},
         {"每月5日及20日召開會議。", "month - 5 | month - 20"},
         {"各機關每月填報執行情形，於次月10日前送本會彙整。", "month - 10"},
         {"每季結束後，於次月15日前提報季報。", "quarter - 15"},
         {"每季末召開檢討會議。", "quarter - last"},
         {"年底前完成建置。", "year - last"},
         {"112年底完成建置。", "year - last"},
         {"上半年完成規劃，下半年辦理招標。", "year - - | year - -"},
         {"第1季完成先期規劃。", "year - -"},
         {"第三季底前完成內部稽核。", "year - last"},
         {"9月份辦理成果展。", "year 9 -"},
         {"6月至8月辦理暑期活動。", "year 6,7,8 -"},
         {"5月1日至5月31日辦理申報。", "year 5 31"},
         {"每年3月至10月每月辦理病媒蚊調查。", "month 3,4,5,6,7,8,9,10 -"},
         {"本年度將加強查核工程，查核件數將達到本府執行件數之10%，達到200件以上。", "year - - at_least 10% at_least 200件"},
         {"辦理年度公文績效考核。", "year - -"},
         {"112年完成系統改版並啟用。", "year - -"},
         {"每年3月、6月、9月及12月底前公布統計資料。", "year 3,6,9,12 last"},
         {"每年7月及次年1月公布達成情形。", "year 1,7 -"},
         {"每年元月底前完成考核。", "year 1 last"},
         {"112/06/30前完成招標。", "year 6 30"},
         {"112.9.30前完成驗收。", "year 9 30"},
         {"於今(112)年6月底前完成建置。", "year 6 last"},
         {"預計於Q3完成系統上線。", "year - -"},
         {"每月10日、20日及月底提報進度。", "month - 10 | month - 20 | month - last"},
         {"每月5日前統計前1月處理時效。", "month - 5"},
         {"7月底前提出期中報告，11月底前提出期末報告。", "year 7 last | year 11 last"}});
}

TEST_CASE("limits") {
  check({{"於收文後7日內函復。", "- - - in 7 day"},
         {"應於3個工作日內回復陳情人。", "- - - in 3 working_day"},
         {"於3個工作天內完成初復。", "- - - in 3 working_day"},
         {"於三個工作日內完成初復。", "- - - in 3 working_day"},
         {"自受理之日起1個月內完成審查。", "- - - in 1 month"},
         {"應於二週內提出改善計畫。", "- - - in 14 day"},
         {"於48小時內完成搶修。", "- - - in 2 day"},
         {"於30日以內完成改善。", "- - - in 30 day"},
         {"半年內完成改善。", "- - - in 6 month"},
         {"2小時內派員到場處理。", "- - - at_most 2小時"},
         {"每季結束後15日內提報執行情形。", "quarter - - in 15 day"},
         {"每月召開會報，並於會後3日內函送會議紀錄。", "month - - | - - - in 3 day"},
         {"應於活動前30日提出申請。", "- - - in 30 day"},
         {"一般案件於14日內、速件於3日內辦結。", "- - - in 14 day | - - - in 3 day"},
         {"處理時間不超過3日。", "- - - at_most 3日"},
         {"近5年內發生火災多起。", ""}});
}

TEST_CASE("amounts") {
  check({{"全年查核200件以上。", "year - - at_least 200件"},
         {"查核比率達10%。", "- - - at_least 10%"},
         {"執行率應達９０％以上。", "- - - at_least 90%"},
         {"請整體執行績效未達9成之機關報告辦理情形。", "- - - below 90%"},
         {"滿意度達九成五以上。", "- - - at_least 95%"},
         {"滿意度達百分之九十八。", "- - - at_least 98%"},
         {"出席率不得低於百分之八十。", "- - - at_least 80%"},
         {"逾限比率降至0.5%以下。", "- - - at_most 0.5%"},
         {"逾限比率不超過3%。", "- - - at_most 3%"},
         {"檢討進度落後10%以上或施工進度落後20%以上之案件。", "- - - at_least 10% at_least 20%"},
         {"廣邀100位青諮委員與會。", "- - - exactly 100位"},
         {"擇定績效最後5名之機關辦理實地檢核。", "- - - exactly 5名"},
         {"辦理教育訓練十場次。", "- - - exactly 10場次"},
         {"查核工程二百件。", "- - - exactly 200件"},
         {"至少舉辦5場說明會。", "- - - at_least 5場"},
         {"最多補助3案。", "- - - at_most 3案"},
         {"參加人數逾1,000人次。", "- - - at_least 1000人次"},
         {"培訓志工1萬2,000人次。", "- - - exactly 12000人次"},
         {"辦理宣導活動2場次、教育訓練10場次。", "- - - exactly 2場次 exactly 10場次"},
         {"委員出席率應達半數以上。", "- - - at_least 50%"},
         {"針對5,000萬元以上工程每季檢討。", "quarter - - at_least 50000000元"},
         {"新增服務據點20個以上。", "- - - at_least 20個"},
         {"輔導店家30家取得認證。", "- - - exactly 30家"},
         {"滿意度由80%提升至85%。", "- - - at_least 85%"},
         {"每班人數未滿15人者不予開班。", "- - - below 15人"},
         {"辦理二至三場說明會。", "- - - at_least 2場 at_most 3場"},
         {"每年辦理3-5場說明會。", "year - - at_least 3場 at_most 5場"},
         {"年平均濃度降至15微克以下。", "- - - at_most 15微克"},
         {"處理率達百分之百。", "- - - at_least 100%"},
         {"施政計畫執行率未達80%之機關，每季應向市長報告。", "quarter - - below 80%"},
         {"列管經費達3,000萬元以上之工程，每月填報進度。", "month - - at_least 30000000元"},
         {"超過4日之機關應於10日內提出改善計畫。", "- - - in 10 day at_least 4日"},
         {"每半年彙編乙次。", "half_year - - exactly 1次"},
         {"每月辦理1場以上，全年至少12場。", "month - - at_least 1場 | year - - at_least 12場"},
         {"新闢公園3處，並於10月底前完成驗收。", "year 10 last exactly 3處"}});
}

TEST_CASE("what looks like a date or an amount and is none") {
  check({{"已於112年2月16日舉辦啟動儀式，象徵八縣市合作正式開張。", ""},
         {"於108年建立本府合作備忘錄專區並訂立公開實施要點。", ""},
         {"111年辦理教育訓練25場次。", ""},
         {"推動15項幸福政見。", ""},
         {"從6大議題組進行合作案的討論研商。", ""},
         {"依政府採購法第70條及第3條規定辦理。", ""},
         {"精進1999話務服務，提供24小時不中斷之話務服務。", ""},
         {"落實三級品質管制度，督促第一級單位自主管理。", ""},
         {"8-1-1推動青年事務諮詢委員會。", ""},
         {"本市計有29個行政區，現有公園320處。", ""},
         {"去年完成道路改善12公里。", ""},
         {"依據行政院110年5月10日核定之計畫推動。", ""},
         {"關懷65歲以上長者及3歲以下幼兒。", ""},
         {"擬訂112年度施政計畫。", ""},
         {"爭取後續年度中央補助款。", ""},
         {"配合12年國教推動課程。", ""},
         {"推動「每月一書」閱讀活動。", ""},
         {"提供單一窗口、一站式服務。", ""},
         {"於八里區及三民區推動社區營造。", ""},
         {"因應AI及5G時代來臨，提升數位能力。", ""},
         {"推動2050淨零排放。", ""},
         {"第2期計畫賡續執行。", ""},
         {"設籍本市滿6個月以上之市民得申請。", ""},
         {"本縣農業產值達156億元，占全縣產業之12%。", ""},
         {"列管計畫由本會選項列管者計48案。", ""},
         {"一次告知、避免民眾往返。", ""}});
}

TEST_CASE("rhythms without a name, and those said in other words") {
  check({{"每2週召開專案管考會議。", "- - -"},
         {"每兩週召開1次工作會報。", "- - - exactly 1次"},
         {"落後10%以上者，每2週召開檢討會議。", "- - - at_least 10%"},
         {"按旬填報執行情形。", "- - -"},
         {"每日上午彙整輿情通報首長。", "- - -"},
         {"每日提供諮詢服務。", ""},
         {"召開委員會，每4個月1次，全年3次。", "- - - | year - - exactly 3次"},
         {"逐年汰換老舊路燈500盞。", "year - - exactly 500盞"},
         {"一年至少召開兩次會議。", "year - - at_least 2次"},
         {"兩個月召開一次會議。", "two_months - - exactly 1次"},
         {"於雙數月召開會議。", "two_months - -"},
         {"每半年於6月底及12月底前提報成果。", "half_year 6,12 last"},
         {"每半年1次，於6月及12月召開。", "half_year 6,12 -"},
         {"4月至11月，每月巡查2次。", "month 4,5,6,7,8,9,10,11 - exactly 2次"},
         {"汛期（5月1日至11月30日）期間每週巡檢一次。", "week 5,6,7,8,9,10,11 - exactly 1次"},
         {"自113年4月起，每雙月辦理巡迴服務。", "two_months - -"},
         {"每月逢10日及20日更新。", "month - 10 | month - 20"},
         {"評鑑採三年一輪辦理。", "- - -"},
         {"會議由每月1次調整為每2個月1次。", "two_months - -"},
         {"季末提出報告。", "quarter - last"}});
}

TEST_CASE("dates that share or keep apart what is counted") {
  check({{"每年6月30日及12月31日前各盤點一次。", "year 6 30 exactly 1次 | year 12 31 exactly 1次"},
         {"每月10日及25日前各更新資料1次。", "month - 10 exactly 1次 | month - 25 exactly 1次"},
         {"每年上半年辦理講習1場、下半年辦理觀摩1場。", "year - - exactly 1場 | year - - exactly 1場"},
         {"於4月、7月及次年1月之15日前公布季報。", "year 1,4,7 15"},
         {"每年2月辦理年終考核，5月底前公布成績。", "year 2 - | year 5 last"},
         {"每年召開會議2次，分別於4月、10月舉行。", "year 4,10 - exactly 2次"},
         {"因應112年1月1日施行之新制，檢討相關規定。", ""},
         {"112年度完成5案，113年度完成10案。", "year - - exactly 5案"}});
}

TEST_CASE("terms and measures") {
  check({{"一般案件6個工作日、複雜案件12個工作日內辦結。", "- - - in 6 working_day | - - - in 12 working_day"},
         {"第一類案件3日、第二類案件7日、第三類案件30日內辦結。", "- - - in 3 day | - - - in 7 day | - - - in 30 day"},
         {"招標文件應於公告前14日送審。", "- - - in 14 day"},
         {"檢討前2個月不滿意案件。", ""},
         {"處理天數由6天縮短至4天以內。", "- - - at_most 4天"},
         {"案件平均處理4日以內。", "- - - at_most 4日"},
         {"外語服務時段每日8小時。", ""},
         {"道路巡查每日1次，坑洞於通報後4小時內修補。", "- - - | - - - at_most 4小時"}});
}

TEST_CASE("which figures are aims") {
  check({{"掃描老舊檔案12萬頁。", "- - - exactly 120000頁"},
         {"每二個月發行一期。", "two_months - - exactly 1期"},
         {"提升滿意度至90%。", "- - - at_least 90%"},
         {"滿意度自70%提高為80%。", "- - - at_least 80%"},
         {"列管件數由120件降為100件。", "- - - at_most 100件"},
         {"每年評鑑1/3以上機關。", "year - - at_least 33.3333%"},
         {"各季執行率分別達15%、40%、65%。", "quarter - - at_least 15% at_least 40% at_least 65%"},
         {"每年查核40件以上，其中未達查核金額10件。", "year - - at_least 40件 exactly 10件"},
         {"死亡人數降至三十五人以下。", "- - - at_most 35人"},
         {"空氣品質年平均濃度15微克/立方公尺以下。", "- - - at_most 15微克/立方公尺"},
         {"全年至少辦理廿場次。", "year - - at_least 20場次"},
         {"廉政宣導4場次，財產申報於12月31日前完成。", "- - - exactly 4場次 | year 12 31"},
         {"購置圖書4萬冊，購書經費於10月底前執行完畢。", "year 10 last exactly 40000冊"},
         {"開放時間為每週二至週日9時至17時。", ""},
         {"民眾對於逾3日未結公文，每週稽催。", "week - - at_least 3日"},
         {"海岸線全長17.2公里，由5個單位分段認養。", ""},
         {"現行市區客運十八條路線，由兩家業者經營。", ""},
         {"所需經費由中央補助百分之八十二。", ""},
         {"抽樣誤差為正負3個百分點。", ""},
         {"按季辦理民意調查，信心水準為95%。", "quarter - -"},
         {"五月一日至十一月三十日為本市防汛期，颱風常造成積淹水。", ""},
         {"每年7月至9月為災害好發期間，運補易受影響。", ""},
         {"並於10月底前提報參獎機關5所。", "year 10 last exactly 5所"},
         {"專線12月通話量創下單月31,540通之新高。", ""},
         {"員工總人數在34人以上者負有進用義務。", ""},
         {"凡本市市民，均得於每年申請1次。", ""},
         {"每年吸引逾百萬人次參與。", ""},
         {"附註：本局歲出預算其中資本門占18%。", ""}});
}

TEST_CASE("several duties in one sentence are kept apart") {
  CHECK(read("每年於1月底前召開選案審查會議；3月底前完成系統資料建置、實施計畫期程及預算進度等檢核點設定，逐案審核後據以管考；每月7日前稽催各機關完成系統填報作業；於國發會發布每季績效目標達成情形後，公布相關資訊於本會網頁。") ==
        "year 1 last | year 3 last | month - 7 | quarter - -");
  CHECK(read("每月辦理公文評核作業，並每年擇定年度績效最後5名之機關辦理實地檢核。") == "month - - | year - - exactly 5名");
}

TEST_CASE("what is doubtful waits for the controller") {
  const auto decide = [](std::string_view text, Part part = Part::work_plan) { return read_sentence(to_utf32(text), part, 112).decision; };
  CHECK(decide("定期舉辦會議，促進整合。") == Decision::undecided);
  CHECK(decide("適時彙整議員關心議題供參。") == Decision::undecided);
  CHECK(decide("每日提供諮詢服務。") == Decision::undecided);
  CHECK(decide("逐年汰換老舊設備。") == Decision::undecided);
  CHECK(decide("輔導區公所研提事業提案。") == Decision::none);
  CHECK(decide("已於112年2月16日舉辦啟動儀式。") == Decision::none);
  CHECK(decide("每季召開會議。") == Decision::obligation);
}

TEST_CASE("the words of an obligation and where they stand") {
  const std::string text = "第二階段每月由副秘書長召開標案進度管制會報，請執行績效未達9成之機關報告。";
  const auto sentence = read_sentence(to_utf32(text), Part::work_plan, 112);
  REQUIRE(sentence.obligations.size() == 1);
  const auto& o = sentence.obligations[0];
  CHECK(o.responsible == std::vector<std::string>{"副秘書長"});
  CHECK(o.what.find("召開標案進度管制會報") != std::string::npos);
  const auto wide = to_utf32(text);
  const auto words = [&](const char* part) {
    for (const auto& s : o.spans) {
      if (s.part == part) return to_utf8(std::u32string_view{wide}.substr(s.begin, s.end - s.begin));
    }
    return std::string{};
  };
  CHECK(words("rhythm") == "每月");
  CHECK(words("amount") == "未達9成");
  CHECK(words("who") == "副秘書長");
  const auto meeting = read_sentence(to_utf32("每年於1月底前召開選案審查會議"), Part::work_plan, 112);
  REQUIRE(meeting.obligations.size() == 1);
  CHECK(meeting.obligations[0].what == "召開選案審查會議");
  const auto subject = read_sentence(to_utf32("縣政會議每週召開1次"), Part::work_plan, 112);
  REQUIRE(subject.obligations.size() == 1);
  CHECK(subject.obligations[0].what == "縣政會議召開1次");
}

TEST_CASE("the preface promises little") {
  CHECK(read("本市人口逾280萬人，滿意度達92%。", Part::preface).empty());
  CHECK(read("每年吸引百萬名遊客。", Part::preface).empty());
}

TEST_CASE("a number too large for any count is read as what it is") {
  const auto large = numeral_at(U"888888888888882.25件", 0);
  REQUIRE(large);
  CHECK(large->value == doctest::Approx(888888888888882.25));
  CHECK_FALSE(large->whole());
  CHECK(large->as_int() == 0);
  const auto larger = numeral_at(U"88888888888888888888888", 0);
  REQUIRE(larger);
  CHECK(larger->whole());
  CHECK(larger->as_int() == 0);
  CHECK(numeral_at(U"98.5%", 0)->value == 98.5);
  CHECK(numeral_at(U"0.1234567", 0)->value == doctest::Approx(0.123457));
}
