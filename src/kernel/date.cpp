#include "kernel/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace mandate {
namespace {

using std::chrono::year_month_day;

year_month_day ymd(Date d) { return year_month_day{std::chrono::sys_days{std::chrono::days{d.days_since_epoch()}}}; }

bool read_number(std::string_view text, int& out) {
  for (char c : text) {
    if (c < '0' || c > '9') return false;
  }
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const year_month_day value{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{static_cast<unsigned>(day)}};
  if (!value.ok()) return std::nullopt;
  return Date{std::chrono::sys_days{value}};
}

std::optional<Date> Date::parse(std::string_view iso) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-' || !read_number(iso.substr(0, 4), year) || !read_number(iso.substr(5, 2), month) ||
      !read_number(iso.substr(8, 2), day)) {
    return std::nullopt;
  }
  return from_ymd(year, month, day);
}

int Date::year() const { return static_cast<int>(ymd(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(ymd(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(ymd(*this).day())); }
int Date::weekday() const { return static_cast<int>(std::chrono::weekday{days_}.iso_encoding()); }

std::string Date::iso() const {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year(), month(), day());
  return text.data();
}

// Plain integers: months are counted, days clipped to the month.
Date Date::plus_months(int n) const {
  const int index = year() * 12 + month() - 1 + n;
  const int target_year = index / 12;
  const int target_month = index % 12 + 1;
  for (int on = day(); on > 28; --on) {
    if (const auto found = from_ymd(target_year, target_month, on)) return *found;
  }
  return *from_ymd(target_year, target_month, std::min(day(), 28));
}

Date Date::first_of_month() const { return plus_days(1 - day()); }
Date Date::last_of_month() const { return first_of_month().plus_months(1).plus_days(-1); }

std::string Instant::rfc3339() const {
  const std::int64_t day_micros = 86'400'000'000;
  std::int64_t days = micros / day_micros;
  std::int64_t rest = micros % day_micros;
  if (rest < 0) {
    rest += day_micros;
    --days;
  }
  const Date on{std::chrono::sys_days{std::chrono::days{days}}};
  const std::int64_t seconds = rest / 1'000'000;
  const std::int64_t fraction = rest % 1'000'000;
  std::array<char, 48> text{};
  if (fraction == 0) {
    std::snprintf(text.data(), text.size(), "%sT%02d:%02d:%02dZ", on.iso().c_str(), static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  } else {
    std::snprintf(text.data(), text.size(), "%sT%02d:%02d:%02d.%06dZ", on.iso().c_str(), static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60),
                  static_cast<int>(fraction));
  }
  return text.data();
}

std::optional<Instant> Instant::parse(std::string_view text) {
  // YYYY-MM-DDTHH:MM:SS[.fraction](Z|+hh:mm|-hh:mm)
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto on = Date::parse(text.substr(0, 10));
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!on || !read_number(text.substr(11, 2), hour) || !read_number(text.substr(14, 2), minute) || !read_number(text.substr(17, 2), second)) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  std::size_t at = 19;
  std::int64_t fraction = 0;
  if (text[at] == '.') {
    std::int64_t scale = 100'000;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      fraction += (text[at] - '0') * scale;
      scale /= 10;
    }
  }
  std::int64_t offset = 0;
  const auto zone = text.substr(at);
  if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':') {
    int zone_hour = 0;
    int zone_minute = 0;
    if (!read_number(zone.substr(1, 2), zone_hour) || !read_number(zone.substr(4, 2), zone_minute) || zone_hour > 23 || zone_minute > 59) return std::nullopt;
    offset = (zone[0] == '-' ? -1 : 1) * (zone_hour * 3600 + zone_minute * 60);
  } else if (zone != "Z" && zone != "z") {
    return std::nullopt;
  }
  const std::int64_t seconds = on->days_since_epoch() * 86400 + hour * 3600 + minute * 60 + second - offset;
  return Instant{seconds * 1'000'000 + fraction};
}

Date taipei_date(Instant at) {
  const std::int64_t shifted = at.micros + taipei_offset_seconds * 1'000'000;
  const std::int64_t day_micros = 86'400'000'000;
  const std::int64_t days = shifted >= 0 ? shifted / day_micros : -((-shifted + day_micros - 1) / day_micros);
  return Date{std::chrono::sys_days{std::chrono::days{days}}};
}

Instant taipei_midnight(Date on) { return Instant{(on.days_since_epoch() * 86400 - taipei_offset_seconds) * 1'000'000}; }
Instant taipei_end_of_day(Date on) { return Instant{taipei_midnight(on.plus_days(1)).micros - 1}; }

std::string taipei_time_text(Instant at) {
  const std::string utc = Instant{at.micros + taipei_offset_seconds * 1'000'000}.rfc3339();
  return utc.substr(0, 10) + " " + utc.substr(11, 5);
}

}  // namespace mandate
