// What is asked of a search, and what it answers.
#pragma once

#include "foundation/search/store.hpp"

namespace mandate::search {

constexpr std::int64_t count_cap = 1000;    // more than that are counted as "1,000 and more"
constexpr int ranked_max = 2000;            // by relevance are put in order so many of the newest
constexpr std::size_t marks_max = 20;       // of one text

BOOST_DEFINE_ENUM_CLASS(SearchSort, newest, relevance)

struct SearchQuery {
  std::string q;
  std::optional<std::string> kind;
  std::optional<std::string> origin;
  std::optional<http::Number63> agency_id;
  std::optional<std::string> state;
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<std::string> district;
  std::optional<SearchSort> sort;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(SearchQuery, (), (q, kind, origin, agency_id, state, from, to, district, sort, cursor, limit))

// Characters (code points) of the text beside it.
struct Mark {
  std::int64_t from = 0;
  std::int64_t length = 0;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (from, length))

struct SearchHit {
  std::string kind;
  http::Number63 id;
  std::string address;
  std::string number;
  std::vector<Mark> number_marks;
  std::string title;
  std::vector<Mark> title_marks;
  std::string excerpt;  // of the details, around the first hit; empty when there is none in them
  std::vector<Mark> excerpt_marks;
  http::Number63 agency_id;
  std::string agency_name;
  bool by_agency = false;  // the agency's name, or that of the post's holder, is what was looked for
  bool by_holder = false;
  std::string origin;
  std::string state;
  std::optional<Date> on;
};
BOOST_DESCRIBE_STRUCT(SearchHit, (), (kind, id, address, number, number_marks, title, title_marks, excerpt, excerpt_marks, agency_id, agency_name, by_agency, by_holder, origin, state, on))

struct PlaceHit {
  std::string kind;
  http::Number63 id;
  std::string address;
  std::string name;
  std::vector<Mark> name_marks;
  std::string note;
  std::vector<Mark> note_marks;
};
BOOST_DESCRIBE_STRUCT(PlaceHit, (), (kind, id, address, name, name_marks, note, note_marks))

struct SearchResult {
  std::vector<SearchHit> rows;
  std::optional<std::string> next;
  std::optional<std::int64_t> total;  // on the first page
  bool total_is_capped = false;
  std::vector<PlaceHit> places;       // agencies and posts, on the first page
  std::int64_t places_total = 0;
  bool index_incomplete = false;      // it is being made: older records may be missing
};
BOOST_DESCRIBE_STRUCT(SearchResult, (), (rows, next, total, total_is_capped, places, places_total, index_incomplete))

struct Search::Parts {
  Parts(db::Database& db, const Clock& c) : database(db), clock(c) {}
  db::Database& database;
  const Clock& clock;
  std::vector<Kind> kinds;
  Surroundings around;

  Result<SearchResult> find(const Actor& actor, const SearchQuery& in);
  bool index_some();  // false: nothing waits
  void prepare();     // kinds without entries, a folding that has changed

  std::mutex indexing;  // one at a time in this process
  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  std::atomic<bool> stopping{false};
  std::thread thread;
  void work();
};

// What the reader may find: words, filters and scope as a condition on rows, and the check that is left for each row.
class Plan {
 public:
  Plan(const Search::Parts& parts, const Actor& actor, const SearchQuery& in, Query query);
  bool nothing() const { return scopes_.empty(); }
  const Wanted& wanted() const { return wanted_; }
  bool rows_need_a_look() const { return look_; }
  bool finds(const EntryRow& row) const;
  const Query& query() const { return query_; }
  bool shows_detail(const EntryRow& row) const;
  bool by_agency(const EntryRow& row) const;
  bool by_holder(const EntryRow& row) const;
  std::int64_t weight(const EntryRow& row) const;  // how well it fits

 private:
  struct Named {
    std::set<std::int64_t> agencies;
    std::set<std::int64_t> posts;
  };
  void add_scope(const std::optional<std::string>& only_kind, const std::vector<Kind>& kinds, const Actor& actor, std::vector<Condition>& narrow);
  void add_words(const Surroundings& around, std::vector<Condition>& narrow);
  void add_filters(const SearchQuery& in, std::vector<Condition>& narrow);

  Query query_;
  std::vector<Named> named_;  // by word
  std::map<std::string, identity::Scope> scopes_;
  Wanted wanted_;
  bool look_ = false;
  bool some_without_detail_ = false;
};

std::vector<Mark> marks_of(std::string_view text, const Query& query);
// The part of a text around its first hit, and the marks in it; empty when there is no hit.
std::pair<std::string, std::vector<Mark>> excerpt_of(std::string_view text, const Query& query);

}  // namespace mandate::search
