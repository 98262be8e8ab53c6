#include "platform/clock/clock.hpp"

#include <chrono>

namespace mandate {

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace mandate
