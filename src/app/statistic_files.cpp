#include "app/statistic_files.hpp"

#include "foundation/reports/lists.hpp"
#include "kernel/roc_date.hpp"

namespace mandate::app {

using reports::Cell;
using reports::ColumnType;
using statistics::CellState;

struct StatisticFileQuery {
  reports::FileFormat format = reports::FileFormat::csv;
  std::optional<std::string> dataset;
  std::optional<std::string> by;
  std::optional<std::string> measures;
  std::optional<std::string> where;
  std::optional<std::string> period;
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<bool> compare;
  std::optional<bool> empty;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(StatisticFileQuery, (), (format, dataset, by, measures, where, period, from, to, compare, empty, as_known_on))

namespace {

constexpr std::size_t bars_max = 40;  // a chart of more is no chart any more

Cell cell_of(const statistics::Cell& cell, bool rate, Language language) {
  if (cell.state != CellState::filed) return Cell::of(i18n::text(std::string("cell.") + boost::describe::enum_to_string(cell.state, ""), language));
  if (!rate) return Cell::of(cell.value.value_or(0));
  return cell.rate ? Cell::percent(cell.rate->basis_points) : Cell::none();
}

Cell part_of(const statistics::Cell& cell, const std::optional<std::int64_t>& part) {
  // What was left out stays left out in its parts too.
  return cell.state == CellState::suppressed || !part ? Cell::none() : Cell::of(*part);
}

reports::ChartValue value_of(const statistics::Cell& cell) {
  if (cell.state == CellState::not_yet_due) return reports::ChartValue::not_yet_due();
  if (cell.state == CellState::zero) return reports::ChartValue::of(0);
  if (cell.state != CellState::filed) return reports::ChartValue::missing();
  return reports::ChartValue::of(cell.rate ? cell.rate->basis_points : cell.value.value_or(0));
}

// A report's parameters are texts; they are read here as an address would be.
Result<statistics::StatisticQuery> query_of(const reports::Query& parameters, Date as_of) {
  const auto text = [&](const char* name) -> std::optional<std::string> {
    const auto found = parameters.find(name);
    return found == parameters.end() || found->second.empty() ? std::nullopt : std::optional(found->second);
  };
  statistics::StatisticQuery q;
  q.by = text("by");
  q.measures = text("measures");
  q.where = text("where");
  q.period = text("period");
  for (const auto& [name, into] : {std::pair("from", &q.from), std::pair("to", &q.to)}) {
    if (const auto written = text(name); written && !(*into = Date::parse(*written))) return field_fault(name, "input.expected_date");
  }
  for (const auto& [name, into] : {std::pair("compare", &q.compare), std::pair("empty", &q.empty)}) {
    const auto written = text(name);
    if (written && *written != "true" && *written != "false") return field_fault(name, "input.expected_bool");
    if (written) *into = *written == "true";
  }
  if (const auto span = text("span")) {
    if (q.from || q.to) return field_fault("span", "statistics.span_and_days");
    const auto grain = *span == "month" ? facts::Grain::month : *span == "quarter" ? facts::Grain::quarter : facts::Grain::year;
    if (grain == facts::Grain::year && *span != "year") return field_fault("span", "input.expected_choice", {{"choices", "month, quarter, year"}});
    q.from = facts::first_of(grain, as_of);
    q.to = facts::last_of(grain, *q.from);
  }
  return q;
}

}  // namespace

reports::Table table_of(const statistics::StatisticAnswer& a, Language language) {
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return i18n::text(key, language, args); };
  const bool compared = !a.total.before.empty();
  reports::Table table;
  table.title = a.title;
  table.file_name = a.title + "-" + a.as_of.iso();
  table.facts = {{t("list.filter"), a.filter.empty() ? t("list.no_filter") : a.filter}, {t("list.as_of"), language == Language::en ? a.as_of.iso() : roc_long(a.as_of)}};
  if (a.as_known_on) table.facts.emplace_back(t("list.as_known_on"), language == Language::en ? a.as_known_on->iso() : roc_long(*a.as_known_on));
  for (const auto& d : a.dimensions) table.columns.push_back({d.label, ColumnType::text});
  for (const auto& m : a.measures) {
    const auto columns = [&](const std::string& label) {
      table.columns.push_back({label, m.is_rate ? ColumnType::percent : ColumnType::integer});
      if (!m.is_rate) return;
      table.columns.push_back({label + t("statistics.numerator_column"), ColumnType::integer});
      table.columns.push_back({label + t("statistics.denominator_column"), ColumnType::integer});
    };
    columns(m.label);
    if (compared) columns(t("statistics.year_before", {{"name", m.label}}));
    if (m.is_rate) table.facts.emplace_back(m.label, t("report.rate", {{"numerator", m.numerator}, {"denominator", m.denominator}, {"version", std::to_string(m.version)}}));
  }
  if (a.suppressed_below > 0) table.facts.emplace_back(t("list.definition"), t("statistics.suppressed_row", {{"min", std::to_string(a.suppressed_below)}}));
  std::vector<reports::Row> rows;
  const auto add = [&](const statistics::StatisticRow& from, bool total) {
    reports::Row row;
    for (std::size_t d = 0; d < a.dimensions.size(); ++d) row.push_back(total ? (d == 0 ? Cell::of(t("statistics.total")) : Cell::none()) : Cell::of(from.keys[d].label));
    for (std::size_t m = 0; m < a.measures.size(); ++m) {
      const auto put = [&](const statistics::Cell& cell) {
        row.push_back(cell_of(cell, a.measures[m].is_rate, language));
        if (!a.measures[m].is_rate) return;
        row.push_back(part_of(cell, cell.value));
        row.push_back(part_of(cell, cell.of));
      };
      put(from.cells[m]);
      if (compared) put(from.before.size() > m ? from.before[m] : statistics::Cell{});
    }
    rows.push_back(std::move(row));
  };
  for (const auto& row : a.rows) add(row, false);
  if (!a.dimensions.empty() || a.rows.empty()) add(a.total, true);
  if (a.dimensions.size() == 1 && !a.measures.empty() && !a.rows.empty() && a.rows.size() <= bars_max) {
    reports::Chart chart;
    chart.title = a.title;
    chart.description = a.title + (a.filter.empty() ? "" : " " + a.filter);
    chart.percent = a.measures.front().is_rate;
    chart.missing_word = t("cell.missing");
    chart.not_yet_due_word = t("cell.not_yet_due");
    chart.series = {{a.measures.front().label, reports::ChartSeries::Look::plain, {}}};
    for (const auto& row : a.rows) {
      chart.categories.push_back(row.keys.front().label);
      chart.series.front().values.push_back(value_of(row.cells.front()));
    }
    table.chart = std::move(chart);
  }
  table.rows = reports::rows_of(std::move(rows));
  return table;
}

void add_statistic_reports(reports::Reports& reports, statistics::Statistics& statistics) {
  for (const auto& subject : statistics.subjects()) {
    reports::ReportKind kind;
    kind.name = "statistic-" + subject->dataset;
    kind.title = "dataset." + subject->dataset;
    kind.about = "statistics.report_about";
    kind.permission = subject->permission;
    kind.free = true;
    for (const char* name : {"title", "by", "measures", "where", "period", "from", "to", "compare", "empty", "span"}) kind.parameters.push_back({name, "list.filter", reports::ListFilter::Kind::plain});
    kind.open = [&statistics, dataset = subject->dataset](const reports::Question& q) -> Result<reports::Table> {
      MANDATE_ASSIGN(auto query, query_of(q.parameters, q.as_of));
      query.dataset = dataset;
      MANDATE_ASSIGN(const auto answer, statistics.ask(statistics::Standing{q.scope, q.language, q.as_of, q.known_at}, query));
      auto table = table_of(answer, q.language);
      const auto as_of = i18n::text("list.as_of", q.language);
      // The report says it already, above everything else.
      table.facts.erase(std::remove_if(table.facts.begin(), table.facts.end(), [&](const auto& one) { return one.first == as_of; }), table.facts.end());
      return table;
    };
    reports.add(std::move(kind));
  }
}

void add_statistic_file_routes(http::Router& router, statistics::Statistics& statistics) {
  router.file<StatisticFileQuery>("/api/statistics/file", {.permission = "duty.read", .summary = "A statistic as CSV, ODS, XLSX, ODT or a page to print, with the definitions", .tag = "statistics"},
                                  [&router, &statistics](const http::Call& call, const StatisticFileQuery& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto answer, statistics.ask(call.actor, {in.dataset, in.by, in.measures, in.where, in.period, in.from, in.to, in.compare, in.empty, in.as_known_on}));
    auto table = table_of(answer, call.actor.language);
    reports::add_making(table, call.actor);
    return reports::file_answer(std::move(table), in.format, call.actor.language, reports::still_the_same(router, call));
  });
}

}  // namespace mandate::app
