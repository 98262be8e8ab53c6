#include "foundation/calendar/module.hpp"
#include "foundation/meetings/service.hpp"
#include "foundation/meetings/views.hpp"
#include "platform/db/store_test.hpp"

#include <thread>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::meetings;

namespace {

std::vector<db::MigrationSet> sets() {
  return {db::migrations_of("platform_db", embedded::platform_db), calendar::calendar_migrations(), identity::identity_migrations(), audit::audit_migrations(), search::search_migrations(), duties::duty_migrations(), meeting_migrations()};
}

Date day(const char* iso) { return *Date::parse(iso); }

constexpr std::int64_t city = 1, works = 10, water = 20;

struct Fixture {
  db::Database& database;
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("mandate-meetings-" + std::to_string(next_id()));
  FakeClock clock{*Instant::parse("2023-03-07T01:00:00Z")};
  calendar::Calendar calendar{database};
  identity::Identity identity{database, clock, [](Date) { return identity::IdentityPolicy{}; }, nullptr};
  audit::Audit audit{database, clock, folder / "keys", folder / "checkpoints.txt"};
  duties::Directory duty_directory{[](std::int64_t id) { return "機關" + std::to_string(id); },
                                   [](std::int64_t id, Date) { return id == city || id == works || id == water; },
                                   [](std::int64_t id) { return "職務" + std::to_string(id); },
                                   [](std::int64_t, Date) { return std::string("某人"); },
                                   [](std::int64_t, Date) { return std::vector<std::int64_t>{}; }};
  duties::Duties duties{database, clock, identity, audit, calendar, duty_directory, [](Date) { return duties::DutyPolicy{}; }};
  Meetings meetings{database, clock, identity, audit, calendar, duties,
                    {[](std::int64_t id, Date) { return "機關" + std::to_string(id); },
                     [](std::int64_t id, Date) { return id == city || id == works || id == water; },
                     [](std::int64_t id, Date) { return std::vector<std::int64_t>{id}; },
                     [](std::int64_t id, Date) -> std::optional<Directory::Post> {
                       if (id < 100 || id > 299) return std::nullopt;
                       return Directory::Post{"職務" + std::to_string(id), "某人", id < 200 ? works : water};
                     }}};
  Meetings::Parts& p = meetings.parts();

  explicit Fixture(db::Database& d) : database(d) { add_duty_sources(meetings, duties); }
  ~Fixture() { std::filesystem::remove_all(folder); }
  Actor as(std::int64_t account, const std::string& role, std::int64_t agency = 0) {
    Actor actor;
    actor.account_id = account;
    actor.grants = {{role, agency, 0}};
    actor.now = clock.now();
    return actor;
  }
  Actor controller() { return as(1, "rdec_controller"); }
  Actor head() { return as(4, "rdec_head"); }
  Actor liaison() { return as(2, "agency_liaison", works); }
  Actor neighbour() { return as(3, "agency_liaison", water); }
  void later(int seconds = 60) { clock.set(clock.now().plus_seconds(seconds)); }

  SeriesText text(SeriesKind kind, std::int64_t agency) {
    SeriesText t;
    t.kind = kind;
    t.name = kind == SeriesKind::agency ? "機關標案檢討會議" : "標案進度管制會報";
    t.agency_id = agency;
    t.day = 10;
    t.months_after = 1;
    t.stage = kind == SeriesKind::agency ? 1 : 2;
    t.sources = {"duties.late", "duties.severe"};
    return t;
  }
  SeriesId series(SeriesKind kind, std::int64_t agency, std::vector<std::int64_t> gates = {}) {
    auto t = text(kind, agency);
    t.gates = std::move(gates);
    const auto made = p.create_series(controller(), t);
    REQUIRE(made.ok());
    return *made;
  }
  MeetingId meeting(SeriesId id, const char* period = "2023-03-15") {
    const auto made = p.plan(controller(), {id, day(period), {}});
    REQUIRE(made.ok());
    return *made;
  }
  duties::DutyId duty(std::int64_t agency, const char* due, Confidentiality confidentiality = Confidentiality::internal) {
    duties::NewDuty n;
    n.title = "辦理事項";
    n.origin = "own";
    n.agency_id = agency;
    n.due_on = day(due);
    n.confidentiality = confidentiality;
    const auto made = duties.record(controller(), n);
    REQUIRE(made.ok());
    return *made;
  }
  // As its agency reports it; the use case is the ledger's own.
  void finish(duties::DutyId id) {
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      s.execute("UPDATE duty SET state = 'done', done_on = ? WHERE id = ?", clock.today(), id);
      return done();
    }).ok());
  }
  MeetingRecord record(MeetingId id) {
    return *database.read([&](db::Session& s) { return p.store.find(s, id); });
  }
  MeetingView view(const Actor& actor, MeetingId id, std::optional<Date> known_on = {}) {
    auto found = database.read([&](db::Session& s) { return Views(p, s, actor).meeting(id, known_on); });
    REQUIRE(found.ok());
    return *found;
  }
  Result<> freeze(const Actor& actor, MeetingId id, std::optional<Date> cutoff = {}) { return p.freeze(actor, id, cutoff, record(id).revision); }
  // A meeting of a series that has been held.
  MeetingId held(SeriesId id, const char* period) {
    const auto made = meeting(id, period);
    REQUIRE(p.run_rules(controller(), made).ok());
    REQUIRE(freeze(controller(), made).ok());
    REQUIRE(p.hold(controller(), made, clock.today(), record(made).revision).ok());
    return made;
  }
  NewDecision decision(const char* words, std::int64_t agency = works) {
    NewDecision d;
    d.text = words;
    d.agency_id = agency;
    d.due_on = day("2023-04-10");
    return d;
  }
};

}  // namespace

TEST_CASE("a series and a meeting: its period, its day, and one meeting a period") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.series(SeriesKind::agency, works);
    const auto planned = f.record(f.meeting(id));
    CHECK(planned.period_from == day("2023-03-01"));
    CHECK(planned.period_to == day("2023-03-31"));
    CHECK(planned.planned_on == day("2023-04-10"));
    CHECK(planned.number == "112-M00001");
    CHECK(f.p.plan(f.controller(), {id, day("2023-03-02"), {}}).fault().fields.at(0).key == "meeting.period_taken");
    REQUIRE(f.p.cancel(f.liaison(), planned.id, "併入下月", planned.revision).ok());
    CHECK(f.p.plan(f.liaison(), {id, day("2023-03-02"), day("2023-03-28")}).ok());
    // Who may: RDEC arranges series, an agency runs its own meetings and no other's.
    CHECK(f.p.create_series(f.liaison(), f.text(SeriesKind::agency, works)).fault().kind == FaultKind::forbidden);
    CHECK(f.p.plan(f.neighbour(), {id, day("2023-05-02"), {}}).fault().kind == FaultKind::not_found);
    CHECK(f.p.edit(f.neighbour(), planned.id, {day("2023-04-11"), "", ""}, 1).fault().kind == FaultKind::not_found);
    auto text = f.text(SeriesKind::agency, works);
    text.name = "機關標案檢討會議（新）";
    REQUIRE(f.p.change_series(f.controller(), id, text, 1).ok());
    CHECK(f.p.change_series(f.controller(), id, text, 1).fault().kind == FaultKind::stale);
    text.frequency = Frequency::quarter;
    CHECK(f.p.change_series(f.controller(), id, text, 2).fault().fields.at(0).key == "meeting.series_keeps");
    text.frequency = Frequency::month;
    text.ended = true;
    REQUIRE(f.p.change_series(f.controller(), id, text, 2).ok());
    CHECK(f.p.plan(f.controller(), {id, day("2023-06-02"), {}}).fault().key == "meeting.series_ended");
  });
}

TEST_CASE("what a series may not be") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto first = f.series(SeriesKind::agency, works);
    const auto second = f.series(SeriesKind::review, city);
    struct Case {
      const char* field;
      std::function<void(SeriesText&)> change;
    };
    const Case cases[] = {{"name", [](SeriesText& t) { t.name = " \u3000"; }},         {"agency_id", [](SeriesText& t) { t.agency_id = 77; }},          {"day", [](SeriesText& t) { t.day = 32; }},
                          {"months_after", [](SeriesText& t) { t.months_after = 4; }}, {"stage", [](SeriesText& t) { t.stage = 3; }},                   {"begins_at", [](SeriesText& t) { t.begins_at = "2 pm"; }},
                          {"chair_post_id", [](SeriesText& t) { t.chair_post_id = 7; }}, {"attendants", [](SeriesText& t) { t.attendants = {101, 7}; }}, {"sources", [](SeriesText& t) { t.sources = {"tenders.none"}; }},
                          {"sources", [](SeriesText& t) { t.sources = {"duties.late", "duties.late"}; }}, {"covers", [](SeriesText& t) { t.covers = {77}; }}, {"gates", [&](SeriesText& t) { t.gates = {second.value}; }},
                          {"gates", [](SeriesText& t) { t.gates = {424242}; }},        {"gates", [&](SeriesText& t) { t.stage = 1; t.gates = {first.value}; }}};
    for (const auto& one : cases) {
      auto text = f.text(SeriesKind::review, city);
      one.change(text);
      const auto made = f.p.create_series(f.controller(), text);
      INFO(one.field);
      REQUIRE_FALSE(made.ok());
      REQUIRE(made.fault().fields.size() == 1);
      CHECK(made.fault().fields[0].path == one.field);
    }
  });
}

TEST_CASE("rules fill the agenda, say their version, keep what was struck, and answer for their cut-off") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto late = f.duty(works, "2023-03-01");
    f.duty(works, "2023-02-05");  // 30 days late on the 7th: late, not severe
    const auto severe = f.duty(works, "2023-02-04");
    f.duty(works, "2023-03-07");  // due today
    f.duty(water, "2023-01-01");
    const auto id = f.meeting(f.series(SeriesKind::agency, works));
    CHECK(f.p.add_entry(f.liaison(), id, {"提案", "理由"}).fault().key == "meeting.not_in_this_state");
    REQUIRE(f.p.run_rules(f.liaison(), id).ok());
    auto view = f.view(f.liaison(), id);
    REQUIRE(view.runs.size() == 2);
    CHECK(view.runs[0].version == 1);
    REQUIRE(view.entries.size() == 2);  // its own agency alone
    CHECK(view.entries[0].title == "機關10逾期 3 件，其中嚴重逾期 1 件");
    CHECK(view.entries[0].table->rows.size() == 3);
    CHECK(view.entries[1].record->id.value == severe.value);
    REQUIRE(f.p.strike_entry(f.liaison(), id, view.entries[1].id, "已於上月報告").ok());
    CHECK(f.p.strike_entry(f.liaison(), id, view.entries[1].id, "再一次").fault().key == "meeting.struck_already");
    CHECK(f.p.strike_entry(f.liaison(), id, EntryId{4711}, "無此案").fault().key == "meeting.no_entry");
    CHECK(f.p.add_entry(f.liaison(), id, {"提案", ""}).fault().fields.at(0).path == "reason");
    REQUIRE(f.p.add_entry(f.liaison(), id, {"管線遷移協調", "跨機關協調", water}).ok());
    f.later();
    f.finish(late);
    f.later();
    REQUIRE(f.p.run_rules(f.liaison(), id).ok());
    view = f.view(f.liaison(), id);
    REQUIRE(view.entries.size() == 3);
    CHECK(view.entries[0].title == "機關10逾期 2 件，其中嚴重逾期 1 件");
    CHECK(view.entries[1].struck_reason == "已於上月報告");
    CHECK(view.entries[2].origin == EntryOrigin::manual);
    // The other agency sees the entry that concerns it, and nothing else; a stranger nothing.
    const auto seen = f.view(f.neighbour(), id);
    CHECK_FALSE(seen.meeting.whole);
    REQUIRE(seen.entries.size() == 1);
    CHECK(seen.entries[0].title == "管線遷移協調");
    CHECK(seen.runs[0].table == std::nullopt);
    CHECK(seen.history.empty());
    CHECK(f.p.add_entry(f.neighbour(), id, {"提案", "理由", water}).fault().kind == FaultKind::forbidden);
    // As it stood before: the first run's figures.
    f.later(86'400);
    REQUIRE(f.p.run_rules(f.liaison(), id).ok());
    CHECK(f.view(f.liaison(), id, day("2023-03-07")).entries[0].title == "機關10逾期 2 件，其中嚴重逾期 1 件");
  });
}

TEST_CASE("severe begins one day after the policy's days") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.duty(works, "2023-02-06");  // 29 days late
    f.duty(works, "2023-02-05");  // 30
    const auto over = f.duty(works, "2023-02-04");  // 31
    const auto asked = database.read([&](db::Session& s) { return f.duties.list_late(s, {{works}, day("2023-03-07"), f.clock.now()}, 100); });
    REQUIRE(asked.size() == 3);
    CHECK(asked[0].id == over);
    CHECK(asked[0].severe);
    CHECK_FALSE(asked[1].severe);
    CHECK_FALSE(asked[2].severe);
    const auto tally = database.read([&](db::Session& s) { return f.duties.tally_late(s, {{}, day("2023-03-07"), f.clock.now()}); });
    REQUIRE(tally.size() == 1);
    CHECK(tally[0].late == 3);
    CHECK(tally[0].severe == 1);
  });
}

TEST_CASE("a frozen pack is one text under one hash; the agenda changes no more; a closed entry stands apart") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    f.duty(works, "2023-03-01");
    f.duty(works, "2023-03-02", Confidentiality::confidential);
    const auto series = f.series(SeriesKind::review, city);
    const auto id = f.meeting(series);
    REQUIRE(f.p.run_rules(f.controller(), id).ok());
    CHECK(f.p.freeze(f.controller(), id, {}, 99).fault().kind == FaultKind::stale);
    CHECK(f.p.freeze(f.controller(), id, day("2023-03-08"), 2).fault().fields.at(0).path == "cutoff_on");
    // The controller may not know of the closed entry: it is not in their view.
    CHECK(f.view(f.controller(), id).entries.size() == 1);
    CHECK(f.view(f.head(), id).entries.size() == 2);
    REQUIRE(f.freeze(f.controller(), id).ok());
    CHECK(f.freeze(f.controller(), id).fault().key == "meeting.agenda_frozen");
    CHECK(f.p.run_rules(f.controller(), id).fault().key == "meeting.agenda_frozen");
    CHECK(f.p.add_entry(f.controller(), id, {"提案", "理由"}).fault().key == "meeting.agenda_frozen");
    const auto view = f.view(f.controller(), id);
    REQUIRE(view.packs.size() == 1);
    CHECK(f.view(f.head(), id).packs.size() == 2);
    const auto main = pack_for(f.p, f.controller(), id, {}, true);
    REQUIRE(main.ok());
    CHECK(check_pack_file(pack_file(main->content, main->hash)).good());
    CHECK(main->hash == view.packs[0].sha256);
    CHECK(main->content.find("密件") == std::string::npos);
    CHECK(pack_for(f.p, f.controller(), id, PackPart::closed, true).fault().kind == FaultKind::not_found);
    const auto closed = pack_for(f.p, f.head(), id, PackPart::closed, true);
    REQUIRE(closed.ok());
    CHECK(closed->content.find("密件逾期 1 件") != std::string::npos);
    // Whom an entry concerns gets an extract, and no file that verifies.
    CHECK(pack_for(f.p, f.liaison(), id, {}, true).fault().key == "meeting.pack_whole_only");
    const auto extract = pack_for(f.p, f.liaison(), id, {}, false);
    REQUIRE(extract.ok());
    CHECK(extract->extract);
    CHECK(extract->pack.sections.size() == 1);
    const auto of_head = pack_for(f.p, f.as(6, "agency_head", works), id, {}, false);
    REQUIRE(of_head.ok());
    CHECK(of_head->pack.sections.size() == 2);
    CHECK(pack_for(f.p, f.neighbour(), id, {}, false).fault().kind == FaultKind::not_found);
  });
}

TEST_CASE("the second stage waits for the minutes of the first, unless the controller says why not") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto own = f.series(SeriesKind::agency, works);
    const auto other = f.series(SeriesKind::agency, water);
    const auto review = f.meeting(f.series(SeriesKind::review, city, {own.value, other.value}));
    REQUIRE(f.p.run_rules(f.controller(), review).ok());
    CHECK(f.freeze(f.controller(), review).fault().key == "meeting.gates_closed");
    // Of another period it does not count.
    const auto before = f.held(own, "2023-02-15");
    REQUIRE(f.p.write_minutes(f.liaison(), before, "紀錄", 0).ok());
    REQUIRE(f.p.approve_minutes(f.liaison(), before, 1).ok());
    CHECK(f.freeze(f.controller(), review).fault().key == "meeting.gates_closed");
    const auto first = f.held(own, "2023-03-15");
    CHECK(f.p.approve_minutes(f.liaison(), first, 1).fault().key == "meeting.no_minutes");
    REQUIRE(f.p.write_minutes(f.liaison(), first, "紀錄", 0).ok());
    CHECK(f.p.write_minutes(f.liaison(), first, "別人的紀錄", 0).fault().kind == FaultKind::stale);
    REQUIRE(f.p.write_minutes(f.liaison(), first, "紀錄二", 1).ok());
    CHECK(f.p.approve_minutes(f.liaison(), first, 1).fault().kind == FaultKind::stale);
    CHECK(f.freeze(f.controller(), review).fault().key == "meeting.gates_closed");
    REQUIRE(f.p.approve_minutes(f.liaison(), first, 2).ok());
    CHECK(f.p.write_minutes(f.liaison(), first, "紀錄三", 2).fault().kind == FaultKind::conflict);
    const auto refused = f.freeze(f.controller(), review);
    REQUIRE(refused.fault().key == "meeting.gates_closed");  // the other agency's
    CHECK(f.p.waive(f.as(5, "agency_head", city), review, other, "理由").fault().kind == FaultKind::forbidden);
    CHECK(f.p.waive(f.controller(), review, own, "理由").fault().key == "meeting.gate_open");
    CHECK(f.p.waive(f.controller(), review, other, " ").fault().fields.at(0).path == "reason");
    REQUIRE(f.p.waive(f.controller(), review, other, "本月無標案").ok());
    CHECK(f.p.waive(f.controller(), review, other, "再一次").fault().key == "meeting.gate_open");
    REQUIRE(f.freeze(f.controller(), review).ok());
    const auto pack = pack_for(f.p, f.controller(), review, {}, true);
    REQUIRE(pack->pack.gates.size() == 2);
    const auto& gates = pack->pack.gates;
    CHECK((gates[0].waived || gates[1].waived));
    CHECK((gates[0].approved_at || gates[1].approved_at));
    CHECK(pack_html(pack->pack, pack->hash, false, Language::zh_tw).find("本月無標案") != std::string::npos);
  });
}

TEST_CASE("a decision is a duty at once, and comes back until its duty is done and the decision closed") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto series = f.series(SeriesKind::review, city);
    const auto id = f.held(series, "2023-02-15");
    CHECK(f.p.decide(f.controller(), id, f.decision("")).fault().fields.at(0).path == "text");
    const auto made = f.p.decide(f.controller(), id, f.decision("請於四月十日前完成管線遷移"));
    REQUIRE(made.ok());
    CHECK(f.p.decide(f.controller(), id, f.decision("請於四月十日前完成管線遷移")).fault().key == "meeting.decided_twice");
    REQUIRE(f.p.decide(f.controller(), id, f.decision("請於四月十日前完成管線遷移", water)).ok());
    CHECK(f.p.decide(f.controller(), id, f.decision("無此機關", 77)).fault().key == "input.invalid");
    auto view = f.view(f.controller(), id);
    REQUIRE(view.decisions.size() == 2);
    const auto duty = view.decisions[0].duty->id;
    CHECK(view.decisions[0].duty->state == duties::DutyState::open);
    CHECK(view.decisions[0].actions == std::vector<std::string>{"withdraw"});
    // The agency sees the meeting by what concerns it, and cannot end the decision.
    CHECK(f.view(f.liaison(), id).decisions.size() == 1);
    CHECK(f.p.close_decision(f.as(6, "agency_head", works), *made, "完成", 1).fault().kind == FaultKind::forbidden);
    f.later();
    const auto next = f.meeting(series, "2023-03-15");
    CHECK(f.view(f.controller(), next).followed.size() == 2);
    CHECK(f.p.close_decision(f.controller(), *made, "完成", 1).fault().key == "meeting.duty_open");
    f.finish(duty);
    // Done by the agency, it still stands on the agenda until it is closed.
    f.later();
    REQUIRE(f.p.run_rules(f.controller(), next).ok());
    REQUIRE(f.freeze(f.controller(), next).ok());
    const auto pack = pack_for(f.p, f.controller(), next, {}, true);
    REQUIRE(pack->pack.decisions.size() == 2);
    CHECK(pack->pack.decisions[0].duty_state == "done");
    f.later();
    CHECK(f.p.close_decision(f.controller(), *made, "完成", 9).fault().kind == FaultKind::stale);
    REQUIRE(f.p.close_decision(f.controller(), *made, "會議確認完成", 1).ok());
    CHECK(f.p.close_decision(f.controller(), *made, "再一次", 2).fault().key == "meeting.decision_not_open");
    // The frozen meeting shows what it froze; the one after it does not have it any more.
    CHECK(f.view(f.controller(), next).followed.size() == 2);
    const auto third = f.meeting(series, "2023-04-15");
    view = f.view(f.controller(), third);
    REQUIRE(view.followed.size() == 1);
    // Withdrawn, its duty is cancelled.
    REQUIRE(f.p.withdraw_decision(f.controller(), view.followed[0].id, "改由他案辦理", 1).ok());
    CHECK(f.view(f.controller(), third).followed.empty());
    const auto cancelled = database.read([&](db::Session& s) { return f.duties.list_cores(s, {view.followed[0].duty->id.value}); });
    CHECK(cancelled.at(0).state == duties::DutyState::cancelled);
  });
}

TEST_CASE("an agency's own meeting decides for that agency alone") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.held(f.series(SeriesKind::agency, works), "2023-02-15");
    CHECK(f.p.decide(f.liaison(), id, f.decision("要他局辦理", water)).fault().fields.at(0).key == "meeting.not_to_bind");
    REQUIRE(f.p.decide(f.liaison(), id, f.decision("自行辦理", works)).ok());
  });
}

TEST_CASE("attendance: by post or by name, deputies named, kept with the meeting's revision") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    auto text = f.text(SeriesKind::review, city);
    text.attendants = {101, 201};
    const auto made = f.p.create_series(f.controller(), text);
    const auto id = f.held(*made, "2023-02-15");
    CHECK(f.view(f.controller(), id).attendance.size() == 2);  // the usual seats
    const auto revision = f.record(id).revision;
    CHECK(f.p.set_attendance(f.controller(), id, {{101, 0, "", Presence::deputy, ""}}, revision).fault().fields.at(0).path == "rows[0].deputy");
    CHECK(f.p.set_attendance(f.controller(), id, {{101, 0, "", Presence::present, ""}, {101, 0, "", Presence::absent, ""}}, revision).fault().fields.at(0).path == "rows[1].post_id");
    CHECK(f.p.set_attendance(f.controller(), id, {{0, 0, "", Presence::present, ""}}, revision).fault().fields.at(0).path == "rows[0].who");
    REQUIRE(f.p.set_attendance(f.controller(), id, {{101, 0, "", Presence::deputy, "王副局長"}, {0, water, "專家學者", Presence::present, "無"}}, revision).ok());
    CHECK(f.p.set_attendance(f.controller(), id, {}, revision).fault().kind == FaultKind::stale);
    const auto view = f.view(f.controller(), id);
    REQUIRE(view.attendance.size() == 2);
    CHECK(view.attendance[0].deputy == "王副局長");
    CHECK(view.attendance[0].agency_id->value == works);
    CHECK(view.attendance[1].deputy == "");
    CHECK(view.attendance_kept);
  });
}

TEST_CASE("meetings move with the office calendar until they are held, and keep the day they were meant for") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto id = f.meeting(f.series(SeriesKind::agency, works));
    calendar::CalendarDays days;
    for (Date on = day("2023-04-01"); on <= day("2023-04-30"); on = on.plus_days(1)) days.put({on, calendar::DayKind::workday, on != day("2023-04-10"), on != day("2023-04-10"), ""});
    CHECK(database.read([&](db::Session& s) { return f.meetings.count_affected(s, days, {day("2023-04-10")}); }) == 1);
    REQUIRE(database.write([&](db::Session& s) -> Result<> {
      CHECK(f.meetings.recompute(s, f.controller(), days, 2, {day("2023-04-10")}) == 1);
      return done();
    }).ok());
    CHECK(f.record(id).planned_on == day("2023-04-11"));
    CHECK(f.record(id).nominal_on == day("2023-04-10"));
  });
}

TEST_CASE("two at once: one freezes, one decision, one meeting a period") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f{database};
    const auto series = f.series(SeriesKind::review, city);
    const auto race = [&](const std::function<bool()>& act) {
      std::atomic<int> won = 0;
      std::vector<std::thread> threads;
      for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
          try {
            if (act()) ++won;
          } catch (const db::DbError&) {
          }
        });
      }
      for (auto& one : threads) one.join();
      return won.load();
    };
    CHECK(race([&] { return f.p.plan(f.controller(), {series, day("2023-02-15"), {}}).ok(); }) == 1);
    const auto id = database.read([&](db::Session& s) { return s.value<MeetingId>("SELECT id FROM meeting WHERE superseded_at IS NULL"); });
    REQUIRE(f.p.run_rules(f.controller(), id).ok());
    const auto revision = f.record(id).revision;
    CHECK(race([&] { return f.p.freeze(f.controller(), id, {}, revision).ok(); }) == 1);
    CHECK(database.read([&](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM meeting_pack"); }) == 1);
    REQUIRE(f.p.hold(f.controller(), id, f.clock.today(), f.record(id).revision).ok());
    CHECK(race([&] { return f.p.decide(f.controller(), id, f.decision("同一決議")).ok(); }) == 1);
    CHECK(database.read([&](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM duty"); }) == 1);
  });
}
