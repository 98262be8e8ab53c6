#include "foundation/agencies/module.hpp"
#include "foundation/calendar/module.hpp"
#include "modules/plan/module.hpp"
#include "platform/db/store_test.hpp"

#include <fstream>
#include <thread>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::plan;

namespace {

std::vector<db::MigrationSet> sets() {
  return {db::migrations_of("platform_db", embedded::platform_db), calendar::calendar_migrations(), agencies::agencies_migrations(), identity::identity_migrations(), audit::audit_migrations(), search::search_migrations(), duties::duty_migrations(), plan_migrations()};
}

constexpr const char* text = R"(臺中市政府研究發展考核委員會112年度施政計畫

壹、年度施政目標及策略

一、強化管考

由各機關自主管理，本會逐案檢討。

貳、年度重要計畫

工作計畫名稱	重要計畫項目	實施內容
強化管考	標案進度	一、每月召開標案進度會報。 二、每季檢討重大建設執行情形。
工程品質	施工查核	本年度查核件數達200件以上。
)";

std::string replaced(std::string out, const std::string& what, const std::string& by) {
  out.replace(out.find(what), what.size(), by);
  return out;
}

struct Fixture {
  db::Database& database;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("mandate-plan-" + std::to_string(next_id()));
  FakeClock clock{*Instant::parse("2023-02-10T01:00:00Z")};
  calendar::CalendarModule calendar{database};
  agencies::AgenciesModule agencies{database, clock};
  identity::Identity identity{database, clock, [](Date) { return identity::IdentityPolicy{}; }, nullptr};
  audit::Audit audit{database, clock, folder / "keys", folder / "checkpoints.txt"};
  duties::Directory directory{[](std::int64_t id) { return std::to_string(id); }, [](std::int64_t, Date) { return true; }, [](std::int64_t) { return std::string(); }, [](std::int64_t, Date) { return std::string(); },
                              [](std::int64_t, Date) { return std::vector<std::int64_t>{}; }};
  duties::Duties duties{database, clock, identity, audit, calendar.calendar(), directory, [](Date) { return duties::DutyPolicy{}; }};
  PlanModule plan{database, clock, identity, audit, duties, agencies.agencies()};
  PlanService& service = plan.service();

  ~Fixture() { std::filesystem::remove_all(folder); }
  Actor controller() {
    Actor actor;
    actor.account_id = 1;
    actor.grants = {{"rdec_controller", 0, 0}};
    actor.now = clock.now();
    return actor;
  }
  void later(std::int64_t seconds) { clock.set(clock.now().plus_seconds(seconds)); }
  ImportOutcome import(const std::string& body = text) {
    auto imported = service.import_plan(controller(), "plan.txt", body);
    REQUIRE(imported.ok());
    return *imported;
  }
  std::vector<ObligationView> obligations(PlanId id) {
    std::vector<ObligationView> out;
    const auto sentences = service.sentences(id, std::nullopt);
    for (const auto& s : *sentences) out.insert(out.end(), s.obligations.begin(), s.obligations.end());
    return out;
  }
  const ObligationView* find(const std::vector<ObligationView>& all, const std::string& words) {
    for (const auto& o : all) {
      if (o.what.find(words) != std::string::npos) return &o;
    }
    return nullptr;
  }
};

std::int64_t duty_count(db::Database& database) {
  return database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM duty"); });
}

}  // namespace

TEST_CASE("a plan is a preview until its obligations are accepted, and the same text twice changes nothing") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto first = f.import();
    CHECK(first.year_roc == 112);
    CHECK(first.obligation_count == 3);
    CHECK(duty_count(database) == 0);
    const auto events = database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM event"); });
    const auto again = f.import();
    CHECK(again.same_as_before);
    CHECK(again.plan_id == first.plan_id);
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM event"); }) == events);
    const auto& c = again.coverage;
    CHECK(c.sentences == c.obligation + c.none + c.undecided);
    CHECK(c.waiting >= 3);
  });
}

TEST_CASE("accepted obligations become duties on their dates and indicators with targets") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.import().plan_id;
    auto all = f.obligations(id);
    const auto* monthly = f.find(all, "標案進度會報");
    const auto* quarterly = f.find(all, "檢討重大建設");
    const auto* count = f.find(all, "查核");
    REQUIRE(monthly);
    REQUIRE(quarterly);
    REQUIRE(count);
    CHECK(f.service.accept(f.controller(), monthly->id, std::nullopt).fault().fields.at(0).key == "plan.no_owner");  // no agency of that name here
    CHECK(f.service.accept(f.controller(), monthly->id, 10)->duties == 12);
    CHECK(f.service.accept(f.controller(), quarterly->id, 10)->duties == 4);
    CHECK(f.service.accept(f.controller(), count->id, 10)->duties == 1);
    CHECK(f.service.accept(f.controller(), count->id, 10).fault().key == "plan.already_accepted");
    const auto view = f.service.view(id, std::nullopt, true);
    REQUIRE(view.ok());
    CHECK(view->plan.standing.total == 17);
    CHECK(view->plan.standing.late == 1);  // January's
    NodeId item;
    for (const auto& node : view->tree) {
      for (const auto& child : node.children) {
        if (child.title == "施工查核") item = child.id;
      }
    }
    const auto page = f.service.item(f.controller(), item, false);
    REQUIRE(page.ok());
    REQUIRE(page->indicators.size() == 1);
    CHECK(page->indicators[0].target == 200);
    CHECK(page->indicators[0].state == FilingState::not_yet_due);
    CHECK_FALSE(f.service.file_indicator(f.controller(), page->indicators[0].id, 0.004, "").ok());
    REQUIRE(f.service.file_indicator(f.controller(), page->indicators[0].id, 97.55, "").ok());
    REQUIRE(f.service.file_indicator(f.controller(), page->indicators[0].id, 0, "").ok());
    CHECK(f.service.item(f.controller(), item, false)->indicators[0].state == FilingState::confirmed_zero);
    REQUIRE(f.service.file_indicator(f.controller(), page->indicators[0].id, 201, "").ok());
    const auto filed = f.service.item(f.controller(), item, false)->indicators[0];
    CHECK(filed.state == FilingState::filed);
    CHECK(filed.met == true);
  });
}

TEST_CASE("a corrected text shows the difference and leaves what was decided") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.import().plan_id;
    auto all = f.obligations(id);
    REQUIRE(f.service.accept(f.controller(), f.find(all, "標案進度會報")->id, 10).ok());
    REQUIRE(f.service.drop(f.controller(), f.find(all, "檢討重大建設")->id, "另案").ok());
    f.later(60);
    const auto corrected = f.import(replaced(text, "200件", "220件"));
    REQUIRE(corrected.difference.size() == 1);
    CHECK(corrected.difference[0].change == "changed");
    CHECK(corrected.difference[0].before.find("200") != std::string::npos);
    CHECK(corrected.difference[0].after.find("220") != std::string::npos);
    all = f.obligations(id);
    CHECK(f.find(all, "標案進度會報")->state == ObligationState::accepted);
    CHECK(f.find(all, "檢討重大建設")->state == ObligationState::dropped);
    CHECK(f.find(all, "查核")->amounts.at(0).value == 220);
    CHECK(duty_count(database) == 12);
  });
}

TEST_CASE("decisions can be taken back, and open duties go with them") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.import().plan_id;
    const auto obligation = f.find(f.obligations(id), "檢討重大建設")->id;
    REQUIRE(f.service.accept(f.controller(), obligation, 10).ok());
    CHECK(f.service.drop(f.controller(), obligation, "").fault().key == "plan.accepted_withdraw_first");
    CHECK_FALSE(f.service.withdraw(f.controller(), obligation, "").ok());
    REQUIRE(f.service.withdraw(f.controller(), obligation, "重複").ok());
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM duty WHERE state = 'cancelled'"); }) == 4);
    ObligationEdit edit;
    edit.what = "檢討重大建設";
    edit.every = duties::Every::half_year;
    edit.agency_id = 20;
    REQUIRE(f.service.edit_obligation(f.controller(), obligation, edit).ok());
    CHECK(f.service.accept(f.controller(), obligation, std::nullopt)->duties == 2);
  });
}

TEST_CASE("the plan tree as known on a past day") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.import().plan_id;
    const Date first_day = f.clock.today();
    f.later(2 * 86400);
    REQUIRE(f.service.accept(f.controller(), f.find(f.obligations(id), "標案進度會報")->id, 10).ok());
    const Date accepted_day = f.clock.today();
    f.later(2 * 86400);
    f.import(replaced(text, "施工查核", "工程查核"));
    const auto title_on = [&](Date on) {
      const auto view = f.service.view(id, on, false);
      REQUIRE(view.ok());
      std::string titles;
      for (const auto& node : view->tree) {
        for (const auto& child : node.children) titles += child.title + " ";
      }
      return titles;
    };
    CHECK(f.service.view(id, first_day, false)->plan.standing.total == 0);
    CHECK(f.service.view(id, accepted_day, false)->plan.standing.total == 12);
    CHECK(title_on(accepted_day).find("施工查核") != std::string::npos);
    CHECK(title_on(f.clock.today()).find("施工查核") == std::string::npos);
    CHECK(title_on(f.clock.today()).find("工程查核") != std::string::npos);
    CHECK(f.service.view(id, first_day.plus_days(-1), false)->tree.empty());
    CHECK_FALSE(f.service.view(id, f.clock.today().plus_days(1), false).ok());
  });
}

TEST_CASE("two controllers accepting one obligation: it becomes duties once") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.import().plan_id;
    const auto obligation = f.find(f.obligations(id), "檢討重大建設")->id;
    std::atomic<int> won{0};
    const auto accept = [&] { won += f.service.accept(f.controller(), obligation, 10).ok() ? 1 : 0; };
    std::thread a(accept);
    std::thread b(accept);
    a.join();
    b.join();
    CHECK(won == 1);
    CHECK(duty_count(database) == 4);
  });
}

TEST_CASE("two imports of one new plan at once make one plan") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto import = [&] { CHECK(f.service.import_plan(f.controller(), "plan.txt", text).ok()); };
    std::thread a(import);
    std::thread b(import);
    a.join();
    b.join();
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM plan"); }) == 1);
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM plan_sentence WHERE superseded_at IS NULL"); }) ==
          static_cast<std::int64_t>(f.service.sentences(f.service.list(false).at(0).id, std::nullopt)->size()));
  });
}

TEST_CASE("a broken plan file is refused by line and reason, and changes nothing") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const std::string broken = replaced(text, "每月召開", "\xFF\xFE召開");
    const auto refused = f.service.import_plan(f.controller(), "plan.txt", broken);
    REQUIRE_FALSE(refused.ok());
    CHECK_FALSE(f.service.import_plan(f.controller(), "plan.txt", "").ok());
    CHECK_FALSE(f.service.import_plan(f.controller(), "plan.txt", "沒有任何計畫內容的文字。").ok());
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM plan"); }) == 0);
  });
}
