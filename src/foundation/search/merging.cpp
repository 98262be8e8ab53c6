// Runs become fewer: small ones at once, large ones beside the index.
#include "foundation/search/run_parts.hpp"
#include "platform/db/lists.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace mandate::search {
namespace {

constexpr std::int64_t inline_bytes_max = 256 * 1024;  // some ten milliseconds
constexpr std::int64_t room_kept = 16 << 20;           // bytes that are not worth a table written anew
constexpr std::size_t pages_at_once = 256;             // written or deleted in one transaction
// Instead of a block: runs that are no part of the index yet, or any more.
constexpr std::int64_t being_made = -1;
constexpr std::int64_t given_up = -2;

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

std::optional<Due> due_anywhere(db::Session& s) {
  const auto newest = newest_block(s);
  for (const auto block : Runs::list_blocks(s)) {
    if (auto due = due_in(s, block, block < newest)) return due;
  }
  return std::nullopt;
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

}  // namespace

void settle(db::Session& s, std::int64_t block, bool closed) {
  while (true) {
    const auto due = due_in(s, block, closed);
    if (!due || due->bytes() > inline_bytes_max) return;
    merge(s, *due);
  }
}

void Runs::tidy(db::Database& database) {
  if (database.engine() != db::Engine::postgres) return;
  const bool half_empty = database.read([](db::Session& s) {
    const auto taken = s.value<std::int64_t>("SELECT CAST(pg_total_relation_size('search_page') AS BIGINT)");
    const auto held = s.value<std::int64_t>("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM search_run");
    // What is held takes five thirds of its bytes, with what PostgreSQL keeps beside a row and the index of first tokens.
    return taken > held * 10 / 3 + room_kept;
  });
  if (!half_empty) return;
  try {
    (void)database.write([](db::Session& s) -> Result<> {
      only_one_writes(s);
      s.script("SET LOCAL lock_timeout = '2s'");  // nobody queues behind us for longer
      s.script("CLUSTER search_page USING search_page_first");
      return done();
    }).ok();
  } catch (const db::DbError&) {
    // Somebody reads for long: another time.
  }
}

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

}  // namespace mandate::search
