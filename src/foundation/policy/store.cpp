#include "foundation/policy/store.hpp"

namespace mandate::policy {
namespace {

struct StoredValue {
  std::string policy_key;
  std::string value;
  Date valid_from;
  std::string source;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(StoredValue, (), (policy_key, value, valid_from, source, recorded_at, recorded_by, superseded_at))

PolicyRow to_row(StoredValue&& v) { return {std::move(v.value), v.valid_from, std::move(v.source), v.recorded_at, v.recorded_by, v.superseded_at}; }

}  // namespace

PolicyState PolicyStore::state(db::Session& session) { return session.value<PolicyState>("SELECT stamp, recorded_at FROM policy_state WHERE id = 1"); }

PolicyState PolicyStore::advance(db::Session& session, Instant at) {
  return session.value<PolicyState>(
      "UPDATE policy_state SET stamp = ?, recorded_at = CASE WHEN recorded_at >= ? THEN recorded_at + 1 ELSE ? END WHERE id = 1 RETURNING stamp, recorded_at", next_id(), at, at);
}

PolicyRows PolicyStore::all_rows(db::Session& session) {
  PolicyRows rows;
  for (auto& stored : session.list<StoredValue>(
           "SELECT policy_key, value, valid_from, source, recorded_at, recorded_by, superseded_at FROM policy_value ORDER BY policy_key, recorded_at, valid_from")) {
    auto& of_key = rows[stored.policy_key];
    of_key.push_back(to_row(std::move(stored)));
  }
  return rows;
}

std::vector<PolicyRow> PolicyStore::rows_of(db::Session& session, std::string_view key) {
  std::vector<PolicyRow> rows;
  for (auto& stored : session.list<StoredValue>(
           "SELECT policy_key, value, valid_from, source, recorded_at, recorded_by, superseded_at FROM policy_value WHERE policy_key = ? ORDER BY recorded_at, valid_from", key)) {
    rows.push_back(to_row(std::move(stored)));
  }
  return rows;
}

void PolicyStore::set(db::Session& session, std::string_view key, const PolicyRow& row) {
  session.execute("UPDATE policy_value SET superseded_at = ? WHERE policy_key = ? AND valid_from = ? AND superseded_at IS NULL", row.recorded_at, key, row.valid_from);
  session.execute("INSERT INTO policy_value (id, policy_key, value, valid_from, source, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?)", next_id(), key, row.value, row.valid_from,
                  row.source, row.recorded_at, row.recorded_by);
}

}  // namespace mandate::policy
