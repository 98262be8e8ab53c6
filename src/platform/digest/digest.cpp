#include "platform/digest/digest.hpp"

#include <sodium.h>
#include <cstring>
#include <vector>

namespace mandate::digest {

namespace {

static_assert(sizeof(crypto_hash_sha256_state) <= 128);

crypto_hash_sha256_state load(const std::array<unsigned char, 128>& bytes) {
  crypto_hash_sha256_state state;
  std::memcpy(&state, bytes.data(), sizeof state);
  return state;
}

}  // namespace

Sha256::Sha256() {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::memcpy(state_.data(), &state, sizeof state);
}

void Sha256::add(std::string_view bytes) {
  auto state = load(state_);
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::memcpy(state_.data(), &state, sizeof state);
}

std::string Sha256::finish_hex() {
  auto state = load(state_);
  Hash out{};
  crypto_hash_sha256_final(&state, out.data());
  return hex(out);
}

std::string Sha256::state() const { return hex(std::string_view(reinterpret_cast<const char*>(state_.data()), sizeof(crypto_hash_sha256_state))); }

bool Sha256::restore(std::string_view text) {
  const auto bytes = from_hex(text);
  if (bytes.size() != sizeof(crypto_hash_sha256_state)) return false;
  std::memcpy(state_.data(), bytes.data(), bytes.size());
  return true;
}

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
