#include "foundation/feeds/calendar_text.hpp"

#include <fmt/format.h>

namespace mandate::feeds {
namespace {

constexpr std::size_t octets_max = 75;  // of a line, RFC 5545 section 3.1

std::string day_text(Date on) { return fmt::format("{:04}{:02}{:02}", on.year(), on.month(), on.day()); }

std::string instant_text(Instant at) {
  std::string out;
  for (const char c : at.rfc3339().substr(0, 19)) {
    if (c != '-' && c != ':') out += c;
  }
  return out + "Z";
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

std::string folded(std::string_view line) {
  std::string out;
  std::size_t room = octets_max;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && continues(line[cut])) --cut;
    out += line.substr(0, cut);
    out += "\r\n ";
    line.remove_prefix(cut);
    room = octets_max - 1;  // the space counts
  }
  out += line;
  return out + "\r\n";
}

std::string escaped_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
      out += c;
    }
  }
  return out;
}

std::string calendar_text(const CalendarHead& head, const std::vector<CalendarEntry>& entries) {
  const bool english = head.language == Language::en;
  std::string out;
  const auto line = [&](std::string_view name, std::string_view value) { out += folded(std::string(name) + ":" + std::string(value)); };
  line("BEGIN", "VCALENDAR");
  line("VERSION", "2.0");
  line("PRODID", english ? "-//Mandate//Duties//EN" : "-//Mandate//Duties//ZH");
  line("CALSCALE", "GREGORIAN");
  line("X-WR-CALNAME", escaped_text(head.name));
  line("X-WR-TIMEZONE", "Asia/Taipei");
  line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
  line("X-PUBLISHED-TTL", "PT1H");
  for (const auto& e : entries) {
    line("BEGIN", "VEVENT");
    line("UID", escaped_text(e.uid));
    // Without a METHOD the stamp is when the entry was last revised: the text stays the same until something changes.
    line("DTSTAMP", instant_text(e.changed_at));
    line("CREATED", instant_text(e.created_at));
    line("LAST-MODIFIED", instant_text(e.changed_at));
    line("SEQUENCE", std::to_string(e.sequence));
    line("DTSTART;VALUE=DATE", day_text(e.on));
    line("DTEND;VALUE=DATE", day_text(e.on.plus_days(1)));
    line("SUMMARY", escaped_text(e.title));
    if (!e.text.empty()) line("DESCRIPTION", escaped_text(e.text));
    if (!e.category.empty()) line("CATEGORIES", escaped_text(e.category));
    line("URL", head.base + e.path);
    line("STATUS", e.cancelled ? "CANCELLED" : "CONFIRMED");
    line("TRANSP", "TRANSPARENT");  // a due date takes no time of the day
    line("CLASS", e.confidential ? "CONFIDENTIAL" : "PRIVATE");
    if (head.alarm_days && !e.cancelled && !e.done) {
      line("BEGIN", "VALARM");
      line("ACTION", "DISPLAY");
      line("DESCRIPTION", escaped_text(head.alarm_text));
      line("TRIGGER", *head.alarm_days == 0 ? std::string("PT9H") : fmt::format("-P{}DT15H", *head.alarm_days - 1));  // at nine in the morning of that day
      line("END", "VALARM");
    }
    line("END", "VEVENT");
  }
  line("END", "VCALENDAR");
  return out;
}

}  // namespace mandate::feeds
