#include "foundation/imports/service.hpp"
#include "platform/csv/csv.hpp"
#include "platform/http/file_sink.hpp"
#include "platform/http/json_text.hpp"
#include "platform/http/router.hpp"
#include "platform/sheets/csv_text.hpp"
#include "platform/sheets/writer.hpp"

namespace mandate::imports {

struct ImportKindView {
  std::string name;
  std::string title;
  std::vector<ImportColumnView> columns;
};
BOOST_DESCRIBE_STRUCT(ImportKindView, (), (name, title, columns))
struct ImportKindList {
  std::vector<ImportKindView> kinds;
};
BOOST_DESCRIBE_STRUCT(ImportKindList, (), (kinds))
struct TemplateQuery {
  std::string kind;
  std::optional<std::string> format;
};
BOOST_DESCRIBE_STRUCT(TemplateQuery, (), (kind, format))
struct UploadSheet {
  std::string kind;
  std::string file_name;
};
BOOST_DESCRIBE_STRUCT(UploadSheet, (), (kind, file_name))
struct SheetName {
  std::optional<std::string> file_name;
};
BOOST_DESCRIBE_STRUCT(SheetName, (), (file_name))
struct SheetText {
  std::string csv;
};
BOOST_DESCRIBE_STRUCT(SheetText, (), (csv))
struct RunById {
  RunId id;
};
BOOST_DESCRIBE_STRUCT(RunById, (), (id))
struct ImportRunQuery {
  std::optional<RunId> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ImportRunQuery, (), (after, limit))
struct ImportRunList {
  std::vector<ImportRunRow> rows;
  std::optional<RunId> next;
};
BOOST_DESCRIBE_STRUCT(ImportRunList, (), (rows, next))
struct CheckRun {
  RunId id;
  Mapping mapping;
  std::optional<std::int64_t> header_row;
};
BOOST_DESCRIBE_STRUCT(CheckRun, (), (id, mapping, header_row))
struct LoadRun {
  RunId id;
  std::optional<bool> skip_bad;
};
BOOST_DESCRIBE_STRUCT(LoadRun, (), (id, skip_bad))
struct RemarkQuery {
  RunId id;
  RemarkKind what = RemarkKind::refused;
  std::optional<std::int64_t> after;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(RemarkQuery, (), (id, what, after, limit))
struct ImportRemarkList {
  std::vector<ImportRemark> rows;
  std::optional<std::int64_t> next;
};
BOOST_DESCRIBE_STRUCT(ImportRemarkList, (), (rows, next))

Result<Mapping> mapping_from(const std::string& json) {
  boost::system::error_code code;
  const auto value = boost::json::parse(json, code);
  if (code) return field_fault("mapping", "input.not_json");
  Mapping out;
  http::FieldFaults faults;
  http::from_json(value, out, "mapping", faults);
  if (faults.empty()) return out;
  Fault f = fault(FaultKind::invalid, "input.invalid");
  f.fields.assign(faults.begin(), faults.end());
  return f;
}

namespace {

struct SheetFile final : http::FileSink {
  SheetFile(RunId run, std::filesystem::path path) : FileSink(std::move(path), file_bytes_max), id(run) {}
  RunId id;
};

std::string kind_title(const Kind& kind, Language language) { return i18n::text("import." + kind.name, language); }

// The rows that were refused as they stand in the file, with the reasons behind: to be mended and brought in again.
Result<http::Download> refused_rows(Imports::Parts& p, const Actor& actor, RunId id) {
  MANDATE_ASSIGN(const auto run, p.database.read([&](db::Session& s) { return p.reach(s, actor, id); }));
  if (!std::filesystem::exists(p.path_of(id))) return fault(FaultKind::not_found, "import.file_gone");
  std::map<std::int64_t, std::string> reasons;
  p.database.read([&](db::Session& s) {
    std::int64_t after = 0;
    while (true) {
      std::int64_t last = after;
      for (const auto& one : p.remarks(s, run, RemarkKind::refused, after, 1'000, actor.language, &last)) {
        auto& reason = reasons[one.row_number];
        reason += (reason.empty() ? "" : "；") + (one.column ? *one.column + "：" : "") + one.message;
      }
      if (last == after) return 0;
      after = last;
    }
  });
  MANDATE_ASSIGN(auto reader, sheets::open_sheet(p.path_of(id)));
  csv::Writer out;
  auto header = http::from_json_text<Titles>(run.columns);
  const auto width = header.size();
  header.push_back(i18n::text("import.reason", actor.language));
  out.row(header);
  sheets::SourceRow row;
  while (true) {
    MANDATE_ASSIGN(const bool more, reader->next(row));
    if (!more) break;
    const auto reason = reasons.find(row.number);
    if (row.number <= run.header_row || reason == reasons.end()) continue;
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < width; ++i) fields.push_back(i < row.cells.size() ? row.cells[i].text : "");
    fields.push_back(reason->second);
    out.row(fields);
  }
  return http::Download{"text/csv; charset=utf-8", i18n::text("import.refused_file", actor.language, {{"file", run.file_name}}) + ".csv", out.take()};
}

}  // namespace

void add_import_routes(http::Router& router, Imports& imports) {
  auto& p = imports.parts();
  const auto options = [](const char* summary) { return http::RouteOptions{.permission = "import.read", .summary = summary, .tag = "imports"}; };
  const auto changing = [](const char* summary) { return http::RouteOptions{.permission = "import.use", .summary = summary, .tag = "imports"}; };

  router.get<http::Nothing, ImportKindList>("/api/import-kinds", options("What can be brought in by a file, with its columns"), [&p](const Actor& actor, const http::Nothing&) -> Result<ImportKindList> {
    ImportKindList list;
    for (const auto& [name, kind] : p.kinds) {
      if (identity::may(actor, kind.permission)) list.kinds.push_back({name, kind_title(kind, actor.language), column_views(kind, actor.language)});
    }
    return list;
  });
  router.download<TemplateQuery>("/api/import-template", options("An empty file with a kind's columns (csv, ods, xlsx)"), [&p](const Actor& actor, const TemplateQuery& in) -> Result<http::Download> {
    const auto* kind = p.find_kind(actor, in.kind);
    if (kind == nullptr) return fault(FaultKind::not_found, "import.no_such_kind");
    sheets::Format format{};
    if (!boost::describe::enum_from_string(in.format.value_or("ods").c_str(), format)) return field_fault("format", "input.expected_choice", {{"choices", "csv, ods, xlsx"}});
    std::string bytes;
    auto writer = sheets::writer_of(format, [&](std::string_view piece) { bytes.append(piece); });
    sheets::Head head;
    head.title = kind_title(*kind, actor.language);
    head.sheet = head.title;
    for (const auto& column : kind->columns) {
      const bool date = column.type == ColumnType::date || column.type == ColumnType::period_end;
      head.columns.push_back({column_title(*kind, column.name, actor.language), date ? sheets::ColumnType::date : column.type == ColumnType::text ? sheets::ColumnType::long_text : sheets::ColumnType::text});
    }
    writer->begin(head);
    writer->finish();
    return http::Download{sheets::content_type_of(format), head.title + "." + boost::describe::enum_to_string(format, ""), std::move(bytes)};
  });
  // Some lists (agencies, the office calendar) are brought in as a whole by their own rules: what a person has as ODS, XLSX or Big5 becomes their CSV here.
  router.upload<SheetName, SheetText>(
      "/api/sheet-texts", {.permission = "import.use", .summary = "A table in any format as the text of a CSV; nothing is kept", .tag = "imports", .body_max = std::size_t{50} << 20},
      [](const Actor&, const SheetName&) -> Result<std::unique_ptr<http::BodySink>> {
        return std::unique_ptr<http::BodySink>(std::make_unique<http::FileSink>(std::filesystem::temp_directory_path() / ("mandate-sheet-" + std::to_string(next_id())), std::int64_t{50} << 20));
      },
      [](const Actor&, const SheetName&, http::BodySink& sink) -> Result<SheetText> {
        MANDATE_ASSIGN(auto text, sheets::csv_text(static_cast<http::FileSink&>(sink).path()));
        return SheetText{std::move(text)};
      });
  auto upload = changing("Bring a file: it is looked at, and nothing is loaded yet");
  upload.body_max = static_cast<std::size_t>(file_bytes_max);
  router.upload<UploadSheet, ImportRunView>(
      "/api/imports", upload,
      [&p](const Actor& actor, const UploadSheet& in) -> Result<std::unique_ptr<http::BodySink>> {
        if (p.find_kind(actor, in.kind) == nullptr) return fault(FaultKind::not_found, "import.no_such_kind");
        if (in.file_name.empty() || in.file_name.size() > 255) return field_fault("file_name", "input.too_long", {{"max", "255"}});
        std::filesystem::create_directories(p.folder);
        const auto id = new_id<RunId>();
        return std::unique_ptr<http::BodySink>(std::make_unique<SheetFile>(id, p.path_of(id)));
      },
      [&p](const Actor& actor, const UploadSheet& in, http::BodySink& sink) -> Result<ImportRunView> {
        auto& file = static_cast<SheetFile&>(sink);
        MANDATE_ASSIGN(const auto run, p.begin(actor, *p.find_kind(actor, in.kind), file.id, in.file_name));
        file.keep();
        return p.view(actor, run.id);
      });
  router.get<ImportRunQuery, ImportRunList>("/api/imports", options("What was brought in, newest first: one's own, or everybody's for those who may see them"), [&p](const Actor& actor, const ImportRunQuery& in) -> Result<ImportRunList> {
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    return p.database.read([&](db::Session& s) -> Result<ImportRunList> {
      auto found = p.store.list(s, identity::may(actor, "import.read_all") ? 0 : actor.account_id, in.after, limit + 1);
      ImportRunList list;
      if (static_cast<int>(found.size()) > limit) {
        found.pop_back();
        list.next = found.back().id;
      }
      for (const auto& run : found) list.rows.push_back(p.row(s, run));
      return list;
    });
  });
  router.get<RunById, ImportRunView>("/api/imports/{id}", options("One import: its file, its columns, how far it is"), [&p](const Actor& actor, const RunById& in) { return p.view(actor, in.id); });
  router.get<RemarkQuery, ImportRemarkList>("/api/imports/{id}/remarks", options("What was said of its rows: refused, mended or duplicate"), [&p](const Actor& actor, const RemarkQuery& in) -> Result<ImportRemarkList> {
    const int limit = std::clamp(in.limit.value_or(100), 1, 500);
    return p.database.read([&](db::Session& s) -> Result<ImportRemarkList> {
      MANDATE_ASSIGN(const auto run, p.reach(s, actor, in.id));
      ImportRemarkList list;
      std::int64_t last = 0;
      list.rows = p.remarks(s, run, in.what, in.after.value_or(0), limit, actor.language, &last);
      if (static_cast<int>(list.rows.size()) == limit) list.next = last;
      return list;
    });
  });
  router.download<RunById>("/api/imports/{id}/refused.csv", options("The refused rows with the reasons, to be mended"), [&p](const Actor& actor, const RunById& in) { return refused_rows(p, actor, in.id); });

  // What goes on: by whoever began it.
  const auto own = [&p](db::Session& s, const Actor& actor, RunId id) -> Result<std::pair<RunRecord, const Kind*>> {
    MANDATE_ASSIGN(const auto run, p.reach(s, actor, id));
    const auto* kind = p.find_kind(actor, run.kind);
    if (kind == nullptr || (run.account_id != actor.account_id && !actor.is_system)) return fault(FaultKind::forbidden, "import.not_yours");
    return std::pair(run, kind);
  };
  router.post<CheckRun, ImportRunView>("/api/imports/{id}/check", changing("Match the columns and check every row; writes nothing but its account"), [&p, own](const Actor& actor, const CheckRun& in) -> Result<ImportRunView> {
    MANDATE_TRY(p.database.write([&](db::Session& s) -> Result<> {
      MANDATE_ASSIGN(auto found, own(s, actor, in.id));
      return p.start_check(s, actor, found.first, *found.second, in.mapping, in.header_row);
    }));
    return p.view(actor, in.id);
  });
  router.post<LoadRun, ImportRunView>("/api/imports/{id}/load", changing("Load what was checked: all of it, or the good rows"), [&p, own](const Actor& actor, const LoadRun& in) -> Result<ImportRunView> {
    MANDATE_TRY(p.database.write([&](db::Session& s) -> Result<> {
      MANDATE_ASSIGN(auto found, own(s, actor, in.id));
      return p.start_load(s, actor, found.first, in.skip_bad.value_or(false));
    }));
    return p.view(actor, in.id);
  });
  router.post<RunById, ImportRunView>("/api/imports/{id}/cancel", changing("Stop it: what was loaded is taken back"), [&p, own](const Actor& actor, const RunById& in) -> Result<ImportRunView> {
    MANDATE_TRY(p.database.write([&](db::Session& s) -> Result<> {
      MANDATE_TRY(own(s, actor, in.id));
      if (!p.store.ask_to_cancel(s, in.id)) return fault(FaultKind::conflict, "import.not_now");
      return done();
    }));
    return p.view(actor, in.id);
  });
  router.post<RunById, ImportRunView>("/api/imports/{id}/undo", changing("Take a whole import back while nothing happened to its records"), [&p, own](const Actor& actor, const RunById& in) -> Result<ImportRunView> {
    MANDATE_TRY(p.database.write([&](db::Session& s) -> Result<> {
      MANDATE_ASSIGN(auto found, own(s, actor, in.id));
      return p.start_undo(s, actor, found.first);
    }));
    return p.view(actor, in.id);
  });
}

}  // namespace mandate::imports
