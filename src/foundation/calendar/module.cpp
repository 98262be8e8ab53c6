#include "foundation/calendar/module.hpp"

MANDATE_EMBEDDED(foundation_calendar)

namespace mandate::calendar {

db::MigrationSet calendar_migrations() { return db::migrations_of("foundation_calendar", embedded::foundation_calendar); }

}  // namespace mandate::calendar
