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
  static void add(db::Session& s, const std::vector<TokenChange>& changes);
  static void clear(db::Session& s);

  // Which entries of a block hold what is wanted, in ascending order.
  static std::vector<std::int64_t> find(db::Session& s, std::int64_t block, const Condition& condition, const std::vector<std::string>& none_of);
  static std::vector<std::int64_t> list_blocks(db::Session& s);  // the newest first
};

}  // namespace mandate::search
