// A month of tenders, counted: the snapshot by agency, district or kind of works, and an agency's performance. Pure; what is counted is given.
// Source: rules handed over with the yearly plan, section 2.4 (the columns after a neighbouring city's system, the formulas marked CHOICE).
#pragma once

#include "kernel/percent.hpp"
#include "modules/tenders/model.hpp"

#include <map>

namespace mandate::tenders {

// As a tender stood at the end of the month: one that is closed later counts as open.
BOOST_DEFINE_ENUM_CLASS(MonthState, open, closed, cancelled)
// D1 before the works, D2 in them, D3 behind them.
BOOST_DEFINE_ENUM_CLASS(MonthLag, none, before_start, behind_plan, after_completion)

struct MonthEntry {
  std::int64_t agency_id = 0;
  std::string district;
  WorksKind works_kind = WorksKind::other;
  MonthState state = MonthState::open;
  MonthLag lag = MonthLag::none;
  std::int64_t lag_months = 0;   // in a row, this one included
  bool filed = true;             // false: what is said of it is of its last filing
  bool central_money = false;
  std::int64_t contract = 0;     // dollars; 0: not awarded yet, and no part of the attainment
  std::int64_t planned = 0;      // basis points, cumulative, by the baseline in force
  std::int64_t actual = 0;
  std::optional<std::int64_t> allocated;  // dollars, to date
  std::optional<std::int64_t> executed;   // paid, payable and saved
};

struct MonthLine {
  std::int64_t closed = 0;      // B
  std::int64_t conforming = 0;  // C: open and not lagging
  std::int64_t before_start = 0, behind_plan = 0, after_completion = 0;
  std::int64_t cancelled = 0;   // E
  std::int64_t not_filed = 0;   // of the open ones
  std::int64_t central = 0;     // with central money
  std::int64_t once = 0, twice = 0, longer = 0;  // lagging exactly one, exactly two, three and more months in a row
  std::int64_t rank_count = 0;  // F1: of D, the largest first
  std::int64_t rank_rate = 0;   // F2: of the lag rate, the largest first
  std::int64_t rank = 0;        // of F1 + F2, the smallest first

  std::int64_t lagging() const { return before_start + behind_plan + after_completion; }                // D
  std::int64_t total() const { return closed + conforming + lagging() + cancelled; }                    // A
  Ratio completion_rate() const { return {closed, total()}; }                                          // B / A
  Ratio lag_rate() const { return {lagging(), total()}; }                                              // D / A, of the snapshot
  Ratio lag_rate_of_open() const { return {lagging(), conforming + lagging()}; }                       // D / (C + D), of the printed report
  void add(const MonthEntry& entry);
};

// By agency, district code or kind of works; with ranks. Lines without a tender do not exist.
template <class Key>
using MonthLines = std::map<Key, MonthLine>;
MonthLines<std::int64_t> by_agency(const std::vector<MonthEntry>& entries);
MonthLines<std::string> by_district(const std::vector<MonthEntry>& entries);
MonthLines<WorksKind> by_works_kind(const std::vector<MonthEntry>& entries);
MonthLine sum_of(const std::vector<MonthEntry>& entries);

// P1, P2 and P3. The plan names "performance under 90 %" and no formula: one is chosen by a policy row, and its name is printed.
BOOST_DEFINE_ENUM_CLASS(Performance, conformity, attainment, budget)
// conformity C / (C + D); attainment actual x contract / planned x contract, never more than whole; budget executed / allocated to date. Without a value
// where nothing is there to be divided by.
Ratio performance_of(const std::vector<MonthEntry>& entries, Performance formula);
// Strictly below: 90.00 % is not, 89.996 % is. One without a value is not.
bool below(const Ratio& performance, Percent threshold);

}  // namespace mandate::tenders
