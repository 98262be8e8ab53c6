#include "modules/planreader/reader.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/layout.hpp"
#include "modules/planreader/obligations.hpp"
#include "modules/planreader/period_cell.hpp"
#include "modules/planreader/sentences.hpp"
#include "modules/planreader/source.hpp"

namespace mandate::plan_reader {

std::string_view part_name(Part part) {
  switch (part) {
    case Part::preface: return "preface";
    case Part::strategy: return "strategy";
    case Part::work_plan: return "work_plan";
  }
  return "";
}

std::string_view decision_name(Decision decision) {
  switch (decision) {
    case Decision::obligation: return "obligation";
    case Decision::none: return "none";
    case Decision::undecided: return "undecided";
  }
  return "";
}

Result<PlanText> read_plan(std::string_view utf8) {
  MANDATE_ASSIGN(const auto lines, read_lines(utf8));
  auto layout = read_layout(lines);
  if (!layout.any_part) return field_fault("line 1", "plan.no_parts", {{"line", "1"}});
  PlanText plan;
  plan.year_roc = layout.year_roc;
  plan.agency = std::move(layout.agency);
  plan.goals = std::move(layout.goals);
  plan.work_plans = std::move(layout.work_plans);
  plan.rows = std::move(layout.rows);
  for (const auto& paragraph : layout.paragraphs) {
    const std::u32string_view text = paragraph.text.text();
    const auto ranges = split_sentences(text);
    for (const auto range : ranges) {
      const auto words = text.substr(range.begin, range.end - range.begin);
      Sentence sentence;
      sentence.line = paragraph.text.line_at(range.begin);
      sentence.part = paragraph.part;
      sentence.goal = paragraph.goal;
      sentence.strategy = paragraph.strategy;
      sentence.work_plan = paragraph.work_plan;
      sentence.item = paragraph.item;
      sentence.row = paragraph.row;
      sentence.text = to_utf8(words);
      auto read = read_sentence(words, paragraph.loose ? Part::preface : paragraph.part, plan.year_roc.value_or(0));
      if (paragraph.row < plan.rows.size()) apply_period(read, plan.rows[paragraph.row], words, ranges.size() == 1);
      sentence.decision = read.decision;
      sentence.obligations = std::move(read.obligations);
      if (paragraph.row < plan.rows.size()) {
        for (auto& obligation : sentence.obligations) {
          if (obligation.responsible.empty()) obligation.responsible = plan.rows[paragraph.row].responsible;
        }
      }
      ++plan.coverage.sentences;
      ++(sentence.decision == Decision::obligation ? plan.coverage.obligation : sentence.decision == Decision::none ? plan.coverage.none : plan.coverage.undecided);
      plan.sentences.push_back(std::move(sentence));
    }
  }
  if (plan.sentences.empty()) return field_fault("line 1", "plan.no_sentences", {{"line", "1"}});
  return plan;
}

}  // namespace mandate::plan_reader
