#include "foundation/duties/store.hpp"

#include "foundation/search/api.hpp"
#include "platform/db/lists.hpp"

namespace mandate::duties {
namespace {

constexpr auto record_columns =
    "id, number, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, nominal_due_on, calendar_version, state, done_on, severity, confidentiality, series_id, created_at, "
    "created_by, recorded_at, revision, district, goal_id";
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

constexpr auto core_columns = "id, number, title, origin, agency_id, unit_id, post_id, due_on, state, severity, confidentiality";
constexpr auto listed_columns = "d.id, d.number, d.title, d.origin, d.source_kind, d.source_id, d.agency_id, d.post_id, d.due_on, d.state, d.done_on, d.severity, d.confidentiality, d.series_id, d.district, d.goal_id";
constexpr auto extension_columns = "id, duty_id, asked_at, asked_by, asked_due_on, reason, state, decided_at, decided_by, decision_note, COALESCE(asked_for, 0), COALESCE(decided_for, 0)";
constexpr auto series_columns = "id, title, detail, origin, source_kind, source_id, agency_id, unit_id, post_id, severity, confidentiality, every, months, day, starts_on, ends_on, made_until, district, goal_id";

struct StateTally {
  std::string key;
  DutyState state = DutyState::open;
  std::int64_t count = 0;
  std::int64_t counted = 0;  // of those, the ones the statement asks of
};
BOOST_DESCRIBE_STRUCT(StateTally, (), (key, state, count, counted))

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
  if (f.district) q.add("d.district = ?", *f.district);
  if (f.goal_id) q.add("d.goal_id = ?", *f.goal_id);
  // The indexes on posts and units leave the zeros out: without the second condition they would not be used.
  if (!f.posts.empty()) {
    q.add_in("d.post_id", f.posts);
    q.add("d.post_id <> 0");
  }
  if (!f.units.empty()) {
    q.add_in("d.unit_id", f.units);
    q.add("d.unit_id <> 0");
  }
  if (f.due_from) q.add("d.due_on >= ?", *f.due_from);
  if (f.due_to) q.add("d.due_on <= ?", *f.due_to);
  if (f.among) {
    q.add(db::among(s.engine(), "d.id"));
    q.values.push_back(db::id_list(s.engine(), *f.among));
  }
  for (const auto& one : f.also) {
    q.add(one.sql);
    q.values.insert(q.values.end(), one.values.begin(), one.values.end());
  }
  const auto condition = identity::condition_of(f.scope, "d");
  q.add(condition.where);
  q.values.insert(q.values.end(), condition.values.begin(), condition.values.end());
  return q;
}

// The place of a row's agency in the order of agencies. Ids are numbers of our own and few: they stand in the statement itself.
std::string rank_sql(const DutyFilter& f) {
  std::string sql = "CASE d.agency_id";
  for (std::size_t at = 0; at < f.agency_order.size(); ++at) sql += " WHEN " + std::to_string(f.agency_order[at]) + " THEN " + std::to_string(at);
  return sql + " ELSE " + std::to_string(f.agency_order.size()) + " END";
}

std::int64_t rank_of(const DutyFilter& f) {
  for (std::size_t at = 0; at < f.agency_order.size(); ++at) {
    if (std::to_string(f.agency_order[at]) == f.after_group) return static_cast<std::int64_t>(at);
  }
  return static_cast<std::int64_t>(f.agency_order.size());
}

// SQLite guesses without figures, and twice it guesses badly; PostgreSQL has them.
std::string index_hint(db::Session& s, const DutyFilter& f) {
  if (s.engine() != db::Engine::sqlite || f.known_at || !f.posts.empty() || !f.units.empty() || !f.also.empty() || !f.state) return "";
  // Of two indexes that look equally good to it an agency's is the short one: there are sixty agencies and a dozen origins.
  if (f.agency_id && f.origin) return " INDEXED BY duty_agency";
  // By creation the table itself is in order; it would rather take the index of states and sort a million rows. Only where nothing but the state narrows
  // the list, and for the state that is not rare.
  const bool by_id = f.sort == DutySort::created || f.sort == DutySort::created_desc;
  const bool whole = std::any_of(f.scope.parts.begin(), f.scope.parts.end(), [](const identity::ScopePart& part) { return part.everything && part.origins.empty(); });
  return by_id && whole && f.state == DutyState::open && !f.agency_id && !f.origin && !f.due_from && !f.due_to && !f.among ? " NOT INDEXED" : "";
}

bool may_reach(const identity::Scope& scope, std::int64_t agency) {
  return std::any_of(scope.parts.begin(), scope.parts.end(), [&](const identity::ScopePart& part) { return part.everything || part.agencies.count(agency) != 0; });
}

// One agency after the other, each along duty_agency by its due dates, until the page is full: an order by name needs no index that every write would pay for.
std::vector<ListedDuty> list_by_agency(DutyStore& store, db::Session& s, const DutyFilter& f, int limit) {
  auto order = f.agency_order;
  const bool descending = f.sort == DutySort::agency_desc;
  if (descending) std::reverse(order.begin(), order.end());
  auto from = order.begin();
  if (f.after) from = std::find_if(order.begin(), order.end(), [&](std::int64_t id) { return std::to_string(id) == f.after_group; });
  std::vector<ListedDuty> out;
  for (auto agency = from; agency != order.end() && static_cast<int>(out.size()) < limit; ++agency) {
    if ((f.agency_id && *f.agency_id != *agency) || !may_reach(f.scope, *agency)) continue;
    auto within = f;
    within.agency_id = *agency;
    within.sort = descending ? DutySort::due_desc : DutySort::due;
    if (agency != from) within.after.reset();
    const auto rows = store.list(s, within, limit - static_cast<int>(out.size()));
    out.insert(out.end(), rows.begin(), rows.end());
  }
  return out;
}

struct OnceCalled {
  std::int64_t id = 0;
  std::string number;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(OnceCalled, (), (id, number, title))

// The filter without its words: with the duties that hold them in their place. Nothing: they are too many to name.
std::optional<DutyFilter> with_ids(db::Session& s, const DutyFilter& f) {
  auto out = f;
  out.words = nullptr;
  if (!f.known_at) {
    const auto& ids = f.words->ids(s);
    if (!ids) return std::nullopt;
    out.among = ids;
    return out;
  }
  // What a duty was called on a past day is in no index: its titles of then are looked through once.
  const Query q = query_of(s, out);
  std::vector<std::int64_t> ids;
  s.each<OnceCalled>("SELECT d.id, d.number, d.title FROM " + q.from + " WHERE " + q.where, q.values, [&](const OnceCalled& one) {
    if (f.words->in(one.number, one.title)) ids.push_back(one.id);
  });
  out.among = std::move(ids);
  return out;
}

// Many duties hold the words: the list is walked in its own order, and each stretch of it asked for those that do, until `enough` are found.
std::vector<ListedDuty> walk(DutyStore& store, db::Session& s, const DutyFilter& f, std::size_t enough) {
  constexpr int stretch = 500;
  auto plain = f;
  plain.words = nullptr;
  std::vector<ListedDuty> out;
  while (true) {
    const auto rows = store.list(s, plain, stretch);
    std::vector<std::int64_t> ids;
    for (const auto& row : rows) ids.push_back(row.id.value);
    const auto hold = f.words->among(s, ids);
    for (const auto& row : rows) {
      if (hold.count(row.id.value) != 0) out.push_back(row);
      if (out.size() == enough) return out;
    }
    if (rows.size() < stretch) return out;
    follow(plain, rows.back());
  }
}

}  // namespace

bool by_group(DutySort sort) { return sort == DutySort::state || sort == DutySort::state_desc || sort == DutySort::agency || sort == DutySort::agency_desc; }

std::string group_of(const ListedDuty& d, DutySort sort) {
  if (sort == DutySort::state || sort == DutySort::state_desc) return boost::describe::enum_to_string(d.state, "");
  return std::to_string(d.agency_id);
}

void follow(DutyFilter& f, const ListedDuty& last) {
  f.after = {last.due_on.iso(), last.id.value};
  if (by_group(f.sort)) f.after_group = group_of(last, f.sort);
}

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

namespace {

void keep_version(db::Session& s, const DutyRecord& before, Instant superseded_at) {
  s.execute("INSERT INTO duty_version (duty_id, number, title, origin, source_kind, source_id, agency_id, unit_id, post_id, due_on, first_due_on, calendar_version, state, done_on, severity, confidentiality, series_id, "
            "recorded_at, superseded_at, revision, detail, district, goal_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            before.id, before.number, before.title, before.origin, before.source_kind, before.source_id, before.agency_id, before.unit_id, before.post_id, before.due_on, before.first_due_on, before.calendar_version,
            before.state, before.done_on, before.severity, before.confidentiality, before.series_id, before.recorded_at, superseded_at, before.revision, before.detail, before.district, before.goal_id);
}

}  // namespace

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

std::vector<ListedDuty> DutyStore::list(db::Session& s, const DutyFilter& f, int limit) {
  if (f.words) {
    const auto named = with_ids(s, f);
    return named ? list(s, *named, limit) : walk(*this, s, f, static_cast<std::size_t>(limit));
  }
  const bool by_agency = f.sort == DutySort::agency || f.sort == DutySort::agency_desc;
  const bool by_state = f.sort == DutySort::state || f.sort == DutySort::state_desc;
  if (by_agency && !f.known_at) return list_by_agency(*this, s, f, limit);
  // By state along duty_due, or duty_agency within an agency; by agency only of a past day here, whose rows are put in order as a whole for any sort.
  const std::string group = by_state ? "d.state" : by_agency ? rank_sql(f) : std::string();
  const bool by_due = !group.empty() || f.sort == DutySort::due || f.sort == DutySort::due_desc;
  const bool descends = f.sort == DutySort::due_desc || f.sort == DutySort::created_desc || f.sort == DutySort::state_desc || f.sort == DutySort::agency_desc;
  const std::string way = descends ? " DESC" : "";
  const std::string beyond = descends ? "<" : ">";
  const std::string order = " ORDER BY " + (group.empty() ? group : group + way + ", ") + (by_due ? "d.due_on" + way + ", " : std::string()) + "d.id" + way + " LIMIT ?";
  const auto one = [&](const DutyFilter& filter) {
    Query q = query_of(s, filter);
    if (filter.after && !group.empty()) {
      q.add("(" + group + ", d.due_on, d.id) " + beyond + " (?, ?, ?)");
      q.values.push_back(by_agency ? db::to_value(rank_of(f)) : db::to_value(f.after_group));
      q.values.push_back(db::to_value(filter.after->first));
    } else if (filter.after && by_due) {
      q.add("(d.due_on, d.id) " + beyond + " (?, ?)", filter.after->first);
    } else if (filter.after) {
      q.add("d.id " + beyond + " ?");
    }
    if (filter.after) q.values.push_back(db::to_value(filter.after->second));
    q.values.push_back(db::to_value(limit));
    q.from = std::string("SELECT ") + listed_columns + " FROM " + q.from + index_hint(s, filter) + " WHERE " + q.where + order;
    return q;
  };
  if (f.state || f.known_at || !by_due || by_state) {
    const Query q = one(f);
    return s.list_values<ListedDuty>(q.from, q.values);
  }
  // Every state in the order of its due date: the indexes are in that order within one state, so each gives its first rows and those are merged.
  std::string parts;
  std::vector<db::Value> values;
  for (const auto state : {DutyState::open, DutyState::done, DutyState::cancelled}) {
    auto filter = f;
    filter.state = state;
    const Query q = one(filter);
    parts += (parts.empty() ? "SELECT * FROM (" : " UNION ALL SELECT * FROM (") + q.from + ") AS " + boost::describe::enum_to_string(state, "") + "_ones";
    values.insert(values.end(), q.values.begin(), q.values.end());
  }
  values.push_back(db::to_value(limit));
  return s.list_values<ListedDuty>("SELECT * FROM (" + parts + ") AS d" + order, values);
}

std::int64_t DutyStore::count(db::Session& s, const DutyFilter& f, std::int64_t cap) {
  if (f.words) {
    const auto named = with_ids(s, f);
    return named ? count(s, *named, cap) : static_cast<std::int64_t>(walk(*this, s, f, static_cast<std::size_t>(cap) + 1).size());
  }
  Query q = query_of(s, f);
  q.values.push_back(db::to_value(cap + 1));
  return s.list_values<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM " + q.from + " WHERE " + q.where + " LIMIT ?) AS counted", q.values).front();
}

std::vector<DayCount> DutyStore::count_by_day(db::Session& s, const DutyFilter& f) {
  Query q = query_of(s, f);
  return s.list_values<DayCount>("SELECT d.due_on, COUNT(*) FROM " + q.from + " WHERE " + q.where + " AND d.state IN ('open', 'done') GROUP BY d.due_on ORDER BY d.due_on", q.values);
}

std::vector<ListedDuty> DutyStore::list_first_of_days(db::Session& s, const DutyFilter& f, int per_day) {
  Query q = query_of(s, f);
  q.values.push_back(db::to_value(per_day));
  return s.list_values<ListedDuty>(std::string("SELECT ") + listed_columns + " FROM duty d JOIN (SELECT id, ROW_NUMBER() OVER (PARTITION BY d.due_on ORDER BY d.state DESC, d.id) AS place FROM " + q.from + " WHERE " + q.where +
                                       " AND d.state IN ('open', 'done')) AS placed ON placed.id = d.id WHERE placed.place <= ? ORDER BY d.due_on, placed.place",
                                   q.values);
}

std::vector<TallyRow> DutyStore::tally(db::Session& s, const DutyFilter& f, bool by_agency, Date today, const DutyPolicy& policy) {
  const std::string key = by_agency ? "d.agency_id" : "d.origin";
  std::map<std::string, TallyRow> rows;
  const Query whole = query_of(s, f);
  for (const auto& part : s.list_values<StateTally>("SELECT CAST(" + key + " AS TEXT), d.state, COUNT(*), SUM(CASE WHEN d.done_on > d.due_on THEN 1 ELSE 0 END) FROM " + whole.from + " WHERE " + whole.where + " GROUP BY " + key + ", d.state",
                                                    whole.values)) {
    auto& row = rows[part.key];
    if (part.state == DutyState::open) row.open = part.count;
    if (part.state == DutyState::done) {
      row.done = part.count;
      row.done_late = part.counted;
    }
  }
  // What is late is few among many: a statement of its own reads only those.
  auto overdue = f;
  overdue.state = DutyState::open;
  overdue.due_to = today.plus_days(-1);
  Query late = query_of(s, overdue);
  late.values.insert(late.values.begin(), db::to_value(today.plus_days(-policy.severe_days)));  // it stands in the select list
  for (const auto& part : s.list_values<StateTally>("SELECT CAST(" + key + " AS TEXT), 'open', COUNT(*), SUM(CASE WHEN d.due_on < ? THEN 1 ELSE 0 END) FROM " + late.from + " WHERE " + late.where + " GROUP BY " + key, late.values)) {
    rows[part.key].late = part.count;
    rows[part.key].severe = part.counted;
  }
  std::vector<TallyRow> out;
  for (auto& [name, row] : rows) {
    row.key = name;
    out.push_back(std::move(row));
  }
  return out;
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

void DutyStore::withdraw_evidence(db::Session& s, DutyId duty, Instant given_at, std::int64_t account_id, Instant now) {
  s.execute("UPDATE duty_evidence SET withdrawn_at = ? WHERE duty_id = ? AND at = ? AND account_id = ? AND withdrawn_at IS NULL", now, duty, given_at, account_id);
}

void DutyStore::add_evidence(db::Session& s, DutyId duty, const EvidenceRecord& e) {
  s.execute("INSERT INTO duty_evidence (id, duty_id, at, account_id, text, for_account) VALUES (?, ?, ?, ?, ?, ?)", next_id(), duty, e.at, e.account_id, e.text, e.for_account == 0 ? std::nullopt : std::optional(e.for_account));
}

std::vector<EvidenceRecord> DutyStore::list_evidence(db::Session& s, DutyId duty) {
  return s.list<EvidenceRecord>("SELECT at, account_id, text, COALESCE(for_account, 0) FROM duty_evidence WHERE duty_id = ? AND withdrawn_at IS NULL ORDER BY at, id", duty);
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
  return s.list_values<EvidenceOfSource>("SELECT e.at, e.account_id, d.id, d.number, e.text, COALESCE(e.for_account, 0) FROM duty d JOIN duty_evidence e ON e.duty_id = d.id AND e.withdrawn_at IS NULL WHERE " + q.where + " ORDER BY e.at DESC, e.id DESC LIMIT ?", q.values);
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

namespace {

constexpr auto post_duty_columns = "d.id, d.unit_id, CASE WHEN EXISTS (SELECT 1 FROM duty_extension e WHERE e.duty_id = d.id AND e.state = 'asked') THEN 1 ELSE 0 END";

std::vector<std::pair<ListedDuty, PostDutyRow>> both_halves(db::Session& s, const std::string& rest, const std::vector<db::Value>& values) {
  auto listed = s.list_values<ListedDuty>(std::string("SELECT ") + listed_columns + rest, values);
  const auto more = s.list_values<PostDutyRow>(std::string("SELECT ") + post_duty_columns + rest, values);
  std::vector<std::pair<ListedDuty, PostDutyRow>> out;
  for (std::size_t i = 0; i < listed.size(); ++i) out.emplace_back(std::move(listed[i]), more.at(i));
  return out;
}

}  // namespace

std::vector<std::pair<ListedDuty, PostDutyRow>> DutyStore::list_of_post(db::Session& s, std::int64_t post_id, int limit) {
  return both_halves(s, " FROM duty d WHERE d.post_id = ? AND d.post_id <> 0 AND d.state = 'open' ORDER BY d.due_on, d.id LIMIT ?", {db::to_value(post_id), db::to_value(limit)});
}

std::vector<std::pair<ListedDuty, PostDutyRow>> DutyStore::list_of_ids(db::Session& s, const std::vector<DutyId>& ids) {
  if (ids.empty()) return {};
  std::string marks;
  std::vector<db::Value> values;
  for (const auto id : ids) {
    marks += marks.empty() ? "?" : ",?";
    values.push_back(db::to_value(id));
  }
  return both_halves(s, " FROM duty d WHERE d.id IN (" + marks + ") ORDER BY d.due_on, d.id", values);
}

std::vector<ListedDuty> DutyStore::list_waiting_for_decision(db::Session& s, const identity::Scope& scope, int limit) {
  const auto condition = identity::condition_of(scope, "d");
  auto values = condition.values;
  values.push_back(db::to_value(limit));
  return s.list_values<ListedDuty>(std::string("SELECT ") + listed_columns + " FROM duty_extension e JOIN duty d ON d.id = e.duty_id WHERE e.state = 'asked' AND d.state = 'open' AND " + condition.where + " ORDER BY e.asked_at, e.id LIMIT ?",
                                   values);
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
