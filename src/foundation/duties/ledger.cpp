// What other modules and jobs ask of the ledger; people go through the use cases in service.cpp.
#include "foundation/duties/service.hpp"

MANDATE_EMBEDDED(foundation_duties)

namespace mandate::duties {

db::MigrationSet duty_migrations() { return db::migrations_of("foundation_duties", embedded::foundation_duties); }

Duties::Duties(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, calendar::Calendar& calendar, Directory directory, std::function<DutyPolicy(Date)> policy)
    : parts_(std::make_unique<Parts>(Parts{database, clock, identity, audit, calendar, std::move(directory), std::move(policy), {}, nullptr})) {
  audit.add_titles("duty", [](db::Session& s, const std::vector<std::int64_t>& ids) {
    struct Title {
      std::int64_t id = 0;
      std::string title;
    };
    std::map<std::int64_t, std::string> titles;
    std::string marks;
    std::vector<db::Value> values;
    for (const auto id : ids) {
      marks += marks.empty() ? "?" : ",?";
      values.push_back(db::to_value(id));
    }
    if (ids.empty()) return titles;
    // Two columns in one text: a local struct cannot be described.
    for (const auto& row : s.list_values<std::string>("SELECT CAST(id AS TEXT) || ' ' || title FROM duty WHERE id IN (" + marks + ")", values)) {
      const auto space = row.find(' ');
      titles[std::stoll(row.substr(0, space))] = row.substr(space + 1);
    }
    return titles;
  });
}

Duties::~Duties() = default;

Result<DutyId> Duties::record(const Actor& actor, const NewDuty& duty) {
  MANDATE_TRY(check_new(duty));
  return parts_->database.write([&](db::Session& s) -> Result<DutyId> {
    MANDATE_ASSIGN(const auto made, parts_->put(s, actor, duty, duty.due_on, {}, *parts_->calendar.snapshot()));
    return made.id;
  });
}

Result<std::vector<DutyId>> Duties::record_series(const Actor& actor, const NewDuty& n, const Recurrence& recurrence, Date starts_on, std::optional<Date> ends_on) {
  MANDATE_TRY(check_new(n));
  MANDATE_TRY(check_recurrence(recurrence));
  return parts_->database.write([&](db::Session& s) -> Result<std::vector<DutyId>> {
    const SeriesRecord r{new_id<SeriesId>(), n.title, n.detail, n.origin, n.source_kind, n.source_id, n.agency_id, n.unit_id, n.post_id, n.severity, n.confidentiality, recurrence.every, months_text(recurrence.months), recurrence.day,
                         starts_on, ends_on, starts_on.plus_days(-1), n.district, n.goal_id};
    parts_->store.insert_series(s, r);
    return parts_->make_occurrences(s, actor, r, starts_on.plus_days(series_horizon_days));
  });
}

Result<int> Duties::cancel_of_source(const Actor& actor, const std::string& kind, std::int64_t source_id, const std::string& reason) {
  return parts_->database.write([&](db::Session& s) -> Result<int> {
    int count = 0;
    for (const auto id : parts_->store.list_open_of_source(s, kind, source_id)) {
      const auto before = parts_->store.find(s, id);
      auto after = *before;
      after.state = DutyState::cancelled;
      if (!parts_->store.replace(s, *before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
      parts_->note(s, actor, "duty.cancelled", id, {{"reason", reason}});
      ++count;
    }
    s.execute("UPDATE duty_series SET ended_at = ? WHERE source_kind = ? AND source_id = ? AND ended_at IS NULL", actor.now, kind, source_id);
    return count;
  });
}

Result<int> Duties::complete_of_source(const Actor& actor, const std::string& kind, std::int64_t source_id, const std::string& evidence) {
  return parts_->database.write([&](db::Session& s) -> Result<int> {
    int count = 0;
    for (const auto id : parts_->store.list_open_of_source(s, kind, source_id)) {
      const auto before = parts_->store.find(s, id);
      auto after = *before;
      after.state = DutyState::done;
      after.done_on = taipei_date(actor.now);
      if (!parts_->store.replace(s, *before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
      parts_->store.add_evidence(s, id, {actor.now, actor.account_id, evidence, 0});
      parts_->note(s, actor, "duty.done", id, {{"due_on", before->due_on.iso()}, {"done_on", after.done_on->iso()}});
      ++count;
    }
    return count;
  });
}

Result<int> Duties::reopen_of_source(const Actor& actor, const std::string& kind, std::int64_t source_id, const std::string& reason) {
  return parts_->database.write([&](db::Session& s) -> Result<int> {
    int count = 0;
    for (const auto id : parts_->store.list_done_of_source(s, kind, source_id)) {
      const auto before = parts_->store.find(s, id);
      auto after = *before;
      after.state = DutyState::open;
      after.done_on.reset();
      if (!parts_->store.replace(s, *before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
      parts_->note(s, actor, "duty.reopened", id, {{"reason", reason}});
      ++count;
    }
    return count;
  });
}

std::vector<DutyCore> Duties::list_open_until(db::Session& session, Date until, const std::optional<std::pair<Date, DutyId>>& after, int limit) { return parts_->store.list_open_until(session, until, after, limit); }

void Duties::set_commenter(std::function<Result<>(db::Session&, const Actor&, std::int64_t, const std::string&)> commenter) { parts_->commenter = std::move(commenter); }

std::string Duties::agency_name(std::int64_t agency_id) const { return parts_->directory.agency_name(agency_id); }

std::vector<DutyCore> Duties::list_cores(db::Session& session, const std::vector<std::int64_t>& ids) { return parts_->store.list_cores(session, ids); }

std::map<std::int64_t, Standing> Duties::standing_by_source(db::Session& session, const std::string& kind, const std::vector<std::int64_t>& ids, Date today, std::optional<Instant> known_at, bool open_only) {
  std::map<std::int64_t, Standing> out;
  const auto rules = parts_->policy(today);
  for (const auto& d : parts_->store.list_by_source(session, kind, ids, nullptr, known_at)) {
    if (open_only && d.confidentiality != Confidentiality::open) continue;
    auto& standing = out[d.source_id];
    ++standing.total;
    switch (lateness_of(d.state, d.due_on, d.done_on, today, rules)) {
      case Lateness::cancelled: ++standing.cancelled; break;
      case Lateness::done_late: ++standing.done_late; [[fallthrough]];
      case Lateness::done: ++standing.done; break;
      case Lateness::severe: ++standing.severe; [[fallthrough]];
      case Lateness::late: ++standing.late; [[fallthrough]];
      default: ++standing.open;
    }
  }
  return out;
}

std::vector<DutyRow> Duties::list_of_sources(db::Session& session, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope* scope, Date today, std::optional<Instant> known_at) {
  const auto rules = parts_->policy(today);
  std::vector<DutyRow> rows;
  for (const auto& d : parts_->store.list_by_source(session, kind, ids, scope, known_at)) rows.push_back(parts_->row(d, today, rules));
  return rows;
}

namespace {

std::vector<PostDuty> post_duties(Duties::Parts& parts, const std::vector<std::pair<ListedDuty, PostDutyRow>>& found, Date today) {
  const auto rules = parts.policy(today);
  std::vector<PostDuty> out;
  for (const auto& [d, more] : found) out.push_back({parts.row(d, today, rules), {d.agency_id, more.unit_id, d.origin, d.confidentiality, d.post_id}, more.asked != 0});
  return out;
}

}  // namespace

std::vector<PostDuty> Duties::list_open_of_post(db::Session& session, std::int64_t post_id, Date today, int limit) { return post_duties(*parts_, parts_->store.list_of_post(session, post_id, limit), today); }

std::vector<PostDuty> Duties::list_by_ids(db::Session& session, const std::vector<DutyId>& ids, Date today) { return post_duties(*parts_, parts_->store.list_of_ids(session, ids), today); }

std::vector<SourceEvidence> Duties::list_evidence_of_sources(db::Session& session, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope& scope, int limit, Language language) {
  // Details only: the parts of the scope that show none are left out before the statement, so that nothing is read to be hidden afterwards.
  identity::Scope with_detail = scope;
  std::erase_if(with_detail.parts, [](const auto& part) { return !part.with_detail; });
  std::vector<SourceEvidence> out;
  for (auto& e : parts_->store.list_evidence_of_sources(session, kind, ids, with_detail, limit)) out.push_back({e.at, parts_->name_of(session, e.account_id, e.for_account, language), e.duty_id, e.duty_number, std::move(e.text)});
  return out;
}

Result<int> Duties::extend_series(const Actor& actor, Date today) {
  return parts_->database.write([&](db::Session& s) -> Result<int> {
    int made = 0;
    for (const auto& series : parts_->store.list_series_to_extend(s, today.plus_days(series_horizon_days - 35), 500)) {
      MANDATE_ASSIGN(const auto ids, parts_->make_occurrences(s, actor, series, today.plus_days(series_horizon_days)));
      made += static_cast<int>(ids.size());
    }
    return made;
  });
}

Result<> Duties::check(db::Session& session, const Actor& actor, DutyId id, std::string_view permission) {
  const auto duty = parts_->store.find(session, id);
  if (!duty || !identity::shows_detail(parts_->scope(actor, "duty.read"), duty->facts())) return fault(FaultKind::not_found, "duty.not_found");
  if (permission != "duty.read" && !identity::reaches(parts_->scope(actor, permission), duty->facts())) return fault(FaultKind::forbidden, "duty.out_of_scope");
  return done();
}

std::string Duties::number_of(db::Session& session, DutyId id) { return session.value<std::string>("SELECT number FROM duty WHERE id = ?", id); }

void Duties::set_search(search::Search& search) {
  parts_->search = &search;
  search.add_kind({"duty", [this](const Actor& actor) { return parts_->scope(actor, "duty.read"); }, [](std::int64_t id) { return "/duties/" + std::to_string(id); }, DutyStore::list_documents});
}

std::int64_t Duties::count_affected(db::Session& session, const calendar::CalendarDays& after, const std::vector<Date>& changed) {
  if (changed.empty() || !parts_->rules().move_off_closed_days) return 0;
  std::int64_t count = 0;
  // A due date can only move by the days near it: the longest closed stretch is under two weeks.
  for (const auto& d : parts_->store.list_open_due_between(session, changed.front().plus_days(-15), changed.back().plus_days(15))) {
    if (d.due_on == d.first_due_on && moved_off_closed(d.nominal_due_on, after) != d.due_on) ++count;
  }
  return count;
}

std::int64_t Duties::recompute(db::Session& session, const Actor& actor, const calendar::CalendarDays& after_days, std::int64_t version, const std::vector<Date>& changed) {
  if (changed.empty() || !parts_->rules().move_off_closed_days) return 0;
  std::int64_t count = 0;
  for (const auto& before : parts_->store.list_open_due_between(session, changed.front().plus_days(-15), changed.back().plus_days(15))) {
    // A date that was extended by decision is no longer the calendar's to move.
    if (before.due_on != before.first_due_on) continue;
    const Date moved = moved_off_closed(before.nominal_due_on, after_days);
    if (moved == before.due_on) continue;
    auto after = before;
    after.due_on = moved;
    after.calendar_version = version;
    if (!parts_->store.replace(session, before, after, actor.now)) continue;
    session.execute("UPDATE duty SET first_due_on = ? WHERE id = ?", moved, before.id);
    parts_->note(session, actor, "duty.calendar_moved", before.id, {{"from", before.due_on.iso()}, {"due_on", moved.iso()}, {"version", version}});
    ++count;
  }
  return count;
}

}  // namespace mandate::duties
