// Dashboards: statistics put together on a page, shared like views; one's own home page holds one of them.
#include "foundation/identity/sharing.hpp"
#include "foundation/statistics/api.hpp"
#include "platform/db/events.hpp"
#include "platform/http/router.hpp"

#include <map>

namespace mandate::statistics {

using DashboardId = Id<struct DashboardTag>;
using identity::SharedWith;

// How a tile shows its figures.
BOOST_DEFINE_ENUM_CLASS(Show, table, bars, lines, stacked, number)

struct Tile {
  std::string title;
  std::string query;  // of the statistics page's address, "?" left out
  Show show = Show::bars;
};
BOOST_DESCRIBE_STRUCT(Tile, (), (title, query, show))
struct StoredDashboard {
  DashboardId id;
  std::int64_t account_id = 0;
  std::int64_t shared_agency_id = identity::shared_with_nobody;
  std::string name;
  std::int64_t at_home = 0;
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(StoredDashboard, (), (id, account_id, shared_agency_id, name, at_home, revision))
struct DashboardRow {
  DashboardId id;
  std::string name;
  std::string by_name;
  SharedWith shared = SharedWith::me;
  bool mine = false;
  bool at_home = false;
  std::int64_t tiles = 0;
};
BOOST_DESCRIBE_STRUCT(DashboardRow, (), (id, name, by_name, shared, mine, at_home, tiles))
struct DashboardList {
  std::vector<DashboardRow> rows;
};
BOOST_DESCRIBE_STRUCT(DashboardList, (), (rows))
struct DashboardView {
  DashboardId id;
  std::string name;
  std::string by_name;
  SharedWith shared = SharedWith::me;
  bool mine = false;
  bool at_home = false;
  std::int64_t revision = 1;
  std::vector<Tile> tiles;
};
BOOST_DESCRIBE_STRUCT(DashboardView, (), (id, name, by_name, shared, mine, at_home, revision, tiles))
struct NewDashboard {
  std::string name;
  SharedWith shared = SharedWith::me;
  std::vector<Tile> tiles;
};
BOOST_DESCRIBE_STRUCT(NewDashboard, (), (name, shared, tiles))
struct ChangeDashboard {
  DashboardId id;
  std::string name;
  SharedWith shared = SharedWith::me;
  std::vector<Tile> tiles;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(ChangeDashboard, (), (id, name, shared, tiles, revision))
struct DashboardById {
  DashboardId id;
};
BOOST_DESCRIBE_STRUCT(DashboardById, (), (id))
struct HomeDashboard {
  std::optional<DashboardView> dashboard;  // none: nothing was put there yet
};
BOOST_DESCRIBE_STRUCT(HomeDashboard, (), (dashboard))

void add_dashboard_routes(http::Router& router, Statistics& statistics);

namespace {

constexpr std::size_t tiles_max = 24;
constexpr int dashboards_shown_max = 200;
constexpr auto columns = "id, account_id, shared_agency_id, name, at_home, revision";

struct TileCount {
  DashboardId id;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(TileCount, (), (id, count))

Result<> check(const std::string& name, const std::vector<Tile>& tiles) {
  const auto blank = [](const std::string& text) { return text.find_first_not_of(" \n\t") == std::string::npos; };
  if (blank(name)) return field_fault("name", "input.required");
  if (name.size() > 180) return field_fault("name", "input.too_long", {{"max", "60"}});
  if (tiles.size() > tiles_max) return field_fault("tiles", "dashboard.too_many_tiles", {{"max", std::to_string(tiles_max)}});
  // What an address holds, and nothing that could be anything else.
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("_-.~%&=+").find(c) != std::string_view::npos; };
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const std::string path = "tiles[" + std::to_string(i) + "].";
    if (blank(tiles[i].title)) return field_fault(path + "title", "input.required");
    if (tiles[i].title.size() > 180) return field_fault(path + "title", "input.too_long", {{"max", "60"}});
    if (tiles[i].query.size() > 2000 || !std::all_of(tiles[i].query.begin(), tiles[i].query.end(), plain)) return field_fault(path + "query", "dashboard.bad_query");
  }
  return done();
}

Result<StoredDashboard> reach(db::Session& s, const Actor& actor, DashboardId id, bool to_change) {
  auto condition = identity::may_use(actor);
  condition.values.insert(condition.values.begin(), db::to_value(id));
  const auto found = s.list_values<StoredDashboard>(std::string("SELECT ") + columns + " FROM dashboard WHERE id = ? AND removed_at IS NULL AND " + condition.where, condition.values);
  if (found.empty()) return fault(FaultKind::not_found, "dashboard.not_found");
  if (to_change && found.front().account_id != actor.account_id) return fault(FaultKind::forbidden, "dashboard.not_yours");
  return found.front();
}

DashboardView view_of(db::Session& s, identity::Identity& identity, const Actor& actor, const StoredDashboard& d) {
  DashboardView out{d.id, d.name, identity.name_of(s, d.account_id), identity::shared_with(d.shared_agency_id), d.account_id == actor.account_id, d.at_home != 0, d.revision, {}};
  out.tiles = s.list<Tile>("SELECT title, query, show FROM dashboard_tile WHERE dashboard_id = ? ORDER BY place", d.id);
  return out;
}

void put_tiles(db::Session& s, DashboardId id, const std::vector<Tile>& tiles) {
  s.execute("DELETE FROM dashboard_tile WHERE dashboard_id = ?", id);
  std::int64_t place = 0;
  for (const auto& tile : tiles) s.execute("INSERT INTO dashboard_tile (dashboard_id, place, title, query, show) VALUES (?, ?, ?, ?, ?)", id, ++place, tile.title, tile.query, tile.show);
}

void note(db::Session& s, const Actor& actor, const char* kind, const StoredDashboard& d) {
  db::append_event(s, {actor.now, actor.account_id, kind, "dashboard", d.id.value, boost::json::serialize(boost::json::object{{"name", d.name}}), {}});
}

bool name_taken(db::Session& s, const StoredDashboard& d) {
  return s.value<std::int64_t>("SELECT COUNT(*) FROM dashboard WHERE account_id = ? AND name = ? AND id <> ? AND removed_at IS NULL", d.account_id, d.name, d.id) != 0;
}

Result<StoredDashboard> make(db::Session& s, const Actor& actor, const std::string& name, std::int64_t shared, bool at_home, const std::vector<Tile>& tiles) {
  const StoredDashboard d{new_id<DashboardId>(), actor.account_id, shared, name, at_home ? 1 : 0, 1};
  if (name_taken(s, d)) return field_fault("name", "dashboard.name_taken");
  s.execute("INSERT INTO dashboard (id, account_id, shared_agency_id, name, at_home, revision, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)", d.id, d.account_id, d.shared_agency_id, d.name, d.at_home, d.revision, actor.now);
  put_tiles(s, d.id, tiles);
  note(s, actor, "dashboard.created", d);
  return d;
}

// The one of the home page, none when nothing was ever put there.
std::optional<StoredDashboard> find_home(db::Session& s, const Actor& actor) {
  return s.find<StoredDashboard>(std::string("SELECT ") + columns + " FROM dashboard WHERE account_id = ? AND at_home = 1 AND removed_at IS NULL", actor.account_id);
}

// Changes what the caller may change; somebody else's change since is not written over.
Result<> change(db::Session& s, const Actor& actor, StoredDashboard d, const std::vector<Tile>& tiles) {
  if (name_taken(s, d)) return field_fault("name", "dashboard.name_taken");
  if (s.execute("UPDATE dashboard SET name = ?, shared_agency_id = ?, revision = revision + 1, changed_at = ? WHERE id = ? AND revision = ?", d.name, d.shared_agency_id, actor.now, d.id, d.revision) != 1) {
    return fault(FaultKind::stale, "dashboard.stale");
  }
  put_tiles(s, d.id, tiles);
  note(s, actor, "dashboard.changed", d);
  return done();
}

}  // namespace

void add_dashboard_routes(http::Router& router, Statistics& st) {
  router.get<http::Nothing, DashboardList>("/api/dashboards", {.permission = "signed_in", .summary = "One's own dashboards and those shared with one", .tag = "statistics"}, [&st](const Actor& actor, const http::Nothing&) {
    return st.database.read([&](db::Session& s) -> Result<DashboardList> {
      auto condition = identity::may_use(actor);
      std::map<DashboardId, std::int64_t> counts;
      for (const auto& c : s.list_values<TileCount>("SELECT dashboard_id, COUNT(*) FROM dashboard_tile WHERE dashboard_id IN (SELECT id FROM dashboard WHERE removed_at IS NULL AND " + condition.where + ") GROUP BY dashboard_id", condition.values)) counts[c.id] = c.count;
      condition.values.push_back(db::to_value(dashboards_shown_max));
      DashboardList list;
      for (const auto& d : s.list_values<StoredDashboard>(std::string("SELECT ") + columns + " FROM dashboard WHERE removed_at IS NULL AND " + condition.where + " ORDER BY at_home DESC, name, id LIMIT ?", condition.values)) {
        list.rows.push_back({d.id, d.name, st.identity.name_of(s, d.account_id), identity::shared_with(d.shared_agency_id), d.account_id == actor.account_id, d.at_home != 0, counts[d.id]});
      }
      return list;
    });
  });
  router.get<DashboardById, DashboardView>("/api/dashboards/{id}", {.permission = "signed_in", .summary = "One dashboard", .tag = "statistics"}, [&st](const Actor& actor, const DashboardById& in) {
    return st.database.read([&](db::Session& s) -> Result<DashboardView> {
      MANDATE_ASSIGN(const auto d, reach(s, actor, in.id, false));
      return view_of(s, st.identity, actor, d);
    });
  });
  router.post<NewDashboard, DashboardView>("/api/dashboards", {.permission = "signed_in", .summary = "Make a dashboard", .tag = "statistics"}, [&st](const Actor& actor, const NewDashboard& in) -> Result<DashboardView> {
    MANDATE_TRY(check(in.name, in.tiles));
    MANDATE_ASSIGN(const auto shared, identity::shared_agency(actor, in.shared));
    return st.database.write([&](db::Session& s) -> Result<DashboardView> {
      MANDATE_ASSIGN(const auto d, make(s, actor, in.name, shared, false, in.tiles));
      return view_of(s, st.identity, actor, d);
    });
  });
  router.put<ChangeDashboard, DashboardView>("/api/dashboards/{id}", {.permission = "signed_in", .summary = "Change one's own dashboard; refused when it was changed since this revision", .tag = "statistics"},
                                             [&st](const Actor& actor, const ChangeDashboard& in) -> Result<DashboardView> {
    MANDATE_TRY(check(in.name, in.tiles));
    MANDATE_ASSIGN(const auto shared, identity::shared_agency(actor, in.shared));
    return st.database.write([&](db::Session& s) -> Result<DashboardView> {
      MANDATE_ASSIGN(auto d, reach(s, actor, in.id, true));
      if (d.at_home != 0 && shared != identity::shared_with_nobody) return field_fault("shared", "dashboard.home_is_yours");
      if (d.revision != in.revision) return fault(FaultKind::stale, "dashboard.stale");
      d.name = in.name;
      d.shared_agency_id = shared;
      MANDATE_TRY(change(s, actor, d, in.tiles));
      ++d.revision;
      return view_of(s, st.identity, actor, d);
    });
  });
  router.remove<DashboardById, http::Nothing>("/api/dashboards/{id}", {.permission = "signed_in", .summary = "Remove one's own dashboard", .tag = "statistics"}, [&st](const Actor& actor, const DashboardById& in) {
    return st.database.write([&](db::Session& s) -> Result<http::Nothing> {
      MANDATE_ASSIGN(const auto d, reach(s, actor, in.id, true));
      if (d.at_home != 0) return fault(FaultKind::conflict, "dashboard.home_is_yours");
      s.execute("UPDATE dashboard SET removed_at = ? WHERE id = ?", actor.now, d.id);
      note(s, actor, "dashboard.removed", d);
      return http::Nothing{};
    });
  });
  router.get<http::Nothing, HomeDashboard>("/api/home-dashboard", {.permission = "signed_in", .summary = "The statistics of one's own home page", .tag = "statistics"}, [&st](const Actor& actor, const http::Nothing&) {
    return st.database.read([&](db::Session& s) -> Result<HomeDashboard> {
      HomeDashboard out;
      if (const auto d = find_home(s, actor)) out.dashboard = view_of(s, st.identity, actor, *d);
      return out;
    });
  });
  router.post<Tile, DashboardView>("/api/home-dashboard/tiles", {.permission = "signed_in", .summary = "Put a statistic on one's own home page", .tag = "statistics"}, [&st](const Actor& actor, const Tile& in) -> Result<DashboardView> {
    MANDATE_TRY(check("home", {in}));
    return st.database.write([&](db::Session& s) -> Result<DashboardView> {
      auto d = find_home(s, actor);
      if (!d) {
        MANDATE_ASSIGN(const auto made, make(s, actor, i18n::text("dashboard.home", actor.language), identity::shared_with_nobody, true, {in}));
        return view_of(s, st.identity, actor, made);
      }
      auto tiles = s.list<Tile>("SELECT title, query, show FROM dashboard_tile WHERE dashboard_id = ? ORDER BY place", d->id);
      tiles.push_back(in);
      MANDATE_TRY(check(d->name, tiles));
      MANDATE_TRY(change(s, actor, *d, tiles));
      ++d->revision;
      return view_of(s, st.identity, actor, *d);
    });
  });
}

}  // namespace mandate::statistics
