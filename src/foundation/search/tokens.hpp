// What the index holds of a record: each character and each pair of neighbouring characters of its folded text, once, and its facets (whose it is, what
// kind, what state), by which a search is narrowed to what somebody may see before any record is read. A facet begins with a capital letter, which no
// folded text holds, so that neither is ever taken for the other.
#pragma once

#include "foundation/search/api.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::search {

constexpr char field_end = '\x1F';  // between number, title and body: in no text that was folded, so nothing matches across
constexpr std::int64_t block_size = 8192;

// Number, title and body folded, with field_end between them.
std::string folded_text(const Document& document);

std::vector<std::string> characters_and_pairs(std::string_view folded);
std::vector<std::string> facets_of(const Document& document);

std::size_t display_characters(std::string_view text);
// Of a word: what must be in the index wherever the word is. Sorted, each once.
std::vector<std::string> tokens_of_word(std::string_view folded_word);
// Whether the tokens say it all: one character, or one pair.
bool tokens_are_exact(std::string_view folded_word);

// All tokens of a document as SQLite's index takes them, with spaces between.
std::set<std::string> sqlite_tokens(const std::vector<std::string>& tokens);

// A condition over tokens.
struct Condition {
  enum class Of { token, all, any, everything };
  Of of = Of::everything;
  std::string token;
  std::vector<Condition> parts;

  static Condition one(std::string token) { return {Of::token, std::move(token), {}}; }
  // All of them; those that are always true are left out.
  static Condition all_of(std::vector<Condition> parts);
  // Any of them; always true when one is.
  static Condition any_of(std::vector<Condition> parts);
  bool always() const { return of == Of::everything; }
};

std::string fts5_text(const Condition& condition, const std::vector<std::string>& none_of);
std::string tsquery_text(const Condition& condition, const std::vector<std::string>& none_of);

}  // namespace mandate::search
