// Plans as search knows them: the plan with its preface, and each heading with the sentences below it.
#include "modules/plan/module.hpp"
#include "platform/db/lists.hpp"

#include <boost/json.hpp>

namespace mandate::plan {
namespace {

using identity::Confidentiality;

constexpr auto node_columns = "id, plan_id, kind, parent_id, title, place";

// What a table's row had besides, without the names of its columns.
std::string text_of_columns(const std::string& columns) {
  std::string out;
  boost::system::error_code broken;
  const auto read = boost::json::parse(columns, broken);
  if (broken || !read.is_array()) return out;
  for (const auto& one : read.as_array()) {
    if (const auto* text = one.is_object() ? one.as_object().if_contains("text") : nullptr; text != nullptr && text->is_string()) out += " " + std::string(text->as_string());
  }
  return out;
}

struct Sentences {
  std::int64_t node_id = 0;
  std::string text;
  std::string columns;
};
BOOST_DESCRIBE_STRUCT(Sentences, (), (node_id, text, columns))

search::Document plan_document(const PlanRecord& plan, const std::string& preface) {
  search::Document d;
  d.kind = "plan";
  d.record_id = plan.id.value;
  d.title = std::to_string(plan.year_roc) + "年度" + plan.agency_name + "施政計畫";
  d.body = preface;
  d.agency_id = plan.agency_id;
  d.origin = "plan";
  d.confidentiality = Confidentiality::open;
  return d;
}

std::vector<search::Document> node_documents(db::Session& s, const std::vector<NodeRecord>& nodes) {
  std::map<std::int64_t, std::string> bodies;
  std::map<std::int64_t, std::int64_t> agencies;
  std::vector<std::int64_t> ids;
  std::set<std::int64_t> plans;
  for (const auto& node : nodes) {
    ids.push_back(node.id.value);
    plans.insert(node.plan_id.value);
  }
  const auto values_of = [](const std::vector<std::int64_t>& some) {
    std::vector<db::Value> values;
    for (const auto id : some) values.push_back(db::to_value(id));
    return values;
  };
  db::in_chunks(ids, [&](const std::vector<std::int64_t>& some) {
    for (const auto& row : s.list_values<Sentences>("SELECT node_id, text, columns FROM plan_sentence WHERE superseded_at IS NULL AND node_id IN (" + db::marks(some.size()) + ") ORDER BY node_id, place", values_of(some))) {
      auto& body = bodies[row.node_id];
      body += (body.empty() ? "" : "\n") + row.text + text_of_columns(row.columns);
    }
  });
  db::in_chunks(std::vector<std::int64_t>(plans.begin(), plans.end()), [&](const std::vector<std::int64_t>& some) {
    for (const auto& plan : s.list_values<PlanRecord>("SELECT id, year_roc, agency_name, agency_id, created_at FROM plan WHERE id IN (" + db::marks(some.size()) + ")", values_of(some))) agencies[plan.id.value] = plan.agency_id;
  });
  std::vector<search::Document> out;
  for (const auto& node : nodes) {
    search::Document d;
    d.kind = "plan_item";
    d.record_id = node.id.value;
    d.title = node.title;
    d.body = bodies[node.id.value];
    d.agency_id = agencies[node.plan_id.value];
    d.origin = "plan";
    d.confidentiality = Confidentiality::open;
    out.push_back(std::move(d));
  }
  return out;
}

std::string preface_of(db::Session& s, PlanId id) {
  std::string out;
  for (const auto& row : s.list<Sentences>("SELECT node_id, text, columns FROM plan_sentence WHERE superseded_at IS NULL AND plan_id = ? AND node_id = 0 ORDER BY place", id)) out += (out.empty() ? "" : "\n") + row.text + text_of_columns(row.columns);
  return out;
}

}  // namespace

void PlanStore::put_into_search(db::Session& s, const PlanRecord& plan, const std::vector<NodeRecord>& nodes_before) {
  const auto nodes = list_nodes(s, plan.id, std::nullopt);
  std::set<std::int64_t> still;
  for (const auto& node : nodes) still.insert(node.id.value);
  for (const auto& node : nodes_before) {
    if (still.count(node.id.value) == 0) search::remove(s, "plan_item", node.id.value);
  }
  search::put(s, plan_document(plan, preface_of(s, plan.id)));
  for (const auto& document : node_documents(s, nodes)) search::put(s, document);
}

std::vector<search::Kind> search_kinds(identity::Identity& identity) {
  const auto scope = [&identity](const Actor& actor) { return identity.scope(actor, "plan.read", "plan"); };
  return {{"plan", scope, [](std::int64_t id) { return "/plans/" + std::to_string(id); },
           [](db::Session& s, std::int64_t after, int limit) {
             std::vector<search::Document> out;
             for (const auto& plan : s.list<PlanRecord>("SELECT id, year_roc, agency_name, agency_id, created_at FROM plan WHERE id > ? ORDER BY id LIMIT ?", after, limit)) out.push_back(plan_document(plan, preface_of(s, plan.id)));
             return out;
           }},
          {"plan_item", scope, [](std::int64_t id) { return "/plans/items/" + std::to_string(id); }, [](db::Session& s, std::int64_t after, int limit) {
             return node_documents(s, s.list<NodeRecord>(std::string("SELECT ") + node_columns + " FROM plan_node WHERE superseded_at IS NULL AND id > ? ORDER BY id LIMIT ?", after, limit));
           }}};
}

}  // namespace mandate::plan
