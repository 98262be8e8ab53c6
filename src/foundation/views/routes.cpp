#include "foundation/views/api.hpp"
#include "platform/http/router.hpp"

MANDATE_EMBEDDED(foundation_views)

namespace mandate::views {

using ViewId = Id<struct ViewTag>;
using identity::SharedWith;

struct StoredView {
  ViewId id;
  std::int64_t account_id = 0;
  std::int64_t shared_agency_id = identity::shared_with_nobody;
  std::string page;
  std::string name;
  std::string query;
};
BOOST_DESCRIBE_STRUCT(StoredView, (), (id, account_id, shared_agency_id, page, name, query))

struct SavedView {
  ViewId id;
  std::string name;
  std::string by_name;
  SharedWith shared = SharedWith::me;
  bool mine = false;
  std::string query;  // "?" left out: "state=done&origin=plan"
};
BOOST_DESCRIBE_STRUCT(SavedView, (), (id, name, by_name, shared, mine, query))
struct ViewList {
  std::vector<SavedView> rows;
};
BOOST_DESCRIBE_STRUCT(ViewList, (), (rows))
struct ViewQuery {
  std::string page;
};
BOOST_DESCRIBE_STRUCT(ViewQuery, (), (page))
struct NewView {
  std::string page;
  std::string name;
  std::string query;
  SharedWith shared = SharedWith::me;
};
BOOST_DESCRIBE_STRUCT(NewView, (), (page, name, query, shared))
struct ChangeView {
  ViewId id;
  std::string name;
  std::string query;
  SharedWith shared = SharedWith::me;
};
BOOST_DESCRIBE_STRUCT(ChangeView, (), (id, name, query, shared))
struct ViewById {
  ViewId id;
};
BOOST_DESCRIBE_STRUCT(ViewById, (), (id))

namespace {

constexpr int views_shown_max = 200;
constexpr auto columns = "id, account_id, shared_agency_id, page, name, query";
const std::set<std::string> pages = {"duties", "chases", "statistics"};

Result<> check(const std::string& name, const std::string& query) {
  if (name.find_first_not_of(" \n\t") == std::string::npos) return field_fault("name", "input.required");
  if (name.size() > 180) return field_fault("name", "input.too_long", {{"max", "60"}});
  // What an address holds, and nothing that could be anything else.
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("_-.~%&=+").find(c) != std::string_view::npos; };
  if (query.size() > 2000 || !std::all_of(query.begin(), query.end(), plain)) return field_fault("query", "view.bad_query");
  return done();
}

Result<StoredView> own(db::Session& s, const Actor& actor, ViewId id) {
  const auto found = s.find<StoredView>(std::string("SELECT ") + columns + " FROM saved_view WHERE id = ? AND removed_at IS NULL", id);
  if (!found) return fault(FaultKind::not_found, "view.not_found");
  if (found->account_id != actor.account_id) return fault(FaultKind::forbidden, "view.not_yours");
  return *found;
}

bool name_taken(db::Session& s, const StoredView& v) {
  return s.value<std::int64_t>("SELECT COUNT(*) FROM saved_view WHERE account_id = ? AND page = ? AND name = ? AND id <> ? AND removed_at IS NULL", v.account_id, v.page, v.name, v.id) != 0;
}

SavedView view_of(db::Session& s, identity::Identity& identity, const Actor& actor, const StoredView& v) {
  return {v.id, v.name, identity.name_of(s, v.account_id), identity::shared_with(v.shared_agency_id), v.account_id == actor.account_id, v.query};
}

}  // namespace

db::MigrationSet view_migrations() { return db::migrations_of("foundation_views", embedded::foundation_views); }

void add_view_routes(http::Router& router, db::Database& database, identity::Identity& identity) {
  router.get<ViewQuery, ViewList>("/api/views", {.permission = "signed_in", .summary = "Saved views of a list: one's own and those shared with one", .tag = "views"}, [&database, &identity](const Actor& actor, const ViewQuery& in) {
    return database.read([&](db::Session& s) -> Result<ViewList> {
      auto condition = identity::may_use(actor);
      condition.values.insert(condition.values.begin(), db::to_value(in.page));
      condition.values.push_back(db::to_value(views_shown_max));
      ViewList list;
      for (const auto& v : s.list_values<StoredView>(std::string("SELECT ") + columns + " FROM saved_view WHERE removed_at IS NULL AND page = ? AND " + condition.where + " ORDER BY name, id LIMIT ?", condition.values)) {
        list.rows.push_back(view_of(s, identity, actor, v));
      }
      return list;
    });
  });
  router.post<NewView, SavedView>("/api/views", {.permission = "signed_in", .summary = "Keep the filters of a list under a name", .tag = "views"}, [&database, &identity](const Actor& actor, const NewView& in) -> Result<SavedView> {
    if (pages.count(in.page) == 0) return field_fault("page", "view.bad_page");
    MANDATE_TRY(check(in.name, in.query));
    MANDATE_ASSIGN(const auto agency, identity::shared_agency(actor, in.shared));
    return database.write([&](db::Session& s) -> Result<SavedView> {
      const StoredView v{new_id<ViewId>(), actor.account_id, agency, in.page, in.name, in.query};
      if (name_taken(s, v)) return field_fault("name", "view.name_taken");
      s.execute("INSERT INTO saved_view (id, account_id, shared_agency_id, page, name, query, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)", v.id, v.account_id, v.shared_agency_id, v.page, v.name, v.query, actor.now);
      return view_of(s, identity, actor, v);
    });
  });
  router.put<ChangeView, SavedView>("/api/views/{id}", {.permission = "signed_in", .summary = "Change one's own view", .tag = "views"}, [&database, &identity](const Actor& actor, const ChangeView& in) -> Result<SavedView> {
    MANDATE_TRY(check(in.name, in.query));
    MANDATE_ASSIGN(const auto agency, identity::shared_agency(actor, in.shared));
    return database.write([&](db::Session& s) -> Result<SavedView> {
      MANDATE_ASSIGN(auto v, own(s, actor, in.id));
      v.name = in.name;
      v.query = in.query;
      v.shared_agency_id = agency;
      if (name_taken(s, v)) return field_fault("name", "view.name_taken");
      s.execute("UPDATE saved_view SET name = ?, query = ?, shared_agency_id = ?, changed_at = ? WHERE id = ?", v.name, v.query, v.shared_agency_id, actor.now, v.id);
      return view_of(s, identity, actor, v);
    });
  });
  router.remove<ViewById, http::Nothing>("/api/views/{id}", {.permission = "signed_in", .summary = "Remove one's own view", .tag = "views"}, [&database](const Actor& actor, const ViewById& in) {
    return database.write([&](db::Session& s) -> Result<http::Nothing> {
      MANDATE_TRY(own(s, actor, in.id));
      s.execute("UPDATE saved_view SET removed_at = ? WHERE id = ?", actor.now, in.id);
      return http::Nothing{};
    });
  });
}

}  // namespace mandate::views
