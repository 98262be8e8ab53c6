#include "platform/http/turns.hpp"

#include <doctest/doctest.h>
#include <vector>

using mandate::http::Turns;

TEST_CASE("turns are taken up to their number, then waited for in order, then refused") {
  Turns turns(2, 2);
  std::vector<int> ran;
  const auto job = [&](int n) { return [&ran, n] { ran.push_back(n); }; };
  CHECK(turns.take(job(1)) == Turns::Answer::now);
  CHECK(turns.take(job(2)) == Turns::Answer::now);
  CHECK(turns.take(job(3)) == Turns::Answer::later);
  CHECK(turns.take(job(4)) == Turns::Answer::later);
  CHECK(turns.take(job(5)) == Turns::Answer::no);
  CHECK(ran.empty());  // who has a turn runs by itself
  turns.give_back();
  CHECK(ran == std::vector<int>{3});
  CHECK(turns.take(job(6)) == Turns::Answer::later);
  turns.give_back();
  turns.give_back();
  CHECK(ran == std::vector<int>{3, 4, 6});
  turns.give_back();
  turns.give_back();
  CHECK(turns.take(job(8)) == Turns::Answer::now);
}
