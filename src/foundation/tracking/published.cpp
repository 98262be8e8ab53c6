#include "foundation/tracking/published.hpp"

#include "platform/db/lists.hpp"

namespace mandate::tracking {
namespace {

struct PeriodRow {
  ItemId item_id;
  Date period_on;
  PeriodType every = PeriodType::month;
  Date opens_on, due_on, closes_on;
  std::optional<FilingState> filing;
  std::optional<Instant> recorded_at;
};
BOOST_DESCRIBE_STRUCT(PeriodRow, (), (item_id, period_on, every, opens_on, due_on, closes_on, filing, recorded_at))

struct BaselineRow {
  ItemId item_id;
  std::int64_t number = 1;
  std::int64_t granted_days = 0;
  Date starts_on, finishes_on;
  Instant approved_at;
  std::optional<std::string> measure;
  std::optional<Date> first_period;
  std::optional<std::string> planned;
  std::optional<std::int64_t> generated;
};
BOOST_DESCRIBE_STRUCT(BaselineRow, (), (item_id, number, granted_days, starts_on, finishes_on, approved_at, measure, first_period, planned, generated))

struct CheckpointRow {
  ItemId item_id;
  std::string name;
  Date planned_finish;
  std::optional<Date> actual_finish;
  CheckpointFlag flag = CheckpointFlag::none;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(CheckpointRow, (), (item_id, name, planned_finish, actual_finish, flag, recorded_at))

struct ReasonRow {
  ItemId item_id;
  Date period_on;
  std::string category;
};
BOOST_DESCRIBE_STRUCT(ReasonRow, (), (item_id, period_on, category))

constexpr auto item_columns = "id, kind, number, title, agency_id, unit_id, post_id, origin, district, tier, parent_id, weight_bp, state, confidentiality, baseline_number, created_at, created_by, recorded_at, revision";
constexpr auto figure_columns = "g.item_id, g.period_on, g.measure, g.planned_first, g.planned_current, g.actual, g.lag_first, g.lag_current, g.months_first, g.months_current, g.graded";
constexpr auto accepted = "f.item_id = g.item_id AND f.period_on = g.period_on AND f.superseded_at IS NULL AND f.state = 'accepted'";
constexpr auto under_control = "state IN ('executing', 'closing_review', 'closing_returned')";

ReportState state_of(const std::optional<FilingState>& filing, Date due_on, Date today) {
  if (filing == FilingState::accepted) return ReportState::filed;
  if (filing == FilingState::submitted) return ReportState::in_review;
  return today > due_on ? ReportState::missing : ReportState::not_yet_due;
}

void add_baseline(PublishedItem& item, const BaselineRow& row) {
  if (item.baseline_count == 0) {
    item.starts_on = row.starts_on;
    item.first_finishes_on = row.finishes_on;
  }
  if (row.number > item.baseline_count) item.granted_days += row.granted_days;  // a baseline has a row a curve
  item.baseline_count = row.number;
  item.finishes_on = row.finishes_on;
  item.changed_at = std::max(item.changed_at, row.approved_at);
  if (!row.measure) return;
  PlannedCurve curve{*row.measure, *row.first_period, http::from_json_text<std::vector<std::int64_t>>(*row.planned), row.generated.value_or(0) != 0};
  const auto same = [&](const auto& one) { return one.measure == curve.measure; };
  if (std::none_of(item.first.begin(), item.first.end(), same)) item.first.push_back(curve);
  const auto present = std::find_if(item.current.begin(), item.current.end(), same);
  if (present == item.current.end()) item.current.push_back(std::move(curve));
  else *present = std::move(curve);
}

}  // namespace

const PublishedFigure* PublishedPeriod::find(std::string_view measure) const {
  const auto found = std::find_if(figures.begin(), figures.end(), [&](const auto& one) { return one.measure == measure; });
  return found == figures.end() ? nullptr : &*found;
}

const PublishedPeriod* PublishedItem::newest_filed() const {
  const auto found = std::find_if(periods.rbegin(), periods.rend(), [](const auto& one) { return one.state == ReportState::filed && !one.figures.empty(); });
  return found == periods.rend() ? nullptr : &*found;
}

const PublishedPeriod* PublishedItem::newest_missing() const {
  for (auto period = periods.rbegin(); period != periods.rend(); ++period) {
    if (period->state == ReportState::missing) return &*period;
    if (period->state != ReportState::not_yet_due) return nullptr;
  }
  return nullptr;
}

std::vector<PublishedItem> list_published(Tracking& tracking, db::Session& s, const PublishedQuestion& q) {
  auto& p = tracking.parts();
  const auto* kind = p.find_kind(q.kind);
  if (kind == nullptr) return {};
  const Date today = p.clock.today();
  std::string where = "kind = ? AND confidentiality = 'open' AND baseline_number > 0";
  std::vector<db::Value> values{db::to_value(q.kind)};
  const auto add = [&](const std::string& condition, const auto& value) {
    where += " AND " + condition;
    values.push_back(db::to_value(value));
  };
  if (q.district) add("district = ?", *q.district);
  if (q.only) add("id = ?", *q.only);
  if (q.open) where += std::string(" AND ") + (*q.open ? under_control : "state IN ('closed', 'cancelled')");
  if (q.after) add(q.newest_first ? "id < ?" : "id > ?", q.after);
  values.push_back(db::to_value(q.limit));
  std::vector<PublishedItem> out;
  std::map<std::int64_t, std::size_t> at;
  std::vector<std::int64_t> ids;
  for (auto& core : s.list_values<ItemCore>(std::string("SELECT ") + item_columns + " FROM tracking_item WHERE " + where + " ORDER BY id" + (q.newest_first ? " DESC" : "") + " LIMIT ?", values)) {
    at[core.id.value] = out.size();
    ids.push_back(core.id.value);
    PublishedItem item;
    item.agency_name = p.directory.agency_name(core.agency_id);
    item.changed_at = core.recorded_at;
    item.core = std::move(core);
    out.push_back(std::move(item));
  }
  if (ids.empty()) return out;
  const auto find = [&](ItemId id) -> PublishedItem& { return out[at.at(id.value)]; };
  const auto those = [&](const char* column) { return db::among(s.engine(), column); };
  const auto list = db::id_list(s.engine(), ids);
  const Date since = q.since.value_or(*Date::from_ymd(1, 1, 1));
  const std::array<db::Value, 1> by_id{list};
  const std::array<db::Value, 2> by_id_since{list, db::to_value(since)};

  for (const auto& row : s.list_values<BaselineRow>("SELECT b.item_id, b.number, b.granted_days, b.starts_on, b.finishes_on, b.approved_at, c.measure, c.first_period, c.planned, c.generated FROM tracking_baseline b LEFT JOIN tracking_baseline_curve c ON c.baseline_id = b.id WHERE " + those("b.item_id") +
                                                        " ORDER BY b.item_id, b.number, c.measure",
                                                    by_id)) {
    add_baseline(find(row.item_id), row);
  }
  for (const auto& row : s.list_values<CheckpointRow>("SELECT item_id, name, planned_finish, actual_finish, flag, recorded_at FROM tracking_checkpoint WHERE " + those("item_id") + " AND superseded_at IS NULL ORDER BY item_id, place", by_id)) {
    auto& item = find(row.item_id);
    item.checkpoints.push_back({row.name, row.planned_finish, row.actual_finish, row.flag});
    item.changed_at = std::max(item.changed_at, row.recorded_at);
  }
  std::map<std::pair<std::int64_t, Date>, std::size_t> period_at;
  for (const auto& row : s.list_values<PeriodRow>("SELECT o.item_id, o.period_on, c.every, c.opens_on, c.due_on, c.closes_on, f.state, f.recorded_at FROM tracking_owed o JOIN tracking_cycle c ON c.id = o.cycle_id LEFT JOIN tracking_filing f ON f.item_id = o.item_id AND f.period_on = o.period_on "
                                                  "AND f.superseded_at IS NULL WHERE " +
                                                      those("o.item_id") + " AND o.period_on >= ? ORDER BY o.item_id, o.period_on",
                                                  by_id_since)) {
    auto& item = find(row.item_id);
    PublishedPeriod period;
    period.period_on = row.period_on;
    period.every = row.every;
    period.due_on = p.moved({row.opens_on, row.due_on, row.closes_on}).due_on;
    period.state = state_of(row.filing, period.due_on, today);
    if (period.state == ReportState::filed && row.recorded_at) item.changed_at = std::max(item.changed_at, *row.recorded_at);
    period_at[{row.item_id.value, row.period_on}] = item.periods.size();
    item.periods.push_back(std::move(period));
  }
  const auto period_of_row = [&](ItemId id, Date on) -> PublishedPeriod* {
    const auto found = period_at.find({id.value, on});
    return found == period_at.end() ? nullptr : &find(id).periods[found->second];
  };
  const std::string only_accepted = std::string(" JOIN tracking_filing f ON ") + accepted + " WHERE " + those("g.item_id") + " AND g.period_on >= ? AND g.superseded_at IS NULL";
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < kind->measures.size(); ++i) place[kind->measures[i].name] = i;
  for (const auto& g : s.list_values<FigureRecord>(std::string("SELECT ") + figure_columns + " FROM tracking_figure g" + only_accepted, by_id_since)) {
    if (auto* period = period_of_row(g.item_id, g.period_on)) period->figures.push_back({g.measure, g.planned_first, g.planned_current, g.actual, g.lag_first, g.lag_current, g.months_current, g.graded != 0});
  }
  for (const auto& g : s.list_values<ReasonRow>("SELECT g.item_id, g.period_on, g.category FROM tracking_lag g" + only_accepted, by_id_since)) {
    if (auto* period = period_of_row(g.item_id, g.period_on)) period->reason = g.category;
  }
  for (auto& item : out) {
    for (auto& period : item.periods) std::sort(period.figures.begin(), period.figures.end(), [&](const auto& a, const auto& b) { return place[a.measure] < place[b.measure]; });
  }
  return out;
}

std::vector<PublishedCount> count_published(Tracking& tracking, db::Session& s, const std::string& kind, const std::string& measure, const std::optional<std::string>& district) {
  auto& p = tracking.parts();
  const Date today = p.clock.today();
  // Whether a report is missing is asked of the cycle as the calendar moves its day; cycles are few.
  std::vector<std::int64_t> past;
  for (const auto& cycle : p.store.list_cycles(s, kind, 60)) {
    if (today > p.moved({cycle.opens_on, cycle.due_on, cycle.closes_on}).due_on) past.push_back(cycle.id.value);
  }
  std::vector<db::Value> values{db::to_value(measure), db::to_value(p.policy().lag_over), db::id_list(s.engine(), past), db::to_value(kind)};
  if (district) values.push_back(db::to_value(*district));
  const std::string in_past = db::among(s.engine(), "o.cycle_id");
  return s.list_values<PublishedCount>(
      std::string("SELECT x.district, CAST(SUM(x.under) AS BIGINT), CAST(SUM(x.late) AS BIGINT), CAST(SUM(x.missing) AS BIGINT), CAST(SUM(1 - x.under) AS BIGINT) FROM (SELECT i.district AS district, CASE WHEN i.") + under_control +
          " THEN 1 ELSE 0 END AS under, CASE WHEN i." + under_control +
          " AND (SELECT g.lag_current FROM tracking_figure g JOIN tracking_filing f ON " + accepted + " WHERE g.item_id = i.id AND g.measure = ? AND g.superseded_at IS NULL ORDER BY g.period_on DESC LIMIT 1) > ? THEN 1 ELSE 0 END AS late, CASE WHEN i." + under_control +
          " AND (SELECT CASE WHEN f.state IN ('submitted', 'accepted') THEN 0 ELSE 1 END FROM tracking_owed o LEFT JOIN tracking_filing f ON f.item_id = o.item_id AND f.period_on = o.period_on AND f.superseded_at IS NULL WHERE o.item_id = i.id AND " + in_past +
          " ORDER BY o.period_on DESC LIMIT 1) = 1 THEN 1 ELSE 0 END AS missing FROM tracking_item i WHERE i.kind = ? AND i.confidentiality = 'open' AND i.baseline_number > 0" + (district ? " AND i.district = ?" : "") + ") x GROUP BY x.district ORDER BY x.district",
      values);
}

bool is_late(Tracking& tracking, const PublishedPeriod& period) {
  auto& p = tracking.parts();
  const auto over = p.policy({period_end(period.period_on, period.every), {}}).lag_over;
  return std::any_of(period.figures.begin(), period.figures.end(), [&](const auto& f) { return f.graded && f.lag_current > over; });
}

bool is_severe(Tracking& tracking, const PublishedItem& item, const PublishedPeriod& period) {
  auto& p = tracking.parts();
  const auto* kind = p.find_kind(item.core.kind);
  if (kind == nullptr) return false;
  const auto thresholds = p.severe_thresholds(*kind, period_end(period.period_on, period.every));
  return std::any_of(period.figures.begin(), period.figures.end(), [&](const auto& f) {
    const auto found = thresholds.find(f.measure);
    return f.graded && found != thresholds.end() && severe(f.lag_current, found->second);
  });
}

}  // namespace mandate::tracking
