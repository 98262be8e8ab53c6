// The parts of a plan, and how rows and headings become its tree.
#include "modules/planreader/layout_reader.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/headings.hpp"
#include "modules/planreader/obligations.hpp"

#include <algorithm>

namespace mandate::plan_reader {

using View = std::u32string_view;

namespace {

constexpr std::size_t longest_part_heading = 24;

void add_actors(std::vector<std::string>& out, View text) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !has_any_of(text.substr(i, 1), U"、，,；;/\u2028 ")) continue;
    if (const auto name = trimmed(text.substr(begin, i - begin)); !name.empty() && name != U"-") out.push_back(to_utf8(name));
    begin = i + 1;
  }
}

// Where the figure of a target ends that has no unit of its own: 93, ≧97, 20以下.
std::optional<std::size_t> bare_figure_end(View target) {
  const auto s = plain(target);
  const auto is_part = [](char32_t c) { return (c >= U'0' && c <= U'9') || c == U',' || c == U'.'; };
  const auto begin = static_cast<std::size_t>(std::find_if(s.begin(), s.end(), is_part) - s.begin());
  std::size_t end = begin;
  while (end < s.size() && is_part(s[end])) ++end;
  if (end == begin || (end < s.size() && s[end] != U'以' && s[end] != U'(')) return std::nullopt;
  constexpr std::size_t longest_bound = 5;
  return begin <= longest_bound ? std::optional{end} : std::nullopt;
}

// A target that is a bare figure takes its unit from the column beside it, or from the brackets behind the indicator's name: 接通率(%) | 85.
TextRun target_sentence(const TextRun& indicator, const TextRun& target, const TextRun& unit) {
  TextRun out;
  const auto name = title_of(indicator.text());
  const int line = indicator.empty() ? target.first_line() : indicator.first_line();
  if (target.empty()) {
    if (!indicator.empty()) out.append(indicator.text(), line);
    return out;
  }
  const auto end = bare_figure_end(target.text());
  std::u32string counted;
  if (end && !unit.empty()) {
    counted = unit.text();
  } else if (end) {
    const auto said = plain(name);
    const auto open = said.rfind(U'(');
    constexpr std::size_t longest_unit = 4;
    if (open != View::npos && said.back() == U')' && said.size() - open - 2 <= longest_unit) counted = said.substr(open + 1, said.size() - open - 2);
  }
  if (!name.empty()) out.append(name, line);
  auto value = target.text();
  if (end) value.insert(*end, counted);
  out.append_words(value, target.first_line());
  return out;
}

}  // namespace

PlanLayout LayoutReader::read() {
  const auto title = find_title(lines_);
  out_.year_roc = title.year_roc;
  out_.agency = title.agency;
  for (at_ = 0; at_ < lines_.size(); ++at_) {
    const auto& line = lines_[at_];
    if (take_header(line) || take_header_of_lines() || take_part_heading(line)) continue;
    if (header_ && take_row(line)) continue;
    if (!header_ && out_.any_part && (take_unknown_header(line) || take_loose_row(line))) continue;
    if (take_key(line)) continue;
    if (keyed_ && take_under_key(line)) continue;
    if (!out_.any_part) continue;  // the title page
    if (take_numbered(line)) continue;
    take_text(line);
  }
  close_row();
  close_paragraph();
  return std::move(out_);
}

bool LayoutReader::take_part_heading(const PlanLine& line) {
  if (has_any_of(line.text, U"\t|")) return false;
  const std::size_t bullets = bullets_length(line.said);
  const auto mark = numbering_at(line.said, bullets);
  const View title = View{line.said}.substr(bullets + (mark ? mark->length : 0));
  if (title.empty() || title.size() > longest_part_heading || has_any_of(title, U"。；，！")) return false;
  if (title.find(U'：') != View::npos && title.find(U'：') + 1 != title.size()) return false;
  if (!mark && is_plan_title(line.said)) return false;
  auto part = part_of_heading(title);
  if (mark) {
    if (has_base_ && (!base_ || *base_ != mark->kind)) return false;
    const bool next_in_order = has_base_ && mark->value == last_part_ + 1;
    // Inside a table 一、 may number a cell's list; 壹、 and 第一章 do not, and may come out of order.
    const bool large = mark->kind == Mark::upper || mark->kind == Mark::chapter || mark->kind == Mark::stem;
    if (has_base_ && (header_ || keyed_) && !next_in_order && !(part && (large || (line.after_blank && is_bare_part_heading(title))))) return false;
    // The first part may bear any name; the second tells that it is one.
    if (!part && !has_base_ && mark->value == 1 && !has_time_or_bound(title) && second_part_follows(mark->kind)) part = Part::preface;
    if (!part) {
      if (!next_in_order || has_time_or_bound(title) || (header_ && !line.after_blank)) return false;
      part = out_.work_plans.empty() && part_ == Part::preface ? Part::strategy : part_;
      if (part == Part::work_plan) part = Part::strategy;  // what follows the plans (預期效益) is no plan
    }
    if (!has_base_) base_ = mark->kind;
    last_part_ = mark->value;
  } else {
    constexpr std::size_t longest_bare = 14;
    if (!part || without_spaces(title).size() > longest_bare || has_time_or_bound(title)) return false;
    if (has_base_ && base_) return false;
    // Without a number only a line that is hardly more than the words themselves.
    if (!is_bare_part_heading(title)) return false;
  }
  has_base_ = true;
  open_part(*part);
  return true;
}

bool LayoutReader::second_part_follows(Mark kind) {
  if (!looked_for_second_) {
    looked_for_second_ = true;
    for (std::size_t i = at_ + 1; i < lines_.size(); ++i) {
      const auto& said = lines_[i].said;
      const auto mark = numbering_at(said, bullets_length(said));
      if (!mark || mark->kind != kind || mark->value != 2) continue;
      const View title = View{said}.substr(bullets_length(said) + mark->length);
      second_part_ = title.size() <= longest_part_heading && !has_any_of(title, U"。；，！") && part_of_heading(title).has_value();
      break;
    }
  }
  return second_part_;
}

void LayoutReader::open_part(Part part) {
  close_row();
  close_paragraph();
  header_.reset();
  keyed_ = false;
  part_ = part;
  out_.any_part = true;
  stack_.clear();
  plain_level_ = 1;
  goal_.reset();
  strategy_.reset();
  work_plan_.reset();
  item_.reset();
}

void LayoutReader::set_work_plan(View title) {
  const auto name = to_utf8(title);
  work_plan_ = name;
  item_.reset();
  if (out_.work_plans.empty() || out_.work_plans.back().title != name) out_.work_plans.push_back({name, {}});
}

void LayoutReader::set_item(View title) {
  const auto name = to_utf8(title);
  item_ = name;
  if (!work_plan_) return set_work_plan(title);  // a table of items alone: they are the plans
  auto& items = out_.work_plans.back().items;
  if (items.empty() || items.back().title != name) items.push_back({name});
}

void LayoutReader::set_goal(View title) {
  const auto name = to_utf8(title);
  strategy_.reset();
  goal_ = name;
  if (std::none_of(out_.goals.begin(), out_.goals.end(), [&](const Goal& g) { return g.title == name; })) out_.goals.push_back({name, {}});
}

void LayoutReader::close_row() {
  put_tail();
  if (row_.empty()) return;
  auto row = std::move(row_);
  row_ = {};
  if (header_ && header_->indicators) {
    const auto index = keep_columns(row);
    return close_indicator_row(std::move(row), index);
  }
  if (const auto title = title_of(row.work_plan.text()); !title.empty()) {
    if (!work_plan_ || *work_plan_ != to_utf8(title)) set_work_plan(title);
    if (row.item.empty()) item_.reset();
  }
  if (const auto title = title_of(row.item.text()); !title.empty()) {
    if (!work_plan_ || (header_ && !header_->has(Column::work_plan) && !heading_plan_)) {
      set_work_plan(title);
    } else {
      set_item(title);
    }
  }
  const std::size_t index = keep_columns(row);
  if (!row.content.empty()) add_paragraph(std::move(row.content), index);
  if (!row.indicator.empty() || !row.target.empty()) add_paragraph(target_sentence(row.indicator, row.target, row.unit), index);
}

// 服務滿意度 | 85%以上: an indicator and its target are read as one sentence.
void LayoutReader::close_indicator_row(OpenRow row, std::size_t index) {
  if (const auto title = title_of(row.work_plan.text()); !title.empty()) {
    if (part_ != Part::work_plan) {
      set_goal(title);
    } else if (header_->named_plan && (!work_plan_ || *work_plan_ != to_utf8(title))) {
      set_work_plan(title);
    }
  }
  auto sentence = target_sentence(row.indicator, row.target, row.unit);
  if (!sentence.empty()) add_paragraph(std::move(sentence), index);
}

// The columns without use here stay with the row; returns its place, or npos when there are none.
std::size_t LayoutReader::keep_columns(const OpenRow& row) {
  if (row.others.empty()) return Sentence::npos;
  Row kept;
  kept.line = row.line;
  for (std::size_t k = 0; k < row.others.size(); ++k) {
    const auto& [name, run] = row.others[k];
    kept.columns.emplace_back(to_utf8(name), to_utf8(run.text()));
    const bool actor = std::find(row.responsible.begin(), row.responsible.end(), k) != row.responsible.end();
    if (actor) add_actors(kept.responsible, run.text());
  }
  out_.rows.push_back(std::move(kept));
  return out_.rows.size() - 1;
}

void LayoutReader::add_paragraph(TextRun text, std::size_t row) {
  out_.paragraphs.push_back({part_, goal_, strategy_, work_plan_, item_, row, false, std::move(text)});
}

void LayoutReader::close_paragraph() {
  if (paragraph_.empty()) return;
  add_paragraph(std::move(paragraph_), Sentence::npos);
  paragraph_ = {};
}

PlanLayout read_layout(const std::vector<SourceLine>& lines) { return LayoutReader{clean_lines(lines)}.read(); }

}  // namespace mandate::plan_reader
