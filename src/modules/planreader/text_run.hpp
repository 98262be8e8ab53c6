// Text gathered from several lines that remembers which line each character came from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mandate::plan_reader {

// Whether the text ends a sentence; closing quotes and brackets after the mark do not matter.
bool ends_sentence(std::u32string_view text);

class TextRun {
 public:
  bool empty() const { return text_.empty(); }
  const std::u32string& text() const { return text_; }
  int line_at(std::size_t offset) const;
  int first_line() const { return lines_.empty() ? 0 : lines_.front().second; }

  // Puts a further line behind: as a new paragraph after the end of a sentence or before a number, otherwise joined without a space,
  // since lines of Chinese break anywhere, even inside a word.
  void append(std::u32string_view text, int line);
  void append_paragraph(std::u32string_view text, int line);
  // Joined by a space, whatever it begins with.
  void append_words(std::u32string_view text, int line);

 private:
  void put(std::u32string_view text, int line);
  std::u32string text_;
  std::vector<std::pair<std::size_t, int>> lines_;  // offset where a line begins
};

}  // namespace mandate::plan_reader
