// Folding for search: what a person would call the same text folds to the same text. It goes character by character, so that a part of a text folds to
// a part of the folded text: searching is then nothing but looking for a substring, and a hit can be marked in the original.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::search {

// Of folding, tokens and the form of the index together. A city whose index was made with another one makes it anew.
constexpr std::int64_t fold_version = 2;

// Compatibility forms (full width), case, accents, 台 and other variants to the Taiwanese form, characters that are only Simplified to their Traditional
// form, every white space to one space. White space at both ends is left out.
std::string fold_for_search(std::string_view utf8);

// The same, and for each byte of the folded text the character (counted from 0) of the original that it came from.
struct FoldedText {
  std::string text;
  std::vector<std::uint32_t> origin;
};
FoldedText fold_with_origins(std::string_view utf8);

// What a typed word may stand for, folded: one text, or several when it holds Simplified characters that stand for more than one Traditional
// (发: 發, 髮). At most `most`.
std::vector<std::string> readings(std::string_view word, std::size_t most = 32);

}  // namespace mandate::search
