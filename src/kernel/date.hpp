// Civil dates (no time zone) and instants (microseconds UTC). Stored as ISO text and as int64.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mandate {

class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::chrono::sys_days days) : days_(days) {}
  // None for a date that does not exist, such as 2023-02-29.
  static std::optional<Date> from_ymd(int year, int month, int day);
  // "2023-03-07" only.
  static std::optional<Date> parse(std::string_view iso);

  int year() const;
  int month() const;  // 1..12
  int day() const;    // 1..31
  int weekday() const;  // 1 = Monday .. 7 = Sunday
  std::string iso() const;
  constexpr std::int64_t days_since_epoch() const { return days_.time_since_epoch().count(); }
  constexpr Date plus_days(std::int64_t n) const { return Date{days_ + std::chrono::days{n}}; }
  // The same day n months on, or that month's last day where there is no such day.
  Date plus_months(int n) const;
  Date first_of_month() const;
  Date last_of_month() const;
  friend constexpr auto operator<=>(Date, Date) = default;
  friend constexpr std::int64_t operator-(Date a, Date b) { return (a.days_ - b.days_).count(); }

 private:
  std::chrono::sys_days days_{};
};

struct Instant {
  std::int64_t micros = 0;  // since 1970-01-01T00:00:00Z
  friend constexpr auto operator<=>(Instant, Instant) = default;
  constexpr Instant plus_seconds(std::int64_t s) const { return {micros + s * 1'000'000}; }
  std::string rfc3339() const;  // "2023-03-07T01:02:03.000004Z", without a fraction when it is zero
  static std::optional<Instant> parse(std::string_view rfc3339);
};

// Asia/Taipei has been UTC+8 without daylight saving since 1980.
constexpr std::int64_t taipei_offset_seconds = 8 * 3600;
Date taipei_date(Instant at);
Instant taipei_midnight(Date on);       // the first instant of the day
Instant taipei_end_of_day(Date on);     // the last microsecond of the day: a due date is met by anything done that day
std::string taipei_time_text(Instant at);  // "2023-03-07 09:02"

}  // namespace mandate
