#include "modules/handover/module.hpp"

#include <doctest/doctest.h>

using namespace mandate;

TEST_CASE("each part of a handover list has its own words for what was signed") {
  std::set<std::string> keys;
  for (const auto& message : handover::handover_messages()) CHECK(keys.insert(message.key).second);
  for (const char* part : {"leaving", "coming", "supervisor"}) CHECK(keys.count(std::string("event.handover.signed_") + part) == 1);
}
