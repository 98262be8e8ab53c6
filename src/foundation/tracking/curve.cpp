#include "foundation/tracking/curve.hpp"

#include <algorithm>

namespace mandate::tracking {
namespace {

constexpr std::size_t recent_periods = 3;
constexpr double nothing = 1e-9;  // values are of two or three decimals: what is smaller is no difference

double planned_at(const Curve& curve, std::size_t period) { return period == 0 ? 0.0 : curve.points[period - 1].planned; }

std::vector<Forecast> forecasts_of(const Curve& curve, const CurveState& state, double now) {
  std::vector<Forecast> out;
  const double duration = planned_duration(curve);
  const double actual = *curve.points[state.at].actual;
  const auto add = [&](ForecastMethod method, double finish) { out.push_back({method, finish, finish - duration, false}); };
  add(ForecastMethod::rest_as_planned, now + std::max(0.0, duration - state.earned_schedule));
  if (state.earned_schedule > nothing) add(ForecastMethod::pace_so_far, now * duration / state.earned_schedule);
  // The value of three periods ago, or of the beginning; periods without a filing are passed over to an earlier one.
  std::size_t back = state.at + 1 > recent_periods ? state.at + 1 - recent_periods : 0;
  while (back > 0 && !curve.points[back - 1].actual) --back;
  const double before = back == 0 ? 0.0 : *curve.points[back - 1].actual;
  const double pace = (actual - before) / (now - static_cast<double>(back));
  if (pace > nothing) add(ForecastMethod::recent_pace, now + std::max(0.0, curve.total - actual) / pace);
  const bool late = state.spi_t && *state.spi_t < 1 - nothing;
  for (auto& one : out) one.chosen = one.method == (late ? ForecastMethod::pace_so_far : ForecastMethod::rest_as_planned);
  return out;
}

}  // namespace

double planned_duration(const Curve& curve) {
  double highest = 0;
  double duration = 0;
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    if (curve.points[i].planned <= highest + nothing) continue;
    highest = curve.points[i].planned;
    duration = static_cast<double>(i + 1);
  }
  return duration;
}

double earned_schedule(const Curve& curve, double value, double now) {
  const auto end = static_cast<std::size_t>(planned_duration(curve));
  if (end == 0) return 0;
  if (value <= nothing) {  // nothing is done: on time as long as nothing is planned
    std::size_t idle = 0;
    while (planned_at(curve, idle + 1) <= nothing) ++idle;
    return std::clamp(now, 0.0, static_cast<double>(idle));
  }
  if (value >= planned_at(curve, end) - nothing) return static_cast<double>(end);
  // The first and the last moment at which the plan stands at this value.
  std::size_t first = 0;
  while (planned_at(curve, first + 1) < value - nothing) ++first;
  const double low = planned_at(curve, first);
  const double step = planned_at(curve, first + 1) - low;
  const double from = static_cast<double>(first) + (value - low) / step;
  std::size_t last = first + 1;
  if (planned_at(curve, last) > value + nothing) return from;
  while (last < end && planned_at(curve, last + 1) <= value + nothing) ++last;
  return std::clamp(now, from, static_cast<double>(last));
}

std::vector<CurveState> states_of(const Curve& curve) {
  std::vector<CurveState> out;
  const auto end = static_cast<std::size_t>(planned_duration(curve));
  const double highest = planned_at(curve, end);
  std::size_t last_filed = curve.points.size();
  while (last_filed > 0 && !curve.points[last_filed - 1].actual) --last_filed;
  std::optional<double> before;
  bool missing = false;
  for (std::size_t i = 0; i < last_filed; ++i) {
    const auto& point = curve.points[i];
    if (!point.actual) {
      missing = true;
      continue;
    }
    const double now = static_cast<double>(i + 1);
    const double actual = *point.actual;
    CurveState state;
    state.at = i;
    state.lag_points = (point.planned - actual) / curve.total * 100;
    state.earned_schedule = earned_schedule(curve, actual, now);
    state.lag_periods = now - state.earned_schedule;
    if (point.planned > nothing) state.spi = actual / point.planned;
    state.spi_t = state.earned_schedule / now;
    state.done = actual >= curve.total - nothing;
    const auto note = [&](bool so, CurveNote what) {
      if (so) state.notes.push_back(what);
    };
    note(std::exchange(missing, false), CurveNote::actual_missing);
    note(before && actual < *before - nothing, CurveNote::actual_falls);
    note(actual > curve.total + nothing, CurveNote::actual_above_total);
    note(i + 1 <= end && i > 0 && point.planned <= curve.points[i - 1].planned + nothing, CurveNote::plan_flat);
    note(i + 1 >= end && highest < curve.total - nothing, CurveNote::plan_below_total);
    note(actual > highest + nothing && !state.done, CurveNote::actual_beyond_plan);
    if (!state.done && actual > nothing) state.forecasts = forecasts_of(curve, state, now);
    before = actual;
    out.push_back(std::move(state));
  }
  return out;
}

Result<> check_curve(const Curve& curve) {
  const auto bad = [](const CurvePoint& point, const char* column, const char* key, MessageArgs args = {}) -> Result<> {
    Fault f = fault(FaultKind::invalid, "input.invalid");
    args.push_back({"period", point.period});
    f.fields.push_back({"row " + std::to_string(point.row) + ", " + column, key, std::move(args)});
    return f;
  };
  if (curve.points.empty()) return fault(FaultKind::invalid, "curve.no_periods");
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const auto& point = curve.points[i];
    if (point.planned < 0) return bad(point, "planned", "curve.negative");
    if (point.actual && *point.actual < 0) return bad(point, "actual", "curve.negative");
    if (i > 0 && point.planned < curve.points[i - 1].planned - nothing) return bad(point, "planned", "curve.plan_falls", {{"before", curve.points[i - 1].period}});
  }
  if (planned_duration(curve) <= 0) return fault(FaultKind::invalid, "curve.no_plan");
  if (!(curve.total > 0)) return field_fault("total", "curve.no_total");
  return done();
}

const char* name_of(CurveNote note) {
  switch (note) {
    case CurveNote::actual_falls: return "actual_falls";
    case CurveNote::actual_missing: return "actual_missing";
    case CurveNote::actual_above_total: return "actual_above_total";
    case CurveNote::plan_flat: return "plan_flat";
    case CurveNote::plan_below_total: return "plan_below_total";
    case CurveNote::actual_beyond_plan: return "actual_beyond_plan";
  }
  return "";
}

const char* name_of(ForecastMethod method) {
  switch (method) {
    case ForecastMethod::rest_as_planned: return "rest_as_planned";
    case ForecastMethod::pace_so_far: return "pace_so_far";
    case ForecastMethod::recent_pace: return "recent_pace";
  }
  return "";
}

}  // namespace mandate::tracking
