// Search over records of every kind. A module hands its documents over with put() in the transaction of its own change; what somebody may see of them
// is a scope of identity's, asked for each kind.
#pragma once

#include "foundation/identity/api.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/router.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mandate::search {

struct Document {
  std::string kind;  // "duty"
  std::int64_t record_id = 0;
  std::string number;
  std::string title;
  std::string body;  // searched by who sees details only
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  std::string origin;
  std::string state;
  identity::Confidentiality confidentiality = identity::Confidentiality::internal;
  std::optional<Date> on;
  std::string district;
};

// The record as it is now; the next request finds it so.
void put(db::Session& session, const Document& document);
void remove(db::Session& session, const std::string& kind, std::int64_t record_id);
// Moves what was put into the index at once: for who puts thousands in one transaction, as searches read one by one what is not in it yet.
void index_now(db::Session& session);

struct Kind {
  std::string name;
  std::function<identity::Scope(const Actor&)> scope;           // none: the actor sees none of this kind
  std::function<std::string(std::int64_t record_id)> address;   // of its page in the console
  std::function<std::vector<Document>(db::Session&, std::int64_t after, int limit)> list;  // every record by id: to fill an index that has none of them
};

// The organisation is small and lies in memory: it is looked through and not indexed, so no person's name stands in an index.
struct Place {
  std::string kind;  // "agency", "post"
  std::int64_t id = 0;
  std::string name;
  std::string note;  // a post's holder and agency
  std::string address;
  std::string folded;  // name and note
};
struct Named {
  std::int64_t id = 0;
  std::string names;
  std::string common;  // the part that all have in common (the city's name): a word that is in it names none of them
};
struct Surroundings {
  using Places = std::shared_ptr<const std::vector<Place>>;
  using Names = std::shared_ptr<const std::vector<Named>>;
  std::function<Places(const Actor&)> places;              // those that the actor may see; none: nullptr
  std::function<Names()> agencies;                         // by which names, folded, an owing agency is found
  std::function<Names()> holders;                          // of posts, today
  std::function<std::string(std::int64_t)> agency_name;
};

// Words that narrow another list, for one reader. Of one request: what it has found it keeps.
class Words {
 public:
  virtual ~Words() = default;
  // All records of the kind that hold them; nothing when they are more than a list is worth asking for: then ask for each page of the other list.
  virtual const std::optional<std::vector<std::int64_t>>& ids(db::Session& session) = 0;
  virtual std::set<std::int64_t> among(db::Session& session, const std::vector<std::int64_t>& ids) = 0;
  // For what a record was called once.
  virtual bool in(const std::string& number, const std::string& title) const = 0;
};

class Search {
 public:
  Search(db::Database& database, const Clock& clock);
  ~Search();
  // Before start().
  void add_kind(Kind kind);
  void set_surroundings(Surroundings surroundings);

  // `like`: agency, origin, state and district narrow where they are not empty.
  Result<std::shared_ptr<Words>> words(const Actor& actor, const std::string& kind, const std::string& typed, const Document& like);

  void start();  // the thread that moves what was put into the index
  void stop();
  bool started() const;
  void wake();   // something was put
  // How much was put and is not in the index yet (searches read it one by one), at most `cap`.
  static std::int64_t count_waiting(db::Session& session, std::int64_t cap);
  // All that waits, in this thread, merges included: fills kinds that have no entries, makes the index anew when folding has changed.
  void index_all();

  struct Parts;
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_search_routes(http::Router& router, Search& search);
db::MigrationSet search_migrations();
const std::vector<i18n::Message>& search_messages();

}  // namespace mandate::search
