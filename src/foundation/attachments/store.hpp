// The attachment tables. Each statement stands beside the function that runs it.
#pragma once

#include "foundation/attachments/api.hpp"

namespace mandate::attachments {

// An attachment with the facts of its file.
struct AttachmentRecord {
  AttachmentId id;
  std::string record_kind;
  std::int64_t record_id = 0;
  std::string file_hash;
  std::string name;
  std::int64_t size = 0;
  std::string caption;
  std::int64_t place = 0;
  Instant added_at;
  std::int64_t added_by = 0;
  std::optional<Instant> withdrawn_at;
  std::optional<std::int64_t> withdrawn_by;
  std::string withdrawn_why;
  std::string type;
  std::int64_t crc32 = 0, width = 0, height = 0, pages = 0;
  files::PreviewState preview = files::PreviewState::none;
  std::int64_t preview_pages = 0;
};
BOOST_DESCRIBE_STRUCT(AttachmentRecord, (), (id, record_kind, record_id, file_hash, name, size, caption, place, added_at, added_by, withdrawn_at, withdrawn_by, withdrawn_why, type, crc32, width, height, pages, preview, preview_pages))

struct UploadRecord {
  UploadId id;
  std::string record_kind;
  std::int64_t record_id = 0;
  std::int64_t account_id = 0;
  std::string name;
  std::int64_t size = 0;
  std::string head;  // what the sender calls the file's beginning, to find it again
  Instant begun_at;
  Instant expires_at;
  AttachmentId attachment_id;  // once it is complete
};
BOOST_DESCRIBE_STRUCT(UploadRecord, (), (id, record_kind, record_id, account_id, name, size, head, begun_at, expires_at, attachment_id))

// What a record holds, withdrawn ones included: their files are kept.
struct Use {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(Use, (), (files, bytes))

class AttachmentStore {
 public:
  void insert(db::Session& s, const AttachmentRecord& attachment);
  std::optional<AttachmentRecord> find(db::Session& s, AttachmentId id);
  std::vector<AttachmentRecord> list(db::Session& s, const std::string& record_kind, std::int64_t record_id, int limit);
  Use use_of(db::Session& s, const std::string& record_kind, std::int64_t record_id);
  std::int64_t next_place(db::Session& s, const std::string& record_kind, std::int64_t record_id);
  void describe(db::Session& s, AttachmentId id, const std::string& caption, std::int64_t place);
  bool withdraw(db::Session& s, AttachmentId id, Instant at, std::int64_t by, const std::string& why);

  void insert_upload(db::Session& s, const UploadRecord& upload);
  std::optional<UploadRecord> find_upload(db::Session& s, UploadId id);
  std::vector<UploadRecord> list_open_uploads(db::Session& s, std::int64_t account_id, const std::string& record_kind, std::int64_t record_id, Instant now);
  std::int64_t count_open_uploads(db::Session& s, std::int64_t account_id, Instant now);
  bool complete_upload(db::Session& s, UploadId id, AttachmentId attachment);
  bool remove_upload(db::Session& s, UploadId id);
  void remove_expired(db::Session& s, Instant now, int limit);
  std::set<std::int64_t> keep_wanted(db::Session& s, const std::vector<std::int64_t>& ids);
};

}  // namespace mandate::attachments
