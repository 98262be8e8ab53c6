// A file that says it is a table, in any of its formats, through matching and reading of its rows.
// sources: src/kernel/*.cpp src/platform/i18n/*.cpp src/platform/sheets/reader.cpp src/platform/sheets/csv_reader.cpp src/platform/sheets/ods_reader.cpp src/platform/sheets/xlsx_reader.cpp src/platform/sheets/xml_entry.cpp src/foundation/imports/cells.cpp src/foundation/imports/matching.cpp
#include "foundation/imports/matching.hpp"
#include "platform/sheets/xml_entry.hpp"

#include <fstream>
#include <unistd.h>

using namespace mandate;

namespace {

// A ZIP with one stored entry, so that the fuzzer's bytes reach the parser and not only the unpacker.
std::string archive_of(const std::string& name, std::string_view content) {
  const auto path = std::filesystem::temp_directory_path() / ("mandate-fuzz-zip-" + std::to_string(::getpid()));
  int code = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  const std::string book = R"(<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>)";
  const std::string relations = R"(<Relationships><Relationship Id="r1" Target="s.xml"/></Relationships>)";
  const auto add = [&](const char* entry, std::string_view text) {
    const auto at = zip_file_add(zip, entry, zip_source_buffer(zip, text.data(), text.size(), 0), 0);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  };
  if (name != "content.xml") {
    add("xl/workbook.xml", book);
    add("xl/_rels/workbook.xml.rels", relations);
    if (name != "xl/s.xml") add("xl/s.xml", "<worksheet/>");
  }
  add(name.c_str(), content);
  zip_close(zip);
  return path;
}

void read(const std::filesystem::path& file) {
  static const imports::Kind kind = [] {
    imports::Kind k;
    k.name = "fuzz";
    k.columns = {{"title", imports::ColumnType::line, true, {"a"}, {}}, {"due_on", imports::ColumnType::period_end, true, {"b"}, {}}, {"detail", imports::ColumnType::text, false, {"c"}, {}}, {"money", imports::ColumnType::integer, false, {}, {}}};
    return k;
  }();
  auto reader = sheets::open_sheet(file);
  if (!reader.ok()) return;
  sheets::SourceRow row;
  std::optional<imports::Titles> titles;
  imports::Mapping mapping;
  for (int rows = 0; rows < 2'000; ++rows) {
    const auto more = (*reader)->next(row);
    if (!more.ok() || !*more) break;
    if (row.cells.empty() || (row.cells.back().kind == sheets::SourceKind::empty && !row.cells.back().formula)) __builtin_trap();
    if (!titles) {
      titles = imports::titles_of(row);
      mapping = imports::match(*titles, kind);
      mapping.push_back({"money", {0}, std::nullopt});
      continue;
    }
    const auto reading = imports::read_row(row, *titles, mapping, kind);
    for ([[maybe_unused]] const auto& [name, value] : reading.values) {
      if (value.empty()) __builtin_trap();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view content(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0: {
      const auto path = std::filesystem::temp_directory_path() / ("mandate-fuzz-" + std::to_string(::getpid()));
      std::ofstream(path, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
      read(path);
      break;
    }
    case 1: read(archive_of("content.xml", content)); break;
    case 2: read(archive_of("xl/s.xml", content)); break;
    case 3: read(archive_of("xl/sharedStrings.xml", content)); break;
    case 4: read(archive_of("xl/styles.xml", content)); break;
  }
  return 0;
}
