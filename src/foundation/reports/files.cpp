#include "foundation/reports/text_document.hpp"

namespace mandate::reports {
namespace {

class HeldRows final : public RowSource {
 public:
  explicit HeldRows(std::vector<Row> rows) : rows_(std::move(rows)) {}
  std::vector<Row> next() override { return std::exchange(rows_, {}); }

 private:
  std::vector<Row> rows_;
};

sheets::Format sheet_format(FileFormat format) {
  switch (format) {
    case FileFormat::ods: return sheets::Format::ods;
    case FileFormat::xlsx: return sheets::Format::xlsx;
    case FileFormat::csv:
    case FileFormat::html:
    case FileFormat::odt: break;
  }
  return sheets::Format::csv;
}

std::unique_ptr<sheets::TableWriter> writer_for(FileFormat format, sheets::Sink sink, const Table& table, Language language) {
  if (format == FileFormat::html) return print_writer(std::move(sink), table, language);
  if (format == FileFormat::odt) return pack_writer(std::move(sink), table, language);
  return sheets::writer_of(sheet_format(format), std::move(sink));
}

class TableBody final : public http::BodySource {
 public:
  TableBody(Table table, FileFormat format, Language language, std::function<bool()> still_allowed)
      : table_(std::move(table)), still_allowed_(std::move(still_allowed)), writer_(writer_for(format, [this](std::string_view piece) { made_ += piece; }, table_, language)) {}

  std::string next() override {
    constexpr std::size_t enough = 64 * 1024;
    if (!begun_) writer_->begin(head_of(table_));
    begun_ = true;
    while (!over_ && made_.size() < enough) {
      if (still_allowed_ && !still_allowed_()) throw std::runtime_error("whoever asked may no longer see it");
      const auto rows = table_.rows->next();
      for (const auto& row : rows) writer_->row(row);
      if (rows.empty()) {
        writer_->finish();
        over_ = true;
      }
    }
    return std::exchange(made_, {});
  }

 private:
  Table table_;
  std::function<bool()> still_allowed_;
  std::string made_;
  std::unique_ptr<sheets::TableWriter> writer_;
  bool begun_ = false;
  bool over_ = false;
};

}  // namespace

std::unique_ptr<RowSource> rows_of(std::vector<Row> rows) { return std::make_unique<HeldRows>(std::move(rows)); }

sheets::Head head_of(const Table& table) { return {table.title, table.title, table.facts, table.columns}; }

const char* content_type_of(FileFormat format) { return format == FileFormat::html ? "text/html; charset=utf-8" : format == FileFormat::odt ? "application/vnd.oasis.opendocument.text" : sheets::content_type_of(sheet_format(format)); }

std::string file_name_of(const Table& table, FileFormat format) { return table.file_name + "." + boost::describe::enum_to_string(format, ""); }

http::Response file_answer(Table table, FileFormat format, Language language, std::function<bool()> still_allowed) {
  http::Response response;
  response.content_type = content_type_of(format);
  // A page to print is looked at first.
  response.headers.emplace_back("Content-Disposition", std::string(format == FileFormat::html ? "inline" : "attachment") + "; filename*=UTF-8''" + http::percent_encode(file_name_of(table, format)));
  response.source = std::make_shared<TableBody>(std::move(table), format, language, std::move(still_allowed));
  return response;
}

void write_file(Table& table, FileFormat format, Language language, const sheets::Sink& sink) {
  auto writer = writer_for(format, sink, table, language);
  writer->begin(head_of(table));
  for (auto rows = table.rows->next(); !rows.empty(); rows = table.rows->next()) {
    for (const auto& row : rows) writer->row(row);
  }
  writer->finish();
}

}  // namespace mandate::reports
