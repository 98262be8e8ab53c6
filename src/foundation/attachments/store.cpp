#include "foundation/attachments/store.hpp"

namespace mandate::attachments {
namespace {

constexpr auto columns =
    "a.id, a.record_kind, a.record_id, a.file_hash, a.name, a.size, a.caption, a.place, a.added_at, a.added_by, a.withdrawn_at, a.withdrawn_by, a.withdrawn_why, f.type, f.crc32, f.width, f.height, f.pages, f.preview, f.preview_pages";
constexpr auto upload_columns = "id, record_kind, record_id, account_id, name, size, head, begun_at, expires_at, attachment_id";

}  // namespace

void AttachmentStore::insert(db::Session& s, const AttachmentRecord& a) {
  s.execute("INSERT INTO attachment (id, record_kind, record_id, file_hash, name, size, caption, place, added_at, added_by, withdrawn_why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')", a.id, a.record_kind, a.record_id, a.file_hash, a.name,
            a.size, a.caption, a.place, a.added_at, a.added_by);
}

std::optional<AttachmentRecord> AttachmentStore::find(db::Session& s, AttachmentId id) {
  return s.find<AttachmentRecord>(std::string("SELECT ") + columns + " FROM attachment a JOIN stored_file f ON f.hash = a.file_hash WHERE a.id = ?", id);
}

std::vector<AttachmentRecord> AttachmentStore::list(db::Session& s, const std::string& record_kind, std::int64_t record_id, int limit) {
  return s.list<AttachmentRecord>(std::string("SELECT ") + columns + " FROM attachment a JOIN stored_file f ON f.hash = a.file_hash WHERE a.record_kind = ? AND a.record_id = ? ORDER BY a.place, a.id LIMIT ?", record_kind, record_id, limit);
}

Use AttachmentStore::use_of(db::Session& s, const std::string& record_kind, std::int64_t record_id) {
  return s.find<Use>("SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM attachment WHERE record_kind = ? AND record_id = ?", record_kind, record_id).value_or(Use{});
}

std::int64_t AttachmentStore::next_place(db::Session& s, const std::string& record_kind, std::int64_t record_id) {
  return s.value<std::int64_t>("SELECT COALESCE(MAX(place), 0) + 1 FROM attachment WHERE record_kind = ? AND record_id = ?", record_kind, record_id);
}

void AttachmentStore::describe(db::Session& s, AttachmentId id, const std::string& caption, std::int64_t place) { s.execute("UPDATE attachment SET caption = ?, place = ? WHERE id = ?", caption, place, id); }

bool AttachmentStore::withdraw(db::Session& s, AttachmentId id, Instant at, std::int64_t by, const std::string& why) {
  return s.execute("UPDATE attachment SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_why = ? WHERE id = ? AND withdrawn_at IS NULL", at, by, why, id) == 1;
}

void AttachmentStore::insert_upload(db::Session& s, const UploadRecord& u) {
  s.execute("INSERT INTO attachment_upload (id, record_kind, record_id, account_id, name, size, head, begun_at, expires_at, attachment_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", u.id, u.record_kind, u.record_id, u.account_id, u.name, u.size,
            u.head, u.begun_at, u.expires_at);
}

std::optional<UploadRecord> AttachmentStore::find_upload(db::Session& s, UploadId id) { return s.find<UploadRecord>(std::string("SELECT ") + upload_columns + " FROM attachment_upload WHERE id = ?", id); }

std::vector<UploadRecord> AttachmentStore::list_open_uploads(db::Session& s, std::int64_t account_id, const std::string& record_kind, std::int64_t record_id, Instant now) {
  return s.list<UploadRecord>(std::string("SELECT ") + upload_columns + " FROM attachment_upload WHERE account_id = ? AND attachment_id = 0 AND record_kind = ? AND record_id = ? AND expires_at > ? ORDER BY id LIMIT 50", account_id,
                              record_kind, record_id, now);
}

std::int64_t AttachmentStore::count_open_uploads(db::Session& s, std::int64_t account_id, Instant now) {
  return s.value<std::int64_t>("SELECT COUNT(*) FROM attachment_upload WHERE account_id = ? AND attachment_id = 0 AND expires_at > ?", account_id, now);
}

bool AttachmentStore::complete_upload(db::Session& s, UploadId id, AttachmentId attachment) { return s.execute("UPDATE attachment_upload SET attachment_id = ? WHERE id = ? AND attachment_id = 0", attachment, id) == 1; }

bool AttachmentStore::remove_upload(db::Session& s, UploadId id) { return s.execute("DELETE FROM attachment_upload WHERE id = ?", id) == 1; }

void AttachmentStore::remove_expired(db::Session& s, Instant now, int limit) {
  s.execute("DELETE FROM attachment_upload WHERE id IN (SELECT id FROM attachment_upload WHERE expires_at <= ? ORDER BY expires_at, id LIMIT ?)", now, limit);
}

std::set<std::int64_t> AttachmentStore::keep_wanted(db::Session& s, const std::vector<std::int64_t>& ids) {
  std::string marks;
  std::vector<db::Value> values;
  for (const auto id : ids) {
    marks += marks.empty() ? "?" : ",?";
    values.push_back(db::to_value(id));
  }
  if (ids.empty()) return {};
  const auto found = s.list_values<std::int64_t>("SELECT id FROM attachment_upload WHERE attachment_id = 0 AND id IN (" + marks + ")", values);
  return {found.begin(), found.end()};
}

}  // namespace mandate::attachments
