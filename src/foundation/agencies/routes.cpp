#include "foundation/agencies/module.hpp"
#include "foundation/agencies/views.hpp"

namespace mandate::agencies {
namespace {

struct AgencyListQuery {
  std::optional<Date> as_of;
  std::optional<Date> as_known_on;  // as it was known at the end of that day
};
BOOST_DESCRIBE_STRUCT(AgencyListQuery, (), (as_of, as_known_on))

struct AgencyQuery {
  AgencyId id;
  std::optional<Date> as_of;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(AgencyQuery, (), (id, as_of, as_known_on))

struct AgencyListRow {
  AgencyId id;
  std::string code;
  std::string name;
  std::string short_name;
  std::string aliases;
  AgencyKind kind = AgencyKind::first_level;
  std::optional<AgencyId> parent_id;
  Date valid_from;
  std::optional<Date> valid_to;
  bool self_governing = false;
};
BOOST_DESCRIBE_STRUCT(AgencyListRow, (), (id, code, name, short_name, aliases, kind, parent_id, valid_from, valid_to, self_governing))

struct AgencyList {
  std::vector<AgencyListRow> rows;
};
BOOST_DESCRIBE_STRUCT(AgencyList, (), (rows))

struct AgencyPostView {
  PostId id;
  std::string name;
  PostKind kind = PostKind::officer;
  Date valid_from;
  std::optional<Date> valid_to;
  std::optional<PersonId> holder_id;
  std::optional<std::string> holder_name;
  std::optional<Date> holder_from;
  std::optional<Date> holder_to;
  std::optional<std::string> deputy_name;
  std::optional<Date> deputy_to;
};
BOOST_DESCRIBE_STRUCT(AgencyPostView, (), (id, name, kind, valid_from, valid_to, holder_id, holder_name, holder_from, holder_to, deputy_name, deputy_to))

struct AgencyUnitView {
  UnitId id;
  std::string name;
  std::optional<Date> valid_from;  // none: the agency itself
  std::optional<Date> valid_to;
  std::vector<AgencyPostView> posts;
};
BOOST_DESCRIBE_STRUCT(AgencyUnitView, (), (id, name, valid_from, valid_to, posts))

struct AgencyContactView {
  std::string key;   // "general" or the matter
  std::string kind;  // as it is read
  std::string name;
  std::string phone;
  std::string email;
};
BOOST_DESCRIBE_STRUCT(AgencyContactView, (), (key, kind, name, phone, email))

struct AgencyHistoryRow {
  std::string name;
  std::string short_name;
  AgencyKind kind = AgencyKind::first_level;
  std::optional<std::string> parent_name;
  bool self_governing = false;
  Date valid_from;
  std::optional<Date> valid_to;
  Instant recorded_at;
  std::string changed_by_name;
  std::optional<Instant> superseded_at;  // a row that was corrected or cut later
};
BOOST_DESCRIBE_STRUCT(AgencyHistoryRow, (), (name, short_name, kind, parent_name, self_governing, valid_from, valid_to, recorded_at, changed_by_name, superseded_at))

struct AgencyDetail {
  AgencyId id;
  std::string code;
  std::string name;
  std::string short_name;
  std::string aliases;
  AgencyKind kind = AgencyKind::first_level;
  std::optional<AgencyId> parent_id;
  std::optional<std::string> parent_name;
  Date valid_from;
  std::optional<Date> valid_to;
  bool self_governing = false;
  std::vector<AgencyUnitView> units;  // first the posts of the agency itself, as a unit with the id 0
  std::vector<AgencyContactView> contacts;
  std::vector<AgencyHistoryRow> history;  // every period recorded by then, the latest first
};
BOOST_DESCRIBE_STRUCT(AgencyDetail, (), (id, code, name, short_name, aliases, kind, parent_id, parent_name, valid_from, valid_to, self_governing, units, contacts, history))

struct NewAgencyInput {
  std::string code;
  std::string name;
  std::optional<std::string> short_name;
  std::optional<std::string> aliases;
  AgencyKind kind = AgencyKind::first_level;
  std::optional<AgencyId> parent_id;
  Date valid_from;
  std::optional<bool> self_governing;
};
BOOST_DESCRIBE_STRUCT(NewAgencyInput, (), (code, name, short_name, aliases, kind, parent_id, valid_from, self_governing))

struct AgencyInput {
  AgencyId id;
  std::optional<std::string> code;  // may be said, not changed
  std::string name;
  std::optional<std::string> short_name;
  std::optional<std::string> aliases;
  AgencyKind kind = AgencyKind::first_level;
  std::optional<AgencyId> parent_id;
  Date valid_from;
  std::optional<bool> self_governing;
};
BOOST_DESCRIBE_STRUCT(AgencyInput, (), (id, code, name, short_name, aliases, kind, parent_id, valid_from, self_governing))

struct AgencyClosureInput {
  AgencyId id;
  Date last_on;
};
BOOST_DESCRIBE_STRUCT(AgencyClosureInput, (), (id, last_on))

struct AgencyImportInput {
  std::string file_name;
  std::string csv;
  bool dry_run = false;
  std::optional<bool> skip_bad;
};
BOOST_DESCRIBE_STRUCT(AgencyImportInput, (), (file_name, csv, dry_run, skip_bad))

struct AgencyImportFault {
  int line = 0;
  std::string column;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(AgencyImportFault, (), (line, column, message))

struct AgencyImportAnswer {
  int rows = 0;
  int created = 0;
  int changed = 0;
  int unchanged = 0;
  int skipped = 0;
  int fault_count = 0;
  std::vector<AgencyImportFault> faults;  // the first 200
};
BOOST_DESCRIBE_STRUCT(AgencyImportAnswer, (), (rows, created, changed, unchanged, skipped, fault_count, faults))

template <class Tag>
std::optional<Id<Tag>> some(Id<Tag> id) {
  return id ? std::optional(id) : std::nullopt;
}

std::vector<AgencyPostView> posts_view(const AgencySnapshot& now, const std::vector<const PostRecord*>& posts, UnitId unit, const Moment& moment) {
  std::vector<AgencyPostView> out;
  for (const auto* post : posts) {
    if (post->unit_id != unit) continue;
    AgencyPostView view{post->id, post->name, post->kind, post->valid_from, post->valid_to, {}, {}, {}, {}, {}, {}};
    if (const auto* holder = now.holding(post->id, moment)) {
      view.holder_id = holder->person_id;
      view.holder_name = now.person_name(holder->person_id);
      view.holder_from = holder->valid_from;
      view.holder_to = holder->valid_to;
      if (const auto* deputy = now.standing_in(holder->person_id, moment)) {
        view.deputy_name = now.person_name(deputy->deputy_id);
        view.deputy_to = deputy->valid_to;
      }
    }
    out.push_back(std::move(view));
  }
  return out;
}

Result<AgencyDetail> detail_of(const AgencySnapshot& now, AgencyId id, Moment moment, const AccountName& account_name, Language language) {
  const auto* record = now.find(id, moment);
  const auto history = now.history_of(id);
  if (record == nullptr && !moment.known_at) {
    record = now.nearest(id, moment.as_of);
    if (record != nullptr) moment.as_of = record->valid_from;
  }
  if (record == nullptr) return fault(FaultKind::not_found, "agency.not_found");
  AgencyDetail out{id,  record->code, record->name, record->short_name, record->aliases, record->kind, some(record->parent_id), {}, record->valid_from, record->valid_to, record->self_governing,
                   {}, {}, {}};
  // The name that the agency above bore then, as known then.
  const auto parent_name = [&](AgencyId parent, Date on) {
    const auto* above = now.find(parent, {on, moment.known_at});
    return above != nullptr ? above->name : now.name_of(parent, on);
  };
  if (record->parent_id) out.parent_name = parent_name(record->parent_id, moment.as_of);
  const auto posts = now.posts_of(id, moment);
  if (auto own = posts_view(now, posts, {}, moment); !own.empty()) out.units.push_back({{}, i18n::text("agency.no_unit", language), {}, {}, std::move(own)});
  for (const auto* unit : now.units_of(id, moment)) out.units.push_back({unit->id, unit->name, unit->valid_from, unit->valid_to, posts_view(now, posts, unit->id, moment)});
  for (const auto* contact : now.contacts_of(id, moment.known_at)) out.contacts.push_back({contact->kind, window_name(contact->kind, language), contact->name, contact->phone, contact->email});
  RecorderNames names(account_name, language);
  for (const auto* one : history) {
    if (moment.known_at && one->recorded_at > *moment.known_at) continue;
    AgencyHistoryRow row{one->name, one->short_name, one->kind, {}, one->self_governing, one->valid_from, one->valid_to, one->recorded_at, names.of(one->recorded_by), superseded(*one, moment.known_at)};
    if (one->parent_id) row.parent_name = parent_name(one->parent_id, one->valid_from);
    out.history.push_back(std::move(row));
  }
  std::stable_sort(out.history.begin(), out.history.end(), [](const AgencyHistoryRow& a, const AgencyHistoryRow& b) { return a.valid_from > b.valid_from; });
  return out;
}

template <class In>
AgencyChange change_of(const In& in) {
  return {in.name, in.short_name.value_or(""), in.aliases, in.kind, in.parent_id.value_or(AgencyId{}), in.self_governing.value_or(false), in.valid_from};
}

}  // namespace

void AgenciesModule::add_routes(http::Router& router) {
  add_place_routes(router);
  add_people_routes(router);
  add_delegation_routes(router);
  const auto reads = [](const char* summary) { return http::RouteOptions{.permission = "agency.read", .summary = summary, .tag = "agencies"}; };
  const auto edits = [](const char* summary) { return http::RouteOptions{.permission = "agency.edit", .summary = summary, .tag = "agencies"}; };
  const auto show = [this](const Actor& actor, AgencyId id, Date on) { return detail_of(*agencies_.snapshot(), id, {on, {}}, account_name_, actor.language); };

  router.get<AgencyListQuery, AgencyList>("/api/agencies", reads("The agencies of a day, as known at an instant"), [this](const Actor&, const AgencyListQuery& in) -> Result<AgencyList> {
    AgencyList list;
    const auto now = agencies_.snapshot();
    for (const auto* r : now->list({in.as_of.value_or(clock_.today()), known_at(in.as_known_on)})) {
      list.rows.push_back({r->id, r->code, r->name, r->short_name, r->aliases, r->kind, some(r->parent_id), r->valid_from, r->valid_to, r->self_governing});
    }
    return list;
  });
  router.get<AgencyQuery, AgencyDetail>("/api/agencies/{id}", reads("An agency with its units, posts, contact windows and history"), [this](const Actor& actor, const AgencyQuery& in) {
    return detail_of(*agencies_.snapshot(), in.id, {in.as_of.value_or(clock_.today()), known_at(in.as_known_on)}, account_name_, actor.language);
  });
  router.download<AgencyListQuery>("/api/agencies.csv", reads("The agencies as a CSV: those of a day, or every period, which can be imported again"), [this](const Actor&, const AgencyListQuery& in) -> Result<http::Download> {
    return http::Download{"text/csv; charset=utf-8", "agencies.csv", export_csv(*agencies_.snapshot(), in.as_of, known_at(in.as_known_on))};
  });
  router.post<NewAgencyInput, AgencyDetail>("/api/agencies", edits("Adds an agency"), [this, show](const Actor& actor, const NewAgencyInput& in) -> Result<AgencyDetail> {
    MANDATE_ASSIGN(const auto id, service_.add(actor, in.code, change_of(in)));
    return show(actor, id, in.valid_from);
  });
  router.put<AgencyInput, AgencyDetail>("/api/agencies/{id}", edits("Changes an agency from a day on"), [this, show](const Actor& actor, const AgencyInput& in) -> Result<AgencyDetail> {
    if (in.code) {
      const auto history = agencies_.snapshot()->history_of(in.id);
      if (!history.empty() && history.front()->code != *in.code) return field_fault("code", "agency.code_fixed");
    }
    MANDATE_TRY(service_.change(actor, in.id, change_of(in)));
    return show(actor, in.id, in.valid_from);
  });
  router.post<AgencyClosureInput, AgencyDetail>("/api/agencies/{id}/closure", edits("Ends an agency with a day"), [this, show](const Actor& actor, const AgencyClosureInput& in) -> Result<AgencyDetail> {
    MANDATE_TRY(service_.close(actor, in.id, in.last_on));
    return show(actor, in.id, in.last_on);
  });
  auto import_options = edits("Takes a list of agencies, or only tells what it would change");
  import_options.body_max = 4 * 1024 * 1024;
  router.post<AgencyImportInput, AgencyImportAnswer>("/api/agency-imports", import_options, [this](const Actor& actor, const AgencyImportInput& in) -> Result<AgencyImportAnswer> {
    MANDATE_ASSIGN(const auto outcome, service_.import_csv(actor, in.file_name, in.csv, in.dry_run, in.skip_bad.value_or(false)));
    AgencyImportAnswer answer{outcome.rows, outcome.created, outcome.changed, outcome.unchanged, outcome.skipped, static_cast<int>(outcome.faults.size()), {}};
    for (const auto& one : outcome.faults) {
      if (answer.faults.size() == 200) break;
      answer.faults.push_back({one.line, one.column, i18n::text(one.key, actor.language, one.args)});
    }
    return answer;
  });
}

}  // namespace mandate::agencies
