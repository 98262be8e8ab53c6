// Attachments of any record: a module registers its kind of record and says who may read and add; uploading, looking, serving and withdrawing are here.
#pragma once

#include "foundation/identity/api.hpp"
#include "kernel/id.hpp"
#include "platform/files/store.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"

namespace mandate::attachments {

using AttachmentId = Id<struct AttachmentTag>;
using UploadId = Id<struct UploadTag>;

enum class Wish {
  read,
  add,
  withdraw_others  // withdraw what somebody else added, and read what was withdrawn
};

struct RecordKind {
  // Whether the actor may do this with the record's attachments; not_found when the record is none of theirs to know of.
  std::function<Result<>(db::Session&, const Actor&, std::int64_t record_id, Wish)> check;
  // What the record is called in the name of an archive: "113-000123".
  std::function<std::string(db::Session&, std::int64_t record_id)> label;
};

// Values that policy rows give for a day.
struct AttachmentPolicy {
  std::int64_t file_megabytes_max = 200;
  std::int64_t record_megabytes_max = 1000;
  std::int64_t record_files_max = 200;
  files::InspectLimits limits;
};

class Attachments {
 public:
  Attachments(db::Database& database, const Clock& clock, identity::Identity& identity, files::FileStore& store, std::function<AttachmentPolicy(Date)> policy);
  ~Attachments();
  // At start, before anything is asked.
  void add_record_kind(const std::string& kind, RecordKind record_kind);
  void add_jobs(jobs::Jobs& jobs);

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_attachment_routes(http::Router& router, Attachments& attachments);
db::MigrationSet attachment_migrations();
const std::vector<i18n::Message>& attachment_messages();

}  // namespace mandate::attachments
