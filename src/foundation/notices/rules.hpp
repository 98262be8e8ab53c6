// When a person's mail goes out. Pure: the calendar is a parameter.
#pragma once

#include "kernel/date.hpp"
#include "kernel/result.hpp"

#include <boost/describe.hpp>
#include <functional>
#include <string>

namespace mandate::notices {

// What a notice is about, as people choose by: a chase (稽催), work that has come to them, a mention, a change of what they follow.
BOOST_DEFINE_ENUM_CLASS(Category, chase, task, mention, change)
BOOST_DEFINE_ENUM_CLASS(MailMode, single, daily, weekly, none)

// One person's choice. Minutes after midnight; a quiet time that begins later than it ends goes over midnight; equal ends mean no quiet time.
struct Preferences {
  MailMode chase = MailMode::single;
  MailMode task = MailMode::daily;
  MailMode mention = MailMode::single;
  MailMode change = MailMode::daily;
  int quiet_from = 18 * 60;
  int quiet_to = 8 * 60;
  bool office_days = true;  // only on days that the office calendar says are open
  int digest_at = 8 * 60 + 30;
  int weekly_on = 1;  // 1 = Monday
};

MailMode mode_of(const Preferences& preferences, Category category);
// Refused: times outside of a day, a digest in the quiet time, no mail at all about chases (nothing may slip).
Result<> check_preferences(const Preferences& preferences);

using OpenDay = std::function<bool(Date)>;
// The moment, not before now, at which a mail of this mode may go out. A weekly digest whose day is closed goes on the next open day.
Instant next_mail_at(MailMode mode, const Preferences& preferences, Instant now, const OpenDay& open);

}  // namespace mandate::notices
