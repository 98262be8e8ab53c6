// What the console is told of meetings. Only what the reader may know of is here, counts included.
#pragma once

#include "foundation/meetings/service.hpp"

namespace mandate::meetings {

struct MeetingPost {
  http::Number63 id;
  std::string name;
  std::string agency_name;
  std::optional<std::string> holder_name;  // none: vacant
};
BOOST_DESCRIBE_STRUCT(MeetingPost, (), (id, name, agency_name, holder_name))

struct MeetingSeriesName {
  SeriesId id;
  std::string name;
  std::string agency_name;
};
BOOST_DESCRIBE_STRUCT(MeetingSeriesName, (), (id, name, agency_name))

struct AgendaSourceRow {
  std::string key;
  int version = 1;
  std::string title;
  std::string about;
};
BOOST_DESCRIBE_STRUCT(AgendaSourceRow, (), (key, version, title, about))

struct MeetingAgency {
  http::Number63 id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(MeetingAgency, (), (id, name))

struct MeetingSeriesView {
  SeriesId id;
  std::int64_t revision = 1;
  SeriesKind kind = SeriesKind::agency;
  std::string name;
  http::Number63 agency_id;
  std::string agency_name;
  Confidentiality confidentiality = Confidentiality::internal;
  Frequency frequency = Frequency::month;
  std::int64_t day = 0;
  std::int64_t months_after = 0;
  std::string begins_at;
  std::string place;
  std::optional<MeetingPost> chair;
  std::vector<MeetingPost> attendants;
  std::int64_t stage = 1;
  std::vector<MeetingSeriesName> gates;
  std::vector<AgendaSourceRow> sources;
  std::vector<MeetingAgency> covers;
  bool ended = false;
  // The period that comes next when a meeting is planned today, and its day by the series' rule.
  Date next_period_from;
  Date next_period_to;
  Date next_on;
  std::vector<std::string> actions;  // "plan", "change"
};
BOOST_DESCRIBE_STRUCT(MeetingSeriesView, (), (id, revision, kind, name, agency_id, agency_name, confidentiality, frequency, day, months_after, begins_at, place, chair, attendants, stage, gates, sources, covers, ended, next_period_from,
                                       next_period_to, next_on, actions))

struct MeetingRow {
  MeetingId id;
  std::string number;
  SeriesId series_id;
  std::string series_name;
  SeriesKind kind = SeriesKind::agency;
  std::int64_t stage = 1;
  http::Number63 agency_id;
  std::string agency_name;
  Confidentiality confidentiality = Confidentiality::internal;
  Date period_from;
  Date period_to;
  Date planned_on;
  Date nominal_on;  // other than planned_on when the office calendar moved it
  std::string begins_at;
  std::string place;
  MeetingState state = MeetingState::planned;
  std::optional<std::string> reason;
  std::optional<Date> held_on;
  bool whole = true;  // the reader sees all of it; else what concerns their agency
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(MeetingRow, (), (id, number, series_id, series_name, kind, stage, agency_id, agency_name, confidentiality, period_from, period_to, planned_on, nominal_on, begins_at, place, state, reason, held_on, whole, revision))

struct ShownTable {
  std::vector<PackColumn> columns;
  std::vector<std::vector<std::string>> rows;  // as people read them
  std::int64_t rows_left_out = 0;
};
BOOST_DESCRIBE_STRUCT(ShownTable, (), (columns, rows, rows_left_out))

struct AgendaRun {
  std::string key;
  std::int64_t version = 1;
  std::string title;
  std::string about;
  Date as_of;
  Instant known_at;
  Instant run_at;
  std::string run_by_name;
  std::optional<std::string> finding;  // whoever sees the whole meeting
  std::vector<PackDefinition> definitions;
  std::optional<ShownTable> table;
  bool has_chart = false;
};
BOOST_DESCRIBE_STRUCT(AgendaRun, (), (key, version, title, about, as_of, known_at, run_at, run_by_name, finding, definitions, table, has_chart))

struct AgendaEntry {
  EntryId id;
  EntryOrigin origin = EntryOrigin::rule;
  std::string source_key;
  std::optional<PackRecord> record;
  std::optional<http::Number63> agency_id;
  std::optional<std::string> agency_name;
  Confidentiality confidentiality = Confidentiality::internal;
  std::string title;
  std::string reason;
  std::optional<ShownTable> table;
  std::optional<std::string> struck_reason;
  std::optional<std::string> added_by_name;
};
BOOST_DESCRIBE_STRUCT(AgendaEntry, (), (id, origin, source_key, record, agency_id, agency_name, confidentiality, title, reason, table, struck_reason, added_by_name))

struct DutyOfDecision {
  duties::DutyId id;
  std::string number;
  duties::DutyState state = duties::DutyState::open;
  duties::Lateness lateness = duties::Lateness::on_time;
  std::int64_t days_left = 0;
};
BOOST_DESCRIBE_STRUCT(DutyOfDecision, (), (id, number, state, lateness, days_left))

struct MeetingDecisionView {
  DecisionId id;
  std::string number;
  MeetingId meeting_id;
  std::string meeting_number;
  std::string text;
  http::Number63 agency_id;
  std::string agency_name;
  std::optional<std::string> post_name;
  Date due_on;
  std::optional<EntryId> entry_id;
  std::optional<DutyOfDecision> duty;
  Confidentiality confidentiality = Confidentiality::internal;
  DecisionState state = DecisionState::open;
  std::optional<std::string> reason;
  Instant created_at;
  std::int64_t revision = 1;
  std::vector<std::string> actions;  // "close", "withdraw"
};
BOOST_DESCRIBE_STRUCT(MeetingDecisionView, (), (id, number, meeting_id, meeting_number, text, agency_id, agency_name, post_name, due_on, entry_id, duty, confidentiality, state, reason, created_at, revision, actions))

struct FirstStage {
  SeriesId series_id;
  std::string series_name;
  std::string agency_name;
  std::optional<MeetingId> meeting_id;
  std::optional<std::string> meeting_number;
  std::optional<MeetingState> meeting_state;
  std::optional<Instant> approved_at;
  std::optional<std::string> waived;
  std::optional<std::string> waived_by_name;
};
BOOST_DESCRIBE_STRUCT(FirstStage, (), (series_id, series_name, agency_name, meeting_id, meeting_number, meeting_state, approved_at, waived, waived_by_name))

struct PackOfMeeting {
  PackPart part = PackPart::main;
  std::string sha256;
  std::int64_t size = 0;
  Date as_of;
  Instant known_at;
  Instant frozen_at;
  std::string frozen_by_name;
};
BOOST_DESCRIBE_STRUCT(PackOfMeeting, (), (part, sha256, size, as_of, known_at, frozen_at, frozen_by_name))

struct MeetingSeat {
  std::optional<http::Number63> post_id;
  std::optional<std::string> post_name;
  std::optional<http::Number63> agency_id;
  std::optional<std::string> agency_name;
  std::string who;
  Presence presence = Presence::present;
  std::string deputy;
};
BOOST_DESCRIBE_STRUCT(MeetingSeat, (), (post_id, post_name, agency_id, agency_name, who, presence, deputy))

struct MinutesVersion {
  std::int64_t version = 1;
  std::string text;
  Instant written_at;
  std::string written_by_name;
  std::optional<Instant> approved_at;
  std::optional<std::string> approved_by_name;
};
BOOST_DESCRIBE_STRUCT(MinutesVersion, (), (version, text, written_at, written_by_name, approved_at, approved_by_name))

struct MeetingView {
  MeetingRow meeting;
  std::optional<MeetingPost> chair;
  std::vector<FirstStage> gates;
  std::vector<AgendaRun> runs;
  std::vector<AgendaEntry> entries;
  std::vector<MeetingDecisionView> followed;   // of earlier meetings: not closed, or those that the pack froze
  std::vector<PackOfMeeting> packs;
  std::vector<MeetingSeat> attendance;     // before it was kept: the usual seats
  bool attendance_kept = false;
  std::vector<MinutesVersion> minutes;     // newest first
  std::vector<MeetingDecisionView> decisions;
  std::vector<audit::ChangeRow> history;
  std::vector<std::string> actions;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(MeetingView, (), (meeting, chair, gates, runs, entries, followed, packs, attendance, attendance_kept, minutes, decisions, history, actions, as_known_on))

class Views {
 public:
  Views(Meetings::Parts& parts, db::Session& session, const Actor& actor) : p_(parts), s_(session), actor_(actor), today_(parts.clock.today()) {}
  std::vector<MeetingSeriesView> series(const std::vector<SeriesRecord>& records);
  std::vector<MeetingRow> rows(const std::vector<MeetingRecord>& records, std::optional<Instant> known_at = {});
  std::vector<MeetingDecisionView> decisions(const std::vector<FollowedDecision>& decisions);
  Result<MeetingView> meeting(MeetingId id, std::optional<Date> as_known_on);
  AgendaSourceRow source(const AgendaSource& source) const;

 private:
  std::optional<MeetingPost> post(std::int64_t id, Date on) const;
  std::string agency(std::int64_t id) const { return p_.directory.agency_name(id, today_); }
  std::string account(std::int64_t id) { return p_.identity.name_of(s_, id); }
  void add_agenda(MeetingView& view, const Seen& seen, std::optional<Instant> known_at);
  void add_course(MeetingView& view, const Seen& seen, const SeriesRecord& series, std::optional<Instant> known_at);
  std::vector<std::string> actions(const Seen& seen, const MeetingView& view) const;

  Meetings::Parts& p_;
  db::Session& s_;
  const Actor& actor_;
  Date today_;
};

// The pack as this reader may have it: whole, or an extract of what concerns them from both parts. `asked`: a part by name, only for who sees it whole.
struct PackForReader {
  Pack pack;
  std::string hash;
  std::string content;  // canonical; "" of an extract
  bool extract = false;
};
Result<PackForReader> pack_for(Meetings::Parts& parts, const Actor& actor, MeetingId id, std::optional<PackPart> asked, bool must_be_whole);

}  // namespace mandate::meetings
