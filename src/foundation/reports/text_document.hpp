// A text of OpenDocument 1.3 (ODT), for letters and packs: headings, paragraphs, tables and charts, written into a sink while it is made.
#pragma once

#include "foundation/reports/table.hpp"
#include "platform/sheets/zip_stream.hpp"

namespace mandate::reports {

class TextDocument {
 public:
  enum class Look { body, right, small, strong };
  // `running` stands at the head of every page; the foot has the page's number. Landscape for wide tables.
  TextDocument(sheets::Sink sink, const std::string& title, const std::string& running, bool landscape = false);
  void heading(const std::string& text, int level = 1, bool on_a_new_page = false);
  void paragraph(const std::string& text, Look look = Look::body);
  // Rows come one by one between these; the header is repeated on every page.
  void begin_table(const std::vector<Column>& columns);
  void row(const Row& row);
  void end_table();
  // A chart as a picture that stays sharp, with its description for who does not see it.
  void chart(const Chart& chart);
  void finish();

 private:
  void flush();

  sheets::ZipStream zip_;
  std::string out_;
  std::vector<Column> columns_;
  std::vector<std::string> pictures_;
  int tables_ = 0;
  double page_width_cm_;
};

// A table as a text: title, facts, chart, rows.
std::unique_ptr<sheets::TableWriter> pack_writer(sheets::Sink sink, const Table& table, Language language);

}  // namespace mandate::reports
