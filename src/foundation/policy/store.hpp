#pragma once

#include "foundation/policy/api.hpp"

namespace mandate::policy {

struct PolicyState {
  std::int64_t stamp = 0;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(PolicyState, (), (stamp, recorded_at))

class PolicyStore {
 public:
  static PolicyState state(db::Session& session);
  // A new stamp. Changing the one row of state first makes two changes at the same time follow each other; recorded_at rises with them.
  static PolicyState advance(db::Session& session, Instant at);
  static PolicyRows all_rows(db::Session& session);
  static std::vector<PolicyRow> rows_of(db::Session& session, std::string_view key);
  // Supersedes the current row of the same key and day, when there is one.
  static void set(db::Session& session, std::string_view key, const PolicyRow& row);
};

}  // namespace mandate::policy
