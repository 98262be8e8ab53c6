// A table on its way out: its head, and its rows page by page. Whoever has one (a list, a report, a statistic) needs to say no more to leave as CSV, ODS,
// XLSX and as a page to print.
#pragma once

#include "foundation/reports/chart.hpp"
#include "kernel/actor.hpp"
#include "platform/http/message.hpp"
#include "platform/sheets/writer.hpp"

#include <functional>
#include <optional>

namespace mandate::reports {

using sheets::Cell;
using sheets::Column;
using sheets::ColumnType;
using sheets::Row;

enum class FileFormat { csv, ods, xlsx, html, odt };
BOOST_DESCRIBE_ENUM(FileFormat, csv, ods, xlsx, html, odt)

class RowSource {
 public:
  virtual ~RowSource() = default;
  // The next rows, at most some thousand; empty: no more. Each call reads in a transaction of its own, going on behind the last row, so that an export
  // of an hour holds back nothing.
  virtual std::vector<Row> next() = 0;
};

std::unique_ptr<RowSource> rows_of(std::vector<Row> rows);

struct Table {
  std::string title;
  std::string file_name;  // without ending
  std::vector<std::pair<std::string, std::string>> facts;  // "篩選" -> ..., and what each figure means
  std::vector<Column> columns;
  std::shared_ptr<RowSource> rows;
  std::optional<Chart> chart;
};

sheets::Head head_of(const Table& table);
const char* content_type_of(FileFormat format);
std::string file_name_of(const Table& table, FileFormat format);

// Where a print page finds its style; given by app, because the file's name changes with its content.
void set_print_style(std::function<std::string(const std::string& url)> asset_url);
std::unique_ptr<sheets::TableWriter> print_writer(sheets::Sink sink, const Table& table, Language language);

// The file as an answer that is made while it is sent. `still_allowed` is asked before each page: false breaks the file off.
http::Response file_answer(Table table, FileFormat format, Language language, std::function<bool()> still_allowed = nullptr);
// The whole file through a sink, for what is kept or sent by mail.
void write_file(Table& table, FileFormat format, Language language, const sheets::Sink& sink);

}  // namespace mandate::reports
