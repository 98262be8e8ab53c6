// SHA-256, hexadecimal and random bytes as text: one home for what keys, tokens, checksums and the audit log are made of.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace mandate::digest {

using Hash = std::array<unsigned char, 32>;

// SHA-256 of what comes in pieces. Its state can be kept and taken up again later, by another process of the same build too.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  std::string finish_hex();  // ends it
  std::string state() const;
  bool restore(std::string_view state);  // false, and unchanged, when the text is no state

 private:
  std::array<unsigned char, 128> state_{};
};

Hash sha256(std::string_view bytes);
std::string hex(std::string_view bytes);  // lower case
std::string hex(const Hash& hash);
std::string sha256_hex(std::string_view bytes);
// The bytes that `text` spells; empty when it is no even row of hexadecimal digits.
std::string from_hex(std::string_view text);
// `bytes` bytes of the system's randomness, in hexadecimal.
std::string random_hex(std::size_t bytes);

}  // namespace mandate::digest
