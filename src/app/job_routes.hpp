#pragma once

#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"

namespace mandate::app {

// The screen of background work.
void add_job_routes(http::Router& router, db::Database& database, jobs::Jobs& jobs);

}  // namespace mandate::app
