// Units and posts one by one. A change is a new dated row: the days before it keep what they had.
#include "foundation/agencies/organisation_change.hpp"
#include "foundation/agencies/service.hpp"

namespace mandate::agencies {
namespace {

Result<> check_unit(db::Session& session, AgencyId agency, UnitId unit, Date on) {
  if (!unit) return done();
  const auto units = AgencyStore::current_of(session, unit);
  const auto* there = covering(units, on);
  if (there == nullptr || there->agency_id != agency) return field_fault("unit_id", "agency.unit_not_found");
  return done();
}

Result<> check_first_day(Date on) {
  if (!date_in_range(on)) return field_fault("valid_from", "agency.date_range");
  return done();
}

// Lays `added` over the periods of a thing and gives back what that changes; the added one lasts as its periods say.
template <class R>
Overlay<R> laid_over(const std::vector<R>& periods, R added) {
  added.valid_to = natural_end(periods, added.valid_from);
  return overlay(periods, added);
}

// The posts of a unit go where it goes, for as long as both say so.
std::vector<Overlay<PostRecord>> moved_posts(db::Session& session, const UnitRecord& unit) {
  std::vector<Overlay<PostRecord>> moves;
  for (const auto& post : AgencyStore::posts_in(session, unit.id)) {
    if (post.agency_id == unit.agency_id || !overlap(post, unit)) continue;
    auto moved = post;
    moved.agency_id = unit.agency_id;
    moved.valid_from = std::max(post.valid_from, unit.valid_from);
    if (unit.valid_to && (!moved.valid_to || *moved.valid_to > *unit.valid_to)) moved.valid_to = unit.valid_to;
    moves.push_back(overlay(std::vector<PostRecord>{post}, moved));
  }
  return moves;
}

}  // namespace

Result<UnitId> AgencyService::add_unit(const Actor& actor, AgencyId agency, const std::string& name, Date valid_from) {
  return write([&](db::Session& session) -> Result<UnitId> {
    if (covering(AgencyStore::current_of(session, agency), valid_from) == nullptr) return fault(FaultKind::not_found, "agency.not_found");
    MANDATE_TRY(check_first_day(valid_from));
    if (!check_title(name)) return field_fault("name", "agency.bad_name");
    UnitRecord record;
    record.valid_from = valid_from;
    record.id = new_id<UnitId>();
    record.agency_id = agency;
    record.name = name;
    const OrganisationChange made(session, actor);
    made.insert(record);
    made.note("agency.unit_added", agency, {{"unit_id", record.id.text()}, {"name", name}, {"valid_from", valid_from.iso()}});
    return record.id;
  });
}

Result<PostId> AgencyService::add_post(const Actor& actor, AgencyId agency, UnitId unit, const std::string& name, PostKind kind, Date valid_from) {
  return write([&](db::Session& session) -> Result<PostId> {
    if (covering(AgencyStore::current_of(session, agency), valid_from) == nullptr) return fault(FaultKind::not_found, "agency.not_found");
    MANDATE_TRY(check_unit(session, agency, unit, valid_from));
    MANDATE_TRY(check_first_day(valid_from));
    if (!check_title(name)) return field_fault("name", "agency.bad_name");
    PostRecord record;
    record.valid_from = valid_from;
    record.id = new_id<PostId>();
    record.agency_id = agency;
    record.unit_id = unit;
    record.name = name;
    record.kind = kind;
    const OrganisationChange made(session, actor);
    made.insert(record);
    made.note("agency.post_added", agency, {{"post_id", record.id.text()}, {"name", name}, {"valid_from", valid_from.iso()}});
    return record.id;
  });
}

Result<> AgencyService::change_unit(const Actor& actor, UnitId id, const UnitChange& change) {
  return write([&](db::Session& session) -> Result<> {
    const auto periods = AgencyStore::current_of(session, id);
    if (periods.empty()) return fault(FaultKind::not_found, "agency.unit_not_found");
    MANDATE_TRY(check_first_day(change.valid_from));
    if (!check_title(change.name)) return field_fault("name", "agency.bad_name");
    const auto* before = covering(periods, change.valid_from);
    UnitRecord record = before != nullptr ? *before : periods.front();
    record.valid_from = change.valid_from;
    record.valid_to = natural_end(periods, change.valid_from);
    record.name = change.name;
    if (change.agency_id) record.agency_id = change.agency_id;
    if (covering(AgencyStore::current_of(session, record.agency_id), change.valid_from) == nullptr) return field_fault("agency_id", "agency.not_found");
    if (before != nullptr && before->name == record.name && before->agency_id == record.agency_id) return done();
    const auto posts = moved_posts(session, record);
    const OrganisationChange made(session, actor);
    made.apply(overlay(periods, record));
    for (const auto& post : posts) made.apply(post);
    made.note("agency.unit_changed", record.agency_id, {{"unit_id", id.text()}, {"name", record.name}, {"valid_from", record.valid_from.iso()}});
    return done();
  });
}

Result<> AgencyService::close_unit(const Actor& actor, UnitId id, Date last_on) {
  return write([&](db::Session& session) -> Result<> {
    const auto periods = AgencyStore::current_of(session, id);
    if (periods.empty()) return fault(FaultKind::not_found, "agency.unit_not_found");
    if (periods.front().valid_from > last_on) return field_fault("last_on", "agency.ends_before");
    const auto change = closed_after(periods, last_on);
    if (change.superseded.empty()) return fault(FaultKind::conflict, "agency.unit_already_closed");
    for (const auto& post : AgencyStore::posts_in(session, id)) {
      if (!post.valid_to || *post.valid_to > last_on) return fault(FaultKind::conflict, "agency.unit_has_posts", {{"name", post.name}});
    }
    const OrganisationChange made(session, actor);
    made.apply(change);
    made.note("agency.unit_closed", periods.back().agency_id, {{"unit_id", id.text()}, {"name", periods.back().name}, {"last_on", last_on.iso()}});
    return done();
  });
}

Result<> AgencyService::change_post(const Actor& actor, PostId id, const PostChange& change) {
  return write([&](db::Session& session) -> Result<> {
    const auto periods = AgencyStore::current_of(session, id);
    if (periods.empty()) return fault(FaultKind::not_found, "agency.post_not_found");
    MANDATE_TRY(check_first_day(change.valid_from));
    if (!check_title(change.name)) return field_fault("name", "agency.bad_name");
    const auto* before = covering(periods, change.valid_from);
    PostRecord record = before != nullptr ? *before : periods.front();
    record.valid_from = change.valid_from;
    record.name = change.name;
    record.kind = change.kind;
    record.unit_id = change.unit_id;
    if (change.agency_id) record.agency_id = change.agency_id;
    if (covering(AgencyStore::current_of(session, record.agency_id), change.valid_from) == nullptr) return field_fault("agency_id", "agency.not_found");
    MANDATE_TRY(check_unit(session, record.agency_id, record.unit_id, change.valid_from));
    if (before != nullptr && before->name == record.name && before->kind == record.kind && before->agency_id == record.agency_id && before->unit_id == record.unit_id) return done();
    const OrganisationChange made(session, actor);
    made.apply(laid_over(periods, record));
    made.note("agency.post_changed", record.agency_id, {{"post_id", id.text()}, {"name", record.name}, {"valid_from", record.valid_from.iso()}});
    return done();
  });
}

Result<> AgencyService::close_post(const Actor& actor, PostId id, Date last_on) {
  return write([&](db::Session& session) -> Result<> {
    const auto periods = AgencyStore::current_of(session, id);
    if (periods.empty()) return fault(FaultKind::not_found, "agency.post_not_found");
    if (periods.front().valid_from > last_on) return field_fault("last_on", "agency.ends_before");
    const auto change = closed_after(periods, last_on);
    if (change.superseded.empty()) return fault(FaultKind::conflict, "agency.post_already_closed");
    const auto holders = closed_after(AgencyStore::holders_of(session, id), last_on);
    const OrganisationChange made(session, actor);
    made.apply(change);
    made.apply(holders);
    made.note("agency.post_closed", periods.back().agency_id, {{"post_id", id.text()}, {"name", periods.back().name}, {"last_on", last_on.iso()}});
    return done();
  });
}

}  // namespace mandate::agencies
