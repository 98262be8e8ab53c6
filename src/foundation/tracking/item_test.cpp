#include "foundation/tracking/fixture_test.hpp"

using namespace mandate;
using namespace mandate::tracking;
using namespace mandate::tracking::testing;

TEST_CASE("a set-up is written by the agency, approved by the controller, and becomes the first baseline") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = *f.tracking.create(f.officer(), f.item());
    CHECK(f.p.submit_set_up(f.officer(), id).fault().fields.at(0).key == "tracking.no_checkpoints");
    auto bad = f.checkpoints();
    bad[0].weight_bp = 11'00;
    CHECK(has(f.p.set_checkpoints(f.officer(), id, bad, 1).fault(), "checkpoints", "tracking.weights"));
    REQUIRE(f.p.set_checkpoints(f.officer(), id, f.checkpoints(), 1).ok());
    CHECK(f.p.set_checkpoints(f.officer(), id, f.checkpoints(), 1).fault().kind == FaultKind::stale);  // somebody was first
    CHECK(f.p.submit_set_up(f.officer(), id).fault().fields.at(0).key == "tracking.curve_required");
    REQUIRE(f.p.set_curves(f.officer(), id, f.curves(), 2).ok());
    CHECK(f.p.view(f.stranger(), id).fault().kind == FaultKind::not_found);
    REQUIRE(f.p.submit_set_up(f.officer(), id).ok());
    CHECK(f.p.submit_set_up(f.officer(), id).fault().key == "tracking.not_from_here");
    CHECK(f.p.decide_set_up(f.officer(), id, true, "", "").fault().kind == FaultKind::forbidden);
    CHECK_FALSE(f.p.decide_set_up(f.controller(), id, false, "", "").ok());  // a return needs its reason
    REQUIRE(f.p.decide_set_up(f.controller(), id, false, "請補權重說明", "").ok());
    REQUIRE(f.p.submit_set_up(f.officer(), id).ok());
    const auto view = f.p.decide_set_up(f.controller(), id, true, "", "府授研管字第1號");
    REQUIRE(view.ok());
    CHECK(view->item.state == ItemState::executing);
    REQUIRE(view->baselines.size() == 1);
    CHECK(view->baselines[0].approval_number == "府授研管字第1號");
    CHECK(view->baselines[0].finishes_on == day("2023-06-30"));
    CHECK(view->draft.empty());
    CHECK(f.p.set_curves(f.officer(), id, f.curves(), view->revision).fault().key == "tracking.not_in_set_up");
  });
}

TEST_CASE("a further baseline leaves the earlier ones as they were, and lag is told against the first and the current one") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-04-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-03-01", f.lagging(20'00)).ok());
    auto row = f.p.view(f.controller(), id)->item;
    REQUIRE(row.measures.size() == 1);
    CHECK(row.measures[0].lag_first == 20'00);
    CHECK(row.measures[0].lag_current == 20'00);
    CHECK(row.measures[0].months_current == 1'00);  // what is done was wanted at the end of February
    CHECK(row.measures[0].severe);
    const auto before = f.p.view(f.controller(), id);
    BaselineInput later{"府授研管字第2號", "第一次變更設計", 31, std::nullopt, {{"overall", day("2023-01-01"), {10'00, 15'00, 22'00, 40'00, 80'00, 95'00, 100'00}, std::nullopt, std::nullopt}}};
    CHECK(f.p.add_baseline(f.liaison(), id, later, before->revision).fault().kind == FaultKind::forbidden);
    CHECK(f.p.add_baseline(f.controller(), id, later, before->revision - 1).fault().kind == FaultKind::stale);
    REQUIRE(f.p.add_baseline(f.controller(), id, later, before->revision).ok());
    const auto view = f.p.view(f.controller(), id);
    REQUIRE(view->baselines.size() == 2);
    CHECK(view->baselines[0].curves.at(0).planned.size() == 6);
    CHECK(view->baselines[1].granted_days == 31);
    row = view->item;
    CHECK(row.measures[0].lag_first == 20'00);
    CHECK(row.measures[0].lag_current == 2'00);  // the newest period is weighed anew while it is open
    CHECK_FALSE(row.measures[0].severe);
    f.at("2023-05-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), id, "2023-04-01", f.lagging(41'00)).ok());  // its checkpoints are overdue
    const auto list = f.p.list(f.controller(), {"work", ListView::open, {}, {}, {}, {}, {}, "lag", {}, {}, {}});
    REQUIRE(list.ok());
    REQUIRE(list->rows.size() == 1);
    CHECK(list->rows[0].measures[0].lag_first == 39'00);
    CHECK(list->rows[0].measures[0].lag_current == -1'00);
    CHECK(list->rows[0].lag_kind == LagKind::before_start);
  });
}

TEST_CASE("a plan that was made from dates alone is not graded by, and says so") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = *f.tracking.create(f.officer(), f.item());
    REQUIRE(f.p.set_checkpoints(f.officer(), id, f.checkpoints(), 1).ok());
    CHECK(has(f.p.set_curves(f.officer(), id, {{"overall", std::nullopt, {}, day("2023-06-30"), day("2023-06-30")}}, 2).fault(), "curves[0].finishes_on", "tracking.starts_after_finish"));
    REQUIRE(f.p.set_curves(f.officer(), id, {{"overall", std::nullopt, {}, day("2023-01-01"), day("2023-06-30")}}, 2).ok());
    REQUIRE(f.p.submit_set_up(f.officer(), id).ok());
    REQUIRE(f.p.decide_set_up(f.controller(), id, true, "", "").ok());
    f.at("2023-05-03T01:00:00Z");
    auto input = f.filing(1'00);
    const auto form = f.submit(f.officer(), id, "2023-04-01", input);
    // The first checkpoint is overdue whatever the curve is: that is a lag of its own.
    REQUIRE_FALSE(form.ok());
    const auto view = f.p.view(f.officer(), id);
    CHECK(view->baselines.at(0).generated);
    input = f.lagging(1'00);
    REQUIRE(f.submit(f.officer(), id, "2023-04-01", input).ok());
    const auto row = f.p.view(f.officer(), id)->item;
    CHECK_FALSE(row.measures.at(0).graded);
    CHECK_FALSE(row.measures.at(0).severe);
    CHECK(row.measures.at(0).lag_current > 10'00);
    const auto severe = f.p.list(f.controller(), {"work", ListView::severe, {}, {}, {}, {}, {}, {}, {}, {}, {}});
    CHECK(severe->rows.empty());
  });
}

TEST_CASE("the parts of an item are closed by the controller only, and the item with the last of them") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    auto n = f.item("請市政府研議辦理");
    n.kind = "resolution";
    const auto id = *f.tracking.create(f.controller(), n);
    REQUIRE(f.p.set_checkpoints(f.controller(), id, {{std::nullopt, "答復", 100'00, std::nullopt, day("2023-03-31"), std::nullopt, std::nullopt}}, 1).ok());
    REQUIRE(f.p.set_curves(f.controller(), id, {{"overall", day("2023-01-01"), {100'00}, std::nullopt, std::nullopt}}, 2).ok());
    REQUIRE(f.p.submit_set_up(f.controller(), id).ok());
    REQUIRE(f.p.decide_set_up(f.controller(), id, true, "", "").ok());
    PartRecord part;
    part.title = "評估可行性";
    part.agency_id = 10;
    part.due_on = day("2023-02-20");
    CHECK(f.p.add_part(f.officer(), id, part).fault().kind == FaultKind::forbidden);
    REQUIRE(f.p.add_part(f.controller(), id, part).ok());
    part.agency_id = 20;
    const auto two = f.p.add_part(f.controller(), id, part);
    REQUIRE(two->parts.size() == 2);
    CHECK(f.count("SELECT COUNT(*) FROM duty WHERE source_kind = 'tracking_part' AND state = 'open'") == 2);
    const auto first = two->parts[0].id;
    const auto second = two->parts[1].id;
    CHECK(f.p.decide_part(f.controller(), first, true, "", 1).fault().key == "tracking.not_from_here");  // nobody asked
    CHECK(f.p.ask_part(f.officer(), second, "已辦", 1).fault().kind == FaultKind::forbidden);             // another agency's
    REQUIRE(f.p.ask_part(f.officer(), first, "已函復議會", 1).ok());
    CHECK(f.p.decide_part(f.officer(), first, true, "", 2).fault().kind == FaultKind::forbidden);
    REQUIRE(f.p.decide_part(f.controller(), first, false, "請附函文", 2).ok());
    REQUIRE(f.p.ask_part(f.officer(), first, "已函復議會（附函）", 3).ok());
    REQUIRE(f.p.decide_part(f.controller(), first, true, "同意", 4).ok());
    CHECK(f.count("SELECT COUNT(*) FROM duty WHERE source_kind = 'tracking_part' AND state = 'done'") == 1);
    CHECK(f.p.view(f.controller(), id)->item.state == ItemState::executing);
    REQUIRE(f.p.ask_part(f.controller(), second, "已辦", 1).ok());
    REQUIRE(f.p.decide_part(f.controller(), second, true, "同意", 2).ok());
    CHECK(f.p.view(f.controller(), id)->item.state == ItemState::closed);
  });
}

TEST_CASE("a parent rolls up what its children reported and says how much of the weight that is") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto parent = *f.tracking.create(f.officer(), f.item("上層計畫"));
    auto child = f.item("子案一");
    child.parent_id = parent;
    child.weight_bp = 60'00;
    const auto one = f.controlled(child);
    child.title = "子案二";
    child.weight_bp = 41'00;
    CHECK(has(f.tracking.create(f.officer(), child).fault(), "weight_bp", "tracking.weights_over"));
    child.weight_bp = 40'00;
    f.controlled(child);
    CHECK(f.p.edit(f.officer(), parent, {"上層計畫", 10, 0, 0, "", "", one, 0}, 1).fault().fields.at(0).key == "tracking.own_parent");
    f.at("2023-02-03T01:00:00Z");
    REQUIRE(f.submit(f.officer(), one, "2023-01-01", f.lagging(10'00)).ok());
    const auto view = f.p.view(f.officer(), parent);
    REQUIRE(view->roll_up);
    CHECK(view->roll_up->actual == 10'00);
    CHECK(view->roll_up->coverage == 60'00);
    CHECK(view->roll_up->reported == 1);
    CHECK(view->roll_up->children == 2);
    CHECK(view->children.size() == 2);
  });
}

TEST_CASE("an item cannot be closed before its last checkpoint is done") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.controlled();
    f.at("2023-07-03T01:00:00Z");
    CHECK(f.p.ask_closing(f.officer(), id, "辦理完成").fault().key == "tracking.last_not_done");
    auto input = f.filing(100'00);
    const auto view = f.p.view(f.officer(), id);
    const char* dates[] = {"2023-01-31", "2023-02-28", "2023-04-30", "2023-06-15"};
    for (int i = 0; i < 4; ++i) input.checkpoints.push_back({view->checkpoints[static_cast<std::size_t>(i)].id, day(dates[i])});
    // Construction has begun and has no approved plan: the contractor's schedule has to come first.
    CHECK(has(f.submit(f.officer(), id, "2023-06-01", input).fault(), "actuals.construction", "tracking.no_curve"));
    BaselineInput schedule{"府授研管字第3號", "施工預定進度", 0, std::nullopt, {{"construction", day("2023-03-01"), {50'00, 100'00}, std::nullopt, std::nullopt}}};
    REQUIRE(f.p.add_baseline(f.controller(), id, schedule, view->revision).ok());
    REQUIRE(f.submit(f.officer(), id, "2023-06-01", input).ok());
    CHECK(f.flags_told.size() >= 3);
    const auto filed = f.p.view(f.officer(), id);
    CHECK(filed->checkpoints[4].actual_finish == day("2023-06-15"));  // with the acceptance
    REQUIRE(filed->item.measures.size() == 2);
    CHECK(filed->item.measures[1].actual == 100'00);  // completion says it
    CHECK(f.p.decide_closing(f.controller(), id, true, "驗收證明書").fault().key == "tracking.not_from_here");
    REQUIRE(f.p.ask_closing(f.officer(), id, "辦理完成").ok());
    CHECK(f.p.decide_closing(f.liaison(), id, true, "驗收證明書").fault().kind == FaultKind::forbidden);
    REQUIRE(f.p.decide_closing(f.controller(), id, true, "驗收證明書").ok());
    CHECK(f.p.view(f.officer(), id)->item.state == ItemState::closed);
    f.at("2023-08-03T01:00:00Z");
    CHECK(f.p.form(f.officer(), id, day("2023-07-01")).fault().key == "tracking.not_owed");
  });
}
