#include "foundation/identity/policy_effects.hpp"

namespace mandate::identity {
namespace {

constexpr auto of_admins = "state = 'active' AND id IN (SELECT account_id FROM role_grant WHERE role = 'system_admin' AND revoked_at IS NULL)";
constexpr auto of_staff = "state = 'active' AND id NOT IN (SELECT account_id FROM role_grant WHERE role = 'system_admin' AND revoked_at IS NULL)";

bool ends_with(std::string_view text, std::string_view end) { return text.size() >= end.size() && text.substr(text.size() - end.size()) == end; }
bool begins_with(std::string_view text, std::string_view begin) { return text.substr(0, begin.size()) == begin; }

std::int64_t number(const std::string& text) {
  std::int64_t out = 0;
  http::read_int64(text, out);
  return out;
}

}  // namespace

std::vector<AccountEffect> policy_effects(db::Session& s, const std::string& key, const std::string& before, const std::string& after, Instant now) {
  const std::string whose = ends_with(key, "_admin") ? of_admins : of_staff;
  const auto count = [&](const std::string& and_where, auto... values) { return s.value<std::int64_t>("SELECT COUNT(*) FROM account WHERE " + whose + and_where, values...); };
  if (key == "sign_in.failures_max") {
    const auto reached = s.value<std::int64_t>("SELECT COUNT(*) FROM sign_in_failure WHERE locked_until <= ? AND failure_count >= ? AND failure_count < ?", now, number(after) - 1, number(before) - 1);
    return {{"effect.next_failure_locks", reached}};
  }
  if (begins_with(key, "session.")) {
    const auto open = s.value<std::int64_t>("SELECT COUNT(*) FROM session WHERE revoked_at IS NULL AND expires_at > ? AND account_id IN (SELECT id FROM account WHERE " + whose + ")", now);
    return {{"effect.next_sign_in", count("")}, {"effect.sessions_stay", open}};
  }
  if (begins_with(key, "password.age_max_days")) {
    // 0 days: a password never grows old.
    const auto old = [&](const std::string& days) { return number(days) == 0 ? 0 : count(" AND COALESCE(password_set_at, created_at) <= ?", now.plus_seconds(-number(days) * 86'400)); };
    const auto was = old(before);
    const auto will_be = old(after);
    return {will_be >= was ? AccountEffect{"effect.password_too_old", will_be - was} : AccountEffect{"effect.password_young_again", was - will_be}};
  }
  if (begins_with(key, "second_step.required")) {
    return {{after == "yes" ? "effect.second_step_wanted" : "effect.second_step_free", count(" AND COALESCE(second_step, 0) = 0")}};
  }
  return {{"effect.next_password", count("")}};
}

const std::vector<std::string>& policies_with_effects() {
  static const std::vector<std::string> keys = {"sign_in.failures_max", "session.idle_minutes", "session.idle_minutes_admin", "session.hours_max", "session.hours_max_admin",
                                                "password.length_min", "password.length_min_admin", "password.history", "password.history_admin", "password.mixed", "password.mixed_admin",
                                                "password.age_max_days", "password.age_max_days_admin", "second_step.required", "second_step.required_admin"};
  return keys;
}

}  // namespace mandate::identity
