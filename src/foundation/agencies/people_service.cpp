// People: who holds a post, who stands in, which account is whose, and whom to call.
#include "foundation/agencies/organisation_change.hpp"
#include "foundation/agencies/service.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::agencies {
namespace {

std::string window_kind(const std::string& given) {
  for (const auto language : {Language::zh_tw, Language::en}) {
    if (given == i18n::text("agency.contact.general", language)) return "general";
  }
  return given;
}

// Whom a post passes from on that day: its holder until then, or of the day before.
const HolderRecord* leaving(const std::vector<HolderRecord>& holders, Date on) {
  const auto* same_day = covering(holders, on);
  return same_day != nullptr ? same_day : covering(holders, on.plus_days(-1));
}

}  // namespace

Result<PersonId> AgencyService::add_person(const Actor& actor, const std::string& name) {
  return write([&](db::Session& session) -> Result<PersonId> {
    if (!check_title(name)) return field_fault("name", "agency.bad_name");
    const auto id = new_id<PersonId>();
    const OrganisationChange made(session, actor);
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
    const OrganisationChange made(session, actor);
    made.apply(overlay(holders, record));
    made.note("agency.holder_changed", there->agency_id, {{"post_id", post.text()}, {"post", there->name}, {"person_id", person.text()}, {"valid_from", valid_from.iso()}});
    const auto* before = leaving(holders, valid_from);
    if (holder_changed_ && (before == nullptr || before->person_id != person || !before->covers(valid_from))) MANDATE_TRY(holder_changed_(session, actor, post, before == nullptr ? PersonId{} : before->person_id, person, valid_from));
    return done();
  });
}

Result<> AgencyService::vacate(const Actor& actor, PostId post, Date last_on) {
  return write([&](db::Session& session) -> Result<> {
    const auto posts = AgencyStore::current_of(session, post);
    if (posts.empty()) return fault(FaultKind::not_found, "agency.post_not_found");
    const auto holders = AgencyStore::holders_of(session, post);
    const auto change = closed_after(holders, last_on);
    if (change.superseded.empty()) return done();
    const OrganisationChange made(session, actor);
    made.apply(change);
    made.note("agency.post_vacated", posts.back().agency_id, {{"post_id", post.text()}, {"post", posts.back().name}, {"last_on", last_on.iso()}});
    if (const auto* before = covering(holders, last_on); holder_changed_ && before != nullptr) MANDATE_TRY(holder_changed_(session, actor, post, before->person_id, {}, last_on.plus_days(1)));
    return done();
  });
}

Result<> AgencyService::set_deputy(const Actor& actor, PersonId person, PersonId deputy, Date valid_from, Date valid_to, DeputyTerms terms) {
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
    record.reason = terms.reason;
    record.confidential = terms.confidential;
    for (const auto& away : AgencyStore::deputies_of(session, deputy)) {
      if (overlap(away, record)) return field_fault("deputy_id", "agency.deputy_away", {{"valid_from", away.valid_from.iso()}, {"valid_to", away.valid_to ? away.valid_to->iso() : ""}});
    }
    for (const auto& busy : AgencyStore::standing_in_by(session, person)) {
      if (overlap(busy, record)) return fault(FaultKind::conflict, "agency.stands_in_then", {{"valid_from", busy.valid_from.iso()}, {"valid_to", busy.valid_to ? busy.valid_to->iso() : ""}});
    }
    for (const auto& other : AgencyStore::deputies_of(session, person)) {
      if (overlap(other, record)) return fault(FaultKind::conflict, "agency.deputy_overlap", {{"valid_from", other.valid_from.iso()}});
    }
    const OrganisationChange made(session, actor);
    made.insert(record);
    made.note("agency.deputy_set", {}, {{"person_id", person.text()}, {"deputy_id", deputy.text()}, {"valid_from", valid_from.iso()}, {"valid_to", valid_to.iso()}, {"confidential", terms.confidential}});
    return done();
  });
}

Result<> AgencyService::link_account(const Actor& actor, PersonId person, std::int64_t account_id) {
  return write([&](db::Session& session) -> Result<> {
    if (!AgencyStore::person_exists(session, person)) return field_fault("person_id", "agency.person_not_found");
    const auto had = AgencyStore::account_of(session, person);
    if (had == account_id) return done();
    if (had != 0) return field_fault("person_id", "agency.person_has_account");
    const OrganisationChange made(session, actor);
    AgencyStore::set_account(session, person, account_id);
    made.note("agency.account_linked", {}, {{"person_id", person.text()}, {"account_id", std::to_string(account_id)}});
    return done();
  });
}

Result<> AgencyService::unlink_account(const Actor& actor, std::int64_t account_id) {
  return write([&](db::Session& session) -> Result<> {
    const auto person = AgencyStore::person_of_account(session, account_id);
    if (!person) return done();
    const OrganisationChange made(session, actor);
    AgencyStore::clear_account(session, account_id);
    made.note("agency.account_unlinked", {}, {{"person_id", person.text()}, {"account_id", std::to_string(account_id)}});
    return done();
  });
}

Result<> AgencyService::end_deputy(const Actor& actor, PersonId person, Date valid_from, std::optional<Date> last_on) {
  return write([&](db::Session& session) -> Result<> {
    const auto periods = AgencyStore::deputies_of(session, person);
    const auto found = std::find_if(periods.begin(), periods.end(), [&](const DeputyRecord& r) { return r.valid_from == valid_from; });
    if (found == periods.end()) return fault(FaultKind::not_found, "agency.deputy_not_found");
    if (last_on && *last_on < valid_from) return field_fault("last_on", "agency.ends_before");
    if (last_on && found->valid_to && *last_on >= *found->valid_to) return field_fault("last_on", "agency.deputy_ends_already", {{"valid_to", found->valid_to->iso()}});
    Overlay<DeputyRecord> change{{found->row_id}, {}};
    if (last_on) {
      change.inserted.push_back(*found);
      change.inserted.back().valid_to = last_on;
    }
    const OrganisationChange made(session, actor);
    made.apply(change);
    made.note("agency.deputy_ended", {}, {{"person_id", person.text()}, {"valid_from", valid_from.iso()}, {"last_on", last_on ? last_on->iso() : valid_from.plus_days(-1).iso()}});
    return done();
  });
}

Result<> AgencyService::set_contact(const Actor& actor, AgencyId agency, const std::string& given_kind, const std::string& name, const std::string& phone, const std::string& email) {
  const auto kind = window_kind(given_kind);
  return write([&](db::Session& session) -> Result<> {
    if (AgencyStore::current_of(session, agency).empty()) return fault(FaultKind::not_found, "agency.not_found");
    if (!check_title(kind)) return field_fault("kind", "agency.bad_name");
    if (!check_title(name)) return field_fault("name", "agency.bad_name");
    auto faults = check_contact(name, phone, email);
    if (faults.empty() && phone.empty() && email.empty()) faults.push_back({0, "phone", "agency.contact_empty", {}});
    MANDATE_TRY(good(std::move(faults)));
    const OrganisationChange made(session, actor);
    AgencyStore::set_contact(session, {agency, kind, name, phone, email, made.state.recorded_at, 0, {}}, actor.account_id);
    made.note("agency.contact_set", agency, {{"kind", kind}});
    return done();
  });
}

Result<> AgencyService::remove_contact(const Actor& actor, AgencyId agency, const std::string& given_kind) {
  const auto kind = window_kind(given_kind);
  return write([&](db::Session& session) -> Result<> {
    if (!AgencyStore::contact_exists(session, agency, kind)) return fault(FaultKind::not_found, "agency.contact_not_found");
    const OrganisationChange made(session, actor);
    AgencyStore::end_contact(session, agency, kind, made.state.recorded_at);
    made.note("agency.contact_removed", agency, {{"kind", kind}});
    return done();
  });
}

}  // namespace mandate::agencies
