#include "foundation/places/api.hpp"
#include "foundation/tracking/service.hpp"
#include "platform/db/numbers.hpp"

#include <fmt/format.h>

namespace mandate::tracking {
namespace {

bool in_set_up(ItemState state) { return state == ItemState::filing || state == ItemState::set_up_returned; }

Result<> check_place(const Tracking::Parts& p, std::int64_t agency, std::int64_t unit, std::int64_t post) {
  if (agency == 0) return field_fault("agency_id", "input.required");
  if (!p.directory.agency_exists(agency, p.clock.today())) return field_fault("agency_id", "duty.no_agency");
  if ((unit != 0 || post != 0) && p.directory.has_place && !p.directory.has_place(agency, unit, post, p.clock.today())) return field_fault(post != 0 ? "post_id" : "unit_id", "duty.no_place");
  return done();
}

std::vector<CheckpointRecord> records_of(const std::vector<CheckpointInput>& input, const std::vector<CheckpointRecord>& before, ItemId item) {
  std::vector<CheckpointRecord> out;
  for (const auto& one : input) {
    CheckpointRecord record;
    const auto known = std::find_if(before.begin(), before.end(), [&](const auto& b) { return one.id && b.id == *one.id; });
    if (known != before.end()) record = *known;  // what was done of it stays done
    else record.id = new_id<CheckpointId>();
    record.item_id = item;
    record.place = static_cast<std::int64_t>(out.size()) + 1;
    record.name = one.name;
    record.weight_bp = one.weight_bp;
    record.planned_start = one.planned_start;
    record.planned_finish = one.planned_finish;
    record.flag = one.flag.value_or(CheckpointFlag::none);
    record.control_point = one.control_point.value_or(false) ? 1 : 0;
    out.push_back(std::move(record));
  }
  return out;
}

// A checkpoint that is done may not vanish from the list: its date is what reports were made from.
Result<> check_kept(const std::vector<CheckpointRecord>& before, const std::vector<CheckpointRecord>& after) {
  for (const auto& one : before) {
    if (one.actual_finish && std::none_of(after.begin(), after.end(), [&](const auto& a) { return a.id == one.id; })) return field_fault("checkpoints", "tracking.done_removed", {{"name", one.name}});
  }
  return done();
}

Result<std::vector<PlannedCurve>> curves_from(const Kind& kind, PeriodType every, const std::vector<CurveInput>& input) {
  std::vector<PlannedCurve> out;
  std::vector<FieldFault> faults;
  for (std::size_t i = 0; i < input.size(); ++i) {
    const auto& one = input[i];
    const std::string at = "curves[" + std::to_string(i) + "]";
    if (std::none_of(kind.measures.begin(), kind.measures.end(), [&](const auto& m) { return m.name == one.measure; }) || std::any_of(out.begin(), out.end(), [&](const auto& c) { return c.measure == one.measure; })) {
      faults.push_back({at + ".measure", "tracking.no_measure", {}});
      continue;
    }
    PlannedCurve curve;
    if (one.starts_on && one.finishes_on && one.planned.empty()) {
      if (*one.starts_on >= *one.finishes_on) {
        faults.push_back({at + ".finishes_on", "tracking.starts_after_finish", {}});
        continue;
      }
      curve = generated_curve(one.measure, *one.starts_on, *one.finishes_on, every);
    } else {
      if (!one.first_period || !check_period(*one.first_period, every).ok()) {
        faults.push_back({at + ".first_period", "tracking.no_period", {}});
        continue;
      }
      curve = {one.measure, *one.first_period, one.planned, false};
    }
    const auto found = faults_of(curve, at);
    faults.insert(faults.end(), found.begin(), found.end());
    out.push_back(std::move(curve));
  }
  MANDATE_TRY(as_result(std::move(faults)));
  return out;
}

}  // namespace

Result<ItemCore> Tracking::Parts::create(db::Session& s, const Actor& actor, const NewItem& n) {
  const auto* kind = find_kind(n.kind);
  if (kind == nullptr) return field_fault("kind", "tracking.no_kind");
  MANDATE_TRY(check_text("title", n.title, 600));
  if (n.number.size() > 120) return field_fault("number", "input.too_long", {{"max", "40"}});
  MANDATE_TRY(check_place(*this, n.agency_id, n.unit_id, n.post_id));
  if (!n.district.empty() && places::find_district(n.district) == nullptr) return field_fault("district", "duty.no_district");
  ItemCore item;
  item.id = new_id<ItemId>();
  item.kind = n.kind;
  item.number = n.number.empty() ? fmt::format("{}-{:05}", taipei_date(actor.now).year() - 1911, db::next_number(s, "tracking_number")) : n.number;
  item.title = n.title;
  item.agency_id = n.agency_id;
  item.unit_id = n.unit_id;
  item.post_id = n.post_id;
  item.origin = kind->origin;
  item.district = n.district;
  item.tier = n.tier.empty() ? kind->tiers.front().code : n.tier;
  item.parent_id = n.parent_id;
  item.weight_bp = n.weight_bp;
  item.confidentiality = n.confidentiality;
  item.created_at = item.recorded_at = actor.now;
  item.created_by = actor.account_id;
  if (!tier_of(s, item, clock.today())) return field_fault("tier", "tracking.no_tier");
  if (store.find_number(s, item.kind, item.number)) return field_fault("number", "tracking.number_taken", {{"number", item.number}});
  if (item.parent_id) {
    MANDATE_TRY(reach(s, actor, item.parent_id, "tracking.read"));
    if (item.weight_bp < 0 || store.child_weight(s, item.parent_id, item.id) + item.weight_bp > whole) return field_fault("weight_bp", "tracking.weights_over");
  }
  store.insert(s, item);
  note(s, actor, "tracking.created", item, {{"title", item.title}, {"number", item.number}, {"agency", directory.agency_name(item.agency_id)}});
  return item;
}

Result<TrackedView> Tracking::Parts::edit(const Actor& actor, ItemId id, const ItemEdit& e, std::int64_t revision) {
  MANDATE_TRY(check_text("title", e.title, 600));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.file"));
    if (before.revision != revision) return fault(FaultKind::stale, "tracking.stale");
    // Under control its data is changed by the controller, or by a request that the controller approves.
    if (!in_set_up(before.state) && !(is_open(before.state) && may(actor, before, "tracking.control"))) return fault(FaultKind::conflict, "tracking.not_in_set_up");
    MANDATE_TRY(check_place(*this, e.agency_id, e.unit_id, e.post_id));
    if (!e.district.empty() && places::find_district(e.district) == nullptr) return field_fault("district", "duty.no_district");
    auto after = before;
    after.title = e.title;
    after.agency_id = e.agency_id;
    after.unit_id = e.unit_id;
    after.post_id = e.post_id;
    after.district = e.district;
    after.tier = e.tier.empty() ? before.tier : e.tier;
    after.parent_id = e.parent_id;
    after.weight_bp = e.weight_bp;
    if (!tier_of(s, after, clock.today())) return field_fault("tier", "tracking.no_tier");
    if (!may(actor, after, "tracking.file")) return fault(FaultKind::forbidden, "tracking.out_of_scope");  // nobody gives their work to another agency
    if (after.parent_id) {
      MANDATE_TRY(reach(s, actor, after.parent_id, "tracking.read"));
      for (ItemId up = after.parent_id; up; up = store.find(s, up).value_or(ItemCore{}).parent_id) {
        if (up == id) return field_fault("parent_id", "tracking.own_parent");
      }
      if (after.weight_bp < 0 || store.child_weight(s, after.parent_id, id) + after.weight_bp > whole) return field_fault("weight_bp", "tracking.weights_over");
    }
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "tracking.stale");
    note(s, actor, "tracking.edited", after, {{"title", after.title}, {"agency", directory.agency_name(after.agency_id)}});
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::set_checkpoints(const Actor& actor, ItemId id, const std::vector<CheckpointInput>& input, std::int64_t revision) {
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.file"));
    if (before.revision != revision) return fault(FaultKind::stale, "tracking.stale");
    if (!in_set_up(before.state)) return fault(FaultKind::conflict, "tracking.not_in_set_up");
    const auto known = store.list_checkpoints(s, id);
    const auto records = records_of(input, known, id);
    MANDATE_TRY(as_result(faults_of(records)));
    MANDATE_TRY(check_kept(known, records));
    auto after = before;
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "tracking.stale");
    store.put_checkpoints(s, id, records, actor.now, actor.account_id);
    note(s, actor, "tracking.checkpoints_set", after, {{"count", records.size()}});
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::set_curves(const Actor& actor, ItemId id, const std::vector<CurveInput>& input, std::int64_t revision) {
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.file"));
    if (before.revision != revision) return fault(FaultKind::stale, "tracking.stale");
    if (!in_set_up(before.state)) return fault(FaultKind::conflict, "tracking.not_in_set_up");
    MANDATE_ASSIGN(const auto curves, curves_from(kind_of(before), tier_of(s, before, clock.today())->every, input));
    auto after = before;
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "tracking.stale");
    store.put_draft(s, id, curves);
    note(s, actor, "tracking.curves_set", after, {{"count", curves.size()}});
    return done();
  }));
  return view(actor, id);
}

Result<ItemCore> Tracking::Parts::take(db::Session& s, const Actor& actor, const ItemCore& before, Step step, boost::json::object data) {
  const auto state = after(before.state, step);
  if (!state) return fault(FaultKind::conflict, "tracking.not_from_here");
  auto changed = before;
  changed.state = *state;
  if (step == Step::approve_set_up) changed.baseline_number = 1;
  if (!store.replace(s, before, changed, actor.now)) return fault(FaultKind::stale, "tracking.stale");
  const std::string kind = std::string("tracking.") + boost::describe::enum_to_string(step, "");
  note(s, actor, kind.c_str(), changed, std::move(data));
  return changed;
}

Result<TrackedView> Tracking::Parts::submit_set_up(const Actor& actor, ItemId id) {
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.file"));
    if (!after(before.state, Step::submit_set_up)) return fault(FaultKind::conflict, "tracking.not_from_here");
    MANDATE_TRY(as_result(faults_of(store.list_checkpoints(s, id))));
    const auto drafts = store.list_draft(s, id);
    for (const auto& measure : kind_of(before).measures) {
      // What is asked for from a checkpoint on gets its plan when that is done: the contractor who makes it is not known before.
      if (measure.asked_from == CheckpointFlag::none && std::none_of(drafts.begin(), drafts.end(), [&](const auto& c) { return c.measure == measure.name; })) return field_fault("curves", "tracking.curve_required", {{"measure", i18n::text("tracking.measure." + measure.name, actor.language)}});
    }
    if (kind_of(before).may_set_up) MANDATE_TRY(kind_of(before).may_set_up(s, id));
    MANDATE_TRY(take(s, actor, before, Step::submit_set_up, {}));
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::decide_set_up(const Actor& actor, ItemId id, bool approve, const std::string& text, const std::string& approval_number) {
  if (!approve) MANDATE_TRY(check_text("note", text, 3'000));
  if (approval_number.size() > 300) return field_fault("approval_number", "input.too_long", {{"max", "100"}});
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.control"));
    MANDATE_TRY(take(s, actor, before, approve ? Step::approve_set_up : Step::return_set_up, {{"note", text}}));
    if (!approve) return done();
    const auto checkpoints = store.list_checkpoints(s, id);
    BaselineRecord baseline{new_id<BaselineId>(), id, 1, approval_number, "", 0, checkpoints.front().planned_start.value_or(checkpoints.front().planned_finish), checkpoints.back().planned_finish, http::json_text(checkpoints), actor.now, actor.account_id};
    store.insert_baseline(s, baseline, store.list_draft(s, id));
    store.put_draft(s, id, {});
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::add_baseline(const Actor& actor, ItemId id, const BaselineInput& input, std::int64_t revision) {
  MANDATE_TRY(check_text("approval_number", input.approval_number, 300));
  MANDATE_TRY(check_text("reason", input.reason, 3'000));
  if (input.granted_days < -3'660 || input.granted_days > 3'660) return field_fault("granted_days", "input.out_of_range", {{"min", "-3660"}, {"max", "3660"}});
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.control"));
    if (before.revision != revision) return fault(FaultKind::stale, "tracking.stale");
    if (!is_open(before.state)) return fault(FaultKind::conflict, "tracking.not_open");
    auto checkpoints = store.list_checkpoints(s, id);
    if (input.checkpoints) {
      const auto known = checkpoints;
      checkpoints = records_of(*input.checkpoints, known, id);
      MANDATE_TRY(as_result(faults_of(checkpoints)));
      MANDATE_TRY(check_kept(known, checkpoints));
      store.put_checkpoints(s, id, checkpoints, actor.now, actor.account_id);
    }
    MANDATE_ASSIGN(auto curves, curves_from(kind_of(before), tier_of(s, before, clock.today())->every, input.curves));
    for (const auto& [measure, curve] : curves_of(s, id).current) {
      if (std::none_of(curves.begin(), curves.end(), [&](const auto& c) { return c.measure == measure; })) curves.push_back(curve);
    }
    auto changed = before;
    changed.baseline_number = before.baseline_number + 1;
    if (!store.replace(s, before, changed, actor.now)) return fault(FaultKind::stale, "tracking.stale");
    store.insert_baseline(s, {new_id<BaselineId>(), id, changed.baseline_number, input.approval_number, input.reason, input.granted_days, checkpoints.front().planned_start.value_or(checkpoints.front().planned_finish), checkpoints.back().planned_finish, http::json_text(checkpoints), actor.now, actor.account_id},
                          curves);
    note(s, actor, "tracking.baseline_approved", changed, {{"number", changed.baseline_number}, {"approval_number", input.approval_number}, {"days", input.granted_days}, {"reason", input.reason}});
    return weigh_newest(s, actor, changed);
  }));
  return view(actor, id);
}

Result<> Tracking::Parts::check_plan(db::Session& s, const ItemCore& item, const std::vector<CheckpointInput>& checkpoints, const std::vector<CurveInput>& curves) {
  if (!checkpoints.empty()) {
    const auto known = store.list_checkpoints(s, item.id);
    const auto records = records_of(checkpoints, known, item.id);
    MANDATE_TRY(as_result(faults_of(records)));
    MANDATE_TRY(check_kept(known, records));
  }
  MANDATE_TRY(curves_from(kind_of(item), tier_of(s, item, clock.today())->every, curves));
  return done();
}

Result<TrackedView> Tracking::Parts::ask_closing(const Actor& actor, ItemId id, const std::string& text) {
  MANDATE_TRY(check_text("note", text, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.file"));
    if (!after(before.state, Step::request_closing)) return fault(FaultKind::conflict, "tracking.not_from_here");
    const auto checkpoints = store.list_checkpoints(s, id);
    if (checkpoints.empty() || !checkpoints.back().actual_finish) return fault(FaultKind::conflict, "tracking.last_not_done");
    const auto parts = store.list_parts(s, id);
    if (std::any_of(parts.begin(), parts.end(), [](const auto& p) { return p.state != PartState::closed; })) return fault(FaultKind::conflict, "tracking.parts_open");
    if (kind_of(before).may_close) MANDATE_TRY(kind_of(before).may_close(s, id));
    MANDATE_TRY(take(s, actor, before, Step::request_closing, {{"note", text}}));
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::decide_closing(const Actor& actor, ItemId id, bool approve, const std::string& text) {
  // Of a return the reason; of a release what shows that it is done.
  MANDATE_TRY(check_text("note", text, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "tracking.control"));
    MANDATE_ASSIGN(const auto closed, take(s, actor, before, approve ? Step::approve_closing : Step::return_closing, {{"note", text}}));
    return approve ? release(s, actor, closed, ReleaseReason::completed, text) : done();
  }));
  return view(actor, id);
}

}  // namespace mandate::tracking
