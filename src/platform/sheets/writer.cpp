#include "platform/sheets/writer.hpp"

#include "kernel/percent.hpp"
#include "kernel/roc_date.hpp"
#include "platform/csv/csv.hpp"

namespace mandate::sheets {
namespace {

Date day_of(const Cell& cell) { return Date{std::chrono::sys_days{std::chrono::days{cell.number}}}; }

class CsvWriter final : public TableWriter {
 public:
  explicit CsvWriter(Sink sink) : sink_(std::move(sink)) {}
  void begin(const Head& head) override {
    std::string line = "\xEF\xBB\xBF";  // spreadsheets read the file as UTF-8 by it
    for (std::size_t at = 0; at < head.columns.size(); ++at) line += (at == 0 ? "" : ",") + csv::field(head.columns[at].title);
    sink_(line + "\r\n");
  }
  void row(const Row& row) override {
    line_.clear();
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (at > 0) line_ += ',';
      line_ += row[at].kind == Cell::Kind::text ? csv::field(row[at].text) : plain_text(row[at]);
    }
    line_ += "\r\n";
    sink_(line_);
  }
  void finish() override {}

 private:
  Sink sink_;
  std::string line_;
};

}  // namespace

std::unique_ptr<TableWriter> csv_writer(Sink sink) { return std::make_unique<CsvWriter>(std::move(sink)); }

std::unique_ptr<TableWriter> writer_of(Format format, Sink sink) {
  switch (format) {
    case Format::ods: return ods_writer(std::move(sink));
    case Format::xlsx: return xlsx_writer(std::move(sink));
    case Format::csv: break;
  }
  return csv_writer(std::move(sink));
}

const char* content_type_of(Format format) {
  switch (format) {
    case Format::ods: return "application/vnd.oasis.opendocument.spreadsheet";
    case Format::xlsx: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case Format::csv: break;
  }
  return "text/csv; charset=utf-8";
}

std::string plain_text(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::empty: return {};
    case Cell::Kind::text: return cell.text;
    case Cell::Kind::integer: return std::to_string(cell.number);
    case Cell::Kind::percent: return Percent{cell.number}.text();
    case Cell::Kind::date: return day_of(cell).iso();
    case Cell::Kind::instant: return taipei_time_text(Instant{cell.number});
  }
  return {};
}

std::string shown_text(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::integer: {
      std::string digits = std::to_string(cell.number);
      const int stop = digits.front() == '-' ? 1 : 0;
      for (int at = static_cast<int>(digits.size()) - 3; at > stop; at -= 3) digits.insert(static_cast<std::size_t>(at), 1, ',');
      return digits;
    }
    case Cell::Kind::percent: return Percent{cell.number}.text() + "%";
    case Cell::Kind::date: return roc_short(day_of(cell));
    case Cell::Kind::instant: {
      const Instant at{cell.number};
      return roc_short(taipei_date(at)) + taipei_time_text(at).substr(10);
    }
    case Cell::Kind::empty:
    case Cell::Kind::text: break;
  }
  return cell.text;
}

}  // namespace mandate::sheets
