// Who has a record open now, and the timeline of its changes.
#include "foundation/collaboration/parts.hpp"

namespace mandate::collaboration {

// In a table and not in memory: several processes may serve the readers of one record.
Result<Present> Collaboration::Parts::heartbeat(const Actor& actor, const RecordRef& record) {
  const auto now = actor.now;
  bool due = false;
  MANDATE_TRY(database.read([&](db::Session& s) -> Result<> {
    MANDATE_TRY(check(s, actor, record, Wish::read));
    const auto last = s.find<Instant>("SELECT seen_at FROM presence WHERE record_kind = ? AND record_id = ? AND account_id = ?", record.kind, record.id, actor.account_id);
    due = !last || last->plus_seconds(heartbeat_seconds) <= now;
    return done();
  }));
  if (due && !actor.is_token) {
    MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
      s.execute("INSERT INTO presence (record_kind, record_id, account_id, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT (record_kind, record_id, account_id) DO UPDATE SET seen_at = excluded.seen_at", record.kind, record.id, actor.account_id, now);
      return done();
    }));
  }
  return database.read([&](db::Session& s) -> Result<Present> {
    Present out;
    for (const auto account : s.list<std::int64_t>("SELECT account_id FROM presence WHERE record_kind = ? AND record_id = ? AND seen_at > ? AND account_id <> ? ORDER BY account_id LIMIT ?", record.kind, record.id, now.plus_seconds(-presence_seconds),
                                                   actor.account_id, names_max)) {
      out.names.push_back(identity.name_of(s, account));
    }
    return out;
  });
}

Result<> Collaboration::forget_old(Instant now) {
  return parts_->database.write([&](db::Session& s) -> Result<> {
    s.execute("DELETE FROM presence WHERE seen_at < ?", now.plus_seconds(-24 * 3600));
    return done();
  });
}

Result<RecordTimeline> Collaboration::Parts::timeline(const Actor& actor, const RecordRef& record, TimelineFilter filter, std::int64_t before, int limit) {
  return database.read([&](db::Session& s) -> Result<RecordTimeline> {
    MANDATE_TRY(check(s, actor, record, Wish::read));
    const std::string kinds_asked = filter == TimelineFilter::all ? "" : filter == TimelineFilter::comments ? " AND kind >= 'comment.' AND kind < 'comment/'" : " AND NOT (kind >= 'comment.' AND kind < 'comment/')";
    auto events = s.list<db::Event>("SELECT COALESCE(position, 0), id, at, actor_id, kind, record_kind, record_id, data, salt, commitments FROM event WHERE record_kind = ? AND record_id = ? AND id < ?" + kinds_asked + " ORDER BY id DESC LIMIT ?",
                                    record.kind, record.id, before, limit + 1);
    RecordTimeline out;
    if (static_cast<int>(events.size()) > limit) {
      events.pop_back();
      out.next = std::to_string(events.back().id);
    }
    out.rows = audit.in_words(s, events, actor.language);
    return out;
  });
}

}  // namespace mandate::collaboration
