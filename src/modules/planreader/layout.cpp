#include "modules/planreader/layout.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/columns.hpp"
#include "modules/planreader/headings.hpp"
#include "modules/planreader/key_lines.hpp"
#include "modules/planreader/lines.hpp"
#include "modules/planreader/numbering.hpp"
#include "modules/planreader/obligations.hpp"
#include "modules/planreader/table.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

constexpr std::size_t longest_heading = 40;
constexpr std::size_t longest_part_heading = 24;

class Layout {
 public:
  explicit Layout(std::vector<PlanLine> lines) : lines_(std::move(lines)) {}

  PlanLayout read() {
    const auto title = find_title(lines_);
    out_.year_roc = title.year_roc;
    out_.agency = title.agency;
    for (at_ = 0; at_ < lines_.size(); ++at_) {
      const auto& line = lines_[at_];
      if (take_header(line) || take_part_heading(line)) continue;
      if (header_ && take_row(line)) continue;
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

 private:
  // ---- parts

  bool take_part_heading(const PlanLine& line) {
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

  void open_part(Part part) {
    close_row();
    close_paragraph();
    header_.reset();
    keyed_ = false;
    part_ = part;
    out_.any_part = true;
    stack_.clear();
    goal_.reset();
    strategy_.reset();
    work_plan_.reset();
    item_.reset();
  }

  // ---- tables

  bool take_header(const PlanLine& line) {
    Header header;
    if (!is_header(line.text, header)) return false;
    if (header_ && header_->names == header.names) {
      header_->starts = header.starts;
      page_turned_ = true;
      return true;
    }
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
    return true;
  }

  // A heading inside or after the table: numbered, and a header row or a key follows.
  bool opens_another_table() const {
    const auto& line = lines_[at_];
    if (has_any_of(line.text, U"\t|") || numbering_length(line.said) == 0 || line.said.size() > longest_heading || has_any_of(line.said, U"。；")) return false;
    Header next;
    return at_ + 1 < lines_.size() && (is_header(lines_[at_ + 1].text, next) || key_of(lines_[at_ + 1]).kind == Column::item || key_of(lines_[at_ + 1]).kind == Column::work_plan);
  }

  bool take_row(const PlanLine& line) {
    if (opens_another_table()) return leave_table();
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
      if (row_.empty()) return leave_table();
      row_.content.append(line.text, line.number);  // a cell of several lines
      return true;
    }
    if (resumes_cell(line)) return true;
    std::u32string work_plan;
    std::u32string item;
    std::u32string content;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      if (header_->kinds[k] == Column::work_plan) work_plan = cells[k];
      if (header_->kinds[k] == Column::item) item = cells[k];
      if (header_->kinds[k] == Column::content) content = cells[k];
    }
    // (千元) under 預算: the header goes on.
    if (row_.empty() && work_plan.empty() && item.empty() && content.size() < 3) return true;
    const bool titled = !work_plan.empty() || !item.empty();
    if (titled && !goes_on(line, work_plan, content, turned)) close_row();
    if (row_.empty()) row_.line = line.number;
    physical_cells_ = split_cells(line.text, header_->ruling, header_->outer_bars).size();
    row_.work_plan.append(work_plan, line.number);
    row_.item.append(item, line.number);
    row_.content.append(content, line.number);
    for (std::size_t k = 0; k < cells.size(); ++k) {
      if (header_->kinds[k] != Column::other && header_->kinds[k] != Column::responsible) continue;
      if (!trimmed(cells[k]).empty()) row_.other(header_->names[k], header_->kinds[k] == Column::responsible).append(cells[k], line.number);
    }
    return true;
  }

  // A content cell of several lines, the last of which also carries the cells after it.
  bool resumes_cell(const PlanLine& line) {
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
  bool begins_row(View first, View second) const {
    const auto mark = numbering_at(plain(first), 0);
    const auto before = numbering_at(plain(row_.work_plan.empty() ? row_.item.text() : row_.work_plan.text()), 0);
    if (mark && before && mark->kind == before->kind && mark->value == before->value + 1) return true;
    constexpr std::size_t longest_title = 20;
    return first.size() <= longest_title && !has_any_of(first, U"，。；") && has_any_of(second, U"。；");
  }

  // Whether a line with a title still belongs to the row above: titles wrap in tables ruled by spaces, and at the end of a page.
  bool goes_on(const PlanLine& line, const std::u32string& work_plan, const std::u32string& content, bool turned) const {
    if (row_.content.empty()) return header_->ruling == Ruling::spaces && !row_.empty() && !line.after_blank && content.empty();
    const bool open = !ends_sentence(row_.content.text());
    const auto mark = numbering_at(plain(content), 0);
    if (header_->ruling == Ruling::spaces) {
      if (line.after_blank && !turned) return false;
      if (content.empty()) return true;
      return open ? !mark || mark->value > 1 : mark && mark->value > 1;
    }
    return turned && open && work_plan.empty() && !content.empty() && !mark;
  }

  // A paragraph after a table ruled by spaces: it begins at the margin and runs on under the later columns.
  bool runs_across(const PlanLine& line) const {
    const auto cells = split_cells(line.text, Ruling::spaces);
    if (header_->starts.size() < 2 || cells.empty() || cells[0].column + 3 >= header_->starts[1]) return false;
    std::size_t width = cells[0].column;
    for (const char32_t c : cells[0].text) width += columns_of(c);
    return width > header_->starts[1] + 8 && has_any_of(cells[0].text, U"，。；");
  }

  bool leave_table() {
    close_row();
    header_.reset();
    page_turned_ = false;
    return false;
  }

  // ---- lines of the form 工作計畫：…

  bool take_key(const PlanLine& line) {
    if (header_ || has_any_of(line.text, U"\t|")) return false;
    const auto key = key_of(line);
    if (key.kind == Column::none) return false;
    if (!keyed_) {
      if (key.kind != Column::work_plan && key.kind != Column::item && !(key.kind == Column::content && part_ == Part::work_plan)) return false;
      // One such line is a sentence; the form is known by a second key close by.
      if (key.kind != Column::content && !key_follows()) return false;
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
      default:
        row_.other(key.name, key.kind == Column::responsible).append(key.value, line.number);
        key_run_ = KeyRun::other;
        other_name_ = key.name;
        break;
    }
    if (row_.line == 0) row_.line = line.number;
    return true;
  }

  bool key_follows() const {
    constexpr std::size_t reach = 4;
    for (std::size_t i = at_ + 1; i < lines_.size() && i <= at_ + reach; ++i) {
      const auto kind = key_of(lines_[i]).kind;
      if (kind == Column::item || kind == Column::content) return true;
    }
    return false;
  }

  bool take_under_key(const PlanLine& line) {
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
    TextRun& run = key_run_ == KeyRun::work_plan ? row_.work_plan : key_run_ == KeyRun::item ? row_.item : key_run_ == KeyRun::content ? row_.content : row_.other(other_name_, false);
    if (line.after_blank && !line.after_page && key_run_ == KeyRun::content) {
      run.append_paragraph(line.text, line.number);
    } else {
      run.append(line.text, line.number);
    }
    return true;
  }

  // ---- rows become work plans, items and paragraphs

  void set_work_plan(View title) {
    const auto name = to_utf8(title);
    work_plan_ = name;
    item_.reset();
    if (out_.work_plans.empty() || out_.work_plans.back().title != name) out_.work_plans.push_back({name, {}});
  }
  void set_item(View title) {
    const auto name = to_utf8(title);
    item_ = name;
    if (!work_plan_) return set_work_plan(title);  // a table of items alone: they are the plans
    auto& items = out_.work_plans.back().items;
    if (items.empty() || items.back().title != name) items.push_back({name});
  }

  void close_row() {
    if (row_.empty()) return;
    auto row = std::move(row_);
    row_ = {};
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
    std::size_t index = Sentence::npos;
    if (!row.others.empty()) {
      Row kept;
      kept.line = row.line;
      for (std::size_t k = 0; k < row.others.size(); ++k) {
        const auto& [name, run] = row.others[k];
        kept.columns.emplace_back(to_utf8(name), to_utf8(run.text()));
        const bool actor = std::find(row.responsible.begin(), row.responsible.end(), k) != row.responsible.end();
        if (actor) add_actors(kept.responsible, run.text());
      }
      out_.rows.push_back(std::move(kept));
      index = out_.rows.size() - 1;
    }
    if (!row.content.empty()) add_paragraph(std::move(row.content), index);
  }

  static void add_actors(std::vector<std::string>& out, View text) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
      if (i < text.size() && !has_any_of(text.substr(i, 1), U"、，,；;/\u2028 ")) continue;
      if (const auto name = trimmed(text.substr(begin, i - begin)); !name.empty() && name != U"-") out.push_back(to_utf8(name));
      begin = i + 1;
    }
  }

  void add_paragraph(TextRun text, std::size_t row) {
    out_.paragraphs.push_back({part_, goal_, strategy_, work_plan_, item_, row, std::move(text)});
  }

  void close_paragraph() {
    if (paragraph_.empty()) return;
    add_paragraph(std::move(paragraph_), Sentence::npos);
    paragraph_ = {};
  }

  // ---- headings and text outside tables

  std::size_t depth_of(Mark kind) {
    const auto known = std::find(stack_.begin(), stack_.end(), kind);
    if (known != stack_.end()) {
      stack_.erase(known + 1, stack_.end());
    } else {
      stack_.push_back(kind);
    }
    return stack_.size();
  }

  bool take_numbered(const PlanLine& line) {
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

  void name_level(std::size_t depth, const std::u32string& title) {
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

  bool is_heading(View said, Mark kind) const {
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
    return !breaks && !(comma && !next.after_blank);
  }

  void take_text(const PlanLine& line) {
    if (line.after_blank && !(line.after_page && !ends_sentence(paragraph_.text()))) close_paragraph();
    paragraph_.append(line.text, line.number);
  }

  enum class KeyRun { work_plan, item, content, other };

  std::vector<PlanLine> lines_;
  std::size_t at_ = 0;
  PlanLayout out_;
  Part part_ = Part::preface;
  bool has_base_ = false;
  std::optional<Mark> base_;  // the mark that numbers the parts; none when they have no numbers
  int last_part_ = 0;
  std::vector<Mark> stack_;
  std::optional<std::string> goal_;
  std::optional<std::string> strategy_;
  std::optional<std::string> work_plan_;
  std::optional<std::string> item_;
  bool heading_plan_ = false;  // the work plan comes from a heading, so a table under it lists items
  std::optional<Header> header_;
  bool page_turned_ = false;
  std::size_t physical_cells_ = 0;  // of the last line that began a row
  OpenRow row_;
  bool keyed_ = false;
  KeyRun key_run_ = KeyRun::content;
  std::u32string other_name_;
  TextRun paragraph_;
};

}  // namespace

PlanLayout read_layout(const std::vector<SourceLine>& lines) { return Layout{clean_lines(lines)}.read(); }

}  // namespace mandate::plan_reader
