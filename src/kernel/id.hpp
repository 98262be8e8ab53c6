// Typed record ids: 63-bit numbers made by the application, so that a record has its id before it is stored.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace mandate {

template <class Tag>
struct Id {
  std::int64_t value = 0;  // 0 means none

  constexpr Id() = default;
  constexpr explicit Id(std::int64_t v) : value(v) {}
  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(Id, Id) = default;
  std::string text() const { return std::to_string(value); }
};

// The next id of this process: 42 bits of milliseconds since 2020, 9 bits of node, 12 bits of sequence. Ids of one process rise strictly;
// the node number is drawn at random at start, and every table's primary key refuses a clash.
std::int64_t next_id();

template <class I>
I new_id() {
  return I{next_id()};
}

}  // namespace mandate

template <class Tag>
struct std::hash<mandate::Id<Tag>> {
  std::size_t operator()(mandate::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
