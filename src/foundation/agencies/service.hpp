// What changes the organisation. Each use case is one transaction with one event; events carry ids, never names or telephones of people.
#pragma once

#include "foundation/agencies/agency_csv.hpp"
#include "foundation/agencies/api.hpp"
#include "kernel/actor.hpp"
#include "kernel/result.hpp"

namespace mandate::agencies {

struct AgencyChange {
  std::string name;
  std::string short_name;  // "": the name
  std::optional<std::string> aliases;  // none: as they are
  AgencyKind kind = AgencyKind::first_level;
  AgencyId parent_id;
  bool self_governing = false;
  Date valid_from;
};

struct UnitChange {
  std::string name;
  AgencyId agency_id;  // none: stays where it is
  Date valid_from;
};

struct PostChange {
  std::string name;
  PostKind kind = PostKind::officer;
  AgencyId agency_id;  // none: stays where it is
  UnitId unit_id;      // none: of the agency itself
  Date valid_from;
};

struct DeputyTerms {
  DeputyReason reason = DeputyReason::other;
  bool confidential = false;
};

// A post passes from one person to another from that day on, becomes vacant (after: none), or is taken up again (before: none). Called in the transaction of the change.
using HolderChanged = std::function<Result<>(db::Session&, const Actor&, PostId, PersonId before, PersonId after, Date on)>;

class AgencyService {
 public:
  AgencyService(db::Database& database, const Agencies& agencies) : database_(database), agencies_(agencies) {}

  Result<AgencyId> add(const Actor& actor, const std::string& code, const AgencyChange& change);
  // From the day on, to the end of the period that covers it; the days before keep what they had.
  Result<> change(const Actor& actor, AgencyId id, const AgencyChange& change);
  Result<> close(const Actor& actor, AgencyId id, Date last_on);
  Result<UnitId> add_unit(const Actor& actor, AgencyId agency, const std::string& name, Date valid_from);
  Result<PostId> add_post(const Actor& actor, AgencyId agency, UnitId unit, const std::string& name, PostKind kind, Date valid_from);
  // From the day on, to the end of the period that covers it. A unit that moves to another agency takes its posts along.
  Result<> change_unit(const Actor& actor, UnitId id, const UnitChange& change);
  Result<> close_unit(const Actor& actor, UnitId id, Date last_on);  // refused while one of its posts lasts longer
  Result<> change_post(const Actor& actor, PostId id, const PostChange& change);
  Result<> close_post(const Actor& actor, PostId id, Date last_on);  // whoever holds it leaves it with that day
  Result<PersonId> add_person(const Actor& actor, const std::string& name);
  // Whoever held the post that day leaves it the day before. Without an end: until the next appointment that is recorded.
  Result<> appoint(const Actor& actor, PostId post, PersonId person, Date valid_from, std::optional<Date> valid_to);
  Result<> vacate(const Actor& actor, PostId post, Date last_on);
  // One at a time; nobody stands in for somebody while another stands in for them, for then nobody would know who acts.
  Result<> set_deputy(const Actor& actor, PersonId person, PersonId deputy, Date valid_from, Date valid_to, DeputyTerms terms = {});
  // The period that begins with valid_from ends with last_on; without a last day it is withdrawn altogether.
  Result<> end_deputy(const Actor& actor, PersonId person, Date valid_from, std::optional<Date> last_on);
  // Whom the account belonged to before loses it; a person who has another account keeps that, and this is refused.
  Result<> link_account(const Actor& actor, PersonId person, std::int64_t account_id);
  Result<> unlink_account(const Actor& actor, std::int64_t account_id);
  // "general", or one of its names in either language, is the agency's general window; anything else a matter of its own.
  Result<> set_contact(const Actor& actor, AgencyId agency, const std::string& kind, const std::string& name, const std::string& phone, const std::string& email);
  Result<> remove_contact(const Actor& actor, AgencyId agency, const std::string& kind);

  // A dry run tells what would happen. Otherwise a file with faults is refused and changes nothing, unless the bad rows are to be skipped.
  Result<AgencyImportOutcome> import_csv(const Actor& actor, const std::string& file_name, std::string_view text, bool dry_run, bool skip_bad);

  void set_holder_changed(HolderChanged changed) { holder_changed_ = std::move(changed); }

 private:
  template <class F>
  auto write(F&& body) {
    auto result = database_.write(std::forward<F>(body));
    agencies_.forget_recent();
    return result;
  }

  db::Database& database_;
  const Agencies& agencies_;
  HolderChanged holder_changed_;
};

}  // namespace mandate::agencies
