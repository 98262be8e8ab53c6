// Accounts, sessions and tokens: who is calling, and how they came to be known.
#pragma once

#include "foundation/identity/rules.hpp"
#include "kernel/result.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/message.hpp"
#include "platform/i18n/messages.hpp"

#include <functional>
#include <string>
#include <vector>

namespace mandate::http {
class Router;
}

namespace mandate::identity {

using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using TokenId = Id<struct TokenTag>;

enum class AccountState { active, disabled };
BOOST_DESCRIBE_ENUM(AccountState, active, disabled)

// Numbers that policy rows give for a day.
struct IdentityPolicy {
  int failures_max = 5;             // 資通系統防護基準 附表十: 5 failures
  int lock_minutes = 15;            // same: at least 15 minutes
  int address_failures_max = 100;   // failures from one address in a lock period
  int idle_minutes = 30;
  int idle_minutes_admin = 15;
  int session_hours = 12;
  int session_hours_admin = 8;
  int password_length_min = 12;
};

struct NewAccount {
  std::string login_name;
  std::string display_name;
  std::string password;
  std::vector<Grant> grants;
  bool sample = false;
  std::string email = {};  // "": none
};

struct SignedIn {
  std::string cookie_token;  // secret: only ever in the cookie
  Actor actor;
};

struct NewToken {
  TokenId id;
  std::string token;  // secret, shown once
};

// A session that has not been ended, with its account, as identify reads it.
struct SessionRow {
  std::int64_t id = 0;
  std::int64_t account_id = 0;
  std::string name;
  std::string language;
  std::string state;
  std::string grants;
  std::string form_key;
  Instant seen_at;
  Instant expires_at;
  std::int64_t idle_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, account_id, name, language, state, grants, form_key, seen_at, expires_at, idle_seconds))

// What identity asks about the organisation, which it does not know itself.
struct Organisation {
  struct Person {
    std::int64_t id = 0;
    std::string name;
    std::string posts;  // held today, separated by 、
  };
  std::function<std::string(std::int64_t agency)> agency_name = nullptr;
  std::function<bool(std::int64_t agency)> agency_exists = nullptr;
  std::function<bool(std::int64_t agency, std::int64_t unit)> has_unit = nullptr;
  // Whose account it is, of one exact state of the organisation: asked once for a whole list.
  using PersonOf = std::function<std::optional<Person>(std::int64_t account)>;
  std::function<PersonOf()> people = nullptr;
};

class Identity {
 public:
  Identity(db::Database& database, const Clock& clock, std::function<IdentityPolicy(Date)> policy, Subtree subtree);

  // Who a request comes from; see http::Gate.
  Result<Actor> identify(const http::Request& request);
  Result<SignedIn> sign_in(const std::string& login_name, const std::string& password, const std::string& address, const std::string& device);
  Result<> sign_out(const Actor& actor);

  Result<AccountId> create_account(const Actor& actor, const NewAccount& account);
  Result<> set_grants(const Actor& actor, AccountId id, const std::vector<Grant>& grants);
  Result<> set_disabled(const Actor& actor, AccountId id, bool disabled, const std::string& reason);
  // "" takes the address away.
  Result<> set_email(const Actor& actor, AccountId id, const std::string& email);
  // One's own, with the present password: whoever finds an open screen must not turn the mail to himself.
  Result<> set_own_email(const Actor& actor, const std::string& email, const std::string& password);
  // Where an account that is in use is written to; accounts without an address are left out.
  std::optional<std::string> email_of(AccountId id);
  std::map<AccountId, std::string> emails_of(const std::vector<AccountId>& ids);
  Result<NewToken> create_token(const Actor& actor, const std::string& name, const std::vector<std::string>& permissions, Date expires_on, AccountId owner);

  Scope scope(const Actor& actor, std::string_view permission, std::string_view record_kind) const { return scope_of(actor, permission, record_kind, subtree_); }
  // At start, before anything is asked.
  void set_organisation(Organisation organisation) { organisation_ = std::move(organisation); }
  const Organisation& organisation() const { return organisation_; }
  bool account_exists(AccountId id);
  // Names of accounts for histories; the system is "系統".
  std::string name_of(db::Session& session, std::int64_t account_id);
  std::int64_t count_sample_accounts();
  // The actor behind an account, as a command of the data's owner may act: for `mandate token --for NAME`.
  std::optional<AccountId> find_account(const std::string& login_name);

  db::Database& database() { return database_; }
  const Clock& clock() const { return clock_; }
  IdentityPolicy policy() const { return policy_(clock_.today()); }

 private:
  // Kept while neither sessions nor accounts change (SQLite), so that most requests need no statement to know who asks.
  std::optional<SessionRow> find_session(const std::string& token_hash);
  Result<> check_grants(const std::vector<Grant>& grants) const;
  Result<> check_throttle(const std::string& subject, Instant now);
  void note_failure(const std::string& subject, int failures_max, Instant now);
  Result<bool> verify_bounded(const std::string& hash, const std::string& password);
  // That it is the account's own owner who asks; failures count as failed sign-ins do.
  Result<> confirm_password(const Actor& actor, const std::string& password);

  db::Database& database_;
  db::ChangeCounter changes_;  // of sessions and accounts
  const Clock& clock_;
  std::function<IdentityPolicy(Date)> policy_;
  Subtree subtree_;
  Organisation organisation_;
  std::mutex hashing_mutex_;
  std::condition_variable hashing_free_;
  int hashing_running_ = 0;
  int hashing_waiting_ = 0;
  std::mutex sessions_mutex_;
  std::optional<std::uint64_t> sessions_changes_;
  std::unordered_map<std::string, SessionRow> sessions_;
  std::mutex names_mutex_;
  std::map<std::int64_t, std::string> names_;
};

// Makes the actor of commands and jobs.
Actor system_actor(const Clock& clock);

void add_identity_routes(http::Router& router, Identity& identity);
db::MigrationSet identity_migrations();
const std::vector<i18n::Message>& identity_messages();

}  // namespace mandate::identity
