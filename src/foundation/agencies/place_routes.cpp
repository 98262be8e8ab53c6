// Units and posts one by one: what they were called, where they stood, who held them, and every change of that.
#include "foundation/agencies/views.hpp"

namespace mandate::agencies {
namespace {

struct PlaceQuery {
  http::Number63 id;
  std::optional<Date> as_of;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(PlaceQuery, (), (id, as_of, as_known_on))

struct PlaceHistoryRow {
  std::string name;
  std::optional<PostKind> kind;  // of posts
  std::string agency_name;
  std::optional<std::string> unit_name;  // of posts in a unit
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::string changed_by_name;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(PlaceHistoryRow, (), (name, kind, agency_name, unit_name, valid_from, valid_to, recorded_at, changed_by_name, superseded_at))

struct HolderHistoryRow {
  PersonId person_id;
  std::string person_name;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::string changed_by_name;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(HolderHistoryRow, (), (person_id, person_name, valid_from, valid_to, recorded_at, changed_by_name, superseded_at))

struct AgencyUnitDetail {
  UnitId id;
  std::string name;
  AgencyId agency_id;
  std::vector<PlaceHistoryRow> history;  // every row recorded by then, the latest period first
};
BOOST_DESCRIBE_STRUCT(AgencyUnitDetail, (), (id, name, agency_id, history))

struct AgencyPostDetail {
  PostId id;
  std::string name;
  PostKind kind = PostKind::officer;
  AgencyId agency_id;
  std::optional<UnitId> unit_id;
  std::vector<PlaceHistoryRow> history;
  std::vector<HolderHistoryRow> holders;
};
BOOST_DESCRIBE_STRUCT(AgencyPostDetail, (), (id, name, kind, agency_id, unit_id, history, holders))

struct AgencyUnitInput {
  AgencyId id;
  std::string name;
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(AgencyUnitInput, (), (id, name, valid_from))

struct AgencyPostInput {
  AgencyId id;
  std::optional<UnitId> unit_id;
  std::string name;
  PostKind kind = PostKind::officer;
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(AgencyPostInput, (), (id, unit_id, name, kind, valid_from))

struct UnitChangeInput {
  UnitId id;
  std::string name;
  std::optional<AgencyId> agency_id;  // none: stays where it is
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(UnitChangeInput, (), (id, name, agency_id, valid_from))

struct PostChangeInput {
  PostId id;
  std::string name;
  PostKind kind = PostKind::officer;
  std::optional<AgencyId> agency_id;  // none: stays where it is
  std::optional<UnitId> unit_id;      // none: of the agency itself
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(PostChangeInput, (), (id, name, kind, agency_id, unit_id, valid_from))

struct UnitClosureInput {
  UnitId id;
  Date last_on;
};
BOOST_DESCRIBE_STRUCT(UnitClosureInput, (), (id, last_on))

struct PostClosureInput {
  PostId id;
  Date last_on;
};
BOOST_DESCRIBE_STRUCT(PostClosureInput, (), (id, last_on))

struct PostHolderInput {
  PostId id;
  std::optional<PersonId> person_id;
  std::optional<std::string> person_name;  // of a new person
  Date valid_from;
  std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(PostHolderInput, (), (id, person_id, person_name, valid_from, valid_to))

struct PostVacancyInput {
  PostId id;
  Date last_on;
};
BOOST_DESCRIBE_STRUCT(PostVacancyInput, (), (id, last_on))

template <class Row>
bool recorded_by_then(const Row& row, const std::optional<Instant>& at) {
  return !at || row.recorded_at <= *at;
}

// The latest period first, and of one period what was recorded last.
template <class Row>
void newest_first(std::vector<Row>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.valid_from != b.valid_from ? a.valid_from > b.valid_from : a.recorded_at > b.recorded_at; });
}

// Of the rows of one thing that were known at the moment: that of the day, else the last one.
template <class R>
const R* row_shown(const std::vector<const R*>& rows, const Moment& moment) {
  const R* last = nullptr;
  for (const auto* row : rows) {
    if (!row->known(moment.known_at)) continue;
    if (row->covers(moment.as_of)) return row;
    if (last == nullptr || row->valid_from > last->valid_from) last = row;
  }
  return last;
}

Result<AgencyUnitDetail> unit_detail(const AgencySnapshot& now, UnitId id, const Moment& moment, RecorderNames names) {
  std::vector<const UnitRecord*> rows;
  for (const auto& row : now.rows().units) {
    if (row.id == id && recorded_by_then(row, moment.known_at)) rows.push_back(&row);
  }
  const auto* shown = row_shown(rows, moment);
  if (shown == nullptr) return fault(FaultKind::not_found, "agency.unit_not_found");
  AgencyUnitDetail out{id, shown->name, shown->agency_id, {}};
  for (const auto* row : rows) {
    out.history.push_back({row->name, {}, now.name_of(row->agency_id, row->valid_from), {}, row->valid_from, row->valid_to, row->recorded_at, names.of(row->recorded_by), superseded(*row, moment.known_at)});
  }
  newest_first(out.history);
  return out;
}

Result<AgencyPostDetail> post_detail(const AgencySnapshot& now, PostId id, const Moment& moment, RecorderNames names) {
  std::vector<const PostRecord*> rows;
  for (const auto& row : now.rows().posts) {
    if (row.id == id && recorded_by_then(row, moment.known_at)) rows.push_back(&row);
  }
  const auto* shown = row_shown(rows, moment);
  if (shown == nullptr) return fault(FaultKind::not_found, "agency.post_not_found");
  AgencyPostDetail out{id, shown->name, shown->kind, shown->agency_id, shown->unit_id ? std::optional(shown->unit_id) : std::nullopt, {}, {}};
  for (const auto* row : rows) {
    PlaceHistoryRow line{row->name, row->kind, now.name_of(row->agency_id, row->valid_from), {}, row->valid_from, row->valid_to, row->recorded_at, names.of(row->recorded_by), superseded(*row, moment.known_at)};
    if (row->unit_id) line.unit_name = now.unit_name(row->unit_id, row->valid_from);
    out.history.push_back(std::move(line));
  }
  newest_first(out.history);
  for (const auto& row : now.rows().holders) {
    if (row.post_id != id || !recorded_by_then(row, moment.known_at)) continue;
    out.holders.push_back({row.person_id, now.person_name(row.person_id), row.valid_from, row.valid_to, row.recorded_at, names.of(row.recorded_by), superseded(row, moment.known_at)});
  }
  newest_first(out.holders);
  return out;
}

}  // namespace

void AgenciesModule::add_place_routes(http::Router& router) {
  const auto reads = [](const char* summary) { return http::RouteOptions{.permission = "agency.read", .summary = summary, .tag = "agencies"}; };
  const auto edits = [](const char* summary) { return http::RouteOptions{.permission = "agency.edit", .summary = summary, .tag = "agencies"}; };
  const auto moment = [this](const PlaceQuery& in) { return Moment{in.as_of.value_or(clock_.today()), known_at(in.as_known_on)}; };

  router.get<PlaceQuery, AgencyUnitDetail>("/api/agency-units/{id}", reads("A unit and every row recorded of it"), [this, moment](const Actor& actor, const PlaceQuery& in) {
    return unit_detail(*agencies_.snapshot(), UnitId{in.id.value}, moment(in), {account_name_, actor.language});
  });
  router.get<PlaceQuery, AgencyPostDetail>("/api/agency-posts/{id}", reads("A post, who held it, and every row recorded of it"), [this, moment](const Actor& actor, const PlaceQuery& in) {
    return post_detail(*agencies_.snapshot(), PostId{in.id.value}, moment(in), {account_name_, actor.language});
  });
  router.post<AgencyUnitInput, AgencyRecordId>("/api/agencies/{id}/units", edits("Adds a unit"), [this](const Actor& actor, const AgencyUnitInput& in) -> Result<AgencyRecordId> {
    MANDATE_ASSIGN(const auto id, service_.add_unit(actor, in.id, in.name, in.valid_from));
    return AgencyRecordId{{id.value}};
  });
  router.post<AgencyPostInput, AgencyRecordId>("/api/agencies/{id}/posts", edits("Adds a post to an agency or one of its units"), [this](const Actor& actor, const AgencyPostInput& in) -> Result<AgencyRecordId> {
    MANDATE_ASSIGN(const auto id, service_.add_post(actor, in.id, in.unit_id.value_or(UnitId{}), in.name, in.kind, in.valid_from));
    return AgencyRecordId{{id.value}};
  });
  router.put<UnitChangeInput, http::Nothing>("/api/agency-units/{id}", edits("Renames a unit or moves it with its posts, from a day on"), [this](const Actor& actor, const UnitChangeInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.change_unit(actor, in.id, {in.name, in.agency_id.value_or(AgencyId{}), in.valid_from}));
    return http::Nothing{};
  });
  router.post<UnitClosureInput, http::Nothing>("/api/agency-units/{id}/closure", edits("Ends a unit with a day"), [this](const Actor& actor, const UnitClosureInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.close_unit(actor, in.id, in.last_on));
    return http::Nothing{};
  });
  router.put<PostChangeInput, http::Nothing>("/api/agency-posts/{id}", edits("Renames a post or moves it, from a day on"), [this](const Actor& actor, const PostChangeInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.change_post(actor, in.id, {in.name, in.kind, in.agency_id.value_or(AgencyId{}), in.unit_id.value_or(UnitId{}), in.valid_from}));
    return http::Nothing{};
  });
  router.post<PostClosureInput, http::Nothing>("/api/agency-posts/{id}/closure", edits("Ends a post, and whoever holds it, with a day"), [this](const Actor& actor, const PostClosureInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.close_post(actor, in.id, in.last_on));
    return http::Nothing{};
  });
  router.post<PostHolderInput, AgencyRecordId>("/api/agency-posts/{id}/holders", edits("Appoints a known or a new person to a post from a day on"),
                                               [this](const Actor& actor, const PostHolderInput& in) -> Result<AgencyRecordId> {
                                                 if (in.person_id.has_value() == in.person_name.has_value()) return field_fault("person_id", "agency.person_needed");
                                                 PersonId person = in.person_id.value_or(PersonId{});
                                                 if (in.person_name) {
                                                   MANDATE_ASSIGN(person, service_.add_person(actor, *in.person_name));
                                                 }
                                                 MANDATE_TRY(service_.appoint(actor, in.id, person, in.valid_from, in.valid_to));
                                                 return AgencyRecordId{{person.value}};
                                               });
  router.post<PostVacancyInput, http::Nothing>("/api/agency-posts/{id}/vacancy", edits("Ends the holding of a post with a day"), [this](const Actor& actor, const PostVacancyInput& in) -> Result<http::Nothing> {
    MANDATE_TRY(service_.vacate(actor, in.id, in.last_on));
    return http::Nothing{};
  });
}

}  // namespace mandate::agencies
