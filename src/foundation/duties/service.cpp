#include "foundation/duties/service.hpp"
#include "kernel/text.hpp"
#include "platform/db/numbers.hpp"

MANDATE_EMBEDDED(foundation_duties)

namespace mandate::duties {
namespace {

constexpr int series_horizon_days = 400;  // occurrences are made so far ahead: a year's plan is seen whole

// Nothing but spaces, full-width ones included.
bool blank(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 3, "\u3000") == 0) {
      at += 3;
    } else if (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')) {
      ++at;
    } else {
      return false;
    }
  }
  return true;
}

Result<> check_text(const char* field, const std::string& text, std::size_t max_bytes) {
  if (blank(text)) return field_fault(field, "input.required");
  if (text.size() > max_bytes) return field_fault(field, "input.too_long", {{"max", std::to_string(max_bytes / 3)}});
  return done();
}

std::string roc_year(Instant at) { return std::to_string(taipei_date(at).year() - 1911); }

}  // namespace

db::MigrationSet duty_migrations() { return db::migrations_of("foundation_duties", embedded::foundation_duties); }

Result<> check_new(const NewDuty& duty) {
  static const std::set<std::string> origins = {"plan", "pledge", "tender", "council", "petition", "contact", "document", "inspection", "youth_council", "meeting", "own"};
  MANDATE_TRY(check_text("title", duty.title, 600));
  if (duty.detail.size() > 12'000) return field_fault("detail", "input.too_long", {{"max", "4000"}});
  if (origins.count(duty.origin) == 0) return field_fault("origin", "duty.unknown_origin");
  if (duty.agency_id == 0) return field_fault("agency_id", "input.required");
  if (duty.due_on < *Date::from_ymd(2000, 1, 1) || duty.due_on > *Date::from_ymd(2100, 12, 31)) return field_fault("due_on", "input.out_of_range", {{"min", "2000-01-01"}, {"max", "2100-12-31"}});
  return done();
}

Duties::Duties(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, calendar::Calendar& calendar, Directory directory, std::function<DutyPolicy(Date)> policy)
    : parts_(std::make_unique<Parts>(Parts{database, clock, identity, audit, calendar, std::move(directory), std::move(policy), {}})) {
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

DutyRow Duties::Parts::row(const ListedDuty& d, Date today, const DutyPolicy& rules) const {
  DutyRow r;
  r.id = d.id;
  r.number = d.number;
  r.title = d.title;
  r.origin = d.origin;
  r.agency_id = {d.agency_id};
  r.agency_name = directory.agency_name(d.agency_id);
  if (d.post_id != 0) {
    r.post_id = http::Number63{d.post_id};
    r.post_name = directory.post_name(d.post_id);
    r.holder_name = directory.holder_name(d.post_id, today);
  }
  r.due_on = d.due_on;
  r.state = d.state;
  r.lateness = lateness_of(d.state, d.due_on, d.done_on, today, rules);
  r.days_left = d.due_on - today;
  r.severity = d.severity;
  r.confidentiality = d.confidentiality;
  r.recurring = d.series_id.value != 0;
  if (d.source_id != 0) r.source = SourceRef{d.source_kind, {d.source_id}};
  return r;
}

DutyRow Duties::Parts::row(const DutyRecord& d, Date today, const DutyPolicy& rules) const {
  return row(ListedDuty{d.id, d.number, d.title, d.origin, d.source_kind, d.source_id, d.agency_id, d.post_id, d.due_on, d.state, d.done_on, d.severity, d.confidentiality, d.series_id}, today, rules);
}

void Duties::Parts::note(db::Session& s, const Actor& actor, const char* kind, DutyId id, boost::json::object data) {
  db::append_event(s, {actor.now, actor.account_id, kind, "duty", id.value, boost::json::serialize(data), {}});
}

Result<DutyRecord> Duties::Parts::reach(db::Session& s, const Actor& actor, DutyId id, std::string_view permission) {
  const auto duty = store.find(s, id);
  if (!duty || !identity::reaches(scope(actor, "duty.read"), duty->facts())) return fault(FaultKind::not_found, "duty.not_found");
  if (permission != "duty.read" && !identity::reaches(scope(actor, permission), duty->facts())) return fault(FaultKind::forbidden, "duty.out_of_scope");
  return *duty;
}

Result<DutyView> Duties::Parts::view(const Actor& actor, DutyId id) {
  return database.read([&](db::Session& s) -> Result<DutyView> {
    MANDATE_ASSIGN(const auto duty, reach(s, actor, id, "duty.read"));
    const Date today = clock.today();
    const auto policy_now = rules();
    DutyView view;
    view.duty = row(duty, today, policy_now);
    view.first_due_on = duty.first_due_on;
    view.nominal_due_on = duty.nominal_due_on;
    view.calendar_version = duty.calendar_version;
    view.created_at = duty.created_at;
    view.created_by_name = identity.name_of(s, duty.created_by);
    view.revision = duty.revision;
    const bool detail = identity::shows_detail(scope(actor, "duty.read"), duty.facts());
    const auto extensions = store.list_extensions(s, id);
    if (detail) {
      view.detail = duty.detail;
      for (const auto& e : store.list_evidence(s, id)) view.evidence.push_back({e.at, identity.name_of(s, e.account_id), e.text});
      for (const auto& e : extensions) {
        view.extensions.push_back({e.id, e.asked_at, identity.name_of(s, e.asked_by), e.asked_due_on, e.reason, e.state, e.decided_at, e.decided_by ? std::optional(identity.name_of(s, *e.decided_by)) : std::nullopt, e.decision_note});
      }
      view.history = audit.history(s, "duty", id.value, actor.language);
    }
    if (duty.series_id.value != 0) {
      if (const auto series = store.find_series(s, duty.series_id)) view.series = SeriesView{series->id, series->every, months_from_text(series->months), static_cast<int>(series->day)};
    }
    if (duty.source_id != 0) {
      const auto readable = scope(actor, "duty.read");
      for (const auto& sibling : store.list_by_source(s, duty.source_kind, {duty.source_id}, &readable, std::nullopt)) {
        if (sibling.id != id && view.siblings.size() < 50) view.siblings.push_back(row(sibling, today, policy_now));
      }
    }
    // The buttons of the record's page: what this actor may do to it in its present state.
    const auto may = [&](std::string_view permission) { return identity::reaches(scope(actor, permission), duty.facts()); };
    const auto pending = std::find_if(extensions.begin(), extensions.end(), [](const auto& e) { return e.state == "asked"; });
    if (duty.state == DutyState::open) {
      if (may("duty.complete")) view.actions.emplace_back("done");
      if (may("duty.ask_extension") && pending == extensions.end()) view.actions.emplace_back("ask_extension");
      if (may("duty.decide_extension") && pending != extensions.end() && pending->asked_by != actor.account_id) view.actions.emplace_back("decide_extension");
      if (may("duty.reassign")) view.actions.emplace_back("reassign");
      if (may("duty.cancel")) view.actions.emplace_back("cancel");
    } else if (may("duty.reopen")) {
      view.actions.emplace_back("reopen");
    }
    return view;
  });
}

Result<> Duties::Parts::check_place(std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id) const {
  if ((unit_id == 0 && post_id == 0) || !directory.has_place || directory.has_place(agency_id, unit_id, post_id, clock.today())) return done();
  return field_fault(post_id != 0 ? "post_id" : "unit_id", "duty.no_place");
}

Result<DutyRecord> Duties::Parts::put(db::Session& s, const Actor& actor, const NewDuty& n, Date nominal, SeriesId series, const calendar::CalendarSnapshot& days) {
  if (!directory.agency_exists(n.agency_id, clock.today())) return field_fault("agency_id", "duty.no_agency");
  MANDATE_TRY(check_place(n.agency_id, n.unit_id, n.post_id));
  DutyRecord d;
  d.id = new_id<DutyId>();
  d.number = fmt::format("{}-{:06}", roc_year(actor.now), db::next_number(s, "duty_number"));
  d.title = n.title;
  d.detail = n.detail;
  d.origin = n.origin;
  d.source_kind = n.source_kind;
  d.source_id = n.source_id;
  d.agency_id = n.agency_id;
  d.unit_id = n.unit_id;
  d.post_id = n.post_id;
  d.nominal_due_on = nominal;
  d.due_on = rules().move_off_closed_days ? moved_off_closed(nominal, days.days) : nominal;
  d.first_due_on = d.due_on;
  d.calendar_version = days.version;
  d.severity = n.severity;
  d.confidentiality = n.confidentiality;
  d.series_id = series;
  d.created_at = actor.now;
  d.created_by = actor.account_id;
  d.recorded_at = actor.now;
  store.insert(s, d);
  note(s, actor, "duty.created", d.id, {{"title", d.title}, {"agency", directory.agency_name(d.agency_id)}, {"due_on", d.due_on.iso()}, {"origin", d.origin}});
  return d;
}

Result<std::vector<DutyId>> Duties::Parts::make_occurrences(db::Session& s, const Actor& actor, const SeriesRecord& r, Date until) {
  const Recurrence recurrence{r.every, months_from_text(r.months), static_cast<int>(r.day)};
  const Date last = r.ends_on ? std::min(*r.ends_on, until) : until;
  const auto days = calendar.snapshot();
  std::vector<DutyId> made;
  for (const Date on : occurrences(recurrence, r.made_until.plus_days(1), last)) {
    NewDuty n{r.title, r.detail, r.origin, r.source_kind, r.source_id, r.agency_id, r.unit_id, r.post_id, on, r.severity, r.confidentiality};
    MANDATE_ASSIGN(const auto duty, put(s, actor, n, on, r.id, *days));
    made.push_back(duty.id);
  }
  store.set_made_until(s, r.id, last);
  return made;
}

Result<CreatedDuty> Duties::Parts::create(const Actor& actor, const NewDuty& n, const std::optional<Recurrence>& recurrence) {
  MANDATE_TRY(check_new(n));
  if (!identity::reaches(scope(actor, "duty.create"), {n.agency_id, n.unit_id, n.origin, n.confidentiality})) return fault(FaultKind::forbidden, "duty.out_of_scope");
  return database.write([&](db::Session& s) -> Result<CreatedDuty> {
    if (!recurrence) {
      MANDATE_ASSIGN(const auto duty, put(s, actor, n, n.due_on, {}, *calendar.snapshot()));
      return CreatedDuty{row(duty, clock.today(), rules()), 1};
    }
    MANDATE_TRY(check_recurrence(*recurrence));
    const SeriesRecord r{new_id<SeriesId>(), n.title, n.detail, n.origin, n.source_kind, n.source_id, n.agency_id, n.unit_id, n.post_id, n.severity, n.confidentiality, recurrence->every, months_text(recurrence->months), recurrence->day,
                         n.due_on, std::nullopt, n.due_on.plus_days(-1)};
    store.insert_series(s, r);
    MANDATE_ASSIGN(const auto made, make_occurrences(s, actor, r, n.due_on.plus_days(series_horizon_days)));
    if (made.empty()) return field_fault("recurrence", "duty.no_occurrence");
    return CreatedDuty{row(*store.find(s, made.front()), clock.today(), rules()), static_cast<std::int64_t>(made.size())};
  });
}

Result<DutyView> Duties::Parts::complete(const Actor& actor, DutyId id, const std::string& evidence, std::optional<std::int64_t> revision) {
  MANDATE_TRY(check_text("evidence", evidence, 12'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.complete"));
    if (before.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
    if (revision && *revision != before.revision) return fault(FaultKind::stale, "duty.stale");
    auto after = before;
    after.state = DutyState::done;
    after.done_on = taipei_date(actor.now);
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
    store.add_evidence(s, id, {actor.now, actor.account_id, evidence});
    // A request for more time has nothing left to decide.
    for (const auto& e : store.list_extensions(s, id)) {
      if (e.state == "asked") store.decide_extension(s, e.id, "withdrawn", actor.now, actor.account_id, "");
    }
    note(s, actor, "duty.done", id, {{"due_on", before.due_on.iso()}, {"done_on", after.done_on->iso()}});
    return done();
  }));
  return view(actor, id);
}

Result<DutyView> Duties::Parts::reopen(const Actor& actor, DutyId id, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.reopen"));
    if (before.state == DutyState::open) return fault(FaultKind::conflict, "duty.already_open");
    auto after = before;
    after.state = DutyState::open;
    after.done_on.reset();
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
    note(s, actor, "duty.reopened", id, {{"reason", reason}});
    return done();
  }));
  return view(actor, id);
}

Result<DutyView> Duties::Parts::cancel(const Actor& actor, DutyId id, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.cancel"));
    if (before.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
    auto after = before;
    after.state = DutyState::cancelled;
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
    note(s, actor, "duty.cancelled", id, {{"reason", reason}});
    return done();
  }));
  return view(actor, id);
}

Result<DutyView> Duties::Parts::reassign(const Actor& actor, DutyId id, std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.reassign"));
    if (before.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
    if (!directory.agency_exists(agency_id, clock.today())) return field_fault("agency_id", "duty.no_agency");
    MANDATE_TRY(check_place(agency_id, unit_id, post_id));
    auto after = before;
    after.agency_id = agency_id;
    after.unit_id = unit_id;
    after.post_id = post_id;
    if (before.agency_id == agency_id && before.unit_id == unit_id && before.post_id == post_id) return field_fault("agency_id", "duty.same_assignee");
    // Whoever may hand over may hand over only to where they may do so too: an agency does not give its work to another one.
    if (!identity::reaches(scope(actor, "duty.reassign"), after.facts())) return fault(FaultKind::forbidden, "duty.not_to_there");
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
    note(s, actor, "duty.reassigned", id, {{"from", directory.agency_name(before.agency_id)}, {"to", directory.agency_name(agency_id)}, {"reason", reason}});
    return done();
  }));
  return view(actor, id);
}

Result<DutyView> Duties::Parts::ask_extension(const Actor& actor, DutyId id, Date due_on, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto duty, reach(s, actor, id, "duty.ask_extension"));
    if (duty.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
    if (due_on <= duty.due_on) return field_fault("due_on", "duty.extension_not_later", {{"due_on", duty.due_on.iso()}});
    if (due_on > duty.due_on.plus_days(3 * 366)) return field_fault("due_on", "duty.extension_too_far");
    const auto before = store.list_extensions(s, id);
    if (std::any_of(before.begin(), before.end(), [](const auto& e) { return e.state == "asked"; })) return fault(FaultKind::conflict, "duty.extension_pending");
    store.add_extension(s, {new_id<ExtensionId>(), id, actor.now, actor.account_id, due_on, reason, "asked", std::nullopt, std::nullopt, ""});
    note(s, actor, "duty.extension_asked", id, {{"due_on", due_on.iso()}, {"reason", reason}});
    return done();
  }));
  return view(actor, id);
}

Result<DutyView> Duties::Parts::decide_extension(const Actor& actor, DutyId id, ExtensionId extension_id, bool approve, const std::string& note_text) {
  if (!approve) MANDATE_TRY(check_text("note", note_text, 3'000));
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.decide_extension"));
    const auto extensions = store.list_extensions(s, id);
    const auto asked = std::find_if(extensions.begin(), extensions.end(), [&](const auto& e) { return e.id == extension_id; });
    if (asked == extensions.end()) return fault(FaultKind::not_found, "duty.no_extension");
    if (asked->state != "asked" || before.state != DutyState::open) return fault(FaultKind::conflict, "duty.extension_decided");
    if (asked->asked_by == actor.account_id) return fault(FaultKind::forbidden, "duty.not_own_request");
    if (!store.decide_extension(s, extension_id, approve ? "approved" : "refused", actor.now, actor.account_id, note_text)) return fault(FaultKind::conflict, "duty.extension_decided");
    if (approve) {
      auto after = before;
      after.due_on = asked->asked_due_on;
      if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
    }
    note(s, actor, approve ? "duty.extension_approved" : "duty.extension_refused", id, {{"from", before.due_on.iso()}, {"due_on", asked->asked_due_on.iso()}, {"note", note_text}});
    return done();
  }));
  return view(actor, id);
}

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
                         starts_on, ends_on, starts_on.plus_days(-1)};
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

std::vector<DutyRow> Duties::list_of_sources(db::Session& session, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope* scope, Date today) {
  const auto rules = parts_->policy(today);
  std::vector<DutyRow> rows;
  for (const auto& d : parts_->store.list_by_source(session, kind, ids, scope, std::nullopt)) rows.push_back(parts_->row(d, today, rules));
  return rows;
}

std::vector<SourceEvidence> Duties::list_evidence_of_sources(db::Session& session, const std::string& kind, const std::vector<std::int64_t>& ids, const identity::Scope& scope, int limit) {
  // Details only: the parts of the scope that show none are left out before the statement, so that nothing is read to be hidden afterwards.
  identity::Scope with_detail = scope;
  std::erase_if(with_detail.parts, [](const auto& part) { return !part.with_detail; });
  std::vector<SourceEvidence> out;
  for (auto& e : parts_->store.list_evidence_of_sources(session, kind, ids, with_detail, limit)) out.push_back({e.at, parts_->identity.name_of(session, e.account_id), e.duty_id, e.duty_number, std::move(e.text)});
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

Result<std::int64_t> Duties::fill(const Actor& actor, std::int64_t count, const std::vector<std::int64_t>& agencies) {
  static constexpr std::array<const char*, 6> subjects = {"路面改善", "排水清疏", "社區關懷據點", "公園照明", "校園安全檢查", "文化活動"};
  static constexpr std::array<const char*, 4> verbs = {"進度回報", "辦理情形填報", "期中檢討", "成果彙整"};
  static constexpr std::array<const char*, 5> origins = {"plan", "council", "tender", "own", "meeting"};
  const Date today = parts_->clock.today();
  constexpr std::int64_t span = 730;  // days, of which the last 130 are ahead
  std::int64_t made = 0;
  std::uint64_t seed = 88172645463325252ULL;
  const auto random = [&](std::uint64_t n) {  // xorshift: the same duties every time
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % n;
  };
  while (made < count) {
    const auto batch = std::min<std::int64_t>(10'000, count - made);
    MANDATE_TRY(parts_->database.write([&](db::Session& s) -> Result<> {
      for (std::int64_t i = 0; i < batch; ++i) {
        DutyRecord d;
        d.id = new_id<DutyId>();
        d.number = fmt::format("{}-{:06}", roc_year(actor.now), db::next_number(s, "duty_number"));
        d.origin = origins[random(origins.size())];
        d.title = fmt::format("{}{}（第{}案）", subjects[random(subjects.size())], verbs[random(verbs.size())], made + i + 1);
        d.agency_id = agencies[random(agencies.size())];
        // Duties come in the order of their time, as in a city that has kept its ledger for two years.
        d.due_on = today.plus_days((made + i) * span / count + static_cast<std::int64_t>(random(31)) - 15 - 600);
        d.first_due_on = d.nominal_due_on = d.due_on;
        // Most of what is past was done, some of it late; most of what is ahead is open.
        const bool done = d.due_on < today ? random(100) < 94 : random(100) < 15;
        d.state = done ? DutyState::done : DutyState::open;
        if (done) d.done_on = std::min(today, d.due_on.plus_days(static_cast<std::int64_t>(random(20)) - 14));
        d.confidentiality = random(50) == 0 ? Confidentiality::confidential : Confidentiality::internal;
        d.created_at = d.recorded_at = actor.now;
        d.created_by = actor.account_id;
        parts_->store.insert(s, d);
      }
      db::append_event(s, {actor.now, actor.account_id, "duty.filled", "sample", 0, boost::json::serialize(boost::json::object{{"count", batch}}), {}});
      return mandate::done();
    }));
    made += batch;
  }
  return made;
}

}  // namespace mandate::duties
