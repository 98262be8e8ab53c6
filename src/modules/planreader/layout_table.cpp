// Tables: their header, their rows over lines and pages, and where they end.
#include "modules/planreader/layout_reader.hpp"

#include "modules/planreader/key_lines.hpp"

#include <algorithm>

namespace mandate::plan_reader {

using View = std::u32string_view;

bool LayoutReader::take_header(const PlanLine& line) {
  Header header;
  if (!is_header(line.text, header)) return false;
  if (header_ && header_->names == header.names) {
    header_->starts = header.starts;
    page_turned_ = true;
    return true;
  }
  begin_table(std::move(header));
  return true;
}

void LayoutReader::begin_table(Header header) {
  close_row();
  close_paragraph();
  header_ = std::move(header);
  choose_target(*header_, out_.year_roc.value_or(0));
  keyed_ = false;
  if (!out_.any_part) part_ = header_->indicators ? Part::strategy : Part::work_plan;
  out_.any_part = true;
  if (!header_->indicators && part_ != Part::work_plan) {
    part_ = Part::work_plan;
    goal_.reset();
    strategy_.reset();
  }
}

// A header whose names say nothing to the reader: the rows below tell which column holds sentences.
bool LayoutReader::take_unknown_header(const PlanLine& line) {
  if (part_ != Part::work_plan) return false;
  Header header;
  if (!header_by_rows(lines_, at_, header)) return false;
  begin_table(std::move(header));
  return true;
}

// A heading inside or after the table: numbered, and a header row or a key follows.
bool LayoutReader::opens_another_table() const {
  const auto& line = lines_[at_];
  if (header_->implied && at_ + 1 < lines_.size() && !has_any_of(line.text, U"\t|") && numbering_length(line.said) > 0 && line.said.size() <= longest_heading && !has_any_of(line.said, U"。；") &&
      split_cells(lines_[at_ + 1].text, header_->ruling).size() >= 2) {
    return true;
  }
  if (has_any_of(line.text, U"\t|") || numbering_length(line.said) == 0 || line.said.size() > longest_heading || has_any_of(line.said, U"。；")) return false;
  Header next;
  return at_ + 1 < lines_.size() && (is_header(lines_[at_ + 1].text, next) || key_of(lines_[at_ + 1]).kind == Column::item || key_of(lines_[at_ + 1]).kind == Column::work_plan);
}

bool LayoutReader::take_row(const PlanLine& line) {
  if (header_->ruling == Ruling::lines) return take_cell_line(line);
  if (opens_another_table()) return leave_table();
  if (header_->by_rows && repeats_names(line.text, *header_)) {
    page_turned_ = true;
    return true;
  }
  const bool turned = page_turned_ || line.after_page;
  page_turned_ = false;
  auto cells = cells_by_column(line.text, *header_);
  if (header_->ruling == Ruling::spaces && !cells.empty() && runs_across(line)) {
    leave_table();
    work_plan_.reset();
    item_.reset();
    return false;
  }
  if (cells.empty()) {
    if (header_->ruling == Ruling::bars && line.after_blank) return leave_table();
    if (row_.empty() || header_->indicators) return leave_table();
    row_.content.append(line.text, line.number);  // a cell of several lines
    return true;
  }
  if (resumes_cell(line)) return true;
  std::u32string work_plan;
  std::u32string item;
  std::u32string content;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    switch (header_->kinds[k]) {
      case Column::work_plan: work_plan = cells[k]; break;
      case Column::item: item = cells[k]; break;
      case Column::content: content = cells[k]; break;
      case Column::indicator: if (header_->indicators) item = cells[k]; break;
      case Column::target: if (header_->indicators) content = cells[k]; break;
      default: break;
    }
  }
  if (row_.empty() && continues_header(cells)) return true;
  // A sum of the columns belongs to no row.
  if (is_total(cells.front()) && content.empty()) {
    close_row();
    return true;
  }
  // (千元) under 預算: the header goes on.
  if (row_.empty() && work_plan.empty() && item.empty() && content.size() < 3 && !header_->indicators) return true;
  const bool titled = !work_plan.empty() || !item.empty();
  if (titled && !goes_on(line, work_plan, content, turned)) close_row();
  physical_cells_ = split_cells(line.text, header_->ruling, header_->outer_bars).size();
  gather_row(line, cells);
  return true;
}

void LayoutReader::gather_row(const PlanLine& line, const std::vector<std::u32string>& cells) {
  if (row_.empty()) row_.line = line.number;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    switch (header_->kinds[k]) {
      case Column::work_plan: row_.work_plan.append(cells[k], line.number); break;
      case Column::item: row_.item.append(cells[k], line.number); break;
      case Column::content: row_.content.append(cells[k], line.number); break;
      case Column::indicator: row_.indicator.append(cells[k], line.number); break;
      case Column::target: row_.target.append(cells[k], line.number); break;
      case Column::unit: row_.unit.append(cells[k], line.number); break;
      default:
        if (header_->kinds[k] != Column::number && !trimmed(cells[k]).empty()) row_.other(header_->names[k], header_->kinds[k] == Column::responsible).append(cells[k], line.number);
    }
  }
}

// A table without a header, or with one that says nothing to the reader: a short title beside whole sentences makes a row of the plan; any
// other row stays together as one sentence.
bool LayoutReader::take_loose_row(const PlanLine& line) {
  for (const auto ruling : {Ruling::tabs, Ruling::bars}) {
    const auto cells = split_cells(line.text, ruling);
    if (cells.size() < 2) continue;
    close_paragraph();
    if (part_ == Part::work_plan) {
      if (auto header = header_of_row(cells, ruling, line.text)) {
        header_ = std::move(*header);
        return take_row(line);
      }
    }
    TextRun text;
    for (const auto& cell : cells) text.append_words(cell.text, line.number);
    if (text.empty()) return true;
    add_paragraph(std::move(text), Sentence::npos);
    out_.paragraphs.back().loose = true;
    return true;
  }
  return false;
}

// A content cell of several lines, the last of which also carries the cells after it.
bool LayoutReader::resumes_cell(const PlanLine& line) {
  if (header_->ruling != Ruling::tabs || row_.content.empty()) return false;
  const auto cells = split_cells(line.text, Ruling::tabs);
  const auto content = static_cast<std::size_t>(std::find(header_->kinds.begin(), header_->kinds.end(), Column::content) - header_->kinds.begin());
  if (physical_cells_ != content + 1 || cells.size() + content != header_->kinds.size() || cells.size() < 2 || cells[0].text.empty()) return false;
  if (begins_row(cells[0].text, cells[1].text)) return false;
  const auto& name = header_->names[content + 1];
  const bool money = contains(name, U"預算") || contains(name, U"經費") || contains(name, U"金額");
  const bool figure = std::all_of(cells[1].text.begin(), cells[1].text.end(), [](char32_t c) { return View{U"0123456789,，.-－ 千元萬０１２３４５６７８９"}.find(c) != View::npos; });
  if (money ? !figure : ends_sentence(row_.content.text()) && numbering_length(plain(cells[0].text)) == 0) return false;
  row_.content.append(cells[0].text, line.number);
  for (std::size_t k = 1; k < cells.size(); ++k) {
    if (!cells[k].text.empty()) row_.other(header_->names[content + k], header_->kinds[content + k] == Column::responsible).append(cells[k].text, line.number);
  }
  physical_cells_ = header_->kinds.size();
  return true;
}

// 二、研究發展 after 一、管制考核, or a short title beside whole sentences: the next row, whose last cell is left out.
bool LayoutReader::begins_row(View first, View second) const {
  const auto mark = numbering_at(plain(first), 0);
  const auto before = numbering_at(plain(row_.work_plan.empty() ? row_.item.text() : row_.work_plan.text()), 0);
  if (mark && before && mark->kind == before->kind && mark->value == before->value + 1) return true;
  constexpr std::size_t longest_title = 20;
  return first.size() <= longest_title && !has_any_of(first, U"，。；") && has_any_of(second, U"。；");
}

// Whether a line with a title still belongs to the row above: titles wrap in tables ruled by spaces, and at the end of a page.
bool LayoutReader::goes_on(const PlanLine& line, const std::u32string& work_plan, const std::u32string& content, bool turned) const {
  const TextRun& said_in_row = header_->indicators ? row_.target : row_.content;
  if (said_in_row.empty()) return header_->ruling == Ruling::spaces && !row_.empty() && !line.after_blank && content.empty();
  const bool open = !header_->indicators && !ends_sentence(said_in_row.text());
  const auto mark = numbering_at(plain(content), 0);
  if (header_->ruling == Ruling::spaces) {
    if (line.after_blank && !turned) return false;
    if (content.empty()) return true;
    return open ? !mark || mark->value > 1 : mark && mark->value > 1;
  }
  return turned && open && work_plan.empty() && !content.empty() && !mark;
}

// A paragraph after a table ruled by spaces: it begins at the margin and runs on under the later columns.
bool LayoutReader::runs_across(const PlanLine& line) const {
  const auto cells = split_cells(line.text, Ruling::spaces);
  if (header_->starts.size() < 2 || cells.empty() || cells[0].column + 3 >= header_->starts[1]) return false;
  std::size_t width = cells[0].column;
  for (const char32_t c : cells[0].text) width += columns_of(c);
  return width > header_->starts[1] + 8 && has_any_of(cells[0].text, U"，。；");
}

bool LayoutReader::leave_table() {
  close_row();
  header_.reset();
  page_turned_ = false;
  return false;
}

}  // namespace mandate::plan_reader
