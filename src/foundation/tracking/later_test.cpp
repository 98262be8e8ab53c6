#include "foundation/tracking/fixture_test.hpp"

using namespace mandate;
using namespace mandate::tracking;
using namespace mandate::tracking::testing;

TEST_CASE("an item leaves control with its reason, its evidence and its outcome against the first baseline") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-02-09T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", f.lagging(5'00)).ok());  // two days late
    auto view = f.p.view(f.controller(), id);
    BaselineInput later{"府授研管字第2號", "展延", 20, std::nullopt, {{"construction", day("2023-03-01"), {50'00, 100'00}, std::nullopt, std::nullopt}}};
    REQUIRE(f.p.add_baseline(f.controller(), id, later, view->revision).ok());
    f.at("2023-08-03T01:00:00Z");
    auto input = f.filing(100'00);
    const char* dates[] = {"2023-01-31", "2023-02-28", "2023-04-30", "2023-07-15", "2023-07-15"};
    for (std::size_t i = 0; i < 5; ++i) input.checkpoints.push_back({view->checkpoints[i].id, day(dates[i])});
    REQUIRE(f.submit(f.officer(), id, "2023-07-01", input).ok());
    REQUIRE(f.p.ask_closing(f.officer(), id, "完工驗收完成").ok());
    CHECK(f.p.decide_closing(f.controller(), id, true, " ").fault().fields.at(0).path == "note");  // no evidence, no release
    view = f.p.decide_closing(f.controller(), id, true, "驗收證明書、結算書");
    REQUIRE(view.ok());
    REQUIRE(view->release);
    const auto& r = *view->release;
    CHECK(r.reason == ReleaseReason::completed);
    CHECK(r.evidence == "驗收證明書、結算書");
    CHECK(r.planned_first == day("2023-06-30"));
    CHECK(r.finished_on == day("2023-07-15"));
    CHECK(r.days_first == 15);
    CHECK(r.baselines == 2);
    CHECK(r.granted_days == 20);
    CHECK(r.actual == 100'00);
    CHECK(r.late_filings == 1);
    CHECK(f.count("SELECT COUNT(*) FROM duty WHERE source_kind = 'tracking_filing' AND state = 'open'") == 0);
    CHECK_FALSE(f.p.view(f.controller(), id, day("2023-08-02"))->release);  // as known the day before
  });
}

TEST_CASE("what was approved is changed by a request that the controller approves, and by nobody who asked") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    RequestInput schedule;
    schedule.kind = RequestKind::schedule;
    schedule.reason = "用地取得延遲";
    CHECK(f.p.ask(f.officer(), id, schedule).fault().fields.at(0).key == "tracking.nothing_asked");
    schedule.curves = {{"overall", day("2023-01-01"), {50'00, 40'00}, std::nullopt, std::nullopt}};
    CHECK_FALSE(f.p.ask(f.officer(), id, schedule).ok());  // a plan that could not be approved
    schedule.curves = {{"overall", day("2023-01-01"), {5'00, 10'00, 20'00, 40'00, 70'00, 90'00, 100'00}, std::nullopt, std::nullopt}};
    CHECK(f.p.ask(f.stranger(), id, schedule).fault().kind == FaultKind::not_found);
    auto view = f.p.ask(f.officer(), id, schedule);
    REQUIRE(view.ok());
    REQUIRE(view->requests.size() == 1);
    CHECK_FALSE(view->requests[0].late);
    CHECK(f.p.ask(f.officer(), id, schedule).fault().key == "tracking.request_pending");
    const auto request = view->requests[0].id;
    CHECK(f.p.decide_request(f.liaison(), request, {true, "", "第2號", 30}).fault().kind == FaultKind::forbidden);
    CHECK_FALSE(f.p.decide_request(f.controller(), request, {true, "", "", 30}).ok());  // a baseline has an approval number
    view = f.p.decide_request(f.controller(), request, {true, "同意", "第2號", 30});
    REQUIRE(view.ok());
    REQUIRE(view->baselines.size() == 2);
    CHECK(view->baselines[1].granted_days == 30);
    CHECK(view->baselines[0].curves[0].planned.size() == 6);
    CHECK(f.p.decide_request(f.controller(), request, {true, "", "第3號", 30}).fault().key == "tracking.request_decided");
    // Data.
    RequestInput data;
    data.kind = RequestKind::data;
    data.reason = "案名誤植";
    data.title = "正確案名";
    view = f.p.ask(f.controller(), id, data);
    CHECK(f.p.decide_request(f.controller(), view->requests[0].id, {true, "", "", 0}).fault().key == "tracking.own_request");
    view = f.p.decide_request(f.actor("rdec_head", 9), view->requests[0].id, {true, "", "", 0});
    CHECK(view->item.title == "正確案名");
    // Asked for after the planned end: it counts in the final evaluation.
    f.at("2023-07-01T01:00:00Z");
    view = f.p.ask(f.officer(), id, schedule);
    CHECK(view->requests[0].late);
    REQUIRE(f.p.decide_request(f.controller(), view->requests[0].id, {false, "已逾期", "", 0}).ok());
    // An end without completion is a release as well.
    RequestInput cancel;
    cancel.kind = RequestKind::cancel;
    cancel.reason = "計畫取消，補助款已繳回";
    cancel.release_reason = ReleaseReason::given_up;
    view = f.p.ask(f.officer(), id, cancel);
    view = f.p.decide_request(f.controller(), view->requests[0].id, {true, "同意撤銷", "", 0});
    REQUIRE(view.ok());
    CHECK(view->item.state == ItemState::cancelled);
    REQUIRE(view->release);
    CHECK(view->release->reason == ReleaseReason::given_up);
    CHECK(view->release->days_first == 1);
  });
}

TEST_CASE("three ratings stand beside each other, and where they differ is a list") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    const auto agreed = f.controlled(f.item("一致"));
    f.at("2023-02-03T01:00:00Z");
    auto input = f.lagging(5'00);
    input.own_rating = Rating::on_track;
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", input).ok());
    input.own_rating = Rating::behind;
    REQUIRE(f.submit(f.officer(), agreed, "2023-01-01", input).ok());
    const auto list = f.p.list_disagreements(f.controller(), "work", day("2023-01-01"), {}, 50);
    REQUIRE(list.ok());
    REQUIRE(list->rows.size() == 1);
    CHECK(list->rows[0].item_id == id);
    CHECK(list->rows[0].own == Rating::on_track);
    CHECK(list->rows[0].computed == Rating::behind);
    CHECK(f.p.list_disagreements(f.stranger(), "work", day("2023-01-01"), {}, 50)->rows.empty());
    auto form = f.p.form(f.liaison(), agreed, day("2023-01-01"));
    REQUIRE(f.p.decide(f.liaison(), agreed, day("2023-01-01"), true, "", Rating::severe, form->revision).ok());
    CHECK(f.p.list_disagreements(f.controller(), "work", day("2023-01-01"), {}, 50)->rows.size() == 2);
    CHECK(f.p.list_disagreements(f.controller(), "work", day("2023-01-01"), {}, 1)->next);
  });
}

TEST_CASE("an item that heads for a severe lag is warned of, and the warning is measured when it has come true") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-02-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-01-01", f.lagging(9'00)).ok());  // 1 point
    CHECK(f.p.view(f.controller(), id)->warnings.size() == 1);               // its first checkpoint is not done, and the next is due in 28 days
    f.at("2023-03-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-02-01", f.lagging(14'00)).ok());  // 6 points: 11 next
    const auto view = f.p.view(f.controller(), id);
    const auto has_rule = [&](WarningRule rule) { return std::any_of(view->warnings.begin(), view->warnings.end(), [&](const auto& w) { return w.rule == rule; }); };
    CHECK(has_rule(WarningRule::heading));
    CHECK_FALSE(has_rule(WarningRule::worsening));  // worse once
    f.at("2023-04-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-03-01", f.lagging(20'00)).ok());  // 20 points
    CHECK(f.p.view(f.controller(), id)->item.computed == Rating::severe);
    const auto quality = f.p.warning_quality("work");
    REQUIRE(quality.ok());
    CHECK(quality->rows.at(0).rule == "all");
    CHECK(quality->rows[0].score.hits == 1);
    CHECK(quality->rows[0].score.lead_sum == 2);
    CHECK(quality->rows[0].score.missed == 0);
    CHECK(f.p.view(f.controller(), id, day("2023-03-02"))->warnings.size() == 1);  // as known then
  });
}

TEST_CASE("an item's page says when it would be done, and that too few works are closed to say how sure that is") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    CHECK_FALSE(f.p.view(f.controller(), id)->forecast);
    f.at("2023-03-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-02-01", f.lagging(10'00)).ok());  // half of what was planned, in twice the time
    const auto forecast = f.p.view(f.controller(), id)->forecast;
    REQUIRE(forecast);
    CHECK(forecast->method == "pace_so_far");
    CHECK(forecast->finish == day("2023-12-01"));  // twelve months instead of six
    CHECK_FALSE(forecast->low);
    CHECK(forecast->works == 0);
    CHECK(forecast->works_min == 30);
  });
}
