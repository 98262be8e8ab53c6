#include "foundation/duties/store.hpp"

namespace mandate::duties {
namespace {

struct VersionRow {
  std::string title;
  std::string detail;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  Date due_on;
  std::int64_t calendar_version = 0;
  DutyState state = DutyState::open;
  std::optional<Date> done_on;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  std::string district;
  std::int64_t goal_id = 0;
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (title, detail, agency_id, unit_id, post_id, due_on, calendar_version, state, done_on, severity, confidentiality, district, goal_id))

constexpr auto extension_columns = "id, duty_id, asked_at, asked_by, asked_due_on, reason, state, decided_at, decided_by, decision_note, COALESCE(asked_for, 0), COALESCE(decided_for, 0)";
constexpr auto series_columns = "id, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, severity, confidentiality, every, months, day, starts_on, ends_on, made_until, district, goal_id";

}  // namespace

std::optional<DutyRecord> DutyStore::find_version(db::Session& s, const DutyRecord& now, std::int64_t revision) {
  const auto row = s.find<VersionRow>("SELECT title, COALESCE(detail, ''), agency_id, unit_id, post_id, due_on, calendar_version, state, done_on, severity, confidentiality, district, goal_id FROM duty_version WHERE duty_id = ? AND revision = ?", now.id, revision);
  if (!row) return std::nullopt;
  auto out = now;
  out.title = row->title;
  out.detail = row->detail;
  out.agency_id = row->agency_id;
  out.unit_id = row->unit_id;
  out.post_id = row->post_id;
  out.due_on = row->due_on;
  out.calendar_version = row->calendar_version;
  out.state = row->state;
  out.done_on = row->done_on;
  out.severity = row->severity;
  out.confidentiality = row->confidentiality;
  out.district = row->district;
  out.goal_id = row->goal_id;
  return out;
}

void DutyStore::add_evidence(db::Session& s, DutyId duty, const EvidenceRecord& e) {
  s.execute("INSERT INTO duty_evidence (id, duty_id, at, account_id, text, for_account) VALUES (?, ?, ?, ?, ?, ?)", next_id(), duty, e.at, e.account_id, e.text, e.for_account == 0 ? std::nullopt : std::optional(e.for_account));
}

void DutyStore::withdraw_evidence(db::Session& s, DutyId duty, Instant given_at, std::int64_t account_id, Instant now) {
  s.execute("UPDATE duty_evidence SET withdrawn_at = ? WHERE duty_id = ? AND at = ? AND account_id = ? AND withdrawn_at IS NULL", now, duty, given_at, account_id);
}

std::vector<EvidenceRecord> DutyStore::list_evidence(db::Session& s, DutyId duty) {
  return s.list<EvidenceRecord>("SELECT at, account_id, text, COALESCE(for_account, 0) FROM duty_evidence WHERE duty_id = ? AND withdrawn_at IS NULL ORDER BY at, id", duty);
}

void DutyStore::add_extension(db::Session& s, const ExtensionRecord& e) {
  s.execute("INSERT INTO duty_extension (id, duty_id, asked_at, asked_by, asked_due_on, reason, state, decided_at, decided_by, decision_note, asked_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", e.id, e.duty_id, e.asked_at, e.asked_by,
            e.asked_due_on, e.reason, e.state, e.decided_at, e.decided_by, e.decision_note, e.asked_for == 0 ? std::nullopt : std::optional(e.asked_for));
}

std::vector<ExtensionRecord> DutyStore::list_extensions(db::Session& s, DutyId duty) {
  return s.list<ExtensionRecord>(std::string("SELECT ") + extension_columns + " FROM duty_extension WHERE duty_id = ? ORDER BY asked_at, id", duty);
}

bool DutyStore::decide_extension(db::Session& s, ExtensionId id, const std::string& state, Instant at, std::int64_t by, const std::string& note, std::int64_t standing_for) {
  return s.execute("UPDATE duty_extension SET state = ?, decided_at = ?, decided_by = ?, decision_note = ?, decided_for = ? WHERE id = ? AND state = 'asked'", state, at, by, note,
                   standing_for == 0 ? std::nullopt : std::optional(standing_for), id) == 1;
}

void DutyStore::insert_series(db::Session& s, const SeriesRecord& r) {
  s.execute("INSERT INTO duty_series (id, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, severity, confidentiality, every, months, day, starts_on, ends_on, made_until, district, goal_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            r.id, r.title, r.detail, r.origin, r.source_kind, r.source_id, r.agency_id, r.unit_id, r.post_id, r.severity, r.confidentiality, r.every, r.months, r.day, r.starts_on, r.ends_on, r.made_until, r.district, r.goal_id);
}

std::optional<SeriesRecord> DutyStore::find_series(db::Session& s, SeriesId id) { return s.find<SeriesRecord>(std::string("SELECT ") + series_columns + " FROM duty_series WHERE id = ?", id); }

std::vector<SeriesRecord> DutyStore::list_series_to_extend(db::Session& s, Date until, int limit) {
  return s.list<SeriesRecord>(std::string("SELECT ") + series_columns + " FROM duty_series WHERE ended_at IS NULL AND made_until < ? AND (ends_on IS NULL OR made_until < ends_on) ORDER BY made_until, id LIMIT ?", until, limit);
}

void DutyStore::set_made_until(db::Session& s, SeriesId id, Date until) { s.execute("UPDATE duty_series SET made_until = ? WHERE id = ?", until, id); }

}  // namespace mandate::duties
