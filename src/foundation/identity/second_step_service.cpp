// The second step of signing in: an authenticator application, and recovery codes for the day it is lost.
#include "foundation/identity/secrets.hpp"
#include "foundation/identity/totp.hpp"

#include <sodium.h>

namespace mandate::identity {
namespace {

constexpr int recovery_codes = 10;
constexpr std::size_t secret_bytes = 20;  // RFC 4226 4: as long as the hash
constexpr const char* issuer = "市政承諾簿";

struct AuthenticatorRow {
  std::int64_t id = 0;
  std::string sealed_secret;
  std::int64_t last_step = 0;
};
BOOST_DESCRIBE_STRUCT(AuthenticatorRow, (), (id, sealed_secret, last_step))

std::optional<AuthenticatorRow> in_use(db::Session& s, AccountId id) {
  return s.find<AuthenticatorRow>("SELECT id, sealed_secret, last_step FROM authenticator WHERE account_id = ? AND confirmed_at IS NOT NULL AND removed_at IS NULL", id);
}

std::string code_hash(std::string_view code) { return digest::sha256_hex("recovery:" + plain_code(code)); }

std::vector<std::string> put_codes(db::Session& s, std::int64_t authenticator, const std::vector<std::string>& codes) {
  s.execute("DELETE FROM recovery_code WHERE authenticator_id = ?", authenticator);
  for (const auto& code : codes) s.execute("INSERT INTO recovery_code (id, authenticator_id, code_hash) VALUES (?, ?, ?)", next_id(), authenticator, code_hash(code));
  return codes;
}

std::vector<std::string> new_codes() {
  std::vector<std::string> codes;
  while (codes.size() < recovery_codes) codes.push_back(recovery_code());
  return codes;
}

}  // namespace

bool Identity::take_code(db::Session& s, AccountId id, const std::string& code, Instant now) {
  const auto row = in_use(s, id);
  if (!row) return false;
  const auto plain = plain_code(code);
  const auto secret = sealing_.open(row->sealed_secret);
  if (!secret) throw std::runtime_error("an authenticator's secret cannot be opened: is the keys folder the right one?");
  if (const auto step = step_of_code(*secret, plain, now, row->last_step)) return s.execute("UPDATE authenticator SET last_step = ? WHERE id = ? AND last_step < ?", *step, row->id, *step) == 1;
  return s.execute("UPDATE recovery_code SET used_at = ? WHERE authenticator_id = ? AND code_hash = ? AND used_at IS NULL", now, row->id, code_hash(plain)) == 1;
}

Result<NewAuthenticator> Identity::begin_authenticator(const Actor& actor) {
  if (actor.session_id == 0) return fault(FaultKind::forbidden, "account.people_only");
  std::string secret(secret_bytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  const auto codes = new_codes();
  const AccountId id{actor.account_id};
  return database_.write([&](db::Session& s) -> Result<NewAuthenticator> {
    // One that was begun and not confirmed is forgotten; one in use stays in use until this one is confirmed.
    s.execute("UPDATE authenticator SET removed_at = ? WHERE account_id = ? AND confirmed_at IS NULL AND removed_at IS NULL", actor.now, id);
    const auto made = next_id();
    s.execute("INSERT INTO authenticator (id, account_id, sealed_secret, made_at, last_step) VALUES (?, ?, ?, ?, 0)", made, id, sealing_.seal(secret), actor.now);
    put_codes(s, made, codes);
    return NewAuthenticator{base32(secret), otpauth_uri(issuer, s.value<std::string>("SELECT login_name FROM account WHERE id = ?", id), secret), codes};
  });
}

Result<> Identity::confirm_authenticator(const Actor& actor, const std::string& password, const std::string& code) {
  MANDATE_TRY(confirm_password(actor, password));
  const AccountId id{actor.account_id};
  return database_.write([&](db::Session& s) -> Result<> {
    const auto begun = s.find<AuthenticatorRow>("SELECT id, sealed_secret, last_step FROM authenticator WHERE account_id = ? AND confirmed_at IS NULL AND removed_at IS NULL", id);
    if (!begun) return fault(FaultKind::conflict, "second_step.not_begun");
    const auto step = step_of_code(sealing_.open(begun->sealed_secret).value_or(""), plain_code(code), actor.now, 0);
    if (!step) return field_fault("code", "second_step.wrong_code");
    s.execute("UPDATE authenticator SET removed_at = ? WHERE account_id = ? AND confirmed_at IS NOT NULL AND removed_at IS NULL", actor.now, id);
    s.execute("UPDATE authenticator SET confirmed_at = ?, last_step = ? WHERE id = ?", actor.now, *step, begun->id);
    s.execute("UPDATE account SET second_step = 1, second_step_due_on = NULL WHERE id = ?", id);
    s.execute("UPDATE session SET revoked_at = ? WHERE account_id = ? AND id <> ? AND revoked_at IS NULL", actor.now, id, actor.session_id);
    s.execute("UPDATE session SET second_step_due_at = NULL WHERE id = ?", actor.session_id);
    db::append_event(s, event_of(actor, "account.second_step_set", "account", id.value));
    return done();
  });
}

Result<> Identity::drop_authenticator(db::Session& s, const Actor& actor, AccountId id, std::int64_t but_session) {
  if (s.execute("UPDATE authenticator SET removed_at = ? WHERE account_id = ? AND confirmed_at IS NOT NULL AND removed_at IS NULL", actor.now, id) == 0) return fault(FaultKind::conflict, "second_step.none");
  s.execute("UPDATE account SET second_step = 0 WHERE id = ?", id);
  s.execute("UPDATE session SET revoked_at = ? WHERE account_id = ? AND id <> ? AND revoked_at IS NULL", actor.now, id, but_session);
  return done();
}

Result<> Identity::remove_authenticator(const Actor& actor, const std::string& password) {
  MANDATE_TRY(confirm_password(actor, password));
  const auto numbers = policy();
  // Who must have one may change it for another, and not do without.
  if (class_of(actor.grants) == UserClass::administrator ? numbers.second_step_admin : numbers.second_step) return fault(FaultKind::conflict, "second_step.required");
  return database_.write([&](db::Session& s) -> Result<> {
    MANDATE_TRY(drop_authenticator(s, actor, AccountId{actor.account_id}, actor.session_id));
    db::append_event(s, event_of(actor, "account.second_step_removed", "account", actor.account_id));
    return done();
  });
}

Result<> Identity::remove_lost_authenticator(const Actor& actor, AccountId id, const std::string& reason) {
  if (reason.empty()) return field_fault("reason", "input.required");
  if (reason.size() > 600) return field_fault("reason", "input.too_long", {{"max", "200"}});
  return database_.write([&](db::Session& s) -> Result<> {
    if (!s.find<std::int64_t>("SELECT id FROM account WHERE id = ?", id)) return fault(FaultKind::not_found, "account.not_found");
    // One's own is removed with one's own password.
    if (id.value == actor.account_id) return fault(FaultKind::conflict, "second_step.not_ones_own");
    MANDATE_TRY(drop_authenticator(s, actor, id, 0));
    db::append_event(s, event_of(actor, "account.second_step_lost", "account", id.value, boost::json::serialize(boost::json::object{{"reason", reason}})));
    return done();
  });
}

Result<std::vector<std::string>> Identity::renew_recovery_codes(const Actor& actor, const std::string& code) {
  if (actor.session_id == 0) return fault(FaultKind::forbidden, "account.people_only");
  const auto codes = new_codes();
  const std::string subject = "code:" + std::to_string(actor.account_id);
  MANDATE_TRY(check_throttle(subject, actor.now));
  auto renewed = database_.write([&](db::Session& s) -> Result<std::vector<std::string>> {
    const auto row = in_use(s, AccountId{actor.account_id});
    if (!row) return fault(FaultKind::conflict, "second_step.none");
    if (!take_code(s, AccountId{actor.account_id}, code, actor.now)) return fault(FaultKind::invalid, "second_step.wrong_code");
    put_codes(s, row->id, codes);
    db::append_event(s, event_of(actor, "account.recovery_codes_made", "account", actor.account_id));
    return codes;
  });
  if (renewed.ok() || renewed.fault().key != "second_step.wrong_code") return renewed;
  note_failure(subject, policy().failures_max, actor.now);
  return field_fault("code", "second_step.wrong_code");
}

std::int64_t Identity::count_recovery_codes(db::Session& s, AccountId id) {
  const auto row = in_use(s, id);
  return row ? s.value<std::int64_t>("SELECT COUNT(*) FROM recovery_code WHERE authenticator_id = ? AND used_at IS NULL", row->id) : 0;
}

}  // namespace mandate::identity
