// Lag in points and in periods on curves small enough to be reckoned by hand.
#include "foundation/tracking/curve.hpp"

#include <doctest/doctest.h>

namespace mandate::tracking {
namespace {

Curve curve_of(const std::vector<double>& planned, const std::vector<std::optional<double>>& actual, double total = 100) {
  Curve out;
  out.total = total;
  for (std::size_t i = 0; i < planned.size(); ++i) out.points.push_back({std::to_string(i + 1), planned[i], i < actual.size() ? actual[i] : std::nullopt, static_cast<std::int64_t>(i + 2)});
  return out;
}

bool has(const CurveState& state, CurveNote note) { return std::find(state.notes.begin(), state.notes.end(), note) != state.notes.end(); }

double finish_of(const CurveState& state, ForecastMethod method) {
  for (const auto& one : state.forecasts) {
    if (one.method == method) return one.finish;
  }
  return -1;
}

ForecastMethod chosen_of(const CurveState& state) {
  for (const auto& one : state.forecasts) {
    if (one.chosen) return one.method;
  }
  return ForecastMethod::recent_pace;
}

}  // namespace

TEST_CASE("earned schedule lies between two periods where the work does") {
  const auto curve = curve_of({10, 30, 60, 100}, {5, 30, 45});
  CHECK(planned_duration(curve) == 4);
  const auto states = states_of(curve);
  REQUIRE(states.size() == 3);
  CHECK(states[0].earned_schedule == doctest::Approx(0.5));
  CHECK(states[0].lag_points == doctest::Approx(5));
  CHECK(states[0].lag_periods == doctest::Approx(0.5));
  CHECK(*states[0].spi == doctest::Approx(0.5));
  CHECK(*states[0].spi_t == doctest::Approx(0.5));
  CHECK(states[1].earned_schedule == doctest::Approx(2));
  CHECK(states[1].lag_periods == doctest::Approx(0));
  CHECK(states[2].earned_schedule == doctest::Approx(2.5));
  CHECK(states[2].lag_points == doctest::Approx(15));
  CHECK(finish_of(states[2], ForecastMethod::rest_as_planned) == doctest::Approx(4.5));
  CHECK(finish_of(states[2], ForecastMethod::pace_so_far) == doctest::Approx(3 * 4 / 2.5));
  CHECK(finish_of(states[2], ForecastMethod::recent_pace) == doctest::Approx(3 + 55 / 15.0));
  CHECK(chosen_of(states[2]) == ForecastMethod::pace_so_far);
  CHECK(chosen_of(states[1]) == ForecastMethod::rest_as_planned);
}

TEST_CASE("a plan that stands still makes nobody early or late") {
  const auto curve = curve_of({20, 50, 50, 50, 80, 100}, {20, 50, 50, 50, 50, 65});
  const auto states = states_of(curve);
  for (std::size_t i : {1, 2, 3}) {
    CHECK(states[i].lag_periods == doctest::Approx(0));
    CHECK(states[i].lag_points == doctest::Approx(0));
  }
  CHECK_FALSE(has(states[1], CurveNote::plan_flat));
  CHECK(has(states[2], CurveNote::plan_flat));
  // A period after the plan went on: one period late, not three.
  CHECK(states[4].earned_schedule == doctest::Approx(4));
  CHECK(states[4].lag_periods == doctest::Approx(1));
  CHECK(states[5].earned_schedule == doctest::Approx(4.5));
  // Early: at the beginning of the flat stretch, not at its end.
  CHECK(states_of(curve_of({20, 50, 50, 50, 80, 100}, {50}))[0].earned_schedule == doctest::Approx(2));
  // Nothing planned and nothing done is on time; what is planned then is missed from there on.
  const auto idle = states_of(curve_of({0, 0, 40, 100}, {0, 0, 0}));
  CHECK(idle[1].lag_periods == doctest::Approx(0));
  CHECK_FALSE(idle[1].spi);
  CHECK(idle[2].earned_schedule == doctest::Approx(2));
  CHECK(idle[2].lag_periods == doctest::Approx(1));
  CHECK(idle[2].forecasts.empty());
}

TEST_CASE("after the plan's end time still runs") {
  // Done in the sixth period of four.
  const auto states = states_of(curve_of({25, 50, 75, 100, 100, 100}, {20, 40, 60, 80, 90, 100}));
  CHECK(states[5].earned_schedule == doctest::Approx(4));
  CHECK(states[5].lag_periods == doctest::Approx(2));
  CHECK(*states[5].spi_t == doctest::Approx(4 / 6.0));
  CHECK(*states[5].spi == doctest::Approx(1));
  CHECK(states[5].done);
  CHECK(states[5].forecasts.empty());
  CHECK(states[4].forecasts.size() == 3);
}

TEST_CASE("work that is taken back, months without a filing, and a plan that ends too low are said") {
  auto states = states_of(curve_of({30, 60, 95}, {30, 20, std::nullopt, 97}));
  REQUIRE(states.size() == 2);
  CHECK(has(states[1], CurveNote::actual_falls));
  CHECK(states[1].earned_schedule == doctest::Approx(20 / 30.0));
  states = states_of(curve_of({30, 60, 95, 95}, {30, 20, std::nullopt, 97}));
  REQUIRE(states.size() == 3);
  CHECK(has(states[2], CurveNote::actual_missing));
  CHECK(has(states[2], CurveNote::plan_below_total));
  CHECK(has(states[2], CurveNote::actual_beyond_plan));
  CHECK(states[2].earned_schedule == doctest::Approx(3));
  CHECK_FALSE(has(states[0], CurveNote::plan_below_total));
  // The pace of the last periods goes back to the last filing before them.
  CHECK(finish_of(states_of(curve_of({10, 20, 30, 40, 100}, {10, std::nullopt, 20, 30}))[2], ForecastMethod::recent_pace) == doctest::Approx(4 + 70 / (20 / 3.0)));
  CHECK(has(states_of(curve_of({50, 100}, {50, 104}))[1], CurveNote::actual_above_total));
  // Work that does not move has no pace to go by.
  CHECK(finish_of(states_of(curve_of({10, 20, 30, 40, 100}, {10, 10, 10, 10}))[3], ForecastMethod::recent_pace) == -1);
}

TEST_CASE("a curve that is none is refused by its row") {
  CHECK(check_curve(curve_of({10, 100}, {})).ok());
  CHECK(check_curve(curve_of({}, {})).fault().key == "curve.no_periods");
  CHECK(check_curve(curve_of({0, 0}, {})).fault().key == "curve.no_plan");
  CHECK(check_curve(curve_of({50, 40}, {})).fault().fields.at(0).key == "curve.plan_falls");
  CHECK(check_curve(curve_of({50, 40}, {})).fault().fields.at(0).path == "row 3, planned");
  CHECK(check_curve(curve_of({50, 60}, {-1})).fault().fields.at(0).path == "row 2, actual");
  CHECK(check_curve(curve_of({50, 60}, {}, 0)).fault().fields.at(0).path == "total");
}

TEST_CASE("amounts are points of their total") {
  const auto states = states_of(curve_of({100, 250, 400}, {80}, 400));
  CHECK(states[0].lag_points == doctest::Approx(5));
  CHECK(states[0].earned_schedule == doctest::Approx(0.8));
}

}  // namespace mandate::tracking
