// The duty ledger: something an agency owes someone by a time. Every module that owes writes here, in the transaction of its own record; worklists,
// calendar, statistics and public pages of all modules read here.
#pragma once

#include "foundation/audit/api.hpp"
#include "foundation/calendar/api.hpp"
#include "foundation/identity/api.hpp"
#include "foundation/notices/api.hpp"
#include "foundation/search/api.hpp"
#include "kernel/id.hpp"
#include "platform/http/json.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mandate::statistics {
class Statistics;
}

namespace mandate::duties {

using DutyId = Id<struct DutyTag>;
using SeriesId = Id<struct SeriesTag>;
using ExtensionId = Id<struct ExtensionTag>;
using identity::Confidentiality;

BOOST_DEFINE_ENUM_CLASS(DutyState, open, done, cancelled)
BOOST_DEFINE_ENUM_CLASS(Severity, normal, high, critical)
// Computed for the day of the question, never stored.
BOOST_DEFINE_ENUM_CLASS(Lateness, on_time, at_risk, late, severe, done, done_late, cancelled)
BOOST_DEFINE_ENUM_CLASS(Every, year, half_year, quarter, two_months, month, week)

// day: 1..31 (a month without that day takes its last), 0 for the last day of the period.
struct Recurrence {
  Every every = Every::month;
  std::vector<int> months;  // only with Every::year: these months of each year; empty: the period's end
  int day = 0;
};

struct NewDuty {
  std::string title;
  std::string detail;
  std::string origin;  // "plan", "council", "own" ...
  std::string source_kind;
  std::int64_t source_id = 0;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  Date due_on;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  std::string district = {};   // code of foundation/places; "": the whole city, or no place
  std::int64_t goal_id = 0;    // the goal it serves; 0: none
};

// Values that policy rows give for a day.
struct DutyPolicy {
  int at_risk_days = 7;       // open and due within so many days (unsourced)
  int severe_days = 30;       // open and later than so many days (unsourced)
  int undo_minutes = 30;      // for which an action on many duties can be undone (unsourced)
  bool move_off_closed_days = true;  // a due date on a closed day moves to the next working day (unsourced)
};

// Names and facts of the organisation, given by foundation/agencies.
struct Directory {
  std::function<std::string(std::int64_t)> agency_name;
  std::function<bool(std::int64_t agency_id, Date on)> agency_exists;
  std::function<std::string(std::int64_t)> post_name;
  std::function<std::string(std::int64_t post_id, Date on)> holder_name;
  std::function<std::vector<std::int64_t>(std::int64_t account_id, Date on)> posts_of_account;
  // Whether the agency has this unit, and the unit this post; 0 for none. A duty owed by nobody would stand in nobody's worklist.
  std::function<bool(std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id, Date on)> has_place = nullptr;
  // Every agency there ever was, in the order in which lists by agency name them.
  std::function<std::vector<std::int64_t>()> agencies_in_order = nullptr;
  // Goals that duties serve, by id: modules that set goals give them.
  std::function<std::map<std::int64_t, std::string>()> goal_names = nullptr;
  // The agency that bears a name as people write it; 0 for none, or for several.
  std::function<std::int64_t(std::string_view, Date on)> match_agency = nullptr;
  std::function<std::string(std::int64_t unit_id)> unit_name = nullptr;
};

struct SourceRef {
  std::string kind;
  http::Number63 id;
};
BOOST_DESCRIBE_STRUCT(SourceRef, (), (kind, id))

// One line of a worklist.
struct DutyRow {
  DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  http::Number63 agency_id;
  std::string agency_name;
  std::optional<http::Number63> post_id;
  std::optional<std::string> post_name;
  std::optional<std::string> holder_name;
  Date due_on;
  DutyState state = DutyState::open;
  Lateness lateness = Lateness::on_time;
  std::int64_t days_left = 0;  // negative: days late
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  bool recurring = false;
  std::optional<SourceRef> source;
  std::optional<std::string> district;
  std::optional<http::Number63> goal_id;
};
BOOST_DESCRIBE_STRUCT(DutyRow, (), (id, number, title, origin, agency_id, agency_name, post_id, post_name, holder_name, due_on, state, lateness, days_left, severity, confidentiality, recurring, source, district, goal_id))

// What shows that a duty is done, as a source's page lists it.
struct SourceEvidence {
  Instant at;
  std::string by_name;
  DutyId duty_id;
  std::string duty_number;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(SourceEvidence, (), (at, by_name, duty_id, duty_number, text))

// How the duties of one source stand; late counts severe too.
struct Standing {
  std::int64_t total = 0, open = 0, done = 0, done_late = 0, late = 0, severe = 0, cancelled = 0;
};
BOOST_DESCRIBE_STRUCT(Standing, (), (total, open, done, done_late, late, severe, cancelled))

// A duty as those see it who tell people of it: what it is called, where it stands, and what decides who may know of it.
struct DutyCore {
  DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  Date due_on;
  DutyState state = DutyState::open;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;

  identity::RecordFacts facts() const { return {agency_id, unit_id, origin, confidentiality, post_id}; }
};
BOOST_DESCRIBE_STRUCT(DutyCore, (), (id, number, title, origin, agency_id, unit_id, post_id, due_on, state, severity, confidentiality))

// Where duties come from.
const std::set<std::string>& duty_origins();

// A duty as a calendar shows it.
struct CalendarDuty {
  DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  std::int64_t agency_id = 0;
  Date due_on;
  DutyState state = DutyState::open;
  std::optional<Date> done_on;
  Confidentiality confidentiality = Confidentiality::internal;
  Instant created_at;
  Instant recorded_at;
  std::int64_t revision = 1;
  std::string agency_name;
  Lateness lateness = Lateness::on_time;
};
enum class CalendarOf { mine, agency, series };

// A change of a duty that everybody may see, without what people typed.
struct PublicDutyChange {
  std::int64_t event_id = 0;
  Instant at;
  std::string kind;  // "duty.done"
  std::string data;  // the event's own, JSON
  std::string title;
  std::int64_t agency_id = 0;
  std::int64_t source_id = 0;
};
BOOST_DESCRIBE_STRUCT(PublicDutyChange, (), (event_id, at, kind, data, title, agency_id, source_id))

// A duty of a post, as a handover lists it.
struct PostDuty {
  DutyRow duty;
  identity::RecordFacts facts;
  bool extension_asked = false;
};

// What was late on a day, for the agenda of a meeting: read as known at a moment, confidential duties too, of these agencies (empty: of all).
struct LateQuestion {
  std::vector<std::int64_t> agencies;
  Date as_of;
  Instant known_at;
};
struct LateOfAgency {
  std::int64_t agency_id = 0;
  bool confidential = false;
  std::int64_t open = 0;  // late and severe ones among them
  std::int64_t late = 0;  // severe ones among them
  std::int64_t severe = 0;
};
struct LateDuty {
  DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  std::int64_t agency_id = 0;
  Date due_on;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  std::int64_t days_late = 0;
  bool severe = false;
};

class DutyStore;

class Duties final : public calendar::DueDateEffects {
 public:
  Duties(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, calendar::Calendar& calendar, Directory directory, std::function<DutyPolicy(Date)> policy);
  ~Duties() override;

  // For modules: within their own transaction, after they have checked that the actor may do what leads to the duty.
  Result<DutyId> record(const Actor& actor, const NewDuty& duty);
  // A recurring duty; its occurrences up to `until` are made at once, later ones by the daily job. Returns the duties made.
  Result<std::vector<DutyId>> record_series(const Actor& actor, const NewDuty& duty, const Recurrence& recurrence, Date starts_on, std::optional<Date> ends_on);
  // Cancels what is open of a source, with the reason.
  Result<int> cancel_of_source(const Actor& actor, const std::string& source_kind, std::int64_t source_id, const std::string& reason);
  // What is open of a source is done, because its own record says so; and open again, because that was taken back. Both return how many.
  Result<int> complete_of_source(const Actor& actor, const std::string& source_kind, std::int64_t source_id, const std::string& evidence);
  Result<int> reopen_of_source(const Actor& actor, const std::string& source_kind, std::int64_t source_id, const std::string& reason);
  // Standing and rows by source, for many sources in one statement. `open_only`: only what everybody may see.
  std::map<std::int64_t, Standing> standing_by_source(db::Session& session, const std::string& source_kind, const std::vector<std::int64_t>& source_ids, Date today, std::optional<Instant> known_at, bool open_only);
  std::vector<DutyRow> list_of_sources(db::Session& session, const std::string& source_kind, const std::vector<std::int64_t>& source_ids, const identity::Scope* scope, Date today, std::optional<Instant> known_at = {});
  // Evidence of the duties of these sources, newest first, where the scope shows details.
  std::vector<SourceEvidence> list_evidence_of_sources(db::Session& session, const std::string& source_kind, const std::vector<std::int64_t>& source_ids, const identity::Scope& scope, int limit, Language language);
  // Open duties due up to a day, by due date and id, behind the last of the page before.
  std::vector<DutyCore> list_open_until(db::Session& session, Date until, const std::optional<std::pair<Date, DutyId>>& after, int limit);
  std::vector<DutyCore> list_cores(db::Session& session, const std::vector<std::int64_t>& ids);
  std::string agency_name(std::int64_t agency_id) const;
  // What is open on a post, by due date; and these duties as they stand now. The caller checks who may see them.
  std::vector<PostDuty> list_open_of_post(db::Session& session, std::int64_t post_id, Date today, int limit);
  std::vector<PostDuty> list_by_ids(db::Session& session, const std::vector<DutyId>& ids, Date today);
  // Makes the occurrences that are due to be made; the daily job.
  Result<int> extend_series(const Actor& actor, Date today);

  // By agency; and one by one, the longest late first, at most `limit` of them.
  std::vector<LateOfAgency> tally_late(db::Session& session, const LateQuestion& question);
  std::vector<LateDuty> list_late(db::Session& session, const LateQuestion& question, int limit);
  // The rules of lateness on a day.
  DutyPolicy policy_on(Date day) const;

  // For what hangs on a duty (attachments and their like): not_found when the actor may not see its details, forbidden when not this.
  Result<> check(db::Session& session, const Actor& actor, DutyId id, std::string_view permission);
  std::string number_of(db::Session& session, DutyId id);

  // For a calendar that leaves the house: what the actor may read, of mine, of an agency (0: one's own) or of a series.
  Result<std::vector<CalendarDuty>> list_for_calendar(db::Session& session, const Actor& actor, CalendarOf of, std::int64_t record_id);
  // What such a calendar is called: the agency's or the series' name. A fault when it is none of the actor's.
  Result<std::string> calendar_title(db::Session& session, const Actor& actor, CalendarOf of, std::int64_t record_id);
  // The newest changes of open duties of one kind of source, newest first.
  std::vector<PublicDutyChange> list_public_changes(db::Session& session, const std::string& source_kind, int limit);

  std::int64_t count_affected(db::Session& session, const calendar::CalendarDays& after, const std::vector<Date>& changed) override;
  std::int64_t recompute(db::Session& session, const Actor& actor, const calendar::CalendarDays& after, std::int64_t version, const std::vector<Date>& changed) override;

  // How a macro or an action on many duties says something about each: foundation/comments, given by app.
  void set_commenter(std::function<Result<>(db::Session&, const Actor&, std::int64_t duty_id, const std::string& text)> commenter);
  // Many duties at once, for benchmarks and samples; audited as one event.
  Result<std::int64_t> fill(const Actor& actor, std::int64_t count, const std::vector<std::int64_t>& agencies);

  // Makes duties a kind that is searched, and lets the worklists ask for words.
  void set_search(search::Search& search);

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_duty_routes(http::Router& router, Duties& duties);
// What a change of a duty tells to whom: the owner of the work, those who decide, those who follow it.
void add_duty_notices(notices::Notices& notices, Duties& duties);
// Duties and their steps, to be counted.
void add_duty_statistics(statistics::Statistics& statistics, Duties& duties);
db::MigrationSet duty_migrations();
const std::vector<i18n::Message>& duty_messages();

}  // namespace mandate::duties
