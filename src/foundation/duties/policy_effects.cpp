#include "foundation/duties/policy_effects.hpp"

#include "foundation/duties/rules.hpp"

namespace mandate::duties {

struct DueCount {
  Date due_on;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(DueCount, (), (due_on, count))

std::vector<LatenessMove> lateness_moves(db::Session& session, Date today, const DutyPolicy& before, const DutyPolicy& after) {
  // Outside of these days nothing moves: what is due later is on time either way, what was due earlier severe.
  const Date from = today.plus_days(-std::max(before.severe_days, after.severe_days) - 1);
  const Date to = today.plus_days(std::max(before.at_risk_days, after.at_risk_days) + 1);
  std::map<std::pair<Lateness, Lateness>, std::int64_t> moves;
  for (const auto& [due_on, count] : session.list<DueCount>("SELECT due_on, COUNT(*) FROM duty WHERE state = 'open' AND due_on >= ? AND due_on <= ? GROUP BY due_on", from, to)) {
    const auto was = lateness_of(DutyState::open, due_on, {}, today, before);
    const auto will_be = lateness_of(DutyState::open, due_on, {}, today, after);
    if (was != will_be) moves[{was, will_be}] += count;
  }
  std::vector<LatenessMove> out;
  for (const auto& [way, count] : moves) out.push_back({way.first, way.second, count});
  return out;
}

}  // namespace mandate::duties
