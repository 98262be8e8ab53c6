#include "modules/plan/service.hpp"

#include "foundation/duties/rules.hpp"
#include "modules/plan/rules.hpp"

namespace mandate::plan {

PlanService::PlanService(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, duties::Duties& duties, const agencies::Agencies& agencies)
    : database_(database), clock_(clock), identity_(identity), audit_(audit), duties_(duties), agencies_(agencies), node_changes_(database.watch({"plan_node"})) {}

// A plan's rows at one moment, joined.
struct PlanService::Loaded {
  std::vector<NodeRecord> nodes;
  std::map<std::int64_t, const NodeRecord*> node_by_id;
  std::vector<SentenceRecord> sentences;
  std::map<std::int64_t, std::vector<const ObligationRecord*>> by_sentence;
  std::vector<ObligationRecord> obligations;
  std::map<std::int64_t, duties::Standing> standings;  // by obligation
};

namespace {

void add(duties::Standing& to, const duties::Standing& from) {
  to.total += from.total;
  to.open += from.open;
  to.done += from.done;
  to.done_late += from.done_late;
  to.late += from.late;
  to.severe += from.severe;
  to.cancelled += from.cancelled;
}

std::string title_of(const PlanRecord& plan) { return plan.agency_name + std::to_string(plan.year_roc) + "年度施政計畫"; }

bool waits(const SentenceRecord& sentence, const std::vector<const ObligationRecord*>& obligations) {
  return sentence.decision == SentenceDecision::undecided || std::any_of(obligations.begin(), obligations.end(), [](const auto* o) { return o->state == ObligationState::proposed; });
}

void finish(TreeNode& node) {
  for (auto& child : node.children) {
    finish(child);
    node.sentences += child.sentences;
    node.decided += child.decided;
    node.obligations += child.obligations;
    add(node.standing, child.standing);
  }
  const Ratio ratio{node.decided, node.sentences};
  if (ratio.defined()) node.coverage = ratio.rounded();
}

}  // namespace

std::vector<Goal> PlanService::goals(bool with_past) {
  return database_.read([&](db::Session& s) {
    auto all = store_.list_goals(s);
    if (!with_past) std::erase_if(all, [](const Goal& goal) { return goal.past != 0; });
    return all;
  });
}

std::map<std::int64_t, std::string> PlanService::goal_names() {
  const auto still = node_changes_.still();
  const std::lock_guard lock(goals_mutex_);
  if (!still || goals_read_at_ != still) {
    goal_names_.clear();
    for (const auto& goal : goals(true)) goal_names_[goal.id.value] = std::to_string(goal.year_roc) + " " + goal.title;
    goals_read_at_ = still;
  }
  return goal_names_;
}

PlanService::Loaded PlanService::load(db::Session& s, const PlanRecord& plan, std::optional<Instant> known_at, Date today, bool public_only) {
  Loaded l;
  l.nodes = store_.list_nodes(s, plan.id, known_at);
  for (const auto& node : l.nodes) l.node_by_id[node.id.value] = &node;
  l.sentences = store_.list_sentences(s, plan.id, known_at);
  l.obligations = store_.list_obligations(s, plan.id, known_at);
  std::vector<std::int64_t> ids;
  for (const auto& o : l.obligations) {
    if (public_only && o.state != ObligationState::accepted) continue;
    l.by_sentence[o.sentence_id.value].push_back(&o);
    ids.push_back(o.id.value);
  }
  l.standings = duties_.standing_by_source(s, "plan_obligation", ids, today, known_at, public_only);
  return l;
}

ObligationView PlanService::view_of(const ObligationRecord& o, const std::map<std::int64_t, duties::Standing>& standings) {
  ObligationView v;
  v.id = o.id;
  v.what = o.what;
  v.every = o.every;
  v.months = duties::months_from_text(o.months);
  if (o.day) v.day = static_cast<int>(*o.day);
  if (o.within_count) v.within = WithinView{static_cast<int>(*o.within_count), o.within_unit.value_or("day")};
  v.amounts = from_json_text<std::vector<AmountView>>(o.amounts);
  v.responsible = from_json_text<std::vector<std::string>>(o.responsible);
  v.spans = from_json_text<std::vector<SpanView>>(o.spans);
  v.state = o.state;
  v.agency_id = {o.agency_id};
  v.agency_name = agencies_.recent()->name_of(agencies::AgencyId{o.agency_id}, clock_.today());
  v.found_by = o.found_by;
  v.reason = o.reason;
  if (const auto found = standings.find(o.id.value); found != standings.end()) v.standing = found->second;
  return v;
}

std::vector<PlanRow> PlanService::list(bool public_only) {
  const Date today = clock_.today();
  return database_.read([&](db::Session& s) {
    const auto coverage = store_.coverage(s);
    std::vector<PlanRow> rows;
    auto texts = store_.list_texts(s);
    std::vector<std::int64_t> ids;
    std::map<std::int64_t, std::int64_t> plan_of_obligation;
    for (const auto& accepted : store_.list_accepted(s)) {
      ids.push_back(accepted.id.value);
      plan_of_obligation[accepted.id.value] = accepted.plan_id.value;
    }
    std::map<std::int64_t, duties::Standing> standing_of_plan;
    for (const auto& [id, standing] : duties_.standing_by_source(s, "plan_obligation", ids, today, std::nullopt, public_only)) add(standing_of_plan[plan_of_obligation[id]], standing);
    for (const auto& plan : store_.list(s)) {
      PlanRow row;
      row.id = plan.id;
      row.year_roc = plan.year_roc;
      row.agency_name = plan.agency_name;
      row.title = title_of(plan);
      row.file_name = texts[plan.id.value].file_name;
      row.imported_at = texts[plan.id.value].recorded_at;
      if (const auto found = coverage.find(plan.id.value); found != coverage.end()) row.coverage = found->second;
      row.standing = standing_of_plan[plan.id.value];
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

Result<PlanView> PlanService::view(PlanId id, std::optional<Date> known_on, bool public_only) {
  Date today = clock_.today();
  std::optional<Instant> known_at;
  if (known_on) {
    if (*known_on > today) return field_fault("as_known_on", "input.known_in_future");  // for callers other than a route
    today = *known_on;
    known_at = taipei_end_of_day(*known_on);
  }
  return database_.read([&](db::Session& s) -> Result<PlanView> {
    const auto plan = store_.find(s, id);
    if (!plan) return fault(FaultKind::not_found, "plan.not_found");
    const auto loaded = load(s, *plan, known_at, today, public_only);
    PlanView view;
    view.as_of = today;
    view.plan.id = id;
    view.plan.year_roc = plan->year_roc;
    view.plan.agency_name = plan->agency_name;
    view.plan.title = title_of(*plan);
    if (const auto text = store_.find_text(s, id)) {
      view.plan.file_name = text->file_name;
      view.plan.imported_at = text->recorded_at;
      view.difference = from_json_text<std::vector<DifferenceRow>>(text->difference);
    }
    std::map<std::int64_t, TreeNode> own;
    for (const auto& node : loaded.nodes) own[node.id.value] = TreeNode{node.kind, node.id, node.title, 0, 0, std::nullopt, 0, {}, {}};
    for (const auto& sentence : loaded.sentences) {
      const auto found = loaded.by_sentence.find(sentence.id.value);
      static const std::vector<const ObligationRecord*> no_obligations;
      const auto& obligations = found == loaded.by_sentence.end() ? no_obligations : found->second;
      const bool waiting = waits(sentence, obligations);
      auto& c = view.plan.coverage;
      ++c.sentences;
      c.obligation += sentence.decision == SentenceDecision::obligation ? 1 : 0;
      c.none += sentence.decision == SentenceDecision::none ? 1 : 0;
      c.undecided += sentence.decision == SentenceDecision::undecided ? 1 : 0;
      c.waiting += waiting ? 1 : 0;
      const auto node = own.find(sentence.node_id.value);
      for (const auto* o : obligations) {
        const auto standing = loaded.standings.find(o->id.value);
        if (standing != loaded.standings.end()) add(view.plan.standing, standing->second);
        if (node == own.end() || o->state == ObligationState::dropped) continue;
        ++node->second.obligations;
        if (standing != loaded.standings.end()) add(node->second.standing, standing->second);
      }
      if (node == own.end()) continue;
      ++node->second.sentences;
      if (!waiting) ++node->second.decided;
    }
    // Goals hold their strategies, and the work plans that carry their name; an item that carries a strategy's name stands below that work plan still,
    // since the table is where its duties come from.
    std::map<std::string, std::int64_t> goal_by_title;
    for (const auto& node : loaded.nodes) {
      if (node.kind == NodeKind::goal) goal_by_title.emplace(folded_title(node.title), node.id.value);
    }
    std::map<std::int64_t, std::vector<std::int64_t>> children;
    std::vector<std::int64_t> roots;
    for (const auto& node : loaded.nodes) {
      std::int64_t parent = node.parent_id.value;
      if (node.kind == NodeKind::work_plan) {
        const auto goal = goal_by_title.find(folded_title(node.title));
        if (goal != goal_by_title.end()) parent = goal->second;
      }
      if (parent == 0 || own.find(parent) == own.end()) {
        roots.push_back(node.id.value);
      } else {
        children[parent].push_back(node.id.value);
      }
    }
    const std::function<TreeNode(std::int64_t)> build = [&](std::int64_t node_id) {
      TreeNode node = own[node_id];
      for (const auto child : children[node_id]) node.children.push_back(build(child));
      return node;
    };
    for (const auto root : roots) {
      auto node = build(root);
      finish(node);
      view.tree.push_back(std::move(node));
    }
    return view;
  });
}

Result<std::vector<SentenceView>> PlanService::sentences(PlanId id, std::optional<NodeId> only) {
  const Date today = clock_.today();
  return database_.read([&](db::Session& s) -> Result<std::vector<SentenceView>> {
    const auto plan = store_.find(s, id);
    if (!plan) return fault(FaultKind::not_found, "plan.not_found");
    const auto loaded = load(s, *plan, std::nullopt, today, false);
    std::vector<SentenceView> out;
    for (const auto& r : loaded.sentences) {
      if (only && r.node_id != *only) continue;
      SentenceView v;
      v.id = r.id;
      v.line = r.line;
      v.part = r.part;
      if (r.node_id.value != 0) v.node_id = r.node_id;
      for (auto at = loaded.node_by_id.find(r.node_id.value); at != loaded.node_by_id.end(); at = loaded.node_by_id.find(at->second->parent_id.value)) {
        const bool upper = at->second->kind == NodeKind::goal || at->second->kind == NodeKind::work_plan;
        (upper ? v.work_plan : v.item) = at->second->title;
      }
      v.text = r.text;
      v.decision = r.decision;
      v.decided = r.decided_by != 0;
      v.columns = from_json_text<std::vector<ColumnView>>(r.columns);
      if (const auto found = loaded.by_sentence.find(r.id.value); found != loaded.by_sentence.end()) {
        for (const auto* o : found->second) v.obligations.push_back(view_of(*o, loaded.standings));
      }
      out.push_back(std::move(v));
    }
    return out;
  });
}

Result<PlanId> PlanService::plan_of(SentenceId id) {
  const auto found = database_.read([&](db::Session& s) { return store_.find_sentence(s, id); });
  if (!found) return fault(FaultKind::not_found, "plan.no_sentence");
  return found->plan_id;
}

Result<SentenceView> PlanService::sentence(SentenceId id) {
  MANDATE_ASSIGN(const auto plan, plan_of(id));
  MANDATE_ASSIGN(auto all, sentences(plan, std::nullopt));
  for (auto& one : all) {
    if (one.id == id) return one;
  }
  return fault(FaultKind::not_found, "plan.no_sentence");
}

std::vector<IndicatorView> PlanService::indicators_of(db::Session& s, PlanId id, std::int64_t year_roc, const std::set<std::int64_t>& obligations) {
  std::vector<IndicatorView> out;
  const Date year_end = *Date::from_ymd(static_cast<int>(year_roc) + 1911, 12, 31);
  for (const auto& i : store_.list_indicators(s, id)) {
    if (obligations.count(i.obligation_id.value) == 0) continue;
    IndicatorView v{i.id, i.what, i.bound, static_cast<double>(i.target_hundredths) / 100, i.unit, std::nullopt, FilingState::not_yet_due, std::nullopt};
    if (i.value_hundredths) {
      v.actual = static_cast<double>(*i.value_hundredths) / 100;
      v.state = *i.value_hundredths == 0 ? FilingState::confirmed_zero : FilingState::filed;
      const auto value = *i.value_hundredths;
      v.met = i.bound == "at_least" ? value >= i.target_hundredths : i.bound == "at_most" ? value <= i.target_hundredths : i.bound == "below" ? value < i.target_hundredths : value == i.target_hundredths;
    } else if (clock_.today() > year_end) {
      v.state = FilingState::missing;
    }
    out.push_back(std::move(v));
  }
  return out;
}

Result<> PlanService::check_item(db::Session& s, const Actor& actor, NodeId id) {
  const auto node = store_.find_node(s, id);
  if (!node || node->kind != NodeKind::item || !identity::may(actor, "plan.read")) return fault(FaultKind::not_found, "plan.no_item");
  return done();
}

std::string PlanService::title_of_item(db::Session& s, NodeId id) {
  const auto node = store_.find_node(s, id);
  return node ? node->title : std::string();
}

Result<ItemView> PlanService::item(const Actor& actor, NodeId id, bool public_only) {
  const auto node = database_.read([&](db::Session& s) { return store_.find_node(s, id); });
  if (!node) return fault(FaultKind::not_found, "plan.no_item");
  MANDATE_ASSIGN(auto all, sentences(node->plan_id, id));
  const auto scope = identity_.scope(actor, "duty.read", "duty");
  return database_.read([&](db::Session& s) -> Result<ItemView> {
    ItemView v;
    v.id = id;
    v.plan_id = node->plan_id;
    v.kind = node->kind;
    v.title = node->title;
    const auto plan = store_.find(s, node->plan_id);
    v.year_roc = plan->year_roc;
    v.agency_name = plan->agency_name;
    if (const auto parent = store_.find_node(s, node->parent_id)) v.parent_title = parent->title;
    std::set<std::int64_t> obligations;
    std::vector<std::int64_t> ids;
    for (auto& sentence : all) {
      if (public_only) std::erase_if(sentence.obligations, [](const auto& o) { return o.state != ObligationState::accepted; });
      for (const auto& o : sentence.obligations) {
        obligations.insert(o.id.value);
        ids.push_back(o.id.value);
        add(v.standing, o.standing);
      }
    }
    v.sentences = std::move(all);
    v.indicators = indicators_of(s, node->plan_id, plan->year_roc, obligations);
    // The public sees what is open to everybody; staff what their scope reaches.
    identity::Scope everybody;
    identity::ScopePart open;
    open.everything = true;
    open.up_to = duties::Confidentiality::open;
    everybody.parts.push_back(open);
    v.duties = duties_.list_of_sources(s, "plan_obligation", ids, public_only ? &everybody : &scope, clock_.today());
    if (!public_only) {
      v.evidence = duties_.list_evidence_of_sources(s, "plan_obligation", ids, scope, 100, actor.language);
      v.history = audit_.history_of(s, "plan_obligation", ids, actor.language, 100);
    }
    return v;
  });
}

Result<ObligationPlace> PlanService::place_of(ObligationId id) {
  return database_.read([&](db::Session& s) -> Result<ObligationPlace> {
    const auto o = store_.find_obligation(s, id);
    if (!o) return fault(FaultKind::not_found, "plan.no_obligation");
    ObligationPlace place{o->id, o->plan_id, std::nullopt, "", ""};
    if (const auto sentence = store_.find_sentence(s, o->sentence_id)) {
      place.sentence = sentence->text;
      if (const auto node = store_.find_node(s, sentence->node_id)) {
        place.node_id = node->id;
        place.title = node->title;
      }
    }
    return place;
  });
}

Result<std::vector<ComparisonRow>> PlanService::compare(PlanId from, PlanId to) {
  MANDATE_ASSIGN(const auto before, sentences(from, std::nullopt));
  MANDATE_ASSIGN(const auto after, sentences(to, std::nullopt));
  std::vector<ComparisonRow> rows;
  std::map<std::string, std::size_t> by_heading;
  const auto row_of = [&](const SentenceView& v) -> ComparisonRow& {
    const auto key = folded_title(v.work_plan) + "/" + folded_title(v.item);
    const auto [at, added] = by_heading.emplace(key, rows.size());
    if (added) rows.push_back({v.work_plan, v.item, "", {}, {}, {}, {}});
    return rows[at->second];
  };
  for (const auto& v : after) {
    if (v.part != PlanPart::work_plan) continue;
    auto& row = row_of(v);
    row.after.push_back(v.text);
    row.obligations_after.insert(row.obligations_after.end(), v.obligations.begin(), v.obligations.end());
  }
  for (const auto& v : before) {
    if (v.part != PlanPart::work_plan) continue;
    auto& row = row_of(v);
    row.before.push_back(v.text);
    row.obligations_before.insert(row.obligations_before.end(), v.obligations.begin(), v.obligations.end());
  }
  for (auto& row : rows) row.change = row.before.empty() ? "added" : row.after.empty() ? "removed" : row.before == row.after ? "same" : "changed";
  return rows;
}

}  // namespace mandate::plan
