// Passwords: changed by their owner, by the rules of the owner's class.
#include "foundation/identity/secrets.hpp"

namespace mandate::identity {
namespace {

constexpr int history_kept = 24;  // more than any history the policy allows

struct PasswordRow {
  std::string login_name;
  std::string password_hash;
  std::string grants;
  std::optional<Instant> password_set_at;
};
BOOST_DESCRIBE_STRUCT(PasswordRow, (), (login_name, password_hash, grants, password_set_at))

PasswordRow password_row(db::Session& s, AccountId id) { return s.find<PasswordRow>("SELECT login_name, password_hash, grants, password_set_at FROM account WHERE id = ?", id).value_or(PasswordRow{}); }

}  // namespace

Result<std::string> Identity::new_password_hash(AccountId id, const std::string& wanted, const std::string& field) {
  const auto row = database_.read([&](db::Session& s) { return password_row(s, id); });
  const auto numbers = policy();
  const auto& rules = class_of(grants_from_text(row.grants)) == UserClass::administrator ? numbers.password_admin : numbers.password;
  MANDATE_TRY(check_password(wanted, row.login_name, rules, field));
  if (rules.history > 0) {
    auto used = database_.read([&](db::Session& s) {
      return s.list<std::string>("SELECT password_hash FROM password_before WHERE account_id = ? ORDER BY replaced_at DESC, id DESC LIMIT ?", id, rules.history - 1);
    });
    if (!row.password_hash.empty()) used.push_back(row.password_hash);
    for (const auto& hash : used) {
      MANDATE_ASSIGN(const bool same, verify_bounded(hash, wanted));
      if (same) return field_fault(field, "account.password_used", {{"count", std::to_string(rules.history)}});
    }
  }
  return argon2id(wanted);
}

void Identity::put_password(db::Session& s, AccountId id, const std::string& hash, Instant now, std::int64_t but_session) {
  const auto before = password_row(s, id);
  if (!before.password_hash.empty()) {
    s.execute("INSERT INTO password_before (id, account_id, password_hash, replaced_at) VALUES (?, ?, ?, ?)", next_id(), id, before.password_hash, now);
    s.execute("DELETE FROM password_before WHERE account_id = ? AND id NOT IN (SELECT id FROM password_before WHERE account_id = ? ORDER BY replaced_at DESC, id DESC LIMIT ?)", id, id, history_kept);
  }
  s.execute("UPDATE account SET password_hash = ?, password_set_at = ? WHERE id = ?", hash, now, id);
  s.execute("UPDATE session SET revoked_at = ? WHERE account_id = ? AND id <> ? AND revoked_at IS NULL", now, id, but_session);
  s.execute("UPDATE session SET password_due_at = NULL WHERE id = ?", but_session);
  s.execute("DELETE FROM sign_in_failure WHERE subject = ?", login_subject(before.login_name));
}

Result<> Identity::change_password(const Actor& actor, const std::string& present, const std::string& wanted) {
  MANDATE_TRY(confirm_password(actor, present));
  const AccountId id{actor.account_id};
  const auto row = database_.read([&](db::Session& s) { return password_row(s, id); });
  const auto numbers = policy();
  const auto& rules = class_of(grants_from_text(row.grants)) == UserClass::administrator ? numbers.password_admin : numbers.password;
  // Who runs through a row of passwords in one hour only wants the first one back. A password that somebody else gave may be changed at once.
  if (row.password_set_at && rules.age_min_days > 0) {
    const auto again = taipei_date(*row.password_set_at).plus_days(rules.age_min_days);
    if (clock_.today() < again) return fault(FaultKind::conflict, "account.password_too_young", {{"on", again.iso()}, {"days", std::to_string(rules.age_min_days)}});
  }
  MANDATE_ASSIGN(const auto hash, new_password_hash(id, wanted, "new_password"));
  return database_.write([&](db::Session& s) -> Result<> {
    put_password(s, id, hash, actor.now, actor.session_id);
    db::append_event(s, event_of(actor, "account.password_changed", "account", id.value));
    return done();
  });
}

}  // namespace mandate::identity
