// Tables with one cell a line. Where a row ends is told by what its lines look like: titles and offices are short, contents are sentences.
#include "modules/planreader/layout_reader.hpp"

#include "modules/planreader/obligations.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

bool is_sentence(View said) {
  constexpr std::size_t longest_title = 24;
  return said.size() > longest_title || has_any_of(said, U"。；，！") || has_time_or_bound(said);
}

// What a column behind the content holds: a sum, a dash, or an office.
bool ends_a_row(View said) {
  constexpr View tails[] = {U"科", U"室", U"課", U"局", U"處", U"組", U"隊", U"所", U"中心", U"單位", U"機關", U"公所", U"基金", U"預算", U"千元", U"元", U"補助"};
  return is_figure(said) || said == U"無" || std::any_of(std::begin(tails), std::end(tails), [&](View t) { return said.ends_with(t); });
}

}  // namespace

bool LayoutReader::take_header_of_lines() {
  Header header;
  const std::size_t count = header_of_lines(lines_, at_, header);
  if (count == 0) return false;
  const bool again = header_ && header_->names == header.names;
  if (!again) {
    close_row();
    close_paragraph();
    header_ = std::move(header);
    keyed_ = false;
    out_.any_part = true;
    if (part_ != Part::work_plan) {
      part_ = Part::work_plan;
      goal_.reset();
      strategy_.reset();
    }
  }
  at_ += count - 1;
  return true;
}

bool LayoutReader::take_cell_line(const PlanLine& line) {
  const bool numbered = numbering_length(line.said) > 0;
  const bool open = !row_.content.empty() && short_lines_.empty() && !ends_sentence(row_.content.text());
  const bool sentence = is_sentence(line.said);
  // The rest of a sentence may be short; it ends with its mark.
  if (!row_.content.empty() && short_lines_.empty() && (numbered || (open && sentence) || ends_sentence(line.said))) {
    row_.content.append(line.text, line.number);
    return true;
  }
  if (!numbered && !sentence) {
    short_lines_.push_back(at_);
    return true;
  }
  if (!short_lines_.empty()) begin_row_of_lines();
  if (row_.line == 0) row_.line = line.number;
  row_.content.append(line.text, line.number);
  return true;
}

// The short lines before a content: what is left of the row above, and the titles of this one.
void LayoutReader::begin_row_of_lines() {
  const auto& kinds = header_->kinds;
  const auto content = static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), Column::content) - kinds.begin());
  const bool numbers = !kinds.empty() && kinds[0] == Column::number;
  const std::size_t titles_max = header_->has(Column::work_plan) && header_->has(Column::item) ? 2 : header_->has(Column::work_plan) || header_->has(Column::item) ? 1 : 0;
  const std::size_t tail_max = kinds.size() - content - 1;
  auto lines = std::move(short_lines_);
  short_lines_.clear();
  if (numbers) std::erase_if(lines, [&](std::size_t k) { return is_figure(lines_[k].said) && lines_[k].said.size() <= 3 && tail_max == 0; });
  std::size_t tail = 0;
  if (!row_.content.empty()) {
    if (lines.size() >= tail_max + titles_max) {
      tail = lines.size() - titles_max;
    } else {
      while (tail + 1 < lines.size() && tail < tail_max && (lines.size() - tail > titles_max || ends_a_row(lines_[lines[tail]].said))) ++tail;
    }
    short_lines_.assign(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(tail));
    close_row();
  }
  const std::size_t count = lines.size() - tail;
  for (std::size_t k = tail; k < lines.size(); ++k) {
    const auto& line = lines_[lines[k]];
    if (row_.line == 0) row_.line = line.number;
    const bool plan = titles_max == 2 ? count >= 2 && k + 1 < lines.size() : header_->has(Column::work_plan);
    (plan ? row_.work_plan : row_.item).append(line.text, line.number);
  }
}

// The short lines behind a content fill the columns after it, in order.
void LayoutReader::put_tail() {
  if (short_lines_.empty() || !header_ || header_->ruling != Ruling::lines) return;
  const auto& kinds = header_->kinds;
  std::size_t column = static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), Column::content) - kinds.begin()) + 1;
  for (const auto k : short_lines_) {
    const auto& line = lines_[k];
    const std::size_t at = std::min(column++, kinds.size() - 1);
    if (at >= kinds.size() || kinds[at] == Column::content) {
      row_.content.append_paragraph(line.text, line.number);
    } else {
      row_.other(header_->names[at], kinds[at] == Column::responsible).append(line.text, line.number);
    }
  }
  short_lines_.clear();
}

}  // namespace mandate::plan_reader
