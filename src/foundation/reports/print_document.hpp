// A page to print, for packs and lists: the same steps as a TextDocument, made while it is sent. Styles are web/public/print.css; nothing of it runs.
#pragma once

#include "foundation/reports/table.hpp"

namespace mandate::reports {

class PrintDocument {
 public:
  enum class Look { body, small, strong, note, quiet };
  // `facts` stand below the title.
  PrintDocument(sheets::Sink sink, const std::string& title, const std::vector<std::pair<std::string, std::string>>& facts, Language language);
  void heading(const std::string& text, int level);  // 2 or 3
  void paragraph(const std::string& text, Look look = Look::body);
  void begin_table(const std::string& title, const std::vector<Column>& columns);
  void row(const Row& row);
  void end_table();
  void chart(const Chart& chart);
  void finish();

 private:
  void flush();

  sheets::Sink sink_;
  std::vector<Column> columns_;
  std::vector<Row> rows_;
  int charts_ = 0;
};

}  // namespace mandate::reports
