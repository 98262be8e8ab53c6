// One-time links: how somebody without a session comes to a password.
#include "foundation/identity/secrets.hpp"

namespace mandate::identity {
namespace {

constexpr const char* link_page = "/console/link#";  // the secret stands behind the #, so it reaches no server's log

struct LinkRow {
  std::int64_t id = 0;
  AccountId account_id;
  LinkKind kind = LinkKind::invitation;
  Instant expires_at;
  std::string login_name;
  std::string display_name;
  std::string grants;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (id, account_id, kind, expires_at, login_name, display_name, grants))

std::optional<LinkRow> find_link(db::Session& s, const std::string& token, Instant now) {
  return s.find<LinkRow>(
      "SELECT l.id, l.account_id, l.kind, l.expires_at, a.login_name, a.display_name, a.grants FROM account_link l JOIN account a ON a.id = l.account_id "
      "WHERE l.token_hash = ? AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > ? AND a.state = 'active'",
      digest::sha256_hex(token), now);
}

struct ReceiverRow {
  std::string display_name;
  std::string password_hash;
  std::string state;
  std::string language;
  std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(ReceiverRow, (), (display_name, password_hash, state, language, email))

struct AskedRow {
  std::int64_t id = 0;
  AccountId account_id;
};
BOOST_DESCRIBE_STRUCT(AskedRow, (), (id, account_id))

}  // namespace

Result<LinkMade> Identity::make_link_of(db::Session& s, const Actor& actor, AccountId id, const std::string& token) {
  const auto receiver = s.find<ReceiverRow>("SELECT display_name, password_hash, state, language, email FROM account WHERE id = ?", id);
  if (!receiver) return fault(FaultKind::not_found, "account.not_found");
  if (receiver->state != "active") return fault(FaultKind::conflict, "link.account_disabled");
  const auto numbers = policy();
  LinkMade made;
  made.kind = receiver->password_hash.empty() ? LinkKind::invitation : LinkKind::reset;
  made.expires_at = actor.now.plus_seconds(made.kind == LinkKind::invitation ? numbers.invitation_days * 86'400 : numbers.reset_minutes * 60);
  made.token = token;
  s.execute("UPDATE account_link SET withdrawn_at = ? WHERE account_id = ? AND used_at IS NULL AND withdrawn_at IS NULL", actor.now, id);
  s.execute("INSERT INTO account_link (id, account_id, kind, token_hash, made_at, made_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)", next_id(), id, made.kind, digest::sha256_hex(token), actor.now, actor.account_id,
            made.expires_at);
  if (courier_ && receiver->email) {
    courier_(s, {made.kind, id, *receiver->email, receiver->display_name, receiver->language == "en" ? Language::en : Language::zh_tw, link_page + token, made.expires_at});
    made.mailed = true;
  }
  s.execute("UPDATE reset_request SET answered_at = ? WHERE account_id = ? AND answered_at IS NULL", actor.now, id);
  db::append_event(s, event_of(actor, made.kind == LinkKind::invitation ? "account.invited" : "account.reset_link_made", "account", id.value, boost::json::serialize(boost::json::object{{"mailed", made.mailed}})));
  return made;
}

Result<LinkMade> Identity::make_link(const Actor& actor, AccountId id) {
  const std::string token = random_token();
  MANDATE_ASSIGN(auto made, database_.write([&](db::Session& s) { return make_link_of(s, actor, id, token); }));
  // A reset that can go by mail goes to its owner alone: nobody else signs in with an account that is already somebody's.
  if (made.kind == LinkKind::reset && made.mailed) made.token.clear();
  return made;
}

Result<LinkView> Identity::view_link(const std::string& token, const std::string& address) {
  const Instant now = clock_.now();
  const std::string subject = "link:" + digest::sha256_hex(address);
  MANDATE_TRY(check_throttle(subject, now));
  const auto row = database_.read([&](db::Session& s) { return find_link(s, token, now); });
  if (!row) {
    note_failure(subject, policy().address_failures_max, now);
    return fault(FaultKind::not_found, "link.not_valid");
  }
  return LinkView{row->kind, row->login_name, row->display_name, class_of(grants_from_text(row->grants)), row->expires_at};
}

Result<> Identity::use_link(const std::string& token, const std::string& password, const std::string& address) {
  MANDATE_TRY(view_link(token, address));
  const Instant now = clock_.now();
  const auto row = database_.read([&](db::Session& s) { return find_link(s, token, now); });
  if (!row) return fault(FaultKind::not_found, "link.not_valid");
  MANDATE_ASSIGN(const auto hash, new_password_hash(row->account_id, password, "password"));
  return database_.write([&](db::Session& s) -> Result<> {
    // Of two who use it at once, one finds it unused.
    if (s.execute("UPDATE account_link SET used_at = ? WHERE id = ? AND used_at IS NULL AND withdrawn_at IS NULL", now, row->id) == 0) return fault(FaultKind::not_found, "link.not_valid");
    if (s.value<std::string>("SELECT state FROM account WHERE id = ?", row->account_id) != "active") return fault(FaultKind::not_found, "link.not_valid");
    put_password(s, row->account_id, hash, now, 0);
    db::append_event(s, {now, row->account_id.value, row->kind == LinkKind::invitation ? "account.invitation_used" : "account.password_reset", "account", row->account_id.value, "{}", {}});
    return done();
  });
}

Result<> Identity::ask_reset(const std::string& login_name, const std::string& address) {
  const Instant now = clock_.now();
  const auto numbers = policy();
  const std::string folded = fold_login(login_name).substr(0, 200);
  const std::string by_name = "reset:" + digest::sha256_hex(folded);
  const std::string by_address = "reset-address:" + digest::sha256_hex(address);
  MANDATE_TRY(check_throttle(by_name, now));
  MANDATE_TRY(check_throttle(by_address, now));
  note_failure(by_name, numbers.resets_max, now, false);
  note_failure(by_address, numbers.address_failures_max, now, false);
  const auto account = database_.read([&](db::Session& s) { return s.find<std::int64_t>("SELECT id FROM account WHERE login_name = ? AND state = 'active'", folded); });
  return database_.write([&](db::Session& s) -> Result<> {
    s.execute("INSERT INTO reset_request (id, account_id, asked_at) VALUES (?, ?, ?)", next_id(), account.value_or(0), now);
    return done();
  });
}

Result<> Identity::answer_reset_requests(const Actor& actor) {
  const auto waiting = database_.read([&](db::Session& s) { return s.list<AskedRow>("SELECT id, account_id FROM reset_request WHERE tried_at IS NULL ORDER BY asked_at LIMIT 200"); });
  if (waiting.empty()) return done();
  return database_.write([&](db::Session& s) -> Result<> {
    std::set<AccountId> seen;
    for (const auto& asked : waiting) {
      s.execute("UPDATE reset_request SET tried_at = ? WHERE id = ?", actor.now, asked.id);
      if (!asked.account_id || !seen.insert(asked.account_id).second || !courier_) continue;
      // Without an address the request stays on the administrator's list.
      if (!s.find<std::string>("SELECT email FROM account WHERE id = ? AND state = 'active' AND email IS NOT NULL", asked.account_id)) continue;
      MANDATE_TRY(make_link_of(s, actor, asked.account_id, random_token()));
    }
    return done();
  });
}

}  // namespace mandate::identity
