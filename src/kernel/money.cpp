#include "kernel/money.hpp"

namespace mandate {

std::string Money::text() const {
  std::string digits = std::to_string(dollars);
  const std::size_t start = dollars < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > start + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace mandate
