#pragma once

#include "platform/http/router.hpp"

namespace mandate::app {

// The screen of background work.
void add_job_routes(http::Router& router, db::Database& database);

}  // namespace mandate::app
