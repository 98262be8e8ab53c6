// Word documents (Office Open XML).
#include "platform/documents/lines.hpp"

namespace mandate::documents {
namespace {

struct Level {
  std::string format = "decimal";
  std::string text = "%1.";
  int start = 1;
};
struct Numbering {
  int numbering = 0;  // w:numId
  int level = 0;
};

class DocxReader {
 public:
  Result<std::string> read(zip_t* zip) {
    if (sheets::has_entry(zip, "word/numbering.xml")) MANDATE_TRY(read_numbering(zip));
    if (sheets::has_entry(zip, "word/styles.xml")) MANDATE_TRY(read_styles(zip));
    MANDATE_ASSIGN(const auto xml, sheets::XmlEntry::open(
                                       zip, "word/document.xml", [this](std::string_view name, const sheets::Attributes& a) { start(name, a); }, [this](std::string_view name) { end(name); },
                                       [this](std::string_view text) {
                                         if (in_text_ && deleted_ == 0) paragraph_.append(text);
                                       }));
    MANDATE_TRY(xml->finish());
    if (lines_.full()) return field_fault("file", "document.too_long");
    return lines_.take();
  }

 private:
  static void nothing(std::string_view) {}

  Result<> read_numbering(zip_t* zip) {
    int abstract = -1;
    int numbering = -1;
    int level = -1;
    bool abstract_open = false;
    MANDATE_ASSIGN(const auto xml, sheets::XmlEntry::open(
                                       zip, "word/numbering.xml",
                                       [&](std::string_view name, const sheets::Attributes& a) {
                                         if (name == "w:abstractNum") {
                                           abstract = number_or(attribute(a, "w:abstractNumId"), 0);
                                           abstract_open = true;
                                         } else if (name == "w:num") {
                                           numbering = number_or(attribute(a, "w:numId"), 0);
                                         } else if (name == "w:abstractNumId") {
                                           abstract_of_[numbering] = number_or(attribute(a, "w:val"), 0);
                                         } else if (name == "w:lvl") {
                                           level = number_or(attribute(a, "w:ilvl"), 0);
                                         } else if (abstract_open && level >= 0) {
                                           auto& one = levels_[abstract][level];
                                           if (name == "w:numFmt") one.format = attribute(a, "w:val");
                                           if (name == "w:lvlText") one.text = attribute(a, "w:val");
                                           if (name == "w:start") one.start = number_or(attribute(a, "w:val"), 1);
                                         }
                                       },
                                       [&](std::string_view name) {
                                         if (name == "w:abstractNum") abstract_open = false;
                                         if (name == "w:lvl") level = -1;
                                       },
                                       nothing));
    return xml->finish();
  }

  // Paragraph styles that number by themselves.
  Result<> read_styles(zip_t* zip) {
    std::string style;
    MANDATE_ASSIGN(const auto xml, sheets::XmlEntry::open(
                                       zip, "word/styles.xml",
                                       [&](std::string_view name, const sheets::Attributes& a) {
                                         if (name == "w:style") style = attribute(a, "w:styleId");
                                         if (name == "w:numId" && !style.empty()) by_style_[style].numbering = number_or(attribute(a, "w:val"), 0);
                                         if (name == "w:ilvl" && !style.empty()) by_style_[style].level = number_or(attribute(a, "w:val"), 0);
                                       },
                                       nothing, nothing));
    return xml->finish();
  }

  void start(std::string_view name, const sheets::Attributes& a) {
    if (name == "w:del" || name == "w:moveFrom" || name == "mc:Fallback") ++deleted_;
    if (deleted_ > 0) return;
    if (name == "w:p") {
      if (paragraphs_++ == 0) {
        numbering_ = {};
        paragraph_.clear();
      } else {
        paragraph_ += "\xE2\x80\xA8";  // a text box within a paragraph
      }
    } else if (name == "w:pStyle") {
      const auto found = by_style_.find(attribute(a, "w:val"));
      if (found != by_style_.end()) numbering_ = found->second;
    } else if (name == "w:numId") {
      numbering_.numbering = number_or(attribute(a, "w:val"), 0);
    } else if (name == "w:ilvl") {
      numbering_.level = number_or(attribute(a, "w:val"), 0);
    } else if (name == "w:t") {
      in_text_ = true;
    } else if (name == "w:tab" && in_run_) {
      paragraph_ += '\t';
    } else if ((name == "w:br" || name == "w:cr") && in_run_) {
      paragraph_ += "\xE2\x80\xA8";
    } else if (name == "w:r") {
      in_run_ = true;
    } else if (name == "w:tbl") {
      lines_.begin_table();
    } else if (name == "w:tr") {
      lines_.begin_row();
    } else if (name == "w:tc") {
      spanned_ = 1;
    } else if (name == "w:gridSpan") {
      spanned_ = number_or(attribute(a, "w:val"), 1);
    }
  }

  void end(std::string_view name) {
    if (name == "w:del" || name == "w:moveFrom" || name == "mc:Fallback") {
      --deleted_;
      return;
    }
    if (deleted_ > 0) return;
    if (name == "w:t") {
      in_text_ = false;
    } else if (name == "w:r") {
      in_run_ = false;
    } else if (name == "w:p") {
      if (--paragraphs_ > 0) return;
      lines_.begin_paragraph(paragraph_.empty() ? "" : next_number());
      lines_.add(paragraph_);
      lines_.end_paragraph();
    } else if (name == "w:tc") {
      lines_.end_cell(spanned_);
    } else if (name == "w:tr") {
      lines_.end_row();
    } else if (name == "w:tbl") {
      lines_.end_table();
    }
  }

  std::string next_number() {
    const auto abstract = abstract_of_.find(numbering_.numbering);
    if (numbering_.numbering == 0 || abstract == abstract_of_.end() || numbering_.level < 0 || numbering_.level > 8) return {};
    auto& levels = levels_[abstract->second];
    auto& counts = counts_[abstract->second];
    const auto at = static_cast<std::size_t>(numbering_.level);
    counts[at] = counts[at] == 0 ? levels[numbering_.level].start : counts[at] + 1;
    std::fill(counts.begin() + numbering_.level + 1, counts.end(), 0);
    if (levels[numbering_.level].format == "bullet" || levels[numbering_.level].format == "none") return {};
    std::string out = levels[numbering_.level].text;
    for (int level = 0; level <= numbering_.level; ++level) {
      const std::string mark = "%" + std::to_string(level + 1);
      const int count = counts[static_cast<std::size_t>(level)] == 0 ? levels[level].start : counts[static_cast<std::size_t>(level)];
      if (const auto where = out.find(mark); where != std::string::npos) out.replace(where, 2, list_number(levels[level].format, count));
    }
    return out;
  }

  std::map<int, int> abstract_of_;
  std::map<int, std::map<int, Level>> levels_;
  std::map<int, std::array<int, 9>> counts_;
  std::map<std::string, Numbering> by_style_;
  Lines lines_;
  Numbering numbering_;
  std::string paragraph_;
  bool in_text_ = false;
  bool in_run_ = false;
  int paragraphs_ = 0;
  int deleted_ = 0;
  int spanned_ = 1;
};

}  // namespace

Result<std::string> docx_text(zip_t* zip) { return DocxReader().read(zip); }

}  // namespace mandate::documents
