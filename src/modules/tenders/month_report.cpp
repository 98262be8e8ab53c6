// The month of tenders as a report: by agency, by district, by kind of works. Issued, it is frozen; any past month is counted anew from what was known then.
#include "foundation/places/api.hpp"
#include "foundation/reports/reports.hpp"
#include "kernel/roc_date.hpp"
#include "modules/tenders/month.hpp"
#include "modules/tenders/module.hpp"

namespace mandate::tenders {
namespace {

using reports::Cell;
using reports::ColumnType;

Cell rate(const Ratio& ratio) { return ratio.defined() ? Cell::percent(ratio.rounded().basis_points) : Cell::none(); }

reports::Row cells_of(const std::string& name, const MonthLine& line, bool ranked) {
  const auto place = [&](std::int64_t rank) { return ranked ? Cell::of(rank) : Cell::none(); };
  return {Cell::of(name), Cell::of(line.total()), Cell::of(line.closed), Cell::of(line.conforming), Cell::of(line.before_start), Cell::of(line.behind_plan), Cell::of(line.after_completion), Cell::of(line.lagging()), Cell::of(line.cancelled),
          Cell::of(line.not_filed), Cell::of(line.central), rate(line.completion_rate()), rate(line.lag_rate()), rate(line.lag_rate_of_open()), Cell::of(line.once), Cell::of(line.twice), Cell::of(line.longer),
          place(line.rank_count), place(line.rank_rate), place(line.rank)};
}

template <class Key>
Result<reports::Table> table_of(const reports::Question& q, const char* first_column, const MonthLines<Key>& lines, const MonthLine& total, const std::function<std::string(const Key&)>& name_of) {
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return i18n::text(key, q.language, args); };
  reports::Table table;
  reports::Chart chart;
  chart.kind = reports::Chart::Kind::stacked_bars;
  chart.title = t("tender.month_chart");
  chart.unit = t("report.unit");
  using Look = reports::ChartSeries::Look;
  chart.series = {{t("tender.closed"), Look::done, {}}, {t("tender.conforming"), Look::on_time, {}}, {t("tender.lagging"), Look::late, {}}, {t("tender.cancelled"), Look::open, {}}};
  chart.description = t("tender.month_finding", {{"total", std::to_string(total.total())}, {"lagging", std::to_string(total.lagging())}, {"longer", std::to_string(total.longer)}, {"missing", std::to_string(total.not_filed)}});
  const Date from = q.as_of.first_of_month();
  table.facts = {{t("report.finding"), chart.description},
                 {t("report.month_of"), q.language == Language::en ? from.iso() + " to " + from.last_of_month().iso() : roc_long(from) + "至" + roc_long(from.last_of_month())},
                 {t("list.definition"), t("tender.month_definition")},
                 {t("tender.completion_rate"), t("report.rate", {{"numerator", t("tender.closed")}, {"denominator", t("tender.total")}, {"version", "1"}})},
                 {t("tender.lag_rate"), t("report.rate", {{"numerator", t("tender.lagging")}, {"denominator", t("tender.total")}, {"version", "1"}})},
                 {t("tender.lag_rate_open"), t("report.rate", {{"numerator", t("tender.lagging")}, {"denominator", t("tender.open_ones")}, {"version", "1"}})}};
  for (const auto& [key, type] : std::initializer_list<std::pair<const char*, ColumnType>>{
           {first_column, ColumnType::text}, {"tender.total", ColumnType::integer}, {"tender.closed", ColumnType::integer}, {"tender.conforming", ColumnType::integer}, {"tender.before_start", ColumnType::integer},
           {"tender.behind_plan", ColumnType::integer}, {"tender.after_completion", ColumnType::integer}, {"tender.lagging", ColumnType::integer}, {"tender.cancelled", ColumnType::integer}, {"tender.not_filed", ColumnType::integer},
           {"tender.central", ColumnType::integer}, {"tender.completion_rate", ColumnType::percent}, {"tender.lag_rate", ColumnType::percent}, {"tender.lag_rate_open", ColumnType::percent}, {"tender.once", ColumnType::integer},
           {"tender.twice", ColumnType::integer}, {"tender.longer", ColumnType::integer}, {"tender.rank_count", ColumnType::integer}, {"tender.rank_rate", ColumnType::integer}, {"tender.rank", ColumnType::integer}}) {
    table.columns.push_back({t(key), type});
  }
  std::vector<reports::Row> rows;
  for (const auto& [key, line] : lines) {
    const auto name = name_of(key);
    rows.push_back(cells_of(name, line, true));
    chart.categories.push_back(name);
    const std::int64_t parts[] = {line.closed, line.conforming, line.lagging(), line.cancelled};
    for (std::size_t at = 0; at < chart.series.size(); ++at) chart.series[at].values.push_back(reports::ChartValue::of(parts[at]));
  }
  if (!rows.empty()) {
    rows.push_back(cells_of(t("report.total"), total, false));
    table.chart = std::move(chart);
  }
  table.rows = reports::rows_of(std::move(rows));
  return table;
}

}  // namespace

void add_tender_reports(reports::Reports& reports, db::Database& database) {
  const auto read = [&database](const reports::Question& q) {
    const MonthQuestion asked{q.scope, q.as_of, q.known_at};
    return entries_of(database.read([&](db::Session& s) { return list_month(s, asked); }));
  };
  reports.add({"tender-month", "tender.month", "tender.month_about", "tracking.read", {}, [read](const reports::Question& q) {
                 const auto entries = read(q);
                 return table_of<std::int64_t>(q, "column.agency", by_agency(entries), sum_of(entries), [&q](const std::int64_t& agency) { return q.agency_name(agency); });
               }});
  reports.add({"tender-month-district", "tender.month_district", "tender.month_about", "tracking.read", {}, [read](const reports::Question& q) {
                 const auto entries = read(q);
                 return table_of<std::string>(q, "column.district", by_district(entries), sum_of(entries), [&q](const std::string& code) {
                   const auto* district = places::find_district(code);
                   if (district == nullptr) return i18n::text("tender.no_district", q.language);
                   return q.language == Language::en ? district->english : district->name;
                 });
               }});
  reports.add({"tender-month-works", "tender.month_works", "tender.month_about", "tracking.read", {}, [read](const reports::Question& q) {
                 const auto entries = read(q);
                 return table_of<WorksKind>(q, "tender.works_kind", by_works_kind(entries), sum_of(entries), [&q](const WorksKind& kind) { return i18n::text(std::string("tender.works.") + boost::describe::enum_to_string(kind, ""), q.language); });
               }});
}

}  // namespace mandate::tenders
