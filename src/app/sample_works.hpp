// Tenders of the sample city, with plans, filings and what is missing, so that the public pages and the open data have something to show.
#pragma once

#include "app/city.hpp"

namespace mandate::app {

// Behind the accounts: what one person files another one accepts. Neutral made-up names; firms by the sexagenary cycle.
Result<> make_sample_works(City& city);

}  // namespace mandate::app
