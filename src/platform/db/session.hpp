// One connection inside a transaction. SQL is one text for both engines, with ? for parameters; statements are prepared once a connection.
#pragma once

#include "platform/db/column.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace soci {
class session;
}

namespace mandate::db {

enum class Engine { sqlite, postgres };

enum class DbErrorKind { constraint, serialization, connection, full, other };

// The message never holds bound values: they may be personal data.
class DbError : public std::runtime_error {
 public:
  DbError(DbErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  DbErrorKind kind() const { return kind_; }

 private:
  DbErrorKind kind_;
};

class Session {
 public:
  Session(Engine engine, std::unique_ptr<soci::session> connection);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Runs a statement and returns the number of rows it changed.
  template <class... Args>
  std::int64_t execute(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return run(sql, values, {}, nullptr, nullptr);
  }
  std::int64_t execute_values(std::string_view sql, std::span<const Value> values) { return run(sql, values, {}, nullptr, nullptr); }

  template <class Row, class... Args>
  std::vector<Row> list(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return list_values<Row>(sql, values);
  }
  template <class Row>
  std::vector<Row> list_values(std::string_view sql, std::span<const Value> values) {
    std::vector<Row> rows;
    run(sql, values, columns_of<Row>(), [&]() -> void* { return &rows.emplace_back(); }, nullptr);
    return rows;
  }
  // Calls each row without keeping them: for exports and rebuilds.
  template <class Row, class F>
  void each(std::string_view sql, std::span<const Value> values, F&& body) {
    Row row{};
    run(sql, values, columns_of<Row>(), [&]() -> void* { return &row; }, [&] { body(row); });
  }
  template <class Row, class... Args>
  std::optional<Row> find(std::string_view sql, const Args&... args) {
    auto rows = list<Row>(sql, args...);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
  }
  // The first column of the first row, or T{} when there is none.
  template <class T, class... Args>
  T value(std::string_view sql, const Args&... args) {
    return find<T>(sql, args...).value_or(T{});
  }

  // Runs body so that a fault or an exception undoes what it wrote and nothing else: one row of many may fail.
  template <class F>
  auto attempt(F&& body) -> std::invoke_result_t<F> {
    script("SAVEPOINT attempt");
    try {
      auto result = body();
      if (!result.ok()) script("ROLLBACK TO SAVEPOINT attempt");
      script("RELEASE SAVEPOINT attempt");
      poisoned_ = false;
      return result;
    } catch (...) {
      script("ROLLBACK TO SAVEPOINT attempt");
      script("RELEASE SAVEPOINT attempt");
      throw;
    }
  }

  // Unprepared statements without parameters: transaction control and migrations.
  void script(const std::string& sql);
  Engine engine() const { return engine_; }
  soci::session& connection() { return *connection_; }
  void poison() { poisoned_ = true; }  // a joined write failed: the whole transaction must not commit
  bool take_poison() { return std::exchange(poisoned_, false); }
  void note_event() { wrote_events_ = true; }
  bool take_wrote_events() { return std::exchange(wrote_events_, false); }
  std::int64_t statement_count() const { return statements_.load(std::memory_order_relaxed); }

 private:
  struct Prepared;
  // `next` gives the place of each row, which is then read into it; `each` is told when it is there.
  std::int64_t run(std::string_view sql, std::span<const Value> values, std::span<const RowColumn> columns, const std::function<void*()>& next, const std::function<void()>& each);

  Engine engine_;
  std::unique_ptr<soci::session> connection_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>> prepared_;
  bool poisoned_ = false;
  bool wrote_events_ = false;
  std::atomic<std::int64_t> statements_{0};
};

}  // namespace mandate::db
