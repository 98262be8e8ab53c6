#include "platform/db/database.hpp"
#include "platform/db/sqlite_files.hpp"
#include "platform/log/log.hpp"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

namespace mandate::db {
namespace {

constexpr std::size_t group_max = 256;           // writes in one commit
constexpr int checkpoint_pages = 16000;  // 64 MB of WAL, then pages move to the main file

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
    sqlite_api::sqlite3_update_hook(handle(*writer_session_), &SqliteDatabase::row_changed, this);
    keeper_ = std::thread([this] { keep_log_short(); });
  }

  ~SqliteDatabase() override {
    {
      std::unique_lock lock(queue_mutex_);
      stopping_ = true;
      lead_changed_.notify_all();
      lead_changed_.wait(lock, [&] { return lead_ == Lead::nobody; });
    }
    keeper_.join();
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

  ChangeCounter watch(const std::set<std::string, std::less<>>& tables) override {
    const std::lock_guard lock(watch_mutex_);
    watched_.push_back({tables, std::make_shared<std::atomic<std::uint64_t>>(0), false});
    return ChangeCounter(watched_.back().count);
  }

 private:
  enum class Lead { nobody, writer, keeper };  // who uses the writing connection
  enum class Turn : int { waiting, leading, finished };
  struct Task {
    const std::function<bool(Session&)>* body;
    std::exception_ptr error;
    bool wanted = false;  // the body asked to commit
    std::atomic<Turn> turn{Turn::waiting};
    void tell(Turn now) {
      turn.store(now);
      turn.notify_one();
    }
  };

  struct Watched {
    std::set<std::string, std::less<>> tables;
    std::shared_ptr<std::atomic<std::uint64_t>> count;
    bool touched = false;  // in the group that is being written
  };

  static void row_changed(void* self, int, const char*, const char* table, sqlite_api::sqlite3_int64) {
    auto& database = *static_cast<SqliteDatabase*>(self);
    const std::lock_guard lock(database.watch_mutex_);
    for (auto& watched : database.watched_) {
      if (watched.tables.count(std::string_view(table)) == 1 && !std::exchange(watched.touched, true)) ++*watched.count;
    }
  }

  // Before anybody is answered, so that nobody who has been answered finds what was there before.
  void tell_watchers() {
    const std::lock_guard lock(watch_mutex_);
    for (auto& watched : watched_) {
      if (std::exchange(watched.touched, false)) ++*watched.count;
    }
  }

  std::unique_ptr<Session> connect(const std::filesystem::path& file, bool readonly) {
    const std::string text = "db=" + file.string() + " timeout=10 vfs=" + sqlite_file_layer() + (readonly ? " readonly=true" : "");
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

  // One connection writes, and whoever comes when nobody writes does it, on its own thread: a lone writer waits for no other thread. Those who come
  // meanwhile queue up; the first of them leads the next group, and a leader runs and commits the whole group for the others.
  void run_write(const std::function<bool(Session&)>& body) override {
    Task task;
    task.body = &body;
    bool leads = false;
    {
      const std::lock_guard lock(queue_mutex_);
      if (stopping_) throw DbError(DbErrorKind::connection, "the database is closing");
      queue_.push_back(&task);
      leads = lead_ == Lead::nobody;
      if (leads) lead_ = Lead::writer;
    }
    if (!leads) task.turn.wait(Turn::waiting);
    if (leads || task.turn == Turn::leading) lead();
    if (task.error) std::rethrow_exception(task.error);
  }

  // To the keeper of the log when that is due, else to the first who waits, else to nobody.
  void pass_lead() {
    const std::lock_guard lock(queue_mutex_);
    if (log_is_long_ && lead_ != Lead::keeper && !stopping_) {
      lead_ = Lead::keeper;
      lead_changed_.notify_all();
    } else if (!queue_.empty()) {
      lead_ = Lead::writer;
      queue_.front()->tell(Turn::leading);
    } else {
      lead_ = Lead::nobody;
      if (stopping_) lead_changed_.notify_all();
    }
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

  // Commits one group, which holds the leader's own task: it stands first in the queue. Then passes the lead and tells the group.
  void lead() {
    std::vector<Task*> group;
    bool events = false;
    bool broken = false;
    std::exception_ptr failure;
    try {
      writer_session_->script("BEGIN IMMEDIATE");
      run_group(group, events);
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
      if (group.empty()) {  // not even begun: refuse those who wait, rather than try for each
        const std::lock_guard lock(queue_mutex_);
        group.assign(queue_.begin(), queue_.end());
        queue_.clear();
      }
    }
    tell_watchers();
    for (Task* task : group) {
      if (broken && !task->error) task->error = failure;
      if (!broken && task->wanted) writes_ += 1;
    }
    if (!broken) look_at_log();
    pass_lead();  // first of all the next group goes on; those of this one may be told beside it
    for (Task* task : group) task->tell(Turn::finished);
    if (events && !broken) wake_event_readers();
  }

  // Runs what is queued at its beginning. Who comes later goes into the next group: while this one is committed and its answers are sent, that one
  // gathers, so that under load one half of the writers is always on the way while the other is written.
  void run_group(std::vector<Task*>& group, bool& events) {
    {
      const std::lock_guard lock(queue_mutex_);
      const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), group_max));
      group.assign(queue_.begin(), queue_.begin() + count);
      queue_.erase(queue_.begin(), queue_.begin() + count);
    }
    for (Task* task : group) run_task(*task, task == group.front(), events);
  }

  // Each in a savepoint of its own, but for the first: while it runs there is nothing before it to keep, so the transaction itself is its savepoint.
  // (A savepoint costs the engine a copy of every page that is changed in it.)
  void run_task(Task& task, bool first, bool& events) {
    const Joining joining(this, writer_session_.get());
    writer_session_->take_poison();
    if (!first) writer_session_->script("SAVEPOINT task");
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
      writer_session_->script(first ? "ROLLBACK" : "ROLLBACK TO task");
      if (first) writer_session_->script("BEGIN IMMEDIATE");
    }
    events = writer_session_->take_wrote_events() || events;
    if (!first) writer_session_->script("RELEASE task");
  }

  // The size of the file rather than a checkpoint call tells: that one would already sync.
  void look_at_log() {
    if (++commits_since_look_ < 64) return;
    commits_since_look_ = 0;
    std::error_code ignored;
    const auto wal = std::filesystem::file_size(sqlite_api::sqlite3_db_filename(handle(*writer_session_), "main") + std::string("-wal"), ignored);
    log_is_long_ = !ignored && wal >= static_cast<std::uintmax_t>(checkpoint_pages) * 4096;
  }

  // A thread of its own, so that no writer waits for a checkpoint after its commit. It takes the lead for that time.
  void keep_log_short() {
    while (true) {
      {
        std::unique_lock lock(queue_mutex_);
        lead_changed_.wait(lock, [&] { return stopping_ || lead_ == Lead::keeper; });
        if (lead_ != Lead::keeper) return;
      }
      int in_log = 0;
      int moved = 0;
      sqlite_api::sqlite3_wal_checkpoint_v2(handle(*writer_session_), "main", SQLITE_CHECKPOINT_RESTART, &in_log, &moved);
      log_is_long_ = false;
      pass_lead();
    }
  }

  int lock_fd_ = -1;
  std::unique_ptr<Session> writer_session_;
  std::vector<std::unique_ptr<Session>> readers_;
  std::mutex reader_mutex_;
  std::condition_variable reader_free_;
  std::vector<Session*> free_readers_;
  std::mutex watch_mutex_;
  std::vector<Watched> watched_;
  std::mutex queue_mutex_;
  std::condition_variable lead_changed_;
  std::deque<Task*> queue_;
  Lead lead_ = Lead::nobody;
  bool stopping_ = false;
  std::atomic<std::int64_t> writes_{0};
  std::atomic<std::int64_t> commits_{0};
  // Of whoever leads:
  int commits_since_look_ = 0;
  bool log_is_long_ = false;  // the keeper is the next to lead
  std::thread keeper_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options) { return std::make_unique<SqliteDatabase>(options); }

}  // namespace mandate::db
