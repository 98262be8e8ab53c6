#include "foundation/duties/rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::duties;

namespace {

Date day(const char* iso) { return *Date::parse(iso); }

std::string dates(const Recurrence& r, const char* from, const char* to) {
  std::string out;
  for (const Date on : occurrences(r, day(from), day(to))) out += (out.empty() ? "" : " ") + on.iso();
  return out;
}

}  // namespace

TEST_CASE("lateness at, below and above each threshold") {
  const DutyPolicy policy{7, 30, true};
  const Date due = day("2023-03-31");
  const auto at = [&](const char* today) { return lateness_of(DutyState::open, due, std::nullopt, day(today), policy); };
  CHECK(at("2023-03-23") == Lateness::on_time);
  CHECK(at("2023-03-24") == Lateness::at_risk);
  CHECK(at("2023-03-31") == Lateness::at_risk);  // the due day itself is still in time
  CHECK(at("2023-04-01") == Lateness::late);
  CHECK(at("2023-04-30") == Lateness::late);
  CHECK(at("2023-05-01") == Lateness::severe);
  CHECK(lateness_of(DutyState::done, due, due, day("2023-06-01"), policy) == Lateness::done);
  CHECK(lateness_of(DutyState::done, due, due.plus_days(1), day("2023-06-01"), policy) == Lateness::done_late);
  CHECK(lateness_of(DutyState::cancelled, due, std::nullopt, day("2023-06-01"), policy) == Lateness::cancelled);
}

TEST_CASE("the range of due dates of a lateness holds just the duties of that lateness") {
  const DutyPolicy policy{7, 30, true};
  const Date today = day("2023-03-31");
  for (int offset = -60; offset <= 60; ++offset) {
    const Date due = today.plus_days(offset);
    for (const auto lateness : {Lateness::on_time, Lateness::at_risk, Lateness::late, Lateness::severe}) {
      const auto range = due_range_of(lateness, today, policy);
      const bool inside = (!range.from || due >= *range.from) && (!range.to || due <= *range.to);
      CHECK(inside == (lateness_of(DutyState::open, due, std::nullopt, today, policy) == lateness));
    }
  }
}

TEST_CASE("occurrences of each rhythm") {
  CHECK(dates({Every::month, {}, 7}, "2023-01-08", "2023-04-07") == "2023-02-07 2023-03-07 2023-04-07");
  CHECK(dates({Every::month, {}, 31}, "2023-01-01", "2023-04-30") == "2023-01-31 2023-02-28 2023-03-31 2023-04-30");
  CHECK(dates({Every::month, {}, 0}, "2024-02-01", "2024-02-29") == "2024-02-29");
  CHECK(dates({Every::quarter, {}, 0}, "2023-01-01", "2023-12-31") == "2023-03-31 2023-06-30 2023-09-30 2023-12-31");
  CHECK(dates({Every::half_year, {}, 0}, "2023-01-01", "2023-12-31") == "2023-06-30 2023-12-31");
  CHECK(dates({Every::two_months, {}, 10}, "2023-01-01", "2023-06-30") == "2023-02-10 2023-04-10 2023-06-10");
  CHECK(dates({Every::year, {1, 7}, 0}, "2023-01-01", "2023-12-31") == "2023-01-31 2023-07-31");
  CHECK(dates({Every::year, {3}, 0}, "2023-04-01", "2024-12-31") == "2024-03-31");
  CHECK(dates({Every::year, {}, 0}, "2023-01-01", "2023-12-31") == "2023-12-31");
  CHECK(dates({Every::week, {}, 0}, "2023-03-04", "2023-03-18") == "2023-03-10 2023-03-17");
  CHECK(dates({Every::week, {}, 1}, "2023-03-06", "2023-03-13") == "2023-03-06 2023-03-13");
  CHECK(dates({Every::month, {}, 7}, "2023-01-08", "2023-01-09").empty());
}

TEST_CASE("recurrences that make no sense are refused by field") {
  CHECK(check_recurrence({Every::month, {}, 31}).ok());
  CHECK_FALSE(check_recurrence({Every::month, {}, 32}).ok());
  CHECK_FALSE(check_recurrence({Every::week, {}, 8}).ok());
  CHECK_FALSE(check_recurrence({Every::month, {3}, 1}).ok());
  CHECK_FALSE(check_recurrence({Every::year, {13}, 1}).ok());
}

TEST_CASE("a due date on a closed day moves to the next open one, and stays where the calendar is silent") {
  calendar::CalendarDays days;
  for (int i = 0; i < 10; ++i) {
    calendar::CalendarDay d;
    d.on = day("2023-04-01").plus_days(i);
    d.open_morning = d.open_afternoon = i >= 5;
    days.put(d);
  }
  CHECK(moved_off_closed(day("2023-04-03"), days).iso() == "2023-04-06");
  CHECK(moved_off_closed(day("2023-04-07"), days).iso() == "2023-04-07");
  CHECK(moved_off_closed(day("2025-04-03"), days).iso() == "2025-04-03");
}
