#include "foundation/identity/password_rules.hpp"
#include "foundation/identity/totp.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::identity;

namespace {

// The keys of what is wrong with it, in order.
std::vector<std::string> wrong(const std::string& password, const PasswordRules& rules = {}) {
  std::vector<std::string> keys;
  const auto checked = check_password(password, "lin", rules);
  if (!checked.ok()) {
    for (const auto& field : checked.fault().fields) keys.push_back(field.key);
  }
  return keys;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("what a password must be, all of it said at once") {
  CHECK(wrong("Correct-horse-9").empty());
  CHECK(wrong("臺中市政府研考會的長密碼").empty());
  CHECK(wrong("seven lamps on the quay").empty());
  CHECK(wrong("elevenchars") == Keys{"input.too_short"});
  CHECK(wrong("twelve-chars").empty());
  CHECK(wrong("my-LIN-password") == Keys{"account.password_has_login"});
  CHECK(wrong("lin") == Keys{"input.too_short", "account.password_has_login", "account.password_too_plain"});
  for (const char* plain : {"aaaaaaaaaaaaaa", "123456789012", "password1234", "P@ssw0rd12345", "Taichung1999!!", "1qaz2wsx3edc", "2023-Welcome-2023", "qwertyuiop12", "administrator"}) {
    INFO(plain);
    CHECK(wrong(plain) == Keys{"account.password_too_plain"});
  }
  CHECK(wrong(std::string(1025, 'x')) == Keys{"input.too_long"});
}

TEST_CASE("kinds of signs, where the rules ask for them") {
  const PasswordRules mixed{.length_min = 12, .mixed = true};
  CHECK(wrong("seven lamps on the quay", mixed) == Keys{"account.password_not_mixed"});
  CHECK(wrong("sevenlampsonthequay9", mixed) == Keys{"account.password_not_mixed"});
  CHECK(wrong("seven lamps on the 9", mixed).empty());
  CHECK(wrong("Seven lamps on the quay", mixed).empty());
}

TEST_CASE("administrators are a class of their own") {
  CHECK(class_of({}) == UserClass::staff);
  CHECK(class_of({{"rdec_head", 0, 0}}) == UserClass::staff);
  CHECK(class_of({{"handler", 1, 0}, {"system_admin", 0, 0}}) == UserClass::administrator);
}

TEST_CASE("one-time passwords are those of RFC 4226 and RFC 6238") {
  const std::string secret = "12345678901234567890";
  const Keys counted = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"};
  for (std::size_t i = 0; i < counted.size(); ++i) CHECK(hotp(secret, static_cast<std::int64_t>(i)) == counted[i]);
  const std::vector<std::pair<std::int64_t, std::string>> timed = {{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"}, {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [second, code] : timed) CHECK(hotp(secret, totp_step(Instant{second * 1'000'000}), 8) == code);
  CHECK(base32("foobar") == "MZXW6YTBOI");
  CHECK(base32("f") == "MY");
}

TEST_CASE("a code is good for its own step and the ones beside it, and once") {
  const std::string secret = "12345678901234567890";
  const Instant now{1'700'000'000'000'000};
  const auto step = totp_step(now);
  for (const std::int64_t away : {-1, 0, 1}) CHECK(step_of_code(secret, hotp(secret, step + away), now, 0) == step + away);
  for (const std::int64_t away : {-2, 2}) CHECK_FALSE(step_of_code(secret, hotp(secret, step + away), now, 0));
  CHECK_FALSE(step_of_code(secret, hotp(secret, step), now, step));
  CHECK_FALSE(step_of_code(secret, hotp(secret, step - 1), now, step));
  CHECK(step_of_code(secret, hotp(secret, step + 1), now, step) == step + 1);
  for (const char* bad : {"", "12345", "1234567", "abcdef"}) CHECK_FALSE(step_of_code(secret, bad, now, 0));
}

TEST_CASE("recovery codes are read however they are typed; a QR code has its quiet zone") {
  const auto code = recovery_code();
  CHECK(code.size() == 19);
  CHECK(code != recovery_code());
  CHECK(plain_code("7KQM x2vd-n4ps 9wte") == "7kqmx2vdn4ps9wte");
  const auto uri = otpauth_uri("市政承諾簿", "lin", "12345678901234567890");
  CHECK(uri.find("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&") != std::string::npos);
  CHECK(uri.find("市") == std::string::npos);
  const auto picture = qr_of(uri);
  CHECK(picture.size >= 21 + 8);
  CHECK(picture.path.rfind("M4 4h7v1h-7z", 0) == 0);  // the finder pattern's upper edge, behind four squares of quiet
}
