// When a scheduled report goes out: the day of its rhythm, or the next on which the offices are open.
#include "foundation/reports/schedules.hpp"

#include <doctest/doctest.h>

namespace mandate::reports {
namespace {

Date day(const char* iso) { return *Date::parse(iso); }
// Offices are open from Monday to Friday, but for these days.
std::function<bool(Date)> open_but(std::set<Date> closed) {
  return [closed = std::move(closed)](Date on) { return on.weekday() <= 5 && closed.count(on) == 0; };
}

}  // namespace

TEST_CASE("a weekly report goes out on its weekday, and on the next open day when that is closed") {
  const auto open = open_but({});
  CHECK(next_sending(Rhythm::weekly, 3, day("2026-11-24"), open) == day("2026-11-25"));
  // After the day itself comes the next week's.
  CHECK(next_sending(Rhythm::weekly, 3, day("2026-11-25"), open) == day("2026-12-02"));
  CHECK(next_sending(Rhythm::weekly, 6, day("2026-11-24"), open) == day("2026-11-30"));
  // Moved once: it is not sent twice, nor is the moved day skipped.
  CHECK(next_sending(Rhythm::weekly, 6, day("2026-11-28"), open) == day("2026-11-30"));
  CHECK(next_sending(Rhythm::weekly, 6, day("2026-11-30"), open) == day("2026-12-07"));
  const auto holidays = open_but({day("2026-11-25"), day("2026-11-26"), day("2026-11-27")});
  CHECK(next_sending(Rhythm::weekly, 3, day("2026-11-24"), holidays) == day("2026-11-30"));
  CHECK(next_sending(Rhythm::weekly, 3, day("2026-11-30"), holidays) == day("2026-12-02"));
}

TEST_CASE("a monthly report goes out on its day, the last of a short month, and over the turn of the year") {
  const auto open = open_but({day("2027-01-01")});
  CHECK(next_sending(Rhythm::monthly, 1, day("2026-11-24"), open) == day("2026-12-01"));
  CHECK(next_sending(Rhythm::monthly, 1, day("2026-12-01"), open) == day("2027-01-04"));
  CHECK(next_sending(Rhythm::monthly, 1, day("2027-01-03"), open) == day("2027-01-04"));
  CHECK(next_sending(Rhythm::monthly, 31, day("2027-02-01"), open) == day("2027-03-01"));  // 28 February is a Sunday
  CHECK(next_sending(Rhythm::monthly, 31, day("2027-03-01"), open) == day("2027-03-31"));
  CHECK(next_sending(Rhythm::monthly, 30, day("2028-02-01"), open) == day("2028-02-29"));
  // Each sending leads to a later one, whatever is closed.
  for (int of = 1; of <= 31; ++of) {
    Date last = day("2026-01-01");
    for (int i = 0; i < 30; ++i) {
      const Date next = next_sending(Rhythm::monthly, of, last, open);
      REQUIRE(next > last);
      REQUIRE(open(next));
      last = next;
    }
    CHECK(last < day("2028-09-01"));
  }
}

}  // namespace mandate::reports
