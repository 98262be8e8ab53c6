// Meetings as other modules see them: series, meetings whose agenda is filled by rules, packs frozen under a hash, decisions that are duties. A module that
// has something to bring before a meeting registers an agenda source; it writes no agenda, pack or follow-up of its own.
#pragma once

#include "foundation/duties/api.hpp"
#include "foundation/reports/table.hpp"

namespace mandate::meetings {

using SeriesId = Id<struct MeetingSeriesTag>;
using MeetingId = Id<struct MeetingTag>;
using DecisionId = Id<struct MeetingDecisionTag>;
using identity::Confidentiality;

// agency: an agency's own (第一階段); review: of the whole city, by the deputy secretary-general (第二階段); committee: quarterly; programme: of one
// programme; visit: one that goes to where the work is, with requests heard on the spot.
BOOST_DEFINE_ENUM_CLASS(SeriesKind, agency, review, committee, programme, visit)
// none: called when there is need; its period is the day of the meeting.
BOOST_DEFINE_ENUM_CLASS(Frequency, month, two_months, quarter, half_year, year, none)
BOOST_DEFINE_ENUM_CLASS(MeetingState, planned, agenda_open, frozen, held, minutes_approved, cancelled)

// ---- what a rule gives an agenda. Its words are written in the city's language (zh-TW): a pack is a record, and reads the same for everybody.

struct FigureTable {
  std::vector<reports::Column> columns;
  std::vector<reports::Row> rows;
  std::int64_t rows_left_out = 0;  // there are more than the table shows
  bool empty() const { return columns.empty(); }
};

struct Definition {
  std::string name;
  std::string text;  // with its version, and the legal source or "未載明來源"
};

struct SourceEntry {
  std::string record_kind;  // "tender"; with record_id the entry keeps its place and its marks when the rule runs again
  std::int64_t record_id = 0;
  std::int64_t agency_id = 0;  // whom it concerns; that agency reads it
  Confidentiality confidentiality = Confidentiality::internal;
  std::string title;
  std::string reason;  // why the rule brings it, with the figure that decided
  FigureTable figures = {};
};

struct SourceSection {
  std::string finding;  // the one sentence with its number
  std::vector<Definition> definitions;
  // Made of what is not confidential: whoever reads the whole meeting reads them.
  FigureTable table = {};
  std::optional<reports::Chart> chart = {};
  std::vector<SourceEntry> entries;
};

struct AgendaQuestion {
  SeriesKind kind = SeriesKind::agency;
  std::vector<std::int64_t> agencies;  // that the meeting is about; empty: the whole city
  Date from;  // the period
  Date to;
  // The cut-off: what stood in the records at this moment, about this day. The same question gives the same answer for ever.
  Date as_of;
  Instant known_at;
};

struct AgendaSource {
  std::string key;      // "duties.severe"
  int version = 1;      // raised whenever the rule changes; printed in the pack
  std::string title;    // message key
  std::string about;    // message key: what it brings, in a sentence
  std::function<SourceSection(db::Session&, const AgendaQuestion&)> collect;
};

// ---- names and facts of the organisation

struct Directory {
  std::function<std::string(std::int64_t agency, Date on)> agency_name;
  std::function<bool(std::int64_t agency, Date on)> agency_exists;
  std::function<std::vector<std::int64_t>(std::int64_t agency, Date on)> subtree;  // the agency first
  struct Post {
    std::string name;
    std::string holder;  // "" when vacant
    std::int64_t agency_id = 0;
  };
  std::function<std::optional<Post>(std::int64_t post, Date on)> post;
};

// A meeting as a calendar shows it.
struct CalendarMeeting {
  MeetingId id;
  std::string number;
  std::string series_name;
  std::string agency_name;
  Date planned_on;
  std::string begins_at;  // "14:00", or ""
  std::string place;
  MeetingState state = MeetingState::planned;
  Confidentiality confidentiality = Confidentiality::internal;
  Instant created_at;
  Instant recorded_at;
  std::int64_t revision = 1;
};

class Meetings final : public calendar::DueDateEffects {
 public:
  Meetings(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, calendar::Calendar& calendar, duties::Duties& duties, Directory directory);
  ~Meetings() override;

  // At start, before anything is asked.
  void add_source(AgendaSource source);

  // For a calendar that leaves the house: of an agency (0: the reader's own meetings), or of one series.
  Result<std::vector<CalendarMeeting>> list_for_calendar(db::Session& session, const Actor& actor, std::int64_t series_id);
  Result<std::string> calendar_title(db::Session& session, const Actor& actor, std::int64_t series_id);

  // Meetings that are still to be held move off days that were closed.
  std::int64_t count_affected(db::Session& session, const calendar::CalendarDays& after, const std::vector<Date>& changed) override;
  std::int64_t recompute(db::Session& session, const Actor& actor, const calendar::CalendarDays& after, std::int64_t version, const std::vector<Date>& changed) override;

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

// Late duties by agency, and severe ones case by case, from the ledger.
void add_duty_sources(Meetings& meetings, duties::Duties& duties);
void add_meeting_routes(http::Router& router, Meetings& meetings);
db::MigrationSet meeting_migrations();
const std::vector<i18n::Message>& meeting_messages();

}  // namespace mandate::meetings
