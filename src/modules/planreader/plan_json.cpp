#include "modules/planreader/plan_json.hpp"

#include <cmath>

#include <boost/json.hpp>

namespace mandate::plan_reader {
namespace {

namespace json = boost::json;

json::value number(double value) {
  if (value == std::floor(value) && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}

template <class T>
json::value or_null(const std::optional<T>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object to_object(const Obligation& o) {
  json::object out;
  out["what"] = o.what;
  out["every"] = or_null(o.every);
  out["months"] = json::array(o.months.begin(), o.months.end());
  out["day"] = !o.day ? json::value(nullptr) : o.day->number == 0 ? json::value("last") : json::value(o.day->number);
  out["within"] = o.within ? json::value(json::array{o.within->count, o.within->unit}) : json::value(nullptr);
  json::array amounts;
  for (const auto& a : o.amounts) amounts.push_back(json::array{a.bound, number(a.value), a.unit});
  out["amounts"] = std::move(amounts);
  out["responsible"] = json::array(o.responsible.begin(), o.responsible.end());
  json::array spans;
  for (const auto& s : o.spans) spans.push_back(json::array{s.begin, s.end, s.part});
  out["spans"] = std::move(spans);
  return out;
}

json::object to_object(const Sentence& s, const std::vector<Row>& rows) {
  json::object out;
  out["line"] = s.line;
  out["part"] = part_name(s.part);
  out["goal"] = or_null(s.goal);
  out["strategy"] = or_null(s.strategy);
  out["work_plan"] = or_null(s.work_plan);
  out["item"] = or_null(s.item);
  out["text"] = s.text;
  out["decision"] = decision_name(s.decision);
  json::array obligations;
  for (const auto& o : s.obligations) obligations.push_back(to_object(o));
  out["obligations"] = std::move(obligations);
  json::object columns;
  if (s.row < rows.size()) {
    for (const auto& [name, text] : rows[s.row].columns) columns[name] = text;
  }
  out["columns"] = std::move(columns);
  return out;
}

}  // namespace

std::string to_json(const PlanText& plan) {
  json::object out;
  out["year_roc"] = or_null(plan.year_roc);
  out["agency"] = plan.agency;
  json::array goals;
  for (const auto& goal : plan.goals) {
    goals.push_back(json::object{{"title", goal.title}, {"strategies", json::array(goal.strategies.begin(), goal.strategies.end())}});
  }
  out["goals"] = std::move(goals);
  json::array work_plans;
  for (const auto& work_plan : plan.work_plans) {
    json::array items;
    for (const auto& item : work_plan.items) items.push_back(json::object{{"title", item.title}});
    work_plans.push_back(json::object{{"title", work_plan.title}, {"items", std::move(items)}});
  }
  out["work_plans"] = std::move(work_plans);
  json::array sentences;
  for (const auto& sentence : plan.sentences) sentences.push_back(to_object(sentence, plan.rows));
  out["sentences"] = std::move(sentences);
  out["coverage"] = json::object{{"sentences", plan.coverage.sentences},
                                 {"obligation", plan.coverage.obligation},
                                 {"none", plan.coverage.none},
                                 {"undecided", plan.coverage.undecided}};
  return json::serialize(out);
}

}  // namespace mandate::plan_reader
