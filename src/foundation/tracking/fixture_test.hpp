// A city with one kind of work under control, for the tests of the engine.
#pragma once

#include "foundation/tracking/service.hpp"
#include "foundation/calendar/module.hpp"
#include "foundation/policy/module.hpp"
#include "platform/db/store_test.hpp"

#include <doctest/doctest.h>

MANDATE_EMBEDDED(platform_db)

namespace mandate::tracking::testing {

inline std::vector<db::MigrationSet> sets() {
  return {db::migrations_of("platform_db", embedded::platform_db), policy::policy_migrations(), calendar::calendar_migrations(), identity::identity_migrations(), audit::audit_migrations(), search::search_migrations(), duties::duty_migrations(), tracking_migrations()};
}

inline Date day(const char* iso) { return *Date::parse(iso); }

inline policy::PolicyDefinition threshold(const char* key, const char* value) { return {key, policy::PolicyKind::percent, "嚴重落後", "Severe", "percent_point", "", "", 0, 100'00, {}, {{"2010-12-25", value, "test"}}}; }

struct Fixture {
  db::Database& database;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("mandate-tracking-" + std::to_string(next_id()));
  FakeClock clock{*Instant::parse("2023-01-10T01:00:00Z")};
  calendar::CalendarModule calendar{database};
  policy::Policies policies{database};
  identity::Identity identity{database, clock, [](Date) { return identity::IdentityPolicy{}; }, nullptr};
  audit::Audit audit{database, clock, folder / "keys", folder / "checkpoints.txt"};
  duties::Directory directory{[](std::int64_t id) { return "機關" + std::to_string(id); }, [](std::int64_t id, Date) { return id < 90; }, [](std::int64_t) { return std::string(); }, [](std::int64_t, Date) { return std::string(); }, [](std::int64_t, Date) { return std::vector<std::int64_t>{}; }};
  duties::Duties duties{database, clock, identity, audit, calendar.calendar(), directory, [](Date) { return duties::DutyPolicy{}; }};
  Tracking tracking{database, clock, identity, audit, calendar.calendar(), policies, duties, directory};
  Tracking::Parts& p = tracking.parts();
  std::vector<std::pair<CheckpointFlag, std::optional<Date>>> flags_told;

  explicit Fixture(db::Database& db) : database(db) {
    policies.define(policy_definitions());
    policies.define({threshold("test.overall", "10"), threshold("test.construction", "20")});
    policies.install(clock.now());
    Kind kind;
    kind.name = "work";
    kind.origin = "tender";
    kind.page = "/works/";
    kind.measures = {{"overall", "test.overall", CheckpointFlag::none, CheckpointFlag::none}, {"construction", "test.construction", CheckpointFlag::start, CheckpointFlag::completion}};
    kind.tiers = {{"city", "市級列管", "City", PeriodType::month, {ReviewLevel::agency, ReviewLevel::controller}, "標案進度會報", "test"}, {"self", "自行列管", "Self", PeriodType::quarter, {}, "", "test"}};
    kind.flag_changed = [this](db::Session&, const Actor&, ItemId, CheckpointFlag flag, std::optional<Date> on) {
      flags_told.emplace_back(flag, on);
      return done();
    };
    tracking.add_kind(std::move(kind));
    Kind council;
    council.name = "resolution";
    council.origin = "council";
    council.measures = {{"overall", "", CheckpointFlag::none, CheckpointFlag::none}};
    council.tiers = {{"city", "市級列管", "City", PeriodType::quarter, {ReviewLevel::controller}, "", "test"}};
    council.closes_with_parts = true;
    tracking.add_kind(std::move(council));
    tracking.install(clock.now());
  }
  ~Fixture() { std::filesystem::remove_all(folder); }

  Actor actor(const char* role, std::int64_t account, std::int64_t agency = 0) {
    Actor out;
    out.account_id = account;
    out.grants = {{role, agency, 0}};
    out.now = clock.now();
    return out;
  }
  Actor controller() { return actor("rdec_controller", 1); }
  Actor officer() { return actor("handler", 2, 10); }
  Actor liaison() { return actor("agency_liaison", 3, 10); }
  Actor stranger() { return actor("agency_liaison", 4, 20); }
  Actor system() { return identity::system_actor(clock); }
  void at(const char* instant) {
    clock.set(*Instant::parse(instant));
    REQUIRE(tracking.run_cycles(system()).ok());
  }

  std::vector<CheckpointInput> checkpoints() {
    return {{std::nullopt, "規劃設計", 10'00, day("2023-01-01"), day("2023-01-31"), std::nullopt, std::nullopt},
            {std::nullopt, "開工", 10'00, std::nullopt, day("2023-02-28"), CheckpointFlag::start, std::nullopt},
            {std::nullopt, "完工", 60'00, std::nullopt, day("2023-04-30"), CheckpointFlag::completion, std::nullopt},
            {std::nullopt, "驗收", 15'00, std::nullopt, day("2023-05-31"), CheckpointFlag::acceptance, std::nullopt},
            {std::nullopt, "決算", 5'00, std::nullopt, day("2023-06-30"), std::nullopt, std::nullopt}};
  }
  NewItem item(const char* title = "第一件") { return {"work", "", title, 10, 0, 0, "66000090", "", {}, 0, identity::Confidentiality::internal}; }
  // January to June: 10, 20, 40, 80, 95, 100 %.
  std::vector<CurveInput> curves() { return {{"overall", day("2023-01-01"), {10'00, 20'00, 40'00, 80'00, 95'00, 100'00}, std::nullopt, std::nullopt}}; }

  ItemId controlled(const NewItem& n) {
    const auto id = *tracking.create(officer(), n);
    REQUIRE(p.set_checkpoints(officer(), id, checkpoints(), 1).ok());
    REQUIRE(p.set_curves(officer(), id, curves(), 2).ok());
    REQUIRE(p.submit_set_up(officer(), id).ok());
    REQUIRE(p.decide_set_up(controller(), id, true, "", "府授研管字第1號").ok());
    return id;
  }
  ItemId controlled() { return controlled(item()); }

  FilingInput filing(std::int64_t overall, const char* narrative = "本期依進度辦理") {
    FilingInput out;
    out.actuals = {{"overall", overall}};
    out.narrative = narrative;
    out.confirm_jump = true;
    return out;
  }
  FilingInput lagging(std::int64_t overall, const char* narrative = "本期因豪雨停工") {
    auto out = filing(overall, narrative);
    out.lag = LagInput{"天候因素", "不可歸責", "連日豪雨", "增加工班趕工", "無", clock.today().plus_days(30)};
    return out;
  }
  Result<FilingForm> submit(const Actor& who, ItemId id, const char* period, const FilingInput& input) {
    const auto form = p.form(who, id, day(period));
    if (!form.ok()) return form;
    return p.save(who, id, day(period), input, form->revision, true);
  }
  std::int64_t count(const char* sql) {
    return database.read([&](db::Session& s) { return s.value<std::int64_t>(sql); });
  }
};

inline bool has(const Fault& fault, const std::string& path, const std::string& key) {
  return std::any_of(fault.fields.begin(), fault.fields.end(), [&](const auto& one) { return one.path == path && one.key == key; });
}

}  // namespace mandate::tracking::testing
