#pragma once

#include "modules/handover/service.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/router.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::handover {

void add_handover_routes(http::Router& router, Handovers& handovers);
db::MigrationSet handover_migrations();
std::vector<i18n::Message> handover_messages();

}  // namespace mandate::handover
