#include "foundation/tracking/forecast_rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::tracking;

namespace {

Date month(int n) { return Date::parse("2020-01-01")->plus_months(n); }

PlannedCurve plan_of(int months) {
  PlannedCurve out{"overall", month(0), {}, false};
  for (int i = 1; i <= months; ++i) out.planned.push_back(whole * i / months);
  return out;
}

// A work that goes evenly and takes `takes` months of a plan of `planned`.
std::vector<std::pair<Date, std::int64_t>> filed(int takes, int known) {
  std::vector<std::pair<Date, std::int64_t>> out;
  for (int i = 1; i <= std::min(takes, known); ++i) out.emplace_back(month(i - 1), whole * i / takes);
  return out;
}

}  // namespace

TEST_CASE("with fewer than 30 closed works there is a date and no interval") {
  std::vector<ClosedCourse> works;
  for (int i = 0; i < 29; ++i) works.push_back(*course_of(plan_of(12), filed(15, 15), PeriodType::month));
  const auto few = calibrate(works);
  CHECK_FALSE(few.enough());
  CHECK_FALSE(few.coverage_bp);
  auto forecast = forecast_of(plan_of(12), filed(15, 6), PeriodType::month, few);
  REQUIRE(forecast);
  CHECK_FALSE(forecast->low);
  works.push_back(works.front());
  const auto enough = calibrate(works);
  CHECK(enough.enough());
  CHECK(enough.coverage_bp);
  forecast = forecast_of(plan_of(12), filed(15, 6), PeriodType::month, enough);
  REQUIRE(forecast->low);
  CHECK(*forecast->low <= *forecast->high);
}

TEST_CASE("the interval holds about the share of works that it says, on works it has not seen") {
  std::vector<ClosedCourse> works;
  // Slips as they come: most a little, some much; the pace is kept for a while and then falls, so that forecasts err.
  for (int i = 0; i < 400; ++i) {
    const int slow = 12 + (i * 7919 % 100) * (i * 104729 % 100) / 900;
    std::vector<std::pair<Date, std::int64_t>> actuals;
    const int turn = 4 + i * 31 % 5;
    std::int64_t done = 0;
    for (int m = 0; done < whole && m < 60; ++m) {
      done = std::min<std::int64_t>(whole, done + (m < turn ? whole / 12 : std::max<std::int64_t>(1, (whole - turn * (whole / 12)) / std::max(1, slow - turn)) + 1));
      actuals.emplace_back(month(m), done);
    }
    if (auto course = course_of(plan_of(12), actuals, PeriodType::month)) works.push_back(*course);
  }
  const auto calibration = calibrate(works);
  REQUIRE(calibration.coverage_bp);
  CHECK(*calibration.coverage_bp >= 72'00);
  CHECK(*calibration.coverage_bp <= 95'00);
}

TEST_CASE("a work that is done, or that has not begun, has no forecast") {
  const Calibration none;
  CHECK_FALSE(forecast_of(plan_of(6), filed(6, 6), PeriodType::month, none));
  CHECK_FALSE(forecast_of(plan_of(6), {{month(0), 0}}, PeriodType::month, none));
  CHECK_FALSE(forecast_of(plan_of(6), {}, PeriodType::month, none));
  CHECK_FALSE(course_of(plan_of(6), filed(12, 5), PeriodType::month));  // never whole
  const auto late = forecast_of(plan_of(6), filed(12, 3), PeriodType::month, none);
  REQUIRE(late);
  CHECK(late->method == ForecastMethod::pace_so_far);
  CHECK(late->finish == doctest::Approx(12).epsilon(0.001));  // three months of a twelfth are 24.99 %
}
