// What a new value would do to what there is, before it is saved. The module that owns the things counts them.
#pragma once

#include "foundation/policy/api.hpp"
#include "kernel/actor.hpp"
#include "kernel/result.hpp"

#include <functional>

namespace mandate::policy {

struct PolicyChange {
  std::string key;
  std::string before;  // canonical, as in force today
  std::string after;
  Date today;
  Language language = Language::zh_tw;
};

struct PolicyEffect {
  std::string text;  // a whole sentence with its number
  std::int64_t count = 0;
};

using EffectsOf = std::function<std::vector<PolicyEffect>(const PolicyChange&)>;

// As of today, were the value in force today.
struct PolicyPreview {
  std::string before;
  std::string after;
  bool counted = false;                 // whether any module counts what this key moves
  std::optional<Date> starts_on;        // a day to come
  std::optional<Date> superseded_from;  // another value is in force since then: this one changes nothing now
  std::int64_t moved = 0;
  std::vector<PolicyEffect> effects;
};

}  // namespace mandate::policy
