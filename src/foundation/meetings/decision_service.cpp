// Decisions: each is a duty in the ledger from the moment it is taken, and comes back to the next agenda of its series until it is closed.
#include "foundation/meetings/service.hpp"
#include "platform/db/numbers.hpp"
#include "platform/digest/digest.hpp"

namespace mandate::meetings {

Result<DecisionId> Meetings::Parts::decide(const Actor& actor, MeetingId id, const NewDecision& in) {
  MANDATE_TRY(check_text("text", in.text, text_bytes_max));
  const Date today = clock.today();
  if (in.agency_id == 0) return field_fault("agency_id", "input.required");
  if (in.due_on < today || in.due_on > today.plus_days(3660)) return field_fault("due_on", "input.out_of_range", {{"min", today.iso()}, {"max", today.plus_days(3660).iso()}});
  return database.write([&](db::Session& s) -> Result<DecisionId> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::decide));
    // An agency's own meeting binds that agency; a meeting of the city all of them.
    if (!reaches(actor, "meeting.run", {in.agency_id, 0, "", in.confidentiality, 0})) return field_fault("agency_id", "meeting.not_to_bind");
    const auto before = store.list_decisions_of(s, id);
    if (before.size() >= decisions_max) return fault(FaultKind::conflict, "meeting.too_many", {{"max", std::to_string(decisions_max)}});
    const auto hash = digest::sha256_hex(in.text);
    const auto twice = std::any_of(before.begin(), before.end(), [&](const DecisionRecord& one) {
      return one.state != DecisionState::withdrawn && one.content_hash == hash && one.agency_id == in.agency_id && one.unit_id == in.unit_id && one.post_id == in.post_id;
    });
    if (twice) return fault(FaultKind::conflict, "meeting.decided_twice");
    if (in.entry_id != 0) {
      const auto entries = store.list_entries(s, id);
      const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.id.value == in.entry_id; });
      if (entry == entries.end() || !seen.shows(entry->agency_id, entry->confidentiality)) return field_fault("entry_id", "meeting.no_entry");
      // What is decided on a closed matter is no more open than the matter.
      if (entry->confidentiality > in.confidentiality) return field_fault("confidentiality", "meeting.as_secret_as_entry");
    }
    const auto series = store.find_series(s, seen.meeting.series_id);
    DecisionRecord r;
    r.id = new_id<DecisionId>();
    // Closed ones are numbered by themselves: a gap would show that there is one.
    const bool closed = in.confidentiality == Confidentiality::confidential;
    const auto alike = std::count_if(before.begin(), before.end(), [&](const DecisionRecord& one) { return (one.confidentiality == Confidentiality::confidential) == closed; });
    r.number = fmt::format("{}-{}{:02}", seen.meeting.number, closed ? "C" : "", alike + 1);
    r.meeting_id = id;
    r.series_id = seen.meeting.series_id;
    r.entry_id = EntryId{in.entry_id};
    r.content = in.text;
    r.content_hash = hash;
    r.agency_id = in.agency_id;
    r.unit_id = in.unit_id;
    r.post_id = in.post_id;
    r.due_on = in.due_on;
    r.confidentiality = in.confidentiality;
    r.created_at = r.recorded_at = actor.now;
    r.recorded_by = actor.account_id;
    duties::NewDuty duty;
    // A duty's title is a line; a decision may be longer.
    duty.title = in.text.substr(0, in.text.find('\n'));
    constexpr std::size_t title_bytes = 300;
    if (duty.title.size() > title_bytes) {
      std::size_t end = title_bytes;
      while (end > 0 && (static_cast<unsigned char>(duty.title[end]) & 0xC0) == 0x80) --end;
      duty.title = duty.title.substr(0, end) + "…";
    }
    duty.detail = i18n::text("meeting.duty_detail", Language::zh_tw, {{"series", series->name}, {"number", r.number}, {"text", in.text}});
    if (duty.detail.size() > text_bytes_max) duty.detail = in.text;
    duty.origin = "meeting";
    duty.source_kind = decision_kind;
    duty.source_id = r.id.value;
    duty.agency_id = in.agency_id;
    duty.unit_id = in.unit_id;
    duty.post_id = in.post_id;
    duty.due_on = in.due_on;
    duty.confidentiality = in.confidentiality;
    MANDATE_ASSIGN(const auto duty_id, duties.record(actor, duty));
    r.duty_id = duty_id.value;
    store.insert(s, r);
    if (closed) {
      note(s, actor, "meeting_decision.made", "meeting_decision", r.id.value, {{"number", r.number}});
    } else {
      note(s, actor, "meeting.decided", "meeting", id.value, {{"number", r.number}, {"agency", directory.agency_name(r.agency_id, today)}, {"due_on", r.due_on.iso()}});
    }
    return r.id;
  });
}

namespace {

// The decision and the meeting it was taken in, when the actor may end it.
Result<DecisionRecord> decision_to_end(Meetings::Parts& p, db::Session& s, const Actor& actor, DecisionId id, std::int64_t revision) {
  const auto decision = p.store.find_decision(s, id);
  if (!decision) return fault(FaultKind::not_found, "meeting.no_decision");
  MANDATE_ASSIGN(const auto seen, p.reach(s, actor, decision->meeting_id, "meeting.read"));
  if (!seen.shows(decision->agency_id, decision->confidentiality)) return fault(FaultKind::not_found, "meeting.no_decision");
  if (!seen.whole || !p.reaches(actor, "meeting.close", seen.meeting.facts())) return fault(FaultKind::forbidden, "meeting.out_of_scope");
  if (decision->state != DecisionState::open) return fault(FaultKind::conflict, "meeting.decision_not_open");
  if (decision->revision != revision) return fault(FaultKind::stale, "meeting.stale");
  return *decision;
}

}  // namespace

Result<> Meetings::Parts::close_decision(const Actor& actor, DecisionId id, const std::string& reason, std::int64_t revision) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, decision_to_end(*this, s, actor, id, revision));
    // The agency reports its duty done; whoever runs the meeting decides whether that is the end of it. Never the other way round.
    const auto cores = duties.list_cores(s, {before.duty_id});
    if (!cores.empty() && cores.front().state == duties::DutyState::open) return fault(FaultKind::conflict, "meeting.duty_open", {{"number", cores.front().number}});
    auto after = before;
    after.state = DecisionState::closed;
    after.reason = reason;
    if (!store.replace(s, before, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    note(s, actor, "meeting_decision.closed", "meeting_decision", id.value, {{"number", before.number}, {"reason", before.confidentiality == Confidentiality::confidential ? "" : reason}});
    return done();
  });
}

Result<> Meetings::Parts::withdraw_decision(const Actor& actor, DecisionId id, const std::string& reason, std::int64_t revision) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, decision_to_end(*this, s, actor, id, revision));
    auto after = before;
    after.state = DecisionState::withdrawn;
    after.reason = reason;
    if (!store.replace(s, before, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    MANDATE_TRY(duties.cancel_of_source(actor, decision_kind, id.value, reason));
    note(s, actor, "meeting_decision.withdrawn", "meeting_decision", id.value, {{"number", before.number}, {"reason", before.confidentiality == Confidentiality::confidential ? "" : reason}});
    return done();
  });
}

std::vector<FollowedDecision> Meetings::Parts::with_duties(db::Session& s, std::vector<DecisionRecord> decisions, Date as_of, MeetingStore::Known known_at) {
  std::vector<std::int64_t> ids;
  for (const auto& one : decisions) ids.push_back(one.id.value);
  std::map<std::int64_t, duties::DutyRow> rows;
  if (!ids.empty()) {
    for (auto& row : duties.list_of_sources(s, decision_kind, ids, nullptr, as_of, known_at)) {
      if (row.source) rows.emplace(row.source->id.value, std::move(row));
    }
  }
  std::vector<FollowedDecision> out;
  for (auto& one : decisions) {
    const auto found = rows.find(one.id.value);
    out.push_back({std::move(one), found == rows.end() ? std::nullopt : std::optional(found->second)});
  }
  return out;
}

std::vector<FollowedDecision> Meetings::Parts::followed(db::Session& s, const MeetingRecord& meeting, Date as_of, MeetingStore::Known known_at) {
  return with_duties(s, store.list_open_decisions(s, meeting.series_id, meeting.id, static_cast<int>(followed_max), known_at), as_of, known_at);
}

}  // namespace mandate::meetings
