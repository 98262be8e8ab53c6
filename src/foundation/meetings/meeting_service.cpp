// A meeting from its plan to its minutes.
#include "foundation/meetings/service.hpp"
#include "platform/db/numbers.hpp"

namespace mandate::meetings {

bool Seen::shows(std::int64_t agency_id, Confidentiality confidentiality) const {
  if (whole && identity::reaches(scope, {meeting.agency_id, 0, "", confidentiality, 0})) return true;
  return agency_id != 0 && identity::reaches(scope, {agency_id, 0, "", confidentiality, 0});
}

Result<Seen> Meetings::Parts::reach(db::Session& s, const Actor& actor, MeetingId id, std::string_view permission, MeetingStore::Known known_at) {
  Seen seen;
  seen.scope = scope(actor, "meeting.read");
  const auto meeting = store.find(s, id, known_at);
  if (!meeting) return fault(FaultKind::not_found, "meeting.not_found");
  seen.meeting = *meeting;
  seen.whole = identity::reaches(seen.scope, meeting->facts());
  if (!seen.whole && !store.concerns(s, id, seen.scope)) return fault(FaultKind::not_found, "meeting.not_found");
  if (permission != "meeting.read" && (!seen.whole || !reaches(actor, permission, meeting->facts()))) return fault(FaultKind::forbidden, "meeting.out_of_scope");
  return seen;
}

Result<Seen> Meetings::Parts::step(db::Session& s, const Actor& actor, MeetingId id, std::string_view permission, Step step, std::optional<std::int64_t> revision) {
  MANDATE_ASSIGN(auto seen, reach(s, actor, id, permission));
  if (!takes(seen.meeting.state, step)) {
    const bool agenda = step == Step::run_rules || step == Step::add_entry || step == Step::strike_entry || step == Step::waive || step == Step::freeze;
    const bool frozen = seen.meeting.state == MeetingState::frozen || seen.meeting.state == MeetingState::held || seen.meeting.state == MeetingState::minutes_approved;
    return fault(FaultKind::conflict, agenda && frozen ? "meeting.agenda_frozen" : "meeting.not_in_this_state");
  }
  if (revision && *revision != seen.meeting.revision) return fault(FaultKind::stale, "meeting.stale");
  return seen;
}

Result<MeetingId> Meetings::Parts::plan(const Actor& actor, const MeetingPlan& in) {
  return database.write([&](db::Session& s) -> Result<MeetingId> {
    MANDATE_ASSIGN(const auto series, series_of(s, actor, in.series_id));
    if (!reaches(actor, "meeting.run", series.facts())) return fault(FaultKind::forbidden, "meeting.out_of_scope");
    if (series.ended) return fault(FaultKind::conflict, "meeting.series_ended");
    const Date earliest = *Date::from_ymd(2000, 1, 1);
    const Date latest = clock.today().plus_days(800);
    for (const auto& [field, on] : {std::pair("period_on", in.period_on), std::pair("planned_on", in.planned_on.value_or(in.period_on))}) {
      if (on < earliest || on > latest) return field_fault(field, "input.out_of_range", {{"min", earliest.iso()}, {"max", latest.iso()}});
    }
    const auto period = period_of(series.frequency, in.period_on);
    if (!store.list_of_period(s, {{series.id, period.from}}).empty()) return field_fault("period_on", "meeting.period_taken");
    MeetingRecord m;
    m.id = new_id<MeetingId>();
    m.number = fmt::format("{}-M{:05}", taipei_date(actor.now).year() - 1911, db::next_number(s, "meeting_number"));
    m.series_id = series.id;
    m.agency_id = series.agency_id;
    m.confidentiality = series.confidentiality;
    m.period_from = period.from;
    m.period_to = period.to;
    m.nominal_on = in.planned_on.value_or(nominal_day(series.frequency, period, static_cast<int>(series.day), static_cast<int>(series.months_after)));
    m.planned_on = moved_off_closed(m.nominal_on, calendar.snapshot()->days);
    m.begins_at = series.begins_at;
    m.place = series.place;
    m.created_at = m.recorded_at = actor.now;
    m.recorded_by = actor.account_id;
    store.insert(s, m);
    note(s, actor, "meeting.planned", "meeting", m.id.value, {{"number", m.number}, {"planned_on", m.planned_on.iso()}});
    return m.id;
  });
}

Result<> Meetings::Parts::edit(const Actor& actor, MeetingId id, const MeetingText& text, std::int64_t revision) {
  if (!is_time_of_day(text.begins_at)) return field_fault("begins_at", "meeting.bad_time");
  if (text.place.size() > 600) return field_fault("place", "input.too_long", {{"max", "200"}});
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::edit, revision));
    const auto& before = seen.meeting;
    const Date earliest = before.period_from.plus_days(-366);
    const Date latest = before.period_to.plus_days(800);
    if (text.planned_on < earliest || text.planned_on > latest) return field_fault("planned_on", "input.out_of_range", {{"min", earliest.iso()}, {"max", latest.iso()}});
    auto after = before;
    after.nominal_on = text.planned_on;
    after.planned_on = moved_off_closed(text.planned_on, calendar.snapshot()->days);
    after.begins_at = text.begins_at;
    after.place = text.place;
    if (!store.replace(s, before, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    note(s, actor, "meeting.changed", "meeting", id.value, {{"from", before.planned_on.iso()}, {"planned_on", after.planned_on.iso()}});
    return done();
  });
}

Result<> Meetings::Parts::cancel(const Actor& actor, MeetingId id, const std::string& reason, std::int64_t revision) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::cancel, revision));
    auto after = seen.meeting;
    after.state = MeetingState::cancelled;
    after.reason = reason;
    if (!store.replace(s, seen.meeting, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    note(s, actor, "meeting.cancelled", "meeting", id.value, {{"reason", reason}});
    return done();
  });
}

Result<> Meetings::Parts::hold(const Actor& actor, MeetingId id, Date held_on, std::int64_t revision) {
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::hold, revision));
    const auto packs = store.list_packs(s, id);
    const Date frozen_on = packs.empty() ? seen.meeting.planned_on : taipei_date(packs.front().frozen_at);
    if (held_on < frozen_on || held_on > clock.today()) return field_fault("held_on", "input.out_of_range", {{"min", frozen_on.iso()}, {"max", clock.today().iso()}});
    auto after = seen.meeting;
    after.state = MeetingState::held;
    after.held_on = held_on;
    if (!store.replace(s, seen.meeting, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    note(s, actor, "meeting.held", "meeting", id.value, {{"held_on", held_on.iso()}});
    return done();
  });
}

Result<> Meetings::Parts::set_attendance(const Actor& actor, MeetingId id, const std::vector<Seat>& seats, std::int64_t revision) {
  if (seats.size() > attendants_max) return field_fault("rows", "meeting.too_many", {{"max", std::to_string(attendants_max)}});
  std::vector<AttendanceRecord> rows;
  std::set<std::int64_t> posts;
  for (std::size_t at = 0; at < seats.size(); ++at) {
    const auto& seat = seats[at];
    const auto path = [&](const char* field) { return fmt::format("rows[{}].{}", at, field); };
    AttendanceRecord r;
    r.position = static_cast<std::int64_t>(at);
    r.post_id = seat.post_id;
    r.agency_id = seat.agency_id;
    r.who = seat.who;
    r.presence = seat.presence;
    r.deputy = seat.deputy;
    if (seat.post_id != 0) {
      const auto post = directory.post(seat.post_id, clock.today());
      if (!post) return field_fault(path("post_id"), "meeting.no_post");
      if (!posts.insert(seat.post_id).second) return field_fault(path("post_id"), "meeting.twice");
      r.agency_id = post->agency_id;
      if (r.who.empty()) r.who = post->holder;
    } else if (r.who.empty()) {
      return field_fault(path("who"), "input.required");
    } else if (r.agency_id != 0 && !directory.agency_exists(r.agency_id, clock.today())) {
      return field_fault(path("agency_id"), "meeting.no_agency");
    }
    if (r.who.size() > 300) return field_fault(path("who"), "input.too_long", {{"max", "100"}});
    if (r.deputy.size() > 300) return field_fault(path("deputy"), "input.too_long", {{"max", "100"}});
    if (r.presence == Presence::deputy && r.deputy.empty()) return field_fault(path("deputy"), "meeting.name_the_deputy");
    if (r.presence != Presence::deputy) r.deputy.clear();
    rows.push_back(std::move(r));
  }
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::attend, revision));
    auto after = seen.meeting;
    if (!store.replace(s, seen.meeting, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    store.set_attendance(s, id, rows, actor);
    std::int64_t present = 0;
    for (const auto& r : rows) present += r.presence != Presence::absent ? 1 : 0;
    note(s, actor, "meeting.attended", "meeting", id.value, {{"present", std::to_string(present)}, {"count", std::to_string(rows.size())}});
    return done();
  });
}

Result<> Meetings::Parts::write_minutes(const Actor& actor, MeetingId id, const std::string& text, std::int64_t after) {
  MANDATE_TRY(check_text("text", text, minutes_bytes_max));
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_TRY(step(s, actor, id, "meeting.run", Step::write_minutes));
    const auto before = store.list_minutes(s, id);
    const auto newest = before.empty() ? 0 : before.front().version;
    if (after != newest) return fault(FaultKind::stale, "meeting.stale");
    store.insert(s, MinutesRecord{next_id(), id, newest + 1, text, actor.now, actor.account_id, {}, {}});
    note(s, actor, "meeting.minutes_written", "meeting", id.value, {{"version", std::to_string(newest + 1)}});
    return done();
  });
}

Result<> Meetings::Parts::approve_minutes(const Actor& actor, MeetingId id, std::int64_t version) {
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::approve_minutes));
    const auto minutes = store.list_minutes(s, id);
    if (minutes.empty()) return fault(FaultKind::conflict, "meeting.no_minutes");
    // What is approved is what was read last, and no version that somebody has written since.
    if (minutes.front().version != version) return fault(FaultKind::stale, "meeting.stale");
    if (!store.approve(s, id, version, actor)) return fault(FaultKind::stale, "meeting.stale");
    auto after = seen.meeting;
    after.state = MeetingState::minutes_approved;
    if (!store.replace(s, seen.meeting, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    note(s, actor, "meeting.minutes_approved", "meeting", id.value, {{"version", std::to_string(version)}});
    return done();
  });
}

// ---- stages

std::vector<Gate> Meetings::Parts::gates_of(db::Session& s, const MeetingRecord& meeting, MeetingStore::Known known_at) {
  const auto series = store.find_series(s, meeting.series_id, known_at);
  if (!series) return {};
  std::vector<Gate> gates;
  std::vector<std::pair<SeriesId, Date>> wanted;
  for (auto& gate : store.list_series_by_id(s, ids_from_text(series->gates), known_at)) {
    if (gate.ended) continue;
    wanted.emplace_back(gate.id, required_period(gate.frequency, meeting.period()).from);
    gates.push_back({std::move(gate), {}, {}, {}});
  }
  if (gates.empty()) return gates;
  std::map<SeriesId, MeetingRecord> found;
  std::vector<std::int64_t> ids;
  for (auto& one : store.list_of_period(s, wanted, known_at)) {
    ids.push_back(one.id.value);
    found.emplace(one.series_id, std::move(one));
  }
  const auto approved = store.list_approved(s, ids);
  std::map<SeriesId, WaiverRecord> waivers;
  for (auto& waiver : store.list_waivers(s, meeting.id, known_at)) waivers.emplace(waiver.series_id, std::move(waiver));
  for (auto& gate : gates) {
    if (const auto at = found.find(gate.series.id); at != found.end()) {
      gate.meeting = at->second;
      if (const auto when = approved.find(at->second.id); when != approved.end() && (!known_at || when->second <= *known_at)) gate.approved_at = when->second;
    }
    if (const auto at = waivers.find(gate.series.id); at != waivers.end()) gate.waiver = at->second;
  }
  return gates;
}

// ---- the office calendar

namespace {

// A closed day can only move what lies near it: the longest closed stretch is under two weeks.
constexpr int near_days = 15;

}  // namespace

std::int64_t Meetings::count_affected(db::Session& session, const calendar::CalendarDays& after, const std::vector<Date>& changed) {
  if (changed.empty()) return 0;
  std::int64_t count = 0;
  for (const auto& m : parts_->store.list_still_planned(session, changed.front().plus_days(-near_days), changed.back().plus_days(near_days))) count += moved_off_closed(m.nominal_on, after) != m.planned_on ? 1 : 0;
  return count;
}

std::int64_t Meetings::recompute(db::Session& session, const Actor& actor, const calendar::CalendarDays& after_days, std::int64_t version, const std::vector<Date>& changed) {
  if (changed.empty()) return 0;
  std::int64_t count = 0;
  for (const auto& before : parts_->store.list_still_planned(session, changed.front().plus_days(-near_days), changed.back().plus_days(near_days))) {
    const Date moved = moved_off_closed(before.nominal_on, after_days);
    if (moved == before.planned_on) continue;
    auto after = before;
    after.planned_on = moved;
    if (!parts_->store.replace(session, before, after, actor)) continue;
    Parts::note(session, actor, "meeting.calendar_moved", "meeting", before.id.value, {{"from", before.planned_on.iso()}, {"planned_on", moved.iso()}, {"version", version}});
    ++count;
  }
  return count;
}

// ---- calendars that leave the house

Result<std::string> Meetings::calendar_title(db::Session& session, const Actor& actor, std::int64_t series_id) {
  if (!identity::may(actor, "meeting.read")) return fault(FaultKind::not_found, "meeting.not_found");
  if (series_id == 0) return std::string();
  MANDATE_ASSIGN(const auto series, parts_->series_of(session, actor, SeriesId{series_id}));
  return series.name;
}

Result<std::vector<CalendarMeeting>> Meetings::list_for_calendar(db::Session& session, const Actor& actor, std::int64_t series_id) {
  constexpr int shown_max = 1000;
  MANDATE_TRY(calendar_title(session, actor, series_id));
  const Date today = parts_->clock.today();
  MeetingFilter filter;
  filter.scope = parts_->scope(actor, "meeting.read");
  if (series_id != 0) filter.series_id = SeriesId{series_id};
  filter.from = today.plus_days(-400);
  const auto rows = parts_->store.list(session, filter, shown_max);
  std::vector<std::int64_t> ids;
  for (const auto& row : rows) ids.push_back(row.series_id.value);
  std::map<SeriesId, std::string> names;
  for (auto& one : parts_->store.list_series_by_id(session, ids)) names[one.id] = std::move(one.name);
  std::vector<CalendarMeeting> out;
  for (const auto& m : rows) {
    out.push_back({m.id, m.number, names[m.series_id], parts_->directory.agency_name(m.agency_id, m.planned_on), m.planned_on, m.begins_at, m.place, m.state, m.confidentiality, m.created_at, m.recorded_at, m.revision});
  }
  return out;
}

}  // namespace mandate::meetings
