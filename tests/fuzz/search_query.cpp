// What is typed into the search box: a query or a fault, and a text that holds what was typed is found by it.
// sources: src/kernel/*.cpp src/foundation/search/query.cpp src/foundation/search/folding.cpp
#include "foundation/search/query.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mandate::search;
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto query = parse_query(typed);
  if (!query.ok()) return 0;
  if (query->words.size() > query_words_max) __builtin_trap();
  // All that is wanted, one behind the other, is found, unless something that is excluded came with it.
  std::string text;
  for (const auto& word : query->words) {
    if (word.readings.empty()) __builtin_trap();
    for (const auto& reading : word.readings) {
      if (reading.empty()) __builtin_trap();
    }
    if (!word.exclude) text += word.readings.front() + "\n";
  }
  bool excluded = false;
  for (const auto& word : query->words) excluded = excluded || (word.exclude && contains(text, word));
  if (matches(text, *query) == excluded) __builtin_trap();
  return 0;
}
