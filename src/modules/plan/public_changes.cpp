// What changed of the promises, for everybody: what was accepted, done or moved, without what people typed beside it.
#include "kernel/roc_date.hpp"
#include "modules/plan/service.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::plan {
namespace {

constexpr int events_looked_at = 20'000;  // the newest; an index of events by kind would be paid for by every write

struct PromiseRow {
  std::int64_t event_id = 0;
  Instant at;
  std::string what;
  std::int64_t agency_id = 0;
  NodeId node_id;
};
BOOST_DESCRIBE_STRUCT(PromiseRow, (), (event_id, at, what, agency_id, node_id))

struct SourceNode {
  std::int64_t obligation_id = 0;
  NodeId node_id;
};
BOOST_DESCRIBE_STRUCT(SourceNode, (), (obligation_id, node_id))

// Only dates and names of agencies: a reason is written for colleagues and may name a citizen.
MessageArgs said_in(const std::string& data, Language language) {
  MessageArgs args;
  boost::json::error_code error;
  const auto value = boost::json::parse(data, error);
  if (error || !value.is_object()) return args;
  for (const char* name : {"due_on", "done_on", "from", "to"}) {
    const auto* member = value.get_object().if_contains(name);
    if (member == nullptr || !member->is_string()) continue;
    std::string text(member->get_string().c_str());
    if (const auto on = Date::parse(text); on && language == Language::zh_tw) text = roc_long(*on);
    args.emplace_back(name, std::move(text));
  }
  return args;
}

}  // namespace

std::vector<PublicChangeRow> PlanService::list_public_changes(db::Session& s, Language language, int limit) {
  const auto organisation = agencies_.recent();
  const auto agency_name = [&](std::int64_t id) { return organisation->name_of(agencies::AgencyId{id}, clock_.today()); };
  std::vector<PublicChangeRow> out;
  for (const auto& a : s.list<PromiseRow>(
           "SELECT e.id, e.at, o.what, o.agency_id, n.node_id FROM (SELECT id, at, kind, record_kind, record_id FROM event ORDER BY id DESC LIMIT ?) e JOIN plan_obligation o ON o.id = e.record_id AND o.superseded_at IS NULL "
           "JOIN plan_sentence n ON n.id = o.sentence_id AND n.superseded_at IS NULL WHERE e.record_kind = 'plan_obligation' AND e.kind = 'plan.obligation_accepted' AND o.state = 'accepted' ORDER BY e.id DESC LIMIT ?",
           events_looked_at, limit)) {
    out.push_back({a.event_id, a.at, i18n::text("public.accepted.title", language, {{"title", a.what}}), i18n::text("public.accepted", language, {{"agency", agency_name(a.agency_id)}}), a.node_id});
  }
  const auto changes = duties_.list_public_changes(s, "plan_obligation", limit);
  std::map<std::int64_t, NodeId> nodes;
  if (!changes.empty()) {
    std::string marks;
    std::vector<db::Value> values;
    for (const auto& change : changes) {
      marks += marks.empty() ? "?" : ",?";
      values.push_back(db::to_value(change.source_id));
    }
    for (const auto& row : s.list_values<SourceNode>("SELECT o.id, n.node_id FROM plan_obligation o JOIN plan_sentence n ON n.id = o.sentence_id AND n.superseded_at IS NULL WHERE o.superseded_at IS NULL AND o.id IN (" + marks + ")", values)) {
      nodes[row.obligation_id] = row.node_id;
    }
  }
  for (const auto& change : changes) {
    const auto node = nodes.find(change.source_id);
    if (node == nodes.end()) continue;  // its sentence has gone from the plan
    auto args = said_in(change.data, language);
    args.emplace_back("agency", agency_name(change.agency_id));
    args.emplace_back("title", change.title);
    const auto key = "public." + change.kind;
    out.push_back({change.event_id, change.at, i18n::text(key + ".title", language, args), i18n::text(key, language, args), node->second});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.event_id > b.event_id; });
  if (out.size() > static_cast<std::size_t>(limit)) out.resize(static_cast<std::size_t>(limit));
  return out;
}

}  // namespace mandate::plan
