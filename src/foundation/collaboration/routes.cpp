#include "foundation/collaboration/parts.hpp"

namespace mandate::collaboration {

struct OfRecord {
  std::string record_kind;
  http::Number63 record_id;
};
BOOST_DESCRIBE_STRUCT(OfRecord, (), (record_kind, record_id))
struct AddLink {
  std::string record_kind;
  http::Number63 record_id;
  Relation relation = Relation::relates;
  std::optional<bool> inverse;
  std::optional<std::string> other_kind;
  http::Number63 other_id;
};
BOOST_DESCRIBE_STRUCT(AddLink, (), (record_kind, record_id, relation, inverse, other_kind, other_id))
struct LinkById {
  LinkId id;
};
BOOST_DESCRIBE_STRUCT(LinkById, (), (id))
struct AddItem {
  std::string record_kind;
  http::Number63 record_id;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(AddItem, (), (record_kind, record_id, text))
struct ItemById {
  ItemId id;
};
BOOST_DESCRIBE_STRUCT(ItemById, (), (id))
struct ChangeItem {
  ItemId id;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ChangeItem, (), (id, text))
struct OrderItems {
  std::string record_kind;
  http::Number63 record_id;
  std::vector<http::Number63> ids;
};
BOOST_DESCRIBE_STRUCT(OrderItems, (), (record_kind, record_id, ids))
struct TimelineAsked {
  std::string record_kind;
  http::Number63 record_id;
  std::optional<TimelineFilter> filter;
  std::optional<std::int64_t> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(TimelineAsked, (), (record_kind, record_id, filter, cursor, limit))

void add_collaboration_routes(http::Router& router, Collaboration& collaboration) {
  auto& p = collaboration.parts();
  const auto reading = [](const char* summary) { return http::RouteOptions{.permission = "collaboration.read", .summary = summary, .tag = "collaboration"}; };
  const auto changing = [](const char* summary) { return http::RouteOptions{.permission = "collaboration.change", .summary = summary, .tag = "collaboration"}; };

  router.get<OfRecord, RecordLinkList>("/api/links", reading("The links of a record, from both ends"), [&p](const Actor& actor, const OfRecord& in) { return p.list_links(actor, {in.record_kind, in.record_id.value}); });
  router.post<AddLink, RecordLinkList>("/api/links", changing("Link a record with another"), [&p](const Actor& actor, const AddLink& in) {
    return p.add_link(actor, {in.record_kind, in.record_id.value}, in.relation, in.inverse.value_or(false), {in.other_kind.value_or(in.record_kind), in.other_id.value});
  });
  router.remove<LinkById, http::Nothing>("/api/links/{id}", changing("Take a link away"), [&p](const Actor& actor, const LinkById& in) -> Result<http::Nothing> {
    MANDATE_TRY(p.remove_link(actor, in.id));
    return http::Nothing{};
  });

  router.get<OfRecord, Checklist>("/api/checklist", reading("The checklist of a record"), [&p](const Actor& actor, const OfRecord& in) { return p.checklist(actor, {in.record_kind, in.record_id.value}); });
  router.post<AddItem, Checklist>("/api/checklist", changing("Add an item to a checklist"), [&p](const Actor& actor, const AddItem& in) { return p.add_item(actor, {in.record_kind, in.record_id.value}, in.text); });
  router.put<OrderItems, Checklist>("/api/checklist", changing("Put the items of a checklist in order"), [&p](const Actor& actor, const OrderItems& in) {
    std::vector<std::int64_t> ids;
    for (const auto id : in.ids) ids.push_back(id.value);
    return p.order_items(actor, {in.record_kind, in.record_id.value}, ids);
  });
  router.put<ChangeItem, Checklist>("/api/checklist/{id}", changing("Change an item's text"), [&p](const Actor& actor, const ChangeItem& in) { return p.change_item(actor, in.id, in.text); });
  router.remove<ItemById, Checklist>("/api/checklist/{id}", changing("Take an item off a checklist"), [&p](const Actor& actor, const ItemById& in) { return p.remove_item(actor, in.id); });
  router.post<ItemById, Checklist>("/api/checklist/{id}/completion", changing("Tick an item"), [&p](const Actor& actor, const ItemById& in) { return p.set_done(actor, in.id, true); });
  router.remove<ItemById, Checklist>("/api/checklist/{id}/completion", changing("Untick an item"), [&p](const Actor& actor, const ItemById& in) { return p.set_done(actor, in.id, false); });

  // Changes nothing of the record: whoever may read it says so, and its own check decides.
  router.post<OfRecord, Present>("/api/presence", {.permission = "signed_in", .summary = "Say that one has a record open, and hear who else has", .tag = "collaboration", .once = http::Once::by_nature},
                                 [&p](const Actor& actor, const OfRecord& in) { return p.heartbeat(actor, {in.record_kind, in.record_id.value}); });
  router.get<TimelineAsked, RecordTimeline>("/api/timeline", reading("Every change of a record in plain words, newest first"), [&p](const Actor& actor, const TimelineAsked& in) {
    return p.timeline(actor, {in.record_kind, in.record_id.value}, in.filter.value_or(TimelineFilter::all), in.cursor.value_or(std::numeric_limits<std::int64_t>::max()), std::clamp(in.limit.value_or(30), 1, 100));
  });
}

}  // namespace mandate::collaboration
