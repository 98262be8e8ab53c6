#include "foundation/agencies/service.hpp"

#include "foundation/agencies/organisation_change.hpp"
#include "kernel/text.hpp"

namespace mandate::agencies {
namespace {

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
    const OrganisationChange made(session, actor);
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
    const OrganisationChange made(session, actor);
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
    const OrganisationChange made(session, actor);
    made.apply(change);
    made.note("agency.closed", id, {{"code", periods.front().code}, {"name", periods.back().name}, {"last_on", last_on.iso()}});
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
    const OrganisationChange made(session, actor);
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
