// Notices: who is told what, at once on the screen and by mail as each person chose. Modules say what happened and whom it concerns; counts, streams,
// mails, quiet times and deputies are here, once.
#pragma once

#include "foundation/identity/api.hpp"
#include "foundation/notices/rules.hpp"
#include "platform/db/events.hpp"
#include "platform/http/json.hpp"
#include "platform/http/streams.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace mandate::notices {

struct NewNotice {
  std::int64_t account_id = 0;
  std::string kind;  // "duty.reassigned": its sentence is the message "notice.duty.reassigned"
  Category category = Category::change;
  std::string record_kind;
  std::int64_t record_id = 0;
  std::int64_t actor_id = 0;
  std::string data = "{}";  // JSON: the parts of the sentence. No personal values, and nothing that a reader of the record might not see
};

// How a record stands in a notice. What it is called is read when it is shown, under the reader's rights of that moment.
struct RecordLine {
  std::int64_t id = 0;
  std::string number;
  std::string title;
  identity::RecordFacts facts;
};
struct RecordSource {
  std::string permission;  // to read such records
  std::string place;       // of the console: "/duties/" and the id; without the last sign, of all of them
  std::function<std::vector<RecordLine>(db::Session&, const std::vector<std::int64_t>& ids)> lines;
  // Who has the work of one record: told of what is said about it.
  std::function<std::vector<std::int64_t>(db::Session&, const identity::AccountBook&, std::int64_t id)> owners;
};

BOOST_DEFINE_ENUM_CLASS(Audience, owner, unit_head, liaison, agency_head, rdec)
struct Place {
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
};

// What notices ask about the organisation and the calendar, as they are today.
struct Directory {
  std::function<std::int64_t(std::int64_t post_id, Date on)> holder_account;   // 0: vacant, or the holder has no account
  std::function<std::int64_t(std::int64_t agency_id, Date on)> parent_agency;  // 0: none
  OpenDay open_day;
};

// One mail to one person about one or several notices, in the person's language.
struct MailDraft {
  struct Line {
    std::string text;
    std::string place;  // of the console; "" for none
  };
  std::int64_t account_id = 0;
  Language language = Language::zh_tw;
  std::string subject;
  std::vector<Line> lines;
  std::string closing;
  bool chase = false;  // a formal reminder: nobody can unsubscribe from it
};
// Queues mails in the caller's transaction.
using Mailer = std::function<void(db::Session&, const std::vector<MailDraft>&, Instant now)>;

struct NoticeRecord {
  http::Number63 id;
  std::string number;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(NoticeRecord, (), (id, number, title))
struct NoticeRow {
  std::int64_t seq = 0;
  Instant at;
  std::string kind;
  Category category = Category::change;
  std::string text;
  std::optional<NoticeRecord> record;  // none: of several records, or of one that the reader may not see any more
  std::string place;                   // of the console, where the work is done; "" when hidden
  bool hidden = false;                 // the latter
  std::optional<std::string> instead_of;  // whose deputy the reader is
  bool read = false;
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (), (seq, at, kind, category, text, record, place, hidden, instead_of, read))

struct StoredNotice;

class Notices {
 public:
  Notices(db::Database& database, const Clock& clock, identity::Identity& identity, Directory directory);
  ~Notices();

  // Within the caller's transaction: counters, notices, mails to come. Who is away gets it together with the deputy.
  void tell(db::Session& session, const std::vector<NewNotice>& notices, Instant now);
  // The same, but more than `alike_max` notices of one kind from one actor to one person are told as one ("notice.<kind>.many", with {count}).
  void tell_together(db::Session& session, std::vector<NewNotice> notices, std::size_t alike_max, Instant now);
  // Accounts to tell, of one place; empty when there is nobody.
  std::vector<std::int64_t> audience(const identity::AccountBook& book, Audience audience, const Place& place, Date on) const;

  // What an event tells to whom; called with all events of one record kind that one step of the log brought.
  using Teller = std::function<std::vector<NewNotice>(db::Session&, const identity::AccountBook&, const std::vector<db::Event>&)>;
  void add_teller(const std::string& record_kind, Teller teller) { tellers_[record_kind].push_back(std::move(teller)); }
  void add_source(const std::string& record_kind, RecordSource source) { sources_[record_kind] = std::move(source); }
  // A record that the actor may read: not_found otherwise, invalid for a kind that nobody registered.
  struct FoundRecord {
    RecordLine line;
    const RecordSource* source = nullptr;
  };
  Result<FoundRecord> find_record(db::Session& session, const Actor& actor, const std::string& kind, std::int64_t id) const;
  // For the follower of the log.
  Result<> follow(db::Session& session, const std::vector<db::Event>& events);

  // Watching: also for what a person does (who asks for more time wants to hear the answer); an explicit choice stands against that.
  Result<> watch(const Actor& actor, const std::string& record_kind, std::int64_t record_id, bool muted);
  Result<> unwatch(const Actor& actor, const std::string& record_kind, std::int64_t record_id);
  void watch_unasked(db::Session& session, const std::string& record_kind, const std::vector<std::pair<std::int64_t, std::int64_t>>& record_and_account, Instant now);
  struct Watchers {
    std::set<std::int64_t> watching;
    std::set<std::int64_t> muted;
  };
  std::map<std::int64_t, Watchers> watchers(db::Session& session, const std::string& record_kind, const std::vector<std::int64_t>& record_ids);

  // Mails for what is due, in transactions of a few hundred people; returns how many mails were queued.
  std::int64_t send_due(Instant now);
  // Notices that were read long ago.
  void forget_read(db::Session& session, Instant before);
  void set_mailer(Mailer mailer) { mailer_ = std::move(mailer); }
  // A person stopped all mail that can be stopped (by the link in a mail), and the call that tells of one who wants mail again.
  void stop_mail(db::Session& session, std::int64_t account_id, Instant now);
  void on_mail_wanted(std::function<void(db::Session&, std::int64_t account_id)> call) { mail_wanted_ = std::move(call); }
  void say_mail_wanted(db::Session& session, std::int64_t account_id) const {
    if (mail_wanted_) mail_wanted_(session, account_id);
  }

  // The live streams of this process.
  Result<std::shared_ptr<http::EventStream>> open_stream(const Actor& actor, std::optional<std::int64_t> after);
  void start();
  void stop();
  void wake();  // something may be new
  int look();   // sends what is new; returns how many streams got something

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  void add_deputies(db::Session& session, const std::vector<NewNotice>& told, std::set<std::tuple<std::int64_t, std::string, std::int64_t>>& direct, std::vector<StoredNotice>& rows, Instant now);
  void run_streams();

  std::unique_ptr<Parts> parts_;
  std::map<std::string, std::vector<Teller>> tellers_;
  std::map<std::string, RecordSource> sources_;
  Mailer mailer_;
  std::function<void(db::Session&, std::int64_t)> mail_wanted_;

  struct Stream;
  std::mutex streams_mutex_;
  std::vector<std::shared_ptr<Stream>> streams_;
  std::mutex looking_;
  Instant looked_until_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  std::thread thread_;
  friend struct Parts;
};

void add_notice_routes(http::Router& router, Notices& notices);
db::MigrationSet notice_migrations();
const std::vector<i18n::Message>& notice_messages();

}  // namespace mandate::notices
