#include "foundation/tracking/forecast_rules.hpp"

#include <cmath>

namespace mandate::tracking {
namespace {

constexpr std::size_t parts = 5;  // of the works, each held out once

std::size_t third_of(std::int64_t actual) { return actual < 33'33 ? 0 : actual < 66'67 ? 1 : 2; }

// The curve as the arithmetic wants it: the plan's periods, and filed ones behind its end.
Curve curve_of(const PlannedCurve& plan, const std::vector<std::pair<Date, std::int64_t>>& actuals, PeriodType type) {
  Curve curve;
  for (const auto value : plan.planned) curve.points.push_back({"", static_cast<double>(value) / 100, std::nullopt, 0});
  for (const auto& [period, actual] : actuals) {
    if (period < plan.first_period) continue;
    const auto at = static_cast<std::size_t>(periods_between(plan.first_period, period, type));
    if (at >= periods_max) continue;
    while (curve.points.size() <= at) curve.points.push_back({"", curve.points.empty() ? 0.0 : curve.points.back().planned, std::nullopt, 0});
    curve.points[at].actual = static_cast<double>(actual) / 100;
  }
  return curve;
}

const Forecast* chosen_of(const CurveState& state) {
  for (const auto& one : state.forecasts) {
    if (one.chosen) return &one;
  }
  return state.forecasts.empty() ? nullptr : &state.forecasts.front();
}

// The value below which this share lies: the conformal rank, (n + 1) p, kept within the sample.
double quantile(const std::vector<double>& sorted, double share) {
  const double rank = share * (static_cast<double>(sorted.size()) + 1);
  const auto at = static_cast<std::size_t>(std::clamp(share < 0.5 ? std::floor(rank) : std::ceil(rank), 1.0, static_cast<double>(sorted.size())));
  return sorted[at - 1];
}

std::optional<std::pair<double, double>> bounds_of(const Calibration& c, std::size_t third) {
  const std::vector<double>* errors = &c.errors[third];
  std::vector<double> all;
  if (errors->size() < static_cast<std::size_t>(closed_min)) {  // too few at this stage: those of all stages
    for (const auto& some : c.errors) all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    errors = &all;
  }
  if (errors->empty()) return std::nullopt;
  constexpr double outside = (1.0 - static_cast<double>(interval_bp) / whole) / 2;
  return std::pair{quantile(*errors, outside), quantile(*errors, 1 - outside)};
}

Calibration errors_of(const std::vector<const ClosedCourse*>& works) {
  Calibration out;
  for (const auto* work : works) {
    ++out.works;
    for (const auto& at : work->states) out.errors[third_of(at.actual)].push_back((work->finished - at.forecast) / std::max(1.0, work->planned));
  }
  for (auto& some : out.errors) std::sort(some.begin(), some.end());
  return out;
}

}  // namespace

Calibration calibrate(const std::vector<ClosedCourse>& works) {
  std::vector<const ClosedCourse*> all;
  for (const auto& work : works) all.push_back(&work);
  Calibration out = errors_of(all);
  if (!out.enough()) return out;
  std::int64_t within = 0;
  std::int64_t tried = 0;
  for (std::size_t held = 0; held < parts; ++held) {
    std::vector<const ClosedCourse*> rest;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i % parts != held) rest.push_back(all[i]);
    }
    const auto known = errors_of(rest);
    for (std::size_t i = held; i < all.size(); i += parts) {
      for (const auto& at : all[i]->states) {
        const auto bounds = bounds_of(known, third_of(at.actual));
        if (!bounds) continue;
        const double length = std::max(1.0, all[i]->planned);
        ++tried;
        within += all[i]->finished >= at.forecast + bounds->first * length && all[i]->finished <= at.forecast + bounds->second * length ? 1 : 0;
      }
    }
  }
  if (tried > 0) out.coverage_bp = Ratio{within, tried}.rounded().basis_points;
  return out;
}

std::optional<Interval> forecast_of(const PlannedCurve& plan, const std::vector<std::pair<Date, std::int64_t>>& actuals, PeriodType type, const Calibration& calibration) {
  const auto states = states_of(curve_of(plan, actuals, type));
  if (states.empty() || states.back().done) return std::nullopt;
  const auto* chosen = chosen_of(states.back());
  if (chosen == nullptr) return std::nullopt;
  Interval out{chosen->method, chosen->finish, std::nullopt, std::nullopt};
  if (!calibration.enough()) return out;
  const auto actual = actuals.empty() ? 0 : actuals.back().second;
  if (const auto bounds = bounds_of(calibration, third_of(actual))) {
    const auto length = static_cast<double>(plan.planned.size());
    // What is not done yet is done in the next period at the earliest.
    const double soonest = static_cast<double>(states.back().at + 2);
    out.low = std::max(soonest, chosen->finish + bounds->first * length);
    out.high = std::max(*out.low, chosen->finish + bounds->second * length);
  }
  return out;
}

std::optional<ClosedCourse> course_of(const PlannedCurve& plan, const std::vector<std::pair<Date, std::int64_t>>& actuals, PeriodType type) {
  const Curve curve = curve_of(plan, actuals, type);
  ClosedCourse out;
  out.planned = planned_duration(curve);
  for (const auto& state : states_of(curve)) {
    if (state.done) {
      out.finished = static_cast<double>(state.at + 1);
      break;
    }
    if (const auto* chosen = chosen_of(state)) out.states.push_back({std::llround(*curve.points[state.at].actual * 100), chosen->finish});
  }
  if (out.finished <= 0 || out.states.empty()) return std::nullopt;
  return out;
}

}  // namespace mandate::tracking
