#include "platform/http/unique_members.hpp"

#include <doctest/doctest.h>

using mandate::http::has_unique_members;

TEST_CASE("a member named twice in one object is seen, however it is written") {
  CHECK(has_unique_members("{}", 32));
  CHECK(has_unique_members(R"({"a": 1, "b": [{"a": 2}, {"a": 3}], "c": {"a": 4}})", 32));
  CHECK(has_unique_members(R"([1, "two", null, true, -3.5e2, 18446744073709551615])", 32));
  CHECK_FALSE(has_unique_members(R"({"a": 1, "a": 1})", 32));
  CHECK_FALSE(has_unique_members(R"({"a": 1, "\u0061": 2})", 32));
  CHECK_FALSE(has_unique_members(R"({"x": [{"y": {"a": 1, "b": 2, "a": 3}}]})", 32));
  CHECK_FALSE(has_unique_members(R"({"a": 1)", 32));
  CHECK_FALSE(has_unique_members("{} {}", 32));
  CHECK_FALSE(has_unique_members("", 32));
  CHECK_FALSE(has_unique_members("[[[[1]]]]", 3));
}
