// The month of all tenders, read from the engine and the tenders' own records as they were known.
#pragma once

#include "foundation/tracking/month.hpp"
#include "modules/tenders/month_rules.hpp"

namespace mandate::tenders {

struct MonthTender {
  tracking::StoodItem item;
  MonthEntry entry;
  // Lag of this month against the baseline in force, in basis points; none: not filed, or not asked for yet.
  std::optional<std::int64_t> overall, construction;
  std::optional<std::int64_t> months;  // hundredths of a month, overall
};

struct MonthQuestion {
  identity::Scope scope;
  Date month;  // any day of it
  Instant known_at;
};

std::vector<MonthTender> list_month(db::Session& s, const MonthQuestion& question);
std::vector<MonthEntry> entries_of(const std::vector<MonthTender>& tenders);

// Severe from either threshold on, both included: overall 10.00 points, construction 20.00 by the plan.
struct SevereFrom {
  std::int64_t overall = 1'000;
  std::int64_t construction = 2'000;
};
bool is_severe(const MonthTender& tender, const SevereFrom& from);

}  // namespace mandate::tenders
