#include "foundation/duties/batches.hpp"

#include "platform/http/router.hpp"

namespace mandate::duties {

struct StoredBatch {
  BatchId id;
  Instant at;
  std::int64_t account_id = 0;
  std::string action;
  std::int64_t duty_count = 0;
  std::optional<Instant> undone_at;
};
BOOST_DESCRIBE_STRUCT(StoredBatch, (), (id, at, account_id, action, duty_count, undone_at))
struct BatchItem {
  DutyId duty_id;
  std::int64_t revision_before = 0;
  std::int64_t revision_after = 0;
};
BOOST_DESCRIBE_STRUCT(BatchItem, (), (duty_id, revision_before, revision_after))

struct RunBatch {
  std::vector<http::Number63> duty_ids;
  DutyActionInput action;
  std::optional<bool> dry_run;
};
BOOST_DESCRIBE_STRUCT(RunBatch, (), (duty_ids, action, dry_run))
struct BatchById {
  BatchId id;
};
BOOST_DESCRIBE_STRUCT(BatchById, (), (id))

namespace {

constexpr std::size_t duties_max = 500;

std::string kind_name(ActionKind kind) { return boost::describe::enum_to_string(kind, ""); }

// The first thing that a fault says: a field's own words when it has some.
std::string reason_of(const Fault& f, Language language) { return f.fields.empty() ? i18n::text(f.key, language, f.args) : i18n::text(f.fields.front().key, language, f.fields.front().args); }

Result<> set_severity(Duties::Parts& p, db::Session& s, const Actor& actor, DutyId id, Severity severity) {
  MANDATE_ASSIGN(const auto before, p.reach(s, actor, id, "duty.edit"));
  if (before.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
  if (before.severity == severity) return fault(FaultKind::conflict, "duty.same_severity");
  auto after = before;
  after.severity = severity;
  if (!p.store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
  p.note(s, actor, "duty.edited", id, {{"severity", boost::describe::enum_to_string(severity, "")}}, p.standing_for(actor, "duty.edit", before));
  return done();
}

Result<> apply(Duties::Parts& p, db::Session& s, const Actor& actor, const DutyRecord& duty, const DutyActionInput& action) {
  switch (action.kind) {
    case ActionKind::complete: return p.complete(s, actor, duty.id, action.text, std::nullopt);
    case ActionKind::reassign: return p.reassign(s, actor, duty.id, action.agency_id->value, action.unit_id.value_or(http::Number63{}).value, action.post_id.value_or(http::Number63{}).value, action.text);
    case ActionKind::cancel: return p.cancel(s, actor, duty.id, action.text);
    case ActionKind::ask_extension: return p.ask_extension(s, actor, duty.id, duty.due_on.plus_days(*action.days), action.text);
    case ActionKind::set_severity: return set_severity(p, s, actor, duty.id, *action.severity);
    case ActionKind::comment: return p.commenter ? p.commenter(s, actor, duty.id.value, action.text) : fault(FaultKind::unavailable, "fault.unavailable");
  }
  return done();
}

// Puts one duty back to the revision it had. Refused when anybody has changed it since.
Result<> put_back(Duties::Parts& p, db::Session& s, const Actor& actor, const StoredBatch& batch, ActionKind kind, const BatchItem& item) {
  MANDATE_ASSIGN(const auto now, p.reach(s, actor, item.duty_id, "duty.read"));
  if (now.revision != item.revision_after) return fault(FaultKind::stale, "duty.changed_since");
  if (kind == ActionKind::ask_extension) {
    bool withdrawn = false;
    for (const auto& e : p.store.list_extensions(s, item.duty_id)) {
      if (e.state == "asked" && e.asked_by == batch.account_id && e.asked_at == batch.at) withdrawn = p.store.decide_extension(s, e.id, "withdrawn", actor.now, actor.account_id, "");
    }
    if (!withdrawn) return fault(FaultKind::stale, "duty.changed_since");
  } else {
    const auto before = p.store.find_version(s, now, item.revision_before);
    if (!before) return fault(FaultKind::stale, "duty.changed_since");
    auto after = *before;
    if (!p.store.replace(s, now, after, actor.now)) return fault(FaultKind::stale, "duty.changed_since");
    if (kind == ActionKind::complete) p.store.withdraw_evidence(s, item.duty_id, batch.at, batch.account_id, actor.now);
  }
  p.note(s, actor, "duty.undone", item.duty_id, {{"action", kind_name(kind)}, {"done_at", batch.at.rfc3339()}});
  return done();
}

Instant undo_until(const Duties::Parts& p, Instant at) { return at.plus_seconds(std::int64_t{p.rules().undo_minutes} * 60); }

}  // namespace

Result<> check_action(const DutyActionInput& action) {
  const bool needs_text = action.kind != ActionKind::set_severity;
  if (needs_text && action.text.find_first_not_of(" \n\t") == std::string::npos) return field_fault("action.text", "input.required");
  if (action.text.size() > 12'000) return field_fault("action.text", "input.too_long", {{"max", "4000"}});
  if (action.kind == ActionKind::reassign && !action.agency_id) return field_fault("action.agency_id", "input.required");
  if (action.kind == ActionKind::ask_extension && (!action.days || *action.days < 1 || *action.days > 366)) return field_fault("action.days", "input.out_of_range", {{"min", "1"}, {"max", "366"}});
  if (action.kind == ActionKind::set_severity && !action.severity) return field_fault("action.severity", "input.required");
  return done();
}

Result<BatchResult> run_batch(Duties::Parts& p, const Actor& actor, const std::vector<std::int64_t>& duty_ids, const DutyActionInput& action, bool dry_run) {
  if (duty_ids.empty()) return field_fault("duty_ids", "duty.none_chosen");
  if (duty_ids.size() > duties_max) return field_fault("duty_ids", "duty.too_many", {{"max", std::to_string(duties_max)}});
  MANDATE_TRY(check_action(action));
  BatchResult out;
  const auto work = [&](db::Session& s) -> Result<> {
    out = {};
    auto ids = duty_ids;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<BatchItem> items;
    for (const auto id : ids) {
      const auto before = p.reach(s, actor, DutyId{id}, "duty.read");
      if (!before.ok()) {
        out.refused.push_back({{id}, "", reason_of(before.fault(), actor.language)});
        continue;
      }
      const auto result = s.attempt([&]() -> Result<> { return apply(p, s, actor, *before, action); });
      if (!result.ok()) {
        out.refused.push_back({{id}, before->number, reason_of(result.fault(), actor.language)});
        continue;
      }
      ++out.done;
      // A comment and a request for more time leave the duty as it is.
      const bool replaced = action.kind != ActionKind::comment && action.kind != ActionKind::ask_extension;
      items.push_back({before->id, before->revision, before->revision + (replaced ? 1 : 0)});
    }
    if (dry_run) return fault(FaultKind::conflict, "duty.dry_run");  // takes back what was tried
    if (items.empty() || action.kind == ActionKind::comment) return done();
    const auto id = new_id<BatchId>();
    s.execute("INSERT INTO duty_batch (id, at, account_id, action, duty_count) VALUES (?, ?, ?, ?, ?)", id, actor.now, actor.account_id, kind_name(action.kind), out.done);
    for (const auto& item : items) s.execute("INSERT INTO duty_batch_item (batch_id, duty_id, revision_before, revision_after) VALUES (?, ?, ?, ?)", id, item.duty_id, item.revision_before, item.revision_after);
    out.batch_id = id;
    out.undo_until = undo_until(p, actor.now);
    return done();
  };
  // The dry run does it all and takes it back: it cannot say other than what would happen.
  const auto result = p.database.write([&](db::Session& s) -> Result<> {
    if (!dry_run) return work(s);
    (void)s.attempt([&]() -> Result<> { return work(s); }).ok();
    return done();
  });
  if (!result.ok()) return result.fault();
  return out;
}

Result<BatchResult> undo_batch(Duties::Parts& p, const Actor& actor, BatchId id) {
  return p.database.write([&](db::Session& s) -> Result<BatchResult> {
    const auto batch = s.find<StoredBatch>("SELECT id, at, account_id, action, duty_count, undone_at FROM duty_batch WHERE id = ?", id);
    if (!batch) return fault(FaultKind::not_found, "duty.no_batch");
    if (batch->account_id != actor.account_id) return fault(FaultKind::forbidden, "duty.batch_not_yours");
    if (batch->undone_at) return fault(FaultKind::conflict, "duty.undone_already");
    if (undo_until(p, batch->at) < actor.now) return fault(FaultKind::conflict, "duty.undo_over", {{"minutes", std::to_string(p.rules().undo_minutes)}});
    ActionKind kind{};
    if (!boost::describe::enum_from_string(batch->action.c_str(), kind)) return fault(FaultKind::not_found, "duty.no_batch");
    BatchResult out;
    for (const auto& item : s.list<BatchItem>("SELECT duty_id, revision_before, revision_after FROM duty_batch_item WHERE batch_id = ? ORDER BY duty_id", id)) {
      const auto result = s.attempt([&]() -> Result<> { return put_back(p, s, actor, *batch, kind, item); });
      if (result.ok()) {
        ++out.done;
      } else {
        const auto duty = p.store.find(s, item.duty_id);
        out.refused.push_back({{item.duty_id.value}, duty ? duty->number : "", reason_of(result.fault(), actor.language)});
      }
    }
    s.execute("UPDATE duty_batch SET undone_at = ? WHERE id = ?", actor.now, id);
    return out;
  });
}

void add_batch_routes(http::Router& router, Duties::Parts& p) {
  router.post<RunBatch, BatchResult>("/api/duty-batches", {.permission = "duty.complete", .summary = "One action on many duties, each with its own right to it; with dry_run says what each would come to", .tag = "duties"},
                                     [&p](const Actor& actor, const RunBatch& in) {
    std::vector<std::int64_t> ids;
    for (const auto id : in.duty_ids) ids.push_back(id.value);
    return run_batch(p, actor, ids, in.action, in.dry_run.value_or(false));
  });
  router.post<BatchById, BatchResult>("/api/duty-batches/{id}/undo", {.permission = "duty.complete", .summary = "Undo one's own bulk action while that is allowed; what others changed since is left", .tag = "duties"},
                                      [&p](const Actor& actor, const BatchById& in) { return undo_batch(p, actor, in.id); });
}

}  // namespace mandate::duties
