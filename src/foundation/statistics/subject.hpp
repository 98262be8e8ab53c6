// What a module offers to be counted, and what its dimensions and figures are called.
#pragma once

#include "kernel/actor.hpp"

#include <boost/describe.hpp>
#include <functional>
#include <string>
#include <vector>

namespace mandate::statistics {

struct Choice {
  std::string value;
  std::string label;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (value, label))

// How a dimension is asked for and shown. Periods of the set's days need no row of their own.
struct DimensionWords {
  std::string name;
  std::function<std::vector<Choice>(Language)> choices = {};  // known values in the order in which they are listed; those not in it come after
  std::function<std::string(const std::string&, Language)> label = {};  // of a value that is not in the list
  bool by_hand = true;  // offered on the screen; false: only for programs
};

// A figure: how many facts have one of these values in the subject's measured dimension. With a denominator it is a rate.
struct Measure {
  std::string name;
  std::vector<std::string> counted;  // empty: all
  std::vector<std::string> of = {};  // of a rate: what it is of
  bool needs_due = false;            // where nothing was due yet it has no value
  int version = 1;
  std::string source = "unsourced";  // of a rate's definition
  bool rate() const { return !of.empty(); }
};

// What a module offers to be counted. Texts: "dataset.NAME", "dimension.NAME", "measure.NAME", and for rates "measure.NAME.numerator" and ".denominator".
struct Subject {
  std::string dataset;
  std::string permission;    // may read the records
  std::string record_kind;   // whose scope cuts every answer
  std::string measured;      // dimension that the measures look at
  std::vector<std::string> due;  // its values for which the time is over or the thing done: see Measure::needs_due
  std::vector<DimensionWords> dimensions;
  std::vector<Measure> measures;
  std::string period;        // the day that a period means when none is named
  std::string personal_dimension = {};            // records with one of these values are about persons
  std::vector<std::string> personal_values = {};
  std::string list = {};     // what lists the records behind a number and takes `where`: "duties"; "": nothing
};

}  // namespace mandate::statistics
