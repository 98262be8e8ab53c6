#include "foundation/feeds/atom_text.hpp"

namespace mandate::feeds {
namespace {

constexpr const char* tag_day = "2026-01-01";  // RFC 4151: a day on which the city had its name

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;  // XML 1.0 knows no other control characters
    }
  }
  return out;
}

}  // namespace

std::string atom_text(const AtomHead& head, const std::vector<PublicChange>& changes) {
  const std::string tag = "tag:" + escaped(head.host) + "," + tag_day + ":";
  const std::string base = escaped(head.base);
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"";
  out += head.language == Language::en ? "en" : "zh-Hant-TW";
  out += "\">\n<id>" + tag + "changes</id>\n<title>" + escaped(head.title) + "</title>\n";
  // Of an empty feed too: the day the ids are named by.
  out += "<updated>" + (changes.empty() ? std::string(tag_day) + "T00:00:00Z" : changes.front().at.rfc3339()) + "</updated>\n";
  out += "<author><name>" + escaped(head.author) + "</name></author>\n";
  out += "<link rel=\"self\" type=\"application/atom+xml\" href=\"" + base + escaped(head.self) + "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"" + base + "/\"/>\n";
  for (const auto& c : changes) {
    out += "<entry>\n<id>" + tag + "event-" + std::to_string(c.id) + "</id>\n<title>" + escaped(c.title) + "</title>\n<updated>" + c.at.rfc3339() + "</updated>\n";
    out += "<link rel=\"alternate\" type=\"text/html\" href=\"" + base + escaped(c.path) + "\"/>\n<summary>" + escaped(c.text) + "</summary>\n</entry>\n";
  }
  return out + "</feed>\n";
}

}  // namespace mandate::feeds
