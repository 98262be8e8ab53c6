#include "platform/http/framing.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace mandate::http;

namespace {

int status_of(const std::string& block) {
  const auto answer = check_framing(block);
  return answer.fault ? answer.fault->status : 200;
}

const std::string host = "Host: city.example\r\n";

}  // namespace

TEST_CASE("ordinary requests pass") {
  CHECK(status_of("GET / HTTP/1.1\r\n" + host + "\r\n") == 200);
  CHECK(status_of("POST /api/x?q=%E8%87%BA HTTP/1.1\r\n" + host + "Content-Length: 12\r\nExpect: 100-continue\r\n\r\n") == 200);
  CHECK(status_of("POST /api/x HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n") == 200);
  CHECK(status_of("GET / HTTP/1.0\r\n\r\n") == 200);
  CHECK_FALSE(check_framing("GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n").framing->keep_alive);
}

TEST_CASE("hostile framings are refused") {
  struct Case {
    const char* name;
    std::string block;
    int status;
  };
  const std::vector<Case> cases = {
      {"gzip coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n\r\n", 501},
      {"identity coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: identity\r\n\r\n", 501},
      {"xchunked", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n", 501},
      {"chunked then gzip", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n", 501},
      {"two codings", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501},
      {"chunked with length", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
      {"chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"folded line", "GET / HTTP/1.1\r\n" + host + "X-A: b\r\n c\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
      {"host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"equal lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
      {"length list", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5, 5\r\n\r\n", 400},
      {"signed length", "POST / HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\n", 400},
      {"hex length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 0x5\r\n\r\n", 400},
      {"length overflow", "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"empty length", "POST / HTTP/1.1\r\n" + host + "Content-Length:\r\n\r\n", 400},
      {"space before colon", "GET / HTTP/1.1\r\n" + host + "X-A : b\r\n\r\n", 400},
      {"empty name", "GET / HTTP/1.1\r\n" + host + ": b\r\n\r\n", 400},
      {"no colon", "GET / HTTP/1.1\r\n" + host + "X-A\r\n\r\n", 400},
      {"raw byte in target", "GET /\x80 HTTP/1.1\r\n" + host + "\r\n", 400},
      {"space in target", "GET /a b HTTP/1.1\r\n" + host + "\r\n", 400},
      {"absolute form", "GET http://x/ HTTP/1.1\r\n" + host + "\r\n", 400},
      {"asterisk form", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 400},
      {"no target", "GET HTTP/1.1\r\n" + host + "\r\n", 400},
      {"lower-case method", "get / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"strange method", "GET! / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"unknown method", "BREW / HTTP/1.1\r\n" + host + "\r\n", 501},
      {"connect", "CONNECT / HTTP/1.1\r\n" + host + "\r\n", 501},
      {"trace", "TRACE / HTTP/1.1\r\n" + host + "\r\n", 501},
      {"version 2", "GET / HTTP/2.0\r\n" + host + "\r\n", 505},
      {"bad version", "GET / HTTX/1.1\r\n" + host + "\r\n", 400},
      {"bare LF", "GET / HTTP/1.1\n" + host + "\r\n\r\n", 400},
      {"LF inside", "GET / HTTP/1.1\r\n" + host + "X: a\nContent-Length: 5\r\n\r\n", 400},
      {"CR inside", "GET / HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n", 400},
      {"NUL inside", std::string("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 36), 400},
      {"unknown expectation", "POST / HTTP/1.1\r\n" + host + "Expect: more\r\n\r\n", 417},
      {"fragment in target", "GET /#a HTTP/1.1\r\n" + host + "\r\n", 400},
      {"long target", "GET /" + std::string(5000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414},
  };
  for (const auto& c : cases) {
    INFO(c.name);
    CHECK(status_of(c.block) == c.status);
  }
  std::string many = "GET / HTTP/1.1\r\n" + host;
  for (int i = 0; i < 120; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  CHECK(status_of(many + "\r\n") == 431);
}

TEST_CASE("chunked bodies are taken apart byte by byte alike, and nothing but data is allowed in them") {
  const auto run = [](const std::string& bytes, std::size_t step, std::string& body) {
    ChunkedBody chunked;
    std::string buffer;
    auto state = ChunkedBody::State::more;
    for (std::size_t at = 0; at < bytes.size() && state == ChunkedBody::State::more; at += step) {
      buffer += bytes.substr(at, step);
      state = chunked.take(buffer, 64);
    }
    body = chunked.body();
    return state;
  };
  std::string body;
  for (std::size_t step : {1, 2, 3, 7, 100}) {
    CHECK(run("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", step, body) == ChunkedBody::State::done);
    CHECK(body == "hello world");
    CHECK(run("5;x=1\r\nhello\r\n0\r\n\r\n", step, body) == ChunkedBody::State::bad);
    CHECK(run("5\r\nhelloX\r\n0\r\n\r\n", step, body) == ChunkedBody::State::bad);
    CHECK(run("0\r\nTrailer: x\r\n\r\n", step, body) == ChunkedBody::State::bad);
    CHECK(run("-1\r\n", step, body) == ChunkedBody::State::bad);
    CHECK(run("0x5\r\nhello\r\n0\r\n\r\n", step, body) == ChunkedBody::State::bad);
    CHECK(run("41\r\n", step, body) == ChunkedBody::State::too_large);
    CHECK(run(std::string(40, '1'), step, body) == ChunkedBody::State::bad);
  }
}
