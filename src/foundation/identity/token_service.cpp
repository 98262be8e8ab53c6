// Service tokens: what another system signs in with.
#include "foundation/identity/secrets.hpp"

namespace mandate::identity {

Result<NewToken> Identity::create_token(const Actor& actor, const std::string& name, const std::vector<std::string>& permissions, Date expires_on, AccountId owner) {
  if (name.empty()) return field_fault("name", "input.required");
  if (name.size() > 120) return field_fault("name", "input.too_long", {{"max", "40"}});
  if (permissions.empty()) return field_fault("permissions", "input.required");
  for (const auto& permission : permissions) {
    const auto& all = all_permissions();
    if (std::find(all.begin(), all.end(), permission) == all.end()) return field_fault("permissions", "token.unknown_permission", {{"permission", permission}});
    // A token gives no more than it has itself, or the narrowest one that makes tokens would be as good as its owner.
    if (actor.is_token && !may(actor, permission)) return field_fault("permissions", "token.beyond_own", {{"permission", permission}});
  }
  const Date today = clock_.today();
  if (expires_on <= today || expires_on > today.plus_days(366)) return field_fault("expires_on", "token.bad_expiry");
  NewToken made;
  made.id = new_id<TokenId>();
  made.token = "mdt_" + random_token();
  std::string words;
  for (const auto& permission : permissions) words += (words.empty() ? "" : " ") + permission;
  MANDATE_TRY(database_.write([&](db::Session& s) -> Result<> {
    if (!s.find<std::int64_t>("SELECT id FROM account WHERE id = ? AND state = 'active'", owner)) return fault(FaultKind::not_found, "account.not_found");
    s.execute("INSERT INTO service_token (id, name, token_hash, account_id, permissions, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)", made.id, name, digest::sha256_hex(made.token), owner, words, actor.now,
              taipei_end_of_day(expires_on));
    db::append_event(s, event_of(actor, "token.created", "token", made.id.value, boost::json::serialize(boost::json::object{{"permissions", words}, {"expires_on", expires_on.iso()}})));
    return done();
  }));
  return made;
}

}  // namespace mandate::identity
