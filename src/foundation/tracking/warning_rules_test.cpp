#include "foundation/tracking/warning_rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::tracking;

namespace {

Date day(const char* iso) { return *Date::parse(iso); }
const PlannedCurve even{"overall", day("2023-01-01"), {20'00, 40'00, 60'00, 75'00, 90'00, 100'00}, false};

std::vector<WarningRule> rules_of(const std::vector<std::int64_t>& lags, const PlannedCurve& curve = even, const WarningPolicy& policy = {}) {
  std::vector<WarningRule> out;
  for (const auto& one : warnings_of("overall", lags, 10'00, curve, day("2023-03-01"), PeriodType::month, policy)) out.push_back(one.rule);
  return out;
}

CheckpointRecord checkpoint(const char* finish, bool done) {
  CheckpointRecord out;
  out.planned_finish = day(finish);
  if (done) out.actual_finish = day("2023-01-15");
  return out;
}

}  // namespace

TEST_CASE("a lag that worsens two periods in a row below the threshold is warned of") {
  using R = WarningRule;
  CHECK(rules_of({1'00, 2'00, 3'00}) == std::vector{R::worsening});
  CHECK(rules_of({2'00, 2'00, 3'00}).empty());          // not worse the first time
  CHECK(rules_of({2'00, 3'00}).empty());                // only one period is known to be worse
  CHECK(rules_of({-3'00, -2'00, -1'00}).empty());       // ahead still
  CHECK(rules_of({-2'00, -1'00, 0}).empty());           // no lag yet
  CHECK(rules_of({1'00, 2'00, 9'99}) == std::vector{R::worsening, R::heading});
  CHECK(rules_of({1'00, 2'00, 10'00}).empty());         // severe is no warning
  WarningPolicy off;
  off.worsening_periods = 0;
  CHECK(rules_of({1'00, 2'00, 3'00}, even, off).empty());
}

TEST_CASE("a lag whose next step reaches the threshold is warned of, at it and not below") {
  using R = WarningRule;
  CHECK(rules_of({4'00, 7'00}) == std::vector{R::heading});  // 10.00 next
  CHECK(rules_of({4'01, 7'00}).empty());                     // 9.99 next
  CHECK(rules_of({3'99, 7'00}) == std::vector{R::heading});
  CHECK(rules_of({9'00, 9'00}).empty());
}

TEST_CASE("a plan that leaves more than 15 points to one of its last two periods is warned of while that is to come") {
  const auto steep_at = [](std::vector<std::int64_t> planned, const char* period) {
    return !warnings_of("overall", {0}, 10'00, {"overall", day("2023-01-01"), std::move(planned), false}, day(period), PeriodType::month, {}).empty();
  };
  CHECK_FALSE(steep_at({40'00, 70'00, 85'00, 100'00}, "2023-01-01"));  // exactly 15
  CHECK(steep_at({40'00, 70'00, 84'99, 100'00}, "2023-01-01"));
  CHECK(steep_at({40'00, 69'99, 85'00, 100'00}, "2023-01-01"));
  CHECK_FALSE(steep_at({10'00, 70'00, 85'00, 100'00}, "2023-01-01"));  // early on it may be steep
  CHECK(steep_at({40'00, 70'00, 84'99, 100'00}, "2023-03-01"));
  CHECK_FALSE(steep_at({40'00, 70'00, 84'99, 100'00}, "2023-04-01"));  // gone by
}

TEST_CASE("a checkpoint due within 30 days whose predecessor is not done is warned of") {
  const auto warned = [](const char* finish, bool first, bool second) { return checkpoint_warning({checkpoint("2023-02-01", first), checkpoint(finish, second)}, day("2023-03-31"), {}).has_value(); };
  CHECK(warned("2023-04-30", false, false));        // 30 days
  CHECK_FALSE(warned("2023-05-01", false, false));  // 31
  CHECK(warned("2023-04-01", false, false));
  CHECK_FALSE(warned("2023-03-31", false, false));  // due already: that is a lag
  CHECK_FALSE(warned("2023-04-30", true, false));
  CHECK_FALSE(warned("2023-04-30", false, true));
}

TEST_CASE("warnings are measured afterwards: hits with their lead, false alarms, what was missed, what is pending") {
  const bool o = false;
  const bool x = true;
  auto score = scored({{{o, x, x, o, o, o}, {o, o, o, x, x, o}}}, 3);
  CHECK(score.warnings == 1);
  CHECK(score.hits == 1);
  CHECK(score.lead_sum == 2);
  CHECK(score.severe == 1);
  CHECK(score.missed == 0);
  score = scored({{{x, o, o, o, o}, {o, o, o, o, x}}}, 3);  // severe after four periods: too late for the warning, and the severe lag was missed
  CHECK(score.false_alarms == 1);
  CHECK(score.hits == 0);
  CHECK(score.missed == 1);
  score = scored({{{x, o, o, o, o}, {o, o, o, x, o}}}, 3);  // after exactly three
  CHECK(score.hits == 1);
  CHECK(score.missed == 0);
  score = scored({{{o, o, x}, {o, o, o}}}, 3);
  CHECK(score.pending == 1);
  score = scored({{{o, o}, {x, o}}}, 3);
  CHECK(score.missed == 1);
}
