// The lists that leave as files: one registration each.
#pragma once

#include "foundation/reports/lists.hpp"

namespace mandate::app {

class City;

void add_list_kinds(City& city);
const std::vector<i18n::Message>& list_messages();

}  // namespace mandate::app
