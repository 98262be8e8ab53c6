// The use cases of the ledger: may the actor? load, apply the rules, save, record the event; one transaction each.
#pragma once

#include "foundation/duties/store.hpp"

namespace mandate::duties {

constexpr int series_horizon_days = 400;  // occurrences are made so far ahead: a year's plan is seen whole

struct ExtensionView {
  ExtensionId id;
  Instant asked_at;
  std::string asked_by_name;
  Date asked_due_on;
  std::string reason;
  std::string state;
  std::optional<Instant> decided_at;
  std::optional<std::string> decided_by_name;
  std::string decision_note;
};
BOOST_DESCRIBE_STRUCT(ExtensionView, (), (id, asked_at, asked_by_name, asked_due_on, reason, state, decided_at, decided_by_name, decision_note))

struct EvidenceView {
  Instant at;
  std::string by_name;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(EvidenceView, (), (at, by_name, text))

struct SeriesView {
  SeriesId id;
  Every every = Every::month;
  std::vector<int> months;
  int day = 0;
};
BOOST_DESCRIBE_STRUCT(SeriesView, (), (id, every, months, day))

struct DutyView {
  DutyRow duty;
  std::optional<std::string> detail;  // none when the reader may not see details
  Date first_due_on;
  Date nominal_due_on;
  std::int64_t calendar_version = 0;
  Instant created_at;
  std::string created_by_name;
  std::int64_t revision = 1;
  std::vector<EvidenceView> evidence;
  std::vector<ExtensionView> extensions;
  std::optional<SeriesView> series;
  std::vector<DutyRow> siblings;
  std::vector<audit::ChangeRow> history;
  std::vector<std::string> actions;
  std::optional<std::string> standing_in_for;  // the reader sees it as this person's deputy, and acts so
};
BOOST_DESCRIBE_STRUCT(DutyView, (), (duty, detail, first_due_on, nominal_due_on, calendar_version, created_at, created_by_name, revision, evidence, extensions, series, siblings, history, actions, standing_in_for))

// What a creation answers: the duty as a list shows it, and how many were made when it recurs.
struct CreatedDuty {
  DutyRow duty;
  std::int64_t duties_made = 1;
};
BOOST_DESCRIBE_STRUCT(CreatedDuty, (), (duty, duties_made))

// What may be changed of a duty besides its course.
struct DutyText {
  std::string title;
  std::string detail;
  Severity severity = Severity::normal;
  std::optional<std::string> district = {};      // none: as it was
  std::optional<std::int64_t> goal_id = {};
};

struct Duties::Parts {
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  audit::Audit& audit;
  calendar::Calendar& calendar;
  Directory directory;
  std::function<DutyPolicy(Date)> policy;
  DutyStore store;
  std::function<Result<>(db::Session&, const Actor&, std::int64_t duty_id, const std::string& text)> commenter = nullptr;  // see Duties::set_commenter
  search::Search* search = nullptr;  // see Duties::set_search

  std::function<std::string(const std::vector<statistics::WrittenCondition>&, Language)> condition_words = nullptr;  // see add_duty_statistics

  DutyPolicy rules() const { return policy(clock.today()); }
  identity::Scope scope(const Actor& actor, std::string_view permission) const { return identity.scope(actor, permission, "duty"); }
  DutyRow row(const ListedDuty& d, Date today, const DutyPolicy& rules) const;
  DutyRow row(const DutyRecord& d, Date today, const DutyPolicy& rules) const;

  // The duty if the actor may do this to it; not_found when the actor may not even read it, so that nobody learns which ids exist.
  Result<DutyRecord> reach(db::Session& s, const Actor& actor, DutyId id, std::string_view permission);
  Result<DutyView> view(const Actor& actor, DutyId id);

  Result<CreatedDuty> create(const Actor& actor, const NewDuty& duty, const std::optional<Recurrence>& recurrence);
  Result<DutyView> complete(const Actor& actor, DutyId id, const std::string& evidence, std::optional<std::int64_t> revision);
  Result<DutyView> edit(const Actor& actor, DutyId id, const DutyText& text, std::int64_t revision);
  // The same within a transaction, for actions on many duties.
  Result<> complete(db::Session& s, const Actor& actor, DutyId id, const std::string& evidence, std::optional<std::int64_t> revision);
  Result<> cancel(db::Session& s, const Actor& actor, DutyId id, const std::string& reason);
  Result<> reassign(db::Session& s, const Actor& actor, DutyId id, std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id, const std::string& reason);
  Result<> ask_extension(db::Session& s, const Actor& actor, DutyId id, Date due_on, const std::string& reason);
  Result<DutyView> reopen(const Actor& actor, DutyId id, const std::string& reason);
  Result<DutyView> cancel(const Actor& actor, DutyId id, const std::string& reason);
  Result<DutyView> reassign(const Actor& actor, DutyId id, std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id, const std::string& reason);
  Result<DutyView> ask_extension(const Actor& actor, DutyId id, Date due_on, const std::string& reason);
  Result<DutyView> decide_extension(const Actor& actor, DutyId id, ExtensionId extension, bool approve, const std::string& note);

  Result<> check_place(std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id) const;
  // That the district and the goal exist; "" and 0 are none.
  Result<> check_subject(const std::string& district, std::int64_t goal_id) const;
  // Within a transaction; no permission asked.
  Result<DutyRecord> put(db::Session& s, const Actor& actor, const NewDuty& duty, Date nominal_due_on, SeriesId series, const calendar::CalendarSnapshot& days, const char* event = "duty.created");
  Result<std::vector<DutyId>> make_occurrences(db::Session& s, const Actor& actor, const SeriesRecord& series, Date until);
  // `standing_for`: the account for which the actor acts as a deputy; 0: in their own right.
  void note(db::Session& s, const Actor& actor, const char* kind, DutyId id, boost::json::object data, std::int64_t standing_for = 0);
  std::int64_t standing_for(const Actor& actor, std::string_view permission, const DutyRecord& duty) const { return identity.standing_for(actor, permission, "duty", duty.facts()); }
  // "李四", or "李四（代理王五）".
  std::string name_of(db::Session& s, std::int64_t account, std::int64_t standing_for, Language language) const { return identity.name_of(s, account, standing_for, language); }
};

Result<> check_new(const NewDuty& duty);
// "112-000123": the year of the Republic and the next number.
std::string next_duty_number(db::Session& session, Instant now);

}  // namespace mandate::duties
