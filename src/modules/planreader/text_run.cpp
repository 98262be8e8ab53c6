#include "modules/planreader/text_run.hpp"

#include "modules/planreader/numbering.hpp"
#include "modules/planreader/source.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

}  // namespace

bool ends_sentence(std::u32string_view text) {
  constexpr int most_closers = 8;
  for (int i = 0; i < most_closers && !text.empty() && (is_space(text.back()) || text.back() == paragraph_break || std::u32string_view{U"」』）)】》”\""}.find(text.back()) != std::u32string_view::npos); ++i) text.remove_suffix(1);
  return !text.empty() && std::u32string_view{U"。！？!?"}.find(text.back()) != std::u32string_view::npos;
}

int TextRun::line_at(std::size_t offset) const {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset, [](std::size_t o, const auto& entry) { return o < entry.first; });
  return after == lines_.begin() ? first_line() : std::prev(after)->second;
}

void TextRun::put(std::u32string_view text, int line) {
  if (lines_.empty() || lines_.back().second != line) lines_.emplace_back(text_.size(), line);
  text_ += text;
}

void TextRun::append(std::u32string_view text, int line) {
  const bool breaks = !text.empty() && text.front() == paragraph_break;
  text = trimmed(text);
  if (text.empty()) return;
  if (text_.empty()) return put(text, line);
  constexpr std::size_t longest_mark = 12;
  const auto start = plain(text.substr(0, longest_mark));
  if (breaks || text_.back() == paragraph_break || ends_sentence(text_) || numbering_length(start) > 0) return append_paragraph(text, line);
  if (is_latin(text_.back()) && is_latin(text.front())) text_.push_back(U' ');
  put(text, line);
}

void TextRun::append_paragraph(std::u32string_view text, int line) {
  text = trimmed(text);
  if (text.empty()) return;
  if (!text_.empty() && text_.back() != paragraph_break) text_.push_back(paragraph_break);
  put(text, line);
}

void TextRun::append_words(std::u32string_view text, int line) {
  text = trimmed(text);
  if (text.empty()) return;
  if (!text_.empty()) text_.push_back(U' ');
  put(text, line);
}

}  // namespace mandate::plan_reader
