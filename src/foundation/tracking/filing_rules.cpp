#include "foundation/tracking/filing_rules.hpp"

#include "kernel/text.hpp"

namespace mandate::tracking {
namespace {

bool is_letter(char32_t c) { return c > 0x7F ? !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF0F) && !(c >= 0x2000 && c <= 0x206F) : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::map<std::pair<char32_t, char32_t>, int> pairs_of(std::string_view text, std::int64_t& count) {
  std::map<std::pair<char32_t, char32_t>, int> out;
  char32_t before = 0;
  for (const char32_t c : to_utf32(fold(text))) {
    if (!is_letter(c)) continue;
    if (before != 0) {
      ++out[{before, c}];
      ++count;
    }
    before = c;
  }
  return out;
}

bool known(const std::vector<std::string>& all, const std::string& one) { return all.empty() || std::find(all.begin(), all.end(), one) != all.end(); }

}  // namespace

CycleDates cycle_dates(Date period, PeriodType type, const TrackingPolicy& policy) {
  const Date month = next_period(period, type);
  const auto day = [&](int n) { return std::min(month.plus_days(n - 1), month.last_of_month()); };
  return {day(policy.open_day), day(policy.due_day), day(policy.close_day)};
}

CyclePhase phase_of(const CycleDates& moved, bool locked, Date today) {
  if (locked) return CyclePhase::locked;
  if (today < moved.opens_on) return CyclePhase::planned;
  if (today <= moved.due_on) return CyclePhase::open;
  return today <= moved.closes_on ? CyclePhase::late : CyclePhase::closed;
}

std::int64_t late_days_of(Date due_on, Date submitted_on) { return std::max<std::int64_t>(0, submitted_on - due_on); }

ValueState value_state(const std::optional<std::int64_t>& actual, Date due_on, Date today) {
  if (actual) return *actual == 0 ? ValueState::confirmed_zero : ValueState::filed;
  return today > due_on ? ValueState::missing : ValueState::not_yet_due;
}

std::int64_t similarity(std::string_view a, std::string_view b) {
  std::int64_t in_a = 0;
  std::int64_t in_b = 0;
  const auto pairs_a = pairs_of(a, in_a);
  const auto pairs_b = pairs_of(b, in_b);
  std::int64_t both = 0;
  for (const auto& [pair, count] : pairs_a) {
    if (const auto found = pairs_b.find(pair); found != pairs_b.end()) both += std::min(count, found->second);
  }
  return in_a == 0 || in_b == 0 ? 0 : Ratio{2 * both, in_a + in_b}.rounded().basis_points;
}

bool asked_for(const Measure& measure, const std::vector<CheckpointRecord>& checkpoints, Date last_day) {
  if (measure.asked_from == CheckpointFlag::none) return true;
  const auto* from = find_flag(checkpoints, measure.asked_from);
  return from != nullptr && from->actual_finish && *from->actual_finish <= last_day;  // a work without that checkpoint never gets there
}

std::optional<std::int64_t> forced_actual(const Measure& measure, const std::vector<CheckpointRecord>& checkpoints, Date last_day) {
  const auto* by = find_flag(checkpoints, measure.complete_by);
  return by != nullptr && by->actual_finish && *by->actual_finish <= last_day ? std::optional(whole) : std::nullopt;
}

std::vector<FieldFault> faults_of(const FilingInput& filing, const FilingContext& context, const TrackingPolicy& policy) {
  std::vector<FieldFault> out;
  const Date last_day = period_end(context.period, context.type);
  for (std::size_t i = 0; i < filing.actuals.size(); ++i) {
    if (std::none_of(context.measures.begin(), context.measures.end(), [&](const auto& one) { return one.name == filing.actuals[i].measure; })) out.push_back({"actuals[" + std::to_string(i) + "].measure", "tracking.no_measure", {}});
  }
  for (const auto& measure : context.measures) {
    if (!asked_for(measure, context.checkpoints, last_day)) continue;
    const auto filed = std::find_if(filing.actuals.begin(), filing.actuals.end(), [&](const auto& one) { return one.measure == measure.name; });
    const std::string at = "actuals." + measure.name;
    const auto forced = forced_actual(measure, context.checkpoints, last_day);
    auto actual = filed == filing.actuals.end() ? std::optional<std::int64_t>() : filed->actual;
    if (forced) actual = forced;
    if (!actual) {
      out.push_back({at, "input.required", {}});
      continue;
    }
    if (*actual < 0 || *actual > whole) {
      out.push_back({at, "tracking.not_percent", {}});
      continue;
    }
    // Section 2.2: the whole is refused while the checkpoint that makes it whole is not done.
    if (*actual == whole && !forced && find_flag(context.checkpoints, measure.complete_by) != nullptr) out.push_back({at, "tracking.whole_without_completion", {}});
    const auto before = context.before.find(measure.name);
    if (before != context.before.end() && *actual < before->second && !context.rebaselined) out.push_back({at, "tracking.falls", {{"before", Percent{before->second}.text()}}});
    if (const auto later = context.after.find(measure.name); later != context.after.end() && *actual > later->second) out.push_back({at, "tracking.above_later", {{"later", Percent{later->second}.text()}}});
    const std::int64_t step = *actual - (before == context.before.end() ? 0 : before->second);
    if (step > policy.jump && !filing.confirm_jump && !forced) out.push_back({at, "tracking.jump", {{"step", Percent{step}.text()}}});
  }
  if (filing.narrative.empty()) out.push_back({"narrative", "input.required", {}});
  if (filing.narrative.size() > 12'000) out.push_back({"narrative", "input.too_long", {{"max", "4000"}}});
  if (context.lag_kind) {
    const LagInput lag = filing.lag.value_or(LagInput{});
    const auto text = [&](const char* field, const std::string& value) {
      if (value.empty()) out.push_back({std::string("lag.") + field, "tracking.lag_required", {}});
      if (value.size() > 6'000) out.push_back({std::string("lag.") + field, "input.too_long", {{"max", "2000"}}});
    };
    text("category", lag.category);
    text("responsibility", lag.responsibility);
    text("cause", lag.cause);
    text("countermeasure", lag.countermeasure);
    text("help", lag.help);
    if (!lag.category.empty() && !known(policy.lag_categories, lag.category)) out.push_back({"lag.category", "tracking.no_category", {}});
    if (!lag.responsibility.empty() && !known(policy.lag_responsibilities, lag.responsibility)) out.push_back({"lag.responsibility", "tracking.no_category", {}});
    if (!lag.deadline_on) out.push_back({"lag.deadline_on", "tracking.lag_required", {}});
    else if (*lag.deadline_on < context.today) out.push_back({"lag.deadline_on", "tracking.deadline_past", {}});
  }
  return out;
}

}  // namespace mandate::tracking
