#include "foundation/chasing/rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::chasing;

namespace {

Date day(const char* iso) { return *Date::parse(iso); }

calendar::CalendarDays closed(std::initializer_list<const char*> dates) {
  calendar::CalendarDays days;
  for (const auto* date : dates) days.put({day(date), calendar::DayKind::holiday, false, false, ""});
  return days;
}

Ladder ladder(std::vector<Rung> rungs, LadderMatch match = {}, const char* from = "2020-01-01") { return {LadderId{1}, std::move(match), day(from), "unsourced", std::move(rungs)}; }

std::string keys(const std::vector<DueRung>& rungs) {
  std::string out;
  for (const auto& rung : rungs) out += (out.empty() ? "" : " ") + rung.key + "@" + rung.on.iso();
  return out;
}

const Ladder usual = ladder({{-7, DayCount::calendar_day, Audience::owner, 0},
                             {-1, DayCount::working_day, Audience::owner, 0},
                             {0, DayCount::calendar_day, Audience::owner, 0},
                             {3, DayCount::calendar_day, Audience::owner, 7},
                             {7, DayCount::calendar_day, Audience::unit_head, 0},
                             {15, DayCount::calendar_day, Audience::agency_head, 0},
                             {30, DayCount::calendar_day, Audience::rdec, 0}});

}  // namespace

TEST_CASE("a rung falls on its day, by the calendar or by working days over a holiday") {
  const auto days = closed({"2026-12-31", "2027-01-01"});
  const auto on = [&](int offset, DayCount kind, const char* due) { return rung_date({offset, kind, Audience::owner, 0}, day(due), days).iso(); };
  CHECK(on(-7, DayCount::calendar_day, "2026-12-15") == "2026-12-08");
  CHECK(on(0, DayCount::working_day, "2026-12-15") == "2026-12-15");
  CHECK(on(-1, DayCount::working_day, "2026-12-14") == "2026-12-11");  // Monday to Friday
  CHECK(on(-1, DayCount::working_day, "2027-01-04") == "2026-12-30");
  CHECK(on(1, DayCount::working_day, "2026-12-30") == "2027-01-04");
  CHECK(on(3, DayCount::working_day, "2026-12-11") == "2026-12-16");
}

TEST_CASE("each rung runs from its day on and not a day before") {
  const calendar::CalendarDays none;
  const Date due = day("2026-12-15");
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-07"), none, {})).empty());
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-08"), none, {})) == "-7c:owner:0@2026-12-08");
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-14"), none, {})) == "-1w:owner:0@2026-12-14");
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-15"), none, {})) == "0c:owner:0@2026-12-15");
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-21"), none, {})) == "3c:owner:0@2026-12-18");
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-22"), none, {})) == "3c:owner:0@2026-12-18 7c:unit_head:0@2026-12-22");
}

TEST_CASE("what was run is not run again, and missed days make no flood") {
  const calendar::CalendarDays none;
  const Date due = day("2026-12-15");
  const DoneRung first{"-7c:owner:0", Audience::owner, day("2026-12-08")};
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-13"), none, {first})).empty());
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-15"), none, {first})) == "0c:owner:0@2026-12-15");
  // Two weeks without a run: the owner gets the latest, the others theirs.
  CHECK(keys(rungs_to_run(usual, due, day("2027-01-14"), none, {first})) == "3c:owner:3@2027-01-08 7c:unit_head:0@2026-12-22 15c:agency_head:0@2026-12-30 30c:rdec:0@2027-01-14");
  const DoneRung repeated{"3c:owner:0", Audience::owner, day("2026-12-18")};
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-20"), none, {repeated})).empty());
  CHECK(keys(rungs_to_run(usual, due, day("2026-12-25"), none, {repeated, {"7c:unit_head:0", Audience::unit_head, day("2026-12-22")}})) == "3c:owner:1@2026-12-25");
  // A rung that was added before one that has run stays silent.
  const auto more = ladder({{1, DayCount::calendar_day, Audience::owner, 0}});
  CHECK(keys(rungs_to_run(more, due, day("2026-12-20"), none, {repeated})).empty());
}

TEST_CASE("the ladder that names most of a duty is the one in force") {
  const std::vector<Ladder> ladders = {ladder({}), ladder({}, {std::string("document"), {}, {}}), ladder({}, {{}, duties::Severity::critical, {}}), ladder({}, {{}, {}, duties::Confidentiality::confidential}),
                                       ladder({}, {std::string("document"), {}, {}}, "2026-07-01"), ladder({}, {{}, duties::Severity::critical, duties::Confidentiality::confidential})};
  const auto chosen = [&](const char* origin, duties::Severity severity, duties::Confidentiality confidentiality, const char* on) { return ladder_for(ladders, origin, severity, confidentiality, day(on)) - ladders.data(); };
  using duties::Confidentiality;
  using duties::Severity;
  CHECK(chosen("plan", Severity::normal, Confidentiality::internal, "2026-06-30") == 0);
  CHECK(chosen("document", Severity::normal, Confidentiality::internal, "2026-06-30") == 1);
  CHECK(chosen("document", Severity::normal, Confidentiality::internal, "2026-07-01") == 4);
  CHECK(chosen("document", Severity::critical, Confidentiality::confidential, "2026-06-30") == 1);
  CHECK(chosen("plan", Severity::critical, Confidentiality::internal, "2026-06-30") == 2);
  CHECK(chosen("plan", Severity::critical, Confidentiality::confidential, "2026-06-30") == 5);
  CHECK(chosen("plan", Severity::high, Confidentiality::confidential, "2026-06-30") == 3);
  CHECK(ladder_for(ladders, "plan", Severity::normal, Confidentiality::internal, day("2019-12-31")) == nullptr);
}

TEST_CASE("rungs that make no sense are refused by their place") {
  const auto refused = [](std::vector<Rung> rungs) {
    const auto result = check_rungs(rungs);
    return result.ok() ? std::string() : result.fault().fields.front().path + " " + result.fault().fields.front().key;
  };
  CHECK(refused(usual.rungs).empty());
  CHECK(refused({}).empty());
  CHECK(refused({{366, DayCount::calendar_day, Audience::owner, 0}}) == "rungs[0].offset_days input.out_of_range");
  CHECK(refused({{365, DayCount::calendar_day, Audience::owner, 0}}).empty());
  CHECK(refused({{-1, DayCount::calendar_day, Audience::owner, 7}}) == "rungs[0].repeat_days chase.repeat_only_after");
  CHECK(refused({{1, DayCount::calendar_day, Audience::owner, 0}, {1, DayCount::calendar_day, Audience::owner, 7}}) == "rungs[1].audience chase.rung_twice");
  CHECK(refused(std::vector<Rung>(31, Rung{})) == "rungs chase.too_many_rungs");
}

TEST_CASE("no duty is looked at too late for its first rung") {
  calendar::CalendarDays newYear = closed({"2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-02-12"});
  const auto before = ladder({{-10, DayCount::working_day, Audience::owner, 0}, {-20, DayCount::calendar_day, Audience::owner, 0}});
  for (Date due = day("2027-01-01"); due <= day("2027-04-01"); due = due.plus_days(1)) {
    for (const auto& rung : before.rungs) {
      const Date on = rung_date(rung, due, newYear);
      CHECK(last_due_concerned({before}, on) >= due);
    }
  }
}
