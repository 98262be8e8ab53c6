#include "platform/db/database.hpp"
#include "platform/db/sync_counter.hpp"
#include "platform/log/log.hpp"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

namespace mandate::db {
namespace {

constexpr std::size_t group_max = 256;           // writes in one commit
constexpr std::chrono::microseconds gather_time{600};  // how long a group may wait for writers seen in the group before
constexpr int checkpoint_pages = 4000;           // 16 MB of WAL, then pages move to the main file

// SOCI declares the engine's interface inside a namespace of its own.
sqlite_api::sqlite3* handle(Session& session) { return static_cast<soci::sqlite3_session_backend*>(session.connection().get_backend())->conn_; }

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const Options& options) {
    std::filesystem::create_directories(options.directory);
    lock_directory(options.directory / "owner.lock");
    const auto file = options.directory / "mandate.db";
    writer_session_ = connect(file, false);
    writer_session_->script("PRAGMA journal_mode=WAL");
    writer_session_->script("PRAGMA synchronous=FULL");
    writer_session_->script("PRAGMA foreign_keys=ON");
    writer_session_->script("PRAGMA wal_autocheckpoint=0");  // this connection checkpoints by itself, after a commit was answered
    writer_session_->script("PRAGMA cache_size=-32768");
    writer_session_->script("PRAGMA temp_store=MEMORY");
    writer_session_->script("PRAGMA mmap_size=0");
    for (int i = 0; i < options.readers; ++i) {
      auto reader = connect(file, true);
      reader->script("PRAGMA query_only=ON");
      reader->script("PRAGMA cache_size=-8192");
      reader->script("PRAGMA temp_store=MEMORY");
      reader->script("PRAGMA mmap_size=0");
      free_readers_.push_back(reader.get());
      readers_.push_back(std::move(reader));
    }
    writer_ = std::thread([this] { write_groups(); });
  }

  ~SqliteDatabase() override {
    {
      const std::lock_guard lock(queue_mutex_);
      stopping_ = true;
    }
    queue_changed_.notify_all();
    writer_.join();
    free_readers_.clear();
    readers_.clear();  // before the writer, so that the writer's is the last close and the only checkpoint
    try {
      writer_session_->script("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const std::exception& e) {
      log::warning("checkpoint_failed", {{"reason", e.what()}});
    }
    writer_session_.reset();
    ::close(lock_fd_);
  }

  Engine engine() const override { return Engine::sqlite; }

  Counts counts() const override {
    Counts c;
    c.statements = writer_session_->statement_count();
    for (const auto& reader : readers_) c.statements += reader->statement_count();
    c.writes = writes_;
    c.commits = commits_;
    c.syncs = counted_syncs();
    return c;
  }

  std::int64_t sequence_events() override { return 0; }

 private:
  struct Task {
    const std::function<bool(Session&)>* body;
    std::exception_ptr error;
    bool wanted = false;  // the body asked to commit
    std::atomic<bool> finished{false};
  };

  std::unique_ptr<Session> connect(const std::filesystem::path& file, bool readonly) {
    const std::string text = "db=" + file.string() + " timeout=10 vfs=" + counting_vfs() + (readonly ? " readonly=true" : "");
    return std::make_unique<Session>(Engine::sqlite, std::make_unique<soci::session>(soci::sqlite3, text));
  }

  void lock_directory(const std::filesystem::path& file) {
    lock_fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_fd_ < 0) throw std::runtime_error("cannot write in " + file.parent_path().string() + ": choose another --data folder");
    if (::flock(lock_fd_, LOCK_EX | LOCK_NB) != 0) {
      ::close(lock_fd_);
      throw std::runtime_error("another mandate process owns " + file.parent_path().string() + ": stop it, or let the command go through its socket");
    }
  }

  void run_write(const std::function<bool(Session&)>& body) override {
    Task task;
    task.body = &body;
    {
      const std::lock_guard lock(queue_mutex_);
      if (stopping_) throw DbError(DbErrorKind::connection, "the database is closing");
      queue_.push_back(&task);
    }
    queue_changed_.notify_one();
    task.finished.wait(false);
    if (task.error) std::rethrow_exception(task.error);
  }

  void run_read(const std::function<void(Session&)>& body) override {
    Session* session = take_reader();
    struct Return {
      SqliteDatabase* self;
      Session* session;
      ~Return() { self->give_back(session); }
    } back{this, session};
    session->script("BEGIN");
    try {
      body(*session);
    } catch (...) {
      session->script("ROLLBACK");
      throw;
    }
    session->script("COMMIT");
  }

  Session* take_reader() {
    std::unique_lock lock(reader_mutex_);
    reader_free_.wait(lock, [&] { return !free_readers_.empty(); });
    Session* session = free_readers_.back();
    free_readers_.pop_back();
    return session;
  }

  void give_back(Session* session) {
    {
      const std::lock_guard lock(reader_mutex_);
      free_readers_.push_back(session);
    }
    reader_free_.notify_one();
  }

  void write_groups() {
    std::vector<Task*> group;
    std::size_t expected = 1;
    while (true) {
      group.clear();
      {
        std::unique_lock lock(queue_mutex_);
        queue_changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
      }
      bool events = false;
      bool broken = false;
      std::exception_ptr failure;
      try {
        writer_session_->script("BEGIN IMMEDIATE");
        run_group(group, expected, events);
        writer_session_->script("COMMIT");
        commits_ += 1;
      } catch (...) {
        broken = true;
        failure = std::current_exception();
        if (sqlite_api::sqlite3_get_autocommit(handle(*writer_session_)) == 0) {
          try {
            writer_session_->script("ROLLBACK");
          } catch (const std::exception& e) {
            log::error("rollback_failed", {{"reason", e.what()}});
          }
        }
        if (group.empty()) {  // not even begun: refuse those who wait, rather than spin
          const std::lock_guard lock(queue_mutex_);
          group.assign(queue_.begin(), queue_.end());
          queue_.clear();
        }
      }
      expected = group.size();
      for (Task* task : group) {
        if (broken && !task->error) task->error = failure;
        if (!broken && task->wanted) writes_ += 1;
        task->finished.store(true);
        task->finished.notify_one();
      }
      if (events && !broken) wake_event_readers();
      if (!broken) checkpoint_when_due();
    }
  }

  // Runs what is queued, each in a savepoint of its own, and waits a moment for as many as came together the last time: that keeps groups large
  // under load and costs a lone writer nothing.
  void run_group(std::vector<Task*>& group, std::size_t expected, bool& events) {
    const auto until = std::chrono::steady_clock::now() + gather_time;
    while (group.size() < group_max) {
      Task* task = nullptr;
      {
        std::unique_lock lock(queue_mutex_);
        if (queue_.empty() && group.size() < expected && !stopping_) queue_changed_.wait_until(lock, until, [&] { return !queue_.empty() || stopping_; });
        if (queue_.empty()) return;
        task = queue_.front();
        queue_.pop_front();
      }
      group.push_back(task);
      run_task(*task, events);
    }
  }

  void run_task(Task& task, bool& events) {
    const Joining joining(this, writer_session_.get());
    writer_session_->take_poison();
    writer_session_->script("SAVEPOINT task");
    try {
      task.wanted = (*task.body)(*writer_session_);
      if (writer_session_->take_poison() && task.wanted) throw std::logic_error("a write went on after a joined write had failed");
    } catch (...) {
      task.error = std::current_exception();
      task.wanted = false;
    }
    if (sqlite_api::sqlite3_get_autocommit(handle(*writer_session_)) != 0) {
      // A full disk or an I/O error made the engine roll back everything: the whole group is lost, and each of its writers must hear it.
      if (task.error) std::rethrow_exception(task.error);
      throw DbError(DbErrorKind::full, "the transaction was rolled back by the database");
    }
    if (!task.wanted) {
      writer_session_->take_wrote_events();
      writer_session_->script("ROLLBACK TO task");
    }
    events = writer_session_->take_wrote_events() || events;
    writer_session_->script("RELEASE task");
  }

  void checkpoint_when_due() {
    int in_log = 0;
    int moved = 0;
    // Asked of the file size rather than of a checkpoint call: that one would already sync.
    if (++commits_since_look_ < 64) return;
    commits_since_look_ = 0;
    std::error_code ignored;
    const auto wal = std::filesystem::file_size(sqlite_api::sqlite3_db_filename(handle(*writer_session_), "main") + std::string("-wal"), ignored);
    if (ignored || wal < static_cast<std::uintmax_t>(checkpoint_pages) * 4096) return;
    sqlite_api::sqlite3_wal_checkpoint_v2(handle(*writer_session_), "main", SQLITE_CHECKPOINT_RESTART, &in_log, &moved);
  }

  int lock_fd_ = -1;
  std::unique_ptr<Session> writer_session_;
  std::vector<std::unique_ptr<Session>> readers_;
  std::mutex reader_mutex_;
  std::condition_variable reader_free_;
  std::vector<Session*> free_readers_;
  std::mutex queue_mutex_;
  std::condition_variable queue_changed_;
  std::deque<Task*> queue_;
  bool stopping_ = false;
  std::atomic<std::int64_t> writes_{0};
  std::atomic<std::int64_t> commits_{0};
  int commits_since_look_ = 0;
  std::thread writer_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options) { return std::make_unique<SqliteDatabase>(options); }

}  // namespace mandate::db
