// The public pages of works: what is being built near me, how late, why. Rendered here, complete without scripts.
#include "foundation/places/api.hpp"
#include "foundation/reports/chart.hpp"
#include "kernel/roc_date.hpp"
#include "modules/tenders/work_words.hpp"
#include "platform/http/router.hpp"

MANDATE_EMBEDDED(modules_tenders)

namespace mandate::tenders {
namespace {

using tracking::ReportState;

constexpr int rows_a_page = 50;
constexpr const char* whole_city = "city";  // of works of no single district

struct WorkPage {
  const http::Call& call;
  Language language;
  Publication& publication;
  std::string t(std::string_view key, const MessageArgs& args = {}) const { return i18n::text(key, language, args); }
  std::string date(Date on) const { return language == Language::en ? on.iso() : roc_long(on); }
  std::string short_date(Date on) const { return language == Language::en ? on.iso() : roc_short(on); }
  std::string query(const char* name) const {
    const auto found = call.request.query.find(name);
    return found == call.request.query.end() ? "" : found->second;
  }
  // The chosen language stays chosen along the links.
  std::string url(const std::string& path, const std::string& more = {}) const {
    const auto lang = query("lang");
    const std::string chosen = lang.empty() ? "" : std::string("lang=") + (language == Language::en ? "en" : "zh");
    const std::string all = more + (more.empty() || chosen.empty() ? "" : "&") + chosen;
    return all.empty() ? path : path + "?" + all;
  }
};

WorkPage page_of(const http::Call& call, Publication& publication) {
  WorkPage page{call, call.actor.language, publication};
  if (const auto lang = page.query("lang"); !lang.empty()) page.language = lang == "en" ? Language::en : Language::zh_tw;
  return page;
}

std::string place_name(const WorkPage& page, const std::string& district) {
  const auto* found = places::find_district(district);
  if (found == nullptr) return page.t("works.whole_city");
  return page.language == Language::en ? found->english : found->name;
}
std::string place_path(const std::string& district) { return "/works/" + (places::find_district(district) == nullptr ? std::string(whole_city) : district); }

void common(http::Values& v, const WorkPage& page) {
  for (const auto& [mark, key] : {std::pair{"H_DISTRICT", "works.district"}, {"H_OPEN", "works.count_open"}, {"H_LATE", "works.count_late"}, {"H_MISSING", "works.count_missing"}, {"H_OVER", "works.count_over"}, {"H_WORK", "works.work"}, {"H_STATUS", "works.status"}, {"H_LAG", "works.lag"},
                                  {"H_PROGRESS", "works.progress"}, {"H_FINISH", "works.finish"}, {"H_OPEN_DATA", "works.open_data"}, {"OPEN_DATA_TEXT", "works.open_data_text"}, {"HOW", "works.how"}, {"NAV_WORKS", "works.nav"}}) {
    v.set(mark, page.t(key));
  }
  v.set("WORKS_URL", page.url("/works")).set("AS_OF", page.t("works.as_of", {{"date", page.date(page.publication.today())}}));
}

WorkStanding standing(const WorkPage& page, const PublishedWork& work) {
  const auto* filed = work.item.newest_filed();
  auto& tracking = page.publication.tracking();
  return standing_of(work.item, filed != nullptr && tracking::is_late(tracking, *filed), filed != nullptr && tracking::is_severe(tracking, work.item, *filed), page.language);
}

void say_missing(http::Values& v, const WorkPage& page, std::int64_t missing) {
  if (missing > 0) v.section("MISSING").set("MISSING_TEXT", page.t("works.lead_missing", {{"missing", std::to_string(missing)}}));
}

std::string percent(std::int64_t basis_points) { return Percent{basis_points}.text() + "%"; }

std::string home(const WorkPage& page, const WorkPages& pages) {
  const auto counts = page.publication.counts();
  tracking::PublishedCount all;
  for (const auto& one : counts) {
    all.open += one.open;
    all.late += one.late;
    all.missing += one.missing;
    all.over += one.over;
  }
  return pages.framed(page.call, page.t("works.title"), "works_home.html", [&](http::Values& v) {
    common(v, page);
    v.set("HEADING", page.t("works.title"));
    if (all.open + all.over == 0) {
      v.set("LEAD", page.t("works.none"));
      v.section("EMPTY").set("EMPTY_HINT", page.t("works.none_hint"));
      return;
    }
    v.set("LEAD", page.t("works.lead", {{"open", std::to_string(all.open)}, {"late", std::to_string(all.late)}}));
    say_missing(v, page, all.missing);
    auto table = v.section("HAS_DISTRICTS");
    const auto row = [&](const tracking::PublishedCount& c) {
      table.section("DISTRICT").set("URL", page.url(place_path(c.district))).set("NAME", place_name(page, c.district)).set("OPEN", c.open).set("LATE", c.late).set("MISSING_COUNT", c.missing).set("OVER", c.over);
    };
    for (const auto& c : counts) {
      if (!c.district.empty()) row(c);
    }
    for (const auto& c : counts) {
      if (c.district.empty()) row(c);
    }
  });
}

std::string district_page(const WorkPage& page, const WorkPages& pages, const std::string& district) {
  tracking::PublishedCount count{district, 0, 0, 0, 0};
  if (const auto found = page.publication.counts(district); !found.empty()) count = found.front();
  const bool over = page.query("view") == "over";
  tracking::PublishedQuestion q;
  q.kind = "tender";
  q.district = district;
  q.open = !over;
  q.newest_first = true;
  q.limit = rows_a_page + 1;
  q.since = page.publication.today().first_of_month().plus_months(-14);
  http::from_text(page.query("after"), q.after);
  auto works = page.publication.list(q);
  const bool more = works.size() > rows_a_page;
  if (more) works.resize(rows_a_page);
  const auto place = place_name(page, district);
  const auto path = place_path(district);
  return pages.framed(page.call, page.t("works.district_title", {{"district", place}}), "works_district.html", [&](http::Values& v) {
    common(v, page);
    v.set("PLACE", place).set("HEADING", page.t("works.district_title", {{"district", place}})).set("H_LIST", page.t(over ? "works.over_heading" : "works.open_heading"));
    if (count.open + count.over == 0) v.set("LEAD", page.t("works.district_none", {{"district", place}}));
    else v.set("LEAD", page.t("works.district_lead", {{"district", place}, {"open", std::to_string(count.open)}, {"late", std::to_string(count.late)}}));
    say_missing(v, page, count.missing);
    if (works.empty()) v.section("EMPTY").set("EMPTY_TEXT", page.t(over ? "works.no_over" : "works.no_open"));
    if (!works.empty()) {
      auto table = v.section("HAS_WORKS");
      for (const auto& work : works) {
        const auto how = standing(page, work);
        const auto* filed = work.item.newest_filed();
        table.section("WORK")
            .set("URL", page.url("/works/" + work.item.core.id.text()))
            .set("TITLE", work.item.core.title)
            .set("AGENCY", work.item.agency_name)
            .set("STATUS_CODE", how.code)
            .set("STATUS", how.status)
            .set("LAG", how.lag)
            .set("PROGRESS", filed == nullptr ? page.t("works.unknown_value") : percent(filed->figures.front().actual) + "／" + percent(filed->figures.front().planned_current))
            .set("FINISH", page.short_date(work.item.finishes_on));
      }
    }
    const std::string view = over ? "view=over" : "";
    if (q.after) v.section("FIRST").set("FIRST_URL", page.url(path, view)).set("FIRST_TEXT", page.t("works.first_page"));
    if (more) v.section("MORE").set("MORE_URL", page.url(path, view + (view.empty() ? "" : "&") + "after=" + works.back().item.core.id.text())).set("MORE_TEXT", page.t("works.more"));
    v.set("OTHER_URL", page.url(path, over ? "" : "view=over")).set("OTHER_TEXT", page.t(over ? "works.see_open" : "works.see_over"));
  });
}

// Planned along the whole plan, actual where it was accepted; what is missing is a gap and a word.
std::optional<reports::Chart> chart_of(const WorkPage& page, const PublishedWork& work, const std::string& finding) {
  const auto& item = work.item;
  const auto curve = std::find_if(item.current.begin(), item.current.end(), [](const auto& one) { return one.measure == "overall"; });
  if (curve == item.current.end() || curve->planned.empty()) return std::nullopt;
  const auto every = item.periods.empty() ? tracking::PeriodType::month : item.periods.back().every;
  Date from = curve->first_period;
  Date to = tracking::next_period(from, every, static_cast<int>(curve->planned.size()) - 1);
  if (!item.periods.empty()) {
    from = std::min(from, item.periods.front().period_on);
    to = std::max(to, item.periods.back().period_on);
  }
  reports::Chart chart;
  chart.kind = reports::Chart::Kind::lines;
  chart.title = page.t("works.chart_title");
  chart.description = finding;
  chart.percent = true;
  chart.missing_word = page.t("works.state.missing");
  chart.series = {{page.t("works.chart_planned"), reports::ChartSeries::Look::planned, {}}, {page.t("works.chart_actual"), reports::ChartSeries::Look::actual, {}}};
  std::map<Date, const tracking::PublishedPeriod*> reported;
  for (const auto& period : item.periods) reported[period.period_on] = &period;
  for (Date on = from; on <= to; on = tracking::next_period(on, every)) {
    chart.categories.push_back(tracking::period_label(on, every));
    chart.series[0].values.push_back(reports::ChartValue::of(tracking::planned_at(*curve, on, every)));
    const auto found = reported.find(on);
    const auto* figure = found == reported.end() ? nullptr : found->second->find("overall");
    chart.series[1].values.push_back(figure != nullptr ? reports::ChartValue::of(figure->actual) : found != reported.end() && found->second->state == ReportState::missing ? reports::ChartValue::missing() : reports::ChartValue::nothing());
  }
  return chart;
}

void facts(http::Values& v, const WorkPage& page, const PublishedWork& work) {
  const auto& f = work.fields;
  const auto fact = [&](const char* key, const std::string& value) {
    if (!value.empty()) v.section("FACT").set("FACT_NAME", page.t(key)).set("FACT_VALUE", value);
  };
  const auto amount = [&](const char* key, const std::optional<std::int64_t>& value) {
    if (value) fact(key, dollars(*value, page.language));
  };
  fact("works.agency", work.item.agency_name);
  fact("works.kind", page.t(std::string("works.kind.") + boost::describe::enum_to_string(f.works_kind, "")));
  fact("works.place", f.place.empty() ? place_name(page, work.item.core.district) : f.place);
  if (f.budget > 0) amount("works.budget", f.budget);
  amount("works.award", f.award_price);
  if (f.contract_price && f.contract_price != f.award_price) amount("works.contract", f.contract_price);
  if (is_awarded(f)) fact("works.contractor", f.contractor);
  for (const auto& checkpoint : work.item.checkpoints) {
    if (checkpoint.flag == tracking::CheckpointFlag::start && checkpoint.actual_finish) fact("works.started", page.date(*checkpoint.actual_finish));
  }
  if (work.item.first_finishes_on != work.item.finishes_on) fact("works.first_finish", page.date(work.item.first_finishes_on));
  fact("works.finish", page.date(work.item.finishes_on));
}

void reports_table(http::Values& v, const WorkPage& page, const PublishedWork& work) {
  if (work.item.periods.empty()) return;
  auto table = v.section("HAS_REPORTS");
  const auto none = page.t("works.unknown_value");
  for (auto period = work.item.periods.rbegin(); period != work.item.periods.rend(); ++period) {
    const std::string state = boost::describe::enum_to_string(period->state, "");
    const auto* figure = period->find("overall");
    table.section("REPORT")
        .set("R_MONTH", month_name(period->period_on, period->every, page.language))
        .set("R_STATE_CODE", period->state == ReportState::filed ? "done" : period->state == ReportState::missing ? "missing" : "not_yet_due")
        .set("R_STATE", page.t("works.state." + state))
        .set("R_PLANNED", figure == nullptr ? none : percent(figure->planned_current))
        .set("R_ACTUAL", figure == nullptr ? none : percent(figure->actual))
        .set("R_LAG", figure == nullptr ? none : lag_words(*figure, page.language));
  }
}

std::string one(const WorkPage& page, const WorkPages& pages, const PublishedWork& work) {
  const auto& item = work.item;
  const auto how = standing(page, work);
  const auto* filed = item.newest_filed();
  const auto* whole = filed == nullptr ? nullptr : filed->find("overall");
  return pages.framed(page.call, item.core.title, "works_one.html", [&](http::Values& v) {
    common(v, page);
    for (const auto& [mark, key] : {std::pair{"H_WHY", "works.why_heading"}, {"H_SUMMARY", "works.summary"}, {"H_CHECKPOINTS", "works.checkpoints"}, {"H_CHECKPOINT", "works.checkpoint"}, {"H_PLANNED", "works.planned"}, {"H_ACTUAL", "works.actual"}, {"H_REPORTS", "works.reports"},
                                    {"H_MONTH", "works.month"}, {"H_PROGRESS", "works.progress_heading"}}) {
      v.set(mark, page.t(key));
    }
    v.set("TITLE", item.core.title).set("PLACE", place_name(page, item.core.district)).set("PLACE_URL", page.url(place_path(item.core.district)));
    v.set("STATUS_CODE", how.code).set("STATUS", how.status).set("LEAD", how.lead);
    if (!how.note.empty()) v.section("NOTE").set("NOTE_TEXT", how.note);
    const auto say = [&](const std::string& text) { v.section("SAY").set("SAY_TEXT", text); };
    if (item.baseline_count > 1 && whole != nullptr) {
      say(page.t(whole->lag_first > 0 ? "works.say_rebaselined" : "works.say_rebaselined_no_lag", {{"count", std::to_string(item.baseline_count - 1)}, {"days", std::to_string(item.granted_days)}, {"points", Percent{whole->lag_first}.text()}}));
    }
    if (whole != nullptr && !whole->graded) say(page.t("works.generated"));
    if (filed != nullptr && !filed->reason.empty() && tracking::is_open(item.core.state)) v.section("WHY").set("WHY_TEXT", page.t("works.why", {{"reason", filed->reason}, {"month", month_name(filed->period_on, filed->every, page.language)}}));
    if (const auto chart = chart_of(page, work, how.lead)) v.section("CHART").set("CHART_CSS", pages.asset_url("/public/chart.css")).set("CHART_SVG", reports::svg_of(*chart, "progress", {340}));
    if (!work.fields.summary.empty()) v.section("ABOUT").set("SUMMARY", work.fields.summary);
    facts(v, page, work);
    if (!item.checkpoints.empty()) {
      auto table = v.section("HAS_CHECKPOINTS");
      for (const auto& checkpoint : item.checkpoints) {
        table.section("CHECKPOINT").set("C_NAME", checkpoint.name).set("C_PLANNED", page.short_date(checkpoint.planned_finish)).set("C_ACTUAL", checkpoint.actual_finish ? page.short_date(*checkpoint.actual_finish) : page.t("works.not_done"));
      }
    }
    reports_table(v, page, work);
  });
}

}  // namespace

void add_work_pages(http::Router& router, Publication& publication, WorkPages pages) {
  static const bool once = [] {
    http::add_templates(embedded::modules_tenders);
    return true;
  }();
  (void)once;
  router.page("/works", {.permission = "open", .summary = "Works by district: how many are under way, behind plan, not reported", .tag = "tenders"}, [&publication, pages](const http::Call& call) -> Result<http::Page> {
    return http::Page{home(page_of(call, publication), pages), 200};
  });
  // A district's code, "city" for works of no single one, or a work's id: no code is an id.
  router.page("/works/{place}", {.permission = "open", .summary = "The works of a district, or one work: planned and actual progress, how late, why", .tag = "tenders"}, [&publication, pages](const http::Call& call) -> Result<http::Page> {
    const auto page = page_of(call, publication);
    const auto& place = call.request.parameters.at("place");
    if (place == whole_city) return http::Page{district_page(page, pages, ""), 200};
    if (places::find_district(place) != nullptr) return http::Page{district_page(page, pages, place), 200};
    ItemId id;
    if (!http::from_text(place, id)) return fault(FaultKind::not_found, "works.not_found");
    tracking::PublishedQuestion q;
    q.kind = "tender";
    q.only = id;
    const auto found = publication.list(q);
    if (found.empty()) return fault(FaultKind::not_found, "works.not_found");
    return http::Page{one(page, pages, found.front()), 200};
  });
}

}  // namespace mandate::tenders
