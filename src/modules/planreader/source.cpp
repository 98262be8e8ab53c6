#include "modules/planreader/source.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/reader.hpp"

#include <array>

namespace mandate::plan_reader {
namespace {

Fault refused(std::string_view reason, int line) { return field_fault("line " + std::to_string(line), std::string{reason}, {{"line", std::to_string(line)}}); }

int line_of(std::string_view bytes, std::size_t at) {
  int line = 1;
  for (std::size_t i = 0; i < at && i < bytes.size(); ++i) {
    if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 >= bytes.size() || bytes[i + 1] != '\n'))) ++line;
  }
  return line;
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// The length of an HTML tag at `at`, or 0. Comparisons such as "<10%" are no tags.
std::size_t tag_length(std::u32string_view s, std::size_t at) {
  std::size_t i = at + 1;
  if (i < s.size() && (s[i] == U'/' || s[i] == U'!')) ++i;
  if (i >= s.size() || !(is_letter(s[i]) || s[i] == U'-')) return 0;
  constexpr std::size_t longest = 400;
  for (; i < s.size() && i - at < longest; ++i) {
    if (s[i] == U'>') return i + 1 - at;
    if (s[i] == U'<') return 0;
  }
  return 0;
}

void append_for_tag(std::u32string& out, std::u32string_view tag) {
  std::size_t i = 1;
  const bool closing = i < tag.size() && tag[i] == U'/';
  if (closing) ++i;
  std::string name;
  for (; i < tag.size() && (is_letter(tag[i]) || (tag[i] >= U'0' && tag[i] <= U'9')); ++i) name.push_back(static_cast<char>(tag[i] | 0x20));
  if (closing && (name == "td" || name == "th")) {
    out.push_back(U'\t');
  } else if (name == "p" || name == "br" || name == "li" || name == "div" || name == "tr" || (name.size() == 2 && name[0] == 'h')) {
    out.push_back(paragraph_break);
  }
}

struct Entity {
  std::u32string_view name;
  char32_t value;
};
constexpr std::array entities{Entity{U"nbsp", U' '},  Entity{U"amp", U'&'},       Entity{U"lt", U'<'},          Entity{U"gt", U'>'},   Entity{U"quot", U'"'},
                              Entity{U"apos", U'\''}, Entity{U"hellip", 0x2026},  Entity{U"middot", 0xB7},      Entity{U"emsp", U' '}, Entity{U"ensp", U' '},
                              Entity{U"thinsp", U' '}, Entity{U"ge", 0x2265},     Entity{U"le", 0x2264},        Entity{U"ndash", U'-'}, Entity{U"mdash", U'-'}};

// Reads an entity at `at` ('&'); 0 when there is none.
std::size_t entity_length(std::u32string_view s, std::size_t at, char32_t& value) {
  constexpr std::size_t longest = 10;
  const auto semicolon = s.substr(at, longest).find(U';');
  if (semicolon == std::u32string_view::npos || semicolon < 3) return 0;
  const auto name = s.substr(at + 1, semicolon - 1);
  if (name[0] == U'#') {
    const bool hex = name.size() > 1 && (name[1] == U'x' || name[1] == U'X');
    char32_t code = 0;
    for (const char32_t c : name.substr(hex ? 2 : 1)) {
      const char32_t digit = c >= U'0' && c <= U'9' ? c - U'0' : hex && is_letter(c) && (c | 0x20) <= U'f' ? (c | 0x20) - U'a' + 10 : 99;
      if (digit > 15 || code > 0x10FFFF) return 0;
      code = code * (hex ? 16 : 10) + digit;
    }
    if (code < 0x20 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
    value = code;
    return semicolon + 1;
  }
  for (const auto& entity : entities) {
    if (entity.name == name) {
      value = entity.value;
      return semicolon + 1;
    }
  }
  return 0;
}

std::u32string without_markup(std::u32string_view s) {
  std::u32string out;
  out.reserve(s.size());
  for (std::size_t i = 0; i < s.size();) {
    if (s[i] == U'<') {
      if (const auto length = tag_length(s, i); length > 0) {
        append_for_tag(out, s.substr(i, length));
        i += length;
        continue;
      }
    } else if (s[i] == U'&') {
      char32_t value = 0;
      if (const auto length = entity_length(s, i, value); length > 0) {
        out.push_back(value);
        i += length;
        continue;
      }
    } else if (s[i] == 0xFEFF || s[i] == 0x200B || s[i] == 0x00AD) {  // invisible: byte order mark, zero-width space, soft hyphen
      ++i;
      continue;
    }
    out.push_back(s[i++]);
  }
  return out;
}

}  // namespace

Result<std::vector<SourceLine>> read_lines(std::string_view utf8) {
  if (utf8.size() > largest_plan_bytes) return field_fault("file", "plan.too_large", {{"bytes", std::to_string(utf8.size())}, {"most", std::to_string(largest_plan_bytes)}});
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  if (const auto at = utf8.find('\0'); at != std::string_view::npos) return refused("plan.binary", line_of(utf8, at));
  if (const auto at = first_invalid_utf8(utf8)) return refused("plan.not_utf8", line_of(utf8, *at));
  std::vector<SourceLine> lines;
  int number = 1;
  bool new_page = false;
  std::size_t controls = 0;
  std::size_t begin = 0;
  bool any = false;
  const auto add = [&](std::size_t end) {
    auto text = without_markup(to_utf32(utf8.substr(begin, end - begin)));
    any = any || !trimmed(text).empty();
    lines.push_back({number, std::move(text), new_page});
    new_page = false;
  };
  for (std::size_t i = 0; i <= utf8.size(); ++i) {
    if (i == utf8.size() || utf8[i] == '\n' || utf8[i] == '\r') {
      add(i);
      ++number;
      if (i + 1 < utf8.size() && utf8[i] == '\r' && utf8[i + 1] == '\n') ++i;
      begin = i + 1;
    } else if (utf8[i] == '\f' || utf8[i] == '\v') {
      add(i);  // the rest of the line stands on the next page
      new_page = true;
      begin = i + 1;
    } else if (static_cast<unsigned char>(utf8[i]) < 0x20 && utf8[i] != '\t') {
      if (++controls > 8) return refused("plan.binary", number);  // a few stray ones come from word processors
    }
  }
  if (!any) return refused("plan.empty", 1);
  return lines;
}

bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || (c > 0 && c < 0x20); }

bool is_han(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3007; }

char32_t plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) {
    // Chinese punctuation keeps its form: it separates, where the ASCII marks also stand inside numbers.
    if (c == 0xFF0C || c == 0xFF1B || c == 0xFF1A || c == 0xFF01 || c == 0xFF1F) return c;
    return c - 0xFEE0;
  }
  if (is_space(c)) return U' ';
  switch (c) {
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: case 0xFE63: return U'-';
    case 0x301C: case 0x223C: return U'~';
    case 0xFE50: return U'，';
    case 0xFE54: return U'；';
    case 0xFE30: case 0xFE55: return U'：';
    case 0xFE6A: return U'%';
    case 0x2266: return 0x2264;
    case 0x2267: return 0x2265;
    case U'内': return U'內';
    case U'周': return U'週';
    default: return c;
  }
}

std::u32string plain(std::u32string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (const char32_t c : text) out.push_back(plain(c));
  return out;
}

std::u32string_view trimmed(std::u32string_view text) {
  const auto blank = [](char32_t c) { return is_space(c) || c == paragraph_break; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::u32string without_spaces(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text) {
    if (!is_space(c) && c != paragraph_break) out.push_back(c);
  }
  return out;
}

bool contains(std::u32string_view text, std::u32string_view word) { return text.find(word) != std::u32string_view::npos; }

bool has_any_of(std::u32string_view text, std::u32string_view characters) { return text.find_first_of(characters) != std::u32string_view::npos; }

std::size_t columns_of(char32_t c) { return c < 0x1100 ? 1 : 2; }

}  // namespace mandate::plan_reader
