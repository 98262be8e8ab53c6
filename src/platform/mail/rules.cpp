#include "platform/mail/rules.hpp"

namespace mandate::mail {

Outcome judge(Step step, std::int64_t code, Trouble trouble) {
  switch (trouble) {
    case Trouble::unreachable: return {Verdict::server, {"unreachable", Step::connect, 0}};
    case Trouble::time_out: return {Verdict::server, {"time_out", step, 0}};
    case Trouble::dropped: return {Verdict::server, {"dropped", step, 0}};
    case Trouble::certificate: return {Verdict::server, {"certificate", Step::starttls, 0}};
    case Trouble::no_tls: return {Verdict::server, {"no_tls", Step::starttls, code}};
    case Trouble::stopped: return {Verdict::again, {"", step, 0}};
    case Trouble::answered: break;
  }
  if (code >= 200 && code < 300 && step == Step::end) return {Verdict::sent, {}};
  // Before a recipient is named, a refusal says nothing of this mail: the server, our name or our password is wrong, and every mail would be refused.
  if (step == Step::sign_in && code >= 500) return {Verdict::server, {"sign_in", step, code}};
  if (step == Step::sender && code >= 500 && code != 552) return {Verdict::server, {"sender_refused", step, code}};
  if (step < Step::sender || step == Step::none) return {Verdict::server, {code >= 500 ? "server_refused" : "busy", step, code}};
  if (code == 421) return {Verdict::server, {"busy", step, code}};  // RFC 5321: closing the channel, whatever was asked
  if (code >= 500) return {Verdict::dead, {step == Step::recipient ? "recipient_refused" : "content_refused", step, code}};
  return {Verdict::later, {"busy", step, code}};
}

std::int64_t back_off_seconds(std::int64_t failures, double fraction) {
  constexpr std::int64_t minute = 60;
  const std::int64_t base = failures <= 1 ? minute : failures == 2 ? 5 * minute : failures == 3 ? 15 * minute : 60 * minute;
  return base + static_cast<std::int64_t>(static_cast<double>(base) * fraction / 5);
}

std::int64_t probe_seconds(std::int64_t failures) { return failures <= 1 ? 60 : failures == 2 ? 300 : 900; }

bool too_old(Instant queued_at, Instant now, std::int64_t give_up_hours) { return now >= queued_at.plus_seconds(give_up_hours * 3600); }

std::string error_text(const MailError& error, Language language) {
  if (error.key.empty()) return "";
  return i18n::text("mail.error." + error.key, language, {{"step", i18n::text(std::string("mail.step.") + boost::describe::enum_to_string(error.step, "none"), language)}, {"code", std::to_string(error.code)}});
}

std::string cure_text(const MailError& error, Language language) { return error.key.empty() ? "" : i18n::text("mail.cure." + error.key, language); }

}  // namespace mandate::mail
