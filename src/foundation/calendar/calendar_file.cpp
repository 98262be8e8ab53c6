#include "foundation/calendar/calendar_file.hpp"

#include "foundation/calendar/rules.hpp"
#include "kernel/text.hpp"

#include <boost/json.hpp>

namespace mandate::calendar {
namespace {

struct RawDay {
  int line = 0;
  std::string date;
  std::string week;  // "" when the file does not say
  std::string holiday;
  std::string note;
};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// 20250101, 2025/1/1 or 2025-01-01.
std::optional<Date> read_date(const std::string& text) {
  std::array<int, 3> parts{};
  if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string::npos) {
    return Date::parse(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2));
  }
  std::size_t at = 0;
  for (std::size_t part = 0; part < 3; ++part) {
    std::size_t digits = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && digits < 4; ++at, ++digits) parts[part] = parts[part] * 10 + (text[at] - '0');
    if (digits == 0 || (part == 0 && digits != 4)) return std::nullopt;
    if (part < 2 && (at == text.size() || (text[at] != '/' && text[at] != '-'))) return std::nullopt;
    if (part < 2) ++at;
  }
  if (at != text.size()) return std::nullopt;
  return Date::from_ymd(parts[0], parts[1], parts[2]);
}

std::optional<int> read_weekday(const std::string& text) {
  static constexpr std::array<std::string_view, 8> names{"", "一", "二", "三", "四", "五", "六", "日"};
  std::string name = text;
  for (const std::string_view prefix : {"星期", "週", "周", "禮拜"}) {
    if (name.rfind(prefix, 0) == 0) name.erase(0, prefix.size());
  }
  if (name == "天") return 7;
  for (int day = 1; day <= 7; ++day) {
    if (name == names[static_cast<std::size_t>(day)]) return day;
  }
  return std::nullopt;
}

std::optional<bool> read_holiday(const std::string& text) {
  const std::string word = fold(text);
  for (const std::string_view yes : {"2", "1", "true", "yes", "是", "y"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"0", "false", "no", "否", "n"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

int line_at(std::string_view text, std::size_t offset) { return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n')); }

// The lines on which the entries of the outermost array begin. The text is valid JSON.
std::vector<int> entry_lines(std::string_view text) {
  std::vector<int> lines;
  int line = 1;
  int depth = 0;
  bool quoted = false;
  bool expecting = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      ++line;
      continue;
    }
    if (quoted) {
      if (c == '\\') ++at;
      if (c == '"') quoted = false;
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\r') continue;
    if (expecting && c != ']') {
      lines.push_back(line);
      expecting = false;
    }
    if (c == '"') quoted = true;
    if (c == '[' || c == '{') {
      ++depth;
      if (depth == 1) expecting = true;
    }
    if (c == ']' || c == '}') --depth;
    if (c == ',' && depth == 1) expecting = true;
  }
  return lines;
}

std::string text_of(const boost::json::object& entry, std::string_view name) {
  const auto* value = entry.if_contains(name);
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) return trimmed(std::string_view(value->get_string().data(), value->get_string().size()));
  return boost::json::serialize(*value);
}

std::vector<RawDay> read_json(std::string_view text, std::vector<csv::LineFault>& faults) {
  boost::json::stream_parser parser;
  boost::json::error_code error;
  const auto used = parser.write_some(text.data(), text.size(), error);
  if (!error && used < text.size() && text.find_first_not_of(" \t\r\n", used) != std::string_view::npos) error = boost::json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    faults.push_back({line_at(text, used), "", "calendar.not_json", {}});
    return {};
  }
  const auto value = parser.release();
  if (!value.is_array()) {
    faults.push_back({1, "", "calendar.not_a_list", {}});
    return {};
  }
  const auto lines = entry_lines(text);
  std::vector<RawDay> raw;
  for (std::size_t at = 0; at < value.get_array().size(); ++at) {
    const auto& entry = value.get_array()[at];
    const int line = at < lines.size() ? lines[at] : 0;
    if (!entry.is_object()) {
      faults.push_back({line, "", "calendar.not_an_entry", {}});
      continue;
    }
    const auto& object = entry.get_object();
    raw.push_back({line, text_of(object, "date"), text_of(object, "week"), text_of(object, "isHoliday"), text_of(object, "description")});
  }
  return raw;
}

std::vector<RawDay> read_csv(std::string_view text, std::vector<csv::LineFault>& faults) {
  auto read = csv::parse_sheet(text);
  if (!read.ok()) {
    for (const auto& field : read.fault().fields) {
      csv::LineFault one{0, "", field.key, field.args};
      if (field.path.rfind("line ", 0) == 0) one.line = std::atoi(field.path.c_str() + 5);
      faults.push_back(std::move(one));
    }
    return {};
  }
  const auto& sheet = *read;
  const auto date = sheet.column({"西元日期", "日期", "date", "on"});
  const auto holiday = sheet.column({"是否放假", "is_holiday", "isHoliday", "holiday"});
  const auto week = sheet.column({"星期", "week", "weekday"});
  const auto note = sheet.column({"備註", "note", "description"});
  if (!date) faults.push_back({1, "date", "calendar.column_missing", {{"name", "西元日期"}}});
  if (!holiday) faults.push_back({1, "is_holiday", "calendar.column_missing", {{"name", "是否放假"}}});
  if (!date || !holiday) return {};
  std::vector<RawDay> raw;
  for (const auto& row : sheet.rows) {
    const auto field = [&](std::optional<std::size_t> column) { return column ? trimmed(row.fields[*column]) : std::string{}; };
    raw.push_back({row.line, field(date), field(week), field(holiday), field(note)});
  }
  return raw;
}

}  // namespace

CalendarFile read_calendar_file(std::string_view text) {
  CalendarFile file;
  const std::string_view mark = "\xEF\xBB\xBF";
  if (text.substr(0, mark.size()) == mark) text.remove_prefix(mark.size());
  if (const auto bad = first_invalid_utf8(text)) {
    file.faults.push_back({line_at(text, *bad), "", "csv.not_utf8", {}});
    return file;
  }
  const auto first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && (text[first] == '[' || text[first] == '{');
  const auto raw = json ? read_json(text, file.faults) : read_csv(text, file.faults);
  if (raw.empty() && file.faults.empty()) file.faults.push_back({0, "", "calendar.no_days", {}});

  std::map<Date, std::pair<CalendarDay, int>> days;
  for (const auto& row : raw) {
    const auto on = read_date(row.date);
    if (!on) {
      file.faults.push_back({row.line, "date", "calendar.bad_date", {{"text", truncate_cjk(row.date, 20)}}});
      continue;
    }
    if (file.year == 0) file.year = on->year();
    if (on->year() != file.year) {
      file.faults.push_back({row.line, "date", "calendar.other_year", {{"on", on->iso()}, {"year", std::to_string(file.year)}}});
      continue;
    }
    const auto [seen, added] = days.emplace(*on, std::pair{CalendarDay{}, row.line});
    if (!added) {
      file.faults.push_back({row.line, "date", "calendar.duplicate_day", {{"on", on->iso()}, {"line", std::to_string(seen->second.second)}}});
      continue;
    }
    if (!row.week.empty()) {
      const auto weekday = read_weekday(row.week);
      if (!weekday) {
        file.faults.push_back({row.line, "week", "calendar.bad_weekday", {{"text", truncate_cjk(row.week, 20)}}});
      } else if (*weekday != on->weekday()) {
        file.faults.push_back({row.line, "week", "calendar.wrong_weekday", {{"on", on->iso()}, {"text", row.week}}});
      }
    }
    const auto holiday = read_holiday(row.holiday);
    if (!holiday) file.faults.push_back({row.line, "isHoliday", "calendar.bad_holiday", {{"text", truncate_cjk(row.holiday, 20)}}});
    if (row.note.size() > note_length_max) file.faults.push_back({row.line, "description", "calendar.note_long", {}});
    seen->second.first = day_from_file(*on, holiday.value_or(false), row.note);
  }
  if (file.year != 0) {
    int missing = 0;
    std::string examples;
    const Date last = *Date::from_ymd(file.year, 12, 31);
    for (Date on = *Date::from_ymd(file.year, 1, 1); on <= last; on = on.plus_days(1)) {
      if (days.count(on) != 0) continue;
      ++missing;
      if (missing <= 3) examples += (examples.empty() ? "" : ", ") + on.iso();
    }
    if (missing > 0) file.faults.push_back({0, "", "calendar.days_missing", {{"count", std::to_string(missing)}, {"year", std::to_string(file.year)}, {"days", examples}}});
  }
  for (auto& [on, day] : days) file.days.push_back(std::move(day.first));
  return file;
}

}  // namespace mandate::calendar
