#include "platform/http/streams.hpp"

#include "platform/http/message.hpp"

#include <fmt/format.h>

namespace mandate::http {
namespace {

constexpr std::size_t waiting_bytes_max = 64 * 1024;

bool read_number(std::string_view text, std::uint64_t& out) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos) return false;
  out = std::stoull(std::string(text));
  return true;
}

}  // namespace

bool EventStream::send(std::string_view text) {
  std::function<void()> wake;
  bool taken = true;
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    if (waiting_.size() + text.size() > waiting_bytes_max) {
      ended_ = true;
      taken = false;
    } else {
      waiting_ += text;
    }
    if (!woken_ || ended_) {
      woken_ = true;
      wake = wake_;
    }
  }
  if (wake) wake();
  return taken;
}

void EventStream::end() {
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    wake = wake_;
  }
  if (wake) wake();
}

bool EventStream::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

// RFC 9110, section 14: one range of bytes; several at once, and units that nobody knows, are answered with the whole.
Response file_response(const Request& request, const std::filesystem::path& path, std::uint64_t size, const std::string& content_type) {
  Response response;
  response.content_type = content_type;
  response.headers.emplace_back("Accept-Ranges", "bytes");
  response.file = FileBody{path, 0, size};
  auto range = request.header("range");
  if (range.rfind("bytes=", 0) != 0 || range.find(',') != std::string_view::npos || !request.header("if-range").empty()) return response;
  range.remove_prefix(6);
  const auto dash = range.find('-');
  if (dash == std::string_view::npos) return response;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  const bool has_first = read_number(range.substr(0, dash), first);
  const bool has_last = read_number(range.substr(dash + 1), last);
  if (!has_first && !has_last) return response;
  if (!has_first) {  // the last so many bytes
    first = last >= size ? 0 : size - last;
    if (last == 0) first = size;
    last = size == 0 ? 0 : size - 1;
  } else if (!has_last || last >= size) {
    if (dash + 1 != range.size() && !has_last) return response;
    last = size == 0 ? 0 : size - 1;
  }
  if (first >= size || last < first) {
    response.status = 416;
    response.file.reset();
    response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
    return response;
  }
  response.status = 206;
  response.headers.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", first, last, size));
  response.file = FileBody{path, first, last - first + 1};
  return response;
}

}  // namespace mandate::http
