#include "foundation/imports/cells.hpp"

#include "foundation/imports/matching.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::imports;
using sheets::SourceCell;
using sheets::SourceKind;

namespace {

std::string on(std::string_view text, bool period_end = true) {
  const auto read = read_date(text, period_end);
  return read ? read->on.iso() + (read->mended ? "*" : "") : "none";
}

// "value | mends | refusals"
std::string clean(const SourceCell& cell, bool lines = false) {
  Reading row;
  std::string out = cleaned(cell, lines, "title", row);
  for (const auto& one : row.mends) out += " ~" + one.key.substr(std::string("import.mended.").size());
  for (const auto& one : row.refusals) out += " !" + one.key;
  return out;
}

SourceCell text(std::string value) { return {SourceKind::text, std::move(value), false}; }

}  // namespace

TEST_CASE("days are read in the forms that are met") {
  for (const char* same : {"2013-04-16", "102/04/16", "102/4/16", "102.4.16", "102-04-16", "102年4月16日", "民國102年4月16日", "中華民國102年4月16日", "１０２／４／１６", "1020416", "20130416", "2013/4/16", "2013年4月16日", " 102 / 4 / 16 ",
                           "2013-04-16 09:00:00"}) {
    CAPTURE(same);
    CHECK(on(same, false) == "2013-04-16");
    CHECK(on(same) == "2013-04-16");
  }
  CHECK(on("99/12/31") == "2010-12-31");
  for (const char* none : {"", "x", "102/2/30", "102/13/1", "13", "4/16", "102/4/16/1", "10204166666", "10241", "2013", "102/4/16至", "至102/4/16", "運河路12-9號", "中華", "102/4/16日前後"}) {
    CAPTURE(none);
    CHECK(on(none, false) == "none");
  }
}

TEST_CASE("a period stands for its last day, and says so") {
  CHECK(on("102/04/01至102/04/16") == "2013-04-16");
  CHECK(on("99/12/20至100/01/05") == "2011-01-05");
  CHECK(on("102/4/1~4/16") == "2013-04-16*");
  CHECK(on("102/4/1到102年5月") == "2013-05-31*");
  CHECK(on("102") == "2013-12-31*");
  CHECK(on("102年度") == "2013-12-31*");
  CHECK(on("2013") == "2013-12-31*");
  CHECK(on("2013/12") == "2013-12-31*");
  CHECK(on("101年2月底") == "2012-02-29*");
  CHECK(on("102年4月16日前") == "2013-04-16");
  // The end before the beginning, a day that there is not, an address: nobody can know what was meant.
  for (const char* none : {"102/04/16至102/04/01", "102/04/01至102/02/30", "大同路1段200巷10號", "起民權路1段訖民權路2段", "5", "10", "9999", "102/4/1至102/4/2至102/4/3"}) {
    CAPTURE(none);
    CHECK(on(none) == "none");
  }
}

TEST_CASE("cells are cleaned, and what was changed is said") {
  CHECK(clean(text("路面改善")) == "路面改善");
  CHECK(clean(text(" 　路面改善\t ")) == "路面改善 ~spaces");
  CHECK(clean(text("\xEF\xBB\xBF路面​改善")) == "路面改善 ~invisible");
  CHECK(clean(text("路面\r改善")) == "路面 改善 ~returns");
  CHECK(clean(text("路面\r\n改善")) == "路面 改善 ~returns");
  CHECK(clean(text("一\r\n二\r三"), true) == "一\n二\n三 ~returns");
  CHECK(clean(text("一\n二"), true) == "一\n二");
  CHECK(clean(text("   ")) == "");
  CHECK(clean({SourceKind::number, "12", true}) == "12 ~formula");
  CHECK(clean({SourceKind::empty, "", true}) == " !import.formula_without_result");
  CHECK(clean({SourceKind::error, "#REF!", true}) == " !import.formula_error");
  CHECK(clean(text("壞\xEF\xBF\xBD字")) == "壞\xEF\xBF\xBD字 !import.unreadable");
}

TEST_CASE("whole numbers are read with what people write around them") {
  CHECK(read_integer("1,234") == 1234);
  CHECK(read_integer("１，２３４") == 1234);
  CHECK(read_integer("$569000元") == 569000);
  CHECK(read_integer("569000.00") == 569000);
  CHECK(read_integer("-5") == -5);
  CHECK_FALSE(read_integer("1.5").has_value());
  CHECK_FALSE(read_integer("").has_value());
  CHECK_FALSE(read_integer("十二").has_value());
}

namespace {

Kind test_kind() {
  Kind kind;
  kind.name = "test";
  kind.columns = {{"title", ColumnType::line, true, {"案名", "工程名稱"}, {}},
                  {"due_on", ColumnType::period_end, true, {"期限"}, {}},
                  {"detail", ColumnType::text, false, {"說明"}, {}},
                  {"severity", ColumnType::choice, false, {}, {{"normal", {"一般"}}, {"high", {"重要", "高"}}}},
                  {"budget", ColumnType::integer, false, {"經費"}, {}}};
  return kind;
}

sheets::SourceRow row(std::int64_t number, std::initializer_list<const char*> cells) {
  sheets::SourceRow out;
  out.number = number;
  for (const auto* cell : cells) out.cells.push_back({*cell == '\0' ? SourceKind::empty : SourceKind::text, cell, false});
  return out;
}

}  // namespace

TEST_CASE("the header is the row that names most columns, and its titles are matched without signs and width") {
  const auto kind = test_kind();
  const std::vector<sheets::SourceRow> rows = {row(1, {"112年度列管清冊"}), row(3, {"＊ 案 名", "TITLE", "期限：", "經費（）"}), row(4, {"路面改善", "", "112/3/7", "12"})};
  CHECK(header_of(rows, kind) == 1);
  const auto titles = titles_of(rows[1]);
  const auto mapping = match(titles, kind);
  REQUIRE(mapping.size() == 3);
  CHECK(mapping[0].column == "title");
  CHECK(mapping[0].from == std::vector<int>{0});  // the first of two that would do
  CHECK(mapping[1].column == "due_on");
  CHECK(mapping[2].column == "budget");
  // Nothing known: the first row that looks like a header.
  CHECK(header_of({row(1, {"x"}), row(2, {"a", "b"})}, kind) == 1);
  CHECK(header_of({}, kind) == 0);
}

TEST_CASE("a mapping that cannot be is refused by name") {
  const auto kind = test_kind();
  const auto fault_of = [&](const Mapping& mapping) {
    const auto checked = check_mapping(mapping, 3, kind);
    std::string out;
    if (!checked.ok()) {
      for (const auto& one : checked.fault().fields) out += one.path + " " + one.key + ";";
    }
    return out;
  };
  CHECK(fault_of({{"title", {0}, {}}, {"due_on", {}, "112/12/31"}}) == "");
  CHECK(fault_of({{"title", {0}, {}}}) == "mapping.due_on import.column_missing;");
  CHECK(fault_of({{"title", {0}, {}}, {"due_on", {3}, {}}}) == "mapping.due_on import.no_file_column;");
  CHECK(fault_of({{"title", {0}, {}}, {"due_on", {-1}, {}}}) == "mapping.due_on import.no_file_column;");
  CHECK(fault_of({{"title", {0}, {}}, {"title", {1}, {}}, {"due_on", {2}, {}}}) == "mapping.title import.column_twice;");
  CHECK(fault_of({{"title", {0}, {}}, {"due_on", {2}, {}}, {"owner", {1}, {}}}) == "mapping.owner import.no_column;");
  CHECK(fault_of({{"title", {0}, {}}, {"due_on", {}, {}}}) == "mapping.due_on import.no_source;");
}

TEST_CASE("rows are joined, filled and refused by column") {
  const auto kind = test_kind();
  const Titles titles = {"案名", "年", "月", "概要", "經費", "等級"};
  const Mapping mapping = {{"title", {0}, {}}, {"due_on", {1, 2}, "112/12/31"}, {"detail", {3, 4}, {}}, {"budget", {4}, {}}, {"severity", {5}, "一般"}};
  auto read = read_row(row(5, {" 路面改善", "2013", "12", "兩側\r\n人行道", "1,200", "高"}), titles, mapping, kind);
  CHECK(read.refusals.empty());
  CHECK(read.text("title") == "路面改善");
  CHECK(read.text("due_on") == "2013-12-31");
  CHECK(read.text("detail") == "概要：兩側\n人行道\n經費：1,200");
  CHECK(read.text("budget") == "1200");
  CHECK(read.text("severity") == "high");
  CHECK(read.mends.size() == 2);  // spaces, and the month's last day
  read = read_row(row(6, {"", "", "", "", "x", "極高"}), titles, mapping, kind);
  std::string keys;
  for (const auto& one : read.refusals) keys += one.column + " " + one.key + ";";
  CHECK(keys == "budget import.not_a_number;severity import.not_a_choice;title import.empty;");
  CHECK(read.text("due_on") == "2023-12-31");
  // A row shorter than its header.
  read = read_row(row(7, {"只有名稱"}), titles, mapping, kind);
  CHECK(read.refusals.empty());
  CHECK(read.text("severity") == "normal");
}
