// How the system stands: one row for each part that can fail, with a word, a state and what to do.
#pragma once

#include "app/city.hpp"

namespace mandate::app {

enum class HealthState { good, warning, bad };
BOOST_DESCRIBE_ENUM(HealthState, good, warning, bad)

struct HealthItem {
  std::string key;
  std::string name;
  HealthState state = HealthState::good;
  std::string value;
  std::string cure;  // "" while it is good
};
BOOST_DESCRIBE_STRUCT(HealthItem, (), (key, name, state, value, cure))

struct Health {
  HealthState state = HealthState::good;  // the worst of the items
  Instant at;
  std::vector<HealthItem> items;
};
BOOST_DESCRIBE_STRUCT(Health, (), (state, at, items))

Health read_health(City& city, Language language);
// Of the oldest thing that waits: pure, each threshold at, below and above in the tests.
HealthState state_of_wait(std::int64_t seconds, std::int64_t warning_from, std::int64_t bad_from);
HealthState state_of_disk(std::int64_t free, std::int64_t total);

void add_system_routes(http::Router& router, City& city);

}  // namespace mandate::app
