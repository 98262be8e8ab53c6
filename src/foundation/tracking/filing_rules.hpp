// Pure rules of filing: when a cycle is open, what a filing must hold, whether it says anything new. Time is a parameter.
#pragma once

#include "foundation/tracking/rules.hpp"

namespace mandate::tracking {

// Policy values of a day.
struct TrackingPolicy {
  int open_day = 1;      // of the month behind the period: filing begins (unsourced)
  int due_day = 7;       // last day on time (unsourced: 5, 7 and 10 are in use elsewhere)
  int close_day = 20;    // last day at all; the national compilation is of the 20th
  std::int64_t lag_over = 0;      // basis points: a lag is one when it is more than this
  std::int64_t jump = 30'00;      // a step of more than this in one period has to be confirmed
  std::int64_t copied = 90'00;    // two narratives as alike as this look copied
  std::vector<std::int64_t> point_bands{10, 20};
  std::vector<std::int64_t> month_bands{3, 6};
  std::vector<std::string> lag_categories;
  std::vector<std::string> lag_responsibilities;
};

struct CycleDates {
  Date opens_on, due_on, closes_on;
};
// Before the calendar moves them.
CycleDates cycle_dates(Date period, PeriodType type, const TrackingPolicy& policy);
// `moved`: after the calendar has moved them.
CyclePhase phase_of(const CycleDates& moved, bool locked, Date today);
// Days behind the last day on time; 0: on time.
std::int64_t late_days_of(Date due_on, Date submitted_on);
ValueState value_state(const std::optional<std::int64_t>& actual, Date due_on, Date today);

// How alike two narratives are, in basis points: the share of overlapping pairs of characters that both have (Dice's coefficient), spaces and punctuation
// left out. Nothing in either: 0, for an empty text copies nothing.
std::int64_t similarity(std::string_view a, std::string_view b);

struct LagInput {
  std::string category;
  std::string responsibility;
  std::string cause;
  std::string countermeasure;
  std::string help;
  std::optional<Date> deadline_on;
};
BOOST_DESCRIBE_STRUCT(LagInput, (), (category, responsibility, cause, countermeasure, help, deadline_on))

struct FilingInput {
  std::vector<FiledActual> actuals;
  std::vector<FiledCheckpoint> checkpoints;
  std::string narrative;
  std::optional<LagInput> lag;
  std::optional<Rating> own_rating;
  bool confirm_jump = false;  // the filer has seen how large the step is, and means it
};

// What a filing is held against.
struct FilingContext {
  const std::vector<Measure>& measures;
  std::vector<CheckpointRecord> checkpoints;       // with the filing's own dates taken over
  std::map<std::string, std::int64_t> before;      // of the period filed last before this one, by measure
  std::map<std::string, std::int64_t> after;       // of the next one filed behind it
  bool rebaselined = false;                        // a baseline was approved since the filing before: progress may fall
  std::optional<LagKind> lag_kind;                 // what the filing amounts to
  Date period;
  PeriodType type = PeriodType::month;
  Date today;
};

// Whether a measure is asked for in a period; the value it must have because its checkpoint is done.
bool asked_for(const Measure& measure, const std::vector<CheckpointRecord>& checkpoints, Date period_last_day);
std::optional<std::int64_t> forced_actual(const Measure& measure, const std::vector<CheckpointRecord>& checkpoints, Date period_last_day);

// Everything against submitting, each at its field; empty: it can be submitted.
std::vector<FieldFault> faults_of(const FilingInput& filing, const FilingContext& context, const TrackingPolicy& policy);

}  // namespace mandate::tracking
