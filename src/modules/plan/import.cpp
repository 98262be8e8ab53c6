// Import of a plan's text: what stays, what is new, what is gone, sentence by sentence.
#include "kernel/text.hpp"
#include "modules/plan/rules.hpp"
#include "modules/plan/service.hpp"
#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"

namespace mandate::plan {
namespace {

// Headings of the new text onto the nodes of the plan: the same title in the same place keeps its id.
class Tree {
 public:
  Tree(PlanStore& store, db::Session& s, PlanId plan, std::vector<NodeRecord> present, Instant now) : store_(store), session_(s), plan_(plan), now_(now), present_(std::move(present)) {}

  NodeId node(NodeKind kind, NodeId parent, const std::string& title) {
    const auto key = std::make_tuple(kind, parent.value, folded_title(title));
    if (const auto known = used_.find(key); known != used_.end()) return known->second;
    ++place_;
    NodeRecord node;
    for (const auto& old : present_) {
      if (old.kind == kind && old.parent_id == parent && folded_title(old.title) == std::get<2>(key)) node = old;
    }
    const bool found = node.id.value != 0;
    if (!found || node.place != place_ || node.title != title) {
      if (!found) node.id = new_id<NodeId>();
      node.plan_id = plan_;
      node.kind = kind;
      node.parent_id = parent;
      node.title = title;
      node.place = place_;
      store_.put_node(session_, node, now_);
    }
    used_[key] = node.id;
    kept_.insert(node.id.value);
    return node.id;
  }

  void end_unused() {
    for (const auto& old : present_) {
      if (kept_.count(old.id.value) == 0) store_.end_node(session_, old.id, now_);
    }
  }

 private:
  PlanStore& store_;
  db::Session& session_;
  PlanId plan_;
  Instant now_;
  std::vector<NodeRecord> present_;
  std::map<std::tuple<NodeKind, std::int64_t, std::string>, NodeId> used_;
  std::set<std::int64_t> kept_;
  std::int64_t place_ = 0;
};

ObligationRecord record_of(const plan_reader::Obligation& found, PlanId plan, SentenceId sentence) {
  ObligationRecord o;
  o.id = new_id<ObligationId>();
  o.plan_id = plan;
  o.sentence_id = sentence;
  o.what = found.what;
  if (found.every) {
    duties::Every every{};
    boost::describe::enum_from_string(found.every->c_str(), every);
    o.every = every;
  }
  for (const int month : found.months) o.months += (o.months.empty() ? "" : ",") + std::to_string(month);
  if (found.day) o.day = found.day->number;
  if (found.within) {
    o.within_count = found.within->count;
    o.within_unit = found.within->unit;
  }
  std::vector<AmountView> amounts;
  for (const auto& a : found.amounts) amounts.push_back({a.bound, a.value, a.unit});
  o.amounts = json_text(amounts);
  o.responsible = json_text(found.responsible);
  std::vector<SpanView> spans;
  for (const auto& span : found.spans) spans.push_back({static_cast<int>(span.begin), static_cast<int>(span.end), span.part});
  o.spans = json_text(spans);
  o.found_by = "reader";
  return o;
}

std::string heading_of(const plan_reader::Sentence& s) {
  return std::string(plan_reader::part_name(s.part)) + "/" + folded_title(s.goal.value_or("")) + "/" + folded_title(s.strategy.value_or("")) + "/" + folded_title(s.work_plan.value_or("")) + "/" + folded_title(s.item.value_or(""));
}

template <class To, class From>
To by_name(From name) {
  To out{};
  boost::describe::enum_from_string(std::string(name).c_str(), out);
  return out;
}

}  // namespace

Result<ImportOutcome> PlanService::import_plan(const Actor& actor, const std::string& file_name, const std::string& text) {
  // Reading is pure and may take a while for a long text: before the transaction.
  MANDATE_ASSIGN(const auto read, plan_reader::read_plan(text));
  if (!read.year_roc) return field_fault("text", "plan.no_year");
  if (read.agency.empty()) return field_fault("text", "plan.no_agency");
  const std::string hash = digest::sha256_hex(text);
  return database_.write([&](db::Session& s) -> Result<ImportOutcome> {
    const Instant now = actor.now;
    ImportOutcome outcome;
    outcome.year_roc = *read.year_roc;
    outcome.agency_name = read.agency;
    outcome.file_name = file_name;
    auto plan = store_.find_by_year(s, *read.year_roc, read.agency);
    if (!plan) {
      plan = PlanRecord{new_id<PlanId>(), *read.year_roc, read.agency, agencies_.snapshot()->match_by_name(read.agency, clock_.today()).value, now};
      store_.insert(s, *plan);
    }
    outcome.plan_id = plan->id;
    const auto before_text = store_.find_text(s, plan->id);
    outcome.same_as_before = before_text && before_text->content_hash == hash;
    if (!outcome.same_as_before) {
      const auto before = store_.list_sentences(s, plan->id, std::nullopt);
      const auto nodes = store_.list_nodes(s, plan->id, std::nullopt);
      std::map<std::int64_t, const NodeRecord*> node_by_id;
      for (const auto& node : nodes) node_by_id[node.id.value] = &node;
      // Where the old sentences stand, in the words of the new text's headings.
      const auto old_heading = [&](const SentenceRecord& r) {
        std::array<std::string, 4> titles;
        for (auto at = node_by_id.find(r.node_id.value); at != node_by_id.end(); at = node_by_id.find(at->second->parent_id.value)) titles[static_cast<std::size_t>(at->second->kind)] = folded_title(at->second->title);
        return std::string(boost::describe::enum_to_string(r.part, "")) + "/" + titles[0] + "/" + titles[1] + "/" + titles[2] + "/" + titles[3];
      };
      std::vector<SentenceKey> before_keys;
      for (const auto& r : before) before_keys.push_back({old_heading(r), r.text});
      std::vector<SentenceKey> after_keys;
      for (const auto& r : read.sentences) after_keys.push_back({heading_of(r), r.text});

      Tree tree(store_, s, plan->id, nodes, now);
      for (const auto& goal : read.goals) {
        const auto id = tree.node(NodeKind::goal, {}, goal.title);
        for (const auto& strategy : goal.strategies) tree.node(NodeKind::strategy, id, strategy);
      }
      for (const auto& work_plan : read.work_plans) {
        const auto id = tree.node(NodeKind::work_plan, {}, work_plan.title);
        for (const auto& item : work_plan.items) tree.node(NodeKind::item, id, item.title);
      }
      const auto node_of = [&](const plan_reader::Sentence& r) {
        NodeId id;
        if (r.part == plan_reader::Part::strategy) {
          if (r.goal) id = tree.node(NodeKind::goal, {}, *r.goal);
          if (r.strategy) id = tree.node(NodeKind::strategy, id, *r.strategy);
        } else if (r.part == plan_reader::Part::work_plan) {
          if (r.work_plan) id = tree.node(NodeKind::work_plan, {}, *r.work_plan);
          if (r.item) id = tree.node(NodeKind::item, id, *r.item);
        }
        return id;
      };

      std::vector<SentenceId> old_ids;
      for (const auto& r : before) old_ids.push_back(r.id);
      std::map<std::int64_t, std::vector<ObligationRecord>> old_obligations;
      for (auto& o : store_.list_obligations_of(s, old_ids)) old_obligations[o.sentence_id.value].push_back(o);

      for (const auto& pair : pair_sentences(before_keys, after_keys)) {
        if (!pair.after) {
          const auto& gone = before[*pair.before];
          store_.end_sentence(s, gone.id, now);
          // What was accepted stays a duty until somebody decides; what was only proposed goes with its sentence.
          for (const auto& o : old_obligations[gone.id.value]) {
            if (o.state == ObligationState::proposed) store_.end_obligation(s, o.id, now);
          }
          outcome.difference.push_back({"removed", gone.line, gone.text, ""});
          continue;
        }
        const auto& found = read.sentences[*pair.after];
        SentenceRecord record;
        if (pair.before) record = before[*pair.before];
        const SentenceRecord old = record;
        if (!pair.before) record.id = new_id<SentenceId>();
        record.plan_id = plan->id;
        record.node_id = node_of(found);
        record.line = found.line;
        record.part = by_name<PlanPart>(plan_reader::part_name(found.part));
        record.text = found.text;
        std::vector<ColumnView> columns;
        if (found.row != plan_reader::Sentence::npos && found.row < read.rows.size()) {
          for (const auto& [name, value] : read.rows[found.row].columns) columns.push_back({name, value});
        }
        record.columns = json_text(columns);
        record.place = static_cast<std::int64_t>(*pair.after) + 1;
        const bool text_changed = !pair.before || old.text != record.text;
        if (text_changed) {
          record.decision = by_name<SentenceDecision>(plan_reader::decision_name(found.decision));
          record.decided_by = 0;
          outcome.difference.push_back({pair.before ? "changed" : "added", record.line, pair.before ? old.text : "", record.text});
          std::set<std::string> kept;
          for (const auto& o : old_obligations[record.id.value]) {
            if (o.state == ObligationState::proposed) {
              store_.end_obligation(s, o.id, now);
            } else {
              kept.insert(signature(o));
            }
          }
          for (const auto& one : found.obligations) {
            auto o = record_of(one, plan->id, record.id);
            if (kept.count(signature(o)) == 1) continue;
            o.agency_id = owner_of(o, *plan, clock_.today());
            store_.put_obligation(s, o, now, actor.account_id);
          }
        }
        if (text_changed || old.node_id != record.node_id || old.line != record.line || old.place != record.place || old.columns != record.columns) store_.put_sentence(s, record, now);
      }
      tree.end_unused();
      store_.put_into_search(s, *plan, nodes);
      if (!before_text) outcome.difference.clear();  // a first text differs from nothing
      store_.replace_text(s, plan->id, {next_id(), file_name, hash, json_text(outcome.difference), now}, text, actor.account_id);
      note(s, actor, before_text ? "plan.text_replaced" : "plan.imported", "plan", plan->id.value,
           {{"year_roc", *read.year_roc}, {"agency", read.agency}, {"sentences", read.sentences.size()}, {"differences", outcome.difference.size()}});
    }
    outcome.coverage = store_.coverage(s)[plan->id.value];
    for (const auto& o : store_.list_obligations(s, plan->id, std::nullopt)) outcome.obligation_count += o.state != ObligationState::dropped ? 1 : 0;
    return outcome;
  });
}

}  // namespace mandate::plan
