#include "platform/sheets/reader.hpp"

#include "platform/sheets/xml_entry.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <unistd.h>

using namespace mandate;
using namespace mandate::sheets;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("mandate-sheets-" + std::to_string(::getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }

  std::filesystem::path file(const std::string& content) {
    const auto at = path / ("file" + std::to_string(++count_));
    std::ofstream(at, std::ios::binary) << content;
    return at;
  }
  std::filesystem::path archive(const std::map<std::string, std::string>& entries) {
    const auto at = path / ("file" + std::to_string(++count_));
    int code = 0;
    zip_t* zip = zip_open(at.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    for (const auto& [name, content] : entries) zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
    REQUIRE(zip_close(zip) == 0);
    return at;
  }

 private:
  int count_ = 0;
};

// Every row as "number|cell|cell", formulas marked by an f in front.
std::vector<std::string> read(const std::filesystem::path& file) {
  auto reader = open_sheet(file);
  REQUIRE(reader.ok());
  std::vector<std::string> out;
  SourceRow row;
  while (true) {
    const auto more = (*reader)->next(row);
    if (!more.ok()) {
      out.push_back("fault " + more.fault().fields.at(0).key + " " + more.fault().fields.at(0).path);
      return out;
    }
    if (!*more) return out;
    std::string line = std::to_string(row.number);
    for (const auto& cell : row.cells) line += "|" + std::string(cell.formula ? "f:" : "") + cell.text;
    out.push_back(line);
  }
}

std::string refusal(const std::filesystem::path& file) {
  auto reader = open_sheet(file);
  if (reader.ok()) return "";
  return reader.fault().fields.at(0).key;
}

using Lines = std::vector<std::string>;

std::string ods_content(const std::string& tables) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d" xmlns:calcext="c"><office:body><office:spreadsheet>)" + tables +
         "</office:spreadsheet></office:body></office:document-content>";
}

std::map<std::string, std::string> book(const std::string& sheet, const std::string& shared = "", const std::string& properties = "") {
  return {{"xl/workbook.xml", R"(<workbook xmlns:r="r">)" + properties + R"(<sheets><sheet name="空" sheetId="1" r:id="rId1"/><sheet name="事項" sheetId="2" r:id="rId2"/></sheets></workbook>)"},
          {"xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>)"},
          {"xl/styles.xml",
           R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-404]e/m/d"/><numFmt numFmtId="165" formatCode="#,##0&quot;元/day&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)"},
          {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
          {"xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"},
          {"xl/worksheets/sheet2.xml", "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>"}};
}

}  // namespace

TEST_CASE("a CSV is read whatever its line ends, marks and separators") {
  Folder folder;
  CHECK(read(folder.file("a,b\n1,\"x, \"\"y\"\"\"\n")) == Lines{"1|a|b", "2|1|x, \"y\""});
  CHECK(read(folder.file("\xEF\xBB\xBF""a,b\r\n1,2\r\n\r\n,\r\n3")) == Lines{"1|a|b", "2|1|2", "5|3"});
  CHECK(read(folder.file("a;b\n1;2,5")) == Lines{"1|a|b", "2|1|2,5"});
  CHECK(read(folder.file("a\tb\n1\t2")) == Lines{"1|a|b", "2|1|2"});
  // Only carriage returns: they end lines. Beside line feeds a lone one is part of the cell.
  CHECK(read(folder.file("a,b\r1,2\r3,4")) == Lines{"1|a|b", "2|1|2", "3|3|4"});
  CHECK(read(folder.file("a,b\r\n1,one\rtwo\r\n3,\"x\ny\"\r\n5,6")) == Lines{"1|a|b", "2|1|one\rtwo", "3|3|x\ny", "5|5|6"});
  // A quote in the middle of a field is a quote.
  CHECK(read(folder.file("a\n5\" pipe\n")) == Lines{"1|a", "2|5\" pipe"});
  CHECK(read(folder.file("a\n'=1+1\n'quoted'\n")) == Lines{"1|a", "2|=1+1", "3|'quoted'"});
}

TEST_CASE("a CSV is read in the encodings that are met") {
  Folder folder;
  CHECK(read(folder.file("\xa6\x57\xba\xd9,\xb0\xcf\n\xbb\x4f\xa4\xa4,\xa4\xa4\xb0\xcf\n")) == Lines{"1|名稱|區", "2|臺中|中區"});
  CHECK((*open_sheet(folder.file("\xa6\x57\xba\xd9,\xb0\xcf\n")))->table().encoding == "Big5");
  CHECK(read(folder.file(std::string("\xFF\xFE" "a\0,\0\x0D\x54\n\0", 10))) == Lines{"1|a|名"});
  CHECK(read(folder.file(std::string("\xFE\xFF" "\0a\0,\x54\x0D\0\n", 10))) == Lines{"1|a|名"});
  // A Chinese character that lies across two pieces of the file is one character still.
  std::string big(65535, 'x');
  CHECK(read(folder.file("a\n" + big.substr(2, 65532) + "名\n")).at(1).size() == 2 + 65532 + 3);
  std::string noise;
  for (int i = 0; i < 4000; ++i) noise += static_cast<char>(0x80 + (i * 7919) % 128);
  CHECK(refusal(folder.file(noise)) == "sheet.encoding");
}

TEST_CASE("a broken CSV says where") {
  Folder folder;
  CHECK(read(folder.file("a,b\n1,2\n3,\"never closed\nand on\n")).back() == "fault sheet.open_quote row 3");
  CHECK(read(folder.file("a\n" + std::string(2 << 20, 'x'))).back() == "fault sheet.cell_too_long row 2");
  CHECK(read(folder.file("a\n" + std::string(1200, ','))).back() == "fault sheet.too_wide row 2");
  CHECK(refusal(folder.file("")) == "sheet.empty");
  CHECK(refusal(folder.file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on")) == "sheet.old_excel");
  CHECK(refusal(folder.file("%PDF-1.7")) == "sheet.unknown_format");
  CHECK(refusal(folder.file(std::string("PK\x03\x04 no archive"))) == "sheet.broken");
}

TEST_CASE("an ODS is read with repetitions, dates, formulas and remarks") {
  Folder folder;
  const auto file = folder.archive({{"content.xml", ods_content(R"(
<table:table table:name="空白"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="事項">
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>名稱</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><office:annotation><text:p>旁註</text:p></office:annotation><text:p>期<text:span>限</text:span></text:p></table:table-cell><table:table-cell table:number-columns-repeated="1020"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>第一段</text:p><text:p>第<text:s text:c="2"/>二段</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="569000.0"><text:p>569,000</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.1250"><text:p>12.5%</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2023-03-07"><text:p>112年3月7日</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>同</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>
</table:table>
<table:table table:name="其他"><table:table-row><table:table-cell office:value-type="string"><text:p>不讀</text:p></table:table-cell></table:table-row></table:table>)")}});
  CHECK(read(file) == Lines{"3|名稱|||期限", "4|第一段\n第  二段|569000|0.125|2023-03-07", "5|f:2|true|同|同", "6|f:2|true|同|同"});
  auto reader = open_sheet(file);
  SourceRow row;
  REQUIRE((*reader)->next(row).ok());
  CHECK((*reader)->table().name == "事項");
  CHECK((*reader)->table().format == Format::ods);
}

TEST_CASE("an XLSX is read with shared texts, dates by their format, and gaps") {
  Folder folder;
  const std::string shared = "<si><t>名稱</t></si><si><r><t>期</t></r><r><t>限</t></r><rPh><t>qixian</t></rPh></si>";
  const auto file = folder.archive(book(R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t>路面改善</t></is></c><c r="B4"><v>569000.0</v></c><c r="C4" s="1"><v>44992</v></c><c r="D4" s="2"><v>44992.375</v></c><c r="E4" s="3"><v>12</v></c></row>
<row r="5"><c r="A5" t="str"><f>A4&amp;"x"</f><v>路面改善x</v></c><c r="B5"><f>SUM(B1:B4)</f></c><c r="C5" t="e"><v>#DIV/0!</v></c><c r="D5" t="b"><v>1</v></c></row>)", shared));
  CHECK(read(file) == Lines{"2|名稱||期限", "4|路面改善|569000|2023-03-07|2023-03-07 09:00|12", "5|f:路面改善x|f:|#DIV/0!|true"});
  CHECK(read(folder.archive(book(R"(<row r="1"><c r="A1" s="1"><v>0</v></c></row>)", "", R"(<workbookPr date1904="1"/>)"))) == Lines{"1|1904-01-01"});
  CHECK(read(folder.archive(book(R"(<row r="1"><c r="A1" s="1"><v>59</v></c><c r="B1" s="1"><v>61</v></c></row>)"))) == Lines{"1|1900-02-28|1900-03-01"});
  CHECK(read(folder.archive(book(R"(<row r="1"><c r="ZZZ1"><v>1</v></c></row>)"))).back() == "fault sheet.too_wide row 1");
}

TEST_CASE("office files that mean harm are refused") {
  Folder folder;
  CHECK(read(folder.archive({{"content.xml", R"(<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>)"}})).back() == "fault sheet.forbidden file");
  CHECK(read(folder.archive({{"content.xml", ods_content("<table:table><table:table-row>")}})).empty() == false);
  CHECK(read(folder.archive({{"content.xml", "<a><b></a>"}})).back() == "fault sheet.broken file");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<x>";
  CHECK(read(folder.archive({{"content.xml", deep}})).back() == "fault sheet.forbidden file");
  CHECK(refusal(folder.archive({{"hello.txt", "x"}})) == "sheet.unknown_format");
  CHECK(read(folder.archive({{"content.xml", ods_content("<!--" + std::string(200u << 20, ' ') + "-->")}})).back() == "fault sheet.bomb file");
}
