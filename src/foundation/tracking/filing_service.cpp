#include "foundation/tracking/filing_parts.hpp"

namespace mandate::tracking {
namespace {

// An officer's filing as it was kept: what the form shows and the rules are asked about.
FilingInput input_of(const std::optional<FilingRecord>& filing, const std::optional<LagRecord>& lag) {
  FilingInput out;
  if (filing) {
    out.actuals = http::from_json_text<std::vector<FiledActual>>(filing->actuals);
    out.checkpoints = http::from_json_text<std::vector<FiledCheckpoint>>(filing->checkpoints);
    out.narrative = filing->narrative;
    out.own_rating = filing->own_rating;
  }
  if (lag) out.lag = LagInput{lag->category, lag->responsibility, lag->cause, lag->countermeasure, lag->help, lag->deadline_on};
  return out;
}

bool counts(const FilingRecord& filing) { return filing.state == FilingState::submitted || filing.state == FilingState::accepted; }

FilingContext context_of(const Tracking::Parts::Loaded& l, const std::vector<CheckpointRecord>& checkpoints, Date today) {
  FilingContext c{l.kind->measures, checkpoints, {}, {}, false, l.lag_kind, l.period, l.every, today};
  std::optional<Instant> filed_before;
  for (const auto& f : l.figures) {
    if (f.period_on < l.period) c.before[f.measure] = f.actual;  // in order: the last one stays
    if (f.period_on > l.period) c.after.try_emplace(f.measure, f.actual);
  }
  for (const auto& f : l.filings) {
    if (f.period_on < l.period && counts(f)) filed_before = f.submitted_at;
  }
  c.rebaselined = filed_before && l.curves.current_since && *l.curves.current_since > *filed_before;
  return c;
}

LagRecord lag_record(const Tracking::Parts::Loaded& l, const FilingInput& input) {
  const auto lag = input.lag.value_or(LagInput{});
  return {l.item.id, l.period, *l.lag_kind, lag.category, lag.responsibility, lag.cause, lag.countermeasure, lag.help, lag.deadline_on};
}

}  // namespace

Result<Tracking::Parts::Loaded> Tracking::Parts::load(db::Session& s, const Actor& actor, ItemId id, Date period, std::string_view permission) {
  Loaded l;
  MANDATE_ASSIGN(l.item, reach(s, actor, id, permission));
  l.kind = &kind_of(l.item);
  l.period = period;
  l.owed = store.find_owed(s, id, period);
  if (!l.owed) return fault(FaultKind::not_found, "tracking.not_owed");
  l.cycle = *store.find_cycle(s, l.owed->cycle_id);
  l.every = l.cycle.every;
  l.dates = moved({l.cycle.opens_on, l.cycle.due_on, l.cycle.closes_on});
  l.phase = phase(l.cycle);
  // A month that is closed is weighed by what was in force, and known, when it closed.
  const bool over = l.phase == CyclePhase::closed || l.phase == CyclePhase::locked;
  l.policy = policy({period_end(period, l.every), over ? std::optional(taipei_end_of_day(l.dates.closes_on)) : std::nullopt});
  l.tier = tier_of(s, l.item, period_end(period, l.every)).value_or(TierRecord{});
  l.checkpoints = store.list_checkpoints(s, id);
  l.curves = curves_of(s, id);
  l.filings = store.list_filings(s, id);
  l.figures = store.list_figures(s, id);
  l.grades = store.list_grades(s, id);
  for (const auto& f : l.filings) {
    if (f.period_on == period) l.filing = f;
  }
  l.lag = store.find_lag(s, id, period);
  return l;
}

Result<> Tracking::Parts::may_write(db::Session& s, const Actor& actor, const Loaded& l) {
  if (!is_open(l.item.state)) return fault(FaultKind::conflict, "tracking.not_open");
  const bool excepted = store.excepted(s, l.item, l.period, actor.now);
  if (l.phase == CyclePhase::planned) return fault(FaultKind::conflict, "tracking.not_yet_open", {{"on", l.dates.opens_on.iso()}});
  if (l.phase == CyclePhase::locked && !excepted) return fault(FaultKind::conflict, "tracking.locked");
  if (excepted || may(actor, l.item, "tracking.control")) return done();
  const bool returned = l.filing && l.filing->state == FilingState::returned;
  if (l.phase == CyclePhase::closed && !returned) return fault(FaultKind::conflict, "tracking.closed", {{"on", l.dates.closes_on.iso()}});
  if (!l.filing || !counts(*l.filing)) return done();
  if (l.filing->state == FilingState::accepted || l.filing->level > 0) return fault(FaultKind::conflict, "tracking.reviewed");
  // Editing takes the submission back, and that is possible only while it can be made again on time.
  return l.phase == CyclePhase::open ? done() : Result<>(fault(FaultKind::conflict, "tracking.submitted"));
}

void Tracking::Parts::weigh(Loaded& l, const FilingInput& input, const std::vector<CheckpointRecord>& checkpoints) const {
  const Date last_day = period_end(l.period, l.every);
  const auto thresholds = severe_thresholds(*l.kind, last_day);
  l.weighed.clear();
  l.warnings.clear();
  const auto warning = warning_policy({last_day, {}});
  bool behind = false;
  bool is_severe = false;
  for (const auto& measure : l.kind->measures) {
    if (!asked_for(measure, checkpoints, last_day)) continue;
    const auto filed = std::find_if(input.actuals.begin(), input.actuals.end(), [&](const auto& one) { return one.measure == measure.name; });
    const auto forced = forced_actual(measure, checkpoints, last_day);
    const auto actual = forced ? forced : filed == input.actuals.end() ? std::nullopt : filed->actual;
    const auto first = l.curves.first.find(measure.name);
    const auto current = l.curves.current.find(measure.name);
    if (!actual || first == l.curves.first.end()) continue;
    const auto of_first = lag_of(first->second, *actual, l.period, l.every);
    auto of_current = lag_of(current->second, *actual, l.period, l.every);
    // Section 2.2: completion makes the planned value of the month whole as well.
    if (forced) of_current = {whole, 0, std::min<std::int64_t>(0, of_current.months)};
    const bool graded = !current->second.generated;
    l.weighed.push_back({l.item.id, l.period, measure.name, of_first.planned, of_current.planned, *actual, of_first.lag, of_current.lag, of_first.months, of_current.months, graded ? 1 : 0});
    if (!graded) continue;
    behind |= of_current.lag > l.policy.lag_over;
    const auto threshold = thresholds.find(measure.name);
    is_severe |= threshold != thresholds.end() && severe(of_current.lag, threshold->second);
    // The lags of the periods before, back to the first that is missing.
    std::vector<std::int64_t> lags{of_current.lag};
    for (Date before = next_period(l.period, l.every, -1);; before = next_period(before, l.every, -1)) {
      const auto found = std::find_if(l.figures.begin(), l.figures.end(), [&](const auto& f) { return f.period_on == before && f.measure == measure.name; });
      if (found == l.figures.end()) break;
      lags.insert(lags.begin(), found->lag_current);
    }
    const auto raised = warnings_of(measure.name, lags, threshold == thresholds.end() ? std::nullopt : std::optional(threshold->second), current->second, l.period, l.every, warning);
    l.warnings.insert(l.warnings.end(), raised.begin(), raised.end());
  }
  l.lag_kind = lag_kind_of(checkpoints, behind, last_day);
  if (const auto raised = checkpoint_warning(checkpoints, last_day, warning)) l.warnings.push_back(*raised);
  if (is_severe) l.warnings.clear();  // nothing is early any more
  const Date before = next_period(l.period, l.every, -1);
  const auto last = std::find_if(l.grades.begin(), l.grades.end(), [&](const auto& g) { return g.period_on == before; });
  l.grade = {l.item.id, l.period, l.item.agency_id, l.lag_kind, l.lag_kind ? 1 + (last == l.grades.end() ? 0 : last->lag_run) : 0, computed_rating(is_severe, l.lag_kind.has_value(), !l.warnings.empty())};
}

void Tracking::Parts::refresh_standing(db::Session& s, const ItemCore& item) {
  const auto grades = store.list_grades(s, item.id);
  if (grades.empty()) return store.end_standing(s, item.id);
  auto figures = store.list_figures(s, item.id);
  std::erase_if(figures, [&](const auto& f) { return f.period_on != grades.back().period_on; });
  store.put_standing(s, item.kind, figures, grades.back());
}

Result<> Tracking::Parts::weigh_newest(db::Session& s, const Actor& actor, const ItemCore& item) {
  const auto grades = store.list_grades(s, item.id);
  if (grades.empty()) return done();
  MANDATE_ASSIGN(auto l, load(s, actor, item.id, grades.back().period_on, "tracking.read"));
  if (!l.filing || l.phase == CyclePhase::closed || l.phase == CyclePhase::locked) return done();
  weigh(l, input_of(l.filing, l.lag), l.checkpoints);
  if (!l.lag_kind) store.end_lag(s, item.id, l.period, actor.now);
  store.put_figures(s, item.id, l.period, l.weighed, l.grade, actor.now);
  store.put_warnings(s, item.id, l.period, l.warnings, actor.now);
  refresh_standing(s, item);
  return done();
}

Result<> Tracking::Parts::take_over(db::Session& s, const Actor& actor, Loaded& l, const FilingInput& input, const ActualChange& change) {
  const auto moved_any = std::any_of(change.checkpoints.begin(), change.checkpoints.end(), [&](const auto& after) {
    return std::any_of(l.checkpoints.begin(), l.checkpoints.end(), [&](const auto& before) { return before.id == after.id && before.actual_finish != after.actual_finish; });
  });
  if (moved_any) {
    store.put_checkpoints(s, l.item.id, change.checkpoints, actor.now, actor.account_id);
    for (const auto& [flag, on] : change.flags) {
      note(s, actor, on ? "tracking.flag_done" : "tracking.flag_undone", l.item, {{"flag", boost::describe::enum_to_string(flag, "")}, {"on", on ? on->iso() : ""}});
      if (l.kind->flag_changed) MANDATE_TRY(l.kind->flag_changed(s, actor, l.item.id, flag, on));
    }
  }
  if (l.lag_kind) store.put_lag(s, lag_record(l, input), actor.now, actor.account_id);
  else store.end_lag(s, l.item.id, l.period, actor.now);
  store.put_figures(s, l.item.id, l.period, l.weighed, l.grade, actor.now);
  store.put_warnings(s, l.item.id, l.period, l.warnings, actor.now);
  refresh_standing(s, l.item);
  return done();
}

Result<FilingForm> Tracking::Parts::save(const Actor& actor, ItemId id, Date period, const FilingInput& input, std::int64_t revision, bool submit) {
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(auto l, load(s, actor, id, period, "tracking.file"));
    if ((l.filing ? l.filing->revision : 0) != revision) return fault(FaultKind::stale, "tracking.stale");
    MANDATE_TRY(may_write(s, actor, l));
    if (input.narrative.size() > 12'000) return field_fault("narrative", "input.too_long", {{"max", "4000"}});
    const auto change = with_actuals(l.checkpoints, input.checkpoints, may(actor, l.item, "tracking.control"), taipei_midnight(l.dates.opens_on), actor.now);
    weigh(l, input, change.checkpoints);
    if (submit) {
      auto faults = change.faults;
      const auto found = faults_of(input, context_of(l, change.checkpoints, taipei_date(actor.now)), l.policy);
      faults.insert(faults.end(), found.begin(), found.end());
      for (const auto& measure : l.kind->measures) {
        if (asked_for(measure, change.checkpoints, period_end(period, l.every)) && l.curves.current.count(measure.name) == 0) faults.push_back({"actuals." + measure.name, "tracking.no_curve", {}});
      }
      MANDATE_TRY(as_result(std::move(faults)));
    }
    const bool was_submitted = l.filing && counts(*l.filing);
    FilingRecord f = l.filing.value_or(FilingRecord{});
    if (!l.filing) f.id = new_id<FilingId>();
    f.item_id = id;
    f.period_on = period;
    f.state = submit ? FilingState::submitted : FilingState::draft;
    f.level = 0;
    f.actuals = http::json_text(input.actuals);
    f.checkpoints = http::json_text(input.checkpoints);
    f.narrative = input.narrative;
    f.own_rating = input.own_rating;
    f.reviewer_rating.reset();
    f.recorded_at = std::max(actor.now, f.recorded_at);
    f.recorded_by = actor.account_id;
    ++f.revision;
    if (!l.filing) f.revision = 1;
    if (!submit) {
      if (l.lag_kind) store.put_lag(s, lag_record(l, input), actor.now, actor.account_id);
      else store.end_lag(s, id, period, actor.now);
      store.put_filing(s, f);
      if (!was_submitted) return done();
      store.put_figures(s, id, period, {}, std::nullopt, actor.now);
      store.put_warnings(s, id, period, {}, actor.now);
      refresh_standing(s, l.item);
      note(s, actor, "tracking.filing_taken_back", l.item, {{"period", period_label(period, l.every)}});
      MANDATE_TRY(duties.reopen_of_source(actor, "tracking_filing", l.owed->id.value, i18n::text("tracking.duty_taken_back", Language::zh_tw)));
      return done();
    }
    if (!f.submitted_at) {
      f.submitted_at = actor.now;
      f.late_days = late_days_of(l.dates.due_on, taipei_date(actor.now));
    }
    f.submitted_by = actor.account_id;
    if (reviewers_of(l.tier).empty()) f.state = FilingState::accepted;
    store.put_filing(s, f);
    MANDATE_TRY(take_over(s, actor, l, input, change));
    boost::json::object data{{"period", period_label(period, l.every)}, {"late_days", *f.late_days}};
    for (const auto& figure : l.weighed) data[figure.measure] = Percent{figure.actual}.text();
    note(s, actor, "tracking.filed", l.item, std::move(data));
    MANDATE_TRY(duties.complete_of_source(actor, "tracking_filing", l.owed->id.value, i18n::text("tracking.duty_filed", Language::zh_tw)));
    return done();
  }));
  return form(actor, id, period);
}

Result<FilingForm> Tracking::Parts::decide(const Actor& actor, ItemId id, Date period, bool accept, const std::string& text, std::optional<Rating> rating, std::int64_t revision) {
  if (!accept) MANDATE_TRY(check_text("note", text, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(auto l, load(s, actor, id, period, "tracking.read"));
    const auto reviewers = reviewers_of(l.tier);
    const bool waits = l.filing && l.filing->state == FilingState::submitted && l.filing->level < static_cast<std::int64_t>(reviewers.size());
    const bool again = l.filing && l.filing->state == FilingState::accepted && !accept;  // the controller takes an acceptance back
    if (!waits && !again) return fault(FaultKind::conflict, "tracking.nothing_to_review");
    const bool by_agency = waits && reviewers[static_cast<std::size_t>(l.filing->level)] == ReviewLevel::agency;
    if (!may(actor, l.item, by_agency ? "tracking.review" : "tracking.control")) return fault(FaultKind::forbidden, "tracking.out_of_scope");
    if (l.filing->submitted_by == actor.account_id && accept) return fault(FaultKind::forbidden, "tracking.own_filing");
    if (l.filing->revision != revision) return fault(FaultKind::stale, "tracking.stale");
    if (l.phase == CyclePhase::locked) return fault(FaultKind::conflict, "tracking.locked");
    auto f = *l.filing;
    f.note = text;
    if (rating) f.reviewer_rating = rating;
    if (accept) {
      if (++f.level == static_cast<std::int64_t>(reviewers.size())) f.state = FilingState::accepted;
    } else {
      f.state = FilingState::returned;
      f.level = 0;
    }
    f.recorded_at = std::max(actor.now, f.recorded_at);
    f.recorded_by = actor.account_id;
    ++f.revision;
    store.put_filing(s, f);
    note(s, actor, accept ? "tracking.filing_accepted" : "tracking.filing_returned", l.item, {{"period", period_label(period, l.every)}, {"note", text}});
    if (accept) return done();
    // What was returned is owed again, and no list counts its figures until it comes back.
    store.put_figures(s, id, period, {}, std::nullopt, actor.now);
    store.put_warnings(s, id, period, {}, actor.now);
    refresh_standing(s, l.item);
    MANDATE_TRY(duties.reopen_of_source(actor, "tracking_filing", l.owed->id.value, text));
    return done();
  }));
  return form(actor, id, period);
}

Result<FilingForm> Tracking::Parts::waive_lateness(const Actor& actor, ItemId id, Date period, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(auto l, load(s, actor, id, period, "tracking.control"));
    if (!l.filing || l.filing->late_days.value_or(0) == 0) return fault(FaultKind::conflict, "tracking.not_late");
    auto f = *l.filing;
    f.late_waived = reason;
    f.recorded_at = std::max(actor.now, f.recorded_at);
    f.recorded_by = actor.account_id;
    ++f.revision;
    store.put_filing(s, f);
    note(s, actor, "tracking.lateness_waived", l.item, {{"period", period_label(period, l.every)}, {"reason", reason}});
    return done();
  }));
  return form(actor, id, period);
}

Result<FilingForm> Tracking::Parts::form(const Actor& actor, ItemId id, Date period) {
  return database.read([&](db::Session& s) -> Result<FilingForm> {
    MANDATE_ASSIGN(auto l, load(s, actor, id, period, "tracking.read"));
    const auto input = input_of(l.filing, l.lag);
    const bool waiting = !l.filing || !counts(*l.filing);
    const auto change = waiting ? with_actuals(l.checkpoints, input.checkpoints, may(actor, l.item, "tracking.control"), taipei_midnight(l.dates.opens_on), actor.now) : ActualChange{l.checkpoints, {}, {}};
    weigh(l, input, change.checkpoints);
    std::vector<FieldFault> faults = change.faults;
    if (waiting && l.filing) {
      const auto found = faults_of(input, context_of(l, change.checkpoints, clock.today()), l.policy);
      faults.insert(faults.end(), found.begin(), found.end());
    }
    return form_of(s, actor, l, input, change.checkpoints, faults);
  });
}

}  // namespace mandate::tracking
