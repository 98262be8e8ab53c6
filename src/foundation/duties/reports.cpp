// The reports of the ledger: a month by agency, and what was late on a day.
#include "foundation/duties/lists.hpp"
#include "foundation/duties/report_store.hpp"
#include "foundation/duties/service.hpp"
#include "kernel/percent.hpp"
#include "kernel/roc_date.hpp"

namespace mandate::duties {
namespace {

using reports::Cell;
using reports::ColumnType;

std::string word(Language language, const char* key, const MessageArgs& args = {}) { return i18n::text(key, language, args); }
std::string day(Language language, Date on) { return language == Language::en ? on.iso() : roc_long(on); }

ReportQuestion question_of(Duties::Parts& p, const reports::Question& q) {
  ReportQuestion out{q.scope, q.as_of, q.known_at, std::nullopt, p.policy(q.as_of).severe_days};
  if (const auto agency = q.parameters.find("agency_id"); agency != q.parameters.end()) out.agency_id = std::stoll(agency->second);
  return out;
}

// Of what was due and is settled or late; none where nothing was due yet.
Cell rate_of(const MonthRow& row) {
  const Ratio ratio{row.done_in_time, row.done_in_time + row.done_late + row.late};
  return ratio.defined() ? Cell::percent(ratio.rounded().basis_points) : Cell::none();
}

reports::Row cells_of(const std::string& name, const MonthRow& row) {
  return {Cell::of(name), Cell::of(row.owed), Cell::of(row.done_in_time), Cell::of(row.done_late), Cell::of(row.owed - row.done_in_time - row.done_late - row.late), Cell::of(row.late), Cell::of(row.severe), rate_of(row)};
}

Result<reports::Table> month(Duties::Parts& p, const reports::Question& q) {
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return word(q.language, key, args); };
  const auto question = question_of(p, q);
  const Date from = q.as_of.first_of_month();
  const Date to = q.as_of.last_of_month();
  const auto found = p.database.read([&](db::Session& s) { return list_month(s, question, from, to); });
  reports::Table table;
  table.facts = {{t("report.month_of"), day(q.language, from) + (q.language == Language::en ? " to " : "至") + day(q.language, to)},
                 {t("list.definition"), t("report.duties_month_definition", {{"severe", std::to_string(question.severe_days)}})},
                 {t("rate.on_time.name"), t("report.rate", {{"numerator", t("rate.on_time.numerator")}, {"denominator", t("rate.on_time.denominator")}, {"version", "1"}})}};
  table.columns = {{t("column.agency"), ColumnType::text},  {t("report.owed"), ColumnType::integer}, {t("report.done_in_time"), ColumnType::integer}, {t("report.done_late"), ColumnType::integer},
                   {t("report.not_yet_due"), ColumnType::integer}, {t("report.late"), ColumnType::integer}, {t("report.severe"), ColumnType::integer},       {t("rate.on_time.name"), ColumnType::percent}};
  MonthRow total;
  std::vector<reports::Row> rows;
  reports::Chart chart;
  chart.kind = reports::Chart::Kind::stacked_bars;
  chart.title = t("report.duties_month_chart");
  chart.unit = t("report.unit");
  using Look = reports::ChartSeries::Look;
  chart.series = {{t("report.done_in_time"), Look::done, {}}, {t("report.done_late"), Look::at_risk, {}}, {t("report.late_not_severe"), Look::late, {}}, {t("report.severe"), Look::severe, {}}, {t("report.not_yet_due"), Look::open, {}}};
  for (const auto& row : found) {
    const auto name = q.agency_name(row.agency_id);
    rows.push_back(cells_of(name, row));
    chart.categories.push_back(name);
    const std::int64_t parts[] = {row.done_in_time, row.done_late, row.late - row.severe, row.severe, row.owed - row.done_in_time - row.done_late - row.late};
    for (std::size_t at = 0; at < chart.series.size(); ++at) chart.series[at].values.push_back(reports::ChartValue::of(parts[at]));
    total.owed += row.owed;
    total.done_in_time += row.done_in_time;
    total.done_late += row.done_late;
    total.late += row.late;
    total.severe += row.severe;
  }
  chart.description = t("report.duties_month_finding", {{"owed", std::to_string(total.owed)}, {"done", std::to_string(total.done_in_time + total.done_late)}, {"late", std::to_string(total.late)}, {"severe", std::to_string(total.severe)}});
  table.facts.insert(table.facts.begin(), {t("report.finding"), chart.description});
  if (!rows.empty()) {
    rows.push_back(cells_of(t("report.total"), total));
    table.chart = std::move(chart);
  }
  table.rows = reports::rows_of(std::move(rows));
  return table;
}

class LateRows final : public reports::RowSource {
 public:
  LateRows(Duties::Parts& parts, ReportQuestion question, reports::Question asked) : p_(parts), question_(std::move(question)), asked_(std::move(asked)) {}

  std::vector<reports::Row> next() override {
    constexpr int page_size = 5000;  // each page looks through the ledger as it was, which no index is made for
    std::vector<reports::Row> out;
    if (over_) return out;
    const auto found = p_.database.read([&](db::Session& s) { return list_late(s, question_, after_, page_size); });
    over_ = static_cast<int>(found.size()) < page_size;
    for (const auto& d : found) {
      after_ = {d.due_on, d.id};
      const auto late = question_.as_of - d.due_on;
      out.push_back({Cell::of(d.number), Cell::of(d.title), Cell::of(word(asked_.language, ("origin." + d.origin).c_str())), Cell::of(name_of(d.agency_id)), Cell::of(d.due_on), Cell::of(late),
                     Cell::of(word(asked_.language, late > question_.severe_days ? "lateness.severe" : "lateness.late")), Cell::of(word(asked_.language, (std::string("severity.") + boost::describe::enum_to_string(d.severity, "")).c_str()))});
    }
    return out;
  }

 private:
  const std::string& name_of(std::int64_t agency) {
    auto& name = names_[agency];
    if (name.empty()) name = asked_.agency_name(agency);
    return name;
  }

  Duties::Parts& p_;
  ReportQuestion question_;
  reports::Question asked_;
  std::map<std::int64_t, std::string> names_;
  std::optional<std::pair<Date, DutyId>> after_;
  bool over_ = false;
};

Result<reports::Table> late(Duties::Parts& p, const reports::Question& q) {
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return word(q.language, key, args); };
  const auto question = question_of(p, q);
  reports::Table table;
  table.facts = {{t("list.definition"), t("report.duties_late_definition", {{"severe", std::to_string(question.severe_days)}})}};
  table.columns = {{t("column.number"), ColumnType::text}, {t("column.title"), ColumnType::long_text}, {t("column.origin"), ColumnType::text}, {t("column.agency"), ColumnType::text},
                   {t("column.due_on"), ColumnType::date}, {t("column.days_late"), ColumnType::integer}, {t("column.lateness"), ColumnType::text}, {t("column.severity"), ColumnType::text}};
  table.rows = std::make_shared<LateRows>(p, question, q);
  return table;
}

}  // namespace

namespace {

ReportQuestion question_of(const LateQuestion& q, int severe_days) {
  ReportQuestion out{{}, q.as_of, q.known_at, std::nullopt, severe_days};
  identity::ScopePart part;
  part.everything = q.agencies.empty();
  part.agencies = {q.agencies.begin(), q.agencies.end()};
  part.up_to = Confidentiality::confidential;
  out.scope.parts.push_back(std::move(part));
  return out;
}

}  // namespace

DutyPolicy Duties::policy_on(Date day) const { return parts_->policy(day); }

std::vector<LateOfAgency> Duties::tally_late(db::Session& session, const LateQuestion& question) {
  std::vector<LateOfAgency> out;
  for (const auto& row : duties::tally_late(session, question_of(question, policy_on(question.as_of).severe_days))) out.push_back({row.agency_id, row.confidential, row.open, row.late, row.severe});
  return out;
}

std::vector<LateDuty> Duties::list_late(db::Session& session, const LateQuestion& question, int limit) {
  const int severe_days = policy_on(question.as_of).severe_days;
  std::vector<LateDuty> out;
  for (auto& row : duties::list_late(session, question_of(question, severe_days), std::nullopt, limit)) {
    const auto late = question.as_of - row.due_on;
    out.push_back({row.id, std::move(row.number), std::move(row.title), std::move(row.origin), row.agency_id, row.due_on, row.severity, row.confidentiality, late, late > severe_days});
  }
  return out;
}

void add_duty_reports(reports::Reports& reports, Duties& duties) {
  auto& p = duties.parts();
  const std::vector<reports::ReportParameter> parameters = {{"agency_id", "column.agency", reports::ListFilter::Kind::agency}};
  reports.add({"duties-month", "report.duties_month", "report.duties_month_about", "duty.read", parameters, [&p](const reports::Question& q) { return month(p, q); }});
  reports.add({"duties-late", "report.duties_late", "report.duties_late_about", "duty.read", parameters, [&p](const reports::Question& q) { return late(p, q); }});
}

}  // namespace mandate::duties
