// A table as a page to print: head, chart, rows in pieces, foot. Each piece is a template of its own, because a list may be longer than memory.
#include "foundation/reports/table.hpp"
#include "platform/http/pages.hpp"
#include "platform/i18n/messages.hpp"

MANDATE_EMBEDDED(foundation_reports)

namespace mandate::reports {
namespace {

std::function<std::string(const std::string&)>& asset_url() {
  static std::function<std::string(const std::string&)> url = [](const std::string& plain) { return plain; };
  return url;
}

constexpr std::size_t rows_a_piece = 200;

bool is_number(ColumnType type) { return type == ColumnType::integer || type == ColumnType::percent; }

class PrintWriter final : public sheets::TableWriter {
 public:
  PrintWriter(sheets::Sink sink, const Table& table, Language language) : sink_(std::move(sink)), chart_(table.chart), language_(language) {
    static const bool added = (http::add_templates(embedded::foundation_reports), true);
    (void)added;
  }

  void begin(const sheets::Head& head) override {
    columns_ = head.columns;
    http::Values values("print_head");
    values.set("LANG", language_ == Language::en ? "en" : "zh-Hant-TW").set("TITLE", head.title);
    values.set("TOKENS_CSS", asset_url()("/public/tokens.css")).set("PRINT_CSS", asset_url()("/public/print.css")).set("CHART_CSS", asset_url()("/public/chart.css"));
    values.set("HINT", i18n::text("print.hint", language_));
    for (const auto& [label, value] : head.facts) values.section("FACT").set("LABEL", label).set("VALUE", value);
    sink_(http::render("print_head.html", values));
    // Made by our own renderer, which escapes; a template would escape it once more.
    if (chart_) sink_("<figure class=\"print-chart\">" + svg_of(*chart_, "chart") + "</figure>\n");
    http::Values table("print_table");
    table.set("TITLE", head.title);
    for (const auto& column : columns_) table.section("COLUMN").set("NAME", column.title).set("CLASS", is_number(column.type) ? "number" : "text");
    sink_(http::render("print_table.html", table));
  }

  void row(const Row& row) override {
    rows_.push_back(row);
    ++count_;
    if (rows_.size() == rows_a_piece) flush();
  }

  void finish() override {
    flush();
    http::Values values("print_foot");
    values.set("COUNT", i18n::text("print.count", language_, {{"count", std::to_string(count_)}}));
    sink_(http::render("print_foot.html", values));
  }

 private:
  void flush() {
    http::Values values("print_rows");
    for (const auto& row : rows_) {
      auto line = values.section("ROW");
      for (std::size_t at = 0; at < row.size(); ++at) {
        const auto& cell = row[at];
        const bool number = cell.kind == Cell::Kind::integer || cell.kind == Cell::Kind::percent;
        const bool word = cell.kind == Cell::Kind::text && at < columns_.size() && is_number(columns_[at].type);
        line.section("CELL").set("TEXT", sheets::shown_text(cell)).set("CLASS", number ? "number" : word ? "word" : "text");
      }
    }
    sink_(http::render("print_rows.html", values));
    rows_.clear();
  }

  sheets::Sink sink_;
  std::optional<Chart> chart_;
  Language language_;
  std::vector<Column> columns_;
  std::vector<Row> rows_;
  std::int64_t count_ = 0;
};

}  // namespace

void set_print_style(std::function<std::string(const std::string& url)> url) { asset_url() = std::move(url); }

std::unique_ptr<sheets::TableWriter> print_writer(sheets::Sink sink, const Table& table, Language language) { return std::make_unique<PrintWriter>(std::move(sink), table, language); }

}  // namespace mandate::reports
