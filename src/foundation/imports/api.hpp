// Records out of files people use: columns matched, rows checked, loaded and taken back. Modules register the kinds.
#pragma once

#include "foundation/identity/api.hpp"
#include "kernel/result.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <any>
#include <filesystem>
#include <functional>
#include <memory>

namespace mandate::http {
class Router;
}

namespace mandate::imports {

using RunId = Id<struct ImportRunTag>;

BOOST_DEFINE_ENUM_CLASS(ColumnType, line, text, date, period_end, integer, choice)

struct Choice {
  std::string value;               // as the record keeps it
  std::vector<std::string> words;  // as files say it, folded before comparing
};

struct ColumnSpec {
  std::string name;  // "due_on"; its title is the message "import.KIND.NAME"
  ColumnType type = ColumnType::line;
  bool required = false;
  std::vector<std::string> titles = {};  // under which files have it, besides its own title in either language
  std::vector<Choice> choices = {};
};

// One row on its way: cleaned values by column, and what is said of them.
class Reading {
 public:
  struct Remark {
    std::string column;  // "" for the row as a whole
    std::string key;
    MessageArgs args;
  };
  std::map<std::string, std::string, std::less<>> values;  // dates as ISO text; empty ones are left out
  std::string key;      // set by the target: what the record is known by in later files; "" for all that the row says
  std::any parsed;      // the target's own
  std::vector<Remark> refusals;
  std::vector<Remark> mends;

  const std::string& text(std::string_view column) const;
  std::optional<Date> date(std::string_view column) const { return Date::parse(text(column)); }
  void refuse(std::string column, std::string message, MessageArgs args = {}) { refusals.push_back({std::move(column), std::move(message), std::move(args)}); }
  void mend(std::string column, std::string message, MessageArgs args = {}) { mends.push_back({std::move(column), std::move(message), std::move(args)}); }
};

struct Loaded {
  std::int64_t record_id = 0;
  std::int64_t revision_before = 0;  // 0: the import made it
  std::int64_t revision_after = 0;   // equal to before: nothing was to change
};

// One run's view of a kind of record, for one actor.
class Target {
 public:
  virtual ~Target() = default;
  // Of every row of what may be a million: from memory only.
  virtual void check(Reading& row) = 0;
  virtual Result<Loaded> create(db::Session& session, const Reading& row) = 0;
  virtual Result<Loaded> change(db::Session& session, std::int64_t record_id, const Reading& row) = 0;
  // Those that something happened to since.
  virtual std::vector<std::int64_t> touched(db::Session& session, const std::vector<Loaded>& records) = 0;
  virtual Result<> take_back(db::Session& session, const Loaded& record) = 0;
};

struct Kind {
  std::string name;        // "duties"
  std::string permission;  // without which nobody sees the kind
  std::vector<ColumnSpec> columns;
  std::function<std::unique_ptr<Target>(const Actor&)> target;
};

class Imports {
 public:
  Imports(db::Database& database, const Clock& clock, identity::Identity& identity, std::filesystem::path folder);
  ~Imports();
  void add_kind(Kind kind);
  void add_jobs(jobs::Jobs& jobs);

  struct Outcome;
  // A whole file in this thread, for commands: matched by its titles, checked, and loaded unless it is a dry run.
  Result<Outcome> run_file(const Actor& actor, const std::string& kind, const std::string& file_name, const std::filesystem::path& file, bool dry_run, bool skip_bad, const std::string& mapping_json);

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_import_routes(http::Router& router, Imports& imports);
db::MigrationSet import_migrations();
const std::vector<i18n::Message>& import_messages();

}  // namespace mandate::imports
