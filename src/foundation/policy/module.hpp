#pragma once

#include "foundation/policy/effects.hpp"
#include "foundation/policy/service.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/router.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::policy {

// The name to show for an account; the system itself is 0.
using AccountName = std::function<std::string(std::int64_t)>;

class PolicyModule {
 public:
  PolicyModule(db::Database& database, const Clock& clock) : clock_(clock), policies_(database), service_(database, policies_) {}

  Policies& policies() { return policies_; }
  PolicyService& service() { return service_; }
  void set_account_name(AccountName name) { account_name_ = std::move(name); }
  // At start, after the definitions: who counts what a value of these keys moves.
  void set_effects(const std::vector<std::string>& keys, EffectsOf effects);
  // What would happen if the value were set; nothing is.
  Result<PolicyPreview> preview(const Actor& actor, const std::string& key, std::string_view value, Date valid_from) const;
  void add_routes(http::Router& router);

 private:
  const Clock& clock_;
  Policies policies_;
  PolicyService service_;
  AccountName account_name_;
  std::map<std::string, EffectsOf, std::less<>> effects_;
};

// The numbers of the platform, of duties and of the yearly plan.
std::vector<PolicyDefinition> policy_definitions();
db::MigrationSet policy_migrations();
std::vector<i18n::Message> policy_messages();

}  // namespace mandate::policy
