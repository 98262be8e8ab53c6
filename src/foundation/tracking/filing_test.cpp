#include "foundation/tracking/fixture_test.hpp"

#include <thread>

using namespace mandate;
using namespace mandate::tracking;
using namespace mandate::tracking::testing;

TEST_CASE("a cycle makes a duty for each item, which is done when its filing is submitted and open again when that is taken back") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    CHECK(f.p.form(f.officer(), id, day("2023-01-01")).fault().key == "tracking.not_owed");
    f.at("2023-02-01T01:00:00Z");
    f.at("2023-02-01T02:00:00Z");  // once more: nothing twice
    CHECK(f.count("SELECT COUNT(*) FROM duty WHERE source_kind = 'tracking_filing' AND state = 'open'") == 1);
    CHECK(f.count("SELECT COUNT(*) FROM tracking_owed") == 1);
    auto form = f.p.form(f.officer(), id, day("2023-01-01"));
    REQUIRE(form.ok());
    CHECK(form->phase == CyclePhase::open);
    CHECK(form->measures.at(0).planned_current == 10'00);
    CHECK(form->measures.at(0).state == ValueState::not_yet_due);
    CHECK_FALSE(form->measures.at(1).asked);  // not begun
    CHECK(f.p.form(f.stranger(), id, day("2023-01-01")).fault().kind == FaultKind::not_found);
    form = f.p.save(f.officer(), id, day("2023-01-01"), f.filing(5'00), 0, false);
    REQUIRE(form.ok());
    CHECK(form->state == FilingState::draft);
    CHECK(form->lag_kind == LagKind::before_start);
    CHECK(form->faults.size() == 6);  // the fields of the lag record
    CHECK(f.p.save(f.officer(), id, day("2023-01-01"), f.filing(6'00), 0, false).fault().kind == FaultKind::stale);
    CHECK(has(f.submit(f.officer(), id, "2023-01-01", f.filing(5'00)).fault(), "lag.cause", "tracking.lag_required"));
    form = f.submit(f.officer(), id, "2023-01-01", f.lagging(5'00));
    REQUIRE(form.ok());
    CHECK(form->state == FilingState::submitted);
    CHECK(form->late_days == 0);
    CHECK(form->measures.at(0).lag_current == 5'00);
    CHECK(f.count("SELECT COUNT(*) FROM duty WHERE source_kind = 'tracking_filing' AND state = 'done'") == 1);
    CHECK(f.count("SELECT COUNT(*) FROM tracking_lag WHERE superseded_at IS NULL") == 1);
    // Editing while it is open cancels the submission.
    form = f.p.save(f.officer(), id, day("2023-01-01"), f.filing(10'00), form->revision, false);
    REQUIRE(form.ok());
    CHECK(form->state == FilingState::draft);
    CHECK(f.count("SELECT COUNT(*) FROM duty WHERE source_kind = 'tracking_filing' AND state = 'open'") == 1);
    CHECK(f.count("SELECT COUNT(*) FROM tracking_standing") == 0);
  });
}

TEST_CASE("the lag record is there as long as the work lags, and goes when it no longer does") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-02-01T01:00:00Z");
    auto input = f.lagging(9'99);
    const auto first = f.p.view(f.officer(), id)->checkpoints[0].id;
    input.checkpoints = {{first, day("2023-01-31")}};
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", input).ok());
    CHECK(f.p.form(f.officer(), id, day("2023-01-01"))->lag->cause == "連日豪雨");
    input = f.filing(10'00);
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", input).ok());  // as planned: no lag to explain
    const auto form = f.p.form(f.officer(), id, day("2023-01-01"));
    CHECK_FALSE(form->lag);
    CHECK_FALSE(form->lag_kind);
    CHECK(f.count("SELECT COUNT(*) FROM tracking_lag WHERE superseded_at IS NULL") == 0);
    CHECK(f.count("SELECT COUNT(*) FROM tracking_lag") >= 1);  // what was once said is kept
  });
}

TEST_CASE("late days are stamped once, and only the controller disregards them") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    const auto other = f.controlled(f.item("第二件"));
    f.at("2023-02-07T15:00:00Z");  // eleven at night of the last day
    REQUIRE(f.submit(f.officer(), other, "2023-01-01", f.lagging(5'00)).ok());
    CHECK(f.p.form(f.officer(), other, day("2023-01-01"))->late_days == 0);
    f.at("2023-02-08T01:00:00Z");
    CHECK(f.p.form(f.officer(), id, day("2023-01-01"))->measures.at(0).state == ValueState::missing);
    CHECK(f.p.save(f.officer(), other, day("2023-01-01"), f.filing(6'00), 1, false).fault().key == "tracking.submitted");  // past its day
    f.at("2023-02-09T01:00:00Z");
    auto form = f.submit(f.officer(), id, "2023-01-01", f.lagging(5'00));
    REQUIRE(form.ok());
    CHECK(form->late_days == 2);
    REQUIRE(f.p.decide(f.liaison(), id, day("2023-01-01"), false, "請補照片", std::nullopt, form->revision).ok());
    CHECK(f.count("SELECT COUNT(*) FROM duty WHERE source_kind = 'tracking_filing' AND state = 'open'") == 1);
    f.at("2023-02-25T01:00:00Z");  // closed by now, but what was returned may come back
    form = f.submit(f.officer(), id, "2023-01-01", f.lagging(5'00));
    REQUIRE(form.ok());
    CHECK(form->late_days == 2);
    CHECK(f.p.waive_lateness(f.officer(), id, day("2023-01-01"), "系統異常").fault().kind == FaultKind::forbidden);
    REQUIRE(f.p.waive_lateness(f.controller(), id, day("2023-01-01"), "系統異常").ok());
    const auto cycles = f.p.list_cycles(f.controller(), "work");
    REQUIRE(cycles->rows.size() == 1);
    CHECK(cycles->rows[0].owed == 2);
    CHECK(cycles->rows[0].submitted == 2);
    CHECK(cycles->rows[0].late == 0);
    CHECK(f.p.waive_lateness(f.controller(), other, day("2023-01-01"), "x").fault().key == "tracking.not_late");
  });
}

TEST_CASE("a filing is accepted level by level, by nobody who filed it, and locks the level below") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-02-01T01:00:00Z");
    auto form = f.submit(f.liaison(), id, "2023-01-01", f.lagging(5'00));
    REQUIRE(form.ok());
    const Date period = day("2023-01-01");
    CHECK(f.p.decide(f.liaison(), id, period, true, "", std::nullopt, form->revision).fault().key == "tracking.own_filing");
    CHECK(f.p.decide(f.officer(), id, period, true, "", std::nullopt, form->revision).fault().kind == FaultKind::forbidden);
    const auto head = f.actor("agency_head", 5, 10);
    form = f.p.decide(head, id, period, true, "", Rating::at_risk, form->revision);
    REQUIRE(form.ok());
    CHECK(form->state == FilingState::submitted);
    CHECK(form->level == 1);
    CHECK(form->reviewer_rating == Rating::at_risk);
    CHECK(f.p.save(f.liaison(), id, period, f.filing(6'00), form->revision, false).fault().key == "tracking.reviewed");
    CHECK(f.p.decide(head, id, period, true, "", std::nullopt, form->revision).fault().kind == FaultKind::forbidden);  // the next level is the controller's
    form = f.p.decide(f.controller(), id, period, true, "", std::nullopt, form->revision);
    REQUIRE(form.ok());
    CHECK(form->state == FilingState::accepted);
    CHECK(f.p.save(f.liaison(), id, period, f.filing(6'00), form->revision, false).fault().key == "tracking.reviewed");
  });
}

TEST_CASE("a closed cycle is the controller's, a locked one nobody's but by an exception with reason and end") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    const Date period = day("2023-01-01");
    f.at("2023-02-03T01:00:00Z");
    const auto cycle = f.p.list_cycles(f.controller(), "work")->rows.at(0).id;
    CHECK(f.p.lock(f.controller(), cycle, true, "").fault().key == "tracking.still_open");
    f.at("2023-02-20T15:59:00Z");
    CHECK(f.p.form(f.officer(), id, period)->phase == CyclePhase::late);
    f.at("2023-02-20T16:00:00Z");  // midnight in Taipei
    CHECK(f.p.form(f.officer(), id, period)->phase == CyclePhase::closed);
    CHECK(f.submit(f.officer(), id, "2023-01-01", f.lagging(5'00)).fault().key == "tracking.closed");
    CHECK(f.p.form(f.officer(), id, period)->actions.empty());
    REQUIRE(f.submit(f.controller(), id, "2023-01-01", f.lagging(5'00)).ok());
    REQUIRE(f.p.lock(f.controller(), cycle, true, "").ok());
    CHECK(f.submit(f.controller(), id, "2023-01-01", f.lagging(6'00)).fault().key == "tracking.locked");
    ExceptionRecord e;
    e.kind = "work";
    e.period_on = period;
    e.agency_id = 20;
    e.reason = "資料更正";
    e.expires_at = f.clock.now().plus_seconds(86'400);
    REQUIRE(f.p.grant(f.controller(), e).ok());
    CHECK(f.submit(f.officer(), id, "2023-01-01", f.lagging(6'00)).fault().key == "tracking.locked");  // another agency's
    e.agency_id = 10;
    e.expires_at = f.clock.now();
    CHECK_FALSE(f.p.grant(f.controller(), e).ok());
    e.expires_at = f.clock.now().plus_seconds(86'400);
    REQUIRE(f.p.grant(f.controller(), e).ok());
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", f.lagging(6'00)).ok());
    f.at("2023-02-21T16:00:01Z");
    CHECK(f.submit(f.officer(), id, "2023-01-01", f.lagging(7'00)).fault().key == "tracking.locked");  // it has expired
    CHECK_FALSE(f.p.lock(f.controller(), cycle, false, "").ok());
    REQUIRE(f.p.lock(f.controller(), cycle, false, "補正").ok());
  });
}

TEST_CASE("lists and pages as known on a past day are what they were") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-02-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", f.lagging(4'00)).ok());
    f.at("2023-02-05T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", f.lagging(7'00)).ok());
    f.at("2023-03-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-02-01", f.lagging(8'00)).ok());
    const auto lag_on = [&](const char* on) {
      const auto list = f.p.list(f.controller(), {"work", {}, {}, {}, {}, {}, {}, {}, {}, {}, day(on)});
      REQUIRE(list.ok());
      return list->rows.empty() ? std::int64_t{-1} : list->rows[0].measures.empty() ? std::int64_t{0} : list->rows[0].measures[0].lag_current;
    };
    CHECK(lag_on("2023-01-09") == -1);
    CHECK(lag_on("2023-02-02") == 0);
    CHECK(lag_on("2023-02-04") == 6'00);
    CHECK(lag_on("2023-02-28") == 3'00);
    CHECK(lag_on("2023-03-03") == 12'00);
    const auto then = f.p.view(f.controller(), id, day("2023-02-04"));
    REQUIRE(then.ok());
    CHECK(then->periods.at(0).values.at(0).actual == 4'00);
    CHECK(then->actions.empty());
    CHECK(f.p.view(f.controller(), id, day("2023-01-09")).fault().kind == FaultKind::not_found);
    CHECK_FALSE(f.p.view(f.controller(), id, day("2023-03-04")).ok());
    const auto severe_on = [&](const char* on) { return f.p.list(f.controller(), {"work", ListView::severe, {}, {}, {}, {}, {}, {}, {}, {}, day(on)})->rows.size(); };
    CHECK(severe_on("2023-02-28") == 0);
    CHECK(severe_on("2023-03-03") == 1);
    CHECK(f.p.list(f.controller(), {"work", ListView::severe, {}, {}, {}, {}, {}, {}, {}, {}, {}})->rows.size() == 1);
    CHECK(f.p.view(f.controller(), id)->item.lag_run == 2);
  });
}

TEST_CASE("a severe lag is exactly at its threshold or above it, in lists too") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto below = f.controlled(f.item("低於"));
    const auto at = f.controlled(f.item("等於"));
    const auto above = f.controlled(f.item("高於"));
    f.at("2023-03-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), below, "2023-02-01", f.lagging(10'01)).ok());
    REQUIRE(f.submit(f.officer(), at, "2023-02-01", f.lagging(10'00)).ok());
    REQUIRE(f.submit(f.officer(), above, "2023-02-01", f.lagging(9'99)).ok());
    const auto list = f.p.list(f.controller(), {"work", ListView::severe, {}, {}, {}, {}, {}, "lag", {}, {}, {}});
    REQUIRE(list->rows.size() == 2);
    CHECK(list->rows[0].title == "高於");
    CHECK(list->rows[1].title == "等於");
    CHECK(f.p.list(f.stranger(), {"work", {}, {}, {}, {}, {}, {}, {}, {}, {}, {}})->rows.empty());
    // Pages of one row each give every row once.
    std::vector<std::string> titles;
    std::optional<std::string> cursor;
    do {
      const auto page = f.p.list(f.controller(), {"work", {}, {}, {}, {}, {}, {}, "lag", cursor, 1, {}});
      titles.push_back(page->rows.at(0).title);
      cursor = page->next;
    } while (cursor);
    CHECK(titles == std::vector<std::string>{"高於", "等於", "低於"});
    f.at("2023-03-20T01:00:00Z");
    CHECK(f.p.list(f.controller(), {"work", ListView::missing, {}, {}, {}, {}, day("2023-01-01"), {}, {}, {}, {}})->rows.size() == 3);
    CHECK(f.p.list(f.controller(), {"work", ListView::missing, {}, {}, {}, {}, day("2023-02-01"), {}, {}, {}, {}})->rows.empty());
  });
}

TEST_CASE("the narrative of the last period stands beside this one with how alike they are") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-02-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", f.lagging(5'00, "本月完成基樁施工，因連日豪雨停工五日，預計下月趕工。")).ok());
    f.at("2023-03-03T01:00:00Z");
    auto form = f.p.save(f.officer(), id, day("2023-02-01"), f.filing(6'00, "本月完成基樁施工，因連日豪雨停工五日，預計下月趕工。"), 0, false);
    REQUIRE(form.ok());
    CHECK(form->before_period == day("2023-01-01"));
    CHECK(form->similarity == 100'00);
    CHECK(form->looks_copied);
    REQUIRE(form->before_lag);
    CHECK(form->before_lag->cause == "連日豪雨");
    form = f.p.save(f.officer(), id, day("2023-02-01"), f.filing(6'00, "橋墩澆置完成三座，鋼筋已進場。"), 1, false);
    CHECK_FALSE(form->looks_copied);
  });
}

TEST_CASE("two officers submit one filing at once: one of them is told that somebody was first") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-02-03T01:00:00Z");
    std::atomic<int> won{0};
    std::atomic<int> stale{0};
    const auto file = [&](const Actor& who) {
      const auto form = f.p.save(who, id, day("2023-01-01"), f.lagging(5'00), 0, true);
      won += form.ok() ? 1 : 0;
      stale += !form.ok() && form.fault().kind == FaultKind::stale ? 1 : 0;
    };
    std::thread a([&, who = f.officer()] { file(who); });
    std::thread b([&, who = f.liaison()] { file(who); });
    a.join();
    b.join();
    CHECK(won == 1);
    CHECK(stale == 1);
    CHECK(f.count("SELECT COUNT(*) FROM tracking_filing") == 1);
  });
}

TEST_CASE("a tier is data: how often is filed and who reviews changes from a day on") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    TierRecord tier{"work", "city", "市級列管", "City", PeriodType::quarter, "controller", "會報", day("2023-02-01"), "unsourced", {}, 0};
    CHECK_FALSE(f.p.put_tier(f.controller(), {"work", "city", "市級列管", "City", PeriodType::quarter, "controller", "會報", day("2023-01-09"), "unsourced", {}, 0}).ok());
    REQUIRE(f.p.put_tier(f.controller(), tier).ok());
    const auto id = f.controlled();
    f.at("2023-02-03T01:00:00Z");
    CHECK(f.count("SELECT COUNT(*) FROM tracking_owed") == 0);  // quarterly by now: January is no period
    f.at("2023-04-03T01:00:00Z");
    const auto form = f.p.form(f.officer(), id, day("2023-01-01"));
    REQUIRE(form.ok());
    CHECK(form->label == "112Q1");
    CHECK(form->reviewers == std::vector<ReviewLevel>{ReviewLevel::controller});
    const auto tiers = f.p.list_tiers();
    CHECK(std::count_if(tiers->rows.begin(), tiers->rows.end(), [](const auto& t) { return t.kind == "work" && t.code == "city" && t.in_force; }) == 1);
  });
}
