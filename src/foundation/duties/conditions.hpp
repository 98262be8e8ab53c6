// Conditions of statistics (foundation/statistics/where.hpp) over the duty tables: the list behind a number holds what was counted.
#pragma once

#include "foundation/duties/rules.hpp"
#include "foundation/statistics/where.hpp"
#include "platform/db/session.hpp"

namespace mandate::duties {

struct SqlCondition {
  std::string sql;
  std::vector<db::Value> values;
};

// Over a table or subquery `d` with the columns of a duty. Faults name the field `where`: a dimension that duties do not have, a value it does not take.
Result<std::vector<SqlCondition>> sql_of(const std::vector<statistics::WrittenCondition>& conditions, Date today, const DutyPolicy& policy);

}  // namespace mandate::duties
