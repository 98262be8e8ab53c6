// A SQLite file layer over the default one. It counts fsync calls, and it keeps what is appended to the log (WAL) in memory up to the next sync, so
// that a commit of many pages is one write. Nothing else may see a frame before that sync: with synchronous=FULL the index of the log, by which
// readers find frames, is moved on only after it.
#pragma once

#include <cstdint>

namespace mandate::db {

// Registers the layer once and returns its name for sqlite3_open_v2.
const char* sqlite_file_layer();
std::int64_t counted_syncs();

}  // namespace mandate::db
