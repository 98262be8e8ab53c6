#include "platform/http/framing.hpp"

#include <algorithm>
#include <string>

namespace mandate::http {
namespace {

bool token_char(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<FramingFault> check_request_line(std::string_view line, bool& http10) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || first == 0) return FramingFault{400, "malformed request line"};
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!std::all_of(method.begin(), method.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return FramingFault{400, "malformed method"};
  if (version == "HTTP/1.0") {
    http10 = true;
  } else if (version != "HTTP/1.1") {
    return version.substr(0, 5) == "HTTP/" ? FramingFault{505, "HTTP version not supported"} : FramingFault{400, "malformed version"};
  }
  static constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  if (std::find(std::begin(methods), std::end(methods), method) == std::end(methods)) return FramingFault{501, "method not implemented"};
  if (target.size() > 4096) return FramingFault{414, "target too long"};
  if (target.empty() || target.front() != '/') return FramingFault{400, "the target must be a path"};
  for (const char c : target) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}' || c == '#') {
      return FramingFault{400, "a byte that a target may not hold"};
    }
  }
  return std::nullopt;
}

// A host name or address with an optional port; nothing that could confuse a proxy.
bool good_host(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == ':' || c == '[' || c == ']' || c == '_';
  });
}

}  // namespace

FramingAnswer check_framing(std::string_view block) {
  const auto refuse = [](int status, const char* reason) { return FramingAnswer{std::nullopt, FramingFault{status, reason}}; };
  Framing framing;
  bool http10 = false;
  bool first = true;
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;
  int count = 0;
  while (true) {
    const auto end = block.find("\r\n");
    if (end == std::string_view::npos) return refuse(400, "a line without its end");
    const auto line = block.substr(0, end);
    block.remove_prefix(end + 2);
    if (line.empty() && !first) break;
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) return refuse(400, "a bare CR, LF or NUL");
    if (first) {
      first = false;
      if (auto fault = check_request_line(line, http10)) return {std::nullopt, fault};
      framing.keep_alive = !http10;
      framing.http10 = http10;
      continue;
    }
    if (++count > 100) return refuse(431, "too many header fields");
    if (line.front() == ' ' || line.front() == '\t') return refuse(400, "a folded header line");
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return refuse(400, "a header line without a name");
    const auto name = line.substr(0, colon);
    if (!std::all_of(name.begin(), name.end(), [](char c) { return token_char(static_cast<unsigned char>(c)); })) return refuse(400, "a malformed header name");
    const auto value = trim(line.substr(colon + 1));
    for (const char c : value) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte < 0x20 && c != '\t') || byte == 0x7F) return refuse(400, "a control character in a header");
    }
    const std::string key = lower(name);
    if (key == "host") {
      if (++hosts > 1 || !good_host(value)) return refuse(400, "a doubled or malformed Host");
    } else if (key == "content-length") {
      if (++lengths > 1 || value.empty() || value.size() > 18 || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return refuse(400, "a doubled or malformed Content-Length");
      }
      framing.length = std::stoull(std::string(value));
    } else if (key == "transfer-encoding") {
      if (++encodings > 1 || lower(value) != "chunked") return refuse(501, "a Transfer-Encoding other than chunked");
      framing.chunked = true;
    } else if (key == "connection") {
      const std::string options = lower(value);
      if (options.find("close") != std::string::npos) framing.keep_alive = false;
      if (http10 && options.find("keep-alive") != std::string::npos) framing.keep_alive = true;
    } else if (key == "expect") {
      if (lower(value) != "100-continue") return refuse(417, "an unknown expectation");
      framing.expect_continue = true;
    } else if (key == "upgrade" || key == "trailer" || key == "te") {
      // Ignored: nothing is upgraded, no trailer is taken.
    }
  }
  if (!block.empty()) return refuse(400, "bytes after the header");
  if (hosts == 0 && !http10) return refuse(400, "no Host");
  if (framing.chunked && (lengths > 0 || http10)) return refuse(400, "a chunked body with a length, or in HTTP/1.0");
  return {framing, std::nullopt};
}

ChunkedBody::State ChunkedBody::take(std::string& bytes, std::uint64_t limit) {
  std::size_t used = 0;
  const auto finish = [&](State state) {
    bytes.erase(0, used);
    return state;
  };
  while (true) {
    const std::string_view rest = std::string_view(bytes).substr(used);
    if (step_ == Step::data) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left_, rest.size()));
      body_.append(rest.substr(0, n));
      used += n;
      left_ -= n;
      if (left_ > 0) return finish(State::more);
      step_ = Step::data_end;
      continue;
    }
    const auto end = rest.find("\r\n");
    if (end == std::string_view::npos) return finish(rest.size() > 18 ? State::bad : State::more);
    const auto line = rest.substr(0, end);
    used += end + 2;
    if (step_ == Step::data_end) {
      if (!line.empty()) return finish(State::bad);
      step_ = Step::size;
    } else if (step_ == Step::last) {
      return finish(line.empty() ? State::done : State::bad);
    } else {
      if (line.empty() || line.size() > 8) return finish(State::bad);
      left_ = 0;
      for (const char c : line) {
        int digit = -1;
        if (c >= '0' && c <= '9') digit = c - '0';
        if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        if (digit < 0) return finish(State::bad);
        left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
      }
      if (body_.size() + left_ > limit) return finish(State::too_large);
      step_ = left_ == 0 ? Step::last : Step::data;
    }
  }
}

}  // namespace mandate::http
