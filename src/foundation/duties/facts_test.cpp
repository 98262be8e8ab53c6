// A thousand random questions, each asked of the facts and of SQL: dimensions, conditions, periods and scopes; while duties change in between.
#include "foundation/calendar/module.hpp"
#include "foundation/duties/facts.hpp"
#include "foundation/duties/service.hpp"
#include "foundation/places/api.hpp"
#include "foundation/statistics/api.hpp"
#include "platform/db/store_test.hpp"

#include <random>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::duties;

namespace {

std::vector<db::MigrationSet> sets() {
  return {db::migrations_of("platform_db", embedded::platform_db), calendar::calendar_migrations(), identity::identity_migrations(), audit::audit_migrations(), search::search_migrations(), statistics::statistic_migrations(), duty_migrations()};
}

struct City {
  db::Database& database;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("mandate-facts-" + std::to_string(next_id()));
  FakeClock clock{*Instant::parse("2023-03-07T01:00:00Z")};
  calendar::Calendar calendar{database};
  identity::Identity identity{database, clock, [](Date) { return identity::IdentityPolicy{}; }, [](std::int64_t id) { return id == 10 ? std::vector<std::int64_t>{10, 11} : std::vector<std::int64_t>{id}; }};
  audit::Audit audit{database, clock, folder / "keys", folder / "checkpoints.txt"};
  Directory directory{[](std::int64_t id) { return "機關" + std::to_string(id); },
                      [](std::int64_t, Date) { return true; },
                      [](std::int64_t id) { return "職務" + std::to_string(id); },
                      [](std::int64_t, Date) { return std::string("某人"); },
                      [](std::int64_t, Date) { return std::vector<std::int64_t>{}; }};
  Duties duties{database, clock, identity, audit, calendar, directory, [](Date) { return DutyPolicy{}; }};
  facts::Facts facts{database, clock};
  std::int64_t small_cell_min = 0;
  statistics::Statistics statistics{database, clock, identity, facts, [this](Date on) { return statistics::Policy{{on, DutyPolicy{}.at_risk_days, DutyPolicy{}.severe_days}, small_cell_min}; }};
  std::mt19937 random{20230307};
  std::vector<DutyId> made;

  explicit City(db::Database& d) : database(d) { add_duty_statistics(statistics, duties); }
  ~City() { std::filesystem::remove_all(folder); }

  template <class T>
  T pick(const std::vector<T>& from) {
    return from[random() % from.size()];
  }
  Actor as(const std::string& role, std::int64_t agency = 0, std::int64_t unit = 0) {
    Actor actor;
    actor.account_id = 7;
    actor.grants = {{role, agency, unit}};
    actor.now = clock.now();
    return actor;
  }
  Actor anybody() {
    switch (random() % 9) {
      case 0: return as("rdec_head");
      case 1: return as("rdec_controller");
      case 2: return as("agency_liaison", 10);
      case 3: return as("handler", 12, 2);
      case 4: return as("agent_1999");
      case 5: return as("youth_councillor");
      case 6: {
        auto two = as("handler", 13, 1);
        two.grants.push_back({"council_liaison", 0, 0});
        return two;
      }
      case 7: {
        auto deputy = as("handler", 11, 3);
        deputy.stands_in_for = {{8, "王五", {{"handler", 14, 1}, {"agency_head", 10, 0}}, {301, 302}, random() % 2 == 0}};
        return deputy;
      }
      default: return identity::system_actor(clock);
    }
  }

  void fill(int count) {
    const std::vector<std::string> origins = {"plan", "council", "petition", "contact", "own", "youth_council", "inspection"};
    std::vector<std::string> districts = {"", "", ""};
    for (const auto& district : places::districts()) districts.push_back(district.code);
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      for (int i = 0; i < count; ++i) {
        DutyRecord d;
        d.id = new_id<DutyId>();
        d.number = next_duty_number(s, clock.now());
        d.title = "試題";
        d.origin = pick(origins);
        d.agency_id = 10 + static_cast<std::int64_t>(random() % 6);
        d.unit_id = static_cast<std::int64_t>(random() % 4);
        d.post_id = random() % 3 == 0 ? 300 + static_cast<std::int64_t>(random() % 5) : 0;
        d.due_on = Date::parse("2021-06-01")->plus_days(static_cast<std::int64_t>(random() % 900));
        d.first_due_on = random() % 5 == 0 ? d.due_on.plus_days(-10) : d.due_on;
        d.nominal_due_on = d.first_due_on;
        d.state = static_cast<DutyState>(random() % 3);
        if (d.state == DutyState::done) d.done_on = d.due_on.plus_days(static_cast<std::int64_t>(random() % 30) - 20);
        d.severity = static_cast<Severity>(random() % 3);
        d.confidentiality = static_cast<Confidentiality>(random() % 3);
        d.series_id = random() % 4 == 0 ? new_id<SeriesId>() : SeriesId{};
        d.district = pick(districts);
        d.goal_id = static_cast<std::int64_t>(random() % 3) * 500;
        d.created_at = d.recorded_at = clock.now().plus_seconds(-static_cast<std::int64_t>(random() % (400 * 86'400)));
        duties.parts().store.insert(s, d);
        made.push_back(d.id);
      }
      db::append_event(s, {clock.now(), 0, "duty.filled", "sample", 0, "{}", {}});
      return done();
    }).ok());
  }
  // A few changes as people make them.
  void change() {
    const auto actor = identity::system_actor(clock);
    for (int i = 0; i < 4; ++i) {
      const auto id = pick(made);
      const auto& p = duties.parts();
      auto& parts = const_cast<Duties::Parts&>(p);
      switch (random() % 4) {
        case 0: (void)parts.complete(actor, id, "證明", std::nullopt).ok(); break;
        case 1: (void)parts.cancel(actor, id, "不再需要").ok(); break;
        case 2: (void)parts.reassign(actor, id, 10 + static_cast<std::int64_t>(random() % 6), 0, 0, "改由他機關辦理").ok(); break;
        default: {
          NewDuty n;
          n.title = "新增";
          n.origin = "petition";
          n.agency_id = 12;
          n.unit_id = 2;
          n.due_on = clock.today().plus_days(static_cast<std::int64_t>(random() % 60));
          if (auto one = parts.create(actor, n, std::nullopt); one.ok()) made.push_back(one->duty.id);
        }
      }
    }
  }
};

const std::string lateness_sql =
    "CASE WHEN d.state = 'cancelled' THEN 'cancelled' WHEN d.state = 'done' THEN CASE WHEN d.done_on > d.due_on THEN 'done_late' ELSE 'done' END "
    "WHEN d.due_on < '2023-02-05' THEN 'severe' WHEN d.due_on < '2023-03-07' THEN 'late' WHEN d.due_on <= '2023-03-14' THEN 'at_risk' ELSE 'on_time' END";

std::string quarter(const std::string& day) {
  return "CASE WHEN " + day + " = '' THEN '' ELSE substr(" + day + ", 1, 4) || CASE WHEN substr(" + day + ", 6, 2) <= '03' THEN '-01-01' WHEN substr(" + day + ", 6, 2) <= '06' THEN '-04-01' WHEN substr(" + day +
         ", 6, 2) <= '09' THEN '-07-01' ELSE '-10-01' END END";
}

const std::map<std::string, std::string>& dimension_sql() {
  static const std::string done = "COALESCE(d.done_on, '')";
  static const std::map<std::string, std::string> all = {
      {"agency", "CAST(d.agency_id AS TEXT)"}, {"unit", "CAST(d.unit_id AS TEXT)"}, {"post", "CAST(d.post_id AS TEXT)"}, {"origin", "d.origin"}, {"severity", "d.severity"}, {"confidentiality", "d.confidentiality"}, {"state", "d.state"},
      {"district", "d.district"}, {"goal", "CAST(d.goal_id AS TEXT)"}, {"recurring", "CASE WHEN d.series_id <> 0 THEN 'yes' ELSE 'no' END"}, {"extended", "CASE WHEN d.due_on > d.first_due_on THEN 'yes' ELSE 'no' END"}, {"lateness", lateness_sql},
      {"due_day", "d.due_on"}, {"due_month", "substr(d.due_on, 1, 7) || '-01'"}, {"due_quarter", quarter("d.due_on")}, {"due_year", "substr(d.due_on, 1, 4) || '-01-01'"},
      {"done_month", "CASE WHEN d.done_on IS NULL THEN '' ELSE substr(d.done_on, 1, 7) || '-01' END"}, {"done_quarter", quarter(done)}, {"done_year", "CASE WHEN d.done_on IS NULL THEN '' ELSE substr(d.done_on, 1, 4) || '-01-01' END"}};
  return all;
}

struct SqlGroup {
  std::string a, b, c, lateness;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(SqlGroup, (), (a, b, c, lateness, count))

struct Asked {
  std::vector<std::string> by;
  std::string where;
};

Asked random_question(City& city) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, sql] : dimension_sql()) all.push_back(name);
    return all;
  }();
  static const std::vector<std::string> conditions = {"origin=plan|council", "origin!=petition", "severity=high", "severity!=normal|critical", "confidentiality=open|internal", "state=open", "state!=cancelled", "recurring=yes", "recurring!=yes", "extended=no",
                                                      "lateness=late|severe", "lateness!=done|cancelled", "agency=10|12|14", "agency!=11", "unit=2", "post=301|302", "post!=0", "goal=500", "goal!=0|1000", "district=", "district!=", "due>=2022-03-01", "due<=2022-12-31",
                                                      "due>=2022-02-10;due<=2022-02-20", "done>=2022-06-01", "done<=2022-06-01", "created>=2022-09-01", "created<=2022-12-15", "due_month=2022-05-01|2022-06-01", "due_quarter!=2022-04-01", "due_year=2022-01-01",
                                                      "done_month=|2022-03-01", "created_month=2022-11-01|2022-12-01", "due_week=2022-05-02", "origin=nowhere", "origin!=nowhere"};
  Asked out;
  const auto dimensions = city.random() % 4;
  while (out.by.size() < dimensions) {
    const auto name = city.pick(names);
    if (std::find(out.by.begin(), out.by.end(), name) == out.by.end()) out.by.push_back(name);
  }
  for (auto n = city.random() % 4; n > 0; --n) out.where += (out.where.empty() ? "" : ";") + city.pick(conditions);
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ",") + part;
  return out;
}

// What the database says: by the key, the count of each lateness.
std::map<std::vector<std::string>, std::map<std::string, std::int64_t>> ask_sql(City& city, const Actor& actor, const Asked& asked) {
  const auto conditions = sql_of(*statistics::read_where(asked.where), city.clock.today(), DutyPolicy{});
  REQUIRE(conditions.ok());
  const auto scope = identity::condition_of(city.identity.scope(actor, "duty.read", "duty"), "d");
  std::string where = scope.where;
  auto values = scope.values;
  for (const auto& one : *conditions) {
    where += " AND (" + one.sql + ")";
    values.insert(values.end(), one.values.begin(), one.values.end());
  }
  std::string keys;
  for (std::size_t i = 0; i < 3; ++i) keys += (i < asked.by.size() ? dimension_sql().at(asked.by[i]) : std::string("''")) + " AS " + std::string(1, static_cast<char>('a' + i)) + ", ";
  const std::string sql = "SELECT a, b, c, lateness, COUNT(*) FROM (SELECT " + keys + lateness_sql + " AS lateness FROM duty d WHERE " + where + ") AS t GROUP BY a, b, c, lateness";
  std::map<std::vector<std::string>, std::map<std::string, std::int64_t>> out;
  city.database.read([&](db::Session& s) {
    for (const auto& g : s.list_values<SqlGroup>(sql, values)) {
      std::vector<std::string> key = {g.a, g.b, g.c};
      key.resize(asked.by.size());
      out[key][g.lateness] = g.count;
    }
    return 0;
  });
  return out;
}

std::int64_t figure(const statistics::Cell& cell) { return cell.value.value_or(0); }

}  // namespace

TEST_CASE("a thousand random questions have the answers that SQL gives, also while duties change") {
  db::testing::on_both(sets(), [](db::Database& database) {
    City city(database);
    city.fill(3000);
    int groups = 0;
    int drilled = 0;
    for (int n = 0; n < 1000; ++n) {
      if (n % 20 == 19) city.change();
      const auto actor = city.anybody();
      const auto asked = random_question(city);
      CAPTURE(n);
      CAPTURE(joined(asked.by));
      CAPTURE(asked.where);
      statistics::StatisticQuery query;
      query.by = joined(asked.by);
      query.where = asked.where;
      query.measures = "count,open,late,severe,done,done_late,cancelled,on_time_rate";
      auto answer = city.statistics.ask(actor, query);
      REQUIRE(answer.ok());
      const auto expected = ask_sql(city, actor, asked);
      auto rows = answer->rows;
      if (asked.by.empty()) rows.push_back(answer->total);
      std::size_t seen = 0;
      for (const auto& row : rows) {
        std::vector<std::string> key;
        for (const auto& k : row.keys) key.push_back(k.value);
        CAPTURE(joined(key));
        const auto found = expected.find(key);
        if (found == expected.end()) {  // a row that says what is missing
          REQUIRE((row.cells[0].state == statistics::CellState::missing || row.cells[0].state == statistics::CellState::not_yet_due));
          continue;
        }
        ++seen;
        auto of = found->second;
        std::int64_t all = 0;
        for (const auto& [name, count] : of) all += count;
        REQUIRE(figure(row.cells[0]) == all);
        REQUIRE(figure(row.cells[1]) == of["on_time"] + of["at_risk"] + of["late"] + of["severe"]);
        REQUIRE(figure(row.cells[2]) == of["late"] + of["severe"]);
        REQUIRE(figure(row.cells[3]) == of["severe"]);
        REQUIRE(figure(row.cells[4]) == of["done"] + of["done_late"]);
        REQUIRE(figure(row.cells[5]) == of["done_late"]);
        REQUIRE(figure(row.cells[6]) == of["cancelled"]);
        REQUIRE(row.cells[7].of.value_or(0) == of["done"] + of["done_late"] + of["late"] + of["severe"]);
        REQUIRE(figure(row.cells[7]) == of["done"]);
      }
      REQUIRE(seen == expected.size());
      groups += static_cast<int>(seen);
      // The list behind a number holds as many records.
      if (rows.empty() || n % 3 != 0) continue;
      const auto& row = city.pick(rows);
      const auto cell = city.random() % row.cells.size();
      if (!row.drill[cell]) continue;
      DutyFilter filter;
      filter.scope = city.identity.scope(actor, "duty.read", "duty");
      const auto also = sql_of(*statistics::read_where(*row.drill[cell]), city.clock.today(), DutyPolicy{});
      REQUIRE(also.ok());
      filter.also = *also;
      CAPTURE(*row.drill[cell]);
      REQUIRE(database.read([&](db::Session& s) { return city.duties.parts().store.count(s, filter, 1'000'000); }) == figure(row.cells[cell]));
      ++drilled;
    }
    CHECK(groups > 30'000);
    CHECK(drilled > 100);
  });
}

TEST_CASE("what was known on a past day is counted anew, with equal figures however it came to be since") {
  db::testing::on_both(sets(), [](db::Database& database) {
    City city(database);
    city.fill(400);
    const auto known_on = city.clock.today();
    const auto actor = identity::system_actor(city.clock);
    statistics::StatisticQuery query;
    query.by = "agency,state";
    query.measures = "count,late,on_time_rate";
    const auto then = city.statistics.ask(actor, query);
    REQUIRE(then.ok());
    city.clock.set(city.clock.now().plus_seconds(3 * 86'400));
    // Some are no more: the import that brought them was undone before anything hung on them. Then they were there.
    auto& store = city.duties.parts().store;
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      for (std::size_t i = 0; i < city.made.size(); i += 40) CHECK(store.remove(s, *store.find(s, city.made[i]), city.clock.now()));
      db::append_event(s, {city.clock.now(), 0, "duty.filled", "sample", 0, "{}", {}});
      return done();
    }).ok());
    for (int i = 0; i < 30; ++i) city.change();
    query.as_known_on = known_on;
    const auto again = city.statistics.ask(actor, query);
    REQUIRE(again.ok());
    REQUIRE(again->rows.size() == then->rows.size());
    for (std::size_t r = 0; r < then->rows.size(); ++r) {
      CHECK(again->rows[r].keys[0].value == then->rows[r].keys[0].value);
      for (std::size_t m = 0; m < 3; ++m) {
        CHECK(again->rows[r].cells[m].value == then->rows[r].cells[m].value);
        CHECK(again->rows[r].cells[m].of == then->rows[r].cells[m].of);
      }
    }
    query.as_known_on.reset();
    const auto now = city.statistics.ask(actor, query);
    REQUIRE(now.ok());
    CHECK(now->total.cells[0].value != then->total.cells[0].value);
    query.as_known_on = city.clock.today().plus_days(1);
    CHECK_FALSE(city.statistics.ask(actor, query).ok());
  });
}

TEST_CASE("steps follow the log: whose duty it is now, and every step once") {
  db::testing::on_both(sets(), [](db::Database& database) {
    City city(database);
    city.fill(50);
    const auto actor = identity::system_actor(city.clock);
    statistics::StatisticQuery query;
    query.dataset = "steps";
    query.by = "what,agency";
    query.measures = "step_count";
    REQUIRE(city.statistics.ask(actor, query).ok());
    for (int i = 0; i < 40; ++i) {
      city.change();
      if (i % 7 != 0) continue;
      const auto answer = city.statistics.ask(actor, query);
      REQUIRE(answer.ok());
      std::map<std::pair<std::string, std::string>, std::int64_t> seen;
      for (const auto& row : answer->rows) {
        if (row.cells[0].value) seen[{row.keys[0].value, row.keys[1].value}] = *row.cells[0].value;
      }
      std::map<std::pair<std::string, std::string>, std::int64_t> expected;
      database.read([&](db::Session& s) {
        for (const auto& g : s.list<SqlGroup>("SELECT e.kind, CAST(d.agency_id AS TEXT), '', '', COUNT(*) FROM event e JOIN duty d ON d.id = e.record_id WHERE e.record_kind = 'duty' GROUP BY e.kind, d.agency_id")) expected[{g.a.substr(5), g.b}] = g.count;
        return 0;
      });
      CHECK(seen == expected);
    }
  });
}

TEST_CASE("another process on the same database sees a change with the next question") {
  db::testing::on_both(sets(), [](db::Database& database) {
    City city(database);
    city.fill(20);
    facts::Facts other(database, city.clock);
    other.add(duty_facts());
    const auto all = [&](facts::Facts& in) {
      std::size_t count = 0;
      REQUIRE(in.with("duties", [&](const facts::Dataset& d) -> Result<> {
        count = d.present();
        return done();
      }).ok());
      return count;
    };
    CHECK(all(other) == 20);
    const auto before = city.made.size();
    while (city.made.size() < before + 5) {
      city.change();
      CHECK(all(other) == city.made.size());
      CHECK(all(city.facts) == city.made.size());
    }
  });
}

TEST_CASE("small cells about persons are left out, with as many others as it takes") {
  db::testing::on_both(sets(), [](db::Database& database) {
    City city(database);
    city.small_cell_min = 3;
    const auto actor = identity::system_actor(city.clock);
    const auto make = [&](std::int64_t agency, const char* origin, int count) {
      for (int i = 0; i < count; ++i) {
        NewDuty n;
        n.title = "一件";
        n.origin = origin;
        n.agency_id = agency;
        n.due_on = city.clock.today().plus_days(40);
        REQUIRE(city.duties.parts().create(actor, n, std::nullopt).ok());
      }
    };
    make(10, "petition", 1);
    make(11, "petition", 5);
    make(12, "petition", 9);
    make(10, "plan", 1);
    statistics::StatisticQuery query;
    query.by = "agency";
    query.where = "origin=petition";
    const auto answer = city.statistics.ask(actor, query);
    REQUIRE(answer.ok());
    REQUIRE(answer->rows.size() == 3);
    CHECK(answer->rows[0].cells[0].state == statistics::CellState::suppressed);
    CHECK_FALSE(answer->rows[0].cells[0].value);
    CHECK_FALSE(answer->rows[0].drill[0]);
    CHECK(answer->rows[1].cells[0].state == statistics::CellState::suppressed);  // else the total would tell
    CHECK(answer->rows[2].cells[0].value == 9);
    CHECK(answer->suppressed_below == 3);
    query.where = "origin=plan";
    const auto plan = city.statistics.ask(actor, query);
    REQUIRE(plan.ok());
    CHECK(plan->rows[0].cells[0].value == 1);
    CHECK(plan->suppressed_below == 0);
  });
}
