// Internal records of control, as their tables hold them. Percentages are basis points; a lag is planned minus actual, so that more is worse.
#pragma once

#include "foundation/tracking/api.hpp"
#include "platform/http/json_text.hpp"

namespace mandate::tracking {

using CheckpointId = Id<struct TrackedCheckpointTag>;
using PartId = Id<struct TrackedPartTag>;
using BaselineId = Id<struct BaselineTag>;
using CycleId = Id<struct FilingCycleTag>;
using OwedId = Id<struct OwedFilingTag>;
using FilingId = Id<struct FilingTag>;
using ExceptionId = Id<struct LockExceptionTag>;

BOOST_DEFINE_ENUM_CLASS(PartState, to_do, close_requested, closed)
// Planned: not open yet. Late: open still, but past its day; what comes now is stamped late. Closed: controllers only, or by an exception.
BOOST_DEFINE_ENUM_CLASS(CyclePhase, planned, open, late, closed, locked)
BOOST_DEFINE_ENUM_CLASS(FilingState, draft, submitted, returned, accepted)
// A value of a period. A missing one is never drawn as 0.
BOOST_DEFINE_ENUM_CLASS(ValueState, filed, confirmed_zero, missing, not_yet_due)
// Rules, section 2.3: D1 overdue before the start, D2 behind in the work, D3 overdue after completion.
BOOST_DEFINE_ENUM_CLASS(LagKind, before_start, behind_plan, after_completion)
BOOST_DEFINE_ENUM_CLASS(Rating, on_track, at_risk, behind, severe)

struct CheckpointRecord {
  CheckpointId id;
  ItemId item_id;
  std::int64_t place = 0;
  std::string name;
  std::int64_t weight_bp = 0;
  std::optional<Date> planned_start;
  Date planned_finish;
  std::optional<Date> actual_finish;
  CheckpointFlag flag = CheckpointFlag::none;
  std::int64_t control_point = 0;  // 1: reported to the meeting
  std::optional<Instant> actual_filed_at;
};
BOOST_DESCRIBE_STRUCT(CheckpointRecord, (), (id, item_id, place, name, weight_bp, planned_start, planned_finish, actual_finish, flag, control_point, actual_filed_at))

struct PartRecord {
  PartId id;
  ItemId item_id;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::string title;
  std::optional<Date> due_on;
  PartState state = PartState::to_do;
  std::string report;  // of the unit that asks to close
  std::string answer;  // of the controller
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(PartRecord, (), (id, item_id, agency_id, unit_id, title, due_on, state, report, answer, revision))

// The planned cumulative percentages of one measure, one a period from the first on.
struct PlannedCurve {
  std::string measure;
  Date first_period;
  std::vector<std::int64_t> planned;  // basis points
  bool generated = false;             // made from two dates alone: shown as such, and not graded by
};
BOOST_DESCRIBE_STRUCT(PlannedCurve, (), (measure, first_period, planned, generated))

struct BaselineRecord {
  BaselineId id;
  ItemId item_id;
  std::int64_t number = 1;
  std::string approval_number;
  std::string reason;
  std::int64_t granted_days = 0;
  Date starts_on;
  Date finishes_on;
  std::string checkpoints;  // JSON of the checkpoints as approved
  Instant approved_at;
  std::int64_t approved_by = 0;
};
BOOST_DESCRIBE_STRUCT(BaselineRecord, (), (id, item_id, number, approval_number, reason, granted_days, starts_on, finishes_on, checkpoints, approved_at, approved_by))

struct TierRecord {
  std::string kind, code, name_zh, name_en;
  PeriodType every = PeriodType::month;
  std::string reviewers;  // "agency,controller"
  std::string meeting;
  Date valid_from;
  std::string source;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
};
BOOST_DESCRIBE_STRUCT(TierRecord, (), (kind, code, name_zh, name_en, every, reviewers, meeting, valid_from, source, recorded_at, recorded_by))

struct CycleRecord {
  CycleId id;
  std::string kind, tier;
  Date period_on;
  PeriodType every = PeriodType::month;
  Date opens_on, due_on, closes_on;  // before the calendar moves them
  Instant opened_at;
  std::optional<Instant> locked_at;
};
BOOST_DESCRIBE_STRUCT(CycleRecord, (), (id, kind, tier, period_on, every, opens_on, due_on, closes_on, opened_at, locked_at))

struct OwedRecord {
  OwedId id;
  CycleId cycle_id;
  ItemId item_id;
  Date period_on;
  std::int64_t agency_id = 0;
};
BOOST_DESCRIBE_STRUCT(OwedRecord, (), (id, cycle_id, item_id, period_on, agency_id))

struct FilingRecord {
  FilingId id;
  ItemId item_id;
  Date period_on;
  FilingState state = FilingState::draft;
  std::int64_t level = 0;       // reviews passed
  std::string actuals;          // JSON [{measure, actual}]
  std::string checkpoints;      // JSON [{id, actual_finish}] to be taken over when it is submitted
  std::string narrative;
  std::optional<Rating> own_rating;
  std::optional<Rating> reviewer_rating;
  std::string note;             // of the last decision
  std::optional<Instant> submitted_at;  // the first time
  std::int64_t submitted_by = 0;
  std::optional<std::int64_t> late_days;  // stamped with the first submission, once
  std::string late_waived;      // why lateness is disregarded; "": it counts
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(FilingRecord, (), (id, item_id, period_on, state, level, actuals, checkpoints, narrative, own_rating, reviewer_rating, note, submitted_at, submitted_by, late_days, late_waived, recorded_at, recorded_by, revision))

// Why a work lags and what is done about it; all of it is compulsory when a lagging filing is submitted.
struct LagRecord {
  ItemId item_id;
  Date period_on;
  LagKind kind = LagKind::behind_plan;
  std::string category;        // of the policy tracking.lag_categories
  std::string responsibility;  // of the policy tracking.lag_responsibilities
  std::string cause;
  std::string countermeasure;
  std::string help;            // what needs help, and of whom; 「無」 when nothing
  std::optional<Date> deadline_on;
};
BOOST_DESCRIBE_STRUCT(LagRecord, (), (item_id, period_on, kind, category, responsibility, cause, countermeasure, help, deadline_on))

// What one submitted filing says about one measure: what every list, report and chart reads.
struct FigureRecord {
  ItemId item_id;
  Date period_on;
  std::string measure;
  std::int64_t planned_first = 0;
  std::int64_t planned_current = 0;
  std::int64_t actual = 0;
  std::int64_t lag_first = 0;
  std::int64_t lag_current = 0;
  std::int64_t months_first = 0;    // hundredths of a month
  std::int64_t months_current = 0;
  std::int64_t graded = 1;          // 0: the plan was generated
};
BOOST_DESCRIBE_STRUCT(FigureRecord, (), (item_id, period_on, measure, planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded))

// How an item stood in a period as a whole.
struct GradeRecord {
  ItemId item_id;
  Date period_on;
  std::int64_t agency_id = 0;
  std::optional<LagKind> lag_kind;  // none: conforming
  std::int64_t lag_run = 0;         // periods in a row, this one included
  Rating computed = Rating::on_track;
};
BOOST_DESCRIBE_STRUCT(GradeRecord, (), (item_id, period_on, agency_id, lag_kind, lag_run, computed))

struct ExceptionRecord {
  ExceptionId id;
  std::string kind;
  Date period_on;
  std::int64_t agency_id = 0;  // 0: any
  ItemId item_id;              // none: any
  std::string reason;
  Instant expires_at;
  Instant granted_at;
  std::int64_t granted_by = 0;
};
BOOST_DESCRIBE_STRUCT(ExceptionRecord, (), (id, kind, period_on, agency_id, item_id, reason, expires_at, granted_at, granted_by))

struct FiledActual {
  std::string measure;
  std::optional<std::int64_t> actual;  // basis points; none: nothing written. A written 0 is a confirmed zero
};
BOOST_DESCRIBE_STRUCT(FiledActual, (), (measure, actual))
struct FiledCheckpoint {
  CheckpointId id;
  std::optional<Date> actual_finish;
};
BOOST_DESCRIBE_STRUCT(FiledCheckpoint, (), (id, actual_finish))

}  // namespace mandate::tracking
