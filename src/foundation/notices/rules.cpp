#include "foundation/notices/rules.hpp"

namespace mandate::notices {
namespace {

constexpr int day_minutes = 24 * 60;
constexpr int days_ahead_max = 60;  // no calendar is closed for so long

Instant at_minute(Date on, int minute) { return taipei_midnight(on).plus_seconds(std::int64_t{minute} * 60); }

bool quiet_at(const Preferences& p, int minute) {
  if (p.quiet_from == p.quiet_to) return false;
  if (p.quiet_from < p.quiet_to) return minute >= p.quiet_from && minute < p.quiet_to;
  return minute >= p.quiet_from || minute < p.quiet_to;
}

}  // namespace

MailMode mode_of(const Preferences& p, Category category) {
  switch (category) {
    case Category::chase: return p.chase;
    case Category::task: return p.task;
    case Category::mention: return p.mention;
    case Category::change: return p.change;
  }
  return p.change;
}

Result<> check_preferences(const Preferences& p) {
  const auto in_day = [](int minute) { return minute >= 0 && minute < day_minutes; };
  const MessageArgs day{{"min", "0"}, {"max", "1439"}};
  if (p.chase == MailMode::none) return field_fault("chase", "notice.chase_needs_mail");
  if (!in_day(p.quiet_from)) return field_fault("quiet_from", "input.out_of_range", day);
  if (!in_day(p.quiet_to)) return field_fault("quiet_to", "input.out_of_range", day);
  if (!in_day(p.digest_at)) return field_fault("digest_at", "input.out_of_range", day);
  if (p.weekly_on < 1 || p.weekly_on > 7) return field_fault("weekly_on", "input.out_of_range", {{"min", "1"}, {"max", "7"}});
  if (quiet_at(p, p.digest_at)) return field_fault("digest_at", "notice.digest_in_quiet_time");
  return done();
}

Instant next_mail_at(MailMode mode, const Preferences& p, Instant now, const OpenDay& open) {
  const Date today = taipei_date(now);
  const auto allowed = [&](Date on) { return !p.office_days || open(on); };
  bool week_day_passed = mode != MailMode::weekly;
  for (int ahead = 0; ahead < days_ahead_max; ++ahead) {
    const Date on = today.plus_days(ahead);
    if (mode == MailMode::single) {
      if (!allowed(on)) continue;
      const Instant from = ahead == 0 ? now : at_minute(on, 0);
      const int minute = static_cast<int>((from.micros - taipei_midnight(on).micros) / 60'000'000);
      if (!quiet_at(p, minute)) return from;
      // The quiet time of a night ends in the morning; that of a day, later on the same day.
      if (minute < p.quiet_to) return at_minute(on, p.quiet_to);
      continue;
    }
    if (on.weekday() == p.weekly_on) week_day_passed = true;
    if (!week_day_passed || !allowed(on)) continue;
    const Instant at = at_minute(on, p.digest_at);
    if (at < now) {
      // This week's has gone out already.
      if (mode == MailMode::weekly) week_day_passed = false;
      continue;
    }
    return at;
  }
  return at_minute(today.plus_days(1), p.digest_at);
}

}  // namespace mandate::notices
