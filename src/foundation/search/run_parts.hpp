// What writing, reading and merging of runs share. Inside this module only.
#pragma once

#include "foundation/search/runs.hpp"
#include "platform/db/session.hpp"

namespace mandate::search {

constexpr std::size_t runs_most = 8;  // of one level in a block
constexpr std::size_t rows_at_once = 32;

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

// Of a block, the oldest first.
std::vector<RunRow> list_runs(db::Session& s, std::int64_t block);
std::int64_t newest_block(db::Session& s);

// Writes a run from its first token to its last.
class RunWriter {
 public:
  RunWriter(db::Session& s, std::int64_t block, std::int64_t level);
  void add(const std::string& token, const Postings& postings) { pages_.add(token, postings); }
  void finish();

 private:
  void put(const std::string& first, const std::string& data);
  void write();
  db::Session& s_;
  std::int64_t id_;
  PageWriter pages_;
  std::vector<db::Value> values_;
  std::int64_t bytes_ = 0;
};

// The word of the newer lists counts. `whole`: nothing older is left, so what was taken needs not be remembered.
Postings merged(const std::vector<const Postings*>& oldest_first, bool whole);
// Merges what is due in a block and small enough to be done while a writer waits. `closed`: the block takes no new entries.
void settle(db::Session& s, std::int64_t block, bool closed);

}  // namespace mandate::search
