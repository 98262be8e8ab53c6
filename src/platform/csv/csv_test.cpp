#include "platform/csv/csv.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::csv;

namespace {

std::string refused(std::string_view text) {
  auto result = parse_sheet(text);
  if (result.ok()) return "read";
  const auto& field = result.fault().fields.at(0);
  return field.path + ": " + field.key;
}

}  // namespace

TEST_CASE("fields, quotes, line ends and the byte-order mark") {
  const auto rows = parse("\xEF\xBB\xBF" "a,b,c\r\n1,\"x, \"\"y\"\"\nz\",\n,,last").value();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].fields == std::vector<std::string>{"a", "b", "c"});
  CHECK(rows[1].fields == std::vector<std::string>{"1", "x, \"y\"\nz", ""});
  CHECK(rows[1].line == 2);
  CHECK(rows[2].fields == std::vector<std::string>{"", "", "last"});
  CHECK(rows[2].line == 4);
  CHECK(parse("").value().empty());
  CHECK(parse("a,").value()[0].fields == std::vector<std::string>{"a", ""});
  CHECK(parse("a\n").value().size() == 1);
  CHECK(parse("\"\"").value()[0].fields == std::vector<std::string>{""});
}

TEST_CASE("a sheet drops empty lines and refuses what it cannot read by line") {
  const auto sheet = parse_sheet("\n code , name\nA,甲\n\nB,乙\n").value();
  CHECK(sheet.columns == std::vector<std::string>{"code", "name"});
  REQUIRE(sheet.rows.size() == 2);
  CHECK(sheet.rows[1].line == 5);
  CHECK(sheet.column("name") == 1);
  CHECK(sheet.column({"nom", "code"}) == 0);
  CHECK_FALSE(sheet.column("other"));
  CHECK(refused("") == "file: csv.empty");
  CHECK(refused("\n \n") == "file: csv.empty");
  CHECK(refused("a,b\n1\n") == "line 2: csv.field_count");
  CHECK(refused("a,a\n1,2\n") == "line 1, column a: csv.column_twice");
  CHECK(refused("a\nb\n\"c\nd") == "line 3: csv.unclosed_quote");
  CHECK(refused("a\nb\"c\n") == "line 2: csv.stray_quote");
  CHECK(refused("a\n\"b\"c\n") == "line 2: csv.stray_quote");
  CHECK(refused("a\nb\n\xA4\xA4\n") == "line 3: csv.not_utf8");
}

TEST_CASE("nothing that leaves is a formula, and everything comes back as it was") {
  CHECK(field("=1+1") == "'=1+1");
  CHECK(field("@cmd") == "'@cmd");
  CHECK(field("-1+2") == "'-1+2");
  CHECK(field("-12.5") == "-12.5");
  CHECK(field("-") == "'-");
  CHECK(field("＝A1") == "'＝A1");
  CHECK(field("甲,乙") == "\"甲,乙\"");
  for (const std::string text : {"=1", "'=1", "''+2", "-5", "'-5", "-5.", "+886-4-0000", "\tx", "\rx", "'", "''", "it's", "a\"b", "x\r\ny", "＋1", "", "1,234"}) {
    Writer writer;
    writer.row({text, "end"});
    const auto rows = parse(writer.take()).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].fields == std::vector<std::string>{text, "end"});
  }
}
