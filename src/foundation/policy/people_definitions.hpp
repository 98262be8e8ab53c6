// The numbers of how people sign in, each with where it comes from.
#pragma once

#include "foundation/policy/module.hpp"

namespace mandate::policy {

void add_people_definitions(std::vector<PolicyDefinition>& out);

}  // namespace mandate::policy
