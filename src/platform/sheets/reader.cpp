#include "platform/sheets/reader.hpp"

#include "platform/sheets/readers.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <fstream>

namespace mandate::sheets {

void drop_empty_end(SourceRow& row) {
  while (!row.cells.empty() && row.cells.back().kind == SourceKind::empty) row.cells.pop_back();
}

std::string plain_number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return text;
  if (value == std::floor(value) && std::fabs(value) < 1e15) return std::to_string(static_cast<long long>(value));
  // What a program computed as 0.30000000000000004 was typed as 0.3: it shows 15 digits, and so do we.
  std::array<char, 40> buffer;
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 15);
  return {buffer.data(), written.ptr};
}

Result<std::unique_ptr<SheetReader>> open_sheet(const std::filesystem::path& file) {
  std::array<char, 8> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  const std::string_view begin(head.data(), static_cast<std::size_t>(in.gcount()));
  if (begin.empty()) return field_fault("file", "sheet.empty");
  if (begin.substr(0, 4) == std::string_view("PK\x03\x04", 4)) {
    auto zip = open_zip(file);
    if (!zip) return broken_sheet();
    if (has_entry(zip.get(), "xl/workbook.xml")) return open_xlsx(std::move(zip));
    if (has_entry(zip.get(), "content.xml")) return open_ods(std::move(zip));
    return field_fault("file", "sheet.unknown_format");
  }
  // The old binary format of Excel, which is also how a locked XLSX looks.
  if (begin == std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8)) return field_fault("file", "sheet.old_excel");
  if (begin.substr(0, 5) == "%PDF-" || begin.find('\0') == 0) return field_fault("file", "sheet.unknown_format");
  return open_csv(file);
}

}  // namespace mandate::sheets
