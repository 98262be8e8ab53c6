#include "foundation/duties/store.hpp"

#include "foundation/search/api.hpp"
#include "platform/db/lists.hpp"

namespace mandate::duties {
namespace {

constexpr auto listed_columns = "d.id, d.number, d.title, d.origin, d.source_kind, d.source_id, d.agency_id, d.post_id, d.due_on, d.state, d.done_on, d.severity, d.confidentiality, d.series_id, d.district, d.goal_id";
constexpr auto post_duty_columns = "d.id, d.unit_id, CASE WHEN EXISTS (SELECT 1 FROM duty_extension e WHERE e.duty_id = d.id AND e.state = 'asked') THEN 1 ELSE 0 END";

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

std::vector<std::pair<ListedDuty, PostDutyRow>> both_halves(db::Session& s, const std::string& rest, const std::vector<db::Value>& values) {
  auto listed = s.list_values<ListedDuty>(std::string("SELECT ") + listed_columns + rest, values);
  const auto more = s.list_values<PostDutyRow>(std::string("SELECT ") + post_duty_columns + rest, values);
  std::vector<std::pair<ListedDuty, PostDutyRow>> out;
  for (std::size_t i = 0; i < listed.size(); ++i) out.emplace_back(std::move(listed[i]), more.at(i));
  return out;
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

}  // namespace mandate::duties
