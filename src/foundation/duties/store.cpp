#include "foundation/duties/store.hpp"

namespace mandate::duties {
namespace {

constexpr auto record_columns =
    "id, number, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, nominal_due_on, calendar_version, state, done_on, severity, confidentiality, series_id, created_at, "
    "created_by, recorded_at, revision";
constexpr auto listed_columns = "d.id, d.number, d.title, d.origin, d.source_kind, d.source_id, d.agency_id, d.post_id, d.due_on, d.state, d.done_on, d.severity, d.confidentiality, d.series_id";
constexpr auto extension_columns = "id, duty_id, asked_at, asked_by, asked_due_on, reason, state, decided_at, decided_by, decision_note";
constexpr auto series_columns = "id, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, severity, confidentiality, every, months, day, starts_on, ends_on, made_until";

// The rows of the ledger as they stood at a moment: present rows recorded by then, and versions that were current then.
constexpr auto known_rows =
    "(SELECT id, number, title, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, state, done_on, severity, confidentiality, series_id FROM duty WHERE recorded_at <= ? "
    "UNION ALL SELECT duty_id, number, title, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, state, done_on, severity, confidentiality, series_id FROM duty_version "
    "WHERE recorded_at <= ? AND superseded_at > ?)";

struct Query {
  std::string from;
  std::string where = "1=1";
  std::vector<db::Value> values;

  void add(const std::string& condition) { where += " AND " + condition; }
  template <class T>
  void add(const std::string& condition, const T& value) {
    add(condition);
    values.push_back(db::to_value(value));
  }
  void add_in(const std::string& column, const std::vector<std::int64_t>& ids) {
    std::string marks;
    for (const auto id : ids) {
      marks += marks.empty() ? "?" : ",?";
      values.push_back(db::to_value(id));
    }
    add(column + " IN (" + marks + ")");
  }
};

void add_source(Query& q, const std::optional<Instant>& known_at) {
  if (known_at) {
    q.from = std::string(known_rows) + " d";
    for (int i = 0; i < 3; ++i) q.values.push_back(db::to_value(*known_at));
  } else {
    q.from = "duty d";
  }
}

Query query_of(db::Session& s, const DutyFilter& f) {
  Query q;
  add_source(q, f.known_at);
  if (f.state) q.add("d.state = ?", *f.state);
  if (f.agency_id) q.add("d.agency_id = ?", *f.agency_id);
  if (f.origin) q.add("d.origin = ?", *f.origin);
  if (!f.posts.empty()) q.add_in("d.post_id", f.posts);
  if (!f.units.empty()) q.add_in("d.unit_id", f.units);
  if (f.due_from) q.add("d.due_on >= ?", *f.due_from);
  if (f.due_to) q.add("d.due_on <= ?", *f.due_to);
  if (f.words) {
    const std::string contains = s.engine() == db::Engine::sqlite ? "instr(d.title, ?) > 0" : "strpos(d.title, ?) > 0";
    q.where += " AND (" + contains + " OR (d.number >= ? AND d.number < ?))";
    q.values.push_back(db::to_value(*f.words));
    q.values.push_back(db::to_value(*f.words));
    q.values.push_back(db::to_value(*f.words + "~"));
  }
  const auto condition = identity::condition_of(f.scope, "d");
  q.add(condition.where);
  q.values.insert(q.values.end(), condition.values.begin(), condition.values.end());
  return q;
}

}  // namespace

void DutyStore::insert(db::Session& s, const DutyRecord& d) {
  s.execute(
      "INSERT INTO duty (id, number, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, nominal_due_on, calendar_version, state, done_on, severity, confidentiality, "
      "series_id, created_at, created_by, recorded_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      d.id, d.number, d.title, d.detail, d.origin, d.source_kind, d.source_id, d.agency_id, d.unit_id, d.post_id, d.due_on, d.first_due_on, d.nominal_due_on, d.calendar_version, d.state, d.done_on, d.severity,
      d.confidentiality, d.series_id, d.created_at, d.created_by, d.recorded_at, d.revision);
}

std::optional<DutyRecord> DutyStore::find(db::Session& s, DutyId id) { return s.find<DutyRecord>(std::string("SELECT ") + record_columns + " FROM duty WHERE id = ?", id); }

bool DutyStore::replace(db::Session& s, const DutyRecord& before, DutyRecord& after, Instant now) {
  after.revision = before.revision + 1;
  after.recorded_at = std::max(now, before.recorded_at);
  if (s.execute("UPDATE duty SET title = ?, detail = ?, agency_id = ?, unit_id = ?, post_id = ?, due_on = ?, calendar_version = ?, state = ?, done_on = ?, severity = ?, confidentiality = ?, recorded_at = ?, revision = ? "
                "WHERE id = ? AND revision = ?",
                after.title, after.detail, after.agency_id, after.unit_id, after.post_id, after.due_on, after.calendar_version, after.state, after.done_on, after.severity, after.confidentiality, after.recorded_at,
                after.revision, after.id, before.revision) != 1) {
    return false;
  }
  s.execute("INSERT INTO duty_version (duty_id, number, title, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, calendar_version, state, done_on, severity, confidentiality, series_id, "
            "recorded_at, superseded_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            before.id, before.number, before.title, before.origin, before.source_kind, before.source_id, before.agency_id, before.unit_id, before.post_id, before.due_on, before.first_due_on, before.calendar_version,
            before.state, before.done_on, before.severity, before.confidentiality, before.series_id, before.recorded_at, after.recorded_at, before.revision);
  return true;
}

std::vector<ListedDuty> DutyStore::list(db::Session& s, const DutyFilter& f, int limit) {
  Query q = query_of(s, f);
  std::string order;
  switch (f.sort) {
    case DutySort::due:
      order = "d.due_on, d.id";
      if (f.after) q.add("(d.due_on, d.id) > (?, ?)", f.after->first);
      break;
    case DutySort::due_desc:
      order = "d.due_on DESC, d.id DESC";
      if (f.after) q.add("(d.due_on, d.id) < (?, ?)", f.after->first);
      break;
    case DutySort::created:
      order = "d.id";
      if (f.after) q.add("d.id > ?");
      break;
    case DutySort::created_desc:
      order = "d.id DESC";
      if (f.after) q.add("d.id < ?");
      break;
  }
  if (f.after) q.values.push_back(db::to_value(f.after->second));
  q.values.push_back(db::to_value(limit));
  return s.list_values<ListedDuty>(std::string("SELECT ") + listed_columns + " FROM " + q.from + " WHERE " + q.where + " ORDER BY " + order + " LIMIT ?", q.values);
}

std::int64_t DutyStore::count(db::Session& s, const DutyFilter& f, std::int64_t cap) {
  Query q = query_of(s, f);
  q.values.push_back(db::to_value(cap + 1));
  return s.list_values<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM " + q.from + " WHERE " + q.where + " LIMIT ?) AS counted", q.values).front();
}

std::vector<TallyRow> DutyStore::tally(db::Session& s, const DutyFilter& f, bool by_agency, Date today, const DutyPolicy& policy) {
  Query q = query_of(s, f);
  const std::string key = by_agency ? "d.agency_id" : "d.origin";
  // The dates of the question stand in the select list, so their values come first.
  const Date severe_before = today.plus_days(-policy.severe_days);
  std::vector<db::Value> values{db::to_value(today), db::to_value(severe_before)};
  values.insert(values.end(), q.values.begin(), q.values.end());
  return s.list_values<TallyRow>("SELECT CAST(" + key +
                                     " AS TEXT), SUM(CASE WHEN d.state = 'open' THEN 1 ELSE 0 END), SUM(CASE WHEN d.state = 'open' AND d.due_on < ? THEN 1 ELSE 0 END), "
                                     "SUM(CASE WHEN d.state = 'open' AND d.due_on < ? THEN 1 ELSE 0 END), SUM(CASE WHEN d.state = 'done' THEN 1 ELSE 0 END), "
                                     "SUM(CASE WHEN d.state = 'done' AND d.done_on > d.due_on THEN 1 ELSE 0 END) FROM " +
                                     q.from + " WHERE " + q.where + " GROUP BY " + key + " ORDER BY " + key,
                                 values);
}

std::vector<ListedDuty> DutyStore::list_by_source(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope* scope, std::optional<Instant> known_at) {
  std::vector<ListedDuty> out;
  // Statements with very many parameters are refused by both engines: in slices.
  for (std::size_t at = 0; at < ids.size(); at += 500) {
    Query q;
    add_source(q, known_at);
    q.add("d.source_kind = ?", kind);
    q.add_in("d.source_id", std::vector<std::int64_t>(ids.begin() + static_cast<std::ptrdiff_t>(at), ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), at + 500))));
    q.add("d.source_id <> 0");
    if (scope != nullptr) {
      const auto condition = identity::condition_of(*scope, "d");
      q.add(condition.where);
      q.values.insert(q.values.end(), condition.values.begin(), condition.values.end());
    }
    auto rows = s.list_values<ListedDuty>(std::string("SELECT ") + listed_columns + " FROM " + q.from + " WHERE " + q.where + " ORDER BY d.due_on, d.id", q.values);
    out.insert(out.end(), rows.begin(), rows.end());
  }
  return out;
}

std::vector<DutyId> DutyStore::list_open_of_source(db::Session& s, const std::string& kind, std::int64_t source_id) {
  return s.list<DutyId>("SELECT id FROM duty WHERE source_kind = ? AND source_id = ? AND source_id <> 0 AND state = 'open' ORDER BY id", kind, source_id);
}

std::vector<DutyRecord> DutyStore::list_open_due_between(db::Session& s, Date from, Date to) {
  return s.list<DutyRecord>(std::string("SELECT ") + record_columns + " FROM duty WHERE state = 'open' AND due_on >= ? AND due_on <= ? ORDER BY due_on, id", from, to);
}

void DutyStore::add_evidence(db::Session& s, DutyId duty, const EvidenceRecord& e) {
  s.execute("INSERT INTO duty_evidence (id, duty_id, at, account_id, text) VALUES (?, ?, ?, ?, ?)", next_id(), duty, e.at, e.account_id, e.text);
}

std::vector<EvidenceRecord> DutyStore::list_evidence(db::Session& s, DutyId duty) {
  return s.list<EvidenceRecord>("SELECT at, account_id, text FROM duty_evidence WHERE duty_id = ? ORDER BY at, id", duty);
}

std::vector<EvidenceOfSource> DutyStore::list_evidence_of_sources(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope& scope, int limit) {
  if (ids.empty()) return {};
  Query q;
  q.add("d.source_kind = ?", kind);
  q.add_in("d.source_id", {ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(ids.size(), 500))});
  const auto condition = identity::condition_of(scope, "d");
  q.add(condition.where);
  q.values.insert(q.values.end(), condition.values.begin(), condition.values.end());
  q.values.push_back(db::to_value(limit));
  return s.list_values<EvidenceOfSource>("SELECT e.at, e.account_id, d.id, d.number, e.text FROM duty d JOIN duty_evidence e ON e.duty_id = d.id WHERE " + q.where + " ORDER BY e.at DESC, e.id DESC LIMIT ?", q.values);
}

void DutyStore::add_extension(db::Session& s, const ExtensionRecord& e) {
  s.execute("INSERT INTO duty_extension (id, duty_id, asked_at, asked_by, asked_due_on, reason, state, decided_at, decided_by, decision_note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", e.id, e.duty_id, e.asked_at, e.asked_by,
            e.asked_due_on, e.reason, e.state, e.decided_at, e.decided_by, e.decision_note);
}

std::vector<ExtensionRecord> DutyStore::list_extensions(db::Session& s, DutyId duty) {
  return s.list<ExtensionRecord>(std::string("SELECT ") + extension_columns + " FROM duty_extension WHERE duty_id = ? ORDER BY asked_at, id", duty);
}

bool DutyStore::decide_extension(db::Session& s, ExtensionId id, const std::string& state, Instant at, std::int64_t by, const std::string& note) {
  return s.execute("UPDATE duty_extension SET state = ?, decided_at = ?, decided_by = ?, decision_note = ? WHERE id = ? AND state = 'asked'", state, at, by, note, id) == 1;
}

std::vector<ListedDuty> DutyStore::list_waiting_for_decision(db::Session& s, const identity::Scope& scope, int limit) {
  const auto condition = identity::condition_of(scope, "d");
  auto values = condition.values;
  values.push_back(db::to_value(limit));
  return s.list_values<ListedDuty>(std::string("SELECT ") + listed_columns + " FROM duty_extension e JOIN duty d ON d.id = e.duty_id WHERE e.state = 'asked' AND d.state = 'open' AND " + condition.where + " ORDER BY e.asked_at, e.id LIMIT ?",
                                   values);
}

void DutyStore::insert_series(db::Session& s, const SeriesRecord& r) {
  s.execute("INSERT INTO duty_series (id, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, severity, confidentiality, every, months, day, starts_on, ends_on, made_until) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            r.id, r.title, r.detail, r.origin, r.source_kind, r.source_id, r.agency_id, r.unit_id, r.post_id, r.severity, r.confidentiality, r.every, r.months, r.day, r.starts_on, r.ends_on, r.made_until);
}

std::optional<SeriesRecord> DutyStore::find_series(db::Session& s, SeriesId id) { return s.find<SeriesRecord>(std::string("SELECT ") + series_columns + " FROM duty_series WHERE id = ?", id); }

std::vector<SeriesRecord> DutyStore::list_series_to_extend(db::Session& s, Date until, int limit) {
  return s.list<SeriesRecord>(std::string("SELECT ") + series_columns + " FROM duty_series WHERE ended_at IS NULL AND made_until < ? AND (ends_on IS NULL OR made_until < ends_on) ORDER BY made_until, id LIMIT ?", until, limit);
}

void DutyStore::set_made_until(db::Session& s, SeriesId id, Date until) { s.execute("UPDATE duty_series SET made_until = ? WHERE id = ?", until, id); }

}  // namespace mandate::duties
