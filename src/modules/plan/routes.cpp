#include "platform/documents/document_text.hpp"
#include "platform/http/file_sink.hpp"
#include "modules/plan/module.hpp"

namespace mandate::plan {

struct PlanById {
  PlanId id;
};
BOOST_DESCRIBE_STRUCT(PlanById, (), (id))
struct PlanQuery {
  PlanId id;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(PlanQuery, (), (id, as_known_on))
struct PlanList {
  std::vector<PlanRow> rows;
};
BOOST_DESCRIBE_STRUCT(PlanList, (), (rows))
struct ImportPlan {
  std::string file_name;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ImportPlan, (), (file_name, text))

BOOST_DEFINE_ENUM_CLASS(DecisionFilter, obligation, none, undecided, waiting)
struct SentenceQuery {
  PlanId id;
  std::optional<DecisionFilter> decision;
  std::optional<PlanPart> part;
  std::optional<std::int64_t> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(SentenceQuery, (), (id, decision, part, cursor, limit))
struct SentenceList {
  std::vector<SentenceView> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(SentenceList, (), (rows, next, total))

struct SentenceById {
  SentenceId id;
};
BOOST_DESCRIBE_STRUCT(SentenceById, (), (id))
struct DecideSentence {
  SentenceId id;
  SentenceDecision decision = SentenceDecision::none;
};
BOOST_DESCRIBE_STRUCT(DecideSentence, (), (id, decision))

struct AddObligation {
  SentenceId id;
  std::string what;
  std::optional<duties::Every> every;
  std::vector<int> months;
  std::optional<int> day;
  std::optional<WithinView> within;
  std::vector<AmountView> amounts;
  std::vector<std::string> responsible;
  std::optional<http::Number63> agency_id;
};
BOOST_DESCRIBE_STRUCT(AddObligation, (), (id, what, every, months, day, within, amounts, responsible, agency_id))
struct EditObligation {
  ObligationId id;
  std::string what;
  std::optional<duties::Every> every;
  std::vector<int> months;
  std::optional<int> day;
  std::optional<WithinView> within;
  std::vector<AmountView> amounts;
  std::vector<std::string> responsible;
  std::optional<http::Number63> agency_id;
};
BOOST_DESCRIBE_STRUCT(EditObligation, (), (id, what, every, months, day, within, amounts, responsible, agency_id))
struct AcceptObligation {
  ObligationId id;
  std::optional<http::Number63> agency_id;
};
BOOST_DESCRIBE_STRUCT(AcceptObligation, (), (id, agency_id))
struct ReasonFor {
  ObligationId id;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(ReasonFor, (), (id, reason))
struct AcceptAll {
  PlanId id;
  std::vector<ObligationId> obligation_ids;
  std::optional<bool> all;
};
BOOST_DESCRIBE_STRUCT(AcceptAll, (), (id, obligation_ids, all))

struct ObligationById {
  ObligationId id;
};
BOOST_DESCRIBE_STRUCT(ObligationById, (), (id))
struct ItemById {
  NodeId id;
};
BOOST_DESCRIBE_STRUCT(ItemById, (), (id))
struct FileIndicator {
  IndicatorId id;
  double value = 0;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(FileIndicator, (), (id, value, note))
struct CompareQuery {
  PlanId from;
  PlanId to;
};
BOOST_DESCRIBE_STRUCT(CompareQuery, (), (from, to))
constexpr std::size_t document_bytes_max = std::size_t{50} << 20;
struct PlanDocument {
  std::string file_name;
};
BOOST_DESCRIBE_STRUCT(PlanDocument, (), (file_name))
struct GoalList {
  std::vector<Goal> goals;
};
BOOST_DESCRIBE_STRUCT(GoalList, (), (goals))
struct Comparison {
  std::vector<ComparisonRow> rows;
};
BOOST_DESCRIBE_STRUCT(Comparison, (), (rows))

namespace {

template <class In>
ObligationEdit edit_of(const In& in) {
  return {in.what, in.every, in.months, in.day, in.within, in.amounts, in.responsible, in.agency_id.value_or(http::Number63{}).value};
}

bool waits(const SentenceView& v) {
  return v.decision == SentenceDecision::undecided || std::any_of(v.obligations.begin(), v.obligations.end(), [](const auto& o) { return o.state == ObligationState::proposed; });
}

bool fits(const SentenceView& v, DecisionFilter filter) {
  switch (filter) {
    case DecisionFilter::obligation: return v.decision == SentenceDecision::obligation;
    case DecisionFilter::none: return v.decision == SentenceDecision::none;
    case DecisionFilter::undecided: return v.decision == SentenceDecision::undecided;
    case DecisionFilter::waiting: return waits(v);
  }
  return true;
}

}  // namespace

void PlanModule::add_routes(http::Router& router) {
  auto& p = service_;
  router.get<http::Nothing, PlanList>("/api/plans", {.permission = "plan.read", .summary = "All yearly plans with their coverage and standing", .tag = "plan"}, [&p](const Actor&, const http::Nothing&) -> Result<PlanList> { return PlanList{p.list(false)}; });
  router.get<http::Nothing, GoalList>("/api/goals", {.permission = "signed_in", .summary = "The goals that duties can be said to serve", .tag = "plan"}, [&p](const Actor&, const http::Nothing&) -> Result<GoalList> { return GoalList{p.goals(true)}; });
  router.get<PlanQuery, PlanView>("/api/plans/{id}", {.permission = "plan.read", .summary = "A plan as a tree, also as known on a past day", .tag = "plan"}, [&p](const Actor&, const PlanQuery& in) { return p.view(in.id, in.as_known_on, false); });
  // Keyed by content: the same text twice changes nothing.
  router.post<ImportPlan, ImportOutcome>("/api/plan-imports", {.permission = "plan.import", .summary = "Import a plan's text as a preview", .tag = "plan", .once = http::Once::by_nature, .body_max = std::size_t{20} << 20},
                                         [&p](const Actor& actor, const ImportPlan& in) { return p.import_plan(actor, in.file_name, in.text); });
  router.upload<PlanDocument, ImportOutcome>(
      "/api/plan-documents", {.permission = "plan.import", .summary = "Import a plan's document (.odt, .docx or text) as a preview", .tag = "plan", .body_max = document_bytes_max},
      [](const Actor&, const PlanDocument& in) -> Result<std::unique_ptr<http::BodySink>> {
        if (in.file_name.empty() || in.file_name.size() > 255) return field_fault("file_name", "input.too_long", {{"max", "255"}});
        return std::unique_ptr<http::BodySink>(std::make_unique<http::FileSink>(std::filesystem::temp_directory_path() / ("mandate-plan-" + std::to_string(next_id())), static_cast<std::int64_t>(document_bytes_max)));
      },
      [&p](const Actor& actor, const PlanDocument& in, http::BodySink& sink) -> Result<ImportOutcome> {
        MANDATE_ASSIGN(const auto text, documents::document_text(static_cast<http::FileSink&>(sink).path()));
        return p.import_plan(actor, in.file_name, text);
      });
  router.get<SentenceQuery, SentenceList>("/api/plans/{id}/sentences", {.permission = "plan.read", .summary = "A plan's sentences with the obligations found in them", .tag = "plan"}, [&p](const Actor&, const SentenceQuery& in) -> Result<SentenceList> {
    MANDATE_ASSIGN(auto all, p.sentences(in.id, std::nullopt));
    std::erase_if(all, [&](const SentenceView& v) { return (in.decision && !fits(v, *in.decision)) || (in.part && v.part != *in.part); });
    SentenceList list;
    list.total = static_cast<std::int64_t>(all.size());
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, in.cursor.value_or(0)));
    const auto limit = static_cast<std::size_t>(std::clamp(in.limit.value_or(200), 1, 500));
    for (std::size_t i = from; i < std::min(all.size(), from + limit); ++i) list.rows.push_back(std::move(all[i]));
    if (from + limit < static_cast<std::size_t>(list.total)) list.next = std::to_string(from + limit);
    return list;
  });
  router.post<DecideSentence, SentenceView>("/api/plan-sentences/{id}/decision", {.permission = "plan.decide", .summary = "Mark a sentence as holding no obligation, or as undecided", .tag = "plan"}, [&p](const Actor& actor, const DecideSentence& in) -> Result<SentenceView> {
    MANDATE_TRY(p.decide_sentence(actor, in.id, in.decision));
    return p.sentence(in.id);
  });
  router.post<AddObligation, SentenceView>("/api/plan-sentences/{id}/obligations", {.permission = "plan.decide", .summary = "Add an obligation that the reader did not find", .tag = "plan"}, [&p](const Actor& actor, const AddObligation& in) -> Result<SentenceView> {
    MANDATE_TRY(p.add_obligation(actor, in.id, edit_of(in)));
    return p.sentence(in.id);
  });
  router.get<ObligationById, ObligationPlace>("/api/plan-obligations/{id}", {.permission = "plan.read", .summary = "Where an obligation stands in its plan", .tag = "plan"}, [&p](const Actor&, const ObligationById& in) { return p.place_of(in.id); });
  router.put<EditObligation, http::Nothing>("/api/plan-obligations/{id}", {.permission = "plan.decide", .summary = "Edit an obligation that is not accepted yet", .tag = "plan"}, [&p](const Actor& actor, const EditObligation& in) -> Result<http::Nothing> {
    MANDATE_TRY(p.edit_obligation(actor, in.id, edit_of(in)));
    return http::Nothing{};
  });
  router.post<AcceptObligation, Acceptance>("/api/plan-obligations/{id}/acceptance", {.permission = "plan.decide", .summary = "Accept an obligation: it becomes duties and indicators", .tag = "plan"}, [&p](const Actor& actor, const AcceptObligation& in) {
    return p.accept(actor, in.id, in.agency_id ? std::optional(in.agency_id->value) : std::nullopt);
  });
  router.post<ReasonFor, http::Nothing>("/api/plan-obligations/{id}/drop", {.permission = "plan.decide", .summary = "Drop an obligation that is none", .tag = "plan"}, [&p](const Actor& actor, const ReasonFor& in) -> Result<http::Nothing> {
    MANDATE_TRY(p.drop(actor, in.id, in.reason.value_or("")));
    return http::Nothing{};
  });
  router.post<ReasonFor, http::Nothing>("/api/plan-obligations/{id}/withdrawal", {.permission = "plan.decide", .summary = "Take a decision back; open duties of it are cancelled", .tag = "plan"}, [&p](const Actor& actor, const ReasonFor& in) -> Result<http::Nothing> {
    MANDATE_TRY(p.withdraw(actor, in.id, in.reason.value_or("")));
    return http::Nothing{};
  });
  router.post<AcceptAll, Acceptance>("/api/plans/{id}/acceptance", {.permission = "plan.decide", .summary = "Accept many obligations, or all that wait", .tag = "plan"}, [&p](const Actor& actor, const AcceptAll& in) -> Result<Acceptance> {
    if (!in.all.value_or(false) && in.obligation_ids.empty()) return field_fault("obligation_ids", "input.required");
    return p.accept_all(actor, in.id, in.all.value_or(false) ? std::nullopt : std::optional(in.obligation_ids));
  });
  router.get<ItemById, ItemView>("/api/plan-items/{id}", {.permission = "plan.read", .summary = "A plan item: its sentences, obligations, indicators, duties and history", .tag = "plan"},
                                 [&p](const Actor& actor, const ItemById& in) { return p.item(actor, in.id, false); });
  router.post<FileIndicator, http::Nothing>("/api/plan-indicators/{id}/values", {.permission = "plan.decide", .summary = "File the present value of an indicator; 0 is a confirmed zero", .tag = "plan"}, [&p](const Actor& actor, const FileIndicator& in) -> Result<http::Nothing> {
    MANDATE_TRY(p.file_indicator(actor, in.id, in.value, in.note.value_or("")));
    return http::Nothing{};
  });
  router.get<CompareQuery, Comparison>("/api/plan-comparison", {.permission = "plan.read", .summary = "Two plans item by item", .tag = "plan"}, [&p](const Actor&, const CompareQuery& in) -> Result<Comparison> {
    MANDATE_ASSIGN(auto rows, p.compare(in.from, in.to));
    return Comparison{std::move(rows)};
  });
  add_pages(router);
}

}  // namespace mandate::plan
