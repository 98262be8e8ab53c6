// What stands on agendas and what was decided.
#include "foundation/meetings/store.hpp"
#include "platform/db/lists.hpp"

namespace mandate::meetings {
namespace {

constexpr auto entry_columns = "row_id, id, meeting_id, origin, source_key, run_id, record_kind, record_id, agency_id, confidentiality, title, reason, figures, position, struck_reason, recorded_at, recorded_by, superseded_at";
constexpr auto decision_columns =
    "d.row_id, d.id, d.revision, d.number, d.meeting_id, d.series_id, d.entry_id, d.content, d.content_hash, d.agency_id, d.unit_id, d.post_id, d.due_on, d.duty_id, d.confidentiality, d.state, d.reason, d.created_at, d.recorded_at, d.recorded_by, "
    "d.superseded_at";

std::string known(const MeetingStore::Known& known_at, std::vector<db::Value>& values, const char* recorded = "recorded_at") {
  if (!known_at) return "superseded_at IS NULL";
  values.push_back(db::to_value(*known_at));
  values.push_back(db::to_value(*known_at));
  return std::string(recorded) + " <= ? AND (superseded_at IS NULL OR superseded_at > ?)";
}

}  // namespace

void MeetingStore::supersede_runs(db::Session& s, MeetingId id, Instant at) { s.execute("UPDATE meeting_run SET superseded_at = ? WHERE meeting_id = ? AND superseded_at IS NULL", at, id); }

void MeetingStore::insert(db::Session& s, const RunRecord& r) {
  s.execute("INSERT INTO meeting_run (id, meeting_id, source_key, source_version, title, section, as_of, known_at, run_at, run_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.id, r.meeting_id, r.source_key, r.source_version, r.title, r.section, r.as_of,
            r.known_at, r.run_at, r.run_by);
}

std::vector<RunRecord> MeetingStore::list_runs(db::Session& s, MeetingId id, Known known_at) {
  std::vector<db::Value> values = {db::to_value(id)};
  const auto where = known(known_at, values, "run_at");
  return s.list_values<RunRecord>("SELECT id, meeting_id, source_key, source_version, title, section, as_of, known_at, run_at, run_by, superseded_at FROM meeting_run WHERE meeting_id = ? AND " + where + " ORDER BY id", values);
}

void MeetingStore::insert(db::Session& s, std::vector<EntryRecord>& entries) {
  for (auto& entry : entries) entry.row_id = next_id();
  db::in_chunks(entries, [&](const std::vector<EntryRecord>& some) {
    std::vector<db::Value> values;
    for (const auto& r : some) {
      for (auto& value :
           std::vector<db::Value>{db::to_value(r.row_id), db::to_value(r.id), db::to_value(r.meeting_id), db::to_value(r.origin), db::to_value(r.source_key), db::to_value(r.run_id), db::to_value(r.record_kind), db::to_value(r.record_id),
                                  db::to_value(r.agency_id), db::to_value(r.confidentiality), db::to_value(r.title), db::to_value(r.reason), db::to_value(r.figures), db::to_value(r.position), db::to_value(r.struck_reason), db::to_value(r.recorded_at),
                                  db::to_value(r.recorded_by), db::to_value(r.superseded_at)}) {
        values.push_back(std::move(value));
      }
    }
    s.execute_values(std::string("INSERT INTO meeting_entry (") + entry_columns + ") VALUES " + db::marks(some.size(), "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"), values);
  });
}

std::int64_t MeetingStore::supersede_entries(db::Session& s, MeetingId id, EntryOrigin origin, Instant at) {
  return s.execute("UPDATE meeting_entry SET superseded_at = ? WHERE meeting_id = ? AND origin = ? AND superseded_at IS NULL", at, id, origin);
}

bool MeetingStore::supersede_entry(db::Session& s, const EntryRecord& entry, Instant at) { return s.execute("UPDATE meeting_entry SET superseded_at = ? WHERE row_id = ? AND superseded_at IS NULL", at, entry.row_id) == 1; }

std::vector<EntryRecord> MeetingStore::list_entries(db::Session& s, MeetingId id, Known known_at) {
  std::vector<db::Value> values = {db::to_value(id)};
  const auto where = known(known_at, values);
  return s.list_values<EntryRecord>(std::string("SELECT ") + entry_columns + " FROM meeting_entry WHERE meeting_id = ? AND " + where + " ORDER BY position, id", values);
}

void MeetingStore::insert(db::Session& s, const WaiverRecord& r) {
  s.execute("INSERT INTO meeting_waiver (id, meeting_id, series_id, reason, waived_at, waived_by) VALUES (?, ?, ?, ?, ?, ?)", r.id, r.meeting_id, r.series_id, r.reason, r.waived_at, r.waived_by);
}

std::vector<WaiverRecord> MeetingStore::list_waivers(db::Session& s, MeetingId id, Known known_at) {
  std::vector<db::Value> values = {db::to_value(id)};
  if (known_at) values.push_back(db::to_value(*known_at));
  return s.list_values<WaiverRecord>(std::string("SELECT id, meeting_id, series_id, reason, waived_at, waived_by FROM meeting_waiver WHERE meeting_id = ?") + (known_at ? " AND waived_at <= ?" : "") + " ORDER BY id", values);
}

void MeetingStore::insert(db::Session& s, DecisionRecord& r) {
  r.row_id = next_id();
  s.execute("INSERT INTO meeting_decision (row_id, id, revision, number, meeting_id, series_id, entry_id, content, content_hash, agency_id, unit_id, post_id, due_on, duty_id, confidentiality, state, reason, created_at, recorded_at, recorded_by, superseded_at) VALUES (" +
                db::marks(21) + ")",
            r.row_id, r.id, r.revision, r.number, r.meeting_id, r.series_id, r.entry_id, r.content, r.content_hash, r.agency_id, r.unit_id, r.post_id, r.due_on, r.duty_id, r.confidentiality, r.state, r.reason, r.created_at, r.recorded_at,
            r.recorded_by, r.superseded_at);
}

std::optional<DecisionRecord> MeetingStore::find_decision(db::Session& s, DecisionId id) {
  return s.find<DecisionRecord>(std::string("SELECT ") + decision_columns + " FROM meeting_decision d WHERE d.id = ? AND d.superseded_at IS NULL", id);
}

std::vector<DecisionRecord> MeetingStore::list_decisions_of(db::Session& s, MeetingId id, Known known_at) {
  std::vector<db::Value> values = {db::to_value(id)};
  const auto where = known(known_at, values);
  return s.list_values<DecisionRecord>(std::string("SELECT ") + decision_columns + " FROM meeting_decision d WHERE d.meeting_id = ? AND " + where + " ORDER BY d.created_at, d.id", values);
}

std::vector<DecisionRecord> MeetingStore::list_decisions_by_id(db::Session& s, const std::vector<std::int64_t>& ids, Known known_at) {
  if (ids.empty()) return {};
  std::vector<db::Value> values = {db::id_list(s.engine(), ids)};
  const auto where = known(known_at, values);
  return s.list_values<DecisionRecord>(std::string("SELECT ") + decision_columns + " FROM meeting_decision d WHERE " + db::among(s.engine(), "d.id") + " AND " + where + " ORDER BY d.created_at, d.id", values);
}

std::vector<DecisionRecord> MeetingStore::list_open_decisions(db::Session& s, SeriesId series, MeetingId but, int limit, Known known_at) {
  std::vector<db::Value> values = {db::to_value(series), db::to_value(but)};
  const auto where = known(known_at, values);
  values.push_back(db::to_value(limit));
  return s.list_values<DecisionRecord>(std::string("SELECT ") + decision_columns + " FROM meeting_decision d WHERE d.series_id = ? AND d.state = 'open' AND d.meeting_id <> ? AND " + where + " ORDER BY d.created_at, d.id LIMIT ?", values);
}

std::vector<DecisionRecord> MeetingStore::list_decisions(db::Session& s, const DecisionFilter& f, int limit) {
  std::string where = "d.superseded_at IS NULL";
  std::vector<db::Value> values;
  const auto add = [&](const char* condition, const auto& value) {
    where += std::string(" AND ") + condition;
    values.push_back(db::to_value(value));
  };
  if (f.series_id) add("d.series_id = ?", *f.series_id);
  if (f.agency_id) add("d.agency_id = ?", *f.agency_id);
  if (f.state) add("d.state = ?", *f.state);
  if (f.after) {
    where += " AND (d.due_on, d.id) > (?, ?)";
    values.push_back(db::to_value(f.after->first));
    values.push_back(db::to_value(f.after->second));
  }
  // Of one's own agency, or taken in a meeting of it; how secret it is counts by the decision itself in either case.
  std::string seen;
  for (const auto& part : f.scope.parts) {
    std::string one = part.up_to == Confidentiality::confidential ? "1=1" : part.up_to == Confidentiality::open ? "d.confidentiality = 'open'" : "d.confidentiality <> 'confidential'";
    if (!part.everything) {
      if (part.agencies.empty()) continue;
      const auto marks = db::marks(part.agencies.size());
      one += " AND (d.agency_id IN (" + marks + ") OR EXISTS (SELECT 1 FROM meeting m WHERE m.id = d.meeting_id AND m.superseded_at IS NULL AND m.agency_id IN (" + marks + ")))";
      for (int twice = 0; twice < 2; ++twice) {
        for (const auto id : part.agencies) values.push_back(db::to_value(id));
      }
    }
    seen += (seen.empty() ? "(" : " OR (") + one + ")";
  }
  if (seen.empty()) return {};
  where += " AND (" + seen + ")";
  values.push_back(db::to_value(limit));
  return s.list_values<DecisionRecord>(std::string("SELECT ") + decision_columns + " FROM meeting_decision d WHERE " + where + " ORDER BY d.due_on, d.id LIMIT ?", values);
}

}  // namespace mandate::meetings
