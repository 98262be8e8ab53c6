#include "platform/mail/rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::mail;

TEST_CASE("what a server answers decides over the mail, over the server, or over nothing yet") {
  struct Row {
    Step step;
    std::int64_t code;
    Verdict verdict;
    const char* key;
  };
  const Row rows[] = {
      {Step::end, 250, Verdict::sent, ""},
      {Step::connect, 421, Verdict::server, "busy"},
      {Step::connect, 554, Verdict::server, "server_refused"},
      {Step::hello, 500, Verdict::server, "server_refused"},
      {Step::sign_in, 535, Verdict::server, "sign_in"},
      {Step::sign_in, 454, Verdict::server, "busy"},
      {Step::sender, 550, Verdict::server, "sender_refused"},
      {Step::sender, 552, Verdict::dead, "content_refused"},
      {Step::sender, 451, Verdict::later, "busy"},
      {Step::recipient, 550, Verdict::dead, "recipient_refused"},
      {Step::recipient, 450, Verdict::later, "busy"},
      {Step::recipient, 421, Verdict::server, "busy"},
      {Step::content, 554, Verdict::dead, "content_refused"},
      {Step::content, 499, Verdict::later, "busy"},
      {Step::content, 500, Verdict::dead, "content_refused"},
  };
  for (const auto& row : rows) {
    const auto outcome = judge(row.step, row.code, Trouble::answered);
    INFO(boost::describe::enum_to_string(row.step, ""), " ", row.code);
    CHECK(outcome.verdict == row.verdict);
    CHECK(outcome.error.key == row.key);
  }
  CHECK(judge(Step::connect, 0, Trouble::unreachable).verdict == Verdict::server);
  CHECK(judge(Step::content, 0, Trouble::dropped).verdict == Verdict::server);
  CHECK(judge(Step::recipient, 0, Trouble::time_out).error.step == Step::recipient);
  CHECK(judge(Step::starttls, 0, Trouble::certificate).error.key == "certificate");
  CHECK(judge(Step::content, 0, Trouble::stopped).verdict == Verdict::again);
}

TEST_CASE("a mail waits 1, 5, 15, 60 minutes, then an hour each time, and up to a fifth longer") {
  const std::int64_t minutes[] = {1, 5, 15, 60, 60, 60};
  for (int i = 0; i < 6; ++i) {
    CHECK(back_off_seconds(i + 1, 0) == minutes[i] * 60);
    CHECK(back_off_seconds(i + 1, 0.999) < minutes[i] * 72);
    CHECK(back_off_seconds(i + 1, 0.999) >= minutes[i] * 71);
  }
  CHECK(probe_seconds(1) == 60);
  CHECK(probe_seconds(2) == 300);
  CHECK(probe_seconds(3) == 900);
  CHECK(probe_seconds(30) == 900);
}

TEST_CASE("a mail is given up at its hours and not a second before") {
  const Instant queued{0};
  CHECK(!too_old(queued, queued.plus_seconds(72 * 3600 - 1), 72));
  CHECK(too_old(queued, queued.plus_seconds(72 * 3600), 72));
}
