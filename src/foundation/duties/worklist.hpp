// Whose worklist: the views, and how each narrows what an actor may read.
#pragma once

#include "foundation/duties/service.hpp"
#include "platform/http/router.hpp"

namespace mandate::duties {

BOOST_DEFINE_ENUM_CLASS(WorklistView, mine, unit, agency, city)

WorklistView default_view(const Actor& actor);
// The view narrows the scope; it never widens it.
Result<> narrow(DutyFilter& filter, WorklistView view, const Actor& actor, Duties::Parts& parts);

void add_worklist_routes(http::Router& router, Duties::Parts& parts);    // list, export, calendar
void add_home_routes(http::Router& router, Duties::Parts& parts);
void add_explanation_routes(http::Router& router, Duties::Parts& parts);

}  // namespace mandate::duties
