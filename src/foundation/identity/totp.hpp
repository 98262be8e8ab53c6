// One-time passwords by time (RFC 6238 over RFC 4226) as authenticator applications expect them: SHA-1, six digits, steps of 30 seconds.
#pragma once

#include "kernel/date.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::identity {

constexpr std::int64_t totp_step_seconds = 30;

std::int64_t totp_step(Instant at);
std::string hotp(std::string_view secret, std::int64_t counter, int digits = 6);
// The step that the code is of: the present one, the one before or the one after, and later than `last_step`, for a code is good once. None: it is wrong.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now, std::int64_t last_step);

std::string base32(std::string_view bytes);  // RFC 4648 without padding
std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret);

// "7kqm-x2vd-n4ps-9wte": 80 bits, without letters that are taken for others.
std::string recovery_code();
// As it is looked up: small letters, without spaces and hyphens.
std::string plain_code(std::string_view typed);
// A picture of the text as the dark squares of a QR code, as an SVG path on a field of `size` squares a side, with the quiet zone that scanners need.
struct QrPicture {
  int size = 0;
  std::string path;
};
QrPicture qr_of(const std::string& text);

}  // namespace mandate::identity
