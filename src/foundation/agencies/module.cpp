#include "foundation/agencies/module.hpp"

MANDATE_EMBEDDED(foundation_agencies)

namespace mandate::agencies {

db::MigrationSet agencies_migrations() { return db::migrations_of("foundation_agencies", embedded::foundation_agencies); }

}  // namespace mandate::agencies
