#include "modules/planreader/plan_json.hpp"
#include "modules/planreader/reader.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>

using namespace mandate;
using namespace mandate::plan_reader;
namespace json = boost::json;

namespace {

std::string reason(std::string_view text) {
  const auto read = read_plan(text);
  if (read.ok()) return "read";
  REQUIRE(read.fault().fields.size() == 1);
  return read.fault().fields[0].path + " " + read.fault().fields[0].key;
}

PlanText plan_of(std::string_view text) {
  auto read = read_plan(text);
  REQUIRE(read.ok());
  return std::move(read).value();
}

double seconds_to_read(const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  const auto read = read_plan(text);
  if (read.ok()) (void)to_json(*read).size();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + piece.size());
  while (out.size() < bytes) out += piece;
  return out;
}

}  // namespace

TEST_CASE("what is no plan is refused with its line and reason") {
  CHECK(reason("") == "line 1 plan.empty");
  CHECK(reason(" \r\n\t\n") == "line 1 plan.empty");
  CHECK(reason("壹、前言\n\n臺中\xFF市") == "line 3 plan.not_utf8");
  CHECK(reason("甲\r\n乙\r\n\xA4\xA4") == "line 3 plan.not_utf8");
  CHECK(reason(std::string_view{"壹、前言\n\0", 15}) == "line 2 plan.binary");
  CHECK(reason("PK\x03\x04\x05\x06\x07\x08\x01\x02\x0e\x0f\n") == "line 1 plan.binary");
  CHECK(reason("今天天氣很好。\n我們去散步。") == "line 1 plan.no_parts");
  CHECK(reason("壹、前言\n貳、年度施政目標\n參、年度重要計畫\n") == "line 1 plan.no_sentences");
  CHECK(reason(std::string(largest_plan_bytes + 1, 'a')) == "file plan.too_large");
}

TEST_CASE("the JSON has the named keys") {
  const auto plan = plan_of("某市政府研究發展考核委員會113年度施政計畫\n壹、前言\n本會職司研考。\n參、年度重要計畫\n工作計畫名稱\t重要計畫項目\t實施內容\t預算\n管考\t標案\t一、每月7日前稽催各機關。二、滿意度達87.5%。\t100\n");
  const auto value = json::parse(to_json(plan)).as_object();
  CHECK(value.at("year_roc") == 113);
  CHECK(value.at("agency") == "某市政府研究發展考核委員會");
  CHECK(json::serialize(value.at("work_plans")) == R"([{"title":"管考","items":[{"title":"標案"}]}])");
  CHECK(json::serialize(value.at("coverage")) == R"({"sentences":3,"obligation":2,"none":1,"undecided":0})");
  const auto& sentences = value.at("sentences").as_array();
  REQUIRE(sentences.size() == 3);
  const auto& first = sentences[0].as_object();
  CHECK(first.at("line") == 3);
  CHECK(first.at("part") == "preface");
  CHECK(first.at("work_plan").is_null());
  CHECK(first.at("item").is_null());
  CHECK(first.at("decision") == "none");
  const auto& second = sentences[1].as_object();
  CHECK(second.at("text") == "每月7日前稽催各機關。");
  CHECK(second.at("work_plan") == "管考");
  CHECK(second.at("item") == "標案");
  CHECK(second.at("columns").at("預算") == "100");
  const auto& o = second.at("obligations").at(0).as_object();
  CHECK(o.at("what") == "稽催各機關");
  CHECK(o.at("every") == "month");
  CHECK(o.at("months").as_array().empty());
  CHECK(o.at("day") == 7);
  CHECK(o.at("within").is_null());
  CHECK(o.at("amounts").as_array().empty());
  const auto& third = sentences[2].at("obligations").at(0).as_object();
  CHECK(json::serialize(third.at("amounts")) == R"([["at_least",8.75E1,"%"]])");
  CHECK(third.at("every").is_null());
  CHECK(third.at("day").is_null());
}

TEST_CASE("a cell goes on after the page turns, even inside a word") {
  const auto plan = plan_of(
      "參、年度重要計畫\n工作計畫名稱\t重要計畫項目\t實施內容\n管考\t前瞻\t第二級由主政機關每月召開會議；第三級由本\n\n工作計畫名稱\t重要計畫項目\t實施內容\n\t\t會每季檢討案件。\n\t議會\t適時彙整議題。\n");
  REQUIRE(plan.sentences.size() == 2);
  CHECK(plan.sentences[0].line == 3);
  CHECK(plan.sentences[0].text == "第二級由主政機關每月召開會議；第三級由本會每季檢討案件。");
  REQUIRE(plan.sentences[0].obligations.size() == 2);
  CHECK(plan.sentences[0].obligations[1].responsible == std::vector<std::string>{"本會"});
  CHECK(plan.sentences[1].line == 7);
  CHECK(plan.sentences[1].item == "議會");
}

TEST_CASE("a page number inside a sentence of prose does not part it") {
  const auto plan = plan_of("壹、前言\n本會職司研考，並以創\n\n- 2 -\n\f\n新為念。\n貳、施政目標\n一、目標一\n每季檢討。\n");
  REQUIRE(plan.sentences.size() == 2);
  CHECK(plan.sentences[0].text == "本會職司研考，並以創新為念。");
  CHECK(plan.sentences[0].line == 2);
}

TEST_CASE("lists of contents yield no sentences") {
  for (const auto* contents : {"目錄\n壹、前言……………1\n貳、年度施政目標………2\n", "目　次\n壹、前言\t1\n貳、年度施政目標\t2\n", "【目 錄】\n壹、前言\n貳、年度施政目標\n", "壹、前言........1\n貳、年度施政目標........2\n"}) {
    CAPTURE(contents);
    const auto plan = plan_of(std::string{contents} + "\n壹、前言\n本會職司研考。\n貳、年度施政目標\n一、目標\n每季檢討進度。\n");
    REQUIRE(plan.sentences.size() == 2);
    CHECK(plan.sentences[0].part == Part::preface);
    CHECK(plan.sentences[1].part == Part::strategy);
  }
}

TEST_CASE("the year and the agency stand in titles of many forms") {
  struct Title {
    const char* text;
    const char* agency;
    int year;
  };
  for (const auto& title : {Title{"臺中市政府研究發展考核委員會112年度施政計畫", "臺中市政府研究發展考核委員會", 112}, Title{"１１３年度臺南市政府研究發展考核委員會施政計畫", "臺南市政府研究發展考核委員會", 113},
                            Title{"中華民國113年度\n新竹市政府消防局施政計畫", "新竹市政府消防局", 113}, Title{"高雄市三民區公所\n一百一十四年度施政計畫", "高雄市三民區公所", 114},
                            Title{"桃園市政府交通局 113 年度 施政計畫", "桃園市政府交通局", 113}, Title{"雲林縣政府計畫處民國110年工作計畫", "雲林縣政府計畫處", 110}, Title{"嘉義市政府\n2024年度施政計畫", "嘉義市政府", 113}}) {
    CAPTURE(title.text);
    const auto plan = plan_of(std::string{title.text} + "\n\n壹、前言\n為民服務。\n");
    CHECK(plan.agency == title.agency);
    CHECK(plan.year_roc == title.year);
  }
}

TEST_CASE("markup and entities are taken away, comparisons stay") {
  const auto plan = plan_of("壹、施政目標\n<p>一、每季召開會議&nbsp;。</p><p>二、落後<10%之案件每月檢討。</p>\n");
  REQUIRE(plan.sentences.size() == 2);
  CHECK(plan.sentences[0].text == "每季召開會議 。");
  CHECK(plan.sentences[1].text == "落後<10%之案件每月檢討。");
  CHECK(plan.sentences[1].line == 2);
}

TEST_CASE("hostile text neither crashes nor takes long") {
  std::mt19937 random{20230307};
  for (int i = 0; i < 300; ++i) {
    std::string bytes(random() % 2000, '\0');
    for (auto& b : bytes) b = static_cast<char>(random());
    (void)read_plan(bytes).ok();
  }
  // Valid text of the characters the reader cares about, in any order.
  const std::u32string alphabet = U"每年月日季週半前底內以上下達未至及、，；。：（）()「」『』一二三十百萬億兩第0123456789.%％％成件次場位|\t \n\f壹貳甲章①<p></p>&;參年度施政計畫工作計畫實施內容按由請已-…\u2028";
  for (int i = 0; i < 400; ++i) {
    std::string text = "壹、施政目標\n參、工作計畫\n工作計畫\t計畫項目\t實施內容\n";
    const std::size_t length = random() % 1500;
    for (std::size_t k = 0; k < length; ++k) {
      const char32_t c = alphabet[random() % alphabet.size()];
      if (c < 0x80) {
        text.push_back(static_cast<char>(c));
      } else {
        text.push_back(static_cast<char>(0xE0 | c >> 12));
        text.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
        text.push_back(static_cast<char>(0x80 | (c & 0x3F)));
      }
    }
    const auto read = read_plan(text);
    if (read.ok()) {
      for (const auto& s : read->sentences) {
        CHECK(s.line > 0);
        for (const auto& o : s.obligations) CHECK_FALSE(o.what.empty());
      }
      (void)to_json(*read);
    }
  }
  // Each of these shapes at 60 kB and at 240 kB: time must grow with the text and not with its square.
  for (const std::string_view piece : {"每季", "壹、", "(一)", "1.", "「", "（", "1,", "一、", "…", "<", "&", "&amp;", "每月召開會議，", "10%以上、", "3、", "3月、", "每月召開會議；\n", "工作計畫\t", "a|", "|", "  甲", "\n一、甲", "\n(一)乙\n1.丙",
                                        "至少", "每", "十", "九", "第1季及", "由本會", "已", "壹、前言\n", "工作計畫：甲\n", "以上", "100件", "」\n", "由", "本年度", "全年10件，", "1月15日、3月2日、", "每年", "(", "(", "3月2日及5月6日各1次", "3月2日100件", "每2週，", "每2週", "一年", "一年1次", "近3年", "得於", "研究發展\n", "研究發展\n每月召開會議。\n", "績效指標\t目標值\n", "工作計畫\n計畫項目\n實施內容\n", "甲\t", "甲\t每月召開會議。\n", "6個工作日、", "每季於3、6月"}) {
    CAPTURE(piece);
    const std::string head = "壹、施政目標\n參、工作計畫\n";
    const double small = seconds_to_read(head + repeated(piece, 60'000));
    const double large = seconds_to_read(head + repeated(piece, 240'000));
    INFO("60 kB in " << small << " s, 240 kB in " << large << " s");
    CHECK(large < 10 * small + 0.5);
  }
}

TEST_CASE("the real plan of Taichung's commission for 112") {
  const auto path = std::filesystem::path{MANDATE_SOURCE_DIR}.parent_path() / "shared" / "plan" / "taichung-rdec-112.txt";
  if (!std::filesystem::exists(path)) {
    std::cout << "skipped: no ../shared\n";
    return;
  }
  std::ifstream in{path, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  const auto plan = plan_of(text);
  CHECK(plan.year_roc == 112);
  CHECK(plan.agency == "臺中市政府研究發展考核委員會");
  REQUIRE(plan.work_plans.size() == 6);
  CHECK(plan.work_plans[2].title == "強化管考提升施政效能");
  CHECK(plan.work_plans[2].items.size() == 7);
  CHECK(plan.goals.size() == 7);

  struct Wanted {
    const char* in;
    std::optional<std::string> every;
    std::vector<int> months;
    std::optional<Day> day;
    std::vector<Amount> amounts;
    int line;
  };
  const Wanted wanted[] = {
      {"辦理青諮會大會", "year", {1, 7}, {}, {{"exactly", 100, "位"}}, 66},
      {"按季追蹤", "quarter", {}, {}, {}, 41},
      {"每月自行召開機關標案進度管制會報", "month", {}, {}, {}, 41},
      {"每月擇選其他城市創新施政措施", "month", {}, {}, {}, 71},
      {"每年辦理簡政創新提案評選作業", "year", {}, {}, {}, 71},
      {"按季檢討追蹤各項行動計畫", "quarter", {}, {}, {}, 72},
      {"第一階段由各機關每月", "month", {}, {}, {}, 73},
      {"第二階段每月由副秘書長", "month", {}, {}, {{"below", 90, "%"}, {"at_least", 10, "%"}, {"at_least", 20, "%"}}, 73},
      {"每月辦理本府整體公文評核作業", "month", {}, {}, {}, 74},
      {"最後5名", "year", {}, {}, {{"exactly", 5, "名"}}, 74},
      {"每年規劃安排市長親自率隊視察", "year", {}, {}, {}, 75},
      {"第二級由主政機關每月召開", "month", {}, {}, {}, 76},
      {"第三級由本會每季", "quarter", {}, {}, {}, 76},
      {"每年於1月底前召開選案審查會議", "year", {1}, Day{0}, {}, 81},
      {"3月底前完成系統資料建置", "year", {3}, Day{0}, {}, 81},
      {"每月7日前稽催", "month", {}, Day{7}, {}, 81},
      {"國發會發布每季績效目標達成情形", "quarter", {}, {}, {}, 81},
      {"每季召開「重大工程品質推動委員會議」", "quarter", {}, {}, {}, 82},
      {"達到200件以上", "year", {}, {}, {{"at_least", 10, "%"}, {"at_least", 200, "件"}}, 82},
  };
  std::size_t found = 0;
  for (const auto& s : plan.sentences) found += s.obligations.size();
  CHECK(found == std::size(wanted));
  for (const auto& w : wanted) {
    CAPTURE(w.in);
    const bool seen = std::any_of(plan.sentences.begin(), plan.sentences.end(), [&](const Sentence& s) {
      return s.line == w.line && s.text.find(w.in) != std::string::npos && std::any_of(s.obligations.begin(), s.obligations.end(), [&](const Obligation& o) {
               return o.every == w.every && o.months == w.months && o.day == w.day && o.amounts == w.amounts && !o.within;
             });
    });
    CHECK(seen);
  }
}
