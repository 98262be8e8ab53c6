// Files by the hash of their content: on disk under files/ab/cd/, a row each, shared by all records that hold the same content.
//
// A file comes to its place before its row is written, and both happen under a shared lock; the sweep takes the lock for itself. So what lies on disk
// without a row is a leftover, and a row never lacks its file, at whatever moment a process dies.
#pragma once

#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"
#include "platform/files/apart.hpp"
#include "platform/files/incoming.hpp"
#include "platform/i18n/messages.hpp"

#include <set>

namespace mandate::files {

BOOST_DEFINE_ENUM_CLASS(PreviewState, none, waiting, ready, failed)

struct StoredFile {
  std::string hash;  // SHA-256
  std::int64_t size = 0;
  std::int64_t crc32 = 0;
  std::string type;
  Instant created_at;
  std::int64_t width = 0, height = 0, pages = 0;
  PreviewState preview = PreviewState::none;
  std::int64_t preview_pages = 0;
};
BOOST_DESCRIBE_STRUCT(StoredFile, (), (hash, size, crc32, type, created_at, width, height, pages, preview, preview_pages))

// A shared or sole hold on the store's folder; released when destroyed, and by the system when the process dies.
class Hold {
 public:
  Hold(const std::filesystem::path& file, bool sole);
  ~Hold();
  Hold(Hold&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  Hold& operator=(Hold&&) = delete;
  explicit operator bool() const { return file_ >= 0; }

 private:
  int file_;
};

// A whole file, inspected and in its place, whose row is still to be written.
struct Placed {
  StoredFile file;
  Hold hold;
};

// A file that the program makes itself, while it is made: in the store's own folder, gone when destroyed.
class Draft {
 public:
  explicit Draft(std::filesystem::path path);
  ~Draft();
  Draft(Draft&& other) noexcept;
  Draft& operator=(Draft&&) = delete;
  void write(std::string_view piece);  // throws when the disk takes no more
  const std::filesystem::path& path() const { return path_; }

 private:
  friend class FileStore;
  std::filesystem::path path_;
  int file_;
  std::int64_t bytes_ = 0;
  std::uint32_t crc_ = 0;
  digest::Sha256 sha_;
};

struct Swept {
  int rows = 0, files = 0, incoming = 0;
};

class FileStore {
 public:
  FileStore(db::Database& database, const Clock& clock, std::filesystem::path folder, Workshop workshop);

  // A module that keeps hashes says where: `table`.`column` is a reference, and what nobody references is swept.
  void add_reference(const std::string& table, const std::string& column) { references_.emplace_back(table, column); }
  // Which of these uploads are still wanted; the rest of incoming/ is swept.
  void set_wanted(std::function<std::set<std::int64_t>(db::Session&, const std::vector<std::int64_t>&)> wanted) { wanted_ = std::move(wanted); }

  // ---- on the way in, by an upload's id
  Result<std::unique_ptr<Incoming>> open_incoming(std::int64_t id, std::int64_t whole) const { return Incoming::open(incoming_, id, whole); }
  std::int64_t bytes_of(std::int64_t id) const { return Incoming::bytes_of(incoming_, id); }
  void discard(std::int64_t id) const { Incoming::remove(incoming_, id); }
  // Looks at the whole file and brings it to its place; a refused one is kept nowhere. The upload itself stays until discard().
  Result<Placed> place(std::int64_t id, std::int64_t whole, const std::string& name, const InspectLimits& limits);
  // Of our own making: needs no look, and no preview is made.
  Draft draft() const { return Draft(incoming_ / ("draft-" + std::to_string(next_id()))); }
  Result<Placed> place_own(Draft draft, const std::string& type);
  // Writes the row within the caller's transaction, while `placed` is still held.
  void keep(db::Session& session, const StoredFile& file, Instant now);

  // ---- afterwards
  std::optional<StoredFile> find(db::Session& session, const std::string& hash);
  std::filesystem::path path_of(const std::string& hash) const;
  std::filesystem::path preview_of(const std::string& hash, const std::string& page) const;  // "1", "thumbnail"
  // The job behind a row whose preview is waiting.
  Result<> make_preview(const std::string& hash);
  Swept sweep(Instant now);

  // Called between the steps of place() and sweep(): tests end the process there.
  std::function<void(const char* step)> at_step;

 private:
  void step(const char* name) const {
    if (at_step) at_step(name);
  }
  bool bring(const std::filesystem::path& from, const std::string& hash) const;
  void sweep_rows(Instant now, Swept& swept);
  void sweep_shard(const std::filesystem::path& shard, Swept& swept);
  void sweep_incoming(Swept& swept);

  db::Database& database_;
  const Clock& clock_;
  std::filesystem::path folder_;
  std::filesystem::path incoming_;
  Workshop workshop_;
  std::vector<std::pair<std::string, std::string>> references_;
  std::function<std::set<std::int64_t>(db::Session&, const std::vector<std::int64_t>&)> wanted_;
};

constexpr const char* preview_job = "files.preview";

db::MigrationSet files_migrations();
const std::vector<i18n::Message>& files_messages();

}  // namespace mandate::files
