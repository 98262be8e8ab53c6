// Tables out: CSV, ODS and XLSX, row by row in bounded memory. What is written goes to a sink at once; a table of a million rows needs no more memory
// than one of ten.
#pragma once

#include "kernel/date.hpp"
#include "platform/sheets/format.hpp"
#include "platform/sheets/zip_stream.hpp"

#include <boost/describe.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mandate::sheets {

// What a column holds as a rule; its width and alignment follow. A cell says for itself what it is, so that "未報" can stand where a number would.
enum class ColumnType { text, long_text, integer, percent, date, instant };
BOOST_DESCRIBE_ENUM(ColumnType, text, long_text, integer, percent, date, instant)

struct Column {
  std::string title;
  ColumnType type = ColumnType::text;
};

struct Cell {
  enum class Kind { empty, text, integer, percent, date, instant };
  Kind kind = Kind::empty;
  std::string text;         // of text
  std::int64_t number = 0;  // integer; basis points; days since 1970; microseconds

  static Cell of(std::string value) { return {Kind::text, std::move(value), 0}; }
  static Cell of(std::int64_t value) { return {Kind::integer, {}, value}; }
  static Cell of(Date on) { return {Kind::date, {}, on.days_since_epoch()}; }
  static Cell of(Instant at) { return {Kind::instant, {}, at.micros}; }
  static Cell percent(std::int64_t basis_points) { return {Kind::percent, {}, basis_points}; }
  static Cell none() { return {}; }
  friend bool operator==(const Cell&, const Cell&) = default;
};
using Row = std::vector<Cell>;

// What stands above the rows of every sheet: what it is, what was asked, what each figure means.
struct Head {
  std::string title;
  std::string sheet;  // its tab's name
  std::vector<std::pair<std::string, std::string>> facts;  // "篩選" -> "機關：社會局"
  std::vector<Column> columns;
};

class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual void begin(const Head& head) = 0;
  virtual void row(const Row& row) = 0;
  virtual void finish() = 0;
};

// A further sheet after so many rows: LibreOffice and Excel hold 1,048,576, and the head needs some.
constexpr std::int64_t rows_a_sheet = 1'000'000;

// `facts` of the head go into ODS and XLSX; a CSV begins with its header, which is what programs that read it expect.
std::unique_ptr<TableWriter> csv_writer(Sink sink);
std::unique_ptr<TableWriter> ods_writer(Sink sink, std::int64_t rows_max = rows_a_sheet);
std::unique_ptr<TableWriter> xlsx_writer(Sink sink, std::int64_t rows_max = rows_a_sheet);
std::unique_ptr<TableWriter> writer_of(Format format, Sink sink);

const char* content_type_of(Format format);

// The value as plain text: dates in ISO form, a percentage without its sign. What CSV holds.
std::string plain_text(const Cell& cell);
// As people read it: dates of the Republic, thousands apart, "85.3%".
std::string shown_text(const Cell& cell);

}  // namespace mandate::sheets
