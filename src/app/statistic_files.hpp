// Any statistic as a file: the answer of foundation/statistics as a table of foundation/reports.
#pragma once

#include "foundation/reports/reports.hpp"
#include "foundation/statistics/api.hpp"
#include "platform/http/router.hpp"

namespace mandate::app {

// The figures with what each of them means; words where there is no figure. With a chart where one dimension is counted.
reports::Table table_of(const statistics::StatisticAnswer& answer, Language language);
void add_statistic_file_routes(http::Router& router, statistics::Statistics& statistics);
// Any statistic as a report ("statistic-duties"): issued, kept, compared with what is known later, and sent by mail. Its parameters are those of
// /api/statistics, "title", and "span" (month, quarter, year: the period that the report's day lies in, instead of from and to).
void add_statistic_reports(reports::Reports& reports, statistics::Statistics& statistics);

}  // namespace mandate::app
