// One page for the mayor's office: what is promised and how it stands, where, since when, and what this week changed. All of it are statistics.
#pragma once

#include "foundation/duties/service.hpp"
#include "foundation/statistics/api.hpp"

namespace mandate::duties {

// `term_starts_on`: the first day of the mayor's term that a day lies in.
void add_overview_routes(http::Router& router, Duties& duties, statistics::Statistics& statistics, std::function<Date(Date)> term_starts_on);

}  // namespace mandate::duties
