#include "foundation/tracking/rules.hpp"

#include "foundation/tracking/curve.hpp"

#include <cmath>

namespace mandate::tracking {

std::optional<ItemState> after(ItemState state, Step step) {
  using S = ItemState;
  switch (step) {
    case Step::submit_set_up: return state == S::filing || state == S::set_up_returned ? std::optional(S::set_up_review) : std::nullopt;
    case Step::approve_set_up: return state == S::set_up_review ? std::optional(S::executing) : std::nullopt;
    case Step::return_set_up: return state == S::set_up_review ? std::optional(S::set_up_returned) : std::nullopt;
    case Step::request_closing: return state == S::executing || state == S::closing_returned ? std::optional(S::closing_review) : std::nullopt;
    case Step::approve_closing: return state == S::closing_review ? std::optional(S::closed) : std::nullopt;
    case Step::return_closing: return state == S::closing_review ? std::optional(S::closing_returned) : std::nullopt;
    case Step::approve_cancel: return state == S::executing || state == S::closing_returned ? std::optional(S::cancelled) : std::nullopt;
  }
  return std::nullopt;
}

bool is_open(ItemState state) { return state == ItemState::executing || state == ItemState::closing_review || state == ItemState::closing_returned; }

std::optional<PartState> after(PartState state, PartStep step) {
  if (step == PartStep::ask) return state == PartState::to_do ? std::optional(PartState::close_requested) : std::nullopt;
  if (state != PartState::close_requested) return std::nullopt;
  return step == PartStep::agree ? PartState::closed : PartState::to_do;
}

std::vector<FieldFault> faults_of(const std::vector<CheckpointRecord>& checkpoints) {
  std::vector<FieldFault> out;
  if (checkpoints.empty()) out.push_back({"checkpoints", "tracking.no_checkpoints", {}});
  if (checkpoints.size() > checkpoints_max) out.push_back({"checkpoints", "tracking.many_checkpoints", {{"max", std::to_string(checkpoints_max)}}});
  std::int64_t sum = 0;
  CheckpointFlag last_flag = CheckpointFlag::none;
  for (std::size_t i = 0; i < checkpoints.size(); ++i) {
    const auto& one = checkpoints[i];
    const auto at = [&](const char* field) { return "checkpoints[" + std::to_string(i) + "]." + field; };
    if (one.name.empty()) out.push_back({at("name"), "input.required", {}});
    if (one.name.size() > 300) out.push_back({at("name"), "input.too_long", {{"max", "100"}}});
    if (one.weight_bp < 0 || one.weight_bp > whole) out.push_back({at("weight_bp"), "tracking.not_percent", {}});
    sum += one.weight_bp;
    if (one.planned_start && *one.planned_start > one.planned_finish) out.push_back({at("planned_start"), "tracking.starts_after_finish", {}});
    if (i > 0 && one.planned_finish < checkpoints[i - 1].planned_finish) out.push_back({at("planned_finish"), "tracking.before_previous", {{"name", checkpoints[i - 1].name}}});
    if (one.flag == CheckpointFlag::none) continue;
    if (one.flag <= last_flag) out.push_back({at("flag"), "tracking.flag_order", {}});
    last_flag = one.flag;
  }
  if (!checkpoints.empty() && sum != whole) out.push_back({"checkpoints", "tracking.weights", {{"sum", Percent{sum}.text()}}});
  return out;
}

std::vector<FieldFault> faults_of(const PlannedCurve& curve, const std::string& path) {
  std::vector<FieldFault> out;
  if (curve.planned.empty() || curve.planned.size() > periods_max) {
    out.push_back({path, "tracking.curve_length", {{"max", std::to_string(periods_max)}}});
    return out;
  }
  for (std::size_t i = 0; i < curve.planned.size(); ++i) {
    const auto at = path + ".planned[" + std::to_string(i) + "]";
    if (curve.planned[i] < 0 || curve.planned[i] > whole) out.push_back({at, "tracking.not_percent", {}});
    else if (i > 0 && curve.planned[i] < curve.planned[i - 1]) out.push_back({at, "tracking.plan_falls", {}});
  }
  if (curve.planned.back() != whole) out.push_back({path, "tracking.plan_not_whole", {{"ends", Percent{curve.planned.back()}.text()}}});
  return out;
}

std::int64_t planned_at(const PlannedCurve& curve, Date period, PeriodType type) {
  if (period < curve.first_period || curve.planned.empty()) return 0;
  const auto at = static_cast<std::size_t>(periods_between(curve.first_period, period, type));
  return curve.planned[std::min(at, curve.planned.size() - 1)];
}

PlannedCurve generated_curve(const std::string& measure, Date starts_on, Date finishes_on, PeriodType type, double a, double b) {
  PlannedCurve out{measure, period_of(starts_on, type), {}, true};
  const double days = static_cast<double>(std::max<std::int64_t>(1, finishes_on - starts_on));
  std::int64_t before = 0;
  for (Date period = out.first_period; out.planned.size() < periods_max; period = next_period(period, type)) {
    const Date last = period_end(period, type);
    if (last >= finishes_on) {
      out.planned.push_back(whole);
      break;
    }
    const double t = static_cast<double>(last - starts_on) / days;
    before = std::clamp<std::int64_t>(std::llround(whole * (a * t * t * t + b * t * t + (1 - a - b) * t)), before, whole);
    out.planned.push_back(before);
  }
  return out;
}

const CheckpointRecord* find_flag(const std::vector<CheckpointRecord>& checkpoints, CheckpointFlag flag) {
  for (const auto& one : checkpoints) {
    if (one.flag == flag && flag != CheckpointFlag::none) return &one;
  }
  return nullptr;
}

bool overdue(const CheckpointRecord& checkpoint, Date period_last_day) { return checkpoint.planned_finish <= period_last_day && !checkpoint.actual_finish; }

ActualChange with_actuals(std::vector<CheckpointRecord> checkpoints, const std::vector<FiledCheckpoint>& changes, bool controller, Instant cycle_opened_at, Instant now) {
  ActualChange out;
  const Date today = taipei_date(now);
  const auto before = checkpoints;
  const auto place_of = [&](CheckpointId id) { return static_cast<std::size_t>(std::find_if(checkpoints.begin(), checkpoints.end(), [&](const auto& one) { return one.id == id; }) - checkpoints.begin()); };
  const auto accepted_at = [&] {
    std::size_t at = 0;
    while (at < before.size() && !(before[at].flag == CheckpointFlag::acceptance && before[at].actual_finish)) ++at;
    return at;
  }();
  std::vector<bool> touched(checkpoints.size(), false);
  std::vector<std::size_t> change_of(checkpoints.size(), 0);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto fault = [&](const char* key, MessageArgs args = {}) { out.faults.push_back({"checkpoints[" + std::to_string(i) + "].actual_finish", key, std::move(args)}); };
    const auto at = place_of(changes[i].id);
    if (at == checkpoints.size()) {
      fault("tracking.no_checkpoint");
      continue;
    }
    auto& one = checkpoints[at];
    if (one.actual_finish == changes[i].actual_finish) continue;
    if (at > accepted_at) {
      fault("tracking.locked_by_acceptance");
      continue;
    }
    if (one.actual_finish && one.actual_filed_at && *one.actual_filed_at < cycle_opened_at && !controller) {
      fault("tracking.earlier_cycle", {{"name", one.name}});
      continue;
    }
    if (changes[i].actual_finish && *changes[i].actual_finish > today) {
      fault("tracking.in_future");
      continue;
    }
    one.actual_finish = changes[i].actual_finish;
    one.actual_filed_at = now;
    touched[at] = true;
    change_of[at] = i;
  }
  // C: all behind it are done on its day; when it is taken away again, so is what it gave.
  for (std::size_t at = 0; at < checkpoints.size(); ++at) {
    if (checkpoints[at].flag != CheckpointFlag::acceptance || !touched[at]) continue;
    for (std::size_t later = at + 1; later < checkpoints.size(); ++later) {
      checkpoints[later].actual_finish = checkpoints[at].actual_finish;
      checkpoints[later].actual_filed_at = now;
    }
  }
  std::optional<Date> latest;
  for (std::size_t at = 0; at < checkpoints.size(); ++at) {
    if (!checkpoints[at].actual_finish) continue;
    if (latest && *checkpoints[at].actual_finish < *latest && touched[at]) out.faults.push_back({"checkpoints[" + std::to_string(change_of[at]) + "].actual_finish", "tracking.before_earlier", {}});
    latest = std::max(latest.value_or(*checkpoints[at].actual_finish), *checkpoints[at].actual_finish);
  }
  for (std::size_t at = 0; at < checkpoints.size(); ++at) {
    if (checkpoints[at].flag != CheckpointFlag::none && checkpoints[at].actual_finish != before[at].actual_finish) out.flags.emplace_back(checkpoints[at].flag, checkpoints[at].actual_finish);
  }
  out.checkpoints = std::move(checkpoints);
  return out;
}

Lag lag_of(const PlannedCurve& plan, std::int64_t actual, Date period, PeriodType type) {
  Lag out;
  out.planned = planned_at(plan, period, type);
  out.lag = out.planned - actual;
  Curve curve;
  for (const auto value : plan.planned) curve.points.push_back({"", static_cast<double>(value) / 100, std::nullopt, 0});
  // Before the plan's first period nothing is planned and nothing can be late.
  const double now = period < plan.first_period ? 0.0 : static_cast<double>(periods_between(plan.first_period, period, type) + 1);
  const double earned = earned_schedule(curve, static_cast<double>(actual) / 100, now);
  // What is done is as late as it will ever be: time that runs behind the whole is no further lag.
  const double gone = actual >= whole ? std::min(now, earned) : now;
  out.months = std::llround((gone - earned) * months_in(type) * 100);
  return out;
}

bool severe(std::int64_t lag_bp, std::int64_t threshold_bp) { return lag_bp >= threshold_bp; }

int band_of(std::int64_t hundredths, const std::vector<std::int64_t>& limits) {
  return static_cast<int>(std::count_if(limits.begin(), limits.end(), [&](std::int64_t limit) { return hundredths >= limit * 100; }));
}

std::optional<LagKind> lag_kind_of(const std::vector<CheckpointRecord>& checkpoints, bool behind, Date last_day) {
  const auto* start = find_flag(checkpoints, CheckpointFlag::start);
  const auto* completion = find_flag(checkpoints, CheckpointFlag::completion);
  const auto done_by = [&](const CheckpointRecord* one) { return one != nullptr && one->actual_finish && *one->actual_finish <= last_day; };
  const bool is_overdue = std::any_of(checkpoints.begin(), checkpoints.end(), [&](const auto& one) { return overdue(one, last_day); });
  if (done_by(completion)) return is_overdue ? std::optional(LagKind::after_completion) : std::nullopt;
  if (start != nullptr && !done_by(start)) return is_overdue || behind ? std::optional(LagKind::before_start) : std::nullopt;
  // Work without flags has no checkpoints that stand apart from it: an overdue one is lag like any other.
  const bool lags = behind || (start == nullptr && is_overdue);
  return lags ? std::optional(LagKind::behind_plan) : std::nullopt;
}

Rating computed_rating(bool is_severe, bool lags, bool warned) { return is_severe ? Rating::severe : lags ? Rating::behind : warned ? Rating::at_risk : Rating::on_track; }

RollUp rolled_up(const std::vector<Share>& shares, Date period, PeriodType type) {
  RollUp out;
  const bool weighted = std::any_of(shares.begin(), shares.end(), [](const Share& one) { return one.weight_bp > 0; });
  std::int64_t all = 0;
  std::int64_t of_reported = 0;
  std::int64_t sum = 0;
  for (const auto& one : shares) {
    const std::int64_t weight = weighted ? one.weight_bp : 1;
    ++out.children;
    all += weight;
    if (!one.actual) continue;
    ++out.reported;
    of_reported += weight;
    sum += weight * *one.actual;
    if (one.period_on && (!out.oldest_on || *one.period_on < *out.oldest_on)) out.oldest_on = one.period_on;
  }
  if (of_reported > 0) out.actual = Ratio{sum, of_reported * whole}.rounded().basis_points;
  if (all > 0) out.coverage = Ratio{of_reported, all}.rounded().basis_points;
  if (out.oldest_on) out.periods_old = std::max<std::int64_t>(0, periods_between(*out.oldest_on, period, type));
  return out;
}

}  // namespace mandate::tracking
