#include "modules/tenders/month_rules.hpp"

#include <algorithm>

namespace mandate::tenders {
namespace {

// Dense ranks: equal ones share a place, and the next place is the next number. `before` says who stands first.
template <class Line, class Before, class Put>
void rank(std::vector<Line*>& lines, Before before, Put put) {
  std::stable_sort(lines.begin(), lines.end(), [&](const Line* a, const Line* b) { return before(*a, *b); });
  std::int64_t place = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 0 || before(*lines[i - 1], *lines[i])) ++place;
    put(*lines[i], place);
  }
}

bool larger(const Ratio& a, const Ratio& b) {
  if (!a.defined() || !b.defined()) return a.defined() && a.numerator > 0;
  return static_cast<__int128>(a.numerator) * b.denominator > static_cast<__int128>(b.numerator) * a.denominator;
}

template <class Key, class Of>
MonthLines<Key> lines_by(const std::vector<MonthEntry>& entries, Of key_of) {
  MonthLines<Key> out;
  for (const auto& entry : entries) out[key_of(entry)].add(entry);
  std::vector<MonthLine*> lines;
  for (auto& [key, line] : out) lines.push_back(&line);
  rank(lines, [](const MonthLine& a, const MonthLine& b) { return a.lagging() > b.lagging(); }, [](MonthLine& line, std::int64_t place) { line.rank_count = place; });
  rank(lines, [](const MonthLine& a, const MonthLine& b) { return larger(a.lag_rate(), b.lag_rate()); }, [](MonthLine& line, std::int64_t place) { line.rank_rate = place; });
  rank(lines, [](const MonthLine& a, const MonthLine& b) { return a.rank_count + a.rank_rate < b.rank_count + b.rank_rate; }, [](MonthLine& line, std::int64_t place) { line.rank = place; });
  return out;
}

}  // namespace

void MonthLine::add(const MonthEntry& entry) {
  if (entry.central_money) ++central;
  if (entry.state == MonthState::closed) {
    ++closed;
    return;
  }
  if (entry.state == MonthState::cancelled) {
    ++cancelled;
    return;
  }
  if (!entry.filed) ++not_filed;
  switch (entry.lag) {
    case MonthLag::none: ++conforming; return;
    case MonthLag::before_start: ++before_start; break;
    case MonthLag::behind_plan: ++behind_plan; break;
    case MonthLag::after_completion: ++after_completion; break;
  }
  ++(entry.lag_months >= 3 ? longer : entry.lag_months == 2 ? twice : once);
}

MonthLines<std::int64_t> by_agency(const std::vector<MonthEntry>& entries) {
  return lines_by<std::int64_t>(entries, [](const MonthEntry& entry) { return entry.agency_id; });
}

MonthLines<std::string> by_district(const std::vector<MonthEntry>& entries) {
  return lines_by<std::string>(entries, [](const MonthEntry& entry) { return entry.district; });
}

MonthLines<WorksKind> by_works_kind(const std::vector<MonthEntry>& entries) {
  return lines_by<WorksKind>(entries, [](const MonthEntry& entry) { return entry.works_kind; });
}

MonthLine sum_of(const std::vector<MonthEntry>& entries) {
  MonthLine out;
  for (const auto& entry : entries) out.add(entry);
  return out;
}

Ratio performance_of(const std::vector<MonthEntry>& entries, Performance formula) {
  if (formula == Performance::conformity) {
    const auto line = sum_of(entries);
    return {line.conforming, line.conforming + line.lagging()};
  }
  Ratio out;
  for (const auto& entry : entries) {
    if (entry.state != MonthState::open) continue;
    if (formula == Performance::budget) {
      if (!entry.allocated || !entry.executed) continue;  // not reported is not nothing
      out.numerator += *entry.executed;
      out.denominator += *entry.allocated;
    } else {
      // In hundreds of dollars: basis points times a city's contracts stay far below the largest number.
      out.numerator += entry.actual * (entry.contract / 100);
      out.denominator += entry.planned * (entry.contract / 100);
    }
  }
  if (formula == Performance::attainment) out.numerator = std::min(out.numerator, out.denominator);
  return out;
}

bool below(const Ratio& performance, Percent threshold) { return performance.defined() && performance.compare(threshold) < 0; }

}  // namespace mandate::tenders
