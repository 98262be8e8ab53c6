// What the ledger brings before a meeting: who is late, and each severe case.
#include "foundation/meetings/api.hpp"
#include "kernel/percent.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::meetings {
namespace {

using reports::Cell;
using reports::ColumnType;

constexpr int read_max = 20'000;       // late duties, the longest late first
constexpr std::size_t table_max = 50;  // of one agency's table
constexpr std::size_t cases_max = 300;

std::string t(const char* key, const MessageArgs& args = {}) { return i18n::text(key, Language::zh_tw, args); }
std::string count(std::int64_t n) { return std::to_string(n); }
std::string severity_word(duties::Severity severity) { return i18n::text(std::string("severity.") + boost::describe::enum_to_string(severity, ""), Language::zh_tw); }

duties::LateQuestion question_of(const AgendaQuestion& q) { return {q.agencies, q.as_of, q.known_at}; }

std::vector<Definition> definitions(const duties::DutyPolicy& policy) {
  return {{t("lateness.late"), t("meeting.late_definition")}, {t("lateness.severe"), t("meeting.severe_definition", {{"days", count(policy.severe_days)}})}};
}

std::vector<reports::Column> late_columns() {
  return {{t("column.number"), ColumnType::text}, {t("column.title"), ColumnType::long_text}, {t("column.due_on"), ColumnType::date}, {t("column.days_late"), ColumnType::integer}, {t("column.lateness"), ColumnType::text}, {t("column.severity"), ColumnType::text}};
}

reports::Row late_row(const duties::LateDuty& d) {
  return {Cell::of(d.number), Cell::of(d.title), Cell::of(d.due_on), Cell::of(d.days_late), Cell::of(t(d.severe ? "lateness.severe" : "lateness.late")), Cell::of(severity_word(d.severity))};
}

// One entry an agency; what is confidential of it in an entry of its own, which the section's table and chart do not count.
SourceSection late_by_agency(duties::Duties& duties, db::Session& s, const AgendaQuestion& q) {
  SourceSection out;
  out.definitions = definitions(duties.policy_on(q.as_of));
  auto tallies = duties.tally_late(s, question_of(q));
  std::map<std::pair<std::int64_t, bool>, std::vector<duties::LateDuty>> late;
  for (auto& duty : duties.list_late(s, question_of(q), read_max)) late[{duty.agency_id, duty.confidentiality == Confidentiality::confidential}].push_back(std::move(duty));
  // Where most is late stands first.
  std::stable_sort(tallies.begin(), tallies.end(), [](const auto& a, const auto& b) { return std::pair(a.late, a.severe) > std::pair(b.late, b.severe); });
  out.table.columns = {{t("column.agency"), ColumnType::text}, {t("meeting.open"), ColumnType::integer}, {t("lateness.late"), ColumnType::integer}, {t("lateness.severe"), ColumnType::integer}, {t("meeting.late_share"), ColumnType::percent}};
  reports::Chart chart;
  chart.kind = reports::Chart::Kind::stacked_bars;
  chart.title = t("meeting.late_chart");
  chart.unit = t("report.unit");
  using Look = reports::ChartSeries::Look;
  chart.series = {{t("meeting.late_not_severe"), Look::late, {}}, {t("lateness.severe"), Look::severe, {}}};
  std::int64_t agencies = 0;
  std::int64_t all_late = 0;
  std::int64_t all_severe = 0;
  for (const auto& tally : tallies) {
    const auto name = duties.agency_name(tally.agency_id);
    if (!tally.confidential) {
      const Ratio share{tally.late, tally.open};
      out.table.rows.push_back({Cell::of(name), Cell::of(tally.open), Cell::of(tally.late), Cell::of(tally.severe), share.defined() ? Cell::percent(share.rounded().basis_points) : Cell::none()});
    }
    if (tally.late == 0) continue;
    SourceEntry entry;
    entry.record_kind = "agency";
    entry.record_id = entry.agency_id = tally.agency_id;
    entry.confidentiality = tally.confidential ? Confidentiality::confidential : Confidentiality::internal;
    entry.title = t(tally.confidential ? "meeting.late_closed_title" : "meeting.late_title", {{"agency", name}, {"late", count(tally.late)}, {"severe", count(tally.severe)}});
    entry.reason = t("meeting.late_reason", {{"late", count(tally.late)}, {"open", count(tally.open)}});
    entry.figures.columns = late_columns();
    for (const auto& duty : late[{tally.agency_id, tally.confidential}]) {
      if (entry.figures.rows.size() == table_max) break;
      entry.figures.rows.push_back(late_row(duty));
    }
    entry.figures.rows_left_out = tally.late - static_cast<std::int64_t>(entry.figures.rows.size());
    out.entries.push_back(std::move(entry));
    if (tally.confidential) continue;
    ++agencies;
    all_late += tally.late;
    all_severe += tally.severe;
    chart.categories.push_back(name);
    chart.series[0].values.push_back(reports::ChartValue::of(tally.late - tally.severe));
    chart.series[1].values.push_back(reports::ChartValue::of(tally.severe));
  }
  out.finding = agencies == 0 ? t("meeting.none_late") : t("meeting.late_finding", {{"agencies", count(agencies)}, {"late", count(all_late)}, {"severe", count(all_severe)}});
  if (agencies > 0) {
    chart.description = out.finding;
    out.chart = std::move(chart);
  }
  return out;
}

SourceSection severe_cases(duties::Duties& duties, db::Session& s, const AgendaQuestion& q) {
  SourceSection out;
  const auto policy = duties.policy_on(q.as_of);
  out.definitions = definitions(policy);
  std::int64_t open_cases = 0;
  std::int64_t left_out = 0;
  for (const auto& duty : duties.list_late(s, question_of(q), read_max)) {
    if (!duty.severe) continue;
    const bool closed = duty.confidentiality == Confidentiality::confidential;
    if (!closed) ++open_cases;
    if (out.entries.size() == cases_max) {
      if (!closed) ++left_out;
      continue;
    }
    SourceEntry entry;
    entry.record_kind = "duty";
    entry.record_id = duty.id.value;
    entry.agency_id = duty.agency_id;
    entry.confidentiality = duty.confidentiality;
    entry.title = t("meeting.severe_title", {{"number", duty.number}, {"title", duty.title}});
    entry.reason = t("meeting.severe_reason", {{"days", count(duty.days_late)}, {"limit", count(policy.severe_days)}});
    entry.figures.columns = late_columns();
    entry.figures.rows.push_back(late_row(duty));
    out.entries.push_back(std::move(entry));
  }
  out.finding = open_cases == 0 ? t("meeting.none_severe") : t("meeting.severe_finding", {{"count", count(open_cases)}});
  if (left_out > 0) out.finding += t("meeting.severe_left_out", {{"count", count(left_out)}});
  return out;
}

}  // namespace

void add_duty_sources(Meetings& meetings, duties::Duties& duties) {
  meetings.add_source({"duties.late", 1, "meeting.source.duties_late", "meeting.source.duties_late_about", [&duties](db::Session& s, const AgendaQuestion& q) { return late_by_agency(duties, s, q); }});
  meetings.add_source({"duties.severe", 1, "meeting.source.duties_severe", "meeting.source.duties_severe_about", [&duties](db::Session& s, const AgendaQuestion& q) { return severe_cases(duties, s, q); }});
}

}  // namespace mandate::meetings
