#include "kernel/date.hpp"
#include "kernel/id.hpp"
#include "kernel/money.hpp"
#include "kernel/percent.hpp"
#include "kernel/result.hpp"

#include <doctest/doctest.h>

using namespace mandate;

TEST_CASE("an id rises strictly within a process") {
  auto last = next_id();
  for (int i = 0; i < 20'000; ++i) {
    const auto id = next_id();
    REQUIRE(id > last);
    last = id;
  }
  CHECK(last > 0);
}

TEST_CASE("dates that do not exist are refused") {
  CHECK_FALSE(Date::from_ymd(2023, 2, 29));
  CHECK(Date::from_ymd(2024, 2, 29));
  CHECK_FALSE(Date::parse("2023-2-01"));
  CHECK_FALSE(Date::parse("2023-13-01"));
  CHECK(Date::parse("2023-03-07")->iso() == "2023-03-07");
  CHECK(Date::from_ymd(2023, 3, 7)->weekday() == 2);
}

TEST_CASE("months are added to the same day or the month's last") {
  CHECK(Date::from_ymd(2023, 1, 31)->plus_months(1).iso() == "2023-02-28");
  CHECK(Date::from_ymd(2023, 11, 30)->plus_months(3).iso() == "2024-02-29");
  CHECK(Date::from_ymd(2024, 2, 10)->last_of_month().iso() == "2024-02-29");
  CHECK(Date::from_ymd(2024, 1, 10)->plus_months(-1).iso() == "2023-12-10");
}

TEST_CASE("instants keep microseconds and any offset") {
  CHECK(Instant::parse("2023-03-07T01:02:03Z")->rfc3339() == "2023-03-07T01:02:03Z");
  CHECK(Instant::parse("2023-03-07T09:02:03.25+08:00")->rfc3339() == "2023-03-07T01:02:03.250000Z");
  CHECK_FALSE(Instant::parse("2023-03-07 01:02:03"));
  CHECK_FALSE(Instant::parse("2023-03-07T24:02:03Z"));
  CHECK(taipei_date(*Instant::parse("2023-03-07T16:00:00Z")).iso() == "2023-03-08");
  CHECK(taipei_date(*Instant::parse("2023-03-07T15:59:59Z")).iso() == "2023-03-07");
  CHECK(taipei_end_of_day(*Date::parse("2023-03-07")).rfc3339() == "2023-03-07T15:59:59.999999Z");
  CHECK(taipei_date(Instant{-1}).iso() == "1970-01-01");
}

TEST_CASE("a ratio just under ninety per cent is under it") {
  CHECK(Ratio{89'996, 100'000}.compare(Percent::of(90)) == std::strong_ordering::less);
  CHECK(Ratio{9, 10}.compare(Percent::of(90)) == std::strong_ordering::equal);
  CHECK(Ratio{90'001, 100'000}.compare(Percent::of(90)) == std::strong_ordering::greater);
  CHECK(Ratio{89'996, 100'000}.rounded().text() == "90");
  CHECK(Ratio{1, 3}.rounded().text() == "33.33");
}

TEST_CASE("percentages are read to the basis point and no finer") {
  CHECK(Percent::parse("10.05%")->basis_points == 1005);
  CHECK(Percent::parse("-0.5")->basis_points == -50);
  CHECK_FALSE(Percent::parse("10.055"));
  CHECK_FALSE(Percent::parse("1."));
  CHECK_FALSE(Percent::parse(""));
  CHECK(Percent{1050}.text() == "10.5");
}

TEST_CASE("money is grouped by thousands") {
  CHECK(Money{1'500'000}.text() == "1,500,000");
  CHECK(Money{-999}.text() == "-999");
  CHECK(Money{-1000}.text() == "-1,000");
}

namespace {
Result<int> half(int n) {
  if (n % 2 != 0) return fault(FaultKind::invalid, "odd");
  return n / 2;
}
Result<int> quarter(int n) {
  MANDATE_ASSIGN(const int once, half(n));
  MANDATE_ASSIGN(const int twice, half(once));
  return twice;
}
}  // namespace

TEST_CASE("a fault is handed on unchanged") {
  CHECK(quarter(8).value() == 2);
  REQUIRE_FALSE(quarter(6).ok());
  CHECK(quarter(6).fault().key == "odd");
}
