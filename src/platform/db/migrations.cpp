#include "platform/db/migrations.hpp"

#include "platform/digest/digest.hpp"
#include "platform/log/log.hpp"

namespace mandate::db {
namespace {

// Statements end at a semicolon at the end of a line; comments are dropped.
std::vector<std::string> statements(const std::string& sql) {
  std::vector<std::string> out;
  std::string current;
  std::size_t at = 0;
  while (at < sql.size()) {
    auto end = sql.find('\n', at);
    if (end == std::string::npos) end = sql.size();
    std::string line = sql.substr(at, end - at);
    at = end + 1;
    if (const auto comment = line.find("--"); comment != std::string::npos) line.resize(comment);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    if (line.empty()) continue;
    current += line + "\n";
    if (line.back() == ';') {
      current.resize(current.size() - 2);
      out.push_back(std::exchange(current, {}));
    }
  }
  if (!current.empty()) out.push_back(current);
  return out;
}

// "$SQLITE CREATE ..." and "$POSTGRES CREATE ..." are for one engine: full-text search is made differently by each.
std::optional<std::string> statement_for(const std::string& statement, Engine engine) {
  for (const auto& [word, of] : {std::pair(std::string_view("$SQLITE "), Engine::sqlite), std::pair(std::string_view("$POSTGRES "), Engine::postgres)}) {
    if (statement.rfind(word, 0) == 0) return of == engine ? std::optional(statement.substr(word.size())) : std::nullopt;
  }
  return statement;
}

}  // namespace

std::string translate_ddl(std::string_view sql, Engine engine) {
  static constexpr std::array<std::array<std::string_view, 3>, 6> words{{{"$INSTANT", "BIGINT", "BIGINT"},
                                                                        {"$ID", "INTEGER", "BIGINT"},
                                                                        {"$INT", "BIGINT", "BIGINT"},
                                                                        {"$DATE", "TEXT", "TEXT COLLATE \"C\""},
                                                                        {"$TEXT", "TEXT", "TEXT COLLATE \"C\""},
                                                                        {"$REAL", "REAL", "DOUBLE PRECISION"}}};
  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    bool found = false;
    if (sql[at] == '$') {
      for (const auto& word : words) {
        if (sql.substr(at, word[0].size()) == word[0]) {
          out += engine == Engine::sqlite ? word[1] : word[2];
          at += word[0].size();
          found = true;
          break;
        }
      }
    }
    if (!found) out += sql[at++];
  }
  // "$SEQUENCE name;": see numbers.hpp.
  constexpr std::string_view word = "$SEQUENCE ";
  for (auto at = out.find(word); at != std::string::npos; at = out.find(word)) {
    const auto end = out.find(';', at);
    const std::string name = out.substr(at + word.size(), end - at - word.size());
    out.replace(at, end - at, engine == Engine::sqlite ? "INSERT INTO number_series (series, last) VALUES ('" + name + "', 0)" : "CREATE SEQUENCE " + name);
  }
  return out;
}

MigrationSet migrations_of(std::string module, const std::vector<EmbeddedFile>& files) {
  MigrationSet set{std::move(module), {}};
  for (const auto& file : files) {
    if (std::string_view(file.name).ends_with(".sql")) set.files.push_back(file);
  }
  return set;
}

int migrate(Database& database, const std::vector<MigrationSet>& sets) {
  int applied = 0;
  auto ready = database.write([](Session& s) -> Result<> {
    if (s.engine() == Engine::postgres) s.script("SELECT pg_advisory_xact_lock(77111)");
    s.script(translate_ddl("CREATE TABLE IF NOT EXISTS migration (module $TEXT NOT NULL, name $TEXT NOT NULL, checksum $TEXT NOT NULL, at $INSTANT NOT NULL, PRIMARY KEY (module, name))", s.engine()));
    return done();
  });
  if (!ready.ok()) throw std::runtime_error("cannot prepare the migrations");
  for (const auto& set : sets) {
    for (const auto& file : set.files) {
      auto result = database.write([&](Session& s) -> Result<int> {
        if (s.engine() == Engine::postgres) s.script("SELECT pg_advisory_xact_lock(77111)");
        const auto known = s.find<std::string>("SELECT checksum FROM migration WHERE module = ? AND name = ?", set.module, file.name);
        const auto sum = digest::sha256_hex(file.text);
        if (known) {
          if (*known != sum) throw std::runtime_error("migration " + set.module + "/" + file.name + " was changed after it had been applied");
          return 0;
        }
        for (const auto& statement : statements(translate_ddl(file.text, s.engine()))) {
          if (const auto own = statement_for(statement, s.engine())) s.script(*own);
        }
        s.execute("INSERT INTO migration (module, name, checksum, at) VALUES (?, ?, ?, ?)", set.module, file.name, sum, SystemClock().now());
        return 1;
      });
      if (result.ok() && result.value() == 1) ++applied;
    }
    const auto count = database.read([&](Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM migration WHERE module = ?", set.module); });
    if (count > static_cast<std::int64_t>(set.files.size())) throw std::runtime_error("the database was made by a newer program than this one (module " + set.module + ")");
  }
  return applied;
}

}  // namespace mandate::db
