// Early warning: four rules about items that are not severe yet (rules, section 2.4; none of them is a published rule of the city), and how good the warnings
// were when one looks back. Pure; time is a parameter.
#pragma once

#include "foundation/tracking/rules.hpp"

namespace mandate::tracking {

// Worsening: behind, below the threshold, and worse for so many periods in a row. Checkpoint: one is due within some days and the one before it is not
// done. Heading: the step of the last period, taken once more, reaches the threshold. Steep: the plan wants much in one of its last two periods (the
// national mechanism's unbalanced curve).
BOOST_DEFINE_ENUM_CLASS(WarningRule, worsening, checkpoint, heading, steep)

struct WarningPolicy {
  int worsening_periods = 2;     // 0: the rule is off
  int checkpoint_days = 30;      // 0: off
  bool heading = true;
  std::int64_t steep = 15'00;    // basis points, more than this; 0: off
  int window = 6;                // periods in which a warning has to come true
};

struct Warning {
  WarningRule rule = WarningRule::worsening;
  std::string measure;
  std::int64_t detail = 0;  // basis points of the lag, of the lag to come, of the step; days to the checkpoint
};

// Of one measure: its lags by the current baseline up to this period, oldest first, without gaps.
std::vector<Warning> warnings_of(const std::string& measure, const std::vector<std::int64_t>& lags, std::optional<std::int64_t> threshold, const PlannedCurve& curve, Date period, PeriodType type, const WarningPolicy& policy);
// Of the checkpoints.
std::optional<Warning> checkpoint_warning(const std::vector<CheckpointRecord>& checkpoints, Date period_last_day, const WarningPolicy& policy);

// One item, period by period, oldest first.
struct WarnedCourse {
  std::vector<bool> warned;
  std::vector<bool> severe;
};
struct WarningScore {
  std::int64_t warnings = 0;     // stretches of warned periods, each counted once
  std::int64_t hits = 0;         // severe within the window
  std::int64_t false_alarms = 0; // the window went by without it
  std::int64_t pending = 0;      // the window is not over yet
  std::int64_t severe = 0;       // stretches of severe periods
  std::int64_t missed = 0;       // without a warning in the window before
  std::int64_t lead_sum = 0;     // periods from the first warning of a hit to the severe lag
};
BOOST_DESCRIBE_STRUCT(WarningScore, (), (warnings, hits, false_alarms, pending, severe, missed, lead_sum))
WarningScore scored(const std::vector<WarnedCourse>& courses, int window);

}  // namespace mandate::tracking
