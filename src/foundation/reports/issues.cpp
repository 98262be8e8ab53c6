#include "foundation/reports/issues.hpp"

#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"

MANDATE_EMBEDDED(foundation_reports)

namespace mandate::reports {
namespace {

constexpr auto columns = "id, report, parameters, format, language, as_of, known_at, scope, title, file_name, hash, size, figures, row_count, issued_at, issued_by, schedule_id, chart_hash";
constexpr int looked_through_max = 2'000;  // issues passed over for one page

std::string text_of(const Query& query) {
  std::string out;
  for (const auto& [name, value] : query) out += (out.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
  return out;
}

// Hands rows on and takes their digest.
class Witness final : public RowSource {
 public:
  Witness(std::shared_ptr<RowSource> rows, Figures& figures) : rows_(std::move(rows)), figures_(figures) {}
  std::vector<Row> next() override {
    auto rows = rows_->next();
    for (const auto& row : rows) figures_.add(row);
    return rows;
  }

 private:
  std::shared_ptr<RowSource> rows_;
  Figures& figures_;
};

}  // namespace

db::MigrationSet report_migrations() { return db::migrations_of("foundation_reports", embedded::foundation_reports); }

Issues::Issues(db::Database& database, const Clock& clock, identity::Identity& identity, const Reports& reports, files::FileStore& files) : database_(database), clock_(clock), identity_(identity), reports_(reports), files_(files) {
  files_.add_reference("report_issue", "hash");
  files_.add_reference("report_issue", "chart_hash");
}

Result<Made> Issues::make(const Actor& actor, const Order& order) {
  const auto* kind = reports_.find(order.report);
  if (kind == nullptr) return fault(FaultKind::not_found, "report.unknown");
  if (!identity::may(actor, kind->permission)) return fault(FaultKind::forbidden, "fault.no_permission", {{"permission", i18n::text("permission." + kind->permission, actor.language)}});
  const auto scope = identity_.scope(actor, kind->permission, "duty");
  MANDATE_ASSIGN(auto table, reports_.ask(order.report, {scope, actor.language, order.parameters, order.as_of, order.known_at, nullptr}));
  add_making(table, actor);
  Figures figures;
  table.rows = std::make_shared<Witness>(table.rows, figures);
  const auto name = file_name_of(table, order.format);
  auto draft = files_.draft();
  write_file(table, order.format, actor.language, [&](std::string_view piece) { draft.write(piece); });
  std::string type = content_type_of(order.format);
  MANDATE_ASSIGN(auto placed, files_.place_own(std::move(draft), type.substr(0, type.find(';'))));
  IssueRecord record;
  record.id = IssueId{next_id()};
  std::optional<files::Placed> chart;
  if (table.chart) {
    auto picture = files_.draft();
    picture.write(svg_of(*table.chart, "chart", {720, true}));
    MANDATE_ASSIGN(auto kept, files_.place_own(std::move(picture), "image/svg+xml"));
    record.chart_hash = kept.file.hash;
    chart.emplace(std::move(kept));
  }
  record.report = order.report;
  record.parameters = text_of(order.parameters);
  record.format = order.format;
  record.language = actor.language == Language::en ? "en" : "zh-TW";
  record.as_of = order.as_of;
  record.known_at = order.known_at;
  record.scope = scope_to_text(scope);
  record.title = table.title;
  record.file_name = name;
  record.hash = placed.file.hash;
  record.size = placed.file.size;
  record.row_count = figures.rows();
  record.figures = figures.finish();
  record.issued_at = actor.now;
  record.issued_by = actor.account_id;
  return Made{std::move(record), std::move(placed), std::move(chart), table.chart ? table.chart->description : std::string()};
}

void Issues::keep(db::Session& s, const Actor& actor, const Made& made) {
  files_.keep(s, made.placed.file, actor.now);
  if (made.chart) files_.keep(s, made.chart->file, actor.now);
  const auto& r = made.record;
  s.execute(std::string("INSERT INTO report_issue (") + columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.id, r.report, r.parameters, r.format, r.language, r.as_of, r.known_at, r.scope, r.title, r.file_name, r.hash,
            r.size, r.figures, r.row_count, r.issued_at, r.issued_by, r.schedule_id, r.chart_hash);
  db::append_event(s, {actor.now, actor.account_id, "report.issued", "report", r.id.value, boost::json::serialize(boost::json::object{{"title", r.title}, {"as_of", r.as_of.iso()}, {"sha256", r.hash}}), {}});
}

Result<IssueRecord> Issues::issue(const Actor& actor, const Order& order) {
  MANDATE_ASSIGN(const auto made, make(actor, order));
  MANDATE_TRY(database_.write([&](db::Session& s) -> Result<> {
    keep(s, actor, made);
    return done();
  }));
  return made.record;
}

Result<Table> Issues::ask_again(const IssueRecord& issue, Instant known_at, Language language) const {
  return reports_.ask(issue.report, {scope_from_text(issue.scope), language, read_query(issue.parameters), issue.as_of, known_at, nullptr});
}

bool Issues::may_see(const Actor& actor, const IssueRecord& issue) const {
  const auto* kind = reports_.find(issue.report);
  if (kind == nullptr || !identity::may(actor, kind->permission)) return false;
  if (issue.issued_by == actor.account_id && actor.account_id != 0) return true;
  return covers(identity_.scope(actor, kind->permission, "duty"), scope_from_text(issue.scope));
}

Result<IssueRecord> Issues::find(db::Session& s, const Actor& actor, IssueId id) {
  auto found = s.find<IssueRecord>(std::string("SELECT ") + columns + " FROM report_issue WHERE id = ?", id);
  if (!found || !may_see(actor, *found)) return fault(FaultKind::not_found, "report.no_issue");
  return *found;
}

std::vector<IssueRecord> Issues::list(db::Session& s, const Actor& actor, const std::string& report, std::int64_t before, int limit, std::optional<std::int64_t>& next) {
  std::vector<IssueRecord> out;
  int looked = 0;
  while (true) {
    const std::string where = report.empty() ? "id < ?" : "report = ? AND id < ?";
    std::vector<db::Value> values;
    if (!report.empty()) values.push_back(db::to_value(report));
    values.push_back(db::to_value(before));
    values.push_back(db::to_value(limit + 1));
    const auto page = s.list_values<IssueRecord>(std::string("SELECT ") + columns + " FROM report_issue WHERE " + where + " ORDER BY id DESC LIMIT ?", values);
    for (const auto& one : page) {
      if (static_cast<int>(out.size()) == limit || looked >= looked_through_max) {
        next = before;
        return out;
      }
      before = one.id.value;
      ++looked;
      if (may_see(actor, one)) out.push_back(one);
    }
    if (static_cast<int>(page.size()) <= limit) return out;
  }
}

}  // namespace mandate::reports
