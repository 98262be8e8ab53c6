// What the machine and SQLite can do and nothing else: one row of the duty table, one durable commit, again and again. The database is one that the
// program made, so that the row has the indexes that a duty has.
//   bare_commits DATABASE SECONDS   prints commits a second
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sqlite3.h>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) return 1;
  if (sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", nullptr, nullptr, nullptr) != SQLITE_OK) return 1;
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db,
                     "INSERT INTO duty VALUES (NULL, '112-000001', '召開重大工程品質推動委員會議', '', 'plan', '', 0, 1, 0, 0, '2023-03-31', '2023-03-31', '2023-03-31', 1, 'open', NULL, 'normal', 'internal', 0, 1, 1, 1, 1)", -1,
                     &insert, nullptr);
  const double seconds = std::atof(argv[2]);
  const auto begun = std::chrono::steady_clock::now();
  long count = 0;
  double took = 0;
  while (took < seconds) {
    if (sqlite3_step(insert) != SQLITE_DONE) return 1;  // commits by itself
    sqlite3_reset(insert);
    ++count;
    took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  }
  std::printf("%.1f\n", static_cast<double>(count) / took);
  sqlite3_finalize(insert);
  sqlite3_close(db);
}
