#include "modules/planreader/lines.hpp"

#include "modules/planreader/header.hpp"
#include "modules/planreader/numbering.hpp"
#include "modules/planreader/numerals.hpp"

#include <set>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

bool is_page_number(View said) {
  std::u32string s = without_spaces(said);
  if (s.empty() || s.size() > 12) return false;
  if (s.front() == U'第' && contains(s, U"頁")) return true;
  bool digits = false;
  for (const char32_t c : s) {
    if (is_digit(c)) {
      digits = true;
    } else if (View{U"-~/.pPｐ·•〜[]()第頁共─━—"}.find(c) == View::npos) {
      return false;
    }
  }
  return digits;
}

// 壹、前言……1: dots lead to a page number, or a numbered heading trails off in dots.
bool leads_to_page(View said) {
  std::size_t end = said.size();
  while (end > 0 && (is_digit(said[end - 1]) || said[end - 1] == U' ' || said[end - 1] == U'-' || said[end - 1] == U'(' || said[end - 1] == U')' || said[end - 1] == U'i' || said[end - 1] == U'v' || said[end - 1] == U'x')) --end;
  std::size_t dots = 0;
  std::size_t at = end;
  while (at > 0 && (View{U"….‥·⋯・．﹒•。_"}.find(said[at - 1]) != View::npos || said[at - 1] == U' ')) {
    const char32_t c = said[--at];
    if (c != U' ') dots += c == U'…' || c == U'⋯' ? 3 : c == U'‥' ? 2 : 1;
  }
  if (dots < 4) return false;
  return end < said.size() || numbering_length(said) > 0;
}

// A heading with its page number and no dots, inside a list of contents.
std::u32string contents_entry(View said) {
  std::size_t end = said.size();
  while (end > 0 && (is_digit(said[end - 1]) || said[end - 1] == U'-' || said[end - 1] == U' ')) --end;
  while (end > 0 && View{U"….‥·⋯・．﹒•_ "}.find(said[end - 1]) != View::npos) --end;
  return without_spaces(said.substr(0, end));
}

bool is_contents_title(View said) {
  constexpr std::size_t longest = 12;
  if (said.size() > longest) return false;
  auto s = without_spaces(said);
  while (!s.empty() && View{U"【[<]】>：:"}.find(s.front()) != View::npos) s.erase(0, 1);
  while (!s.empty() && View{U"【[<]】>：:"}.find(s.back()) != View::npos) s.pop_back();
  return s == U"目錄" || s == U"目次" || s == U"目录";
}

bool is_unit_note(View said) {
  const auto s = without_spaces(said);
  return s.size() <= 20 && (View{s}.starts_with(U"單位：") || View{s}.starts_with(U"(單位：") || View{s}.starts_with(U"單位:") || View{s}.starts_with(U"金額單位"));
}

}  // namespace

std::vector<PlanLine> clean_lines(const std::vector<SourceLine>& lines) {
  std::vector<PlanLine> out;
  bool blank = true;
  bool page = false;
  bool contents = false;
  bool any_paged = false;
  std::set<std::u32string> entries;
  std::set<std::u32string> titles;  // of the first lines, which printing may repeat on each page
  constexpr std::size_t title_lines = 4;
  constexpr std::size_t longest_entry = 40;
  bool numbered = false;  // a numbered line has been seen: the title is over
  const auto add = [&](int number, View text) {
    PlanLine line;
    line.number = number;
    line.text = std::u32string{text};
    line.said = std::u32string{trimmed(plain(text))};
    if (line.said.empty()) {
      blank = true;
      return;
    }
    if (is_page_number(line.said) && !contains(line.text, U"\t")) {
      page = true;
      return;
    }
    if (is_contents_title(line.said)) {
      contents = true;
      return;
    }
    if (leads_to_page(line.said)) {
      if (contents) {
        entries.insert(contents_entry(line.said));
        any_paged = true;
      }
      return;
    }
    if (contents) {
      const auto entry = contents_entry(line.said);
      const bool paged = entry.size() < without_spaces(line.said).size();
      Header header;
      if (line.said.size() > longest_entry || contains(line.said, U"。") || is_header(line.text, header) || (!paged && (any_paged || entries.contains(entry)))) {
        contents = false;  // the list is over
      } else if (paged || numbering_length(line.said) > 0) {
        entries.insert(entry);
        any_paged = any_paged || paged;
        return;
      } else if (!entries.empty()) {
        contents = false;
      }
    }
    if (is_rule_line(line.said) || is_unit_note(line.said)) return;
    if (titles.contains(without_spaces(line.said))) {
      page = true;
      return;
    }
    numbered = numbered || numbering_length(line.said) > 0;
    if (!numbered && out.size() < title_lines && line.said.size() <= longest_entry && !contains(line.said, U"。") && !contains(line.text, U"\t")) {
      titles.insert(without_spaces(line.said));
      // The head of a page often has on one line what the cover has on two.
      if (!out.empty()) titles.insert(without_spaces(out.back().said) + without_spaces(line.said));
    }
    line.after_blank = blank;
    line.after_page = page;
    blank = false;
    page = false;
    out.push_back(std::move(line));
  };
  for (const auto& line : lines) {
    page = page || line.new_page;
    if (line.text.find(paragraph_break) != std::u32string::npos && line.text.find(U'\t') == std::u32string::npos && line.text.find(U'|') == std::u32string::npos) {
      View rest = line.text;
      while (true) {
        const auto at = rest.find(paragraph_break);
        if (const auto piece = rest.substr(0, at); !trimmed(piece).empty()) add(line.number, piece);
        if (at == View::npos) break;
        rest.remove_prefix(at + 1);
      }
    } else {
      add(line.number, line.text);
    }
  }
  return out;
}

}  // namespace mandate::plan_reader
