// Pages to print: head, texts, charts, rows in pieces, foot. Each piece is a template of its own, because a list may be longer than memory.
#include "foundation/reports/print_document.hpp"
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
  PrintWriter(sheets::Sink sink, const Table& table, Language language) : sink_(std::move(sink)), chart_(table.chart), language_(language) {}

  void begin(const sheets::Head& head) override {
    document_.emplace(sink_, head.title, head.facts, language_);
    if (chart_) document_->chart(*chart_);
    document_->begin_table(head.title, head.columns);
  }

  void row(const Row& row) override {
    document_->row(row);
    ++count_;
  }

  void finish() override {
    document_->end_table();
    document_->paragraph(i18n::text("print.count", language_, {{"count", std::to_string(count_)}}), PrintDocument::Look::quiet);
    document_->finish();
  }

 private:
  sheets::Sink sink_;
  std::optional<Chart> chart_;
  Language language_;
  std::optional<PrintDocument> document_;
  std::int64_t count_ = 0;
};

}  // namespace

void set_print_style(std::function<std::string(const std::string& url)> url) { asset_url() = std::move(url); }

std::unique_ptr<sheets::TableWriter> print_writer(sheets::Sink sink, const Table& table, Language language) { return std::make_unique<PrintWriter>(std::move(sink), table, language); }

PrintDocument::PrintDocument(sheets::Sink sink, const std::string& title, const std::vector<std::pair<std::string, std::string>>& facts, Language language) : sink_(std::move(sink)) {
  static const bool added = (http::add_templates(embedded::foundation_reports), true);
  (void)added;
  http::Values values("print_head");
  values.set("LANG", language == Language::en ? "en" : "zh-Hant-TW").set("TITLE", title);
  values.set("TOKENS_CSS", asset_url()("/public/tokens.css")).set("PRINT_CSS", asset_url()("/public/print.css")).set("CHART_CSS", asset_url()("/public/chart.css"));
  values.set("HINT", i18n::text("print.hint", language));
  for (const auto& [label, value] : facts) values.section("FACT").set("LABEL", label).set("VALUE", value);
  sink_(http::render("print_head.html", values));
}

void PrintDocument::heading(const std::string& text, int level) {
  http::Values values("print_text");
  values.section(level <= 2 ? "H2" : "H3").set("TEXT", text);
  sink_(http::render("print_text.html", values));
}

void PrintDocument::paragraph(const std::string& text, Look look) {
  const char* looks[] = {"body", "small", "strong", "note", "count"};
  http::Values values("print_text");
  std::string_view rest = text;
  while (true) {
    const auto end = rest.find('\n');
    values.section("P").set("TEXT", std::string(rest.substr(0, end))).set("LOOK", looks[static_cast<std::size_t>(look)]);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  sink_(http::render("print_text.html", values));
}

void PrintDocument::begin_table(const std::string& title, const std::vector<Column>& columns) {
  columns_ = columns;
  http::Values table("print_table");
  table.set("TITLE", title);
  for (const auto& column : columns_) table.section("COLUMN").set("NAME", column.title).set("CLASS", is_number(column.type) ? "number" : "text");
  sink_(http::render("print_table.html", table));
}

void PrintDocument::row(const Row& row) {
  rows_.push_back(row);
  if (rows_.size() == rows_a_piece) flush();
}

void PrintDocument::flush() {
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

void PrintDocument::end_table() {
  flush();
  sink_(http::render("print_table_end.html", http::Values("print_table_end")));
}

// Made by our own renderer, which escapes; a template would escape it once more.
void PrintDocument::chart(const Chart& chart) {
  ++charts_;
  sink_("<figure class=\"print-chart\">" + svg_of(chart, charts_ == 1 ? "chart" : fmt::format("chart-{}", charts_)) + "</figure>\n");
}

void PrintDocument::finish() { sink_(http::render("print_foot.html", http::Values("print_foot"))); }

}  // namespace mandate::reports
