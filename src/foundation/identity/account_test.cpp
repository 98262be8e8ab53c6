#include "foundation/identity/fixture_test.hpp"

using namespace mandate;
using namespace mandate::identity;
using namespace mandate::identity::testing;

TEST_CASE("addresses that mail can be sent to, and those that would break a header") {
  for (const char* good : {"a@b.tw", "lin.yi-jun@sample.invalid", "x+y@mail.taichung.gov.tw"}) CHECK(check_email(good).ok());
  for (const std::string bad : {"", "lin", "@b.tw", "a@", "a@b", "a@@b.tw", "a b@c.tw", "a@b..tw", "a@.tw", "a@b.", "a@b.tw\r\nBcc: c@d.tw", "王@b.tw", "a,b@c.tw", "<a@b.tw>"}) {
    INFO(bad);
    CHECK_FALSE(check_email(bad).ok());
  }
  CHECK_FALSE(check_email(std::string(250, 'a') + "@b.tw").ok());
}

TEST_CASE("an account's address is set, given to those who write to it, and stands in no event") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto lin = f.account("lin");
    const auto wang = f.account("wang");
    CHECK_FALSE(f.identity.email_of(lin));
    REQUIRE(f.identity.set_email(f.system, lin, "lin@sample.invalid").ok());
    CHECK_FALSE(f.identity.set_email(f.system, lin, "no address").ok());
    CHECK_FALSE(f.identity.set_email(f.system, AccountId{12345}, "lin@sample.invalid").ok());
    CHECK(f.identity.email_of(lin) == "lin@sample.invalid");
    CHECK(f.identity.emails_of({lin, wang}) == std::map<AccountId, std::string>{{lin, "lin@sample.invalid"}});
    CHECK(f.identity.emails_of({}).empty());
    const auto said = [&] {
      std::string all;
      for (const auto& event : database.read([](db::Session& s) { return s.list<std::string>("SELECT kind || data FROM event"); })) all += event;
      return all;
    };
    CHECK(said().find("account.email_set") != std::string::npos);
    CHECK(said().find("sample.invalid") == std::string::npos);
    SUBCASE("a disabled account is written to no more") {
      REQUIRE(f.identity.set_disabled(f.system, lin, true, "離職").ok());
      CHECK_FALSE(f.identity.email_of(lin));
    }
    SUBCASE("it is taken away") {
      REQUIRE(f.identity.set_email(f.system, lin, "").ok());
      CHECK_FALSE(f.identity.email_of(lin));
    }
    SUBCASE("the owner changes it with the present password only, and guessing locks") {
      auto in = f.identity.sign_in("lin", "Correct-horse-9", "127.0.0.1", "test");
      REQUIRE(in.ok());
      for (int i = 0; i < 5; ++i) CHECK_FALSE(f.identity.set_own_email(in->actor, "other@sample.invalid", "wrong").ok());
      CHECK(f.identity.set_own_email(in->actor, "other@sample.invalid", "Correct-horse-9").fault().kind == FaultKind::too_many);
      CHECK(f.identity.email_of(lin) == "lin@sample.invalid");
      f.clock.set(f.clock.now().plus_seconds(15 * 60));
      in->actor.now = f.clock.now();
      CHECK(f.identity.set_own_email(in->actor, "other@sample.invalid", "Correct-horse-9").ok());
      CHECK(f.identity.email_of(lin) == "other@sample.invalid");
    }
    SUBCASE("a service token is no person") {
      Actor token = f.system;
      token.is_system = false;
      token.account_id = lin.value;
      token.is_token = true;
      CHECK(f.identity.set_own_email(token, "other@sample.invalid", "Correct-horse-9").fault().kind == FaultKind::forbidden);
    }
  });
}
