#include "foundation/labels/api.hpp"
#include "kernel/text.hpp"

namespace mandate::labels {

const std::vector<std::string>& label_keys() {
  static const std::vector<std::string> keys = {
      "role.citizen", "role.handler", "role.unit_head", "role.agency_liaison", "role.agency_head", "role.rdec_controller", "role.rdec_head", "role.executive",
      "role.agent_1999", "role.supervisor_1999", "role.inspector", "role.youth_councillor", "role.council_liaison", "role.auditor", "role.system_admin",
      "origin.plan", "origin.pledge", "origin.tender", "origin.council", "origin.petition", "origin.contact", "origin.document", "origin.inspection", "origin.youth_council", "origin.meeting", "origin.own",
      "state.open", "state.done", "state.cancelled",
      "lateness.on_time", "lateness.at_risk", "lateness.late", "lateness.severe", "lateness.done", "lateness.done_late", "lateness.cancelled",
      "severity.normal", "severity.high", "severity.critical",
      "nav.home", "nav.duties", "nav.duty_calendar", "nav.statistics", "nav.plans", "nav.chases", "nav.chase_effect", "nav.ladders", "nav.agencies", "nav.calendar", "nav.policies", "nav.audit", "nav.jobs", "nav.mail",
      "nav.system", "nav.delegations", "nav.accounts", "nav.tokens", "nav.labels"};
  return keys;
}

Result<std::string> checked_wording(std::string_view input) {
  std::u32string text = to_utf32(input);
  const auto space = [](char32_t c) { return c == U' ' || c == U'\u3000'; };
  while (!text.empty() && space(text.back())) text.pop_back();
  while (!text.empty() && space(text.front())) text.erase(text.begin());
  if (text.empty()) return field_fault("wording", "input.required");
  if (text.size() > wording_max) return field_fault("wording", "input.too_long", {{"max", std::to_string(wording_max)}});
  for (const char32_t c : text) {
    // Line ends and other controls, and the signs that turn a text around or hide in it.
    const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
    const bool hidden = (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0xfffd;
    if (control || hidden || c == U'{' || c == U'}') return field_fault("wording", "label.plain_text");
  }
  return to_utf8(text);
}

}  // namespace mandate::labels
