#include "foundation/identity/review.hpp"

#include "foundation/identity/fixture_test.hpp"

#include <thread>

using namespace mandate;
using namespace mandate::identity;
using namespace mandate::identity::testing;

namespace {

const Instant now = *Instant::parse("2023-03-07T01:00:00Z");
Instant days_ago(int days) { return now.plus_seconds(-86'400LL * days); }

std::string reasons(const ReviewFacts& facts) { return reasons_text(findings_of(facts, ReviewPolicy{}, now, subtree)); }

}  // namespace

TEST_CASE("what makes an account one to look at again, at below and above each number") {
  CHECK(reasons({days_ago(400), days_ago(89), {{"executive", 0, 0}}, false, {}}) == "");
  CHECK(reasons({days_ago(400), days_ago(90), {{"executive", 0, 0}}, false, {}}) == "idle:90");
  CHECK(reasons({days_ago(29), std::nullopt, {{"executive", 0, 0}}, false, {}}) == "");
  CHECK(reasons({days_ago(30), std::nullopt, {{"executive", 0, 0}}, false, {}}) == "never_used:30");
  CHECK(reasons({days_ago(1), days_ago(1), {{"handler", 1, 0}, {"handler", 2, 0}}, false, {}}) == "");
  CHECK(reasons({days_ago(1), days_ago(1), {{"handler", 1, 0}, {"handler", 2, 0}, {"handler", 3, 0}}, false, {}}) == "many_agencies:3");
  CHECK(reasons({days_ago(1), days_ago(1), {{"system_admin", 0, 0}, {"rdec_controller", 0, 0}}, false, {}}) == "conflict:system_admin+rdec_controller");
  CHECK(reasons({days_ago(1), days_ago(1), {{"rdec_head", 0, 0}, {"auditor", 0, 0}}, false, {}}) == "conflict:auditor+rdec_head");
  CHECK(reasons({days_ago(1), days_ago(1), {{"system_admin", 0, 0}, {"auditor", 0, 0}}, false, {}}) == "conflict:auditor+system_admin");
  CHECK(reasons({days_ago(1), days_ago(1), {{"system_admin", 0, 0}, {"executive", 0, 0}}, false, {}}) == "");
}

TEST_CASE("who left the agency: no post any more, or none where the role is") {
  CHECK(reasons({days_ago(1), days_ago(1), {{"handler", 10, 0}}, true, {10}}) == "");
  CHECK(reasons({days_ago(1), days_ago(1), {{"agency_head", 10, 0}}, true, {11}}) == "");  // below that agency
  CHECK(reasons({days_ago(1), days_ago(1), {{"handler", 10, 0}}, true, {20}}) == "elsewhere:10");
  CHECK(reasons({days_ago(1), days_ago(1), {{"handler", 10, 0}}, true, {}}) == "left:");
  CHECK(reasons({days_ago(1), days_ago(1), {}, true, {}}) == "");  // no role: nothing to take
  CHECK(reasons({days_ago(1), days_ago(1), {{"executive", 0, 0}}, true, {20}}) == "");
}

TEST_CASE("what was kept comes back only with something new") {
  const auto idle = reasons_from_text("idle:90");
  CHECK(nothing_new(reasons_from_text("idle:140"), idle));
  CHECK_FALSE(nothing_new(reasons_from_text("idle:140;left:"), idle));
  CHECK_FALSE(nothing_new(reasons_from_text("many_agencies:4"), reasons_from_text("many_agencies:3")));
  CHECK(nothing_new({}, idle));
}

TEST_CASE("the explanation says what the deciding functions say, of every role and permission") {
  const RecordFacts record{10, 100, "plan", Confidentiality::internal, 1000};
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto role) {
    for (const auto& permission : all_permissions()) {
      Holdings holdings{"王", true, {{role.name, 20, 200}}, {{7, "李", {{role.name, 10, 100}}, {1000}, false}}};
      Actor actor;
      actor.grants = holdings.grants;
      actor.stands_in_for = holdings.stands_in_for;
      const auto told = explain(holdings, permission, "duty", record, subtree);
      INFO(role.name << " " << permission);
      CHECK(told.may == may(actor, permission));
      CHECK(told.reaches == reaches(scope_of(actor, permission, "duty", subtree), record));
      bool any = false;
      for (const auto& one : told.grants) any = any || one.reaches.value_or(false);
      CHECK(any == told.reaches);
      holdings.active = false;
      CHECK_FALSE(explain(holdings, permission, "duty", record, subtree).allowed);
    }
  });
  const auto told = explain({"王", true, {{"handler", 10, 101}}, {}}, "duty.read", "duty", record, subtree);
  REQUIRE(told.grants.size() == 1);
  CHECK(told.grants[0].outside == Outside::unit);
}

TEST_CASE("a round writes down what was found, is decided one by one, and closes when all is decided") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    AccountReviews reviews(f.identity, subtree, [] { return ReviewPolicy{}; });
    f.account("admin", "system_admin");
    f.sign_in("admin");
    const auto both = f.account("both");
    REQUIRE(f.identity.set_grants(f.system, both, {{"auditor", 0, 0}, {"rdec_head", 0, 0}}).ok());
    const auto unused = f.account("unused");
    const auto kept = f.account("kept");
    f.later(40LL * 86'400);
    f.sign_in("both");
    CHECK(reviews.count_found(f.clock.now()) == 3);
    const auto id = reviews.start(f.system);
    REQUIRE(id.ok());
    CHECK(reviews.start(f.system).fault().key == "review.open_already");
    const auto items = reviews.items(*id, std::nullopt, "", 10);
    REQUIRE(items.size() == 3);
    CHECK(items[0].reasons == "conflict:auditor+rdec_head");
    CHECK(items[2].reasons == "never_used:40");
    CHECK(reviews.decide(f.system, *id, unused, {Decision::disable, {}, {}, ""}).fault().fields[0].path == "note");
    CHECK(reviews.decide(f.system, *id, AccountId{1}, {Decision::disable, {}, {}, "x"}).fault().key == "review.no_item");
    CHECK(reviews.close(f.system, *id, "").fault().key == "review.undecided");
    REQUIRE(reviews.decide(f.system, *id, unused, {Decision::disable, {}, {}, "未到職"}).ok());
    CHECK_FALSE(f.identity.sign_in("unused", "Correct-horse-9", "127.0.0.1", "test").ok());
    CHECK(reviews.decide(f.system, *id, unused, {Decision::disable, {}, {}, "再一次"}).fault().key == "review.decided");
    CHECK(reviews.decide(f.system, *id, both, {Decision::take_role, {"handler", 0, 0}, {}, "職責分離"}).fault().fields[0].path == "role");
    REQUIRE(reviews.decide(f.system, *id, both, {Decision::take_role, {"auditor", 0, 0}, {}, "職責分離"}).ok());
    CHECK(f.sign_in("both").actor.grants.size() == 1);
    const Date today = f.clock.today();
    CHECK(reviews.decide(f.system, *id, kept, {Decision::keep, {}, today, "留職停薪"}).fault().fields[0].path == "keep_until");
    CHECK(reviews.decide(f.system, *id, kept, {Decision::keep, {}, today.plus_days(181), "留職停薪"}).fault().fields[0].path == "keep_until");
    REQUIRE(reviews.decide(f.system, *id, kept, {Decision::keep, {}, today.plus_days(180), "留職停薪"}).ok());
    REQUIRE(reviews.close(f.system, *id, "完成").ok());
    CHECK(reviews.close(f.system, *id, "完成").fault().key == "review.closed");
    CHECK(reviews.find(*id).value().undecided == 0);
    CHECK(reviews.count_found(f.clock.now()) == 0);
    CHECK(reviews.start(f.system).fault().key == "review.nothing_found");
    f.later(181LL * 86'400);
    f.sign_in("admin");
    f.sign_in("both");
    CHECK(reviews.count_found(f.clock.now()) == 1);  // the time of keeping is over
  });
}

TEST_CASE("two administrators begin a round at once: one round is open") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    AccountReviews reviews(f.identity, subtree, [] { return ReviewPolicy{}; });
    f.account("unused");
    f.later(40LL * 86'400);
    std::atomic<int> begun{0};
    std::thread one([&] { begun += reviews.start(f.system).ok() ? 1 : 0; });
    std::thread two([&] { begun += reviews.start(f.system).ok() ? 1 : 0; });
    one.join();
    two.join();
    CHECK(begun == 1);
  });
}
