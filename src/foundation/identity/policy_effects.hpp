// How many accounts a new number of a rule would touch, as things stand.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/json.hpp"

namespace mandate::identity {

struct AccountEffect {
  const char* key;  // of the sentence, which takes {count}
  std::int64_t count = 0;
};

std::vector<AccountEffect> policy_effects(db::Session& session, const std::string& key, const std::string& before, const std::string& after, Instant now);
const std::vector<std::string>& policies_with_effects();

}  // namespace mandate::identity
