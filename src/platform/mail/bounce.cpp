#include "platform/mail/bounce.hpp"

#include <map>

namespace mandate::mail {
namespace {

using Headers = std::multimap<std::string, std::string>;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  auto line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// Up to the first empty line; `rest` stands behind it afterwards.
Headers take_headers(std::string_view& rest) {
  Headers out;
  auto last = out.end();
  while (!rest.empty()) {
    const auto line = take_line(rest);
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && last != out.end()) {
      last->second += " " + std::string(trimmed(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    last = out.emplace(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
  }
  return out;
}

std::string header(const Headers& headers, const char* name) {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string parameter(const std::string& value, std::string_view name) {
  const auto folded = lower(value);
  for (auto at = folded.find(';'); at != std::string::npos; at = folded.find(';', at + 1)) {
    auto rest = trimmed(std::string_view(value).substr(at + 1));
    if (lower(rest.substr(0, name.size())) != name) continue;
    rest = trimmed(rest.substr(name.size()));
    if (rest.empty() || rest.front() != '=') continue;
    rest = trimmed(rest.substr(1));
    if (!rest.empty() && rest.front() == '"') return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(rest.substr(0, rest.find_first_of("; \t")));
  }
  return "";
}

void add_ids(const std::string& value, std::vector<std::string>& out) {
  for (auto open = value.find('<'); open != std::string::npos && out.size() < 20; open = value.find('<', open + 1)) {
    const auto close = value.find('>', open);
    if (close == std::string::npos) return;
    out.push_back(value.substr(open + 1, close - open - 1));
  }
}

// "5.1.1" or "5.1.1 (bad destination)".
std::int64_t code_of(std::string_view status) {
  std::int64_t code = 0;
  int digits = 0;
  for (const char c : trimmed(status)) {
    if (c >= '0' && c <= '9') {
      code = code * 10 + (c - '0');
      if (++digits == 3) break;
    } else if (c != '.') {
      break;
    }
  }
  return digits == 3 ? code : 0;
}

}  // namespace

std::optional<Bounce> read_bounce(std::string_view raw) {
  auto rest = raw;
  const auto headers = take_headers(rest);
  const auto type = header(headers, "content-type");
  if (lower(type).rfind("multipart/report", 0) != 0 || lower(parameter(type, "report-type")) != "delivery-status") return std::nullopt;
  const auto boundary = parameter(type, "boundary");
  if (boundary.empty()) return std::nullopt;
  Bounce bounce;
  bool reported = false;
  const std::string mark = "--" + boundary;
  // Parts that are too many are nobody's report.
  int parts = 0;
  for (auto at = rest.find(mark); at != std::string_view::npos && parts < 20; ++parts) {
    const auto next = rest.find("\n" + mark, at + 1);
    auto part = rest.substr(at, next == std::string_view::npos ? next : next + 1 - at);
    at = next == std::string_view::npos ? next : next + 1;
    take_line(part);
    const auto part_type = lower(header(take_headers(part), "content-type"));
    if (part_type.rfind("message/delivery-status", 0) == 0 || part_type.rfind("message/global-delivery-status", 0) == 0) {
      while (!part.empty()) {
        const auto fields = take_headers(part);
        const auto action = lower(header(fields, "action"));
        const auto code = code_of(header(fields, "status"));
        if (action != "failed" && action != "delayed") continue;
        reported = true;
        if (bounce.code == 0 || code > bounce.code) bounce.code = code;
        if (action == "failed" && code / 100 == 5) bounce.permanent = true;
      }
    } else if (part_type.rfind("message/rfc822", 0) == 0 || part_type.rfind("text/rfc822-headers", 0) == 0 || part_type.rfind("message/global", 0) == 0) {
      add_ids(header(take_headers(part), "message-id"), bounce.message_ids);
    }
  }
  // Some servers send back no headers, but answer to the mail.
  add_ids(header(headers, "in-reply-to"), bounce.message_ids);
  add_ids(header(headers, "references"), bounce.message_ids);
  return reported ? std::optional(std::move(bounce)) : std::nullopt;
}

}  // namespace mandate::mail
