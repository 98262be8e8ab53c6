// What the use cases of this module share: one change of the organisation, and looking for a period.
#pragma once

#include "foundation/agencies/store.hpp"
#include "kernel/actor.hpp"
#include "platform/db/events.hpp"

#include <boost/json.hpp>

namespace mandate::agencies {

// The instant a change counts as recorded, its rows and its event. Made after everything that may be refused: it takes a new stamp.
struct OrganisationChange {
  db::Session& session;
  const Actor& actor;
  AgencyState state;

  OrganisationChange(db::Session& s, const Actor& a) : session(s), actor(a), state(AgencyStore::advance(s, a.now)) {}
  void note(const std::string& kind, AgencyId agency, boost::json::object data) const {
    db::append_event(session, {state.recorded_at, actor.account_id, kind, "agency", agency.value, boost::json::serialize(data), {}});
  }
  template <class R>
  void apply(const Overlay<R>& overlay) const {
    AgencyStore::apply(session, overlay, state.recorded_at, actor.account_id);
  }
  template <class R>
  void insert(const R& record) const {
    AgencyStore::insert(session, record, state.recorded_at, actor.account_id);
  }
};

inline Result<> good(std::vector<csv::LineFault> faults) {
  if (faults.empty()) return done();
  Fault out = fault(FaultKind::invalid, "input.invalid");
  for (auto& one : faults) out.fields.push_back({one.column, one.key, one.args});
  return out;
}

template <class R>
const R* covering(const std::vector<R>& records, Date on) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const R& r) { return r.covers(on); });
  return found == records.end() ? nullptr : &*found;
}

}  // namespace mandate::agencies
