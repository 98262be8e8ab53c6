// Plans in the shapes that word processors, converters and web pages leave behind.
#include "modules/planreader/reader.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::plan_reader;

namespace {

PlanText plan_of(std::string_view text) {
  auto read = read_plan(text);
  REQUIRE(read.ok());
  return std::move(read).value();
}

std::string outline(const PlanText& plan) {
  std::string out;
  for (const auto& w : plan.work_plans) {
    out += w.title + "[";
    for (const auto& i : w.items) out += (out.back() == '[' ? "" : ",") + i.title;
    out += "]";
  }
  return out;
}

std::string texts(const PlanText& plan) {
  std::string out;
  for (const auto& s : plan.sentences) out += std::to_string(s.line) + " " + s.text + "\n";
  return out;
}

}  // namespace

TEST_CASE("an outline without a table: headings are plans and items, leaves are sentences") {
  const auto plan = plan_of(
      "113年度花東縣政府研究發展處施政計畫\n\n壹、年度施政重點\n　一、加強計畫管考：\n　　　每月召開管考會議。\n　二、提升為民服務品質\n\n貳、年度施政計畫\n　一、研究發展業務\n"
      "　　　（一）每年辦理評選，錄取10件以上。\n　二、管制考核業務\n　　　（一）列管案件每季檢討。\n　　　（二）公文檢核每半年1次\n　三、資訊業務：維護網站，每週更新。\n");
  CHECK(plan.agency == "花東縣政府研究發展處");
  CHECK(outline(plan) == "研究發展業務[]管制考核業務[]資訊業務[]");
  REQUIRE(plan.goals.size() == 2);
  CHECK(plan.goals[1].title == "提升為民服務品質");
  CHECK(texts(plan) == "5 每月召開管考會議。\n10 每年辦理評選，錄取10件以上。\n12 列管案件每季檢討。\n13 公文檢核每半年1次\n14 資訊業務：維護網站，每週更新。\n");
}

TEST_CASE("a cell of several lines, the last of which carries the cells after it") {
  const auto plan = plan_of(
      "年度重要施政計畫\n工作項目\t工作內容\t預算（千元）\t主辦科室\n里鄰建設\t一、補助小型工程120件。\n二、每月抽查10%。\t12,000\t區里行政科\n戶政業務\t每週六提供服務，\n延長至晚間七時。\t3,000\t戶政科\n殯葬管理\t每年完成安檢。\t2,000\t殯葬所\n");
  CHECK(outline(plan) == "里鄰建設[]戶政業務[]殯葬管理[]");
  CHECK(texts(plan) == "3 補助小型工程120件。\n4 每月抽查10%。\n5 每週六提供服務，延長至晚間七時。\n7 每年完成安檢。\n");
  REQUIRE(plan.rows.size() == 3);
  CHECK(plan.rows[0].columns == std::vector<std::pair<std::string, std::string>>{{"預算（千元）", "12,000"}, {"主辦科室", "區里行政科"}});
  CHECK(plan.sentences[3].obligations[0].responsible == std::vector<std::string>{"殯葬所"});
}

TEST_CASE("columns by spaces with wrapped titles, a repeated page head and parts out of order") {
  const auto plan = plan_of(
      "          北海市政府研考會\n          112年度施政計畫\n\n壹、 前言\n    本會辦理研考業務。\n\n參、 年度重要計畫\n\n"
      " 工作計畫名稱         重要計畫項目           實施內容\n 強化管考提升         標案管考               每月召開會報，就落後\n 施政效能                                    10%以上案件檢討。\n"
      "                      公文管考               每年檢核2次，每季公布\n                                             結果。\n               第 1 頁\n\n          北海市政府研考會\n          112年度施政計畫\n"
      " 工作計畫名稱         重要計畫項目           實施內容\n                      議會案件               1. 每月10日前更新。\n                                             2. 會後1個月內函復。\n"
      " 提升為民服務         1999專線服務           滿意度達\n                      品質                   85%以上。\n\n貳、 年度施政目標\n一、強化管考\n    按季追蹤。\n");
  CHECK(plan.agency == "北海市政府研考會");
  CHECK(outline(plan) == "強化管考提升施政效能[標案管考,公文管考,議會案件]提升為民服務[1999專線服務品質]");
  CHECK(texts(plan) == "5 本會辦理研考業務。\n10 每月召開會報，就落後10%以上案件檢討。\n12 每年檢核2次，每季公布結果。\n19 每月10日前更新。\n20 會後1個月內函復。\n21 滿意度達85%以上。\n26 按季追蹤。\n");
  CHECK(plan.sentences.back().part == Part::strategy);
}

TEST_CASE("a table drawn with lines") {
  const auto plan = plan_of("新港市政府114年度施政計畫\n┌──┬──┬──┐\n│工作計畫│計畫項目│實施內容│\n├──┼──┼──┤\n│管考業務│施政列管│每季檢討；達│\n│        │        │成率應達95%。│\n├──┼──┼──┤\n│        │公文管理│每週稽催。│\n└──┴──┴──┘\n");
  CHECK(outline(plan) == "管考業務[施政列管,公文管理]");
  CHECK(texts(plan) == "5 每季檢討；達成率應達95%。\n8 每週稽催。\n");
}

TEST_CASE("a web page") {
  const auto plan = plan_of(
      "<h2>嘉北縣政府計畫處 112 年度施政計畫</h2>\n<p>一、前言</p>\n<p>本處職司規劃考核。</p>\n<p>二、年度重要計畫</p>\n<table><tr><th>工作計畫</th><th>重要計畫項目</th><th>實施內容</th></tr>\n"
      "<tr><td>管考</td><td>列管</td><td><p>一、每月填報。</p><p>二、每季檢討。</p></td></tr>\n<tr><td></td><td>查證</td><td>每年查證20件。</td></tr></table>\n");
  CHECK(outline(plan) == "管考[列管,查證]");
  CHECK(texts(plan) == "3 本處職司規劃考核。\n6 每月填報。\n6 每季檢討。\n7 每年查證20件。\n");
}

TEST_CASE("a table of indicators: each row is a sentence, and its figures of other years are no targets") {
  const auto plan = plan_of(
      "東海市政府113年度施政計畫\n壹、施政目標\n策略目標\t衡量指標\t112年實績\t目標值\n優化服務\t滿意度\t88%\t90%以上\n\t接通率(%)\t95\t96\n貳、工作計畫\n一、管考業務\n每月檢討。\n");
  CHECK(texts(plan) == "4 滿意度 90%以上\n5 接通率(%) 96%\n8 每月檢討。\n");
  CHECK(plan.sentences[0].goal == "優化服務");
  CHECK(plan.sentences[0].part == Part::strategy);
  REQUIRE(plan.sentences[0].obligations.size() == 1);
  CHECK(plan.sentences[0].obligations[0].amounts == std::vector<Amount>{{"at_least", 90, "%"}});
}

TEST_CASE("titles only: the last of them holds the sentences") {
  const auto plan = plan_of("東海市政府113年度施政計畫\n參、工作計畫\n計畫類別\t計畫名稱\t計畫重點\t預算\n管考\t列管\t每月檢討。\t100\n\t查證\t每年查證20件。\t\n合計\t\t\t100\n");
  CHECK(outline(plan) == "管考[列管,查證]");
  CHECK(texts(plan) == "4 每月檢討。\n5 每年查證20件。\n");
}

TEST_CASE("rows that lack their first cells, and rows without a header") {
  const auto shorter = plan_of("東海市政府113年度施政計畫\n參、工作計畫\n編號\t工作計畫\t計畫項目\t實施內容\t預算\t備註\n1\t管考\t列管\t每月檢討。\t100\t\n2\t查證\t每年查證20件。\t80\t\n");
  CHECK(outline(shorter) == "管考[列管,查證]");
  const auto bare = plan_of("東海市政府113年度施政計畫\n參、工作計畫\n管考\t列管\t每月檢討進度，逐案追蹤。\t1,200\n\t查證\t每年查證20件。\t800\n");
  CHECK(outline(bare) == "管考[列管,查證]");
  CHECK(texts(bare) == "3 每月檢討進度，逐案追蹤。\n4 每年查證20件。\n");
}

TEST_CASE("one cell a line, with an office behind each content and a header again on the next page") {
  const auto plan = plan_of(
      "東海市政府113年度施政計畫\n第一章　工作計畫\n工作計畫\n計畫項目\n實施內容\n承辦科\n管考業務\n列管\n(1)每月檢討，\n逐案追蹤。\n(2)每季公布。\n管考科\n查證\n每年查證20件。\n查核科\n- 3 -\n工作計畫\n計畫項目\n實施內容\n承辦科\n"
      "服務業務\n陳情\n每週稽催。\n服務科\n");
  CHECK(outline(plan) == "管考業務[列管,查證]服務業務[陳情]");
  CHECK(texts(plan) == "9 每月檢討，逐案追蹤。\n11 每季公布。\n14 每年查證20件。\n23 每週稽催。\n");
  CHECK(plan.sentences[2].obligations[0].responsible == std::vector<std::string>{"查核科"});
}

TEST_CASE("the column of periods dates a row that names no time of its own") {
  const auto plan = plan_of("東海市政府113年度施政計畫\n參、工作計畫\n工作計畫|實施內容|期程\n研究|辦理研究6案。|12月底前\n民調|每季辦理。|全年\n公文|辦理公文稽催。|每月\n維護|維護系統。|1月至12月\n");
  REQUIRE(plan.sentences.size() == 4);
  REQUIRE(plan.sentences[0].obligations.size() == 1);
  CHECK(plan.sentences[0].obligations[0].months == std::vector<int>{12});
  CHECK(plan.sentences[0].obligations[0].day == Day{0});
  CHECK(plan.sentences[1].obligations[0].every == "quarter");
  REQUIRE(plan.sentences[2].obligations.size() == 1);
  CHECK(plan.sentences[2].obligations[0].every == "month");
  CHECK(plan.sentences[3].obligations.empty());
}

TEST_CASE("a form whose content has no key, and headings without numbers") {
  const auto keyed = plan_of("東海市政府113年度施政計畫\n\n工作計畫\n\n工作計畫：管考\n工作項目：列管\n‧ 每月檢討。\n‧ 每季公布。\n承辦科：管考科\n\n備註\n本計畫所需經費由預算支應。\n");
  CHECK(outline(keyed) == "管考[列管]");
  CHECK(texts(keyed) == "7 每月檢討。\n8 每季公布。\n12 本計畫所需經費由預算支應。\n");
  const auto plain = plan_of("東海市政府113年度施政計畫\n\n前言\n以民為本。\n\n年度工作計畫\n\n研究發展\n委託研究\n每年招標。\n民意調查\n每季辦理。\n\n管制考核\n列管案件\n每月填報。\n");
  CHECK(outline(plain) == "研究發展[委託研究,民意調查]管制考核[列管案件]");
}

TEST_CASE("columns whose names say nothing: the rows tell which of them holds sentences") {
  for (const auto* table : {"甲群\t乙事\t丙話\t丁款\n管考\t列管\t每月檢討，逐案追蹤。\t100\n\t查證\t每年查證20件，公布結果。\t80\n",
                            "| 甲群 | 乙事 | 丙話 | 丁款 |\n|---|---|---|---|\n| 管考 | 列管 | 每月檢討，逐案追蹤。 | 100 |\n| | 查證 | 每年查證20件，公布結果。 | 80 |\n",
                            "甲群      乙事      丙話                        丁款\n管考      列管      每月檢討，逐案追蹤。        100\n          查證      每年查證20件，公布結果。    80\n"}) {
    CAPTURE(table);
    const auto plan = plan_of(std::string{"東海市政府113年度施政計畫\n參、工作計畫\n"} + table);
    CHECK(outline(plan) == "管考[列管,查證]");
    REQUIRE(plan.sentences.size() == 2);
    CHECK(plan.sentences[0].text == "每月檢討，逐案追蹤。");
    CHECK(plan.sentences[1].text == "每年查證20件，公布結果。");
  }
}

TEST_CASE("a form whose content bears an unknown name") {
  const auto plan = plan_of("東海市政府113年度施政計畫\n參、工作計畫\n工作計畫：管考\n計畫項目：列管\n推動情形：\n1.每月檢討。\n2.每季公布。\n備註：無\n");
  CHECK(texts(plan) == "6 每月檢討。\n7 每季公布。\n");
}

TEST_CASE("of several years' targets the plan's own is read, and a formula is none") {
  const auto plan = plan_of("東海市政府113年度施政計畫\n貳、關鍵績效指標\n指標名稱\t單位\t112年度\t113年度\n依限辦結率\t%\t90\t92\n逾期公文\t件\t30\t20以下\n電子公文\t%\t95\t≧97\n參、工作計畫\n一、管考\n衡量標準：實際件數÷預定件數×100%\n年度目標值：達97%以上\n");
  CHECK(texts(plan) == "4 依限辦結率 92%\n5 逾期公文 20件以下\n6 電子公文 ≧97%\n9 衡量標準：實際件數÷預定件數×100%\n10 年度目標值：達97%以上\n");
  CHECK(plan.sentences[3].obligations.empty());
  CHECK(plan.sentences[2].obligations[0].amounts == std::vector<Amount>{{"at_least", 97, "%"}});
}

TEST_CASE("a first part of any name is a part when a second follows, and none of its sentences is lost") {
  const auto plan = plan_of("東海市政府113年度施政計畫\n壹、我們的話\n本府每季檢討成效。\n貳、工作計畫\n一、管考\n每月檢討。\n");
  CHECK(texts(plan) == "3 本府每季檢討成效。\n6 每月檢討。\n");
  CHECK(plan.sentences[0].part == Part::preface);
}
