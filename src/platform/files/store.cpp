#include "platform/files/store.hpp"

#include "platform/files/preview.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <zlib.h>

MANDATE_EMBEDDED(platform_files)

namespace mandate::files {
namespace {

constexpr auto file_columns = "hash, size, crc32, type, created_at, width, height, pages, preview, preview_pages";
constexpr std::int64_t grace_seconds = 24 * 3600;  // between a row and its first reference, and after its last
constexpr int rows_a_sweep = 1000;

void sync_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

bool is_hash(const std::string& text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos; }

}  // namespace

db::MigrationSet files_migrations() { return db::migrations_of("platform_files", embedded::platform_files); }

Hold::Hold(const std::filesystem::path& path, bool sole) : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (file_ < 0) return;
  int result = 0;
  do {
    result = ::flock(file_, sole ? LOCK_EX | LOCK_NB : LOCK_SH);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return;
  ::close(file_);
  file_ = -1;
}

Hold::~Hold() {
  if (file_ >= 0) ::close(file_);
}

FileStore::FileStore(db::Database& database, const Clock& clock, std::filesystem::path folder, Workshop workshop)
    : database_(database), clock_(clock), folder_(std::move(folder)), incoming_(folder_ / "incoming"), workshop_(std::move(workshop)) {
  std::filesystem::create_directories(incoming_);
  std::filesystem::create_directories(folder_ / "previews");
}

std::filesystem::path FileStore::path_of(const std::string& hash) const { return folder_ / hash.substr(0, 2) / hash.substr(2, 2) / hash; }
std::filesystem::path FileStore::preview_of(const std::string& hash, const std::string& page) const { return folder_ / "previews" / hash.substr(0, 2) / hash / (page + ".jpg"); }

Result<Placed> FileStore::place(std::int64_t id, std::int64_t whole, const std::string& name, const InspectLimits& limits) {
  MANDATE_ASSIGN(auto in, open_incoming(id, whole));
  if (!in->whole()) return fault(FaultKind::conflict, "file.incomplete", {{"bytes", std::to_string(in->bytes())}});
  MANDATE_TRY(in->sync());
  step("synced");
  auto inspected = workshop_.inspect(in->path(), name, limits);
  if (!inspected.ok()) {
    // What cannot be looked at just now may be tried again; what was refused is kept nowhere.
    if (inspected.fault().kind == FaultKind::invalid) discard(id);
    return inspected.fault();
  }
  step("inspected");
  Placed placed{{in->hash(), whole, in->crc32(), inspected->type, clock_.now(), inspected->width, inspected->height, inspected->pages, has_preview(inspected->type) ? PreviewState::waiting : PreviewState::none, 0},
                Hold(folder_ / "lock", false)};
  if (!placed.hold) return fault(FaultKind::unavailable, "file.not_written");
  if (!bring(in->path(), placed.file.hash)) return fault(FaultKind::unavailable, errno == ENOSPC ? "fault.storage_full" : "file.not_written");
  return placed;
}

// A link and no move: should the row not be written, an upload is still whole and can be completed again.
bool FileStore::bring(const std::filesystem::path& from, const std::string& hash) const {
  const auto target = path_of(hash);
  std::error_code error;
  std::filesystem::create_directories(target.parent_path(), error);
  if (::link(from.c_str(), target.c_str()) != 0 && errno != EEXIST) return false;
  step("linked");
  sync_folder(target.parent_path());
  sync_folder(target.parent_path().parent_path());
  sync_folder(folder_);
  step("placed");
  return true;
}

Draft::Draft(std::filesystem::path path) : path_(std::move(path)), file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
  if (file_ < 0) throw std::runtime_error("cannot write " + path_.string());
}

Draft::Draft(Draft&& other) noexcept : path_(std::exchange(other.path_, {})), file_(std::exchange(other.file_, -1)), bytes_(other.bytes_), crc_(other.crc_), sha_(other.sha_) {}

Draft::~Draft() {
  if (file_ >= 0) ::close(file_);
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

void Draft::write(std::string_view piece) {
  sha_.add(piece);
  crc_ = static_cast<std::uint32_t>(::crc32_z(crc_, reinterpret_cast<const Bytef*>(piece.data()), piece.size()));
  bytes_ += static_cast<std::int64_t>(piece.size());
  while (!piece.empty()) {
    const auto n = ::write(file_, piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw std::runtime_error("the disk takes no more of a file of our own");
    piece.remove_prefix(static_cast<std::size_t>(n));
  }
}

Result<Placed> FileStore::place_own(Draft draft, const std::string& type) {
  if (::fsync(draft.file_) != 0) return fault(FaultKind::unavailable, "file.not_written");
  Placed placed{{draft.sha_.finish_hex(), draft.bytes_, static_cast<std::int64_t>(draft.crc_), type, clock_.now(), 0, 0, 0, PreviewState::none, 0}, Hold(folder_ / "lock", false)};
  if (!placed.hold || !bring(draft.path(), placed.file.hash)) return fault(FaultKind::unavailable, errno == ENOSPC ? "fault.storage_full" : "file.not_written");
  return placed;
}

void FileStore::keep(db::Session& s, const StoredFile& f, Instant now) {
  const bool fresh = s.execute("INSERT INTO stored_file (hash, size, crc32, type, created_at, seen_at, width, height, pages, preview, preview_pages) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (hash) DO NOTHING", f.hash, f.size,
                               f.crc32, f.type, now, now, f.width, f.height, f.pages, f.preview) == 1;
  if (!fresh) s.execute("UPDATE stored_file SET seen_at = ? WHERE hash = ?", now, f.hash);
  if (fresh && f.preview == PreviewState::waiting) jobs::enqueue(s, preview_job, boost::json::serialize(boost::json::object{{"hash", f.hash}}), now, f.hash);
}

std::optional<StoredFile> FileStore::find(db::Session& s, const std::string& hash) { return s.find<StoredFile>(std::string("SELECT ") + file_columns + " FROM stored_file WHERE hash = ?", hash); }

Result<> FileStore::make_preview(const std::string& hash) {
  const auto file = database_.read([&](db::Session& s) { return find(s, hash); });
  if (!file || file->preview != PreviewState::waiting) return done();
  const auto draft = incoming_ / ("preview-" + std::to_string(next_id()));
  std::filesystem::create_directories(draft);
  const int pages = workshop_.preview(path_of(hash), file->type, draft);
  const auto target = preview_of(hash, "1").parent_path();
  if (pages > 0) {
    std::error_code error;
    std::filesystem::create_directories(target.parent_path());
    std::filesystem::remove_all(target);  // of a run that ended before it wrote the row
    std::filesystem::rename(draft, target, error);
    if (error) return fault(FaultKind::unavailable, "file.not_written");
  }
  std::filesystem::remove_all(draft);
  return database_.write([&](db::Session& s) -> Result<> {
    s.execute("UPDATE stored_file SET preview = ?, preview_pages = ? WHERE hash = ?", pages > 0 ? PreviewState::ready : PreviewState::failed, pages, hash);
    return done();
  });
}

Swept FileStore::sweep(Instant now) {
  Swept swept;
  sweep_rows(now, swept);
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    if (entry.is_directory() && entry.path().filename().string().size() == 2) sweep_shard(entry.path(), swept);
  }
  sweep_incoming(swept);
  if (swept.rows + swept.files + swept.incoming > 0) log::info("files_swept", {{"rows", swept.rows}, {"files", swept.files}, {"incoming", swept.incoming}});
  return swept;
}

void FileStore::sweep_rows(Instant now, Swept& swept) {
  const Hold hold(folder_ / "lock", true);
  if (!hold) return;  // a file is being placed: next time
  std::string unreferenced;
  for (const auto& [table, column] : references_) unreferenced += " AND NOT EXISTS (SELECT 1 FROM " + table + " r WHERE r." + column + " = f.hash)";
  (void)database_.write([&](db::Session& s) -> Result<> {
    swept.rows = static_cast<int>(s.execute("DELETE FROM stored_file WHERE hash IN (SELECT f.hash FROM stored_file f WHERE f.seen_at < ?" + unreferenced + " ORDER BY f.seen_at, f.hash LIMIT ?)", now.plus_seconds(-grace_seconds), rows_a_sweep));
    return done();
  }).ok();
}

// Files without a row; one shard at a time, so that nobody who completes an upload waits for long.
void FileStore::sweep_shard(const std::filesystem::path& shard, Swept& swept) {
  const Hold hold(folder_ / "lock", true);
  if (!hold) return;
  const auto prefix = shard.filename().string();
  const auto rows = database_.read([&](db::Session& s) { return s.list<std::string>("SELECT hash FROM stored_file WHERE hash >= ? AND hash < ?", prefix, prefix + "g"); });
  const std::set<std::string> known(rows.begin(), rows.end());
  step("sweeping");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shard)) {
    const auto name = entry.path().filename().string();
    if (!entry.is_regular_file() || known.count(name) == 1) continue;
    std::error_code ignored;
    std::filesystem::remove(entry.path(), ignored);
    if (is_hash(name)) std::filesystem::remove_all(preview_of(name, "1").parent_path(), ignored);
    ++swept.files;
  }
}

void FileStore::sweep_incoming(Swept& swept) {
  std::vector<std::int64_t> ids;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(incoming_)) {
    const auto name = entry.path().filename().string();
    if (entry.is_directory()) {
      // A preview in the making takes minutes at most.
      if (std::filesystem::last_write_time(entry.path(), ignored) < std::filesystem::file_time_type::clock::now() - std::chrono::hours(1)) std::filesystem::remove_all(entry.path(), ignored);
    } else if (name.rfind("draft-", 0) == 0) {
      // Of a process that ended in the middle; a file of our own takes minutes.
      if (std::filesystem::last_write_time(entry.path(), ignored) < std::filesystem::file_time_type::clock::now() - std::chrono::hours(24)) std::filesystem::remove(entry.path(), ignored);
    } else if (const auto digits = name.substr(0, name.find('.')); !digits.empty() && digits.size() < 19 && digits.find_first_not_of("0123456789") == std::string::npos) {
      ids.push_back(std::stoll(digits));  // the data, and the state beside it
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.empty() || !wanted_) return;
  const auto wanted = database_.read([&](db::Session& s) { return wanted_(s, ids); });
  for (const auto id : ids) {
    if (wanted.count(id) == 1) continue;
    discard(id);
    ++swept.incoming;
  }
}

}  // namespace mandate::files
