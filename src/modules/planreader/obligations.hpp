// The obligations of one sentence.
#pragma once

#include "modules/planreader/reader.hpp"

#include <string_view>
#include <vector>

namespace mandate::plan_reader {

struct ReadSentence {
  Decision decision = Decision::none;
  std::vector<Obligation> obligations;
};

// `year_roc` is the plan's year, 0 when unknown: dates of earlier years tell history.
ReadSentence read_sentence(std::u32string_view sentence, Part part, int year_roc);

// Whether the text names a rhythm, a date or a bounded amount: then it is no mere heading.
bool has_time_or_bound(std::u32string_view text);

}  // namespace mandate::plan_reader
