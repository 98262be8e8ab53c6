#include "foundation/calendar/module.hpp"
#include "foundation/duties/service.hpp"
#include "platform/db/store_test.hpp"

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::duties;

namespace {

std::vector<db::MigrationSet> sets() {
  return {db::migrations_of("platform_db", embedded::platform_db), calendar::calendar_migrations(), identity::identity_migrations(), audit::audit_migrations(), search::search_migrations(), duty_migrations()};
}

Date day(const char* iso) { return *Date::parse(iso); }

struct Fixture {
  db::Database& database;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("mandate-duties-" + std::to_string(next_id()));
  FakeClock clock{*Instant::parse("2023-03-07T01:00:00Z")};
  calendar::Calendar calendar{database};
  identity::Identity identity{database, clock, [](Date) { return identity::IdentityPolicy{}; }, nullptr};
  audit::Audit audit{database, clock, folder / "keys", folder / "checkpoints.txt"};
  Directory directory{[](std::int64_t id) { return "機關" + std::to_string(id); },
                      [](std::int64_t id, Date) { return id == 10 || id == 20; },
                      [](std::int64_t id) { return "職務" + std::to_string(id); },
                      [](std::int64_t, Date) { return std::string("某人"); },
                      [](std::int64_t account, Date) { return account == 3 ? std::vector<std::int64_t>{300} : std::vector<std::int64_t>{}; }};
  Duties duties{database, clock, identity, audit, calendar, directory, [](Date) { return DutyPolicy{}; }};
  Duties::Parts& p = duties.parts();

  ~Fixture() { std::filesystem::remove_all(folder); }
  Actor as(std::int64_t account, const std::string& role, std::int64_t agency = 0, std::int64_t unit = 0) {
    Actor actor;
    actor.account_id = account;
    actor.grants = {{role, agency, unit}};
    actor.now = clock.now();
    return actor;
  }
  Actor controller() { return as(1, "rdec_controller"); }
  Actor liaison() { return as(2, "agency_liaison", 10); }
  NewDuty simple(const char* due = "2023-03-31") {
    NewDuty n;
    n.title = "召開重大工程品質推動委員會議";
    n.origin = "plan";
    n.agency_id = 10;
    n.due_on = day(due);
    return n;
  }
  DutyId make(const char* due = "2023-03-31") {
    auto made = p.create(controller(), simple(due), std::nullopt);
    REQUIRE(made.ok());
    return made->duty.id;
  }
  std::vector<ListedDuty> listed(std::optional<Instant> known_at, std::optional<DutyState> state = DutyState::open) {
    DutyFilter filter;
    filter.scope = p.scope(controller(), "duty.read");
    filter.state = state;
    filter.known_at = known_at;
    return database.read([&](db::Session& s) { return p.store.list(s, filter, 1000); });
  }
};

}  // namespace

TEST_CASE("a duty is created, done with evidence, and reopened, and each step is in its history") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.make();
    auto view = f.p.view(f.controller(), id);
    REQUIRE(view.ok());
    CHECK(view->duty.number.substr(0, 4) == "112-");
    CHECK(view->duty.lateness == Lateness::on_time);
    CHECK_FALSE(f.p.complete(f.liaison(), id, "", std::nullopt).ok());
    f.clock.set(f.clock.now().plus_seconds(60));
    REQUIRE(f.p.complete(f.liaison(), id, "會議紀錄已函送各機關", std::nullopt).ok());
    CHECK(f.p.complete(f.liaison(), id, "又一次", std::nullopt).fault().key == "duty.not_open");
    CHECK(f.p.reopen(f.liaison(), id, "x").fault().kind == FaultKind::forbidden);
    REQUIRE(f.p.reopen(f.controller(), id, "佐證不足").ok());
    view = f.p.view(f.controller(), id);
    CHECK(view->duty.state == DutyState::open);
    REQUIRE(view->history.size() == 3);
    CHECK(view->history[0].kind == "duty.reopened");
    CHECK(view->history[2].kind == "duty.created");
    REQUIRE(view->evidence.size() == 1);
  });
}

TEST_CASE("the worklist as known on a past moment") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.make();
    const Instant created = f.clock.now();
    f.clock.set(created.plus_seconds(86400));
    REQUIRE(f.p.reassign(f.controller(), id, 20, 0, 0, "業務移撥").ok());
    const Instant moved = f.clock.now();
    f.clock.set(moved.plus_seconds(86400));
    REQUIRE(f.p.complete(f.controller(), id, "完成", std::nullopt).ok());
    const Instant finished = f.clock.now();
    CHECK(f.listed(created.plus_seconds(-1), std::nullopt).empty());
    CHECK(f.listed(created).at(0).agency_id == 10);
    CHECK(f.listed(moved.plus_seconds(-1)).at(0).agency_id == 10);
    CHECK(f.listed(moved).at(0).agency_id == 20);
    CHECK(f.listed(finished.plus_seconds(-1)).size() == 1);
    CHECK(f.listed(finished).empty());
    CHECK(f.listed(finished, DutyState::done).size() == 1);
    CHECK(f.listed(std::nullopt).empty());
    // A duty that is no more, as when the import that brought it is undone, stands in the lists of before.
    const auto undone = f.make();
    const Instant made = f.clock.now();
    f.clock.set(made.plus_seconds(86400));
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      CHECK(f.p.store.remove(s, *f.p.store.find(s, undone), f.clock.now()));
      return done();
    }).ok());
    CHECK(f.listed(f.clock.now()).empty());
    REQUIRE(f.listed(made).size() == 1);
    CHECK(f.listed(made).front().id == undone);
  });
}

// The same questions answered over all duties one by one: what the statements count and merge must be that.
TEST_CASE("lists over all states, the days of a calendar and the tallies agree with the duties one by one") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const char* dates[] = {"2023-01-10", "2023-02-20", "2023-03-06", "2023-03-07", "2023-03-31", "2023-03-31", "2023-01-12"};
    std::vector<DutyId> made;
    for (int round = 0; round < 5; ++round) {
      for (const char* on : dates) made.push_back(f.make(on));
    }
    for (std::size_t i = 0; i < made.size(); i += 3) REQUIRE(f.p.complete(f.controller(), made[i], "完成", std::nullopt).ok());
    for (std::size_t i = 1; i < made.size(); i += 7) REQUIRE(f.p.cancel(f.controller(), made[i], "重複列管").ok() == (i % 3 != 0));
    DutyFilter filter;
    filter.scope = f.p.scope(f.controller(), "duty.read");
    database.read([&](db::Session& s) {
      filter.sort = DutySort::created;
      const auto all = f.p.store.list(s, filter, 1000);
      REQUIRE(all.size() == made.size());
      auto sorted = all;
      std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return std::tuple(b.due_on, b.id) < std::tuple(a.due_on, a.id); });
      // In pages of seven, latest first.
      filter.sort = DutySort::due_desc;
      std::vector<DutyId> seen;
      while (true) {
        const auto page = f.p.store.list(s, filter, 7);
        for (const auto& d : page) seen.push_back(d.id);
        if (page.size() < 7) break;
        filter.after = {page.back().due_on.iso(), page.back().id.value};
      }
      REQUIRE(seen.size() == sorted.size());
      for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == sorted[i].id);
      filter.after.reset();

      std::map<Date, std::int64_t> by_day;
      for (const auto& d : all) {
        if (d.state != DutyState::cancelled) ++by_day[d.due_on];
      }
      const auto days = f.p.store.count_by_day(s, filter);
      CHECK(days.size() == by_day.size());
      for (const auto& counted : days) CHECK(counted.count == by_day[counted.on]);
      const auto first = f.p.store.list_first_of_days(s, filter, 2);
      std::map<Date, std::int64_t> shown;
      for (std::size_t i = 0; i < first.size(); ++i) {
        ++shown[first[i].due_on];
        if (i > 0 && first[i].due_on == first[i - 1].due_on) CHECK_FALSE((first[i - 1].state == DutyState::done && first[i].state == DutyState::open));
      }
      for (const auto& [on, count] : by_day) CHECK(shown[on] == std::min<std::int64_t>(count, 2));
      return 0;
    });
  });
}

TEST_CASE("more time is asked for by one and decided by another") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.make();
    CHECK(f.p.ask_extension(f.liaison(), id, day("2023-03-31"), "x").fault().fields.at(0).key == "duty.extension_not_later");
    auto asked = f.p.ask_extension(f.liaison(), id, day("2023-04-30"), "場地未定");
    REQUIRE(asked.ok());
    CHECK(f.p.ask_extension(f.liaison(), id, day("2023-05-30"), "再延").fault().key == "duty.extension_pending");
    const auto request = asked->extensions.at(0).id;
    CHECK(f.p.decide_extension(f.liaison(), id, request, true, "").fault().kind == FaultKind::forbidden);
    CHECK(f.p.decide_extension(f.as(2, "rdec_controller"), id, request, true, "").fault().key == "duty.not_own_request");
    CHECK_FALSE(f.p.decide_extension(f.controller(), id, request, false, "").ok());  // a refusal needs words
    auto decided = f.p.decide_extension(f.controller(), id, request, true, "同意");
    REQUIRE(decided.ok());
    CHECK(decided->duty.due_on == day("2023-04-30"));
    CHECK(decided->first_due_on == day("2023-03-31"));
    CHECK(f.p.decide_extension(f.controller(), id, request, false, "反悔").fault().key == "duty.extension_decided");
  });
}

TEST_CASE("two clients racing over one duty: one wins each time") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto race = [&](auto one, auto two) {
      std::atomic<int> won{0};
      std::thread a([&] { won += one() ? 1 : 0; });
      std::thread b([&] { won += two() ? 1 : 0; });
      a.join();
      b.join();
      return won.load();
    };
    for (int i = 0; i < 12; ++i) {
      const auto id = f.make();
      CHECK(race([&] { return f.p.complete(f.controller(), id, "甲", std::nullopt).ok(); }, [&] { return f.p.complete(f.liaison(), id, "乙", std::nullopt).ok(); }) == 1);
      const auto other = f.make();
      CHECK(race([&] { return f.p.complete(f.controller(), other, "甲", std::nullopt).ok(); }, [&] { return f.p.cancel(f.controller(), other, "乙").ok(); }) == 1);
      const auto third = f.make();
      CHECK(race([&] { return f.p.ask_extension(f.liaison(), third, day("2023-05-01"), "甲").ok(); }, [&] { return f.p.ask_extension(f.liaison(), third, day("2023-05-02"), "乙").ok(); }) == 1);
      const auto request = f.p.view(f.controller(), third)->extensions.at(0).id;
      CHECK(race([&] { return f.p.decide_extension(f.controller(), third, request, true, "").ok(); }, [&] { return f.p.decide_extension(f.as(8, "rdec_head"), third, request, false, "不宜").ok(); }) == 1);
    }
  });
}

TEST_CASE("a series makes a duty for each occurrence, once, also when two processes extend it") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    auto n = f.simple("2023-01-01");
    auto made = f.duties.record_series(f.controller(), n, {Every::month, {}, 7}, day("2023-01-01"), day("2023-12-31"));
    REQUIRE(made.ok());
    CHECK(made->size() == 12);
    n.title = "每季檢討";
    auto open_ended = f.duties.record_series(f.controller(), n, {Every::quarter, {}, 0}, day("2023-01-01"), std::nullopt);
    REQUIRE(open_ended.ok());
    const auto before = open_ended->size();
    std::atomic<int> later{0};
    std::thread a([&] { later += f.duties.extend_series(f.controller(), day("2024-06-01")).value(); });
    std::thread b([&] { later += f.duties.extend_series(f.controller(), day("2024-06-01")).value(); });
    a.join();
    b.join();
    CHECK(before == 4);
    CHECK(later == 6);  // 2024-03-31 to 2025-06-30; the horizon is 2025-07-06
    CHECK(f.duties.extend_series(f.controller(), day("2024-06-01")).value() == 0);
  });
}

TEST_CASE("scope decides who finds a duty at all") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.make();
    CHECK(f.p.view(f.liaison(), id).ok());
    CHECK(f.p.view(f.as(5, "agency_liaison", 20), id).fault().kind == FaultKind::not_found);
    CHECK(f.p.view(f.as(5, "system_admin"), id).fault().kind == FaultKind::not_found);
    CHECK(f.p.complete(f.as(5, "agency_liaison", 20), id, "x", std::nullopt).fault().kind == FaultKind::not_found);
    CHECK(f.p.complete(f.as(5, "auditor"), id, "x", std::nullopt).fault().kind == FaultKind::forbidden);
    CHECK(f.p.reassign(f.liaison(), id, 20, 0, 0, "推給別人").fault().key == "duty.not_to_there");
    CHECK(f.p.create(f.as(5, "agency_liaison", 20), f.simple(), std::nullopt).fault().kind == FaultKind::forbidden);
  });
}

TEST_CASE("pages follow each other without a gap or a repeat while rows are added") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    for (int i = 0; i < 23; ++i) f.make(i % 2 == 0 ? "2023-03-31" : "2023-04-30");
    DutyFilter filter;
    filter.scope = f.p.scope(f.controller(), "duty.read");
    for (const auto sort : {DutySort::due, DutySort::due_desc, DutySort::created, DutySort::created_desc, DutySort::state, DutySort::state_desc}) {
      filter.sort = sort;
      filter.after.reset();
      std::set<std::int64_t> seen;
      while (true) {
        const auto page = database.read([&](db::Session& s) { return f.p.store.list(s, filter, 5); });
        for (const auto& d : page) CHECK(seen.insert(d.id.value).second);
        if (page.size() < 5) break;
        filter.after = {page.back().due_on.iso(), page.back().id.value};
        filter.after_group = boost::describe::enum_to_string(page.back().state, "");
      }
      CHECK(seen.size() == 23);
    }
  });
}

TEST_CASE("a typhoon day moves due dates, keeps the old ones, and leaves extended ones alone") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    calendar::CalendarDays before;
    calendar::CalendarDays after;
    for (int i = 0; i < 60; ++i) {
      calendar::CalendarDay d;
      d.on = day("2023-03-01").plus_days(i);
      before.put(d);
      if (d.on == day("2023-03-31")) d.open_morning = d.open_afternoon = false;
      after.put(d);
    }
    const auto id = f.make();
    const auto extended = f.make("2023-03-30");
    const auto request = f.p.ask_extension(f.liaison(), extended, day("2023-03-31"), "x")->extensions.at(0).id;
    REQUIRE(f.p.decide_extension(f.controller(), extended, request, true, "").ok());
    const Instant known = f.clock.now();
    f.clock.set(known.plus_seconds(10));
    const std::vector<Date> changed{day("2023-03-31")};
    CHECK(database.read([&](db::Session& s) { return f.duties.count_affected(s, after, changed); }) == 1);
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      CHECK(f.duties.recompute(s, f.controller(), after, 2, changed) == 1);
      return done();
    }).ok());
    const auto view = f.p.view(f.controller(), id);
    CHECK(view->duty.due_on == day("2023-04-01"));
    CHECK(view->calendar_version == 2);
    CHECK(f.p.view(f.controller(), extended)->duty.due_on == day("2023-03-31"));
    CHECK(f.listed(known).at(0).due_on == day("2023-03-31"));
  });
}
