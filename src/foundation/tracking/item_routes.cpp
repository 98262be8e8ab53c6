#include "foundation/tracking/routes.hpp"

namespace mandate::tracking {

struct TrackedQuery {
  ItemId id;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(TrackedQuery, (), (id, as_known_on))
struct TrackedListQuery {
  std::string kind;
  std::optional<ListView> view;
  std::optional<ItemState> state;
  std::optional<http::Number63> agency_id;
  std::optional<std::string> district;
  std::optional<std::string> measure;
  std::optional<Date> period;
  std::optional<std::string> sort;
  std::optional<std::string> cursor;
  std::optional<int> limit;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(TrackedListQuery, (), (kind, view, state, agency_id, district, measure, period, sort, cursor, limit, as_known_on))
struct EditItem {
  ItemId id;
  std::string title;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id, post_id;
  std::optional<std::string> district, tier;
  std::optional<ItemId> parent_id;
  std::optional<std::int64_t> weight_bp;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(EditItem, (), (id, title, agency_id, unit_id, post_id, district, tier, parent_id, weight_bp, revision))
struct SetCheckpoints {
  ItemId id;
  std::vector<CheckpointInput> checkpoints;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(SetCheckpoints, (), (id, checkpoints, revision))
struct SetCurves {
  ItemId id;
  std::vector<CurveInput> curves;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(SetCurves, (), (id, curves, revision))
struct NoteFor {
  ItemId id;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(NoteFor, (), (id, note))
struct DecideItem {
  ItemId id;
  bool approve = false;
  std::optional<std::string> note;
  std::optional<std::string> approval_number;
};
BOOST_DESCRIBE_STRUCT(DecideItem, (), (id, approve, note, approval_number))
struct AddBaseline {
  ItemId id;
  std::string approval_number;
  std::string reason;
  std::optional<std::int64_t> granted_days;
  std::optional<std::vector<CheckpointInput>> checkpoints;
  std::vector<CurveInput> curves;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(AddBaseline, (), (id, approval_number, reason, granted_days, checkpoints, curves, revision))
struct AddPart {
  ItemId id;
  std::string title;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id;
  std::optional<Date> due_on;
};
BOOST_DESCRIBE_STRUCT(AddPart, (), (id, title, agency_id, unit_id, due_on))
struct AskPart {
  PartId id;
  std::string report;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(AskPart, (), (id, report, revision))
struct DecidePart {
  PartId id;
  bool agree = false;
  std::optional<std::string> answer;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(DecidePart, (), (id, agree, answer, revision))
struct MeasureInfo {
  std::string name;
  std::string title;
  std::optional<std::int64_t> severe_bp;
  CheckpointFlag asked_from = CheckpointFlag::none;
};
BOOST_DESCRIBE_STRUCT(MeasureInfo, (), (name, title, severe_bp, asked_from))
struct KindInfo {
  std::string name;
  std::string title;
  std::string page;
  std::vector<MeasureInfo> measures;
};
BOOST_DESCRIBE_STRUCT(KindInfo, (), (name, title, page, measures))
struct KindList {
  std::vector<KindInfo> rows;
  std::vector<std::int64_t> point_bands, month_bands;
};
BOOST_DESCRIBE_STRUCT(KindList, (), (rows, point_bands, month_bands))

namespace {

std::int64_t number(const std::optional<http::Number63>& n) { return n.value_or(http::Number63{}).value; }

KindList kinds_of(const Actor& actor, const Tracking::Parts& p) {
  KindList out;
  const Date today = p.clock.today();
  for (const auto& kind : p.kinds) {
    const auto thresholds = p.severe_thresholds(*kind, today);
    KindInfo info{kind->name, i18n::text("tracking.kind." + kind->name, actor.language), kind->page, {}};
    for (const auto& m : kind->measures) {
      const auto found = thresholds.find(m.name);
      info.measures.push_back({m.name, i18n::text("tracking.measure." + m.name, actor.language), found == thresholds.end() ? std::nullopt : std::optional(found->second), m.asked_from});
    }
    out.rows.push_back(std::move(info));
  }
  const auto policy = p.policy();
  out.point_bands = policy.point_bands;
  out.month_bands = policy.month_bands;
  return out;
}

}  // namespace

void add_item_routes(http::Router& router, Tracking::Parts& p) {
  router.get<http::Nothing, KindList>("/api/tracking-kinds", {.permission = "tracking.read", .summary = "The kinds of work under control, their measures and the thresholds in force", .tag = "tracking"},
                                      [&p](const Actor& actor, const http::Nothing&) -> Result<KindList> { return kinds_of(actor, p); });
  router.get<TrackedListQuery, TrackedList>("/api/tracking-items", {.permission = "tracking.read", .summary = "Items of one kind with their lag against the first and the current baseline, also as known on a past day", .tag = "tracking"}, [&p](const Actor& actor, const TrackedListQuery& in) {
    return p.list(actor, {in.kind, in.view, in.state, in.agency_id ? std::optional(in.agency_id->value) : std::nullopt, in.district, in.measure, in.period, in.sort, in.cursor, in.limit, in.as_known_on});
  });
  router.get<TrackedQuery, TrackedView>("/api/tracking-items/{id}", {.permission = "tracking.read", .summary = "One item with its checkpoints, parts, baselines and periods, also as known on a past day", .tag = "tracking"},
                                  [&p](const Actor& actor, const TrackedQuery& in) { return p.view(actor, in.id, in.as_known_on); });
  router.put<EditItem, TrackedView>("/api/tracking-items/{id}", {.permission = "tracking.file", .summary = "Change the data of an item; refused when somebody changed it since this revision", .tag = "tracking"}, [&p](const Actor& actor, const EditItem& in) {
    return p.edit(actor, in.id, {in.title, in.agency_id.value, number(in.unit_id), number(in.post_id), in.district.value_or(""), in.tier.value_or(""), in.parent_id.value_or(ItemId{}), in.weight_bp.value_or(0)}, in.revision);
  });
  router.put<SetCheckpoints, TrackedView>("/api/tracking-items/{id}/checkpoints", {.permission = "tracking.file", .summary = "Set the checkpoints while the set-up is written", .tag = "tracking"},
                                       [&p](const Actor& actor, const SetCheckpoints& in) { return p.set_checkpoints(actor, in.id, in.checkpoints, in.revision); });
  router.put<SetCurves, TrackedView>("/api/tracking-items/{id}/curves", {.permission = "tracking.file", .summary = "Set the planned curves while the set-up is written, or have them made from two dates", .tag = "tracking"},
                                  [&p](const Actor& actor, const SetCurves& in) { return p.set_curves(actor, in.id, in.curves, in.revision); });
  router.post<NoteFor, TrackedView>("/api/tracking-items/{id}/set-up", {.permission = "tracking.file", .summary = "Hand the set-up in for review", .tag = "tracking"}, [&p](const Actor& actor, const NoteFor& in) { return p.submit_set_up(actor, in.id); });
  router.post<DecideItem, TrackedView>("/api/tracking-items/{id}/set-up-decision", {.permission = "tracking.control", .summary = "Approve the set-up, which makes the first baseline, or return it", .tag = "tracking"},
                                    [&p](const Actor& actor, const DecideItem& in) { return p.decide_set_up(actor, in.id, in.approve, in.note.value_or(""), in.approval_number.value_or("")); });
  router.post<AddBaseline, TrackedView>("/api/tracking-items/{id}/baselines", {.permission = "tracking.control", .summary = "Approve a further baseline; earlier ones stay as they are", .tag = "tracking"},
                                     [&p](const Actor& actor, const AddBaseline& in) { return p.add_baseline(actor, in.id, {in.approval_number, in.reason, in.granted_days.value_or(0), in.checkpoints, in.curves}, in.revision); });
  router.post<NoteFor, TrackedView>("/api/tracking-items/{id}/closing", {.permission = "tracking.file", .summary = "Ask for an item to be closed", .tag = "tracking"}, [&p](const Actor& actor, const NoteFor& in) { return p.ask_closing(actor, in.id, in.note.value_or("")); });
  router.post<DecideItem, TrackedView>("/api/tracking-items/{id}/closing-decision", {.permission = "tracking.control", .summary = "Close an item, or return the request", .tag = "tracking"},
                                    [&p](const Actor& actor, const DecideItem& in) { return p.decide_closing(actor, in.id, in.approve, in.note.value_or("")); });
  router.post<AddPart, TrackedView>("/api/tracking-items/{id}/parts", {.permission = "tracking.control", .summary = "Add the part of a responsible unit", .tag = "tracking"}, [&p](const Actor& actor, const AddPart& in) {
    PartRecord part;
    part.title = in.title;
    part.agency_id = in.agency_id.value;
    part.unit_id = number(in.unit_id);
    part.due_on = in.due_on;
    return p.add_part(actor, in.id, part);
  });
  router.post<AskPart, TrackedView>("/api/tracking-parts/{id}/closing", {.permission = "tracking.file", .summary = "Ask for a part to be closed", .tag = "tracking"}, [&p](const Actor& actor, const AskPart& in) { return p.ask_part(actor, in.id, in.report, in.revision); });
  router.post<DecidePart, TrackedView>("/api/tracking-parts/{id}/closing-decision", {.permission = "tracking.control", .summary = "Close a part, or keep it under control", .tag = "tracking"},
                                    [&p](const Actor& actor, const DecidePart& in) { return p.decide_part(actor, in.id, in.agree, in.answer.value_or(""), in.revision); });
}

}  // namespace mandate::tracking
