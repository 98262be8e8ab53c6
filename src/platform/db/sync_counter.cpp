#include "platform/db/sync_counter.hpp"

#include <atomic>
#include <sqlite3.h>

namespace mandate::db {
namespace {

std::atomic<std::int64_t> syncs{0};

// The default file object follows this header in one block, as SQLite's own shims do it.
struct CountingFile {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* real(sqlite3_file* f) { return reinterpret_cast<CountingFile*>(f)->real; }
sqlite3_vfs* real(sqlite3_vfs* v) { return static_cast<sqlite3_vfs*>(v->pAppData); }

int file_close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int file_read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, n, at); }
int file_write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) { return real(f)->pMethods->xWrite(real(f), from, n, at); }
int file_truncate(sqlite3_file* f, sqlite3_int64 n) { return real(f)->pMethods->xTruncate(real(f), n); }
int file_sync(sqlite3_file* f, int flags) {
  syncs.fetch_add(1, std::memory_order_relaxed);
  return real(f)->pMethods->xSync(real(f), flags);
}
int file_size(sqlite3_file* f, sqlite3_int64* n) { return real(f)->pMethods->xFileSize(real(f), n); }
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
  auto* file = reinterpret_cast<CountingFile*>(f);
  file->real = reinterpret_cast<sqlite3_file*>(file + 1);
  file->base.pMethods = nullptr;
  const int answer = real(v)->xOpen(real(v), name, file->real, flags, out);
  if (file->real->pMethods != nullptr) file->base.pMethods = &methods;
  return answer;
}

}  // namespace

const char* counting_vfs() {
  static sqlite3_vfs layer = [] {
    sqlite3_vfs* standard = sqlite3_vfs_find(nullptr);
    sqlite3_vfs made = *standard;  // the name and path functions of the default serve as they are
    made.zName = "mandate";
    made.pAppData = standard;
    made.pNext = nullptr;
    made.szOsFile = static_cast<int>(sizeof(CountingFile)) + standard->szOsFile;
    made.xOpen = vfs_open;
    return made;
  }();
  static const int registered = sqlite3_vfs_register(&layer, 0);
  (void)registered;
  return layer.zName;
}

std::int64_t counted_syncs() { return syncs.load(std::memory_order_relaxed); }

}  // namespace mandate::db
