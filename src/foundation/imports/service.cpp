#include "foundation/imports/service.hpp"

#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"
#include "platform/http/json_text.hpp"
#include "kernel/text.hpp"

#include <fstream>

MANDATE_EMBEDDED(foundation_imports)

namespace mandate::imports {

db::MigrationSet import_migrations() { return db::migrations_of("foundation_imports", embedded::foundation_imports); }

Imports::Imports(db::Database& database, const Clock& clock, identity::Identity& identity, std::filesystem::path folder) : parts_(std::make_unique<Parts>(database, clock, identity, std::move(folder))) {}
Imports::~Imports() = default;

void Imports::add_kind(Kind kind) {
  auto name = kind.name;
  parts_->kinds.emplace(std::move(name), std::move(kind));
}

namespace {

std::string hash_of(const std::filesystem::path& file) {
  digest::Sha256 hash;
  std::ifstream in(file, std::ios::binary);
  std::array<char, 65536> buffer;
  while (in) {
    in.read(buffer.data(), buffer.size());
    hash.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
  }
  return hash.finish_hex();
}

std::string header_hash(const Titles& titles) {
  std::string all;
  for (const auto& title : titles) all += title + "\x1f";
  return digest::sha256_hex(all);
}

void note(db::Session& s, const Actor& actor, const char* kind, RunId id, boost::json::object data) {
  db::append_event(s, {actor.now, actor.account_id, kind, "import", id.value, boost::json::serialize(data), {}});
}

std::vector<sheets::SourceRow> first_rows(sheets::SheetReader& reader, std::size_t count, std::optional<Fault>& broken) {
  std::vector<sheets::SourceRow> rows;
  sheets::SourceRow row;
  while (rows.size() < count) {
    const auto more = reader.next(row);
    if (!more.ok()) {
      broken = more.fault();
      break;
    }
    if (!*more) break;
    rows.push_back(row);
  }
  return rows;
}

constexpr std::size_t looked_at = 30;  // rows in which the header is sought

}  // namespace

const Kind* Imports::Parts::find_kind(const Actor& actor, const std::string& name) const {
  const auto found = kinds.find(name);
  return found == kinds.end() || !identity::may(actor, found->second.permission) ? nullptr : &found->second;
}

Result<RunRecord> Imports::Parts::reach(db::Session& s, const Actor& actor, RunId id) {
  const auto run = store.find(s, id);
  if (!run || (run->account_id != actor.account_id && !actor.is_system && !identity::may(actor, "import.read_all"))) return fault(FaultKind::not_found, "import.not_found");
  return *run;
}

Actor Imports::Parts::actor_of(db::Session& s, std::int64_t account_id) const {
  if (account_id == 0) return identity::system_actor(clock);
  auto actor = identity.actor_of(s, identity::AccountId{account_id});
  if (actor) return *actor;
  // An account that is no longer in use may do nothing: each row will be refused.
  Actor nobody;
  nobody.account_id = account_id;
  nobody.now = clock.now();
  return nobody;
}

Result<RunRecord> Imports::Parts::begin(const Actor& actor, const Kind& kind, RunId id, const std::string& file_name) {
  const auto path = path_of(id);
  MANDATE_ASSIGN(auto reader, sheets::open_sheet(path));
  std::optional<Fault> broken;
  const auto rows = first_rows(*reader, looked_at, broken);
  if (broken && rows.empty()) return *broken;
  if (rows.empty()) return field_fault("file", "sheet.no_rows");
  RunRecord run;
  run.id = id;
  run.kind = kind.name;
  run.file_name = file_name;
  run.content_hash = hash_of(path);
  run.size = static_cast<std::int64_t>(std::filesystem::file_size(path));
  run.format = boost::describe::enum_to_string(reader->table().format, "");
  run.encoding = reader->table().encoding;
  run.sheet = reader->table().name;
  const auto header = header_of(rows, kind);
  const auto titles = titles_of(rows[header]);
  run.header_row = rows[header].number;
  run.columns = http::json_text(titles);
  run.account_id = actor.account_id;
  run.created_at = run.changed_at = actor.now;
  return database.write([&](db::Session& s) -> Result<RunRecord> {
    auto mapping = match(titles, kind);
    if (const auto remembered = store.find_mapping(s, kind.name, header_hash(titles))) {
      auto read = mapping_from(*remembered);
      if (read.ok() && check_mapping(*read, titles.size(), kind).ok()) mapping = *read;
    }
    run.mapping = http::json_text(mapping);
    store.insert(s, run);
    note(s, actor, "import.uploaded", id, {{"kind", kind.name}, {"file", file_name}, {"hash", run.content_hash}});
    return run;
  });
}

void Imports::Parts::queue(db::Session& s, RunId id) { jobs::enqueue(s, "imports.work", id.text(), clock.now()); }

Result<> Imports::Parts::start_check(db::Session& s, const Actor& actor, RunRecord& run, const Kind& kind, const Mapping& mapping, std::optional<std::int64_t> header_row) {
  if (run.state != RunState::uploaded && run.state != RunState::checked) return fault(FaultKind::conflict, "import.not_now");
  if (!std::filesystem::exists(path_of(run.id))) return fault(FaultKind::conflict, "import.file_gone");
  if (header_row && *header_row != run.header_row) {
    MANDATE_ASSIGN(auto reader, sheets::open_sheet(path_of(run.id)));
    std::optional<Fault> broken;
    bool found = false;
    for (const auto& row : first_rows(*reader, looked_at, broken)) {
      if (row.number != *header_row) continue;
      run.columns = http::json_text(titles_of(row));
      found = true;
    }
    if (!found) return field_fault("header_row", "import.no_header_row");
    run.header_row = *header_row;
  }
  const auto titles = http::from_json_text<Titles>(run.columns);
  MANDATE_TRY(check_mapping(mapping, titles.size(), kind));
  run.mapping = http::json_text(mapping);
  store.put_mapping(s, kind.name, header_hash(titles), run.mapping, actor.now, actor.account_id);
  store.forget_remarks(s, run.id);
  run.state = RunState::checking;
  run.failure.clear();
  run.changed_at = actor.now;
  run.rows_total = run.rows_read = run.unchanged_count = run.mended_count = run.duplicate_count = run.refused_count = run.created_count = run.changed_count = run.same_count = 0;
  s.execute("UPDATE import_run SET cancel_asked = 0 WHERE id = ?", run.id);
  store.update(s, run);
  queue(s, run.id);
  return done();
}

Result<> Imports::Parts::start_load(db::Session& s, const Actor& actor, RunRecord& run, bool skip_bad) {
  if (run.state != RunState::checked) return fault(FaultKind::conflict, "import.not_now");
  if (!std::filesystem::exists(path_of(run.id))) return fault(FaultKind::conflict, "import.file_gone");
  if (run.refused_count > 0 && !skip_bad) return fault(FaultKind::conflict, "import.has_bad_rows", {{"count", std::to_string(run.refused_count)}});
  run.state = RunState::loading;
  run.skip_bad = skip_bad ? 1 : 0;
  run.changed_at = actor.now;
  run.rows_read = run.unchanged_count = run.mended_count = run.duplicate_count = run.refused_count = run.created_count = run.changed_count = run.same_count = run.next_row = 0;
  store.forget_remarks(s, run.id);
  s.execute("UPDATE import_run SET cancel_asked = 0 WHERE id = ?", run.id);
  store.update(s, run);
  note(s, actor, "import.loading", run.id, {{"skip_bad", skip_bad}, {"rows", run.rows_total}});
  queue(s, run.id);
  return done();
}

Result<> Imports::Parts::start_undo(db::Session& s, const Actor& actor, RunRecord& run) {
  if (run.state != RunState::done) return fault(FaultKind::conflict, "import.not_now");
  const auto& kind = kinds.at(run.kind);
  const auto target = kind.target(actor_of(s, run.account_id));
  std::int64_t touched = 0;
  std::int64_t after = -1;
  while (true) {
    const auto records = store.list_records(s, run.id, after, 1'000);
    if (records.empty()) break;
    std::vector<Loaded> loaded;
    for (const auto& r : records) {
      if (r.did != Did::same) loaded.push_back({r.record_id, r.revision_before, r.revision_after});
    }
    touched += static_cast<std::int64_t>(target->touched(s, loaded).size());
    after = records.back().row_number;
  }
  if (touched > 0) return fault(FaultKind::conflict, "import.depended_on", {{"count", std::to_string(touched)}});
  run.state = RunState::undoing;
  run.kept_count = 0;
  run.failure.clear();
  run.changed_at = actor.now;
  store.update(s, run);
  note(s, actor, "import.undoing", run.id, {});
  queue(s, run.id);
  return done();
}

ImportProgress progress_of(const RunRecord& run) {
  ImportProgress p{run.state, run.rows_total, run.rows_read, run.unchanged_count, run.mended_count, run.duplicate_count, run.refused_count, run.created_count, run.changed_count, run.same_count, run.kept_count, 0};
  switch (run.state) {
    case RunState::uploaded: p.part = 0; break;
    case RunState::checking: p.part = static_cast<double>(run.next_row) / 10'000; break;  // of the file, while the rows are not counted
    case RunState::loading: p.part = run.rows_total == 0 ? 0 : static_cast<double>(run.rows_read) / static_cast<double>(run.rows_total); break;
    default: p.part = 1;
  }
  return p;
}

ImportRunRow Imports::Parts::row(db::Session& s, const RunRecord& run) const { return {run.id, run.kind, run.file_name, run.size, run.format, run.created_at, identity.name_of(s, run.account_id), run.state == RunState::checked, progress_of(run)}; }

std::vector<ImportColumnView> column_views(const Kind& kind, Language language) {
  std::vector<ImportColumnView> out;
  for (const auto& column : kind.columns) {
    ImportColumnView view{column.name, column_title(kind, column.name, language), column.type, column.required, "", {}};
    if (const auto hint = "import." + kind.name + "." + column.name + ".hint"; i18n::known(hint)) view.hint = i18n::text(hint, language);
    for (const auto& choice : column.choices) view.choices.push_back(choice.words.empty() ? choice.value : choice.words.front());
    out.push_back(std::move(view));
  }
  return out;
}

std::string failure_json(const Fault& fault) {
  boost::json::array args;
  const auto& source = fault.fields.empty() ? fault.args : fault.fields.front().args;
  for (const auto& [name, value] : source) args.push_back(boost::json::array{boost::json::string(name), boost::json::string(value)});
  return boost::json::serialize(boost::json::object{{"key", fault.fields.empty() ? fault.key : fault.fields.front().key}, {"args", args}});
}

std::string Imports::Parts::failure_text(const RunRecord& run, Language language) const {
  if (run.failure.empty()) return {};
  const auto object = boost::json::parse(run.failure).as_object();
  MessageArgs args;
  for (const auto& one : object.at("args").as_array()) args.emplace_back(one.as_array()[0].as_string().c_str(), one.as_array()[1].as_string().c_str());
  return i18n::text(object.at("key").as_string().c_str(), language, args);
}

Result<ImportRunView> Imports::Parts::view(const Actor& actor, RunId id) {
  ImportRunView view;
  MANDATE_ASSIGN(const auto run, database.read([&](db::Session& s) -> Result<RunRecord> {
    MANDATE_ASSIGN(const auto found, reach(s, actor, id));
    view.run = row(s, found);
    const auto titles = http::from_json_text<Titles>(found.columns);
    view.mapping_is_remembered = store.find_mapping(s, found.kind, header_hash(titles)).has_value();
    return found;
  }));
  view.encoding = run.encoding;
  view.sheet = run.sheet;
  view.header_row = run.header_row;
  view.titles = http::from_json_text<Titles>(run.columns);
  MANDATE_ASSIGN(view.mapping, mapping_from(run.mapping));
  const auto kind = kinds.find(run.kind);
  if (kind != kinds.end()) view.columns = column_views(kind->second, actor.language);
  view.skip_bad = run.skip_bad != 0;
  if (auto text = failure_text(run, actor.language); !text.empty()) view.failure = std::move(text);
  view.file_kept = std::filesystem::exists(path_of(id));
  if (view.file_kept && (run.state == RunState::uploaded || run.state == RunState::checked)) {
    if (auto reader = sheets::open_sheet(path_of(id)); reader.ok()) {
      std::optional<Fault> broken;
      for (const auto& r : first_rows(**reader, 12, broken)) {
        ImportSampleRow sample{r.number, {}};
        for (const auto& cell : r.cells) sample.cells.push_back(truncate_cjk(cell.text, 80));
        view.sample.push_back(std::move(sample));
      }
    }
  }
  const bool own = run.account_id == actor.account_id || actor.is_system;
  if (own && kind != kinds.end() && identity::may(actor, kind->second.permission)) {
    if (view.file_kept && (run.state == RunState::uploaded || run.state == RunState::checked)) view.actions.emplace_back("check");
    if (view.file_kept && run.state == RunState::checked) view.actions.emplace_back("load");
    if (run.state == RunState::checking || run.state == RunState::loading) view.actions.emplace_back("cancel");
    if (run.state == RunState::done && run.created_count + run.changed_count > 0) view.actions.emplace_back("undo");
  }
  return view;
}

std::vector<ImportRemark> Imports::Parts::remarks(db::Session& s, const RunRecord& run, RemarkKind what, std::int64_t after, int limit, Language language, std::int64_t* last) const {
  std::vector<ImportRemark> out;
  const auto kind = kinds.find(run.kind);
  for (const auto& r : const_cast<ImportStore&>(store).list_remarks(s, run.id, what, after, limit)) {
    MessageArgs args;
    const auto stored = boost::json::parse(r.args);
    for (const auto& one : stored.as_array()) args.emplace_back(one.as_array()[0].as_string().c_str(), one.as_array()[1].as_string().c_str());
    ImportRemark view{r.row_number, std::nullopt, i18n::text(r.message_key, language, args)};
    if (!r.column_name.empty()) view.column = kind == kinds.end() ? r.column_name : column_title(kind->second, r.column_name, language);
    out.push_back(std::move(view));
    if (last != nullptr) *last = r.place;
  }
  return out;
}

}  // namespace mandate::imports
