// Why somebody may or may not do a thing to a duty: the steps come from the very functions that decide.
#include "foundation/duties/worklist.hpp"
#include "platform/http/router.hpp"

namespace mandate::duties {
namespace {

struct ExplanationQuery {
  http::Number63 account_id;
  std::string permission;
  std::optional<std::string> duty;  // its number
};
BOOST_DESCRIBE_STRUCT(ExplanationQuery, (), (account_id, permission, duty))

struct OwnExplanationQuery {
  std::string permission;
  std::optional<std::string> duty;
};
BOOST_DESCRIBE_STRUCT(OwnExplanationQuery, (), (permission, duty))

struct ExplainedGrant {
  std::string role;
  std::string agency_name;  // "": the whole city
  std::optional<std::string> standing_in_for;
  bool has_permission = false;
  std::optional<bool> reaches;
  std::optional<std::string> outside;  // what of the duty lies outside of it; only told to who may read the duty
};
BOOST_DESCRIBE_STRUCT(ExplainedGrant, (), (role, agency_name, standing_in_for, has_permission, reaches, outside))

struct ExplainedDuty {
  std::string number;
  std::optional<DutyId> id;           // these only for who may read it
  std::optional<std::string> title;
  std::optional<std::string> agency_name;
  std::optional<std::string> confidentiality;
};
BOOST_DESCRIBE_STRUCT(ExplainedDuty, (), (number, id, title, agency_name, confidentiality))

struct ExplanationView {
  std::string account_name;
  bool active = false;
  std::string permission;
  std::vector<ExplainedGrant> grants;
  bool may = false;                     // the route
  std::optional<ExplainedDuty> duty;
  std::optional<bool> reaches;          // the duty
  bool allowed = false;
};
BOOST_DESCRIBE_STRUCT(ExplanationView, (), (account_name, active, permission, grants, may, duty, reaches, allowed))

Result<ExplanationView> explain_to(Duties::Parts& p, const Actor& reader, identity::AccountId account, const std::string& permission, const std::optional<std::string>& number) {
  const auto& all = identity::all_permissions();
  if (std::find(all.begin(), all.end(), permission) == all.end()) return field_fault("permission", "token.unknown_permission", {{"permission", permission}});
  const auto holdings = p.identity.holdings_of(account);
  if (!holdings) return field_fault("account_id", "account.not_found");
  ExplanationView view;
  std::optional<identity::RecordFacts> facts;
  bool readable = false;
  if (number && !number->empty()) {
    const auto duty = p.database.read([&](db::Session& s) { return p.store.find_number(s, *number); });
    if (!duty) return field_fault("duty", "duty.no_number");
    facts = duty->facts();
    readable = identity::reaches(p.scope(reader, "duty.read"), *facts);
    view.duty = ExplainedDuty{duty->number, {}, {}, {}, {}};
    if (readable) {
      view.duty->id = duty->id;
      view.duty->title = duty->title;
      view.duty->agency_name = p.directory.agency_name(duty->agency_id);
      view.duty->confidentiality = boost::describe::enum_to_string(duty->confidentiality, "");
    }
  }
  const auto explained = p.identity.explain(*holdings, permission, "duty", facts);
  view.account_name = holdings->name;
  view.active = holdings->active;
  view.permission = permission;
  view.may = explained.may;
  view.reaches = explained.reaches;
  view.allowed = explained.allowed;
  for (const auto& one : explained.grants) {
    ExplainedGrant row{one.grant.role, one.grant.agency_id != 0 ? p.directory.agency_name(one.grant.agency_id) : "", {}, one.has_permission, one.reaches, {}};
    if (!one.standing_in_for.empty()) row.standing_in_for = one.standing_in_for;
    if (readable && one.outside) row.outside = boost::describe::enum_to_string(*one.outside, "");
    view.grants.push_back(std::move(row));
  }
  return view;
}

}  // namespace

void add_explanation_routes(http::Router& router, Duties::Parts& p) {
  router.get<ExplanationQuery, ExplanationView>("/api/permission-explanations", {.permission = "account.read", .summary = "Why an account may or may not do a thing, of a duty too", .tag = "duties"},
                                                [&p](const Actor& actor, const ExplanationQuery& in) { return explain_to(p, actor, identity::AccountId{in.account_id.value}, in.permission, in.duty); });
  router.get<OwnExplanationQuery, ExplanationView>("/api/own-permission-explanations", {.permission = "signed_in", .summary = "Why I may or may not do a thing, of a duty too", .tag = "duties"},
                                                   [&p](const Actor& actor, const OwnExplanationQuery& in) { return explain_to(p, actor, identity::AccountId{actor.account_id}, in.permission, in.duty); });
}

}  // namespace mandate::duties
