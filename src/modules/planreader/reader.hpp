// Reads the plain text of a commission's yearly plan (施政計畫) into its parts, sentences and obligations. Pure: text in, values out.
#pragma once

#include "kernel/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mandate::plan_reader {

constexpr std::size_t largest_plan_bytes = 8u << 20;

struct Limit {
  int count = 0;
  std::string unit;  // day | working_day | month
  friend bool operator==(const Limit&, const Limit&) = default;
};

struct Amount {
  std::string bound;  // at_least | at_most | below | exactly
  double value = 0;
  std::string unit;  // the text's own counter (件, 場次), "%" for 成 and 百分之, 元 for money
  friend bool operator==(const Amount&, const Amount&) = default;
};

// Where a part of an obligation stands in the sentence's text, in code points, for the preview to mark.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string part;  // rhythm | date | limit | amount | who | what
};

struct Day {
  int number = 0;  // 1..31, or 0 for the last day of the month, quarter or year
  friend bool operator==(const Day&, const Day&) = default;
};

struct Obligation {
  std::string what;
  std::optional<std::string> every;  // year | half_year | quarter | two_months | month | week
  std::vector<int> months;           // rising; only those the text names
  std::optional<Day> day;
  std::optional<Limit> within;
  std::vector<Amount> amounts;
  std::vector<std::string> responsible;
  std::vector<Span> spans;
};

enum class Part { preface, strategy, work_plan };
enum class Decision { obligation, none, undecided };
std::string_view part_name(Part part);
std::string_view decision_name(Decision decision);

struct Sentence {
  int line = 0;  // where it begins, from 1
  Part part = Part::preface;
  std::optional<std::string> goal;      // the heading it stands under in the strategy part
  std::optional<std::string> strategy;  // and the heading below that
  std::optional<std::string> work_plan;
  std::optional<std::string> item;
  std::string text;  // without its numbering
  Decision decision = Decision::none;
  std::vector<Obligation> obligations;
  std::size_t row = npos;  // the row in PlanText::rows whose other columns belong to it

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

struct Item {
  std::string title;
};
struct WorkPlan {
  std::string title;
  std::vector<Item> items;
};
struct Goal {
  std::string title;
  std::vector<std::string> strategies;
};

// The columns of a table row that the reader has no use for (budget, remarks), kept as they stand.
struct Row {
  int line = 0;
  std::vector<std::pair<std::string, std::string>> columns;
  std::vector<std::string> responsible;  // from 主辦單位 and the like
};

struct Coverage {
  int sentences = 0;
  int obligation = 0;
  int none = 0;
  int undecided = 0;
};

struct PlanText {
  std::optional<int> year_roc;
  std::string agency;  // empty when the text does not name one
  std::vector<Goal> goals;
  std::vector<WorkPlan> work_plans;
  std::vector<Row> rows;
  std::vector<Sentence> sentences;
  Coverage coverage;
};

// Refusals name the line and the reason: plan.too_large, plan.empty, plan.not_utf8, plan.binary, plan.no_parts, plan.no_sentences.
Result<PlanText> read_plan(std::string_view utf8);

}  // namespace mandate::plan_reader
