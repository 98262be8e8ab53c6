#include "app/policy_effects.hpp"

#include "app/city.hpp"
#include "app/policy_values.hpp"
#include "foundation/duties/policy_effects.hpp"
#include "foundation/identity/policy_effects.hpp"

namespace mandate::app {
namespace {

int number(const std::string& text) {
  std::int64_t out = 0;
  http::read_int64(text, out);
  return static_cast<int>(out);
}

policy::PolicyEffect sentence(const char* key, std::int64_t count, Language language, MessageArgs args = {}) {
  args.emplace_back("count", std::to_string(count));
  return {i18n::text(key, language, args), count};
}

std::vector<policy::PolicyEffect> lateness_effects(City& city, const policy::PolicyChange& change) {
  const auto with = [&](const std::string& value) {
    auto policy = duty_policy(city.policy.policies(), change.today);
    (change.key == "duty.at_risk_days" ? policy.at_risk_days : policy.severe_days) = number(value);
    return policy;
  };
  const auto name = [&](duties::Lateness lateness) { return i18n::text(std::string("lateness.") + boost::describe::enum_to_string(lateness, ""), change.language); };
  const auto moves = city.database->read([&](db::Session& s) { return duties::lateness_moves(s, change.today, with(change.before), with(change.after)); });
  std::vector<policy::PolicyEffect> out;
  for (const auto& move : moves) out.push_back(sentence("effect.lateness_move", move.count, change.language, {{"from", name(move.from)}, {"to", name(move.to)}}));
  return out;
}

}  // namespace

void set_policy_effects(City& city) {
  city.policy.set_effects({"duty.at_risk_days", "duty.severe_days"}, [&city](const policy::PolicyChange& change) { return lateness_effects(city, change); });
  city.policy.set_effects(identity::policies_with_effects(), [&city](const policy::PolicyChange& change) {
    std::vector<policy::PolicyEffect> out;
    for (const auto& effect : city.database->read([&](db::Session& s) { return identity::policy_effects(s, change.key, change.before, change.after, city.clock->now()); })) {
      out.push_back(sentence(effect.key, effect.count, change.language));
    }
    return out;
  });
  city.policy.set_effects({"mail.give_up_hours", "mail.keep_days"}, [&city](const policy::PolicyChange& change) -> std::vector<policy::PolicyEffect> {
    const bool give_up = change.key == "mail.give_up_hours";
    const auto touched = [&](const std::string& value) {
      const auto since = city.clock->now().plus_seconds(-std::int64_t{number(value)} * (give_up ? 3600 : 86'400));
      return city.database->read([&](db::Session& s) { return give_up ? mail::MailStore::count_waiting_since(s, since) : mail::MailStore::count_ended_before(s, since); });
    };
    return {sentence(give_up ? "effect.mail_given_up" : "effect.mail_forgotten", std::max<std::int64_t>(0, touched(change.after) - touched(change.before)), change.language)};
  });
}

}  // namespace mandate::app
