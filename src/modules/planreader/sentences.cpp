#include "modules/planreader/sentences.hpp"

#include "modules/planreader/numbering.hpp"
#include "modules/planreader/source.hpp"

#include <array>
#include <string>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

bool is_end(char32_t c) { return View{U"。！？"}.find(c) != View::npos; }
bool is_closer(char32_t c) { return View{U"」』）)】》”"}.find(c) != View::npos; }

// Where quotes and brackets enclose a mark that ends no sentence. An opening without its closing encloses nothing.
std::vector<bool> enclosed(View s) {
  std::vector<bool> inside(s.size(), false);
  struct Pair {
    char32_t open;
    char32_t close;
  };
  for (const auto pair : {Pair{U'「', U'」'}, Pair{U'『', U'』'}, Pair{U'(', U')'}, Pair{U'《', U'》'}}) {
    std::size_t opened = View::npos;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (s[i] == paragraph_break) opened = View::npos;
      if (s[i] == pair.open && opened == View::npos) {
        opened = i;
      } else if (s[i] == pair.close && opened != View::npos) {
        for (std::size_t k = opened; k < i; ++k) inside[k] = true;
        opened = View::npos;
      }
    }
  }
  return inside;
}

bool has_words(View s) {
  for (const char32_t c : s) {
    if (is_han(c) || (c >= U'0' && c <= U'9') || ((c | 0x20) >= U'a' && (c | 0x20) <= U'z')) return true;
  }
  return false;
}

}  // namespace

std::vector<SentenceRange> split_sentences(View paragraph) {
  const std::u32string s = plain(paragraph);
  const auto inside = enclosed(s);
  std::vector<SentenceRange> out;
  std::array<int, 16> counters{};  // the last number seen of each kind of mark
  const auto emit = [&](std::size_t begin, std::size_t end) {
    // numbering_length looks at the first few characters only, whatever the length
    constexpr std::size_t longest_marks = 48;
    begin += numbering_length(View{s}.substr(begin, std::min(end - begin, longest_marks)));
    while (end > begin && (s[end - 1] == U' ' || s[end - 1] == paragraph_break)) --end;
    while (begin < end && (s[begin] == U' ' || s[begin] == paragraph_break)) ++begin;
    if (end > begin && has_words(View{s}.substr(begin, end - begin))) out.push_back({begin, end});
  };
  std::size_t begin = 0;
  char32_t before = paragraph_break;  // the last character that is no space
  bool space = true;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = s[i];
    if (c == paragraph_break) {
      emit(begin, i);
      begin = ++i;
      before = paragraph_break;
      space = true;
      continue;
    }
    if (c == U' ') {
      space = true;
      ++i;
      continue;
    }
    const bool may_begin = before == paragraph_break || space || View{U"。；：！？"}.find(before) != View::npos;
    if (may_begin && !inside[i]) {
      if (const auto mark = numbering_at(s, i); mark && mark->kind != Mark::letter) {
        auto& counter = counters[static_cast<std::size_t>(mark->kind)];
        const bool opens = before == paragraph_break || is_end(before);
        if (opens || mark->value == 1 || mark->value == counter + 1) {
          counter = mark->value;
          emit(begin, i);
          begin = i;
          i += mark->length;
          before = paragraph_break;
          space = true;
          continue;
        }
      }
    }
    space = false;
    before = c;
    ++i;
    if (is_end(c) && !inside[i - 1]) {
      while (i < s.size() && is_closer(s[i])) ++i;
      emit(begin, i);
      begin = i;
    }
  }
  emit(begin, s.size());
  return out;
}

}  // namespace mandate::plan_reader
