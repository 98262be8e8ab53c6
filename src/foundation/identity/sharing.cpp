#include "foundation/identity/sharing.hpp"

namespace mandate::identity {
namespace {

std::set<std::int64_t> agencies_of(const Actor& actor) {
  std::set<std::int64_t> ids;
  for (const auto& grant : actor.grants) {
    if (grant.agency_id != 0) ids.insert(grant.agency_id);
  }
  return ids;
}

}  // namespace

Result<std::int64_t> shared_agency(const Actor& actor, SharedWith shared) {
  if (shared == SharedWith::me) return shared_with_nobody;
  if (shared == SharedWith::city) {
    if (!may(actor, "policy.edit")) return field_fault("shared", "share.city_needs_rdec");
    return shared_with_city;
  }
  const auto agencies = agencies_of(actor);
  if (agencies.empty()) return field_fault("shared", "share.needs_agency");
  return *agencies.begin();
}

SharedWith shared_with(std::int64_t id) { return id == shared_with_nobody ? SharedWith::me : id == shared_with_city ? SharedWith::city : SharedWith::agency; }

Condition may_use(const Actor& actor) {
  Condition out{"(account_id = ? OR shared_agency_id = 0", {db::to_value(actor.account_id)}};
  for (const auto agency : agencies_of(actor)) {
    out.where += " OR shared_agency_id = ?";
    out.values.push_back(db::to_value(agency));
  }
  out.where += ")";
  return out;
}

}  // namespace mandate::identity
