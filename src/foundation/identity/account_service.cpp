// Accounts: made, given roles, disabled; their names and addresses.
#include "foundation/identity/secrets.hpp"

namespace mandate::identity {

struct OwnerRow {
  std::string name;
  std::string language;
  std::string grants;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (name, language, grants))

namespace {

struct AddressRow {
  AccountId id;
  std::string email;
};
BOOST_DESCRIBE_STRUCT(AddressRow, (), (id, email))

}  // namespace

Result<AccountId> Identity::create_account(const Actor& actor, const NewAccount& account) {
  const std::string folded = fold_login(account.login_name);
  if (folded.empty() || folded.size() > 60 || folded.find_first_of(" :;,/\\\"'<>") != std::string::npos) return field_fault("login_name", "account.bad_login_name");
  if (account.display_name.empty()) return field_fault("display_name", "input.required");
  if (account.display_name.size() > 200) return field_fault("display_name", "input.too_long", {{"max", "60"}});
  if (!account.email.empty()) MANDATE_TRY(check_email(account.email));
  const auto numbers = policy();
  if (!account.password.empty()) MANDATE_TRY(check_password(account.password, folded, class_of(account.grants) == UserClass::administrator ? numbers.password_admin : numbers.password));
  const std::string hash = account.password.empty() ? std::string() : argon2id(account.password);
  const auto id = new_id<AccountId>();
  return database_.write([&](db::Session& s) -> Result<AccountId> {
    if (s.find<std::int64_t>("SELECT id FROM account WHERE login_name = ?", folded)) return field_fault("login_name", "account.login_taken");
    s.execute("INSERT INTO account (id, login_name, display_name, password_hash, state, language, grants, created_at, sample, email) VALUES (?, ?, ?, ?, 'active', 'zh_tw', '', ?, ?, ?)", id, folded, account.display_name, hash,
              actor.now, account.sample ? 1 : 0, account.email.empty() ? std::nullopt : std::optional(account.email));
    db::append_event(s, event_of(actor, "account.created", "account", id.value));
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
    db::append_event(s, event_of(actor, "account.grants_set", "account", id.value, boost::json::serialize(boost::json::object{{"before", *before}, {"after", after}})));
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
    db::append_event(s, event_of(actor, disabled ? "account.disabled" : "account.enabled", "account", id.value, boost::json::serialize(boost::json::object{{"reason", reason}})));
    return done();
  });
}

Result<> Identity::set_email(const Actor& actor, AccountId id, const std::string& email) {
  if (!email.empty()) MANDATE_TRY(check_email(email));
  return database_.write([&](db::Session& s) -> Result<> {
    const auto before = s.find<AddressRow>("SELECT id, COALESCE(email, '') FROM account WHERE id = ?", id);
    if (!before) return fault(FaultKind::not_found, "account.not_found");
    if (before->email == email) return done();
    s.execute("UPDATE account SET email = ? WHERE id = ?", email.empty() ? std::nullopt : std::optional(email), id);
    db::append_event(s, event_of(actor, email.empty() ? "account.email_removed" : "account.email_set", "account", id.value));
    return done();
  });
}

Result<> Identity::set_own_email(const Actor& actor, const std::string& email, const std::string& password) {
  if (!email.empty()) MANDATE_TRY(check_email(email));
  MANDATE_TRY(confirm_password(actor, password));
  return set_email(actor, AccountId{actor.account_id}, email);
}

std::optional<std::string> Identity::email_of(AccountId id) {
  const auto found = emails_of({id});
  return found.empty() ? std::nullopt : std::optional(found.begin()->second);
}

std::map<AccountId, std::string> Identity::emails_of(const std::vector<AccountId>& ids) {
  std::map<AccountId, std::string> out;
  constexpr std::size_t group = 500;  // parameters of one statement
  for (std::size_t at = 0; at < ids.size(); at += group) {
    std::vector<db::Value> values;
    std::string marks;
    for (std::size_t i = at; i < std::min(at + group, ids.size()); ++i) {
      values.push_back(db::to_value(ids[i]));
      marks += marks.empty() ? "?" : ",?";
    }
    const auto rows = database_.read([&](db::Session& s) { return s.list_values<AddressRow>("SELECT id, email FROM account WHERE state = 'active' AND email IS NOT NULL AND id IN (" + marks + ")", values); });
    for (const auto& row : rows) out.emplace(row.id, row.email);
  }
  return out;
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

std::optional<Actor> Identity::actor_of(db::Session& session, AccountId id) {
  Actor actor;
  actor.account_id = id.value;
  actor.now = clock_.now();
  const auto row = session.find<OwnerRow>("SELECT display_name, language, grants FROM account WHERE id = ? AND state = 'active'", id);
  if (!row) return std::nullopt;
  actor.name = row->name;
  actor.language = row->language == "en" ? Language::en : Language::zh_tw;
  actor.grants = grants_from_text(row->grants);
  return actor;
}

std::optional<AccountId> Identity::find_account(const std::string& login_name) {
  return database_.read([&](db::Session& s) { return s.find<AccountId>("SELECT id FROM account WHERE login_name = ?", fold_login(login_name)); });
}

}  // namespace mandate::identity
