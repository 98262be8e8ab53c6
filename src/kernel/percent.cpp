#include "kernel/percent.hpp"

#include <cstdlib>

namespace mandate {

std::optional<Percent> Percent::parse(std::string_view text) {
  if (!text.empty() && text.back() == '%') text.remove_suffix(1);
  bool negative = false;
  if (!text.empty() && text.front() == '-') {
    negative = true;
    text.remove_prefix(1);
  }
  std::int64_t whole = 0;
  std::int64_t fraction = 0;
  int decimals = -1;
  if (text.empty() || text.size() > 15) return std::nullopt;
  for (char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (c >= '0' && c <= '9') {
      if (decimals < 0) {
        whole = whole * 10 + (c - '0');
      } else if (decimals < 2) {
        fraction = fraction * 10 + (c - '0');
        ++decimals;
      } else {
        return std::nullopt;  // finer than a basis point
      }
    } else {
      return std::nullopt;
    }
  }
  if (text.front() == '.' || decimals == 0) return std::nullopt;
  if (decimals == 1) fraction *= 10;
  const std::int64_t value = whole * 100 + fraction;
  return Percent{negative ? -value : value};
}

std::string Percent::text() const {
  const std::int64_t size = std::abs(basis_points);
  std::string out = (basis_points < 0 ? "-" : "") + std::to_string(size / 100);
  if (const auto rest = size % 100; rest != 0) {
    out += '.';
    out += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) out += static_cast<char>('0' + rest % 10);
  }
  return out;
}

Percent Ratio::rounded() const {
  const __int128 twice = static_cast<__int128>(numerator) * 20000 + denominator;
  const __int128 size = 2 * static_cast<__int128>(denominator);
  __int128 quotient = twice / size;
  if (twice % size != 0 && twice < 0) --quotient;  // floor, so that halves go up below zero too
  return Percent{static_cast<std::int64_t>(quotient)};
}

}  // namespace mandate
