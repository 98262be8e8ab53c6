// The audit log: events as leaves of a Merkle tree, signed checkpoints in the database and outside of it, personal values that can be erased
// without breaking the tree, the history of any record, and the check of it all.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/result.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/events.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/json.hpp"
#include "platform/i18n/messages.hpp"

#include <filesystem>
#include <functional>
#include <map>

namespace mandate::http {
class Router;
}

namespace mandate::audit {

// One change in plain words, for a history, a timeline or the home page.
struct ChangeRow {
  std::int64_t position = 0;
  Instant at;
  std::string actor_name;
  std::string kind;
  std::string record_kind;
  http::Number63 record_id;
  std::string record_title;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (), (position, at, actor_name, kind, record_kind, record_id, record_title, text))

struct VerifyReport {
  std::int64_t size = 0;         // events read
  std::int64_t checkpoints = 0;  // compared, inside and outside of the database
  std::int64_t erased = 0;       // personal values whose key was erased
  std::string root;
  std::vector<std::string> faults;  // each names the place: "events 120 to 145: ...", or "position 12: ..."
  bool good() const { return faults.empty(); }
};

class Audit final : public db::PersonalVault {
 public:
  // keys: the folder of the master key and the signing key, made on first use with mode 0600. outside: the file that checkpoints are also written to.
  Audit(db::Database& database, const Clock& clock, std::filesystem::path keys, std::filesystem::path outside);

  std::string keep(db::Session& session, std::int64_t event_id, const db::PersonalValue& value) override;
  // The value, or none when it was erased or never was.
  std::optional<std::string> open_value(db::Session& session, std::int64_t event_id, const std::string& field);
  Result<> erase_person(const Actor& actor, std::int64_t person_id, const std::string& reason);

  // Positions for what has none, a new checkpoint when there are new events, and the outside file brought up to date. Every minute and at the end.
  void seal();
  VerifyReport verify();

  // How events read in plain words, and who did them. Set by app: names of accounts, titles of records by kind.
  void set_names(std::function<std::string(db::Session&, std::int64_t)> account_name) { account_name_ = std::move(account_name); }
  // The words for a value that an event holds as a code; none: as it stands.
  using EventWords = std::function<std::optional<std::string>(const std::string& kind, const std::string& name, const std::string& value, Language)>;
  void set_words(EventWords words) { words_ = std::move(words); }
  // Whether a reader of the log sees only that a record of this kind changed, and not its title and words: who may read the log need not be one who
  // may read the records.
  void set_hidden(std::function<bool(const Actor&, const std::string& record_kind)> hidden) { hidden_ = std::move(hidden); }
  bool hides(const Actor& actor, const std::string& record_kind) const { return hidden_ && hidden_(actor, record_kind); }
  void add_titles(const std::string& record_kind, std::function<std::map<std::int64_t, std::string>(db::Session&, const std::vector<std::int64_t>&)> titles) { titles_[record_kind] = std::move(titles); }
  std::vector<ChangeRow> in_words(db::Session& session, const std::vector<db::Event>& events, Language language);
  std::vector<ChangeRow> history(db::Session& session, const std::string& record_kind, std::int64_t record_id, Language language, int limit = 200);

  // Of several records of one kind together, newest first.
  std::vector<ChangeRow> history_of(db::Session& session, const std::string& record_kind, const std::vector<std::int64_t>& record_ids, Language language, int limit);

  db::Database& database() { return database_; }
  const Clock& clock() const { return clock_; }
  std::string key_id() const { return key_id_; }

 private:
  std::string person_key(db::Session& session, std::int64_t person_id, bool make);
  void copy_outside();

  db::Database& database_;
  const Clock& clock_;
  std::filesystem::path outside_;
  std::string master_key_;
  std::string signing_key_;
  std::string public_key_;
  std::string key_id_;
  std::filesystem::path keys_;
  std::mutex sealing_;
  std::function<std::string(db::Session&, std::int64_t)> account_name_;
  std::function<bool(const Actor&, const std::string&)> hidden_;
  EventWords words_;
  std::map<std::string, std::function<std::map<std::int64_t, std::string>(db::Session&, const std::vector<std::int64_t>&)>> titles_;
};

void add_audit_routes(http::Router& router, Audit& audit);
db::MigrationSet audit_migrations();
const std::vector<i18n::Message>& audit_messages();

}  // namespace mandate::audit
