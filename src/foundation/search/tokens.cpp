#include "foundation/search/tokens.hpp"

#include "foundation/search/folding.hpp"
#include "kernel/text.hpp"

#include <algorithm>

namespace mandate::search {
namespace {

void each_character(std::string_view text, const auto& body) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    body(text.substr(at, length));
    at += length;
  }
}

bool blank(std::string_view character) { return static_cast<unsigned char>(character.front()) <= 0x20; }

std::vector<std::string> each_once(std::vector<std::string> tokens) {
  std::sort(tokens.begin(), tokens.end());
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  return tokens;
}

}  // namespace

std::string folded_text(const Document& d) { return fold_for_search(d.number) + field_end + fold_for_search(d.title) + field_end + fold_for_search(d.body); }

std::vector<std::string> index_tokens(std::string_view folded) {
  std::vector<std::string> out;
  std::string_view before;
  const auto alone = [&] {
    if (!before.empty()) out.emplace_back(before);
    before = {};
  };
  each_character(folded, [&](std::string_view c) {
    if (blank(c)) return alone();
    if (!before.empty()) out.emplace_back(before.data(), before.size() + c.size());
    before = c;
  });
  alone();
  return each_once(std::move(out));
}

// A facet only narrows: of a long name its beginning will do.
std::string facet(char of, std::string_view value) {
  constexpr std::size_t bytes_most = 48;
  std::string out(1, of);
  each_character(value, [&](std::string_view c) {
    if (out.size() + c.size() <= bytes_most) out += blank(c) ? "_" : c;
  });
  return out;
}

std::vector<std::string> facets_of(const Document& d) {
  std::vector<std::string> out = {facet('K', d.kind), facet('A', std::to_string(d.agency_id)), facet('O', d.origin), facet('S', d.state)};
  if (d.unit_id != 0) out.push_back(facet('U', std::to_string(d.unit_id)));
  if (d.post_id != 0) out.push_back(facet('P', std::to_string(d.post_id)));
  if (d.confidentiality == identity::Confidentiality::open) out.push_back(facet('C', "open"));
  if (d.on) out.push_back(facet('M', d.on->iso().substr(0, 7)));
  if (!d.district.empty()) out.push_back(facet('D', d.district));
  return out;
}

std::vector<std::string> tokens_of_word(std::string_view word) {
  std::vector<std::string> out;
  std::string_view before;
  bool in_pair = false;
  const auto alone = [&] {
    if (!before.empty() && !in_pair) out.emplace_back(before);  // a character that stands in a pair adds nothing to it
    before = {};
    in_pair = false;
  };
  each_character(word, [&](std::string_view c) {
    if (blank(c)) return alone();
    in_pair = !before.empty();
    if (in_pair) out.emplace_back(before.data(), before.size() + c.size());
    before = c;
  });
  alone();
  return each_once(std::move(out));
}

std::size_t display_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool tokens_are_exact(std::string_view word) { return display_characters(word) <= 2; }  // a phrase with a space has at least three

Condition Condition::all_of(std::vector<Condition> parts) {
  std::erase_if(parts, [](const Condition& part) { return part.always(); });
  if (parts.empty()) return {};
  if (parts.size() == 1) return parts.front();
  return {Of::all, "", std::move(parts)};
}

Condition Condition::any_of(std::vector<Condition> parts) {
  if (parts.empty() || std::any_of(parts.begin(), parts.end(), [](const Condition& part) { return part.always(); })) return {};
  if (parts.size() == 1) return parts.front();
  return {Of::any, "", std::move(parts)};
}

}  // namespace mandate::search
