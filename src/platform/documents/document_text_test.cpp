#include "platform/documents/document_text.hpp"

#include "platform/sheets/xml_entry.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

using namespace mandate;
using namespace mandate::documents;

namespace {

std::string text_of(const std::map<std::string, std::string>& entries) {
  const auto path = std::filesystem::temp_directory_path() / ("mandate-document-" + std::to_string(::getpid()));
  int code = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  for (const auto& [name, content] : entries) zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), 0);
  REQUIRE(zip_close(zip) == 0);
  auto text = document_text(path);
  std::filesystem::remove(path);
  return text.ok() ? *text : "fault " + text.fault().fields.at(0).key;
}

std::string odt(const std::string& body, const std::string& styles = "") {
  return text_of({{"content.xml", "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:style='s' xmlns:draw='d'><office:automatic-styles>" + styles + "</office:automatic-styles><office:body><office:text>" + body +
                                      "</office:text></office:body></office:document-content>"}});
}
std::string docx(const std::string& body, const std::string& numbering = "", const std::string& styles = "<w:styles/>") {
  return text_of({{"word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>"}, {"word/numbering.xml", "<w:numbering>" + numbering + "</w:numbering>"}, {"word/styles.xml", styles}});
}

}  // namespace

TEST_CASE("numbers of lists are written as the formats of both programs say") {
  CHECK(list_number("一, 二, 三, ...", 1) == "一");
  CHECK(list_number("taiwaneseCountingThousand", 10) == "十");
  CHECK(list_number("taiwaneseCountingThousand", 12) == "十二");
  CHECK(list_number("taiwaneseCountingThousand", 20) == "二十");
  CHECK(list_number("chineseCountingThousand", 105) == "一百〇五");
  CHECK(list_number("chineseCountingThousand", 110) == "一百一十");
  CHECK(list_number("壹, 貳, 參, ...", 3) == "參");
  CHECK(list_number("甲, 乙, 丙, ...", 2) == "乙");
  CHECK(list_number("1", 7) == "7");
  CHECK(list_number("decimal", 11) == "11");
  CHECK(list_number("A", 28) == "BB");
  CHECK(list_number("i", 14) == "xiv");
  CHECK(list_number("bullet", 3) == "");
}

TEST_CASE("an ODT is read with its lists, tables and nothing that is not its text") {
  const std::string styles =
      "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='一, 二, 三, ...' style:num-suffix='、'/><text:list-level-style-number text:level='2' style:num-format='一, 二, 三, ...' style:num-prefix='(' "
      "style:num-suffix=')'/></text:list-style><text:list-style style:name='L2'><text:list-level-style-bullet text:level='1'/></text:list-style>";
  CHECK(odt("<text:h>臺中市政府112年度施政計畫</text:h><text:p>第一<text:span>段</text:span>\n   續行<text:line-break/>下一行</text:p>") == "臺中市政府112年度施政計畫\n第一段 續行\xE2\x80\xA8下一行\n");
  CHECK(odt("<text:list text:style-name='L1'><text:list-item><text:p>甲案</text:p><text:list><text:list-item><text:p>細項</text:p></text:list-item><text:list-item><text:p>又一項</text:p></text:list-item></text:list></text:list-item>"
            "<text:list-item><text:p>乙案</text:p><text:p>同項第二段</text:p></text:list-item></text:list><text:p>中間</text:p><text:list text:style-name='L1' text:continue-numbering='true'><text:list-item><text:p>丙案</text:p></text:list-item></text:list>"
            "<text:list text:style-name='L2'><text:list-item><text:p>點</text:p></text:list-item></text:list>",
            styles) == "一、甲案\n(一)細項\n(二)又一項\n二、乙案\n同項第二段\n中間\n三、丙案\n點\n");
  CHECK(odt("<table:table><table:table-row><table:table-cell><text:p>工作計畫</text:p></table:table-cell><table:table-cell><text:p>實施內容</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>研究</text:p>"
            "</table:table-cell><table:table-cell><text:p>每季檢討。</text:p><text:p>每年一次。</text:p></table:table-cell></table:table-row></table:table>") == "工作計畫\t實施內容\n研究\t每季檢討。\xE2\x80\xA8每年一次。\n");
  CHECK(odt("<text:tracked-changes><text:p>刪掉的</text:p></text:tracked-changes><text:p>正文<office:annotation><text:p>旁註</text:p></office:annotation><text:note><text:p>註腳</text:p></text:note></text:p>") == "正文\n");
}

TEST_CASE("a DOCX is read with its numbering, tables and without deleted text") {
  const std::string numbering =
      "<w:abstractNum w:abstractNumId='5'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='taiwaneseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText "
      "w:val='%1-%2.'/></w:lvl></w:abstractNum><w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num>";
  const auto p = [](const std::string& text, const std::string& properties = "") { return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>"; };
  const auto number = [](int level) { return "<w:numPr><w:ilvl w:val='" + std::to_string(level) + "'/><w:numId w:val='2'/></w:numPr>"; };
  CHECK(docx(p("112年度施政計畫") + p("甲案", number(0)) + p("細項", number(1)) + p("又一項", number(1)) + p("乙案", number(0)) + p("細項", number(1)), numbering) == "112年度施政計畫\n一、甲案\n一-1.細項\n一-2.又一項\n二、乙案\n二-1.細項\n");
  CHECK(docx(p("標題", "<w:pStyle w:val='Heading1'/>"), numbering, "<w:styles><w:style w:styleId='Heading1'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style></w:styles>") == "一、標題\n");
  CHECK(docx("<w:tbl><w:tr><w:tc>" + p("工作計畫") + "</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p("內容") + p("第二段") + "</w:tc></w:tr></w:tbl>") == "工作計畫\t內容\xE2\x80\xA8第二段\t\n");
  CHECK(docx("<w:p><w:del><w:r><w:t>刪</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t><w:tab/><w:t>後</w:t></w:r></w:ins></w:p>") == "增\t後\n");
}

TEST_CASE("what is no document is refused") {
  CHECK(text_of({{"hello.txt", "x"}}) == "fault document.unknown_format");
  CHECK(text_of({{"content.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}}) == "fault sheet.forbidden");
  CHECK(text_of({{"word/document.xml", "<w:document><w:p>"}}) == "fault sheet.broken");
  const auto path = std::filesystem::temp_directory_path() / "mandate-no-document";
  CHECK(document_text(path).fault().fields.at(0).key == "document.unknown_format");
}
