#include "platform/db/database.hpp"

namespace mandate::db {
namespace {
thread_local const Database* joined_database = nullptr;
thread_local Session* joined_session = nullptr;
}  // namespace

Session* Database::joined_write() const { return joined_database == this ? joined_session : nullptr; }

Database::Joining::Joining(const Database* database, Session* session) {
  joined_database = database;
  joined_session = session;
}
Database::Joining::~Joining() {
  joined_database = nullptr;
  joined_session = nullptr;
}

std::unique_ptr<Database> Database::open(const Options& options) { return options.url.empty() ? open_sqlite(options) : open_postgres(options); }

}  // namespace mandate::db
