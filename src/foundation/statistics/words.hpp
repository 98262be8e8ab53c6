// How periods, values and filters are said.
#pragma once

#include "foundation/statistics/api.hpp"

namespace mandate::statistics {

std::string dimension_label(const std::string& name, Language language);
// "115年3月", "115年第1季"; "2026-03", "2026 Q1".
std::string period_label(facts::Grain grain, Date first, Language language);
std::string day_text(Date on, Language language);
// The words of a value: from the list, by the dimension's own way, or as a period.
std::string value_label(const Subject& subject, const facts::Schema& schema, const std::string& dimension, const std::string& value, Language language);
// All conditions as one line.
std::string filter_words(const Subject& subject, const facts::Schema& schema, const std::vector<WrittenCondition>& conditions, Language language);
NamedMeasure named(const Measure& measure, Language language);
// What a cell says instead of a number; "" when it has one.
std::string state_words(CellState state, Language language);

}  // namespace mandate::statistics
