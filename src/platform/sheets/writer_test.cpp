#include "platform/sheets/writer.hpp"

#include "platform/sheets/odf.hpp"
#include "platform/sheets/xml.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

using namespace mandate;
using namespace mandate::sheets;

namespace {

// The entries of an archive as a reader that trusts its directory finds them.
std::map<std::string, std::string> unpacked(const std::string& archive, std::vector<std::string>* order = nullptr) {
  const auto number = [&](std::size_t at, int bytes) {
    std::uint64_t out = 0;
    for (int i = 0; i < bytes; ++i) out |= static_cast<std::uint64_t>(static_cast<unsigned char>(archive.at(at + static_cast<std::size_t>(i)))) << (8 * i);
    return out;
  };
  std::map<std::string, std::string> out;
  const auto end = archive.size() - 22;
  REQUIRE(number(end, 4) == 0x06054b50);
  std::size_t at = number(end + 16, 4);
  for (std::uint64_t i = 0; i < number(end + 10, 2); ++i) {
    REQUIRE(number(at, 4) == 0x02014b50);
    const auto name = archive.substr(at + 46, number(at + 28, 2));
    const auto local = number(at + 42, 4);
    REQUIRE(number(local, 4) == 0x04034b50);
    const auto from = local + 30 + number(local + 26, 2) + number(local + 28, 2);
    const auto packed = archive.substr(from, number(at + 20, 4));
    std::string content(number(at + 24, 4), '\0');
    if (number(at + 10, 2) == 0) {
      content = packed;
    } else {
      z_stream z{};
      REQUIRE(::inflateInit2(&z, -MAX_WBITS) == Z_OK);
      z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
      z.avail_in = static_cast<uInt>(packed.size());
      z.next_out = reinterpret_cast<Bytef*>(content.data());
      z.avail_out = static_cast<uInt>(content.size());
      CHECK(::inflate(&z, Z_FINISH) == Z_STREAM_END);
      ::inflateEnd(&z);
    }
    CHECK(::crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size()) == number(at + 16, 4));
    if (order != nullptr) order->push_back(name);
    out[name] = content;
    at += 46 + number(at + 28, 2) + number(at + 30, 2);
  }
  return out;
}

Head head() {
  return {"逾期清單", "逾期", {{"篩選", "機關：社會局 & \"二科\""}}, {{"事項", ColumnType::long_text}, {"件數", ColumnType::integer}, {"比率", ColumnType::percent}, {"期限", ColumnType::date}, {"時間", ColumnType::instant}}};
}

const std::vector<std::string>& dangerous() {
  static const std::vector<std::string> texts = {"=1+1", "+1", "-1+2", "@SUM(A1)", "\tx", "\rx", "＝A1", "＋A1", "－A1", "＠A1", "=HYPERLINK(\"http://x\")"};
  return texts;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++out;
  return out;
}

template <class Make>
std::string written(Make make, const std::vector<Row>& rows) {
  std::string out;
  auto writer = make([&](std::string_view piece) { out += piece; });
  writer->begin(head());
  for (const auto& row : rows) writer->row(row);
  writer->finish();
  return out;
}

const Row& sample() {
  static const Row row = {Cell::of(std::string("<甲> & 乙")), Cell::of(std::int64_t{1234567}), Cell::percent(8995), Cell::of(*Date::parse("2023-03-07")), Cell::of(*Instant::parse("2023-03-07T01:02:00Z"))};
  return row;
}

}  // namespace

TEST_CASE("CSV has its header first, dates in ISO form and nothing that would be a formula") {
  const auto text = written([](Sink sink) { return csv_writer(std::move(sink)); }, {sample(), {Cell::of(std::string("=1")), Cell::none(), Cell::of(std::string("未報")), Cell::none(), Cell::none()}});
  CHECK(text == "\xEF\xBB\xBF事項,件數,比率,期限,時間\r\n<甲> & 乙,1234567,89.95,2023-03-07,2023-03-07 09:02\r\n'=1,,未報,,\r\n");
}

TEST_CASE("ODS: the type comes first and unpacked, values are typed, the head stands on every sheet") {
  std::vector<Row> rows(5, sample());
  const auto text = written([](Sink sink) { return ods_writer(std::move(sink), 2); }, rows);
  CHECK(text.substr(30, 8 + 46) == "mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
  std::vector<std::string> order;
  const auto parts = unpacked(text, &order);
  CHECK(order.front() == "mimetype");
  const auto& content = parts.at("content.xml");
  CHECK(count(content, "<table:table ") == 3);
  CHECK(count(content, "table:name=\"逾期 (3)\"") == 1);
  CHECK(count(content, "機關：社會局 &amp; &quot;二科&quot;") == 3);
  CHECK(count(content, "office:value=\"1234567\"><text:p>1,234,567</text:p>") == 5);
  CHECK(count(content, "office:value=\"0.8995\"><text:p>89.95%</text:p>") == 5);
  CHECK(count(content, "office:date-value=\"2023-03-07\"><text:p>112/03/07</text:p>") == 5);
  CHECK(count(content, "office:date-value=\"2023-03-07T09:02:00\"><text:p>112/03/07 09:02</text:p>") == 5);
  CHECK(count(content, "&lt;甲&gt; &amp; 乙") == 5);
}

TEST_CASE("XLSX: a further sheet, listed when all are known") {
  std::vector<Row> rows(5, sample());
  const auto parts = unpacked(written([](Sink sink) { return xlsx_writer(std::move(sink), 2); }, rows));
  CHECK(parts.count("xl/worksheets/sheet3.xml") == 1);
  CHECK(parts.count("xl/worksheets/sheet4.xml") == 0);
  CHECK(parts.at("xl/workbook.xml").find("<sheet name=\"逾期 (3)\" sheetId=\"3\" r:id=\"rId3\"/>") != std::string::npos);
  CHECK(count(parts.at("[Content_Types].xml"), "worksheet+xml") == 3);
  CHECK(parts.at("xl/worksheets/sheet3.xml").find("機關：社會局 &amp;") != std::string::npos);
  const auto& first = parts.at("xl/worksheets/sheet1.xml");
  CHECK(count(first, "<v>1234567</v>") == 2);
  CHECK(count(first, "<v>0.8995</v>") == 2);
  CHECK(count(first, "<v>44992</v>") == 2);  // 7 March 2023
  CHECK(count(first, "<v>44992.376389</v>") == 2);
}

TEST_CASE("no text becomes a formula in any sheet") {
  std::vector<Row> rows;
  for (const auto& text : dangerous()) rows.push_back({Cell::of(text)});
  const auto csv_text = written([](Sink sink) { return csv_writer(std::move(sink)); }, rows);
  for (const auto& text : dangerous()) CHECK(count(csv_text, "'" + text.substr(0, 1)) > 0);
  const auto ods = unpacked(written([](Sink sink) { return ods_writer(std::move(sink)); }, rows)).at("content.xml");
  CHECK(count(ods, "table:formula") == 0);
  CHECK(count(ods, "<text:p>=1+1</text:p>") == 1);
  const auto xlsx = unpacked(written([](Sink sink) { return xlsx_writer(std::move(sink)); }, rows)).at("xl/worksheets/sheet1.xml");
  CHECK(count(xlsx, "<f>") == 0);
  CHECK(count(xlsx, "s=\"4\" t=\"inlineStr\"") == 7);  // marked to stay text when edited; full-width signs are none to Excel
}

TEST_CASE("a text keeps its spaces, lines and what looks like an escape; XML keeps out what it cannot hold") {
  std::string out;
  odf_paragraphs(out, " a  b\tc \n d");
  CHECK(out == "<text:p><text:s/>a<text:s text:c=\"2\"/>b<text:tab/>c<text:s/></text:p><text:p><text:s/>d</text:p>");
  CHECK(xml("a\x01" "b\xFF\xEF\xBF\xBF\xED\xA0\x80" "c") == "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" "c");
  const auto sheet = unpacked(written([](Sink sink) { return xlsx_writer(std::move(sink)); }, {{Cell::of(std::string("_x0041_ _x41_"))}})).at("xl/worksheets/sheet1.xml");
  CHECK(sheet.find("_x005F_x0041_ _x41_") != std::string::npos);
}

TEST_CASE("the memory of a writer does not grow with its rows, and equal tables make equal bytes") {
  for (const auto format : {Format::csv, Format::ods, Format::xlsx}) {
    std::size_t largest = 0;
    std::size_t total = 0;
    auto writer = writer_of(format, [&](std::string_view piece) {
      largest = std::max(largest, piece.size());
      total += piece.size();
    });
    writer->begin(head());
    for (int i = 0; i < 20'000; ++i) writer->row(sample());
    writer->finish();
    CHECK(total > 50'000);
    CHECK(largest <= 64 * 1024);
  }
  const auto once = written([](Sink sink) { return ods_writer(std::move(sink)); }, {sample()});
  CHECK(once == written([](Sink sink) { return ods_writer(std::move(sink)); }, {sample()}));
}
