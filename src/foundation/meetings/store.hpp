// The tables of meetings. Each statement stands beside the function that runs it. Of a dated record there is one current row; `known_at` reads the rows
// that were current then.
#pragma once

#include "foundation/meetings/pack.hpp"
#include "foundation/meetings/rules.hpp"

namespace mandate::meetings {

using EntryId = Id<struct MeetingEntryTag>;
using RunId = Id<struct MeetingRunTag>;

BOOST_DEFINE_ENUM_CLASS(DecisionState, open, closed, withdrawn)
BOOST_DEFINE_ENUM_CLASS(Presence, present, deputy, absent)

struct SeriesRecord {
  std::int64_t row_id = 0;
  SeriesId id;
  std::int64_t revision = 1;
  SeriesKind kind = SeriesKind::agency;
  std::string name;
  std::int64_t agency_id = 0;
  Confidentiality confidentiality = Confidentiality::internal;
  Frequency frequency = Frequency::month;
  std::int64_t day = 0;
  std::int64_t months_after = 0;
  std::string begins_at;
  std::string place;
  std::int64_t chair_post_id = 0;
  std::string attendants;  // posts
  std::int64_t stage = 1;
  std::string gates;    // series of the first stage
  std::string sources;  // rules, in the order of the agenda
  std::string covers;   // agencies; "" for its own, or of a meeting of the city for all
  bool ended = false;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;

  identity::RecordFacts facts() const { return {agency_id, 0, "", confidentiality, 0}; }
};
BOOST_DESCRIBE_STRUCT(SeriesRecord, (), (row_id, id, revision, kind, name, agency_id, confidentiality, frequency, day, months_after, begins_at, place, chair_post_id, attendants, stage, gates, sources, covers, ended, recorded_at,
                                         recorded_by, superseded_at))

struct MeetingRecord {
  std::int64_t row_id = 0;
  MeetingId id;
  std::int64_t revision = 1;
  std::string number;
  SeriesId series_id;
  std::int64_t agency_id = 0;
  Confidentiality confidentiality = Confidentiality::internal;
  Date period_from;
  Date period_to;
  Date nominal_on;
  Date planned_on;
  std::string begins_at;
  std::string place;
  MeetingState state = MeetingState::planned;
  std::string reason;
  std::optional<Date> held_on;
  Instant created_at;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;

  identity::RecordFacts facts() const { return {agency_id, 0, "", confidentiality, 0}; }
  Period period() const { return {period_from, period_to}; }
};
BOOST_DESCRIBE_STRUCT(MeetingRecord, (), (row_id, id, revision, number, series_id, agency_id, confidentiality, period_from, period_to, nominal_on, planned_on, begins_at, place, state, reason, held_on, created_at, recorded_at,
                                          recorded_by, superseded_at))

struct RunRecord {
  RunId id;
  MeetingId meeting_id;
  std::string source_key;
  std::int64_t source_version = 0;
  std::string title;
  std::string section;  // a PackSection without entries, as JSON
  Date as_of;
  Instant known_at;
  Instant run_at;
  std::int64_t run_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(RunRecord, (), (id, meeting_id, source_key, source_version, title, section, as_of, known_at, run_at, run_by, superseded_at))

struct EntryRecord {
  std::int64_t row_id = 0;
  EntryId id;
  MeetingId meeting_id;
  EntryOrigin origin = EntryOrigin::rule;
  std::string source_key;
  RunId run_id;
  std::string record_kind;
  std::int64_t record_id = 0;
  std::int64_t agency_id = 0;
  Confidentiality confidentiality = Confidentiality::internal;
  std::string title;
  std::string reason;
  std::string figures;
  std::int64_t position = 0;
  std::string struck_reason;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(EntryRecord, (), (row_id, id, meeting_id, origin, source_key, run_id, record_kind, record_id, agency_id, confidentiality, title, reason, figures, position, struck_reason, recorded_at, recorded_by, superseded_at))

struct WaiverRecord {
  std::int64_t id = 0;
  MeetingId meeting_id;
  SeriesId series_id;
  std::string reason;
  Instant waived_at;
  std::int64_t waived_by = 0;
};
BOOST_DESCRIBE_STRUCT(WaiverRecord, (), (id, meeting_id, series_id, reason, waived_at, waived_by))

struct PackRow {  // without its content
  MeetingId meeting_id;
  PackPart part = PackPart::main;
  std::string hash;
  std::int64_t size = 0;
  Date as_of;
  Instant known_at;
  Instant frozen_at;
  std::int64_t frozen_by = 0;
};
BOOST_DESCRIBE_STRUCT(PackRow, (), (meeting_id, part, hash, size, as_of, known_at, frozen_at, frozen_by))

struct AttendanceRecord {
  std::int64_t row_id = 0;
  MeetingId meeting_id;
  std::int64_t position = 0;
  std::int64_t post_id = 0;
  std::int64_t agency_id = 0;
  std::string who;
  Presence presence = Presence::present;
  std::string deputy;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(AttendanceRecord, (), (row_id, meeting_id, position, post_id, agency_id, who, presence, deputy, recorded_at, recorded_by, superseded_at))

struct MinutesRecord {
  std::int64_t id = 0;
  MeetingId meeting_id;
  std::int64_t version = 1;
  std::string content;
  Instant written_at;
  std::int64_t written_by = 0;
  std::optional<Instant> approved_at;
  std::optional<std::int64_t> approved_by;
};
BOOST_DESCRIBE_STRUCT(MinutesRecord, (), (id, meeting_id, version, content, written_at, written_by, approved_at, approved_by))

struct DecisionRecord {
  std::int64_t row_id = 0;
  DecisionId id;
  std::int64_t revision = 1;
  std::string number;
  MeetingId meeting_id;
  SeriesId series_id;
  EntryId entry_id;
  std::string content;
  std::string content_hash;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  Date due_on;
  std::int64_t duty_id = 0;
  Confidentiality confidentiality = Confidentiality::internal;
  DecisionState state = DecisionState::open;
  std::string reason;
  Instant created_at;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(DecisionRecord, (), (row_id, id, revision, number, meeting_id, series_id, entry_id, content, content_hash, agency_id, unit_id, post_id, due_on, duty_id, confidentiality, state, reason, created_at, recorded_at,
                                           recorded_by, superseded_at))

struct MeetingFilter {
  identity::Scope scope;
  std::optional<SeriesId> series_id;
  std::optional<std::int64_t> agency_id;  // whose meetings
  std::optional<MeetingState> state;
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<std::pair<Date, MeetingId>> after;  // the last of the page before
};

struct DecisionFilter {
  identity::Scope scope;
  std::optional<SeriesId> series_id;
  std::optional<std::int64_t> agency_id;
  std::optional<DecisionState> state;
  std::optional<std::pair<Date, DecisionId>> after;
};

class MeetingStore {
 public:
  void insert(db::Session& s, SeriesRecord& series);
  void insert(db::Session& s, MeetingRecord& meeting);
  void insert(db::Session& s, DecisionRecord& decision);
  // Supersedes `before` by `after`, whose revision it raises. False when somebody else was faster.
  bool replace(db::Session& s, const SeriesRecord& before, SeriesRecord& after, const Actor& actor);
  bool replace(db::Session& s, const MeetingRecord& before, MeetingRecord& after, const Actor& actor);
  bool replace(db::Session& s, const DecisionRecord& before, DecisionRecord& after, const Actor& actor);

  using Known = std::optional<Instant>;
  std::optional<SeriesRecord> find_series(db::Session& s, SeriesId id, Known known_at = {});
  std::vector<SeriesRecord> list_series_by_id(db::Session& s, const std::vector<std::int64_t>& ids, Known known_at = {});
  // By agency, name and id, behind the last of the page before.
  std::vector<SeriesRecord> list_series(db::Session& s, const identity::Scope& scope, const std::optional<SeriesRecord>& after, int limit);

  std::optional<MeetingRecord> find(db::Session& s, MeetingId id, Known known_at = {});
  std::vector<MeetingRecord> list_by_id(db::Session& s, const std::vector<std::int64_t>& ids);
  // What does not take place counts too; newest day first.
  std::vector<MeetingRecord> list(db::Session& s, const MeetingFilter& filter, int limit);
  // The meetings of these series that are about this period, cancelled ones left out.
  std::vector<MeetingRecord> list_of_period(db::Session& s, const std::vector<std::pair<SeriesId, Date>>& wanted, Known known_at = {});
  std::vector<MeetingRecord> list_still_planned(db::Session& s, Date from, Date to);
  // Whether an entry, a decision or a seat of the meeting is one that the scope reaches.
  bool concerns(db::Session& s, MeetingId id, const identity::Scope& scope);

  void supersede_runs(db::Session& s, MeetingId id, Instant at);
  void insert(db::Session& s, const RunRecord& run);
  std::vector<RunRecord> list_runs(db::Session& s, MeetingId id, Known known_at = {});
  void insert(db::Session& s, std::vector<EntryRecord>& entries);
  // Of one origin, or this one entry; returns how many.
  std::int64_t supersede_entries(db::Session& s, MeetingId id, EntryOrigin origin, Instant at);
  bool supersede_entry(db::Session& s, const EntryRecord& entry, Instant at);
  std::vector<EntryRecord> list_entries(db::Session& s, MeetingId id, Known known_at = {});

  void insert(db::Session& s, const WaiverRecord& waiver);
  std::vector<WaiverRecord> list_waivers(db::Session& s, MeetingId id, Known known_at = {});

  void insert_pack(db::Session& s, const PackRow& row, const std::string& content);
  std::vector<PackRow> list_packs(db::Session& s, MeetingId id, Known known_at = {});
  std::optional<std::string> find_pack_content(db::Session& s, MeetingId id, PackPart part);

  void set_attendance(db::Session& s, MeetingId id, std::vector<AttendanceRecord>& rows, const Actor& actor);
  std::vector<AttendanceRecord> list_attendance(db::Session& s, MeetingId id, Known known_at = {});

  void insert(db::Session& s, const MinutesRecord& minutes);
  bool approve(db::Session& s, MeetingId id, std::int64_t version, const Actor& actor);
  std::vector<MinutesRecord> list_minutes(db::Session& s, MeetingId id, Known known_at = {});  // newest first
  std::map<MeetingId, Instant> list_approved(db::Session& s, const std::vector<std::int64_t>& meetings);

  std::optional<DecisionRecord> find_decision(db::Session& s, DecisionId id);
  std::vector<DecisionRecord> list_decisions_of(db::Session& s, MeetingId id, Known known_at = {});
  std::vector<DecisionRecord> list_decisions_by_id(db::Session& s, const std::vector<std::int64_t>& ids, Known known_at = {});
  // Open ones of the series from other meetings than this, oldest first.
  std::vector<DecisionRecord> list_open_decisions(db::Session& s, SeriesId series, MeetingId but, int limit, Known known_at = {});
  std::vector<DecisionRecord> list_decisions(db::Session& s, const DecisionFilter& filter, int limit);
};

}  // namespace mandate::meetings
