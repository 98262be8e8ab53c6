#include "foundation/policy/module.hpp"

MANDATE_EMBEDDED(foundation_policy)

namespace mandate::policy {

db::MigrationSet policy_migrations() { return db::migrations_of("foundation_policy", embedded::foundation_policy); }

}  // namespace mandate::policy
