// Pure rules of plans: what an obligation becomes as a duty, how two texts differ, how headings join into a tree.
#pragma once

#include "modules/plan/model.hpp"
#include "modules/planreader/reader.hpp"

namespace mandate::plan {

// The duty calendar of an obligation in its plan's year: none when nothing in it falls due by itself (a limit that runs from an event).
std::optional<duties::Recurrence> recurrence_of(const ObligationRecord& obligation);

// Alike enough to be the same sentence corrected: shared two-character pieces over all of them, in basis points.
Percent similarity(std::string_view a, std::string_view b);

struct SentenceKey {
  std::string heading;  // where it stands
  std::string text;
};
struct SentencePair {
  std::optional<std::size_t> before;
  std::optional<std::size_t> after;
};
// Pairs the sentences of two texts: the same text under the same heading first, then the same text anywhere, then the most alike under one heading.
// Every sentence of both stands in exactly one pair.
std::vector<SentencePair> pair_sentences(const std::vector<SentenceKey>& before, const std::vector<SentenceKey>& after);

// Headings compared without spaces, width, numbering signs and variants: "8-1-1 推動青年" is "8-1-1推動青年".
std::string folded_title(std::string_view title);

// What of two obligations counts as the same promise.
std::string signature(const ObligationRecord& obligation);

}  // namespace mandate::plan
