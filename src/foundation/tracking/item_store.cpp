#include "foundation/tracking/store.hpp"
#include "platform/db/lists.hpp"

namespace mandate::tracking {
namespace {

constexpr auto item_columns = "id, kind, number, title, agency_id, unit_id, post_id, origin, district, tier, parent_id, weight_bp, state, confidentiality, baseline_number, created_at, created_by, recorded_at, revision";
constexpr auto version_columns = "kind, number, title, agency_id, unit_id, post_id, origin, district, tier, parent_id, weight_bp, state, confidentiality, baseline_number, recorded_at, revision";
constexpr auto checkpoint_columns = "id, item_id, place, name, weight_bp, planned_start, planned_finish, actual_finish, flag, control_point, actual_filed_at";
constexpr auto part_columns = "id, item_id, agency_id, unit_id, title, due_on, state, report, answer, revision";
constexpr auto listed_columns = "i.id, i.kind, i.number, i.title, i.agency_id, i.district, i.tier, i.state, i.confidentiality, i.baseline_number, f.period_on, f.planned_first, f.planned_current, f.actual, f.lag_first, f.lag_current, f.months_first, f.months_current, f.graded";

struct CurveRow {
  std::string measure;
  Date first_period;
  std::string planned;
  std::int64_t generated = 0;
};
BOOST_DESCRIBE_STRUCT(CurveRow, (), (measure, first_period, planned, generated))

std::vector<PlannedCurve> curves_of(const std::vector<CurveRow>& rows) {
  std::vector<PlannedCurve> out;
  for (const auto& row : rows) out.push_back({row.measure, row.first_period, http::from_json_text<std::vector<std::int64_t>>(row.planned), row.generated != 0});
  return out;
}

// Rows that were current at a moment.
template <class Row, class Key>
std::vector<Row> list_known(db::Session& s, const std::string& select, const Key& key, std::optional<Instant> known_at, const std::string& order) {
  if (!known_at) return s.list<Row>(select + " AND superseded_at IS NULL ORDER BY " + order, key);
  return s.list<Row>(select + " AND recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?) ORDER BY " + order, key, *known_at, *known_at);
}

struct Query {
  std::string from;
  std::string where;
  std::vector<db::Value> values;

  void add(const std::string& condition) { where += (where.empty() ? "" : " AND ") + condition; }
  template <class T>
  void add(const std::string& condition, const T& value) {
    add(condition);
    values.push_back(db::to_value(value));
  }
};

// Items as they were known, in the shape of the table itself.
std::string known_items() {
  return std::string("(SELECT ") + "id, " + version_columns + " FROM tracking_item WHERE kind = ? AND recorded_at <= ? UNION ALL SELECT item_id, " + version_columns + " FROM tracking_item_version WHERE kind = ? AND recorded_at <= ? AND superseded_at > ?)";
}

// The newest figures of a measure as they were known.
constexpr auto known_figures =
    "(SELECT g.* FROM tracking_figure g WHERE g.measure = ? AND g.recorded_at <= ? AND (g.superseded_at IS NULL OR g.superseded_at > ?) AND NOT EXISTS (SELECT 1 FROM tracking_figure n WHERE n.item_id = g.item_id AND n.measure = g.measure AND n.period_on > g.period_on AND n.recorded_at <= ? AND "
    "(n.superseded_at IS NULL OR n.superseded_at > ?)))";

Query query_of(const ItemFilter& f) {
  Query q;
  // Along the order of lags the list is walked in the index of standings; an item without figures has no place in it.
  const bool by_figure = f.sort == ItemSort::lag || f.sort == ItemSort::months;
  const char* join = by_figure || f.lagging ? " JOIN " : " LEFT JOIN ";
  if (f.known_at) {
    q.from = known_items() + " i";
    q.values = {db::to_value(f.kind), db::to_value(*f.known_at), db::to_value(f.kind), db::to_value(*f.known_at), db::to_value(*f.known_at)};
    q.from += std::string(join) + known_figures + " f ON f.item_id = i.id LEFT JOIN tracking_grade r ON r.item_id = i.id AND r.period_on = f.period_on AND r.recorded_at <= ? AND (r.superseded_at IS NULL OR r.superseded_at > ?)";
    q.values.push_back(db::to_value(f.measure));
    for (int i = 0; i < 6; ++i) q.values.push_back(db::to_value(*f.known_at));
  } else {
    q.from = std::string("tracking_item i") + join + "tracking_standing f ON f.item_id = i.id AND f.measure = ?";
    q.values.push_back(db::to_value(f.measure));
    q.add("i.kind = ?", f.kind);
    if (by_figure) q.add("f.kind = ?", f.kind);
  }
  if (f.state) q.add("i.state = ?", *f.state);
  if (f.open_only) q.add("i.state IN ('executing','closing_review','closing_returned')");
  if (f.agency_id) q.add("i.agency_id = ?", *f.agency_id);
  if (f.district) q.add("i.district = ?", *f.district);
  if (f.parent_id) q.add("i.parent_id = ?", *f.parent_id);
  if (f.lagging) q.add(f.known_at ? "r.lag_kind IS NOT NULL" : "f.lag_kind IS NOT NULL");
  if (!f.severe.empty()) {
    std::string any;
    std::vector<db::Value> values;
    for (const auto& one : f.severe) {
      any += any.empty() ? "" : " OR ";
      if (f.known_at) {
        any += "EXISTS (SELECT 1 FROM tracking_figure x WHERE x.item_id = i.id AND x.period_on = f.period_on AND x.measure = ? AND x.lag_current >= ? AND x.graded = 1 AND x.recorded_at <= ? AND (x.superseded_at IS NULL OR x.superseded_at > ?))";
      } else {
        any += "EXISTS (SELECT 1 FROM tracking_standing x WHERE x.item_id = i.id AND x.measure = ? AND x.lag_current >= ? AND x.graded = 1)";
      }
      values.push_back(db::to_value(one.measure));
      values.push_back(db::to_value(one.threshold_bp));
      if (f.known_at) {
        values.push_back(db::to_value(*f.known_at));
        values.push_back(db::to_value(*f.known_at));
      }
    }
    q.add("(" + any + ")");
    q.values.insert(q.values.end(), values.begin(), values.end());
  }
  if (f.missing_on) {
    q.add("EXISTS (SELECT 1 FROM tracking_owed o WHERE o.item_id = i.id AND o.period_on = ?)", *f.missing_on);
    q.add("NOT EXISTS (SELECT 1 FROM tracking_filing x WHERE x.item_id = i.id AND x.period_on = ? AND x.superseded_at IS NULL AND x.state IN ('submitted','accepted'))", *f.missing_on);
  }
  const auto condition = identity::condition_of(f.scope, "i");
  q.add(condition.where);
  q.values.insert(q.values.end(), condition.values.begin(), condition.values.end());
  return q;
}

}  // namespace

void TrackingStore::insert(db::Session& s, const ItemCore& i) {
  s.execute(std::string("INSERT INTO tracking_item (") + item_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", i.id, i.kind, i.number, i.title, i.agency_id, i.unit_id, i.post_id, i.origin, i.district, i.tier, i.parent_id, i.weight_bp, i.state,
            i.confidentiality, i.baseline_number, i.created_at, i.created_by, i.recorded_at, i.revision);
}

std::optional<ItemCore> TrackingStore::find(db::Session& s, ItemId id) { return s.find<ItemCore>(std::string("SELECT ") + item_columns + " FROM tracking_item WHERE id = ?", id); }

std::optional<ItemCore> TrackingStore::find_known(db::Session& s, ItemId id, Instant at) {
  const auto now = find(s, id);
  if (!now || now->recorded_at <= at) return now;
  return s.find<ItemCore>(
      "SELECT v.item_id, v.kind, v.number, v.title, v.agency_id, v.unit_id, v.post_id, v.origin, v.district, v.tier, v.parent_id, v.weight_bp, v.state, v.confidentiality, v.baseline_number, i.created_at, i.created_by, v.recorded_at, v.revision "
      "FROM tracking_item_version v JOIN tracking_item i ON i.id = v.item_id WHERE v.item_id = ? AND v.recorded_at <= ? AND v.superseded_at > ?",
      id, at, at);
}

std::optional<ItemCore> TrackingStore::find_number(db::Session& s, const std::string& kind, const std::string& number) {
  return s.find<ItemCore>(std::string("SELECT ") + item_columns + " FROM tracking_item WHERE kind = ? AND number = ?", kind, number);
}

bool TrackingStore::replace(db::Session& s, const ItemCore& before, ItemCore& after, Instant now) {
  after.revision = before.revision + 1;
  after.recorded_at = std::max(now, before.recorded_at);
  if (s.execute("UPDATE tracking_item SET title = ?, agency_id = ?, unit_id = ?, post_id = ?, district = ?, tier = ?, parent_id = ?, weight_bp = ?, state = ?, confidentiality = ?, baseline_number = ?, recorded_at = ?, revision = ? WHERE id = ? AND revision = ?", after.title,
                after.agency_id, after.unit_id, after.post_id, after.district, after.tier, after.parent_id, after.weight_bp, after.state, after.confidentiality, after.baseline_number, after.recorded_at, after.revision, after.id, before.revision) != 1) {
    return false;
  }
  s.execute(std::string("INSERT INTO tracking_item_version (item_id, superseded_at, ") + version_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", before.id, after.recorded_at, before.kind, before.number, before.title, before.agency_id, before.unit_id,
            before.post_id, before.origin, before.district, before.tier, before.parent_id, before.weight_bp, before.state, before.confidentiality, before.baseline_number, before.recorded_at, before.revision);
  return true;
}

std::vector<ItemCore> TrackingStore::list_cores(db::Session& s, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return {};
  const std::vector<db::Value> values{db::id_list(s.engine(), ids)};
  return s.list_values<ItemCore>(std::string("SELECT ") + item_columns + " FROM tracking_item WHERE " + db::among(s.engine(), "id") + " ORDER BY id", values);
}

std::vector<ListedItem> TrackingStore::list(db::Session& s, const ItemFilter& f, int limit) {
  auto q = query_of(f);
  std::string order = "i.id DESC";
  if (f.sort == ItemSort::number) order = "i.number, i.id";
  if (f.sort == ItemSort::lag) order = "f.lag_current DESC, i.id DESC";
  if (f.sort == ItemSort::months) order = "f.months_current DESC, i.id DESC";
  if (f.after) {
    const auto& [value, id] = *f.after;
    if (f.sort == ItemSort::newest) q.add("i.id < ?", id);
    if (f.sort == ItemSort::number) {
      q.add("i.number > ?", value);  // unique within its kind
    }
    if (f.sort == ItemSort::lag || f.sort == ItemSort::months) {
      const std::string column = f.sort == ItemSort::lag ? "f.lag_current" : "f.months_current";
      const std::int64_t at = std::stoll(value);
      q.add(column + " <= ?", at);
      q.add("(" + column + " < ? OR i.id < ?)", at);
      q.values.push_back(db::to_value(id));
    }
  }
  q.values.push_back(db::to_value(limit));
  return s.list_values<ListedItem>(std::string("SELECT ") + listed_columns + (f.known_at ? ", r.lag_kind, r.lag_run, r.computed" : ", f.lag_kind, f.lag_run, f.computed") + " FROM " + q.from + " WHERE " + q.where + " ORDER BY " + order + " LIMIT ?", q.values);
}

std::int64_t TrackingStore::count(db::Session& s, const ItemFilter& f, std::int64_t cap) {
  auto q = query_of(f);
  q.values.push_back(db::to_value(cap));
  const auto found = s.list_values<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM " + q.from + " WHERE " + q.where + " LIMIT ?) x", q.values);
  return found.empty() ? 0 : found.front();
}

std::vector<ItemCore> TrackingStore::list_owing(db::Session& s, CycleId cycle, const std::string& kind, const std::string& tier, Instant controlled_before, int limit) {
  return s.list<ItemCore>(std::string("SELECT ") + item_columns + " FROM tracking_item i WHERE i.kind = ? AND i.tier = ? AND i.state IN ('executing','closing_review','closing_returned') AND EXISTS (SELECT 1 FROM tracking_baseline b WHERE b.item_id = i.id AND b.number = 1 AND b.approved_at <= ?) "
                          "AND NOT EXISTS (SELECT 1 FROM tracking_owed o WHERE o.cycle_id = ? AND o.item_id = i.id) ORDER BY i.id LIMIT ?",
                          kind, tier, controlled_before, cycle, limit);
}

std::vector<ChildRow> TrackingStore::list_below(db::Session& s, ItemId id, const std::string& measure, int limit) {
  return s.list<ChildRow>(
      "WITH RECURSIVE below (id, depth) AS (SELECT id, 1 FROM tracking_item WHERE parent_id = ? AND parent_id <> 0 UNION ALL SELECT c.id, below.depth + 1 FROM tracking_item c JOIN below ON c.parent_id = below.id AND c.parent_id <> 0 WHERE below.depth < 8) "
      "SELECT i.id, i.parent_id, i.weight_bp, f.actual, f.period_on FROM below JOIN tracking_item i ON i.id = below.id LEFT JOIN tracking_standing f ON f.item_id = i.id AND f.measure = ? WHERE i.state <> 'cancelled' ORDER BY below.depth, i.id LIMIT ?",
      id, measure, limit);
}

std::int64_t TrackingStore::child_weight(db::Session& s, ItemId parent, ItemId except) {
  return s.value<std::int64_t>("SELECT CAST(COALESCE(SUM(weight_bp), 0) AS BIGINT) FROM tracking_item WHERE parent_id = ? AND parent_id <> 0 AND id <> ? AND state <> 'cancelled'", parent, except);
}

std::vector<CheckpointRecord> TrackingStore::list_checkpoints(db::Session& s, ItemId id, std::optional<Instant> known_at) {
  return list_known<CheckpointRecord>(s, std::string("SELECT ") + checkpoint_columns + " FROM tracking_checkpoint WHERE item_id = ?", id, known_at, "place, row_id");
}

void TrackingStore::put_checkpoints(db::Session& s, ItemId id, const std::vector<CheckpointRecord>& checkpoints, Instant now, std::int64_t by) {
  s.execute("UPDATE tracking_checkpoint SET superseded_at = ? WHERE item_id = ? AND superseded_at IS NULL", now, id);
  for (const auto& c : checkpoints) {
    s.execute(std::string("INSERT INTO tracking_checkpoint (row_id, recorded_at, recorded_by, ") + checkpoint_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), now, by, c.id, id, c.place, c.name, c.weight_bp, c.planned_start, c.planned_finish,
              c.actual_finish, c.flag, c.control_point, c.actual_filed_at);
  }
}

std::vector<PartRecord> TrackingStore::list_parts(db::Session& s, ItemId id, std::optional<Instant> known_at) {
  return list_known<PartRecord>(s, std::string("SELECT ") + part_columns + " FROM tracking_part WHERE item_id = ?", id, known_at, "id");
}

std::optional<PartRecord> TrackingStore::find_part(db::Session& s, PartId id) { return s.find<PartRecord>(std::string("SELECT ") + part_columns + " FROM tracking_part WHERE id = ? AND superseded_at IS NULL", id); }

void TrackingStore::put_part(db::Session& s, const PartRecord& p, Instant now, std::int64_t by) {
  s.execute("UPDATE tracking_part SET superseded_at = ? WHERE id = ? AND superseded_at IS NULL", now, p.id);
  s.execute(std::string("INSERT INTO tracking_part (row_id, recorded_at, recorded_by, ") + part_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), now, by, p.id, p.item_id, p.agency_id, p.unit_id, p.title, p.due_on, p.state, p.report, p.answer, p.revision);
}

std::vector<PlannedCurve> TrackingStore::list_draft(db::Session& s, ItemId id) {
  return curves_of(s.list<CurveRow>("SELECT measure, first_period, planned, generated FROM tracking_draft_curve WHERE item_id = ? ORDER BY measure", id));
}

void TrackingStore::put_draft(db::Session& s, ItemId id, const std::vector<PlannedCurve>& curves) {
  s.execute("DELETE FROM tracking_draft_curve WHERE item_id = ?", id);
  for (const auto& c : curves) s.execute("INSERT INTO tracking_draft_curve (item_id, measure, first_period, planned, generated) VALUES (?, ?, ?, ?, ?)", id, c.measure, c.first_period, http::json_text(c.planned), c.generated ? 1 : 0);
}

std::vector<BaselineRecord> TrackingStore::list_baselines(db::Session& s, ItemId id, std::optional<Instant> known_at) {
  return s.list<BaselineRecord>("SELECT id, item_id, number, approval_number, reason, granted_days, starts_on, finishes_on, checkpoints, approved_at, approved_by FROM tracking_baseline WHERE item_id = ? AND approved_at <= ? ORDER BY number", id,
                                known_at.value_or(Instant{std::numeric_limits<std::int64_t>::max()}));
}

std::vector<PlannedCurve> TrackingStore::list_curves(db::Session& s, BaselineId id) {
  return curves_of(s.list<CurveRow>("SELECT measure, first_period, planned, generated FROM tracking_baseline_curve WHERE baseline_id = ? ORDER BY measure", id));
}

void TrackingStore::insert_baseline(db::Session& s, const BaselineRecord& b, const std::vector<PlannedCurve>& curves) {
  s.execute("INSERT INTO tracking_baseline (id, item_id, number, approval_number, reason, granted_days, starts_on, finishes_on, checkpoints, approved_at, approved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", b.id, b.item_id, b.number, b.approval_number, b.reason, b.granted_days,
            b.starts_on, b.finishes_on, b.checkpoints, b.approved_at, b.approved_by);
  for (const auto& c : curves) s.execute("INSERT INTO tracking_baseline_curve (baseline_id, measure, first_period, planned, generated) VALUES (?, ?, ?, ?, ?)", b.id, c.measure, c.first_period, http::json_text(c.planned), c.generated ? 1 : 0);
}

}  // namespace mandate::tracking
