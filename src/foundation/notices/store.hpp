// The tables of notices. Each statement stands beside the function that runs it.
#pragma once

#include "foundation/notices/api.hpp"

namespace mandate::notices {

struct StoredNotice {
  std::int64_t account_id = 0;
  std::int64_t seq = 0;
  Instant at;
  std::string kind;
  Category category = Category::change;
  std::string record_kind;
  std::int64_t record_id = 0;
  std::int64_t actor_id = 0;
  std::string data;
  std::int64_t for_account_id = 0;
  std::optional<Instant> read_at;
};
BOOST_DESCRIBE_STRUCT(StoredNotice, (), (account_id, seq, at, kind, category, record_kind, record_id, actor_id, data, for_account_id, read_at))

struct Counter {
  std::int64_t account_id = 0;
  std::int64_t last_seq = 0;
  std::int64_t unread = 0;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(Counter, (), (account_id, last_seq, unread, changed_at))

struct StoredPreferences {
  std::int64_t account_id = 0;
  MailMode chase = MailMode::single;
  MailMode task = MailMode::daily;
  MailMode mention = MailMode::single;
  MailMode change = MailMode::daily;
  std::int64_t quiet_from = 0;
  std::int64_t quiet_to = 0;
  std::int64_t office_days = 1;
  std::int64_t digest_at = 0;
  std::int64_t weekly_on = 1;

  Preferences rules() const {
    return {chase, task, mention, change, static_cast<int>(quiet_from), static_cast<int>(quiet_to), office_days != 0, static_cast<int>(digest_at), static_cast<int>(weekly_on)};
  }
};
BOOST_DESCRIBE_STRUCT(StoredPreferences, (), (account_id, chase, task, mention, change, quiet_from, quiet_to, office_days, digest_at, weekly_on))

struct MailDue {
  std::int64_t account_id = 0;
  MailMode mode = MailMode::daily;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(MailDue, (), (account_id, mode, due_at))

struct WaitingMail {
  std::int64_t account_id = 0;
  MailMode mode = MailMode::daily;
  std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(WaitingMail, (), (account_id, mode, seq))

struct WatchRow {
  std::string record_kind;
  std::int64_t record_id = 0;
  std::int64_t account_id = 0;
  std::string state;  // "watching", "muted", or "left": once watched, and no more unasked
  Instant at;
};
BOOST_DESCRIBE_STRUCT(WatchRow, (), (record_kind, record_id, account_id, state, at))

class NoticeStore {
 public:
  // Gives the notices their numbers and raises the counters: a statement for a hundred accounts, and one for fifty notices.
  void insert(db::Session& s, std::vector<StoredNotice>& notices, Instant now);
  void insert_waiting(db::Session& s, const std::vector<WaitingMail>& waiting);
  // Keeps a due time that is there already.
  void insert_due(db::Session& s, const std::vector<MailDue>& due);

  Counter counter(db::Session& s, std::int64_t account_id);
  std::vector<Counter> list_counters_changed(db::Session& s, Instant since);
  // Newest first, below `before` (0: from the newest).
  std::vector<StoredNotice> list(db::Session& s, std::int64_t account_id, bool unread_only, std::optional<Category> category, std::int64_t before, int limit);
  std::vector<StoredNotice> list_after(db::Session& s, std::int64_t account_id, std::int64_t after, int limit);
  // Of several accounts, each above its own number, in order.
  std::vector<StoredNotice> list_after(db::Session& s, const std::vector<std::pair<std::int64_t, std::int64_t>>& account_and_seq);
  std::vector<StoredNotice> list_waiting(db::Session& s, const std::vector<MailDue>& due, std::vector<WaitingMail>& waiting);
  std::vector<MailDue> list_due(db::Session& s, Instant now, int limit);
  void remove_due(db::Session& s, const std::vector<MailDue>& due);

  // Read or unread; returns how many changed.
  std::int64_t mark(db::Session& s, std::int64_t account_id, const std::vector<std::int64_t>& seqs, std::int64_t up_to, bool read, Instant now);
  std::int64_t mark_record_read(db::Session& s, std::int64_t account_id, const std::string& record_kind, std::int64_t record_id, Instant now);
  std::int64_t forget_read_before(db::Session& s, Instant before);

  std::optional<StoredPreferences> find_preferences(db::Session& s, std::int64_t account_id);
  std::map<std::int64_t, Preferences> list_preferences(db::Session& s, const std::vector<std::int64_t>& account_ids);
  void set_preferences(db::Session& s, std::int64_t account_id, const Preferences& preferences, Instant now);
  std::vector<MailDue> list_due_of(db::Session& s, std::int64_t account_id);
  void move_due(db::Session& s, const MailDue& due);

  void set_watch(db::Session& s, const WatchRow& row);
  void add_watches_if_none(db::Session& s, const std::vector<WatchRow>& rows);
  std::optional<std::string> find_watch(db::Session& s, const std::string& kind, std::int64_t id, std::int64_t account_id);
  std::vector<WatchRow> list_watchers(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& ids);
  std::vector<WatchRow> list_watched(db::Session& s, std::int64_t account_id, const std::string& state, int limit);

 private:
  void count_again(db::Session& s, std::int64_t account_id, std::int64_t change, Instant now);
};

}  // namespace mandate::notices
