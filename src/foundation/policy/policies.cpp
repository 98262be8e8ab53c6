#include "foundation/policy/api.hpp"
#include "foundation/policy/rules.hpp"
#include "foundation/policy/store.hpp"
#include "platform/db/events.hpp"

namespace mandate::policy {

void Policies::define(const std::vector<PolicyDefinition>& definitions) {
  for (const auto& definition : definitions) {
    if (!definitions_->emplace(definition.key, definition).second) throw std::logic_error("two policies with the key " + definition.key);
    if (definition.seeds.empty()) throw std::logic_error("no value for the policy " + definition.key);
    for (const auto& seed : definition.seeds) {
      const auto value = canonical_value(definition, seed.value);
      if (!value.ok() || *value != seed.value || !Date::parse(seed.valid_from)) throw std::logic_error("a bad first value for the policy " + definition.key);
    }
    order_.push_back(definition.key);
  }
}

void Policies::install(Instant at) {
  const auto missing = [&](const PolicyRows& rows) {
    std::vector<const PolicyDefinition*> out;
    for (const auto& key : order_) {
      if (rows.find(key) == rows.end()) out.push_back(&definitions_->at(key));
    }
    return out;
  };
  if (database_.read([&](db::Session& session) { return missing(PolicyStore::all_rows(session)).empty(); })) return;
  const auto written = database_.write([&](db::Session& session) -> Result<> {
    const auto definitions = missing(PolicyStore::all_rows(session));
    if (definitions.empty()) return done();
    const auto state = PolicyStore::advance(session, at);
    boost::json::array keys;
    for (const auto* definition : definitions) {
      for (const auto& seed : definition->seeds) PolicyStore::set(session, definition->key, {seed.value, *Date::parse(seed.valid_from), seed.source, state.recorded_at, 0, {}});
      keys.emplace_back(definition->key);
    }
    db::append_event(session, {state.recorded_at, 0, "policy.installed", "policy", 0, boost::json::serialize(boost::json::object{{"keys", keys}}), {}});
    return done();
  });
  if (!written.ok()) throw std::runtime_error("the policy values could not be installed");
  forget_recent();
}

const PolicyDefinition* Policies::find_definition(std::string_view key) const {
  const auto found = definitions_->find(key);
  return found == definitions_->end() ? nullptr : &found->second;
}

std::shared_ptr<const PolicySnapshot> Policies::snapshot() const {
  return database_.read([&](db::Session& session) {
    const auto state = PolicyStore::state(session);
    {
      const std::lock_guard lock(mutex_);
      if (cached_ && cached_->stamp() == state.stamp) return cached_;
    }
    auto fresh = std::make_shared<const PolicySnapshot>(state.stamp, definitions_, PolicyStore::all_rows(session));
    const std::lock_guard lock(mutex_);
    cached_ = fresh;
    return std::shared_ptr<const PolicySnapshot>(fresh);
  });
}

std::shared_ptr<const PolicySnapshot> Policies::recent() const {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (recent_ && now - checked_ < std::chrono::milliseconds(250)) return recent_;
  }
  auto fresh = snapshot();
  const std::lock_guard lock(mutex_);
  recent_ = fresh;
  checked_ = now;
  return fresh;
}

void Policies::forget_recent() const {
  const std::lock_guard lock(mutex_);
  recent_.reset();
}

const std::vector<PolicyRow>& PolicySnapshot::rows_of(std::string_view key) const {
  static const std::vector<PolicyRow> none;
  const auto found = rows_.find(key);
  return found == rows_.end() ? none : found->second;
}

const std::string& PolicySnapshot::find(std::string_view key, std::initializer_list<PolicyKind> kinds, const PolicyMoment& moment) const {
  const auto definition = definitions_->find(key);
  if (definition == definitions_->end()) throw std::logic_error("no policy has the key " + std::string(key));
  if (std::find(kinds.begin(), kinds.end(), definition->second.kind) == kinds.end()) throw std::logic_error("the policy " + std::string(key) + " has another kind");
  const auto* row = row_in_force(rows_of(key), moment);
  if (row == nullptr) throw std::logic_error("the policy " + std::string(key) + " was not installed");
  return row->value;
}

std::int64_t PolicySnapshot::integer(std::string_view key, PolicyMoment moment) const { return std::stoll(find(key, {PolicyKind::integer}, moment)); }
Percent PolicySnapshot::percent(std::string_view key, PolicyMoment moment) const { return *Percent::parse(find(key, {PolicyKind::percent}, moment)); }
std::string PolicySnapshot::text(std::string_view key, PolicyMoment moment) const { return find(key, {PolicyKind::text, PolicyKind::choice, PolicyKind::time}, moment); }
int PolicySnapshot::minutes(std::string_view key, PolicyMoment moment) const { return *minutes_of(find(key, {PolicyKind::time}, moment)); }
std::vector<std::string> PolicySnapshot::list(std::string_view key, PolicyMoment moment) const { return items_of(find(key, {PolicyKind::list}, moment)); }

}  // namespace mandate::policy
