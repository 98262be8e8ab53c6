// Charts as SVG: one renderer for public pages, print, mail and packs. A pure function of its data; colours and strokes are classes, which one style file
// gives (web/public/chart.css), so that a chart follows light and dark and obeys the policy that forbids styles within a page.
//
// Readable without colour: series have patterns, lines have dashes, values and series are named beside what they mean. What is missing or not yet due is
// a gap and a word, never a bar of height 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mandate::reports {

struct ChartValue {
  enum class Kind { value, missing, not_yet_due, nothing };
  Kind kind = Kind::value;
  std::int64_t number = 0;
  static ChartValue of(std::int64_t n) { return {Kind::value, n}; }
  static ChartValue missing() { return {Kind::missing, 0}; }
  static ChartValue not_yet_due() { return {Kind::not_yet_due, 0}; }
  static ChartValue nothing() { return {Kind::nothing, 0}; }  // of a line: a gap without a word, as in the months ahead
};

struct ChartSeries {
  // What it says decides how it looks, on every screen the same: the tokens of states, and planned against actual.
  enum class Look { plain, on_time, at_risk, late, severe, done, open, planned, actual };
  std::string name;
  Look look = Look::plain;
  std::vector<ChartValue> values;  // one a category
};

struct Chart {
  enum class Kind { bars, stacked_bars, lines };
  Kind kind = Kind::bars;
  std::string title;
  std::string description;  // the finding in a sentence, for who does not see the chart
  std::string unit;         // "件", "%"
  bool percent = false;     // values are basis points
  std::vector<std::string> categories;
  std::vector<ChartSeries> series;
  // Words for what is not there.
  std::string missing_word = "未報";
  std::string not_yet_due_word = "未到期";
};

struct ChartSize {
  int width = 720;
  bool standalone = false;  // with its own style, for a file by itself (packs, mail): light colours
};

// `id` distinguishes several charts of one page.
std::string svg_of(const Chart& chart, const std::string& id, const ChartSize& size = {});

// Steps of an axis: 1, 2 or 5 times a power of ten, at most `count` of them, and the first that is not below `largest`.
struct Axis {
  std::int64_t step = 1;
  std::int64_t top = 1;
};
Axis axis_for(std::int64_t largest, int count = 5);

}  // namespace mandate::reports
