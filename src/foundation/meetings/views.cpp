#include "foundation/meetings/views.hpp"

#include "platform/i18n/messages.hpp"

namespace mandate::meetings {
namespace {

ShownTable shown_table(const PackTable& packed) {
  const auto table = figure_table(packed);
  ShownTable out{packed.columns, {}, table.rows_left_out};
  for (const auto& row : table.rows) {
    auto& line = out.rows.emplace_back();
    for (const auto& cell : row) line.push_back(sheets::shown_text(cell));
  }
  return out;
}

std::optional<std::string> some(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

std::optional<MeetingPost> Views::post(std::int64_t id, Date on) const {
  if (id == 0) return std::nullopt;
  const auto found = p_.directory.post(id, on);
  if (!found) return std::nullopt;
  return MeetingPost{{id}, found->name, p_.directory.agency_name(found->agency_id, on), some(found->holder)};
}

AgendaSourceRow Views::source(const AgendaSource& one) const { return {one.key, one.version, i18n::text(one.title, actor_.language), i18n::text(one.about, actor_.language)}; }

std::vector<MeetingSeriesView> Views::series(const std::vector<SeriesRecord>& records) {
  std::vector<std::int64_t> gates;
  for (const auto& r : records) {
    for (const auto id : ids_from_text(r.gates)) gates.push_back(id);
  }
  std::map<std::int64_t, SeriesRecord> gate_of;
  for (auto& gate : p_.store.list_series_by_id(s_, gates)) gate_of.emplace(gate.id.value, std::move(gate));
  const auto days = p_.calendar.snapshot();
  std::vector<MeetingSeriesView> out;
  for (const auto& r : records) {
    MeetingSeriesView v;
    v.id = r.id;
    v.revision = r.revision;
    v.kind = r.kind;
    v.name = r.name;
    v.agency_id = {r.agency_id};
    v.agency_name = agency(r.agency_id);
    v.confidentiality = r.confidentiality;
    v.frequency = r.frequency;
    v.day = r.day;
    v.months_after = r.months_after;
    v.begins_at = r.begins_at;
    v.place = r.place;
    v.chair = post(r.chair_post_id, today_);
    for (const auto id : ids_from_text(r.attendants)) {
      if (auto seat = post(id, today_)) v.attendants.push_back(std::move(*seat));
    }
    v.stage = r.stage;
    for (const auto id : ids_from_text(r.gates)) {
      if (const auto gate = gate_of.find(id); gate != gate_of.end()) v.gates.push_back({gate->second.id, gate->second.name, agency(gate->second.agency_id)});
    }
    for (const auto& key : words_from_text(r.sources)) {
      const auto* known = p_.source(key);
      v.sources.push_back(known != nullptr ? source(*known) : AgendaSourceRow{key, 0, key, ""});
    }
    for (const auto id : ids_from_text(r.covers)) v.covers.push_back({{id}, agency(id)});
    v.ended = r.ended;
    const auto period = period_of(r.frequency, today_);
    v.next_period_from = period.from;
    v.next_period_to = period.to;
    v.next_on = moved_off_closed(nominal_day(r.frequency, period, static_cast<int>(r.day), static_cast<int>(r.months_after)), days->days);
    if (!r.ended && p_.reaches(actor_, "meeting.run", r.facts())) v.actions.emplace_back("plan");
    if (p_.reaches(actor_, "meeting.arrange", r.facts())) v.actions.emplace_back("change");
    out.push_back(std::move(v));
  }
  return out;
}

std::vector<MeetingRow> Views::rows(const std::vector<MeetingRecord>& records, std::optional<Instant> known_at) {
  std::vector<std::int64_t> ids;
  for (const auto& m : records) ids.push_back(m.series_id.value);
  std::map<SeriesId, SeriesRecord> series;
  for (auto& one : p_.store.list_series_by_id(s_, ids, known_at)) series.emplace(one.id, std::move(one));
  const auto scope = p_.scope(actor_, "meeting.read");
  std::vector<MeetingRow> out;
  for (const auto& m : records) {
    MeetingRow row;
    row.id = m.id;
    row.number = m.number;
    row.series_id = m.series_id;
    if (const auto found = series.find(m.series_id); found != series.end()) {
      row.series_name = found->second.name;
      row.kind = found->second.kind;
      row.stage = found->second.stage;
    }
    row.agency_id = {m.agency_id};
    row.agency_name = p_.directory.agency_name(m.agency_id, m.planned_on);
    row.confidentiality = m.confidentiality;
    row.period_from = m.period_from;
    row.period_to = m.period_to;
    row.planned_on = m.planned_on;
    row.nominal_on = m.nominal_on;
    row.begins_at = m.begins_at;
    row.place = m.place;
    row.state = m.state;
    row.reason = some(m.reason);
    row.held_on = m.held_on;
    row.whole = identity::reaches(scope, m.facts());
    row.revision = m.revision;
    out.push_back(std::move(row));
  }
  return out;
}

std::vector<MeetingDecisionView> Views::decisions(const std::vector<FollowedDecision>& all) {
  std::vector<MeetingDecisionView> out;
  const auto close = p_.scope(actor_, "meeting.close");
  std::vector<std::int64_t> ids;
  for (const auto& [d, duty] : all) {
    if (d.state == DecisionState::open) ids.push_back(d.meeting_id.value);
  }
  std::set<MeetingId> may_close;
  if (!close.none()) {
    for (const auto& meeting : p_.store.list_by_id(s_, ids)) {
      if (identity::reaches(close, meeting.facts())) may_close.insert(meeting.id);
    }
  }
  for (const auto& [d, duty] : all) {
    MeetingDecisionView v;
    v.id = d.id;
    v.number = d.number;
    v.meeting_id = d.meeting_id;
    v.meeting_number = d.number.substr(0, d.number.rfind('-'));
    v.text = d.content;
    v.agency_id = {duty ? duty->agency_id.value : d.agency_id};
    v.agency_name = agency(v.agency_id.value);
    v.due_on = duty ? duty->due_on : d.due_on;
    if (duty) {
      v.post_name = duty->post_name;
      v.duty = DutyOfDecision{duty->id, duty->number, duty->state, duty->lateness, duty->days_left};
    }
    if (d.entry_id) v.entry_id = d.entry_id;
    v.confidentiality = d.confidentiality;
    v.state = d.state;
    v.reason = some(d.reason);
    v.created_at = d.created_at;
    v.revision = d.revision;
    if (d.state == DecisionState::open && may_close.count(d.meeting_id) == 1) {
      if (!duty || duty->state != duties::DutyState::open) v.actions.emplace_back("close");
      v.actions.emplace_back("withdraw");
    }
    out.push_back(std::move(v));
  }
  return out;
}

void Views::add_agenda(MeetingView& view, const Seen& seen, std::optional<Instant> known_at) {
  for (const auto& run : p_.store.list_runs(s_, seen.meeting.id, known_at)) {
    PackSection section;
    http::FieldFaults faults;
    http::from_json(boost::json::parse(run.section), section, "", faults);
    AgendaRun v;
    v.key = run.source_key;
    v.version = run.source_version;
    v.title = section.title;
    v.about = section.about;
    v.as_of = run.as_of;
    v.known_at = run.known_at;
    v.run_at = run.run_at;
    v.run_by_name = account(run.run_by);
    v.definitions = std::move(section.definitions);
    if (seen.whole) {
      v.finding = some(section.finding);
      if (section.table) v.table = shown_table(*section.table);
      v.has_chart = section.chart.has_value();
    }
    view.runs.push_back(std::move(v));
  }
  for (const auto& e : p_.store.list_entries(s_, seen.meeting.id, known_at)) {
    if (!seen.shows(e.agency_id, e.confidentiality)) continue;
    AgendaEntry v;
    v.id = e.id;
    v.origin = e.origin;
    v.source_key = e.source_key;
    if (!e.record_kind.empty()) v.record = PackRecord{e.record_kind, {e.record_id}};
    if (e.agency_id != 0) {
      v.agency_id = http::Number63{e.agency_id};
      v.agency_name = agency(e.agency_id);
    }
    v.confidentiality = e.confidentiality;
    v.title = e.title;
    v.reason = e.reason;
    if (const auto table = table_from_text(e.figures)) v.table = shown_table(*table);
    v.struck_reason = some(e.struck_reason);
    if (e.origin == EntryOrigin::manual) v.added_by_name = account(e.recorded_by);
    view.entries.push_back(std::move(v));
  }
}

void Views::add_course(MeetingView& view, const Seen& seen, const SeriesRecord& series, std::optional<Instant> known_at) {
  const auto& m = seen.meeting;
  const Date on = known_at ? taipei_date(*known_at) : today_;
  const auto shown = [&](const FollowedDecision& one) { return seen.shows(one.duty ? one.duty->agency_id.value : one.decision.agency_id, one.decision.confidentiality); };
  auto decided = p_.with_duties(s_, p_.store.list_decisions_of(s_, m.id, known_at), on, known_at);
  std::erase_if(decided, [&](const auto& one) { return !shown(one); });
  view.decisions = decisions(decided);
  if (m.state == MeetingState::planned || m.state == MeetingState::agenda_open || m.state == MeetingState::cancelled) {
    auto open = p_.followed(s_, m, on, known_at);
    std::erase_if(open, [&](const auto& one) { return !shown(one); });
    view.followed = decisions(open);
  } else {
    // Those that the pack froze, with what has become of them.
    std::vector<std::int64_t> ids;
    for (const auto& pack : p_.store.list_packs(s_, m.id, known_at)) {
      const auto frozen = read_pack(p_.store.find_pack_content(s_, m.id, pack.part).value_or(""));
      if (!frozen.ok()) continue;
      for (const auto& one : frozen->decisions) ids.push_back(one.id.value);
    }
    auto carried = p_.with_duties(s_, p_.store.list_decisions_by_id(s_, ids, known_at), on, known_at);
    std::erase_if(carried, [&](const auto& one) { return !shown(one); });
    view.followed = decisions(carried);
  }
  for (const auto& pack : p_.store.list_packs(s_, m.id, known_at)) {
    if (!seen.whole || (pack.part == PackPart::closed && !seen.shows(m.agency_id, Confidentiality::confidential))) continue;
    view.packs.push_back({pack.part, pack.hash, pack.size, pack.as_of, pack.known_at, pack.frozen_at, account(pack.frozen_by)});
  }
  if (!seen.whole) return;
  for (const auto& gate : p_.gates_of(s_, m, known_at)) {
    FirstStage v{gate.series.id, gate.series.name, agency(gate.series.agency_id), {}, {}, {}, gate.approved_at, {}, {}};
    if (gate.meeting) {
      v.meeting_id = gate.meeting->id;
      v.meeting_number = gate.meeting->number;
      v.meeting_state = gate.meeting->state;
    }
    if (gate.waiver) {
      v.waived = gate.waiver->reason;
      v.waived_by_name = account(gate.waiver->waived_by);
    }
    view.gates.push_back(std::move(v));
  }
  const auto seats = p_.store.list_attendance(s_, m.id, known_at);
  view.attendance_kept = !seats.empty();
  for (const auto& seat : seats) {
    MeetingSeat v;
    if (seat.post_id != 0) {
      v.post_id = http::Number63{seat.post_id};
      if (const auto found = p_.directory.post(seat.post_id, m.planned_on)) v.post_name = found->name;
    }
    if (seat.agency_id != 0) {
      v.agency_id = http::Number63{seat.agency_id};
      v.agency_name = agency(seat.agency_id);
    }
    v.who = seat.who;
    v.presence = seat.presence;
    v.deputy = seat.deputy;
    view.attendance.push_back(std::move(v));
  }
  if (seats.empty()) {
    for (const auto id : ids_from_text(series.attendants)) {
      const auto found = p_.directory.post(id, m.planned_on);
      if (found) view.attendance.push_back({http::Number63{id}, found->name, http::Number63{found->agency_id}, agency(found->agency_id), found->holder, Presence::present, ""});
    }
  }
  for (const auto& one : p_.store.list_minutes(s_, m.id, known_at)) {
    view.minutes.push_back({one.version, one.content, one.written_at, account(one.written_by), one.approved_at, one.approved_by ? std::optional(account(*one.approved_by)) : std::nullopt});
  }
}

// The buttons of the page: what this reader may do to the meeting in its present state.
std::vector<std::string> Views::actions(const Seen& seen, const MeetingView& view) const {
  std::vector<std::string> out;
  const auto add = [&](const char* name, std::string_view permission, Step step) {
    if (seen.whole && takes(seen.meeting.state, step) && p_.reaches(actor_, permission, seen.meeting.facts())) out.emplace_back(name);
  };
  add("open_agenda", "meeting.run", Step::open_agenda);
  add("run_rules", "meeting.run", Step::run_rules);
  add("add_entry", "meeting.run", Step::add_entry);
  add("strike_entry", "meeting.run", Step::strike_entry);
  const bool blocked = std::any_of(view.gates.begin(), view.gates.end(), [](const auto& gate) { return !gate.approved_at && !gate.waived; });
  if (blocked) add("waive", "meeting.arrange", Step::waive);
  add("freeze", "meeting.run", Step::freeze);
  add("edit", "meeting.run", Step::edit);
  add("hold", "meeting.run", Step::hold);
  add("attend", "meeting.run", Step::attend);
  add("decide", "meeting.run", Step::decide);
  add("write_minutes", "meeting.run", Step::write_minutes);
  if (!view.minutes.empty()) add("approve_minutes", "meeting.run", Step::approve_minutes);
  add("cancel", "meeting.run", Step::cancel);
  return out;
}

Result<MeetingView> Views::meeting(MeetingId id, std::optional<Date> as_known_on) {
  const auto known_at = as_known_on && *as_known_on < today_ ? std::optional(taipei_end_of_day(*as_known_on)) : std::nullopt;
  MANDATE_ASSIGN(const auto seen, p_.reach(s_, actor_, id, "meeting.read", known_at));
  const auto series = p_.store.find_series(s_, seen.meeting.series_id, known_at);
  if (!series) return fault(FaultKind::not_found, "meeting.not_found");
  MeetingView view;
  view.meeting = rows({seen.meeting}, known_at).front();
  view.chair = post(series->chair_post_id, seen.meeting.planned_on);
  add_agenda(view, seen, known_at);
  add_course(view, seen, *series, known_at);
  if (known_at) {
    view.as_known_on = as_known_on;
    for (auto* list : {&view.followed, &view.decisions}) {
      for (auto& one : *list) one.actions.clear();
    }
    return view;
  }
  if (seen.whole) view.history = p_.audit.history(s_, "meeting", id.value, actor_.language);
  view.actions = actions(seen, view);
  return view;
}

Result<PackForReader> pack_for(Meetings::Parts& p, const Actor& actor, MeetingId id, std::optional<PackPart> asked, bool must_be_whole) {
  return p.database.read([&](db::Session& s) -> Result<PackForReader> {
    MANDATE_ASSIGN(const auto seen, p.reach(s, actor, id, "meeting.read"));
    const auto rows = p.store.list_packs(s, id);
    const auto row_of = [&](PackPart part) { return std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.part == part; }); };
    const auto read = [&](PackPart part) -> Result<PackForReader> {
      const auto content = p.store.find_pack_content(s, id, part);
      if (!content) return fault(FaultKind::not_found, "meeting.no_pack");
      MANDATE_ASSIGN(auto pack, read_pack(*content));
      return PackForReader{std::move(pack), row_of(part)->hash, *content, false};
    };
    if (rows.empty()) return fault(FaultKind::not_found, "meeting.no_pack");
    const auto part = asked.value_or(PackPart::main);
    if (seen.whole) {
      // Whoever may not know of a closed part is answered as if there were none.
      if (part == PackPart::closed && !seen.shows(seen.meeting.agency_id, Confidentiality::confidential)) return fault(FaultKind::not_found, "meeting.no_pack");
      return read(part);
    }
    if (must_be_whole || part == PackPart::closed) return fault(FaultKind::forbidden, "meeting.pack_whole_only");
    MANDATE_ASSIGN(auto out, read(PackPart::main));
    out.extract = true;
    out.content.clear();
    auto& pack = out.pack;
    if (row_of(PackPart::closed) != rows.end()) {
      MANDATE_ASSIGN(auto closed, read(PackPart::closed));
      pack.decisions.insert(pack.decisions.end(), closed.pack.decisions.begin(), closed.pack.decisions.end());
      for (auto& section : closed.pack.sections) pack.sections.push_back(std::move(section));
    }
    pack.gates.clear();
    std::erase_if(pack.decisions, [&](const auto& one) { return !seen.shows(one.agency_id.value, one.confidentiality); });
    for (auto& section : pack.sections) {
      section.finding.clear();
      section.table.reset();
      section.chart.reset();
      std::erase_if(section.entries, [&](const auto& one) { return !seen.shows(one.agency_id ? one.agency_id->value : 0, one.confidentiality); });
    }
    std::erase_if(pack.sections, [](const auto& section) { return section.entries.empty(); });
    return out;
  });
}

}  // namespace mandate::meetings
