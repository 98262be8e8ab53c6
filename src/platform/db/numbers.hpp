// Short record numbers that rise but may leave gaps: a counter row on SQLite (one writer), a sequence on PostgreSQL (so that writers do not
// conflict over one row). A migration makes the series with `$SEQUENCE name;`.
#pragma once

#include "platform/db/session.hpp"

namespace mandate::db {

inline std::int64_t next_number(Session& session, const std::string& series) {
  if (session.engine() == Engine::postgres) return session.value<std::int64_t>("SELECT nextval(CAST(? AS regclass))", series);
  // Two plain statements: RETURNING makes SQLite open a temporary table each time.
  session.execute("UPDATE number_series SET last = last + 1 WHERE series = ?", series);
  return session.value<std::int64_t>("SELECT last FROM number_series WHERE series = ?", series);
}

}  // namespace mandate::db
