#include "platform/db/many_events.hpp"

#include "platform/db/lists.hpp"
#include "platform/digest/digest.hpp"

#include <stdexcept>

namespace mandate::db {

void append_events(Session& session, const std::vector<NewEvent>& events) {
  if (events.empty()) return;
  // On SQLite there is one writer: positions follow each other. On PostgreSQL the sequencer gives them.
  const bool positioned = session.engine() == Engine::sqlite;
  auto position = positioned ? session.value<std::int64_t>("SELECT COALESCE(MAX(position), 0) FROM event") : 0;
  in_chunks(events, [&](const std::vector<NewEvent>& some) {
    std::vector<Value> values;
    values.reserve(some.size() * 10);
    for (const auto& event : some) {
      if (!event.personal.empty()) throw std::logic_error("events by the thousand hold nothing personal");
      values.push_back(to_value(positioned ? std::optional(++position) : std::nullopt));
      values.push_back(to_value(next_id()));
      values.push_back(to_value(event.at));
      values.push_back(to_value(event.actor_id));
      values.push_back(to_value(event.kind));
      values.push_back(to_value(event.record_kind));
      values.push_back(to_value(event.record_id));
      values.push_back(to_value(event.data.empty() ? std::string("{}") : event.data));
      values.push_back(to_value(digest::random_hex(16)));
      values.push_back(to_value(std::string()));
    }
    session.execute_values("INSERT INTO event (position, id, at, actor_id, kind, record_kind, record_id, data, salt, commitments) VALUES " + marks(some.size(), "(?,?,?,?,?,?,?,?,?,?)"), values);
  });
  session.note_event();
}

}  // namespace mandate::db
