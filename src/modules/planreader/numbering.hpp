// The marks that number headings and lists: 壹、 第一章 甲、 一、 (一) 1. (1) ① A. and bullets. All take text that went through plain().
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace mandate::plan_reader {

enum class Mark { upper, chapter, section, stem, han, han_paren, digit, digit_paren, circled, letter };

struct Numbering {
  Mark kind = Mark::han;
  int value = 0;
  std::size_t length = 0;  // with the spaces after it
};

std::optional<Numbering> numbering_at(std::u32string_view plain_text, std::size_t at);

// The bullets, dashes and spaces at the beginning.
std::size_t bullets_length(std::u32string_view plain_text);

// How much to cut so that the text begins with its first word: bullets and up to three marks, as in "- 一、(一)".
std::size_t numbering_length(std::u32string_view plain_text);

}  // namespace mandate::plan_reader
