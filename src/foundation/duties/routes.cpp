#include "foundation/duties/batches.hpp"
#include "foundation/duties/worklist.hpp"

namespace mandate::duties {

struct RecurrenceInput {
  Every every = Every::month;
  std::vector<int> months;
  std::optional<int> day;
};
BOOST_DESCRIBE_STRUCT(RecurrenceInput, (), (every, months, day))

struct CreateDuty {
  std::string title;
  std::string origin;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id;
  std::optional<http::Number63> post_id;
  Date due_on;
  std::optional<std::string> detail;
  std::optional<Severity> severity;
  std::optional<Confidentiality> confidentiality;
  std::optional<RecurrenceInput> recurrence;
  std::optional<std::string> district;
  std::optional<http::Number63> goal_id;
};
BOOST_DESCRIBE_STRUCT(CreateDuty, (), (title, origin, agency_id, unit_id, post_id, due_on, detail, severity, confidentiality, recurrence, district, goal_id))

struct DutyById {
  DutyId id;
};
BOOST_DESCRIBE_STRUCT(DutyById, (), (id))
struct CompleteDuty {
  DutyId id;
  std::string evidence;
  std::optional<std::int64_t> revision;
};
BOOST_DESCRIBE_STRUCT(CompleteDuty, (), (id, evidence, revision))
struct EditDuty {
  DutyId id;
  std::string title;
  std::string detail;
  Severity severity = Severity::normal;
  std::int64_t revision = 0;
  std::optional<std::string> district;  // none: as it was
  std::optional<http::Number63> goal_id;
};
BOOST_DESCRIBE_STRUCT(EditDuty, (), (id, title, detail, severity, revision, district, goal_id))
struct WithReason {
  DutyId id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithReason, (), (id, reason))
struct ReassignDuty {
  DutyId id;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id;
  std::optional<http::Number63> post_id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReassignDuty, (), (id, agency_id, unit_id, post_id, reason))
struct AskExtension {
  DutyId id;
  Date due_on;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(AskExtension, (), (id, due_on, reason))
struct DecideExtension {
  DutyId id;
  ExtensionId extension_id;
  bool approve = false;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(DecideExtension, (), (id, extension_id, approve, note))

void add_duty_routes(http::Router& router, Duties& duties) {
  auto& p = duties.parts();
  add_worklist_routes(router, p);
  add_home_routes(router, p);
  add_batch_routes(router, p);
  add_macro_routes(router, p);
  add_explanation_routes(router, p);

  router.post<CreateDuty, CreatedDuty>("/api/duties", {.permission = "duty.create", .summary = "Create a duty, or a recurring one", .tag = "duties"}, [&p](const Actor& actor, const CreateDuty& in) -> Result<CreatedDuty> {
    NewDuty n;
    n.title = in.title;
    n.detail = in.detail.value_or("");
    n.origin = in.origin;
    n.agency_id = in.agency_id.value;
    n.unit_id = in.unit_id.value_or(http::Number63{}).value;
    n.post_id = in.post_id.value_or(http::Number63{}).value;
    n.due_on = in.due_on;
    n.severity = in.severity.value_or(Severity::normal);
    n.confidentiality = in.confidentiality.value_or(Confidentiality::internal);
    n.district = in.district.value_or("");
    n.goal_id = in.goal_id.value_or(http::Number63{}).value;
    std::optional<Recurrence> recurrence;
    if (in.recurrence) recurrence = Recurrence{in.recurrence->every, in.recurrence->months, in.recurrence->day.value_or(0)};
    return p.create(actor, n, recurrence);
  });

  router.get<DutyById, DutyView>("/api/duties/{id}", {.permission = "duty.read", .summary = "One duty with its evidence, requests, history and possible actions", .tag = "duties"},
                                 [&p](const Actor& actor, const DutyById& in) { return p.view(actor, in.id); });
  router.post<CompleteDuty, DutyView>("/api/duties/{id}/completion", {.permission = "duty.complete", .summary = "Report a duty done, with evidence", .tag = "duties"},
                                      [&p](const Actor& actor, const CompleteDuty& in) { return p.complete(actor, in.id, in.evidence, in.revision); });
  router.put<EditDuty, DutyView>("/api/duties/{id}", {.permission = "duty.edit", .summary = "Change the words and the severity of a duty; refused when somebody changed it since this revision", .tag = "duties"},
                                 [&p](const Actor& actor, const EditDuty& in) {
                                   return p.edit(actor, in.id, {in.title, in.detail, in.severity, in.district, in.goal_id ? std::optional(in.goal_id->value) : std::nullopt}, in.revision);
                                 });
  router.post<WithReason, DutyView>("/api/duties/{id}/reopening", {.permission = "duty.reopen", .summary = "Open a closed duty again", .tag = "duties"},
                                    [&p](const Actor& actor, const WithReason& in) { return p.reopen(actor, in.id, in.reason); });
  router.post<WithReason, DutyView>("/api/duties/{id}/cancellation", {.permission = "duty.cancel", .summary = "Cancel a duty", .tag = "duties"},
                                    [&p](const Actor& actor, const WithReason& in) { return p.cancel(actor, in.id, in.reason); });
  router.post<ReassignDuty, DutyView>("/api/duties/{id}/reassignment", {.permission = "duty.reassign", .summary = "Hand a duty over to another agency, unit or post", .tag = "duties"}, [&p](const Actor& actor, const ReassignDuty& in) {
    return p.reassign(actor, in.id, in.agency_id.value, in.unit_id.value_or(http::Number63{}).value, in.post_id.value_or(http::Number63{}).value, in.reason);
  });
  router.post<AskExtension, DutyView>("/api/duties/{id}/extensions", {.permission = "duty.ask_extension", .summary = "Ask for more time", .tag = "duties"},
                                      [&p](const Actor& actor, const AskExtension& in) { return p.ask_extension(actor, in.id, in.due_on, in.reason); });
  router.post<DecideExtension, DutyView>("/api/duties/{id}/extensions/{extension_id}/decision", {.permission = "duty.decide_extension", .summary = "Decide on a request for more time", .tag = "duties"},
                                         [&p](const Actor& actor, const DecideExtension& in) { return p.decide_extension(actor, in.id, in.extension_id, in.approve, in.note.value_or("")); });
}

}  // namespace mandate::duties
