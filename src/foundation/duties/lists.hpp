// The worklist among the lists that leave as files, and the reports of the ledger.
#pragma once

#include "foundation/duties/api.hpp"
#include "foundation/reports/reports.hpp"

namespace mandate::duties {

void add_duty_lists(reports::Lists& lists, Duties& duties);
void add_duty_reports(reports::Reports& reports, Duties& duties);

}  // namespace mandate::duties
