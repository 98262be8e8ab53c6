// The use cases of attachments: may the actor? load, apply the rules, save, record the event.
#pragma once

#include "foundation/attachments/store.hpp"

namespace mandate::attachments {

constexpr std::int64_t piece_bytes = std::int64_t{1} << 20;         // what a client on a bad line sends at once
constexpr std::size_t body_bytes_max = std::size_t{512} << 20;      // of one request; the limit of a file is a policy
constexpr std::int64_t upload_seconds = 24 * 3600;                  // an upload that was not completed by then is forgotten
constexpr std::int64_t open_uploads_max = 20;                       // of one account
constexpr int list_max = 1000;

struct AttachmentView {
  AttachmentId id;
  std::string name;
  std::string type;
  std::int64_t size = 0;
  std::string hash;
  std::string caption;
  std::int64_t place = 0;
  Instant added_at;
  std::string added_by_name;
  std::int64_t width = 0, height = 0, pages = 0;
  files::PreviewState preview = files::PreviewState::none;
  std::int64_t preview_pages = 0;
  std::optional<Instant> withdrawn_at;
  std::optional<std::string> withdrawn_by_name;
  std::optional<std::string> withdrawn_why;
  std::vector<std::string> actions;
};
BOOST_DESCRIBE_STRUCT(AttachmentView, (), (id, name, type, size, hash, caption, place, added_at, added_by_name, width, height, pages, preview, preview_pages, withdrawn_at, withdrawn_by_name, withdrawn_why, actions))

struct AttachmentList {
  std::vector<AttachmentView> rows;
  bool may_add = false;
  std::int64_t files_count = 0, files_max = 0;
  std::int64_t bytes_count = 0, bytes_max = 0;
  std::int64_t file_bytes_max = 0;
  std::vector<std::string> extensions;
};
BOOST_DESCRIBE_STRUCT(AttachmentList, (), (rows, may_add, files_count, files_max, bytes_count, bytes_max, file_bytes_max, extensions))

struct UploadView {
  UploadId id;
  std::string name;
  std::int64_t size = 0;
  std::string head;
  std::int64_t bytes = 0;  // that are here
  std::int64_t piece_bytes = attachments::piece_bytes;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(UploadView, (), (id, name, size, head, bytes, piece_bytes, expires_at))

struct RecordRef {
  std::string kind;
  std::int64_t id = 0;
};

// A file on its way out: what the routes need to answer with it.
struct Served {
  AttachmentRecord attachment;
  std::filesystem::path path;
};

struct Attachments::Parts {
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  files::FileStore& files;
  std::function<AttachmentPolicy(Date)> policy;
  std::map<std::string, RecordKind> kinds;
  AttachmentStore store;

  AttachmentPolicy rules() const { return policy(clock.today()); }
  Result<> check(db::Session& s, const Actor& actor, const RecordRef& record, Wish wish) const;
  bool may(db::Session& s, const Actor& actor, const RecordRef& record, Wish wish) const { return check(s, actor, record, wish).ok(); }
  AttachmentView view(db::Session& s, const Actor& actor, const AttachmentRecord& attachment);
  AttachmentView view(db::Session& s, const Actor& actor, const AttachmentRecord& attachment, bool may_add, bool may_all);
  // Own and open, or not_found.
  Result<UploadRecord> reach_upload(db::Session& s, const Actor& actor, UploadId id);
  Result<AttachmentRecord> reach(db::Session& s, const Actor& actor, AttachmentId id);

  Result<AttachmentList> list(const Actor& actor, const RecordRef& record);
  Result<UploadView> begin(const Actor& actor, const RecordRef& record, const std::string& name, std::int64_t size, const std::string& head);
  Result<std::vector<UploadView>> open_uploads(const Actor& actor, const RecordRef& record);
  Result<UploadView> upload(const Actor& actor, UploadId id);
  Result<std::unique_ptr<files::Incoming>> take(const Actor& actor, UploadId id, std::int64_t offset);
  Result<AttachmentView> complete(const Actor& actor, UploadId id, const std::string& caption);
  Result<> cancel(const Actor& actor, UploadId id);
  Result<AttachmentView> describe(const Actor& actor, AttachmentId id, const std::string& caption, std::int64_t place);
  Result<AttachmentView> withdraw(const Actor& actor, AttachmentId id, const std::string& reason);
  Result<Served> serve(const Actor& actor, AttachmentId id, const std::string& preview_page);
  Result<std::pair<std::string, std::vector<AttachmentRecord>>> serve_all(const Actor& actor, const RecordRef& record);

  Result<> check_room(db::Session& s, const RecordRef& record, std::int64_t size);
};

void add_file_routes(http::Router& router, Attachments::Parts& parts);

}  // namespace mandate::attachments
