#include "foundation/notices/rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::notices;

namespace {

// Week days are open, except for Thursday 2026-12-03.
bool open_day(Date on) { return on.weekday() <= 5 && on != *Date::parse("2026-12-03"); }

std::string next(MailMode mode, const char* taipei, Preferences p = {}) {
  const auto now = *Instant::parse(std::string(taipei) + ":00+08:00");
  return taipei_time_text(next_mail_at(mode, p, now, open_day));
}

}  // namespace

TEST_CASE("a single mail waits for the end of the quiet time and for an office day") {
  // 2026-12-01 is a Tuesday.
  CHECK(next(MailMode::single, "2026-12-01T10:00") == "2026-12-01 10:00");
  CHECK(next(MailMode::single, "2026-12-01T17:59") == "2026-12-01 17:59");
  CHECK(next(MailMode::single, "2026-12-01T18:00") == "2026-12-02 08:00");
  CHECK(next(MailMode::single, "2026-12-01T07:59") == "2026-12-01 08:00");
  CHECK(next(MailMode::single, "2026-12-01T08:00") == "2026-12-01 08:00");
  CHECK(next(MailMode::single, "2026-12-02T20:00") == "2026-12-04 08:00");  // the Thursday is closed
  CHECK(next(MailMode::single, "2026-12-05T12:00") == "2026-12-07 08:00");  // Saturday to Monday
  Preferences always;
  always.office_days = false;
  always.quiet_from = always.quiet_to = 0;
  CHECK(next(MailMode::single, "2026-12-05T23:30", always) == "2026-12-05 23:30");
  Preferences noon;
  noon.quiet_from = 12 * 60;
  noon.quiet_to = 13 * 60;
  CHECK(next(MailMode::single, "2026-12-01T12:30", noon) == "2026-12-01 13:00");
  CHECK(next(MailMode::single, "2026-12-01T22:00", noon) == "2026-12-01 22:00");
}

TEST_CASE("a daily digest goes out at its time on an open day, a weekly one on its day or the next open one") {
  CHECK(next(MailMode::daily, "2026-12-01T08:00") == "2026-12-01 08:30");
  CHECK(next(MailMode::daily, "2026-12-01T08:30") == "2026-12-01 08:30");
  CHECK(next(MailMode::daily, "2026-12-01T08:31") == "2026-12-02 08:30");
  CHECK(next(MailMode::daily, "2026-12-02T09:00") == "2026-12-04 08:30");
  CHECK(next(MailMode::weekly, "2026-12-01T09:00") == "2026-12-07 08:30");
  Preferences thursday;
  thursday.weekly_on = 4;
  CHECK(next(MailMode::weekly, "2026-12-01T09:00", thursday) == "2026-12-04 08:30");
  CHECK(next(MailMode::weekly, "2026-12-07T08:31") == "2026-12-14 08:30");
}

TEST_CASE("preferences that would let something slip are refused by their field") {
  const auto field = [](Preferences p) {
    const auto result = check_preferences(p);
    return result.ok() ? std::string() : result.fault().fields.front().path + " " + result.fault().fields.front().key;
  };
  Preferences p;
  CHECK(field(p).empty());
  p.chase = MailMode::none;
  CHECK(field(p) == "chase notice.chase_needs_mail");
  p = {};
  p.digest_at = 7 * 60 + 59;
  CHECK(field(p) == "digest_at notice.digest_in_quiet_time");
  p.digest_at = 8 * 60;
  CHECK(field(p).empty());
  p.digest_at = 24 * 60;
  CHECK(field(p) == "digest_at input.out_of_range");
  p = {};
  p.weekly_on = 0;
  CHECK(field(p) == "weekly_on input.out_of_range");
}
