#include "platform/db/store_test.hpp"

#include "foundation/policy/module.hpp"

#include <thread>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::policy;

namespace {

std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), policy_migrations()}; }

Date d(const char* iso) { return *Date::parse(iso); }

Actor actor(std::int64_t at, std::int64_t account = 7) {
  Actor actor;
  actor.account_id = account;
  actor.now = Instant{at};
  return actor;
}

std::int64_t event_count(db::Database& database, const char* kind) {
  return database.read([&](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM event WHERE kind = ?", kind); });
}

}  // namespace

TEST_CASE("values are installed once and answer by their kind") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Policies policies(database);
    policies.define(policy_definitions());
    CHECK_THROWS_AS((void)policies.integer("sign_in.failures_max", d("2023-01-01")), std::logic_error);
    policies.install(Instant{1'000});
    policies.install(Instant{2'000});
    CHECK(event_count(database, "policy.installed") == 1);
    CHECK(policies.integer("sign_in.failures_max", d("2023-05-01")) == 5);
    CHECK(policies.integer("sign_in.lock_minutes", d("2023-05-01")) == 15);
    CHECK(policies.percent("performance.floor", d("2023-05-01")) == Percent::of(90));
    CHECK(policies.list("youth.plenary_months", d("2023-05-01")) == std::vector<std::string>{"1", "7"});
    CHECK(policies.text("performance.formula", d("2023-05-01")) == "P1");
    CHECK(policies.snapshot()->minutes("office.afternoon_from", {d("2023-05-01"), {}}) == 13 * 60);
    CHECK(policies.integer("inspection.amount_min", d("2022-12-31")) == 1'000'000);
    CHECK(policies.integer("inspection.amount_min", d("2023-01-01")) == 1'500'000);
    CHECK_THROWS_AS((void)policies.integer("performance.floor", d("2023-01-01")), std::logic_error);
    CHECK_THROWS_AS((void)policies.integer("no.such", d("2023-01-01")), std::logic_error);
    CHECK_THROWS_AS(policies.define(policy_definitions()), std::logic_error);

    // A newer program brings one more.
    Policies newer(database);
    newer.define(policy_definitions());
    newer.define({{"poll.confidence", PolicyKind::percent, "信賴水準", "Confidence", "percent", "", "", 0, 100'00, {}, {{"2023-01-01", "95", unsourced}}}});
    newer.install(Instant{3'000});
    CHECK(newer.percent("poll.confidence", d("2023-05-01")) == Percent::of(95));
    CHECK(event_count(database, "policy.installed") == 2);
  });
}

TEST_CASE("a new value ahead, behind and for the same day; what was known stays") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Policies policies(database);
    policies.define(policy_definitions());
    policies.install(Instant{1'000});
    PolicyService service(database, policies);
    const std::string floor = "performance.floor";
    REQUIRE(service.set(actor(2'000), floor, "95", d("2024-01-01"), "府授研考字第1號").ok());
    CHECK(policies.percent(floor, d("2023-12-31")) == Percent::of(90));
    CHECK(policies.percent(floor, d("2024-01-01")) == Percent::of(95));
    REQUIRE(service.set(actor(3'000), floor, "85", d("2023-06-01"), unsourced).ok());
    CHECK(policies.percent(floor, d("2023-07-01")) == Percent::of(85));
    CHECK(policies.snapshot()->percent(floor, {d("2023-07-01"), Instant{2'999}}) == Percent::of(90));  // as the month was graded
    REQUIRE(service.set(actor(4'000), floor, "96", d("2024-01-01"), "府授研考字第2號").ok());
    CHECK(policies.percent(floor, d("2024-02-01")) == Percent::of(96));
    CHECK(policies.snapshot()->percent(floor, {d("2024-02-01"), Instant{3'999}}) == Percent::of(95));
    CHECK(policies.snapshot()->rows_of(floor).size() == 4);
    CHECK(event_count(database, "policy.set") == 3);

    CHECK(service.set(actor(5'000), floor, "96", d("2024-01-01"), "府授研考字第2號").fault().key == "policy.unchanged");
    CHECK(service.set(actor(5'000), floor, "101", d("2024-01-01"), unsourced).fault().fields[0].key == "policy.out_of_range");
    CHECK(service.set(actor(5'000), floor, "80", d("2024-01-01"), "").fault().fields[0].key == "policy.source_missing");
    CHECK(service.set(actor(5'000), "no.such", "80", d("2024-01-01"), unsourced).fault().kind == FaultKind::not_found);
    CHECK(event_count(database, "policy.set") == 3);
  });
}

TEST_CASE("two clients set the same value for the same day: both are recorded, one after the other") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Policies policies(database);
    policies.define(policy_definitions());
    policies.install(Instant{1'000});
    Policies elsewhere(database);
    elsewhere.define(policy_definitions());
    (void)elsewhere.snapshot();
    PolicyService service(database, policies);
    for (int round = 0; round < 10; ++round) {
      const Date from = d("2025-01-01").plus_months(round);
      const auto set = [&](int who) { REQUIRE(service.set(actor(5'000, who), "duty.severe_days", std::to_string(20 + who), from, unsourced).ok()); };
      std::thread a(set, 1);
      std::thread b(set, 2);
      a.join();
      b.join();
      const auto snapshot = elsewhere.snapshot();
      std::vector<PolicyRow> of_day;
      for (const auto& row : snapshot->rows_of("duty.severe_days")) {
        if (row.valid_from == from) of_day.push_back(row);
      }
      REQUIRE(of_day.size() == 2);
      CHECK(of_day[0].superseded_at == of_day[1].recorded_at);
      CHECK_FALSE(of_day[1].superseded_at);
      CHECK(of_day[0].recorded_by != of_day[1].recorded_by);
      CHECK(elsewhere.integer("duty.severe_days", from) == 20 + of_day[1].recorded_by);
    }
  });
}

TEST_CASE("routes read and set values in words") {
  db::testing::on_both(sets(), [](db::Database& database) {
    const FakeClock clock(Instant{1'700'000'000'000'000});  // 2023-11-15 in Taipei
    PolicyModule module(database, clock);
    module.policies().define(policy_definitions());
    module.policies().install(clock.now());
    module.set_account_name([](std::int64_t account) { return "帳號" + std::to_string(account); });
    http::Router router(database, clock);
    Actor editor = actor(1'700'000'000'000'000);
    router.set_gate({[&](const http::Request&) -> Result<Actor> { return editor; }, [](const Actor&, std::string_view) { return true; }, [](const Actor&) { return std::string("token"); }});
    module.add_routes(router);
    // Looking at what a change would move is for those who may make it.
    for (const auto& row : router.rows()) CHECK(row.permission == (row.mutating || row.path.find("preview") != std::string::npos ? "policy.edit" : "policy.read"));
    CHECK_NOTHROW((void)router.openapi());

    http::Request list;
    list.method = "GET";
    list.path = "/api/policies";
    const auto before = router.handle(list);
    REQUIRE(before.status == 200);
    CHECK(boost::json::parse(before.body).at("rows").as_array().size() == policy_definitions().size());
    list.query["as_of"] = "2024-05-01";

    http::Request set;
    set.method = "POST";
    set.path = "/api/policies/performance.floor/values";
    set.headers = {{"x-form-token", "token"}, {"host", "localhost"}, {"origin", "http://localhost"}, {"sec-fetch-site", "same-origin"}, {"content-type", "application/json"}};
    set.body = R"({"value": 92.5, "valid_from": "2024-01-01", "source": "府授研考字第3號"})";
    const auto answer = router.handle(set);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    const auto after = boost::json::parse(router.handle(list).body);
    for (const auto& row : after.at("rows").as_array()) {
      if (row.at("key") != "performance.floor") continue;
      CHECK(row.at("value") == "92.5");
      CHECK(row.at("unit") == "%");
      CHECK(row.at("changed_by_name") == "帳號7");
      REQUIRE(row.at("history").as_array().size() == 1);
      CHECK(row.at("history").at(0).at("value") == "90");
      CHECK(row.at("history").at(0).at("valid_to") == "2023-12-31");
      CHECK(row.at("valid_to").is_null());
    }
  });
}
