// How large the database is, by its tables. One of the few places where the engines differ.
#pragma once

#include "platform/db/database.hpp"

namespace mandate::db {

struct TableSize {
  std::string name;
  std::int64_t rows = 0;   // counted on SQLite; PostgreSQL's own estimate, which its autovacuum keeps
  std::int64_t bytes = 0;  // with its indexes
};
BOOST_DESCRIBE_STRUCT(TableSize, (), (name, rows, bytes))

// Reads every page of an SQLite database once: for a daily job, not for a request.
std::vector<TableSize> measure_tables(Session& session);
std::int64_t database_bytes(Session& session);

}  // namespace mandate::db
