#include "foundation/identity/api.hpp"
#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"
#include "platform/log/log.hpp"

#include <sodium.h>

MANDATE_EMBEDDED(foundation_identity)

namespace mandate::identity {
namespace {

constexpr std::size_t sessions_kept_max = 4096;
constexpr int hashing_max = 2;          // one a core
constexpr int hashing_waiting_max = 64;  // beyond that a sign-in is told to come back
constexpr std::size_t hash_memory = 19 * 1024 * 1024;  // OWASP's least for Argon2id with two passes

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
};
BOOST_DESCRIBE_STRUCT(CredentialRow, (), (id, display_name, password_hash, state, grants, language))

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

db::NewEvent event(const Actor& actor, const char* kind, const char* record_kind, std::int64_t record_id, std::string data = "{}") {
  return {actor.now, actor.account_id, kind, record_kind, record_id, std::move(data), {}};
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
    : database_(database), changes_(database.watch({"session", "account"})), clock_(clock), policy_(std::move(policy)), subtree_(std::move(subtree)) {
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
  actor.grants = grants_from_text(row->grants);
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
        "SELECT s.id, s.account_id, a.display_name, a.language, a.state, a.grants, s.form_key, s.seen_at, s.expires_at, s.idle_seconds FROM session s JOIN account a ON a.id = s.account_id "
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

void Identity::note_failure(const std::string& subject, int failures_max, Instant now) {
  const auto lock_seconds = policy().lock_minutes * 60;
  (void)database_.write([&](db::Session& s) -> Result<> {
    auto row = s.find<FailureRow>("SELECT failure_count, since, locked_until FROM sign_in_failure WHERE subject = ?", subject).value_or(FailureRow{0, now, Instant{0}});
    if (row.since.plus_seconds(lock_seconds) <= now) row = {0, now, Instant{0}};  // an old failure is forgotten
    row.failure_count += 1;
    if (row.failure_count >= failures_max) {
      row.locked_until = now.plus_seconds(lock_seconds);
      row.failure_count = 0;
      db::append_event(s, {now, 0, "sign_in.locked", "sign_in", 0, "{}", {}});
    }
    s.execute("INSERT INTO sign_in_failure (subject, failure_count, since, locked_until) VALUES (?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET failure_count = excluded.failure_count, since = excluded.since, "
              "locked_until = excluded.locked_until",
              subject, row.failure_count, row.since, row.locked_until);
    return done();
  }).ok();
}

bool Identity::verify_bounded(const std::string& hash, const std::string& password, bool& busy) {
  {
    std::unique_lock lock(hashing_mutex_);
    if (hashing_waiting_ >= hashing_waiting_max) {
      busy = true;
      return false;
    }
    ++hashing_waiting_;
    hashing_free_.wait(lock, [&] { return hashing_running_ < hashing_max; });
    --hashing_waiting_;
    ++hashing_running_;
  }
  const bool good = crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
  {
    const std::lock_guard lock(hashing_mutex_);
    --hashing_running_;
  }
  hashing_free_.notify_one();
  return good;
}

Result<SignedIn> Identity::sign_in(const std::string& login_name, const std::string& password, const std::string& address, const std::string& device) {
  const Instant now = clock_.now();
  const auto rules = policy();
  const std::string folded = fold_login(login_name);
  const std::string by_login = "login:" + digest::sha256_hex(folded);
  const std::string by_address = "address:" + digest::sha256_hex(address);
  MANDATE_TRY(check_throttle(by_login, now));
  MANDATE_TRY(check_throttle(by_address, now));
  const auto row = database_.read([&](db::Session& s) { return s.find<CredentialRow>("SELECT id, display_name, password_hash, state, grants, language FROM account WHERE login_name = ?", folded); });
  // An unknown name costs as much time as a wrong password, so that neither tells which it was.
  static const std::string nobody = argon2id("nobody has this password");
  bool busy = false;
  const bool good = verify_bounded(row ? row->password_hash : nobody, password.substr(0, 1024), busy);
  if (busy) {
    Fault f = fault(FaultKind::unavailable, "fault.busy");
    f.retry_after_seconds = 2;
    return f;
  }
  if (!row || !good || row->state != "active") {
    note_failure(by_login, rules.failures_max, now);
    note_failure(by_address, rules.address_failures_max, now);
    return fault(FaultKind::unauthenticated, "account.wrong_credentials");
  }
  SignedIn in;
  in.cookie_token = random_token();
  in.actor.account_id = row->id;
  in.actor.name = row->display_name;
  in.actor.grants = grants_from_text(row->grants);
  in.actor.form_key = random_token();
  in.actor.now = now;
  in.actor.language = row->language == "en" ? Language::en : Language::zh_tw;
  const bool admin = std::any_of(in.actor.grants.begin(), in.actor.grants.end(), [](const Grant& g) { return g.role == "system_admin"; });
  const auto idle = (admin ? rules.idle_minutes_admin : rules.idle_minutes) * 60;
  const auto whole = (admin ? rules.session_hours_admin : rules.session_hours) * 3600;
  in.actor.session_id = next_id();
  MANDATE_TRY(database_.write([&](db::Session& s) -> Result<> {
    // Asked again in the same transaction: an account disabled while its password was being checked gets no session.
    if (s.value<std::string>("SELECT state FROM account WHERE id = ?", row->id) != "active") return fault(FaultKind::unauthenticated, "account.wrong_credentials");
    s.execute("DELETE FROM sign_in_failure WHERE subject = ?", by_login);
    s.execute("INSERT INTO session (id, token_hash, account_id, form_key, device, created_at, seen_at, expires_at, idle_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", in.actor.session_id,
              digest::sha256_hex(in.cookie_token), row->id, in.actor.form_key, device.substr(0, 200), now, now, now.plus_seconds(whole), idle);
    s.execute("UPDATE account SET last_sign_in_at = ? WHERE id = ?", now, row->id);
    db::append_event(s, event(in.actor, "session.created", "session", in.actor.session_id));
    return done();
  }));
  return in;
}

Result<> Identity::sign_out(const Actor& actor) {
  if (actor.session_id == 0) return fault(FaultKind::conflict, "session.none");  // a service token has nothing to end
  return database_.write([&](db::Session& s) -> Result<> {
    s.execute("UPDATE session SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", actor.now, actor.session_id);
    db::append_event(s, event(actor, "session.ended", "session", actor.session_id));
    return done();
  });
}

Result<AccountId> Identity::create_account(const Actor& actor, const NewAccount& account) {
  const std::string folded = fold_login(account.login_name);
  if (folded.empty() || folded.size() > 60 || folded.find_first_of(" :;,/\\\"'<>") != std::string::npos) return field_fault("login_name", "account.bad_login_name");
  if (account.display_name.empty()) return field_fault("display_name", "input.required");
  if (account.display_name.size() > 200) return field_fault("display_name", "input.too_long", {{"max", "60"}});
  MANDATE_TRY(check_password(account.password, folded, policy().password_length_min));
  const std::string hash = argon2id(account.password);
  const auto id = new_id<AccountId>();
  return database_.write([&](db::Session& s) -> Result<AccountId> {
    if (s.find<std::int64_t>("SELECT id FROM account WHERE login_name = ?", folded)) return field_fault("login_name", "account.login_taken");
    s.execute("INSERT INTO account (id, login_name, display_name, password_hash, state, language, grants, created_at, sample) VALUES (?, ?, ?, ?, 'active', 'zh_tw', '', ?, ?)", id, folded, account.display_name, hash, actor.now,
              account.sample ? 1 : 0);
    db::append_event(s, event(actor, "account.created", "account", id.value));
    if (!account.grants.empty()) MANDATE_TRY(set_grants(actor, id, account.grants));
    return id;
  });
}

Result<> Identity::check_grants(const std::vector<Grant>& grants) const {
  Fault refused = fault(FaultKind::invalid, "input.invalid");
  for (std::size_t i = 0; i < grants.size(); ++i) {
    const auto& grant = grants[i];
    const auto path = [&](const char* field) { return "grants[" + std::to_string(i) + "]." + field; };
    Role role{};
    if (!boost::describe::enum_from_string(grant.role.c_str(), role)) {
      refused.fields.push_back({path("role"), "account.unknown_role", {}});
      continue;
    }
    const bool of_agency = role == Role::handler || role == Role::unit_head || role == Role::agency_liaison || role == Role::agency_head;
    if (of_agency && grant.agency_id == 0) {
      refused.fields.push_back({path("agency_id"), "input.required", {}});
    } else if (grant.agency_id != 0 && organisation_.agency_exists && !organisation_.agency_exists(grant.agency_id)) {
      refused.fields.push_back({path("agency_id"), "account.unknown_agency", {}});
    } else if (grant.unit_id != 0 && organisation_.has_unit && !organisation_.has_unit(grant.agency_id, grant.unit_id)) {
      refused.fields.push_back({path("unit_id"), "account.unknown_unit", {}});
    }
  }
  if (!refused.fields.empty()) return refused;
  return done();
}

Result<> Identity::set_grants(const Actor& actor, AccountId id, const std::vector<Grant>& grants) {
  MANDATE_TRY(check_grants(grants));
  return database_.write([&](db::Session& s) -> Result<> {
    const auto before = s.find<std::string>("SELECT grants FROM account WHERE id = ?", id);
    if (!before) return fault(FaultKind::not_found, "account.not_found");
    const std::string after = grants_text(grants);
    if (*before == after) return done();
    // Nobody takes the last administrator away, or nobody could give it back.
    const bool was_admin = before->find("system_admin") != std::string::npos;
    if (was_admin && after.find("system_admin") == std::string::npos) {
      const auto others = s.value<std::int64_t>("SELECT COUNT(*) FROM role_grant g JOIN account a ON a.id = g.account_id WHERE g.role = 'system_admin' AND g.revoked_at IS NULL AND a.state = 'active' AND g.account_id <> ?", id);
      if (others == 0) return fault(FaultKind::conflict, "account.last_admin");
    }
    s.execute("UPDATE role_grant SET revoked_at = ?, revoked_by = ? WHERE account_id = ? AND revoked_at IS NULL", actor.now, actor.account_id, id);
    for (const auto& grant : grants) {
      s.execute("INSERT INTO role_grant (id, account_id, role, agency_id, unit_id, granted_at, granted_by) VALUES (?, ?, ?, ?, ?, ?, ?)", next_id(), id, grant.role, grant.agency_id, grant.unit_id, actor.now, actor.account_id);
    }
    s.execute("UPDATE account SET grants = ? WHERE id = ?", after, id);
    db::append_event(s, event(actor, "account.grants_set", "account", id.value, boost::json::serialize(boost::json::object{{"before", *before}, {"after", after}})));
    return done();
  });
}

Result<> Identity::set_disabled(const Actor& actor, AccountId id, bool disabled, const std::string& reason) {
  if (disabled && reason.empty()) return field_fault("reason", "input.required");
  return database_.write([&](db::Session& s) -> Result<> {
    const auto state = s.find<std::string>("SELECT state FROM account WHERE id = ?", id);
    if (!state) return fault(FaultKind::not_found, "account.not_found");
    if (disabled && id.value == actor.account_id) return fault(FaultKind::conflict, "account.not_oneself");
    if (disabled && s.value<std::int64_t>("SELECT COUNT(*) FROM role_grant WHERE account_id = ? AND role = 'system_admin' AND revoked_at IS NULL", id) > 0) {
      const auto others = s.value<std::int64_t>("SELECT COUNT(*) FROM role_grant g JOIN account a ON a.id = g.account_id WHERE g.role = 'system_admin' AND g.revoked_at IS NULL AND a.state = 'active' AND g.account_id <> ?", id);
      if (others == 0) return fault(FaultKind::conflict, "account.last_admin");
    }
    s.execute("UPDATE account SET state = ? WHERE id = ?", disabled ? AccountState::disabled : AccountState::active, id);
    if (disabled) s.execute("UPDATE session SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL", actor.now, id);
    db::append_event(s, event(actor, disabled ? "account.disabled" : "account.enabled", "account", id.value, boost::json::serialize(boost::json::object{{"reason", reason}})));
    return done();
  });
}

Result<NewToken> Identity::create_token(const Actor& actor, const std::string& name, const std::vector<std::string>& permissions, Date expires_on, AccountId owner) {
  if (name.empty()) return field_fault("name", "input.required");
  if (name.size() > 120) return field_fault("name", "input.too_long", {{"max", "40"}});
  if (permissions.empty()) return field_fault("permissions", "input.required");
  for (const auto& permission : permissions) {
    const auto& all = all_permissions();
    if (std::find(all.begin(), all.end(), permission) == all.end()) return field_fault("permissions", "token.unknown_permission", {{"permission", permission}});
    // A token gives no more than it has itself, or the narrowest one that makes tokens would be as good as its owner.
    if (actor.is_token && !may(actor, permission)) return field_fault("permissions", "token.beyond_own", {{"permission", permission}});
  }
  const Date today = clock_.today();
  if (expires_on <= today || expires_on > today.plus_days(366)) return field_fault("expires_on", "token.bad_expiry");
  NewToken made;
  made.id = new_id<TokenId>();
  made.token = "mdt_" + random_token();
  std::string words;
  for (const auto& permission : permissions) words += (words.empty() ? "" : " ") + permission;
  MANDATE_TRY(database_.write([&](db::Session& s) -> Result<> {
    if (!s.find<std::int64_t>("SELECT id FROM account WHERE id = ? AND state = 'active'", owner)) return fault(FaultKind::not_found, "account.not_found");
    s.execute("INSERT INTO service_token (id, name, token_hash, account_id, permissions, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)", made.id, name, digest::sha256_hex(made.token), owner, words, actor.now,
              taipei_end_of_day(expires_on));
    db::append_event(s, event(actor, "token.created", "token", made.id.value, boost::json::serialize(boost::json::object{{"permissions", words}, {"expires_on", expires_on.iso()}})));
    return done();
  }));
  return made;
}

std::string Identity::name_of(db::Session& session, std::int64_t account_id) {
  if (account_id == 0) return "系統";
  {
    const std::lock_guard lock(names_mutex_);
    if (const auto known = names_.find(account_id); known != names_.end()) return known->second;
  }
  auto name = session.value<std::string>("SELECT display_name FROM account WHERE id = ?", account_id);
  const std::lock_guard lock(names_mutex_);
  if (names_.size() > 20'000) names_.clear();
  names_[account_id] = name;
  return name;
}

bool Identity::account_exists(AccountId id) {
  return database_.read([&](db::Session& s) { return s.find<std::int64_t>("SELECT id FROM account WHERE id = ?", id).has_value(); });
}

std::int64_t Identity::count_sample_accounts() {
  return database_.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM account WHERE sample = 1 AND state = 'active'"); });
}

std::optional<AccountId> Identity::find_account(const std::string& login_name) {
  return database_.read([&](db::Session& s) { return s.find<AccountId>("SELECT id FROM account WHERE login_name = ?", fold_login(login_name)); });
}

}  // namespace mandate::identity
