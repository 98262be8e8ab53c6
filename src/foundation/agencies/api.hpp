// The organisation as other modules see it: agencies, their units and posts, who holds a post and who stands in, on any day and as known at any instant.
#pragma once

#include "kernel/date.hpp"
#include "kernel/id.hpp"
#include "platform/db/database.hpp"

#include <boost/describe.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mandate::agencies {

using AgencyId = Id<struct AgencyTag>;
using UnitId = Id<struct AgencyUnitTag>;
using PostId = Id<struct AgencyPostTag>;
using PersonId = Id<struct AgencyPersonTag>;

// A partner is no part of the city's government (a self-governing district, a central agency).
BOOST_DEFINE_ENUM_CLASS(AgencyKind, city, first_level, second_level, district_office, partner)
BOOST_DEFINE_ENUM_CLASS(PostKind, head, deputy_head, chief_secretary, unit_head, liaison, officer)

// Why somebody stands in for another.
BOOST_DEFINE_ENUM_CLASS(DeputyReason, leave, trip, training, vacancy, other)

struct Moment {
  Date as_of;
  std::optional<Instant> known_at;  // none: as known now
};

struct Dated {
  Date valid_from;
  std::optional<Date> valid_to;  // the last day
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
  std::int64_t row_id = 0;

  bool covers(Date on) const { return valid_from <= on && (!valid_to || on <= *valid_to); }
  bool known(const std::optional<Instant>& at) const { return at ? recorded_at <= *at && (!superseded_at || *superseded_at > *at) : !superseded_at; }
  bool holds(const Moment& moment) const { return known(moment.known_at) && covers(moment.as_of); }
};

struct AgencyRecord : Dated {
  AgencyId id;
  std::string code;
  std::string name;
  std::string short_name;
  std::string aliases;  // others that people write, separated by 、
  AgencyKind kind = AgencyKind::first_level;
  AgencyId parent_id;
  bool self_governing = false;
};
struct UnitRecord : Dated {
  UnitId id;
  AgencyId agency_id;
  std::string name;
};
struct PostRecord : Dated {
  PostId id;
  AgencyId agency_id;
  UnitId unit_id;  // none: of the agency itself
  std::string name;
  PostKind kind = PostKind::officer;
};
struct HolderRecord : Dated {
  PostId post_id;
  PersonId person_id;
};
struct DeputyRecord : Dated {
  PersonId person_id;
  PersonId deputy_id;
  DeputyReason reason = DeputyReason::other;
  bool confidential = false;  // confidential duties go along; never unless it was said
};
struct ContactRecord {
  AgencyId agency_id;
  std::string kind;  // "general" or a matter of its own
  std::string name;
  std::string phone;
  std::string email;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;

  bool known(const std::optional<Instant>& at) const { return at ? recorded_at <= *at && (!superseded_at || *superseded_at > *at) : !superseded_at; }
};
struct PersonRecord {
  PersonId id;
  std::string name;
  std::int64_t account_id = 0;  // 0: has none
};

struct OrganisationRows {
  std::vector<AgencyRecord> agencies;
  std::vector<UnitRecord> units;
  std::vector<PostRecord> posts;
  std::vector<HolderRecord> holders;
  std::vector<DeputyRecord> deputies;
  std::vector<ContactRecord> contacts;
  std::vector<PersonRecord> people;
};

// The whole organisation in memory, every period that was ever recorded included.
class AgencySnapshot {
 public:
  AgencySnapshot(std::int64_t stamp, OrganisationRows rows);

  const AgencyRecord* find(AgencyId id, const Moment& moment) const;  // nullptr: not then
  // As known now on that day; outside of its periods the nearest one before, else after.
  const AgencyRecord* nearest(AgencyId id, Date on) const;
  std::vector<const AgencyRecord*> list(const Moment& moment) const;  // by code
  std::vector<const AgencyRecord*> history_of(AgencyId id) const;     // every period ever recorded, newest recording first
  std::vector<AgencyId> subtree(AgencyId id, const Moment& moment) const;  // the agency first, then all below it
  // Of the nearest period; "" for an unknown id.
  std::string name_of(AgencyId id, Date on) const;
  std::string short_name_of(AgencyId id, Date on) const;
  AgencyId find_code(std::string_view code) const;  // none: unknown
  // The agency that a text names: in full, short, by an alias, with or without the city's name in front, with 台 or 臺, a district for its office.
  // None for several agencies (各機關), for two that share the name, for anything else.
  AgencyId match_by_name(std::string_view text, Date on) const;

  std::vector<const UnitRecord*> units_of(AgencyId id, const Moment& moment) const;
  std::vector<const PostRecord*> posts_of(AgencyId id, const Moment& moment) const;
  const PostRecord* find_post(PostId id, const Moment& moment) const;
  PostId post_of_kind(AgencyId id, PostKind kind, const Moment& moment) const;  // the first made
  std::string unit_name(UnitId id, Date on) const;
  std::string post_name(PostId id, Date on) const;
  PersonId holder_of(PostId id, const Moment& moment) const;   // none: vacant
  PersonId deputy_of(PersonId id, const Moment& moment) const; // none: nobody stands in
  // The rows behind the two: from when to when. nullptr: vacant, nobody.
  const HolderRecord* holding(PostId id, const Moment& moment) const;
  const DeputyRecord* standing_in(PersonId id, const Moment& moment) const;
  std::string person_name(PersonId id) const;
  std::string holder_name(PostId id, Date on) const;  // "" when vacant
  PersonId person_of_account(std::int64_t account_id) const;
  std::int64_t account_of_person(PersonId id) const;  // 0: has none
  std::vector<PostId> posts_of_person(PersonId id, Date on) const;  // held on that day
  // The periods in which that person stands in for somebody.
  std::vector<const DeputyRecord*> standing_in_by(PersonId deputy, const Moment& moment) const;
  // The accounts that stand in for this one on that day: who gets its mail as well.
  std::vector<std::int64_t> deputies_of_account(std::int64_t account_id, Date on) const;
  // The posts an account holds on that day, or fills as a deputy.
  std::vector<PostId> posts_of_account(std::int64_t account_id, Date on) const;
  std::vector<const ContactRecord*> contacts_of(AgencyId id, const std::optional<Instant>& known_at = {}) const;

  std::int64_t stamp() const { return stamp_; }
  const OrganisationRows& rows() const { return rows_; }

 private:
  std::int64_t stamp_;
  OrganisationRows rows_;
  std::unordered_map<AgencyId, std::vector<std::size_t>> by_agency_;
  std::unordered_map<PostId, std::vector<std::size_t>> posts_;
  std::unordered_map<UnitId, std::vector<std::size_t>> units_;
  std::unordered_map<PostId, std::vector<std::size_t>> holders_;
  std::unordered_map<PersonId, std::vector<std::size_t>> deputies_;
  std::unordered_map<PersonId, std::vector<std::size_t>> by_deputy_;
  std::unordered_map<PersonId, std::vector<std::size_t>> by_holder_;
  std::unordered_map<PersonId, std::size_t> people_;
  std::unordered_map<std::int64_t, std::size_t> accounts_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;  // folded
  std::string city_prefix_;                                             // "臺中市政府", folded
};

// Safe from any thread.
class Agencies {
 public:
  explicit Agencies(db::Database& database) : database_(database) {}
  // Exact: one small statement finds out whether another process has changed anything.
  std::shared_ptr<const AgencySnapshot> snapshot() const;
  // For names on screens: checked at most a quarter of a second ago. Not inside a transaction that changes the organisation.
  std::shared_ptr<const AgencySnapshot> recent() const;
  void forget_recent() const;  // after a change made here

 private:
  db::Database& database_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const AgencySnapshot> cached_;
  mutable std::shared_ptr<const AgencySnapshot> recent_;
  mutable std::chrono::steady_clock::time_point checked_{};
};

}  // namespace mandate::agencies
