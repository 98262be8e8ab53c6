// Tables written downwards: 工作計畫：… 實施內容：…
#include "modules/planreader/layout_reader.hpp"

#include "modules/planreader/key_lines.hpp"

#include <algorithm>

namespace mandate::plan_reader {

using View = std::u32string_view;

bool LayoutReader::take_key(const PlanLine& line) {
  if (header_ || has_any_of(line.text, U"\t|")) return false;
  auto key = key_of(line);
  if (key.kind == Column::none && keyed_) key = content_key(line);
  if (key.kind == Column::none) return false;
  if (!keyed_) {
    if (key.kind != Column::work_plan && key.kind != Column::item && !(key.kind == Column::content && part_ == Part::work_plan)) return false;
    // One such line is a sentence; the form is known by a second key close by.
    if (key.kind != Column::content && !key_follows(key.value)) return false;
    close_paragraph();
    if (part_ != Part::work_plan) {
      part_ = Part::work_plan;
      goal_.reset();
      strategy_.reset();
    }
    keyed_ = true;
    out_.any_part = true;
  }
  switch (key.kind) {
    case Column::work_plan:
      close_row();
      row_.work_plan.append(key.value, line.number);
      item_.reset();
      key_run_ = KeyRun::work_plan;
      break;
    case Column::item:
      if (!row_.item.empty() || !row_.content.empty() || !row_.others.empty()) close_row();
      row_.item.append(key.value, line.number);
      key_run_ = KeyRun::item;
      break;
    case Column::content:
      row_.content.append_paragraph(key.value, line.number);
      key_run_ = KeyRun::content;
      break;
    case Column::indicator:
      row_.indicator.append_paragraph(key.value, line.number);
      key_run_ = KeyRun::indicator;
      break;
    case Column::target:
      row_.target.append_paragraph(key.value, line.number);
      key_run_ = KeyRun::target;
      break;
    default:
      row_.other(key.name, key.kind == Column::responsible).append(key.value, line.number);
      key_run_ = KeyRun::other;
      other_name_ = key.name;
      break;
  }
  if (row_.line == 0) row_.line = line.number;
  return true;
}

// A second key close by, or a list right under the title.
bool LayoutReader::key_follows(View value) const {
  constexpr std::size_t reach = 4;
  if (!value.empty() && at_ + 1 < lines_.size() && numbering_length(lines_[at_ + 1].said) > 0 && ends_sentence(lines_[at_ + 1].said)) return true;
  for (std::size_t i = at_ + 1; i < lines_.size() && i <= at_ + reach; ++i) {
    const auto kind = key_of(lines_[i]).kind;
    if (kind != Column::none && kind != Column::other) return true;
  }
  return false;
}

TextRun& LayoutReader::run_of_key() {
  switch (key_run_) {
    case KeyRun::work_plan: return row_.work_plan;
    case KeyRun::item: return row_.item;
    case KeyRun::content: return row_.content;
    case KeyRun::indicator: return row_.indicator;
    case KeyRun::target: return row_.target;
    case KeyRun::other: break;
  }
  return row_.other(other_name_, false);
}

// In a form whose content has a name the reader does not know (推動情形：), the first such name over sentences or a list is that of the content.
Key LayoutReader::content_key(const PlanLine& line) const {
  constexpr std::size_t longest = 10;
  const View said = line.said;
  const auto colon = said.find(U'：');
  if (colon == View::npos || colon < 2 || colon > longest || numbering_length(said) > 0 || !row_.content.empty() || row_.empty()) return {};
  const View name = said.substr(0, colon);
  if (has_any_of(name, U"，。；、「」()0123456789")) return {};
  const View text = line.text;
  const View value = trimmed(text.substr(std::min(text.size(), text.find_first_of(U"：:︰") + 1)));
  const bool list = value.empty() && at_ + 1 < lines_.size() && (numbering_length(lines_[at_ + 1].said) > 0 || has_any_of(lines_[at_ + 1].said, U"。；"));
  if (!list && !has_any_of(value, U"。；")) return {};
  return {Column::content, std::u32string{name}, value};
}

bool LayoutReader::take_under_key(const PlanLine& line) {
  const bool numbered = numbering_length(line.said) > 0;
  // A heading over the next keys ends the ones before.
  if (numbered && line.said.size() <= longest_heading && !has_any_of(line.said, U"。；") && at_ + 1 < lines_.size()) {
    const auto next = key_of(lines_[at_ + 1]).kind;
    if (next == Column::work_plan || next == Column::item || (next == Column::content && !row_.content.empty())) {
      close_row();
      keyed_ = false;
      return false;
    }
  }
  // After a gap behind the last of a row's keys the form is over.
  if (line.after_blank && !line.after_page && key_run_ == KeyRun::other && !row_.content.empty()) {
    close_row();
    keyed_ = false;
    work_plan_.reset();
    item_.reset();
    return false;
  }
  // 工作項目：員額控管 and a list under it: the content needs no key.
  if ((key_run_ == KeyRun::work_plan || key_run_ == KeyRun::item) && (numbered || ends_sentence(line.said) || has_any_of(line.said, U"。；"))) key_run_ = KeyRun::content;
  TextRun& run = run_of_key();
  if (line.after_blank && !line.after_page && key_run_ == KeyRun::content) {
    run.append_paragraph(line.text, line.number);
  } else {
    run.append(line.text, line.number);
  }
  return true;
}

}  // namespace mandate::plan_reader
