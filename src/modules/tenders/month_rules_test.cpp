#include "modules/tenders/month_rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::tenders;

namespace {

MonthEntry entry(std::int64_t agency, MonthLag lag = MonthLag::none, std::int64_t months = 1) {
  MonthEntry out;
  out.agency_id = agency;
  out.lag = lag;
  out.lag_months = lag == MonthLag::none ? 0 : months;
  return out;
}

MonthEntry as(MonthEntry one, MonthState state) {
  one.state = state;
  return one;
}

std::vector<MonthEntry> times(std::size_t count, const MonthEntry& one) { return std::vector<MonthEntry>(count, one); }

std::vector<MonthEntry> join(std::initializer_list<std::vector<MonthEntry>> parts) {
  std::vector<MonthEntry> out;
  for (const auto& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

}  // namespace

TEST_CASE("every tender of a month stands in one of closed, conforming, lagging and cancelled, and the two lag rates have names of their own") {
  const auto line = sum_of(join({times(4, as(entry(1), MonthState::closed)), times(5, entry(1)), {entry(1, MonthLag::before_start), entry(1, MonthLag::behind_plan), entry(1, MonthLag::after_completion)}, times(1, as(entry(1), MonthState::cancelled))}));
  CHECK(line.total() == 13);
  CHECK(line.closed == 4);
  CHECK(line.conforming == 5);
  CHECK(line.lagging() == 3);
  CHECK(line.cancelled == 1);
  CHECK(line.completion_rate().rounded().text() == "30.77");
  CHECK(line.lag_rate().rounded().text() == "23.08");
  CHECK(line.lag_rate_of_open().rounded().text() == "37.5");
  CHECK_FALSE(sum_of({}).lag_rate().defined());
}

TEST_CASE("a tender that was closed or cancelled does not lag, whatever its last filing said") {
  const auto line = sum_of({as(entry(1, MonthLag::behind_plan, 4), MonthState::closed), as(entry(1, MonthLag::behind_plan, 4), MonthState::cancelled)});
  CHECK(line.lagging() == 0);
  CHECK(line.longer == 0);
}

TEST_CASE("months of lag in a row are disjoint: exactly one, exactly two, three and more") {
  const auto line = sum_of({entry(1, MonthLag::behind_plan, 1), entry(1, MonthLag::before_start, 2), entry(1, MonthLag::behind_plan, 2), entry(1, MonthLag::behind_plan, 3), entry(1, MonthLag::after_completion, 11)});
  CHECK(line.once == 1);
  CHECK(line.twice == 2);
  CHECK(line.longer == 2);
  CHECK(line.once + line.twice + line.longer == line.lagging());
}

TEST_CASE("what is not filed counts as its last filing says, and is told apart; central money is counted in all states") {
  auto missing = entry(1, MonthLag::behind_plan, 2);
  missing.filed = false;
  auto central = as(entry(1), MonthState::closed);
  central.central_money = true;
  const auto line = sum_of({missing, central, entry(1)});
  CHECK(line.not_filed == 1);
  CHECK(line.behind_plan == 1);
  CHECK(line.central == 1);
}

TEST_CASE("ranks are dense: the most lagging first, then the highest rate, then the sum of both places") {
  // Agency: lagging of all. 1: 4 of 8, 2: 4 of 5, 3: 2 of 4, 4: 0 of 3.
  const auto lines = by_agency(join({times(4, entry(1, MonthLag::behind_plan)), times(4, entry(1)), times(4, entry(2, MonthLag::behind_plan)), times(1, entry(2)), times(2, entry(3, MonthLag::behind_plan)), times(2, entry(3)), times(3, entry(4))}));
  const auto ranks = [&](std::int64_t agency) {
    const auto& line = lines.at(agency);
    return std::array<std::int64_t, 3>{line.rank_count, line.rank_rate, line.rank};
  };
  CHECK(ranks(1) == std::array<std::int64_t, 3>{1, 2, 2});
  CHECK(ranks(2) == std::array<std::int64_t, 3>{1, 1, 1});
  CHECK(ranks(3) == std::array<std::int64_t, 3>{2, 2, 3});  // half of four is half of eight
  CHECK(ranks(4) == std::array<std::int64_t, 3>{3, 3, 4});
}

TEST_CASE("lines by district and by kind of works hold every tender once") {
  auto road = entry(1, MonthLag::behind_plan);
  road.works_kind = WorksKind::road;
  road.district = "66000010";
  auto park = entry(2);
  park.works_kind = WorksKind::park;
  const auto entries = join({times(3, road), times(2, park)});
  CHECK(by_works_kind(entries).at(WorksKind::road).total() == 3);
  CHECK(by_works_kind(entries).at(WorksKind::park).total() == 2);
  CHECK(by_district(entries).at("66000010").lagging() == 3);
  CHECK(by_district(entries).at("").total() == 2);
}

TEST_CASE("performance under ninety is strict, at the value, one below, one above, before any rounding") {
  const auto conforming_of = [](std::size_t conforming, std::size_t lagging) { return performance_of(join({times(conforming, entry(1)), times(lagging, entry(1, MonthLag::behind_plan))}), Performance::conformity); };
  const auto ninety = Percent::of(90);
  CHECK_FALSE(below(conforming_of(90, 10), ninety));
  CHECK(below(conforming_of(89, 10), ninety));      // 89.899
  CHECK_FALSE(below(conforming_of(91, 10), ninety));
  CHECK(below(conforming_of(22'499, 2'501), ninety));  // 89.996: shown as 90.00, and under it
  CHECK(conforming_of(22'499, 2'501).rounded().text() == "90");
  CHECK_FALSE(below(performance_of({}, Performance::conformity), ninety));
  CHECK_FALSE(below(conforming_of(0, 0), ninety));
  CHECK(below(conforming_of(0, 1), ninety));
  // 55 of 69 programmes on schedule.
  CHECK(conforming_of(55, 14).rounded().text() == "79.71");
}

TEST_CASE("attainment weighs by contract and is never more than whole; the budget's rate leaves out what was not reported") {
  auto large = entry(1);
  large.contract = 90'000'000;
  large.planned = 5'000;
  large.actual = 4'000;
  auto small = entry(1);
  small.contract = 10'000'000;
  small.planned = 5'000;
  small.actual = 5'000;
  CHECK(performance_of({large, small}, Performance::attainment).rounded().text() == "82");
  small.actual = 10'000;
  large.actual = 6'000;
  CHECK(performance_of({large, small}, Performance::attainment).rounded().text() == "100");
  auto not_awarded = entry(1);
  CHECK_FALSE(performance_of({not_awarded}, Performance::attainment).defined());

  // Half a year's 240 thousand millions, all executed, of 600: the rate is of what was allocated to date.
  auto half_year = entry(1);
  half_year.allocated = 240'000'000'000;
  half_year.executed = 240'000'000'000;
  CHECK(performance_of({half_year, entry(1)}, Performance::budget).rounded().text() == "100");
  half_year.allocated = 600'000'000'000;
  CHECK(performance_of({half_year}, Performance::budget).rounded().text() == "40");
  CHECK_FALSE(performance_of({entry(1)}, Performance::budget).defined());
}
