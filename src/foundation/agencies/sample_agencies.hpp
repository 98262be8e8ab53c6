// The organisation of the sample city: Taichung's first-level agencies and districts, with posts, invented people and telephone numbers nobody has.
#pragma once

#include "foundation/agencies/service.hpp"

namespace mandate::agencies {

// In one transaction; does nothing in a database that has agencies.
Result<> seed_sample_agencies(db::Database& database, const Actor& actor);

// Codes that the sample's other data may rely on.
inline constexpr const char* sample_city = "TC";
inline constexpr const char* sample_commission = "TC-28";  // 研究發展考核委員會

}  // namespace mandate::agencies
