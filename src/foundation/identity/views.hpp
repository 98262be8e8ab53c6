// What the routes of this module share: grants as they are shown and given.
#pragma once

#include "foundation/identity/secrets.hpp"
#include "platform/http/router.hpp"

namespace mandate::identity {

struct GrantView {
  std::string role;
  std::optional<http::Number63> agency_id;
  std::string agency_name;
  std::optional<http::Number63> unit_id;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (role, agency_id, agency_name, unit_id))

struct AccountById {
  AccountId id;
};
BOOST_DESCRIBE_STRUCT(AccountById, (), (id))

std::vector<GrantView> views_of(const std::vector<Grant>& grants, const Organisation& organisation);

// Each file of routes adds its own.
void add_account_routes(http::Router& router, Identity& identity);
void add_own_account_routes(http::Router& router, Identity& identity);
void add_second_step_routes(http::Router& router, Identity& identity);
void add_link_routes(http::Router& router, Identity& identity);
void add_token_routes(http::Router& router, Identity& identity);

}  // namespace mandate::identity
