#include "foundation/identity/fixture_test.hpp"

using namespace mandate;
using namespace mandate::identity;
using namespace mandate::identity::testing;

namespace {

Actor actor_with(const std::string& role, std::int64_t agency = 0, std::int64_t unit = 0) {
  Actor actor;
  actor.account_id = 9;
  actor.grants = {{role, agency, unit}};
  return actor;
}

bool sees(const Actor& actor, const RecordFacts& record, const char* permission = "duty.read") { return reaches(scope_of(actor, permission, "duty", subtree), record); }

}  // namespace

TEST_CASE("what each role reaches among duties") {
  const RecordFacts own_unit{10, 100, "plan", Confidentiality::internal};
  const RecordFacts other_unit{10, 101, "plan", Confidentiality::internal};
  const RecordFacts below{11, 0, "plan", Confidentiality::internal};
  const RecordFacts elsewhere{20, 0, "council", Confidentiality::internal};
  const RecordFacts secret{10, 100, "plan", Confidentiality::confidential};
  CHECK(sees(actor_with("handler", 10, 100), own_unit));
  CHECK_FALSE(sees(actor_with("handler", 10, 100), other_unit));
  CHECK_FALSE(sees(actor_with("handler", 10, 100), below));
  CHECK(sees(actor_with("agency_liaison", 10), below));
  CHECK_FALSE(sees(actor_with("agency_liaison", 10), elsewhere));
  CHECK_FALSE(sees(actor_with("agency_liaison", 10), secret));
  CHECK(sees(actor_with("agency_head", 10), secret));
  CHECK(sees(actor_with("rdec_controller"), elsewhere));
  CHECK_FALSE(sees(actor_with("rdec_controller"), secret));
  CHECK(sees(actor_with("executive"), secret));
  CHECK(sees(actor_with("council_liaison"), elsewhere));
  CHECK_FALSE(sees(actor_with("council_liaison"), own_unit));
  CHECK_FALSE(sees(actor_with("system_admin"), own_unit));
  CHECK_FALSE(sees(actor_with("citizen"), own_unit));
  CHECK_FALSE(sees(Actor{}, own_unit));
}

TEST_CASE("the auditor reads all and may change nothing") {
  for (const auto& permission : all_permissions()) {
    const bool reads = permission.ends_with(".read") || permission == "import.read_all" || permission == "system.health";
    INFO(permission);
    if (!reads) CHECK_FALSE(may(actor_with("auditor"), permission));
  }
  CHECK(sees(actor_with("auditor"), {10, 100, "plan", Confidentiality::confidential}));
}

TEST_CASE("youth councillors see the state of their matters but no detail") {
  const RecordFacts theirs{10, 0, "youth_council", Confidentiality::open};
  const auto scope = scope_of(actor_with("youth_councillor"), "duty.read", "duty", subtree);
  CHECK(reaches(scope, theirs));
  CHECK_FALSE(shows_detail(scope, theirs));
}

TEST_CASE("the condition for SQL and the check of one record agree") {
  db::testing::on_both({db::migrations_of("platform_db", embedded::platform_db), {"test", {{"0001_d.sql", "CREATE TABLE d (id $ID PRIMARY KEY, agency_id $INT, unit_id $INT, post_id $INT, origin $TEXT, confidentiality $TEXT);"}}}},
                       [](db::Database& database) {
                         std::map<std::int64_t, RecordFacts> records;
                         REQUIRE(database.write([&](db::Session& s) -> Result<> {
                           std::int64_t id = 0;
                           for (std::int64_t agency : {10, 11, 20}) {
                             for (std::int64_t unit : {0, 100, 101}) {
                               for (const char* origin : {"plan", "council", "contact", "inspection", "youth_council"}) {
                                 for (auto level : {Confidentiality::open, Confidentiality::internal, Confidentiality::confidential}) {
                                   ++id;
                                   records[id] = {agency, unit, origin, level, 1000 + id % 3};
                                   s.execute("INSERT INTO d (id, agency_id, unit_id, post_id, origin, confidentiality) VALUES (?, ?, ?, ?, ?, ?)", id, agency, unit, 1000 + id % 3, origin, level);
                                 }
                               }
                             }
                           }
                           return done();
                         }).ok());
                         boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto role) {
                           for (std::int64_t unit : {0, 100}) {
                             // In one's own right, and as the deputy of somebody who holds the role, without and with what is confidential.
                             Actor deputy = actor_with("citizen");
                             deputy.stands_in_for = {{7, "王", {{role.name, 10, unit}}, {1001}, false}};
                             Actor trusted = deputy;
                             trusted.stands_in_for[0].confidential = true;
                             for (const auto& actor : {actor_with(role.name, 10, unit), deputy, trusted}) {
                               for (const auto& permission : all_permissions()) {
                                 const auto scope = scope_of(actor, permission, "duty", subtree);
                                 const auto condition = condition_of(scope, "d");
                                 std::set<std::int64_t> by_sql;
                                 const auto rows = database.read([&](db::Session& s) { return s.list_values<std::int64_t>("SELECT d.id FROM d WHERE " + condition.where, condition.values); });
                                 by_sql.insert(rows.begin(), rows.end());
                                 std::set<std::int64_t> by_check;
                                 for (const auto& [id, record] : records) {
                                   if (reaches(scope, record)) by_check.insert(id);
                                 }
                                 INFO(role.name << " " << permission);
                                 CHECK(by_sql == by_check);
                               }
                             }
                           }
                         });
                       });
}

TEST_CASE("a session is known by its cookie until it ends, idles or is revoked") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.account("lin");
    auto in = f.identity.sign_in("ＬＩＮ", "Correct-horse-9", "127.0.0.1", "test");
    REQUIRE(in.ok());
    CHECK(f.identity.identify(f.with_cookie(in->cookie_token)).value().account_id == id.value);
    CHECK_FALSE(f.identity.identify(f.with_cookie("nonsense")).ok());
    CHECK(f.identity.identify(http::Request{}).value().account_id == 0);
    SUBCASE("idle") {
      f.clock.set(f.clock.now().plus_seconds(29 * 60));
      CHECK(f.identity.identify(f.with_cookie(in->cookie_token)).ok());
      f.clock.set(f.clock.now().plus_seconds(30 * 60));
      CHECK_FALSE(f.identity.identify(f.with_cookie(in->cookie_token)).ok());
    }
    SUBCASE("absolute end") {
      for (int i = 0; i < 12 * 3 - 1; ++i) {
        f.clock.set(f.clock.now().plus_seconds(20 * 60));
        REQUIRE(f.identity.identify(f.with_cookie(in->cookie_token)).ok());
      }
      f.clock.set(f.clock.now().plus_seconds(20 * 60));
      CHECK_FALSE(f.identity.identify(f.with_cookie(in->cookie_token)).ok());
    }
    SUBCASE("signed out") {
      CHECK(f.identity.sign_out(in->actor).ok());
      CHECK_FALSE(f.identity.identify(f.with_cookie(in->cookie_token)).ok());
    }
    SUBCASE("disabled: the very next request is refused") {
      CHECK(f.identity.set_disabled(f.system, id, true, "離職").ok());
      CHECK_FALSE(f.identity.identify(f.with_cookie(in->cookie_token)).ok());
      CHECK_FALSE(f.identity.sign_in("lin", "Correct-horse-9", "127.0.0.1", "test").ok());
    }
    SUBCASE("roles taken back are gone at the next request") {
      CHECK(f.identity.set_grants(f.system, id, {}).ok());
      CHECK(f.identity.identify(f.with_cookie(in->cookie_token)).value().grants.empty());
    }
  });
}

TEST_CASE("the fifth failure locks for fifteen minutes, for known and unknown names alike") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.account("lin");
    for (const std::string name : {"lin", "nobody"}) {
      for (int i = 0; i < 5; ++i) {
        const auto refused = f.identity.sign_in(name, "wrong", "10.0.0." + std::to_string(i), "test");
        CHECK(refused.fault().kind == FaultKind::unauthenticated);
      }
      const auto locked = f.identity.sign_in(name, "Correct-horse-9", "10.0.0.9", "test");
      REQUIRE_FALSE(locked.ok());
      CHECK(locked.fault().kind == FaultKind::too_many);
      CHECK(locked.fault().retry_after_seconds == 15 * 60 + 1);
    }
    f.clock.set(f.clock.now().plus_seconds(15 * 60 - 1));
    CHECK_FALSE(f.identity.sign_in("lin", "Correct-horse-9", "10.0.0.9", "test").ok());
    f.clock.set(f.clock.now().plus_seconds(1));
    CHECK(f.identity.sign_in("lin", "Correct-horse-9", "10.0.0.9", "test").ok());
  });
}

TEST_CASE("service tokens are limited, expire and can be revoked") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.account("robot");
    CHECK_FALSE(f.identity.create_token(f.system, "x", {"no.such"}, *Date::parse("2023-04-01"), id).ok());
    CHECK_FALSE(f.identity.create_token(f.system, "x", {"duty.read"}, *Date::parse("2023-03-07"), id).ok());
    auto made = f.identity.create_token(f.system, "x", {"duty.read", "account.edit"}, *Date::parse("2023-03-08"), id);
    REQUIRE(made.ok());
    http::Request request;
    request.headers.emplace_back("authorization", "Bearer " + made->token);
    const auto actor = f.identity.identify(request);
    REQUIRE(actor.ok());
    CHECK(may(*actor, "duty.read"));
    CHECK_FALSE(may(*actor, "duty.create"));    // the owner may, the token does not name it
    CHECK_FALSE(may(*actor, "account.edit"));   // the token names it, the owner may not
    f.clock.set(*Instant::parse("2023-03-08T16:00:00Z"));
    CHECK_FALSE(f.identity.identify(request).ok());
  });
}

TEST_CASE("two administrators taking each other's role away: one administrator stays") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto a = f.account("a-admin", "system_admin");
    const auto b = f.account("b-admin", "system_admin");
    std::thread one([&] { (void)f.identity.set_grants(f.system, a, {}).ok(); });
    std::thread two([&] { (void)f.identity.set_grants(f.system, b, {}).ok(); });
    one.join();
    two.join();
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM role_grant WHERE role = 'system_admin' AND revoked_at IS NULL"); }) == 1);
  });
}

TEST_CASE("two administrators disabling each other: one administrator stays") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto a = f.account("a-admin", "system_admin");
    const auto b = f.account("b-admin", "system_admin");
    std::thread one([&] { (void)f.identity.set_disabled(f.system, a, true, "離職").ok(); });
    std::thread two([&] { (void)f.identity.set_disabled(f.system, b, true, "離職").ok(); });
    one.join();
    two.join();
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM account WHERE state = 'active'"); }) == 1);
  });
}
