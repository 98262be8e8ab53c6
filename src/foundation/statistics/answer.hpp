// A statistic's question as it stands in an address, and its answer.
#pragma once

#include "foundation/statistics/subject.hpp"
#include "kernel/date.hpp"
#include "kernel/percent.hpp"

#include <cstdint>
#include <optional>

namespace mandate::statistics {

struct StatisticQuery {
  std::optional<std::string> dataset;   // "duties" when none is named
  std::optional<std::string> by;        // "agency,due_month"
  std::optional<std::string> measures;  // "count,late,on_time_rate"
  std::optional<std::string> where;     // see where.hpp
  std::optional<std::string> period;    // the day that from and to mean
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<bool> compare;          // with the year before
  std::optional<bool> empty;            // known values without records too
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(StatisticQuery, (), (dataset, by, measures, where, period, from, to, compare, empty, as_known_on))

// filed: there is a figure; zero: there are records, and none of them counts; missing: no record at all.
BOOST_DEFINE_ENUM_CLASS(CellState, filed, zero, missing, not_yet_due, suppressed)

struct Cell {
  CellState state = CellState::missing;
  std::optional<std::int64_t> value;  // of a rate: the numerator
  std::optional<std::int64_t> of;     // a rate's denominator
  std::optional<Percent> rate;
};
BOOST_DESCRIBE_STRUCT(Cell, (), (state, value, of, rate))

struct StatisticRow {
  std::vector<Choice> keys;
  std::vector<Cell> cells;                  // one a measure
  std::vector<Cell> before;                 // the same a year before, when compared
  std::vector<std::optional<std::string>> drill;  // `where` of the list behind each cell; none: nothing to show
};
BOOST_DESCRIBE_STRUCT(StatisticRow, (), (keys, cells, before, drill))

struct NamedDimension {
  std::string name;
  std::string label;
};
BOOST_DESCRIBE_STRUCT(NamedDimension, (), (name, label))

struct NamedMeasure {
  std::string name;
  std::string label;
  bool is_rate = false;
  std::string numerator;    // in words
  std::string denominator;
  int version = 1;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(NamedMeasure, (), (name, label, is_rate, numerator, denominator, version, source))

struct StatisticAnswer {
  std::string dataset;
  std::string title;
  Date as_of;
  std::optional<Date> as_known_on;
  std::vector<NamedDimension> dimensions;
  std::vector<NamedMeasure> measures;
  std::vector<StatisticRow> rows;
  StatisticRow total;
  std::string filter;                    // in words
  std::string list;                      // what lists the records behind a number: "duties"
  std::int64_t suppressed_below = 0;     // 0: nothing was left out
};
BOOST_DESCRIBE_STRUCT(StatisticAnswer, (), (dataset, title, as_of, as_known_on, dimensions, measures, rows, total, filter, list, suppressed_below))

}  // namespace mandate::statistics
