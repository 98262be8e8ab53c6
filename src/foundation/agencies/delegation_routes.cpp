// Standing in for another: named by the person, or by whoever looks after the agency.
#include "foundation/agencies/views.hpp"
#include "kernel/text.hpp"

namespace mandate::agencies {
namespace {

constexpr int delegation_days_max = 366;

BOOST_DEFINE_ENUM_CLASS(DelegationState, now, coming, over)

struct DelegationPerson {
  PersonId id;
  std::string name;
  std::string posts;  // held today, with the agency's short name
};
BOOST_DESCRIBE_STRUCT(DelegationPerson, (), (id, name, posts))

struct DelegationRow {
  http::Number63 key;
  DelegationPerson person;
  DelegationPerson deputy;
  Date valid_from;
  std::optional<Date> valid_to;
  DeputyReason reason = DeputyReason::other;
  bool confidential = false;
  DelegationState state = DelegationState::now;
  std::string set_by_name;
  Instant set_at;
};
BOOST_DESCRIBE_STRUCT(DelegationRow, (), (key, person, deputy, valid_from, valid_to, reason, confidential, state, set_by_name, set_at))

struct OwnDelegations {
  std::optional<DelegationPerson> person;   // none: the account belongs to nobody of the organisation
  std::vector<DelegationRow> for_me;        // who stands in for me, newest first
  std::vector<DelegationRow> by_me;         // for whom I stand in
};
BOOST_DESCRIBE_STRUCT(OwnDelegations, (), (person, for_me, by_me))

struct DelegationQuery {
  std::optional<DelegationState> state;
  std::optional<std::string> q;  // a part of either name
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(DelegationQuery, (), (state, q, cursor, limit))

struct DelegationList {
  std::vector<DelegationRow> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(DelegationList, (), (rows, next, total))

struct CandidateQuery {
  std::optional<PersonId> person_id;  // none: for oneself
  std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(CandidateQuery, (), (person_id, q))

struct CandidateList {
  std::vector<DelegationPerson> rows;
};
BOOST_DESCRIBE_STRUCT(CandidateList, (), (rows))

struct OwnDelegationInput {
  PersonId deputy_id;
  Date valid_from;
  Date valid_to;
  DeputyReason reason = DeputyReason::other;
  std::optional<bool> confidential;
};
BOOST_DESCRIBE_STRUCT(OwnDelegationInput, (), (deputy_id, valid_from, valid_to, reason, confidential))

struct DelegationInput {
  PersonId person_id;
  PersonId deputy_id;
  Date valid_from;
  Date valid_to;
  DeputyReason reason = DeputyReason::other;
  std::optional<bool> confidential;
};
BOOST_DESCRIBE_STRUCT(DelegationInput, (), (person_id, deputy_id, valid_from, valid_to, reason, confidential))

struct OwnDelegationEnd {
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(OwnDelegationEnd, (), (valid_from))

struct DelegationEnd {
  PersonId person_id;
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(DelegationEnd, (), (person_id, valid_from))

std::string posts_of(const AgencySnapshot& now, PersonId person, Date today) {
  std::string out;
  for (const auto id : now.posts_of_person(person, today)) {
    const auto* post = now.find_post(id, {today, {}});
    if (post != nullptr) out += (out.empty() ? "" : "、") + now.short_name_of(post->agency_id, today) + " " + post->name;
  }
  return out;
}

DelegationPerson person_view(const AgencySnapshot& now, PersonId id, Date today) { return {id, now.person_name(id), posts_of(now, id, today)}; }

DelegationState state_of(const DeputyRecord& r, Date today) {
  if (r.valid_from > today) return DelegationState::coming;
  return r.valid_to && *r.valid_to < today ? DelegationState::over : DelegationState::now;
}

DelegationRow row_of(const AgencySnapshot& now, const DeputyRecord& r, Date today, RecorderNames& names) {
  return {{r.row_id}, person_view(now, r.person_id, today), person_view(now, r.deputy_id, today), r.valid_from, r.valid_to, r.reason, r.confidential, state_of(r, today), names.of(r.recorded_by), r.recorded_at};
}

bool newer(const DeputyRecord* a, const DeputyRecord* b) { return a->valid_from != b->valid_from ? a->valid_from > b->valid_from : a->row_id > b->row_id; }

Result<> check_period(const AgencySnapshot& now, PersonId person, PersonId deputy, Date from, Date to, Date today) {
  if (now.posts_of_person(person, today).empty()) return fault(FaultKind::conflict, "agency.nothing_to_stand_in");
  if (from < today) return field_fault("valid_from", "agency.deputy_in_past");
  if (to >= from.plus_days(delegation_days_max)) return field_fault("valid_to", "agency.deputy_too_long");
  if (!now.person_name(deputy).empty() && now.account_of_person(deputy) == 0) return field_fault("deputy_id", "agency.deputy_without_account");
  return done();
}

}  // namespace

void AgenciesModule::add_delegation_routes(http::Router& router) {
  const auto own = [](const char* summary) { return http::RouteOptions{.permission = "signed_in", .summary = summary, .tag = "agencies"}; };
  const auto looks = [](const char* summary) { return http::RouteOptions{.permission = "deputy.edit", .summary = summary, .tag = "agencies"}; };
  const auto self = [this](const AgencySnapshot& now, const Actor& actor) -> Result<PersonId> {
    const auto person = now.person_of_account(actor.account_id);
    if (!person || actor.is_token) return fault(FaultKind::conflict, "agency.nothing_to_stand_in");
    return person;
  };
  // Whether one of the person's posts is of an agency that the actor looks after; each agency is asked about once.
  const auto reach_of = [this](const Actor& actor, const AgencySnapshot& now, Date today) {
    return [this, &actor, &now, today, known = std::map<AgencyId, bool>()](PersonId person) mutable {
      for (const auto id : now.posts_of_person(person, today)) {
        const auto* post = now.find_post(id, {today, {}});
        if (post == nullptr || !looks_after_) continue;
        const auto [found, fresh] = known.try_emplace(post->agency_id, false);
        if (fresh) found->second = looks_after_(actor, post->agency_id.value);
        if (found->second) return true;
      }
      return false;
    };
  };
  // From this moment on: what has begun ends with yesterday, what has not is withdrawn.
  const auto end_now = [this](const Actor& actor, const AgencySnapshot& now, PersonId person, Date valid_from, Date today) -> Result<http::Nothing> {
    for (const auto& r : now.rows().deputies) {
      if (r.person_id == person && r.valid_from == valid_from && !r.superseded_at && r.valid_to && *r.valid_to < today) return fault(FaultKind::conflict, "agency.deputy_over");
    }
    MANDATE_TRY(service_.end_deputy(actor, person, valid_from, valid_from < today ? std::optional(today.plus_days(-1)) : std::nullopt));
    return http::Nothing{};
  };

  router.get<http::Nothing, OwnDelegations>("/api/own-delegations", own("Who stands in for me, and for whom I stand in"), [this](const Actor& actor, const http::Nothing&) -> Result<OwnDelegations> {
    const auto now = agencies_.snapshot();
    const Date today = clock_.today();
    OwnDelegations out;
    const auto me = now->person_of_account(actor.account_id);
    if (!me) return out;
    out.person = person_view(*now, me, today);
    RecorderNames names(account_name_, actor.language);
    constexpr std::size_t shown_max = 100;  // of each, newest first
    const auto list = [&](auto mine) {
      std::vector<const DeputyRecord*> found;
      for (const auto& r : now->rows().deputies) {
        if (!r.superseded_at && mine(r)) found.push_back(&r);
      }
      std::sort(found.begin(), found.end(), newer);
      std::vector<DelegationRow> rows;
      for (std::size_t i = 0; i < std::min(found.size(), shown_max); ++i) rows.push_back(row_of(*now, *found[i], today, names));
      return rows;
    };
    out.for_me = list([&](const DeputyRecord& r) { return r.person_id == me; });
    out.by_me = list([&](const DeputyRecord& r) { return r.deputy_id == me; });
    return out;
  });
  router.get<DelegationQuery, DelegationList>("/api/delegations", looks("Who stands in for whom, in the agencies one looks after"), [this, reach_of](const Actor& actor, const DelegationQuery& in) -> Result<DelegationList> {
    const auto now = agencies_.snapshot();
    const Date today = clock_.today();
    const auto words = fold(in.q.value_or(""));
    auto looked_after = reach_of(actor, *now, today);
    std::vector<const DeputyRecord*> found;
    for (const auto& r : now->rows().deputies) {
      if (r.superseded_at || (in.state && state_of(r, today) != *in.state)) continue;
      if (!words.empty() && fold(now->person_name(r.person_id) + " " + now->person_name(r.deputy_id)).find(words) == std::string::npos) continue;
      if (looked_after(r.person_id)) found.push_back(&r);
    }
    std::sort(found.begin(), found.end(), newer);
    DelegationList list;
    list.total = static_cast<std::int64_t>(found.size());
    const std::size_t limit = static_cast<std::size_t>(std::clamp(in.limit.value_or(25), 1, 200));
    auto at = found.begin();
    // A cursor names the last row of the page before; one that is gone begins the list again.
    if (in.cursor) {
      const auto last = std::find_if(found.begin(), found.end(), [&](const DeputyRecord* r) { return std::to_string(r->row_id) == *in.cursor; });
      if (last != found.end()) at = std::next(last);
    }
    RecorderNames names(account_name_, actor.language);
    for (; at != found.end() && list.rows.size() < limit; ++at) list.rows.push_back(row_of(*now, **at, today, names));
    if (at != found.end()) list.next = std::to_string(list.rows.back().key.value);
    return list;
  });
  router.get<CandidateQuery, CandidateList>("/api/delegation-candidates", own("Who could stand in: people with an account who hold a post in the same agency"), [this, reach_of](const Actor& actor, const CandidateQuery& in) -> Result<CandidateList> {
    const auto now = agencies_.snapshot();
    const Date today = clock_.today();
    const auto me = now->person_of_account(actor.account_id);
    const auto person = in.person_id.value_or(me);
    CandidateList list;
    if (!person || (person != me && !reach_of(actor, *now, today)(person))) return list;
    std::set<AgencyId> agencies;
    for (const auto id : now->posts_of_person(person, today)) {
      if (const auto* post = now->find_post(id, {today, {}})) agencies.insert(post->agency_id);
    }
    const auto words = fold(in.q.value_or(""));
    std::set<PersonId> seen{person};
    for (const auto agency : agencies) {
      for (const auto* post : now->posts_of(agency, {today, {}})) {
        const auto holder = now->holder_of(post->id, {today, {}});
        if (!holder || now->account_of_person(holder) == 0 || !seen.insert(holder).second) continue;
        if (words.empty() || fold(now->person_name(holder)).find(words) != std::string::npos) list.rows.push_back(person_view(*now, holder, today));
      }
    }
    std::sort(list.rows.begin(), list.rows.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    if (list.rows.size() > 50) list.rows.resize(50);
    return list;
  });
  router.get<CandidateQuery, CandidateList>("/api/delegation-people", looks("People of the agencies one looks after, by name"), [this, reach_of](const Actor& actor, const CandidateQuery& in) -> Result<CandidateList> {
    const auto now = agencies_.snapshot();
    const Date today = clock_.today();
    const auto words = fold(in.q.value_or(""));
    auto looked_after = reach_of(actor, *now, today);
    CandidateList list;
    for (const auto& person : now->rows().people) {
      if (list.rows.size() >= 50) break;
      if (!words.empty() && fold(person.name).find(words) == std::string::npos) continue;
      if (looked_after(person.id)) list.rows.push_back(person_view(*now, person.id, today));
    }
    std::sort(list.rows.begin(), list.rows.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return list;
  });
  router.post<OwnDelegationInput, http::Nothing>("/api/own-delegations", own("Names who stands in for me"), [this, self](const Actor& actor, const OwnDelegationInput& in) -> Result<http::Nothing> {
    const auto now = agencies_.snapshot();
    MANDATE_ASSIGN(const auto me, self(*now, actor));
    MANDATE_TRY(check_period(*now, me, in.deputy_id, in.valid_from, in.valid_to, clock_.today()));
    MANDATE_TRY(service_.set_deputy(actor, me, in.deputy_id, in.valid_from, in.valid_to, {in.reason, in.confidential.value_or(false)}));
    return http::Nothing{};
  });
  router.post<OwnDelegationEnd, http::Nothing>("/api/own-delegations/closure", own("Ends a deputy's time at once, or withdraws what has not begun"), [this, self, end_now](const Actor& actor, const OwnDelegationEnd& in) -> Result<http::Nothing> {
    const auto now = agencies_.snapshot();
    MANDATE_ASSIGN(const auto me, self(*now, actor));
    return end_now(actor, *now, me, in.valid_from, clock_.today());
  });
  router.post<DelegationInput, http::Nothing>("/api/delegations", looks("Names who stands in for a person of an agency one looks after"), [this, reach_of](const Actor& actor, const DelegationInput& in) -> Result<http::Nothing> {
    const auto now = agencies_.snapshot();
    const Date today = clock_.today();
    if (now->person_name(in.person_id).empty()) return field_fault("person_id", "agency.person_not_found");
    if (!reach_of(actor, *now, today)(in.person_id)) return field_fault("person_id", "agency.not_looked_after");
    MANDATE_TRY(check_period(*now, in.person_id, in.deputy_id, in.valid_from, in.valid_to, today));
    MANDATE_TRY(service_.set_deputy(actor, in.person_id, in.deputy_id, in.valid_from, in.valid_to, {in.reason, in.confidential.value_or(false)}));
    return http::Nothing{};
  });
  router.post<DelegationEnd, http::Nothing>("/api/delegations/closure", looks("Ends the time of a deputy in an agency one looks after at once"), [this, reach_of, end_now](const Actor& actor, const DelegationEnd& in) -> Result<http::Nothing> {
    const auto now = agencies_.snapshot();
    const Date today = clock_.today();
    if (!reach_of(actor, *now, today)(in.person_id)) return field_fault("person_id", "agency.not_looked_after");
    return end_now(actor, *now, in.person_id, in.valid_from, today);
  });
}

}  // namespace mandate::agencies
