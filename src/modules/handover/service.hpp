// The handover list (交接清冊): made when a post changes its holder, signed by who leaves and who comes, and by a supervisor where one wishes.
#pragma once

#include "foundation/agencies/api.hpp"
#include "foundation/duties/api.hpp"

namespace mandate::handover {

using HandoverId = Id<struct HandoverTag>;
using agencies::PersonId;
using agencies::PostId;

BOOST_DEFINE_ENUM_CLASS(Part, leaving, coming, supervisor)

struct HandoverRecord {
  HandoverId id;
  PostId post_id;
  agencies::AgencyId agency_id;
  PersonId from_person;
  PersonId to_person;  // none: the post is vacant
  Date changes_on;
  Instant made_at;
  std::int64_t made_by = 0;
  std::string note;
  std::optional<Instant> frozen_at;
};
BOOST_DESCRIBE_STRUCT(HandoverRecord, (), (id, post_id, agency_id, from_person, to_person, changes_on, made_at, made_by, note, frozen_at))

struct Signature {
  Part part = Part::leaving;
  std::int64_t account_id = 0;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(Signature, (), (part, account_id, at))

// Who asks, towards one list.
struct Standing {
  bool leaving = false;
  bool coming = false;
  bool looks_after = false;
  bool any() const { return leaving || coming || looks_after; }
};

struct Item {
  duties::DutyRow duty;
  bool extension_asked = false;
  std::string note;
};

struct Whole {
  HandoverRecord record;
  std::vector<Signature> signatures;
  std::vector<Item> items;
  std::int64_t hidden = 0;  // duties that this reader may not see
  Standing standing;
};

class Handovers {
 public:
  Handovers(db::Database& database, const Clock& clock, identity::Identity& identity, duties::Duties& duties, const agencies::Agencies& agencies);

  // The post changes hands: a list is made, or the one that nobody has signed yet is set right. Within the change's transaction.
  Result<> holder_changed(db::Session& session, const Actor& actor, PostId post, PersonId before, PersonId after, Date on);
  Result<Whole> view(const Actor& actor, HandoverId id);
  Result<> set_note(const Actor& actor, HandoverId id, std::optional<duties::DutyId> duty, const std::string& note);
  Result<> sign(const Actor& actor, HandoverId id, Part part);
  // Newest first; of lists that name the person, or of the agencies that the actor looks after.
  std::vector<HandoverRecord> list(const Actor& actor, bool of_agency, std::optional<std::int64_t> before, int limit);
  std::vector<Signature> signatures_of(db::Session& session, HandoverId id);
  std::map<HandoverId, std::vector<Signature>> signatures_of(const std::vector<HandoverRecord>& records);

  db::Database& database() { return database_; }
  const Clock& clock() const { return clock_; }
  identity::Identity& identity() { return identity_; }
  const agencies::Agencies& agencies() const { return agencies_; }

 private:
  Standing standing_of(const Actor& actor, const HandoverRecord& record) const;
  Result<HandoverRecord> find(db::Session& session, const Actor& actor, HandoverId id, Standing& standing);

  db::Database& database_;
  const Clock& clock_;
  identity::Identity& identity_;
  duties::Duties& duties_;
  const agencies::Agencies& agencies_;
};

}  // namespace mandate::handover
