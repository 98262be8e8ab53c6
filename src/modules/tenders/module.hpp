// What tenders bring to reports, meetings and the numbers of rules.
#pragma once

#include "foundation/policy/api.hpp"
#include "platform/db/database.hpp"

namespace mandate::reports {
class Reports;
}
namespace mandate::meetings {
class Meetings;
}

namespace mandate::tenders {

std::vector<policy::PolicyDefinition> policy_definitions();
void add_tender_reports(reports::Reports& reports, db::Database& database);
// Both must live as long as the meetings.
void add_tender_agenda(meetings::Meetings& meetings, const policy::Policies& policies);

}  // namespace mandate::tenders
