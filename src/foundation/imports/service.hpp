// The use cases of imports, and the work behind them.
#pragma once

#include "foundation/imports/store.hpp"
#include "platform/i18n/messages.hpp"

#include <mutex>

namespace mandate::imports {

constexpr std::int64_t file_bytes_max = std::int64_t{300} << 20;
constexpr std::int64_t remarks_max = 20'000;      // kept of each kind; the counts go on
constexpr std::int64_t undo_at_once_max = 5'000;  // records
constexpr std::int64_t keep_file_days = 30;
constexpr int load_rows = 250;                    // a transaction

struct ImportProgress {
  RunState state = RunState::uploaded;
  std::int64_t rows_total = 0, rows_read = 0;
  std::int64_t unchanged = 0, mended = 0, duplicate = 0, refused = 0;
  std::int64_t created = 0, changed = 0, same = 0, kept = 0;
  double part = 0;  // of the file that is behind, 0 to 1
};
BOOST_DESCRIBE_STRUCT(ImportProgress, (), (state, rows_total, rows_read, unchanged, mended, duplicate, refused, created, changed, same, kept, part))

struct ImportRunRow {
  RunId id;
  std::string kind;
  std::string file_name;
  std::int64_t size = 0;
  std::string format;
  Instant created_at;
  std::string by_name;
  bool dry = false;
  ImportProgress progress;
};
BOOST_DESCRIBE_STRUCT(ImportRunRow, (), (id, kind, file_name, size, format, created_at, by_name, dry, progress))

struct ImportColumnView {
  std::string name;
  std::string title;
  ColumnType type = ColumnType::line;
  bool required = false;
  std::string hint;
  std::vector<std::string> choices;
};
BOOST_DESCRIBE_STRUCT(ImportColumnView, (), (name, title, type, required, hint, choices))

struct ImportSampleRow {
  std::int64_t number = 0;
  std::vector<std::string> cells;
};
BOOST_DESCRIBE_STRUCT(ImportSampleRow, (), (number, cells))

struct ImportRunView {
  ImportRunRow run;
  std::string encoding;
  std::string sheet;
  std::int64_t header_row = 0;
  std::vector<std::string> titles;
  std::vector<ImportSampleRow> sample;  // the first rows of the file, while it is kept
  Mapping mapping;
  bool mapping_is_remembered = false;
  std::vector<ImportColumnView> columns;
  bool skip_bad = false;
  std::optional<std::string> failure;  // in words
  bool file_kept = false;
  std::vector<std::string> actions;  // check, load, cancel, undo
};
BOOST_DESCRIBE_STRUCT(ImportRunView, (), (run, encoding, sheet, header_row, titles, sample, mapping, mapping_is_remembered, columns, skip_bad, failure, file_kept, actions))

struct ImportRemark {
  std::int64_t row_number = 0;
  std::optional<std::string> column;  // its title
  std::string message;
};
BOOST_DESCRIBE_STRUCT(ImportRemark, (), (row_number, column, message))

struct Imports::Outcome {
  RunId id;
  ImportProgress progress;
  std::string failure;
  std::vector<ImportRemark> refused;
  std::vector<ImportRemark> mended;
  std::vector<ImportRemark> duplicates;
};
// As the shell prints it.
struct OutcomeView {
  RunId id;
  ImportProgress progress;
  std::string failure;
  std::vector<ImportRemark> refused, mended, duplicates;
};
BOOST_DESCRIBE_STRUCT(OutcomeView, (), (id, progress, failure, refused, mended, duplicates))

struct Imports::Parts {
  Parts(db::Database& d, const Clock& c, identity::Identity& i, std::filesystem::path f) : database(d), clock(c), identity(i), folder(std::move(f)) {}

  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  std::filesystem::path folder;
  ImportStore store;
  std::map<std::string, Kind> kinds;

  // What goes on between two slices of one run, in the process that does it.
  struct Live {
    RunId id;
    std::unique_ptr<sheets::SheetReader> reader;
    std::unique_ptr<Target> target;
    std::int64_t behind = 0;  // rows of the file that were read
  };
  std::mutex working;  // one slice at a time in this process
  std::optional<Live> live;

  std::filesystem::path path_of(RunId id) const { return folder / (id.text() + ".sheet"); }
  const Kind* find_kind(const Actor& actor, const std::string& name) const;
  Result<RunRecord> reach(db::Session& s, const Actor& actor, RunId id);
  Actor actor_of(db::Session& s, std::int64_t account_id) const;

  // The file stands at path_of(id) already.
  Result<RunRecord> begin(const Actor& actor, const Kind& kind, RunId id, const std::string& file_name);
  Result<> start_check(db::Session& s, const Actor& actor, RunRecord& run, const Kind& kind, const Mapping& mapping, std::optional<std::int64_t> header_row);
  Result<> start_load(db::Session& s, const Actor& actor, RunRecord& run, bool skip_bad);
  Result<> start_undo(db::Session& s, const Actor& actor, RunRecord& run);
  void queue(db::Session& s, RunId id);
  // A slice of what a run has to do; true when there is more.
  Result<bool> work(RunId id);
  Result<> check_all(RunRecord& run, const Kind& kind);
  Result<bool> load_some(RunRecord& run, const Kind& kind);
  Result<bool> undo_some(RunRecord& run, const Kind& kind, RunState then);
  void forget_old(Instant now);

  ImportRunRow row(db::Session& s, const RunRecord& run) const;
  Result<ImportRunView> view(const Actor& actor, RunId id);
  std::vector<ImportRemark> remarks(db::Session& s, const RunRecord& run, RemarkKind what, std::int64_t after, int limit, Language language, std::int64_t* last = nullptr) const;
  std::string failure_text(const RunRecord& run, Language language) const;
};

ImportProgress progress_of(const RunRecord& run);
std::string failure_json(const Fault& fault);
std::vector<ImportColumnView> column_views(const Kind& kind, Language language);
Result<Mapping> mapping_from(const std::string& json);

}  // namespace mandate::imports
