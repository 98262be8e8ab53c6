// A workbook as Excel and LibreOffice read it (ECMA-376). Texts stand in their cells ("inline strings"): a table of shared texts would have to be kept
// until the end. The sheets come first in the archive and the parts that list them last, when their number is known.
#include "platform/sheets/writer.hpp"
#include "platform/sheets/xml.hpp"

#include <fmt/format.h>

namespace mandate::sheets {
namespace {

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view relation_space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::size_t characters_max = 32'767;  // of a cell, counted by Excel in UTF-16 units
constexpr std::int64_t serial_of_1970 = 25'569;  // days since 1899-12-30
constexpr std::int64_t micros_a_day = 86'400'000'000;

// The styles of cells, as styles.xml counts them.
enum Style { plain = 0, title = 1, head = 2, text = 3, quoted = 4, integer = 5, percent = 6, date = 7, instant = 8 };

constexpr std::string_view styles = R"(<fonts count="3"><font><sz val="11"/><name val="Microsoft JhengHei"/></font><font><b/><sz val="14"/><name val="Microsoft JhengHei"/></font><font><b/><sz val="11"/><name val="Microsoft JhengHei"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE2EDF0"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF857D71"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>)";

int width_of(ColumnType type) {
  switch (type) {
    case ColumnType::long_text: return 48;
    case ColumnType::text: return 20;
    case ColumnType::instant: return 18;
    case ColumnType::integer:
    case ColumnType::percent:
    case ColumnType::date: break;
  }
  return 13;
}

std::string column_name(std::size_t at) {
  std::string out;
  for (++at; at > 0; at = (at - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (at - 1) % 26));
  return out;
}

bool hex4(std::string_view text) { return text.size() >= 4 && text.substr(0, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos; }

// "_x0041_" in a cell would be read as "A": its first stroke is written as such an escape itself.
std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '_' && at + 6 < text.size() && text[at + 1] == 'x' && text[at + 6] == '_' && hex4(text.substr(at + 2))) out += "_x005F";
    out += text[at];
  }
  return out;
}

// As much as a cell holds.
std::string_view fitting(std::string_view text) {
  if (text.size() <= characters_max) return text;
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) == 0x80) continue;
    units += byte >= 0xF0 ? 2 : 1;
    if (units > characters_max) return text.substr(0, at);
  }
  return text;
}

bool begins_formula(std::string_view text) { return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos; }

std::string sheet_name(std::string_view name, int number) {
  // At most 31 characters, without these; Excel calls a file with others broken.
  std::string out;
  std::size_t units = 0;
  const std::size_t room = number == 1 ? 31 : 24;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const auto byte = static_cast<unsigned char>(name[at]);
    if ((byte & 0xC0) != 0x80) {
      units += byte >= 0xF0 ? 2 : 1;
      if (units > room) break;
    }
    out += std::string_view("[]:*?/\\'").find(name[at]) == std::string_view::npos ? name[at] : ' ';
  }
  return number == 1 ? out : fmt::format("{} ({})", out, number);
}

class XlsxWriter final : public TableWriter {
 public:
  XlsxWriter(Sink sink, std::int64_t rows_max) : zip_(std::move(sink)), rows_max_(rows_max) {}

  void begin(const Head& new_head) override {
    head_ = new_head;
    for (std::size_t at = 0; at < head_.columns.size(); ++at) columns_.push_back(column_name(at));
    begin_sheet();
  }

  void row(const Row& row) override {
    if (rows_ == rows_max_) {
      end_sheet();
      begin_sheet();
    }
    ++rows_;
    open_row();
    for (std::size_t at = 0; at < row.size(); ++at) add(at, row[at]);
    out_ += "</row>";
    if (out_.size() > 64 * 1024) flush();
  }

  void finish() override {
    end_sheet();
    std::string types = std::string(xml_head) +
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
                        "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" "
                        "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>";
    std::string list;
    std::string names;
    std::string relations;
    for (int sheet = 1; sheet <= sheets_; ++sheet) {
      const auto name = xml(sheet_name(head_.sheet, sheet));
      types += fmt::format("<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>", sheet);
      list += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", name, sheet, sheet);
      names += fmt::format("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{}\">'{}'!${}:${}</definedName>", sheet - 1, name, header_row(), header_row());
      relations += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/worksheet\" Target=\"worksheets/sheet{}.xml\"/>", sheet, relation_space, sheet);
    }
    zip_.add("xl/workbook.xml", fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>{}</sheets><definedNames>{}</definedNames></workbook>", xml_head, main_space, relation_space, list, names));
    zip_.add("xl/_rels/workbook.xml.rels", fmt::format("{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}<Relationship Id=\"rId{}\" Type=\"{}/styles\" Target=\"styles.xml\"/></Relationships>", xml_head,
                                                       relations, sheets_ + 1, relation_space));
    zip_.add("xl/styles.xml", fmt::format("{}<styleSheet xmlns=\"{}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"[$-404]e/mm/dd\"/><numFmt numFmtId=\"165\" formatCode=\"[$-404]e/mm/dd\\ hh:mm\"/></numFmts>{}</styleSheet>", xml_head,
                                          main_space, styles));
    zip_.add("_rels/.rels", fmt::format("{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", xml_head, relation_space));
    zip_.add("[Content_Types].xml", types + "</Types>");
    zip_.finish();
  }

 private:
  void flush() {
    zip_.write(out_);
    out_.clear();
  }
  std::size_t header_row() const { return head_.facts.size() + 3; }  // under the title, the facts and an empty line

  void open_row() { fmt::format_to(std::back_inserter(out_), "<row r=\"{}\">", ++line_); }

  void begin_sheet() {
    ++sheets_;
    rows_ = 0;
    line_ = 0;
    zip_.begin(fmt::format("xl/worksheets/sheet{}.xml", sheets_));
    out_ = fmt::format("{}<worksheet xmlns=\"{}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"{}><pane ySplit=\"{}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>",
                       xml_head, main_space, sheets_ == 1 ? " tabSelected=\"1\"" : "", header_row(), header_row() + 1);
    out_ += "<cols>";
    for (std::size_t at = 0; at < head_.columns.size(); ++at) out_ += fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1}\" customWidth=\"1\"/>", at + 1, width_of(head_.columns[at].type));
    out_ += "</cols><sheetData>";
    open_row();
    add_text(0, head_.title, title);
    out_ += "</row>";
    for (const auto& [label, value] : head_.facts) {
      open_row();
      add_text(0, label, head);
      add_text(1, value, plain);
      out_ += "</row>";
    }
    ++line_;
    open_row();
    for (std::size_t at = 0; at < head_.columns.size(); ++at) add_text(at, head_.columns[at].title, head);
    out_ += "</row>";
  }

  void end_sheet() {
    out_ += "</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>";
    flush();
    zip_.end();
  }

  void open_cell(std::size_t column, Style style) {
    out_ += "<c r=\"";
    out_ += column < columns_.size() ? columns_[column] : column_name(column);
    fmt::format_to(std::back_inserter(out_), "{}\" s=\"{}\"", line_, static_cast<int>(style));
  }

  void add_text(std::size_t column, std::string_view value, Style style) {
    open_cell(column, style);
    out_ += " t=\"inlineStr\"><is><t xml:space=\"preserve\">";
    value = fitting(value);
    if (value.find("_x") != std::string_view::npos) {
      append_xml(out_, without_escapes(value));
    } else {
      append_xml(out_, value);
    }
    out_ += "</t></is></c>";
  }

  // Text is text by its type; what begins like a formula is also marked so that it stays text when somebody edits the cell.
  void add(std::size_t column, const Cell& cell) {
    switch (cell.kind) {
      case Cell::Kind::empty: return;
      case Cell::Kind::text:
        if (!cell.text.empty()) add_text(column, cell.text, begins_formula(cell.text) ? quoted : text);
        return;
      case Cell::Kind::integer:
        open_cell(column, integer);
        fmt::format_to(std::back_inserter(out_), "><v>{}</v></c>", cell.number);
        return;
      case Cell::Kind::percent:
        open_cell(column, percent);
        fmt::format_to(std::back_inserter(out_), "><v>{}{}.{:04}</v></c>", cell.number < 0 ? "-" : "", std::abs(cell.number) / 10'000, std::abs(cell.number) % 10'000);
        return;
      case Cell::Kind::date:
      case Cell::Kind::instant: {
        const bool day = cell.kind == Cell::Kind::date;
        const std::int64_t local = day ? 0 : cell.number + taipei_offset_seconds * 1'000'000;
        const std::int64_t serial = serial_of_1970 + (day ? cell.number : local / micros_a_day);
        // Excel takes 1900 for a leap year: before March of it its days are others than ours, and before 1900 it has none.
        if (serial < 61) return add_text(column, shown_text(cell), text);
        open_cell(column, day ? date : instant);
        if (day) {
          fmt::format_to(std::back_inserter(out_), "><v>{}</v></c>", serial);
        } else {
          fmt::format_to(std::back_inserter(out_), "><v>{:.6f}</v></c>", static_cast<double>(serial) + static_cast<double>(local % micros_a_day) / static_cast<double>(micros_a_day));
        }
        return;
      }
    }
  }

  ZipStream zip_;
  std::int64_t rows_max_;
  std::int64_t rows_ = 0;
  std::int64_t line_ = 0;
  int sheets_ = 0;
  Head head_;
  std::vector<std::string> columns_;
  std::string out_;
};

}  // namespace

std::unique_ptr<TableWriter> xlsx_writer(Sink sink, std::int64_t rows_max) { return std::make_unique<XlsxWriter>(std::move(sink), rows_max); }

}  // namespace mandate::sheets
