// People: found by name, their deputies, their accounts; and the contact windows of agencies.
#include "foundation/agencies/views.hpp"
#include "kernel/text.hpp"

namespace mandate::agencies {
namespace {

struct PeopleQuery {
  std::optional<std::string> q;  // a part of the name
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(PeopleQuery, (), (q, cursor, limit))

struct PersonRow {
  PersonId id;
  std::string name;
  std::vector<std::string> posts;  // held today, with the agency's short name
  bool has_account = false;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, name, posts, has_account))

struct PeopleList {
  std::vector<PersonRow> rows;  // by name
  std::optional<std::string> next;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(PeopleList, (), (rows, next, total))

struct DeputyQuery {
  PersonId id;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(DeputyQuery, (), (id, as_known_on))

struct DeputyRow {
  PersonId deputy_id;
  std::string deputy_name;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::string changed_by_name;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(DeputyRow, (), (deputy_id, deputy_name, valid_from, valid_to, recorded_at, changed_by_name, superseded_at))

struct DeputyList {
  std::string person_name;
  std::vector<DeputyRow> rows;  // every row recorded by then, the latest period first
};
BOOST_DESCRIBE_STRUCT(DeputyList, (), (person_name, rows))

struct ContactQuery {
  AgencyId id;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(ContactQuery, (), (id, as_known_on))

struct ContactHistoryRow {
  std::string key;
  std::string kind;
  std::string name;
  std::string phone;
  std::string email;
  Instant recorded_at;
  std::string changed_by_name;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(ContactHistoryRow, (), (key, kind, name, phone, email, recorded_at, changed_by_name, superseded_at))

struct ContactHistory {
  std::vector<ContactHistoryRow> rows;  // newest recording first
};
BOOST_DESCRIBE_STRUCT(ContactHistory, (), (rows))

struct DeputyInput {
  PersonId id;
  PersonId deputy_id;
  Date valid_from;
  Date valid_to;
};
BOOST_DESCRIBE_STRUCT(DeputyInput, (), (id, deputy_id, valid_from, valid_to))

struct AgencyContactInput {
  AgencyId id;
  std::string kind;
  std::string name;
  std::string phone;
  std::string email;
};
BOOST_DESCRIBE_STRUCT(AgencyContactInput, (), (id, kind, name, phone, email))

struct DeputyClosureInput {
  PersonId id;
  Date valid_from;              // of the period that ends
  std::optional<Date> last_on;  // none: it is withdrawn
};
BOOST_DESCRIBE_STRUCT(DeputyClosureInput, (), (id, valid_from, last_on))

struct AgencyContactKind {
  AgencyId id;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(AgencyContactKind, (), (id, kind))

struct AccountPersonInput {
  http::Number63 id;
  PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(AccountPersonInput, (), (id, person_id))

struct AccountPersonId {
  http::Number63 id;
};
BOOST_DESCRIBE_STRUCT(AccountPersonId, (), (id))

PeopleList people_of(const AgencySnapshot& now, const PeopleQuery& in, Date today) {
  const auto wanted = fold(in.q.value_or(""));
  std::vector<const PersonRecord*> found;
  for (const auto& person : now.rows().people) {
    if (wanted.empty() || fold(person.name).find(wanted) != std::string::npos) found.push_back(&person);
  }
  std::sort(found.begin(), found.end(), [](const PersonRecord* a, const PersonRecord* b) { return a->name != b->name ? a->name < b->name : a->id < b->id; });
  PeopleList list;
  list.total = static_cast<std::int64_t>(found.size());
  const std::size_t limit = static_cast<std::size_t>(std::clamp(in.limit.value_or(50), 1, 200));
  auto at = found.begin();
  // A cursor names the last person of the page before; one who is gone begins the list again.
  if (in.cursor) {
    const auto last = std::find_if(found.begin(), found.end(), [&](const PersonRecord* one) { return one->id.text() == *in.cursor; });
    if (last != found.end()) at = std::next(last);
  }
  const Moment moment{today, {}};
  std::unordered_map<PersonId, std::size_t> places;
  for (; at != found.end() && list.rows.size() < limit; ++at) {
    places[(*at)->id] = list.rows.size();
    list.rows.push_back({(*at)->id, (*at)->name, {}, (*at)->account_id != 0});
  }
  if (at != found.end()) list.next = list.rows.back().id.text();
  for (const auto& holder : now.rows().holders) {
    const auto place = places.find(holder.person_id);
    if (place == places.end() || !holder.holds(moment)) continue;
    if (const auto* post = now.find_post(holder.post_id, moment)) list.rows[place->second].posts.push_back(now.short_name_of(post->agency_id, today) + " " + post->name);
  }
  return list;
}

}  // namespace

void AgenciesModule::add_people_routes(http::Router& router) {
  const auto reads = [](const char* summary) { return http::RouteOptions{.permission = "agency.read", .summary = summary, .tag = "agencies"}; };
  const auto edits = [](const char* summary) { return http::RouteOptions{.permission = "agency.edit", .summary = summary, .tag = "agencies"}; };
  const auto links = [](const char* summary) { return http::RouteOptions{.permission = "account.edit", .summary = summary, .tag = "agencies"}; };

  // Who may name a holder or a deputy may look people up by name; nobody else gets the whole list.
  router.get<PeopleQuery, PeopleList>("/api/agency-people", edits("People by name, with the posts they hold today"), [this](const Actor&, const PeopleQuery& in) -> Result<PeopleList> {
    return people_of(*agencies_.snapshot(), in, clock_.today());
  });
  router.get<DeputyQuery, DeputyList>("/api/agency-people/{id}/deputies", reads("Who stood in for a person and when, with every correction"), [this](const Actor& actor, const DeputyQuery& in) -> Result<DeputyList> {
    const auto now = agencies_.snapshot();
    const auto at = known_at(in.as_known_on);
    DeputyList list{now->person_name(in.id), {}};
    if (list.person_name.empty()) return fault(FaultKind::not_found, "agency.person_not_found");
    RecorderNames names(account_name_, actor.language);
    for (const auto& row : now->rows().deputies) {
      if (row.person_id != in.id || (at && row.recorded_at > *at)) continue;
      list.rows.push_back({row.deputy_id, now->person_name(row.deputy_id), row.valid_from, row.valid_to, row.recorded_at, names.of(row.recorded_by), superseded(row, at)});
    }
    std::stable_sort(list.rows.begin(), list.rows.end(), [](const DeputyRow& a, const DeputyRow& b) { return a.valid_from != b.valid_from ? a.valid_from > b.valid_from : a.recorded_at > b.recorded_at; });
    return list;
  });
  router.get<ContactQuery, ContactHistory>("/api/agencies/{id}/contacts", reads("Every contact window an agency was ever given"), [this](const Actor& actor, const ContactQuery& in) -> Result<ContactHistory> {
    const auto now = agencies_.snapshot();
    if (now->history_of(in.id).empty()) return fault(FaultKind::not_found, "agency.not_found");
    const auto at = known_at(in.as_known_on);
    RecorderNames names(account_name_, actor.language);
    ContactHistory list;
    const auto& rows = now->rows().contacts;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      if (row->agency_id != in.id || (at && row->recorded_at > *at)) continue;
      list.rows.push_back({row->kind, window_name(row->kind, actor.language), row->name, row->phone, row->email, row->recorded_at, names.of(row->recorded_by), superseded(*row, at)});
    }
    return list;
  });
  router.post<DeputyInput, http::Nothing>("/api/agency-people/{id}/deputies", edits("Sets who stands in for a person"), [this](const Actor& actor, const DeputyInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.set_deputy(actor, in.id, in.deputy_id, in.valid_from, in.valid_to));
    return http::Nothing{};
  });
  router.post<AgencyContactInput, http::Nothing>("/api/agencies/{id}/contacts", edits("Sets a contact window"), [this](const Actor& actor, const AgencyContactInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.set_contact(actor, in.id, in.kind, in.name, in.phone, in.email));
    return http::Nothing{};
  });
  router.post<DeputyClosureInput, http::Nothing>("/api/agency-people/{id}/deputy-closure", edits("Ends a deputy's period earlier, or withdraws it"), [this](const Actor& actor, const DeputyClosureInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.end_deputy(actor, in.id, in.valid_from, in.last_on));
    return http::Nothing{};
  });
  router.post<AgencyContactKind, http::Nothing>("/api/agencies/{id}/contact-closure", edits("Removes a contact window"), [this](const Actor& actor, const AgencyContactKind& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.remove_contact(actor, in.id, in.kind));
    return http::Nothing{};
  });
  router.put<AccountPersonInput, http::Nothing>("/api/accounts/{id}/person", links("Says whose account it is"), [this](const Actor& actor, const AccountPersonInput& in) -> Result<http::Nothing> {
    if (!account_exists_ || !account_exists_(in.id.value)) return fault(FaultKind::not_found, "agency.account_not_found");
    MANDATE_TRY(service_.link_account(actor, in.person_id, in.id.value));
    return http::Nothing{};
  });
  router.remove<AccountPersonId, http::Nothing>("/api/accounts/{id}/person", links("Takes the link between an account and a person away"), [this](const Actor& actor, const AccountPersonId& in) -> Result<http::Nothing> {
    if (!account_exists_ || !account_exists_(in.id.value)) return fault(FaultKind::not_found, "agency.account_not_found");
    MANDATE_TRY(service_.unlink_account(actor, in.id.value));
    return http::Nothing{};
  });
}

}  // namespace mandate::agencies
