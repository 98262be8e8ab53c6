#include "foundation/agencies/service.hpp"

#include "foundation/agencies/store.hpp"
#include "kernel/text.hpp"
#include "platform/db/events.hpp"

#include <boost/json.hpp>

namespace mandate::agencies {

// One change of the organisation: the instant it counts as recorded, and its event.
struct AgencyService::Change {
  db::Session& session;
  const Actor& actor;
  AgencyState state;

  Change(db::Session& s, const Actor& a) : session(s), actor(a), state(AgencyStore::advance(s, a.now)) {}
  void note(const std::string& kind, AgencyId agency, boost::json::object data) const {
    db::append_event(session, {state.recorded_at, actor.account_id, kind, "agency", agency.value, boost::json::serialize(data), {}});
  }
  template <class R>
  void apply(const Overlay<R>& overlay) const {
    AgencyStore::apply(session, overlay, state.recorded_at, actor.account_id);
  }
  template <class R>
  void insert(const R& record) const {
    AgencyStore::insert(session, record, state.recorded_at, actor.account_id);
  }
};

namespace {

Result<> good(std::vector<csv::LineFault> faults) {
  if (faults.empty()) return done();
  Fault out = fault(FaultKind::invalid, "input.invalid");
  for (auto& one : faults) out.fields.push_back({one.column, one.key, one.args});
  return out;
}

AgencyRecord record_of(AgencyId id, const std::string& code, const AgencyChange& change) {
  AgencyRecord record;
  record.valid_from = change.valid_from;
  record.id = id;
  record.code = code;
  record.name = change.name;
  record.short_name = change.short_name.empty() ? change.name : change.short_name;
  record.aliases = change.aliases.value_or("");
  record.kind = change.kind;
  record.parent_id = change.parent_id;
  record.self_governing = change.self_governing;
  return record;
}

template <class R>
const R* covering(const std::vector<R>& records, Date on) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const R& r) { return r.covers(on); });
  return found == records.end() ? nullptr : &*found;
}

// The parent is there on the first day, and nobody stands above themselves.
Result<> check_tree(const std::vector<AgencyRecord>& current, const Overlay<AgencyRecord>& change, const AgencyRecord& record) {
  if (record.parent_id) {
    const bool there = std::any_of(current.begin(), current.end(), [&](const AgencyRecord& r) { return r.id == record.parent_id && r.covers(record.valid_from); });
    if (!there) return field_fault("parent_id", "agency.parent_missing", {{"on", record.valid_from.iso()}});
  }
  std::vector<AgencyRecord> after;
  for (const auto& r : current) {
    if (std::find(change.superseded.begin(), change.superseded.end(), r.row_id) == change.superseded.end()) after.push_back(r);
  }
  after.insert(after.end(), change.inserted.begin(), change.inserted.end());
  if (!circles(after).empty()) return field_fault("parent_id", "agency.parent_circle");
  return done();
}

}  // namespace

Result<AgencyId> AgencyService::add(const Actor& actor, const std::string& code, const AgencyChange& change) {
  return write([&](db::Session& session) -> Result<AgencyId> {
    const auto record = record_of(new_id<AgencyId>(), code, change);
    MANDATE_TRY(good(check_fields({code, record.name, record.short_name, record.aliases, record.kind, record.self_governing, record.valid_from, record.valid_to})));
    if (AgencyStore::find_code(session, code)) return field_fault("code", "agency.code_taken", {{"code", code}});
    const Overlay<AgencyRecord> added{{}, {record}};
    MANDATE_TRY(check_tree(AgencyStore::current_agencies(session), added, record));
    const Change made(session, actor);
    AgencyStore::insert_agency(session, record.id, code);
    made.apply(added);
    made.note("agency.created", record.id, {{"code", code}, {"name", record.name}, {"valid_from", record.valid_from.iso()}});
    return record.id;
  });
}

Result<> AgencyService::change(const Actor& actor, AgencyId id, const AgencyChange& change) {
  return write([&](db::Session& session) -> Result<> {
    const auto periods = AgencyStore::current_of(session, id);
    if (periods.empty()) return fault(FaultKind::not_found, "agency.not_found");
    auto record = record_of(id, periods.front().code, change);
    record.valid_to = natural_end(periods, record.valid_from);
    if (const auto* before = covering(periods, record.valid_from); before != nullptr && !change.aliases) record.aliases = before->aliases;
    MANDATE_TRY(good(check_fields({record.code, record.name, record.short_name, record.aliases, record.kind, record.self_governing, record.valid_from, record.valid_to})));
    if (const auto* before = covering(periods, record.valid_from);
        before != nullptr && before->name == record.name && before->short_name == record.short_name && before->aliases == record.aliases && before->kind == record.kind &&
        before->parent_id == record.parent_id && before->self_governing == record.self_governing) {
      return done();
    }
    const auto overlaid = overlay(periods, record);
    MANDATE_TRY(check_tree(AgencyStore::current_agencies(session), overlaid, record));
    const Change made(session, actor);
    made.apply(overlaid);
    made.note("agency.changed", id, {{"code", record.code}, {"name", record.name}, {"kind", boost::describe::enum_to_string(record.kind, "")}, {"valid_from", record.valid_from.iso()}});
    return done();
  });
}

Result<> AgencyService::close(const Actor& actor, AgencyId id, Date last_on) {
  return write([&](db::Session& session) -> Result<> {
    const auto periods = AgencyStore::current_of(session, id);
    if (periods.empty()) return fault(FaultKind::not_found, "agency.not_found");
    if (periods.front().valid_from > last_on) return field_fault("last_on", "agency.ends_before");
    const auto change = closed_after(periods, last_on);
    if (change.superseded.empty()) return fault(FaultKind::conflict, "agency.already_closed");
    for (const auto& other : AgencyStore::current_agencies(session)) {
      if (other.parent_id == id && (!other.valid_to || *other.valid_to > last_on)) return fault(FaultKind::conflict, "agency.has_children", {{"name", other.name}});
    }
    const Change made(session, actor);
    made.apply(change);
    made.note("agency.closed", id, {{"code", periods.front().code}, {"name", periods.back().name}, {"last_on", last_on.iso()}});
    return done();
  });
}

Result<UnitId> AgencyService::add_unit(const Actor& actor, AgencyId agency, const std::string& name, Date valid_from) {
  return write([&](db::Session& session) -> Result<UnitId> {
    if (covering(AgencyStore::current_of(session, agency), valid_from) == nullptr) return fault(FaultKind::not_found, "agency.not_found");
    if (!check_title(name)) return field_fault("name", "agency.bad_name");
    UnitRecord record;
    record.valid_from = valid_from;
    record.id = new_id<UnitId>();
    record.agency_id = agency;
    record.name = name;
    const Change made(session, actor);
    made.insert(record);
    made.note("agency.unit_added", agency, {{"unit_id", record.id.text()}, {"name", name}, {"valid_from", valid_from.iso()}});
    return record.id;
  });
}

Result<PostId> AgencyService::add_post(const Actor& actor, AgencyId agency, UnitId unit, const std::string& name, PostKind kind, Date valid_from) {
  return write([&](db::Session& session) -> Result<PostId> {
    if (covering(AgencyStore::current_of(session, agency), valid_from) == nullptr) return fault(FaultKind::not_found, "agency.not_found");
    if (unit) {
      const auto units = AgencyStore::current_of(session, unit);
      const auto* there = covering(units, valid_from);
      if (there == nullptr || there->agency_id != agency) return field_fault("unit_id", "agency.unit_not_found");
    }
    if (!check_title(name)) return field_fault("name", "agency.bad_name");
    PostRecord record;
    record.valid_from = valid_from;
    record.id = new_id<PostId>();
    record.agency_id = agency;
    record.unit_id = unit;
    record.name = name;
    record.kind = kind;
    const Change made(session, actor);
    made.insert(record);
    made.note("agency.post_added", agency, {{"post_id", record.id.text()}, {"name", name}, {"valid_from", valid_from.iso()}});
    return record.id;
  });
}

Result<PersonId> AgencyService::add_person(const Actor& actor, const std::string& name) {
  return write([&](db::Session& session) -> Result<PersonId> {
    if (!check_title(name)) return field_fault("name", "agency.bad_name");
    const auto id = new_id<PersonId>();
    const Change made(session, actor);
    AgencyStore::insert_person(session, id, name, made.state.recorded_at);
    made.note("agency.person_added", {}, {{"person_id", id.text()}});
    return id;
  });
}

Result<> AgencyService::appoint(const Actor& actor, PostId post, PersonId person, Date valid_from, std::optional<Date> valid_to) {
  return write([&](db::Session& session) -> Result<> {
    const auto posts = AgencyStore::current_of(session, post);
    const auto* there = covering(posts, valid_from);
    if (there == nullptr) return fault(FaultKind::not_found, "agency.post_not_found");
    if (!AgencyStore::person_exists(session, person)) return field_fault("person_id", "agency.person_not_found");
    if (valid_to && *valid_to < valid_from) return field_fault("valid_to", "agency.ends_before");
    const auto holders = AgencyStore::holders_of(session, post);
    HolderRecord record;
    record.valid_from = valid_from;
    record.valid_to = valid_to;
    record.post_id = post;
    record.person_id = person;
    if (!record.valid_to) {
      for (const auto& other : holders) {
        if (other.valid_from > valid_from && (!record.valid_to || other.valid_from <= *record.valid_to)) record.valid_to = other.valid_from.plus_days(-1);
      }
    }
    if (const auto* before = covering(holders, valid_from); before != nullptr && before->person_id == person && before->valid_to == record.valid_to) return done();
    const Change made(session, actor);
    made.apply(overlay(holders, record));
    made.note("agency.holder_changed", there->agency_id, {{"post_id", post.text()}, {"post", there->name}, {"person_id", person.text()}, {"valid_from", valid_from.iso()}});
    return done();
  });
}

Result<> AgencyService::vacate(const Actor& actor, PostId post, Date last_on) {
  return write([&](db::Session& session) -> Result<> {
    const auto posts = AgencyStore::current_of(session, post);
    if (posts.empty()) return fault(FaultKind::not_found, "agency.post_not_found");
    const auto change = closed_after(AgencyStore::holders_of(session, post), last_on);
    if (change.superseded.empty()) return done();
    const Change made(session, actor);
    made.apply(change);
    made.note("agency.post_vacated", posts.back().agency_id, {{"post_id", post.text()}, {"post", posts.back().name}, {"last_on", last_on.iso()}});
    return done();
  });
}

Result<> AgencyService::set_deputy(const Actor& actor, PersonId person, PersonId deputy, Date valid_from, Date valid_to) {
  return write([&](db::Session& session) -> Result<> {
    if (!AgencyStore::person_exists(session, person)) return fault(FaultKind::not_found, "agency.person_not_found");
    if (!AgencyStore::person_exists(session, deputy)) return field_fault("deputy_id", "agency.person_not_found");
    if (person == deputy) return field_fault("deputy_id", "agency.own_deputy");
    if (valid_to < valid_from) return field_fault("valid_to", "agency.ends_before");
    DeputyRecord record;
    record.valid_from = valid_from;
    record.valid_to = valid_to;
    record.person_id = person;
    record.deputy_id = deputy;
    for (const auto& other : AgencyStore::deputies_of(session, person)) {
      if (overlap(other, record)) return fault(FaultKind::conflict, "agency.deputy_overlap", {{"valid_from", other.valid_from.iso()}});
    }
    const Change made(session, actor);
    made.insert(record);
    made.note("agency.deputy_set", {}, {{"person_id", person.text()}, {"deputy_id", deputy.text()}, {"valid_from", valid_from.iso()}, {"valid_to", valid_to.iso()}});
    return done();
  });
}

Result<> AgencyService::link_account(const Actor& actor, PersonId person, std::int64_t account_id) {
  return write([&](db::Session& session) -> Result<> {
    if (!AgencyStore::person_exists(session, person)) return fault(FaultKind::not_found, "agency.person_not_found");
    const Change made(session, actor);
    AgencyStore::set_account(session, person, account_id);
    made.note("agency.account_linked", {}, {{"person_id", person.text()}, {"account_id", std::to_string(account_id)}});
    return done();
  });
}

Result<> AgencyService::set_contact(const Actor& actor, AgencyId agency, const std::string& kind, const std::string& name, const std::string& phone, const std::string& email) {
  return write([&](db::Session& session) -> Result<> {
    if (AgencyStore::current_of(session, agency).empty()) return fault(FaultKind::not_found, "agency.not_found");
    if (!check_title(kind)) return field_fault("kind", "agency.bad_name");
    MANDATE_TRY(good(check_contact(name, phone, email)));
    const Change made(session, actor);
    AgencyStore::set_contact(session, {agency, kind, name, phone, email, made.state.recorded_at, {}}, actor.account_id);
    made.note("agency.contact_set", agency, {{"kind", kind}});
    return done();
  });
}

Result<AgencyImportOutcome> AgencyService::import_csv(const Actor& actor, const std::string& file_name, std::string_view text, bool dry_run, bool skip_bad) {
  return write([&](db::Session& session) -> Result<AgencyImportOutcome> {
    auto plan = plan_import(text, AgencyStore::current_agencies(session), AgencyStore::all_rows(session).contacts);
    auto& outcome = plan.outcome;
    // A file that cannot be read at all has no rows that could be skipped to.
    if (!outcome.faults.empty() && !dry_run && (!skip_bad || outcome.rows == 0)) return csv::refusal("agency.import_refused", outcome.faults);
    if (dry_run || (plan.inserted.empty() && plan.contacts.empty())) return std::move(outcome);
    const Change made(session, actor);
    for (const auto& [id, code] : plan.new_agencies) AgencyStore::insert_agency(session, id, code);
    made.apply(Overlay<AgencyRecord>{plan.superseded, plan.inserted});
    for (auto& contact : plan.contacts) {
      contact.recorded_at = made.state.recorded_at;
      AgencyStore::set_contact(session, contact, actor.account_id);
    }
    made.note("agency.imported", {}, {{"file_name", truncate_cjk(file_name, 120)}, {"created", outcome.created}, {"changed", outcome.changed}, {"skipped", outcome.skipped}});
    return std::move(outcome);
  });
}

}  // namespace mandate::agencies
