#include "platform/db/sqlite_files.hpp"

#include <algorithm>
#include <atomic>
#include <new>
#include <sqlite3.h>
#include <string>

namespace mandate::db {
namespace {

std::atomic<std::int64_t> syncs{0};
constexpr std::size_t held_max = std::size_t{1} << 20;
constexpr std::size_t write_max = std::size_t{1} << 16;  // the default layer takes less than 2^17 bytes at a time

// The default layer's file object follows this one in the block that SQLite gives.
struct File {
  sqlite3_file base;
  sqlite3_file* real;
  bool log;
  // Appended bytes that are not written yet, and where in the file they begin.
  std::string held;
  sqlite3_int64 held_at;

  int write_held() {
    int answer = SQLITE_OK;
    for (std::size_t at = 0; at < held.size() && answer == SQLITE_OK; at += write_max) {
      const std::size_t n = std::min(write_max, held.size() - at);
      answer = real->pMethods->xWrite(real, held.data() + at, static_cast<int>(n), held_at + static_cast<sqlite3_int64>(at));
    }
    held.clear();
    return answer;
  }
};

// After alignment to what any object needs.
constexpr std::size_t real_offset = (sizeof(File) + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);

File& ours(sqlite3_file* f) { return *reinterpret_cast<File*>(f); }
sqlite3_file* real(sqlite3_file* f) { return ours(f).real; }
sqlite3_vfs* real(sqlite3_vfs* v) { return static_cast<sqlite3_vfs*>(v->pAppData); }

int file_close(sqlite3_file* f) {
  File& file = ours(f);
  const int written = file.write_held();
  const int answer = file.real->pMethods->xClose(file.real);
  file.~File();
  return written != SQLITE_OK ? written : answer;
}
int file_read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  if (const int answer = ours(f).write_held(); answer != SQLITE_OK) return answer;
  return real(f)->pMethods->xRead(real(f), to, n, at);
}
int file_write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  File& file = ours(f);
  if (!file.log) return file.real->pMethods->xWrite(file.real, from, n, at);
  if (!file.held.empty() && (at != file.held_at + static_cast<sqlite3_int64>(file.held.size()) || file.held.size() >= held_max)) {
    if (const int answer = file.write_held(); answer != SQLITE_OK) return answer;
  }
  try {
    if (file.held.empty()) file.held_at = at;
    file.held.append(static_cast<const char*>(from), static_cast<std::size_t>(n));
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}
int file_truncate(sqlite3_file* f, sqlite3_int64 n) {
  if (const int answer = ours(f).write_held(); answer != SQLITE_OK) return answer;
  return real(f)->pMethods->xTruncate(real(f), n);
}
int file_sync(sqlite3_file* f, int flags) {
  if (const int answer = ours(f).write_held(); answer != SQLITE_OK) return answer;
  syncs.fetch_add(1, std::memory_order_relaxed);
  return real(f)->pMethods->xSync(real(f), flags);
}
int file_size(sqlite3_file* f, sqlite3_int64* n) {
  if (const int answer = ours(f).write_held(); answer != SQLITE_OK) return answer;
  return real(f)->pMethods->xFileSize(real(f), n);
}
int file_lock(sqlite3_file* f, int how) { return real(f)->pMethods->xLock(real(f), how); }
int file_unlock(sqlite3_file* f, int how) { return real(f)->pMethods->xUnlock(real(f), how); }
int file_check(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
int file_control(sqlite3_file* f, int op, void* arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); }
int file_sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int file_traits(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int file_shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** at) { return real(f)->pMethods->xShmMap(real(f), page, size, extend, at); }
int file_shm_lock(sqlite3_file* f, int offset, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), offset, n, flags); }
void file_shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int file_shm_unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }

const sqlite3_io_methods methods = {2,          file_close,  file_read,     file_write,    file_truncate, file_sync,    file_size,    file_lock,
                                    file_unlock, file_check, file_control, file_sector, file_traits, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, nullptr, nullptr};

int vfs_open(sqlite3_vfs* v, const char* name, sqlite3_file* f, int flags, int* out) {
  auto* file = new (f) File{};
  file->real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(f) + real_offset);
  file->log = (flags & SQLITE_OPEN_WAL) != 0;
  const int answer = real(v)->xOpen(real(v), name, file->real, flags, out);
  if (file->real->pMethods != nullptr) {
    file->base.pMethods = &methods;
  } else {
    file->~File();
    f->pMethods = nullptr;
  }
  return answer;
}

}  // namespace

const char* sqlite_file_layer() {
  static sqlite3_vfs layer = [] {
    sqlite3_vfs* standard = sqlite3_vfs_find(nullptr);
    sqlite3_vfs made = *standard;  // the name and path functions of the default serve as they are
    made.zName = "mandate";
    made.pAppData = standard;
    made.pNext = nullptr;
    made.szOsFile = static_cast<int>(real_offset) + standard->szOsFile;
    made.xOpen = vfs_open;
    return made;
  }();
  static const int registered = sqlite3_vfs_register(&layer, 0);
  (void)registered;
  return layer.zName;
}

std::int64_t counted_syncs() { return syncs.load(std::memory_order_relaxed); }

}  // namespace mandate::db
