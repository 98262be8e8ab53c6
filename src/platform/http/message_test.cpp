#include "platform/http/message.hpp"

#include <doctest/doctest.h>

using namespace mandate::http;

TEST_CASE("the client's address is believed from a trusted proxy only") {
  const std::set<std::string> trusted = {"127.0.0.1", "10.0.0.2"};
  CHECK(client_address("203.0.113.9", "198.51.100.1", trusted) == "203.0.113.9");
  CHECK(client_address("127.0.0.1", "198.51.100.1", {}) == "127.0.0.1");
  CHECK(client_address("127.0.0.1", "", trusted) == "127.0.0.1");
  CHECK(client_address("127.0.0.1", "198.51.100.1", trusted) == "198.51.100.1");
  CHECK(client_address("127.0.0.1", "2001:db8::7", trusted) == "2001:db8::7");
  // What a client wrote itself stands to the left of what the proxies added.
  CHECK(client_address("127.0.0.1", "1.2.3.4, 198.51.100.1", trusted) == "198.51.100.1");
  CHECK(client_address("127.0.0.1", "1.2.3.4, 198.51.100.1 , 10.0.0.2", trusted) == "198.51.100.1");
  CHECK(client_address("127.0.0.1", "198.51.100.1, unknown, 10.0.0.2", trusted) == "10.0.0.2");
  CHECK(client_address("127.0.0.1", "1.2.3.4:80", trusted) == "127.0.0.1");
  CHECK(client_address("127.0.0.1", ",,", trusted) == "127.0.0.1");
}
