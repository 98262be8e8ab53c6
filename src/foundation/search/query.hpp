// What somebody typed into the search box, read. Words separated by white space must all be there; "several words" stand together; -word must not be there.
// A word matches wherever it stands in a text, folded (see folding.hpp). Pure: any bytes give a query or a fault.
#pragma once

#include "kernel/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mandate::search {

constexpr std::size_t query_characters_max = 200;
constexpr std::size_t query_words_max = 16;

struct Word {
  std::vector<std::string> readings;  // folded; any of them matches
  bool exclude = false;
};

struct Query {
  std::vector<Word> words;
};

Result<Query> parse_query(std::string_view typed);

bool contains(std::string_view folded, const Word& word);  // of the readings, whether or not it excludes
bool matches(std::string_view folded, const Query& query);

}  // namespace mandate::search
