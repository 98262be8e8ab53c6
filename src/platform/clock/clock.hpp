// The only source of "now". Rules take time as a parameter; services ask the clock they were given.
#pragma once

#include "kernel/date.hpp"

#include <atomic>

namespace mandate {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  Date today() const { return taipei_date(now()); }
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// For tests: stands still until it is told otherwise. The server accepts it only while it listens on a loopback address.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant at) : micros_(at.micros) {}
  Instant now() const override { return {micros_.load()}; }
  void set(Instant at) { micros_.store(at.micros); }

 private:
  std::atomic<std::int64_t> micros_;
};

}  // namespace mandate
