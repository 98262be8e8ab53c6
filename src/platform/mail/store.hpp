// The statements of the queue. A mail that is being sent has its lease's end in next_at, so that one condition finds both what is due and what a
// process left behind.
#pragma once

#include "platform/db/database.hpp"
#include "platform/mail/rules.hpp"

namespace mandate::mail {

struct StoredMail {
  std::int64_t id = 0;
  std::string kind;
  std::int64_t account_id = 0;
  std::optional<std::string> recipient;  // sealed
  std::string language;                  // "zh-TW" or "en"
  std::string content;                   // sealed
  bool notice = false;
  MailState state = MailState::waiting;
  std::int64_t attempts = 0;
  Instant next_at;
  std::string error_key;
  Step error_step = Step::none;
  std::int64_t error_code = 0;
  std::optional<Instant> bounced_at;
  Instant created_at;
  Instant queued_at;
  std::optional<Instant> sent_at;
  std::string record_kind;
  std::int64_t record_id = 0;
  MailError error() const { return {error_key, error_step, error_code}; }
};
BOOST_DESCRIBE_STRUCT(StoredMail, (), (id, kind, account_id, recipient, language, content, notice, state, attempts, next_at, error_key, error_step, error_code, bounced_at, created_at, queued_at, sent_at, record_kind, record_id))

// What happened to a mail, one row each.
enum class MailEvent { sent, later, failed, interrupted, cancelled, bounced, delayed, mended, resent, given_up };
BOOST_DESCRIBE_ENUM(MailEvent, sent, later, failed, interrupted, cancelled, bounced, delayed, mended, resent, given_up)

struct MailStep {
  std::int64_t number = 0;
  Instant at;
  MailEvent what = MailEvent::sent;
  std::string error_key;
  Step error_step = Step::none;
  std::int64_t error_code = 0;
  std::int64_t actor_id = 0;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(MailStep, (), (number, at, what, error_key, error_step, error_code, actor_id, reason))

struct ServerState {
  std::optional<Instant> down_since;
  std::optional<Instant> down_until;
  std::int64_t failures = 0;
  std::string error_key;
  Step error_step = Step::none;
  std::int64_t error_code = 0;
  std::optional<Instant> last_sent_at;
  std::optional<Instant> bounces_read_at;
  std::string bounces_error;
  MailError error() const { return {error_key, error_step, error_code}; }
};
BOOST_DESCRIBE_STRUCT(ServerState, (), (down_since, down_until, failures, error_key, error_step, error_code, last_sent_at, bounces_read_at, bounces_error))

// Which mails a list shows, and which "all of them" resends.
enum class MailFilter { failed, waiting, bounced, sent, cancelled };
BOOST_DESCRIBE_ENUM(MailFilter, failed, waiting, bounced, sent, cancelled)

struct MailCounts {  // each counted up to counted_max
  std::int64_t waiting = 0;
  std::int64_t failed = 0;
  std::int64_t bounced = 0;
  std::int64_t sent = 0;
};
inline constexpr std::int64_t counted_max = 10'000;

class MailStore {
 public:
  static void insert(db::Session& session, const std::vector<StoredMail>& mails);
  static std::optional<StoredMail> find(db::Session& session, std::int64_t id);
  // Newest first; `before` is the last id of the page before.
  static std::vector<StoredMail> list(db::Session& session, MailFilter filter, const std::string& error_key, std::int64_t before, int limit);
  static std::vector<MailStep> history(db::Session& session, std::int64_t id);
  static MailCounts count(db::Session& session);

  static bool any_due(db::Session& session, Instant now);
  // Gives back what a process left behind, then takes at most `limit` that are due.
  static std::vector<StoredMail> lease(db::Session& session, std::int64_t owner, Instant now, Instant until, int limit);
  static bool renew(db::Session& session, std::int64_t id, std::int64_t owner, Instant until);
  static void give_back(db::Session& session, std::int64_t owner, Instant now);
  // Ends the lease of this mail; false when it is no longer this owner's.
  static bool settle(db::Session& session, const StoredMail& mail, std::int64_t owner, MailState state, MailEvent what, const MailError& error, Instant now, Instant next_at, const std::string& recipient_key);
  static void note(db::Session& session, std::int64_t id, MailEvent what, const MailError& error, Instant at, std::int64_t actor_id, const std::string& reason);

  static bool note_bounce(db::Session& session, std::int64_t id, bool permanent, const MailError& error, Instant at);
  static bool resend(db::Session& session, std::int64_t id, Instant now, std::int64_t actor_id);
  static std::int64_t resend_all(db::Session& session, MailFilter filter, const std::string& error_key, Instant now, std::int64_t actor_id);
  static bool mend(db::Session& session, std::int64_t id, const std::string& sealed, Instant now, std::int64_t actor_id);
  static bool give_up(db::Session& session, std::int64_t id, Instant now, std::int64_t actor_id, const std::string& reason);

  static ServerState server(db::Session& session);
  static void server_down(db::Session& session, const MailError& error, Instant now, Instant until);
  static void server_up(db::Session& session, Instant now);
  static void probe_now(db::Session& session);
  static bool bounces_due(db::Session& session, Instant now);
  // True for one process in a period.
  static bool claim_bounces(db::Session& session, Instant now, Instant next);
  static void bounces_read(db::Session& session, Instant now, const std::string& error);

  static bool doubtful(db::Session& session, const std::string& address_key);
  static void stop_notices(db::Session& session, std::int64_t account_id, Instant now);
  static void allow_notices(db::Session& session, std::int64_t account_id);
  static bool notices_stopped(db::Session& session, std::int64_t account_id);
  // Both counted up to counted_max.
  static std::int64_t count_waiting_since(db::Session& session, Instant before);
  static std::int64_t count_ended_before(db::Session& session, Instant before);
  // At most `limit` of those that ended before; returns how many.
  static std::int64_t forget(db::Session& session, Instant before, int limit);
};

}  // namespace mandate::mail
