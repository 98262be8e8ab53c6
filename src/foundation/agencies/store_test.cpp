#include "platform/db/store_test.hpp"

#include "foundation/agencies/module.hpp"
#include "foundation/agencies/sample_agencies.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::agencies;

namespace {

std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), agencies_migrations()}; }

Date d(const char* iso) { return *Date::parse(iso); }

Actor actor(std::int64_t at) {
  Actor actor;
  actor.account_id = 7;
  actor.now = Instant{at};
  return actor;
}

AgencyChange named(const char* name, AgencyId parent, const char* from) { return {name, "", {}, AgencyKind::first_level, parent, false, d(from)}; }

std::int64_t event_count(db::Database& database) {
  return database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM event"); });
}

std::optional<std::string> shared_file(const std::string& name) {
  std::ifstream in(std::filesystem::path(MANDATE_SOURCE_DIR) / "../shared/data" / name, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("an agency is added, renamed, moved and closed; what was and what was known stay") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Agencies agencies(database);
    AgencyService service(database, agencies);
    const auto city = service.add(actor(1'000), "TC", named("市政府", {}, "2010-12-25")).value();
    const auto bureau = service.add(actor(2'000), "D", named("數位治理局", city, "2022-12-25")).value();
    REQUIRE(service.change(actor(3'000), bureau, named("數位發展局", city, "2025-01-01")).ok());
    REQUIRE(service.change(actor(4'000), bureau, named("數位發展局", city, "2025-01-01")).ok());  // nothing new
    const auto now = agencies.snapshot();
    CHECK(now->find(bureau, {d("2024-12-31"), {}})->name == "數位治理局");
    CHECK(now->find(bureau, {d("2025-01-01"), {}})->name == "數位發展局");
    CHECK(now->find(bureau, {d("2025-01-01"), Instant{2'999}})->name == "數位治理局");  // as known before the change
    CHECK(now->find(bureau, {d("2025-01-01"), Instant{1'999}}) == nullptr);
    CHECK(now->find(bureau, {d("2022-12-24"), {}}) == nullptr);
    CHECK(now->list({d("2020-01-01"), {}}).size() == 1);
    CHECK(now->history_of(bureau).size() == 3);
    CHECK(event_count(database) == 3);

    CHECK(service.add(actor(5'000), "D", named("又一局", city, "2025-01-01")).fault().fields[0].key == "agency.code_taken");
    CHECK(service.change(actor(5'000), city, named("市政府", bureau, "2025-01-01")).fault().fields[0].key == "agency.parent_circle");
    CHECK(service.change(actor(5'000), bureau, named("數位發展局", AgencyId{5}, "2025-01-01")).fault().fields[0].key == "agency.parent_missing");
    CHECK(service.change(actor(5'000), AgencyId{5}, named("x", city, "2025-01-01")).fault().kind == FaultKind::not_found);
    CHECK(service.close(actor(5'000), city, d("2025-12-31")).fault().key == "agency.has_children");
    REQUIRE(service.close(actor(6'000), bureau, d("2025-12-31")).ok());
    CHECK(service.close(actor(6'000), bureau, d("2025-12-31")).fault().key == "agency.already_closed");
    REQUIRE(service.close(actor(7'000), city, d("2025-12-31")).ok());
    CHECK(agencies.snapshot()->list({d("2026-01-01"), {}}).empty());
    CHECK(agencies.snapshot()->list({d("2026-01-01"), Instant{5'999}}).size() == 2);
    CHECK(agencies.recent()->stamp() == agencies.snapshot()->stamp());
  });
}

TEST_CASE("posts, who holds them by day, and who stands in") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Agencies agencies(database);
    AgencyService service(database, agencies);
    const auto city = service.add(actor(1), "TC", named("市政府", {}, "2010-12-25")).value();
    const auto unit = service.add_unit(actor(2), city, "管制考核組", d("2010-12-25")).value();
    const auto post = service.add_post(actor(3), city, unit, "組長", PostKind::unit_head, d("2010-12-25")).value();
    const auto one = service.add_person(actor(4), "趙甲子").value();
    const auto two = service.add_person(actor(5), "錢乙丑").value();
    const auto three = service.add_person(actor(6), "孫丙寅").value();
    REQUIRE(service.appoint(actor(10), post, one, d("2023-01-01"), {}).ok());
    REQUIRE(service.appoint(actor(20), post, three, d("2025-01-01"), {}).ok());
    REQUIRE(service.appoint(actor(30), post, two, d("2024-03-01"), {}).ok());
    auto now = agencies.snapshot();
    const auto holder = [&](const char* on, std::optional<Instant> known = {}) { return now->holder_of(post, {d(on), known}); };
    CHECK(holder("2022-12-31") == PersonId{});
    CHECK(holder("2023-01-01") == one);
    CHECK(holder("2024-02-29") == one);
    CHECK(holder("2024-03-01") == two);
    CHECK(holder("2024-12-31") == two);
    CHECK(holder("2025-01-01") == three);
    CHECK(holder("2024-06-01", Instant{29}) == one);
    CHECK(holder("2025-06-01", Instant{15}) == one);
    CHECK(now->holder_name(post, d("2024-06-01")) == "錢乙丑");
    CHECK(now->post_name(post, d("2024-06-01")) == "組長");
    CHECK(now->unit_name(unit, d("2024-06-01")) == "管制考核組");
    CHECK(now->post_of_kind(city, PostKind::unit_head, {d("2024-06-01"), {}}) == post);
    CHECK_FALSE(now->post_of_kind(city, PostKind::head, {d("2024-06-01"), {}}));

    REQUIRE(service.set_deputy(actor(40), two, one, d("2024-07-01"), d("2024-07-05")).ok());
    CHECK(service.set_deputy(actor(41), two, three, d("2024-07-05"), d("2024-07-09")).fault().key == "agency.deputy_overlap");
    REQUIRE(service.set_deputy(actor(41), two, three, d("2024-07-06"), d("2024-07-09")).ok());
    CHECK(service.set_deputy(actor(42), two, two, d("2024-08-06"), d("2024-08-09")).fault().fields[0].key == "agency.own_deputy");
    CHECK(service.set_deputy(actor(42), two, one, d("2024-08-06"), d("2024-08-05")).fault().fields[0].key == "agency.ends_before");
    // No chains: who is away stands in for nobody, and who stands in for somebody is not replaced meanwhile.
    CHECK(service.set_deputy(actor(43), three, two, d("2024-07-04"), d("2024-07-04")).fault().fields[0].key == "agency.deputy_away");
    CHECK(service.set_deputy(actor(43), one, three, d("2024-06-01"), d("2024-07-01")).fault().key == "agency.stands_in_then");
    CHECK(service.set_deputy(actor(44), one, three, d("2024-06-01"), d("2024-06-30"), {DeputyReason::training, true}).ok());
    REQUIRE(service.link_account(actor(50), one, 501).ok());
    REQUIRE(service.link_account(actor(51), two, 502).ok());
    now = agencies.snapshot();
    CHECK(now->standing_in(one, {d("2024-06-15"), {}})->reason == DeputyReason::training);
    CHECK(now->standing_in(one, {d("2024-06-15"), {}})->confidential);
    CHECK_FALSE(now->standing_in(two, {d("2024-07-01"), {}})->confidential);
    CHECK(now->deputies_of_account(502, d("2024-07-01")) == std::vector<std::int64_t>{501});
    CHECK(now->deputies_of_account(502, d("2024-07-06")).empty());  // that deputy has no account
    CHECK(now->deputies_of_account(502, d("2024-07-10")).empty());
    CHECK(now->deputy_of(two, {d("2024-07-05"), {}}) == one);
    CHECK(now->deputy_of(two, {d("2024-07-06"), {}}) == three);
    CHECK_FALSE(now->deputy_of(two, {d("2024-07-10"), {}}));
    CHECK(now->person_of_account(501) == one);
    CHECK(now->posts_of_account(501, d("2024-02-29")) == std::vector<PostId>{post});
    CHECK(now->posts_of_account(501, d("2024-06-30")).empty());
    CHECK(now->posts_of_account(501, d("2024-07-01")) == std::vector<PostId>{post});  // standing in
    // Whoever keeps the work of posts is told who leaves and who comes.
    std::vector<std::tuple<PersonId, PersonId, std::string>> told;
    service.set_holder_changed([&](db::Session&, const Actor&, PostId, PersonId before, PersonId after, Date on) -> Result<> {
      told.emplace_back(before, after, on.iso());
      return done();
    });
    REQUIRE(service.vacate(actor(60), post, d("2025-06-30")).ok());
    REQUIRE(service.appoint(actor(61), post, one, d("2025-07-01"), d("2025-07-31")).ok());
    CHECK(told == std::vector<std::tuple<PersonId, PersonId, std::string>>{{three, PersonId{}, "2025-07-01"}, {three, one, "2025-07-01"}});
    service.set_holder_changed(nullptr);
    REQUIRE(service.vacate(actor(62), post, d("2025-06-30")).ok());
    now = agencies.snapshot();
    CHECK(holder("2025-06-30") == three);
    CHECK_FALSE(holder("2025-07-01"));
    CHECK(service.appoint(actor(70), PostId{3}, one, d("2024-01-01"), {}).fault().key == "agency.post_not_found");
    CHECK(service.appoint(actor(70), post, PersonId{3}, d("2024-01-01"), {}).fault().fields[0].key == "agency.person_not_found");
    CHECK(service.add_post(actor(70), city, UnitId{3}, "x", PostKind::officer, d("2024-01-01")).fault().fields[0].key == "agency.unit_not_found");

    // Nothing about a person stands in an event.
    CHECK(database.read([](db::Session& s) { return s.list<std::string>("SELECT data FROM event"); }).size() == 17);
    for (const auto& data : database.read([](db::Session& s) { return s.list<std::string>("SELECT data FROM event"); })) {
      for (const char* name : {"趙甲子", "錢乙丑", "孫丙寅"}) CHECK(data.find(name) == std::string::npos);
    }
  });
}

TEST_CASE("units and posts are renamed, moved and ended from a day on, and what was known stays") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Agencies agencies(database);
    AgencyService service(database, agencies);
    const auto city = service.add(actor(1), "TC", named("市政府", {}, "2010-12-25")).value();
    const auto bureau = service.add(actor(2), "W", named("水利局", city, "2010-12-25")).value();
    const auto other = service.add(actor(3), "C", named("建設局", city, "2020-01-01")).value();
    const auto unit = service.add_unit(actor(4), bureau, "工程科", d("2010-12-25")).value();
    const auto post = service.add_post(actor(5), bureau, unit, "科長", PostKind::unit_head, d("2010-12-25")).value();
    const auto late = service.add_post(actor(6), bureau, unit, "股長", PostKind::officer, d("2024-06-01")).value();
    const auto person = service.add_person(actor(7), "趙甲子").value();
    REQUIRE(service.appoint(actor(8), post, person, d("2023-01-01"), {}).ok());

    REQUIRE(service.change_unit(actor(10), unit, {"防洪科", {}, d("2024-01-01")}).ok());
    REQUIRE(service.change_unit(actor(20), unit, {"防洪科", other, d("2025-01-01")}).ok());
    auto now = agencies.snapshot();
    CHECK(now->unit_name(unit, d("2023-12-31")) == "工程科");
    CHECK(now->unit_name(unit, d("2024-01-01")) == "防洪科");
    CHECK(now->units_of(bureau, {d("2024-01-01"), Instant{9}}).front()->name == "工程科");
    CHECK(now->find_post(post, {d("2024-12-31"), {}})->agency_id == bureau);
    CHECK(now->find_post(post, {d("2025-01-01"), {}})->agency_id == other);
    CHECK(now->find_post(post, {d("2025-01-01"), Instant{19}})->agency_id == bureau);
    CHECK(now->find_post(late, {d("2024-12-31"), {}})->agency_id == bureau);
    CHECK(now->find_post(late, {d("2025-01-01"), {}})->agency_id == other);
    CHECK(now->holder_of(post, {d("2025-01-01"), {}}) == person);
    CHECK(service.change_unit(actor(21), unit, {"防洪科", other, d("2019-01-01")}).fault().fields[0].key == "agency.not_found");

    REQUIRE(service.change_post(actor(30), post, {"主任", PostKind::unit_head, {}, {}, d("2025-06-01")}).ok());
    CHECK(agencies.snapshot()->find_post(post, {d("2025-06-01"), {}})->unit_id == UnitId{});
    CHECK(service.change_post(actor(31), post, {"主任", PostKind::unit_head, bureau, unit, d("2025-07-01")}).fault().fields[0].key == "agency.unit_not_found");
    CHECK(service.close_unit(actor(32), unit, d("2025-12-31")).fault().key == "agency.unit_has_posts");
    CHECK(service.close_unit(actor(32), unit, d("2010-12-24")).fault().fields[0].key == "agency.ends_before");
    REQUIRE(service.close_post(actor(33), late, d("2025-12-31")).ok());
    REQUIRE(service.close_unit(actor(34), unit, d("2025-12-31")).ok());
    CHECK(agencies.snapshot()->units_of(other, {d("2026-01-01"), {}}).empty());
    REQUIRE(service.close_post(actor(35), post, d("2026-06-30")).ok());
    now = agencies.snapshot();
    CHECK(now->holder_of(post, {d("2026-06-30"), {}}) == person);
    CHECK_FALSE(now->holder_of(post, {d("2026-07-01"), {}}));
    CHECK(now->holder_of(post, {d("2026-07-01"), Instant{34}}) == person);
    CHECK(service.close_post(actor(36), post, d("2026-06-30")).fault().key == "agency.post_already_closed");

    CHECK(service.link_account(actor(40), person, 501).ok());
    CHECK(service.link_account(actor(41), person, 502).fault().fields[0].key == "agency.person_has_account");
    CHECK(service.unlink_account(actor(42), 501).ok());
    CHECK(service.link_account(actor(43), person, 502).ok());
    CHECK(agencies.snapshot()->person_of_account(501) == PersonId{});
  });
}

TEST_CASE("the sample city has thirty agencies of 2023 and twenty-nine districts, of which Heping governs itself") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Agencies agencies(database);
    REQUIRE(seed_sample_agencies(database, actor(1'000)).ok());
    REQUIRE(seed_sample_agencies(database, actor(2'000)).ok());
    CHECK(event_count(database) == 1);
    const auto now = agencies.snapshot();
    const auto count = [&](const char* on, AgencyKind kind) {
      const auto all = now->list({d(on), {}});
      return std::count_if(all.begin(), all.end(), [&](const AgencyRecord* r) { return r->kind == kind; });
    };
    CHECK(count("2023-06-01", AgencyKind::first_level) == 30);
    CHECK(count("2025-06-01", AgencyKind::first_level) == 31);
    CHECK(count("2022-12-24", AgencyKind::first_level) == 29);
    CHECK(count("2023-06-01", AgencyKind::district_office) == 28);
    CHECK(count("2023-06-01", AgencyKind::partner) == 1);
    CHECK(count("2014-12-24", AgencyKind::district_office) == 29);
    const auto heping = now->match_by_name("和平區公所", d("2023-06-01"));
    REQUIRE(heping);
    CHECK(now->find(heping, {d("2023-06-01"), {}})->self_governing);
    CHECK(now->find(heping, {d("2023-06-01"), {}})->code == "66000290");
    const auto city = now->find_code(sample_city);
    CHECK(now->subtree(city, {d("2023-06-01"), {}}).size() == 1 + 30 + 28);
    for (const auto* record : now->list({d("2023-06-01"), {}})) {
      const Moment moment{d("2023-06-01"), {}};
      CAPTURE(record->name);
      CHECK(now->post_of_kind(record->id, PostKind::head, moment));
      CHECK(now->post_of_kind(record->id, PostKind::chief_secretary, moment));
      for (const auto* post : now->posts_of(record->id, moment)) CHECK_FALSE(now->holder_name(post->id, moment.as_of).empty());
      if (record->kind != AgencyKind::city) CHECK(now->contacts_of(record->id).size() == 1);
      CHECK(now->match_by_name(record->name, moment.as_of) == record->id);
      CHECK(now->match_by_name(record->short_name, moment.as_of) == record->id);
    }
    CHECK(now->units_of(now->find_code(sample_commission), {d("2023-06-01"), {}}).size() == 6);

    const auto list = shared_file("agencies/taichung_first_level_agencies.csv");
    const auto towns = shared_file("geo/taichung_districts.csv");
    if (!list || !towns) {
      std::cout << "skipped: no ../shared\n";
      return;
    }
    const auto named_agencies = csv::parse_sheet(*list);
    CHECK(named_agencies->rows.size() == 30);
    for (const auto& row : named_agencies->rows) {
      CHECK(now->name_of(now->match_by_name(row.fields[0], d("2023-06-01")), d("2023-06-01")) == row.fields[0]);
      CHECK(now->match_by_name(row.fields[0], d("2023-06-01")) == now->match_by_name(row.fields[1], d("2023-06-01")));
    }
    const auto named_towns = csv::parse_sheet(*towns);
    for (const auto& row : named_towns->rows) CHECK(now->match_by_name(row.fields[4] + row.fields[1], d("2023-06-01")) == now->find_code(row.fields[0]));
  });
}

TEST_CASE("what is exported can be imported and changes nothing; bad rows are named and nothing is loaded") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Agencies agencies(database);
    AgencyService service(database, agencies);
    REQUIRE(seed_sample_agencies(database, actor(1'000)).ok());
    const auto file = export_csv(*agencies.snapshot());
    const auto stamp = agencies.snapshot()->stamp();
    const auto same = service.import_csv(actor(2'000), "agencies.csv", file, false, false);
    REQUIRE(same.ok());
    CHECK(same->rows == 1 + 32 + 30);
    CHECK(same->unchanged == same->rows);
    CHECK(agencies.snapshot()->stamp() == stamp);

    const std::string bad = "code,name,kind,parent_code,valid_from,phone\nTC-40,新局,first_level,TC,2026-01-01,(04)0000-9999\nTC-41,壞局,bureau,TC,2026-01-01,\n";
    const auto dry = service.import_csv(actor(3'000), "new.csv", bad, true, false);
    REQUIRE(dry.ok());
    CHECK(dry->created == 1);
    CHECK(dry->faults.size() == 1);
    const auto refused = service.import_csv(actor(3'000), "new.csv", bad, false, false);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.fault().fields[0].path == "line 3, column kind");
    CHECK(agencies.snapshot()->stamp() == stamp);
    const auto skipped = service.import_csv(actor(3'000), "new.csv", bad, false, true);
    REQUIRE(skipped.ok());
    CHECK(skipped->created == 1);
    CHECK(skipped->skipped == 1);
    const auto added = agencies.snapshot()->find_code("TC-40");
    REQUIRE(added);
    CHECK(agencies.snapshot()->contacts_of(added).at(0)->phone == "(04)0000-9999");

    // A rename by file: the period before gets its last day.
    const auto renamed = service.import_csv(actor(4'000), "new.csv", "code,name,kind,valid_from,valid_to\nTC-40,新局,first_level,2026-01-01,2026-06-30\nTC-40,更新局,first_level,2026-07-01,\n", false, false);
    REQUIRE(renamed.ok());
    CHECK(renamed->created == 1);
    CHECK(renamed->changed == 1);
    CHECK(agencies.snapshot()->name_of(added, d("2026-07-01")) == "更新局");
    CHECK(agencies.snapshot()->find(added, {d("2026-07-01"), {}})->parent_id == agencies.snapshot()->find_code("TC"));  // left out of the file: kept
    CHECK(service.import_csv(actor(5'000), "x.csv", "code,name\n\"", false, true).fault().key == "agency.import_refused");
  });
}

TEST_CASE("two clients at once: a code is one agency's, a post has one holder a day, a person one deputy") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Agencies agencies(database);
    AgencyService service(database, agencies);
    const auto city = service.add(actor(1), "TC", named("市政府", {}, "2010-12-25")).value();
    const auto post = service.add_post(actor(2), city, {}, "市長", PostKind::head, d("2010-12-25")).value();
    const std::array<PersonId, 2> people{service.add_person(actor(3), "a").value(), service.add_person(actor(3), "b").value()};
    const auto race = [](auto body) {
      std::thread a(body, 0);
      std::thread b(body, 1);
      a.join();
      b.join();
    };
    for (int round = 0; round < 8; ++round) {
      std::atomic<int> added{0};
      race([&](int) { added += service.add(actor(4), "C" + std::to_string(round), named("局", city, "2020-01-01")).ok() ? 1 : 0; });
      CHECK(added == 1);
      const Date from = d("2020-01-01").plus_months(round);
      race([&](int who) { REQUIRE(service.appoint(actor(5), post, people[static_cast<std::size_t>(who)], from, {}).ok()); });
      std::atomic<int> deputised{0};
      race([&](int who) { deputised += service.set_deputy(actor(6), people[0], people[1], from, from.plus_days(5 + who)).ok() ? 1 : 0; });
      CHECK(deputised == 1);
    }
    const auto now = agencies.snapshot();
    CHECK(now->list({d("2023-01-01"), {}}).size() == 9);
    for (Date on = d("2020-01-01"); on < d("2021-01-01"); on = on.plus_days(1)) {
      const auto& holders = now->rows().holders;
      CHECK(std::count_if(holders.begin(), holders.end(), [&](const HolderRecord& h) { return h.holds({on, {}}); }) == 1);
    }
    // One name of a unit, one place of a post on a day, whoever changes them at the same time.
    const auto unit = service.add_unit(actor(6), city, "科", d("2020-01-01")).value();
    for (int round = 0; round < 4; ++round) {
      const Date from = d("2020-02-01").plus_months(round);
      race([&](int who) { REQUIRE(service.change_unit(actor(6), unit, {who == 0 ? "甲科" : "乙科", {}, from}).ok()); });
      race([&](int who) { REQUIRE(service.change_post(actor(6), post, {who == 0 ? "市長" : "代理市長", PostKind::head, {}, who == 0 ? unit : UnitId{}, from}).ok()); });
    }
    std::atomic<int> closed{0};
    race([&](int) { closed += service.close_post(actor(6), post, d("2030-12-31")).ok() ? 1 : 0; });
    CHECK(closed == 1);
    const auto places = agencies.snapshot();
    for (Date on = d("2020-01-01"); on < d("2020-09-01"); on = on.plus_days(1)) {
      CHECK(places->units_of(city, {on, {}}).size() == 1);
      CHECK(places->posts_of(city, {on, {}}).size() == 1);
    }
    // Two agencies cannot each be put below the other.
    const auto left = service.add(actor(7), "L", named("左", city, "2020-01-01")).value();
    const auto right = service.add(actor(7), "R", named("右", city, "2020-01-01")).value();
    std::atomic<int> moved{0};
    race([&](int who) { moved += service.change(actor(8), who == 0 ? left : right, named(who == 0 ? "左" : "右", who == 0 ? right : left, "2021-01-01")).ok() ? 1 : 0; });
    CHECK(moved == 1);
    CHECK(circles([&] {
            std::vector<AgencyRecord> current;
            for (const auto& r : agencies.snapshot()->rows().agencies) {
              if (!r.superseded_at) current.push_back(r);
            }
            return current;
          }()).empty());
  });
}

TEST_CASE("routes show a day and what was known, and take changes") {
  db::testing::on_both(sets(), [](db::Database& database) {
    const FakeClock clock(Instant{1'700'000'000'000'000});  // 2023-11-15 in Taipei
    AgenciesModule module(database, clock);
    http::Router router(database, clock);
    Actor editor = actor(1'700'000'000'000'000);
    router.set_gate({[&](const http::Request&) -> Result<Actor> { return editor; }, [](const Actor&, std::string_view) { return true; }, [](const Actor&) { return std::string("token"); }});
    module.add_routes(router);
    for (const auto& row : router.rows()) {
      if (row.path.find("delegation") != std::string::npos) CHECK((row.permission == "deputy.edit" || row.permission == "signed_in"));
      else CHECK((row.permission == (row.mutating ? "agency.edit" : "agency.read") || row.permission == (row.path.starts_with("/api/accounts/") ? "account.edit" : row.path == "/api/agency-people" ? "agency.edit" : "")));
    }
    CHECK_NOTHROW((void)router.openapi());
    REQUIRE(seed_sample_agencies(database, editor).ok());

    http::Request list;
    list.method = "GET";
    list.path = "/api/agencies";
    auto answer = router.handle(list);
    REQUIRE(answer.status == 200);
    CHECK(boost::json::parse(answer.body).at("rows").as_array().size() == 60);
    list.query["as_known_on"] = "2020-01-01";
    CHECK(boost::json::parse(router.handle(list).body).at("rows").as_array().empty());

    http::Request detail;
    detail.method = "GET";
    const auto commission = module.agencies().snapshot()->find_code(sample_commission);
    detail.path = "/api/agencies/" + commission.text();
    detail.query["as_of"] = "2023-07-25";
    answer = router.handle(detail);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    const auto shown = boost::json::parse(answer.body);
    CHECK(shown.at("name") == "臺中市政府研究發展考核委員會");
    CHECK(shown.at("units").as_array().size() == 1 + 6);
    CHECK(shown.at("units").at(0).at("posts").at(0).at("deputy_name").is_string());
    CHECK(shown.at("contacts").at(0).at("phone").as_string().starts_with("(04)0000-"));

    const auto send = [&](const char* method, const std::string& path, const std::string& body) {
      http::Request request;
      request.method = method;
      request.path = path;
      request.headers = {{"x-form-token", "token"}, {"host", "localhost"}, {"origin", "http://localhost"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/json"}};
      request.body = body;
      return router.handle(request);
    };
    answer = send("POST", "/api/agencies", R"({"code":"TC-50","name":"試辦處","kind":"first_level","valid_from":"2024-01-01"})");
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    const std::string id(boost::json::parse(answer.body).at("id").as_string());
    answer = send("PUT", "/api/agencies/" + id, R"({"code":"TC-50","name":"正式處","kind":"first_level","valid_from":"2025-01-01"})");
    CHECK(send("PUT", "/api/agencies/" + id, R"({"code":"TC-51","name":"正式處","kind":"first_level","valid_from":"2025-01-01"})").status == 422);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(boost::json::parse(answer.body).at("history").as_array().size() == 3);
    answer = send("POST", "/api/agencies/" + id + "/posts", R"({"name":"處長","kind":"head","valid_from":"2024-01-01"})");
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    const std::string post(boost::json::parse(answer.body).at("id").as_string());
    CHECK(send("POST", "/api/agency-posts/" + post + "/holders", R"({"person_name":"李丁卯","valid_from":"2024-01-01"})").status == 200);
    CHECK(send("POST", "/api/agency-posts/" + post + "/holders", R"({"valid_from":"2024-01-01"})").status == 422);
    CHECK(send("POST", "/api/agency-imports", R"({"file_name":"a.csv","csv":"code,name\n","dry_run":true})").status == 200);
    http::Request file;
    file.method = "GET";
    file.path = "/api/agencies.csv";
    CHECK(router.handle(file).body.starts_with("\xEF\xBB\xBF" "code,name"));
  });
}
