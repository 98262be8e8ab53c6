// Collects a document's paragraphs and tables into lines.
#pragma once

#include "platform/documents/document_text.hpp"
#include "platform/sheets/xml_entry.hpp"

namespace mandate::documents {

Result<std::string> odt_text(zip_t* zip);
Result<std::string> docx_text(zip_t* zip);

constexpr std::size_t text_bytes_max = std::size_t{20} << 20;

class Lines {
 public:
  void begin_paragraph(const std::string& number) {
    if (number.empty()) return;
    text_ = number;
  }
  void add(std::string_view text) {
    if (out_.size() + text_.size() + text.size() > text_bytes_max) full_ = true;
    else text_.append(text);
  }
  void end_paragraph() {
    if (tables_ == 0) {
      out_ += text_ + "\n";
    } else {
      // Paragraphs of a cell, and of tables within it, stand in the line of the row.
      if (!cell_.empty() && !text_.empty()) cell_ += "\xE2\x80\xA8";
      cell_ += text_;
    }
    text_.clear();
  }
  void begin_table() { ++tables_; }
  void end_table() {
    if (tables_ > 0) --tables_;
  }
  void begin_row() {
    if (tables_ == 1) row_.clear();
  }
  void end_cell(int spanned = 1) {
    if (tables_ != 1) return;
    row_.push_back(cell_);
    cell_.clear();
    for (int i = 1; i < spanned && i < 100; ++i) row_.emplace_back();
  }
  void end_row() {
    if (tables_ != 1) return;
    for (std::size_t i = 0; i < row_.size(); ++i) out_ += (i == 0 ? "" : "\t") + row_[i];
    out_ += "\n";
    row_.clear();
  }
  bool full() const { return full_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::string text_;
  std::string cell_;
  std::vector<std::string> row_;
  int tables_ = 0;
  bool full_ = false;
};

inline std::string attribute(const sheets::Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

inline int number_or(const std::string& text, int otherwise) { return text.empty() ? otherwise : std::atoi(text.c_str()); }

}  // namespace mandate::documents
