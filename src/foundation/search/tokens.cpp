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

// SQLite's tokenizer cuts at ASCII punctuation: that is moved to characters of nobody (folded texts have none of these).
std::string for_sqlite(std::string_view token) {
  std::string out;
  for (const char c : token) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      out.push_back(c);
    } else if (out.empty() && c >= 'A' && c <= 'Z') {  // a facet, which is longer than any pair
      out += {'x', static_cast<char>(c - 'A' + 'a')};
    } else {
      append_utf8(out, 0xF0000 + byte);
    }
  }
  return out;
}

std::string confidentiality_name(identity::Confidentiality c) { return boost::describe::enum_to_string(c, ""); }

template <class Quote>
std::string printed(const Condition& condition, const char* all, const char* any, const Quote& quote) {
  if (condition.of == Condition::Of::token) return quote(condition.token);
  std::string out = "(";
  for (const auto& part : condition.parts) out += (out.size() == 1 ? "" : condition.of == Condition::Of::all ? all : any) + printed(part, all, any, quote);
  return out + ")";
}

std::string in_quotes(std::string_view text, char mark) {
  std::string out(1, mark);
  for (const char c : text) {
    if (c == mark || (c == '\\' && mark == '\'')) out.push_back(c);
    out.push_back(c);
  }
  return out + mark;
}

}  // namespace

std::string folded_text(const Document& d) { return fold_for_search(d.number) + field_end + fold_for_search(d.title) + field_end + fold_for_search(d.body); }

std::vector<std::string> characters_and_pairs(std::string_view folded) {
  std::vector<std::string> out;
  std::string_view before;
  each_character(folded, [&](std::string_view c) {
    if (blank(c)) {
      before = {};
      return;
    }
    out.emplace_back(c);
    if (!before.empty()) out.emplace_back(before.data(), before.size() + c.size());
    before = c;
  });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::string> facets_of(const Document& d) {
  return {"K" + d.kind, "A" + std::to_string(d.agency_id), "U" + std::to_string(d.unit_id), "P" + std::to_string(d.post_id), "O" + d.origin, "S" + d.state, "C" + confidentiality_name(d.confidentiality),
          "M" + (d.on ? d.on->iso().substr(0, 7) : std::string()), "D" + d.district};
}

std::vector<std::string> tokens_of_word(std::string_view word) {
  std::vector<std::string> all = characters_and_pairs(word);
  // A character that stands in a pair adds nothing to it.
  std::vector<std::string> out;
  for (const auto& one : all) {
    const bool pair = display_characters(one) == 2;
    const bool covered = !pair && std::any_of(all.begin(), all.end(), [&](const std::string& other) { return other != one && other.find(one) != std::string::npos; });
    if (!covered) out.push_back(one);
  }
  return out;
}

std::size_t display_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool tokens_are_exact(std::string_view word) { return display_characters(word) <= 2; }  // a phrase with a space has at least three

std::set<std::string> sqlite_tokens(const std::vector<std::string>& tokens) {
  std::set<std::string> out;
  for (const auto& one : tokens) out.insert(for_sqlite(one));
  return out;
}

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

std::string fts5_text(const Condition& condition, const std::vector<std::string>& none_of) {
  std::string out = printed(condition, " AND ", " OR ", [](const std::string& token) { return in_quotes(for_sqlite(token), '"'); });
  for (const auto& token : none_of) out = "(" + out + " NOT " + in_quotes(for_sqlite(token), '"') + ")";
  return out;
}

std::string tsquery_text(const Condition& condition, const std::vector<std::string>& none_of) {
  // Of a single character the index holds the pairs that begin with it.
  const auto one = [](const std::string& token) { return in_quotes(token, '\'') + (display_characters(token) == 1 ? ":*" : ""); };
  std::string out = printed(condition, " & ", " | ", one);
  for (const auto& token : none_of) out += " & !" + one(token);
  return out;
}

}  // namespace mandate::search
