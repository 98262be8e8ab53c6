// Calendars by secret links, and the feed of public changes. Modules register what can be subscribed; rights are asked again at every read.
#pragma once

#include "foundation/feeds/atom_text.hpp"
#include "foundation/feeds/calendar_text.hpp"
#include "foundation/identity/api.hpp"
#include "kernel/id.hpp"
#include "platform/http/router.hpp"

namespace mandate::feeds {

using FeedId = Id<struct FeedTag>;

// A kind of calendar: "duties.mine", "duties.agency", "duties.series"; meetings will be another.
struct CalendarKind {
  enum class Record { none, optional, required };
  Record record = Record::none;
  // The calendar's name; a fault when the actor may not have this calendar.
  std::function<Result<std::string>(db::Session&, const Actor&, std::int64_t record_id)> title;
  std::function<Result<std::vector<CalendarEntry>>(db::Session&, const Actor&, std::int64_t record_id)> entries;
};

// The newest public changes, newest first.
using PublicChanges = std::function<std::vector<PublicChange>(db::Session&, Language, int limit)>;

class Feeds {
 public:
  Feeds(db::Database& database, const Clock& clock, identity::Identity& identity);
  ~Feeds();
  // At start, before anything is asked.
  void add_kind(const std::string& kind, CalendarKind calendar);
  void add_public(PublicChanges changes);

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_feed_routes(http::Router& router, Feeds& feeds);
db::MigrationSet feed_migrations();
const std::vector<i18n::Message>& feed_messages();

}  // namespace mandate::feeds
