// What is asked of a set of facts, and how it is counted: each column's codes are looked up in a table that says where in the groups a row falls, or
// that it is not meant; the sums of a row's columns are its group.
#pragma once

#include "foundation/facts/dataset.hpp"
#include "kernel/result.hpp"

namespace mandate::facts {

// Dimensions by name: an attribute, a computed dimension, or a day with its grain: "due_day", "due_week", "due_month", "due_quarter", "due_year".
enum class Grain { day, week, month, quarter, year };

struct Condition {
  std::string dimension;              // as above, or a day's own name with `from` and `to`
  std::vector<std::int64_t> values;   // any of these
  bool except = false;                // none of these instead
  std::optional<Date> from = {};      // both included; a row without this day does not match
  std::optional<Date> to = {};
};
using Conditions = std::vector<Condition>;  // all of them

struct Question {
  std::vector<std::string> by;
  Conditions where;
  std::optional<std::vector<Conditions>> any = {};  // and one of these: what somebody may see
  Moment moment;
  std::size_t groups_max = 200'000;
};

constexpr std::size_t by_max = 5;
struct Group {
  std::array<std::int64_t, by_max> key{};
  std::int64_t count = 0;
};

// Where a dimension lies in a schema.
struct Place {
  enum class Of { tuple, computed, day } of = Of::tuple;
  std::size_t column = 0;
  std::size_t attribute = 0;
  std::optional<Grain> grain = {};
};
std::optional<Place> find_dimension(const Schema& schema, const std::string& name);
// A dimension's value as text and back; periods are the ISO date of their first day, "" for none.
std::string text_of(const Dataset& dataset, const Place& place, std::int64_t value);
std::optional<std::int64_t> value_of(const Dataset& dataset, const Place& place, const std::string& text);
Date first_of(Grain grain, Date on);
Date last_of(Grain grain, Date first);

// In no order. Faults: an unknown dimension, too many groups.
Result<std::vector<Group>> count_groups(const Dataset& dataset, const Question& question);

}  // namespace mandate::facts
