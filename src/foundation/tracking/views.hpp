// What the routes of control answer with.
#pragma once

#include "foundation/tracking/later_views.hpp"
#include "foundation/tracking/rules.hpp"

namespace mandate::tracking {

struct MeasureView {
  std::string measure;
  Date period;
  std::int64_t planned_first = 0, planned_current = 0, actual = 0;
  std::int64_t lag_first = 0, lag_current = 0;        // basis points; more is worse
  std::int64_t months_first = 0, months_current = 0;  // hundredths of a month
  bool graded = true;                                 // false: its plan was made from dates alone
  bool severe = false;
  int point_band = 0, month_band = 0;                 // how many limits of the policy it has reached
};
BOOST_DESCRIBE_STRUCT(MeasureView, (), (measure, period, planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded, severe, point_band, month_band))

// The same for a table of plain columns: percentages as basis points, months as "3.97".
struct FlatMeasure {
  std::int64_t planned_first = 0, planned_current = 0, actual = 0, lag_first = 0, lag_current = 0;
  std::string months_first, months_current;
  bool severe = false, graded = true;
};
BOOST_DESCRIBE_STRUCT(FlatMeasure, (), (planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, severe, graded))

struct TrackedRow {
  ItemId id;
  std::string kind, number, title, page;
  http::Number63 agency_id;
  std::string agency_name;
  std::string district, tier;
  ItemState state = ItemState::filing;
  identity::Confidentiality confidentiality = identity::Confidentiality::internal;
  std::int64_t baseline_number = 0;
  std::optional<Date> period;              // of the newest figures
  std::optional<std::string> period_label;
  std::vector<MeasureView> measures;
  std::optional<LagKind> lag_kind;
  std::int64_t lag_run = 0;                // periods in a row
  std::optional<Rating> computed;
  std::optional<FlatMeasure> principal, second;  // of the kind's first two measures
};
BOOST_DESCRIBE_STRUCT(TrackedRow, (), (id, kind, number, title, page, agency_id, agency_name, district, tier, state, confidentiality, baseline_number, period, period_label, measures, lag_kind, lag_run, computed, principal, second))

BOOST_DEFINE_ENUM_CLASS(ListView, all, open, lagging, severe, missing)

struct ListQuestion {
  std::string kind;
  std::optional<ListView> view;
  std::optional<ItemState> state;
  std::optional<std::int64_t> agency_id;
  std::optional<std::string> district;
  std::optional<std::string> measure;
  std::optional<Date> period;  // with the view of what is missing
  std::optional<std::string> sort, cursor;
  std::optional<int> limit;
  std::optional<Date> known_on;
};

struct TrackedList {
  std::vector<TrackedRow> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
  bool total_is_capped = false;
  Date as_of;
};
BOOST_DESCRIBE_STRUCT(TrackedList, (), (rows, next, total, total_is_capped, as_of))

struct TrackedCheckpoint {
  CheckpointId id;
  std::string name;
  std::int64_t weight_bp = 0;
  std::optional<Date> planned_start;
  Date planned_finish;
  std::optional<Date> actual_finish;
  CheckpointFlag flag = CheckpointFlag::none;
  bool control_point = false;
  bool overdue = false;  // today
};
BOOST_DESCRIBE_STRUCT(TrackedCheckpoint, (), (id, name, weight_bp, planned_start, planned_finish, actual_finish, flag, control_point, overdue))

struct PartView {
  PartId id;
  http::Number63 agency_id;
  std::string agency_name;
  std::string title;
  std::optional<Date> due_on;
  PartState state = PartState::to_do;
  std::string report, answer;
  std::int64_t revision = 1;
  std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(PartView, (), (id, agency_id, agency_name, title, due_on, state, report, answer, revision, actions))

struct BaselineView {
  std::int64_t number = 1;
  std::string approval_number, reason;
  std::int64_t granted_days = 0;
  Date starts_on, finishes_on;
  Instant approved_at;
  std::string approved_by_name;
  bool generated = false;  // any of its curves
  std::vector<PlannedCurve> curves;
};
BOOST_DESCRIBE_STRUCT(BaselineView, (), (number, approval_number, reason, granted_days, starts_on, finishes_on, approved_at, approved_by_name, generated, curves))

struct PeriodValue {
  std::string measure;
  ValueState state = ValueState::not_yet_due;
  std::optional<std::int64_t> actual;
  std::optional<std::int64_t> lag_first, lag_current, months_first, months_current;
};
BOOST_DESCRIBE_STRUCT(PeriodValue, (), (measure, state, actual, lag_first, lag_current, months_first, months_current))

struct PeriodView {
  Date period;
  std::string label;
  Date due_on;
  std::optional<FilingState> filing;  // none: nothing was written
  std::vector<PeriodValue> values;
  std::int64_t late_days = 0;
  bool late_waived = false;
  std::optional<LagKind> lag_kind;
  std::optional<Rating> own_rating, reviewer_rating, computed;
  std::string narrative;
};
BOOST_DESCRIBE_STRUCT(PeriodView, (), (period, label, due_on, filing, values, late_days, late_waived, lag_kind, own_rating, reviewer_rating, computed, narrative))

struct TrackedView {
  TrackedRow item;
  std::optional<http::Number63> unit_id, post_id, parent_id;
  std::string post_name;
  std::int64_t weight_bp = 0;
  PeriodType every = PeriodType::month;
  std::string tier_name, meeting;
  std::vector<ReviewLevel> reviewers;
  std::vector<TrackedCheckpoint> checkpoints;
  std::vector<PartView> parts;
  std::vector<BaselineView> baselines;
  std::vector<PlannedCurve> draft;
  std::vector<PeriodView> periods;
  std::optional<RollUp> roll_up;
  std::vector<TrackedRow> children;
  std::optional<ForecastView> forecast;
  std::vector<WarningView> warnings;  // of the newest filed period
  std::optional<ReleaseView> release;
  std::vector<RequestView> requests;
  std::vector<std::string> actions;
  std::vector<audit::ChangeRow> history;
  std::int64_t revision = 1;
  Date as_of;
};
BOOST_DESCRIBE_STRUCT(TrackedView, (), (item, unit_id, post_id, parent_id, post_name, weight_bp, every, tier_name, meeting, reviewers, checkpoints, parts, baselines, draft, periods, roll_up, children, forecast, warnings, release, requests, actions, history, revision, as_of))

struct FormMeasure {
  std::string measure;
  bool asked = true;
  ValueState state = ValueState::not_yet_due;
  std::optional<std::int64_t> planned_first, planned_current;
  std::optional<std::int64_t> before, actual;
  std::optional<std::int64_t> lag_first, lag_current, months_first, months_current;
};
BOOST_DESCRIBE_STRUCT(FormMeasure, (), (measure, asked, state, planned_first, planned_current, before, actual, lag_first, lag_current, months_first, months_current))

struct LagView {
  LagKind kind = LagKind::behind_plan;
  std::string category, responsibility, cause, countermeasure, help;
  std::optional<Date> deadline_on;
};
BOOST_DESCRIBE_STRUCT(LagView, (), (kind, category, responsibility, cause, countermeasure, help, deadline_on))

struct FormFault {
  std::string path;
  std::string message;  // in the reader's language
};
BOOST_DESCRIBE_STRUCT(FormFault, (), (path, message))

// Everything an officer needs to file a period: the last one beside this one, and what stands against submitting.
struct FilingForm {
  TrackedRow item;
  Date period;
  std::string label;
  CyclePhase phase = CyclePhase::planned;
  Date opens_on, due_on, closes_on;
  std::optional<FilingState> state;
  std::int64_t level = 0;
  std::vector<ReviewLevel> reviewers;
  std::vector<FormMeasure> measures;
  std::vector<TrackedCheckpoint> checkpoints;  // with the dates of the draft
  std::string narrative;
  std::optional<Date> before_period;
  std::string before_narrative;
  std::int64_t similarity = 0;              // basis points, of the two narratives
  bool looks_copied = false;
  std::optional<LagKind> lag_kind;          // none: not lagging, and no lag record is wanted
  std::optional<LagView> lag, before_lag;
  std::vector<std::string> lag_categories, lag_responsibilities;
  std::optional<Rating> own_rating, reviewer_rating, computed;
  std::optional<std::int64_t> late_days;
  std::string late_waived;
  std::string note;
  std::vector<FormFault> faults;
  std::vector<std::string> actions;
  std::vector<PlannedCurve> first_curves, current_curves;
  std::vector<PeriodView> periods;          // for the curve
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(FilingForm, (), (item, period, label, phase, opens_on, due_on, closes_on, state, level, reviewers, measures, checkpoints, narrative, before_period, before_narrative, similarity, looks_copied, lag_kind, lag, before_lag, lag_categories, lag_responsibilities, own_rating, reviewer_rating, computed, late_days, late_waived, note, faults, actions, first_curves, current_curves, periods, revision))

struct CycleView {
  CycleId id;
  std::string kind, tier;
  Date period;
  std::string label;
  Date opens_on, due_on, closes_on;
  CyclePhase phase = CyclePhase::planned;
  std::optional<Instant> locked_at;
  std::int64_t owed = 0, submitted = 0, late = 0, accepted = 0, missing = 0;
};
BOOST_DESCRIBE_STRUCT(CycleView, (), (id, kind, tier, period, label, opens_on, due_on, closes_on, phase, locked_at, owed, submitted, late, accepted, missing))
struct CycleList {
  std::vector<CycleView> rows;
};
BOOST_DESCRIBE_STRUCT(CycleList, (), (rows))

struct ExceptionView {
  ExceptionId id;
  std::string kind;
  Date period;
  std::optional<http::Number63> agency_id, item_id;
  std::string agency_name;
  std::string reason;
  Instant expires_at, granted_at;
  std::string granted_by_name;
  bool lasts = false;
};
BOOST_DESCRIBE_STRUCT(ExceptionView, (), (id, kind, period, agency_id, item_id, agency_name, reason, expires_at, granted_at, granted_by_name, lasts))
struct ExceptionList {
  std::vector<ExceptionView> rows;
};
BOOST_DESCRIBE_STRUCT(ExceptionList, (), (rows))

struct TierView {
  std::string kind, code, name_zh, name_en;
  PeriodType every = PeriodType::month;
  std::vector<ReviewLevel> reviewers;
  std::string meeting;
  Date valid_from;
  std::string source;
  bool in_force = false;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(TierView, (), (kind, code, name_zh, name_en, every, reviewers, meeting, valid_from, source, in_force, recorded_at))
struct TierList {
  std::vector<TierView> rows;
};
BOOST_DESCRIBE_STRUCT(TierList, (), (rows))

}  // namespace mandate::tracking
