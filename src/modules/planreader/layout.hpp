// From lines to paragraphs with their place in the plan: the part, the goal or work plan and the item they stand under.
#pragma once

#include "modules/planreader/reader.hpp"
#include "modules/planreader/source.hpp"
#include "modules/planreader/text_run.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mandate::plan_reader {

struct Paragraph {
  Part part = Part::preface;
  std::optional<std::string> goal;
  std::optional<std::string> strategy;
  std::optional<std::string> work_plan;
  std::optional<std::string> item;
  std::size_t row = Sentence::npos;
  bool loose = false;  // a row of a table without known columns: read as strictly as the preface
  TextRun text;
};

struct PlanLayout {
  std::optional<int> year_roc;
  std::string agency;
  bool any_part = false;
  std::vector<Goal> goals;
  std::vector<WorkPlan> work_plans;
  std::vector<Row> rows;
  std::vector<Paragraph> paragraphs;
};

PlanLayout read_layout(const std::vector<SourceLine>& lines);

}  // namespace mandate::plan_reader
