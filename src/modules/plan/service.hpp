// The use cases of plans: import a text, decide on what was found in it, and read the plan as a tree, as sentences, as pages.
#pragma once

#include "foundation/agencies/api.hpp"
#include "foundation/audit/api.hpp"
#include "foundation/duties/api.hpp"
#include "modules/plan/store.hpp"

namespace mandate::plan {

struct ImportOutcome {
  PlanId plan_id;
  std::int64_t year_roc = 0;
  std::string agency_name;
  std::string file_name;
  bool same_as_before = false;
  std::vector<DifferenceRow> difference;
  CoverageView coverage;
  std::int64_t obligation_count = 0;
};
BOOST_DESCRIBE_STRUCT(ImportOutcome, (), (plan_id, year_roc, agency_name, file_name, same_as_before, difference, coverage, obligation_count))

struct Acceptance {
  std::int64_t accepted = 0;
  std::int64_t duties = 0;
};
BOOST_DESCRIBE_STRUCT(Acceptance, (), (accepted, duties))

struct ObligationView {
  ObligationId id;
  std::string what;
  std::optional<duties::Every> every;
  std::vector<int> months;
  std::optional<int> day;  // 0: the last
  std::optional<WithinView> within;
  std::vector<AmountView> amounts;
  std::vector<std::string> responsible;
  std::vector<SpanView> spans;
  ObligationState state = ObligationState::proposed;
  http::Number63 agency_id;
  std::string agency_name;
  std::string found_by;
  std::string reason;
  duties::Standing standing;
};
BOOST_DESCRIBE_STRUCT(ObligationView, (), (id, what, every, months, day, within, amounts, responsible, spans, state, agency_id, agency_name, found_by, reason, standing))

struct SentenceView {
  SentenceId id;
  std::int64_t line = 0;
  PlanPart part = PlanPart::preface;
  std::string work_plan;
  std::string item;
  std::optional<NodeId> node_id;
  std::string text;
  SentenceDecision decision = SentenceDecision::undecided;
  bool decided = false;  // by a person
  std::vector<ColumnView> columns;
  std::vector<ObligationView> obligations;
};
BOOST_DESCRIBE_STRUCT(SentenceView, (), (id, line, part, work_plan, item, node_id, text, decision, decided, columns, obligations))

struct TreeNode {
  NodeKind kind = NodeKind::item;
  NodeId id;
  std::string title;
  std::int64_t sentences = 0;
  std::int64_t decided = 0;  // sentences that wait for nothing
  std::optional<Percent> coverage;
  std::int64_t obligations = 0;
  duties::Standing standing;
  std::vector<TreeNode> children;
};
BOOST_DESCRIBE_STRUCT(TreeNode, (), (kind, id, title, sentences, decided, coverage, obligations, standing, children))

struct PlanRow {
  PlanId id;
  std::int64_t year_roc = 0;
  std::string agency_name;
  std::string title;
  std::string file_name;
  Instant imported_at;
  CoverageView coverage;
  duties::Standing standing;
};
BOOST_DESCRIBE_STRUCT(PlanRow, (), (id, year_roc, agency_name, title, file_name, imported_at, coverage, standing))

struct PlanView {
  PlanRow plan;
  Date as_of;
  std::vector<DifferenceRow> difference;
  std::vector<TreeNode> tree;
};
BOOST_DESCRIBE_STRUCT(PlanView, (), (plan, as_of, difference, tree))

BOOST_DEFINE_ENUM_CLASS(FilingState, filed, confirmed_zero, missing, not_yet_due)
struct IndicatorView {
  IndicatorId id;
  std::string name;
  std::string bound;
  double target = 0;
  std::string unit;
  std::optional<double> actual;
  FilingState state = FilingState::not_yet_due;
  std::optional<bool> met;
};
BOOST_DESCRIBE_STRUCT(IndicatorView, (), (id, name, bound, target, unit, actual, state, met))

struct ItemView {
  NodeId id;
  PlanId plan_id;
  NodeKind kind = NodeKind::item;
  std::int64_t year_roc = 0;
  std::string agency_name;
  std::string title;
  std::string parent_title;
  std::vector<SentenceView> sentences;
  std::vector<IndicatorView> indicators;
  duties::Standing standing;
  std::vector<duties::DutyRow> duties;
  std::vector<duties::SourceEvidence> evidence;
  std::vector<audit::ChangeRow> history;
};
BOOST_DESCRIBE_STRUCT(ItemView, (), (id, plan_id, kind, year_roc, agency_name, title, parent_title, sentences, indicators, standing, duties, evidence, history))

struct ComparisonRow {
  std::string work_plan;
  std::string item;
  std::string change;  // same | changed | added | removed
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::vector<ObligationView> obligations_before;
  std::vector<ObligationView> obligations_after;
};
BOOST_DESCRIBE_STRUCT(ComparisonRow, (), (work_plan, item, change, before, after, obligations_before, obligations_after))

struct ObligationEdit {
  std::string what;
  std::optional<duties::Every> every;
  std::vector<int> months;
  std::optional<int> day;
  std::optional<WithinView> within;
  std::vector<AmountView> amounts;
  std::vector<std::string> responsible;
  std::int64_t agency_id = 0;
};

// Where an obligation stands: for a duty's link to what it comes from.
struct ObligationPlace {
  ObligationId id;
  PlanId plan_id;
  std::optional<NodeId> node_id;
  std::string title;     // of the item
  std::string sentence;
};
BOOST_DESCRIBE_STRUCT(ObligationPlace, (), (id, plan_id, node_id, title, sentence))

// A change that the public pages show, in words.
struct PublicChangeRow {
  std::int64_t event_id = 0;
  Instant at;
  std::string title;
  std::string text;
  NodeId node_id;
};

class PlanService {
 public:
  PlanService(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, duties::Duties& duties, const agencies::Agencies& agencies);

  Result<ImportOutcome> import_plan(const Actor& actor, const std::string& file_name, const std::string& text);
  Result<> decide_sentence(const Actor& actor, SentenceId id, SentenceDecision decision);
  Result<ObligationId> add_obligation(const Actor& actor, SentenceId id, const ObligationEdit& edit);
  Result<> edit_obligation(const Actor& actor, ObligationId id, const ObligationEdit& edit);
  Result<Acceptance> accept(const Actor& actor, ObligationId id, std::optional<std::int64_t> agency_id);
  Result<Acceptance> accept_all(const Actor& actor, PlanId id, const std::optional<std::vector<ObligationId>>& only);
  Result<> drop(const Actor& actor, ObligationId id, const std::string& reason);
  // Takes an acceptance or a drop back: the obligation waits again, and its open duties are cancelled.
  Result<> withdraw(const Actor& actor, ObligationId id, const std::string& reason);
  Result<> file_indicator(const Actor& actor, IndicatorId id, double value, const std::string& note);

  // The goals of all plans, newest year first: what duties can be said to serve. `with_past`: those that a later text no longer has, too.
  std::vector<Goal> goals(bool with_past);
  std::map<std::int64_t, std::string> goal_names();

  std::vector<PlanRow> list(bool public_only);
  Result<PlanView> view(PlanId id, std::optional<Date> known_on, bool public_only);
  Result<std::vector<SentenceView>> sentences(PlanId id, std::optional<NodeId> node);
  Result<SentenceView> sentence(SentenceId id);
  Result<PlanId> plan_of(SentenceId id);
  Result<ItemView> item(const Actor& actor, NodeId id, bool public_only);
  // For what hangs on an item: not_found when there is none, or none that the actor may read.
  Result<> check_item(db::Session& s, const Actor& actor, NodeId id);
  std::string title_of_item(db::Session& s, NodeId id);
  Result<ObligationPlace> place_of(ObligationId id);
  // The newest promises accepted, and the newest changes of their duties, newest first.
  std::vector<PublicChangeRow> list_public_changes(db::Session& s, Language language, int limit);
  Result<std::vector<ComparisonRow>> compare(PlanId from, PlanId to);

 private:
  struct Loaded;  // a plan's rows at one moment, joined
  Loaded load(db::Session& s, const PlanRecord& plan, std::optional<Instant> known_at, Date today, bool public_only);
  ObligationView view_of(const ObligationRecord& o, const std::map<std::int64_t, duties::Standing>& standings);
  std::int64_t owner_of(const ObligationRecord& o, const PlanRecord& plan, Date on);
  std::int64_t goal_of(db::Session& s, NodeId node);
  Result<std::int64_t> make_duties(db::Session& s, const Actor& actor, const ObligationRecord& o, const PlanRecord& plan);
  Result<> apply(const ObligationEdit& edit, ObligationRecord& o);
  std::vector<IndicatorView> indicators_of(db::Session& s, PlanId id, std::int64_t year_roc, const std::set<std::int64_t>& obligations);
  void note(db::Session& s, const Actor& actor, const char* kind, const char* record_kind, std::int64_t id, boost::json::object data);

  db::Database& database_;
  const Clock& clock_;
  identity::Identity& identity_;
  audit::Audit& audit_;
  duties::Duties& duties_;
  const agencies::Agencies& agencies_;
  PlanStore store_;
  db::ChangeCounter node_changes_;
  std::mutex goals_mutex_;
  std::optional<std::uint64_t> goals_read_at_;
  std::map<std::int64_t, std::string> goal_names_;
};

}  // namespace mandate::plan
