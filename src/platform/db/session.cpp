#include "platform/db/session.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace mandate::db {
namespace {

// "?" becomes ":p1", ":p2" ... outside of quotes: both SOCI backends take named parameters bound by position.
std::string numbered(std::string_view sql) {
  std::string out;
  out.reserve(sql.size() + 32);
  int count = 0;
  bool quoted = false;
  for (char c : sql) {
    if (c == '\'') quoted = !quoted;
    if (c == '?' && !quoted) {
      out += ":p" + std::to_string(++count);
    } else {
      out += c;
    }
  }
  return out;
}

// Statements over lists have a text for each length of the list: a connection that met them all would keep hundreds of each.
constexpr std::size_t statements_kept_max = 400;

[[noreturn]] void rethrow(const soci::soci_error& e, std::string_view sql) {
  auto kind = DbErrorKind::other;
  if (const auto* pg = dynamic_cast<const soci::postgresql_soci_error*>(&e)) {
    const std::string state = pg->sqlstate();
    if (state == "40001" || state == "40P01") kind = DbErrorKind::serialization;
    if (state.rfind("23", 0) == 0) kind = DbErrorKind::constraint;
    if (state.rfind("53", 0) == 0) kind = DbErrorKind::full;
    if (state.rfind("08", 0) == 0 || state.rfind("57P", 0) == 0 || state == "25006") kind = DbErrorKind::connection;
  } else if (const auto* lite = dynamic_cast<const soci::sqlite3_soci_error*>(&e)) {
    const int code = lite->result() & 0xFF;
    if (code == 19) kind = DbErrorKind::constraint;  // SQLITE_CONSTRAINT
    if (code == 13) kind = DbErrorKind::full;        // SQLITE_FULL
    if (code == 10 || code == 14 || code == 5) kind = DbErrorKind::connection;
  }
  if (kind == DbErrorKind::other && e.get_error_category() == soci::soci_error::connection_error) kind = DbErrorKind::connection;
  // get_error_message, never what(): that one prints the bound values.
  // PostgreSQL's DETAIL line names values too.
  std::string message = e.get_error_message();
  message.resize(std::min(message.size(), message.find("DETAIL")));
  throw DbError(kind, message + " in: " + std::string(sql.substr(0, 160)));
}

}  // namespace

struct Session::Prepared {
  explicit Prepared(soci::session& connection) : statement(connection) {}
  soci::statement statement;
  std::vector<Value> in;
  std::vector<soci::indicator> in_state;
  std::vector<Value> out;
  std::vector<soci::indicator> out_state;
  bool in_use = false;
};

Session::Session(Engine engine, std::unique_ptr<soci::session> connection) : engine_(engine), connection_(std::move(connection)) {}
Session::~Session() { prepared_.clear(); }

void Session::script(const std::string& sql) {
  // Transaction control runs around every write: SQLite keeps it prepared.
  static const std::set<std::string, std::less<>> control = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", "SAVEPOINT task", "RELEASE task", "ROLLBACK TO task"};
  if (engine_ == Engine::sqlite && control.count(sql) == 1) {
    run(sql, {}, {}, nullptr, nullptr);
    statements_.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  try {
    connection_->once << sql;
  } catch (const soci::soci_error& e) {
    rethrow(e, sql);
  }
}

std::int64_t Session::run(std::string_view sql, std::span<const Value> values, std::span<const RowColumn> columns, const std::function<void*()>& next, const std::function<void()>& each) {
  statements_.fetch_add(1, std::memory_order_relaxed);
  // The key holds the types too: one text may be read into different columns.
  std::string key(sql);
  key += '\x1f';
  for (const auto& v : values) key += static_cast<char>('0' + static_cast<int>(v.type));
  key += '\x1f';
  for (const auto c : columns) key += static_cast<char>('0' + static_cast<int>(c.type));
  try {
    if (prepared_.size() > statements_kept_max) std::erase_if(prepared_, [](const auto& kept) { return !kept.second || !kept.second->in_use; });
    auto& slot = prepared_[key];
    if (!slot) {
      auto made = std::make_unique<Prepared>(*connection_);
      made->in.resize(values.size());
      made->in_state.resize(values.size(), soci::i_ok);
      made->out.resize(columns.size());
      made->out_state.resize(columns.size(), soci::i_ok);
      made->statement.alloc();
      for (std::size_t i = 0; i < columns.size(); ++i) {
        auto& column = made->out[i];
        column.type = columns[i].type;
        if (column.type == ColumnType::integer) made->statement.exchange(soci::into(column.integer, made->out_state[i]));
        if (column.type == ColumnType::real) made->statement.exchange(soci::into(column.real, made->out_state[i]));
        if (column.type == ColumnType::text) made->statement.exchange(soci::into(column.text, made->out_state[i]));
      }
      for (std::size_t i = 0; i < values.size(); ++i) {
        auto& v = made->in[i];
        if (values[i].type == ColumnType::integer) made->statement.exchange(soci::use(v.integer, made->in_state[i]));
        if (values[i].type == ColumnType::real) made->statement.exchange(soci::use(v.real, made->in_state[i]));
        if (values[i].type == ColumnType::text) made->statement.exchange(soci::use(v.text, made->in_state[i]));
      }
      made->statement.prepare(numbered(sql));
      made->statement.define_and_bind();
      slot = std::move(made);
    }
    Prepared& prepared = *slot;
    struct InUse {
      bool& mark;
      bool before;
      ~InUse() { mark = before; }
    } in_use{prepared.in_use, std::exchange(prepared.in_use, true)};
    for (std::size_t i = 0; i < values.size(); ++i) {
      prepared.in[i] = values[i];
      prepared.in_state[i] = values[i].null ? soci::i_null : soci::i_ok;
    }
    if (columns.empty()) {
      prepared.statement.execute(true);
      return prepared.statement.get_affected_rows();
    }
    // Every row is read, so that the engine lets go of the statement.
    std::int64_t count = 0;
    prepared.statement.execute(false);
    while (prepared.statement.fetch()) {
      void* row = next();
      for (std::size_t i = 0; i < columns.size(); ++i) {
        prepared.out[i].null = prepared.out_state[i] == soci::i_null;
        columns[i].read(prepared.out[i], row);
      }
      if (each) each();
      ++count;
    }
    return count;
  } catch (const soci::soci_error& e) {
    prepared_.erase(key);
    rethrow(e, sql);
  }
}

}  // namespace mandate::db
