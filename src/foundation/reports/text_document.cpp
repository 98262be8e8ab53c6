#include "foundation/reports/text_document.hpp"

#include "platform/i18n/messages.hpp"
#include "platform/sheets/odf.hpp"
#include "platform/sheets/xml.hpp"

#include <fmt/format.h>

namespace mandate::reports {
namespace {

using sheets::xml;

constexpr const char* type = "application/vnd.oasis.opendocument.text";

std::string styles(const std::string& running, bool landscape) {
  const auto paper = landscape ? "fo:page-width=\"29.7cm\" fo:page-height=\"21cm\" style:print-orientation=\"landscape\"" : "fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" style:print-orientation=\"portrait\"";
  std::string out(sheets::odf_fonts);
  out += R"(<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="150%"/><style:text-properties fo:font-size="12pt" style:font-size-asian="12pt" style:font-name="sans" style:font-name-asian="sans" fo:language="zh" fo:country="TW" style:language-asian="zh" style:country-asian="TW"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
<style:style style:name="body" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.25cm"/></style:style>
<style:style style:name="right" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="end"/></style:style>
<style:style style:name="small" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="10pt" style:font-size-asian="10pt"/></style:style>
<style:style style:name="strong" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="cell" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:line-height="120%"/><style:text-properties fo:font-size="10pt" style:font-size-asian="10pt"/></style:style>
<style:style style:name="cell-number" style:family="paragraph" style:parent-style-name="cell"><style:paragraph-properties fo:text-align="end"/></style:style>
<style:style style:name="cell-head" style:family="paragraph" style:parent-style-name="cell"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="heading-1" style:display-name="heading 1" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="1"><style:paragraph-properties fo:margin-bottom="0.4cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="20pt" style:font-size-asian="20pt" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="heading-2" style:display-name="heading 2" style:family="paragraph" style:parent-style-name="Standard" style:default-outline-level="2"><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="15pt" style:font-size-asian="15pt" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties )";
  out += paper;
  out += R"( fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="2cm" fo:margin-right="2cm"/><style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.3cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:header><text:p text:style-name="small">)";
  out += xml(running);
  out += R"(</text:p></style:header><style:footer><text:p text:style-name="right"><text:page-number text:select-page="current">1</text:page-number> / <text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles>
)";
  return out;
}

// Shares of the width.
int share_of(ColumnType type) {
  switch (type) {
    case ColumnType::long_text: return 40;
    case ColumnType::text: return 18;
    case ColumnType::instant: return 18;
    case ColumnType::integer:
    case ColumnType::percent:
    case ColumnType::date: break;
  }
  return 12;
}

std::string automatic_styles() {
  std::string out = "<office:automatic-styles>";
  for (int level = 1; level <= 2; ++level) {
    out += fmt::format("<style:style style:name=\"heading-{0}-new-page\" style:family=\"paragraph\" style:parent-style-name=\"heading-{0}\"><style:paragraph-properties fo:break-before=\"page\"/></style:style>", level);
  }
  out += "<style:style style:name=\"table\" style:family=\"table\"><style:table-properties style:rel-width=\"100%\" table:align=\"margins\" fo:margin-top=\"0.2cm\" fo:margin-bottom=\"0.4cm\"/></style:style>";
  for (const int share : {12, 18, 40}) out += fmt::format("<style:style style:name=\"share-{0}\" style:family=\"table-column\"><style:table-column-properties style:rel-column-width=\"{0}*\"/></style:style>", share);
  out += "<style:style style:name=\"cell\" style:family=\"table-cell\"><style:table-cell-properties fo:padding=\"0.1cm\" fo:border-left=\"none\" fo:border-right=\"none\" fo:border-top=\"none\" fo:border-bottom=\"0.5pt solid #dcd6cc\"/></style:style>";
  out += "<style:style style:name=\"cell-head\" style:family=\"table-cell\"><style:table-cell-properties fo:padding=\"0.1cm\" fo:background-color=\"#e2edf0\" fo:border-left=\"none\" fo:border-right=\"none\" fo:border-top=\"none\" fo:border-bottom=\"1pt solid #857d71\"/></style:style>";
  return out + "<style:style style:name=\"picture\" style:family=\"graphic\"><style:graphic-properties fo:margin-bottom=\"0.3cm\"/></style:style></office:automatic-styles>\n";
}

class PackWriter final : public sheets::TableWriter {
 public:
  PackWriter(sheets::Sink sink, const Table& table, Language language) : document_(std::move(sink), table.title, table.title, table.columns.size() > 6), chart_(table.chart), language_(language) {}
  void begin(const sheets::Head& head) override {
    document_.heading(head.title);
    for (const auto& [label, value] : head.facts) document_.paragraph(label + (language_ == Language::en ? ": " : "：") + value, TextDocument::Look::small);
    if (chart_) document_.chart(*chart_);
    document_.begin_table(head.columns);
  }
  void row(const Row& row) override { document_.row(row); }
  void finish() override {
    document_.end_table();
    document_.finish();
  }

 private:
  TextDocument document_;
  std::optional<Chart> chart_;
  Language language_;
};

}  // namespace

TextDocument::TextDocument(sheets::Sink sink, const std::string& title, const std::string& running, bool landscape) : zip_(std::move(sink)), page_width_cm_(landscape ? 25.7 : 17.0) {
  zip_.store("mimetype", type);
  zip_.add("meta.xml", sheets::odf_meta(title));
  zip_.add("styles.xml", sheets::odf_document("document-styles", styles(running, landscape)));
  zip_.begin("content.xml");
  out_ = sheets::odf_open("document-content") + std::string(sheets::odf_fonts) + automatic_styles() + "<office:body><office:text>\n";
}

void TextDocument::flush() {
  if (out_.size() < 64 * 1024) return;
  zip_.write(out_);
  out_.clear();
}

void TextDocument::heading(const std::string& text, int level, bool on_a_new_page) {
  out_ += fmt::format("<text:h text:style-name=\"heading-{}{}\" text:outline-level=\"{}\">", level, on_a_new_page ? "-new-page" : "", level);
  sheets::odf_text(out_, text);
  out_ += "</text:h>\n";
}

void TextDocument::paragraph(const std::string& text, Look look) {
  const char* style = look == Look::right ? "right" : look == Look::small ? "small" : look == Look::strong ? "strong" : "body";
  std::string_view rest = text;
  while (true) {
    const auto end = rest.find('\n');
    out_ += fmt::format("<text:p text:style-name=\"{}\">", style);
    sheets::odf_text(out_, rest.substr(0, end));
    out_ += "</text:p>\n";
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  flush();
}

void TextDocument::begin_table(const std::vector<Column>& columns) {
  columns_ = columns;
  out_ += fmt::format("<table:table table:name=\"table-{}\" table:style-name=\"table\">", ++tables_);
  for (const auto& column : columns) out_ += fmt::format("<table:table-column table:style-name=\"share-{}\"/>", share_of(column.type));
  out_ += "<table:table-header-rows><table:table-row>";
  for (const auto& column : columns) {
    out_ += "<table:table-cell table:style-name=\"cell-head\" office:value-type=\"string\"><text:p text:style-name=\"cell-head\">";
    sheets::odf_text(out_, column.title);
    out_ += "</text:p></table:table-cell>";
  }
  out_ += "</table:table-row></table:table-header-rows>\n";
}

void TextDocument::row(const Row& row) {
  out_ += "<table:table-row>";
  for (const auto& cell : row) {
    const bool number = cell.kind == Cell::Kind::integer || cell.kind == Cell::Kind::percent;
    out_ += "<table:table-cell table:style-name=\"cell\" office:value-type=\"string\">";
    std::string_view rest;
    const auto text = sheets::shown_text(cell);
    rest = text;
    while (true) {
      const auto end = rest.find('\n');
      out_ += number ? "<text:p text:style-name=\"cell-number\">" : "<text:p text:style-name=\"cell\">";
      sheets::odf_text(out_, rest.substr(0, end));
      out_ += "</text:p>";
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    out_ += "</table:table-cell>";
  }
  out_ += "</table:table-row>\n";
  flush();
}

void TextDocument::end_table() { out_ += "</table:table>\n"; }

void TextDocument::chart(const Chart& chart) {
  const auto id = fmt::format("chart-{}", pictures_.size() + 1);
  const auto svg = svg_of(chart, id, {720, true});
  // Its own size: viewBox="0 0 720 H".
  const auto box = svg.find("viewBox=\"0 0 720 ");
  const double height = box == std::string::npos ? 300 : std::stod(svg.substr(box + 17));
  out_ += fmt::format("<text:p text:style-name=\"body\"><draw:frame draw:style-name=\"picture\" draw:name=\"{}\" text:anchor-type=\"as-char\" svg:width=\"{:.2f}cm\" svg:height=\"{:.2f}cm\"><draw:image xlink:href=\"Pictures/{}.svg\" xlink:type=\"simple\" "
                      "xlink:show=\"embed\" xlink:actuate=\"onLoad\" draw:mime-type=\"image/svg+xml\"/><svg:title>{}</svg:title><svg:desc>{}</svg:desc></draw:frame></text:p>\n",
                      id, page_width_cm_, page_width_cm_ * height / 720, id, xml(chart.title), xml(chart.description));
  pictures_.push_back(svg);
}

void TextDocument::finish() {
  out_ += "</office:text></office:body></office:document-content>";
  zip_.write(out_);
  zip_.end();
  std::vector<std::string> parts = {"content.xml", "styles.xml", "meta.xml"};
  for (std::size_t at = 0; at < pictures_.size(); ++at) {
    parts.push_back(fmt::format("Pictures/chart-{}.svg", at + 1));
    zip_.add(parts.back(), pictures_[at]);
  }
  zip_.add("META-INF/manifest.xml", sheets::odf_manifest(type, parts));
  zip_.finish();
}

std::unique_ptr<sheets::TableWriter> pack_writer(sheets::Sink sink, const Table& table, Language language) { return std::make_unique<PackWriter>(std::move(sink), table, language); }

}  // namespace mandate::reports
