// Structured log lines on standard error, one JSON object a line. Never personal data: ids, counts, kinds and durations only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace mandate::log {

struct Field {
  std::string_view name;
  std::string value;
  bool quoted;
  Field(std::string_view n, std::string_view v) : name(n), value(v), quoted(true) {}
  Field(std::string_view n, const char* v) : name(n), value(v), quoted(true) {}
  Field(std::string_view n, const std::string& v) : name(n), value(v), quoted(true) {}
  Field(std::string_view n, long long v) : name(n), value(std::to_string(v)), quoted(false) {}
  Field(std::string_view n, long v) : name(n), value(std::to_string(v)), quoted(false) {}
  Field(std::string_view n, int v) : name(n), value(std::to_string(v)), quoted(false) {}
  Field(std::string_view n, unsigned long v) : name(n), value(std::to_string(v)), quoted(false) {}
};

enum class Level { debug, info, warning, error, off };
void set_level(Level level);
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::info, event, fields); }
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::warning, event, fields); }
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) { write(Level::error, event, fields); }

}  // namespace mandate::log
