#include "platform/sheets/odf.hpp"

#include "platform/sheets/xml.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mandate::sheets {

std::string odf_open(std::string_view element) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:{} xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
      "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
      "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
      "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.3\">\n",
      element);
}

std::string odf_document(std::string_view element, std::string_view inside) { return odf_open(element) + std::string(inside) + fmt::format("</office:{}>", element); }

std::string odf_meta(std::string_view title) { return odf_document("document-meta", "<office:meta><meta:generator>Mandate</meta:generator><dc:title>" + xml(title) + "</dc:title></office:meta>"); }

std::string odf_manifest(std::string_view type, const std::vector<std::string>& parts) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\n"
      "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{}\"/>\n",
      type);
  for (const auto& part : parts) {
    const auto ends = [&](std::string_view with) { return part.size() > with.size() && std::string_view(part).substr(part.size() - with.size()) == with; };
    out += fmt::format("<manifest:file-entry manifest:full-path=\"{}\" manifest:media-type=\"{}\"/>\n", part, ends(".png") ? "image/png" : ends(".svg") ? "image/svg+xml" : "text/xml");
  }
  return out + "</manifest:manifest>";
}

void odf_text(std::string& out, std::string_view text, bool tabs) {
  std::string spaced;
  if (!tabs && text.find('\t') != std::string_view::npos) {
    spaced = text;
    std::replace(spaced.begin(), spaced.end(), '\t', ' ');
    text = spaced;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = std::min(text.find_first_of(" \t", at), text.size());
    append_xml(out, text.substr(at, end - at));
    at = end;
    if (at == text.size()) return;
    if (text[at] == '\t') {
      out += "<text:tab/>";
      ++at;
      continue;
    }
    const auto last = std::min(text.find_first_not_of(' ', at), text.size());
    const auto count = last - at;
    // One space between words stays as it is; at either end, and beyond the first, they are counted.
    if (count == 1 && at > 0 && last < text.size() && text[at - 1] != '\t' && text[last] != '\t') {
      out += ' ';
    } else {
      out += count == 1 ? std::string("<text:s/>") : fmt::format("<text:s text:c=\"{}\"/>", count);
    }
    at = last;
  }
}

void odf_paragraphs(std::string& out, std::string_view text, bool tabs) {
  while (true) {
    auto end = text.find_first_of("\r\n");
    out += "<text:p>";
    odf_text(out, text.substr(0, end), tabs);
    out += "</text:p>";
    if (end == std::string_view::npos) return;
    if (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n') ++end;
    text.remove_prefix(end + 1);
  }
}

}  // namespace mandate::sheets
