#include "foundation/tracking/warning_rules.hpp"

namespace mandate::tracking {

std::vector<Warning> warnings_of(const std::string& measure, const std::vector<std::int64_t>& lags, std::optional<std::int64_t> threshold, const PlannedCurve& curve, Date period, PeriodType type, const WarningPolicy& policy) {
  std::vector<Warning> out;
  if (lags.empty() || (threshold && lags.back() >= *threshold)) return out;  // severe already: nothing is early
  const std::int64_t now = lags.back();
  const auto periods = static_cast<std::size_t>(policy.worsening_periods);
  if (periods > 0 && now > 0 && lags.size() > periods) {
    bool worse = true;
    for (std::size_t i = lags.size() - periods; i < lags.size(); ++i) worse &= lags[i] > lags[i - 1];
    if (worse) out.push_back({WarningRule::worsening, measure, now});
  }
  if (policy.heading && threshold && lags.size() > 1 && now > 0) {
    const std::int64_t next = 2 * now - lags[lags.size() - 2];
    if (next >= *threshold) out.push_back({WarningRule::heading, measure, next});
  }
  // What the plan wants late matters as long as that time is still to come.
  if (policy.steep > 0 && !curve.generated) {
    for (std::size_t i = curve.planned.size() < 2 ? 0 : curve.planned.size() - 2; i < curve.planned.size(); ++i) {
      const std::int64_t step = curve.planned[i] - (i == 0 ? 0 : curve.planned[i - 1]);
      if (step > policy.steep && next_period(curve.first_period, type, static_cast<int>(i)) > period) {
        out.push_back({WarningRule::steep, measure, step});
        break;
      }
    }
  }
  return out;
}

std::optional<Warning> checkpoint_warning(const std::vector<CheckpointRecord>& checkpoints, Date last_day, const WarningPolicy& policy) {
  for (std::size_t i = 1; policy.checkpoint_days > 0 && i < checkpoints.size(); ++i) {
    const auto& one = checkpoints[i];
    const auto days = one.planned_finish - last_day;
    if (!one.actual_finish && days > 0 && days <= policy.checkpoint_days && !checkpoints[i - 1].actual_finish) return Warning{WarningRule::checkpoint, "", days};
  }
  return std::nullopt;
}

WarningScore scored(const std::vector<WarnedCourse>& courses, int window) {
  WarningScore out;
  const auto reach = static_cast<std::size_t>(window);
  for (const auto& course : courses) {
    const std::size_t size = course.severe.size();
    for (std::size_t at = 0; at < size; ++at) {
      if (course.warned[at] && !course.severe[at] && (at == 0 || !course.warned[at - 1])) {
        ++out.warnings;
        std::size_t hit = at + 1;
        while (hit < size && hit <= at + reach && !course.severe[hit]) ++hit;
        if (hit < size && hit <= at + reach) {
          ++out.hits;
          out.lead_sum += static_cast<std::int64_t>(hit - at);
        } else if (at + reach < size) {
          ++out.false_alarms;
        } else {
          ++out.pending;
        }
      }
      if (course.severe[at] && (at == 0 || !course.severe[at - 1])) {
        ++out.severe;
        bool seen = false;
        for (std::size_t back = 1; back <= reach && back <= at; ++back) seen |= course.warned[at - back];
        if (!seen) ++out.missed;
      }
    }
  }
  return out;
}

}  // namespace mandate::tracking
