// Accounts, sessions and tokens: who is calling, and how they came to be known.
#pragma once

#include "foundation/identity/password_rules.hpp"
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
  PasswordRules password = {};        // of staff
  PasswordRules password_admin = {};  // of whoever holds the role system_admin
  bool second_step = false;           // whether signing in takes one, staff
  bool second_step_admin = false;
  int second_step_grace_days = 14;    // from the first sign-in at which it is asked for
  int invitation_days = 7;
  int reset_minutes = 60;
  int resets_max = 3;                 // asked for in a lock period, by name and by address
};

struct NewAccount {
  std::string login_name;
  std::string display_name;
  std::string password;  // "": none yet; the owner sets it by an invitation
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

enum class LinkKind { invitation, reset };
BOOST_DESCRIBE_ENUM(LinkKind, invitation, reset)

// What a one-time link leads to, for whoever has it.
struct LinkView {
  LinkKind kind = LinkKind::invitation;
  std::string login_name;
  std::string display_name;
  UserClass user_class = UserClass::staff;
  Instant expires_at;
};

struct LinkMade {
  LinkKind kind = LinkKind::invitation;
  Instant expires_at;
  bool mailed = false;
  std::string token;  // secret; "" when it went by mail alone
};

// A letter with a one-time link. It is handed over in the transaction that makes the link.
struct Letter {
  LinkKind kind = LinkKind::invitation;
  AccountId account_id;
  std::string email;
  std::string name;
  Language language = Language::zh_tw;
  std::string path;  // of the console's page, the secret in its fragment
  Instant expires_at;
};
using Courier = std::function<void(db::Session&, const Letter&)>;

// A new authenticator, before it is confirmed: all of it is shown once.
struct NewAuthenticator {
  std::string secret;  // base32, as people type it
  std::string uri;     // otpauth://...
  std::vector<std::string> recovery_codes;
};

// Keeps secrets that must be read again (those of authenticators) unreadable in the database.
struct Sealing {
  std::function<std::string(std::string_view)> seal = nullptr;
  std::function<std::optional<std::string>(std::string_view)> open = nullptr;
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
  std::optional<Instant> password_due_at;
  std::optional<Instant> second_step_due_at;

  // Something of the account must be put in order first; until then the session holds no role.
  bool limited(Instant now) const { return (password_due_at && *password_due_at <= now) || (second_step_due_at && *second_step_due_at <= now); }
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, account_id, name, language, state, grants, form_key, seen_at, expires_at, idle_seconds, password_due_at, second_step_due_at))

// What identity asks about the organisation, which it does not know itself.
struct Organisation {
  struct Person {
    std::int64_t id = 0;
    std::string name;
    std::string posts;  // held today, separated by 、
    std::vector<std::int64_t> agencies = {};  // of these posts
  };
  std::function<std::string(std::int64_t agency)> agency_name = nullptr;
  std::function<bool(std::int64_t agency)> agency_exists = nullptr;
  std::function<bool(std::int64_t agency, std::int64_t unit)> has_unit = nullptr;
  // Whose account it is, of one exact state of the organisation: asked once for a whole list.
  using PersonOf = std::function<std::optional<Person>(std::int64_t account)>;
  std::function<PersonOf()> people = nullptr;
  // For whom an account stands in today, without the roles, which are ours to know.
  std::function<std::vector<Deputyship>(std::int64_t account)> stands_in_for = nullptr;
  std::function<std::vector<std::int64_t>(std::int64_t account, Date on)> deputies_of = nullptr;
};

// The active accounts of one state of the city, with their roles: for whoever decides whom to tell.
class AccountBook {
 public:
  struct Entry {
    std::int64_t id = 0;
    std::string name;
    Language language = Language::zh_tw;
    std::vector<Grant> grants;
  };
  explicit AccountBook(std::vector<Entry> entries);
  const Entry* find(std::int64_t account_id) const;  // nullptr: none that may act
  // Who holds this role for exactly this agency and unit; 0 for none.
  std::vector<std::int64_t> holding(const std::string& role, std::int64_t agency_id, std::int64_t unit_id) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::int64_t, std::size_t> by_id_;
  std::map<std::tuple<std::string, std::int64_t, std::int64_t>, std::vector<std::int64_t>> by_grant_;
};

class Identity {
 public:
  Identity(db::Database& database, const Clock& clock, std::function<IdentityPolicy(Date)> policy, Subtree subtree);

  // Who a request comes from; see http::Gate.
  Result<Actor> identify(const http::Request& request);
  // The code is that of the authenticator, or a recovery code; "" when none was given yet.
  Result<SignedIn> sign_in(const std::string& login_name, const std::string& password, const std::string& address, const std::string& device, const std::string& code = "");
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
  // One's own, with the present one. Every other session of the account ends.
  Result<> change_password(const Actor& actor, const std::string& present, const std::string& wanted);

  // One-time links. A new one withdraws those before it.
  Result<LinkMade> make_link(const Actor& actor, AccountId id);
  Result<LinkView> view_link(const std::string& token, const std::string& address);
  Result<> use_link(const std::string& token, const std::string& password, const std::string& address);
  // Takes the same time and answers the same for names that nobody has.
  Result<> ask_reset(const std::string& login_name, const std::string& address);
  // Sends what was asked for at the door; the job of each minute.
  Result<> answer_reset_requests(const Actor& actor);

  // The second step.
  Result<NewAuthenticator> begin_authenticator(const Actor& actor);
  Result<> confirm_authenticator(const Actor& actor, const std::string& password, const std::string& code);
  Result<> remove_authenticator(const Actor& actor, const std::string& password);
  Result<> remove_lost_authenticator(const Actor& actor, AccountId id, const std::string& reason);
  Result<std::vector<std::string>> renew_recovery_codes(const Actor& actor, const std::string& code);
  std::int64_t count_recovery_codes(db::Session& session, AccountId id);

  Result<NewToken> create_token(const Actor& actor, const std::string& name, const std::vector<std::string>& permissions, Date expires_on, AccountId owner);

  Scope scope(const Actor& actor, std::string_view permission, std::string_view record_kind) const { return scope_of(actor, permission, record_kind, subtree_); }
  // The account for which the actor reaches this record with this permission as a deputy; 0: in their own right, or not at all.
  std::int64_t standing_for(const Actor& actor, std::string_view permission, std::string_view record_kind, const RecordFacts& record) const;
  // To explain why an account may or may not do a thing. Nobody acts with what an account holds but the account itself.
  std::optional<Holdings> holdings_of(AccountId id);
  Explained explain(const Holdings& holdings, std::string_view permission, std::string_view record_kind, const std::optional<RecordFacts>& record) const {
    return identity::explain(holdings, permission, record_kind, record, subtree_);
  }
  // Who stands in for an account on a day: they get its mail as well.
  std::vector<AccountId> deputies_of(AccountId id, Date on) const;
  // At start, before anything is asked.
  void set_organisation(Organisation organisation) { organisation_ = std::move(organisation); }
  void set_courier(Courier courier) { courier_ = std::move(courier); }
  void set_sealing(Sealing sealing) { sealing_ = std::move(sealing); }
  const Organisation& organisation() const { return organisation_; }
  bool account_exists(AccountId id);
  std::shared_ptr<const AccountBook> accounts(db::Session& session);
  // As an account would act now, standing in for others included: to ask what it may see, never to act.
  Actor reader(const AccountBook& book, std::int64_t account_id, Instant now) const;
  // Whether a session still lasts, without being used: for what stays open, such as a stream of notices.
  bool session_lasts(std::int64_t session_id);
  // Names of accounts for histories; the system is "系統".
  std::string name_of(db::Session& session, std::int64_t account_id);
  // With whom they stood in for, if they did: "李四（代理王五）".
  std::string name_of(db::Session& session, std::int64_t account_id, std::int64_t standing_for, Language language);
  std::int64_t count_sample_accounts();
  // The actor behind an account, as a command of the data's owner may act: for `mandate token --for NAME`.
  std::optional<AccountId> find_account(const std::string& login_name);
  // Whoever an account is at this moment, for what is done in its name without a session; none when it is not in use.
  std::optional<Actor> actor_of(db::Session& session, AccountId id);

  db::Database& database() { return database_; }
  const Clock& clock() const { return clock_; }
  IdentityPolicy policy() const { return policy_(clock_.today()); }

 private:
  // Kept while neither sessions nor accounts change (SQLite), so that most requests need no statement to know who asks.
  std::optional<SessionRow> find_session(const std::string& token_hash);
  void add_deputyships(Actor& actor);
  Result<> check_grants(const std::vector<Grant>& grants) const;
  Result<> check_throttle(const std::string& subject, Instant now);
  // `told`: the lock that it leads to is an event.
  void note_failure(const std::string& subject, int failures_max, Instant now, bool told = true);
  Result<bool> verify_bounded(const std::string& hash, const std::string& password);
  // That it is the account's own owner who asks; failures count as failed sign-ins do.
  Result<> confirm_password(const Actor& actor, const std::string& password);
  // Checks by the rules of the account's class; the hash to keep.
  Result<std::string> new_password_hash(AccountId id, const std::string& wanted, const std::string& field);
  // Within a transaction: the password, its history, and the end of the account's other sessions.
  void put_password(db::Session& s, AccountId id, const std::string& hash, Instant now, std::int64_t but_session);
  bool take_code(db::Session& s, AccountId id, const std::string& code, Instant now);
  Result<LinkMade> make_link_of(db::Session& s, const Actor& actor, AccountId id, const std::string& token);
  Result<> drop_authenticator(db::Session& s, const Actor& actor, AccountId id, std::int64_t but_session);

  db::Database& database_;
  db::ChangeCounter changes_;  // of sessions and accounts
  const Clock& clock_;
  std::function<IdentityPolicy(Date)> policy_;
  Subtree subtree_;
  Organisation organisation_;
  Courier courier_;
  Sealing sealing_;
  std::mutex hashing_mutex_;
  std::condition_variable hashing_free_;
  int hashing_running_ = 0;
  int hashing_waiting_ = 0;
  std::mutex sessions_mutex_;
  std::optional<std::uint64_t> sessions_changes_;
  std::unordered_map<std::string, SessionRow> sessions_;
  std::mutex names_mutex_;
  std::map<std::int64_t, std::string> names_;
  db::ChangeCounter account_changes_;
  std::mutex accounts_mutex_;
  std::optional<std::uint64_t> accounts_read_at_;
  std::shared_ptr<const AccountBook> accounts_;
};

// Makes the actor of commands and jobs.
Actor system_actor(const Clock& clock);

void add_identity_routes(http::Router& router, Identity& identity);
db::MigrationSet identity_migrations();
const std::vector<i18n::Message>& identity_messages();

}  // namespace mandate::identity
