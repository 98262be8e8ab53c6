#include "platform/db/sizes.hpp"

namespace mandate::db {
namespace {

// A table's name from the catalogue, as an identifier of ours: letters, digits and underscores, or it is left out.
bool is_plain(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

std::vector<TableSize> measure_tables(Session& session) {
  if (session.engine() == Engine::postgres) {
    return session.list<TableSize>(
        "SELECT CAST(c.relname AS text), CAST(GREATEST(c.reltuples, 0) AS bigint), CAST(pg_total_relation_size(c.oid) AS bigint) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 3 DESC");
  }
  auto tables = session.list<TableSize>(
      "SELECT m.tbl_name, 0, SUM(d.pgsize) FROM dbstat d JOIN sqlite_master m ON m.name = d.name WHERE d.aggregate = 1 GROUP BY m.tbl_name ORDER BY 3 DESC");
  for (auto& table : tables) {
    if (is_plain(table.name)) table.rows = session.value<std::int64_t>("SELECT COUNT(*) FROM " + table.name);
  }
  return tables;
}

std::int64_t database_bytes(Session& session) {
  if (session.engine() == Engine::postgres) return session.value<std::int64_t>("SELECT CAST(pg_database_size(current_database()) AS bigint)");
  return session.value<std::int64_t>("PRAGMA page_count") * session.value<std::int64_t>("PRAGMA page_size");
}

}  // namespace mandate::db
