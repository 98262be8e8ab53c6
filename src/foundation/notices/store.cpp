#include "foundation/notices/store.hpp"

#include "platform/db/lists.hpp"

namespace mandate::notices {
namespace {

using db::in_chunks;
using db::marks;

constexpr auto notice_columns = "account_id, seq, at, kind, category, record_kind, record_id, actor_id, data, for_account_id, read_at";

struct SeqRow {
  std::int64_t account_id = 0;
  std::int64_t last_seq = 0;
};
BOOST_DESCRIBE_STRUCT(SeqRow, (), (account_id, last_seq))

std::vector<db::Value> values_of(const std::vector<std::int64_t>& ids) {
  std::vector<db::Value> values;
  for (const auto id : ids) values.push_back(db::to_value(id));
  return values;
}

}  // namespace

void NoticeStore::insert(db::Session& s, std::vector<StoredNotice>& notices, Instant now) {
  std::map<std::int64_t, std::int64_t> counts;
  for (const auto& one : notices) ++counts[one.account_id];
  const std::vector<std::pair<std::int64_t, std::int64_t>> accounts(counts.begin(), counts.end());  // in order of the id: no two transactions wait for each other
  std::map<std::int64_t, std::int64_t> next;
  in_chunks(accounts, [&](const auto& some) {
    std::vector<db::Value> values;
    for (const auto& [account, count] : some) {
      values.push_back(db::to_value(account));
      values.push_back(db::to_value(count));
      values.push_back(db::to_value(count));
      values.push_back(db::to_value(now));
    }
    const auto rows = s.list_values<SeqRow>("INSERT INTO notice_counter (account_id, last_seq, unread, changed_at) VALUES " + marks(some.size(), "(?,?,?,?)") +
                                                " ON CONFLICT (account_id) DO UPDATE SET last_seq = notice_counter.last_seq + excluded.last_seq, unread = notice_counter.unread + excluded.unread, changed_at = excluded.changed_at "
                                                "RETURNING account_id, last_seq",
                                            values);
    for (const auto& row : rows) next[row.account_id] = row.last_seq - counts[row.account_id];
  });
  for (auto& one : notices) one.seq = ++next[one.account_id];
  in_chunks(notices, [&](const std::vector<StoredNotice>& some) {
    std::vector<db::Value> values;
    for (const auto& n : some) {
      for (auto& value : {db::to_value(n.account_id), db::to_value(n.seq), db::to_value(n.at), db::to_value(n.kind), db::to_value(n.category), db::to_value(n.record_kind), db::to_value(n.record_id), db::to_value(n.actor_id),
                          db::to_value(n.data), db::to_value(n.for_account_id)}) {
        values.push_back(value);
      }
    }
    s.execute_values("INSERT INTO notice (account_id, seq, at, kind, category, record_kind, record_id, actor_id, data, for_account_id) VALUES " + marks(some.size(), "(?,?,?,?,?,?,?,?,?,?)"), values);
  });
}

void NoticeStore::insert_waiting(db::Session& s, const std::vector<WaitingMail>& waiting) {
  in_chunks(waiting, [&](const std::vector<WaitingMail>& some) {
    std::vector<db::Value> values;
    for (const auto& one : some) {
      values.push_back(db::to_value(one.account_id));
      values.push_back(db::to_value(one.mode));
      values.push_back(db::to_value(one.seq));
    }
    s.execute_values("INSERT INTO notice_mail (account_id, mode, seq) VALUES " + marks(some.size(), "(?,?,?)"), values);
  });
}

void NoticeStore::insert_due(db::Session& s, const std::vector<MailDue>& due) {
  in_chunks(due, [&](const std::vector<MailDue>& some) {
    std::vector<db::Value> values;
    for (const auto& one : some) {
      values.push_back(db::to_value(one.account_id));
      values.push_back(db::to_value(one.mode));
      values.push_back(db::to_value(one.due_at));
    }
    s.execute_values("INSERT INTO notice_mail_due (account_id, mode, due_at) VALUES " + marks(some.size(), "(?,?,?)") + " ON CONFLICT (account_id, mode) DO NOTHING", values);
  });
}

Counter NoticeStore::counter(db::Session& s, std::int64_t account_id) {
  return s.find<Counter>("SELECT account_id, last_seq, unread, changed_at FROM notice_counter WHERE account_id = ?", account_id).value_or(Counter{account_id, 0, 0, {}});
}

std::vector<Counter> NoticeStore::list_counters_changed(db::Session& s, Instant since) { return s.list<Counter>("SELECT account_id, last_seq, unread, changed_at FROM notice_counter WHERE changed_at >= ?", since); }

std::vector<StoredNotice> NoticeStore::list(db::Session& s, std::int64_t account_id, bool unread_only, std::optional<Category> category, std::int64_t before, int limit) {
  std::string sql = std::string("SELECT ") + notice_columns + " FROM notice WHERE account_id = ?";
  std::vector<db::Value> values{db::to_value(account_id)};
  if (unread_only) sql += " AND read_at IS NULL";
  if (category) {
    sql += " AND category = ?";
    values.push_back(db::to_value(*category));
  }
  if (before != 0) {
    sql += " AND seq < ?";
    values.push_back(db::to_value(before));
  }
  values.push_back(db::to_value(limit));
  return s.list_values<StoredNotice>(sql + " ORDER BY seq DESC LIMIT ?", values);
}

std::vector<StoredNotice> NoticeStore::list_after(db::Session& s, std::int64_t account_id, std::int64_t after, int limit) {
  return s.list<StoredNotice>(std::string("SELECT ") + notice_columns + " FROM notice WHERE account_id = ? AND seq > ? ORDER BY seq LIMIT ?", account_id, after, limit);
}

std::vector<StoredNotice> NoticeStore::list_after(db::Session& s, const std::vector<std::pair<std::int64_t, std::int64_t>>& account_and_seq) {
  std::vector<StoredNotice> out;
  in_chunks(account_and_seq, [&](const auto& some) {
    std::string where;
    std::vector<db::Value> values;
    for (const auto& [account, seq] : some) {
      where += where.empty() ? "(account_id = ? AND seq > ?)" : " OR (account_id = ? AND seq > ?)";
      values.push_back(db::to_value(account));
      values.push_back(db::to_value(seq));
    }
    auto rows = s.list_values<StoredNotice>(std::string("SELECT ") + notice_columns + " FROM notice WHERE " + where + " ORDER BY account_id, seq", values);
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  });
  return out;
}

std::vector<MailDue> NoticeStore::list_due(db::Session& s, Instant now, int limit) {
  return s.list<MailDue>("SELECT account_id, mode, due_at FROM notice_mail_due WHERE due_at <= ? ORDER BY due_at, account_id, mode LIMIT ?", now, limit);
}

std::vector<StoredNotice> NoticeStore::list_waiting(db::Session& s, const std::vector<MailDue>& due, std::vector<WaitingMail>& waiting) {
  std::vector<StoredNotice> out;
  in_chunks(due, [&](const std::vector<MailDue>& some) {
    std::string where;
    std::vector<db::Value> values;
    for (const auto& one : some) {
      where += where.empty() ? "(m.account_id = ? AND m.mode = ?)" : " OR (m.account_id = ? AND m.mode = ?)";
      values.push_back(db::to_value(one.account_id));
      values.push_back(db::to_value(one.mode));
    }
    auto numbers = s.list_values<WaitingMail>("SELECT m.account_id, m.mode, m.seq FROM notice_mail m WHERE " + where + " ORDER BY m.account_id, m.seq", values);
    auto rows = s.list_values<StoredNotice>(
        "SELECT n.account_id, n.seq, n.at, n.kind, n.category, n.record_kind, n.record_id, n.actor_id, n.data, n.for_account_id, n.read_at FROM notice_mail m JOIN notice n ON n.account_id = m.account_id AND n.seq = m.seq WHERE " +
            where + " ORDER BY m.account_id, m.seq",
        values);
    waiting.insert(waiting.end(), numbers.begin(), numbers.end());
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  });
  return out;
}

void NoticeStore::remove_due(db::Session& s, const std::vector<MailDue>& due) {
  in_chunks(due, [&](const std::vector<MailDue>& some) {
    std::string where;
    std::vector<db::Value> values;
    for (const auto& one : some) {
      where += where.empty() ? "(account_id = ? AND mode = ?)" : " OR (account_id = ? AND mode = ?)";
      values.push_back(db::to_value(one.account_id));
      values.push_back(db::to_value(one.mode));
    }
    s.execute_values("DELETE FROM notice_mail WHERE " + where, values);
    s.execute_values("DELETE FROM notice_mail_due WHERE " + where, values);
  });
}

void NoticeStore::count_again(db::Session& s, std::int64_t account_id, std::int64_t change, Instant now) {
  if (change != 0) s.execute("UPDATE notice_counter SET unread = unread + ?, changed_at = ? WHERE account_id = ?", change, now, account_id);
}

std::int64_t NoticeStore::mark(db::Session& s, std::int64_t account_id, const std::vector<std::int64_t>& seqs, std::int64_t up_to, bool read, Instant now) {
  std::int64_t changed = 0;
  if (up_to > 0 && read) changed += s.execute("UPDATE notice SET read_at = ? WHERE account_id = ? AND seq <= ? AND read_at IS NULL", now, account_id, up_to);
  in_chunks(seqs, [&](const std::vector<std::int64_t>& some) {
    std::vector<db::Value> values;
    if (read) values.push_back(db::to_value(now));
    values.push_back(db::to_value(account_id));
    const auto ids = values_of(some);
    values.insert(values.end(), ids.begin(), ids.end());
    changed += s.execute_values(std::string(read ? "UPDATE notice SET read_at = ? WHERE account_id = ? AND read_at IS NULL" : "UPDATE notice SET read_at = NULL WHERE account_id = ? AND read_at IS NOT NULL") + " AND seq IN (" + marks(some.size()) + ")",
                                values);
  });
  count_again(s, account_id, read ? -changed : changed, now);
  return changed;
}

std::int64_t NoticeStore::mark_record_read(db::Session& s, std::int64_t account_id, const std::string& record_kind, std::int64_t record_id, Instant now) {
  const auto changed = s.execute("UPDATE notice SET read_at = ? WHERE record_kind = ? AND record_id = ? AND account_id = ? AND read_at IS NULL", now, record_kind, record_id, account_id);
  count_again(s, account_id, -changed, now);
  return changed;
}

std::int64_t NoticeStore::forget_read_before(db::Session& s, Instant before) { return s.execute("DELETE FROM notice WHERE at < ? AND read_at IS NOT NULL", before); }

std::optional<StoredPreferences> NoticeStore::find_preferences(db::Session& s, std::int64_t account_id) {
  return s.find<StoredPreferences>("SELECT account_id, chase, task, mention, change, quiet_from, quiet_to, office_days, digest_at, weekly_on FROM notice_preference WHERE account_id = ?", account_id);
}

std::map<std::int64_t, Preferences> NoticeStore::list_preferences(db::Session& s, const std::vector<std::int64_t>& account_ids) {
  std::map<std::int64_t, Preferences> out;
  in_chunks(account_ids, [&](const std::vector<std::int64_t>& some) {
    for (const auto& row : s.list_values<StoredPreferences>(
             "SELECT account_id, chase, task, mention, change, quiet_from, quiet_to, office_days, digest_at, weekly_on FROM notice_preference WHERE account_id IN (" + marks(some.size()) + ")", values_of(some))) {
      out.emplace(row.account_id, row.rules());
    }
  });
  return out;
}

void NoticeStore::set_preferences(db::Session& s, std::int64_t account_id, const Preferences& p, Instant now) {
  s.execute(
      "INSERT INTO notice_preference (account_id, chase, task, mention, change, quiet_from, quiet_to, office_days, digest_at, weekly_on, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (account_id) DO UPDATE SET chase = excluded.chase, task = excluded.task, mention = excluded.mention, change = excluded.change, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, "
      "office_days = excluded.office_days, digest_at = excluded.digest_at, weekly_on = excluded.weekly_on, changed_at = excluded.changed_at",
      account_id, p.chase, p.task, p.mention, p.change, p.quiet_from, p.quiet_to, p.office_days ? 1 : 0, p.digest_at, p.weekly_on, now);
}

std::vector<MailDue> NoticeStore::list_due_of(db::Session& s, std::int64_t account_id) { return s.list<MailDue>("SELECT account_id, mode, due_at FROM notice_mail_due WHERE account_id = ?", account_id); }

void NoticeStore::move_due(db::Session& s, const MailDue& due) { s.execute("UPDATE notice_mail_due SET due_at = ? WHERE account_id = ? AND mode = ?", due.due_at, due.account_id, due.mode); }

void NoticeStore::set_watch(db::Session& s, const WatchRow& w) {
  s.execute("INSERT INTO watch (record_kind, record_id, account_id, state, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (record_kind, record_id, account_id) DO UPDATE SET state = excluded.state, at = excluded.at", w.record_kind, w.record_id,
            w.account_id, w.state, w.at);
}

void NoticeStore::add_watches_if_none(db::Session& s, const std::vector<WatchRow>& rows) {
  in_chunks(rows, [&](const std::vector<WatchRow>& some) {
    std::vector<db::Value> values;
    for (const auto& w : some) {
      for (auto& value : {db::to_value(w.record_kind), db::to_value(w.record_id), db::to_value(w.account_id), db::to_value(w.state), db::to_value(w.at)}) values.push_back(value);
    }
    s.execute_values("INSERT INTO watch (record_kind, record_id, account_id, state, at) VALUES " + marks(some.size(), "(?,?,?,?,?)") + " ON CONFLICT (record_kind, record_id, account_id) DO NOTHING", values);
  });
}

std::optional<std::string> NoticeStore::find_watch(db::Session& s, const std::string& kind, std::int64_t id, std::int64_t account_id) {
  return s.find<std::string>("SELECT state FROM watch WHERE record_kind = ? AND record_id = ? AND account_id = ?", kind, id, account_id);
}

std::vector<WatchRow> NoticeStore::list_watchers(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& ids) {
  std::vector<WatchRow> out;
  in_chunks(ids, [&](const std::vector<std::int64_t>& some) {
    auto values = values_of(some);
    values.insert(values.begin(), db::to_value(kind));
    auto rows = s.list_values<WatchRow>("SELECT record_kind, record_id, account_id, state, at FROM watch WHERE record_kind = ? AND record_id IN (" + marks(some.size()) + ")", values);
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  });
  return out;
}

std::vector<WatchRow> NoticeStore::list_watched(db::Session& s, std::int64_t account_id, const std::string& state, int limit) {
  return s.list<WatchRow>("SELECT record_kind, record_id, account_id, state, at FROM watch WHERE account_id = ? AND state = ? ORDER BY at DESC, record_id DESC LIMIT ?", account_id, state, limit);
}

}  // namespace mandate::notices
