// Leaving control, requests to change what was approved, forecasts, and how good warnings were.
#include "foundation/tracking/filing_parts.hpp"

#include <cmath>

namespace mandate::tracking {
namespace {

// What a request wants written back.
struct RequestProposal {
  std::optional<std::string> title;
  std::optional<http::Number63> agency_id, unit_id, post_id;
  std::optional<std::string> district;
  std::vector<CheckpointInput> checkpoints;
  std::vector<CurveInput> curves;
  std::optional<ReleaseReason> release_reason;
};
BOOST_DESCRIBE_STRUCT(RequestProposal, (), (title, agency_id, unit_id, post_id, district, checkpoints, curves, release_reason))

std::vector<std::pair<Date, std::int64_t>> actuals_of(const std::vector<FigureRecord>& figures, const std::string& measure) {
  std::vector<std::pair<Date, std::int64_t>> out;
  for (const auto& f : figures) {
    if (f.measure == measure) out.emplace_back(f.period_on, f.actual);
  }
  return out;
}

}  // namespace

Result<> Tracking::Parts::release(db::Session& s, const Actor& actor, const ItemCore& item, ReleaseReason reason, const std::string& evidence) {
  MANDATE_TRY(check_text("evidence", evidence, 6'000));
  const auto baselines = store.list_baselines(s, item.id);
  if (baselines.empty()) return fault(FaultKind::conflict, "tracking.no_outcome");
  const auto checkpoints = store.list_checkpoints(s, item.id);
  ReleaseRecord r;
  r.item_id = item.id;
  r.reason = reason;
  r.evidence = evidence;
  r.approved_at = actor.now;
  r.approved_by = actor.account_id;
  r.planned_first = baselines.front().finishes_on;
  r.planned_current = baselines.back().finishes_on;
  r.finished_on = !checkpoints.empty() && checkpoints.back().actual_finish ? *checkpoints.back().actual_finish : taipei_date(actor.now);
  r.days_first = r.finished_on - r.planned_first;
  r.days_current = r.finished_on - r.planned_current;
  r.baselines = static_cast<std::int64_t>(baselines.size());
  for (const auto& b : baselines) r.granted_days += b.granted_days;
  const auto actuals = actuals_of(store.list_figures(s, item.id), kind_of(item).measures.front().name);
  if (!actuals.empty()) r.actual = actuals.back().second;
  for (const auto& f : store.list_filings(s, item.id)) r.late_filings += f.late_days.value_or(0) > 0 && f.late_waived.empty() ? 1 : 0;
  for (const auto& g : store.list_grades(s, item.id)) r.severe_periods += g.computed == Rating::severe ? 1 : 0;
  store.insert_release(s, r);
  note(s, actor, "tracking.released", item, {{"reason", boost::describe::enum_to_string(reason, "")}, {"days", r.days_first}, {"evidence", evidence}});
  for (const auto& owed : store.list_owed(s, item.id)) MANDATE_TRY(duties.cancel_of_source(actor, "tracking_filing", owed.id.value, i18n::text("tracking.duty_released", Language::zh_tw)));
  for (const auto& part : store.list_parts(s, item.id)) MANDATE_TRY(duties.cancel_of_source(actor, "tracking_part", part.id.value, i18n::text("tracking.duty_released", Language::zh_tw)));
  return done();
}

Result<TrackedView> Tracking::Parts::ask(const Actor& actor, ItemId id, const RequestInput& input) {
  MANDATE_TRY(check_text("reason", input.reason, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto item, reach(s, actor, id, "tracking.file"));
    if (item.state != ItemState::executing && item.state != ItemState::closing_returned) return fault(FaultKind::conflict, "tracking.not_open");
    RequestProposal proposal{input.title, input.agency_id, input.unit_id, input.post_id, input.district, input.checkpoints, input.curves, input.release_reason};
    if (input.kind == RequestKind::data && !input.title && !input.agency_id && !input.district) return field_fault("title", "tracking.nothing_asked");
    if (input.kind == RequestKind::schedule) {
      if (input.checkpoints.empty() && input.curves.empty()) return field_fault("checkpoints", "tracking.nothing_asked");
      // What could not be approved is not asked for.
      MANDATE_TRY(check_plan(s, item, input.checkpoints, input.curves));
    }
    const auto baselines = store.list_baselines(s, id);
    const auto pending = store.list_requests(s, id);
    if (std::any_of(pending.begin(), pending.end(), [&](const auto& r) { return r.kind == input.kind && r.state == RequestState::asked; })) return fault(FaultKind::conflict, "tracking.request_pending");
    RequestRecord r;
    r.id = new_id<RequestId>();
    r.item_id = id;
    r.kind = input.kind;
    r.reason = input.reason;
    r.proposal = http::json_text(proposal);
    r.late = input.kind == RequestKind::schedule && !baselines.empty() && taipei_date(actor.now) > baselines.back().finishes_on ? 1 : 0;
    r.asked_at = actor.now;
    r.asked_by = actor.account_id;
    store.insert_request(s, r);
    note(s, actor, "tracking.request_asked", item, {{"kind", boost::describe::enum_to_string(r.kind, "")}, {"reason", r.reason}});
    return done();
  }));
  return view(actor, id);
}

Result<TrackedView> Tracking::Parts::decide_request(const Actor& actor, RequestId id, const RequestDecision& decision) {
  if (!decision.approve) MANDATE_TRY(check_text("comment", decision.comment, 3'000));
  ItemId item_id;
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    auto r = store.find_request(s, id);
    if (!r) return fault(FaultKind::not_found, "tracking.no_request");
    item_id = r->item_id;
    MANDATE_ASSIGN(const auto before, reach(s, actor, item_id, "tracking.control"));
    if (r->state != RequestState::asked) return fault(FaultKind::conflict, "tracking.request_decided");
    if (r->asked_by == actor.account_id) return fault(FaultKind::forbidden, "tracking.own_request");
    r->state = decision.approve ? RequestState::approved : RequestState::refused;
    r->decided_at = actor.now;
    r->decided_by = actor.account_id;
    r->comment = decision.comment;
    r->approval_number = decision.approval_number;
    r->granted_days = decision.granted_days;
    if (!store.decide_request(s, *r)) return fault(FaultKind::stale, "tracking.stale");
    note(s, actor, decision.approve ? "tracking.request_approved" : "tracking.request_refused", before, {{"kind", boost::describe::enum_to_string(r->kind, "")}, {"comment", decision.comment}});
    if (!decision.approve) return done();
    const auto p = http::from_json_text<RequestProposal>(r->proposal);
    const auto number = [](const std::optional<http::Number63>& n, std::int64_t otherwise) { return n ? n->value : otherwise; };
    switch (r->kind) {
      case RequestKind::data:
        MANDATE_TRY(edit(actor, item_id, {p.title.value_or(before.title), number(p.agency_id, before.agency_id), number(p.unit_id, p.agency_id ? 0 : before.unit_id), number(p.post_id, p.agency_id ? 0 : before.post_id), p.district.value_or(before.district), before.tier, before.parent_id, before.weight_bp}, before.revision));
        break;
      case RequestKind::schedule:
        MANDATE_TRY(add_baseline(actor, item_id, {decision.approval_number, r->reason, decision.granted_days, p.checkpoints.empty() ? std::nullopt : std::optional(p.checkpoints), p.curves}, before.revision));
        break;
      case RequestKind::cancel: {
        MANDATE_ASSIGN(const auto cancelled, take(s, actor, before, Step::approve_cancel, {{"note", decision.comment}}));
        MANDATE_TRY(release(s, actor, cancelled, p.release_reason.value_or(ReleaseReason::given_up), r->reason));
        break;
      }
    }
    return done();
  }));
  return view(actor, item_id);
}

Result<DisagreementList> Tracking::Parts::list_disagreements(const Actor& actor, const std::string& kind, Date period, ItemId after, int limit) {
  if (find_kind(kind) == nullptr) return field_fault("kind", "tracking.no_kind");
  return database.read([&](db::Session& s) -> Result<DisagreementList> {
    auto found = store.list_disagreements(s, scope(actor, "tracking.read"), kind, period, after, limit + 1);
    DisagreementList out;
    if (static_cast<int>(found.size()) > limit) {
      found.pop_back();
      out.next = found.back().id.text();
    }
    for (const auto& d : found) out.rows.push_back({d.id, d.number, d.title, {d.agency_id}, directory.agency_name(d.agency_id), period, d.own, d.reviewer, d.computed});
    return out;
  });
}

Result<WarningQuality> Tracking::Parts::warning_quality(const std::string& kind) {
  if (find_kind(kind) == nullptr) return field_fault("kind", "tracking.no_kind");
  const int window = warning_policy({clock.today(), {}}).window;
  return database.read([&](db::Session& s) -> Result<WarningQuality> {
    std::map<std::pair<std::int64_t, Date>, std::set<WarningRule>> warned;
    for (const auto& w : store.list_warnings_of_kind(s, kind)) warned[{w.item_id.value, w.period_on}].insert(w.rule);
    std::vector<std::pair<std::int64_t, std::vector<GradeRecord>>> items;
    for (const auto& g : store.list_grades_of_kind(s, kind)) {
      if (items.empty() || items.back().first != g.item_id.value) items.push_back({g.item_id.value, {}});
      items.back().second.push_back(g);
    }
    WarningQuality out;
    out.window = window;
    out.items = static_cast<std::int64_t>(items.size());
    const auto score = [&](const char* name, const std::function<bool(const std::set<WarningRule>&)>& counts) {
      std::vector<WarnedCourse> courses;
      for (const auto& [id, grades] : items) {
        WarnedCourse course;
        for (const auto& g : grades) {
          const auto found = warned.find({id, g.period_on});
          course.warned.push_back(found != warned.end() && counts(found->second));
          course.severe.push_back(g.computed == Rating::severe);
        }
        courses.push_back(std::move(course));
      }
      out.rows.push_back({name, scored(courses, window)});
    };
    score("all", [](const auto& rules) { return !rules.empty(); });
    for (const auto rule : {WarningRule::worsening, WarningRule::checkpoint, WarningRule::heading, WarningRule::steep}) score(boost::describe::enum_to_string(rule, ""), [rule](const auto& rules) { return rules.count(rule) != 0; });
    return out;
  });
}

std::shared_ptr<const Calibration> Tracking::Parts::calibration_of(db::Session& s, const Kind& kind) {
  const Date today = clock.today();
  {
    const std::lock_guard lock(calibrations_mutex);
    const auto found = calibrations.find(kind.name);
    if (found != calibrations.end() && found->second.first == today) return found->second.second;
  }
  // Once a day: a work that is closed today is one among many tomorrow.
  const auto& measure = kind.measures.front().name;
  const PeriodType every = kind.tiers.front().every;
  std::map<std::int64_t, std::vector<std::pair<Date, std::int64_t>>> actuals;
  for (const auto& row : store.list_closed_actuals(s, kind.name, measure)) actuals[row.item_id.value].emplace_back(row.period_on, row.actual);
  std::vector<ClosedCourse> courses;
  for (const auto& row : store.list_closed_plans(s, kind.name, measure)) {
    const PlannedCurve plan{measure, row.first_period, http::from_json_text<std::vector<std::int64_t>>(row.planned), false};
    if (auto course = course_of(plan, actuals[row.item_id.value], every)) courses.push_back(std::move(*course));
  }
  auto made = std::make_shared<const Calibration>(calibrate(courses));
  const std::lock_guard lock(calibrations_mutex);
  calibrations[kind.name] = {today, made};
  return made;
}

std::optional<ForecastView> Tracking::Parts::forecast(db::Session& s, const ItemCore& item, PeriodType every, std::optional<Instant> known_at, Language language) {
  const auto& kind = kind_of(item);
  const auto curves = curves_of(s, item.id, known_at);
  const auto plan = curves.current.find(kind.measures.front().name);
  if (plan == curves.current.end()) return std::nullopt;
  const auto calibration = calibration_of(s, kind);
  const auto interval = forecast_of(plan->second, actuals_of(store.list_figures(s, item.id, known_at), kind.measures.front().name), every, *calibration);
  if (!interval) return std::nullopt;
  // A time of 6.2 is within the seventh period.
  const auto period = [&](double at) { return next_period(plan->second.first_period, every, std::max(0, static_cast<int>(std::ceil(std::min(at, 1e4) - 1e-9)) - 1)); };
  ForecastView out;
  out.method = name_of(interval->method);
  out.method_title = i18n::text(std::string("curve.method.") + out.method, language);
  out.finish = period(interval->finish);
  if (interval->low) out.low = period(*interval->low);
  if (interval->high) out.high = period(*interval->high);
  out.works = calibration->works;
  out.coverage_bp = calibration->coverage_bp;
  return out;
}

}  // namespace mandate::tracking
