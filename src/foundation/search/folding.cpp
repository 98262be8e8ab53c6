#include "foundation/search/folding.hpp"

#include "kernel/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace mandate::search {
namespace {

struct Folded {
  char32_t from;
  char32_t to;
};
struct Simplified {
  char32_t from;
  bool only_simplified;     // no Taiwanese text uses it
  const char32_t* may_be;
};
#include "foundation/search/characters.inc"

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t several = 0xFFFFFFFF;  // in the table: more than one character, or none

bool is_mark(char32_t c) { return c >= 0x300 && c <= 0x36F; }

// é is e and an accent, which is left out; what is written without a base (Hangul, kana) stays whole.
std::u32string without_accents(char32_t c) {
  if (is_mark(c)) return {};
  if (c < 0xC0 || c >= 0x2E80) return std::u32string(1, c);
  UErrorCode error = U_ZERO_ERROR;
  const auto* decomposing = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU has no NFKD data");
  icu::UnicodeString raw;
  if (!decomposing->getDecomposition(static_cast<UChar32>(c), raw)) return std::u32string(1, c);
  std::u32string out;
  for (std::int32_t at = 0; at < raw.length(); at = raw.moveIndex32(at, 1)) {
    const auto one = static_cast<char32_t>(raw.char32At(at));
    if (!is_mark(one)) out.push_back(one);
  }
  return out;
}

char32_t taiwanese(char32_t c) {
  const auto* end = std::end(folded_characters);
  const auto* found = std::lower_bound(std::begin(folded_characters), end, c, [](const Folded& one, char32_t x) { return one.from < x; });
  return found != end && found->from == c ? found->to : c;
}

std::u32string fold_slowly(char32_t c) {
  if (c <= 0x20 || c == 0x7F || (c >= 0x80 && c <= 0xA0)) return U" ";
  if (c >= 0xF0000) return std::u32string(1, replacement);  // private to whoever wrote it; above all of them ends what begins with a character (runs.cpp)
  std::u32string out;
  for (const char32_t first : to_utf32(fold(to_utf8(std::u32string(1, c))))) {
    for (const char32_t official : to_utf32(fold(to_utf8(std::u32string(1, taiwanese(first)))))) {
      for (const char32_t plain : without_accents(official)) out.push_back(plain <= 0x20 ? U' ' : plain);
    }
  }
  return out;
}

const std::vector<char32_t>& table() {
  static const std::vector<char32_t> all = [] {
    std::vector<char32_t> made(0x10000);
    for (char32_t c = 0; c < made.size(); ++c) {
      if (c >= 0xD800 && c <= 0xDFFF) {
        made[c] = replacement;
      } else {
        const auto folded = fold_slowly(c);
        made[c] = folded.size() == 1 ? folded.front() : several;
      }
    }
    return made;
  }();
  return all;
}

// Calls `put` with each folded character and its place in the original.
template <class Put>
void fold_each(std::string_view utf8, Put put) {
  const auto& known = table();
  std::uint32_t place = 0;
  bool space = true;  // at the beginning: left out
  for (const char32_t c : to_utf32(utf8)) {
    const auto one = [&](char32_t folded) {
      if (folded == U' ') {
        space = true;
        return;
      }
      put(folded, place, space);
      space = false;
    };
    const char32_t quick = c < known.size() ? known[c] : several;
    if (quick != several) {
      one(quick);
    } else {
      for (const char32_t folded : fold_slowly(c)) one(folded);
    }
    ++place;
  }
}

const Simplified* simplified(char32_t c) {
  const auto* end = std::end(simplified_characters);
  const auto* found = std::lower_bound(std::begin(simplified_characters), end, c, [](const Simplified& one, char32_t x) { return one.from < x; });
  return found != end && found->from == c ? found : nullptr;
}

}  // namespace

std::string fold_for_search(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  fold_each(utf8, [&](char32_t c, std::uint32_t, bool after_space) {
    if (after_space && !out.empty()) out.push_back(' ');
    append_utf8(out, c);
  });
  return out;
}

FoldedText fold_with_origins(std::string_view utf8) {
  FoldedText out;
  fold_each(utf8, [&](char32_t c, std::uint32_t place, bool after_space) {
    if (after_space && !out.text.empty()) {
      out.text.push_back(' ');
      out.origin.push_back(place);
    }
    append_utf8(out.text, c);
    out.origin.resize(out.text.size(), place);
  });
  return out;
}

std::vector<std::string> readings(std::string_view word, std::size_t most) {
  const auto typed = to_utf32(nfkc(word));
  const bool has_simplified = std::any_of(typed.begin(), typed.end(), [](char32_t c) {
    const auto* known = simplified(c);
    return known != nullptr && known->only_simplified;
  });
  const std::string plain = fold_for_search(word);
  if (!has_simplified) return {plain};
  std::vector<std::string> out = {""};
  std::u32string same;  // characters up to here with one reading only
  const auto add = [&](const std::vector<std::string>& ends) {
    std::vector<std::string> longer;
    for (const auto& begun : out) {
      for (const auto& end : ends) longer.push_back(begun + end);
    }
    out = std::move(longer);
  };
  const auto add_same = [&] {
    if (!same.empty()) add({to_utf8(same)});
    same.clear();
  };
  for (const char32_t c : typed) {
    const auto* known = simplified(c);
    std::vector<std::string> ways;
    for (const char32_t* may = known != nullptr ? known->may_be : U""; *may != 0; ++may) {
      auto way = to_utf8(std::u32string(1, *may));
      if (std::find(ways.begin(), ways.end(), fold_for_search(way)) == ways.end()) ways.push_back(fold_for_search(way));
    }
    if (ways.size() < 2 || out.size() * ways.size() > most) {
      same.push_back(c);
    } else {
      add_same();
      add(ways);
    }
  }
  add_same();
  for (auto& one : out) one = fold_for_search(one);
  if (std::find(out.begin(), out.end(), plain) == out.end()) out.push_back(plain);  // as the text itself is folded
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace mandate::search
