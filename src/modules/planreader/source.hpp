// The bytes of a plan as numbered lines, refused when they are no text, with HTML taken away.
#pragma once

#include "kernel/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

// Stands in a line where an HTML paragraph or line break was.
constexpr char32_t paragraph_break = 0x2028;

struct SourceLine {
  int number = 0;  // from 1
  std::u32string text;
  bool new_page = false;  // a form feed stood before it
};

Result<std::vector<SourceLine>> read_lines(std::string_view utf8);

// One to one by code point, so that offsets hold: full-width forms become ASCII, every kind of space ' ', every dash '-', 内 內, 周 週.
char32_t plain(char32_t c);
std::u32string plain(std::u32string_view text);

bool is_space(char32_t c);  // after plain() or before
bool is_han(char32_t c);
std::u32string_view trimmed(std::u32string_view text);
std::u32string without_spaces(std::u32string_view text);
bool contains(std::u32string_view text, std::u32string_view word);
bool has_any_of(std::u32string_view text, std::u32string_view characters);
// Columns on a fixed-pitch page: 2 for what is not Latin.
std::size_t columns_of(char32_t c);

}  // namespace mandate::plan_reader
