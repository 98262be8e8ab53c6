// Any statistic as a file: the answer of foundation/statistics as a table of foundation/reports.
#pragma once

#include "foundation/reports/table.hpp"
#include "foundation/statistics/api.hpp"
#include "platform/http/router.hpp"

namespace mandate::app {

// The figures with what each of them means; words where there is no figure. With a chart where one dimension is counted.
reports::Table table_of(const statistics::StatisticAnswer& answer, Language language);
void add_statistic_file_routes(http::Router& router, statistics::Statistics& statistics);

}  // namespace mandate::app
