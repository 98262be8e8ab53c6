// What the controller decides about a plan's sentences and obligations, and what becomes a duty.
#include "foundation/duties/rules.hpp"
#include "kernel/text.hpp"
#include "modules/plan/rules.hpp"
#include "modules/plan/service.hpp"
#include "platform/db/events.hpp"

#include <cmath>

namespace mandate::plan {

void PlanService::note(db::Session& s, const Actor& actor, const char* kind, const char* record_kind, std::int64_t id, boost::json::object data) {
  db::append_event(s, {actor.now, actor.account_id, kind, record_kind, id, boost::json::serialize(data), {}});
}

// The first of the named that is one agency; else the agency of the plan itself, which controls what all agencies must do.
std::int64_t PlanService::owner_of(const ObligationRecord& o, const PlanRecord& plan, Date on) {
  const auto organisation = agencies_.snapshot();
  for (const auto& name : from_json_text<std::vector<std::string>>(o.responsible)) {
    if (const auto id = organisation->match_by_name(name, on)) return id.value;
  }
  return plan.agency_id;
}

// A sentence about a goal's strategies serves that goal; a work plan stands under none.
std::int64_t PlanService::goal_of(db::Session& s, NodeId node) {
  for (auto at = store_.find_node(s, node); at; at = store_.find_node(s, at->parent_id)) {
    if (at->kind == NodeKind::goal) return at->id.value;
    if (!at->parent_id) break;
  }
  return 0;
}

Result<std::int64_t> PlanService::make_duties(db::Session& s, const Actor& actor, const ObligationRecord& o, const PlanRecord& plan) {
  for (const auto& amount : from_json_text<std::vector<AmountView>>(o.amounts)) store_.add_indicator(s, plan.id, o.id, amount, actor.now);
  const auto recurrence = recurrence_of(o);
  if (!recurrence) return 0;
  const auto sentence = store_.find_sentence(s, o.sentence_id);
  duties::NewDuty duty;
  duty.title = truncate_cjk(o.what, 120);
  duty.detail = sentence ? sentence->text : o.what;
  duty.origin = "plan";
  duty.source_kind = "plan_obligation";
  duty.source_id = o.id.value;
  duty.agency_id = o.agency_id;
  if (sentence) duty.goal_id = goal_of(s, sentence->node_id);
  duty.confidentiality = duties::Confidentiality::open;  // a published plan
  const int year = static_cast<int>(plan.year_roc) + 1911;
  duty.due_on = *Date::from_ymd(year, 12, 31);
  MANDATE_ASSIGN(const auto made, duties_.record_series(actor, duty, *recurrence, *Date::from_ymd(year, 1, 1), *Date::from_ymd(year, 12, 31)));
  return static_cast<std::int64_t>(made.size());
}

Result<Acceptance> PlanService::accept(const Actor& actor, ObligationId id, std::optional<std::int64_t> agency_id) {
  return database_.write([&](db::Session& s) -> Result<Acceptance> {
    auto o = store_.find_obligation(s, id);
    if (!o) return fault(FaultKind::not_found, "plan.no_obligation");
    if (o->state == ObligationState::accepted) return fault(FaultKind::conflict, "plan.already_accepted");
    const auto plan = store_.find(s, o->plan_id);
    if (agency_id) o->agency_id = *agency_id;
    if (o->agency_id == 0) return field_fault("agency_id", "plan.no_owner");
    o->state = ObligationState::accepted;
    o->reason.clear();
    store_.put_obligation(s, *o, actor.now, actor.account_id);
    if (auto sentence = store_.find_sentence(s, o->sentence_id); sentence && sentence->decision != SentenceDecision::obligation) {
      sentence->decision = SentenceDecision::obligation;
      sentence->decided_by = actor.account_id;
      store_.put_sentence(s, *sentence, actor.now);
    }
    Acceptance out;
    out.accepted = 1;
    MANDATE_ASSIGN(out.duties, make_duties(s, actor, *o, *plan));
    note(s, actor, "plan.obligation_accepted", "plan_obligation", id.value, {{"what", o->what}, {"duties", out.duties}});
    return out;
  });
}

Result<Acceptance> PlanService::accept_all(const Actor& actor, PlanId id, const std::optional<std::vector<ObligationId>>& only) {
  return database_.write([&](db::Session& s) -> Result<Acceptance> {
    if (!store_.find(s, id)) return fault(FaultKind::not_found, "plan.not_found");
    std::set<std::int64_t> wanted;
    if (only) {
      for (const auto one : *only) wanted.insert(one.value);
    }
    Acceptance total;
    for (const auto& o : store_.list_obligations(s, id, std::nullopt)) {
      if (o.state != ObligationState::proposed || (only && wanted.count(o.id.value) == 0)) continue;
      MANDATE_ASSIGN(const auto one, accept(actor, o.id, std::nullopt));
      total.accepted += one.accepted;
      total.duties += one.duties;
    }
    return total;
  });
}

Result<> PlanService::drop(const Actor& actor, ObligationId id, const std::string& reason) {
  if (reason.size() > 3000) return field_fault("reason", "input.too_long", {{"max", "1000"}});
  return database_.write([&](db::Session& s) -> Result<> {
    auto o = store_.find_obligation(s, id);
    if (!o) return fault(FaultKind::not_found, "plan.no_obligation");
    if (o->state == ObligationState::accepted) return fault(FaultKind::conflict, "plan.accepted_withdraw_first");
    o->state = ObligationState::dropped;
    o->reason = reason;
    store_.put_obligation(s, *o, actor.now, actor.account_id);
    note(s, actor, "plan.obligation_dropped", "plan_obligation", id.value, {{"what", o->what}, {"reason", reason}});
    return done();
  });
}

Result<> PlanService::withdraw(const Actor& actor, ObligationId id, const std::string& reason) {
  if (reason.empty()) return field_fault("reason", "input.required");
  return database_.write([&](db::Session& s) -> Result<> {
    auto o = store_.find_obligation(s, id);
    if (!o) return fault(FaultKind::not_found, "plan.no_obligation");
    if (o->state == ObligationState::proposed) return fault(FaultKind::conflict, "plan.not_decided");
    if (o->state == ObligationState::accepted) {
      MANDATE_TRY(duties_.cancel_of_source(actor, "plan_obligation", id.value, reason));
      store_.end_indicators(s, id, actor.now);
    }
    o->state = ObligationState::proposed;
    o->reason.clear();
    store_.put_obligation(s, *o, actor.now, actor.account_id);
    note(s, actor, "plan.obligation_withdrawn", "plan_obligation", id.value, {{"what", o->what}, {"reason", reason}});
    return done();
  });
}

Result<> PlanService::decide_sentence(const Actor& actor, SentenceId id, SentenceDecision decision) {
  return database_.write([&](db::Session& s) -> Result<> {
    auto sentence = store_.find_sentence(s, id);
    if (!sentence) return fault(FaultKind::not_found, "plan.no_sentence");
    const auto obligations = store_.list_obligations_of(s, {id});
    const auto accepted = std::any_of(obligations.begin(), obligations.end(), [](const auto& o) { return o.state == ObligationState::accepted; });
    if (decision == SentenceDecision::none && accepted) return fault(FaultKind::conflict, "plan.accepted_withdraw_first");
    if (decision == SentenceDecision::obligation && obligations.empty()) return fault(FaultKind::conflict, "plan.add_obligation_first");
    sentence->decision = decision;
    sentence->decided_by = actor.account_id;
    store_.put_sentence(s, *sentence, actor.now);
    if (decision == SentenceDecision::none) {
      for (auto o : obligations) {
        if (o.state != ObligationState::proposed) continue;
        o.state = ObligationState::dropped;
        store_.put_obligation(s, o, actor.now, actor.account_id);
      }
    }
    note(s, actor, "plan.sentence_decided", "plan_sentence", id.value, {{"decision", boost::describe::enum_to_string(decision, "")}});
    return done();
  });
}

Result<> PlanService::apply(const ObligationEdit& edit, ObligationRecord& o) {
  if (edit.what.empty()) return field_fault("what", "input.required");
  if (edit.what.size() > 1500) return field_fault("what", "input.too_long", {{"max", "500"}});
  if (edit.every) MANDATE_TRY(duties::check_recurrence({*edit.every, *edit.every == duties::Every::year ? edit.months : std::vector<int>{}, edit.day.value_or(0)}));
  for (const int month : edit.months) {
    if (month < 1 || month > 12) return field_fault("months", "input.out_of_range", {{"min", "1"}, {"max", "12"}});
  }
  if (edit.day && (*edit.day < 0 || *edit.day > 31)) return field_fault("day", "input.out_of_range", {{"min", "0"}, {"max", "31"}});
  static const std::set<std::string> units = {"day", "working_day", "month"};
  if (edit.within && (units.count(edit.within->unit) == 0 || edit.within->count < 1 || edit.within->count > 3660)) return field_fault("within", "input.out_of_range", {{"min", "1"}, {"max", "3660"}});
  static const std::set<std::string> bounds = {"at_least", "at_most", "below", "exactly"};
  for (std::size_t i = 0; i < edit.amounts.size(); ++i) {
    const auto& a = edit.amounts[i];
    const std::string path = "amounts[" + std::to_string(i) + "]";
    if (bounds.count(a.bound) == 0) return field_fault(path + ".bound", "input.expected_choice", {{"choices", "at_least, at_most, below, exactly"}});
    if (!(a.value >= 0 && a.value < 1e13)) return field_fault(path + ".value", "input.out_of_range", {{"min", "0"}, {"max", "10000000000000"}});
    if (a.unit.empty() || a.unit.size() > 60) return field_fault(path + ".unit", "input.required");
  }
  o.what = edit.what;
  o.every = edit.every;
  o.months = duties::months_text(edit.months);
  o.day = edit.day;
  o.within_count = edit.within ? std::optional<std::int64_t>(edit.within->count) : std::nullopt;
  o.within_unit = edit.within ? std::optional(edit.within->unit) : std::nullopt;
  o.amounts = json_text(edit.amounts);
  o.responsible = json_text(edit.responsible);
  if (edit.agency_id != 0) o.agency_id = edit.agency_id;
  return done();
}

Result<ObligationId> PlanService::add_obligation(const Actor& actor, SentenceId id, const ObligationEdit& edit) {
  return database_.write([&](db::Session& s) -> Result<ObligationId> {
    auto sentence = store_.find_sentence(s, id);
    if (!sentence) return fault(FaultKind::not_found, "plan.no_sentence");
    const auto plan = store_.find(s, sentence->plan_id);
    ObligationRecord o;
    o.id = new_id<ObligationId>();
    o.plan_id = sentence->plan_id;
    o.sentence_id = id;
    o.spans = "[]";
    o.found_by = "controller";
    MANDATE_TRY(apply(edit, o));
    if (o.agency_id == 0) o.agency_id = owner_of(o, *plan, clock_.today());
    store_.put_obligation(s, o, actor.now, actor.account_id);
    sentence->decision = SentenceDecision::obligation;
    sentence->decided_by = actor.account_id;
    store_.put_sentence(s, *sentence, actor.now);
    note(s, actor, "plan.obligation_added", "plan_obligation", o.id.value, {{"what", o.what}});
    return o.id;
  });
}

Result<> PlanService::edit_obligation(const Actor& actor, ObligationId id, const ObligationEdit& edit) {
  return database_.write([&](db::Session& s) -> Result<> {
    auto o = store_.find_obligation(s, id);
    if (!o) return fault(FaultKind::not_found, "plan.no_obligation");
    if (o->state == ObligationState::accepted) return fault(FaultKind::conflict, "plan.accepted_withdraw_first");
    const std::string before = o->what;
    MANDATE_TRY(apply(edit, *o));
    o->state = ObligationState::proposed;
    store_.put_obligation(s, *o, actor.now, actor.account_id);
    note(s, actor, "plan.obligation_edited", "plan_obligation", id.value, {{"before", before}, {"what", o->what}});
    return done();
  });
}

Result<> PlanService::file_indicator(const Actor& actor, IndicatorId id, double value, const std::string& note_text) {
  if (!(value >= 0 && value < 1e13)) return field_fault("value", "input.out_of_range", {{"min", "0"}, {"max", "10000000000000"}});
  // Stored in hundredths: a value that is not zero may not be kept as a confirmed zero.
  if (std::abs(value * 100 - std::floor(value * 100 + 0.5)) > 1e-6 * std::max(1.0, value)) return field_fault("value", "plan.two_decimals");
  if (note_text.size() > 3000) return field_fault("note", "input.too_long", {{"max", "1000"}});
  return database_.write([&](db::Session& s) -> Result<> {
    if (!store_.find_plan_of_indicator(s, id)) return fault(FaultKind::not_found, "plan.no_indicator");
    store_.file_value(s, id, static_cast<std::int64_t>(value * 100 + 0.5), note_text, actor.now, actor.account_id);
    note(s, actor, "plan.indicator_filed", "plan_indicator", id.value, {{"value", value}});
    return done();
  });
}

}  // namespace mandate::plan
