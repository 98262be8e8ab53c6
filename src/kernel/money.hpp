// New Taiwan dollars as a whole number.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace mandate {

struct Money {
  std::int64_t dollars = 0;
  friend constexpr auto operator<=>(Money, Money) = default;
  friend constexpr Money operator+(Money a, Money b) { return {a.dollars + b.dollars}; }
  friend constexpr Money operator-(Money a, Money b) { return {a.dollars - b.dollars}; }
  std::string text() const;  // "1,500,000"
};

}  // namespace mandate
