// One database, SQLite or PostgreSQL, with one way to write and one way to read.
//
// A write is a function run in one transaction; it commits when it returns a value and rolls back when it returns a fault or throws. The call
// comes back only after the commit is durable. On SQLite there is one writing connection: whoever finds it free runs and commits all that wait, so a write may run on another caller's thread; on PostgreSQL each
// runs SERIALIZABLE and is run again on a serialization failure, so it must have no effect but its statements. A write inside a write joins it.
#pragma once

#include "kernel/result.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/session.hpp"

#include <filesystem>
#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace mandate::db {

struct Options {
  std::string url;                  // "" for SQLite in the data directory, else "postgresql://..."
  std::filesystem::path directory;  // the data directory, for SQLite
  int readers = 6;                  // read connections (SQLite) or connections in all (PostgreSQL: twice as many)
};

struct Counts {  // since the start; tests and the benchmark read them
  std::int64_t statements = 0;
  std::int64_t writes = 0;         // committed write functions
  std::int64_t commits = 0;        // transactions made durable: on SQLite one for a whole group
  std::int64_t syncs = 0;          // fsync calls on the database's files (SQLite only)
  std::int64_t retries = 0;        // serialization failures run again
};

// Odd from a transaction's first change until it has ended, and raised again then, before anybody is told of it. What was read after an even count
// and is looked for while the count is the same is what a reader would find now.
class ChangeCounter {
 public:
  ChangeCounter() = default;
  explicit ChangeCounter(std::shared_ptr<const std::atomic<std::uint64_t>> count) : count_(std::move(count)) {}
  // None: nothing may be kept.
  std::optional<std::uint64_t> still() const {
    if (!count_) return std::nullopt;
    const auto now = count_->load();
    return now % 2 == 0 ? std::optional(now) : std::nullopt;
  }

 private:
  std::shared_ptr<const std::atomic<std::uint64_t>> count_;
};

class Database {
 public:
  // Throws std::runtime_error that says what is wrong and what to do: the directory has another owner, the server cannot be reached.
  static std::unique_ptr<Database> open(const Options& options);
  virtual ~Database() = default;

  template <class F>
  auto write(F&& body) -> std::invoke_result_t<F, Session&> {
    using R = std::invoke_result_t<F, Session&>;
    if (Session* joined = joined_write()) {
      R result = body(*joined);
      if (!result.ok()) joined->poison();
      return result;
    }
    std::optional<R> result;
    run_write([&](Session& session) {
      result.emplace(body(session));
      return result->ok();
    });
    return std::move(*result);
  }

  // Reads one consistent state. Inside a write it reads that write's own transaction.
  template <class F>
  auto read(F&& body) -> std::invoke_result_t<F, Session&> {
    using R = std::invoke_result_t<F, Session&>;
    if (Session* joined = joined_write()) return body(*joined);
    std::optional<R> result;
    run_read([&](Session& session) { result.emplace(body(session)); });
    return std::move(*result);
  }

  // Counts changes of these tables (of rowid tables, by statements with a WHERE). Null on PostgreSQL, where other processes write too.
  virtual ChangeCounter watch(const std::set<std::string, std::less<>>& tables) = 0;

  virtual Engine engine() const = 0;
  virtual Counts counts() const = 0;
  // Gives positions to committed events that have none yet; on SQLite the writer has done so already. Returns how many.
  virtual std::int64_t sequence_events() = 0;
  // Called after each commit that wrote events, from the committing thread: wakes readers of events; must be quick.
  void on_events(std::function<void()> wake) { wake_ = std::move(wake); }

 protected:
  virtual void run_write(const std::function<bool(Session&)>& body) = 0;
  virtual void run_read(const std::function<void(Session&)>& body) = 0;
  Session* joined_write() const;
  struct Joining {  // marks this thread as inside a write of this database
    Joining(const Database* database, Session* session);
    ~Joining();
    Joining(const Joining&) = delete;
    Joining& operator=(const Joining&) = delete;
  };
  void wake_event_readers() const {
    if (wake_) wake_();
  }

 private:
  std::function<void()> wake_;
};

std::unique_ptr<Database> open_sqlite(const Options& options);
std::unique_ptr<Database> open_postgres(const Options& options);
// For CREATE DATABASE and its kind, which PostgreSQL allows only outside of a transaction.
void run_outside_transaction(const Options& options, const std::string& sql);

}  // namespace mandate::db
