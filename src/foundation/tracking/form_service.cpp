// What the filing form and the item's page show of periods.
#include "foundation/tracking/filing_parts.hpp"

namespace mandate::tracking {

std::vector<TrackedCheckpoint> checkpoint_views(const std::vector<CheckpointRecord>& checkpoints, Date today) {
  std::vector<TrackedCheckpoint> out;
  for (const auto& c : checkpoints) out.push_back({c.id, c.name, c.weight_bp, c.planned_start, c.planned_finish, c.actual_finish, c.flag, c.control_point != 0, c.planned_finish < today && !c.actual_finish});
  return out;
}

std::vector<PeriodView> Tracking::Parts::periods_of(db::Session& s, const Kind& kind, ItemId id, std::optional<Instant> known_at, Date today) {
  std::map<Date, PeriodView> by_period;
  std::map<std::int64_t, CycleRecord> cycles;
  for (const auto& cycle : store.list_cycles_of(s, id)) cycles[cycle.id.value] = cycle;
  for (const auto& owed : store.list_owed(s, id, known_at)) {
    const auto& cycle = cycles[owed.cycle_id.value];
    auto& v = by_period[owed.period_on];
    v.period = owed.period_on;
    v.label = period_label(owed.period_on, cycle.every);
    v.due_on = moved({cycle.opens_on, cycle.due_on, cycle.closes_on}).due_on;
  }
  for (const auto& f : store.list_filings(s, id, known_at)) {
    const auto found = by_period.find(f.period_on);
    if (found == by_period.end()) continue;
    auto& v = found->second;
    v.filing = f.state;
    v.late_days = f.late_days.value_or(0);
    v.late_waived = !f.late_waived.empty();
    v.own_rating = f.own_rating;
    v.reviewer_rating = f.reviewer_rating;
    v.narrative = f.narrative;
  }
  for (const auto& g : store.list_grades(s, id, known_at)) {
    if (const auto found = by_period.find(g.period_on); found != by_period.end()) {
      found->second.lag_kind = g.lag_kind;
      found->second.computed = g.computed;
    }
  }
  const auto figures = store.list_figures(s, id, known_at);
  std::vector<PeriodView> out;
  for (auto& [period, v] : by_period) {
    for (const auto& measure : kind.measures) {
      const auto f = std::find_if(figures.begin(), figures.end(), [&](const auto& one) { return one.period_on == period && one.measure == measure.name; });
      PeriodValue value{measure.name, ValueState::not_yet_due, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt};
      if (f != figures.end()) value = {measure.name, value_state(f->actual, v.due_on, today), f->actual, f->lag_first, f->lag_current, f->months_first, f->months_current};
      // A measure that is not asked for before its checkpoint is done is not missing in a period that was filed without it.
      else if (v.filing != FilingState::submitted && v.filing != FilingState::accepted) value.state = value_state(std::nullopt, v.due_on, today);
      v.values.push_back(value);
    }
    out.push_back(std::move(v));
  }
  return out;
}

FilingForm Tracking::Parts::form_of(db::Session& s, const Actor& actor, const Loaded& l, const FilingInput& input, const std::vector<CheckpointRecord>& checkpoints, const std::vector<FieldFault>& faults) {
  const Date today = clock.today();
  const Date last_day = period_end(l.period, l.every);
  FilingForm out;
  ListedItem listed;
  listed.id = l.item.id;
  listed.kind = l.item.kind;
  listed.number = l.item.number;
  listed.title = l.item.title;
  listed.agency_id = l.item.agency_id;
  listed.district = l.item.district;
  listed.tier = l.item.tier;
  listed.state = l.item.state;
  listed.confidentiality = l.item.confidentiality;
  listed.baseline_number = l.item.baseline_number;
  out.item = rows_of(s, {listed}, std::nullopt, today).front();
  out.period = l.period;
  out.label = period_label(l.period, l.every);
  out.phase = l.phase;
  out.opens_on = l.dates.opens_on;
  out.due_on = l.dates.due_on;
  out.closes_on = l.dates.closes_on;
  out.reviewers = reviewers_of(l.tier);
  out.checkpoints = checkpoint_views(checkpoints, today);
  out.narrative = input.narrative;
  out.own_rating = input.own_rating;
  out.lag_kind = l.lag_kind;
  if (l.lag) out.lag = LagView{l.lag->kind, l.lag->category, l.lag->responsibility, l.lag->cause, l.lag->countermeasure, l.lag->help, l.lag->deadline_on};
  out.lag_categories = l.policy.lag_categories;
  out.lag_responsibilities = l.policy.lag_responsibilities;
  if (l.filing) {
    out.state = l.filing->state;
    out.level = l.filing->level;
    out.reviewer_rating = l.filing->reviewer_rating;
    out.late_days = l.filing->late_days;
    out.late_waived = l.filing->late_waived;
    out.note = l.filing->note;
    out.revision = l.filing->revision;
  }
  std::optional<std::int64_t> any;
  for (const auto& measure : l.kind->measures) {
    FormMeasure m;
    m.measure = measure.name;
    m.asked = asked_for(measure, checkpoints, last_day);
    for (const auto& f : l.figures) {
      if (f.measure == measure.name && f.period_on < l.period) m.before = f.actual;
    }
    for (const auto& one : input.actuals) {
      if (one.measure == measure.name) m.actual = one.actual;
    }
    if (const auto forced = forced_actual(measure, checkpoints, last_day)) m.actual = forced;
    if (const auto first = l.curves.first.find(measure.name); first != l.curves.first.end()) m.planned_first = planned_at(first->second, l.period, l.every);
    if (const auto current = l.curves.current.find(measure.name); current != l.curves.current.end()) m.planned_current = planned_at(current->second, l.period, l.every);
    for (const auto& f : l.weighed) {
      if (f.measure != measure.name) continue;
      m.planned_current = f.planned_current;
      m.lag_first = f.lag_first;
      m.lag_current = f.lag_current;
      m.months_first = f.months_first;
      m.months_current = f.months_current;
    }
    const bool filed = l.filing && (l.filing->state == FilingState::submitted || l.filing->state == FilingState::accepted);
    m.state = value_state(filed ? m.actual : std::nullopt, l.dates.due_on, today);
    if (m.actual) any = m.actual;
    out.measures.push_back(m);
  }
  if (any) out.computed = l.grade.computed;
  for (const auto& f : l.filings) {
    if (f.period_on >= l.period || f.state == FilingState::draft) continue;
    out.before_period = f.period_on;
    out.before_narrative = f.narrative;
  }
  if (out.before_period) {
    if (const auto lag = store.find_lag(s, l.item.id, *out.before_period)) out.before_lag = LagView{lag->kind, lag->category, lag->responsibility, lag->cause, lag->countermeasure, lag->help, lag->deadline_on};
  }
  out.similarity = similarity(out.narrative, out.before_narrative);
  out.looks_copied = out.similarity >= l.policy.copied;
  for (const auto& fault : faults) out.faults.push_back({fault.path, i18n::text(fault.key, actor.language, fault.args)});
  if (may(actor, l.item, "tracking.file") && may_write(s, actor, l).ok()) {
    out.actions.emplace_back("save");
    out.actions.emplace_back("submit");
  }
  if (l.phase != CyclePhase::locked && l.filing && l.filing->state == FilingState::submitted && l.filing->level < static_cast<std::int64_t>(out.reviewers.size())) {
    const bool by_agency = out.reviewers[static_cast<std::size_t>(l.filing->level)] == ReviewLevel::agency;
    if (may(actor, l.item, by_agency ? "tracking.review" : "tracking.control")) {
      if (l.filing->submitted_by != actor.account_id) out.actions.emplace_back("accept");
      out.actions.emplace_back("return");
    }
  } else if (l.phase != CyclePhase::locked && l.filing && l.filing->state == FilingState::accepted && may(actor, l.item, "tracking.control")) {
    out.actions.emplace_back("return");
  }
  if (out.late_days.value_or(0) > 0 && out.late_waived.empty() && may(actor, l.item, "tracking.control")) out.actions.emplace_back("waive_lateness");
  for (const auto& [measure, curve] : l.curves.first) out.first_curves.push_back(curve);
  for (const auto& [measure, curve] : l.curves.current) out.current_curves.push_back(curve);
  out.periods = periods_of(s, *l.kind, l.item.id, std::nullopt, today);
  return out;
}

}  // namespace mandate::tracking
