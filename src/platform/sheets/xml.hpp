// Text into XML 1.0: escaped, and without the characters that it cannot hold at all.
#pragma once

#include <string>
#include <string_view>

namespace mandate::sheets {

// Appends; bytes that are not UTF-8 and control characters become U+FFFD, carriage returns are dropped before line feeds.
void append_xml(std::string& out, std::string_view text);
inline std::string xml(std::string_view text) {
  std::string out;
  append_xml(out, text);
  return out;
}

}  // namespace mandate::sheets
