// A SQLite file layer that counts fsync calls and otherwise does what the default one does.
#pragma once

#include <cstdint>

namespace mandate::db {

// Registers the layer once and returns its name for sqlite3_open_v2.
const char* counting_vfs();
std::int64_t counted_syncs();

}  // namespace mandate::db
