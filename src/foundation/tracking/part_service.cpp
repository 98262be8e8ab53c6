// Parts: the share of each responsible unit. The unit may only ask to close; the controller decides.
#include "foundation/tracking/service.hpp"

#include "kernel/text.hpp"

namespace mandate::tracking {

Result<TrackedView> Tracking::Parts::add_part(const Actor& actor, ItemId id, const PartRecord& input) {
  MANDATE_TRY(check_text("title", input.title, 600));
  if (!directory.agency_exists(input.agency_id, clock.today())) return field_fault("agency_id", "duty.no_agency");
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto item, reach(s, actor, id, "tracking.control"));
    if (item.state == ItemState::closed || item.state == ItemState::cancelled) return fault(FaultKind::conflict, "tracking.not_open");
    PartRecord part = input;
    part.id = new_id<PartId>();
    part.item_id = id;
    store.put_part(s, part, actor.now, actor.account_id);
    if (part.due_on) {
      MANDATE_TRY(duties.record(actor, {truncate_cjk(part.title, 160), item.title, item.origin, "tracking_part", part.id.value, part.agency_id, part.unit_id, 0, *part.due_on, duties::Severity::normal, item.confidentiality, item.district, 0}));
    }
    note(s, actor, "tracking.part_added", item, {{"title", part.title}, {"agency", directory.agency_name(part.agency_id)}});
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::ask_part(const Actor& actor, PartId part_id, const std::string& report, std::int64_t revision) {
  MANDATE_TRY(check_text("report", report, 6'000));
  ItemId id;
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    auto part = store.find_part(s, part_id);
    if (!part) return fault(FaultKind::not_found, "tracking.no_part");
    id = part->item_id;
    MANDATE_ASSIGN(const auto item, reach(s, actor, id, "tracking.read"));
    // A part may be another agency's than the item: who files for that agency asks.
    if (!identity::reaches(scope(actor, "tracking.file"), {part->agency_id, part->unit_id, item.origin, item.confidentiality, 0})) return fault(FaultKind::forbidden, "tracking.out_of_scope");
    if (part->revision != revision) return fault(FaultKind::stale, "tracking.stale");
    const auto state = after(part->state, PartStep::ask);
    if (!state) return fault(FaultKind::conflict, "tracking.not_from_here");
    part->state = *state;
    part->report = report;
    ++part->revision;
    store.put_part(s, *part, actor.now, actor.account_id);
    note(s, actor, "tracking.part_asked", item, {{"title", part->title}, {"report", report}});
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::decide_part(const Actor& actor, PartId part_id, bool agree, const std::string& answer, std::int64_t revision) {
  if (!agree) MANDATE_TRY(check_text("answer", answer, 6'000));
  ItemId id;
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    auto part = store.find_part(s, part_id);
    if (!part) return fault(FaultKind::not_found, "tracking.no_part");
    id = part->item_id;
    MANDATE_ASSIGN(const auto item, reach(s, actor, id, "tracking.control"));
    if (part->revision != revision) return fault(FaultKind::stale, "tracking.stale");
    const auto state = after(part->state, agree ? PartStep::agree : PartStep::disagree);
    if (!state) return fault(FaultKind::conflict, "tracking.not_from_here");
    part->state = *state;
    part->answer = answer;
    ++part->revision;
    store.put_part(s, *part, actor.now, actor.account_id);
    note(s, actor, agree ? "tracking.part_closed" : "tracking.part_kept", item, {{"title", part->title}, {"answer", answer}});
    if (agree) MANDATE_TRY(duties.complete_of_source(actor, "tracking_part", part->id.value, part->report));
    const auto all = store.list_parts(s, id);
    if (agree && kind_of(item).closes_with_parts && is_open(item.state) && std::all_of(all.begin(), all.end(), [](const auto& p) { return p.state == PartState::closed; })) {
      auto current = item;
      if (current.state != ItemState::closing_review) {
        MANDATE_ASSIGN(current, take(s, actor, item, Step::request_closing, {{"note", part->report}}));
      }
      MANDATE_ASSIGN(const auto closed, take(s, actor, current, Step::approve_closing, {{"note", answer}}));
      MANDATE_TRY(release(s, actor, closed, ReleaseReason::completed, part->report));
    }
    return done();
  }));
  return view(actor, id);
}

}  // namespace mandate::tracking
