#include "foundation/identity/totp.hpp"

#include "platform/http/message.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <qrencode.h>
#include <sodium.h>

namespace mandate::identity {

std::int64_t totp_step(Instant at) { return at.micros / 1'000'000 / totp_step_seconds; }

std::string hotp(std::string_view secret, std::int64_t counter, int digits) {
  std::array<unsigned char, 8> message{};
  for (std::size_t i = 0; i < 8; ++i) message[7 - i] = static_cast<unsigned char>(counter >> (8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message.data(), message.size(), mac.data(), &length) == nullptr) throw std::runtime_error("HMAC failed");
  const std::size_t at = mac[length - 1] & 0x0F;  // dynamic truncation, RFC 4226 5.3
  std::uint32_t number = (static_cast<std::uint32_t>(mac[at] & 0x7F) << 24) | (static_cast<std::uint32_t>(mac[at + 1]) << 16) | (static_cast<std::uint32_t>(mac[at + 2]) << 8) | mac[at + 3];
  std::string code;
  for (int i = 0; i < digits; ++i, number /= 10) code.insert(code.begin(), static_cast<char>('0' + number % 10));
  return code;
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now, std::int64_t last_step) {
  if (code.size() != 6) return std::nullopt;
  std::optional<std::int64_t> found;
  // All three are compared whatever the first says: the time tells nothing.
  for (const std::int64_t step : {totp_step(now) - 1, totp_step(now), totp_step(now) + 1}) {
    const bool same = sodium_memcmp(hotp(secret, step).data(), code.data(), 6) == 0;
    if (same && step > last_step && !found) found = step;
  }
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned int bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) out += signs[(bits >> (held - 5)) & 31];
  }
  if (held > 0) out += signs[(bits << (5 - held)) & 31];
  return out;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret) {
  const auto name = http::percent_encode(issuer);
  return "otpauth://totp/" + name + ":" + http::percent_encode(account) + "?secret=" + base32(secret) + "&issuer=" + name + "&algorithm=SHA1&digits=6&period=30";
}

std::string recovery_code() {
  constexpr std::string_view signs = "23456789abcdefghjkmnpqrstuvwxyz";  // 31: without 0, 1, i, l and o
  std::string out;
  for (int i = 0; i < 16; ++i) {
    if (i > 0 && i % 4 == 0) out += '-';
    out += signs[randombytes_uniform(static_cast<std::uint32_t>(signs.size()))];
  }
  return out;
}

std::string plain_code(std::string_view typed) {
  std::string out;
  for (const char c : typed) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

QrPicture qr_of(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code) throw std::runtime_error("the text is too long for a QR code");
  constexpr int quiet = 4;  // squares, by the standard
  QrPicture picture{code->width + 2 * quiet, {}};
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if ((code->data[y * code->width + x] & 1) == 0) continue;
      int run = 1;
      while (x + run < code->width && (code->data[y * code->width + x + run] & 1) != 0) ++run;
      picture.path += fmt::format("M{} {}h{}v1h-{}z", x + quiet, y + quiet, run, run);
      x += run - 1;
    }
  }
  return picture;
}

}  // namespace mandate::identity
