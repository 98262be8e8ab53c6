#include "foundation/agencies/store.hpp"

namespace mandate::agencies {
namespace {

// The columns every dated row begins with.
#define AGENCY_DATED "id, valid_from, valid_to, recorded_at, recorded_by, superseded_at"

struct AgencyRow {
  std::int64_t row_id = 0;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
  AgencyId agency_id;
  std::string code;
  std::string name;
  std::string short_name;
  std::string aliases;
  AgencyKind kind = AgencyKind::first_level;
  AgencyId parent_id;
  int self_governing = 0;
};
BOOST_DESCRIBE_STRUCT(AgencyRow, (), (row_id, valid_from, valid_to, recorded_at, recorded_by, superseded_at, agency_id, code, name, short_name, aliases, kind, parent_id, self_governing))

struct UnitRow {
  std::int64_t row_id = 0;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
  UnitId unit_id;
  AgencyId agency_id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (row_id, valid_from, valid_to, recorded_at, recorded_by, superseded_at, unit_id, agency_id, name))

struct PostRow {
  std::int64_t row_id = 0;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
  PostId post_id;
  AgencyId agency_id;
  UnitId unit_id;
  std::string name;
  PostKind kind = PostKind::officer;
};
BOOST_DESCRIBE_STRUCT(PostRow, (), (row_id, valid_from, valid_to, recorded_at, recorded_by, superseded_at, post_id, agency_id, unit_id, name, kind))

struct HolderRow {
  std::int64_t row_id = 0;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
  PostId post_id;
  PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(HolderRow, (), (row_id, valid_from, valid_to, recorded_at, recorded_by, superseded_at, post_id, person_id))

struct DeputyRow {
  std::int64_t row_id = 0;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
  PersonId person_id;
  PersonId deputy_id;
  DeputyReason reason = DeputyReason::other;
  int confidential = 0;
};
BOOST_DESCRIBE_STRUCT(DeputyRow, (), (row_id, valid_from, valid_to, recorded_at, recorded_by, superseded_at, person_id, deputy_id, reason, confidential))

struct ContactRow {
  AgencyId agency_id;
  std::string kind;
  std::string name;
  std::string phone;
  std::string email;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(ContactRow, (), (agency_id, kind, name, phone, email, recorded_at, recorded_by, superseded_at))

struct PersonRow {
  PersonId id;
  std::string name;
  std::int64_t account_id = 0;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, name, account_id))

template <class Row>
Dated dated(const Row& row) {
  return {row.valid_from, row.valid_to, row.recorded_at, row.recorded_by, row.superseded_at, row.row_id};
}

AgencyRecord to_record(AgencyRow&& r) {
  return {dated(r), r.agency_id, std::move(r.code), std::move(r.name), std::move(r.short_name), std::move(r.aliases), r.kind, r.parent_id, r.self_governing != 0};
}
UnitRecord to_record(UnitRow&& r) { return {dated(r), r.unit_id, r.agency_id, std::move(r.name)}; }
PostRecord to_record(PostRow&& r) { return {dated(r), r.post_id, r.agency_id, r.unit_id, std::move(r.name), r.kind}; }
HolderRecord to_record(HolderRow&& r) { return {dated(r), r.post_id, r.person_id}; }
DeputyRecord to_record(DeputyRow&& r) { return {dated(r), r.person_id, r.deputy_id, r.reason, r.confidential != 0}; }

template <class Record, class Row>
std::vector<Record> records(std::vector<Row> rows) {
  std::vector<Record> out;
  out.reserve(rows.size());
  for (auto& row : rows) out.push_back(to_record(std::move(row)));
  return out;
}

#define AGENCY_COLUMNS                                                                                                                                     \
  "SELECT p.id, p.valid_from, p.valid_to, p.recorded_at, p.recorded_by, p.superseded_at, p.agency_id, a.code, p.name, p.short_name, p.aliases, p.kind, " \
  "p.parent_id, p.self_governing FROM agency_period p JOIN agency a ON a.id = p.agency_id "
#define UNIT_COLUMNS "SELECT " AGENCY_DATED ", unit_id, agency_id, name FROM agency_unit "
#define POST_COLUMNS "SELECT " AGENCY_DATED ", post_id, agency_id, unit_id, name, kind FROM agency_post "
#define HOLDER_COLUMNS "SELECT " AGENCY_DATED ", post_id, person_id FROM agency_holder "
#define DEPUTY_COLUMNS "SELECT " AGENCY_DATED ", person_id, deputy_id, COALESCE(reason, 'other'), COALESCE(confidential, 0) FROM agency_deputy "

}  // namespace

AgencyState AgencyStore::state(db::Session& session) { return session.value<AgencyState>("SELECT stamp, recorded_at FROM agency_state WHERE id = 1"); }

AgencyState AgencyStore::advance(db::Session& session, Instant at) {
  return session.value<AgencyState>(
      "UPDATE agency_state SET stamp = ?, recorded_at = CASE WHEN recorded_at >= ? THEN recorded_at + 1 ELSE ? END WHERE id = 1 RETURNING stamp, recorded_at", next_id(), at, at);
}

OrganisationRows AgencyStore::all_rows(db::Session& session) {
  OrganisationRows rows;
  rows.agencies = records<AgencyRecord>(session.list<AgencyRow>(AGENCY_COLUMNS "ORDER BY p.recorded_at, p.id"));
  rows.units = records<UnitRecord>(session.list<UnitRow>(UNIT_COLUMNS "ORDER BY recorded_at, id"));
  rows.posts = records<PostRecord>(session.list<PostRow>(POST_COLUMNS "ORDER BY recorded_at, id"));
  rows.holders = records<HolderRecord>(session.list<HolderRow>(HOLDER_COLUMNS "ORDER BY recorded_at, id"));
  rows.deputies = records<DeputyRecord>(session.list<DeputyRow>(DEPUTY_COLUMNS "ORDER BY recorded_at, id"));
  for (auto& r : session.list<ContactRow>("SELECT agency_id, kind, name, phone, email, recorded_at, recorded_by, superseded_at FROM agency_contact ORDER BY recorded_at, id")) {
    rows.contacts.push_back({r.agency_id, std::move(r.kind), std::move(r.name), std::move(r.phone), std::move(r.email), r.recorded_at, r.recorded_by, r.superseded_at});
  }
  for (auto& r : session.list<PersonRow>("SELECT id, name, account_id FROM agency_person")) rows.people.push_back({r.id, std::move(r.name), r.account_id});
  return rows;
}

std::vector<AgencyRecord> AgencyStore::current_agencies(db::Session& session) {
  return records<AgencyRecord>(session.list<AgencyRow>(AGENCY_COLUMNS "WHERE p.superseded_at IS NULL ORDER BY a.code, p.valid_from"));
}

AgencyId AgencyStore::find_code(db::Session& session, const std::string& code) { return session.value<AgencyId>("SELECT id FROM agency WHERE code = ?", code); }

void AgencyStore::insert_agency(db::Session& session, AgencyId id, const std::string& code) { session.execute("INSERT INTO agency (id, code) VALUES (?, ?)", id, code); }

void AgencyStore::insert_person(db::Session& session, PersonId id, const std::string& name, Instant at) {
  session.execute("INSERT INTO agency_person (id, name, recorded_at) VALUES (?, ?, ?)", id, name, at);
}

void AgencyStore::set_account(db::Session& session, PersonId id, std::int64_t account_id) {
  clear_account(session, account_id);
  session.execute("UPDATE agency_person SET account_id = ? WHERE id = ?", account_id, id);
}

void AgencyStore::clear_account(db::Session& session, std::int64_t account_id) { session.execute("UPDATE agency_person SET account_id = NULL WHERE account_id = ?", account_id); }

std::int64_t AgencyStore::account_of(db::Session& session, PersonId id) { return session.value<std::int64_t>("SELECT COALESCE(account_id, 0) FROM agency_person WHERE id = ?", id); }

PersonId AgencyStore::person_of_account(db::Session& session, std::int64_t account_id) { return session.value<PersonId>("SELECT id FROM agency_person WHERE account_id = ?", account_id); }

bool AgencyStore::contact_exists(db::Session& session, AgencyId agency, const std::string& kind) {
  return session.find<std::int64_t>("SELECT id FROM agency_contact WHERE agency_id = ? AND kind = ? AND superseded_at IS NULL", agency, kind).has_value();
}

void AgencyStore::end_contact(db::Session& session, AgencyId agency, const std::string& kind, Instant at) {
  session.execute("UPDATE agency_contact SET superseded_at = ? WHERE agency_id = ? AND kind = ? AND superseded_at IS NULL", at, agency, kind);
}

void AgencyStore::set_contact(db::Session& session, const ContactRecord& contact, std::int64_t by) {
  end_contact(session, contact.agency_id, contact.kind, contact.recorded_at);
  session.execute("INSERT INTO agency_contact (id, agency_id, kind, name, phone, email, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", next_id(), contact.agency_id, contact.kind,
                  contact.name, contact.phone, contact.email, contact.recorded_at, by);
}

void AgencyStore::insert(db::Session& session, const AgencyRecord& r, Instant at, std::int64_t by) {
  session.execute(
      "INSERT INTO agency_period (id, agency_id, name, short_name, aliases, kind, parent_id, self_governing, valid_from, valid_to, recorded_at, recorded_by) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      next_id(), r.id, r.name, r.short_name, r.aliases, r.kind, r.parent_id, int{r.self_governing}, r.valid_from, r.valid_to, at, by);
}

void AgencyStore::insert(db::Session& session, const UnitRecord& r, Instant at, std::int64_t by) {
  session.execute("INSERT INTO agency_unit (id, unit_id, agency_id, name, valid_from, valid_to, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", next_id(), r.id, r.agency_id,
                  r.name, r.valid_from, r.valid_to, at, by);
}

void AgencyStore::insert(db::Session& session, const PostRecord& r, Instant at, std::int64_t by) {
  session.execute("INSERT INTO agency_post (id, post_id, agency_id, unit_id, name, kind, valid_from, valid_to, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), r.id,
                  r.agency_id, r.unit_id, r.name, r.kind, r.valid_from, r.valid_to, at, by);
}

void AgencyStore::insert(db::Session& session, const HolderRecord& r, Instant at, std::int64_t by) {
  session.execute("INSERT INTO agency_holder (id, post_id, person_id, valid_from, valid_to, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?)", next_id(), r.post_id, r.person_id,
                  r.valid_from, r.valid_to, at, by);
}

void AgencyStore::insert(db::Session& session, const DeputyRecord& r, Instant at, std::int64_t by) {
  session.execute("INSERT INTO agency_deputy (id, person_id, deputy_id, valid_from, valid_to, recorded_at, recorded_by, reason, confidential) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), r.person_id,
                  r.deputy_id, r.valid_from, r.valid_to, at, by, r.reason, int{r.confidential});
}

std::vector<AgencyRecord> AgencyStore::current_of(db::Session& session, AgencyId id) {
  return records<AgencyRecord>(session.list<AgencyRow>(AGENCY_COLUMNS "WHERE p.agency_id = ? AND p.superseded_at IS NULL ORDER BY p.valid_from", id));
}

std::vector<UnitRecord> AgencyStore::current_of(db::Session& session, UnitId id) {
  return records<UnitRecord>(session.list<UnitRow>(UNIT_COLUMNS "WHERE unit_id = ? AND superseded_at IS NULL ORDER BY valid_from", id));
}

std::vector<PostRecord> AgencyStore::current_of(db::Session& session, PostId id) {
  return records<PostRecord>(session.list<PostRow>(POST_COLUMNS "WHERE post_id = ? AND superseded_at IS NULL ORDER BY valid_from", id));
}

std::vector<PostRecord> AgencyStore::posts_in(db::Session& session, UnitId unit) {
  return records<PostRecord>(session.list<PostRow>(POST_COLUMNS "WHERE unit_id = ? AND superseded_at IS NULL ORDER BY post_id, valid_from", unit));
}

std::vector<HolderRecord> AgencyStore::holders_of(db::Session& session, PostId id) {
  return records<HolderRecord>(session.list<HolderRow>(HOLDER_COLUMNS "WHERE post_id = ? AND superseded_at IS NULL ORDER BY valid_from", id));
}

std::vector<DeputyRecord> AgencyStore::deputies_of(db::Session& session, PersonId id) {
  return records<DeputyRecord>(session.list<DeputyRow>(DEPUTY_COLUMNS "WHERE person_id = ? AND superseded_at IS NULL ORDER BY valid_from", id));
}

std::vector<DeputyRecord> AgencyStore::standing_in_by(db::Session& session, PersonId deputy) {
  return records<DeputyRecord>(session.list<DeputyRow>(DEPUTY_COLUMNS "WHERE deputy_id = ? AND superseded_at IS NULL ORDER BY valid_from", deputy));
}

bool AgencyStore::person_exists(db::Session& session, PersonId id) { return session.find<std::int64_t>("SELECT id FROM agency_person WHERE id = ?", id).has_value(); }

void AgencyStore::supersede(db::Session& session, const AgencyRecord*, std::int64_t row, Instant at) {
  session.execute("UPDATE agency_period SET superseded_at = ? WHERE id = ?", at, row);
}
void AgencyStore::supersede(db::Session& session, const UnitRecord*, std::int64_t row, Instant at) { session.execute("UPDATE agency_unit SET superseded_at = ? WHERE id = ?", at, row); }
void AgencyStore::supersede(db::Session& session, const PostRecord*, std::int64_t row, Instant at) { session.execute("UPDATE agency_post SET superseded_at = ? WHERE id = ?", at, row); }
void AgencyStore::supersede(db::Session& session, const HolderRecord*, std::int64_t row, Instant at) { session.execute("UPDATE agency_holder SET superseded_at = ? WHERE id = ?", at, row); }
void AgencyStore::supersede(db::Session& session, const DeputyRecord*, std::int64_t row, Instant at) { session.execute("UPDATE agency_deputy SET superseded_at = ? WHERE id = ?", at, row); }

}  // namespace mandate::agencies
