#include "platform/db/store_test.hpp"

#include "foundation/calendar/module.hpp"
#include "foundation/calendar/office_years.hpp"

#include <thread>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::calendar;

namespace {

std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), calendar_migrations()}; }

Date d(const char* iso) { return *Date::parse(iso); }

Actor actor(std::int64_t at) {
  Actor actor;
  actor.account_id = 7;
  actor.now = Instant{at};
  return actor;
}

struct Effects final : DueDateEffects {
  std::int64_t count_affected(db::Session&, const CalendarDays& after, const std::vector<Date>& changed) override {
    return !after.find(changed.at(0))->working() ? 5 : 0;
  }
  std::int64_t recompute(db::Session&, const Actor&, const CalendarDays& after, std::int64_t version, const std::vector<Date>& changed) override {
    recomputed_version = version;
    return !after.find(changed.at(0))->working() ? 5 : 0;
  }
  std::int64_t recomputed_version = 0;
};

std::int64_t event_count(db::Database& database) {
  return database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM event WHERE record_kind = 'calendar'"); });
}

}  // namespace

TEST_CASE("the sample years become versions; due dates name the version that set them") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Calendar calendar(database);
    CalendarService service(database);
    CHECK(calendar.version() == 0);
    CHECK(calendar.due(d("2025-09-26"), 1, ClockKind::working_day).fault().key == "calendar.no_year");
    REQUIRE(seed_office_years(database, service, actor(1'000)).ok());
    REQUIRE(seed_office_years(database, service, actor(2'000)).ok());
    CHECK(calendar.version() == 5);
    const auto due = calendar.due(d("2025-09-26"), 1, ClockKind::working_day);
    REQUIRE(due.ok());
    CHECK(due->on == d("2025-09-30"));
    CHECK(due->version == 5);
    // As known before the law changed the year: version 3 was recorded two instants after the first.
    const auto before = calendar.known_at(Instant{1'002});
    CHECK(before.version == 3);
    CHECK(due_by_working_days(before.days, d("2025-09-26"), 1)->on == d("2025-09-29"));
    CHECK(calendar.known_at(Instant{999}).days.empty());
    CHECK(event_count(database) == 5);
    CHECK(calendar.day(d("2025-10-24"))->note == "補假");
    CHECK(*calendar.working_days_between(d("2025-09-26"), d("2025-09-30")) == 1);
    CHECK(*calendar.next_working_day(d("2025-09-26")) == d("2025-09-30"));
    const auto versions = service.versions_of(2025);
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].version == 4);
    CHECK(versions[0].changed_count == 5);
  });
}

TEST_CASE("a storm is a new version; the old day stays readable; a file does not undo it") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Calendar calendar(database);
    CalendarService service(database);
    Effects effects;
    service.set_due_date_effects(&effects);
    REQUIRE(seed_office_years(database, service, actor(1'000)).ok());
    const auto storm = d("2026-07-15");

    const auto dry = service.declare(actor(5'000), {storm, DayKind::typhoon, {}, "颱風"}, true);
    REQUIRE(dry.ok());
    CHECK(dry->due_dates_moved == 5);
    CHECK(calendar.version() == 5);

    const auto real = service.declare(actor(5'000), {storm, DayKind::typhoon, {}, "颱風"}, false);
    REQUIRE(real.ok());
    CHECK(real->version == 6);
    CHECK(real->due_dates_moved == 5);
    CHECK(effects.recomputed_version == 6);
    CHECK(calendar.due(d("2026-07-14"), 1, ClockKind::working_day)->on == d("2026-07-16"));
    CHECK(due_by_working_days(calendar.known_at(Instant{4'999}).days, d("2026-07-14"), 1)->on == storm);
    CHECK(due_by_working_days(calendar.known_at(Instant{5'000}).days, d("2026-07-14"), 1)->on == d("2026-07-16"));
    CHECK(service.declare(actor(6'000), {storm, DayKind::typhoon, {}, "颱風"}, false)->version == 6);  // nothing new

    const auto again = service.import_days(actor(7'000), 2026, office_years()[4].days, "import", "2026.json", "", false);
    REQUIRE(again.ok());
    CHECK(again->changed == 0);
    CHECK(again->kept == 1);
    CHECK(again->version == 6);
    CHECK(service.declare(actor(8'000), {d("2030-01-01"), DayKind::typhoon, {}, ""}, false).fault().fields[0].key == "calendar.no_year");
  });
}

TEST_CASE("a bad file changes nothing, a dry run changes nothing") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Calendar calendar(database);
    CalendarService service(database);
    const std::string bad = "date,is_holiday\n2023-01-01,2\n2023-01-01,2\n";
    const auto dry = service.import_file(actor(1), "bad.csv", bad, true);
    REQUIRE(dry.ok());
    CHECK(dry->faults.size() == 2);
    const auto real = service.import_file(actor(1), "bad.csv", bad, false);
    REQUIRE_FALSE(real.ok());
    CHECK(real.fault().fields[0].path == "line 3, column date");
    std::string good = "date,is_holiday\n";
    for (Date on = d("2023-01-01"); on.year() == 2023; on = on.plus_days(1)) good += on.iso() + (on.weekday() > 5 ? ",2\n" : ",0\n");
    CHECK(service.import_file(actor(1), "2023.csv", good, true)->changed == 365);
    CHECK(calendar.version() == 0);
    CHECK(event_count(database) == 0);
    CHECK(service.import_file(actor(1), "2023.csv", good, false)->version == 1);
    CHECK(calendar.due(d("2023-03-03"), 1, ClockKind::working_day)->on == d("2023-03-06"));
    CHECK(service.import_file(actor(1), "2023.csv", good, false)->changed == 0);
    CHECK(calendar.version() == 1);
  });
}

TEST_CASE("a change that is rolled back leaves no trace in the snapshot") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Calendar calendar(database);
    CalendarService service(database);
    REQUIRE(seed_office_years(database, service, actor(1'000)).ok());
    CHECK_FALSE(database.write([&](db::Session&) -> Result<> {
      REQUIRE(service.declare(actor(2'000), {d("2026-07-15"), DayKind::typhoon, {}, ""}, false).ok());
      CHECK_FALSE(calendar.day(d("2026-07-15"))->working());  // inside, the change is seen
      return fault(FaultKind::conflict, "no");
    }).ok());
    CHECK(calendar.day(d("2026-07-15"))->working());
    REQUIRE(service.declare(actor(2'000), {d("2026-07-16"), DayKind::typhoon, {}, ""}, false).ok());
    CHECK(calendar.day(d("2026-07-15"))->working());
    CHECK_FALSE(calendar.day(d("2026-07-16"))->working());
  });
}

TEST_CASE("two clients change the calendar at once: two versions, in order, and one current row a day") {
  db::testing::on_both(sets(), [](db::Database& database) {
    CalendarService service(database);
    Calendar one(database);
    Calendar other(database);  // another process's memory
    REQUIRE(seed_office_years(database, service, actor(1'000)).ok());
    (void)one.snapshot();
    (void)other.snapshot();
    for (int round = 0; round < 10; ++round) {
      const Date on = d("2026-06-01").plus_days(7 * round);  // Mondays
      std::array<std::int64_t, 2> versions{};
      const auto change = [&](std::size_t who, ClosedPart part) {
        const auto outcome = service.declare(actor(2'000), {on, DayKind::typhoon, part, who == 0 ? "a" : "b"}, false);
        REQUIRE(outcome.ok());
        versions[who] = outcome->version;
      };
      std::thread a(change, 0, ClosedPart::morning);
      std::thread b(change, 1, ClosedPart::afternoon);
      a.join();
      b.join();
      CHECK(versions[0] != versions[1]);
      const auto* winner = versions[0] > versions[1] ? "a" : "b";
      CHECK(one.day(on)->note == winner);
      CHECK(other.day(on)->note == winner);
    }
    CHECK(one.version() == 25);
    const auto overlapping = database.read([](db::Session& s) {
      return s.value<std::int64_t>(
          "SELECT COUNT(*) FROM calendar_day a, calendar_day b WHERE a.day_on = b.day_on AND a.id < b.id AND (a.superseded_at IS NULL OR a.superseded_at > b.recorded_at) AND "
          "(b.superseded_at IS NULL OR b.superseded_at > a.recorded_at)");
    });
    CHECK(overlapping == 0);
  });
}

TEST_CASE("routes are declared, and every key has its sentence") {
  db::testing::on_both(sets(), [](db::Database& database) {
    const SystemClock clock;
    http::Router router(database, clock);
    CalendarModule module(database);
    module.add_routes(router);
    CHECK(router.rows().size() == 4);
    for (const auto& row : router.rows()) CHECK(row.permission == (row.mutating ? "calendar.edit" : "calendar.read"));
    CHECK_NOTHROW((void)router.openapi());
  });
  i18n::add(calendar_messages());
  i18n::add(csv::csv_messages());
  CHECK(i18n::text("calendar.no_year", Language::zh_tw, {{"year", "2027"}}) == "尚無2027年的辦公日曆表，請先匯入。");
}
