#include "foundation/tracking/periods.hpp"

#include "kernel/roc_date.hpp"

#include <fmt/format.h>

namespace mandate::tracking {

int months_in(PeriodType type) { return type == PeriodType::month ? 1 : type == PeriodType::quarter ? 3 : 12; }

Date period_of(Date day, PeriodType type) {
  const int months = months_in(type);
  return *Date::from_ymd(day.year(), (day.month() - 1) / months * months + 1, 1);
}

Date next_period(Date period, PeriodType type, int count) { return period.plus_months(months_in(type) * count); }

Date period_end(Date period, PeriodType type) { return next_period(period, type).plus_days(-1); }

std::int64_t periods_between(Date from, Date to, PeriodType type) { return ((to.year() - from.year()) * 12 + to.month() - from.month()) / months_in(type); }

std::string period_label(Date period, PeriodType type) {
  const int year = roc_year(period.year());
  if (type == PeriodType::month) return fmt::format("{}-{:02}", year, period.month());
  if (type == PeriodType::quarter) return fmt::format("{}Q{}", year, (period.month() + 2) / 3);
  return std::to_string(year);
}

Result<> check_period(Date period, PeriodType type) {
  if (period.year() < 2000 || period.year() > 2100 || period_of(period, type) != period) return field_fault("period", "tracking.no_period");
  return done();
}

}  // namespace mandate::tracking
