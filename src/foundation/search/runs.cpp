#include "foundation/search/runs.hpp"

#include "platform/db/lists.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace mandate::search {
namespace {

constexpr std::size_t runs_most = 8;  // of one level in a block
constexpr std::size_t rows_at_once = 32;
constexpr std::int64_t inline_bytes_max = 256 * 1024;  // some ten milliseconds
constexpr std::size_t pages_at_once = 256;             // written or deleted in one transaction
constexpr std::int64_t lock = 77114;
// Instead of a block: runs that are no part of the index yet, or any more.
constexpr std::int64_t being_made = -1;
constexpr std::int64_t given_up = -2;

struct RunRow {
  std::int64_t id = 0;
  std::int64_t level = 0;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(RunRow, (), (id, level, bytes))

struct PageRow {
  std::int64_t run = 0;
  std::string first;
  std::string data;
};
BOOST_DESCRIBE_STRUCT(PageRow, (), (run, first, data))

std::vector<RunRow> list_runs(db::Session& s, std::int64_t block) { return s.list<RunRow>("SELECT id, level, bytes FROM search_run WHERE block = ? ORDER BY id", block); }  // the oldest first

// How much a run is, in powers of runs_most.
std::int64_t level_of(std::size_t entries) {
  std::int64_t level = 0;
  for (; entries >= runs_most; entries /= runs_most) ++level;
  return level;
}

class RunWriter {
 public:
  RunWriter(db::Session& s, std::int64_t block, std::int64_t level)
      : s_(s), id_(s.value<std::int64_t>("INSERT INTO search_run (block, level, bytes) VALUES (?, ?, 0) RETURNING id", block, level)), pages_([this](const std::string& first, const std::string& data) { put(first, data); }) {}
  void add(const std::string& token, const Postings& postings) { pages_.add(token, postings); }
  void finish() {
    pages_.finish();
    write();
    s_.execute("UPDATE search_run SET bytes = ? WHERE id = ?", bytes_, id_);
  }

 private:
  void put(const std::string& first, const std::string& data) {
    bytes_ += static_cast<std::int64_t>(data.size());
    values_.push_back(db::to_value(id_));
    values_.push_back(db::to_value(first));
    values_.push_back(db::to_value(data));
    if (values_.size() >= 3 * rows_at_once) write();
  }
  void write() {
    if (!values_.empty()) s_.execute_values("INSERT INTO search_page (run, first, data) VALUES " + db::marks(values_.size() / 3, "(?,?,?)"), values_);
    values_.clear();
  }
  db::Session& s_;
  std::int64_t id_;
  PageWriter pages_;
  std::vector<db::Value> values_;
  std::int64_t bytes_ = 0;
};

// Reads a run from its beginning, token by token.
class RunReader {
 public:
  RunReader(db::Session& s, std::int64_t run) : s_(s), run_(run) {
    load_page();
    next();
  }
  bool ended() const { return ended_; }
  const PageEntry& entry() const { return entry_; }
  void next() {
    if (at_ >= entries_.size() && !load_page()) {
      ended_ = true;
      return;
    }
    entry_ = std::move(entries_[at_++]);
    while (at_ >= entries_.size() && load_page() && first_.find(piece_mark) != std::string::npos) {
      auto& more = entries_[at_++].postings;
      entry_.postings.insert(entry_.postings.end(), more.begin(), more.end());
    }
  }

 private:
  bool load_page() {
    if (row_ >= rows_.size()) {
      rows_ = s_.list<PageRow>("SELECT run, first, data FROM search_page WHERE run = ? AND first > ? ORDER BY first LIMIT ?", run_, first_, static_cast<std::int64_t>(rows_at_once));
      row_ = 0;
      if (rows_.empty()) return false;
    }
    first_ = rows_[row_].first;
    entries_ = read_page(rows_[row_].data);
    at_ = 0;
    ++row_;
    return true;
  }
  db::Session& s_;
  std::int64_t run_;
  std::string first_;
  std::vector<PageRow> rows_;
  std::size_t row_ = 0;
  std::vector<PageEntry> entries_;
  std::size_t at_ = 0;
  PageEntry entry_;
  bool ended_ = false;
};

// The word of the newer lists counts. `whole`: nothing older is left, so what was taken needs not be remembered.
Postings merged(const std::vector<const Postings*>& oldest_first, bool whole) {
  Postings out;
  if (oldest_first.size() == 1) {
    out = *oldest_first.front();
  } else {
    struct From {
      Posting posting;
      std::uint32_t age;
    };
    std::vector<From> all;
    for (std::uint32_t i = 0; i < oldest_first.size(); ++i) {
      for (const Posting one : *oldest_first[i]) all.push_back({one, i});
    }
    const auto before = [](const From& a, const From& b) { return a.posting >> 1 != b.posting >> 1 ? a.posting >> 1 < b.posting >> 1 : a.age < b.age; };
    if (!std::is_sorted(all.begin(), all.end(), before)) std::sort(all.begin(), all.end(), before);  // new entries mostly come behind all older ones
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i + 1 == all.size() || all[i + 1].posting >> 1 != all[i].posting >> 1) out.push_back(all[i].posting);
    }
  }
  if (whole) std::erase_if(out, [](Posting one) { return (one & 1U) != 0; });
  return out;
}

// These runs, oldest first, as one. `whole`: nothing older is left in the block.
void write_merged(db::Session& s, const std::vector<RunRow>& runs, bool whole, const std::function<void(const std::string&, const Postings&)>& put) {
  std::vector<RunReader> readers;
  readers.reserve(runs.size());
  for (const auto& run : runs) readers.emplace_back(s, run.id);
  while (true) {
    const RunReader* least = nullptr;
    for (const auto& one : readers) {
      if (!one.ended() && (least == nullptr || one.entry().token < least->entry().token)) least = &one;
    }
    if (least == nullptr) break;
    const std::string token = least->entry().token;
    std::vector<RunReader*> holding;
    std::vector<const Postings*> lists;
    for (auto& one : readers) {
      if (one.ended() || one.entry().token != token) continue;
      holding.push_back(&one);
      lists.push_back(&one.entry().postings);
    }
    put(token, merged(lists, whole));
    for (auto* one : holding) one->next();
  }
}

// What is to become one: the runs of a block from one of them to the newest.
struct Due {
  std::int64_t block = 0;
  std::int64_t level = 0;
  bool whole = false;
  std::vector<RunRow> runs;
  std::int64_t bytes() const {
    return std::accumulate(runs.begin(), runs.end(), std::int64_t{0}, [](std::int64_t sum, const RunRow& run) { return sum + run.bytes; });
  }
};

void merge(db::Session& s, const Due& due) {
  RunWriter writer(s, due.block, due.level);
  write_merged(s, due.runs, due.whole, [&](const std::string& token, const Postings& postings) { writer.add(token, postings); });
  writer.finish();
  for (const auto& run : due.runs) {
    s.execute("DELETE FROM search_page WHERE run = ?", run.id);
    s.execute("DELETE FROM search_run WHERE id = ?", run.id);
  }
}

// Which runs are to become one, and of which level: levels never rise from the oldest to the newest, and none has more than runs_most.
std::optional<std::pair<std::size_t, std::int64_t>> next_merge(const std::vector<RunRow>& runs, bool closed) {
  if (runs.size() < 2) return std::nullopt;
  // A block that takes no new entries is one run, and what has changed since until that has grown.
  std::int64_t rest = 0;
  for (std::size_t i = 1; i < runs.size(); ++i) rest += runs[i].bytes;
  const auto highest = std::max_element(runs.begin(), runs.end(), [](const RunRow& a, const RunRow& b) { return a.level < b.level; })->level;
  if (closed && rest * 5 >= runs.front().bytes) return std::pair(std::size_t{0}, highest);
  for (std::size_t i = 0; i + 1 < runs.size(); ++i) {
    if (runs[i].level < runs.back().level) return std::pair(i, runs.back().level);
  }
  for (std::size_t i = 0; i + runs_most <= runs.size(); ++i) {
    if ((i == 0 || runs[i - 1].level != runs[i].level) && runs[i + runs_most - 1].level == runs[i].level) return std::pair(i, runs[i].level + 1);
  }
  return std::nullopt;
}

std::optional<Due> due_in(db::Session& s, std::int64_t block, bool closed) {
  const auto runs = list_runs(s, block);
  const auto next = next_merge(runs, closed);
  if (!next) return std::nullopt;
  return Due{block, next->second, next->first == 0, {runs.begin() + static_cast<std::ptrdiff_t>(next->first), runs.end()}};
}

std::int64_t newest_block(db::Session& s) { return s.value<std::int64_t>("SELECT COALESCE(MAX(block), 0) FROM search_run"); }

std::optional<Due> due_anywhere(db::Session& s) {
  const auto newest = newest_block(s);
  for (const auto block : Runs::list_blocks(s)) {
    if (auto due = due_in(s, block, block < newest)) return due;
  }
  return std::nullopt;
}

void settle(db::Session& s, std::int64_t block, bool closed) {
  while (true) {
    const auto due = due_in(s, block, closed);
    if (!due || due->bytes() > inline_bytes_max) return;
    merge(s, *due);
  }
}

bool is_being_made(db::Session& s, std::int64_t run) { return s.value<std::int64_t>("SELECT COUNT(*) FROM search_run WHERE id = ? AND block = ?", run, being_made) == 1; }

void give_up(db::Session& s, std::int64_t run) { s.execute("UPDATE search_run SET block = ? WHERE id = ?", given_up, run); }

// A part of the pages of a run that is given up; false: there is none.
bool sweep_some(db::Database& database) {
  if (!database.read([](db::Session& s) { return s.find<std::int64_t>("SELECT id FROM search_run WHERE block = ? ORDER BY id LIMIT 1", given_up); })) return false;
  const auto swept = database.write([](db::Session& s) -> Result<bool> {
    const auto run = s.find<std::int64_t>("SELECT id FROM search_run WHERE block = ? ORDER BY id LIMIT 1", given_up);
    if (!run) return false;
    const auto until = s.find<std::string>("SELECT first FROM search_page WHERE run = ? ORDER BY first LIMIT 1 OFFSET ?", *run, static_cast<std::int64_t>(pages_at_once));
    if (until) {
      s.execute("DELETE FROM search_page WHERE run = ? AND first < ?", *run, *until);
    } else {
      s.execute("DELETE FROM search_page WHERE run = ?", *run);
      s.execute("DELETE FROM search_run WHERE id = ?", *run);
    }
    return true;
  });
  return swept.ok() && *swept;
}

struct Span {  // of tokens
  std::string low;
  std::string high;
};

// Of a single character the index holds the pairs that begin with it, and itself where nothing follows.
Span span_of(const std::string& token) {
  const bool one_character = display_characters(token) == 1;
  return {token, token + (one_character ? "\xF4\x8F\xBF\xBF" : "\x03")};
}

void collect_tokens(const Condition& condition, std::set<std::string>& out) {
  if (condition.of == Condition::Of::token) out.insert(condition.token);
  for (const auto& part : condition.parts) collect_tokens(part, out);
}

using Places = std::vector<std::uint32_t>;

// Each token that was asked for, with the entries of the block that hold it.
std::map<std::string, Places> read_tokens(db::Session& s, std::int64_t block, const std::set<std::string>& tokens) {
  std::map<std::int64_t, std::uint32_t> ages;
  for (const auto& run : list_runs(s, block)) ages.emplace(run.id, static_cast<std::uint32_t>(ages.size()));
  std::map<std::string, Places> out;
  std::vector<std::string> all(tokens.begin(), tokens.end());
  db::in_chunks(all, [&](const std::vector<std::string>& some) {
    std::vector<db::Value> values;
    for (const auto& token : some) {
      const auto span = span_of(token);
      values.push_back(db::to_value(span.low));
      values.push_back(db::to_value(span.high));
    }
    values.push_back(db::to_value(block));
    auto pages = s.list_values<PageRow>("WITH want (low, high) AS (VALUES " + db::marks(some.size(), "(CAST(? AS TEXT), CAST(? AS TEXT))") +
                                            "), span AS (SELECT r.id AS run, COALESCE((SELECT MAX(q.first) FROM search_page q WHERE q.run = r.id AND q.first <= w.low), w.low) AS low, w.high AS high "
                                            "FROM search_run r CROSS JOIN want w WHERE r.block = ?) "
                                            "SELECT p.run, p.first, p.data FROM span CROSS JOIN search_page p WHERE p.run = span.run AND p.first >= span.low AND p.first < span.high",
                                        values);
    std::sort(pages.begin(), pages.end(), [](const PageRow& a, const PageRow& b) { return std::tie(a.run, a.first) < std::tie(b.run, b.first); });
    pages.erase(std::unique(pages.begin(), pages.end(), [](const PageRow& a, const PageRow& b) { return a.run == b.run && a.first == b.first; }), pages.end());
    for (const auto& token : some) {
      const auto span = span_of(token);
      std::map<std::string, std::map<std::uint32_t, Postings>> found;  // by token and age
      // In each run the last page that begins before the token, and those that begin within its span; the others are of other tokens.
      for (const auto& [run, age] : ages) {
        auto page = std::upper_bound(pages.begin(), pages.end(), std::tie(run, span.low), [](const auto& place, const PageRow& one) { return place < std::tie(one.run, one.first); });
        if (page != pages.begin() && std::prev(page)->run == run) --page;
        for (; page != pages.end() && page->run == run && page->first < span.high; ++page) {
          for (auto& entry : read_page(page->data, span.low, span.high)) {
            auto& list = found[entry.token][age];
            list.insert(list.end(), entry.postings.begin(), entry.postings.end());
          }
        }
      }
      Places places;
      for (const auto& [name, by_age] : found) {
        std::vector<const Postings*> lists;
        for (const auto& [age, postings] : by_age) lists.push_back(&postings);
        for (const Posting one : merged(lists, true)) places.push_back(one >> 1);
      }
      if (found.size() > 1) {
        std::sort(places.begin(), places.end());
        places.erase(std::unique(places.begin(), places.end()), places.end());
      }
      out[token] = std::move(places);
    }
  });
  return out;
}

Places evaluate(const Condition& condition, const std::map<std::string, Places>& known) {
  if (condition.of == Condition::Of::token) return known.at(condition.token);
  Places out;
  for (std::size_t i = 0; i < condition.parts.size(); ++i) {
    auto part = evaluate(condition.parts[i], known);
    if (i == 0) {
      out = std::move(part);
      continue;
    }
    Places both;
    if (condition.of == Condition::Of::all) {
      std::set_intersection(out.begin(), out.end(), part.begin(), part.end(), std::back_inserter(both));
    } else {
      std::set_union(out.begin(), out.end(), part.begin(), part.end(), std::back_inserter(both));
    }
    out = std::move(both);
  }
  return out;
}

}  // namespace

void Runs::add(db::Session& s, const std::vector<TokenChange>& changes) {
  struct Block {
    std::unordered_map<std::string, Postings> tokens;
    std::size_t entries = 0;
  };
  std::map<std::int64_t, Block> blocks;
  for (const auto& change : changes) {
    auto& block = blocks[change.id / block_size];
    const auto place = static_cast<std::uint32_t>(change.id % block_size);
    ++block.entries;
    for (const auto& token : change.added) block.tokens[token].push_back(given_to(place));
    for (const auto& token : change.removed) block.tokens[token].push_back(taken_from(place));
  }
  const auto newest = newest_block(s);
  for (auto& [number, block] : blocks) {
    if (block.tokens.empty()) continue;
    RunWriter writer(s, number, level_of(block.entries));
    std::vector<std::pair<std::string_view, Postings*>> in_order;
    for (auto& [token, postings] : block.tokens) in_order.emplace_back(token, &postings);
    std::sort(in_order.begin(), in_order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [token, postings] : in_order) {
      std::sort(postings->begin(), postings->end());
      writer.add(std::string(token), *postings);
    }
    writer.finish();
    settle(s, number, number < newest);
  }
  // The block before has just been closed.
  if (!blocks.empty() && blocks.rbegin()->first > newest) settle(s, newest, true);
}

void Runs::clear(db::Session& s) {
  s.execute("DELETE FROM search_page WHERE run >= 0");
  s.execute("DELETE FROM search_run WHERE id >= 0");
}

void Runs::only_one_writes(db::Session& s) {
  if (s.engine() == db::Engine::postgres) s.execute("SELECT pg_advisory_xact_lock(?)", lock);
}

bool Runs::may_write(db::Session& s) { return s.engine() == db::Engine::sqlite || s.value<std::int64_t>("SELECT CASE WHEN pg_try_advisory_xact_lock(?) THEN 1 ELSE 0 END", lock) != 0; }

void Runs::abandon(db::Session& s) { s.execute("UPDATE search_run SET block = ? WHERE block = ?", given_up, being_made); }

bool Runs::merge_some(db::Database& database, const std::function<void()>& before_it_counts) {
  if (!database.read([](db::Session& s) { return due_anywhere(s); })) return sweep_some(database);
  // Its place among the runs is that of its id: nobody adds one between the look and the claim.
  std::optional<Due> due;
  std::int64_t heir = 0;
  const auto claimed = database.write([&](db::Session& s) -> Result<bool> {
    only_one_writes(s);
    due = due_anywhere(s);
    if (!due) return false;
    heir = s.value<std::int64_t>("INSERT INTO search_run (block, level, bytes) VALUES (?, ?, 0) RETURNING id", being_made, due->level);
    return true;
  });
  if (!claimed.ok() || !*claimed) return false;
  std::vector<std::pair<std::string, std::string>> pages;
  std::int64_t bytes = 0;
  database.read([&](db::Session& s) {
    pages.clear();
    bytes = 0;
    PageWriter writer([&](const std::string& first, const std::string& data) {
      bytes += static_cast<std::int64_t>(data.size());
      pages.emplace_back(first, data);
    });
    write_merged(s, due->runs, due->whole, [&](const std::string& token, const Postings& postings) { writer.add(token, postings); });
    writer.finish();
    return 0;
  });
  for (std::size_t at = 0; at < pages.size(); at += pages_at_once) {
    const auto written = database.write([&](db::Session& s) -> Result<bool> {
      if (!is_being_made(s, heir)) return false;  // the index is being made anew
      for (std::size_t from = at; from < std::min(pages.size(), at + pages_at_once); from += rows_at_once) {
        std::vector<db::Value> values;
        for (std::size_t i = from; i < std::min({pages.size(), at + pages_at_once, from + rows_at_once}); ++i) {
          values.push_back(db::to_value(heir));
          values.push_back(db::to_value(pages[i].first));
          values.push_back(db::to_value(pages[i].second));
        }
        s.execute_values("INSERT INTO search_page (run, first, data) VALUES " + db::marks(values.size() / 3, "(?,?,?)"), values);
      }
      return true;
    });
    if (!written.ok() || !*written) break;
  }
  if (before_it_counts) before_it_counts();
  const auto placed = database.write([&](db::Session& s) -> Result<> {
    only_one_writes(s);
    if (!is_being_made(s, heir)) {
      s.execute("DELETE FROM search_page WHERE run = ?", heir);
      return done();
    }
    std::set<std::int64_t> there;
    for (const auto& run : list_runs(s, due->block)) there.insert(run.id);
    const bool as_it_was = std::all_of(due->runs.begin(), due->runs.end(), [&](const RunRow& run) { return there.count(run.id) != 0; });
    const bool complete = s.value<std::int64_t>("SELECT COUNT(*) FROM search_page WHERE run = ?", heir) == static_cast<std::int64_t>(pages.size());
    if (!as_it_was || !complete) {  // another process was faster, or a part could not be written
      give_up(s, heir);
      return done();
    }
    s.execute("UPDATE search_run SET block = ?, bytes = ? WHERE id = ?", due->block, bytes, heir);
    for (const auto& run : due->runs) give_up(s, run.id);
    return done();
  });
  return placed.ok();
}

std::vector<std::int64_t> Runs::find(db::Session& s, std::int64_t block, const Condition& condition, const std::vector<std::string>& none_of) {
  std::set<std::string> tokens(none_of.begin(), none_of.end());
  collect_tokens(condition, tokens);
  const auto known = read_tokens(s, block, tokens);
  auto places = evaluate(condition, known);
  for (const auto& token : none_of) {
    Places left;
    const auto& without = known.at(token);
    std::set_difference(places.begin(), places.end(), without.begin(), without.end(), std::back_inserter(left));
    places = std::move(left);
  }
  std::vector<std::int64_t> out;
  out.reserve(places.size());
  for (const auto place : places) out.push_back(block * block_size + place);
  return out;
}

std::vector<std::int64_t> Runs::list_blocks(db::Session& s) { return s.list<std::int64_t>("SELECT DISTINCT block FROM search_run WHERE block >= 0 ORDER BY block DESC"); }

}  // namespace mandate::search
