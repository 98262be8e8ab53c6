// The import tables. Each statement stands beside the function that runs it.
#pragma once

#include "foundation/imports/matching.hpp"

namespace mandate::imports {

BOOST_DEFINE_ENUM_CLASS(RunState, uploaded, checking, checked, loading, done, undoing, undone, cancelled, failed)
BOOST_DEFINE_ENUM_CLASS(RemarkKind, refused, mended, duplicate)
BOOST_DEFINE_ENUM_CLASS(Did, created, changed, same)

struct RunRecord {
  RunId id;
  std::string kind;
  std::string file_name;
  std::string content_hash;
  std::int64_t size = 0;
  std::string format;
  std::string encoding;
  std::string sheet;
  std::int64_t header_row = 0;
  std::string columns;  // JSON: the titles
  std::string mapping;  // JSON
  std::int64_t skip_bad = 0;
  RunState state = RunState::uploaded;
  std::int64_t account_id = 0;
  Instant created_at;
  Instant changed_at;
  std::int64_t rows_total = 0;  // known after the check
  std::int64_t rows_read = 0;
  std::int64_t unchanged_count = 0, mended_count = 0, duplicate_count = 0, refused_count = 0;
  std::int64_t created_count = 0, changed_count = 0, same_count = 0;
  std::int64_t kept_count = 0;  // of an undo: what somebody touched meanwhile
  std::int64_t next_row = 0;    // rows of the file that are behind
  std::int64_t cancel_asked = 0;
  std::string failure;          // JSON {key, args}, "" for none
};
BOOST_DESCRIBE_STRUCT(RunRecord, (), (id, kind, file_name, content_hash, size, format, encoding, sheet, header_row, columns, mapping, skip_bad, state, account_id, created_at, changed_at, rows_total, rows_read, unchanged_count,
                                      mended_count, duplicate_count, refused_count, created_count, changed_count, same_count, kept_count, next_row, cancel_asked, failure))

struct RemarkRecord {
  std::int64_t place = 0;
  std::int64_t row_number = 0;
  RemarkKind what = RemarkKind::refused;
  std::string column_name;
  std::string message_key;
  std::string args;  // JSON [[name, value]]
};
BOOST_DESCRIBE_STRUCT(RemarkRecord, (), (place, row_number, what, column_name, message_key, args))

struct MadeRecord {
  std::int64_t row_number = 0;
  std::int64_t record_id = 0;
  Did did = Did::created;
  std::int64_t revision_before = 0;
  std::int64_t revision_after = 0;
  std::string record_key;
  std::string hash_before;
};
BOOST_DESCRIBE_STRUCT(MadeRecord, (), (row_number, record_id, did, revision_before, revision_after, record_key, hash_before))

struct KnownKey {
  std::string record_key;
  std::int64_t record_id = 0;
  std::string content_hash;
  std::int64_t run_id = 0;
};
BOOST_DESCRIBE_STRUCT(KnownKey, (), (record_key, record_id, content_hash, run_id))

class ImportStore {
 public:
  void insert(db::Session& s, const RunRecord& run);
  std::optional<RunRecord> find(db::Session& s, RunId id);
  // Newest first, behind `after`; of one account, or of all (0).
  std::vector<RunRecord> list(db::Session& s, std::int64_t account_id, std::optional<RunId> after, int limit);
  std::vector<RunRecord> list_before(db::Session& s, Instant created_before, int limit);
  // Everything but who, what and when it began.
  void update(db::Session& s, const RunRecord& run);
  bool ask_to_cancel(db::Session& s, RunId id);

  void add_remarks(db::Session& s, RunId id, const std::vector<RemarkRecord>& remarks);
  void forget_remarks(db::Session& s, RunId id);
  std::vector<RemarkRecord> list_remarks(db::Session& s, RunId id, RemarkKind what, std::int64_t after, int limit);

  void add_records(db::Session& s, RunId id, const std::vector<MadeRecord>& records);
  std::vector<MadeRecord> list_records(db::Session& s, RunId id, std::int64_t after_row, int limit);
  void forget_record(db::Session& s, RunId id, std::int64_t row_number);

  std::map<std::string, KnownKey> find_keys(db::Session& s, const std::string& kind, const std::vector<std::string>& keys);
  void put_key(db::Session& s, const std::string& kind, const KnownKey& key, bool known);
  void forget_key(db::Session& s, const std::string& kind, const std::string& key);
  void set_key_hash(db::Session& s, const std::string& kind, const std::string& key, const std::string& hash);

  std::optional<std::string> find_mapping(db::Session& s, const std::string& kind, const std::string& header_hash);
  void put_mapping(db::Session& s, const std::string& kind, const std::string& header_hash, const std::string& mapping, Instant now, std::int64_t by);
};

}  // namespace mandate::imports
