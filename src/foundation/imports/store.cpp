#include "foundation/imports/store.hpp"

#include "platform/db/lists.hpp"

namespace mandate::imports {
namespace {

constexpr auto run_columns =
    "id, kind, file_name, content_hash, size, format, encoding, sheet, header_row, columns, mapping, skip_bad, state, account_id, created_at, changed_at, rows_total, rows_read, unchanged_count, mended_count, duplicate_count, "
    "refused_count, created_count, changed_count, same_count, kept_count, next_row, cancel_asked, failure";

}  // namespace

void ImportStore::insert(db::Session& s, const RunRecord& r) {
  s.execute(std::string("INSERT INTO import_run (") + run_columns + ") VALUES (" + db::marks(29) + ")", r.id, r.kind, r.file_name, r.content_hash, r.size, r.format, r.encoding, r.sheet, r.header_row, r.columns, r.mapping, r.skip_bad,
            r.state, r.account_id, r.created_at, r.changed_at, r.rows_total, r.rows_read, r.unchanged_count, r.mended_count, r.duplicate_count, r.refused_count, r.created_count, r.changed_count, r.same_count, r.kept_count, r.next_row,
            r.cancel_asked, r.failure);
}

std::optional<RunRecord> ImportStore::find(db::Session& s, RunId id) { return s.find<RunRecord>(std::string("SELECT ") + run_columns + " FROM import_run WHERE id = ?", id); }

std::vector<RunRecord> ImportStore::list(db::Session& s, std::int64_t account_id, std::optional<RunId> after, int limit) {
  std::string where = " FROM import_run WHERE id < ?";
  std::vector<db::Value> values{db::to_value(after ? after->value : std::numeric_limits<std::int64_t>::max())};
  if (account_id != 0) {
    where += " AND account_id = ?";
    values.push_back(db::to_value(account_id));
  }
  values.push_back(db::to_value(limit));
  return s.list_values<RunRecord>(std::string("SELECT ") + run_columns + where + " ORDER BY id DESC LIMIT ?", values);
}

std::vector<RunRecord> ImportStore::list_before(db::Session& s, Instant before, int limit) {
  return s.list<RunRecord>(std::string("SELECT ") + run_columns + " FROM import_run WHERE created_at < ? AND next_row >= 0 ORDER BY id LIMIT ?", before, limit);
}

void ImportStore::update(db::Session& s, const RunRecord& r) {
  // cancel_asked is another's to set: it is never written back from what was read before.
  s.execute(
      "UPDATE import_run SET header_row = ?, columns = ?, mapping = ?, skip_bad = ?, state = ?, changed_at = ?, rows_total = ?, rows_read = ?, unchanged_count = ?, mended_count = ?, duplicate_count = ?, refused_count = ?, "
      "created_count = ?, changed_count = ?, same_count = ?, kept_count = ?, next_row = ?, failure = ? WHERE id = ?",
      r.header_row, r.columns, r.mapping, r.skip_bad, r.state, r.changed_at, r.rows_total, r.rows_read, r.unchanged_count, r.mended_count, r.duplicate_count, r.refused_count, r.created_count, r.changed_count, r.same_count, r.kept_count,
      r.next_row, r.failure, r.id);
}

bool ImportStore::ask_to_cancel(db::Session& s, RunId id) { return s.execute("UPDATE import_run SET cancel_asked = 1 WHERE id = ? AND state IN ('checking', 'loading')", id) == 1; }

void ImportStore::add_remarks(db::Session& s, RunId id, const std::vector<RemarkRecord>& remarks) {
  db::in_chunks(remarks, [&](const std::vector<RemarkRecord>& some) {
    std::vector<db::Value> values;
    for (const auto& r : some) {
      for (auto& value : {db::to_value(id), db::to_value(r.place), db::to_value(r.row_number), db::to_value(r.what), db::to_value(r.column_name), db::to_value(r.message_key), db::to_value(r.args)}) values.push_back(value);
    }
    s.execute_values("INSERT INTO import_remark (run_id, place, row_number, what, column_name, message_key, args) VALUES " + db::marks(some.size(), "(?,?,?,?,?,?,?)"), values);
  });
}

void ImportStore::forget_remarks(db::Session& s, RunId id) { s.execute("DELETE FROM import_remark WHERE run_id = ?", id); }

std::vector<RemarkRecord> ImportStore::list_remarks(db::Session& s, RunId id, RemarkKind what, std::int64_t after, int limit) {
  return s.list<RemarkRecord>("SELECT place, row_number, what, column_name, message_key, args FROM import_remark WHERE run_id = ? AND what = ? AND place > ? ORDER BY place LIMIT ?", id, what, after, limit);
}

void ImportStore::add_records(db::Session& s, RunId id, const std::vector<MadeRecord>& records) {
  db::in_chunks(records, [&](const std::vector<MadeRecord>& some) {
    std::vector<db::Value> values;
    for (const auto& r : some) {
      for (auto& value : {db::to_value(id), db::to_value(r.row_number), db::to_value(r.record_id), db::to_value(r.did), db::to_value(r.revision_before), db::to_value(r.revision_after), db::to_value(r.record_key), db::to_value(r.hash_before)}) values.push_back(value);
    }
    s.execute_values("INSERT INTO import_record (run_id, row_number, record_id, did, revision_before, revision_after, record_key, hash_before) VALUES " + db::marks(some.size(), "(?,?,?,?,?,?,?,?)"), values);
  });
}

std::vector<MadeRecord> ImportStore::list_records(db::Session& s, RunId id, std::int64_t after_row, int limit) {
  return s.list<MadeRecord>("SELECT row_number, record_id, did, revision_before, revision_after, record_key, hash_before FROM import_record WHERE run_id = ? AND row_number > ? ORDER BY row_number LIMIT ?", id, after_row, limit);
}

void ImportStore::forget_record(db::Session& s, RunId id, std::int64_t row_number) { s.execute("DELETE FROM import_record WHERE run_id = ? AND row_number = ?", id, row_number); }

std::map<std::string, KnownKey> ImportStore::find_keys(db::Session& s, const std::string& kind, const std::vector<std::string>& keys) {
  std::map<std::string, KnownKey> out;
  db::in_chunks(keys, [&](const std::vector<std::string>& some) {
    std::vector<db::Value> values{db::to_value(kind)};
    for (const auto& key : some) values.push_back(db::to_value(key));
    for (auto& row : s.list_values<KnownKey>("SELECT record_key, record_id, content_hash, run_id FROM import_key WHERE kind = ? AND record_key IN (" + db::marks(some.size()) + ")", values)) {
      auto name = row.record_key;
      out.emplace(std::move(name), std::move(row));
    }
  });
  return out;
}

void ImportStore::put_key(db::Session& s, const std::string& kind, const KnownKey& key, bool known) {
  if (known) {
    s.execute("UPDATE import_key SET record_id = ?, content_hash = ?, run_id = ? WHERE kind = ? AND record_key = ?", key.record_id, key.content_hash, key.run_id, kind, key.record_key);
  } else {
    s.execute("INSERT INTO import_key (kind, record_key, record_id, content_hash, run_id) VALUES (?, ?, ?, ?, ?)", kind, key.record_key, key.record_id, key.content_hash, key.run_id);
  }
}

void ImportStore::forget_key(db::Session& s, const std::string& kind, const std::string& key) { s.execute("DELETE FROM import_key WHERE kind = ? AND record_key = ?", kind, key); }

void ImportStore::set_key_hash(db::Session& s, const std::string& kind, const std::string& key, const std::string& hash) {
  s.execute("UPDATE import_key SET content_hash = ? WHERE kind = ? AND record_key = ?", hash, kind, key);
}

std::optional<std::string> ImportStore::find_mapping(db::Session& s, const std::string& kind, const std::string& header_hash) {
  const auto found = s.list<std::string>("SELECT mapping FROM import_mapping WHERE kind = ? AND header_hash = ?", kind, header_hash);
  return found.empty() ? std::nullopt : std::optional(found.front());
}

void ImportStore::put_mapping(db::Session& s, const std::string& kind, const std::string& header_hash, const std::string& mapping, Instant now, std::int64_t by) {
  if (s.execute("UPDATE import_mapping SET mapping = ?, recorded_at = ?, recorded_by = ? WHERE kind = ? AND header_hash = ?", mapping, now, by, kind, header_hash) == 0) {
    s.execute("INSERT INTO import_mapping (kind, header_hash, mapping, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?)", kind, header_hash, mapping, now, by);
  }
}

}  // namespace mandate::imports
