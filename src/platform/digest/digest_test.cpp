#include "platform/digest/digest.hpp"

#include <doctest/doctest.h>

using namespace mandate;

// FIPS 180-4's own examples.
TEST_CASE("SHA-256 of known texts") {
  CHECK(digest::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("SHA-256 in pieces is that of the whole, also when its state was kept in between") {
  digest::Sha256 one;
  one.add("a");
  digest::Sha256 two;
  REQUIRE(two.restore(one.state()));
  two.add("bc");
  CHECK(two.finish_hex() == digest::sha256_hex("abc"));
  CHECK(one.finish_hex() == digest::sha256_hex("a"));
  CHECK_FALSE(two.restore("00"));
  CHECK_FALSE(two.restore("no state"));
}

TEST_CASE("hexadecimal goes there and back, and nothing else is taken for it") {
  const std::string bytes("\x00\xff\x10 a", 5);
  CHECK(digest::hex(bytes) == "00ff102061");
  CHECK(digest::from_hex("00ff102061") == bytes);
  CHECK(digest::from_hex("0") == "");
  CHECK(digest::from_hex("0g") == "");
  CHECK(digest::from_hex("00 f") == "");
}

TEST_CASE("random texts have their length and differ") {
  const auto a = digest::random_hex(16);
  CHECK(a.size() == 32);
  CHECK(a != digest::random_hex(16));
}
