// What one person keeps for later (views, macros) and may share: with nobody, with the own agency, with the whole city. A table that holds such things has
// the columns account_id and shared_agency_id.
#pragma once

#include "foundation/identity/api.hpp"

namespace mandate::identity {

BOOST_DEFINE_ENUM_CLASS(SharedWith, me, agency, city)

constexpr std::int64_t shared_with_nobody = -1;
constexpr std::int64_t shared_with_city = 0;

// What stands in shared_agency_id. Refused by the field "shared": the city without policy.edit, an agency without belonging to one.
Result<std::int64_t> shared_agency(const Actor& actor, SharedWith shared);
SharedWith shared_with(std::int64_t shared_agency_id);
// One's own, the city's, and those of one's agencies.
Condition may_use(const Actor& actor);

}  // namespace mandate::identity
