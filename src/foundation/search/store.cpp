#include "foundation/search/store.hpp"

#include "platform/db/lists.hpp"

#include <limits>

namespace mandate::search {
namespace {

constexpr std::size_t hits_at_once = 4096;
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

std::vector<std::string> all_tokens(const Document& document) {
  auto tokens = index_tokens(folded_text(document));
  auto facets = facets_of(document);
  tokens.insert(tokens.end(), std::make_move_iterator(facets.begin()), std::make_move_iterator(facets.end()));
  std::sort(tokens.begin(), tokens.end());
  return tokens;
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
TokenChange change_of(const Waiting& waiting) {
  TokenChange change;
  change.id = waiting.entry.id;
  const auto now = waiting.gone != 0 ? std::vector<std::string>{} : all_tokens(waiting.entry);
  const auto before = waiting.was ? all_tokens(document_of_kept(waiting.entry.kind, *waiting.was)) : std::vector<std::string>{};
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(), std::back_inserter(change.added));
  std::set_difference(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(change.removed));
  return change;
}

struct NamedState {
  std::string name;
  std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(NamedState, (), (name, value))

std::int64_t id_of(const EntryRow& row) { return row.id; }
std::int64_t id_of(std::int64_t id) { return id; }

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
  by_index_ = !wanted.index.always() || !wanted.none_of.empty();
  if (by_index_) blocks_ = Runs::list_blocks(s);
}

template <class Row>
std::vector<Row> SearchStore::Stream::read(const char* columns, int limit) {
  const std::string select = std::string("SELECT ") + columns + " FROM search_entry e WHERE e.pending = 0 AND ";
  const auto rows_of = [&](const std::string& of, db::Value first, int most) {
    std::vector<db::Value> values = {std::move(first)};
    values.insert(values.end(), wanted_.values.begin(), wanted_.values.end());
    values.push_back(db::to_value(most));
    return s_.list_values<Row>(select + of + " AND " + wanted_.where + " ORDER BY e.id DESC LIMIT ?", values);
  };
  if (!by_index_) return rows_of("e.id < ?", db::to_value(below_), limit);
  std::vector<Row> out;
  while (static_cast<int>(out.size()) < limit) {
    while (hits_.empty() && block_ < blocks_.size()) {
      const auto block = blocks_[block_++];
      if (block * block_size >= below_) continue;
      hits_ = Runs::find(s_, block, wanted_.index, wanted_.none_of);
      while (!hits_.empty() && hits_.back() >= below_) hits_.pop_back();
    }
    if (hits_.empty()) break;
    // Nearly all of them are what is wanted: the index holds what narrows.
    const auto room = static_cast<std::size_t>(limit) - out.size();
    const auto some = std::min({hits_.size(), std::max<std::size_t>(room, 32), hits_at_once});
    const std::vector<std::int64_t> ids(hits_.end() - static_cast<std::ptrdiff_t>(some), hits_.end());
    auto rows = rows_of(db::among(s_.engine(), "e.id"), db::id_list(s_.engine(), ids), static_cast<int>(room));
    if (rows.size() < room) {
      hits_.resize(hits_.size() - some);
    } else {  // those below the last of these rows are still to be read
      const auto last = id_of(rows.back());
      while (!hits_.empty() && hits_.back() >= last) hits_.pop_back();
    }
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  }
  return out;
}

std::vector<EntryRow> SearchStore::Stream::next(int limit) {
  auto rows = read<EntryRow>(entry_columns, limit);
  if (!rows.empty()) below_ = rows.back().id;
  return rows;
}

std::vector<std::int64_t> SearchStore::Stream::ids(int limit) { return read<std::int64_t>("e.id", limit); }

std::vector<EntryRow> SearchStore::list_waiting(db::Session& s, const Wanted& wanted, std::optional<std::int64_t> below) {
  auto values = wanted.values;
  values.push_back(db::to_value(below.value_or(std::numeric_limits<std::int64_t>::max())));
  // Asked by its two values, so that SQLite takes the index of what waits and not the one of a kind's records.
  return s.list_values<EntryRow>(std::string("SELECT ") + entry_columns + " FROM search_entry e WHERE e.pending <> 0 AND e.pending IN (1, 2) AND e.gone = 0 AND " + wanted.where + " AND e.id < ? ORDER BY e.id DESC", values);
}

std::vector<EntryRow> SearchStore::list_of_records(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& record_ids, const Wanted& wanted) {
  std::vector<db::Value> values = {db::to_value(kind), db::id_list(s.engine(), record_ids)};
  values.insert(values.end(), wanted.values.begin(), wanted.values.end());
  return s.list_values<EntryRow>(std::string("SELECT ") + entry_columns + " FROM search_entry e WHERE e.kind = ? AND " + db::among(s.engine(), "e.record_id") + " AND e.gone = 0 AND " + wanted.where, values);
}

std::int64_t SearchStore::count_waiting(db::Session& s, std::int64_t cap) { return s.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM search_entry e WHERE e.pending <> 0 LIMIT ?) AS counted", cap); }

std::vector<Waiting> SearchStore::list_to_index(db::Session& s, int limit, bool anew) {
  const std::string where = std::string(" FROM search_entry e WHERE e.pending <> 0 AND ") + (anew ? "e.pending = 3" : "e.pending IN (1, 2)") + " ORDER BY e.pending, e.id LIMIT ?";
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
  std::vector<TokenChange> changes;
  for (const auto* one : ready) changes.push_back(change_of(*one));
  Runs::add(s, changes);
  const auto on_each = [&](const std::string& head, const std::vector<std::int64_t>& of) {
    db::in_chunks(of, [&](const std::vector<std::int64_t>& some) {
      std::vector<db::Value> values;
      for (const auto id : some) values.push_back(db::to_value(id));
      s.execute_values(head + " WHERE id IN (" + db::marks(some.size()) + ")", values);
    });
  };
  on_each("UPDATE search_entry SET pending = 0, was = NULL", stay);
  on_each("DELETE FROM search_entry", gone);
}

void SearchStore::begin_anew(db::Session& s) {
  s.execute("DELETE FROM search_entry WHERE gone = 1");
  s.execute("UPDATE search_entry SET pending = 3, was = NULL, stamp = stamp + 1 WHERE id >= 0");
  Runs::clear(s);
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
