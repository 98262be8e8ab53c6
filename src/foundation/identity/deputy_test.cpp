#include "foundation/identity/fixture_test.hpp"

using namespace mandate;
using namespace mandate::identity;
using namespace mandate::identity::testing;

namespace {

// The deputy of somebody with this role, who holds post 1000.
Actor deputy_of(const std::string& role, bool confidential = false) {
  Actor actor;
  actor.account_id = 9;
  actor.grants = {{"handler", 20, 200}};
  actor.stands_in_for = {{7, "王五", {{role, 10, 100}}, {1000}, confidential}};
  return actor;
}

const RecordFacts of_the_post{10, 100, "plan", Confidentiality::internal, 1000};
const RecordFacts of_a_colleague{10, 100, "plan", Confidentiality::internal, 1001};
const RecordFacts secret_of_the_post{10, 100, "plan", Confidentiality::confidential, 1000};
const RecordFacts own{20, 200, "plan", Confidentiality::internal, 2000};

bool reaches_with(const Actor& actor, const char* permission, const RecordFacts& record) { return reaches(scope_of(actor, permission, "duty", subtree), record); }

}  // namespace

TEST_CASE("a deputy reaches the duties of the posts stood in for, as the holder may, and nothing else of the holder's") {
  const auto actor = deputy_of("handler");
  CHECK(reaches_with(actor, "duty.complete", of_the_post));
  CHECK_FALSE(reaches_with(actor, "duty.complete", of_a_colleague));
  CHECK(reaches_with(actor, "duty.complete", own));
  CHECK_FALSE(reaches_with(actor, "duty.decide_extension", of_the_post));  // the holder may not either
  CHECK(reaches_with(deputy_of("agency_head"), "duty.decide_extension", of_a_colleague));  // a head's post is the agency
  CHECK_FALSE(reaches_with(deputy_of("agency_head"), "duty.decide_extension", own));        // what the holder may is not lent to one's own work
  for (const auto& permission : all_permissions()) {
    INFO(permission);
    if (permission.rfind("duty.", 0) != 0) CHECK_FALSE(may(deputy_of("system_admin"), permission) != may(deputy_of("citizen"), permission));
  }
  CHECK_FALSE(may(deputy_of("system_admin"), "account.edit"));
  CHECK_FALSE(may(deputy_of("rdec_controller"), "policy.edit"));
}

TEST_CASE("confidential duties go along only when that was said") {
  CHECK_FALSE(reaches_with(deputy_of("handler"), "duty.read", secret_of_the_post));
  CHECK(reaches_with(deputy_of("handler", true), "duty.read", secret_of_the_post));
  CHECK_FALSE(reaches_with(deputy_of("agency_liaison", true), "duty.read", secret_of_the_post));  // the holder does not see it
}

TEST_CASE("who holds no post today lends nothing; a service token stands in for nobody") {
  auto actor = deputy_of("handler");
  actor.stands_in_for[0].posts.clear();
  CHECK_FALSE(reaches_with(actor, "duty.read", of_the_post));
  actor = deputy_of("agency_head");
  actor.is_token = true;
  actor.token_permissions = {"duty.read"};
  CHECK_FALSE(may(actor, "duty.decide_extension"));
}

TEST_CASE("what is done as a deputy is told from what is done in one's own right") {
  const auto actor = deputy_of("handler");
  const auto* found = deputyship_for(actor, "duty.complete", "duty", of_the_post, subtree);
  REQUIRE(found != nullptr);
  CHECK(found->account_id == 7);
  CHECK(deputyship_for(actor, "duty.complete", "duty", own, subtree) == nullptr);
  CHECK(deputyship_for(actor, "duty.complete", "duty", of_a_colleague, subtree) == nullptr);
}

TEST_CASE("the roles that are lent are those the principal holds now, and none of a disabled account") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto principal = f.account("wang");
    f.account("lin", "inspector");
    REQUIRE(f.identity.set_grants(f.system, principal, {{"handler", 10, 100}}).ok());
    bool standing_in = true;
    Organisation organisation;
    organisation.stands_in_for = [&](std::int64_t account) {
      return standing_in && account != principal.value ? std::vector<Deputyship>{{principal.value, "", {}, {1000}, false}} : std::vector<Deputyship>{};
    };
    organisation.deputies_of = [&](std::int64_t, Date on) { return on == *Date::parse("2023-03-07") ? std::vector<std::int64_t>{42} : std::vector<std::int64_t>{}; };
    f.identity.set_organisation(organisation);
    const auto in = f.sign_in("lin");
    CHECK(in.actor.stands_in_for.size() == 1);
    const auto actor = [&] { return f.identity.identify(f.with_cookie(in.cookie_token)).value(); };
    CHECK(actor().stands_in_for[0].name == "測試帳號");
    CHECK(reaches(f.identity.scope(actor(), "duty.read", "duty"), of_the_post));
    CHECK(f.identity.standing_for(actor(), "duty.read", "duty", of_the_post) == principal.value);
    CHECK(f.identity.deputies_of(principal, *Date::parse("2023-03-07")) == std::vector<AccountId>{AccountId{42}});
    CHECK(f.identity.deputies_of(principal, *Date::parse("2023-03-08")).empty());
    SUBCASE("a role taken back from the principal is gone from the deputy's next request") {
      REQUIRE(f.identity.set_grants(f.system, principal, {}).ok());
      CHECK_FALSE(reaches(f.identity.scope(actor(), "duty.read", "duty"), of_the_post));
    }
    SUBCASE("disabled") {
      REQUIRE(f.identity.set_disabled(f.system, principal, true, "離職").ok());
      CHECK(actor().stands_in_for.empty());
    }
    SUBCASE("over") {
      standing_in = false;
      CHECK(actor().stands_in_for.empty());
    }
  });
}
