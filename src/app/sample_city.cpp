#include "app/sample_city.hpp"

#include "app/sample_meetings.hpp"
#include "app/sample_plan.hpp"
#include "foundation/agencies/sample_agencies.hpp"
#include "foundation/calendar/service.hpp"
#include "foundation/duties/service.hpp"
#include "foundation/places/api.hpp"

namespace mandate::app {
namespace {

using agencies::PostKind;

// Which agency of the sample city an account belongs to, by its name; "" for the whole city.
struct Place {
  const char* login_name;
  const char* agency;
  bool with_unit;
  PostKind post;
};
constexpr std::array<Place, 6> places = {{{"handler", "研究發展考核委員會", true, PostKind::officer},
                                          {"unit-head", "研究發展考核委員會", true, PostKind::unit_head},
                                          {"liaison", "建設局", false, PostKind::liaison},
                                          {"agency-head", "建設局", false, PostKind::head},
                                          {"controller", "研究發展考核委員會", false, PostKind::officer},
                                          {"rdec-head", "研究發展考核委員會", false, PostKind::head}}};

Result<> make_accounts(City& city, const Actor& actor) {
  const auto organisation = city.agencies.agencies().snapshot();
  const agencies::Moment now{city.clock->today(), {}};
  std::set<std::int64_t> taken;
  for (const auto& account : sample_accounts()) {
    identity::NewAccount n{account.login_name, account.title_zh, sample_password, {}, true, std::string(account.login_name) + "@sample.invalid"};
    Grant grant{account.role, 0, 0};
    agencies::PersonId person;
    const auto place = std::find_if(places.begin(), places.end(), [&](const Place& p) { return std::string_view(p.login_name) == account.login_name; });
    if (place != places.end()) {
      const auto agency = organisation->match_by_name(place->agency, now.as_of);
      const bool of_agency = std::string_view(account.role).rfind("rdec", 0) != 0;
      if (of_agency) grant.agency_id = agency.value;
      for (const auto* post : organisation->posts_of(agency, now)) {
        if (post->kind != place->post || (place->with_unit && !post->unit_id)) continue;
        const auto holder = organisation->holder_of(post->id, now);
        if (!holder || !taken.insert(holder.value).second) continue;  // one person has one account
        if (place->with_unit) grant.unit_id = post->unit_id.value;
        person = holder;
        break;
      }
    }
    n.grants.push_back(grant);
    MANDATE_ASSIGN(const auto id, city.identity.create_account(actor, n));
    if (person && organisation->person_of_account(id.value).value == 0) MANDATE_TRY(city.agencies.service().link_account(actor, person, id.value));
  }
  return done();
}

// What the city does for its districts: the plan of the commission names none, and a map without them would be empty.
struct LocalWork {
  const char* agency;
  const char* title;  // after the district's name
  const char* detail;
  const char* origin;
};
constexpr std::array<LocalWork, 9> local_works = {{{"建設局", "道路整平及人行道改善", "完成路面刨鋪及人行道更新，驗收後開放通行。", "pledge"},
                                                   {"水利局", "區域排水清淤及護岸修復", "汛期前完成清淤，並修復受損護岸。", "council"},
                                                   {"交通局", "易肇事路口改善", "完成號誌、標線及行人庇護島改善。", "council"},
                                                   {"環境保護局", "髒亂點清除及綠美化", "清除列管髒亂點，並由里辦公處維護。", "own"},
                                                   {"社會局", "社區照顧關懷據點設置", "完成場地整修及人員訓練，開始供餐。", "pledge"},
                                                   {"教育局", "通學步道改善", "完成校園周邊人行空間及照明改善。", "pledge"},
                                                   {"民政局", "活動中心耐震補強", "完成補強工程及使用執照變更。", "own"},
                                                   {"消防局", "消防水源檢修", "完成消防栓檢修及水壓測試。", "own"},
                                                   {"衛生局", "社區篩檢場次辦理", "依里別辦理整合性篩檢，異常個案全數轉介。", "own"}}};

// One to three works for each district, over the months of the year; the same in every sample city of a year.
Result<> plan_local_works(City& city, const Actor& actor, int year, std::int64_t goal) {
  const auto organisation = city.agencies.agencies().snapshot();
  int n = 0;
  for (const auto& district : places::districts()) {
    const int at = n++;
    for (int more = 0; more <= at * 7 % 3; ++more) {
      const auto& work = local_works[static_cast<std::size_t>(at * 2 + more * 4) % local_works.size()];
      duties::NewDuty duty;
      duty.title = district.name + work.title;
      duty.detail = work.detail;
      duty.origin = work.origin;
      duty.agency_id = organisation->match_by_name(work.agency, city.clock->today()).value;
      duty.due_on = *Date::from_ymd(year, (at * 5 + more * 4) % 12 + 1, at * 3 % 25 + 3);
      duty.severity = at % 6 == 0 ? duties::Severity::high : duties::Severity::normal;
      duty.confidentiality = duties::Confidentiality::open;
      duty.district = district.code;
      duty.goal_id = goal;
      MANDATE_TRY(city.duties.parts().create(actor, duty, std::nullopt));
    }
  }
  return done();
}

// A work plan that bears the name of one of the year's goals serves it; the plan itself does not say so.
Result<> serve_goals(City& city, const Actor& actor, const std::map<std::string, std::int64_t>& goals) {
  auto& parts = city.duties.parts();
  duties::DutyFilter filter;
  filter.scope = parts.scope(actor, "duty.read");
  filter.state = duties::DutyState::open;
  std::map<std::int64_t, std::int64_t> goal_of;  // by obligation
  for (const auto& row : city.database->read([&](db::Session& s) { return parts.store.list(s, filter, 500); })) {
    if (row.source_kind != "plan_obligation") continue;
    if (goal_of.count(row.source_id) == 0) {
      MANDATE_ASSIGN(const auto place, city.plan.service().place_of(plan::ObligationId{row.source_id}));
      goal_of[row.source_id] = 0;
      if (place.node_id) {
        MANDATE_ASSIGN(const auto item, city.plan.service().item(actor, *place.node_id, false));
        if (const auto goal = goals.find(item.parent_title); goal != goals.end()) goal_of[row.source_id] = goal->second;
      }
    }
    if (goal_of[row.source_id] == 0) continue;
    const auto duty = city.database->read([&](db::Session& s) { return parts.store.find(s, row.id); });
    MANDATE_TRY(parts.edit(actor, row.id, {duty->title, duty->detail, duty->severity, std::nullopt, goal_of[row.source_id]}, duty->revision));
  }
  return done();
}

// What a year of work looks like: most of what was due is done, some of it late, some is late still, one agency asks for more time.
Result<> work_on_duties(City& city, Actor actor) {
  auto& parts = city.duties.parts();
  const Date today = city.clock->today();
  duties::DutyFilter filter;
  filter.scope = parts.scope(actor, "duty.read");
  filter.state = duties::DutyState::open;
  filter.due_to = today.plus_days(40);
  const auto rows = city.database->read([&](db::Session& s) { return parts.store.list(s, filter, 500); });
  int of_plan = 0;
  int of_places = 0;
  for (const auto& row : rows) {
    const bool local = !row.district.empty();
    const int n = local ? ++of_places : ++of_plan;
    if (row.due_on >= today) {
      actor.now = city.clock->now();
      if (n % 5 == 0) MANDATE_TRY(parts.ask_extension(actor, row.id, row.due_on.plus_days(21), "廠商進場延後，擬展延三週後完成，期間每週回報進度。"));
      continue;
    }
    if (n % (local ? 4 : 9) == 0) continue;  // still late
    // On a day around the due date, mostly before it.
    actor.now = std::min(city.clock->now(), taipei_midnight(row.due_on.plus_days(n % 7 == 0 ? 4 : -2)).plus_seconds(36'000 + n * 60));
    MANDATE_TRY(parts.complete(actor, row.id, "已依期程辦理完成，紀錄存查。", std::nullopt));
  }
  return done();
}

}  // namespace

const std::vector<SampleAccount>& sample_accounts() {
  static const std::vector<SampleAccount> accounts = {
      {"citizen", "citizen", "市民（示範）", "citizen"},
      {"handler", "handler", "研考會承辦人（示範）", "handler"},
      {"unit-head", "unit_head", "研考會單位主管（示範）", "unit head"},
      {"liaison", "agency_liaison", "建設局研考窗口（示範）", "agency liaison"},
      {"agency-head", "agency_head", "建設局首長（示範）", "agency head"},
      {"controller", "rdec_controller", "研考會管考人員（示範）", "RDEC controller"},
      {"rdec-head", "rdec_head", "研考會主任委員（示範）", "RDEC head"},
      {"executive", "executive", "市長室（示範）", "mayor's office"},
      {"agent-1999", "agent_1999", "1999 話務人員（示範）", "1999 agent"},
      {"supervisor-1999", "supervisor_1999", "1999 督導（示範）", "1999 supervisor"},
      {"inspector", "inspector", "施工查核人員（示範）", "inspector"},
      {"youth", "youth_councillor", "青諮委員（示範）", "youth councillor"},
      {"council-liaison", "council_liaison", "議會聯絡人（示範）", "council liaison"},
      {"auditor", "auditor", "稽核（示範）", "auditor"},
      {"admin", "system_admin", "系統管理者（示範）", "system administrator"},
  };
  return accounts;
}

bool is_empty(City& city) {
  return city.database->read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM account LIMIT 1) AS any_account"); }) == 0;
}

Result<> fill_sample_city(City& city) {
  const auto actor = identity::system_actor(*city.clock);
  MANDATE_TRY(agencies::seed_sample_agencies(*city.database, actor));
  city.agencies.agencies().forget_recent();
  MANDATE_TRY(calendar::seed_office_years(*city.database, city.calendar.service(), actor));
  const int year_roc = city.clock->today().year() - 1911;
  // Plans are made at the turn of the year; the work on them has the dates of its own.
  const Instant begun = std::min(city.clock->now(), taipei_midnight(*Date::from_ymd(year_roc + 1911, 1, 4)).plus_seconds(36'000));
  auto planner = actor;
  planner.now = begun;
  // The year before for the comparison, then this year's.
  for (const int year : {year_roc - 1, year_roc}) {
    const bool present = year == year_roc;
    MANDATE_ASSIGN(const auto imported, city.plan.service().import_plan(planner, fmt::format("示範-{}年度施政計畫.txt", year), sample_plan(year, present)));
    if (present) MANDATE_TRY(city.plan.service().accept_all(planner, imported.plan_id, std::nullopt));
  }
  std::map<std::string, std::int64_t> goals;
  for (const auto& goal : city.plan.service().goals(false)) {
    if (goal.year_roc == year_roc) goals[goal.title] = goal.id.value;
  }
  MANDATE_TRY(serve_goals(city, planner, goals));
  MANDATE_TRY(plan_local_works(city, planner, year_roc + 1911, goals["便民服務"]));
  MANDATE_TRY(work_on_duties(city, actor));
  MANDATE_TRY(hold_sample_meetings(city, actor));
  // What the makers of the sample did is no news to anybody.
  MANDATE_TRY(city.followers.skip_to_end());
  return make_accounts(city, actor);  // last: accounts are the mark of a city that is whole
}

}  // namespace mandate::app
