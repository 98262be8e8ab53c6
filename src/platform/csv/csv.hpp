// Comma-separated files as RFC 4180 has them: quoted fields, CRLF or LF, a byte-order mark or none. Rows keep the line they began on, so that a fault
// can name it. What leaves is safe to open in a spreadsheet: a text that would be taken for a formula gets an apostrophe in front, and loses it
// again when it comes back.
#pragma once

#include "kernel/result.hpp"
#include "platform/i18n/messages.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::csv {

struct Row {
  int line = 0;  // 1 is the first line of the file
  std::vector<std::string> fields;
};

// One thing wrong with a file of rows. A line of 0 means the file as a whole.
struct LineFault {
  int line = 0;
  std::string column;  // "" when the whole line is meant
  std::string key;     // translation key
  MessageArgs args;
};

// A table under a header. Empty lines are dropped, and every row has as many fields as there are columns.
struct Sheet {
  std::vector<std::string> columns;  // without surrounding spaces
  std::vector<Row> rows;
  int last_line = 0;

  std::optional<std::size_t> column(std::string_view name) const;
  // The first of several names that the header has.
  std::optional<std::size_t> column(std::initializer_list<std::string_view> names) const;
};

// Fields are kept as written, apostrophes of neutralised formulas removed. Refused: text that is not UTF-8, a quote that is never closed, a quote in
// the middle of a field that does not begin with one; the fault's field names the line.
Result<std::vector<Row>> parse(std::string_view text);
// Also refused: no header, a column twice, a row with more or fewer fields than the header.
Result<Sheet> parse_sheet(std::string_view text);

// The field as it stands in a file: neutralised, and quoted where it must be.
std::string field(std::string_view text);

class Writer {
 public:
  // With a byte-order mark spreadsheets read the file as UTF-8.
  explicit Writer(bool byte_order_mark = true);
  void row(const std::vector<std::string>& fields);
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// "line 12" or "line 12, column code": the path of a field fault.
std::string path_of(const LineFault& fault);
// A fault whose fields are the first `limit` of these.
Fault refusal(std::string key, const std::vector<LineFault>& faults, std::size_t limit = 200);

std::vector<i18n::Message> csv_messages();

}  // namespace mandate::csv
