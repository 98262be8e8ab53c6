// The tables of release, requests and warnings, and what forecasts and their measurement read.
#include "foundation/tracking/store.hpp"
#include "platform/db/lists.hpp"

namespace mandate::tracking {
namespace {

constexpr auto release_columns = "item_id, reason, evidence, approved_at, approved_by, planned_first, planned_current, finished_on, days_first, days_current, baselines, granted_days, actual, late_filings, severe_periods";
constexpr auto request_columns = "id, item_id, kind, state, reason, proposal, late, asked_at, asked_by, decided_at, decided_by, comment, approval_number, granted_days";

}  // namespace

void TrackingStore::insert_release(db::Session& s, const ReleaseRecord& r) {
  s.execute(std::string("INSERT INTO tracking_release (") + release_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.item_id, r.reason, r.evidence, r.approved_at, r.approved_by, r.planned_first, r.planned_current, r.finished_on, r.days_first, r.days_current, r.baselines, r.granted_days,
            r.actual, r.late_filings, r.severe_periods);
}

std::optional<ReleaseRecord> TrackingStore::find_release(db::Session& s, ItemId id, Instant known_at) {
  return s.find<ReleaseRecord>(std::string("SELECT ") + release_columns + " FROM tracking_release WHERE item_id = ? AND approved_at <= ?", id, known_at);
}

void TrackingStore::insert_request(db::Session& s, const RequestRecord& r) {
  s.execute(std::string("INSERT INTO tracking_request (") + request_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.id, r.item_id, r.kind, r.state, r.reason, r.proposal, r.late, r.asked_at, r.asked_by, r.decided_at, r.decided_by, r.comment, r.approval_number, r.granted_days);
}

std::optional<RequestRecord> TrackingStore::find_request(db::Session& s, RequestId id) { return s.find<RequestRecord>(std::string("SELECT ") + request_columns + " FROM tracking_request WHERE id = ?", id); }

std::vector<RequestRecord> TrackingStore::list_requests(db::Session& s, ItemId id) { return s.list<RequestRecord>(std::string("SELECT ") + request_columns + " FROM tracking_request WHERE item_id = ? ORDER BY asked_at DESC LIMIT 100", id); }

bool TrackingStore::decide_request(db::Session& s, const RequestRecord& r) {
  return s.execute("UPDATE tracking_request SET state = ?, decided_at = ?, decided_by = ?, comment = ?, approval_number = ?, granted_days = ? WHERE id = ? AND state = 'asked'", r.state, r.decided_at, r.decided_by, r.comment, r.approval_number, r.granted_days, r.id) == 1;
}

void TrackingStore::put_warnings(db::Session& s, ItemId id, Date period, const std::vector<Warning>& warnings, Instant now) {
  s.execute("UPDATE tracking_warning SET superseded_at = ? WHERE item_id = ? AND period_on = ? AND superseded_at IS NULL", now, id, period);
  for (const auto& w : warnings) s.execute("INSERT INTO tracking_warning (row_id, item_id, period_on, rule, measure, detail, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)", next_id(), id, period, w.rule, w.measure, w.detail, now);
}

std::vector<WarningRow> TrackingStore::list_warnings(db::Session& s, ItemId id, std::optional<Instant> known_at) {
  if (!known_at) return s.list<WarningRow>("SELECT item_id, period_on, rule, measure, detail FROM tracking_warning WHERE item_id = ? AND superseded_at IS NULL ORDER BY period_on, row_id", id);
  return s.list<WarningRow>("SELECT item_id, period_on, rule, measure, detail FROM tracking_warning WHERE item_id = ? AND recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?) ORDER BY period_on, row_id", id, *known_at, *known_at);
}

std::vector<WarningRow> TrackingStore::list_warnings_of_kind(db::Session& s, const std::string& kind) {
  return s.list<WarningRow>("SELECT w.item_id, w.period_on, w.rule, w.measure, w.detail FROM tracking_warning w JOIN tracking_item i ON i.id = w.item_id WHERE i.kind = ? AND w.superseded_at IS NULL ORDER BY w.item_id, w.period_on", kind);
}

std::vector<GradeRecord> TrackingStore::list_grades_of_kind(db::Session& s, const std::string& kind) {
  return s.list<GradeRecord>("SELECT g.item_id, g.period_on, g.agency_id, g.lag_kind, g.lag_run, g.computed FROM tracking_grade g JOIN tracking_item i ON i.id = g.item_id WHERE i.kind = ? AND g.superseded_at IS NULL ORDER BY g.item_id, g.period_on", kind);
}

std::vector<ClosedPlanRow> TrackingStore::list_closed_plans(db::Session& s, const std::string& kind, const std::string& measure) {
  return s.list<ClosedPlanRow>(
      "SELECT i.id, c.first_period, c.planned FROM tracking_item i JOIN tracking_baseline b ON b.item_id = i.id AND b.number = 1 JOIN tracking_baseline_curve c ON c.baseline_id = b.id AND c.measure = ? WHERE i.kind = ? AND i.state = 'closed' AND c.generated = 0 ORDER BY i.id LIMIT 20000", measure, kind);
}

std::vector<ClosedActualRow> TrackingStore::list_closed_actuals(db::Session& s, const std::string& kind, const std::string& measure) {
  return s.list<ClosedActualRow>("SELECT f.item_id, f.period_on, f.actual FROM tracking_figure f JOIN tracking_item i ON i.id = f.item_id WHERE i.kind = ? AND i.state = 'closed' AND f.measure = ? AND f.superseded_at IS NULL ORDER BY f.item_id, f.period_on", kind, measure);
}

std::vector<DisagreeingRow> TrackingStore::list_disagreements(db::Session& s, const identity::Scope& scope, const std::string& kind, Date period, ItemId after, int limit) {
  const auto condition = identity::condition_of(scope, "i");
  std::vector<db::Value> values{db::to_value(period), db::to_value(period), db::to_value(kind), db::to_value(after)};
  values.insert(values.end(), condition.values.begin(), condition.values.end());
  values.push_back(db::to_value(limit));
  return s.list_values<DisagreeingRow>(
      "SELECT i.id, i.number, i.title, i.agency_id, f.own_rating, f.reviewer_rating, g.computed FROM tracking_filing f JOIN tracking_grade g ON g.item_id = f.item_id AND g.period_on = ? AND g.superseded_at IS NULL JOIN tracking_item i ON i.id = f.item_id WHERE f.period_on = ? AND f.superseded_at IS NULL AND "
      "f.state IN ('submitted','accepted') AND i.kind = ? AND i.id > ? AND (f.own_rating <> g.computed OR f.reviewer_rating <> g.computed OR f.own_rating <> f.reviewer_rating) AND " +
          condition.where + " ORDER BY i.id LIMIT ?",
      values);
}

}  // namespace mandate::tracking
