// Freezing: the agenda as it is at the cut-off becomes one text under one hash. Everything that is written for it is one transaction: there is a whole pack
// or none.
#include "foundation/meetings/service.hpp"
#include "platform/digest/digest.hpp"

namespace mandate::meetings {
namespace {

Result<> check_gates(const std::vector<Gate>& gates) {
  std::string names;
  for (const auto& gate : gates) {
    if (!gate.open()) names += (names.empty() ? "" : "、") + gate.series.name;
  }
  if (names.empty()) return done();
  return fault(FaultKind::conflict, "meeting.gates_closed", {{"names", names}});
}

PackEntry pack_entry(const EntryRecord& e, const Directory& directory, Date on, const std::function<std::string(std::int64_t)>& account_name) {
  PackEntry out;
  out.id = {e.id.value};
  out.origin = e.origin;
  if (!e.record_kind.empty()) out.record = PackRecord{e.record_kind, {e.record_id}};
  if (e.agency_id != 0) {
    out.agency_id = http::Number63{e.agency_id};
    out.agency = directory.agency_name(e.agency_id, on);
  }
  out.confidentiality = e.confidentiality;
  out.title = e.title;
  out.reason = e.reason;
  out.table = table_from_text(e.figures);
  if (!e.struck_reason.empty()) out.struck = e.struck_reason;
  if (e.origin == EntryOrigin::manual) out.added_by = account_name(e.recorded_by);
  return out;
}

}  // namespace

std::vector<Pack> Meetings::Parts::packs_of(db::Session& s, const Actor& actor, const MeetingRecord& m, const SeriesRecord& series, Date as_of, Instant known_at) {
  const auto account_name = [&](std::int64_t id) { return identity.name_of(s, id); };
  Pack main;
  auto& head = main.meeting;
  head.id = {m.id.value};
  head.number = m.number;
  head.series = series.name;
  head.kind = series.kind;
  head.stage = static_cast<int>(series.stage);
  head.agency = directory.agency_name(m.agency_id, as_of);
  head.period_from = m.period_from;
  head.period_to = m.period_to;
  head.planned_on = m.planned_on;
  head.begins_at = m.begins_at;
  head.place = m.place;
  if (series.chair_post_id != 0) {
    if (const auto post = directory.post(series.chair_post_id, m.planned_on)) head.chair = post->name + (post->holder.empty() ? "" : " " + post->holder);
  }
  head.confidentiality = m.confidentiality;
  main.as_of = as_of;
  main.known_at = known_at;
  main.frozen_at = actor.now;
  main.frozen_by = account_name(actor.account_id);
  Pack closed = main;
  closed.part = PackPart::closed;
  // Of a meeting that is closed as a whole nothing has to be kept apart.
  const auto apart = [&](Confidentiality confidentiality) { return confidentiality == Confidentiality::confidential && m.confidentiality != Confidentiality::confidential; };

  for (const auto& gate : gates_of(s, m)) {
    PackGate one;
    one.series_id = {gate.series.id.value};
    one.series = gate.series.name;
    one.agency = directory.agency_name(gate.series.agency_id, as_of);
    if (gate.meeting) one.meeting_number = gate.meeting->number;
    one.approved_at = gate.approved_at;
    if (gate.waiver && !gate.approved_at) {
      one.waived = gate.waiver->reason;
      one.waived_by = account_name(gate.waiver->waived_by);
      one.waived_at = gate.waiver->waived_at;
    }
    main.gates.push_back(std::move(one));
  }
  for (const auto& [decision, duty] : followed(s, m, as_of, known_at)) {
    PackDecision one;
    one.id = {decision.id.value};
    one.number = decision.number;
    one.meeting_number = decision.number.substr(0, decision.number.rfind('-'));
    one.decided_on = taipei_date(decision.created_at);
    one.text = decision.content;
    one.agency_id = {decision.agency_id};
    one.agency = directory.agency_name(decision.agency_id, as_of);
    one.confidentiality = decision.confidentiality;
    one.due_on = decision.due_on;
    if (duty) {
      one.agency_id = duty->agency_id;  // it may have been handed over
      one.agency = directory.agency_name(duty->agency_id.value, as_of);
      one.duty_number = duty->number;
      one.due_on = duty->due_on;
      one.duty_state = boost::describe::enum_to_string(duty->state, "");
      one.lateness = boost::describe::enum_to_string(duty->lateness, "");
      one.days_left = duty->days_left;
    }
    (apart(decision.confidentiality) ? closed : main).decisions.push_back(std::move(one));
  }
  const auto entries = store.list_entries(s, m.id);
  for (const auto& run : store.list_runs(s, m.id)) {
    PackSection section;
    http::FieldFaults faults;
    http::from_json(boost::json::parse(run.section), section, "", faults);
    PackSection secret;
    secret.key = section.key;
    secret.version = section.version;
    secret.title = section.title;
    secret.about = section.about;
    for (const auto& entry : entries) {
      if (entry.run_id != run.id) continue;
      (apart(entry.confidentiality) ? secret : section).entries.push_back(pack_entry(entry, directory, as_of, account_name));
    }
    main.sections.push_back(std::move(section));
    if (!secret.entries.empty()) closed.sections.push_back(std::move(secret));
  }
  PackSection manual;
  manual.key = "manual";
  manual.title = i18n::text("meeting.manual_section", Language::zh_tw);
  PackSection secret = manual;
  for (const auto& entry : entries) {
    if (entry.origin == EntryOrigin::manual) (apart(entry.confidentiality) ? secret : manual).entries.push_back(pack_entry(entry, directory, as_of, account_name));
  }
  if (!manual.entries.empty()) main.sections.push_back(std::move(manual));
  if (!secret.entries.empty()) closed.sections.push_back(std::move(secret));
  std::vector<Pack> packs;
  packs.push_back(std::move(main));
  if (!closed.sections.empty() || !closed.decisions.empty()) packs.push_back(std::move(closed));
  return packs;
}

Result<> Meetings::Parts::freeze(const Actor& actor, MeetingId id, std::optional<Date> cutoff_on, std::int64_t revision) {
  const Date today = taipei_date(actor.now);
  const auto found = database.read([&](db::Session& s) -> Result<std::pair<MeetingRecord, SeriesRecord>> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::freeze, revision));
    MANDATE_TRY(check_gates(gates_of(s, seen.meeting)));
    return std::pair(seen.meeting, *store.find_series(s, seen.meeting.series_id));
  });
  MANDATE_TRY(found);
  const auto& [planned, series] = *found;
  if (cutoff_on && (*cutoff_on < planned.period_from || *cutoff_on > today)) return field_fault("cutoff_on", "input.out_of_range", {{"min", planned.period_from.iso()}, {"max", today.iso()}});
  const Date as_of = cutoff_on.value_or(today);
  const Instant known_at = as_of < today ? taipei_end_of_day(as_of) : actor.now;
  auto collected = collect(series, planned, as_of, known_at);
  return database.write([&, &frozen_series = series](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::freeze, revision));
    MANDATE_TRY(check_gates(gates_of(s, seen.meeting)));
    put_runs(s, actor, seen.meeting, collected, as_of, known_at);
    auto after = seen.meeting;
    after.state = MeetingState::frozen;
    if (!store.replace(s, seen.meeting, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    for (const auto& pack : packs_of(s, actor, after, frozen_series, as_of, known_at)) {
      const auto content = canonical_pack(pack);
      const PackRow row{id, pack.part, digest::sha256_hex(content), static_cast<std::int64_t>(content.size()), as_of, known_at, actor.now, actor.account_id};
      store.insert_pack(s, row, content);
      note(s, actor, "meeting.frozen", pack.part == PackPart::main ? "meeting" : "meeting_pack", id.value, {{"as_of", as_of.iso()}, {"sha256", row.hash}});
    }
    return done();
  });
}

}  // namespace mandate::meetings
