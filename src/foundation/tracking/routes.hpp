#pragma once

#include "foundation/tracking/service.hpp"
#include "platform/http/router.hpp"

namespace mandate::tracking {

void add_item_routes(http::Router& router, Tracking::Parts& parts);
void add_filing_routes(http::Router& router, Tracking::Parts& parts);
void add_later_routes(http::Router& router, Tracking::Parts& parts);
void add_cycle_routes(http::Router& router, Tracking::Parts& parts);

}  // namespace mandate::tracking
