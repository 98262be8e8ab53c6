#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"

#include <stdexcept>

namespace mandate::db {
namespace {

PersonalVault* vault_in_use = nullptr;

}  // namespace

void set_personal_vault(PersonalVault* vault) { vault_in_use = vault; }

void append_event(Session& session, const NewEvent& event) {
  const std::int64_t id = next_id();
  std::string commitments;
  for (const auto& value : event.personal) {
    if (vault_in_use == nullptr) throw std::logic_error("a personal value in an event needs the vault");
    if (!commitments.empty()) commitments += ',';
    commitments += value.field + ':' + vault_in_use->keep(session, id, value);
  }
  const std::string salt = digest::random_hex(16);
  const std::string data = event.data.empty() ? "{}" : event.data;
  if (session.engine() == Engine::sqlite) {
    session.execute(
        "INSERT INTO event (position, id, at, actor_id, kind, record_kind, record_id, data, salt, commitments) "
        "VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM event), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, event.at, event.actor_id, event.kind, event.record_kind, event.record_id, data, salt, commitments);
  } else {
    session.execute("INSERT INTO event (id, at, actor_id, kind, record_kind, record_id, data, salt, commitments) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", id, event.at, event.actor_id,
                    event.kind, event.record_kind, event.record_id, data, salt, commitments);
  }
  session.note_event();
}

std::vector<Event> list_events(Session& session, std::int64_t after, int limit) {
  return session.list<Event>(
      "SELECT position, id, at, actor_id, kind, record_kind, record_id, data, salt, commitments FROM event WHERE position > ? ORDER BY position LIMIT ?", after, limit);
}

}  // namespace mandate::db
