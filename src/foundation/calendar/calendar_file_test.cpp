#include "foundation/calendar/calendar_file.hpp"

#include "foundation/calendar/batch.hpp"
#include "foundation/calendar/office_years.hpp"
#include "foundation/calendar/rules.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

using namespace mandate;
using namespace mandate::calendar;

namespace {

const char* week_names[] = {"", "一", "二", "三", "四", "五", "六", "日"};

// A file of the year, one entry a line after the opening bracket: entry n (from 0) stands on line n + 2.
std::vector<std::string> json_lines(int year) {
  std::vector<std::string> lines;
  for (Date on = *Date::from_ymd(year, 1, 1); on.year() == year; on = on.plus_days(1)) {
    const auto iso = on.iso();
    lines.push_back(fmt::format(R"({{"date":"{}{}{}","week":"{}","isHoliday":{},"description":""}})", iso.substr(0, 4), iso.substr(5, 2), iso.substr(8, 2), week_names[on.weekday()],
                                on.weekday() > 5 ? "true" : "false"));
  }
  return lines;
}

std::string json_file(const std::vector<std::string>& lines) {
  std::string text = "[\n";
  for (std::size_t at = 0; at < lines.size(); ++at) text += lines[at] + (at + 1 < lines.size() ? ",\n" : "\n");
  return text + "]\n";
}

std::string csv_file(int year, const std::string& header, bool slashes) {
  std::string text = header + "\r\n";
  for (Date on = *Date::from_ymd(year, 1, 1); on.year() == year; on = on.plus_days(1)) {
    const std::string date = slashes ? fmt::format("{}/{}/{}", on.year(), on.month(), on.day()) : fmt::format("{:04}{:02}{:02}", on.year(), on.month(), on.day());
    text += date + "," + week_names[on.weekday()] + "," + (on.weekday() > 5 ? "2" : "0") + ",\r\n";
  }
  return text;
}

std::string first_fault(std::string_view text) {
  const auto file = read_calendar_file(text);
  if (file.faults.empty()) return "none";
  return csv::path_of(file.faults[0]) + ": " + file.faults[0].key;
}

std::optional<std::string> shared_file(const std::string& name) {
  std::ifstream in(std::filesystem::path(MANDATE_SOURCE_DIR) / "../shared/data/calendar" / name, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the government's JSON and CSV shapes are read") {
  for (const auto& text : {json_file(json_lines(2024)), csv_file(2024, "西元日期,星期,是否放假,備註", false), "\xEF\xBB\xBF" + csv_file(2024, "西元日期,星期,是否放假,備註", false),
                           csv_file(2024, "date,weekday,is_holiday,note", true)}) {
    const auto file = read_calendar_file(text);
    CHECK(file.faults.empty());
    CHECK(file.year == 2024);
    REQUIRE(file.days.size() == 366);
    CHECK(file.days[59].on == Date::parse("2024-02-29"));
    CHECK(file.days[5].kind == DayKind::weekend);
  }
}

TEST_CASE("a wrong file names the line and the reason") {
  const auto good = json_lines(2023);
  const auto changed = [&](std::size_t at, const std::string& line) {
    auto lines = good;
    lines[at] = line;
    return json_file(lines);
  };
  CHECK(first_fault(json_file(good)) == "none");
  CHECK(first_fault(changed(9, R"({"date":"20230230","week":"二","isHoliday":false,"description":""})")) == "line 11, column date: calendar.bad_date");
  CHECK(first_fault(changed(9, R"({"date":"20230110","week":"三","isHoliday":false,"description":""})")) == "line 11, column week: calendar.wrong_weekday");
  CHECK(first_fault(changed(9, R"({"date":"20230110","week":"Tue","isHoliday":false,"description":""})")) == "line 11, column week: calendar.bad_weekday");
  CHECK(first_fault(changed(9, R"({"date":"20230109","week":"一","isHoliday":false,"description":""})")) == "line 11, column date: calendar.duplicate_day");
  CHECK(first_fault(changed(9, R"({"date":"20240110","week":"三","isHoliday":false,"description":""})")) == "line 11, column date: calendar.other_year");
  CHECK(first_fault(changed(9, R"({"date":"20230110","week":"二","isHoliday":"maybe","description":""})")) == "line 11, column isHoliday: calendar.bad_holiday");
  CHECK(first_fault(changed(9, R"({"week":"二","isHoliday":false})")) == "line 11, column date: calendar.bad_date");
  CHECK(first_fault(changed(9, "7")) == "line 11: calendar.not_an_entry");
  CHECK(first_fault(changed(9, R"({"date":"20230110",})")) == "line 11: calendar.not_json");
  CHECK(first_fault("[\n{\"date\":") .find("calendar.not_json") != std::string::npos);
  CHECK(first_fault("{\"date\":\"20230101\"}") == "line 1: calendar.not_a_list");
  CHECK(first_fault("[]") == "file: calendar.no_days");
  CHECK(first_fault("") == "file: csv.empty");
  CHECK(first_fault("西元日期,星期\n20230101,日\n") == "line 1, column is_holiday: calendar.column_missing");
  CHECK(first_fault("西元日期,是否放假\n20230101\n") == "line 2: csv.field_count");
  CHECK(first_fault("date,is_holiday\n\xA4\xA4,2\n") == "line 2: csv.not_utf8");
  auto lines = good;
  lines.erase(lines.begin() + 40, lines.begin() + 45);
  const auto file = read_calendar_file(json_file(lines));
  REQUIRE(file.faults.size() == 1);
  CHECK(file.faults[0].key == "calendar.days_missing");
  CHECK(file.faults[0].args[0].second == "5");
  CHECK(file.faults[0].args[2].second == "2023-02-10, 2023-02-11, 2023-02-12");
}

TEST_CASE("a batch of cases answers in order, or names everything wrong") {
  const std::vector<NamedText> calendars{{"2023.json", json_file(json_lines(2023))}};
  const auto run = [&](const std::string& cases) { return due_batch(calendars, {"cases.csv", cases}); };
  CHECK(*run("start,working_days\n2023-03-03,1\n2023-03-01,3\n") == "start,working_days,due\n2023-03-03,1,2023-03-06\n2023-03-01,3,2023-03-06\n");
  CHECK(*run("working_days,note,start\n1,x,2023-03-03\n") == "start,working_days,due\n2023-03-03,1,2023-03-06\n");
  CHECK(*run("start,working_days\n") == "start,working_days,due\n");
  const auto refused = run("start,working_days\n2023-02-29,1\n2023-03-01,x\n2023-03-01,-1\n2023-12-29,1\n2019-05-02,2\n2023-03-01,1.5\n");
  REQUIRE_FALSE(refused.ok());
  const auto& fields = refused.fault().fields;
  REQUIRE(fields.size() == 6);
  CHECK(fields[0].path == "cases.csv: line 2, column start");
  CHECK(fields[0].key == "calendar.bad_date");
  CHECK(fields[1].path == "cases.csv: line 3, column working_days");
  CHECK(fields[3].path == "cases.csv: line 5");
  CHECK(fields[3].key == "calendar.no_year");
  CHECK(fields[3].args[0].second == "2024");
  CHECK(fields[4].args[0].second == "2019");
  CHECK(run("start,days\n").fault().fields[0].path == "cases.csv: line 1, column working_days");
  CHECK(run("").fault().fields[0].path == "cases.csv: file");
  CHECK(due_batch(std::vector<NamedText>{{"bad.json", "[{}"}}, {"cases.csv", "start,working_days\n"}).fault().fields[0].path == "bad.json: line 1");
}

TEST_CASE("a later file of the same year replaces the earlier days") {
  auto amended = json_lines(2023);
  amended[64] = R"({"date":"20230306","week":"一","isHoliday":true,"description":"特別放假"})";
  const std::vector<NamedText> calendars{{"a", json_file(json_lines(2023))}, {"b", json_file(amended)}};
  CHECK(*due_batch(calendars, {"cases.csv", "start,working_days\n2023-03-03,1\n"}) == "start,working_days,due\n2023-03-03,1,2023-03-07\n");
}

TEST_CASE("the published years and their expected due dates") {
  const auto expected = shared_file("expected_due_dates.csv");
  if (!expected) {
    std::cout << "skipped: no ../shared\n";
    return;
  }
  std::vector<NamedText> calendars;
  CalendarDays days;
  for (const std::string name : {"2021.json", "2022.json", "2023.json", "2024.json", "2025.json"}) {
    calendars.push_back({name, *shared_file(name)});
    auto file = read_calendar_file(calendars.back().text);
    REQUIRE(file.faults.empty());
    for (auto& day : file.days) days.put(day);
  }
  const auto answer = due_batch(calendars, {"expected_due_dates.csv", *expected});
  REQUIRE(answer.ok());
  const auto got = csv::parse_sheet(*answer);
  const auto want = csv::parse_sheet(*expected);
  REQUIRE(got->rows.size() == want->rows.size());
  CHECK(want->rows.size() == 200);
  for (std::size_t at = 0; at < want->rows.size(); ++at) {
    CHECK(got->rows[at].fields[2] == want->rows[at].fields[2]);
    CHECK(*Date::parse(got->rows[at].fields[2]) - *Date::parse(got->rows[at].fields[0]) == std::stoi(want->rows[at].fields[3]));
  }

  const auto months = csv::parse_sheet(*shared_file("expected_working_days.csv"));
  for (const auto& row : months->rows) {
    const int year = std::stoi(row.fields[0]);
    int total = 0;
    std::string weekend_work;
    std::string weekday_holidays;
    for (int month = 1; month <= 12; ++month) {
      const Date first = *Date::from_ymd(year, month, 1);
      int count = 0;
      for (const auto& day : days.between(first, first.last_of_month())) {
        if (day.working()) ++count;
        if (day.working() && day.on.weekday() > 5) weekend_work += (weekend_work.empty() ? "" : " ") + day.on.iso();
        if (!day.working() && day.on.weekday() <= 5) weekday_holidays += (weekday_holidays.empty() ? "" : " ") + day.on.iso();
      }
      CHECK(count == std::stoi(row.fields[static_cast<std::size_t>(month)]));
      total += count;
    }
    CHECK(total == std::stoi(row.fields[13]));
    CHECK(weekend_work == row.fields[14]);
    CHECK(weekday_holidays == row.fields[15]);
  }
}

TEST_CASE("the sample city's years say what the published ones say") {
  const auto editions = office_years();
  REQUIRE(editions.size() == 5);
  CHECK(editions[2].year == 2025);
  CHECK(editions[3].year == 2025);
  std::size_t at = 0;
  for (const std::string name : {"2023.json", "2024.json", "2025.json", "2025_amended.json", "2026.json"}) {
    const auto text = shared_file(name);
    if (!text) {
      std::cout << "skipped: no ../shared\n";
      return;
    }
    CHECK(read_calendar_file(*text).days == editions[at++].days);
  }
}
