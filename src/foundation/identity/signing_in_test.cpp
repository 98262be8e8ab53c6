// Passwords, links and the second step, on both engines.
#include "foundation/identity/fixture_test.hpp"
#include "foundation/identity/totp.hpp"

#include <thread>

using namespace mandate;
using namespace mandate::identity;
using namespace mandate::identity::testing;

namespace {

constexpr const char* first = "Correct-horse-9";

std::string unsealed_secret(Fixture& f, AccountId id) {
  const auto text = f.database.read([&](db::Session& s) { return s.value<std::string>("SELECT sealed_secret FROM authenticator WHERE account_id = ? AND removed_at IS NULL ORDER BY made_at DESC", id); });
  return digest::from_hex(text);
}

std::string code_now(Fixture& f, AccountId id) { return hotp(unsealed_secret(f, id), totp_step(f.clock.now())); }

// Signs in and sets up an authenticator; returns its recovery codes.
std::vector<std::string> set_up(Fixture& f, const std::string& name, AccountId id) {
  auto in = f.sign_in(name);
  auto begun = f.identity.begin_authenticator(in.actor);
  REQUIRE(begun.ok());
  REQUIRE(f.identity.confirm_authenticator(in.actor, first, code_now(f, id)).ok());
  f.later(30);
  return begun->recovery_codes;
}

}  // namespace

TEST_CASE("a password is changed by its owner; the other sessions end and the last three do not come back") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.account("lin");
    auto here = f.sign_in("lin");
    auto there = f.sign_in("lin");
    CHECK(f.identity.change_password(here.actor, "wrong", "Second-horse-9").fault().fields[0].path == "password");
    CHECK(f.identity.change_password(here.actor, first, first).fault().fields[0].key == "account.password_used");
    CHECK(f.identity.change_password(here.actor, first, "short").fault().fields[0].path == "new_password");
    REQUIRE(f.identity.change_password(here.actor, first, "Second-horse-9").ok());
    CHECK(f.identity.identify(f.with_cookie(here.cookie_token)).ok());
    CHECK_FALSE(f.identity.identify(f.with_cookie(there.cookie_token)).ok());
    CHECK_FALSE(f.identity.sign_in("lin", first, "127.0.0.1", "test").ok());
    here = f.sign_in("lin", "Second-horse-9");
    REQUIRE(f.identity.change_password(here.actor, "Second-horse-9", "Third-horse-9").ok());
    CHECK(f.identity.change_password(here.actor, "Third-horse-9", first).fault().fields[0].key == "account.password_used");
    REQUIRE(f.identity.change_password(here.actor, "Third-horse-9", "Fourth-horse-9").ok());
    CHECK(f.identity.change_password(here.actor, "Fourth-horse-9", first).ok());  // three others lie between
  });
}

TEST_CASE("a password may be too young to change and too old to work with") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.numbers.password.age_min_days = 1;
    f.numbers.password.age_max_days = 90;
    f.account("lin");
    auto in = f.sign_in("lin");
    REQUIRE(f.identity.change_password(in.actor, first, "Second-horse-9").ok());  // the administrator gave the first one
    CHECK(f.identity.change_password(in.actor, "Second-horse-9", "Third-horse-9").fault().key == "account.password_too_young");
    f.later(90LL * 86'400 - 1);
    CHECK(f.sign_in("lin", "Second-horse-9").actor.grants.size() == 1);
    f.later(1);
    in = f.sign_in("lin", "Second-horse-9");
    CHECK(in.actor.grants.empty());  // nothing but putting the account in order
    auto actor = f.identity.identify(f.with_cookie(in.cookie_token));
    REQUIRE(actor.ok());
    CHECK(actor->grants.empty());
    REQUIRE(f.identity.change_password(*actor, "Second-horse-9", "Third-horse-9").ok());
    CHECK(f.identity.identify(f.with_cookie(in.cookie_token)).value().grants.size() == 1);
  });
}

TEST_CASE("an invitation sets the first password, once, within its days") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto made = f.identity.create_account(f.system, {"lin", "林", "", {{"handler", 10, 0}}, false});
    REQUIRE(made.ok());
    CHECK_FALSE(f.identity.sign_in("lin", "", "127.0.0.1", "test").ok());
    const auto old = f.identity.make_link(f.system, *made);
    REQUIRE(old.ok());
    CHECK(old->kind == LinkKind::invitation);
    CHECK_FALSE(old->mailed);
    const auto link = f.identity.make_link(f.system, *made);
    REQUIRE(link.ok());
    CHECK_FALSE(f.identity.view_link(old->token, "127.0.0.1").ok());  // a newer one was made
    CHECK(f.identity.view_link(link->token, "127.0.0.1").value().login_name == "lin");
    CHECK(f.identity.use_link(link->token, "short", "127.0.0.1").fault().fields[0].path == "password");
    SUBCASE("used once") {
      REQUIRE(f.identity.use_link(link->token, first, "127.0.0.1").ok());
      f.sign_in("lin");
      CHECK(f.identity.use_link(link->token, "Second-horse-9", "127.0.0.1").fault().key == "link.not_valid");
      CHECK(f.identity.make_link(f.system, *made).value().kind == LinkKind::reset);
    }
    SUBCASE("its last moment") {
      f.later(7LL * 86'400 - 1);
      CHECK(f.identity.view_link(link->token, "127.0.0.1").ok());
      f.later(1);
      CHECK_FALSE(f.identity.view_link(link->token, "127.0.0.1").ok());
    }
    SUBCASE("the account was disabled meanwhile") {
      REQUIRE(f.identity.set_disabled(f.system, *made, true, "未到職").ok());
      CHECK_FALSE(f.identity.use_link(link->token, first, "127.0.0.1").ok());
      CHECK(f.identity.make_link(f.system, *made).fault().key == "link.account_disabled");
    }
    SUBCASE("two who use it at once: one sets the password") {
      std::atomic<int> good{0};
      std::thread one([&] { good += f.identity.use_link(link->token, "Second-horse-9", "127.0.0.1").ok() ? 1 : 0; });
      std::thread two([&] { good += f.identity.use_link(link->token, "Third-horse-9", "127.0.0.1").ok() ? 1 : 0; });
      one.join();
      two.join();
      CHECK(good == 1);
    }
  });
}

TEST_CASE("a reset goes to the account's own address, ends its sessions and opens its lock") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    std::vector<Letter> sent;
    f.identity.set_courier([&](db::Session&, const Letter& letter) { sent.push_back(letter); });
    const auto lin = f.account("lin");
    const auto wang = f.account("wang");
    REQUIRE(f.identity.set_email(f.system, lin, "lin@sample.invalid").ok());
    auto in = f.sign_in("lin");
    for (int i = 0; i < 5; ++i) (void)f.identity.sign_in("lin", "wrong", "10.0.0.1", "test").ok();
    for (const char* name : {"lin", "wang", "nobody-of-that-name"}) CHECK(f.identity.ask_reset(name, "127.0.0.1").ok());
    REQUIRE(f.identity.answer_reset_requests(f.system).ok());
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].email == "lin@sample.invalid");
    const auto token = sent[0].path.substr(sent[0].path.find('#') + 1);
    REQUIRE(f.identity.use_link(token, "Second-horse-9", "127.0.0.1").ok());
    CHECK_FALSE(f.identity.identify(f.with_cookie(in.cookie_token)).ok());
    f.sign_in("lin", "Second-horse-9");
    SUBCASE("the administrator does not get to see a reset that went by mail, but hands over one that could not") {
      CHECK(f.identity.make_link(f.system, lin).value().token.empty());
      CHECK_FALSE(f.identity.make_link(f.system, wang).value().token.empty());
    }
    SUBCASE("asking is throttled by name, for known and unknown names alike") {
      for (const char* name : {"wang", "nobody-of-that-name"}) {
        CHECK(f.identity.ask_reset(name, "127.0.0.1").ok());
        CHECK(f.identity.ask_reset(name, "127.0.0.1").ok());
        CHECK(f.identity.ask_reset(name, "127.0.0.1").fault().kind == FaultKind::too_many);
      }
    }
    SUBCASE("a request is answered once") {
      REQUIRE(f.identity.answer_reset_requests(f.system).ok());
      CHECK(sent.size() == 1);
    }
  });
}

TEST_CASE("the second step: asked for, good once, counted like passwords, opened by a recovery code") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto lin = f.account("lin");
    auto before = f.sign_in("lin");
    const auto codes = set_up(f, "lin", lin);
    CHECK(codes.size() == 10);
    CHECK_FALSE(f.identity.identify(f.with_cookie(before.cookie_token)).ok());  // the other sessions ended
    CHECK(f.identity.sign_in("lin", first, "127.0.0.1", "test").fault().key == "account.code_needed");
    CHECK(f.identity.sign_in("lin", "wrong", "127.0.0.1", "test", code_now(f, lin)).fault().key == "account.wrong_credentials");
    const auto code = code_now(f, lin);
    f.sign_in("lin", first, code);
    CHECK(f.identity.sign_in("lin", first, "127.0.0.1", "test", code).fault().key == "account.wrong_code");
    SUBCASE("a recovery code, once, however it is typed") {
      std::string typed = codes[3];
      std::replace(typed.begin(), typed.end(), '-', ' ');
      f.sign_in("lin", first, typed);
      CHECK_FALSE(f.identity.sign_in("lin", first, "127.0.0.1", "test", codes[3]).ok());
      CHECK(f.database.read([&](db::Session& s) { return f.identity.count_recovery_codes(s, lin); }) == 9);
    }
    SUBCASE("guessing locks") {
      for (int i = 0; i < 4; ++i) CHECK(f.identity.sign_in("lin", first, "127.0.0.1", "test", "000000").fault().kind == FaultKind::unauthenticated);
      f.later(30);
      CHECK(f.identity.sign_in("lin", first, "127.0.0.1", "test", code_now(f, lin)).fault().kind == FaultKind::too_many);
    }
    SUBCASE("two who send the same code at once: one gets in") {
      f.later(30);
      const auto next = code_now(f, lin);
      std::atomic<int> in{0};
      std::thread one([&] { in += f.identity.sign_in("lin", first, "127.0.0.1", "test", next).ok() ? 1 : 0; });
      std::thread two([&] { in += f.identity.sign_in("lin", first, "127.0.0.1", "test", next).ok() ? 1 : 0; });
      one.join();
      two.join();
      CHECK(in == 1);
    }
    SUBCASE("new recovery codes void the old ones") {
      f.later(30);
      auto in = f.sign_in("lin", first, code_now(f, lin));
      CHECK(f.identity.renew_recovery_codes(in.actor, "000000").fault().fields[0].path == "code");
      f.later(30);
      const auto fresh = f.identity.renew_recovery_codes(in.actor, code_now(f, lin));
      REQUIRE(fresh.ok());
      CHECK_FALSE(f.identity.sign_in("lin", first, "127.0.0.1", "test", codes[0]).ok());
      f.sign_in("lin", first, (*fresh)[0]);
    }
    SUBCASE("a lost device is taken away by an administrator, with a reason") {
      auto in = f.sign_in("lin", first, codes[0]);
      CHECK(f.identity.remove_lost_authenticator(f.system, lin, "").fault().fields[0].path == "reason");
      CHECK(f.identity.remove_lost_authenticator(in.actor, lin, "遺失").fault().key == "second_step.not_ones_own");
      REQUIRE(f.identity.remove_lost_authenticator(f.system, lin, "手機遺失，已當面確認身分").ok());
      CHECK_FALSE(f.identity.identify(f.with_cookie(in.cookie_token)).ok());
      f.sign_in("lin");
      CHECK(f.identity.remove_lost_authenticator(f.system, lin, "再一次").fault().key == "second_step.none");
    }
    SUBCASE("its owner takes it away with the password") {
      auto in = f.sign_in("lin", first, codes[0]);
      REQUIRE(f.identity.remove_authenticator(in.actor, first).ok());
      f.sign_in("lin");
    }
  });
}

TEST_CASE("a second step that is required has days of grace, then a session does nothing but set it up") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.numbers.second_step = true;
    f.numbers.second_step_grace_days = 2;
    const auto lin = f.account("lin");
    CHECK(f.sign_in("lin").actor.grants.size() == 1);
    f.later(2 * 86'400);
    CHECK(f.sign_in("lin").actor.grants.size() == 1);
    f.later(86'400);
    auto in = f.sign_in("lin");
    CHECK(in.actor.grants.empty());
    REQUIRE(f.identity.begin_authenticator(in.actor).ok());
    CHECK(f.identity.confirm_authenticator(in.actor, first, "000000").fault().fields[0].path == "code");
    REQUIRE(f.identity.confirm_authenticator(in.actor, first, code_now(f, lin)).ok());
    const auto actor = f.identity.identify(f.with_cookie(in.cookie_token));
    REQUIRE(actor.ok());
    CHECK(actor->grants.size() == 1);
    CHECK(f.identity.remove_authenticator(*actor, first).fault().key == "second_step.required");
  });
}
