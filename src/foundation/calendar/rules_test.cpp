#include "foundation/calendar/rules.hpp"

#include "foundation/calendar/office_years.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::calendar;

namespace {

Date d(const char* iso) { return *Date::parse(iso); }
Instant t(const char* taipei) { return *Instant::parse(std::string(taipei) + ":00+08:00"); }

// 2023 to 2026, with the storm of an afternoon on 2023-08-03 (Thursday) and of a morning on 2023-08-07 (Monday).
CalendarDays days() {
  CalendarDays days;
  for (auto& year : office_years()) {
    for (auto& day : year.days) days.put(day);
  }
  days.put({d("2023-08-03"), DayKind::typhoon, true, false, "颱風"});
  days.put({d("2023-08-07"), DayKind::typhoon, false, true, "颱風"});
  return days;
}

std::string key_of(const Fault& fault) { return fault.fields.empty() ? fault.key : fault.fields[0].key; }

std::string due_text(const Result<Due>& due) {
  if (!due.ok()) return key_of(due.fault());
  return due->on.iso() + " " + taipei_time_text(due->at).substr(11);
}

}  // namespace

TEST_CASE("working days: the start is not counted, holidays and make-up days are what the calendar says") {
  const auto calendar = days();
  struct Row {
    const char* start;
    int amount;
    const char* due;
  };
  for (const auto& row : std::initializer_list<Row>{{"2023-03-24", 1, "2023-03-25"},  // a make-up Saturday
                                                    {"2023-03-25", 1, "2023-03-27"},
                                                    {"2023-03-23", 0, "2023-03-23"},
                                                    {"2023-03-26", 0, "2023-03-26"},  // no days: the day itself, even a Sunday
                                                    {"2023-01-19", 1, "2023-01-30"},
                                                    {"2022-12-31", 1, "2023-01-03"},
                                                    {"2023-08-02", 1, "2023-08-03"},  // half a day open is a working day
                                                    {"2025-09-26", 1, "2025-09-30"},  // the amended year
                                                    {"2024-12-31", 6, "2025-01-09"}}) {
    CAPTURE(row.start);
    const auto due = due_by_working_days(calendar, d(row.start), row.amount);
    REQUIRE(due.ok());
    CHECK(due->on.iso() == row.due);
    CHECK(due->at == taipei_end_of_day(due->on));
  }
  const auto skipped = due_by_working_days(calendar, d("2023-02-24"), 1)->skipped;
  REQUIRE(skipped.size() == 4);
  CHECK(skipped[2].note == "調整放假");
}

TEST_CASE("a year without a calendar is refused by name, when a day of it is needed") {
  const auto calendar = days();
  const auto due = due_by_working_days(calendar, d("2026-12-30"), 2);
  REQUIRE_FALSE(due.ok());
  CHECK(due.fault().key == "calendar.no_year");
  CHECK(due.fault().args[0].second == "2027");
  CHECK(due_by_working_days(calendar, d("2026-12-30"), 1).ok());
  CHECK_FALSE(working_days_between(calendar, d("2022-12-01"), d("2023-01-03")).ok());
  CHECK_FALSE(due_by_hours(calendar, t("2027-01-04T09:00"), 1, {}).ok());
  CHECK(due_by_calendar_days(d("2030-01-01"), 10)->on == d("2030-01-11"));
}

TEST_CASE("amounts: at, below and above the limits") {
  const auto calendar = days();
  CHECK(key_of(due_by_working_days(calendar, d("2023-03-01"), -1).fault()) == "calendar.amount_range");
  CHECK(key_of(due_by_calendar_days(d("2023-03-01"), amount_max + 1).fault()) == "calendar.amount_range");
  CHECK(due_by_calendar_days(d("2023-03-01"), amount_max).ok());
}

TEST_CASE("calendar days count holidays and stay where they fall") {
  CHECK(due_by_calendar_days(d("2005-10-07"), 10)->on == d("2005-10-17"));
  CHECK(due_by_calendar_days(d("2005-10-09"), 30)->on == d("2005-11-08"));
  CHECK(due_by_calendar_days(d("2023-01-20"), 2)->on == d("2023-01-22"));  // a holiday
}

TEST_CASE("half days: open halves from the next day") {
  const auto calendar = days();
  const auto due = [&](const char* start, int amount) { return due_text(due_by_half_days(calendar, d(start), amount, {})); };
  CHECK(due("2023-03-06", 1) == "2023-03-07 12:00");
  CHECK(due("2023-03-06", 2) == "2023-03-07 17:00");
  CHECK(due("2023-03-06", 3) == "2023-03-08 12:00");
  CHECK(due("2023-03-10", 1) == "2023-03-13 12:00");
  CHECK(due("2023-08-02", 1) == "2023-08-03 12:00");
  CHECK(due("2023-08-02", 2) == "2023-08-04 12:00");  // the afternoon of the 3rd is closed
  CHECK(due("2023-08-04", 1) == "2023-08-07 17:00");  // the morning of the 7th is closed
  CHECK(due("2023-03-06", 0) == "2023-03-06 23:59");
}

TEST_CASE("hours: from the minute of receipt, in office hours") {
  const auto calendar = days();
  const auto due = [&](const char* start, int amount, OfficeHours hours = {}) { return due_text(due_by_hours(calendar, t(start), amount, hours)); };
  CHECK(due("2023-03-07T09:30", 2) == "2023-03-07 11:30");
  CHECK(due("2023-03-07T10:00", 2) == "2023-03-07 12:00");   // used up exactly at noon
  CHECK(due("2023-03-07T10:01", 2) == "2023-03-07 13:01");
  CHECK(due("2023-03-07T12:30", 1) == "2023-03-07 14:00");
  CHECK(due("2023-03-07T16:00", 2) == "2023-03-08 09:00");
  CHECK(due("2023-03-07T18:00", 8) == "2023-03-08 17:00");
  CHECK(due("2023-03-10T16:30", 1) == "2023-03-13 08:30");   // over a weekend
  CHECK(due("2023-03-11T10:00", 4) == "2023-03-13 12:00");   // received on a Saturday
  CHECK(due("2023-08-03T11:00", 2) == "2023-08-04 09:00");   // the afternoon is closed
  CHECK(due("2023-08-04T17:00", 4) == "2023-08-07 17:00");   // the morning is closed
  CHECK(due("2023-03-07T10:00", 0) == "2023-03-07 10:00");
  OfficeHours always;
  always.around_the_clock = true;
  CHECK(due("2023-03-10T23:30", 4, always) == "2023-03-11 03:30");
  OfficeHours later{9 * 60, 12 * 60, 13 * 60 + 30, 18 * 60, false};
  CHECK(due("2023-03-07T11:00", 2, later) == "2023-03-07 14:30");
}

TEST_CASE("working days between two days, both ways") {
  const auto calendar = days();
  CHECK(*working_days_between(calendar, d("2023-03-24"), d("2023-03-27")) == 2);
  CHECK(*working_days_between(calendar, d("2023-03-27"), d("2023-03-24")) == -2);
  CHECK(*working_days_between(calendar, d("2023-03-24"), d("2023-03-24")) == 0);
  CHECK(*next_working_day(calendar, d("2023-01-19")) == d("2023-01-30"));
  CHECK(*next_working_day(calendar, d("2023-03-24")) == d("2023-03-25"));
}

TEST_CASE("used days: half a day when finished the day it came, else working days") {
  CalendarDays october;
  for (Date on = d("2005-10-01"); on <= d("2005-10-31"); on = on.plus_days(1)) october.put(ordinary_day(on));
  october.put(day_from_file(d("2005-10-10"), true, "國慶日"));
  CHECK(*used_half_days(october, d("2005-10-07"), d("2005-10-07")) == 1);
  CHECK(*used_half_days(october, d("2005-10-07"), d("2005-10-14")) == 2 * 4);
  CHECK(*used_half_days(october, d("2005-10-07"), d("2005-10-18")) == 2 * 6);
  CHECK(due_by_working_days(october, d("2005-10-07"), 6)->on == d("2005-10-18"));
}

TEST_CASE("what a file says about a day") {
  CHECK(day_from_file(d("2023-03-25"), false, "補行上班").kind == DayKind::makeup);
  CHECK(day_from_file(d("2023-03-26"), true, "").kind == DayKind::weekend);
  CHECK(day_from_file(d("2023-01-22"), true, "春節").kind == DayKind::holiday);
  CHECK(day_from_file(d("2023-01-02"), true, "").kind == DayKind::holiday);
  CHECK(day_from_file(d("2023-01-03"), false, "").kind == DayKind::workday);
  CHECK_FALSE(day_from_file(d("2023-01-02"), true, "").working());
}

TEST_CASE("what may be declared of a day") {
  const auto calendar = days();
  struct Row {
    const char* on;
    DayKind kind;
    std::optional<ClosedPart> closed;
    const char* outcome;  // "morning afternoon" open, or the fault
  };
  const std::optional<ClosedPart> none;
  for (const auto& row : std::initializer_list<Row>{{"2023-08-04", DayKind::typhoon, none, "00"},
                                                    {"2023-08-04", DayKind::typhoon, ClosedPart::morning, "01"},
                                                    {"2023-08-04", DayKind::typhoon, ClosedPart::afternoon, "10"},
                                                    {"2023-08-03", DayKind::typhoon, ClosedPart::all, "00"},  // the storm grows
                                                    {"2023-08-04", DayKind::half_day, none, "10"},
                                                    {"2023-08-04", DayKind::half_day, ClosedPart::all, "calendar.half_day_part"},
                                                    {"2023-08-05", DayKind::typhoon, none, "calendar.already_closed"},
                                                    {"2023-08-05", DayKind::workday, none, "calendar.workday_on_weekend"},
                                                    {"2023-08-05", DayKind::makeup, none, "11"},
                                                    {"2023-08-04", DayKind::makeup, none, "calendar.makeup_on_weekday"},
                                                    {"2023-08-04", DayKind::weekend, none, "calendar.weekend_on_weekday"},
                                                    {"2023-08-04", DayKind::holiday, none, "00"},
                                                    {"2023-08-03", DayKind::workday, none, "11"},
                                                    {"2023-08-04", DayKind::workday, ClosedPart::all, "calendar.closed_not_here"}}) {
    CAPTURE(row.outcome);
    const auto day = declared_day(*calendar.find(d(row.on)), row.kind, row.closed, "note");
    if (day.ok()) {
      CHECK(std::string(day->open_morning ? "1" : "0") + (day->open_afternoon ? "1" : "0") == row.outcome);
    } else {
      CHECK(key_of(day.fault()) == row.outcome);
    }
  }
  const auto ordinary = ordinary_day(d("2023-08-04"));
  CHECK(declared_day(ordinary, DayKind::typhoon, none, std::string(note_length_max, 'x')).ok());
  CHECK(key_of(declared_day(ordinary, DayKind::typhoon, none, std::string(note_length_max + 1, 'x')).fault()) == "calendar.note_long");
}

TEST_CASE("a file does not undo a declared storm, but a holiday in it does") {
  const auto calendar = days();
  const auto plan = plan_import(calendar, {ordinary_day(d("2023-08-03")), day_from_file(d("2023-08-07"), true, "特別放假"), ordinary_day(d("2023-08-04")), ordinary_day(d("2027-01-04"))});
  CHECK(plan.kept == std::vector<Date>{d("2023-08-03")});
  REQUIRE(plan.changed.size() == 2);
  CHECK(plan.changed[0].on == d("2023-08-07"));
  CHECK(plan.changed[1].on == d("2027-01-04"));
}
