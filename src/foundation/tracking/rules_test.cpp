#include "foundation/tracking/filing_rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::tracking;

namespace {

Date day(const char* iso) { return *Date::parse(iso); }

CheckpointRecord checkpoint(std::int64_t id, const char* finish, std::int64_t weight, CheckpointFlag flag = CheckpointFlag::none, const char* actual = nullptr) {
  CheckpointRecord out;
  out.id = CheckpointId{id};
  out.place = id;
  out.name = "c" + std::to_string(id);
  out.weight_bp = weight;
  out.planned_finish = day(finish);
  out.flag = flag;
  if (actual != nullptr) {
    out.actual_finish = day(actual);
    out.actual_filed_at = *Instant::parse("2023-03-05T01:00:00Z");
  }
  return out;
}

std::vector<CheckpointRecord> works() {
  return {checkpoint(1, "2023-01-31", 10'00), checkpoint(2, "2023-03-01", 10'00, CheckpointFlag::start), checkpoint(3, "2023-08-31", 60'00, CheckpointFlag::completion),
          checkpoint(4, "2023-10-31", 15'00, CheckpointFlag::acceptance), checkpoint(5, "2023-12-31", 5'00)};
}

bool has(const std::vector<FieldFault>& faults, const std::string& path, const std::string& key) {
  return std::any_of(faults.begin(), faults.end(), [&](const auto& one) { return one.path == path && one.key == key; });
}

const std::vector<Measure> measures = {{"overall", "", CheckpointFlag::none, CheckpointFlag::none}, {"construction", "", CheckpointFlag::start, CheckpointFlag::completion}};

}  // namespace

TEST_CASE("an item goes from filing to closed by the steps of its state machine, and by no other") {
  using S = ItemState;
  const std::map<std::pair<S, Step>, S> allowed = {{{S::filing, Step::submit_set_up}, S::set_up_review},         {{S::set_up_returned, Step::submit_set_up}, S::set_up_review},
                                                   {{S::set_up_review, Step::approve_set_up}, S::executing},    {{S::set_up_review, Step::return_set_up}, S::set_up_returned},
                                                   {{S::executing, Step::request_closing}, S::closing_review},  {{S::closing_returned, Step::request_closing}, S::closing_review},
                                                   {{S::closing_review, Step::approve_closing}, S::closed},     {{S::closing_review, Step::return_closing}, S::closing_returned},
                                                   {{S::executing, Step::approve_cancel}, S::cancelled},        {{S::closing_returned, Step::approve_cancel}, S::cancelled}};
  for (int state = 0; state <= static_cast<int>(S::cancelled); ++state) {
    for (int step = 0; step <= static_cast<int>(Step::approve_cancel); ++step) {
      const auto found = allowed.find({static_cast<S>(state), static_cast<Step>(step)});
      CHECK(after(static_cast<S>(state), static_cast<Step>(step)) == (found == allowed.end() ? std::nullopt : std::optional(found->second)));
    }
  }
  CHECK(is_open(S::closing_review));
  CHECK_FALSE(is_open(S::filing));
  CHECK_FALSE(is_open(S::closed));
}

TEST_CASE("a part is asked to be closed by its unit and closed by the controller only") {
  CHECK(after(PartState::to_do, PartStep::ask) == PartState::close_requested);
  CHECK(after(PartState::close_requested, PartStep::agree) == PartState::closed);
  CHECK(after(PartState::close_requested, PartStep::disagree) == PartState::to_do);
  CHECK_FALSE(after(PartState::to_do, PartStep::agree));
  CHECK_FALSE(after(PartState::closed, PartStep::ask));
}

TEST_CASE("checkpoints add up to 100 %, in order, with flags A before B before C") {
  CHECK(faults_of(works()).empty());
  auto bad = works();
  bad[0].weight_bp = 9'99;
  CHECK(has(faults_of(bad), "checkpoints", "tracking.weights"));
  bad[0].weight_bp = 10'01;
  CHECK(has(faults_of(bad), "checkpoints", "tracking.weights"));
  bad = works();
  bad[2].planned_finish = day("2023-02-28");
  CHECK(has(faults_of(bad), "checkpoints[2].planned_finish", "tracking.before_previous"));
  bad = works();
  std::swap(bad[1].flag, bad[2].flag);
  CHECK(has(faults_of(bad), "checkpoints[2].flag", "tracking.flag_order"));
  bad = works();
  bad[1].planned_start = day("2023-03-02");
  CHECK(has(faults_of(bad), "checkpoints[1].planned_start", "tracking.starts_after_finish"));
  bad[1].planned_start = day("2023-03-01");
  CHECK(faults_of(bad).empty());
  CHECK(has(faults_of(std::vector<CheckpointRecord>{}), "checkpoints", "tracking.no_checkpoints"));
}

TEST_CASE("a planned curve never falls and ends at 100 %") {
  PlannedCurve curve{"overall", day("2023-01-01"), {0, 25'00, 25'00, whole}, false};
  CHECK(faults_of(curve, "curves[0]").empty());
  curve.planned[2] = 24'99;
  CHECK(has(faults_of(curve, "curves[0]"), "curves[0].planned[2]", "tracking.plan_falls"));
  curve.planned = {0, whole - 1};
  CHECK(has(faults_of(curve, "curves[0]"), "curves[0]", "tracking.plan_not_whole"));
  curve.planned = {0, whole + 1};
  CHECK(has(faults_of(curve, "curves[0]"), "curves[0].planned[1]", "tracking.not_percent"));
  curve.planned.clear();
  CHECK(has(faults_of(curve, "curves[0]"), "curves[0]", "tracking.curve_length"));
}

TEST_CASE("a curve made of two dates rises from nothing to the whole, steepest in the middle, and says that it was made") {
  const auto curve = generated_curve("overall", day("2023-01-01"), day("2023-12-31"), PeriodType::month);
  CHECK(curve.generated);
  REQUIRE(curve.planned.size() == 12);
  CHECK(faults_of(curve, "c").empty());
  CHECK(curve.planned.front() < 3'00);
  CHECK(curve.planned[6] - curve.planned[5] > curve.planned[1] - curve.planned[0]);
  CHECK(curve.planned[6] - curve.planned[5] > curve.planned[11] - curve.planned[10]);
  CHECK(generated_curve("overall", day("2023-05-10"), day("2023-05-20"), PeriodType::month).planned == std::vector<std::int64_t>{whole});
  CHECK(generated_curve("overall", day("2023-01-01"), day("2023-12-31"), PeriodType::quarter).planned.size() == 4);
}

TEST_CASE("severe lag begins exactly at its threshold") {
  for (const std::int64_t threshold : {10'00, 20'00}) {
    CHECK_FALSE(severe(threshold - 1, threshold));
    CHECK(severe(threshold, threshold));
    CHECK(severe(threshold + 1, threshold));
  }
  const std::vector<std::int64_t> points{10, 20};
  CHECK(band_of(9'99, points) == 0);
  CHECK(band_of(10'00, points) == 1);
  CHECK(band_of(19'99, points) == 1);
  CHECK(band_of(20'00, points) == 2);
  const std::vector<std::int64_t> months{3, 6};
  CHECK(band_of(2'99, months) == 0);
  CHECK(band_of(3'00, months) == 1);
  CHECK(band_of(5'99, months) == 1);
  CHECK(band_of(6'00, months) == 2);
}

TEST_CASE("lag is planned minus actual in points, and in months by the moment the plan wanted what is done") {
  const PlannedCurve curve{"overall", day("2023-01-01"), {10'00, 30'00, 60'00, whole}, false};
  auto lag = lag_of(curve, 30'00, day("2023-03-01"), PeriodType::month);
  CHECK(lag.planned == 60'00);
  CHECK(lag.lag == 30'00);
  CHECK(lag.months == 1'00);
  lag = lag_of(curve, 45'00, day("2023-03-01"), PeriodType::month);
  CHECK(lag.lag == 15'00);
  CHECK(lag.months == 50);
  lag = lag_of(curve, 60'00, day("2023-06-01"), PeriodType::month);  // two months behind the plan's end
  CHECK(lag.lag == 40'00);
  CHECK(lag.months == 3'00);
  CHECK(lag_of(curve, 80'00, day("2023-03-01"), PeriodType::month).months == -50);
  CHECK(lag_of(curve, whole, day("2023-12-01"), PeriodType::month).months == 0);
  CHECK(lag_of(curve, 0, day("2022-12-01"), PeriodType::month).lag == 0);
  const PlannedCurve quarters{"overall", day("2023-01-01"), {25'00, 50'00, 75'00, whole}, false};
  CHECK(lag_of(quarters, 25'00, day("2023-04-01"), PeriodType::quarter).months == 3'00);
}

TEST_CASE("a lag is of the time before the start, of the work, or of the time after completion") {
  auto list = works();
  CHECK_FALSE(lag_kind_of(list, false, day("2023-01-30")));
  CHECK(lag_kind_of(list, false, day("2023-01-31")) == LagKind::before_start);  // planned for that very day
  list[0].actual_finish = day("2023-01-20");
  CHECK_FALSE(lag_kind_of(list, false, day("2023-02-28")));
  CHECK(lag_kind_of(list, true, day("2023-02-28")) == LagKind::before_start);
  list[1].actual_finish = day("2023-03-01");
  CHECK_FALSE(lag_kind_of(list, false, day("2023-06-30")));
  CHECK(lag_kind_of(list, true, day("2023-06-30")) == LagKind::behind_plan);
  list[2].actual_finish = day("2023-08-31");
  CHECK_FALSE(lag_kind_of(list, true, day("2023-09-30")));
  CHECK(lag_kind_of(list, false, day("2023-10-31")) == LagKind::after_completion);
}

TEST_CASE("once accepted, what comes later is done on that day and locked; earlier dates are the controller's") {
  const Instant opened = *Instant::parse("2023-11-01T00:00:00Z");
  const Instant now = *Instant::parse("2023-11-05T02:00:00Z");
  auto list = works();
  for (const auto& [at, on] : {std::pair{0, "2023-01-31"}, std::pair{1, "2023-03-01"}, std::pair{2, "2023-08-31"}}) {
    list[static_cast<std::size_t>(at)].actual_finish = day(on);
    list[static_cast<std::size_t>(at)].actual_filed_at = *Instant::parse("2023-09-02T00:00:00Z");
  }
  const auto accepted = with_actuals(list, {{CheckpointId{4}, day("2023-11-02")}}, false, opened, now);
  CHECK(accepted.faults.empty());
  CHECK(accepted.checkpoints[4].actual_finish == day("2023-11-02"));
  REQUIRE(accepted.flags.size() == 1);
  CHECK(accepted.flags[0].first == CheckpointFlag::acceptance);
  CHECK(has(with_actuals(accepted.checkpoints, {{CheckpointId{5}, day("2023-11-03")}}, true, opened, now).faults, "checkpoints[0].actual_finish", "tracking.locked_by_acceptance"));
  const auto again = with_actuals(accepted.checkpoints, {{CheckpointId{4}, std::nullopt}}, false, opened, now);
  CHECK_FALSE(again.checkpoints[4].actual_finish);
  CHECK(has(with_actuals(list, {{CheckpointId{3}, day("2023-09-15")}}, false, opened, now).faults, "checkpoints[0].actual_finish", "tracking.earlier_cycle"));
  CHECK(with_actuals(list, {{CheckpointId{3}, day("2023-09-15")}}, true, opened, now).faults.empty());
  CHECK(has(with_actuals(list, {{CheckpointId{4}, day("2023-11-06")}}, false, opened, now).faults, "checkpoints[0].actual_finish", "tracking.in_future"));
  CHECK(has(with_actuals(list, {{CheckpointId{4}, day("2023-08-30")}}, false, opened, now).faults, "checkpoints[0].actual_finish", "tracking.before_earlier"));
  CHECK(has(with_actuals(list, {{CheckpointId{9}, day("2023-11-01")}}, false, opened, now).faults, "checkpoints[0].actual_finish", "tracking.no_checkpoint"));
}

TEST_CASE("a cycle opens, turns late behind its day, closes, and is locked") {
  const TrackingPolicy policy;
  const auto dates = cycle_dates(day("2023-07-01"), PeriodType::month, policy);
  CHECK(dates.opens_on == day("2023-08-01"));
  CHECK(dates.due_on == day("2023-08-07"));
  CHECK(dates.closes_on == day("2023-08-20"));
  CHECK(phase_of(dates, false, day("2023-07-31")) == CyclePhase::planned);
  CHECK(phase_of(dates, false, day("2023-08-01")) == CyclePhase::open);
  CHECK(phase_of(dates, false, day("2023-08-07")) == CyclePhase::open);
  CHECK(phase_of(dates, false, day("2023-08-08")) == CyclePhase::late);
  CHECK(phase_of(dates, false, day("2023-08-20")) == CyclePhase::late);
  CHECK(phase_of(dates, false, day("2023-08-21")) == CyclePhase::closed);
  CHECK(phase_of(dates, true, day("2023-08-02")) == CyclePhase::locked);
  CHECK(late_days_of(day("2023-08-07"), day("2023-08-07")) == 0);
  CHECK(late_days_of(day("2023-08-07"), day("2023-08-08")) == 1);
  CHECK(late_days_of(day("2023-08-07"), day("2023-08-06")) == 0);
  CHECK(cycle_dates(day("2023-07-01"), PeriodType::quarter, policy).due_on == day("2023-10-07"));
  CHECK(cycle_dates(day("2023-01-01"), PeriodType::year, policy).due_on == day("2024-01-07"));
}

TEST_CASE("filed, confirmed zero, missing and not yet due are four values") {
  CHECK(value_state(1, day("2023-08-07"), day("2023-08-01")) == ValueState::filed);
  CHECK(value_state(0, day("2023-08-07"), day("2023-08-01")) == ValueState::confirmed_zero);
  CHECK(value_state(std::nullopt, day("2023-08-07"), day("2023-08-07")) == ValueState::not_yet_due);
  CHECK(value_state(std::nullopt, day("2023-08-07"), day("2023-08-08")) == ValueState::missing);
}

TEST_CASE("a narrative that was copied shows in its figure") {
  const std::string one = "本月完成基樁施工，因連日豪雨停工五日，預計下月趕工。";
  CHECK(similarity(one, one) == 100'00);
  CHECK(similarity(one, "本月完成基樁施工;因連日豪雨停工五日 預計下月趕工") == 100'00);  // punctuation says nothing
  CHECK(similarity(one, "主體結構已完成三樓版澆置，機電配管同步進行。") < 20'00);
  const auto part = similarity(one, "本月完成橋台施工，因連日豪雨停工三日，預計下月趕工。");
  CHECK(part > 50'00);
  CHECK(part < 90'00);
  CHECK(similarity("", "") == 0);
  CHECK(similarity(one, "") == 0);
}

TEST_CASE("a filing is held against what was filed before and after it") {
  TrackingPolicy policy;
  policy.lag_categories = {"天候因素"};
  policy.lag_responsibilities = {"承包廠商"};
  auto list = works();
  FilingContext context{measures, list, {{"overall", 20'00}}, {{"overall", 40'00}}, false, std::nullopt, day("2023-02-01"), PeriodType::month, day("2023-03-05")};
  FilingInput filing;
  filing.narrative = "辦理中";
  const auto faults = [&](std::int64_t overall) {
    filing.actuals = {{"overall", overall}};
    return faults_of(filing, context, policy);
  };
  CHECK(faults(20'00).empty());
  CHECK(has(faults(19'99), "actuals.overall", "tracking.falls"));
  CHECK(faults(40'00).empty());
  CHECK(has(faults(40'01), "actuals.overall", "tracking.above_later"));
  context.rebaselined = true;
  CHECK(faults(19'99).empty());
  context.rebaselined = false;
  context.after.clear();
  CHECK(faults(50'00).empty());  // a step of 30 points
  CHECK(has(faults(50'01), "actuals.overall", "tracking.jump"));
  filing.confirm_jump = true;
  CHECK(faults(50'01).empty());
  CHECK(has(faults(whole + 1), "actuals.overall", "tracking.not_percent"));
  filing.actuals.clear();
  CHECK(has(faults_of(filing, context, policy), "actuals.overall", "input.required"));  // nothing written is no zero
  filing.actuals = {{"overall", 20'00}, {"cost", 1}};
  CHECK(has(faults_of(filing, context, policy), "actuals[1].measure", "tracking.no_measure"));
}

TEST_CASE("construction is asked for from the start on, is whole exactly when completion is done, and cannot be whole without it") {
  const TrackingPolicy policy;
  auto list = works();
  FilingContext context{measures, list, {}, {}, false, std::nullopt, day("2023-08-01"), PeriodType::month, day("2023-09-05")};
  FilingInput filing;
  filing.narrative = "辦理中";
  filing.confirm_jump = true;
  filing.actuals = {{"overall", 60'00}};
  CHECK(faults_of(filing, context, policy).empty());  // not begun: not asked for
  context.checkpoints[1].actual_finish = day("2023-03-01");
  CHECK(has(faults_of(filing, context, policy), "actuals.construction", "input.required"));
  filing.actuals.push_back({"construction", whole});
  CHECK(has(faults_of(filing, context, policy), "actuals.construction", "tracking.whole_without_completion"));
  filing.actuals[1].actual = whole - 1;
  CHECK(faults_of(filing, context, policy).empty());
  context.checkpoints[2].actual_finish = day("2023-08-31");
  CHECK(forced_actual(measures[1], context.checkpoints, day("2023-08-31")) == whole);
  CHECK_FALSE(forced_actual(measures[1], context.checkpoints, day("2023-08-30")));
  filing.actuals.pop_back();
  CHECK(faults_of(filing, context, policy).empty());  // completion says it
}

TEST_CASE("a lagging filing must say why, who, what is done, what help it needs and until when") {
  TrackingPolicy policy;
  policy.lag_categories = {"天候因素"};
  policy.lag_responsibilities = {"承包廠商"};
  FilingContext context{measures, works(), {}, {}, false, LagKind::behind_plan, day("2023-02-01"), PeriodType::month, day("2023-03-05")};
  FilingInput filing;
  filing.narrative = "辦理中";
  filing.actuals = {{"overall", 10'00}};
  for (const char* field : {"lag.category", "lag.responsibility", "lag.cause", "lag.countermeasure", "lag.help", "lag.deadline_on"}) CHECK(has(faults_of(filing, context, policy), field, "tracking.lag_required"));
  filing.lag = LagInput{"天候因素", "承包廠商", "豪雨", "趕工", "無", day("2023-03-05")};
  CHECK(faults_of(filing, context, policy).empty());
  filing.lag->deadline_on = day("2023-03-04");
  CHECK(has(faults_of(filing, context, policy), "lag.deadline_on", "tracking.deadline_past"));
  filing.lag->deadline_on = day("2023-03-05");
  filing.lag->category = "其他";
  CHECK(has(faults_of(filing, context, policy), "lag.category", "tracking.no_category"));
}

TEST_CASE("a roll-up states its coverage and how old it is") {
  const Date now = day("2023-07-01");
  auto sum = rolled_up({{50'00, 80'00, now}, {30'00, 40'00, day("2023-05-01")}, {20'00, std::nullopt, std::nullopt}}, now, PeriodType::month);
  CHECK(sum.actual == 65'00);  // (50 x 80 + 30 x 40) / 80
  CHECK(sum.coverage == 80'00);
  CHECK(sum.reported == 2);
  CHECK(sum.children == 3);
  CHECK(sum.periods_old == 2);
  sum = rolled_up({{0, 10'00, now}, {0, 30'00, now}}, now, PeriodType::month);  // no weights: alike
  CHECK(sum.actual == 20'00);
  CHECK(sum.coverage == 100'00);
  sum = rolled_up({{100'00, std::nullopt, std::nullopt}}, now, PeriodType::month);
  CHECK_FALSE(sum.actual);
  CHECK(sum.coverage == 0);
}

TEST_CASE("periods are known by their first day and called by the year of the Republic") {
  CHECK(period_of(day("2023-08-17"), PeriodType::quarter) == day("2023-07-01"));
  CHECK(period_end(day("2024-02-01"), PeriodType::month) == day("2024-02-29"));
  CHECK(periods_between(day("2022-11-01"), day("2023-02-01"), PeriodType::month) == 3);
  CHECK(period_label(day("2023-07-01"), PeriodType::month) == "112-07");
  CHECK(period_label(day("2023-07-01"), PeriodType::quarter) == "112Q3");
  CHECK(period_label(day("2023-01-01"), PeriodType::year) == "112");
  CHECK(check_period(day("2023-07-01"), PeriodType::quarter).ok());
  CHECK_FALSE(check_period(day("2023-08-01"), PeriodType::quarter).ok());
  CHECK_FALSE(check_period(day("1999-07-01"), PeriodType::month).ok());
}
