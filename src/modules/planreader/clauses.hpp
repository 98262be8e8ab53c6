// A sentence's clauses, and the obligations in the making that its marks of time and number belong to.
#pragma once

#include "modules/planreader/duty_phrase.hpp"
#include "modules/planreader/signals.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace mandate::plan_reader {

// Offsets into the compact text.
struct Clause {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool opens_segment = false;  // after a semicolon: nothing carries over
};

// At commas, semicolons, colons and ends, but not inside quotes and brackets.
std::vector<Clause> split_clauses(const CompactText& text);

// An obligation in the making.
struct Draft {
  std::optional<std::string> every;
  std::vector<int> months;
  std::optional<Day> day;
  std::optional<Limit> within;
  std::vector<Signal> signals;
  DutyText where;
  std::size_t clause = 0;  // where it was opened
  bool dead = false;       // history or a state: swallows the counts that belong to it
  bool past_year = false;  // dead because a year before the plan's is told of
  bool bare_year = false;  // nothing but 本年度
  bool condition = false;  // 落後達10%者: waits for the duty that follows
  bool has_amounts = false;
  bool dated = false;      // a date has been taken, though it may name no month (上半年)
  bool unnamed = false;    // its rhythm has no name here (每2週): every stays null
  bool daily = false;
  std::size_t group = 0;   // drafts of one phrase of dates (3月10日及6月20日各1次) share where it begins, 0 for none

  // 經費達3,000萬元以上之工程: sums of money say which cases, not what is to be reached.
  bool only_money() const {
    return has_amounts && std::all_of(signals.begin(), signals.end(), [](const Signal& x) { return x.kind == SignalKind::amount && x.amount.unit == "元"; });
  }
  bool only_amounts() const { return has_amounts && !every && !within && !day && !unnamed; }
  bool recurs() const { return every && *every != "year"; }
};

}  // namespace mandate::plan_reader
