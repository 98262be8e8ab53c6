#include "platform/db/database.hpp"
#include "platform/db/events.hpp"
#include "platform/log/log.hpp"

#include <libpq-fe.h>
#include <random>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

namespace mandate::db {
namespace {

constexpr int retries_max = 24;
// The loser of a conflict runs again, and may lose again to ever new ones. From this attempt on it runs alone: everybody else's write shares the gate,
// which is a table without rows, and it takes the whole gate. LOCK TABLE comes before the snapshot, so whoever waited sees all that went before.
constexpr int alone_after = 4;

// SOCI splits its connect string at "key=value", so a URL is spelled out for it.
std::string keywords(const std::string& url) {
  char* problem = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &problem);
  if (options == nullptr) {
    const std::string reason = problem != nullptr ? problem : "not a connection URL";
    PQfreemem(problem);
    throw std::runtime_error("--database: " + reason);
  }
  std::string out;
  for (const auto* option = options; option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    std::string value;
    for (const char* c = option->val; *c != '\0'; ++c) {
      if (*c == '\'' || *c == '\\') value += '\\';
      value += *c;
    }
    out += std::string(option->keyword) + "='" + value + "' ";
  }
  PQconninfoFree(options);
  return out;
}

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const Options& options) : url_(keywords(options.url)), size_(options.readers * 2) {
    for (int i = 0; i < size_; ++i) free_.push_back(i == 0 ? connect() : nullptr);  // the others connect when they are needed
    auto& first = *free_.front();
    first.script("SELECT pg_advisory_lock(77113)");  // two processes that start at once
    first.script("CREATE TABLE IF NOT EXISTS write_gate (nothing integer)");
    first.script("SELECT pg_advisory_unlock(77113)");
  }

  ChangeCounter watch(const std::set<std::string, std::less<>>&) override { return {}; }
  Engine engine() const override { return Engine::postgres; }

  Counts counts() const override {
    Counts c;
    c.statements = statements_;
    c.writes = writes_;
    c.commits = writes_;
    c.retries = retried_;
    return c;
  }

  // One process at a time, by a lock that ends with its transaction. Only committed events are visible here, and positions are given densely in
  // one transaction after another, so a reader that has seen position n will never find a smaller one that it had not seen.
  std::int64_t sequence_events() override {
    std::int64_t given = 0;
    run_transaction("BEGIN ISOLATION LEVEL READ COMMITTED", [&](Session& session) {
      given = 0;
      if (session.value<std::int64_t>("SELECT CASE WHEN pg_try_advisory_xact_lock(77112) THEN 1 ELSE 0 END") == 0) return false;
      given = session.execute(
          "UPDATE event SET position = numbered.position FROM (SELECT id, (SELECT COALESCE(MAX(position), 0) FROM event) + row_number() OVER (ORDER BY id) AS position FROM event "
          "WHERE position IS NULL) AS numbered WHERE event.id = numbered.id");
      return given > 0;
    });
    return given;
  }

 private:
  std::unique_ptr<Session> connect() {
    try {
      auto session = std::make_unique<Session>(Engine::postgres, std::make_unique<soci::session>(soci::postgresql, url_));
      session->script("SET timezone TO 'UTC'");
      session->script("SET client_min_messages TO error");
      return session;
    } catch (const soci::soci_error& e) {
      throw DbError(DbErrorKind::connection, "cannot reach the PostgreSQL server: " + e.get_error_message());
    }
  }

  void run_write(const std::function<bool(Session&)>& body) override {
    static thread_local std::minstd_rand random{std::random_device{}()};
    for (int attempt = 0;; ++attempt) {
      try {
        bool events = false;
        if (run_transaction("BEGIN ISOLATION LEVEL SERIALIZABLE", [&](Session& session) {
              session.script(attempt < alone_after ? "LOCK TABLE write_gate IN ROW SHARE MODE" : "LOCK TABLE write_gate IN EXCLUSIVE MODE");
              const Joining joining(this, &session);
              session.take_poison();
              session.take_wrote_events();
              const bool wanted = body(session);
              if (session.take_poison() && wanted) throw std::logic_error("a write went on after a joined write had failed");
              events = session.take_wrote_events();
              return wanted;
            })) {
          writes_ += 1;
          if (events) wake_event_readers();
        }
        return;
      } catch (const DbError& e) {
        // A unique key that was free when this transaction looked was taken by one that it could not see: run again, it will see it now and
        // refuse in its own words. A key that is taken by our own fault fails a second and third time.
        const bool again = e.kind() == DbErrorKind::serialization ? attempt < retries_max : e.kind() == DbErrorKind::constraint && attempt < 2;
        if (!again) throw;
        retried_ += 1;
        const int limit_us = 500 << std::min(attempt, 7);
        std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution<int>(100, limit_us)(random)));
      }
    }
  }

  void run_read(const std::function<void(Session&)>& body) override {
    run_transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", [&](Session& session) {
      body(session);
      return true;
    });
  }

  // Returns whether it committed. A connection that broke is thrown away; the next user of its place connects anew.
  bool run_transaction(const std::string& begin, const std::function<bool(Session&)>& body) {
    std::unique_ptr<Session> session = take();
    struct Return {
      PostgresDatabase* self;
      std::unique_ptr<Session>* session;
      ~Return() { self->give_back(std::move(*session)); }
    } back{this, &session};
    const auto before = session ? session->statement_count() : 0;
    if (!session) session = connect();
    try {
      session->script(begin);
    } catch (const DbError& e) {
      if (e.kind() != DbErrorKind::connection) throw;
      session = connect();  // the server was restarted since this connection was last used; nothing is lost yet
      session->script(begin);
    }
    bool wanted = false;
    try {
      wanted = body(*session);
      session->script(wanted ? "COMMIT" : "ROLLBACK");
    } catch (const DbError& e) {
      if (e.kind() == DbErrorKind::connection) {
        session.reset();
      } else {
        roll_back(session);
      }
      throw;
    } catch (...) {
      roll_back(session);
      throw;
    }
    statements_ += session->statement_count() - before;
    return wanted;
  }

  static void roll_back(std::unique_ptr<Session>& session) {
    try {
      session->script("ROLLBACK");
    } catch (const std::exception&) {
      session.reset();
    }
  }

  std::unique_ptr<Session> take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !free_.empty(); });
    auto session = std::move(free_.back());
    free_.pop_back();
    return session;
  }

  void give_back(std::unique_ptr<Session> session) {
    {
      const std::lock_guard lock(mutex_);
      if (session) {
        free_.push_back(std::move(session));
      } else {
        free_.insert(free_.begin(), nullptr);
      }
    }
    returned_.notify_one();
  }

  std::string url_;
  int size_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> free_;
  std::atomic<std::int64_t> statements_{0};
  std::atomic<std::int64_t> writes_{0};
  std::atomic<std::int64_t> retried_{0};
};

}  // namespace

void run_outside_transaction(const Options& options, const std::string& sql) {
  soci::session connection(soci::postgresql, keywords(options.url));
  connection << sql;
}

std::unique_ptr<Database> open_postgres(const Options& options) { return std::make_unique<PostgresDatabase>(options); }

}  // namespace mandate::db
