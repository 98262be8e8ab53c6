// The index itself: sets of tokens, kept as runs. Entries are taken in blocks of ids. Whoever indexes writes for each block a run of its own, which says
// which tokens were given to which entries and which were taken from them; runs are never changed. Of several runs the newer one's word counts. When a
// block has many small runs they become one larger, and all of a block one when that saves room. See docs/adr/0011.
#pragma once

#include "foundation/search/pages.hpp"
#include "foundation/search/tokens.hpp"

#include <map>

namespace mandate::search {

struct TokenChange {
  std::int64_t id = 0;
  std::vector<std::string> added;  // each in order
  std::vector<std::string> removed;
};

class Runs {
 public:
  // Within the caller's transaction, and on PostgreSQL under only_one_writes. Small runs are merged at once.
  static void add(db::Session& s, const std::vector<TokenChange>& changes);
  static void clear(db::Session& s);
  // Of several processes on one database one at a time writes runs, until its transaction ends.
  static void only_one_writes(db::Session& s);
  static bool may_write(db::Session& s);  // the same without waiting

  // One merge that is due and too large to be done while a writer waits, or a part of clearing up behind one; false: nothing is due. A run is never changed,
  // so its heir is written beside it, some pages a transaction, and takes its place in one that is short. What a killed process leaves is swept by the next.
  // `before_it_counts` is called when the heir is written and not yet in its place: tests come between there.
  static bool merge_some(db::Database& database, const std::function<void()>& before_it_counts = nullptr);
  // Gives the room of what was merged back to the disk: on PostgreSQL only, where a table does not shrink by itself, and when more than half of it is such
  // room. Searches wait while the table is written anew, about a second for a million records.
  static void tidy(db::Database& database);
  // At the start: what was being made when the process before was killed is not wanted any more.
  static void abandon(db::Session& s);

  // Which entries of a block hold what is wanted, in ascending order.
  static std::vector<std::int64_t> find(db::Session& s, std::int64_t block, const Condition& condition, const std::vector<std::string>& none_of);
  static std::vector<std::int64_t> list_blocks(db::Session& s);  // the newest first
};

}  // namespace mandate::search
