#include "foundation/search/store.hpp"

#include "foundation/search/folding.hpp"
#include "platform/db/lists.hpp"

#include <limits>

namespace mandate::search {
namespace {

constexpr auto entry_columns = "e.id, e.kind, e.record_id, e.number, e.title, e.body, e.agency_id, e.unit_id, e.post_id, e.origin, e.state, e.confidentiality, e.on_date, e.district";
// What the index was made of, so that it can be taken out again.
const std::string kept_text = std::string("search_entry.number || '") + field_end + "' || search_entry.title || '" + field_end + "' || search_entry.body || '" + field_end + "' || search_entry.agency_id || '" + field_end +
                              "' || search_entry.unit_id || '" + field_end + "' || search_entry.post_id || '" + field_end + "' || search_entry.origin || '" + field_end + "' || search_entry.state || '" + field_end +
                              "' || search_entry.confidentiality || '" + field_end + "' || COALESCE(search_entry.on_date, '') || '" + field_end + "' || search_entry.district";
const std::string keep = "was = CASE WHEN search_entry.pending = 0 THEN " + kept_text + " ELSE search_entry.was END, pending = CASE WHEN search_entry.pending IN (0, 2) THEN 2 ELSE 1 END, stamp = search_entry.stamp + 1";

// Of texts with field_end inside there is none: put() sees to it.
Document document_of_kept(const std::string& kind, const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == field_end) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  parts.resize(11);
  Document d;
  d.kind = kind;
  d.number = parts[0];
  d.title = parts[1];
  d.body = parts[2];
  d.agency_id = std::stoll(parts[3]);
  d.unit_id = std::stoll(parts[4]);
  d.post_id = std::stoll(parts[5]);
  d.origin = parts[6];
  d.state = parts[7];
  boost::describe::enum_from_string(parts[8].c_str(), d.confidentiality);
  d.on = Date::parse(parts[9]);
  d.district = parts[10];
  return d;
}

std::string without_ends(std::string text) {
  std::replace(text.begin(), text.end(), field_end, ' ');
  std::replace(text.begin(), text.end(), '\0', ' ');  // PostgreSQL keeps none
  return text;
}

std::set<std::string> all_tokens(const Document& document) {
  auto tokens = characters_and_pairs(folded_text(document));
  const auto facets = facets_of(document);
  tokens.insert(tokens.end(), facets.begin(), facets.end());
  return sqlite_tokens(tokens);
}

std::string joined(const std::set<std::string>& tokens, const std::set<std::string>& but) {
  std::string out;
  for (const auto& one : tokens) {
    if (but.count(one) == 0) out += (out.empty() ? "" : " ") + one;
  }
  return out;
}

struct Stamp {
  std::int64_t id = 0;
  std::int64_t stamp = 0;
};
BOOST_DESCRIBE_STRUCT(Stamp, (), (id, stamp))

struct WaitingMore {
  std::int64_t id = 0;
  std::int64_t stamp = 0;
  std::int64_t gone = 0;
  std::optional<std::string> was;
};
BOOST_DESCRIBE_STRUCT(WaitingMore, (), (id, stamp, gone, was))

// Only the tokens that differ are taken out and put in: to the index a record is nothing but the set of its tokens.
void index_sqlite(db::Session& s, const std::vector<const Waiting*>& ready) {
  constexpr std::size_t rows_max = 50;  // in one statement
  const auto run = [&](const std::string& head, const char* row, std::vector<db::Value>& values, std::size_t width, bool last) {
    if (values.empty() || (!last && values.size() < rows_max * width)) return;
    s.execute_values(head + db::marks(values.size() / width, row), values);
    values.clear();
  };
  std::vector<std::pair<std::int64_t, std::string>> added;
  std::vector<db::Value> removed;
  const std::string remove = "INSERT INTO search_index (search_index, rowid, tokens) VALUES ";
  const std::string add = "INSERT INTO search_index (rowid, tokens) VALUES ";
  for (const auto* one : ready) {
    const auto now = one->gone != 0 ? std::set<std::string>{} : all_tokens(one->entry.document());
    std::set<std::string> before;
    if (one->was) before = all_tokens(document_of_kept(one->entry.kind, *one->was));
    if (one->was) {
      removed.push_back(db::to_value("delete"));
      removed.push_back(db::to_value(one->entry.id));
      removed.push_back(db::to_value(joined(before, now)));
      run(remove, "(?,?,?)", removed, 3, false);
    }
    // Also when nothing is to be added: each taking out has its putting in, or the index would count its records wrongly.
    if (one->gone == 0) added.emplace_back(one->entry.id, joined(now, before));
  }
  run(remove, "(?,?,?)", removed, 3, true);
  std::vector<db::Value> values;
  for (const auto& [id, tokens] : added) {
    values.push_back(db::to_value(id));
    values.push_back(db::to_value(tokens));
    run(add, "(?,?)", values, 2, false);
  }
  run(add, "(?,?)", values, 2, true);
}

void index_postgres(db::Session& s, const std::vector<const Waiting*>& ready) {
  constexpr std::size_t rows_max = 50;
  for (std::size_t at = 0; at < ready.size(); at += rows_max) {
    std::vector<db::Value> values;
    std::size_t count = 0;
    for (std::size_t i = at; i < std::min(ready.size(), at + rows_max); ++i) {
      if (ready[i]->gone != 0) continue;
      values.push_back(db::to_value(ready[i]->entry.id));
      values.push_back(db::to_value(folded_text(ready[i]->entry.document())));
      ++count;
    }
    if (count != 0) s.execute_values("UPDATE search_entry SET pending = 0, was = NULL, folded = texts.folded FROM (VALUES " + db::marks(count, "(CAST(? AS BIGINT), CAST(? AS TEXT))") + ") AS texts (id, folded) WHERE search_entry.id = texts.id", values);
  }
}

struct NamedState {
  std::string name;
  std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(NamedState, (), (name, value))

const std::string tokens_of_entry = "search_tokens(e.folded, e.id, e.kind, e.agency_id, e.unit_id, e.post_id, e.origin, e.state, e.confidentiality, e.on_date, e.district)";
constexpr std::array<std::int64_t, 4> windows = {1, 4, 16, 64};  // blocks of ids, from the newest backwards; then all the rest

}  // namespace

namespace {

const std::string insert_entry = "INSERT INTO search_entry (kind, record_id, number, title, body, agency_id, unit_id, post_id, origin, state, confidentiality, on_date, district, stamp, pending, gone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ";

void write_entry(db::Session& s, const std::string& sql, const Document& d) {
  s.execute(sql, d.kind, d.record_id, without_ends(d.number), without_ends(d.title), without_ends(d.body), d.agency_id, d.unit_id, d.post_id, d.origin, d.state, d.confidentiality, d.on, d.district);
}

}  // namespace

void SearchStore::put(db::Session& s, const Document& d) {
  static const std::string sql = insert_entry +
                                 "1, 0) ON CONFLICT (kind, record_id) DO UPDATE SET number = excluded.number, title = excluded.title, body = excluded.body, agency_id = excluded.agency_id, unit_id = excluded.unit_id, "
                                 "post_id = excluded.post_id, origin = excluded.origin, state = excluded.state, confidentiality = excluded.confidentiality, on_date = excluded.on_date, district = excluded.district, gone = 0, " +
                                 keep;
  write_entry(s, sql, d);
}

void SearchStore::add_missing(db::Session& s, const Document& d) { write_entry(s, insert_entry + "3, 0) ON CONFLICT (kind, record_id) DO NOTHING", d); }

void SearchStore::remove(db::Session& s, const std::string& kind, std::int64_t record_id) { s.execute("UPDATE search_entry SET gone = 1, " + keep + " WHERE kind = ? AND record_id = ?", kind, record_id); }

SearchStore::Stream::Stream(db::Session& s, const Wanted& wanted, std::optional<std::int64_t> below) : s_(s), wanted_(wanted), below_(below.value_or(std::numeric_limits<std::int64_t>::max())) {
  if (s.engine() == db::Engine::sqlite) return;
  const auto newest = s.value<std::int64_t>("SELECT COALESCE(MAX(id), 0) FROM search_entry");
  below_ = std::min(below_, newest + 1);
  window_from_ = std::max<std::int64_t>(0, (below_ - 1) / block_size * block_size);
}

template <class Row>
std::vector<Row> SearchStore::Stream::read(const char* columns, int limit) {
  if (s_.engine() == db::Engine::sqlite) {
    std::vector<db::Value> values;
    std::string sql = std::string("SELECT ") + columns;
    if (wanted_.index.always() && wanted_.none_of.empty()) {
      sql += " FROM search_entry e WHERE e.id < ? AND e.pending = 0 AND ";
    } else {
      // CROSS JOIN keeps the order: the index first, which gives its ids in descending order.
      sql += " FROM search_index CROSS JOIN search_entry e ON e.id = search_index.rowid WHERE search_index MATCH ? AND search_index.rowid < ? AND e.pending = 0 AND ";
      values.push_back(db::to_value(fts5_text(wanted_.index, wanted_.none_of)));
    }
    values.push_back(db::to_value(below_));
    values.insert(values.end(), wanted_.values.begin(), wanted_.values.end());
    values.push_back(db::to_value(limit));
    const bool by_index = values.front().type == db::ColumnType::text;
    return s_.list_values<Row>(sql + wanted_.where + " ORDER BY " + (by_index ? "search_index.rowid" : "e.id") + " DESC LIMIT ?", values);
  }
  // An index of sets gives all its hits at once. Newest first is asked window by window: the index holds for each entry which block of ids it is in.
  std::vector<Row> out;
  while (below_ > 0) {
    Condition index = wanted_.index;
    if (window_ < windows.size()) {
      std::vector<Condition> blocks;
      for (auto block = window_from_ / block_size; block * block_size < below_; ++block) blocks.push_back(Condition::one("B" + std::to_string(block)));
      index = Condition::all_of({index, Condition::any_of(std::move(blocks))});
    }
    std::vector<db::Value> values;
    std::string hits = "SELECT e.id FROM search_entry e WHERE e.pending = 0 AND e.id + 0 < ?";
    values.push_back(db::to_value(below_));
    if (!index.always()) {
      hits += " AND " + tokens_of_entry + " @@ CAST(? AS tsquery)";
      values.push_back(db::to_value(tsquery_text(index, wanted_.none_of)));
    }
    values.insert(values.end(), wanted_.values.begin(), wanted_.values.end());
    const int room = limit - static_cast<int>(out.size());
    values.push_back(db::to_value(room));
    auto rows = s_.list_values<Row>("WITH hit AS MATERIALIZED (" + hits + ") SELECT " + columns + " FROM hit JOIN search_entry e ON e.id = hit.id WHERE " + wanted_.where + " ORDER BY e.id DESC LIMIT ?", values);
    const bool full = static_cast<int>(rows.size()) == room;
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    if (full) break;
    if (window_ >= windows.size() || window_from_ == 0) {
      below_ = 0;
      break;
    }
    below_ = window_from_;
    ++window_;
    window_from_ = window_ < windows.size() ? std::max<std::int64_t>(0, window_from_ - windows[window_] * block_size) : 0;
  }
  return out;
}

std::vector<EntryRow> SearchStore::Stream::next(int limit) {
  auto rows = read<EntryRow>(entry_columns, limit);
  if (!rows.empty() && below_ != 0) below_ = rows.back().id;
  return rows;
}

std::vector<std::int64_t> SearchStore::Stream::ids(int limit) { return read<std::int64_t>("e.id", limit); }

std::vector<EntryRow> SearchStore::list_waiting(db::Session& s, const Wanted& wanted, std::optional<std::int64_t> below) {
  auto values = wanted.values;
  values.push_back(db::to_value(below.value_or(std::numeric_limits<std::int64_t>::max())));
  return s.list_values<EntryRow>(std::string("SELECT ") + entry_columns + " FROM search_entry e WHERE e.pending <> 0 AND e.pending < 3 AND e.gone = 0 AND " + wanted.where + " AND e.id < ? ORDER BY e.id DESC", values);
}

std::vector<EntryRow> SearchStore::list_of_records(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& record_ids, const Wanted& wanted) {
  std::vector<db::Value> values = {db::to_value(kind), db::id_list(s.engine(), record_ids)};
  values.insert(values.end(), wanted.values.begin(), wanted.values.end());
  return s.list_values<EntryRow>(std::string("SELECT ") + entry_columns + " FROM search_entry e WHERE e.kind = ? AND " + db::among(s.engine(), "e.record_id") + " AND e.gone = 0 AND " + wanted.where, values);
}

std::vector<Waiting> SearchStore::list_to_index(db::Session& s, int limit, bool anew) {
  const std::string where = std::string(" FROM search_entry e WHERE e.pending <> 0 AND ") + (anew ? "e.pending = 3" : "e.pending < 3") + " ORDER BY e.pending, e.id LIMIT ?";
  const auto entries = s.list<EntryRow>(std::string("SELECT ") + entry_columns + where, limit);
  const auto more = s.list<WaitingMore>("SELECT e.id, e.stamp, e.gone, e.was" + where, limit);
  std::vector<Waiting> out;
  for (std::size_t i = 0; i < entries.size(); ++i) out.push_back({entries[i], more.at(i).stamp, more[i].gone, more[i].was});
  std::sort(out.begin(), out.end(), [](const Waiting& a, const Waiting& b) { return a.entry.id < b.entry.id; });  // the index takes them best in order
  return out;
}

void SearchStore::index(db::Session& s, const std::vector<Waiting>& waiting) {
  std::map<std::int64_t, std::int64_t> stamps;
  std::vector<std::int64_t> ids;
  for (const auto& one : waiting) ids.push_back(one.entry.id);
  db::in_chunks(ids, [&](const std::vector<std::int64_t>& some) {
    std::vector<db::Value> values;
    for (const auto id : some) values.push_back(db::to_value(id));
    for (const auto& row : s.list_values<Stamp>("SELECT id, stamp FROM search_entry WHERE pending <> 0 AND id IN (" + db::marks(some.size()) + ")", values)) stamps[row.id] = row.stamp;
  });
  std::vector<const Waiting*> ready;
  std::vector<std::int64_t> stay;
  std::vector<std::int64_t> gone;
  for (const auto& one : waiting) {
    const auto found = stamps.find(one.entry.id);
    if (found == stamps.end() || found->second != one.stamp) continue;
    ready.push_back(&one);
    (one.gone != 0 ? gone : stay).push_back(one.entry.id);
  }
  if (s.engine() == db::Engine::sqlite) {
    index_sqlite(s, ready);
  } else {
    index_postgres(s, ready);
  }
  const auto on_each = [&](const std::string& head, const std::vector<std::int64_t>& of) {
    db::in_chunks(of, [&](const std::vector<std::int64_t>& some) {
      std::vector<db::Value> values;
      for (const auto id : some) values.push_back(db::to_value(id));
      s.execute_values(head + " WHERE id IN (" + db::marks(some.size()) + ")", values);
    });
  };
  if (s.engine() == db::Engine::sqlite) on_each("UPDATE search_entry SET pending = 0, was = NULL", stay);
  on_each("DELETE FROM search_entry", gone);
}

void SearchStore::begin_anew(db::Session& s) {
  s.execute("DELETE FROM search_entry WHERE gone = 1");
  s.execute("UPDATE search_entry SET pending = 3, was = NULL, stamp = stamp + 1 WHERE id >= 0");
  if (s.engine() == db::Engine::sqlite) s.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')");
}

std::optional<std::int64_t> SearchStore::state(db::Session& s, const std::string& name) { return s.find<std::int64_t>("SELECT value FROM search_state WHERE name = ?", name); }

bool SearchStore::incomplete(db::Session& s, const std::vector<Kind>& kinds) {
  std::map<std::string, std::int64_t> states;
  for (const auto& row : s.list<NamedState>("SELECT name, value FROM search_state")) states[row.name] = row.value;
  if (states["incomplete"] != 0) return true;
  return std::any_of(kinds.begin(), kinds.end(), [&](const Kind& kind) { return states[filled_state(kind.name)] != filled; });
}

void SearchStore::set_state(db::Session& s, const std::string& name, std::int64_t value) {
  s.execute("INSERT INTO search_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);
}

}  // namespace mandate::search
