// Calendars as text, by RFC 5545. Pure: what goes in decides what comes out, byte for byte.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/date.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::feeds {

struct CalendarEntry {
  std::string uid;  // the same for as long as the record lives
  std::string title;
  std::string text;
  Date on;
  bool cancelled = false;
  bool done = false;
  bool confidential = false;
  std::string category;
  std::string path;  // of the console's page
  Instant created_at;
  Instant changed_at;
  std::int64_t sequence = 0;
};

struct CalendarHead {
  std::string name;
  Language language = Language::zh_tw;
  std::string base;  // "https://host"
  std::optional<std::int64_t> alarm_days;
  std::string alarm_text;
};

std::string calendar_text(const CalendarHead& head, const std::vector<CalendarEntry>& entries);

// A content line with its end: folded at 75 octets, never within a character.
std::string folded(std::string_view line);
std::string escaped_text(std::string_view text);

}  // namespace mandate::feeds
