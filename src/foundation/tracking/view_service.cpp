// Lists of items and one item's page, also as known on a past day.
#include "foundation/tracking/filing_parts.hpp"
#include "platform/http/json.hpp"

namespace mandate::tracking {
namespace {

constexpr std::int64_t count_cap = 1000;
constexpr int below_max = 5000;

// A parent's progress is that of its children, each of which may be a parent itself.
RollUp roll_up_of(ItemId id, const std::map<std::int64_t, std::vector<ChildRow>>& children, Date period, PeriodType every) {
  std::vector<Share> shares;
  if (const auto found = children.find(id.value); found != children.end()) {
    for (const auto& child : found->second) {
      Share share{child.weight_bp, child.actual, child.period_on};
      if (children.count(child.id.value) != 0) {
        const auto below = roll_up_of(child.id, children, period, every);
        share.actual = below.actual;
        share.period_on = below.oldest_on;
      }
      shares.push_back(share);
    }
  }
  return rolled_up(shares, period, every);
}

}  // namespace

std::vector<TrackedRow> Tracking::Parts::rows_of(db::Session& s, const std::vector<ListedItem>& listed, std::optional<Instant> known_at, Date today) {
  std::vector<std::int64_t> ids;
  for (const auto& one : listed) ids.push_back(one.id.value);
  std::map<std::int64_t, std::vector<MeasureFigure>> figures;
  for (auto& f : known_at ? store.list_standing_known(s, ids, *known_at) : store.list_standing(s, ids)) figures[f.item_id.value].push_back(f);
  const auto rules = policy({today, known_at});
  std::vector<TrackedRow> out;
  for (const auto& i : listed) {
    TrackedRow row;
    row.id = i.id;
    row.kind = i.kind;
    row.number = i.number;
    row.title = i.title;
    row.agency_id = {i.agency_id};
    row.agency_name = directory.agency_name(i.agency_id);
    row.district = i.district;
    row.tier = i.tier;
    row.state = i.state;
    row.confidentiality = i.confidentiality;
    row.baseline_number = i.baseline_number;
    row.lag_kind = i.lag_kind;
    row.lag_run = i.lag_run.value_or(0);
    row.computed = i.computed;
    const auto* kind = find_kind(i.kind);
    if (kind != nullptr) {
      row.page = kind->page + i.id.text();
      for (const auto& measure : kind->measures) {  // in the kind's order
        for (const auto& f : figures[i.id.value]) {
          if (f.measure != measure.name) continue;
          const auto thresholds = severe_thresholds(*kind, f.period_on);
          const auto threshold = thresholds.find(f.measure);
          const bool is_severe = f.graded != 0 && threshold != thresholds.end() && severe(f.lag_current, threshold->second);
          row.measures.push_back({f.measure, f.period_on, f.planned_first, f.planned_current, f.actual, f.lag_first, f.lag_current, f.months_first, f.months_current, f.graded != 0, is_severe, band_of(f.lag_current, rules.point_bands), band_of(f.months_current, rules.month_bands)});
          row.period = std::max(row.period.value_or(f.period_on), f.period_on);
          const FlatMeasure flat{f.planned_first, f.planned_current, f.actual, f.lag_first, f.lag_current, Percent{f.months_first}.text(), Percent{f.months_current}.text(), is_severe, f.graded != 0};
          if (&measure == &kind->measures.front()) row.principal = flat;
          else if (!row.second) row.second = flat;
        }
      }
    }
    out.push_back(std::move(row));
  }
  for (auto& row : out) {
    if (!row.period) continue;
    const auto* kind = find_kind(row.kind);
    PeriodType every = PeriodType::month;
    for (const auto& tier : kind->tiers) {
      if (tier.code == row.tier) every = tier.every;
    }
    row.period_label = period_label(*row.period, every);
  }
  return out;
}

Result<TrackedList> Tracking::Parts::list(const Actor& actor, const ListQuestion& q) {
  const auto* kind = find_kind(q.kind);
  if (kind == nullptr) return field_fault("kind", "tracking.no_kind");
  ItemFilter f;
  f.scope = scope(actor, "tracking.read");
  f.kind = q.kind;
  f.measure = q.measure.value_or(kind->measures.front().name);
  if (std::none_of(kind->measures.begin(), kind->measures.end(), [&](const auto& m) { return m.name == f.measure; })) return field_fault("measure", "tracking.no_measure");
  f.state = q.state;
  f.agency_id = q.agency_id;
  f.district = q.district;
  Date today = clock.today();
  if (q.known_on) {
    if (*q.known_on > today) return field_fault("as_known_on", "input.known_in_future");
    today = *q.known_on;
    f.known_at = taipei_end_of_day(today);
  }
  switch (q.view.value_or(ListView::all)) {
    case ListView::all: break;
    case ListView::open: f.open_only = true; break;
    case ListView::lagging:
      f.open_only = true;
      f.lagging = true;
      break;
    case ListView::severe:
      f.open_only = true;
      for (const auto& [measure, threshold] : severe_thresholds(*kind, today)) f.severe.push_back({measure, threshold});
      if (f.severe.empty()) f.scope.parts.clear();  // a kind without thresholds has none
      break;
    case ListView::missing:
      f.open_only = true;
      f.missing_on = q.period.value_or(next_period(period_of(today, kind->tiers.front().every), kind->tiers.front().every, -1));
      break;
  }
  const std::string sort = q.sort.value_or("newest");
  if (!boost::describe::enum_from_string(sort.c_str(), f.sort)) return field_fault("sort", "input.expected_choice", {{"choices", "newest, number, lag, months"}});
  if (q.cursor) {
    const auto tilde = q.cursor->rfind('~');
    std::int64_t id = 0;
    if (tilde == std::string::npos || !http::read_int64(std::string_view(*q.cursor).substr(tilde + 1), id)) return field_fault("cursor", "input.bad_cursor");
    f.after = {q.cursor->substr(0, tilde), id};
    std::int64_t number = 0;
    if ((f.sort == ItemSort::lag || f.sort == ItemSort::months) && !http::read_int64(f.after->first, number)) return field_fault("cursor", "input.bad_cursor");
  }
  const int limit = std::clamp(q.limit.value_or(50), 1, 200);
  return database.read([&](db::Session& s) -> Result<TrackedList> {
    auto found = store.list(s, f, limit + 1);
    TrackedList out;
    out.as_of = today;
    if (static_cast<int>(found.size()) > limit) {
      found.pop_back();
      const auto& last = found.back();
      std::string value;
      if (f.sort == ItemSort::number) value = last.number;
      if (f.sort == ItemSort::lag) value = std::to_string(last.lag_current.value_or(0));
      if (f.sort == ItemSort::months) value = std::to_string(last.months_current.value_or(0));
      out.next = value + "~" + last.id.text();
    }
    out.rows = rows_of(s, found, f.known_at, today);
    f.after.reset();
    out.total = store.count(s, f, count_cap + 1);
    out.total_is_capped = out.total > count_cap;
    out.total = std::min(out.total, count_cap);
    return out;
  });
}

Result<TrackedView> Tracking::Parts::view(const Actor& actor, ItemId id, std::optional<Date> known_on) {
  Date today = clock.today();
  std::optional<Instant> known_at;
  if (known_on) {
    if (*known_on > today) return field_fault("as_known_on", "input.known_in_future");
    today = *known_on;
    known_at = taipei_end_of_day(today);
  }
  return database.read([&](db::Session& s) -> Result<TrackedView> {
    MANDATE_ASSIGN(auto item, reach(s, actor, id, "tracking.read"));
    if (known_at) {
      const auto then = store.find_known(s, id, *known_at);
      if (!then || then->created_at > *known_at) return fault(FaultKind::not_found, "tracking.not_found");
      item = *then;
    }
    const auto& kind = kind_of(item);
    TrackedView v;
    v.as_of = today;
    v.revision = item.revision;
    ItemFilter f;
    f.scope = scope(actor, "tracking.read");
    f.kind = item.kind;
    f.measure = kind.measures.front().name;
    ListedItem listed{id, item.kind, item.number, item.title, item.agency_id, item.district, item.tier, item.state, item.confidentiality, item.baseline_number, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    if (const auto grades = store.list_grades(s, id, known_at); !grades.empty()) {
      listed.lag_kind = grades.back().lag_kind;
      listed.lag_run = grades.back().lag_run;
      listed.computed = grades.back().computed;
    }
    v.item = rows_of(s, {listed}, known_at, today).front();
    if (item.unit_id != 0) v.unit_id = http::Number63{item.unit_id};
    if (item.post_id != 0) {
      v.post_id = http::Number63{item.post_id};
      v.post_name = directory.post_name(item.post_id);
    }
    if (item.parent_id) v.parent_id = http::Number63{item.parent_id.value};
    v.weight_bp = item.weight_bp;
    if (const auto tier = tier_of(s, item, today)) {
      v.every = tier->every;
      v.tier_name = actor.language == Language::en ? tier->name_en : tier->name_zh;
      v.meeting = tier->meeting;
      v.reviewers = reviewers_of(*tier);
    }
    v.checkpoints = checkpoint_views(store.list_checkpoints(s, id, known_at), today);
    for (const auto& p : store.list_parts(s, id, known_at)) {
      PartView part{p.id, {p.agency_id}, directory.agency_name(p.agency_id), p.title, p.due_on, p.state, p.report, p.answer, p.revision, {}};
      if (p.state == PartState::to_do && identity::reaches(scope(actor, "tracking.file"), {p.agency_id, p.unit_id, item.origin, item.confidentiality, 0})) part.actions.emplace_back("ask");
      if (p.state == PartState::close_requested && may(actor, item, "tracking.control")) part.actions.emplace_back("decide");
      v.parts.push_back(std::move(part));
    }
    for (const auto& b : store.list_baselines(s, id, known_at)) {
      BaselineView baseline{b.number, b.approval_number, b.reason, b.granted_days, b.starts_on, b.finishes_on, b.approved_at, identity.name_of(s, b.approved_by), false, store.list_curves(s, b.id)};
      baseline.generated = std::any_of(baseline.curves.begin(), baseline.curves.end(), [](const auto& c) { return c.generated; });
      v.baselines.push_back(std::move(baseline));
    }
    v.draft = store.list_draft(s, id);
    v.periods = periods_of(s, kind, id, known_at, today);
    const auto below = store.list_below(s, id, kind.measures.front().name, below_max);
    if (!below.empty()) {
      std::map<std::int64_t, std::vector<ChildRow>> by_parent;
      std::vector<std::int64_t> direct;
      for (const auto& child : below) {
        by_parent[child.parent_id.value].push_back(child);
        if (child.parent_id == id && direct.size() < 200) direct.push_back(child.id.value);
      }
      v.roll_up = roll_up_of(id, by_parent, next_period(period_of(today, v.every), v.every, -1), v.every);
      std::vector<ListedItem> rows;
      for (const auto& child : store.list_cores(s, direct)) {
        if (identity::reaches(f.scope, child.facts())) rows.push_back({child.id, child.kind, child.number, child.title, child.agency_id, child.district, child.tier, child.state, child.confidentiality, child.baseline_number, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}});
      }
      v.children = rows_of(s, rows, known_at, today);
    }
    v.forecast = is_open(item.state) ? forecast(s, item, v.every, known_at, actor.language) : std::nullopt;
    for (const auto& w : store.list_warnings(s, id, known_at)) {
      if (v.item.period == w.period_on) v.warnings.push_back({w.rule, w.measure, w.detail});
    }
    if (const auto r = store.find_release(s, id, known_at.value_or(clock.now()))) v.release = ReleaseView{r->reason, r->evidence, r->approved_at, identity.name_of(s, r->approved_by), r->planned_first, r->planned_current, r->finished_on, r->days_first, r->days_current, r->baselines, r->granted_days, r->actual, r->late_filings, r->severe_periods};
    bool asked = false;
    for (const auto& r : store.list_requests(s, id)) {
      if (known_at && r.asked_at > *known_at) continue;
      const bool decided = r.decided_at && (!known_at || *r.decided_at <= *known_at);
      asked |= !decided;
      v.requests.push_back({r.id, r.kind, decided ? r.state : RequestState::asked, r.reason, r.late != 0, r.asked_at, identity.name_of(s, r.asked_by), decided ? r.decided_at : std::nullopt, decided ? identity.name_of(s, r.decided_by.value_or(0)) : "", decided ? r.comment : "", decided ? r.approval_number : "",
                            decided ? r.granted_days : 0});
    }
    v.history = audit.history(s, "tracking", id.value, actor.language);
    if (known_at) return v;
    const bool files = may(actor, item, "tracking.file");
    const bool controls = may(actor, item, "tracking.control");
    const auto action = [&](bool so, const char* name) {
      if (so) v.actions.emplace_back(name);
    };
    const bool in_set_up = item.state == ItemState::filing || item.state == ItemState::set_up_returned;
    action(files && (in_set_up || (controls && is_open(item.state))), "edit");
    action(files && in_set_up, "plan");
    action(files && in_set_up, "submit_set_up");
    action(controls && item.state == ItemState::set_up_review, "decide_set_up");
    action(controls && is_open(item.state), "add_baseline");
    action(controls && is_open(item.state), "ask_period");
    action(controls && item.state != ItemState::closed && item.state != ItemState::cancelled, "add_part");
    action(files && (item.state == ItemState::executing || item.state == ItemState::closing_returned), "ask_request");
    action(controls && asked, "decide_request");
    action(files && after(item.state, Step::request_closing).has_value(), "ask_closing");
    action(controls && item.state == ItemState::closing_review, "decide_closing");
    return v;
  });
}

}  // namespace mandate::tracking
