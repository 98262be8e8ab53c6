// What the machine and SQLite can do and nothing else: one row as wide as a duty, one durable commit, again and again.
//   bare_commits FOLDER SECONDS   prints commits a second
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sqlite3.h>
#include <string>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  sqlite3* db = nullptr;
  const std::string file = std::string(argv[1]) + "/bare.db";
  if (sqlite3_open(file.c_str(), &db) != SQLITE_OK) return 1;
  const char* setup =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS duty (id INTEGER PRIMARY KEY, number TEXT, title TEXT, detail TEXT, origin TEXT, source_kind TEXT, source_id BIGINT, agency_id BIGINT, "
      "unit_id BIGINT, post_id BIGINT, due_on TEXT, first_due_on TEXT, nominal_due_on TEXT, calendar_version BIGINT, state TEXT, done_on TEXT, severity TEXT, confidentiality TEXT, series_id BIGINT, created_at BIGINT, "
      "created_by BIGINT, recorded_at BIGINT, revision BIGINT);";
  if (sqlite3_exec(db, setup, nullptr, nullptr, nullptr) != SQLITE_OK) return 1;
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
