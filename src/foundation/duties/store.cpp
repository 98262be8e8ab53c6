#include "foundation/duties/store.hpp"

#include "foundation/search/api.hpp"
#include "platform/db/lists.hpp"

namespace mandate::duties {
namespace {

constexpr auto record_columns =
    "id, number, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, nominal_due_on, calendar_version, state, done_on, severity, confidentiality, series_id, created_at, "
    "created_by, recorded_at, revision, district, goal_id";
constexpr auto core_columns = "id, number, title, origin, agency_id, unit_id, post_id, due_on, state, severity, confidentiality";

void keep_version(db::Session& s, const DutyRecord& before, Instant superseded_at) {
  s.execute("INSERT INTO duty_version (duty_id, number, title, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, calendar_version, state, done_on, severity, confidentiality, series_id, "
            "recorded_at, superseded_at, revision, detail, district, goal_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            before.id, before.number, before.title, before.origin, before.source_kind, before.source_id, before.agency_id, before.unit_id, before.post_id, before.due_on, before.first_due_on, before.calendar_version,
            before.state, before.done_on, before.severity, before.confidentiality, before.series_id, before.recorded_at, superseded_at, before.revision, before.detail, before.district, before.goal_id);
}

}  // namespace

search::Document DutyStore::document_of(const DutyRecord& d) {
  return {"duty", d.id.value, d.number, d.title, d.detail, d.agency_id, d.unit_id, d.post_id, d.origin, boost::describe::enum_to_string(d.state, ""), d.confidentiality, d.due_on, d.district};
}

std::vector<search::Document> DutyStore::list_documents(db::Session& s, std::int64_t after, int limit) {
  std::vector<search::Document> out;
  for (const auto& d : s.list<DutyRecord>(std::string("SELECT ") + record_columns + " FROM duty WHERE id > ? ORDER BY id LIMIT ?", after, limit)) out.push_back(document_of(d));
  return out;
}

void DutyStore::insert(db::Session& s, const DutyRecord& d) {
  s.execute(
      "INSERT INTO duty (id, number, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, nominal_due_on, calendar_version, state, done_on, severity, confidentiality, "
      "series_id, created_at, created_by, recorded_at, revision, district, goal_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      d.id, d.number, d.title, d.detail, d.origin, d.source_kind, d.source_id, d.agency_id, d.unit_id, d.post_id, d.due_on, d.first_due_on, d.nominal_due_on, d.calendar_version, d.state, d.done_on, d.severity,
      d.confidentiality, d.series_id, d.created_at, d.created_by, d.recorded_at, d.revision, d.district, d.goal_id);
  search::put(s, document_of(d));
}

std::optional<DutyRecord> DutyStore::find(db::Session& s, DutyId id) { return s.find<DutyRecord>(std::string("SELECT ") + record_columns + " FROM duty WHERE id = ?", id); }

std::optional<DutyRecord> DutyStore::find_number(db::Session& s, const std::string& number) { return s.find<DutyRecord>(std::string("SELECT ") + record_columns + " FROM duty WHERE number = ?", number); }

bool DutyStore::remove(db::Session& s, const DutyRecord& before, Instant now) {
  if (s.execute("DELETE FROM duty WHERE id = ? AND revision = ?", before.id, before.revision) != 1) return false;
  keep_version(s, before, std::max(now, before.recorded_at));
  search::remove(s, "duty", before.id.value);
  return true;
}

bool DutyStore::replace(db::Session& s, const DutyRecord& before, DutyRecord& after, Instant now) {
  after.revision = before.revision + 1;
  after.recorded_at = std::max(now, before.recorded_at);
  if (s.execute("UPDATE duty SET title = ?, detail = ?, agency_id = ?, unit_id = ?, post_id = ?, due_on = ?, calendar_version = ?, state = ?, done_on = ?, severity = ?, confidentiality = ?, recorded_at = ?, revision = ?, district = ?, goal_id = ? "
                "WHERE id = ? AND revision = ?",
                after.title, after.detail, after.agency_id, after.unit_id, after.post_id, after.due_on, after.calendar_version, after.state, after.done_on, after.severity, after.confidentiality, after.recorded_at,
                after.revision, after.district, after.goal_id, after.id, before.revision) != 1) {
    return false;
  }
  keep_version(s, before, after.recorded_at);
  search::put(s, document_of(after));
  return true;
}

std::vector<DutyId> DutyStore::list_open_of_source(db::Session& s, const std::string& kind, std::int64_t source_id) {
  return s.list<DutyId>("SELECT id FROM duty WHERE source_kind = ? AND source_id = ? AND source_id <> 0 AND state = 'open' ORDER BY id", kind, source_id);
}

std::vector<DutyId> DutyStore::list_done_of_source(db::Session& s, const std::string& kind, std::int64_t source_id) {
  return s.list<DutyId>("SELECT id FROM duty WHERE source_kind = ? AND source_id = ? AND source_id <> 0 AND state = 'done' ORDER BY id", kind, source_id);
}

std::vector<DutyRecord> DutyStore::list_open_due_between(db::Session& s, Date from, Date to) {
  return s.list<DutyRecord>(std::string("SELECT ") + record_columns + " FROM duty WHERE state = 'open' AND due_on >= ? AND due_on <= ? ORDER BY due_on, id", from, to);
}

std::vector<DutyCore> DutyStore::list_open_until(db::Session& s, Date until, const std::optional<std::pair<Date, DutyId>>& after, int limit) {
  const std::string head = std::string("SELECT ") + core_columns + " FROM duty WHERE state = 'open' AND due_on <= ?";
  if (!after) return s.list<DutyCore>(head + " ORDER BY due_on, id LIMIT ?", until, limit);
  return s.list<DutyCore>(head + " AND due_on >= ? AND (due_on > ? OR id > ?) ORDER BY due_on, id LIMIT ?", until, after->first, after->first, after->second, limit);
}

std::vector<DutyCore> DutyStore::list_cores(db::Session& s, const std::vector<std::int64_t>& ids) {
  std::vector<DutyCore> out;
  db::in_chunks(ids, [&](const std::vector<std::int64_t>& some) {
    std::vector<db::Value> values;
    for (const auto id : some) values.push_back(db::to_value(id));
    auto rows = s.list_values<DutyCore>(std::string("SELECT ") + core_columns + " FROM duty WHERE id IN (" + db::marks(some.size()) + ")", values);
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  });
  return out;
}

}  // namespace mandate::duties
