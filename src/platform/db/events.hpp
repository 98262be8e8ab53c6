// The log of what happened: one row a change, written in the change's own transaction, never altered. After commit it has a dense position.
#pragma once

#include "kernel/date.hpp"
#include "platform/db/session.hpp"

#include <string>
#include <vector>

namespace mandate::db {

// A value about a person. It does not stand in the event: the event holds a salted commitment, and the value lies apart under the person's key.
struct PersonalValue {
  std::int64_t person_id = 0;
  std::string field;
  std::string value;
};

struct NewEvent {
  Instant at;
  std::int64_t actor_id = 0;  // account; 0 is the system itself
  std::string kind;           // "duty.created"
  std::string record_kind;    // "duty"
  std::int64_t record_id = 0;
  std::string data;           // a JSON object without personal values
  std::vector<PersonalValue> personal;
};

struct Event {
  std::int64_t position = 0;
  std::int64_t id = 0;
  Instant at;
  std::int64_t actor_id = 0;
  std::string kind;
  std::string record_kind;
  std::int64_t record_id = 0;
  std::string data;
  std::string salt;          // hex; makes the commitment of data unguessable
  std::string commitments;   // of personal values: "field:hex,field:hex"
};
BOOST_DESCRIBE_STRUCT(Event, (), (position, id, at, actor_id, kind, record_kind, record_id, data, salt, commitments))

void append_event(Session& session, const NewEvent& event);
// At most `limit` events with a position above `after`, in order.
std::vector<Event> list_events(Session& session, std::int64_t after, int limit);

// Seals and opens personal values; given by foundation/audit, which owns the keys.
class PersonalVault {
 public:
  virtual ~PersonalVault() = default;
  // Stores the value for this event; returns its commitment (hex).
  virtual std::string keep(Session& session, std::int64_t event_id, const PersonalValue& value) = 0;
};
void set_personal_vault(PersonalVault* vault);

}  // namespace mandate::db
