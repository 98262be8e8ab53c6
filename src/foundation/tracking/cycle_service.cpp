// Filing cycles: opened by the daily job, locked by the controller, with exceptions that have a reason and an end; and the tiers they come from.
#include "foundation/tracking/service.hpp"

#include "kernel/text.hpp"

namespace mandate::tracking {
namespace {

constexpr int slice = 200;      // items a transaction
constexpr int look_back = 2;    // periods, for a server that stood still

}  // namespace

Result<> Tracking::Parts::owe(db::Session& s, const Actor& actor, const CycleRecord& cycle, const ItemCore& item) {
  const OwedRecord owed{new_id<OwedId>(), cycle.id, item.id, cycle.period_on, item.agency_id};
  if (!store.insert_owed(s, owed, actor.now)) return done();
  const std::string title = i18n::text("tracking.duty_title", Language::zh_tw, {{"title", truncate_cjk(item.title, 120)}, {"period", period_label(cycle.period_on, cycle.every)}});
  MANDATE_TRY(duties.record(actor, {title, item.number, item.origin, "tracking_filing", owed.id.value, item.agency_id, item.unit_id, item.post_id, cycle.due_on, duties::Severity::normal, item.confidentiality, item.district, 0}));
  return done();
}

Result<FilingForm> Tracking::Parts::owe_period(const Actor& actor, ItemId id, Date period) {
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto item, reach(s, actor, id, "tracking.control"));
    if (!is_open(item.state)) return fault(FaultKind::conflict, "tracking.not_open");
    const auto tier = tier_of(s, item, period);
    if (!tier) return field_fault("tier", "tracking.no_tier");
    MANDATE_TRY(check_period(period, tier->every));
    const Date last_day = period_end(period, tier->every);
    const auto dates = cycle_dates(period, tier->every, policy({last_day.plus_days(1), {}}));
    if (clock.today() < dates.opens_on) return fault(FaultKind::conflict, "tracking.not_yet_open", {{"on", dates.opens_on.iso()}});
    if (store.find_owed(s, id, period)) return fault(FaultKind::conflict, "tracking.owed_already");
    auto cycle = store.find_cycle(s, item.kind, item.tier, period);
    if (!cycle) {
      cycle = CycleRecord{new_id<CycleId>(), item.kind, item.tier, period, tier->every, dates.opens_on, dates.due_on, dates.closes_on, actor.now, std::nullopt};
      if (!store.insert_cycle(s, *cycle)) return fault(FaultKind::stale, "tracking.stale");
    }
    note(s, actor, "tracking.period_owed", item, {{"period", period_label(period, tier->every)}});
    return owe(s, actor, *cycle, item);
  }));
  return form(actor, id, period);
}

Result<int> Tracking::Parts::open_slice(const Actor& actor, const Kind& kind, const TierRecord& tier, Date period) {
  return database.write([&](db::Session& s) -> Result<int> {
    const Date last_day = period_end(period, tier.every);
    const auto dates = cycle_dates(period, tier.every, policy({last_day.plus_days(1), {}}));
    if (clock.today() < dates.opens_on) return 0;
    auto cycle = store.find_cycle(s, kind.name, tier.code, period);
    CycleRecord fresh{new_id<CycleId>(), kind.name, tier.code, period, tier.every, dates.opens_on, dates.due_on, dates.closes_on, actor.now, std::nullopt};
    // A period is owed by what was under control before it ended.
    const auto owing = store.list_owing(s, cycle ? cycle->id : fresh.id, kind.name, tier.code, taipei_end_of_day(last_day), slice);
    // What was owed while a server stood still is owed and missing, even if its cycle is closed by now.
    if (owing.empty() || (cycle && cycle->locked_at)) return 0;
    if (!cycle) {
      if (!store.insert_cycle(s, fresh)) return fault(FaultKind::stale, "tracking.stale");
      cycle = fresh;
    }
    for (const auto& item : owing) MANDATE_TRY(owe(s, actor, *cycle, item));
    return static_cast<int>(owing.size());
  });
}

Result<> Tracking::Parts::run_cycles(const Actor& actor) {
  const Date today = clock.today();
  const auto tiers = database.read([&](db::Session& s) { return store.list_tiers(s); });
  for (const auto& kind : kinds) {
    std::map<std::string, TierRecord> in_force;  // ordered by valid_from: the last one that holds stays
    for (const auto& tier : tiers) {
      if (tier.kind == kind->name && tier.valid_from <= today) in_force[tier.code] = tier;
    }
    for (const auto& [code, tier] : in_force) {
      for (int back = look_back; back >= 0; --back) {
        const Date period = next_period(period_of(today, tier.every), tier.every, -1 - back);
        for (int made = slice; made == slice;) {
          MANDATE_ASSIGN(made, open_slice(actor, *kind, tier, period));
        }
      }
    }
  }
  return done();
}

Result<CycleList> Tracking::Parts::list_cycles(const Actor&, const std::string& kind) {
  if (!kind.empty() && find_kind(kind) == nullptr) return field_fault("kind", "tracking.no_kind");
  return database.read([&](db::Session& s) -> Result<CycleList> {
    CycleList out;
    const auto cycles = store.list_cycles(s, kind, 60);
    std::vector<std::int64_t> ids;
    for (const auto& c : cycles) ids.push_back(c.id.value);
    std::map<std::int64_t, CycleCount> counts;
    for (const auto& c : store.count_cycles(s, ids)) counts[c.id.value] = c;
    for (const auto& c : cycles) {
      const auto& n = counts[c.id.value];
      const auto dates = moved({c.opens_on, c.due_on, c.closes_on});
      const bool due = clock.today() > dates.due_on;
      out.rows.push_back({c.id, c.kind, c.tier, c.period_on, period_label(c.period_on, c.every), dates.opens_on, dates.due_on, dates.closes_on, phase(c), c.locked_at, n.owed, n.submitted, n.late, n.accepted, due ? n.owed - n.submitted : 0});
    }
    return out;
  });
}

Result<CycleList> Tracking::Parts::lock(const Actor& actor, CycleId id, bool locked, const std::string& reason) {
  if (!locked) MANDATE_TRY(check_text("reason", reason, 3'000));
  std::string kind;
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    const auto cycle = store.find_cycle(s, id);
    if (!cycle) return fault(FaultKind::not_found, "tracking.no_cycle");
    kind = cycle->kind;
    if (cycle->locked_at.has_value() == locked) return fault(FaultKind::conflict, locked ? "tracking.locked" : "tracking.not_locked");
    const auto now = phase(*cycle);
    if (locked && (now == CyclePhase::planned || now == CyclePhase::open)) return fault(FaultKind::conflict, "tracking.still_open");
    store.lock_cycle(s, id, locked ? std::optional(actor.now) : std::nullopt, actor.account_id);
    db::append_event(s, {actor.now, actor.account_id, locked ? "tracking.cycle_locked" : "tracking.cycle_unlocked", "tracking_cycle", id.value, boost::json::serialize(boost::json::object{{"period", period_label(cycle->period_on, cycle->every)}, {"reason", reason}}), {}});
    return done();
  }));
  return list_cycles(actor, kind);
}

Result<ExceptionList> Tracking::Parts::list_exceptions(const std::string& kind, Date period) {
  if (find_kind(kind) == nullptr) return field_fault("kind", "tracking.no_kind");
  return database.read([&](db::Session& s) -> Result<ExceptionList> {
    ExceptionList out;
    for (const auto& e : store.list_exceptions(s, kind, period)) {
      ExceptionView v{e.id, e.kind, e.period_on, std::nullopt, std::nullopt, e.agency_id == 0 ? "" : directory.agency_name(e.agency_id), e.reason, e.expires_at, e.granted_at, identity.name_of(s, e.granted_by), e.expires_at > clock.now()};
      if (e.agency_id != 0) v.agency_id = http::Number63{e.agency_id};
      if (e.item_id) v.item_id = http::Number63{e.item_id.value};
      out.rows.push_back(std::move(v));
    }
    return out;
  });
}

Result<ExceptionList> Tracking::Parts::grant(const Actor& actor, const ExceptionRecord& input) {
  if (find_kind(input.kind) == nullptr) return field_fault("kind", "tracking.no_kind");
  MANDATE_TRY(check_text("reason", input.reason, 3'000));
  if (input.expires_at <= actor.now || input.expires_at > actor.now.plus_seconds(92 * 86'400)) return field_fault("expires_at", "tracking.bad_expiry");
  if (input.agency_id != 0 && !directory.agency_exists(input.agency_id, clock.today())) return field_fault("agency_id", "duty.no_agency");
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    auto e = input;
    e.id = new_id<ExceptionId>();
    e.granted_at = actor.now;
    e.granted_by = actor.account_id;
    if (e.item_id) MANDATE_TRY(reach(s, actor, e.item_id, "tracking.control"));
    store.insert_exception(s, e);
    db::append_event(s, {actor.now, actor.account_id, "tracking.exception_granted", e.item_id ? "tracking" : "tracking_exception", e.item_id ? e.item_id.value : e.id.value,
                         boost::json::serialize(boost::json::object{{"period", e.period_on.iso()}, {"agency", e.agency_id == 0 ? std::string() : directory.agency_name(e.agency_id)}, {"until", taipei_time_text(e.expires_at)}, {"reason", e.reason}}), {}});
    return done();
  }));
  return list_exceptions(input.kind, input.period_on);
}

Result<ExceptionList> Tracking::Parts::end_exception(const Actor& actor, ExceptionId id) {
  ExceptionRecord ended;
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    const auto e = store.find_exception(s, id);
    if (!e) return fault(FaultKind::not_found, "tracking.no_exception");
    ended = *e;
    store.end_exception(s, id, actor.now);
    db::append_event(s, {actor.now, actor.account_id, "tracking.exception_ended", "tracking_exception", id.value, boost::json::serialize(boost::json::object{{"period", e->period_on.iso()}}), {}});
    return done();
  }));
  return list_exceptions(ended.kind, ended.period_on);
}

Result<TierList> Tracking::Parts::list_tiers() {
  return database.read([&](db::Session& s) -> Result<TierList> {
    TierList out;
    const Date today = clock.today();
    const auto tiers = store.list_tiers(s);
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      const auto& t = tiers[i];
      const bool replaced = i + 1 < tiers.size() && tiers[i + 1].kind == t.kind && tiers[i + 1].code == t.code && tiers[i + 1].valid_from <= today;
      out.rows.push_back({t.kind, t.code, t.name_zh, t.name_en, t.every, reviewers_of(t), t.meeting, t.valid_from, t.source, t.valid_from <= today && !replaced, t.recorded_at});
    }
    return out;
  });
}

Result<TierList> Tracking::Parts::put_tier(const Actor& actor, TierRecord tier) {
  if (find_kind(tier.kind) == nullptr) return field_fault("kind", "tracking.no_kind");
  MANDATE_TRY(check_text("code", tier.code, 60));
  MANDATE_TRY(check_text("name_zh", tier.name_zh, 300));
  MANDATE_TRY(check_text("name_en", tier.name_en, 300));
  MANDATE_TRY(check_text("source", tier.source, 600));
  // What was filed under a rhythm is not filed anew under another: a change begins with a later day.
  if (tier.valid_from < clock.today()) return field_fault("valid_from", "tracking.tier_in_past");
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    tier.recorded_at = actor.now;
    tier.recorded_by = actor.account_id;
    store.put_tier(s, tier, actor.now);
    db::append_event(s, {actor.now, actor.account_id, "tracking.tier_set", "tracking_tier", 0, boost::json::serialize(boost::json::object{{"name", tier.name_zh}, {"every", boost::describe::enum_to_string(tier.every, "")}, {"valid_from", tier.valid_from.iso()}}), {}});
    return done();
  }));
  return list_tiers();
}

}  // namespace mandate::tracking
