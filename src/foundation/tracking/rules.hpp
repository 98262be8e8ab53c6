// Pure rules of control: states, plans, lag. Time is a parameter. Sections name the rules handed over with the yearly plan.
#pragma once

#include "foundation/tracking/model.hpp"
#include "foundation/tracking/periods.hpp"

#include <map>

namespace mandate::tracking {

// ---- states, section 2.6

BOOST_DEFINE_ENUM_CLASS(Step, submit_set_up, approve_set_up, return_set_up, request_closing, approve_closing, return_closing, approve_cancel)
// None: the step cannot be taken from there.
std::optional<ItemState> after(ItemState state, Step step);
bool is_open(ItemState state);  // under control: filings are owed
BOOST_DEFINE_ENUM_CLASS(PartStep, ask, agree, disagree)
std::optional<PartState> after(PartState state, PartStep step);

// ---- the plan, sections 2.2 and 2.4

constexpr std::int64_t whole = 10'000;  // basis points
constexpr std::size_t checkpoints_max = 100;
constexpr std::size_t periods_max = 600;

// Weights add up to 100 %, dates are in order, each flag stands once and A before B before C. Faults are at "checkpoints" or "checkpoints[3].weight_bp".
std::vector<FieldFault> faults_of(const std::vector<CheckpointRecord>& checkpoints);
// Never falls, within 0 and 100 %, ends at 100 %. `path` is of the curve: "curves[0]".
std::vector<FieldFault> faults_of(const PlannedCurve& curve, const std::string& path);
// 0 before its first period, its last value behind the last.
std::int64_t planned_at(const PlannedCurve& curve, Date period, PeriodType type);
// When only two dates are known: the cubic y = a t^3 + b t^2 + (1 - a - b) t, with a = -2 and b = 3 level at both ends and steepest in the middle (after
// Chao's two-parameter form). Labelled as generated wherever it is shown.
PlannedCurve generated_curve(const std::string& measure, Date starts_on, Date finishes_on, PeriodType type, double a = -2, double b = 3);

const CheckpointRecord* find_flag(const std::vector<CheckpointRecord>& checkpoints, CheckpointFlag flag);
// Overdue at the end of a filing month: planned to be finished by its last day and not done.
bool overdue(const CheckpointRecord& checkpoint, Date period_last_day);

// Takes over actual dates, with section 2.2's behaviours: once C is done all behind it are done on its day and locked; a date entered before the present
// cycle began is the controller's to change. Nothing lies in the future, and nobody finishes what comes later on an earlier day.
struct ActualChange {
  std::vector<CheckpointRecord> checkpoints;
  std::vector<std::pair<CheckpointFlag, std::optional<Date>>> flags;  // whose date came, changed or went
  std::vector<FieldFault> faults;                                     // at "checkpoints[i].actual_finish", i counting the changes
};
ActualChange with_actuals(std::vector<CheckpointRecord> checkpoints, const std::vector<FiledCheckpoint>& changes, bool controller, Instant cycle_opened_at, Instant now);

// ---- lag, sections 1.2, 2.3 and 2.4

struct Lag {
  std::int64_t planned = 0;
  std::int64_t lag = 0;     // basis points, planned minus actual
  std::int64_t months = 0;  // hundredths of a month behind, by earned schedule
};
Lag lag_of(const PlannedCurve& curve, std::int64_t actual, Date period, PeriodType type);

// Severe from the threshold on, the threshold included: 10.00 overall, 20.00 of construction.
bool severe(std::int64_t lag_bp, std::int64_t threshold_bp);
// How many of the limits a value has reached: 10.00 belongs to the band from 10 on. Limits are whole points, or whole months.
int band_of(std::int64_t hundredths, const std::vector<std::int64_t>& limits);

// D1, D2 or D3; none: conforming. `behind`: a graded measure lags by more than the policy lets pass.
std::optional<LagKind> lag_kind_of(const std::vector<CheckpointRecord>& checkpoints, bool behind, Date period_last_day);
Rating computed_rating(bool is_severe, bool lags, bool warned);

// ---- roll-up

struct Share {
  std::int64_t weight_bp = 0;
  std::optional<std::int64_t> actual;  // none: has reported nothing
  std::optional<Date> period_on;       // of what it reported last
};
// The weighted progress of those that reported, what share of the weight they are, and how old the oldest of it is.
struct RollUp {
  std::optional<std::int64_t> actual;  // none: nobody reported
  std::int64_t coverage = 0;           // basis points of the weight
  std::int64_t reported = 0;
  std::int64_t children = 0;
  std::optional<Date> oldest_on;
  std::int64_t periods_old = 0;        // how far the oldest lies behind the period asked about
};
BOOST_DESCRIBE_STRUCT(RollUp, (), (actual, coverage, reported, children, oldest_on, periods_old))
// Children without weights count alike.
RollUp rolled_up(const std::vector<Share>& shares, Date period, PeriodType type);

}  // namespace mandate::tracking
