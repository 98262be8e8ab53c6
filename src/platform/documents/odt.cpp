// OpenDocument texts.
#include "platform/documents/lines.hpp"

namespace mandate::documents {
namespace {

struct Level {
  std::string format;
  std::string before;
  std::string after;
  int start = 1;
  int shown = 1;  // of the levels above, how many stand in the number
};
using ListStyle = std::map<int, Level>;

class OdtReader {
 public:
  Result<std::string> read(zip_t* zip) {
    if (sheets::has_entry(zip, "styles.xml")) MANDATE_TRY(pass(zip, "styles.xml", false));
    MANDATE_TRY(pass(zip, "content.xml", true));
    if (lines_.full()) return field_fault("file", "document.too_long");
    return lines_.take();
  }

 private:
  struct List {
    std::string style;
    int count = 0;
    bool item_is_new = false;
  };

  Result<> pass(zip_t* zip, const std::string& entry, bool body) {
    in_body_ = false;
    MANDATE_ASSIGN(const auto xml, sheets::XmlEntry::open(
                                       zip, entry, [this, body](std::string_view name, const sheets::Attributes& a) { start(name, a, body); }, [this, body](std::string_view name) { end(name, body); },
                                       [this](std::string_view text) {
                                         if (paragraphs_ > 0 && aside_ == 0) add_text(text);
                                       }));
    return xml->finish();
  }

  // Line breaks and runs of spaces in the file are one space, as the format says.
  void add_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
      const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
      if (space && (out.empty() ? spaced_ : out.back() == ' ')) continue;
      out += space ? ' ' : c;
    }
    if (out.empty()) return;
    spaced_ = out.back() == ' ';
    lines_.add(out);
  }

  void start(std::string_view name, const sheets::Attributes& a, bool body) {
    if (name == "text:list-style") {
      style_ = attribute(a, "style:name");
    } else if (name == "text:list-level-style-number" || name == "text:list-level-style-bullet") {
      auto& level = styles_[style_][number_or(attribute(a, "text:level"), 1)];
      level = {name == "text:list-level-style-bullet" ? "" : attribute(a, "style:num-format"), attribute(a, "style:num-prefix"), attribute(a, "style:num-suffix"), number_or(attribute(a, "text:start-value"), 1), number_or(attribute(a, "text:display-levels"), 1)};
    } else if (name == "office:text") {
      in_body_ = true;
    }
    if (!body || !in_body_) return;
    if (name == "office:annotation" || name == "text:tracked-changes" || name == "text:note" || name == "draw:frame" || name == "text:ruby-text") {
      ++aside_;
    } else if (aside_ > 0) {
      return;
    } else if (name == "text:list") {
      const auto own = attribute(a, "text:style-name");
      List list{own.empty() && !open_.empty() ? open_.back().style : own, 0, false};
      // A list that goes on with the numbers of the last one of its style.
      if (attribute(a, "text:continue-numbering") == "true" || !attribute(a, "text:continue-list").empty()) list.count = last_[list.style];
      open_.push_back(list);
    } else if (name == "text:list-item" && !open_.empty()) {
      auto& list = open_.back();
      const auto* level = level_of(open_.size());
      const auto said = attribute(a, "text:start-value");
      if (!said.empty()) list.count = std::atoi(said.c_str());
      else list.count = list.count == 0 && level != nullptr ? level->start : list.count + 1;
      list.item_is_new = true;
    } else if (name == "text:p" || name == "text:h") {
      if (paragraphs_++ > 0) return;
      spaced_ = true;
      std::string number;
      if (!open_.empty() && open_.back().item_is_new) {
        number = number_text();
        open_.back().item_is_new = false;
      }
      lines_.begin_paragraph(number);
    } else if (name == "text:s") {
      lines_.add(std::string(static_cast<std::size_t>(std::clamp(number_or(attribute(a, "text:c"), 1), 0, 200)), ' '));
    } else if (name == "text:tab") {
      lines_.add("\t");
    } else if (name == "text:line-break") {
      lines_.add("\xE2\x80\xA8");
    } else if (name == "table:table") {
      lines_.begin_table();
    } else if (name == "table:table-row") {
      lines_.begin_row();
    } else if (name == "table:covered-table-cell") {
      covered_ = number_or(attribute(a, "table:number-columns-repeated"), 1);
    } else if (name == "table:table-cell") {
      spanned_ = number_or(attribute(a, "table:number-columns-repeated"), 1);
    }
  }

  void end(std::string_view name, bool body) {
    if (!body || !in_body_) return;
    if (name == "office:annotation" || name == "text:tracked-changes" || name == "text:note" || name == "draw:frame" || name == "text:ruby-text") {
      --aside_;
    } else if (aside_ > 0) {
      return;
    } else if (name == "text:list") {
      if (!open_.empty()) {
        last_[open_.back().style] = open_.back().count;
        open_.pop_back();
      }
    } else if (name == "text:p" || name == "text:h") {
      if (--paragraphs_ == 0) lines_.end_paragraph();
    } else if (name == "table:table-cell") {
      lines_.end_cell(spanned_);
    } else if (name == "table:covered-table-cell") {
      lines_.end_cell(covered_);
    } else if (name == "table:table-row") {
      lines_.end_row();
    } else if (name == "table:table") {
      lines_.end_table();
    }
  }

  const Level* level_of(std::size_t depth) const {
    const auto style = styles_.find(open_[depth - 1].style);
    if (style == styles_.end()) return nullptr;
    const auto level = style->second.find(static_cast<int>(depth));
    return level == style->second.end() ? nullptr : &level->second;
  }

  std::string number_text() const {
    const auto* level = level_of(open_.size());
    if (level == nullptr || level->format.empty()) return {};
    std::string number;
    const auto from = open_.size() - std::min(open_.size(), static_cast<std::size_t>(std::max(1, level->shown)));
    for (auto depth = from + 1; depth <= open_.size(); ++depth) {
      const auto* one = level_of(depth);
      if (one != nullptr) number += (number.empty() ? "" : ".") + list_number(one->format, open_[depth - 1].count);
    }
    return level->before + number + level->after;
  }

  std::map<std::string, ListStyle> styles_;
  std::map<std::string, int> last_;
  std::string style_;
  std::vector<List> open_;
  Lines lines_;
  bool in_body_ = false;
  bool spaced_ = true;
  int paragraphs_ = 0;
  int aside_ = 0;
  int covered_ = 1;
  int spanned_ = 1;
};

}  // namespace

Result<std::string> odt_text(zip_t* zip) { return OdtReader().read(zip); }

}  // namespace mandate::documents
