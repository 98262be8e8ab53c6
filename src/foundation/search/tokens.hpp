// What the index holds of a record: each character of its folded text together with the one that follows it, or alone where nothing does, once; and its
// facets (whose it is, what kind, what state), by which a search is narrowed to what somebody may see before any record is read. A facet begins with a
// capital letter, which no folded text holds, so that neither is ever taken for the other.
#pragma once

#include "foundation/search/api.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::search {

constexpr char field_end = '\x1F';  // between number, title and body: in no text that was folded, so nothing matches across

// Number, title and body folded, with field_end between them.
std::string folded_text(const Document& document);

std::vector<std::string> index_tokens(std::string_view folded);
// Where a record has none of a thing (a unit, a post, a day, a district) it has no facet of it.
std::vector<std::string> facets_of(const Document& document);

std::size_t display_characters(std::string_view text);
// Of a word: what must be in the index wherever the word is. Sorted, each once.
std::vector<std::string> tokens_of_word(std::string_view folded_word);
// Whether the tokens say it all: one character, or one pair.
bool tokens_are_exact(std::string_view folded_word);

std::string facet(char of, std::string_view value);

// A condition over tokens.
struct Condition {
  enum class Of { token, all, any, everything };
  Of of = Of::everything;
  std::string token;
  std::vector<Condition> parts;

  static Condition one(std::string token) { return {Of::token, std::move(token), {}}; }
  static Condition of_facet(char of, std::string_view value) { return one(facet(of, value)); }
  // All of them; those that are always true are left out.
  static Condition all_of(std::vector<Condition> parts);
  // Any of them; always true when one is.
  static Condition any_of(std::vector<Condition> parts);
  bool always() const { return of == Of::everything; }
};

}  // namespace mandate::search
