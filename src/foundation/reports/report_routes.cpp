#include "foundation/reports/issues.hpp"

#include "platform/digest/digest.hpp"

#include <fstream>

namespace mandate::reports {

struct ReportQuery {
  std::string name;
  std::optional<Date> as_of;
  std::optional<Date> known_on;
  std::optional<std::string> filter;
};
BOOST_DESCRIBE_STRUCT(ReportQuery, (), (name, as_of, known_on, filter))
struct ReportFileQuery {
  std::string name;
  FileFormat format = FileFormat::csv;
  std::optional<Date> as_of;
  std::optional<Date> known_on;
  std::optional<std::string> filter;
};
BOOST_DESCRIBE_STRUCT(ReportFileQuery, (), (name, format, as_of, known_on, filter))

struct ReportParameterView {
  std::string name;
  std::string title;
  ListFilter::Kind kind = ListFilter::Kind::plain;
};
BOOST_DESCRIBE_STRUCT(ReportParameterView, (), (name, title, kind))
struct ReportRow {
  std::string name;
  std::string title;
  std::string about;
  std::vector<ReportParameterView> parameters;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (), (name, title, about, parameters))
struct ReportRows {
  std::vector<ReportRow> rows;
};
BOOST_DESCRIBE_STRUCT(ReportRows, (), (rows))

struct ReportFact {
  std::string label;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(ReportFact, (), (label, value))
struct ReportColumn {
  std::string title;
  ColumnType type = ColumnType::text;
};
BOOST_DESCRIBE_STRUCT(ReportColumn, (), (title, type))
struct ReportCells {
  std::vector<std::string> cells;  // as shown
};
BOOST_DESCRIBE_STRUCT(ReportCells, (), (cells))
struct ReportView {
  std::string name;
  std::string title;
  std::string about;
  Date as_of;
  Instant known_at;
  std::vector<ReportFact> facts;
  std::vector<ReportColumn> columns;
  std::vector<ReportCells> rows;
  bool more = false;       // beyond these: take a file
  bool has_chart = false;
  std::string chart_description;
};
BOOST_DESCRIBE_STRUCT(ReportView, (), (name, title, about, as_of, known_at, facts, columns, rows, more, has_chart, chart_description))

struct ReportIssue {
  IssueId id;
  std::string report;
  std::string title;
  FileFormat format = FileFormat::csv;
  Date as_of;
  Instant known_at;
  std::string file_name;
  std::int64_t size = 0;
  std::string sha256;
  std::int64_t row_count = 0;
  Instant issued_at;
  std::string issued_by_name;
  bool scheduled = false;
};
BOOST_DESCRIBE_STRUCT(ReportIssue, (), (id, report, title, format, as_of, known_at, file_name, size, sha256, row_count, issued_at, issued_by_name, scheduled))
struct ReportIssueQuery {
  std::optional<std::string> report;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ReportIssueQuery, (), (report, cursor, limit))
struct ReportIssues {
  std::vector<ReportIssue> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ReportIssues, (), (rows, next))
struct IssueById {
  IssueId id;
};
BOOST_DESCRIBE_STRUCT(IssueById, (), (id))
struct NewReportIssue {
  std::string report;
  FileFormat format = FileFormat::ods;
  std::optional<Date> as_of;
  std::optional<Date> known_on;
  std::optional<std::string> filter;
};
BOOST_DESCRIBE_STRUCT(NewReportIssue, (), (report, format, as_of, known_on, filter))

struct CompareQuery {
  IssueId id;
  std::optional<Date> known_on;
};
BOOST_DESCRIBE_STRUCT(CompareQuery, (), (id, known_on))
struct ReportDifference {
  std::string row;     // its first cell
  std::string column;  // "" when the whole row is new or gone
  std::string before;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(ReportDifference, (), (row, column, before, after))
struct ReportComparison {
  bool file_intact = false;     // the kept file still has the digest under which it was issued
  bool same_as_issued = false;  // asked again as known then: the same figures
  Instant known_at;             // of the comparison
  bool equal = false;           // as known then against as known now
  std::int64_t difference_count = 0;
  std::vector<ReportDifference> differences;  // the first of them
  bool too_long = false;        // so many rows that only their digests were compared
};
BOOST_DESCRIBE_STRUCT(ReportComparison, (), (file_intact, same_as_issued, known_at, equal, difference_count, differences, too_long))

namespace {

constexpr std::size_t rows_shown = 1'000;
constexpr std::size_t differences_shown = 100;
constexpr std::size_t rows_compared_max = 50'000;  // held in memory to say what differs; beyond that only that something does

// A whole table: its digest, and its rows as long as they are not too many.
struct Read {
  std::string figures;
  std::vector<Row> rows;
  bool whole = true;
};
Read read_all(Table& table) {
  Read out;
  Figures figures;
  for (auto rows = table.rows->next(); !rows.empty(); rows = table.rows->next()) {
    for (auto& row : rows) {
      figures.add(row);
      out.whole = out.whole && out.rows.size() < rows_compared_max;
      if (out.whole) out.rows.push_back(std::move(row));
    }
  }
  if (!out.whole) out.rows.clear();
  out.figures = figures.finish();
  return out;
}

struct Days {
  Date as_of;
  Instant known_at;
};

// Today's knowledge is that of this moment; a past day's that of its end.
Result<Days> days_of(const std::optional<Date>& as_of, const std::optional<Date>& known_on, Instant now) {
  const Date today = taipei_date(now);
  if (as_of && *as_of > today) return field_fault("as_of", "report.as_of_in_future");
  if (known_on && *known_on > today) return field_fault("known_on", "input.known_in_future");
  return Days{as_of.value_or(today), known_on && *known_on < today ? taipei_end_of_day(*known_on) : now};
}

Result<Table> asked(Issues& issues, const Actor& actor, const std::string& name, const Days& days, const std::optional<std::string>& filter) {
  const auto* kind = issues.reports().find(name);
  if (kind == nullptr) return fault(FaultKind::not_found, "report.unknown");
  if (!identity::may(actor, kind->permission)) return fault(FaultKind::forbidden, "fault.no_permission", {{"permission", i18n::text("permission." + kind->permission, actor.language)}});
  MANDATE_ASSIGN(auto table, issues.reports().ask(name, {issues.identity().scope(actor, kind->permission, "duty"), actor.language, read_query(filter.value_or("")), days.as_of, days.known_at, nullptr}));
  add_making(table, actor);
  return table;
}

ReportIssue row_of(db::Session& s, Issues& issues, const IssueRecord& r) {
  return {r.id, r.report, r.title, r.format, r.as_of, r.known_at, r.file_name, r.size, r.hash, r.row_count, r.issued_at, issues.identity().name_of(s, r.issued_by), r.schedule_id != 0};
}

bool intact(const std::filesystem::path& path, const std::string& hash) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  digest::Sha256 sha;
  std::string piece(64 * 1024, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) sha.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
  return sha.finish_hex() == hash;
}

// Rows are the same row when their first cells are the same: an agency's name, a duty's number.
void compare(const std::vector<Column>& columns, const std::vector<Row>& before, const std::vector<Row>& after, ReportComparison& view) {
  const auto key = [](const Row& row) { return row.empty() ? std::string() : sheets::shown_text(row.front()); };
  const auto note = [&](std::string row, std::string column, std::string was, std::string is) {
    ++view.difference_count;
    if (view.differences.size() < differences_shown) view.differences.push_back({std::move(row), std::move(column), std::move(was), std::move(is)});
  };
  std::map<std::string, const Row*> now;
  for (const auto& row : after) now[key(row)] = &row;
  for (const auto& row : before) {
    const auto found = now.find(key(row));
    if (found == now.end()) {
      note(key(row), "", row.size() > 1 ? sheets::shown_text(row[1]) : key(row), "");
      continue;
    }
    for (std::size_t at = 0; at < row.size() && at < columns.size(); ++at) {
      if (row[at] == found->second->at(at)) continue;
      note(key(row), columns[at].title, sheets::shown_text(row[at]), sheets::shown_text(found->second->at(at)));
    }
    now.erase(found);
  }
  for (const auto& row : after) {
    if (now.count(key(row)) == 1) note(key(row), "", "", row.size() > 1 ? sheets::shown_text(row[1]) : key(row));
  }
}

}  // namespace

void add_report_routes(http::Router& router, Issues& issues) {
  const auto looks = [](const char* summary) { return http::RouteOptions{.permission = "signed_in", .summary = summary, .tag = "reports"}; };
  router.get<http::Nothing, ReportRows>("/api/reports", looks("The reports that one may ask for"), [&issues](const Actor& actor, const http::Nothing&) -> Result<ReportRows> {
    ReportRows out;
    for (const auto& kind : issues.reports().all()) {
      if (kind.free || !identity::may(actor, kind.permission)) continue;
      ReportRow row{kind.name, i18n::text(kind.title, actor.language), i18n::text(kind.about, actor.language), {}};
      for (const auto& p : kind.parameters) row.parameters.push_back({p.name, i18n::text(p.title, actor.language), p.kind});
      out.rows.push_back(std::move(row));
    }
    return out;
  });
  router.get<ReportQuery, ReportView>("/api/reports/{name}", looks("A report about a day, as known on a day: the first thousand rows"), [&issues](const Actor& actor, const ReportQuery& in) -> Result<ReportView> {
    MANDATE_ASSIGN(const auto days, days_of(in.as_of, in.known_on, actor.now));
    MANDATE_ASSIGN(auto table, asked(issues, actor, in.name, days, in.filter));
    ReportView view{in.name, table.title, i18n::text(issues.reports().find(in.name)->about, actor.language), days.as_of, days.known_at, {}, {}, {}, false, table.chart.has_value(), table.chart ? table.chart->description : ""};
    for (const auto& [label, value] : table.facts) view.facts.push_back({label, value});
    for (const auto& column : table.columns) view.columns.push_back({column.title, column.type});
    while (view.rows.size() <= rows_shown) {
      const auto rows = table.rows->next();
      if (rows.empty()) break;
      for (const auto& row : rows) {
        ReportCells cells;
        for (const auto& cell : row) cells.cells.push_back(sheets::shown_text(cell));
        view.rows.push_back(std::move(cells));
      }
    }
    view.more = view.rows.size() > rows_shown;
    if (view.more) view.rows.resize(rows_shown);
    return view;
  });
  router.file<ReportQuery>("/api/reports/{name}/chart.svg", looks("The report's chart"), [&issues](const http::Call& call, const ReportQuery& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto days, days_of(in.as_of, in.known_on, call.actor.now));
    MANDATE_ASSIGN(const auto table, asked(issues, call.actor, in.name, days, in.filter));
    if (!table.chart) return fault(FaultKind::not_found, "report.no_chart");
    http::Response response;
    response.content_type = "image/svg+xml";
    response.body = svg_of(*table.chart, "chart", {720, true});
    // A style of its own, and nothing else that could run.
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return response;
  });
  router.file<ReportFileQuery>("/api/reports/{name}/file", looks("A report as CSV, ODS, XLSX or a page to print"), [&router, &issues](const http::Call& call, const ReportFileQuery& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto days, days_of(in.as_of, in.known_on, call.actor.now));
    MANDATE_ASSIGN(auto table, asked(issues, call.actor, in.name, days, in.filter));
    return file_answer(std::move(table), in.format, call.actor.language, still_the_same(router, call));
  });
}

void add_issue_routes(http::Router& router, Issues& issues) {
  add_report_routes(router, issues);
  const auto looks = [](const char* summary) { return http::RouteOptions{.permission = "signed_in", .summary = summary, .tag = "reports"}; };
  router.get<ReportIssueQuery, ReportIssues>("/api/report-issues", looks("Reports that were issued, newest first"), [&issues](const Actor& actor, const ReportIssueQuery& in) -> Result<ReportIssues> {
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    if (in.cursor && !http::read_int64(*in.cursor, before)) return field_fault("cursor", "input.bad_cursor");
    return issues.database().read([&](db::Session& s) -> Result<ReportIssues> {
      std::optional<std::int64_t> next;
      ReportIssues out;
      for (const auto& one : issues.list(s, actor, in.report.value_or(""), before, std::clamp(in.limit.value_or(50), 1, 200), next)) out.rows.push_back(row_of(s, issues, one));
      if (next) out.next = std::to_string(*next);
      return out;
    });
  });
  // The file is made before its row is written: a second run of the same request makes the same file again, and the key keeps it to one row.
  router.post<NewReportIssue, ReportIssue>("/api/report-issues", {.permission = "report.issue", .summary = "Issues a report: its file is kept and given back byte for byte", .tag = "reports", .once = http::Once::by_nature}, [&issues](const Actor& actor, const NewReportIssue& in) -> Result<ReportIssue> {
    MANDATE_ASSIGN(const auto days, days_of(in.as_of, in.known_on, actor.now));
    MANDATE_ASSIGN(const auto record, issues.issue(actor, {in.report, read_query(in.filter.value_or("")), in.format, days.as_of, days.known_at}));
    return issues.database().read([&](db::Session& s) -> Result<ReportIssue> { return row_of(s, issues, record); });
  });
  router.file<IssueById>("/api/report-issues/{id}/file", looks("The file of an issued report, byte for byte"), [&issues](const http::Call& call, const IssueById& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto issue, issues.database().read([&](db::Session& s) { return issues.find(s, call.actor, in.id); }));
    auto response = http::file_response(call.request, issues.files().path_of(issue.hash), static_cast<std::uint64_t>(issue.size), content_type_of(issue.format));
    response.headers.emplace_back("Content-Disposition", std::string(issue.format == FileFormat::html ? "inline" : "attachment") + "; filename*=UTF-8''" + http::percent_encode(issue.file_name));
    response.headers.emplace_back("ETag", "\"" + issue.hash + "\"");
    return response;
  });
  router.get<CompareQuery, ReportComparison>("/api/report-issues/{id}/comparison", looks("An issued report against the same question as known on a later day"), [&issues](const Actor& actor, const CompareQuery& in) -> Result<ReportComparison> {
    MANDATE_ASSIGN(const auto issue, issues.database().read([&](db::Session& s) { return issues.find(s, actor, in.id); }));
    MANDATE_ASSIGN(const auto days, days_of(std::nullopt, in.known_on, actor.now));
    const auto language = issue.language == "en" ? Language::en : Language::zh_tw;
    MANDATE_ASSIGN(auto then, issues.ask_again(issue, issue.known_at, language));
    MANDATE_ASSIGN(auto later, issues.ask_again(issue, days.known_at, language));
    const auto before = read_all(then);
    const auto after = read_all(later);
    ReportComparison view;
    view.file_intact = intact(issues.files().path_of(issue.hash), issue.hash);
    view.same_as_issued = before.figures == issue.figures;
    view.known_at = days.known_at;
    view.equal = before.figures == after.figures;
    view.too_long = !before.whole || !after.whole;
    if (!view.too_long) compare(then.columns, before.rows, after.rows, view);
    return view;
  });
}

}  // namespace mandate::reports
