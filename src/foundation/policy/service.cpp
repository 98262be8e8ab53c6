#include "foundation/policy/service.hpp"

#include "foundation/policy/rules.hpp"
#include "foundation/policy/store.hpp"
#include "platform/db/events.hpp"

namespace mandate::policy {

Result<> PolicyService::set(const Actor& actor, const std::string& key, std::string_view value, Date valid_from, std::string_view source) {
  const auto* definition = policies_.find_definition(key);
  if (definition == nullptr) return fault(FaultKind::not_found, "policy.not_found");
  MANDATE_TRY(check_valid_from(valid_from));
  MANDATE_ASSIGN(const auto canonical, canonical_value(*definition, value));
  MANDATE_ASSIGN(const auto source_text, checked_source(source));
  auto written = database_.write([&](db::Session& session) -> Result<> {
    for (const auto& row : PolicyStore::rows_of(session, key)) {
      if (!row.superseded_at && row.valid_from == valid_from && row.value == canonical && row.source == source_text) return fault(FaultKind::conflict, "policy.unchanged");
    }
    const auto state = PolicyStore::advance(session, actor.now);
    PolicyStore::set(session, key, {canonical, valid_from, source_text, state.recorded_at, actor.account_id, {}});
    db::append_event(session, {state.recorded_at, actor.account_id, "policy.set", "policy", 0,
                               boost::json::serialize(boost::json::object{{"key", key}, {"value", canonical}, {"valid_from", valid_from.iso()}, {"source", source_text}}), {}});
    return done();
  });
  policies_.forget_recent();
  return written;
}

}  // namespace mandate::policy
