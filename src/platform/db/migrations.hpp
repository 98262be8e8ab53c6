// Forward-only migrations, numbered within a module and checksummed: a file that has been applied may not change.
#pragma once

#include "platform/db/database.hpp"

#include <string>
#include <vector>

namespace mandate::db {

struct EmbeddedFile {
  const char* name;  // "0001_events.sql"
  const char* text;
};

struct MigrationSet {
  std::string module;  // "platform_db"
  std::vector<EmbeddedFile> files;
};

// What the build put into the program from a module's migrations/ and pages/ folders: MANDATE_EMBEDDED(foundation_duties) declares it.
#define MANDATE_EMBEDDED(target) \
  namespace mandate::embedded {  \
  extern const std::vector<mandate::db::EmbeddedFile> target; \
  }
// The .sql files of an embedded set.
MigrationSet migrations_of(std::string module, const std::vector<EmbeddedFile>& files);

// Applies what is missing, module after module in the given order, each file in one transaction. Throws std::runtime_error naming the file
// when an applied file has changed or the database is newer than the program. Returns the number applied.
int migrate(Database& database, const std::vector<MigrationSet>& sets);

// A statement that begins with $SQLITE or $POSTGRES is run on that engine alone.
// The dialect's words for $ID, $INT, $INSTANT, $DATE, $TEXT, $REAL. Exposed for tests.
std::string translate_ddl(std::string_view sql, Engine engine);

}  // namespace mandate::db
