#include "kernel/roc_date.hpp"

#include <doctest/doctest.h>

using namespace mandate;

namespace {
std::string read(std::string_view text) {
  const auto on = parse_roc_date(text);
  return on ? on->iso() : "none";
}
}  // namespace

TEST_CASE("ROC dates are read in every form people write") {
  for (const auto* text : {"民國112年3月7日", "中華民國112年3月7日", "112年3月7日", "112/03/07", "112/3/7", "112.3.7", "112-03-07", "1120307", "１１２年３月７日",
                           "１１２／０３／０７", "１１２０３０７", "民國 112 年 3 月 7 日", " 112年3月7日 ", "民國112年03月07日", "中華民國１１２年３月７日", "民國1120307"}) {
    CAPTURE(text);
    CHECK(read(text) == "2023-03-07");
  }
  CHECK(read("民國元年1月1日") == "1912-01-01");
  CHECK(read("民國1年1月1日") == "1912-01-01");
  CHECK(read("0990307") == "2010-03-07");
  CHECK(read("99/03/07") == "2010-03-07");
  CHECK(read("民國前1年12月31日") == "1911-12-31");
  CHECK(read("民前1/12/31") == "1911-12-31");
  CHECK(read("113/2/29") == "2024-02-29");
}

TEST_CASE("what is no ROC date is refused") {
  for (const auto* text : {"", "112", "112年", "112年3月", "112/2/29", "112/13/01", "112/00/10", "112/1/0", "112/4/31", "0/1/1", "2023/03/07", "2023-03-07", "20230307", "112037",
                           "990307", "112/03-07", "112/03/07x", "民國112", "112年3月7", "0000101", "民國前0年1月1日", "一一二年", "112//07", "1120230", "\xFF"}) {
    CAPTURE(text);
    CHECK(read(text) == "none");
  }
  CHECK(read(std::string(100'000, '1')) == "none");
}

TEST_CASE("ROC dates are written in three forms") {
  const auto on = *Date::from_ymd(2023, 3, 7);
  CHECK(roc_long(on) == "民國112年3月7日");
  CHECK(roc_short(on) == "112/03/07");
  CHECK(roc_compact(on) == "1120307");
  CHECK(roc_compact(*Date::from_ymd(2010, 3, 7)) == "0990307");
  CHECK(roc_short(*Date::from_ymd(2010, 3, 7)) == "99/03/07");
}

TEST_CASE("dates before 1912 are written as years before the Republic, but not in the compact form") {
  const auto on = *Date::from_ymd(1911, 12, 31);
  CHECK(roc_long(on) == "民國前1年12月31日");
  CHECK(roc_short(on) == "民前1/12/31");
  CHECK_FALSE(roc_compact(on));
  CHECK(roc_year(1911) == 0);
}

TEST_CASE("every date of two centuries comes back from each form") {
  for (auto on = *Date::from_ymd(1850, 1, 1); on < *Date::from_ymd(2050, 1, 1); on = on.plus_days(1)) {
    REQUIRE(parse_roc_date(roc_long(on)) == on);
    REQUIRE(parse_roc_date(roc_short(on)) == on);
    if (const auto compact = roc_compact(on)) REQUIRE(parse_roc_date(*compact) == on);
  }
}
