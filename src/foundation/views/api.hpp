// Saved and shared views of the console's lists.
#pragma once

#include "foundation/identity/sharing.hpp"
#include "platform/db/migrations.hpp"

namespace mandate::views {

void add_view_routes(http::Router& router, db::Database& database, identity::Identity& identity);
db::MigrationSet view_migrations();
const std::vector<i18n::Message>& view_messages();

}  // namespace mandate::views
