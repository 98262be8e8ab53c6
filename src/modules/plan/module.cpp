#include "modules/plan/module.hpp"

#include "platform/http/pages.hpp"

MANDATE_EMBEDDED(modules_plan)

namespace mandate::plan {

PlanModule::PlanModule(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, duties::Duties& duties, const agencies::Agencies& agencies)
    : clock_(clock), service_(database, clock, identity, audit, duties, agencies) {
  static const bool once = [] {
    http::add_templates(embedded::modules_plan);
    return true;
  }();
  (void)once;
}

db::MigrationSet plan_migrations() { return db::migrations_of("modules_plan", embedded::modules_plan); }

}  // namespace mandate::plan
