#include "foundation/duties/report_store.hpp"

namespace mandate::duties {
namespace {

void add_scope(std::string& where, std::vector<db::Value>& values, const ReportQuestion& question) {
  const auto condition = identity::condition_of(question.scope, "d");
  where += " AND " + condition.where;
  values.insert(values.end(), condition.values.begin(), condition.values.end());
  if (!question.agency_id) return;
  where += " AND d.agency_id = ?";
  values.push_back(db::to_value(*question.agency_id));
}

}  // namespace

std::vector<MonthRow> list_month(db::Session& s, const ReportQuestion& q, Date from, Date to) {
  const auto day = db::to_value(q.as_of);
  const auto moment = db::to_value(q.known_at);
  // In the order in which the statement has its marks.
  std::vector<db::Value> values = {day, day, day, day, day, db::to_value(q.as_of.plus_days(-q.severe_days)), day, moment, moment, moment, db::to_value(from), db::to_value(to)};
  std::string where = "d.state <> 'cancelled' AND d.due_on >= ? AND d.due_on <= ?";
  add_scope(where, values, q);
  return s.list_values<MonthRow>(
      "SELECT d.agency_id, COUNT(*), SUM(CASE WHEN d.done_on <= ? AND d.done_on <= d.due_on THEN 1 ELSE 0 END), SUM(CASE WHEN d.done_on <= ? AND d.done_on > d.due_on THEN 1 ELSE 0 END), "
      "SUM(CASE WHEN d.due_on < ? AND (d.done_on IS NULL OR d.done_on > ?) THEN 1 ELSE 0 END), SUM(CASE WHEN d.due_on < ? AND d.due_on < ? AND (d.done_on IS NULL OR d.done_on > ?) THEN 1 ELSE 0 END) FROM " +
          std::string(known_rows) + " d WHERE " + where + " GROUP BY d.agency_id ORDER BY d.agency_id",
      values);
}

std::vector<LateTally> tally_late(db::Session& s, const ReportQuestion& q) {
  const auto moment = db::to_value(q.known_at);
  std::vector<db::Value> values = {db::to_value(q.as_of), db::to_value(q.as_of.plus_days(-q.severe_days)), moment, moment, moment, db::to_value(q.as_of)};
  std::string where = "d.state <> 'cancelled' AND (d.done_on IS NULL OR d.done_on > ?)";
  add_scope(where, values, q);
  return s.list_values<LateTally>(
      "SELECT d.agency_id, CASE WHEN d.confidentiality = 'confidential' THEN 1 ELSE 0 END AS closed, COUNT(*), SUM(CASE WHEN d.due_on < ? THEN 1 ELSE 0 END), SUM(CASE WHEN d.due_on < ? THEN 1 ELSE 0 END) FROM " +
          std::string(known_rows) + " d WHERE " + where + " GROUP BY d.agency_id, CASE WHEN d.confidentiality = 'confidential' THEN 1 ELSE 0 END ORDER BY 1, 2",
      values);
}

std::vector<LateRow> list_late(db::Session& s, const ReportQuestion& q, const std::optional<std::pair<Date, DutyId>>& after, int limit) {
  const auto moment = db::to_value(q.known_at);
  std::vector<db::Value> values = {moment, moment, moment, db::to_value(q.as_of), db::to_value(q.as_of)};
  std::string where = "d.state <> 'cancelled' AND d.due_on < ? AND (d.done_on IS NULL OR d.done_on > ?)";
  add_scope(where, values, q);
  if (after) {
    where += " AND (d.due_on, d.id) > (?, ?)";
    values.push_back(db::to_value(after->first));
    values.push_back(db::to_value(after->second));
  }
  values.push_back(db::to_value(limit));
  return s.list_values<LateRow>("SELECT d.id, d.number, d.title, d.origin, d.agency_id, d.due_on, d.severity, d.confidentiality FROM " + std::string(known_rows) + " d WHERE " + where + " ORDER BY d.due_on, d.id LIMIT ?", values);
}

}  // namespace mandate::duties
