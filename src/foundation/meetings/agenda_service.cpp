// The agenda: what rules bring, what people add, and what is done without.
#include "foundation/meetings/service.hpp"

namespace mandate::meetings {
namespace {

constexpr std::int64_t rule_positions = 100'000;  // for the entries of one rule
constexpr std::int64_t manual_position = 1'000'000'000;

std::string city_text(const std::string& key) { return i18n::text(key, Language::zh_tw); }

// What makes an entry of a rule the same one when the rule runs again.
using Same = std::tuple<std::string, std::string, std::int64_t, std::int64_t, Confidentiality>;
Same same_of(const EntryRecord& e) { return {e.source_key, e.record_kind, e.record_id, e.agency_id, e.confidentiality}; }

}  // namespace

std::vector<Meetings::Parts::Collected> Meetings::Parts::collect(const SeriesRecord& series, const MeetingRecord& meeting, Date as_of, Instant known_at) {
  AgendaQuestion question;
  question.kind = series.kind;
  question.agencies = ids_from_text(series.covers);
  if (question.agencies.empty() && series.kind == SeriesKind::agency) question.agencies = directory.subtree(series.agency_id, as_of);
  question.from = meeting.period_from;
  question.to = meeting.period_to;
  question.as_of = as_of;
  question.known_at = known_at;
  std::vector<Collected> out;
  for (const auto& key : words_from_text(series.sources)) {
    // A rule that the program knows no more brings nothing; the series says so until it is taken off.
    if (const auto* one = source(key)) out.push_back({one, database.read([&](db::Session& s) { return one->collect(s, question); })});
  }
  return out;
}

void Meetings::Parts::put_runs(db::Session& s, const Actor& actor, const MeetingRecord& meeting, std::vector<Collected>& collected, Date as_of, Instant known_at) {
  std::map<Same, EntryRecord> before;
  for (auto& entry : store.list_entries(s, meeting.id)) {
    if (entry.origin == EntryOrigin::rule) before.emplace(same_of(entry), std::move(entry));
  }
  store.supersede_runs(s, meeting.id, actor.now);
  store.supersede_entries(s, meeting.id, EntryOrigin::rule, actor.now);
  std::vector<EntryRecord> entries;
  std::int64_t place = 0;
  for (auto& [source, section] : collected) {
    PackSection kept;
    kept.key = source->key;
    kept.version = source->version;
    kept.title = city_text(source->title);
    kept.about = city_text(source->about);
    kept.finding = section.finding;
    for (const auto& definition : section.definitions) kept.definitions.push_back({definition.name, definition.text});
    if (!section.table.empty()) kept.table = pack_table(section.table);
    if (section.chart) kept.chart = pack_chart(*section.chart);
    const RunRecord run{new_id<RunId>(), meeting.id, source->key, source->version, kept.title, boost::json::serialize(http::to_json(kept)), as_of, known_at, actor.now, actor.account_id, {}};
    store.insert(s, run);
    std::int64_t position = place++ * rule_positions;
    for (const auto& one : section.entries) {
      EntryRecord entry;
      entry.meeting_id = meeting.id;
      entry.origin = EntryOrigin::rule;
      entry.source_key = source->key;
      entry.run_id = run.id;
      entry.record_kind = one.record_kind;
      entry.record_id = one.record_id;
      entry.agency_id = one.agency_id;
      entry.confidentiality = one.confidentiality;
      entry.title = one.title;
      entry.reason = one.reason;
      entry.figures = table_text(one.figures);
      entry.position = position++;
      entry.recorded_at = actor.now;
      entry.recorded_by = actor.account_id;
      entry.id = new_id<EntryId>();
      if (const auto known = before.find(same_of(entry)); known != before.end()) {
        entry.id = known->second.id;
        entry.struck_reason = known->second.struck_reason;
        before.erase(known);  // a rule that brings one record twice gives the second an id of its own
      }
      entries.push_back(std::move(entry));
    }
  }
  store.insert(s, entries);
}

Result<> Meetings::Parts::run_rules(const Actor& actor, MeetingId id) {
  const auto meeting = database.read([&](db::Session& s) -> Result<Seen> {
    MANDATE_ASSIGN(auto seen, reach(s, actor, id, "meeting.run"));
    if (!takes(seen.meeting.state, Step::open_agenda)) MANDATE_TRY(step(s, actor, id, "meeting.run", Step::run_rules));
    return seen;
  });
  MANDATE_TRY(meeting);
  const auto series = database.read([&](db::Session& s) { return store.find_series(s, meeting->meeting.series_id); });
  const Date as_of = taipei_date(actor.now);
  auto collected = collect(*series, meeting->meeting, as_of, actor.now);
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, reach(s, actor, id, "meeting.run"));
    const bool opens = takes(seen.meeting.state, Step::open_agenda);
    if (!opens) MANDATE_TRY(step(s, actor, id, "meeting.run", Step::run_rules));
    if (opens) {
      auto after = seen.meeting;
      after.state = MeetingState::agenda_open;
      if (!store.replace(s, seen.meeting, after, actor)) return fault(FaultKind::stale, "meeting.stale");
      note(s, actor, "meeting.agenda_opened", "meeting", id.value, {});
    }
    put_runs(s, actor, seen.meeting, collected, as_of, actor.now);
    std::string rules;
    for (const auto& one : collected) rules += (rules.empty() ? "" : "、") + one.source->key + " v" + std::to_string(one.source->version);
    note(s, actor, "meeting.rules_run", "meeting", id.value, {{"rules", rules.empty() ? "-" : rules}});
    return done();
  });
}

Result<EntryId> Meetings::Parts::add_entry(const Actor& actor, MeetingId id, const NewEntry& in) {
  MANDATE_TRY(check_text("title", in.title, 600));
  MANDATE_TRY(check_text("reason", in.reason, 3'000));
  if (in.agency_id != 0 && !directory.agency_exists(in.agency_id, clock.today())) return field_fault("agency_id", "meeting.no_agency");
  return database.write([&](db::Session& s) -> Result<EntryId> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::add_entry));
    if (!seen.shows(in.agency_id, in.confidentiality)) return field_fault("confidentiality", "meeting.too_secret");
    const auto entries = store.list_entries(s, id);
    const auto manual = std::count_if(entries.begin(), entries.end(), [](const auto& one) { return one.origin == EntryOrigin::manual; });
    if (manual >= static_cast<std::ptrdiff_t>(manual_entries_max)) return fault(FaultKind::conflict, "meeting.too_many", {{"max", std::to_string(manual_entries_max)}});
    EntryRecord entry;
    entry.id = new_id<EntryId>();
    entry.meeting_id = id;
    entry.origin = EntryOrigin::manual;
    entry.source_key = "manual";
    entry.agency_id = in.agency_id;
    entry.confidentiality = in.confidentiality;
    entry.title = in.title;
    entry.reason = in.reason;
    entry.position = manual_position + manual;
    entry.recorded_at = actor.now;
    entry.recorded_by = actor.account_id;
    std::vector<EntryRecord> rows = {entry};
    store.insert(s, rows);
    // The history of the meeting is read by people who may not know that there is a closed entry.
    const bool closed = in.confidentiality == Confidentiality::confidential;
    note(s, actor, "meeting.entry_added", closed ? "meeting_entry" : "meeting", closed ? entry.id.value : id.value, {{"title", closed ? "" : in.title}, {"reason", closed ? "" : in.reason}});
    return entry.id;
  });
}

Result<> Meetings::Parts::strike_entry(const Actor& actor, MeetingId id, EntryId entry_id, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.run", Step::strike_entry));
    const auto entries = store.list_entries(s, id);
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.id == entry_id; });
    if (found == entries.end() || !seen.shows(found->agency_id, found->confidentiality)) return fault(FaultKind::not_found, "meeting.no_entry");
    if (!found->struck_reason.empty()) return fault(FaultKind::conflict, "meeting.struck_already");
    if (!store.supersede_entry(s, *found, actor.now)) return fault(FaultKind::stale, "meeting.stale");
    auto after = *found;
    after.struck_reason = reason;
    after.recorded_at = actor.now;
    // Who added it stays its author; who struck it stands in the log.
    std::vector<EntryRecord> rows = {after};
    store.insert(s, rows);
    const bool closed = after.confidentiality == Confidentiality::confidential;
    note(s, actor, "meeting.entry_struck", closed ? "meeting_entry" : "meeting", closed ? entry_id.value : id.value, {{"title", closed ? "" : after.title}, {"reason", closed ? "" : reason}});
    return done();
  });
}

Result<> Meetings::Parts::waive(const Actor& actor, MeetingId id, SeriesId series, const std::string& reason) {
  MANDATE_TRY(check_text("reason", reason, 3'000));
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto seen, step(s, actor, id, "meeting.arrange", Step::waive));
    const auto gates = gates_of(s, seen.meeting);
    const auto found = std::find_if(gates.begin(), gates.end(), [&](const auto& gate) { return gate.series.id == series; });
    if (found == gates.end()) return field_fault("series_id", "meeting.no_gate");
    if (found->open()) return fault(FaultKind::conflict, "meeting.gate_open");
    store.insert(s, WaiverRecord{next_id(), id, series, reason, actor.now, actor.account_id});
    note(s, actor, "meeting.waived", "meeting", id.value, {{"series", found->series.name}, {"reason", reason}});
    return done();
  });
}

}  // namespace mandate::meetings
