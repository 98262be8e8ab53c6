#include "kernel/id.hpp"

#include <atomic>
#include <chrono>
#include <random>

namespace mandate {

std::int64_t next_id() {
  static const std::int64_t node = [] {
    std::random_device source;
    return static_cast<std::int64_t>(source() & 0x1FF);
  }();
  constexpr std::int64_t epoch_ms = 1577836800000;  // 2020-01-01T00:00:00Z
  static std::atomic<std::int64_t> last{0};         // milliseconds << 12 | sequence
  const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count() - epoch_ms;
  std::int64_t seen = last.load(std::memory_order_relaxed);
  std::int64_t next = 0;
  do {
    next = std::max(seen + 1, now_ms << 12);  // a clock set back never makes an id fall
  } while (!last.compare_exchange_weak(seen, next, std::memory_order_relaxed));
  return ((next >> 12) << 21) | (node << 12) | (next & 0xFFF);
}

}  // namespace mandate
