// Sets values. History stays: what was recorded before is superseded, not changed.
#pragma once

#include "foundation/policy/api.hpp"
#include "kernel/actor.hpp"
#include "kernel/result.hpp"

namespace mandate::policy {

class PolicyService {
 public:
  PolicyService(db::Database& database, const Policies& policies) : database_(database), policies_(policies) {}
  // From the day on, until the day of the next row. The day may lie ahead or behind; months that are closed keep the number they were graded with,
  // because they ask for what was known when they closed.
  Result<> set(const Actor& actor, const std::string& key, std::string_view value, Date valid_from, std::string_view source);

 private:
  db::Database& database_;
  const Policies& policies_;
};

}  // namespace mandate::policy
