#include "foundation/search/query.hpp"

#include "foundation/search/folding.hpp"
#include "kernel/text.hpp"

#include <algorithm>

namespace mandate::search {
namespace {

bool is_space(char32_t c) { return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680; }
bool is_quote(char32_t c) { return c == U'"' || c == U'＂' || c == U'“' || c == U'”' || c == U'„' || c == U'‟'; }
bool is_minus(char32_t c) { return c == U'-' || c == U'－' || c == U'−' || c == U'﹣'; }

}  // namespace

Result<Query> parse_query(std::string_view typed) {
  const auto text = to_utf32(typed);
  if (text.size() > query_characters_max) return field_fault("q", "input.too_long", {{"max", std::to_string(query_characters_max)}});
  Query query;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    Word word;
    const auto next_is_word = [&] { return at + 1 < text.size() && !is_space(text[at + 1]); };
    if (is_minus(text[at]) && next_is_word()) {
      word.exclude = true;
      ++at;
    }
    std::size_t end = at;
    std::u32string meant;
    if (is_quote(text[at])) {
      end = ++at;
      while (end < text.size() && !is_quote(text[end])) ++end;
      meant = text.substr(at, end - at);
      at = end + 1;  // a quote that is never closed holds the rest
    } else {
      while (end < text.size() && !is_space(text[end]) && !is_quote(text[end])) ++end;
      meant = text.substr(at, end - at);
      at = end;
    }
    word.readings = readings(to_utf8(meant));
    std::erase(word.readings, "");
    if (word.readings.empty()) continue;  // nothing that could be seen
    query.words.push_back(std::move(word));
    if (query.words.size() > query_words_max) return field_fault("q", "search.too_many_words", {{"max", std::to_string(query_words_max)}});
  }
  if (query.words.empty()) return field_fault("q", "search.no_words");
  return query;
}

bool contains(std::string_view folded, const Word& word) {
  return std::any_of(word.readings.begin(), word.readings.end(), [&](const std::string& one) { return folded.find(one) != std::string_view::npos; });
}

bool matches(std::string_view folded, const Query& query) {
  return std::all_of(query.words.begin(), query.words.end(), [&](const Word& word) { return contains(folded, word) != word.exclude; });
}

}  // namespace mandate::search
