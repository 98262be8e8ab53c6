// What can be subscribed: the calendars of the duty ledger, and the public changes of the yearly plans.
#pragma once

namespace mandate::app {

class City;
void add_feed_kinds(City& city);

}  // namespace mandate::app
