#include "foundation/tracking/store.hpp"
#include "platform/db/lists.hpp"

namespace mandate::tracking {
namespace {

constexpr auto tier_columns = "kind, code, name_zh, name_en, every, reviewers, meeting, valid_from, source, recorded_at, recorded_by";
constexpr auto cycle_columns = "id, kind, tier, period_on, every, opens_on, due_on, closes_on, opened_at, locked_at";
constexpr auto filing_columns =
    "id, item_id, period_on, state, level, actuals, checkpoints, narrative, own_rating, reviewer_rating, note, submitted_at, submitted_by, late_days, late_waived, recorded_at, recorded_by, revision";
constexpr auto lag_columns = "item_id, period_on, kind, category, responsibility, cause, countermeasure, help, deadline_on";
constexpr auto figure_columns = "item_id, period_on, measure, planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded";
constexpr auto standing_columns = "item_id, measure, period_on, planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded";
constexpr auto grade_columns = "item_id, period_on, agency_id, lag_kind, lag_run, computed";
constexpr auto exception_columns = "id, kind, period_on, agency_id, item_id, reason, expires_at, granted_at, granted_by";

constexpr auto known = " AND recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?)";

template <class Row>
std::vector<Row> list_of_item(db::Session& s, const char* columns, const char* table, ItemId id, const std::optional<Instant>& known_at) {
  const std::string head = std::string("SELECT ") + columns + " FROM " + table + " WHERE item_id = ?";
  if (!known_at) return s.list<Row>(head + " AND superseded_at IS NULL ORDER BY period_on", id);
  return s.list<Row>(head + known + " ORDER BY period_on", id, *known_at, *known_at);
}

template <class Row>
std::optional<Row> find_of_period(db::Session& s, const char* columns, const char* table, ItemId id, Date period, const std::optional<Instant>& known_at) {
  const std::string head = std::string("SELECT ") + columns + " FROM " + table + " WHERE item_id = ? AND period_on = ?";
  if (!known_at) return s.find<Row>(head + " AND superseded_at IS NULL", id, period);
  return s.find<Row>(head + known, id, period, *known_at, *known_at);
}

}  // namespace

std::vector<TierRecord> TrackingStore::list_tiers(db::Session& s, std::optional<Instant> known_at) {
  const std::string head = std::string("SELECT ") + tier_columns + " FROM tracking_tier WHERE ";
  const std::string order = " ORDER BY kind, code, valid_from";
  if (!known_at) return s.list<TierRecord>(head + "superseded_at IS NULL" + order);
  return s.list<TierRecord>(head + "1=1" + known + order, *known_at, *known_at);
}

void TrackingStore::put_tier(db::Session& s, const TierRecord& t, Instant now) {
  s.execute("UPDATE tracking_tier SET superseded_at = ? WHERE kind = ? AND code = ? AND valid_from = ? AND superseded_at IS NULL", now, t.kind, t.code, t.valid_from);
  s.execute(std::string("INSERT INTO tracking_tier (row_id, ") + tier_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), t.kind, t.code, t.name_zh, t.name_en, t.every, t.reviewers, t.meeting, t.valid_from, t.source, t.recorded_at, t.recorded_by);
}

std::optional<CycleRecord> TrackingStore::find_cycle(db::Session& s, const std::string& kind, const std::string& tier, Date period) {
  return s.find<CycleRecord>(std::string("SELECT ") + cycle_columns + " FROM tracking_cycle WHERE kind = ? AND tier = ? AND period_on = ?", kind, tier, period);
}

std::optional<CycleRecord> TrackingStore::find_cycle(db::Session& s, CycleId id) { return s.find<CycleRecord>(std::string("SELECT ") + cycle_columns + " FROM tracking_cycle WHERE id = ?", id); }

bool TrackingStore::insert_cycle(db::Session& s, const CycleRecord& c) {
  return s.execute("INSERT INTO tracking_cycle (id, kind, tier, period_on, every, opens_on, due_on, closes_on, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, tier, period_on) DO NOTHING", c.id, c.kind, c.tier, c.period_on, c.every, c.opens_on, c.due_on, c.closes_on,
                   c.opened_at) == 1;
}

std::vector<CycleRecord> TrackingStore::list_cycles(db::Session& s, const std::string& kind, int limit) {
  if (kind.empty()) return s.list<CycleRecord>(std::string("SELECT ") + cycle_columns + " FROM tracking_cycle ORDER BY period_on DESC, kind, tier LIMIT ?", limit);
  return s.list<CycleRecord>(std::string("SELECT ") + cycle_columns + " FROM tracking_cycle WHERE kind = ? ORDER BY period_on DESC, tier LIMIT ?", kind, limit);
}

std::vector<CycleCount> TrackingStore::count_cycles(db::Session& s, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return {};
  const std::vector<db::Value> values{db::id_list(s.engine(), ids)};
  return s.list_values<CycleCount>("SELECT o.cycle_id, COUNT(*), COUNT(f.id), CAST(COALESCE(SUM(CASE WHEN f.late_days > 0 AND f.late_waived = '' THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN f.state = 'accepted' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM tracking_owed o "
                                   "LEFT JOIN tracking_filing f ON f.item_id = o.item_id AND f.period_on = o.period_on AND f.superseded_at IS NULL AND f.state IN ('submitted','accepted') WHERE " +
                                       db::among(s.engine(), "o.cycle_id") + " GROUP BY o.cycle_id",
                                   values);
}

void TrackingStore::lock_cycle(db::Session& s, CycleId id, std::optional<Instant> at, std::int64_t by) { s.execute("UPDATE tracking_cycle SET locked_at = ?, locked_by = ? WHERE id = ?", at, by, id); }

bool TrackingStore::insert_owed(db::Session& s, const OwedRecord& o, Instant now) {
  return s.execute("INSERT INTO tracking_owed (id, cycle_id, item_id, period_on, agency_id, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (item_id, period_on) DO NOTHING", o.id, o.cycle_id, o.item_id, o.period_on, o.agency_id, now) == 1;
}

std::optional<OwedRecord> TrackingStore::find_owed(db::Session& s, ItemId id, Date period) {
  return s.find<OwedRecord>("SELECT id, cycle_id, item_id, period_on, agency_id FROM tracking_owed WHERE item_id = ? AND period_on = ?", id, period);
}

std::optional<OwedRecord> TrackingStore::find_owed(db::Session& s, OwedId id) { return s.find<OwedRecord>("SELECT id, cycle_id, item_id, period_on, agency_id FROM tracking_owed WHERE id = ?", id); }

std::vector<OwedRecord> TrackingStore::list_owed(db::Session& s, ItemId id, std::optional<Instant> known_at) {
  return s.list<OwedRecord>("SELECT id, cycle_id, item_id, period_on, agency_id FROM tracking_owed WHERE item_id = ? AND created_at <= ? ORDER BY period_on", id, known_at.value_or(Instant{std::numeric_limits<std::int64_t>::max()}));
}

std::vector<CycleRecord> TrackingStore::list_cycles_of(db::Session& s, ItemId id) {
  return s.list<CycleRecord>(std::string("SELECT ") + cycle_columns + " FROM tracking_cycle WHERE id IN (SELECT cycle_id FROM tracking_owed WHERE item_id = ?)", id);
}

std::optional<FilingRecord> TrackingStore::find_filing(db::Session& s, ItemId id, Date period, std::optional<Instant> known_at) { return find_of_period<FilingRecord>(s, filing_columns, "tracking_filing", id, period, known_at); }

std::vector<FilingRecord> TrackingStore::list_filings(db::Session& s, ItemId id, std::optional<Instant> known_at) { return list_of_item<FilingRecord>(s, filing_columns, "tracking_filing", id, known_at); }

void TrackingStore::put_filing(db::Session& s, const FilingRecord& f) {
  s.execute("UPDATE tracking_filing SET superseded_at = ? WHERE item_id = ? AND period_on = ? AND superseded_at IS NULL", f.recorded_at, f.item_id, f.period_on);
  s.execute(std::string("INSERT INTO tracking_filing (row_id, ") + filing_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), f.id, f.item_id, f.period_on, f.state, f.level, f.actuals, f.checkpoints, f.narrative, f.own_rating, f.reviewer_rating, f.note,
            f.submitted_at, f.submitted_by, f.late_days, f.late_waived, f.recorded_at, f.recorded_by, f.revision);
}

std::optional<LagRecord> TrackingStore::find_lag(db::Session& s, ItemId id, Date period, std::optional<Instant> known_at) { return find_of_period<LagRecord>(s, lag_columns, "tracking_lag", id, period, known_at); }

std::vector<LagRecord> TrackingStore::list_lags(db::Session& s, ItemId id, std::optional<Instant> known_at) { return list_of_item<LagRecord>(s, lag_columns, "tracking_lag", id, known_at); }

void TrackingStore::put_lag(db::Session& s, const LagRecord& l, Instant now, std::int64_t by) {
  end_lag(s, l.item_id, l.period_on, now);
  s.execute(std::string("INSERT INTO tracking_lag (row_id, recorded_at, recorded_by, ") + lag_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), now, by, l.item_id, l.period_on, l.kind, l.category, l.responsibility, l.cause, l.countermeasure, l.help, l.deadline_on);
}

void TrackingStore::end_lag(db::Session& s, ItemId id, Date period, Instant now) { s.execute("UPDATE tracking_lag SET superseded_at = ? WHERE item_id = ? AND period_on = ? AND superseded_at IS NULL", now, id, period); }

std::vector<FigureRecord> TrackingStore::list_figures(db::Session& s, ItemId id, std::optional<Instant> known_at) { return list_of_item<FigureRecord>(s, figure_columns, "tracking_figure", id, known_at); }

std::vector<GradeRecord> TrackingStore::list_grades(db::Session& s, ItemId id, std::optional<Instant> known_at) { return list_of_item<GradeRecord>(s, grade_columns, "tracking_grade", id, known_at); }

void TrackingStore::put_figures(db::Session& s, ItemId id, Date period, const std::vector<FigureRecord>& figures, const std::optional<GradeRecord>& grade, Instant now) {
  s.execute("UPDATE tracking_figure SET superseded_at = ? WHERE item_id = ? AND period_on = ? AND superseded_at IS NULL", now, id, period);
  s.execute("UPDATE tracking_grade SET superseded_at = ? WHERE item_id = ? AND period_on = ? AND superseded_at IS NULL", now, id, period);
  for (const auto& f : figures) {
    s.execute(std::string("INSERT INTO tracking_figure (row_id, recorded_at, ") + figure_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), now, f.item_id, f.period_on, f.measure, f.planned_first, f.planned_current, f.actual, f.lag_first, f.lag_current, f.months_first,
              f.months_current, f.graded);
  }
  if (grade) s.execute(std::string("INSERT INTO tracking_grade (row_id, recorded_at, ") + grade_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)", next_id(), now, grade->item_id, grade->period_on, grade->agency_id, grade->lag_kind, grade->lag_run, grade->computed);
}

void TrackingStore::put_standing(db::Session& s, const std::string& kind, const std::vector<FigureRecord>& figures, const GradeRecord& grade) {
  end_standing(s, grade.item_id);
  for (const auto& f : figures) {
    s.execute("INSERT INTO tracking_standing (item_id, measure, kind, period_on, planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded, lag_kind, lag_run, computed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", f.item_id, f.measure,
              kind, f.period_on, f.planned_first, f.planned_current, f.actual, f.lag_first, f.lag_current, f.months_first, f.months_current, f.graded, grade.lag_kind, grade.lag_run, grade.computed);
  }
}

void TrackingStore::end_standing(db::Session& s, ItemId id) { s.execute("DELETE FROM tracking_standing WHERE item_id = ?", id); }

std::vector<MeasureFigure> TrackingStore::list_standing(db::Session& s, const std::vector<std::int64_t>& items) {
  if (items.empty()) return {};
  const std::vector<db::Value> values{db::id_list(s.engine(), items)};
  return s.list_values<MeasureFigure>(std::string("SELECT ") + standing_columns + " FROM tracking_standing WHERE " + db::among(s.engine(), "item_id"), values);
}

std::vector<MeasureFigure> TrackingStore::list_standing_known(db::Session& s, const std::vector<std::int64_t>& items, Instant at) {
  if (items.empty()) return {};
  const std::vector<db::Value> values{db::id_list(s.engine(), items), db::to_value(at), db::to_value(at)};
  auto rows = s.list_values<MeasureFigure>(std::string("SELECT ") + standing_columns + " FROM tracking_figure WHERE " + db::among(s.engine(), "item_id") + known + " ORDER BY item_id, measure, period_on", values);
  std::vector<MeasureFigure> newest;
  for (auto& row : rows) {
    if (!newest.empty() && newest.back().item_id == row.item_id && newest.back().measure == row.measure) newest.back() = std::move(row);
    else newest.push_back(std::move(row));
  }
  return newest;
}

void TrackingStore::insert_exception(db::Session& s, const ExceptionRecord& e) {
  s.execute(std::string("INSERT INTO tracking_exception (") + exception_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", e.id, e.kind, e.period_on, e.agency_id, e.item_id, e.reason, e.expires_at, e.granted_at, e.granted_by);
}

void TrackingStore::end_exception(db::Session& s, ExceptionId id, Instant now) { s.execute("UPDATE tracking_exception SET expires_at = ? WHERE id = ? AND expires_at > ?", now, id, now); }

std::optional<ExceptionRecord> TrackingStore::find_exception(db::Session& s, ExceptionId id) { return s.find<ExceptionRecord>(std::string("SELECT ") + exception_columns + " FROM tracking_exception WHERE id = ?", id); }

std::vector<ExceptionRecord> TrackingStore::list_exceptions(db::Session& s, const std::string& kind, Date period) {
  return s.list<ExceptionRecord>(std::string("SELECT ") + exception_columns + " FROM tracking_exception WHERE kind = ? AND period_on = ? ORDER BY granted_at LIMIT 500", kind, period);
}

bool TrackingStore::excepted(db::Session& s, const ItemCore& i, Date period, Instant now) {
  return s.value<std::int64_t>("SELECT COUNT(*) FROM tracking_exception WHERE kind = ? AND period_on = ? AND expires_at > ? AND (agency_id = 0 OR agency_id = ?) AND (item_id = 0 OR item_id = ?)", i.kind, period, now, i.agency_id, i.id) > 0;
}

}  // namespace mandate::tracking
