#include "foundation/search/run_parts.hpp"

#include "platform/db/lists.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace mandate::search {
namespace {

constexpr std::int64_t lock = 77114;

// How much a run is, in powers of runs_most.
std::int64_t level_of(std::size_t entries) {
  std::int64_t level = 0;
  for (; entries >= runs_most; entries /= runs_most) ++level;
  return level;
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

std::vector<RunRow> list_runs(db::Session& s, std::int64_t block) { return s.list<RunRow>("SELECT id, level, bytes FROM search_run WHERE block = ? ORDER BY id", block); }

std::int64_t newest_block(db::Session& s) { return s.value<std::int64_t>("SELECT COALESCE(MAX(block), 0) FROM search_run"); }

RunWriter::RunWriter(db::Session& s, std::int64_t block, std::int64_t level)
    : s_(s), id_(s.value<std::int64_t>("INSERT INTO search_run (block, level, bytes) VALUES (?, ?, 0) RETURNING id", block, level)), pages_([this](const std::string& first, const std::string& data) { put(first, data); }) {}

void RunWriter::finish() {
  pages_.finish();
  write();
  s_.execute("UPDATE search_run SET bytes = ? WHERE id = ?", bytes_, id_);
}

void RunWriter::put(const std::string& first, const std::string& data) {
  bytes_ += static_cast<std::int64_t>(data.size());
  values_.push_back(db::to_value(id_));
  values_.push_back(db::to_value(first));
  values_.push_back(db::to_value(data));
  if (values_.size() >= 3 * rows_at_once) write();
}

void RunWriter::write() {
  if (!values_.empty()) s_.execute_values("INSERT INTO search_page (run, first, data) VALUES " + db::marks(values_.size() / 3, "(?,?,?)"), values_);
  values_.clear();
}

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
