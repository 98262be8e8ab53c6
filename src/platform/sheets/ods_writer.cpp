// A spreadsheet of OpenDocument 1.3, which Taiwan's government works with. One pass: all sheets stand in one content.xml, which is packed while it is made.
#include "kernel/roc_date.hpp"
#include "platform/sheets/odf.hpp"
#include "platform/sheets/writer.hpp"
#include "platform/sheets/xml.hpp"

#include <fmt/format.h>

namespace mandate::sheets {
namespace {

constexpr const char* type = "application/vnd.oasis.opendocument.spreadsheet";

const char* width_style(ColumnType type_of) {
  switch (type_of) {
    case ColumnType::long_text: return "wide";
    case ColumnType::text: return "middle";
    case ColumnType::instant: return "middle";
    case ColumnType::integer:
    case ColumnType::percent:
    case ColumnType::date: break;
  }
  return "narrow";
}

constexpr std::string_view automatic_styles = R"(<office:automatic-styles>
<number:number-style style:name="n-integer"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:percentage-style style:name="n-percent"><number:number number:decimal-places="2" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:date-style style:name="n-date" number:language="zh" number:country="TW"><number:year number:calendar="ROC"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:day number:style="long"/></number:date-style>
<number:date-style style:name="n-instant" number:language="zh" number:country="TW"><number:year number:calendar="ROC"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:day number:style="long"/><number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>
<style:style style:name="narrow" style:family="table-column"><style:table-column-properties style:column-width="2.6cm"/></style:style>
<style:style style:name="middle" style:family="table-column"><style:table-column-properties style:column-width="4cm"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="9cm"/></style:style>
<style:style style:name="sheet" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style>
<style:style style:name="c-title" style:family="table-cell" style:parent-style-name="Default"><style:text-properties fo:font-size="14pt" fo:font-weight="bold" style:font-size-asian="14pt" style:font-weight-asian="bold"/></style:style>
<style:style style:name="c-head" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:background-color="#e2edf0" fo:border-bottom="0.5pt solid #857d71" fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="c-text" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>
<style:style style:name="c-integer" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="n-integer"><style:table-cell-properties style:vertical-align="top"/></style:style>
<style:style style:name="c-percent" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="n-percent"><style:table-cell-properties style:vertical-align="top"/></style:style>
<style:style style:name="c-date" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="n-date"><style:table-cell-properties style:vertical-align="top"/></style:style>
<style:style style:name="c-instant" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="n-instant"><style:table-cell-properties style:vertical-align="top"/></style:style>
</office:automatic-styles>
)";

constexpr std::string_view styles = R"(<office:styles>
<style:default-style style:family="table-cell"><style:text-properties fo:font-size="10pt" style:font-size-asian="10pt" style:font-name="sans" style:font-name-asian="sans" fo:language="zh" fo:country="TW" style:language-asian="zh" style:country-asian="TW"/></style:default-style>
<style:style style:name="Default" style:family="table-cell"/>
</office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"><style:footer><text:p><text:page-number>1</text:page-number> / <text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles>
)";

class OdsWriter final : public TableWriter {
 public:
  OdsWriter(Sink sink, std::int64_t rows_max) : zip_(std::move(sink)), rows_max_(rows_max) {}

  void begin(const Head& head) override {
    head_ = head;
    zip_.store("mimetype", type);
    zip_.add("META-INF/manifest.xml", odf_manifest(type, {"content.xml", "styles.xml", "meta.xml"}));
    zip_.add("meta.xml", odf_meta(head.title));
    zip_.add("styles.xml", odf_document("document-styles", std::string(odf_fonts) + std::string(styles)));
    zip_.begin("content.xml");
    out_ = odf_open("document-content");
    out_ += odf_fonts;
    out_ += automatic_styles;
    out_ += "<office:body><office:spreadsheet>\n";
    begin_sheet();
  }

  void row(const Row& row) override {
    if (rows_ == rows_max_) {
      out_ += "</table:table>\n";
      begin_sheet();
    }
    ++rows_;
    out_ += "<table:table-row>";
    for (const auto& cell : row) add(cell);
    out_ += "</table:table-row>\n";
    if (out_.size() > 64 * 1024) flush();
  }

  void finish() override {
    out_ += "</table:table>\n</office:spreadsheet></office:body></office:document-content>";
    flush();
    zip_.end();
    zip_.finish();
  }

 private:
  void flush() {
    zip_.write(out_);
    out_.clear();
  }

  void begin_sheet() {
    rows_ = 0;
    ++sheets_;
    out_ += "<table:table table:style-name=\"sheet\" table:name=\"" + xml(sheets_ == 1 ? head_.sheet : fmt::format("{} ({})", head_.sheet, sheets_)) + "\">";
    for (const auto& column : head_.columns) out_ += fmt::format("<table:table-column table:style-name=\"{}\" table:default-cell-style-name=\"c-text\"/>", width_style(column.type));
    out_ += "\n<table:table-row>";
    styled("c-title", head_.title);
    out_ += "</table:table-row>\n";
    for (const auto& [label, value] : head_.facts) {
      out_ += "<table:table-row>";
      styled("c-head", label);
      // Over the rest of the table: a definition is a sentence and would not fit into a column.
      const auto span = head_.columns.size() > 2 ? head_.columns.size() - 1 : 1;
      out_ += fmt::format("<table:table-cell table:style-name=\"c-text\" office:value-type=\"string\" table:number-columns-spanned=\"{}\" table:number-rows-spanned=\"1\">", span);
      odf_paragraphs(out_, value);
      out_ += "</table:table-cell>";
      if (span > 1) out_ += fmt::format("<table:covered-table-cell table:number-columns-repeated=\"{}\"/>", span - 1);
      out_ += "</table:table-row>\n";
    }
    out_ += "<table:table-row><table:table-cell/></table:table-row>\n<table:table-header-rows><table:table-row>";
    for (const auto& column : head_.columns) styled("c-head", column.title);
    out_ += "</table:table-row></table:table-header-rows>\n";
  }

  void styled(const char* style, std::string_view text) {
    out_ += fmt::format("<table:table-cell table:style-name=\"{}\" office:value-type=\"string\">", style);
    odf_paragraphs(out_, text);
    out_ += "</table:table-cell>";
  }

  // Everything that came as text is text by its type: no formula, whatever it begins with.
  void add(const Cell& cell) {
    switch (cell.kind) {
      case Cell::Kind::empty: out_ += "<table:table-cell/>"; return;
      case Cell::Kind::text:
        if (cell.text.empty()) {
          out_ += "<table:table-cell/>";
          return;
        }
        out_ += "<table:table-cell office:value-type=\"string\">";
        odf_paragraphs(out_, cell.text, false);
        break;
      case Cell::Kind::integer: fmt::format_to(std::back_inserter(out_), "<table:table-cell table:style-name=\"c-integer\" office:value-type=\"float\" office:value=\"{}\"><text:p>{}</text:p>", cell.number, shown_text(cell)); break;
      case Cell::Kind::percent:
        fmt::format_to(std::back_inserter(out_), "<table:table-cell table:style-name=\"c-percent\" office:value-type=\"percentage\" office:value=\"{}{}.{:04}\"><text:p>{}</text:p>", cell.number < 0 ? "-" : "", std::abs(cell.number) / 10'000,
                       std::abs(cell.number) % 10'000, shown_text(cell));
        break;
      case Cell::Kind::date: fmt::format_to(std::back_inserter(out_), "<table:table-cell table:style-name=\"c-date\" office:value-type=\"date\" office:date-value=\"{}\"><text:p>{}</text:p>", plain_text(cell), shown_text(cell)); break;
      case Cell::Kind::instant: {
        std::string at = plain_text(cell);
        at[10] = 'T';
        fmt::format_to(std::back_inserter(out_), "<table:table-cell table:style-name=\"c-instant\" office:value-type=\"date\" office:date-value=\"{}:00\"><text:p>{}</text:p>", at, shown_text(cell));
        break;
      }
    }
    out_ += "</table:table-cell>";
  }

  ZipStream zip_;
  std::int64_t rows_max_;
  std::int64_t rows_ = 0;
  int sheets_ = 0;
  Head head_;
  std::string out_;
};

}  // namespace

std::unique_ptr<TableWriter> ods_writer(Sink sink, std::int64_t rows_max) { return std::make_unique<OdsWriter>(std::move(sink), rows_max); }

}  // namespace mandate::sheets
