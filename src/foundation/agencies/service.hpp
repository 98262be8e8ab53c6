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

class AgencyService {
 public:
  AgencyService(db::Database& database, const Agencies& agencies) : database_(database), agencies_(agencies) {}

  Result<AgencyId> add(const Actor& actor, const std::string& code, const AgencyChange& change);
  // From the day on, to the end of the period that covers it; the days before keep what they had.
  Result<> change(const Actor& actor, AgencyId id, const AgencyChange& change);
  Result<> close(const Actor& actor, AgencyId id, Date last_on);
  Result<UnitId> add_unit(const Actor& actor, AgencyId agency, const std::string& name, Date valid_from);
  Result<PostId> add_post(const Actor& actor, AgencyId agency, UnitId unit, const std::string& name, PostKind kind, Date valid_from);
  Result<PersonId> add_person(const Actor& actor, const std::string& name);
  // Whoever held the post that day leaves it the day before. Without an end: until the next appointment that is recorded.
  Result<> appoint(const Actor& actor, PostId post, PersonId person, Date valid_from, std::optional<Date> valid_to);
  Result<> vacate(const Actor& actor, PostId post, Date last_on);
  Result<> set_deputy(const Actor& actor, PersonId person, PersonId deputy, Date valid_from, Date valid_to);
  Result<> link_account(const Actor& actor, PersonId person, std::int64_t account_id);
  Result<> set_contact(const Actor& actor, AgencyId agency, const std::string& kind, const std::string& name, const std::string& phone, const std::string& email);

  // A dry run tells what would happen. Otherwise a file with faults is refused and changes nothing, unless the bad rows are to be skipped.
  Result<AgencyImportOutcome> import_csv(const Actor& actor, const std::string& file_name, std::string_view text, bool dry_run, bool skip_bad);

 private:
  struct Change;
  template <class F>
  auto write(F&& body) {
    auto result = database_.write(std::forward<F>(body));
    agencies_.forget_recent();
    return result;
  }

  db::Database& database_;
  const Agencies& agencies_;
};

}  // namespace mandate::agencies
