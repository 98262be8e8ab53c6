// A pack: everything a meeting looked at, as plain data that is frozen as one canonical text (canonical.hpp) and known by the SHA-256 of that text.
//
// There are two parts. `main` holds what is open or internal, `closed` what is confidential (密件): whoever may not know that there is a closed part is
// given a main part that is whole, with a hash of its own, and neither says anything of the other.
#pragma once

#include "foundation/meetings/api.hpp"

namespace mandate::meetings {

inline constexpr const char* pack_format = "mandate-pack/1";
BOOST_DEFINE_ENUM_CLASS(PackPart, main, closed)
// rule: brought by an agenda source; manual: added by a person, with a reason; carried: a decision that is not closed.
BOOST_DEFINE_ENUM_CLASS(EntryOrigin, rule, manual)

struct PackColumn {
  std::string title;
  reports::ColumnType type = reports::ColumnType::text;
};
BOOST_DESCRIBE_STRUCT(PackColumn, (), (title, type))

// A cell is null, a text, a whole number, {"percent": basis points}, {"date": "2023-03-07"} or {"instant": "2023-03-07T01:02:03Z"}.
struct PackTable {
  std::vector<PackColumn> columns;
  std::vector<std::vector<http::Json>> rows;
  std::int64_t rows_left_out = 0;
};
BOOST_DESCRIBE_STRUCT(PackTable, (), (columns, rows, rows_left_out))

// A value is a whole number, or "missing", or "not_yet_due": a missing report is never drawn as 0.
struct PackLine {
  std::string name;
  std::string look;
  std::vector<http::Json> values;
};
BOOST_DESCRIBE_STRUCT(PackLine, (), (name, look, values))

struct PackChart {
  std::string kind;
  std::string title;
  std::string description;
  std::string unit;
  bool percent = false;
  std::vector<std::string> categories;
  std::vector<PackLine> series;
};
BOOST_DESCRIBE_STRUCT(PackChart, (), (kind, title, description, unit, percent, categories, series))

struct PackDefinition {
  std::string name;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(PackDefinition, (), (name, text))

struct PackRecord {
  std::string kind;
  http::Number63 id;
};
BOOST_DESCRIBE_STRUCT(PackRecord, (), (kind, id))

struct PackEntry {
  http::Number63 id;
  EntryOrigin origin = EntryOrigin::rule;
  std::optional<PackRecord> record;
  std::optional<http::Number63> agency_id;
  std::string agency;
  Confidentiality confidentiality = Confidentiality::internal;
  std::string title;
  std::string reason;
  std::optional<PackTable> table;
  std::optional<std::string> struck;    // taken off the agenda, and why
  std::optional<std::string> added_by;  // of a manual one
};
BOOST_DESCRIBE_STRUCT(PackEntry, (), (id, origin, record, agency_id, agency, confidentiality, title, reason, table, struck, added_by))

struct PackSection {
  std::string key;  // of the rule; "manual"
  int version = 0;
  std::string title;
  std::string about;
  std::string finding;
  std::vector<PackDefinition> definitions;
  std::optional<PackTable> table;
  std::optional<PackChart> chart;
  std::vector<PackEntry> entries;
};
BOOST_DESCRIBE_STRUCT(PackSection, (), (key, version, title, about, finding, definitions, table, chart, entries))

struct PackDecision {
  http::Number63 id;
  std::string number;
  std::string meeting_number;
  Date decided_on;
  std::string text;
  http::Number63 agency_id;
  std::string agency;
  Confidentiality confidentiality = Confidentiality::internal;
  std::string duty_number;
  Date due_on;
  std::string duty_state;  // of the ledger: open, done, cancelled
  std::string lateness;
  std::int64_t days_left = 0;  // negative: late
};
BOOST_DESCRIBE_STRUCT(PackDecision, (), (id, number, meeting_number, decided_on, text, agency_id, agency, confidentiality, duty_number, due_on, duty_state, lateness, days_left))

struct PackGate {
  http::Number63 series_id;
  std::string series;
  std::string agency;
  std::optional<std::string> meeting_number;
  std::optional<Instant> approved_at;  // of its minutes
  std::optional<std::string> waived;   // why it was done without
  std::optional<std::string> waived_by;
  std::optional<Instant> waived_at;
};
BOOST_DESCRIBE_STRUCT(PackGate, (), (series_id, series, agency, meeting_number, approved_at, waived, waived_by, waived_at))

struct PackMeeting {
  http::Number63 id;
  std::string number;
  std::string series;
  SeriesKind kind = SeriesKind::agency;
  int stage = 1;
  std::string agency;
  Date period_from;
  Date period_to;
  Date planned_on;
  std::string begins_at;
  std::string place;
  std::string chair;
  Confidentiality confidentiality = Confidentiality::internal;
};
BOOST_DESCRIBE_STRUCT(PackMeeting, (), (id, number, series, kind, stage, agency, period_from, period_to, planned_on, begins_at, place, chair, confidentiality))

struct Pack {
  std::string format = pack_format;
  PackPart part = PackPart::main;
  PackMeeting meeting;
  Date as_of;        // the cut-off: the day the figures are about
  Instant known_at;  // and the state of the records they were read from
  Instant frozen_at;
  std::string frozen_by;
  std::vector<PackGate> gates;
  std::vector<PackDecision> decisions;  // of earlier meetings, not closed yet
  std::vector<PackSection> sections;
};
BOOST_DESCRIBE_STRUCT(Pack, (), (format, part, meeting, as_of, known_at, frozen_at, frozen_by, gates, decisions, sections))

PackTable pack_table(const FigureTable& table);
FigureTable figure_table(const PackTable& table);
PackChart pack_chart(const reports::Chart& chart);
reports::Chart chart_of(const PackChart& chart);

// The section of a rule as it is kept with its run, without entries; and the figures of an entry. "" stands for none.
std::string table_text(const FigureTable& table);
std::optional<PackTable> table_from_text(const std::string& text);

std::string canonical_pack(const Pack& pack);
// A fault when the text is no pack of a format that is known.
Result<Pack> read_pack(const std::string& text);

// ---- the file that leaves the house: {"content": ..., "digests": [...], "format": "mandate-pack/1", "sha256": "..."}. `digests` names the SHA-256 of each
// piece, so that whoever finds the whole changed can say where.

std::string pack_file(const std::string& content, const std::string& hash);

struct PackCheck {
  std::vector<std::string> faults;  // in English, for the terminal; none: the content is what was frozen, by its own hash
  std::string hash;                 // of the content as it stands in the file
  std::optional<Pack> pack;
  std::string content;              // canonical
  bool good() const { return faults.empty(); }
};
PackCheck check_pack_file(std::string_view bytes);

// ---- for people

// `extract`: only some of the entries are shown; the text says so, and that the hash is that of the whole.
std::string pack_odt(const Pack& pack, const std::string& hash, bool extract, Language language);
std::string pack_html(const Pack& pack, const std::string& hash, bool extract, Language language);

}  // namespace mandate::meetings
