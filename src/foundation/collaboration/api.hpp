// What people do on a record of any kind together: links to other records, a checklist, who has it open now, and the timeline of all its changes.
#pragma once

#include "foundation/audit/api.hpp"
#include "foundation/identity/api.hpp"
#include "kernel/id.hpp"
#include "platform/http/router.hpp"

namespace mandate::collaboration {

using LinkId = Id<struct LinkTag>;
using ItemId = Id<struct ItemTag>;

enum class Wish { read, change };

// A record as a link shows it.
struct RecordName {
  std::int64_t id = 0;
  std::string number;
  std::string title;
  std::string state;  // a code that the console knows
};

struct RecordKind {
  // Whether the actor may do this; not_found when the record is none of theirs to know of.
  std::function<Result<>(db::Session&, const Actor&, std::int64_t record_id, Wish)> check;
  // Of these records those that the actor may read.
  std::function<std::vector<RecordName>(db::Session&, const Actor&, const std::vector<std::int64_t>& ids)> names;
};

class Collaboration {
 public:
  Collaboration(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit);
  ~Collaboration();
  // At start, before anything is asked.
  void add_record_kind(const std::string& kind, RecordKind record_kind);
  // Presence that is long over; the job of each day.
  Result<> forget_old(Instant now);

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_collaboration_routes(http::Router& router, Collaboration& collaboration);
db::MigrationSet collaboration_migrations();
const std::vector<i18n::Message>& collaboration_messages();

}  // namespace mandate::collaboration
