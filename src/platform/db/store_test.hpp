// The store suite's two databases: SQLite in a fresh folder always, and PostgreSQL when MANDATE_TEST_POSTGRES names a server the tests may use.
#pragma once

#include "platform/db/database.hpp"
#include "platform/db/migrations.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>

namespace mandate::db::testing {

// Runs body once for each engine, on an empty migrated database.
template <class F>
void on_both(const std::vector<MigrationSet>& sets, F&& body) {
  {
    const auto directory = std::filesystem::temp_directory_path() / ("mandate-test-" + std::to_string(next_id()));
    {
      auto database = Database::open({.url = "", .directory = directory, .readers = 3});
      migrate(*database, sets);
      INFO("engine: SQLite");
      body(*database);
    }
    std::filesystem::remove_all(directory);
  }
  if (const char* base = std::getenv("MANDATE_TEST_POSTGRES"); base != nullptr && *base != '\0') {
    const std::string name = "test_" + std::to_string(next_id());
    const std::string root = base;  // "postgresql://user@127.0.0.1:port"
    {
      Options options{.url = root + "/postgres", .directory = {}, .readers = 1};
      run_outside_transaction(options, "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    }
    {
      auto database = Database::open({.url = root + "/" + name, .directory = {}, .readers = 8});
      migrate(*database, sets);
      INFO("engine: PostgreSQL");
      body(*database);
    }
    run_outside_transaction({.url = root + "/postgres", .directory = {}, .readers = 1}, "DROP DATABASE " + name);
  }
}

}  // namespace mandate::db::testing
