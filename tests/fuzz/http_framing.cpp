// The head of a request and a chunked body.
// sources: src/platform/http/framing.cpp
#include "platform/http/framing.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto answer = mandate::http::check_framing(all);
  if (answer.framing.has_value() == answer.fault.has_value()) __builtin_trap();
  // A message has one way to end.
  if (answer.framing && answer.framing->chunked && answer.framing->length) __builtin_trap();
  mandate::http::ChunkedBody body;
  std::string bytes;
  for (std::size_t at = 0; at < size; at += 7) {
    bytes += all.substr(at, 7);
    const auto state = body.take(bytes, 4096);
    if (body.body().size() > 4096) __builtin_trap();
    if (state != mandate::http::ChunkedBody::State::more) break;
  }
  return 0;
}
