// What a new number of a rule would do to the ledger, as it stands.
#pragma once

#include "foundation/duties/api.hpp"

namespace mandate::duties {

// How many open duties a change of policy moves from one lateness to another; counted, not listed.
struct LatenessMove {
  Lateness from = Lateness::on_time;
  Lateness to = Lateness::on_time;
  std::int64_t count = 0;
};
std::vector<LatenessMove> lateness_moves(db::Session& session, Date today, const DutyPolicy& before, const DutyPolicy& after);

}  // namespace mandate::duties
