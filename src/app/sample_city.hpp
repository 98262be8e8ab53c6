// The sample city: Taichung's agencies of 2023 with invented people, one account for each role, a yearly plan of our own writing and some work done
// on it. Everything goes through the same use cases as real work.
#pragma once

#include "app/city.hpp"

namespace mandate::app {

struct SampleAccount {
  const char* login_name;
  const char* role;
  const char* title_zh;
  const char* title_en;
};

const std::vector<SampleAccount>& sample_accounts();
inline constexpr const char* sample_password = "Taichung-sample-112";

bool is_empty(City& city);
// Fills an empty database. Returns a fault when something of it could not be made; nothing of it then stays half done that a second run would trip over.
Result<> fill_sample_city(City& city);

}  // namespace mandate::app
