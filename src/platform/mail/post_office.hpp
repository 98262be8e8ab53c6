// The city's mail: queued in the transaction of what it is about, sent by one process at a time, kept until it has left or a person gives it up.
// A mail leaves at least once; twice only when the process ends between the server's 250 and our commit, and then under the same Message-ID.
#pragma once

#include "platform/clock/clock.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/pages.hpp"
#include "platform/http/router.hpp"
#include "platform/mail/imap.hpp"
#include "platform/mail/letter.hpp"
#include "platform/mail/mime.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/mail/store.hpp"

#include <functional>
#include <thread>

namespace mandate::mail {

struct MailSettings {
  std::optional<SmtpSettings> smtp;  // none: mails wait, and the screen says that no server is named
  std::optional<ImapSettings> imap;  // none: bounces are not read
  Mailbox from;
  std::string domain;      // of Message-IDs and of our greeting
  std::string public_url;  // "https://duties.example.gov.tw"
  std::int64_t attached_max = 5 << 20;  // bytes of a file that goes with a mail: larger ones many servers refuse
};

using Addresses = std::map<std::int64_t, std::string>;  // by account

struct MailPolicy {
  std::int64_t give_up_hours = 72;
  std::int64_t keep_days = 180;
};

// What mail asks of the rest of the program.
struct Surroundings {
  // Of many accounts at once, for lists; who has none is left out.
  std::function<Addresses(const std::vector<std::int64_t>& accounts)> addresses_of = [](const std::vector<std::int64_t>&) { return Addresses{}; };
  std::function<std::string(std::int64_t account_id)> account_name = [](std::int64_t id) { return std::to_string(id); };
  std::function<MailPolicy()> policy = [] { return MailPolicy{}; };
  // Called in the transaction in which somebody stopped their notices.
  std::function<void(db::Session&, std::int64_t account_id)> on_unsubscribe;
  std::function<bool(const Actor&)> may_edit = [](const Actor&) { return false; };
  // The page around a page's own part: title, template, its values.
  std::function<std::string(const http::Call&, const std::string&, const std::string&, const std::function<void(http::Values&)>&)> page;
  // The bytes of a letter's file; none when it is gone.
  std::function<std::optional<std::string>(const std::string& key)> file = [](const std::string&) { return std::nullopt; };
  // Told of each step around sending: a test may end the process there.
  std::function<void(std::string_view)> at_step = [](std::string_view) {};
};

struct OpenedMail {
  std::string address;
  Letter letter;
};

class PostOffice {
 public:
  PostOffice(db::Database& database, const Clock& clock, const std::filesystem::path& keys, MailSettings settings);
  ~PostOffice();
  void set_surroundings(Surroundings surroundings) { surroundings_ = std::move(surroundings); }

  // Within the caller's transaction. Throws std::invalid_argument on a mail to nobody.
  std::int64_t queue(db::Session& session, const NewMail& mail);
  std::vector<std::int64_t> queue(db::Session& session, const std::vector<NewMail>& mails);
  // Notices are stopped and allowed again by account; those queued already are cancelled when their turn comes.
  void stop_notices(db::Session& session, std::int64_t account_id);
  void allow_notices(db::Session& session, std::int64_t account_id) { MailStore::allow_notices(session, account_id); }
  bool notices_stopped(db::Session& session, std::int64_t account_id) { return MailStore::notices_stopped(session, account_id); }

  void start();
  void stop();  // waits for the mail in hand, a few seconds at most
  // What start() does again and again: sends what is due, and reads bounces every few minutes, in one of the processes. Tests call it themselves.
  void work();
  // Everything that is due now, in this thread; returns how many left.
  int send_due();
  // Reads the bounce mailbox; returns how many mails came back.
  int read_bounces();
  std::int64_t forget_old();

  // What a person does with unsent mail.
  Result<> resend(const Actor& actor, std::int64_t id);
  Result<std::int64_t> resend_all(const Actor& actor, MailFilter filter, const std::string& error_key);
  Result<> mend(const Actor& actor, std::int64_t id, const std::string& address);
  Result<> give_up(const Actor& actor, std::int64_t id, const std::string& reason);
  Result<std::int64_t> test(const Actor& actor, const std::string& address);
  Result<OpenedMail> open(const Actor& actor, std::int64_t id);
  // Of these mails by their ids; without those that go to an account that has no address.
  Addresses addresses_of(const std::vector<StoredMail>& mails) const;
  std::string address_of(const StoredMail& mail) const { return addresses_of({mail})[mail.id]; }

  void add_routes(http::Router& router);
  const MailSettings& settings() const { return settings_; }
  db::Database& database() { return database_; }
  const Surroundings& surroundings() const { return surroundings_; }

  std::string message_id(std::int64_t id) const;
  std::optional<std::int64_t> mail_of_message_id(std::string_view message_id) const;
  std::string unsubscribe_token(std::int64_t account_id) const;
  std::optional<std::int64_t> account_of_token(std::string_view token) const;

 private:
  struct Prepared {
    std::string to;
    std::string wire;
    std::string recipient_key;
    std::optional<MailError> refusal;  // why it cannot be tried at all
    bool stopped = false;              // its reader wants no notices
  };
  Prepared prepare(const StoredMail& mail);
  // False when the burst has to end.
  bool send_one(SmtpClient& client, const StoredMail& mail, int& sent);
  bool settle(const StoredMail& mail, const Outcome& outcome, const std::string& recipient_key);
  void add_pages(http::Router& router);
  std::string key_of(std::string_view address) const;

  db::Database& database_;
  const Clock& clock_;
  std::string key_;
  MailSettings settings_;
  Surroundings surroundings_;
  std::int64_t owner_;
  std::mutex sending_;  // one burst at a time in this process
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

db::MigrationSet mail_migrations();
const std::vector<i18n::Message>& mail_messages();

}  // namespace mandate::mail
