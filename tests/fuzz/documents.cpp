// An office document's text: content of an ODT or a DOCX, its styles or numbering.
// sources: src/kernel/*.cpp src/platform/sheets/xml_entry.cpp src/platform/documents/document_text.cpp src/platform/documents/odt.cpp src/platform/documents/docx.cpp
#include "platform/documents/document_text.hpp"
#include "platform/sheets/xml_entry.hpp"

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr std::array<std::array<const char*, 2>, 4> entries{{{"content.xml", ""}, {"styles.xml", "content.xml"}, {"word/document.xml", ""}, {"word/numbering.xml", "word/document.xml"}}};
  const auto& names = entries[data[0] % entries.size()];
  const std::string_view content(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string rest = "<a><w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p></a>";
  const auto path = std::filesystem::temp_directory_path() / ("mandate-fuzz-document-" + std::to_string(::getpid()));
  int code = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  const auto add = [&](const char* name, std::string_view text) {
    const auto at = zip_file_add(zip, name, zip_source_buffer(zip, text.data(), text.size(), 0), 0);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  };
  add(names[0], content);
  if (*names[1] != '\0') add(names[1], rest);
  zip_close(zip);
  const auto text = mandate::documents::document_text(path);
  if (text.ok() && text->size() > std::size_t{32} << 20) __builtin_trap();
  return 0;
}
