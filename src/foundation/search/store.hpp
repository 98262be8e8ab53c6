// The table of entries, and what the index (runs.hpp) says of them. Each statement stands beside the function that runs it.
#pragma once

#include "foundation/search/query.hpp"
#include "foundation/search/runs.hpp"

namespace mandate::search {

struct EntryRow : Document {
  std::int64_t id = 0;

  identity::RecordFacts facts() const { return {agency_id, unit_id, origin, confidentiality, post_id}; }
};
BOOST_DESCRIBE_STRUCT(EntryRow, (), (id, kind, record_id, number, title, body, agency_id, unit_id, post_id, origin, state, confidentiality, on, district))

// What one search may read: rows first narrowed by the index, then held against these conditions.
struct Wanted {
  Condition index;                   // what the index must hold
  std::vector<std::string> none_of;  // tokens that it must not hold
  std::string where = "1=1";         // of search_entry e
  std::vector<db::Value> values;
};

struct Waiting {  // an entry that the index does not hold as it is
  EntryRow entry;
  std::int64_t stamp = 0;
  std::int64_t gone = 0;
  std::optional<std::string> was;
};

// How far the entries of a kind were filled from its records: the last record, or all. Migrations of modules write it too, when they have no record yet.
inline std::string filled_state(const std::string& kind) { return "filled " + kind; }
constexpr std::int64_t filled = -1;

class SearchStore {
 public:
  static void put(db::Session& s, const Document& document);
  // When there is no entry of the record: one that waits for the index to be made.
  static void add_missing(db::Session& s, const Document& document);
  static void remove(db::Session& s, const std::string& kind, std::int64_t record_id);

  // Entries that the index holds as they are, newest first, below an id; `limit` bounds what is looked at on the way. One stream a question: it remembers
  // how far back it has looked.
  class Stream {
   public:
    Stream(db::Session& s, const Wanted& wanted, std::optional<std::int64_t> below);
    std::vector<EntryRow> next(int limit);  // fewer than the limit: there are no more
    std::vector<std::int64_t> ids(int limit);  // of all that are left, at most so many; ends the stream

   private:
    template <class Row>
    std::vector<Row> read(const char* columns, int limit);
    db::Session& s_;
    const Wanted& wanted_;
    std::int64_t below_;
    bool by_index_ = false;
    std::vector<std::int64_t> blocks_;
    std::size_t block_ = 0;            // the next to be asked
    std::vector<std::int64_t> hits_;   // of the present block, what is left; the newest last
  };
  // What was put and is not in the index yet; few.
  static std::vector<EntryRow> list_waiting(db::Session& s, const Wanted& wanted, std::optional<std::int64_t> below);

  // The entries of these records, whether or not the index holds them.
  static std::vector<EntryRow> list_of_records(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& record_ids, const Wanted& wanted);

  static std::int64_t count_waiting(db::Session& s, std::int64_t cap);
  // For the indexer. `anew`: those that wait for an index that is being made again.
  static std::vector<Waiting> list_to_index(db::Session& s, int limit, bool anew);
  // Puts these into the index, but for those that were changed since they were read.
  static void index(db::Session& s, const std::vector<Waiting>& waiting);
  static void begin_anew(db::Session& s);

  static std::optional<std::int64_t> state(db::Session& s, const std::string& name);
  // Whether the index is being made, or has never been made for one of these kinds.
  static bool incomplete(db::Session& s, const std::vector<Kind>& kinds);
  static void set_state(db::Session& s, const std::string& name, std::int64_t value);
};

}  // namespace mandate::search
