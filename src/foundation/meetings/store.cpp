#include "foundation/meetings/store.hpp"

#include "platform/db/lists.hpp"

namespace mandate::meetings {
namespace {

constexpr auto series_columns =
    "row_id, id, revision, kind, name, agency_id, confidentiality, frequency, day, months_after, begins_at, place, chair_post_id, attendants, stage, gates, sources, covers, ended, recorded_at, recorded_by, superseded_at";
constexpr auto meeting_columns =
    "m.row_id, m.id, m.revision, m.number, m.series_id, m.agency_id, m.confidentiality, m.period_from, m.period_to, m.nominal_on, m.planned_on, m.begins_at, m.place, m.state, m.reason, m.held_on, m.created_at, m.recorded_at, m.recorded_by, "
    "m.superseded_at";

// Rows that are current, or were at that moment.
std::string current(const MeetingStore::Known& known_at, const std::string& alias = "", const char* recorded = "recorded_at") {
  const std::string dot = alias.empty() ? "" : alias + ".";
  if (!known_at) return dot + "superseded_at IS NULL";
  return dot + recorded + " <= ? AND (" + dot + "superseded_at IS NULL OR " + dot + "superseded_at > ?)";
}
void add_known(std::vector<db::Value>& values, const MeetingStore::Known& known_at) {
  if (!known_at) return;
  values.push_back(db::to_value(*known_at));
  values.push_back(db::to_value(*known_at));
}

void add_condition(std::string& where, std::vector<db::Value>& values, const std::string& before, const identity::Scope& scope, const std::string& alias, const std::string& after) {
  const auto condition = identity::condition_of(scope, alias);
  where += before + condition.where + after;
  values.insert(values.end(), condition.values.begin(), condition.values.end());
}

bool reaches_everything(const identity::Scope& scope) {
  return std::any_of(scope.parts.begin(), scope.parts.end(), [](const auto& part) { return part.everything && part.up_to == Confidentiality::confidential && part.origins.empty(); });
}

// Whoever owns the meeting sees it, and whomever something of it concerns: an entry, a decision, a seat.
void add_seen(std::string& where, std::vector<db::Value>& values, const identity::Scope& scope) {
  if (reaches_everything(scope)) return;
  add_condition(where, values, " AND (", scope, "m", "");
  add_condition(where, values, " OR (m.confidentiality <> 'confidential' AND (EXISTS (SELECT 1 FROM meeting_entry e WHERE e.meeting_id = m.id AND e.superseded_at IS NULL AND ", scope, "e", ")");
  add_condition(where, values, " OR EXISTS (SELECT 1 FROM meeting_decision d WHERE d.meeting_id = m.id AND d.superseded_at IS NULL AND d.state <> 'withdrawn' AND ", scope, "d", ")");
  std::set<std::int64_t> agencies;
  for (const auto& part : scope.parts) agencies.insert(part.agencies.begin(), part.agencies.end());
  agencies.erase(0);
  if (!agencies.empty()) {
    where += " OR EXISTS (SELECT 1 FROM meeting_attendance a WHERE a.meeting_id = m.id AND a.superseded_at IS NULL AND a.agency_id IN (" + db::marks(agencies.size()) + "))";
    for (const auto id : agencies) values.push_back(db::to_value(id));
  }
  where += ")))";
}

}  // namespace

std::optional<SeriesRecord> MeetingStore::find_series(db::Session& s, SeriesId id, Known known_at) {
  auto found = list_series_by_id(s, {id.value}, known_at);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<SeriesRecord> MeetingStore::list_series_by_id(db::Session& s, const std::vector<std::int64_t>& ids, Known known_at) {
  if (ids.empty()) return {};
  std::vector<db::Value> values = {db::id_list(s.engine(), ids)};
  add_known(values, known_at);
  return s.list_values<SeriesRecord>(std::string("SELECT ") + series_columns + " FROM meeting_series WHERE " + db::among(s.engine(), "id") + " AND " + current(known_at) + " ORDER BY agency_id, name, id", values);
}

std::vector<SeriesRecord> MeetingStore::list_series(db::Session& s, const identity::Scope& scope, const std::optional<SeriesRecord>& after, int limit) {
  std::string where = "superseded_at IS NULL";
  std::vector<db::Value> values;
  add_condition(where, values, " AND ", scope, "", "");
  if (after) {
    where += " AND (agency_id, name, id) > (?, ?, ?)";
    values.push_back(db::to_value(after->agency_id));
    values.push_back(db::to_value(after->name));
    values.push_back(db::to_value(after->id));
  }
  values.push_back(db::to_value(limit));
  return s.list_values<SeriesRecord>(std::string("SELECT ") + series_columns + " FROM meeting_series WHERE " + where + " ORDER BY agency_id, name, id LIMIT ?", values);
}

void MeetingStore::insert(db::Session& s, SeriesRecord& r) {
  r.row_id = next_id();
  s.execute(std::string("INSERT INTO meeting_series (") + series_columns + ") VALUES (" + db::marks(22) + ")", r.row_id, r.id, r.revision, r.kind, r.name, r.agency_id, r.confidentiality, r.frequency, r.day, r.months_after, r.begins_at, r.place,
            r.chair_post_id, r.attendants, r.stage, r.gates, r.sources, r.covers, r.ended, r.recorded_at, r.recorded_by, r.superseded_at);
}

void MeetingStore::insert(db::Session& s, MeetingRecord& r) {
  r.row_id = next_id();
  s.execute("INSERT INTO meeting (row_id, id, revision, number, series_id, agency_id, confidentiality, period_from, period_to, nominal_on, planned_on, begins_at, place, state, reason, held_on, created_at, recorded_at, recorded_by, superseded_at) VALUES (" +
                db::marks(20) + ")",
            r.row_id, r.id, r.revision, r.number, r.series_id, r.agency_id, r.confidentiality, r.period_from, r.period_to, r.nominal_on, r.planned_on, r.begins_at, r.place, r.state, r.reason, r.held_on, r.created_at, r.recorded_at, r.recorded_by,
            r.superseded_at);
}

namespace {

template <class Record>
bool replace_row(MeetingStore& store, db::Session& s, const char* table, const Record& before, Record& after, const Actor& actor) {
  if (s.execute(std::string("UPDATE ") + table + " SET superseded_at = ? WHERE row_id = ? AND superseded_at IS NULL", actor.now, before.row_id) != 1) return false;
  after.revision = before.revision + 1;
  after.recorded_at = actor.now;
  after.recorded_by = actor.account_id;
  after.superseded_at.reset();
  store.insert(s, after);
  return true;
}

}  // namespace

bool MeetingStore::replace(db::Session& s, const SeriesRecord& before, SeriesRecord& after, const Actor& actor) { return replace_row(*this, s, "meeting_series", before, after, actor); }
bool MeetingStore::replace(db::Session& s, const MeetingRecord& before, MeetingRecord& after, const Actor& actor) { return replace_row(*this, s, "meeting", before, after, actor); }
bool MeetingStore::replace(db::Session& s, const DecisionRecord& before, DecisionRecord& after, const Actor& actor) { return replace_row(*this, s, "meeting_decision", before, after, actor); }

std::optional<MeetingRecord> MeetingStore::find(db::Session& s, MeetingId id, Known known_at) {
  std::vector<db::Value> values = {db::to_value(id)};
  add_known(values, known_at);
  auto found = s.list_values<MeetingRecord>(std::string("SELECT ") + meeting_columns + " FROM meeting m WHERE m.id = ? AND " + current(known_at, "m"), values);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<MeetingRecord> MeetingStore::list_by_id(db::Session& s, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return {};
  const std::vector<db::Value> values = {db::id_list(s.engine(), ids)};
  return s.list_values<MeetingRecord>(std::string("SELECT ") + meeting_columns + " FROM meeting m WHERE " + db::among(s.engine(), "m.id") + " AND m.superseded_at IS NULL", values);
}

std::vector<MeetingRecord> MeetingStore::list(db::Session& s, const MeetingFilter& f, int limit) {
  std::string where = "m.superseded_at IS NULL";
  std::vector<db::Value> values;
  const auto add = [&](const char* condition, const auto& value) {
    where += std::string(" AND ") + condition;
    values.push_back(db::to_value(value));
  };
  if (f.series_id) add("m.series_id = ?", *f.series_id);
  if (f.agency_id) add("m.agency_id = ?", *f.agency_id);
  if (f.state) add("m.state = ?", *f.state);
  if (f.from) add("m.planned_on >= ?", *f.from);
  if (f.to) add("m.planned_on <= ?", *f.to);
  if (f.after) {
    where += " AND (m.planned_on, m.id) < (?, ?)";
    values.push_back(db::to_value(f.after->first));
    values.push_back(db::to_value(f.after->second));
  }
  if (f.scope.none()) return {};
  add_seen(where, values, f.scope);
  values.push_back(db::to_value(limit));
  return s.list_values<MeetingRecord>(std::string("SELECT ") + meeting_columns + " FROM meeting m WHERE " + where + " ORDER BY m.planned_on DESC, m.id DESC LIMIT ?", values);
}

std::vector<MeetingRecord> MeetingStore::list_of_period(db::Session& s, const std::vector<std::pair<SeriesId, Date>>& wanted, Known known_at) {
  std::vector<MeetingRecord> out;
  db::in_chunks(wanted, [&](const std::vector<std::pair<SeriesId, Date>>& some) {
    std::vector<db::Value> values;
    std::string where;
    for (const auto& [series, from] : some) {
      where += where.empty() ? "(m.series_id = ? AND m.period_from = ?)" : " OR (m.series_id = ? AND m.period_from = ?)";
      values.push_back(db::to_value(series));
      values.push_back(db::to_value(from));
    }
    add_known(values, known_at);
    auto found = s.list_values<MeetingRecord>(std::string("SELECT ") + meeting_columns + " FROM meeting m WHERE (" + where + ") AND m.state <> 'cancelled' AND " + current(known_at, "m"), values);
    out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  });
  return out;
}

std::vector<MeetingRecord> MeetingStore::list_still_planned(db::Session& s, Date from, Date to) {
  return s.list<MeetingRecord>(std::string("SELECT ") + meeting_columns + " FROM meeting m WHERE m.superseded_at IS NULL AND m.state IN ('planned', 'agenda_open', 'frozen') AND m.planned_on >= ? AND m.planned_on <= ? ORDER BY m.planned_on, m.id", from, to);
}

bool MeetingStore::concerns(db::Session& s, MeetingId id, const identity::Scope& scope) {
  if (scope.none()) return false;
  std::string where = "m.superseded_at IS NULL AND m.id = ?";
  std::vector<db::Value> values = {db::to_value(id)};
  add_seen(where, values, scope);
  return !s.list_values<std::int64_t>("SELECT 1 FROM meeting m WHERE " + where, values).empty();
}

// ---- minutes, packs, seats

void MeetingStore::insert_pack(db::Session& s, const PackRow& r, const std::string& content) {
  s.execute("INSERT INTO meeting_pack (id, meeting_id, part, content, hash, size, as_of, known_at, frozen_at, frozen_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), r.meeting_id, r.part, content, r.hash, r.size, r.as_of, r.known_at,
            r.frozen_at, r.frozen_by);
}

std::vector<PackRow> MeetingStore::list_packs(db::Session& s, MeetingId id, Known known_at) {
  constexpr auto columns = "meeting_id, part, hash, size, as_of, known_at, frozen_at, frozen_by";
  std::vector<db::Value> values = {db::to_value(id)};
  if (known_at) values.push_back(db::to_value(*known_at));
  return s.list_values<PackRow>(std::string("SELECT ") + columns + " FROM meeting_pack WHERE meeting_id = ?" + (known_at ? " AND frozen_at <= ?" : "") + " ORDER BY part DESC", values);
}

std::optional<std::string> MeetingStore::find_pack_content(db::Session& s, MeetingId id, PackPart part) { return s.find<std::string>("SELECT content FROM meeting_pack WHERE meeting_id = ? AND part = ?", id, part); }

void MeetingStore::set_attendance(db::Session& s, MeetingId id, std::vector<AttendanceRecord>& rows, const Actor& actor) {
  s.execute("UPDATE meeting_attendance SET superseded_at = ? WHERE meeting_id = ? AND superseded_at IS NULL", actor.now, id);
  for (auto& r : rows) {
    r.row_id = next_id();
    r.meeting_id = id;
    r.recorded_at = actor.now;
    r.recorded_by = actor.account_id;
  }
  db::in_chunks(rows, [&](const std::vector<AttendanceRecord>& some) {
    std::vector<db::Value> values;
    for (const auto& r : some) {
      for (auto& value : std::vector<db::Value>{db::to_value(r.row_id), db::to_value(r.meeting_id), db::to_value(r.position), db::to_value(r.post_id), db::to_value(r.agency_id), db::to_value(r.who), db::to_value(r.presence),
                                                db::to_value(r.deputy), db::to_value(r.recorded_at), db::to_value(r.recorded_by)}) {
        values.push_back(std::move(value));
      }
    }
    s.execute_values("INSERT INTO meeting_attendance (row_id, meeting_id, position, post_id, agency_id, who, presence, deputy, recorded_at, recorded_by) VALUES " + db::marks(some.size(), "(?,?,?,?,?,?,?,?,?,?)"), values);
  });
}

std::vector<AttendanceRecord> MeetingStore::list_attendance(db::Session& s, MeetingId id, Known known_at) {
  std::vector<db::Value> values = {db::to_value(id)};
  add_known(values, known_at);
  return s.list_values<AttendanceRecord>("SELECT row_id, meeting_id, position, post_id, agency_id, who, presence, deputy, recorded_at, recorded_by, superseded_at FROM meeting_attendance WHERE meeting_id = ? AND " + current(known_at) + " ORDER BY position",
                                         values);
}

void MeetingStore::insert(db::Session& s, const MinutesRecord& r) {
  s.execute("INSERT INTO meeting_minutes (id, meeting_id, version, content, written_at, written_by) VALUES (?, ?, ?, ?, ?, ?)", r.id, r.meeting_id, r.version, r.content, r.written_at, r.written_by);
}

bool MeetingStore::approve(db::Session& s, MeetingId id, std::int64_t version, const Actor& actor) {
  return s.execute("UPDATE meeting_minutes SET approved_at = ?, approved_by = ? WHERE meeting_id = ? AND version = ? AND approved_at IS NULL", actor.now, actor.account_id, id, version) == 1;
}

std::vector<MinutesRecord> MeetingStore::list_minutes(db::Session& s, MeetingId id, Known known_at) {
  std::vector<db::Value> values = {db::to_value(id)};
  if (known_at) values.push_back(db::to_value(*known_at));
  auto rows = s.list_values<MinutesRecord>(std::string("SELECT id, meeting_id, version, content, written_at, written_by, approved_at, approved_by FROM meeting_minutes WHERE meeting_id = ?") + (known_at ? " AND written_at <= ?" : "") + " ORDER BY version DESC", values);
  for (auto& row : rows) {
    if (!known_at || !row.approved_at || *row.approved_at <= *known_at) continue;
    row.approved_at.reset();
    row.approved_by.reset();
  }
  return rows;
}

namespace {

struct Approved {
  MeetingId meeting_id;
  Instant approved_at;
};
BOOST_DESCRIBE_STRUCT(Approved, (), (meeting_id, approved_at))

}  // namespace

std::map<MeetingId, Instant> MeetingStore::list_approved(db::Session& s, const std::vector<std::int64_t>& meetings) {
  std::map<MeetingId, Instant> out;
  if (meetings.empty()) return out;
  const std::vector<db::Value> values = {db::id_list(s.engine(), meetings)};
  for (const auto& row : s.list_values<Approved>("SELECT meeting_id, approved_at FROM meeting_minutes WHERE " + db::among(s.engine(), "meeting_id") + " AND approved_at IS NOT NULL", values)) out[row.meeting_id] = row.approved_at;
  return out;
}

}  // namespace mandate::meetings
