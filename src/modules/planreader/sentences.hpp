// Sentences of a paragraph: up to 。！？ or the next number of a list; semicolons stay inside.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

struct SentenceRange {
  std::size_t begin = 0;  // after its numbering
  std::size_t end = 0;
};

std::vector<SentenceRange> split_sentences(std::u32string_view paragraph);

}  // namespace mandate::plan_reader
