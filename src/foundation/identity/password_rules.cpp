#include "foundation/identity/password_rules.hpp"

#include "foundation/identity/rules.hpp"

#include <set>

namespace mandate::identity {
namespace {

// What is left of the commonest passwords when digits and marks are taken off their ends and letters that stand for others are put back.
const std::set<std::string, std::less<>>& common_words() {
  static const std::set<std::string, std::less<>> words = {
      "",          "password", "passwordpassword", "qwerty",   "qwertyuiop", "qwertyuiopasdf", "asdfghjkl", "zxcvbnm",  "qazwsxedc", "qazwsx",     "iloveyou",  "letmein",    "welcome",   "welcometo",
      "admin",     "adminadmin", "administrator",  "root",     "changeme",   "default",        "secret",    "master",   "login",     "guest",      "user",      "test",       "testtest",  "abc",
      "abcabc",    "abcd",     "abcdef",           "abcdefgh", "abcdefghijkl", "aaa",          "monkey",    "dragon",   "sunshine",  "princess",   "football",  "baseball",   "superman",  "batman",
      "trustno",   "computer", "internet",         "shadow",   "michael",    "jennifer",       "taichung",  "taichungcity", "taichunggov", "taiwan", "taipei",    "kaohsiung",  "government", "citygov",
      "mandate",   "spring",   "summer",           "autumn",   "winter",     "january",        "monday",    "freedom",  "whatever",  "hello",      "helloworld", "starwars",  "pokemon",   "google"};
  return words;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0; }

std::string letters_of(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), letter);
  return out;
}

// In both readings: without its digits at all (welcome2023), and with the look-alikes inside put back (passw0rd1234).
bool common(std::string_view folded) {
  if (common_words().count(letters_of(folded)) == 1) return true;
  while (!folded.empty() && !letter(folded.front())) folded.remove_prefix(1);
  while (!folded.empty() && !letter(folded.back())) folded.remove_suffix(1);
  std::string text(folded);
  for (auto& c : text) {
    const auto at = std::string_view("01345@$").find(c);
    if (at != std::string_view::npos) c = "oieasas"[at];
  }
  return common_words().count(letters_of(text)) == 1;
}

int kinds_of_signs(std::string_view password) {
  bool capital = false, small = false, digit = false, other = false;
  for (const char c : password) {
    if (c >= 'A' && c <= 'Z') capital = true;
    else if (c >= 'a' && c <= 'z') small = true;
    else if (c >= '0' && c <= '9') digit = true;
    else other = true;
  }
  return capital + small + digit + other;
}

}  // namespace

UserClass class_of(const std::vector<Grant>& grants) {
  const bool admin = std::any_of(grants.begin(), grants.end(), [](const Grant& g) { return g.role == "system_admin"; });
  return admin ? UserClass::administrator : UserClass::staff;
}

Result<> check_password(std::string_view password, std::string_view login_name, const PasswordRules& rules, const std::string& field) {
  Fault refused = fault(FaultKind::invalid, "input.invalid");
  const auto add_fault = [&](const char* key, MessageArgs args = {}) { refused.fields.push_back({field, key, std::move(args)}); };
  const auto characters = std::count_if(password.begin(), password.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  if (characters < rules.length_min) add_fault("input.too_short", {{"min", std::to_string(rules.length_min)}});
  if (password.size() > password_length_max) {
    add_fault("input.too_long", {{"max", std::to_string(password_length_max)}});
    return refused;
  }
  const std::string folded = fold_login(password);
  const std::string name = fold_login(login_name);
  if (!name.empty() && folded.find(name) != std::string::npos) add_fault("account.password_has_login");
  if (std::set<char>(password.begin(), password.end()).size() < 5 || common(folded)) add_fault("account.password_too_plain");
  if (rules.mixed && kinds_of_signs(password) < 3) add_fault("account.password_not_mixed");
  if (!refused.fields.empty()) return refused;
  return done();
}

}  // namespace mandate::identity
