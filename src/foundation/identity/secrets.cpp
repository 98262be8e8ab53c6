#include "foundation/identity/secrets.hpp"

#include <sodium.h>

namespace mandate::identity {
namespace {

constexpr std::size_t hash_memory = 19 * 1024 * 1024;  // OWASP's least for Argon2id with two passes

}  // namespace

std::string random_token() {
  std::array<unsigned char, 32> raw{};
  randombytes_buf(raw.data(), raw.size());
  std::string out(sodium_base64_encoded_len(raw.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), raw.data(), raw.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();
  return out;
}

std::string argon2id(const std::string& password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), 2, hash_memory, crypto_pwhash_ALG_ARGON2ID13) != 0) throw std::bad_alloc();
  return out.data();
}

}  // namespace mandate::identity
