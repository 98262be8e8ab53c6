// What becomes of a mail after a try, and when it is tried again: pure, time is a parameter.
#pragma once

#include "kernel/date.hpp"
#include "platform/i18n/messages.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>

namespace mandate::mail {

enum class MailState { waiting, sending, sent, failed, cancelled };
BOOST_DESCRIBE_ENUM(MailState, waiting, sending, sent, failed, cancelled)

// Where in the conversation with the server a try ended.
enum class Step { none, connect, hello, starttls, sign_in, sender, recipient, content, end };
BOOST_DESCRIBE_ENUM(Step, none, connect, hello, starttls, sign_in, sender, recipient, content, end)

// What went wrong below the level of answers; `answered` when the server said a code.
enum class Trouble { answered, unreachable, time_out, dropped, certificate, no_tls, stopped };

// Why a mail is where it is: the key of mail.error.* and mail.cure.*, never an address.
struct MailError {
  std::string key;
  Step step = Step::none;
  std::int64_t code = 0;  // the server's, 0 for none
};

enum class Verdict {
  sent,
  later,   // this mail again after a while; the others go on
  dead,    // this mail never, until a person mends it
  server,  // the server itself takes nothing now: stop after this one
  again    // was in hand when the program stopped: as if not tried
};

struct Outcome {
  Verdict verdict = Verdict::sent;
  MailError error;
};

Outcome judge(Step step, std::int64_t code, Trouble trouble);

// After the n-th failure (from 1): 1, 5, 15, 60 minutes, then hourly; up to a fifth more by `fraction` of [0, 1), so that mails which failed together
// do not come back together.
std::int64_t back_off_seconds(std::int64_t failures, double fraction);
// How long the server is left alone after the n-th probe that found it away: one connection is little, so no longer than a quarter of an hour.
std::int64_t probe_seconds(std::int64_t failures);
bool too_old(Instant queued_at, Instant now, std::int64_t give_up_hours);

std::string error_text(const MailError& error, Language language);
std::string cure_text(const MailError& error, Language language);

}  // namespace mandate::mail
