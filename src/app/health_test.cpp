#include "app/health.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::app;

TEST_CASE("what waits is good below its threshold, and a warning or bad from it on") {
  CHECK(state_of_wait(0, 300, 1800) == HealthState::good);
  CHECK(state_of_wait(299, 300, 1800) == HealthState::good);
  CHECK(state_of_wait(300, 300, 1800) == HealthState::warning);
  CHECK(state_of_wait(1799, 300, 1800) == HealthState::warning);
  CHECK(state_of_wait(1800, 300, 1800) == HealthState::bad);
}

TEST_CASE("a disk is bad below a gigabyte, and little when less than a tenth and less than twenty gigabytes are left") {
  constexpr std::int64_t gigabyte = 1'000'000'000;
  CHECK(state_of_disk(gigabyte - 1, 100 * gigabyte) == HealthState::bad);
  CHECK(state_of_disk(gigabyte, 100 * gigabyte) == HealthState::warning);
  CHECK(state_of_disk(10 * gigabyte - 1, 100 * gigabyte) == HealthState::warning);
  CHECK(state_of_disk(10 * gigabyte, 100 * gigabyte) == HealthState::good);
  CHECK(state_of_disk(20 * gigabyte, 1000 * gigabyte) == HealthState::good);  // plenty, though less than a tenth
  CHECK(state_of_disk(20 * gigabyte - 1, 1000 * gigabyte) == HealthState::warning);
}
