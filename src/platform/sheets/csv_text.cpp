#include "platform/sheets/csv_text.hpp"

#include "platform/csv/csv.hpp"
#include "platform/sheets/reader.hpp"

namespace mandate::sheets {

Result<std::string> csv_text(const std::filesystem::path& file) {
  MANDATE_ASSIGN(auto reader, open_sheet(file));
  csv::Writer out(false);
  SourceRow row;
  std::size_t width = 0;
  std::size_t bytes = 0;
  while (true) {
    MANDATE_ASSIGN(const bool more, reader->next(row));
    if (!more) break;
    if (width == 0) width = row.cells.size();
    std::vector<std::string> fields;
    for (auto& cell : row.cells) {
      bytes += cell.text.size() + 1;
      fields.push_back(std::move(cell.text));
    }
    if (bytes > csv_text_max) return field_fault("file", "sheet.too_long_text", {{"max", std::to_string(csv_text_max >> 20)}});
    fields.resize(std::max(width, fields.size()));
    out.row(fields);
  }
  if (width == 0) return field_fault("file", "sheet.no_rows");
  return out.take();
}

}  // namespace mandate::sheets
