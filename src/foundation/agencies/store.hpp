#pragma once

#include "foundation/agencies/api.hpp"
#include "foundation/agencies/rules.hpp"

namespace mandate::agencies {

struct AgencyState {
  std::int64_t stamp = 0;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(AgencyState, (), (stamp, recorded_at))

// Every function that records takes `at` and `by` from the caller and gives the rows ids of their own.
class AgencyStore {
 public:
  static AgencyState state(db::Session& session);
  // A new stamp. Changing the one row of state first makes two changes at the same time follow each other; recorded_at rises with them.
  static AgencyState advance(db::Session& session, Instant at);
  static OrganisationRows all_rows(db::Session& session);

  static std::vector<AgencyRecord> current_agencies(db::Session& session);
  static AgencyId find_code(db::Session& session, const std::string& code);
  static void insert_agency(db::Session& session, AgencyId id, const std::string& code);
  static void insert_person(db::Session& session, PersonId id, const std::string& name, Instant at);
  static void set_account(db::Session& session, PersonId id, std::int64_t account_id);
  static void clear_account(db::Session& session, std::int64_t account_id);
  static std::int64_t account_of(db::Session& session, PersonId id);  // 0: has none
  static PersonId person_of_account(db::Session& session, std::int64_t account_id);
  static bool contact_exists(db::Session& session, AgencyId agency, const std::string& kind);
  static void end_contact(db::Session& session, AgencyId agency, const std::string& kind, Instant at);
  static void set_contact(db::Session& session, const ContactRecord& contact, std::int64_t by);

  static void insert(db::Session& session, const AgencyRecord& record, Instant at, std::int64_t by);
  static void insert(db::Session& session, const UnitRecord& record, Instant at, std::int64_t by);
  static void insert(db::Session& session, const PostRecord& record, Instant at, std::int64_t by);
  static void insert(db::Session& session, const HolderRecord& record, Instant at, std::int64_t by);
  static void insert(db::Session& session, const DeputyRecord& record, Instant at, std::int64_t by);

  static std::vector<AgencyRecord> current_of(db::Session& session, AgencyId id);
  static std::vector<UnitRecord> current_of(db::Session& session, UnitId id);
  static std::vector<PostRecord> current_of(db::Session& session, PostId id);
  static std::vector<PostRecord> posts_in(db::Session& session, UnitId unit);  // every period in which a post belongs to it
  static std::vector<HolderRecord> holders_of(db::Session& session, PostId id);
  static std::vector<DeputyRecord> deputies_of(db::Session& session, PersonId id);
  static std::vector<DeputyRecord> standing_in_by(db::Session& session, PersonId deputy);
  static bool person_exists(db::Session& session, PersonId id);

  // Supersedes and records what the overlay says.
  template <class R>
  static void apply(db::Session& session, const Overlay<R>& change, Instant at, std::int64_t by) {
    for (const auto row : change.superseded) supersede(session, static_cast<const R*>(nullptr), row, at);
    for (const auto& record : change.inserted) insert(session, record, at, by);
  }

 private:
  static void supersede(db::Session& session, const AgencyRecord*, std::int64_t row, Instant at);
  static void supersede(db::Session& session, const UnitRecord*, std::int64_t row, Instant at);
  static void supersede(db::Session& session, const PostRecord*, std::int64_t row, Instant at);
  static void supersede(db::Session& session, const HolderRecord*, std::int64_t row, Instant at);
  static void supersede(db::Session& session, const DeputyRecord*, std::int64_t row, Instant at);
};

}  // namespace mandate::agencies
