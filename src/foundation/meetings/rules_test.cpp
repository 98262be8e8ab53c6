#include "foundation/meetings/canonical.hpp"
#include "foundation/meetings/rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::meetings;

namespace {

Date day(const char* iso) { return *Date::parse(iso); }

}  // namespace

TEST_CASE("the period of a meeting by the rhythm of its series") {
  struct Case {
    Frequency frequency;
    const char* on;
    const char* from;
    const char* to;
  };
  const Case cases[] = {{Frequency::month, "2024-02-29", "2024-02-01", "2024-02-29"},      {Frequency::month, "2023-12-31", "2023-12-01", "2023-12-31"},     {Frequency::two_months, "2023-02-28", "2023-01-01", "2023-02-28"},
                        {Frequency::two_months, "2023-03-01", "2023-03-01", "2023-04-30"}, {Frequency::quarter, "2023-03-31", "2023-01-01", "2023-03-31"},   {Frequency::quarter, "2023-04-01", "2023-04-01", "2023-06-30"},
                        {Frequency::half_year, "2023-06-30", "2023-01-01", "2023-06-30"},  {Frequency::half_year, "2023-07-01", "2023-07-01", "2023-12-31"}, {Frequency::year, "2023-07-01", "2023-01-01", "2023-12-31"},
                        {Frequency::none, "2023-07-05", "2023-07-05", "2023-07-05"}};
  for (const auto& one : cases) {
    INFO(one.on);
    CHECK(period_of(one.frequency, day(one.on)) == Period{day(one.from), day(one.to)});
  }
}

TEST_CASE("the day of a meeting: a day of the period's last month or of one after it, its last day when there is no such day") {
  const Period quarter{day("2023-01-01"), day("2023-03-31")};
  const Period january{day("2023-01-01"), day("2023-01-31")};
  CHECK(nominal_day(Frequency::quarter, quarter, 10, 0) == day("2023-03-10"));
  CHECK(nominal_day(Frequency::quarter, quarter, 10, 1) == day("2023-04-10"));
  CHECK(nominal_day(Frequency::month, january, 28, 1) == day("2023-02-28"));
  CHECK(nominal_day(Frequency::month, january, 29, 1) == day("2023-02-28"));
  CHECK(nominal_day(Frequency::month, january, 31, 1) == day("2023-02-28"));
  CHECK(nominal_day(Frequency::month, january, 0, 0) == day("2023-01-31"));
  CHECK(nominal_day(Frequency::none, {day("2023-07-05"), day("2023-07-05")}, 10, 1) == day("2023-07-05"));
}

TEST_CASE("a meeting on a closed day moves to the next working day, and stays where the calendar knows no more") {
  calendar::CalendarDays days;
  for (const char* open : {"2023-03-03", "2023-03-06"}) days.put({day(open), calendar::DayKind::workday, true, true, ""});
  for (const char* closed : {"2023-03-04", "2023-03-05", "2023-12-30", "2023-12-31"}) days.put({day(closed), calendar::DayKind::weekend, false, false, ""});
  CHECK(moved_off_closed(day("2023-03-03"), days) == day("2023-03-03"));
  CHECK(moved_off_closed(day("2023-03-04"), days) == day("2023-03-06"));
  CHECK(moved_off_closed(day("2023-12-30"), days) == day("2023-12-30"));
  CHECK(moved_off_closed(day("2024-02-01"), days) == day("2024-02-01"));
}

TEST_CASE("a quarter's meeting needs the first-stage meeting about its last month, a month's the one about that month") {
  CHECK(required_period(Frequency::month, {day("2023-01-01"), day("2023-03-31")}) == Period{day("2023-03-01"), day("2023-03-31")});
  CHECK(required_period(Frequency::month, {day("2023-02-01"), day("2023-02-28")}) == Period{day("2023-02-01"), day("2023-02-28")});
  CHECK(required_period(Frequency::quarter, {day("2023-02-01"), day("2023-02-28")}) == Period{day("2023-01-01"), day("2023-03-31")});
}

TEST_CASE("which step a meeting takes in which state") {
  using S = MeetingState;
  const S states[] = {S::planned, S::agenda_open, S::frozen, S::held, S::minutes_approved, S::cancelled};
  struct Case {
    Step step;
    const char* taken;  // in the order of the states
  };
  const Case cases[] = {{Step::edit, "yyynnn"},       {Step::open_agenda, "ynnnnn"}, {Step::run_rules, "nynnnn"}, {Step::add_entry, "nynnnn"}, {Step::strike_entry, "nynnnn"},    {Step::waive, "nynnnn"},          {Step::freeze, "nynnnn"},
                        {Step::cancel, "yyynnn"},     {Step::attend, "nnyynn"},      {Step::hold, "nnynnn"},      {Step::decide, "nnnynn"},    {Step::write_minutes, "nnnynn"}, {Step::approve_minutes, "nnnynn"}};
  for (const auto& one : cases) {
    for (std::size_t at = 0; at < std::size(states); ++at) {
      INFO(static_cast<int>(one.step) << " in state " << at);
      CHECK(takes(states[at], one.step) == (one.taken[at] == 'y'));
    }
  }
}

TEST_CASE("a time of day is written in two pairs of digits") {
  for (const char* good : {"", "00:00", "09:30", "23:59"}) CHECK(is_time_of_day(good));
  for (const char* bad : {"24:00", "9:30", "09:60", "0930", "ab:cd", "09:3a", "09:300"}) CHECK_FALSE(is_time_of_day(bad));
}

TEST_CASE("lists of ids and words as texts") {
  CHECK(ids_from_text(ids_text({12, 13})) == std::vector<std::int64_t>{12, 13});
  CHECK(ids_from_text("").empty());
  CHECK(words_from_text("duties.late,duties.severe") == std::vector<std::string>{"duties.late", "duties.severe"});
}

TEST_CASE("canonical JSON: sorted names, no spaces, the shortest escapes, whole numbers only") {
  const auto text = [](const char* json) { return canonical(boost::json::parse(json)); };
  CHECK(text(R"({ "b": [1, true, null], "a": {"z": -3, "c": ""} })") == R"({"a":{"c":"","z":-3},"b":[1,true,null]})");
  CHECK(text(R"({"a":"\u0001\n\"\\\u00e9\u6a19/"})") == "{\"a\":\"\\u0001\\n\\\"\\\\é標/\"}");
  CHECK(text("9007199254740991") == "9007199254740991");
  CHECK_THROWS(text("9007199254740992"));
  CHECK_THROWS(text("1.5"));
  CHECK_THROWS(text("18446744073709551615"));
}

TEST_CASE("where two contents differ is said by its place") {
  const auto differ = [](const char* a, const char* b) { return differences(boost::json::parse(a), boost::json::parse(b), 20); };
  CHECK(differ(R"({"a":1})", R"({"a":1})").empty());
  CHECK(differ(R"({"s":[{"n":1},{"n":2}]})", R"({"s":[{"n":1},{"n":3}]})") == std::vector<std::string>{"s[1].n: 2, not 3"});
  CHECK(differ(R"({"s":[1]})", R"({"s":[1,2]})") == std::vector<std::string>{"s[1]: nothing, not 2"});
  CHECK(differ(R"({"a":1,"b":2})", R"({"b":2})") == std::vector<std::string>{"a: 1, not nothing"});
}
