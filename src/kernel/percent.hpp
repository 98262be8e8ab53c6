// Percentages as integers of basis points, so that 10 % compares exactly; a ratio is compared by cross-multiplication before any rounding.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mandate {

struct Percent {
  std::int64_t basis_points = 0;  // 1 % = 100
  friend constexpr auto operator<=>(Percent, Percent) = default;
  static constexpr Percent of(std::int64_t whole) { return {whole * 100}; }
  static std::optional<Percent> parse(std::string_view text);  // "10", "10.5", "10.05%"
  std::string text() const;                                    // "10.05", no trailing zeros, no sign of percent
};

struct Ratio {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;  // 0: the ratio has no value
  bool defined() const { return denominator != 0; }
  // numerator/denominator against a percentage, exactly: 89.996 % is under 90 %. Call only when defined(); denominators are positive.
  std::strong_ordering compare(Percent p) const {
    return static_cast<__int128>(numerator) * 10000 <=> static_cast<__int128>(p.basis_points) * denominator;
  }
  Percent rounded() const;  // half up, for showing only
};

}  // namespace mandate
