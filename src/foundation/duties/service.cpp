#include "foundation/duties/service.hpp"
#include "foundation/places/api.hpp"
#include "kernel/text.hpp"
#include "platform/db/numbers.hpp"

namespace mandate::duties {
namespace {

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

}  // namespace

std::string next_duty_number(db::Session& session, Instant now) { return fmt::format("{}-{:06}", taipei_date(now).year() - 1911, db::next_number(session, "duty_number")); }

const std::set<std::string>& duty_origins() {
  static const std::set<std::string> origins = {"plan", "pledge", "tender", "council", "petition", "contact", "document", "inspection", "youth_council", "meeting", "own"};
  return origins;
}

Result<> check_new(const NewDuty& duty) {
  MANDATE_TRY(check_text("title", duty.title, 600));
  if (duty.detail.size() > 12'000) return field_fault("detail", "input.too_long", {{"max", "4000"}});
  if (duty_origins().count(duty.origin) == 0) return field_fault("origin", "duty.unknown_origin");
  if (duty.agency_id == 0) return field_fault("agency_id", "input.required");
  if (duty.due_on < *Date::from_ymd(2000, 1, 1) || duty.due_on > *Date::from_ymd(2100, 12, 31)) return field_fault("due_on", "input.out_of_range", {{"min", "2000-01-01"}, {"max", "2100-12-31"}});
  return done();
}

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
  if (!d.district.empty()) r.district = d.district;
  if (d.goal_id != 0) r.goal_id = http::Number63{d.goal_id};
  return r;
}

DutyRow Duties::Parts::row(const DutyRecord& d, Date today, const DutyPolicy& rules) const {
  return row(ListedDuty{d.id, d.number, d.title, d.origin, d.source_kind, d.source_id, d.agency_id, d.post_id, d.due_on, d.state, d.done_on, d.severity, d.confidentiality, d.series_id, d.district, d.goal_id}, today, rules);
}

void Duties::Parts::note(db::Session& s, const Actor& actor, const char* kind, DutyId id, boost::json::object data, std::int64_t standing_for) {
  if (standing_for != 0) data["for"] = std::to_string(standing_for);
  db::append_event(s, {actor.now, actor.account_id, kind, "duty", id.value, boost::json::serialize(data), {}});
}

// Nobody decides on what they asked themselves, nor on what their deputy asked for them, nor as a deputy on what their principal asked.
static bool own_request(const ExtensionRecord& e, const Actor& actor, std::int64_t principal) {
  const auto mine = [&](std::int64_t account) { return account != 0 && (account == actor.account_id || account == principal); };
  return mine(e.asked_by) || mine(e.asked_for);
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
    if (const auto principal = standing_for(actor, "duty.read", duty); principal != 0) view.standing_in_for = identity.name_of(s, principal);
    const bool detail = identity::shows_detail(scope(actor, "duty.read"), duty.facts());
    const auto extensions = store.list_extensions(s, id);
    if (detail) {
      view.detail = duty.detail;
      for (const auto& e : store.list_evidence(s, id)) view.evidence.push_back({e.at, name_of(s, e.account_id, e.for_account, actor.language), e.text});
      for (const auto& e : extensions) {
        view.extensions.push_back({e.id, e.asked_at, name_of(s, e.asked_by, e.asked_for, actor.language), e.asked_due_on, e.reason, e.state, e.decided_at,
                                   e.decided_by ? std::optional(name_of(s, *e.decided_by, e.decided_for, actor.language)) : std::nullopt, e.decision_note});
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
      if (may("duty.decide_extension") && pending != extensions.end() && !own_request(*pending, actor, standing_for(actor, "duty.decide_extension", duty))) view.actions.emplace_back("decide_extension");
      if (may("duty.reassign")) view.actions.emplace_back("reassign");
      if (may("duty.edit")) view.actions.emplace_back("edit");
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

Result<> Duties::Parts::check_subject(const std::string& district, std::int64_t goal_id) const {
  if (!district.empty() && places::find_district(district) == nullptr) return field_fault("district", "duty.no_district");
  if (goal_id != 0 && (!directory.goal_names || directory.goal_names().count(goal_id) == 0)) return field_fault("goal_id", "duty.no_goal");
  return done();
}

Result<DutyRecord> Duties::Parts::put(db::Session& s, const Actor& actor, const NewDuty& n, Date nominal, SeriesId series, const calendar::CalendarSnapshot& days, const char* event) {
  if (!directory.agency_exists(n.agency_id, clock.today())) return field_fault("agency_id", "duty.no_agency");
  MANDATE_TRY(check_place(n.agency_id, n.unit_id, n.post_id));
  MANDATE_TRY(check_subject(n.district, n.goal_id));
  DutyRecord d;
  d.id = new_id<DutyId>();
  d.number = next_duty_number(s, actor.now);
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
  d.district = n.district;
  d.goal_id = n.goal_id;
  d.created_at = actor.now;
  d.created_by = actor.account_id;
  d.recorded_at = actor.now;
  store.insert(s, d);
  note(s, actor, event, d.id, {{"title", d.title}, {"agency", directory.agency_name(d.agency_id)}, {"due_on", d.due_on.iso()}, {"origin", d.origin}}, standing_for(actor, "duty.create", d));
  return d;
}

Result<std::vector<DutyId>> Duties::Parts::make_occurrences(db::Session& s, const Actor& actor, const SeriesRecord& r, Date until) {
  const Recurrence recurrence{r.every, months_from_text(r.months), static_cast<int>(r.day)};
  const Date last = r.ends_on ? std::min(*r.ends_on, until) : until;
  const auto days = calendar.snapshot();
  std::vector<DutyId> made;
  for (const Date on : occurrences(recurrence, r.made_until.plus_days(1), last)) {
    NewDuty n{r.title, r.detail, r.origin, r.source_kind, r.source_id, r.agency_id, r.unit_id, r.post_id, on, r.severity, r.confidentiality, r.district, r.goal_id};
    MANDATE_ASSIGN(const auto duty, put(s, actor, n, on, r.id, *days));
    made.push_back(duty.id);
  }
  store.set_made_until(s, r.id, last);
  return made;
}

Result<CreatedDuty> Duties::Parts::create(const Actor& actor, const NewDuty& n, const std::optional<Recurrence>& recurrence) {
  MANDATE_TRY(check_new(n));
  if (!identity::reaches(scope(actor, "duty.create"), {n.agency_id, n.unit_id, n.origin, n.confidentiality, n.post_id})) return fault(FaultKind::forbidden, "duty.out_of_scope");
  return database.write([&](db::Session& s) -> Result<CreatedDuty> {
    if (!recurrence) {
      MANDATE_ASSIGN(const auto duty, put(s, actor, n, n.due_on, {}, *calendar.snapshot()));
      return CreatedDuty{row(duty, clock.today(), rules()), 1};
    }
    MANDATE_TRY(check_recurrence(*recurrence));
    const SeriesRecord r{new_id<SeriesId>(), n.title, n.detail, n.origin, n.source_kind, n.source_id, n.agency_id, n.unit_id, n.post_id, n.severity, n.confidentiality, recurrence->every, months_text(recurrence->months), recurrence->day,
                         n.due_on, std::nullopt, n.due_on.plus_days(-1), n.district, n.goal_id};
    store.insert_series(s, r);
    MANDATE_ASSIGN(const auto made, make_occurrences(s, actor, r, n.due_on.plus_days(series_horizon_days)));
    if (made.empty()) return field_fault("recurrence", "duty.no_occurrence");
    return CreatedDuty{row(*store.find(s, made.front()), clock.today(), rules()), static_cast<std::int64_t>(made.size())};
  });
}

Result<> Duties::Parts::complete(db::Session& s, const Actor& actor, DutyId id, const std::string& evidence, std::optional<std::int64_t> revision) {
  MANDATE_TRY(check_text("evidence", evidence, 12'000));
  MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.complete"));
  if (before.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
  if (revision && *revision != before.revision) return fault(FaultKind::stale, "duty.stale");
  auto after = before;
  after.state = DutyState::done;
  after.done_on = taipei_date(actor.now);
  if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
  const auto principal = standing_for(actor, "duty.complete", before);
  store.add_evidence(s, id, {actor.now, actor.account_id, evidence, principal});
  // A request for more time has nothing left to decide.
  for (const auto& e : store.list_extensions(s, id)) {
    if (e.state == "asked") store.decide_extension(s, e.id, "withdrawn", actor.now, actor.account_id, "", principal);
  }
  note(s, actor, "duty.done", id, {{"due_on", before.due_on.iso()}, {"done_on", after.done_on->iso()}}, principal);
  return done();
}

Result<DutyView> Duties::Parts::complete(const Actor& actor, DutyId id, const std::string& evidence, std::optional<std::int64_t> revision) {
  MANDATE_TRY(database.write([&](db::Session& s) { return complete(s, actor, id, evidence, revision); }));
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
    note(s, actor, "duty.reopened", id, {{"reason", reason}}, standing_for(actor, "duty.reopen", before));
    return done();
  }));
  return view(actor, id);
}

Result<> Duties::Parts::cancel(db::Session& s, const Actor& actor, DutyId id, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.cancel"));
  if (before.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
  auto after = before;
  after.state = DutyState::cancelled;
  if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
  note(s, actor, "duty.cancelled", id, {{"reason", reason}}, standing_for(actor, "duty.cancel", before));
  return done();
}

Result<DutyView> Duties::Parts::cancel(const Actor& actor, DutyId id, const std::string& reason) {
  MANDATE_TRY(database.write([&](db::Session& s) { return cancel(s, actor, id, reason); }));
  return view(actor, id);
}

Result<> Duties::Parts::reassign(db::Session& s, const Actor& actor, DutyId id, std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
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
  note(s, actor, "duty.reassigned", id, {{"from", directory.agency_name(before.agency_id)}, {"to", directory.agency_name(agency_id)}, {"reason", reason}}, standing_for(actor, "duty.reassign", before));
  return done();
}

Result<DutyView> Duties::Parts::reassign(const Actor& actor, DutyId id, std::int64_t agency_id, std::int64_t unit_id, std::int64_t post_id, const std::string& reason) {
  MANDATE_TRY(database.write([&](db::Session& s) { return reassign(s, actor, id, agency_id, unit_id, post_id, reason); }));
  return view(actor, id);
}

Result<DutyView> Duties::Parts::edit(const Actor& actor, DutyId id, const DutyText& text, std::int64_t revision) {
  MANDATE_TRY(check_text("title", text.title, 600));
  if (text.detail.size() > 12'000) return field_fault("detail", "input.too_long", {{"max", "4000"}});
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, reach(s, actor, id, "duty.edit"));
    if (before.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
    if (revision != before.revision) return fault(FaultKind::stale, "duty.stale");
    auto after = before;
    after.title = text.title;
    after.detail = text.detail;
    after.severity = text.severity;
    after.district = text.district.value_or(before.district);
    after.goal_id = text.goal_id.value_or(before.goal_id);
    MANDATE_TRY(check_subject(after.district == before.district ? "" : after.district, after.goal_id == before.goal_id ? 0 : after.goal_id));
    const bool moved = after.district != before.district || after.goal_id != before.goal_id;
    if (after.title == before.title && after.detail == before.detail && after.severity == before.severity && !moved) return done();
    if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
    boost::json::object data{{"title", after.title}, {"from", before.title}};
    if (after.severity != before.severity) data["severity"] = boost::describe::enum_to_string(after.severity, "");
    if (after.district != before.district) data["district"] = after.district;
    if (after.goal_id != before.goal_id) data["goal_id"] = std::to_string(after.goal_id);
    note(s, actor, after.title != before.title ? "duty.renamed" : "duty.edited", id, std::move(data), standing_for(actor, "duty.edit", before));
    return done();
  }));
  return view(actor, id);
}

Result<> Duties::Parts::ask_extension(db::Session& s, const Actor& actor, DutyId id, Date due_on, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  MANDATE_ASSIGN(const auto duty, reach(s, actor, id, "duty.ask_extension"));
  if (duty.state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
  if (due_on <= duty.due_on) return field_fault("due_on", "duty.extension_not_later", {{"due_on", duty.due_on.iso()}});
  if (due_on > duty.due_on.plus_days(3 * 366)) return field_fault("due_on", "duty.extension_too_far");
  const auto before = store.list_extensions(s, id);
  if (std::any_of(before.begin(), before.end(), [](const auto& e) { return e.state == "asked"; })) return fault(FaultKind::conflict, "duty.extension_pending");
  const auto principal = standing_for(actor, "duty.ask_extension", duty);
  store.add_extension(s, {new_id<ExtensionId>(), id, actor.now, actor.account_id, due_on, reason, "asked", std::nullopt, std::nullopt, "", principal, 0});
  note(s, actor, "duty.extension_asked", id, {{"due_on", due_on.iso()}, {"reason", reason}}, principal);
  return done();
}

Result<DutyView> Duties::Parts::ask_extension(const Actor& actor, DutyId id, Date due_on, const std::string& reason) {
  MANDATE_TRY(database.write([&](db::Session& s) { return ask_extension(s, actor, id, due_on, reason); }));
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
    const auto principal = standing_for(actor, "duty.decide_extension", before);
    if (own_request(*asked, actor, principal)) return fault(FaultKind::forbidden, "duty.not_own_request");
    if (!store.decide_extension(s, extension_id, approve ? "approved" : "refused", actor.now, actor.account_id, note_text, principal)) return fault(FaultKind::conflict, "duty.extension_decided");
    if (approve) {
      auto after = before;
      after.due_on = asked->asked_due_on;
      if (!store.replace(s, before, after, actor.now)) return fault(FaultKind::stale, "duty.stale");
    }
    note(s, actor, approve ? "duty.extension_approved" : "duty.extension_refused", id, {{"from", before.due_on.iso()}, {"due_on", asked->asked_due_on.iso()}, {"note", note_text}}, principal);
    return done();
  }));
  return view(actor, id);
}

}  // namespace mandate::duties
