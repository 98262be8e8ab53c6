// What tenders bring before a meeting. Stage one: an agency's lagging tenders with what is done about them. Stage two: agencies under the floor of
// performance, and each severe case. Source: the yearly plan's two-stage review; rules, sections 1.2 and 2.4.
#include "foundation/meetings/api.hpp"
#include "modules/tenders/module.hpp"
#include "modules/tenders/month.hpp"

#include <algorithm>

namespace mandate::tenders {
namespace {

using meetings::AgendaQuestion;
using meetings::SourceSection;
using reports::Cell;
using reports::ColumnType;

constexpr std::size_t cases_max = 500;

std::string t(const std::string& key, const MessageArgs& args = {}) { return i18n::text(key, Language::zh_tw, args); }
std::string points(std::optional<std::int64_t> lag) { return lag ? Percent{*lag}.text() : t("tender.no_figure"); }
std::string name_of(Performance formula) { return t(std::string("tender.performance.") + boost::describe::enum_to_string(formula, "")); }

// Everything of the agencies that the meeting is about: a pack is the city's record, and the meeting shows each reader what concerns them.
identity::Scope scope_of(const AgendaQuestion& q) {
  identity::ScopePart part;
  part.everything = q.agencies.empty();
  part.agencies = {q.agencies.begin(), q.agencies.end()};
  part.up_to = identity::Confidentiality::confidential;
  identity::Scope scope;
  scope.parts.push_back(std::move(part));
  return scope;
}

std::vector<MonthTender> month_of(db::Session& s, const AgendaQuestion& q) { return list_month(s, {scope_of(q), q.to, q.known_at}); }

std::vector<reports::Column> case_columns() {
  return {{t("tender.overall_lag"), ColumnType::text}, {t("tender.construction_lag"), ColumnType::text}, {t("tender.months_behind"), ColumnType::text}, {t("tender.months_in_a_row"), ColumnType::integer}, {t("tender.filed_word"), ColumnType::text}};
}

meetings::SourceEntry case_of(const MonthTender& tender, std::string reason) {
  meetings::SourceEntry entry;
  entry.record_kind = "tender";
  entry.record_id = tender.item.id.value;
  entry.agency_id = tender.item.agency_id;
  entry.confidentiality = tender.item.confidentiality;
  entry.title = tender.item.number + " " + tender.item.title;
  entry.reason = std::move(reason);
  entry.figures.columns = case_columns();
  entry.figures.rows.push_back({Cell::of(points(tender.overall)), Cell::of(points(tender.construction)), Cell::of(points(tender.months)), Cell::of(tender.entry.lag_months), Cell::of(t(tender.entry.filed ? "tender.filed" : "tender.not_filed"))});
  return entry;
}

// The worst first: by overall lag, then by construction's; what has no figure stands last.
void worst_first(std::vector<MonthTender>& tenders) {
  std::stable_sort(tenders.begin(), tenders.end(), [](const MonthTender& a, const MonthTender& b) { return std::pair(a.overall.value_or(-100'000), a.construction.value_or(-100'000)) > std::pair(b.overall.value_or(-100'000), b.construction.value_or(-100'000)); });
}

SourceSection lagging(db::Session& s, const AgendaQuestion& q) {
  SourceSection out;
  out.definitions = {{t("tender.lagging"), t("tender.lagging_definition")}};
  auto tenders = month_of(s, q);
  worst_first(tenders);
  std::int64_t count = 0;
  for (const auto& one : tenders) {
    if (one.entry.state != MonthState::open || one.entry.lag == MonthLag::none) continue;
    if (one.item.confidentiality != identity::Confidentiality::confidential) ++count;
    if (out.entries.size() == cases_max) continue;
    out.entries.push_back(case_of(one, t("tender.lagging_reason", {{"kind", t(std::string("tender.") + boost::describe::enum_to_string(one.entry.lag, ""))}, {"months", std::to_string(one.entry.lag_months)}})));
  }
  out.finding = count == 0 ? t("tender.none_lagging") : t("tender.lagging_finding", {{"count", std::to_string(count)}});
  return out;
}

SourceSection below_floor(db::Session& s, const AgendaQuestion& q, const policy::Policies& policies) {
  SourceSection out;
  const auto snapshot = policies.snapshot();
  const policy::PolicyMoment moment{q.as_of, q.known_at};
  Performance formula = Performance::conformity;
  boost::describe::enum_from_string(snapshot->text("tender.performance_formula", moment).c_str(), formula);
  const auto floor = snapshot->percent("performance.floor", moment);
  out.definitions = {{name_of(formula), t(std::string("tender.performance_about.") + boost::describe::enum_to_string(formula, ""))}, {t("tender.floor"), t("tender.floor_definition", {{"floor", floor.text()}})}};
  std::map<std::int64_t, std::vector<MonthEntry>> agencies;
  for (const auto& one : month_of(s, q)) {
    // A figure of an agency must not give away that there is a confidential tender.
    if (one.item.confidentiality != identity::Confidentiality::confidential) agencies[one.item.agency_id].push_back(one.entry);
  }
  std::vector<std::pair<std::int64_t, Ratio>> below_ones;
  for (const auto& [agency, entries] : agencies) {
    if (const auto ratio = performance_of(entries, formula); below(ratio, floor)) below_ones.emplace_back(agency, ratio);
  }
  std::stable_sort(below_ones.begin(), below_ones.end(), [](const auto& a, const auto& b) { return static_cast<__int128>(a.second.numerator) * b.second.denominator < static_cast<__int128>(b.second.numerator) * a.second.denominator; });
  for (const auto& [agency, ratio] : below_ones) {
    const auto line = sum_of(agencies[agency]);
    meetings::SourceEntry entry;
    entry.record_kind = "agency";
    entry.record_id = entry.agency_id = agency;
    entry.title = t("tender.below_title", {{"formula", name_of(formula)}, {"rate", ratio.rounded().text()}});
    entry.reason = t("tender.below_reason", {{"floor", floor.text()}, {"conforming", std::to_string(line.conforming)}, {"lagging", std::to_string(line.lagging())}});
    entry.figures.columns = {{t("tender.conforming"), ColumnType::integer}, {t("tender.before_start"), ColumnType::integer}, {t("tender.behind_plan"), ColumnType::integer}, {t("tender.after_completion"), ColumnType::integer}, {t("tender.not_filed"), ColumnType::integer}};
    entry.figures.rows.push_back({Cell::of(line.conforming), Cell::of(line.before_start), Cell::of(line.behind_plan), Cell::of(line.after_completion), Cell::of(line.not_filed)});
    out.entries.push_back(std::move(entry));
  }
  out.finding = out.entries.empty() ? t("tender.none_below", {{"floor", floor.text()}}) : t("tender.below_finding", {{"count", std::to_string(out.entries.size())}, {"floor", floor.text()}});
  return out;
}

SourceSection severe_cases(db::Session& s, const AgendaQuestion& q, const policy::Policies& policies) {
  SourceSection out;
  const auto snapshot = policies.snapshot();
  const policy::PolicyMoment moment{q.as_of, q.known_at};
  const SevereFrom from{snapshot->percent("tender.severe_overall_lag", moment).basis_points, snapshot->percent("tender.severe_construction_lag", moment).basis_points};
  const auto overall = Percent{from.overall}.text();
  const auto construction = Percent{from.construction}.text();
  out.definitions = {{t("tender.severe"), t("tender.severe_definition", {{"overall", overall}, {"construction", construction}})}};
  auto tenders = month_of(s, q);
  worst_first(tenders);
  std::int64_t count = 0;
  for (const auto& one : tenders) {
    if (!is_severe(one, from)) continue;
    if (one.item.confidentiality != identity::Confidentiality::confidential) ++count;
    if (out.entries.size() == cases_max) continue;
    out.entries.push_back(case_of(one, one.entry.filed ? t("tender.severe_reason", {{"lag", points(one.overall)}, {"construction_lag", points(one.construction)}, {"overall", overall}, {"construction", construction}}) : t("tender.severe_unfiled_reason")));
  }
  out.finding = count == 0 ? t("tender.none_severe") : t("tender.severe_finding", {{"count", std::to_string(count)}});
  return out;
}

}  // namespace

std::vector<policy::PolicyDefinition> policy_definitions() {
  return {{"tender.performance_formula", policy::PolicyKind::choice, "標案執行績效公式", "Formula of an agency's performance", "",
           "conformity：符合件數占未結案件數；attainment：以契約金額加權的實際進度占預定進度。施政計畫訂有「未達9成」而未訂公式，此處擇一並印於會議資料。",
           "conformity: conforming of open tenders; attainment: actual of planned progress weighed by contract. The plan names no formula.", 0, 0, {"conformity", "attainment"}, {{"2010-12-25", "conformity", policy::unsourced}}}};
}

void add_tender_agenda(meetings::Meetings& meetings, const policy::Policies& policies) {
  meetings.add_source({"tenders.lagging", 1, "tender.source.lagging", "tender.source.lagging_about", [](db::Session& s, const AgendaQuestion& q) { return lagging(s, q); }});
  meetings.add_source({"tenders.below_floor", 1, "tender.source.below", "tender.source.below_about", [&policies](db::Session& s, const AgendaQuestion& q) { return below_floor(s, q, policies); }});
  meetings.add_source({"tenders.severe", 1, "tender.source.severe", "tender.source.severe_about", [&policies](db::Session& s, const AgendaQuestion& q) { return severe_cases(s, q, policies); }});
}

}  // namespace mandate::tenders
