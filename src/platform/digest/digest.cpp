#include "platform/digest/digest.hpp"

#include <sodium.h>
#include <vector>

namespace mandate::digest {

Hash sha256(std::string_view bytes) {
  Hash out{};
  crypto_hash_sha256(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return out;
}

std::string hex(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  out.pop_back();
  return out;
}

std::string hex(const Hash& hash) { return hex(std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size())); }

std::string sha256_hex(std::string_view bytes) { return hex(sha256(bytes)); }

std::string from_hex(std::string_view text) {
  std::string out(text.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (text.size() % 2 != 0 || sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &length, &end) != 0 || end != text.data() + text.size()) return {};
  return out;
}

std::string random_hex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  return hex(raw);
}

}  // namespace mandate::digest
