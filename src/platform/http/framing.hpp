// The check of a request's raw header block, before any parser sees it (RFC 9112). Beast 1.81 alone accepts what this refuses: a
// Transfer-Encoding other than chunked, folded lines, no or two Hosts, doubled lengths, lower-case methods, absolute targets, stray bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mandate::http {

struct Framing {
  bool chunked = false;
  std::optional<std::uint64_t> length;  // of the body
  bool http10 = false;  // no answer in chunks
  bool keep_alive = true;
  bool expect_continue = false;
};

struct FramingFault {
  int status;          // 400, 405, 411, 414, 417, 431, 501, 505
  const char* reason;  // English, for the log and the body: a peer that sends this is a program
};

// block: from the first byte of the request line to and with the empty line. Exactly one of the two is set.
struct FramingAnswer {
  std::optional<Framing> framing;
  std::optional<FramingFault> fault;
};
FramingAnswer check_framing(std::string_view block);

// Takes a chunked body apart as its bytes arrive. Extensions and trailers are refused: no client of ours sends them, and they hide bytes.
class ChunkedBody {
 public:
  enum class State { more, done, bad, too_large };
  // Consumes from the front of `bytes`; appends to body().
  State take(std::string& bytes, std::uint64_t limit);
  std::string& body() { return body_; }

 private:
  std::string body_;
  std::uint64_t left_ = 0;
  enum class Step { size, data, data_end, last } step_ = Step::size;
};

}  // namespace mandate::http
