// The use cases, by what they are about: links.cpp, checklist.cpp, presence.cpp, timeline.cpp.
#pragma once

#include "foundation/collaboration/api.hpp"
#include "platform/db/events.hpp"

namespace mandate::collaboration {

constexpr std::int64_t links_max = 50;        // of a record
constexpr std::int64_t items_max = 100;       // of a checklist
constexpr std::size_t item_text_max = 600;    // bytes
constexpr std::int64_t presence_seconds = 75; // two heartbeats of 30 seconds may be late
constexpr std::int64_t heartbeat_seconds = 15; // a heartbeat sooner than this is no reason to write
constexpr int names_max = 20;

BOOST_DEFINE_ENUM_CLASS(Relation, relates, blocks, duplicates, follows)

struct RecordRef {
  std::string kind;
  std::int64_t id = 0;
};

struct LinkedRecord {
  std::string kind;
  http::Number63 id;
  std::string number;
  std::string title;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(LinkedRecord, (), (kind, id, number, title, state))

struct RecordLinkView {
  LinkId id;
  Relation relation = Relation::relates;
  bool inverse = false;  // this record is the one that is blocked, duplicated or followed
  LinkedRecord other;
  Instant added_at;
  std::string added_by_name;
};
BOOST_DESCRIBE_STRUCT(RecordLinkView, (), (id, relation, inverse, other, added_at, added_by_name))

struct RecordLinkList {
  std::vector<RecordLinkView> rows;
  bool may_change = false;
};
BOOST_DESCRIBE_STRUCT(RecordLinkList, (), (rows, may_change))

struct ChecklistItemView {
  ItemId id;
  std::string text;
  Instant added_at;
  std::string added_by_name;
  std::optional<Instant> done_at;
  std::optional<std::string> done_by_name;
};
BOOST_DESCRIBE_STRUCT(ChecklistItemView, (), (id, text, added_at, added_by_name, done_at, done_by_name))

struct Checklist {
  std::vector<ChecklistItemView> rows;
  std::int64_t done_count = 0, total_count = 0;
  bool may_change = false;
};
BOOST_DESCRIBE_STRUCT(Checklist, (), (rows, done_count, total_count, may_change))

struct Present {
  std::vector<std::string> names;  // of the others
};
BOOST_DESCRIBE_STRUCT(Present, (), (names))

enum class TimelineFilter { all, changes, comments };
BOOST_DESCRIBE_ENUM(TimelineFilter, all, changes, comments)

struct RecordTimeline {
  std::vector<audit::ChangeRow> rows;  // newest first
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(RecordTimeline, (), (rows, next))

// An item as the table holds it.
struct StoredItem {
  ItemId id;
  std::string record_kind;
  std::int64_t record_id = 0;
  std::string text;
  std::int64_t place = 0;
  Instant added_at;
  std::int64_t added_by = 0;
  std::optional<Instant> done_at;
  std::optional<std::int64_t> done_by;

  RecordRef record() const { return {record_kind, record_id}; }
};
BOOST_DESCRIBE_STRUCT(StoredItem, (), (id, record_kind, record_id, text, place, added_at, added_by, done_at, done_by))

struct Collaboration::Parts {
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  audit::Audit& audit;
  std::map<std::string, RecordKind> kinds;

  Result<> check(db::Session& s, const Actor& actor, const RecordRef& record, Wish wish) const;
  bool may(db::Session& s, const Actor& actor, const RecordRef& record, Wish wish) const { return check(s, actor, record, wish).ok(); }
  void note(db::Session& s, const Actor& actor, const char* kind, const RecordRef& record, boost::json::object data) const {
    db::append_event(s, {actor.now, actor.account_id, kind, record.kind, record.id, boost::json::serialize(data), {}});
  }

  Result<RecordLinkList> list_links(const Actor& actor, const RecordRef& record);
  Result<RecordLinkList> add_link(const Actor& actor, const RecordRef& record, Relation relation, bool inverse, const RecordRef& other);
  Result<> remove_link(const Actor& actor, LinkId id);

  Result<Checklist> checklist(const Actor& actor, const RecordRef& record);
  Result<Checklist> add_item(const Actor& actor, const RecordRef& record, const std::string& text);
  Result<Checklist> change_item(const Actor& actor, ItemId id, const std::string& text);
  Result<Checklist> set_done(const Actor& actor, ItemId id, bool done);
  Result<Checklist> remove_item(const Actor& actor, ItemId id);
  Result<Checklist> order_items(const Actor& actor, const RecordRef& record, const std::vector<std::int64_t>& ids);

  Result<Present> heartbeat(const Actor& actor, const RecordRef& record);
  Result<RecordTimeline> timeline(const Actor& actor, const RecordRef& record, TimelineFilter filter, std::int64_t before, int limit);

  Result<StoredItem> reach_item(db::Session& s, const Actor& actor, ItemId id);
  Result<Checklist> checklist_in(db::Session& s, const Actor& actor, const RecordRef& record);
};

}  // namespace mandate::collaboration
