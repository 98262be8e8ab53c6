// What the routes answer about forecasts, warnings, requests and release.
#pragma once

#include "foundation/tracking/forecast_rules.hpp"
#include "foundation/tracking/model.hpp"
#include "foundation/tracking/warning_rules.hpp"

namespace mandate::tracking {

using RequestId = Id<struct AdjustRequestTag>;
BOOST_DEFINE_ENUM_CLASS(RequestKind, data, schedule, cancel)  // A, B and W of rules, section 2.6
BOOST_DEFINE_ENUM_CLASS(RequestState, asked, approved, refused)
BOOST_DEFINE_ENUM_CLASS(ReleaseReason, completed, merged, replaced, given_up, other)

struct ForecastView {
  std::string method;               // of curve.hpp
  std::string method_title;
  Date finish;                      // the first day of the period in which it is done
  std::optional<Date> low, high;    // none: too few closed works
  std::int64_t works = 0;           // closed ones that the interval is taken from
  std::int64_t works_min = closed_min;
  std::int64_t share_bp = interval_bp;
  std::optional<std::int64_t> coverage_bp;  // found on works held out
};
BOOST_DESCRIBE_STRUCT(ForecastView, (), (method, method_title, finish, low, high, works, works_min, share_bp, coverage_bp))

struct WarningView {
  WarningRule rule = WarningRule::worsening;
  std::string measure;
  std::int64_t detail = 0;
};
BOOST_DESCRIBE_STRUCT(WarningView, (), (rule, measure, detail))

struct ReleaseRecord {
  ItemId item_id;
  ReleaseReason reason = ReleaseReason::completed;
  std::string evidence;
  Instant approved_at;
  std::int64_t approved_by = 0;
  Date planned_first, planned_current, finished_on;
  std::int64_t days_first = 0, days_current = 0;  // later than planned; less than 0: before
  std::int64_t baselines = 0, granted_days = 0;
  std::optional<std::int64_t> actual;             // of the first measure, basis points
  std::int64_t late_filings = 0, severe_periods = 0;
};
BOOST_DESCRIBE_STRUCT(ReleaseRecord, (), (item_id, reason, evidence, approved_at, approved_by, planned_first, planned_current, finished_on, days_first, days_current, baselines, granted_days, actual, late_filings, severe_periods))

struct ReleaseView {
  ReleaseReason reason = ReleaseReason::completed;
  std::string evidence;
  Instant approved_at;
  std::string approved_by_name;
  Date planned_first, planned_current, finished_on;
  std::int64_t days_first = 0, days_current = 0, baselines = 0, granted_days = 0;
  std::optional<std::int64_t> actual;
  std::int64_t late_filings = 0, severe_periods = 0;
};
BOOST_DESCRIBE_STRUCT(ReleaseView, (), (reason, evidence, approved_at, approved_by_name, planned_first, planned_current, finished_on, days_first, days_current, baselines, granted_days, actual, late_filings, severe_periods))

struct RequestRecord {
  RequestId id;
  ItemId item_id;
  RequestKind kind = RequestKind::data;
  RequestState state = RequestState::asked;
  std::string reason;
  std::string proposal;  // JSON of what is to be written back
  std::int64_t late = 0; // asked after the planned finish had passed: counted in the final evaluation
  Instant asked_at;
  std::int64_t asked_by = 0;
  std::optional<Instant> decided_at;
  std::optional<std::int64_t> decided_by;
  std::string comment, approval_number;
  std::int64_t granted_days = 0;
};
BOOST_DESCRIBE_STRUCT(RequestRecord, (), (id, item_id, kind, state, reason, proposal, late, asked_at, asked_by, decided_at, decided_by, comment, approval_number, granted_days))

struct RequestView {
  RequestId id;
  RequestKind kind = RequestKind::data;
  RequestState state = RequestState::asked;
  std::string reason;
  bool late = false;
  Instant asked_at;
  std::string asked_by_name;
  std::optional<Instant> decided_at;
  std::string decided_by_name, comment, approval_number;
  std::int64_t granted_days = 0;
};
BOOST_DESCRIBE_STRUCT(RequestView, (), (id, kind, state, reason, late, asked_at, asked_by_name, decided_at, decided_by_name, comment, approval_number, granted_days))

struct DisagreementRow {
  ItemId item_id;
  std::string number, title;
  http::Number63 agency_id;
  std::string agency_name;
  Date period;
  std::optional<Rating> own, reviewer;
  Rating computed = Rating::on_track;
};
BOOST_DESCRIBE_STRUCT(DisagreementRow, (), (item_id, number, title, agency_id, agency_name, period, own, reviewer, computed))
struct DisagreementList {
  std::vector<DisagreementRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(DisagreementList, (), (rows, next))

struct RuleScore {
  std::string rule;  // "all", or one of the rules
  WarningScore score;
};
BOOST_DESCRIBE_STRUCT(RuleScore, (), (rule, score))
struct WarningQuality {
  std::vector<RuleScore> rows;
  int window = 6;
  std::int64_t items = 0;
};
BOOST_DESCRIBE_STRUCT(WarningQuality, (), (rows, window, items))

}  // namespace mandate::tracking
