#include "foundation/tracking/month.hpp"

namespace mandate::tracking {
namespace {

// The items as they stood at the end of the period. Takes kind and moment, kind, moment and moment.
constexpr auto stood_items =
    "(SELECT id, number, title, agency_id, unit_id, post_id, origin, district, state, confidentiality FROM tracking_item WHERE kind = ? AND recorded_at <= ? "
    "UNION ALL SELECT item_id, number, title, agency_id, unit_id, post_id, origin, district, state, confidentiality FROM tracking_item_version WHERE kind = ? AND recorded_at <= ? AND superseded_at > ?)";

std::vector<db::Value> values_of_items(const StoodQuestion& q) {
  const Instant at = std::min(q.ended_at, q.known_at);
  return {db::to_value(q.kind), db::to_value(at), db::to_value(q.kind), db::to_value(at), db::to_value(at)};
}

void also(std::vector<db::Value>& values, const std::vector<db::Value>& more) { values.insert(values.end(), more.begin(), more.end()); }

}  // namespace

std::vector<StoodItem> list_stood(db::Session& s, const StoodQuestion& q) {
  auto values = values_of_items(q);
  also(values, {db::to_value(q.period_on), db::to_value(q.known_at), db::to_value(q.known_at)});
  const auto scope = identity::condition_of(q.scope, "i");
  also(values, scope.values);
  return s.list_values<StoodItem>(std::string("SELECT i.id, i.number, i.title, i.agency_id, i.unit_id, i.post_id, i.origin, i.district, i.state, i.confidentiality, g.period_on, g.lag_kind, g.lag_run, g.computed FROM ") + stood_items +
                                      " i LEFT JOIN tracking_grade g ON g.row_id = (SELECT n.row_id FROM tracking_grade n WHERE n.item_id = i.id AND n.period_on <= ? AND n.recorded_at <= ? "
                                      "AND (n.superseded_at IS NULL OR n.superseded_at > ?) ORDER BY n.period_on DESC LIMIT 1) "
                                      "WHERE i.state NOT IN ('filing', 'set_up_review', 'set_up_returned') AND " + scope.where + " ORDER BY i.id",
                                  values);
}

std::vector<StoodFigure> list_stood_figures(db::Session& s, const StoodQuestion& q) {
  std::vector<db::Value> values{db::to_value(q.period_on), db::to_value(q.known_at), db::to_value(q.known_at)};
  const auto items = values_of_items(q);
  also(values, items);
  const auto scope = identity::condition_of(q.scope, "i");
  also(values, scope.values);
  return s.list_values<StoodFigure>(std::string("SELECT f.item_id, f.measure, f.planned_current, f.actual, f.lag_first, f.lag_current, f.months_current, f.graded FROM "
                                                "(SELECT * FROM tracking_figure WHERE period_on = ? AND recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?)) f JOIN ") +
                                        stood_items + " i ON i.id = f.item_id WHERE " + scope.where + " ORDER BY f.item_id, f.measure",
                                    values);
}

}  // namespace mandate::tracking
