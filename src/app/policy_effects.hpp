#pragma once

namespace mandate::app {

class City;

// Who counts what a new value of a policy would move.
void set_policy_effects(City& city);

}  // namespace mandate::app
