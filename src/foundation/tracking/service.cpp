#include "foundation/tracking/service.hpp"

#include "foundation/duties/rules.hpp"

MANDATE_EMBEDDED(foundation_tracking)

namespace mandate::tracking {

db::MigrationSet tracking_migrations() { return db::migrations_of("foundation_tracking", embedded::foundation_tracking); }

Result<> check_text(const char* field, const std::string& text, std::size_t max_bytes) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return field_fault(field, "input.required");
  if (text.size() > max_bytes) return field_fault(field, "input.too_long", {{"max", std::to_string(max_bytes / 3)}});
  return done();
}

Result<> as_result(std::vector<FieldFault> faults) {
  if (faults.empty()) return done();
  Fault f = fault(FaultKind::invalid, "input.invalid");
  f.fields = std::move(faults);
  return f;
}

std::vector<ReviewLevel> reviewers_of(const TierRecord& tier) {
  std::vector<ReviewLevel> out;
  for (std::size_t at = 0; at < tier.reviewers.size();) {
    const auto end = std::min(tier.reviewers.find(',', at), tier.reviewers.size());
    ReviewLevel level{};
    if (boost::describe::enum_from_string(tier.reviewers.substr(at, end - at).c_str(), level)) out.push_back(level);
    at = end + 1;
  }
  return out;
}

Tracking::Tracking(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, calendar::Calendar& calendar, policy::Policies& policies, duties::Duties& duties, duties::Directory directory)
    : parts_(std::make_unique<Parts>(database, clock, identity, audit, calendar, policies, duties, std::move(directory))) {
  audit.add_titles("tracking", [](db::Session& s, const std::vector<std::int64_t>& ids) {
    std::map<std::int64_t, std::string> titles;
    TrackingStore store;
    for (const auto& item : store.list_cores(s, ids)) titles[item.id.value] = item.title;
    return titles;
  });
}

Tracking::~Tracking() = default;

void Tracking::add_kind(Kind kind) {
  if (parts_->find_kind(kind.name) != nullptr) throw std::logic_error("a kind of tracked work is registered twice: " + kind.name);
  if (kind.measures.empty() || kind.tiers.empty()) throw std::logic_error("a kind of tracked work needs a measure and a tier: " + kind.name);
  parts_->kinds.push_back(std::make_unique<Kind>(std::move(kind)));
}

void Tracking::install(Instant at) {
  (void)parts_->database.write([&](db::Session& s) -> Result<> {
    std::set<std::string> known;
    for (const auto& tier : parts_->store.list_tiers(s)) known.insert(tier.kind);
    for (const auto& kind : parts_->kinds) {
      if (known.count(kind->name) != 0) continue;
      for (const auto& seed : kind->tiers) {
        std::string reviewers;
        for (const auto level : seed.reviewers) reviewers += (reviewers.empty() ? "" : ",") + std::string(boost::describe::enum_to_string(level, ""));
        parts_->store.put_tier(s, {kind->name, seed.code, seed.name_zh, seed.name_en, seed.every, reviewers, seed.meeting_zh, *Date::from_ymd(2010, 12, 25), seed.source, at, 0}, at);
      }
    }
    return done();
  });
}

Result<ItemId> Tracking::create(const Actor& actor, const NewItem& item) {
  return parts_->database.write([&](db::Session& s) -> Result<ItemId> {
    MANDATE_ASSIGN(const auto made, parts_->create(s, actor, item));
    return made.id;
  });
}

Result<ItemCore> Tracking::reach(db::Session& session, const Actor& actor, ItemId id, std::string_view permission) { return parts_->reach(session, actor, id, permission); }

std::vector<ItemCore> Tracking::list_cores(db::Session& session, const std::vector<std::int64_t>& ids) { return parts_->store.list_cores(session, ids); }

std::optional<Date> Tracking::flag_done_on(db::Session& session, ItemId id, CheckpointFlag flag) {
  const auto checkpoints = parts_->store.list_checkpoints(session, id);
  const auto* found = find_flag(checkpoints, flag);
  return found == nullptr ? std::nullopt : found->actual_finish;
}

Result<> Tracking::run_cycles(const Actor& actor) { return parts_->run_cycles(actor); }

const Kind* Tracking::Parts::find_kind(std::string_view name) const {
  for (const auto& kind : kinds) {
    if (kind->name == name) return kind.get();
  }
  return nullptr;
}

const Kind& Tracking::Parts::kind_of(const ItemCore& item) const {
  const auto* kind = find_kind(item.kind);
  if (kind == nullptr) throw std::runtime_error("an item is of a kind that no module registers: " + item.kind);
  return *kind;
}

TrackingPolicy Tracking::Parts::policy(const policy::PolicyMoment& moment) const {
  const auto p = policies.recent();
  TrackingPolicy out;
  out.open_day = static_cast<int>(p->integer("tracking.open_day", moment));
  out.due_day = static_cast<int>(p->integer("tracking.due_day", moment));
  out.close_day = static_cast<int>(p->integer("tracking.close_day", moment));
  out.lag_over = p->percent("tracking.lag_over", moment).basis_points;
  out.jump = p->percent("tracking.jump", moment).basis_points;
  out.copied = p->percent("tracking.copied", moment).basis_points;
  const auto numbers = [&](const char* key) {
    std::vector<std::int64_t> all;
    for (const auto& one : p->list(key, moment)) all.push_back(std::stoll(one));
    return all;
  };
  out.point_bands = numbers("tracking.point_bands");
  out.month_bands = numbers("tracking.month_bands");
  out.lag_categories = p->list("tracking.lag_categories", moment);
  out.lag_responsibilities = p->list("tracking.lag_responsibilities", moment);
  return out;
}

WarningPolicy Tracking::Parts::warning_policy(const policy::PolicyMoment& moment) const {
  const auto p = policies.recent();
  return {static_cast<int>(p->integer("tracking.warning_worsening", moment)), static_cast<int>(p->integer("tracking.warning_checkpoint_days", moment)), p->text("tracking.warning_heading", moment) == "yes", p->percent("tracking.warning_steep", moment).basis_points,
          static_cast<int>(p->integer("tracking.warning_window", moment))};
}

std::map<std::string, std::int64_t> Tracking::Parts::severe_thresholds(const Kind& kind, Date on) const {
  const auto p = policies.recent();
  std::map<std::string, std::int64_t> out;
  for (const auto& measure : kind.measures) {
    if (!measure.severe_policy.empty()) out[measure.name] = p->percent(measure.severe_policy, {on, {}}).basis_points;
  }
  return out;
}

Result<ItemCore> Tracking::Parts::reach(db::Session& s, const Actor& actor, ItemId id, std::string_view permission) {
  const auto item = store.find(s, id);
  if (!item || !identity::reaches(scope(actor, "tracking.read"), item->facts())) return fault(FaultKind::not_found, "tracking.not_found");
  if (permission != "tracking.read" && !may(actor, *item, permission)) return fault(FaultKind::forbidden, "tracking.out_of_scope");
  return *item;
}

void Tracking::Parts::note(db::Session& s, const Actor& actor, const char* kind, const ItemCore& item, boost::json::object data) {
  db::append_event(s, {actor.now, actor.account_id, kind, "tracking", item.id.value, boost::json::serialize(data), {}});
}

std::optional<TierRecord> Tracking::Parts::tier_of(db::Session& s, const ItemCore& item, Date on) {
  std::optional<TierRecord> in_force;
  for (const auto& tier : store.list_tiers(s)) {
    if (tier.kind == item.kind && tier.code == item.tier && (tier.valid_from <= on || !in_force)) in_force = tier;
  }
  return in_force;
}

CycleDates Tracking::Parts::moved(const CycleDates& dates) const {
  const auto days = calendar.snapshot();
  // The opening is no deadline and stays; both deadlines move off closed days as duties do.
  return {dates.opens_on, duties::moved_off_closed(dates.due_on, days->days), duties::moved_off_closed(dates.closes_on, days->days)};
}

CyclePhase Tracking::Parts::phase(const CycleRecord& cycle) const { return phase_of(moved({cycle.opens_on, cycle.due_on, cycle.closes_on}), cycle.locked_at.has_value(), clock.today()); }

Curves Tracking::Parts::curves_of(db::Session& s, ItemId id, std::optional<Instant> known_at) {
  Curves out;
  for (const auto& baseline : store.list_baselines(s, id, known_at)) {
    for (auto& curve : store.list_curves(s, baseline.id)) {
      out.first.try_emplace(curve.measure, curve);
      out.current[curve.measure] = std::move(curve);
    }
    out.current_since = baseline.approved_at;
  }
  return out;
}

}  // namespace mandate::tracking
