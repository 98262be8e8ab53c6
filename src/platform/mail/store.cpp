#include "platform/mail/store.hpp"

namespace mandate::mail {
namespace {

constexpr auto columns =
    "id, kind, account_id, recipient, language, content, notice, state, attempts, next_at, error_key, error_step, error_code, bounced_at, created_at, queued_at, sent_at, record_kind, record_id";
constexpr auto insert_head =
    "INSERT INTO mail (id, kind, account_id, recipient, language, content, notice, state, attempts, next_at, lease_owner, error_key, error_step, error_code, created_at, queued_at, record_kind, record_id) VALUES ";
constexpr auto insert_row = "(?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, 0, '', 'none', 0, ?, ?, ?, ?)";

std::string select(const char* rest) { return std::string("SELECT ") + columns + " FROM mail " + rest; }

void bind(const StoredMail& m, std::vector<db::Value>& values) {
  for (auto&& value : {db::to_value(m.id), db::to_value(m.kind), db::to_value(m.account_id), db::to_value(m.recipient), db::to_value(m.language), db::to_value(m.content), db::to_value(m.notice),
                       db::to_value(m.next_at), db::to_value(m.created_at), db::to_value(m.queued_at), db::to_value(m.record_kind), db::to_value(m.record_id)}) {
    values.push_back(value);
  }
}

// The condition of a filter, with the error key where it has one; every text is one of few, so that each statement is prepared once.
std::string condition_of(MailFilter filter, bool with_error) {
  switch (filter) {
    case MailFilter::bounced: return "bounced_at IS NOT NULL";
    case MailFilter::waiting: return "state IN ('waiting', 'sending')";
    case MailFilter::failed: return with_error ? "state = 'failed' AND error_key = ?" : "state = 'failed'";
    case MailFilter::sent: return "state = 'sent'";
    case MailFilter::cancelled: return "state = 'cancelled'";
  }
  return "1=0";
}

// What a resend does to whichever mails the condition names, its history first while the condition still holds.
constexpr auto resend_note =
    "INSERT INTO mail_step (mail_id, number, at, what, error_key, error_step, error_code, actor_id, reason) "
    "SELECT id, COALESCE((SELECT MAX(number) FROM mail_step WHERE mail_id = mail.id), 0) + 1, ?, 'resent', '', 'none', 0, ?, '' FROM mail WHERE ";
constexpr auto resend_trust = "DELETE FROM mail_doubt WHERE address_key IN (SELECT recipient_key FROM mail WHERE recipient_key IS NOT NULL AND ";
constexpr auto resend_change =
    "UPDATE mail SET state = 'waiting', attempts = 0, queued_at = ?, next_at = ?, lease_owner = 0, error_key = '', error_step = 'none', error_code = 0, bounced_at = NULL, sent_at = NULL WHERE ";

}  // namespace

void MailStore::insert(db::Session& session, const std::vector<StoredMail>& mails) {
  // Fifty rows a statement: one round trip instead of fifty, and far below SQLite's 32,766 parameters.
  constexpr std::size_t at_once = 50;
  static const std::string one = std::string(insert_head) + insert_row;
  static const std::string many = [] {
    std::string sql = insert_head;
    for (std::size_t i = 0; i < at_once; ++i) sql += std::string(i == 0 ? "" : ", ") + insert_row;
    return sql;
  }();
  std::vector<db::Value> values;
  for (std::size_t at = 0; at < mails.size();) {
    const std::size_t count = mails.size() - at >= at_once ? at_once : 1;
    values.clear();
    for (std::size_t i = 0; i < count; ++i) bind(mails[at + i], values);
    session.execute_values(count == 1 ? one : many, values);
    at += count;
  }
}

std::optional<StoredMail> MailStore::find(db::Session& session, std::int64_t id) { return session.find<StoredMail>(select("WHERE id = ?"), id); }

std::vector<StoredMail> MailStore::list(db::Session& session, MailFilter filter, const std::string& error_key, std::int64_t before, int limit) {
  const bool with_error = filter == MailFilter::failed && !error_key.empty();
  std::vector<db::Value> values;
  if (with_error) values.push_back(db::to_value(error_key));
  values.push_back(db::to_value(before));
  values.push_back(db::to_value(limit));
  return session.list_values<StoredMail>(select("WHERE ") + condition_of(filter, with_error) + " AND id < ? ORDER BY id DESC LIMIT ?", values);
}

std::vector<MailStep> MailStore::history(db::Session& session, std::int64_t id) {
  return session.list<MailStep>("SELECT number, at, what, error_key, error_step, error_code, actor_id, reason FROM mail_step WHERE mail_id = ? ORDER BY number", id);
}

MailCounts MailStore::count(db::Session& session) {
  const auto one = [&](MailFilter filter) { return session.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE " + condition_of(filter, false) + " LIMIT ?) AS counted", counted_max); };
  return {one(MailFilter::waiting), one(MailFilter::failed), one(MailFilter::bounced), one(MailFilter::sent)};
}

bool MailStore::any_due(db::Session& session, Instant now) {
  return session.find<std::int64_t>("SELECT id FROM mail WHERE state = 'waiting' AND next_at <= ? LIMIT 1", now).has_value() ||
         session.find<std::int64_t>("SELECT id FROM mail WHERE state = 'sending' AND next_at <= ? LIMIT 1", now).has_value();
}

std::vector<StoredMail> MailStore::lease(db::Session& session, std::int64_t owner, Instant now, Instant until, int limit) {
  for (const auto id : session.list<std::int64_t>("UPDATE mail SET state = 'waiting', lease_owner = 0 WHERE state = 'sending' AND next_at <= ? RETURNING id", now)) {
    note(session, id, MailEvent::interrupted, {}, now, 0, "");
  }
  auto rows = session.list<StoredMail>(
      std::string("UPDATE mail SET state = 'sending', lease_owner = ?, next_at = ? WHERE id IN (SELECT id FROM mail WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at, id LIMIT ?) RETURNING ") + columns, owner, until,
      now, limit);
  std::sort(rows.begin(), rows.end(), [](const StoredMail& a, const StoredMail& b) { return a.id < b.id; });
  return rows;
}

bool MailStore::renew(db::Session& session, std::int64_t id, std::int64_t owner, Instant until) {
  return session.execute("UPDATE mail SET next_at = ? WHERE id = ? AND lease_owner = ? AND state = 'sending'", until, id, owner) == 1;
}

void MailStore::give_back(db::Session& session, std::int64_t owner, Instant now) {
  session.execute("UPDATE mail SET state = 'waiting', lease_owner = 0, next_at = ? WHERE state = 'sending' AND lease_owner = ?", now, owner);
}

bool MailStore::settle(db::Session& session, const StoredMail& mail, std::int64_t owner, MailState state, MailEvent what, const MailError& error, Instant now, Instant next_at, const std::string& recipient_key) {
  const auto sent_at = state == MailState::sent ? std::optional(now) : std::nullopt;
  const auto key = recipient_key.empty() ? std::nullopt : std::optional(recipient_key);
  const bool mine = session.execute(
                        "UPDATE mail SET state = ?, lease_owner = 0, attempts = attempts + 1, next_at = ?, error_key = ?, error_step = ?, error_code = ?, sent_at = ?, recipient_key = ? WHERE id = ? AND lease_owner = ? AND state = 'sending'",
                        state, next_at, error.key, error.step, error.code, sent_at, key, mail.id, owner) == 1;
  if (mine) note(session, mail.id, what, error, now, 0, "");
  return mine;
}

void MailStore::note(db::Session& session, std::int64_t id, MailEvent what, const MailError& error, Instant at, std::int64_t actor_id, const std::string& reason) {
  session.execute(
      "INSERT INTO mail_step (mail_id, number, at, what, error_key, error_step, error_code, actor_id, reason) SELECT ?, COALESCE(MAX(number), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM mail_step WHERE mail_id = ?", id, at, what, error.key,
      error.step, error.code, actor_id, reason, id);
}

bool MailStore::note_bounce(db::Session& session, std::int64_t id, bool permanent, const MailError& error, Instant at) {
  if (!permanent) {
    if (session.value<std::int64_t>("SELECT COUNT(*) FROM mail WHERE id = ? AND state = 'sent'", id) == 0) return false;
    note(session, id, MailEvent::delayed, error, at, 0, "");
    return true;
  }
  if (session.execute("UPDATE mail SET state = 'failed', error_key = ?, error_step = ?, error_code = ?, bounced_at = ? WHERE id = ? AND state = 'sent'", error.key, error.step, error.code, at, id) != 1) return false;
  session.execute("INSERT INTO mail_doubt (address_key, at, code) SELECT recipient_key, ?, ? FROM mail WHERE id = ? AND recipient_key IS NOT NULL ON CONFLICT (address_key) DO NOTHING", at, error.code, id);
  note(session, id, MailEvent::bounced, error, at, 0, "");
  return true;
}

bool MailStore::resend(db::Session& session, std::int64_t id, Instant now, std::int64_t actor_id) {
  const std::string which = "id = ? AND state IN ('waiting', 'failed', 'cancelled')";
  session.execute(std::string(resend_note) + which, now, actor_id, id);
  session.execute(std::string(resend_trust) + which + ")", id);
  return session.execute(std::string(resend_change) + which, now, now, id) == 1;
}

std::int64_t MailStore::resend_all(db::Session& session, MailFilter filter, const std::string& error_key, Instant now, std::int64_t actor_id) {
  const bool with_error = filter == MailFilter::failed && !error_key.empty();
  const auto which = condition_of(filter, with_error) + " AND state IN ('waiting', 'failed')";
  const auto run = [&](const std::string& sql, std::vector<db::Value> values) {
    if (with_error) values.push_back(db::to_value(error_key));
    return session.execute_values(sql, values);
  };
  run(resend_note + which, {db::to_value(now), db::to_value(actor_id)});
  run(resend_trust + which + ")", {});
  return run(resend_change + which, {db::to_value(now), db::to_value(now)});
}

bool MailStore::mend(db::Session& session, std::int64_t id, const std::string& sealed, Instant now, std::int64_t actor_id) {
  if (session.execute("UPDATE mail SET recipient = ?, recipient_key = NULL WHERE id = ? AND state IN ('waiting', 'failed', 'cancelled')", sealed, id) != 1) return false;
  note(session, id, MailEvent::mended, {}, now, actor_id, "");
  return true;
}

bool MailStore::give_up(db::Session& session, std::int64_t id, Instant now, std::int64_t actor_id, const std::string& reason) {
  if (session.execute("UPDATE mail SET state = 'cancelled', next_at = ? WHERE id = ? AND state IN ('waiting', 'failed')", now, id) != 1) return false;
  note(session, id, MailEvent::given_up, {}, now, actor_id, reason);
  return true;
}

ServerState MailStore::server(db::Session& session) {
  return session.value<ServerState>("SELECT down_since, down_until, failures, error_key, error_step, error_code, last_sent_at, bounces_read_at, bounces_error FROM mail_server WHERE id = 1");
}

void MailStore::server_down(db::Session& session, const MailError& error, Instant now, Instant until) {
  session.execute("UPDATE mail_server SET down_since = COALESCE(down_since, ?), down_until = ?, failures = failures + 1, error_key = ?, error_step = ?, error_code = ? WHERE id = 1", now, until, error.key, error.step, error.code);
}

void MailStore::server_up(db::Session& session, Instant now) {
  session.execute("UPDATE mail_server SET down_since = NULL, down_until = NULL, failures = 0, error_key = '', error_step = 'none', error_code = 0, last_sent_at = ? WHERE id = 1 AND (failures > 0 OR last_sent_at IS NULL OR last_sent_at < ?)", now,
                  now.plus_seconds(-60));  // not with every mail: processes that send together would wait for each other
}

void MailStore::probe_now(db::Session& session) { session.execute("UPDATE mail_server SET down_until = NULL WHERE id = 1 AND down_until IS NOT NULL"); }

bool MailStore::bounces_due(db::Session& session, Instant now) { return session.value<Instant>("SELECT bounces_next_at FROM mail_server WHERE id = 1") <= now; }

bool MailStore::claim_bounces(db::Session& session, Instant now, Instant next) { return session.execute("UPDATE mail_server SET bounces_next_at = ? WHERE id = 1 AND bounces_next_at <= ?", next, now) == 1; }

void MailStore::bounces_read(db::Session& session, Instant now, const std::string& error) {
  session.execute("UPDATE mail_server SET bounces_read_at = CASE WHEN ? = '' THEN ? ELSE bounces_read_at END, bounces_error = ? WHERE id = 1", error, now, error);
}

bool MailStore::doubtful(db::Session& session, const std::string& address_key) { return session.value<std::int64_t>("SELECT COUNT(*) FROM mail_doubt WHERE address_key = ?", address_key) > 0; }

void MailStore::stop_notices(db::Session& session, std::int64_t account_id, Instant now) {
  session.execute("INSERT INTO mail_stop (account_id, at) VALUES (?, ?) ON CONFLICT (account_id) DO NOTHING", account_id, now);
}
void MailStore::allow_notices(db::Session& session, std::int64_t account_id) { session.execute("DELETE FROM mail_stop WHERE account_id = ?", account_id); }
bool MailStore::notices_stopped(db::Session& session, std::int64_t account_id) { return session.value<std::int64_t>("SELECT COUNT(*) FROM mail_stop WHERE account_id = ?", account_id) > 0; }

std::int64_t MailStore::count_waiting_since(db::Session& session, Instant before) {
  return session.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT queued_at FROM mail WHERE state IN ('waiting', 'sending') LIMIT ?) AS counted WHERE queued_at <= ?", counted_max, before);
}

std::int64_t MailStore::count_ended_before(db::Session& session, Instant before) {
  return session.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE state IN ('sent', 'cancelled') AND next_at < ? LIMIT ?) AS counted", before, counted_max);
}

std::int64_t MailStore::forget(db::Session& session, Instant before, int limit) {
  std::int64_t count = 0;
  for (const char* state : {"sent", "cancelled"}) {
    // Once a mail has ended, next_at is when.
    const auto ids = session.list<std::int64_t>("SELECT id FROM mail WHERE state = ? AND next_at < ? ORDER BY next_at, id LIMIT ?", state, before, limit);
    if (ids.empty()) continue;
    std::string marks;
    std::vector<db::Value> values;
    for (const auto id : ids) {
      marks += marks.empty() ? "?" : ", ?";
      values.push_back(db::to_value(id));
    }
    session.execute_values("DELETE FROM mail_step WHERE mail_id IN (" + marks + ")", values);
    count += session.execute_values("DELETE FROM mail WHERE id IN (" + marks + ")", values);
  }
  return count;
}

}  // namespace mandate::mail
