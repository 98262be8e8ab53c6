#include "app/sample_works.hpp"

#include "foundation/tracking/service.hpp"

namespace mandate::app {
namespace {

using tracking::CheckpointFlag;

// Progress by month from the start of control on, in whole points; -1: nothing was filed; -2: filed and not accepted yet.
struct Work {
  const char* district;
  const char* title;
  const char* summary;
  const char* place;
  tenders::WorksKind kind;
  double latitude, longitude;
  std::int64_t budget, award, central;
  const char* contractor;
  std::array<int, 6> done;
  const char* reason;
};

constexpr std::array<int, 12> plan = {5, 12, 20, 30, 42, 55, 66, 76, 85, 92, 97, 100};
const std::array<Work, 6>& works() {
  using tenders::WorksKind;
  static const std::array<Work, 6> all = {{
      {"66000090", "豐原大道人行環境改善工程", "人行道更新、路口無障礙及路燈汰換，全長 1.2 公里。", "豐原大道一段至三段", WorksKind::road, 24.2521, 120.7225, 86'000'000, 79'800'000, 30'000'000, "甲子營造股份有限公司", {5, 12, 20, 31, 42, 55}, ""},
      {"66000090", "豐原兒童公園改善工程", "共融遊具、遮蔭及排水改善。", "豐原兒童公園", WorksKind::park, 24.2549, 120.7189, 28'000'000, 26'500'000, 0, "乙丑營造有限公司", {4, 9, 14, 18, 22, 27}, "現場調整"},
      {"66000060", "西屯路側溝及排水改善工程", "更新側溝 860 公尺，改善低窪路段積水。", "西屯路三段", WorksKind::drainage, 24.1819, 120.6207, 45'000'000, 42'300'000, 12'000'000, "丙寅營造股份有限公司", {5, 11, 18, 26, 34, -1}, "管線遷移"},
      {"66000280", "大里運動公園排球場整建工程", "面層更新及夜間照明。", "大里運動公園", WorksKind::park, 24.0994, 120.6780, 15'000'000, 14'200'000, 0, "丁卯營造有限公司", {6, 13, 22, 33, 45, -2}, ""},
      {"66000270", "太平新光橋耐震補強工程", "橋墩補強、支承更換及止震塊設置。", "新光橋", WorksKind::bridge, 24.1262, 120.7184, 120'000'000, 113'000'000, 60'000'000, "戊辰營造股份有限公司", {5, 10, 16, 22, 27, 31}, "天候因素"},
      {"66000130", "沙鹿區公有停車場新建工程", "地上四層停車場，設置太陽光電。", "沙鹿區", WorksKind::building, 24.2336, 120.5662, 210'000'000, 198'000'000, 0, "己巳營造股份有限公司", {-1, -1, -1, -1, -1, -1}, ""},
  }};
  return all;
}

Result<> make(City& city, const Actor& system, const Actor& reviewer, const Work& work, int number) {
  auto& parts = city.tracking.parts();
  const auto organisation = city.agencies.agencies().snapshot();
  const Date first = city.clock->today().first_of_month().plus_months(-static_cast<int>(work.done.size()));
  const auto at = [&](Actor actor, Date on) {
    actor.now = std::min(city.clock->now(), taipei_midnight(on).plus_seconds(36'000 + number * 60));
    return actor;
  };
  const auto begin = at(system, first.plus_days(-20));
  tracking::NewItem item;
  item.title = work.title;
  item.agency_id = organisation->match_by_name("建設局", city.clock->today()).value;
  item.district = work.district;
  item.confidentiality = identity::Confidentiality::open;
  tenders::TenderFields fields;
  fields.status_code = 165;
  fields.works_kind = work.kind;
  fields.summary = work.summary;
  fields.place = work.place;
  fields.latitude = work.latitude;
  fields.longitude = work.longitude;
  fields.budget = work.budget;
  fields.central_share = work.central;
  fields.award_price = fields.contract_price = work.award;
  fields.awarded_on = first.plus_days(-30);
  fields.contract_start_on = first;
  fields.contract_finish_on = first.plus_months(11).last_of_month();
  fields.contractor = work.contractor;
  MANDATE_ASSIGN(const auto made, city.tenders.create(begin, item, fields));
  const auto month = [&](int n) { return first.plus_months(n).last_of_month(); };
  MANDATE_TRY(parts.set_checkpoints(begin, made.id, {{std::nullopt, "主體工程過半", 5000, first, month(6), std::nullopt, true}, {std::nullopt, "完工", 3500, std::nullopt, month(9), CheckpointFlag::completion, true}, {std::nullopt, "驗收", 1500, std::nullopt, month(11), CheckpointFlag::acceptance, std::nullopt}}, 1));
  std::vector<std::int64_t> planned;
  for (const int points : plan) planned.push_back(points * 100);
  MANDATE_TRY(parts.set_curves(begin, made.id, {{"overall", first, planned, std::nullopt, std::nullopt}}, 2));
  MANDATE_TRY(parts.submit_set_up(begin, made.id));
  MANDATE_TRY(parts.decide_set_up(begin, made.id, true, "", fmt::format("府授研管字第{}00{:02}號", first.year() - 1911, number)));
  for (int n = 0; n < static_cast<int>(work.done.size()); ++n) {
    const Date period = first.plus_months(n);
    const auto owed_at = at(system, period.plus_months(1));
    MANDATE_TRY(parts.owe_period(owed_at, made.id, period));
    if (work.done[static_cast<std::size_t>(n)] == -1) continue;
    const bool waits = work.done[static_cast<std::size_t>(n)] == -2;
    const int done = waits ? plan[static_cast<std::size_t>(n)] : work.done[static_cast<std::size_t>(n)];
    tracking::FilingInput filing;
    filing.actuals = {{"overall", done * 100}};
    filing.narrative = fmt::format("本月累計完成 {}%，依施工計畫辦理。", done);
    if (done < plan[static_cast<std::size_t>(n)]) filing.lag = tracking::LagInput{work.reason, "承包廠商", "現場條件與設計不符，調整工序。", "增派工班並延長作業時間。", "無", city.clock->today().plus_days(60)};
    MANDATE_ASSIGN(auto form, parts.save(at(system, period.plus_months(1).plus_days(4)), made.id, period, filing, 0, true));
    for (int level = 0; level < 2 && !waits; ++level) {
      MANDATE_ASSIGN(form, parts.decide(at(reviewer, period.plus_months(1).plus_days(9 + level)), made.id, period, true, "", std::nullopt, form.revision));
    }
  }
  return done();
}

}  // namespace

Result<> make_sample_works(City& city) {
  const auto system = identity::system_actor(*city.clock);
  auto reviewer = system;
  if (const auto account = city.identity.find_account("controller")) reviewer.account_id = account->value;
  int number = 0;
  for (const auto& work : works()) MANDATE_TRY(make(city, system, reviewer, work, ++number));
  return city.followers.skip_to_end();
}

}  // namespace mandate::app
