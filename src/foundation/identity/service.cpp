// Sessions: who is calling, signing in and out, and what guards the door.
#include "foundation/identity/secrets.hpp"

#include <sodium.h>

MANDATE_EMBEDDED(foundation_identity)

namespace mandate::identity {
namespace {

constexpr std::size_t sessions_kept_max = 4096;
constexpr int hashing_max = 2;          // one a core
constexpr int hashing_waiting_max = 64;  // beyond that a sign-in is told to come back

struct TokenRow {
  std::int64_t id = 0;
  std::int64_t account_id = 0;
  std::string name;
  std::string state;
  std::string grants;
  std::string permissions;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(TokenRow, (), (id, account_id, name, state, grants, permissions, expires_at))

struct CredentialRow {
  std::int64_t id = 0;
  std::string display_name;
  std::string password_hash;
  std::string state;
  std::string grants;
  std::string language;
  Instant password_since;
  std::int64_t second_step = 0;
  std::optional<Date> second_step_due_on;
};
BOOST_DESCRIBE_STRUCT(CredentialRow, (), (id, display_name, password_hash, state, grants, language, password_since, second_step, second_step_due_on))

struct ConfirmRow {
  std::string login_name;
  std::string password_hash;
};
BOOST_DESCRIBE_STRUCT(ConfirmRow, (), (login_name, password_hash))

struct FailureRow {
  std::int64_t failure_count = 0;
  Instant since;
  Instant locked_until;
};
BOOST_DESCRIBE_STRUCT(FailureRow, (), (failure_count, since, locked_until))

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (end != 0) words.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return words;
}

}  // namespace

db::MigrationSet identity_migrations() { return db::migrations_of("foundation_identity", embedded::foundation_identity); }

Actor system_actor(const Clock& clock) {
  Actor actor;
  actor.is_system = true;
  actor.name = "系統";
  actor.now = clock.now();
  return actor;
}

Identity::Identity(db::Database& database, const Clock& clock, std::function<IdentityPolicy(Date)> policy, Subtree subtree)
    : database_(database), changes_(database.watch({"session", "account"})), clock_(clock), policy_(std::move(policy)), subtree_(std::move(subtree)), account_changes_(database.watch({"account"})) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

Result<Actor> Identity::identify(const http::Request& request) {
  Actor actor;
  const Instant now = clock_.now();
  actor.now = now;
  if (request.from_owner) return system_actor(clock_);
  const auto authorization = request.header("authorization");
  if (authorization.rfind("Bearer ", 0) == 0) {
    const auto row = database_.read([&](db::Session& s) {
      return s.find<TokenRow>(
          "SELECT t.id, t.account_id, t.name, a.state, a.grants, t.permissions, t.expires_at FROM service_token t JOIN account a ON a.id = t.account_id WHERE t.token_hash = ? AND t.revoked_at IS NULL",
          digest::sha256_hex(authorization.substr(7)));
    });
    if (!row || row->state != "active" || row->expires_at <= now) return fault(FaultKind::unauthenticated, "token.not_valid");
    actor.account_id = row->account_id;
    actor.name = row->name;
    actor.grants = grants_from_text(row->grants);
    actor.is_token = true;
    actor.token_permissions = split_words(row->permissions);
    return actor;
  }
  const auto cookie = request.cookie("mandate_session");
  if (!cookie || cookie->empty()) return actor;
  const auto row = find_session(digest::sha256_hex(*cookie));
  if (!row || row->state != "active") return fault(FaultKind::unauthenticated, "session.ended");
  if (row->expires_at <= now || row->seen_at.plus_seconds(row->idle_seconds) <= now) return fault(FaultKind::unauthenticated, "session.expired");
  if (row->seen_at.plus_seconds(60) <= now) {  // once a minute is fine enough to tell idle from busy
    (void)database_.write([&](db::Session& s) -> Result<> {
      s.execute("UPDATE session SET seen_at = ? WHERE id = ? AND seen_at < ?", now, row->id, now);
      return done();
    }).ok();
  }
  actor.account_id = row->account_id;
  actor.session_id = row->id;
  actor.name = row->name;
  actor.language = row->language == "en" ? Language::en : Language::zh_tw;
  if (!row->limited(now)) {
    actor.grants = grants_from_text(row->grants);
    add_deputyships(actor);
  }
  actor.form_key = row->form_key;
  return actor;
}

std::optional<SessionRow> Identity::find_session(const std::string& token_hash) {
  const auto changes = changes_.still();
  if (changes) {
    const std::lock_guard lock(sessions_mutex_);
    if (sessions_changes_ == changes) {
      if (const auto known = sessions_.find(token_hash); known != sessions_.end()) return known->second;
    }
  }
  auto row = database_.read([&](db::Session& s) {
    return s.find<SessionRow>(
        "SELECT s.id, s.account_id, a.display_name, a.language, a.state, a.grants, s.form_key, s.seen_at, s.expires_at, s.idle_seconds, s.password_due_at, s.second_step_due_at FROM session s JOIN account a ON a.id = s.account_id "
        "WHERE s.token_hash = ? AND s.revoked_at IS NULL",
        token_hash);
  });
  if (changes && row) {
    const std::lock_guard lock(sessions_mutex_);
    if (sessions_changes_ != changes || sessions_.size() >= sessions_kept_max) sessions_.clear();
    sessions_changes_ = changes;
    sessions_.emplace(token_hash, *row);
  }
  return row;
}

Result<> Identity::check_throttle(const std::string& subject, Instant now) {
  const auto row = database_.read([&](db::Session& s) { return s.find<FailureRow>("SELECT failure_count, since, locked_until FROM sign_in_failure WHERE subject = ?", subject); });
  if (row && row->locked_until > now) {
    Fault f = fault(FaultKind::too_many, "account.locked", {{"minutes", std::to_string((row->locked_until.micros - now.micros + 59'999'999) / 60'000'000)}});
    f.retry_after_seconds = static_cast<int>((row->locked_until.micros - now.micros) / 1'000'000 + 1);
    return f;
  }
  return done();
}

void Identity::note_failure(const std::string& subject, int failures_max, Instant now, bool told) {
  const auto lock_seconds = policy().lock_minutes * 60;
  (void)database_.write([&](db::Session& s) -> Result<> {
    auto row = s.find<FailureRow>("SELECT failure_count, since, locked_until FROM sign_in_failure WHERE subject = ?", subject).value_or(FailureRow{0, now, Instant{0}});
    if (row.since.plus_seconds(lock_seconds) <= now) row = {0, now, Instant{0}};  // an old failure is forgotten
    row.failure_count += 1;
    if (row.failure_count >= failures_max) {
      row.locked_until = now.plus_seconds(lock_seconds);
      row.failure_count = 0;
      if (told) db::append_event(s, {now, 0, "sign_in.locked", "sign_in", 0, "{}", {}});
    }
    s.execute("INSERT INTO sign_in_failure (subject, failure_count, since, locked_until) VALUES (?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET failure_count = excluded.failure_count, since = excluded.since, "
              "locked_until = excluded.locked_until",
              subject, row.failure_count, row.since, row.locked_until);
    return done();
  }).ok();
}

Result<bool> Identity::verify_bounded(const std::string& hash, const std::string& password) {
  {
    std::unique_lock lock(hashing_mutex_);
    if (hashing_waiting_ >= hashing_waiting_max) {
      Fault busy = fault(FaultKind::unavailable, "fault.busy");
      busy.retry_after_seconds = 2;
      return busy;
    }
    ++hashing_waiting_;
    hashing_free_.wait(lock, [&] { return hashing_running_ < hashing_max; });
    --hashing_waiting_;
    ++hashing_running_;
  }
  const auto length = std::min<std::size_t>(password.size(), 1024);
  const bool good = crypto_pwhash_str_verify(hash.c_str(), password.data(), length) == 0;
  {
    const std::lock_guard lock(hashing_mutex_);
    --hashing_running_;
  }
  hashing_free_.notify_one();
  return good;
}

Result<SignedIn> Identity::sign_in(const std::string& login_name, const std::string& password, const std::string& address, const std::string& device, const std::string& code) {
  const Instant now = clock_.now();
  const auto rules = policy();
  const std::string folded = fold_login(login_name);
  const std::string by_login = login_subject(folded);
  const std::string by_address = "address:" + digest::sha256_hex(address);
  MANDATE_TRY(check_throttle(by_login, now));
  MANDATE_TRY(check_throttle(by_address, now));
  const auto row = database_.read([&](db::Session& s) { return s.find<CredentialRow>("SELECT id, display_name, password_hash, state, grants, language, COALESCE(password_set_at, created_at), COALESCE(second_step, 0), second_step_due_on FROM account WHERE login_name = ?", folded); });
  // An unknown name costs as much time as a wrong password, so that neither tells which it was.
  static const std::string nobody = argon2id("nobody has this password");
  MANDATE_ASSIGN(const bool good, verify_bounded(row && !row->password_hash.empty() ? row->password_hash : nobody, password));
  if (!row || !good || row->state != "active") {
    note_failure(by_login, rules.failures_max, now);
    note_failure(by_address, rules.address_failures_max, now);
    return fault(FaultKind::unauthenticated, "account.wrong_credentials");
  }
  if (row->second_step != 0 && code.empty()) return fault(FaultKind::unauthenticated, "account.code_needed");
  SignedIn in;
  in.cookie_token = random_token();
  in.actor.account_id = row->id;
  in.actor.name = row->display_name;
  in.actor.grants = grants_from_text(row->grants);
  in.actor.form_key = random_token();
  in.actor.now = now;
  in.actor.language = row->language == "en" ? Language::en : Language::zh_tw;
  const bool admin = class_of(in.actor.grants) == UserClass::administrator;
  const auto idle = (admin ? rules.idle_minutes_admin : rules.idle_minutes) * 60;
  const auto whole = (admin ? rules.session_hours_admin : rules.session_hours) * 3600;
  in.actor.session_id = next_id();
  SessionRow limits;
  if (const int days = (admin ? rules.password_admin : rules.password).age_max_days; days > 0) limits.password_due_at = row->password_since.plus_seconds(days * 86'400LL);
  auto due_on = row->second_step_due_on;
  if ((admin ? rules.second_step_admin : rules.second_step) && row->second_step == 0) {
    if (!due_on) due_on = taipei_date(now).plus_days(rules.second_step_grace_days);
    limits.second_step_due_at = taipei_end_of_day(*due_on);
  }
  if (limits.limited(now)) in.actor.grants.clear();
  else add_deputyships(in.actor);
  const auto written = database_.write([&](db::Session& s) -> Result<> {
    // Asked again in the same transaction: an account disabled while its password was being checked gets no session.
    if (s.value<std::string>("SELECT state FROM account WHERE id = ?", row->id) != "active") return fault(FaultKind::unauthenticated, "account.wrong_credentials");
    if (row->second_step != 0 && !take_code(s, AccountId{row->id}, code, now)) return fault(FaultKind::unauthenticated, "account.wrong_code");
    s.execute("DELETE FROM sign_in_failure WHERE subject = ?", by_login);
    s.execute("INSERT INTO session (id, token_hash, account_id, form_key, device, created_at, seen_at, expires_at, idle_seconds, password_due_at, second_step_due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              in.actor.session_id, digest::sha256_hex(in.cookie_token), row->id, in.actor.form_key, device.substr(0, 200), now, now, now.plus_seconds(whole), idle, limits.password_due_at, limits.second_step_due_at);
    s.execute("UPDATE account SET last_sign_in_at = ?, second_step_due_on = ? WHERE id = ?", now, due_on, row->id);
    db::append_event(s, event_of(in.actor, "session.created", "session", in.actor.session_id));
    return done();
  });
  if (!written.ok()) {
    // A guessed code counts as a guessed password does.
    if (written.fault().key == "account.wrong_code") {
      note_failure(by_login, rules.failures_max, now);
      note_failure(by_address, rules.address_failures_max, now);
    }
    return written.fault();
  }
  return in;
}

Result<> Identity::confirm_password(const Actor& actor, const std::string& password) {
  if (actor.session_id == 0) return fault(FaultKind::forbidden, "account.people_only");
  const auto row = database_.read([&](db::Session& s) { return s.find<ConfirmRow>("SELECT login_name, password_hash FROM account WHERE id = ?", actor.account_id); });
  if (!row) return fault(FaultKind::not_found, "account.not_found");
  const std::string by_login = login_subject(row->login_name);
  MANDATE_TRY(check_throttle(by_login, actor.now));
  MANDATE_ASSIGN(const bool good, verify_bounded(row->password_hash, password));
  if (good) return done();
  note_failure(by_login, policy().failures_max, actor.now);
  return field_fault("password", "account.wrong_password");
}

Result<> Identity::sign_out(const Actor& actor) {
  if (actor.session_id == 0) return fault(FaultKind::conflict, "session.none");  // a service token has nothing to end
  return database_.write([&](db::Session& s) -> Result<> {
    s.execute("UPDATE session SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", actor.now, actor.session_id);
    db::append_event(s, event_of(actor, "session.ended", "session", actor.session_id));
    return done();
  });
}

}  // namespace mandate::identity
