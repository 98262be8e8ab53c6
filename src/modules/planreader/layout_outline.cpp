// Headings, lists and text outside of tables.
#include "modules/planreader/layout_reader.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/headings.hpp"
#include "modules/planreader/key_lines.hpp"
#include "modules/planreader/obligations.hpp"

#include <algorithm>

namespace mandate::plan_reader {

using View = std::u32string_view;

std::size_t LayoutReader::depth_of(Mark kind) {
  const auto known = std::find(stack_.begin(), stack_.end(), kind);
  if (known != stack_.end()) {
    stack_.erase(known + 1, stack_.end());
  } else {
    stack_.push_back(kind);
  }
  return stack_.size();
}

bool LayoutReader::take_numbered(const PlanLine& line) {
  const std::size_t bullets = bullets_length(line.said);
  const auto mark = numbering_at(line.said, bullets);
  if (!mark) {
    if (bullets == 0) return false;
    close_paragraph();
    paragraph_.append(line.text, line.number);
    return true;
  }
  close_paragraph();
  const std::size_t depth = depth_of(mark->kind);
  const View said = View{line.said}.substr(bullets + mark->length);
  const bool heading = is_heading(said, mark->kind);
  if (heading) {
    name_level(depth, title_of(line.said));
    return true;
  }
  if (depth <= 2) name_level(depth, part_ == Part::work_plan ? leading_title(said) : std::u32string{});
  paragraph_.append(line.text, line.number);
  return true;
}

void LayoutReader::name_level(std::size_t depth, const std::u32string& title) {
  if (part_ == Part::work_plan) {
    if (depth == 1) {
      work_plan_.reset();
      item_.reset();
      heading_plan_ = !title.empty();
      if (!title.empty()) set_work_plan(title);
    } else if (depth == 2) {
      item_.reset();
      if (!title.empty()) set_item(title);
    }
  } else if (part_ == Part::strategy) {
    if (depth == 1) {
      goal_.reset();
      strategy_.reset();
      if (title.empty()) return;
      goal_ = to_utf8(title);
      out_.goals.push_back({*goal_, {}});
    } else if (depth == 2) {
      strategy_.reset();
      if (title.empty() || out_.goals.empty()) return;
      strategy_ = to_utf8(title);
      out_.goals.back().strategies.push_back(*strategy_);
    }
  }
}

bool LayoutReader::is_heading(View said, Mark kind) const {
  if (said.empty() || said.size() > longest_heading || has_any_of(said, U"。；！？")) return false;
  const auto colon = said.find(U'：');
  if (colon != View::npos && colon + 1 != said.size()) return false;
  if (has_time_or_bound(said)) return false;
  constexpr std::size_t longest_goal = 20;
  if (part_ == Part::strategy && stack_.size() == 1 && said.size() <= longest_goal && !has_any_of(said, U"，、：")) return true;  // a goal may have no text of its own
  if (at_ + 1 >= lines_.size()) return false;
  const auto& next = lines_[at_ + 1];
  Header header;
  if (is_header(next.text, header) || key_of(next).kind != Column::none) return true;
  const bool comma = has_any_of(said, U"，");
  constexpr std::size_t longest_with_comma = 25;
  if (comma && (said.size() > longest_with_comma || said.back() == U'，')) return false;
  const auto mark = numbering_at(next.said, bullets_length(next.said));
  if (mark) {
    const bool shallower = std::find(stack_.begin(), stack_.end(), mark->kind) != stack_.end() || (base_ && mark->kind == *base_);
    return mark->kind != kind && !shallower;
  }
  if (bullets_length(next.said) > 0) return true;
  // A full line with text right under it is the beginning of a sentence that breaks there.
  constexpr std::size_t full_line = 26;
  const bool breaks = !next.after_blank && said.size() >= full_line;
  // Two full-width spaces begin a paragraph: what stands above it without them is its heading, comma or not.
  const bool paragraph = View{next.text}.starts_with(U"\u3000\u3000") && !View{lines_[at_].text}.starts_with(U"\u3000");
  return !breaks && !(comma && !next.after_blank && !paragraph);
}

namespace {

// Short and without a mark: a heading, if what follows fits.
bool may_be_title(const PlanLine& line) {
  constexpr std::size_t longest = 16;
  return line.said.size() >= 2 && line.said.size() <= longest && !has_any_of(line.said, U"，。；：:！？()「」") && !has_any_of(line.text, U"\t|") && numbering_length(line.said) == 0 && !has_time_or_bound(line.said);
}

// 備註 ends the plans.
bool is_note_title(View said) { return said == U"備註" || said == U"附註" || said == U"附記" || said == U"說明" || said == U"註"; }

bool is_text(const PlanLine& line) {
  constexpr std::size_t shortest = 20;
  return !has_any_of(line.text, U"\t|") && (ends_sentence(line.said) || line.said.size() > shortest || numbering_length(line.said) > 0);
}

}  // namespace

// 培育專業文官 above its text, in a plan that numbers nothing: returns 1 for a heading over another, 2 for one right under such a heading,
// as deep as the last for any other, and 0 for no heading.
int LayoutReader::plain_heading(const PlanLine& line) const {
  if (part_ == Part::preface || !may_be_title(line) || (!paragraph_.empty() && !line.after_blank && !ends_sentence(paragraph_.text()))) return 0;
  if (at_ + 1 >= lines_.size()) return 0;
  const auto& next = lines_[at_ + 1];
  if (is_text(next)) return plain_level_;
  return at_ + 2 < lines_.size() && may_be_title(next) && is_text(lines_[at_ + 2]) ? 1 : 0;
}

void LayoutReader::take_text(const PlanLine& line) {
  if (const int level = plain_heading(line); level > 0) {
    close_paragraph();
    if (is_note_title(line.said)) {
      part_ = Part::preface;
      work_plan_.reset();
      item_.reset();
      return;
    }
    name_level(static_cast<std::size_t>(level), title_of(line.said));
    plain_level_ = level == 1 && may_be_title(lines_[at_ + 1]) && !is_text(lines_[at_ + 1]) ? 2 : level;
    return;
  }
  if (line.after_blank && !(line.after_page && !ends_sentence(paragraph_.text()))) close_paragraph();
  // 年度目標值：97%以上 begins something of its own, even right under a line that ends no sentence.
  if (key_of(line).kind != Column::none) close_paragraph();
  paragraph_.append(line.text, line.number);
}

}  // namespace mandate::plan_reader
