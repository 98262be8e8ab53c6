// Text as UTF-8: validation, folding for search, two-character search tokens, and cutting to a display width.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate {

// The byte offset of the first sequence that is not UTF-8 (overlong forms, surrogates and values past U+10FFFF included).
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// Each byte that begins no valid sequence becomes U+FFFD, so the conversion never fails.
std::u32string to_utf32(std::string_view utf8);
// Surrogates and values past U+10FFFF become U+FFFD.
std::string to_utf8(std::u32string_view text);
void append_utf8(std::string& out, char32_t c);

// NFKC only: full-width digits and letters become ASCII, composed forms are kept.
std::string nfkc(std::string_view utf8);

// Two texts that a person would call the same fold to the same text: NFKC, case folding, and the variant table of text.cpp (台 to 臺).
// For comparing and indexing only, never for showing.
std::string fold(std::string_view utf8);

// The tokens a full-text index stores and a query asks for, in order, of the folded text: each Latin or digit word whole, each run of
// Chinese, Japanese or Korean characters as overlapping pairs, a run of one character as itself. A query's tokens match as a phrase;
// a query of a single Chinese character has to be asked as a prefix, since a longer run holds it only inside pairs.
std::vector<std::string> search_tokens(std::string_view utf8);

// Columns on a fixed-pitch display: 2 for a wide East Asian character, 0 for a combining mark, 1 for any other.
std::size_t display_width(std::string_view utf8);

// The text itself when it fits in the width, else its longest beginning that fits together with an ellipsis (one column). A base
// character and its marks stay together. Below a width of 1 the result is empty.
std::string truncate_cjk(std::string_view utf8, std::size_t width);

}  // namespace mandate
