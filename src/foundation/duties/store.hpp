// The duty tables. Each statement stands beside the function that runs it: the ledger's rows in store.cpp, what lists read in worklist_store.cpp, what
// happens to one duty (versions, evidence, extensions, series) in course_store.cpp.
#pragma once

#include "foundation/duties/api.hpp"
#include "foundation/duties/conditions.hpp"
#include "foundation/duties/rules.hpp"
#include "foundation/search/api.hpp"

namespace mandate::duties {

struct DutyRecord {
  DutyId id;
  std::string number;
  std::string title;
  std::string detail;
  std::string origin;
  std::string source_kind;
  std::int64_t source_id = 0;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  Date due_on;
  Date first_due_on;
  Date nominal_due_on;
  std::int64_t calendar_version = 0;
  DutyState state = DutyState::open;
  std::optional<Date> done_on;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  SeriesId series_id;
  Instant created_at;
  std::int64_t created_by = 0;
  Instant recorded_at;
  std::int64_t revision = 1;
  std::string district = {};
  std::int64_t goal_id = 0;

  identity::RecordFacts facts() const { return {agency_id, unit_id, origin, confidentiality, post_id}; }
};
BOOST_DESCRIBE_STRUCT(DutyRecord, (), (id, number, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, nominal_due_on, calendar_version, state, done_on, severity,
                                       confidentiality, series_id, created_at, created_by, recorded_at, revision, district, goal_id))

// What a list reads of a duty, present or past.
struct ListedDuty {
  DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  std::string source_kind;
  std::int64_t source_id = 0;
  std::int64_t agency_id = 0;
  std::int64_t post_id = 0;
  Date due_on;
  DutyState state = DutyState::open;
  std::optional<Date> done_on;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  SeriesId series_id;
  std::string district = {};
  std::int64_t goal_id = 0;
};
BOOST_DESCRIBE_STRUCT(ListedDuty, (), (id, number, title, origin, source_kind, source_id, agency_id, post_id, due_on, state, done_on, severity, confidentiality, series_id, district, goal_id))

// created is also the order of the numbers, which are given in turn. Every sort runs along an index that is there anyway (see DutyStore::list).
BOOST_DEFINE_ENUM_CLASS(DutySort, due, due_desc, created, created_desc, state, state_desc, agency, agency_desc)

struct DutyFilter {
  identity::Scope scope;
  std::optional<DutyState> state;
  std::optional<std::string> origin;
  std::optional<std::int64_t> agency_id;
  std::optional<std::string> district;   // "": those without one
  std::optional<std::int64_t> goal_id;   // 0: those without one
  std::vector<std::int64_t> posts;   // not empty: assigned to one of these
  std::vector<std::int64_t> units;   // not empty: of one of these
  std::optional<Date> due_from;
  std::optional<Date> due_to;
  std::vector<SqlCondition> also;    // and all of these
  std::shared_ptr<search::Words> words;  // that the duty must hold
  std::optional<std::vector<std::int64_t>> among;  // these alone
  std::optional<Instant> known_at;   // as the ledger stood then
  DutySort sort = DutySort::due;
  std::optional<std::pair<std::string, std::int64_t>> after;  // the last row of the page before: due date (or "") and id
  std::string after_group;                    // by state or agency: that of the row
  std::vector<std::int64_t> agency_order;     // by agency: the agencies in their order
};

bool by_group(DutySort sort);
std::string group_of(const ListedDuty& duty, DutySort sort);
// The filter goes on behind this row.
void follow(DutyFilter& filter, const ListedDuty& last);

struct ExtensionRecord {
  ExtensionId id;
  DutyId duty_id;
  Instant asked_at;
  std::int64_t asked_by = 0;
  Date asked_due_on;
  std::string reason;
  std::string state;
  std::optional<Instant> decided_at;
  std::optional<std::int64_t> decided_by;
  std::string decision_note;
  std::int64_t asked_for = 0;    // whom the asker stood in for
  std::int64_t decided_for = 0;
};
BOOST_DESCRIBE_STRUCT(ExtensionRecord, (), (id, duty_id, asked_at, asked_by, asked_due_on, reason, state, decided_at, decided_by, decision_note, asked_for, decided_for))

// Beside what a list reads of a duty: its unit, and whether more time was asked for.
struct PostDutyRow {
  DutyId id;
  std::int64_t unit_id = 0;
  std::int64_t asked = 0;
};
BOOST_DESCRIBE_STRUCT(PostDutyRow, (), (id, unit_id, asked))

struct EvidenceRecord {
  Instant at;
  std::int64_t account_id = 0;
  std::string text;
  std::int64_t for_account = 0;  // whom they stood in for
};
BOOST_DESCRIBE_STRUCT(EvidenceRecord, (), (at, account_id, text, for_account))

struct EvidenceOfSource {
  Instant at;
  std::int64_t account_id = 0;
  DutyId duty_id;
  std::string duty_number;
  std::string text;
  std::int64_t for_account = 0;
};
BOOST_DESCRIBE_STRUCT(EvidenceOfSource, (), (at, account_id, duty_id, duty_number, text, for_account))

struct SeriesRecord {
  SeriesId id;
  std::string title;
  std::string detail;
  std::string origin;
  std::string source_kind;
  std::int64_t source_id = 0;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  Every every = Every::month;
  std::string months;
  std::int64_t day = 0;
  Date starts_on;
  std::optional<Date> ends_on;
  Date made_until;
  std::string district = {};
  std::int64_t goal_id = 0;
};
BOOST_DESCRIBE_STRUCT(SeriesRecord, (), (id, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, severity, confidentiality, every, months, day, starts_on, ends_on, made_until, district, goal_id))

struct DayCount {
  Date on;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(DayCount, (), (on, count))

// The rows of the ledger as they stood at a moment: present rows recorded by then, and versions that were current then. Takes the moment three times.
inline constexpr auto known_rows =
    "(SELECT id, number, title, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, state, done_on, severity, confidentiality, series_id, district, goal_id, first_due_on, created_at FROM duty WHERE recorded_at <= ? "
    "UNION ALL SELECT duty_id, number, title, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, state, done_on, severity, confidentiality, series_id, district, goal_id, first_due_on, COALESCE((SELECT created_at FROM duty WHERE duty.id = duty_version.duty_id), (SELECT MIN(f.recorded_at) FROM duty_version f WHERE f.duty_id = duty_version.duty_id)) AS created_at FROM duty_version "
    "WHERE recorded_at <= ? AND superseded_at > ?)";

class DutyStore {
 public:
  // Both hand the duty over to search.
  void insert(db::Session& s, const DutyRecord& duty);
  static search::Document document_of(const DutyRecord& duty);
  static std::vector<search::Document> list_documents(db::Session& s, std::int64_t after, int limit);
  std::optional<DutyRecord> find(db::Session& s, DutyId id);
  std::optional<DutyRecord> find_number(db::Session& s, const std::string& number);
  // Replaces the row, keeping the old one as a version. False when somebody else has changed it since it was read.
  bool replace(db::Session& s, const DutyRecord& before, DutyRecord& after, Instant now);

  std::vector<ListedDuty> list(db::Session& s, const DutyFilter& filter, int limit);
  // Counts at most `cap` + 1, so that a count of a million stays cheap.
  std::int64_t count(db::Session& s, const DutyFilter& filter, std::int64_t cap);
  // Open and done duties by due day, and the first few of each day: open ones first.
  std::vector<DayCount> count_by_day(db::Session& s, const DutyFilter& filter);
  std::vector<ListedDuty> list_first_of_days(db::Session& s, const DutyFilter& filter, int per_day);
  std::vector<ListedDuty> list_by_source(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope* scope, std::optional<Instant> known_at);
  // The duty is no more; what it was stays among the versions. False: it is not as `before` any more.
  bool remove(db::Session& s, const DutyRecord& before, Instant now);
  std::vector<DutyId> list_open_of_source(db::Session& s, const std::string& kind, std::int64_t source_id);
  std::vector<DutyId> list_done_of_source(db::Session& s, const std::string& kind, std::int64_t source_id);
  std::vector<DutyCore> list_open_until(db::Session& s, Date until, const std::optional<std::pair<Date, DutyId>>& after, int limit);
  std::vector<DutyCore> list_cores(db::Session& s, const std::vector<std::int64_t>& ids);
  std::vector<DutyRecord> list_open_due_between(db::Session& s, Date from, Date to);

  // As the duty was in an earlier revision; what a revision does not hold (number, dates of creation) is taken from `now`.
  std::optional<DutyRecord> find_version(db::Session& s, const DutyRecord& now, std::int64_t revision);
  void add_evidence(db::Session& s, DutyId duty, const EvidenceRecord& evidence);
  void withdraw_evidence(db::Session& s, DutyId duty, Instant given_at, std::int64_t account_id, Instant now);
  std::vector<EvidenceRecord> list_evidence(db::Session& s, DutyId duty);
  std::vector<EvidenceOfSource> list_evidence_of_sources(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope& scope, int limit);
  void add_extension(db::Session& s, const ExtensionRecord& extension);
  std::vector<ExtensionRecord> list_extensions(db::Session& s, DutyId duty);
  bool decide_extension(db::Session& s, ExtensionId id, const std::string& state, Instant at, std::int64_t by, const std::string& note, std::int64_t standing_for = 0);
  // Duties that wait for a decision on more time, oldest request first.
  // Of a post's open duties, or of these ids: both halves in the same order.
  std::vector<std::pair<ListedDuty, PostDutyRow>> list_of_post(db::Session& s, std::int64_t post_id, int limit);
  std::vector<std::pair<ListedDuty, PostDutyRow>> list_of_ids(db::Session& s, const std::vector<DutyId>& ids);
  std::vector<ListedDuty> list_waiting_for_decision(db::Session& s, const identity::Scope& scope, int limit);

  void insert_series(db::Session& s, const SeriesRecord& series);
  std::optional<SeriesRecord> find_series(db::Session& s, SeriesId id);
  std::vector<SeriesRecord> list_series_to_extend(db::Session& s, Date until, int limit);
  void set_made_until(db::Session& s, SeriesId id, Date until);
};

}  // namespace mandate::duties
