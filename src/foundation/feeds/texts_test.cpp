#include "foundation/feeds/atom_text.hpp"
#include "foundation/feeds/calendar_text.hpp"

#include "foundation/feeds/service.hpp"
#include "kernel/text.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::feeds;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    REQUIRE(end != std::string::npos);
    out.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

std::string unfolded(std::string text) {
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
  return text;
}

CalendarEntry entry() {
  CalendarEntry e;
  e.uid = "duty-1@mandate";
  e.title = "檢討路燈";
  e.on = *Date::parse("2026-12-31");
  e.path = "/console/duties/1";
  e.created_at = *Instant::parse("2026-11-24T02:00:00.5Z");
  e.changed_at = *Instant::parse("2026-11-25T16:30:01Z");
  e.sequence = 4;
  return e;
}

bool has(const std::string& text, const std::string& line) { return text.find("\r\n" + line + "\r\n") != std::string::npos; }

}  // namespace

TEST_CASE("a content line is folded at 75 octets and never within a character") {
  for (std::size_t length = 60; length < 240; ++length) {
    for (const std::string letter : {"a", "é", "燈", "🏮"}) {
      std::string line = "SUMMARY:";
      while (line.size() < length) line += letter;
      const auto text = folded(line);
      for (const auto& one : lines_of(text)) {
        CHECK(one.size() <= 75);
        CHECK_FALSE(first_invalid_utf8(one).has_value());
      }
      CHECK(unfolded(text) == line + "\r\n");
    }
  }
  CHECK(folded("A:" + std::string(73, 'x')) == "A:" + std::string(73, 'x') + "\r\n");
  CHECK(folded("A:" + std::string(74, 'x')) == "A:" + std::string(73, 'x') + "\r\n x\r\n");
}

TEST_CASE("a text is escaped so that it ends nowhere and means itself") {
  CHECK(escaped_text("a,b;c\\d\ne:f\"g") == "a\\,b\\;c\\\\d\\ne:f\"g");
  CHECK(escaped_text("a\r\nEND:VCALENDAR\x01") == "a\\nEND:VCALENDAR");
}

TEST_CASE("an entry of a calendar says its day, its revision and its state") {
  const CalendarHead head{"我的", Language::zh_tw, "https://city.example", 1, "到期"};
  auto e = entry();
  auto text = calendar_text(head, {e});
  for (const char* line : {"UID:duty-1@mandate", "DTSTAMP:20261125T163001Z", "CREATED:20261124T020000Z", "LAST-MODIFIED:20261125T163001Z", "SEQUENCE:4", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "STATUS:CONFIRMED",
                           "CLASS:PRIVATE", "URL:https://city.example/console/duties/1", "TRIGGER:-P0DT15H", "X-WR-CALNAME:我的"}) {
    INFO(line);
    CHECK(has(text, line));
  }
  CHECK(text == calendar_text(head, {e}));
  e.cancelled = true;
  e.confidential = true;
  text = calendar_text(head, {e});
  CHECK(has(text, "STATUS:CANCELLED"));
  CHECK(has(text, "CLASS:CONFIDENTIAL"));
  CHECK_FALSE(has(text, "BEGIN:VALARM"));
  e.cancelled = false;
  e.done = true;
  CHECK_FALSE(has(calendar_text(head, {e}), "BEGIN:VALARM"));
  CHECK(has(calendar_text({"x", Language::en, "", 0, "due"}, {entry()}), "TRIGGER:PT9H"));
  CHECK(has(calendar_text({"x", Language::en, "", 7, "due"}, {entry()}), "TRIGGER:-P6DT15H"));
}

TEST_CASE("an Atom feed escapes what it is given and is whole when nothing changed yet") {
  const AtomHead head{"異動", "市府", Language::zh_tw, "https://city.example", "city.example", "/feeds/changes.atom?lang=zh&x=1"};
  const auto text = atom_text(head, {{7, *Instant::parse("2026-11-24T02:00:00Z"), "<b>A&B</b>\x02", "\"c\"", "/promises/1"}});
  CHECK(text.find("<title>&lt;b&gt;A&amp;B&lt;/b&gt;</title>") != std::string::npos);
  CHECK(text.find("<summary>&quot;c&quot;</summary>") != std::string::npos);
  CHECK(text.find("<id>tag:city.example,2026-01-01:event-7</id>") != std::string::npos);
  CHECK(text.find("href=\"https://city.example/feeds/changes.atom?lang=zh&amp;x=1\"") != std::string::npos);
  CHECK(atom_text(head, {}).find("<updated>2026-01-01T00:00:00Z</updated>") != std::string::npos);
}

TEST_CASE("so many reads in a while and no more, for each by itself") {
  Throttle throttle;
  const Instant now{1'000'000'000'000};
  for (int i = 0; i < reads_max; ++i) CHECK(throttle.take("a", now));
  CHECK_FALSE(throttle.take("a", now));
  CHECK(throttle.take("b", now));
  CHECK_FALSE(throttle.take("a", now.plus_seconds(reads_seconds - 1)));
  CHECK(throttle.take("a", now.plus_seconds(reads_seconds)));
}
