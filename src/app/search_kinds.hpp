// What can be searched, and what search asks of the organisation.
#pragma once

namespace mandate::app {

class City;
void add_search_kinds(City& city);

}  // namespace mandate::app
