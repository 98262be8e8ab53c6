#include "foundation/policy/effects.hpp"

#include "foundation/policy/module.hpp"
#include "foundation/policy/rules.hpp"

namespace mandate::policy {

void PolicyModule::set_effects(const std::vector<std::string>& keys, EffectsOf effects) {
  for (const auto& key : keys) {
    if (policies_.find_definition(key) == nullptr) throw std::logic_error("effects of " + key + ", which is no policy");
    effects_[key] = effects;
  }
}

Result<PolicyPreview> PolicyModule::preview(const Actor& actor, const std::string& key, std::string_view value, Date valid_from) const {
  const auto* definition = policies_.find_definition(key);
  if (definition == nullptr) return fault(FaultKind::not_found, "policy.not_found");
  MANDATE_TRY(check_valid_from(valid_from));
  const Date today = clock_.today();
  PolicyPreview out;
  MANDATE_ASSIGN(out.after, canonical_value(*definition, value));
  const auto snapshot = policies_.snapshot();
  const auto* now = row_in_force(snapshot->rows_of(key), {today, {}});
  if (now != nullptr) out.before = now->value;
  if (valid_from > today) {
    out.starts_on = valid_from;
  } else if (now != nullptr && now->valid_from > valid_from && now->valid_from <= today) {
    out.superseded_from = now->valid_from;
  }
  const auto effects = effects_.find(key);
  out.counted = effects != effects_.end();
  if (!out.counted || out.superseded_from || out.before == out.after) return out;
  out.effects = effects->second({key, out.before, out.after, today, actor.language});
  for (const auto& effect : out.effects) out.moved += effect.count;
  return out;
}

}  // namespace mandate::policy
