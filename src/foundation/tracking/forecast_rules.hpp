// When a work will be done, as an interval. The methods of curve.hpp give one date; how far such dates were wrong is taken from the city's own closed works,
// and what that is worth is tried on works that were held out. Pure.
#pragma once

#include "foundation/tracking/curve.hpp"
#include "foundation/tracking/rules.hpp"

namespace mandate::tracking {

constexpr std::int64_t closed_min = 30;      // fewer closed works say nothing about the next one
constexpr std::int64_t interval_bp = 80'00;  // what share of works the interval is to hold

// How a closed work went: its forecasts, and when it was done. In periods from the beginning of its plan.
struct ClosedCourse {
  struct At {
    std::int64_t actual = 0;  // basis points
    double forecast = 0;
  };
  std::vector<At> states;
  double finished = 0;
  double planned = 0;  // its planned length
};

// Errors of forecasts as a share of the planned length, sorted, by how much of the work was done: a third, two thirds, more.
struct Calibration {
  std::int64_t works = 0;
  std::vector<double> errors[3];
  std::optional<std::int64_t> coverage_bp;  // of works held out, in five parts; none: too few
  bool enough() const { return works >= closed_min; }
};
Calibration calibrate(const std::vector<ClosedCourse>& works);

struct Interval {
  ForecastMethod method = ForecastMethod::rest_as_planned;
  double finish = 0;
  std::optional<double> low, high;  // none: too few closed works
};
// Of a work at its last filed period; none: done, or nothing done yet.
std::optional<Interval> forecast_of(const PlannedCurve& plan, const std::vector<std::pair<Date, std::int64_t>>& actuals, PeriodType type, const Calibration& calibration);
// The course of a closed work from its plan and what was filed; none: it never reached the whole.
std::optional<ClosedCourse> course_of(const PlannedCurve& plan, const std::vector<std::pair<Date, std::int64_t>>& actuals, PeriodType type);

}  // namespace mandate::tracking
