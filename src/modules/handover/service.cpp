#include "modules/handover/service.hpp"

#include "platform/db/events.hpp"

namespace mandate::handover {
namespace {

constexpr int items_max = 1000;  // of one post; more is no list that two people go through
constexpr auto columns = "id, post_id, agency_id, from_person, to_person, changes_on, made_at, made_by, note, frozen_at";

struct NoteRow {
  std::int64_t duty_id = 0;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(NoteRow, (), (duty_id, note))

struct SignatureOf {
  HandoverId handover_id;
  Part part = Part::leaving;
  std::int64_t account_id = 0;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(SignatureOf, (), (handover_id, part, account_id, at))

void note_event(db::Session& s, const Actor& actor, const char* kind, HandoverId id, boost::json::object data) {
  db::append_event(s, {actor.now, actor.account_id, kind, "handover", id.value, boost::json::serialize(data), {}});
}

}  // namespace

Handovers::Handovers(db::Database& database, const Clock& clock, identity::Identity& identity, duties::Duties& duties, const agencies::Agencies& agencies)
    : database_(database), clock_(clock), identity_(identity), duties_(duties), agencies_(agencies) {}

Result<> Handovers::holder_changed(db::Session& s, const Actor& actor, PostId post, PersonId before, PersonId after, Date on) {
  // What nobody has signed yet follows a correction of the appointment; what was left for a vacant post waits for who comes.
  const auto waiting = s.find<HandoverRecord>(std::string("SELECT ") + columns + " FROM handover WHERE post_id = ? AND (frozen_at IS NULL OR to_person = 0) ORDER BY changes_on DESC, id DESC LIMIT 1", post);
  if (waiting && (!before || waiting->from_person == before)) {
    if (after == waiting->from_person) {
      if (waiting->frozen_at) return done();
      // Nobody leaves after all.
      s.execute("DELETE FROM handover_item WHERE handover_id = ?", waiting->id);
      s.execute("DELETE FROM handover WHERE id = ?", waiting->id);
      note_event(s, actor, "handover.dropped", waiting->id, {});
      return done();
    }
    const Date changes_on = before && !waiting->frozen_at ? on : waiting->changes_on;
    s.execute("UPDATE handover SET to_person = ?, changes_on = ? WHERE id = ?", after, changes_on, waiting->id);
    note_event(s, actor, "handover.corrected", waiting->id, {{"changes_on", changes_on.iso()}});
    return done();
  }
  if (!before || before == after) return done();
  const auto organisation = agencies_.snapshot();
  const auto* there = organisation->find_post(post, {on, {}});
  if (there == nullptr) there = organisation->find_post(post, {on.plus_days(-1), {}});
  if (there == nullptr) return done();
  const auto id = new_id<HandoverId>();
  s.execute("INSERT INTO handover (id, post_id, agency_id, from_person, to_person, changes_on, made_at, made_by, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')", id, post, there->agency_id, before, after, on, actor.now,
            actor.account_id);
  note_event(s, actor, "handover.made", id, {{"post", there->name}, {"changes_on", on.iso()}});
  return done();
}

Standing Handovers::standing_of(const Actor& actor, const HandoverRecord& r) const {
  Standing standing;
  const auto organisation = agencies_.recent();
  const auto me = actor.is_token ? PersonId{} : organisation->person_of_account(actor.account_id);
  standing.leaving = me && me == r.from_person;
  standing.coming = me && me == r.to_person;
  standing.looks_after = identity::reaches(identity_.scope(actor, "deputy.edit", "post"), {r.agency_id.value, 0, "", identity::Confidentiality::internal, 0});
  return standing;
}

Result<HandoverRecord> Handovers::find(db::Session& s, const Actor& actor, HandoverId id, Standing& standing) {
  const auto record = s.find<HandoverRecord>(std::string("SELECT ") + columns + " FROM handover WHERE id = ?", id);
  if (!record) return fault(FaultKind::not_found, "handover.not_found");
  standing = standing_of(actor, *record);
  if (!standing.any()) return fault(FaultKind::not_found, "handover.not_found");
  return *record;
}

Result<Whole> Handovers::view(const Actor& actor, HandoverId id) {
  return database_.read([&](db::Session& s) -> Result<Whole> {
    Whole whole;
    MANDATE_ASSIGN(whole.record, find(s, actor, id, whole.standing));
    whole.signatures = signatures_of(s, id);
    std::map<std::int64_t, std::string> notes;
    for (auto& row : s.list<NoteRow>("SELECT duty_id, note FROM handover_item WHERE handover_id = ? ORDER BY duty_id", id)) notes[row.duty_id] = std::move(row.note);
    const Date today = clock_.today();
    std::vector<duties::DutyId> ids;
    for (const auto& [duty, note] : notes) ids.emplace_back(duty);
    // Frozen, the list is what was open then; before, what is open now.
    const auto rows = whole.record.frozen_at ? duties_.list_by_ids(s, ids, today) : duties_.list_open_of_post(s, whole.record.post_id.value, today, items_max);
    // Those whose list it is see all of it; others what they may see of duties anyway.
    const auto scope = identity_.scope(actor, "duty.read", "duty");
    for (const auto& row : rows) {
      if (!whole.standing.leaving && !whole.standing.coming && !identity::reaches(scope, row.facts)) {
        ++whole.hidden;
        continue;
      }
      whole.items.push_back({row.duty, row.extension_asked, notes[row.duty.id.value]});
    }
    return whole;
  });
}

Result<> Handovers::set_note(const Actor& actor, HandoverId id, std::optional<duties::DutyId> duty, const std::string& note) {
  if (note.size() > 3'000) return field_fault("note", "input.too_long", {{"max", "1000"}});
  return database_.write([&](db::Session& s) -> Result<> {
    Standing standing;
    MANDATE_ASSIGN(const auto record, find(s, actor, id, standing));
    if (!standing.leaving && !standing.coming) return fault(FaultKind::forbidden, "handover.not_yours");
    // What was signed stays as it was signed; who comes may still remark on it until both have signed.
    const auto signatures = signatures_of(s, id);
    const auto has = [&](Part part) { return std::any_of(signatures.begin(), signatures.end(), [&](const Signature& one) { return one.part == part; }); };
    if (has(Part::coming) || (standing.leaving && has(Part::leaving))) return fault(FaultKind::conflict, "handover.signed");
    if (!duty) {
      s.execute("UPDATE handover SET note = ? WHERE id = ?", note, id);
    } else {
      const auto rows = record.frozen_at ? duties_.list_by_ids(s, {*duty}, clock_.today()) : duties_.list_open_of_post(s, record.post_id.value, clock_.today(), items_max);
      if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.duty.id == *duty; })) return fault(FaultKind::not_found, "handover.no_item");
      if (record.frozen_at && !s.find<std::int64_t>("SELECT duty_id FROM handover_item WHERE handover_id = ? AND duty_id = ?", id, *duty)) return fault(FaultKind::not_found, "handover.no_item");
      s.execute("INSERT INTO handover_item (handover_id, duty_id, note) VALUES (?, ?, ?) ON CONFLICT (handover_id, duty_id) DO UPDATE SET note = excluded.note", id, *duty, note);
    }
    note_event(s, actor, "handover.noted", id, duty ? boost::json::object{{"duty_id", duty->text()}} : boost::json::object{});
    return done();
  });
}

Result<> Handovers::sign(const Actor& actor, HandoverId id, Part part) {
  return database_.write([&](db::Session& s) -> Result<> {
    Standing standing;
    MANDATE_ASSIGN(const auto record, find(s, actor, id, standing));
    if (part == Part::coming && !record.to_person) return fault(FaultKind::conflict, "handover.vacant");
    const bool may = part == Part::leaving ? standing.leaving : part == Part::coming ? standing.coming : standing.looks_after && !standing.leaving && !standing.coming;
    if (!may) return fault(FaultKind::forbidden, "handover.not_your_signature");
    const auto signatures = signatures_of(s, id);
    if (std::any_of(signatures.begin(), signatures.end(), [&](const Signature& one) { return one.part == part; })) return fault(FaultKind::conflict, "handover.signed");
    if (!record.frozen_at) {
      // With the first signature the list is what is open at that moment.
      s.execute("DELETE FROM handover_item WHERE handover_id = ? AND note = ''", id);
      const auto rows = duties_.list_open_of_post(s, record.post_id.value, clock_.today(), items_max);
      for (const auto& row : rows) s.execute("INSERT INTO handover_item (handover_id, duty_id, note) VALUES (?, ?, '') ON CONFLICT (handover_id, duty_id) DO NOTHING", id, row.duty.id);
      s.execute("UPDATE handover SET frozen_at = ? WHERE id = ?", actor.now, id);
    }
    s.execute("INSERT INTO handover_signature (id, handover_id, part, account_id, at) VALUES (?, ?, ?, ?, ?)", next_id(), id, part, actor.account_id, actor.now);
    note_event(s, actor, part == Part::leaving ? "handover.signed_leaving" : part == Part::coming ? "handover.signed_coming" : "handover.signed_supervisor", id, {});
    return done();
  });
}

std::vector<HandoverRecord> Handovers::list(const Actor& actor, bool of_agency, std::optional<std::int64_t> before, int limit) {
  std::string where;
  std::vector<db::Value> values;
  if (of_agency) {
    const auto scope = identity_.scope(actor, "deputy.edit", "post");
    if (scope.none()) return {};
    const bool everything = std::any_of(scope.parts.begin(), scope.parts.end(), [](const auto& part) { return part.everything; });
    if (everything) {
      where = "1=1";
    } else {
      std::set<std::int64_t> ids;
      for (const auto& part : scope.parts) ids.insert(part.agencies.begin(), part.agencies.end());
      for (const auto agency : ids) {
        where += where.empty() ? "agency_id IN (?" : ",?";
        values.push_back(db::to_value(agency));
      }
      where = where.empty() ? "1=0" : where + ")";
    }
  } else {
    const auto me = agencies_.recent()->person_of_account(actor.account_id);
    if (!me || actor.is_token) return {};
    where = "(from_person = ? OR to_person = ?)";
    values = {db::to_value(me), db::to_value(me)};
  }
  if (before) {
    where += " AND id < ?";
    values.push_back(db::to_value(*before));
  }
  values.push_back(db::to_value(limit));
  return database_.read([&](db::Session& s) { return s.list_values<HandoverRecord>(std::string("SELECT ") + columns + " FROM handover WHERE " + where + " ORDER BY id DESC LIMIT ?", values); });
}

std::vector<Signature> Handovers::signatures_of(db::Session& s, HandoverId id) { return s.list<Signature>("SELECT part, account_id, at FROM handover_signature WHERE handover_id = ? ORDER BY at, id", id); }

std::map<HandoverId, std::vector<Signature>> Handovers::signatures_of(const std::vector<HandoverRecord>& records) {
  std::map<HandoverId, std::vector<Signature>> out;
  if (records.empty()) return out;
  std::string marks;
  std::vector<db::Value> values;
  for (const auto& record : records) {
    marks += marks.empty() ? "?" : ",?";
    values.push_back(db::to_value(record.id));
  }
  const auto rows = database_.read([&](db::Session& s) { return s.list_values<SignatureOf>("SELECT handover_id, part, account_id, at FROM handover_signature WHERE handover_id IN (" + marks + ") ORDER BY at, id", values); });
  for (const auto& row : rows) out[row.handover_id].push_back({row.part, row.account_id, row.at});
  return out;
}

}  // namespace mandate::handover
