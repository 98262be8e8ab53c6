// The words of an obligation: what is done, who does it, and where its parts stand in the sentence.
#pragma once

#include "modules/planreader/signals.hpp"

namespace mandate::plan_reader {

// Offsets into the compact text.
struct DutyText {
  std::size_t begin = 0;
  std::size_t end = 0;         // of the last clause that belongs to it
  std::size_t clause_end = 0;  // of the clause it was opened in
  std::size_t next_end = 0;    // of the clause after that in the same segment
  std::size_t anchor_begin = 0;  // its first mark of time
  std::size_t anchor_end = 0;
};

void describe(Obligation& obligation, const CompactText& text, const DutyText& where, const std::vector<Signal>& signals);

}  // namespace mandate::plan_reader
