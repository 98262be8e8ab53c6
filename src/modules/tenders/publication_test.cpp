#include "modules/tenders/standard_parts.hpp"
#include "modules/tenders/work_words.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::tenders;
using tracking::CheckpointFlag;
using tracking::ItemState;
using tracking::PublishedPeriod;
using tracking::ReportState;

namespace {

Date day(const char* iso) { return *Date::parse(iso); }

const Publisher publisher{"市府", "oc4ids-abc123", "ocds-abc123", "https://example.org"};

PublishedPeriod period_on(const char* on, ReportState state, std::vector<tracking::PublishedFigure> figures = {}, const char* reason = "") { return {day(on), tracking::PeriodType::month, day(on).plus_months(1).plus_days(6), state, std::move(figures), reason}; }

PublishedWork bare() {
  PublishedWork w;
  w.item.core.id = ItemId{7};
  w.item.core.number = "112-00007";
  w.item.core.title = "河堤步道";
  w.item.core.kind = "tender";
  w.item.core.agency_id = 3;
  w.item.core.state = ItemState::executing;
  w.item.agency_name = "建設局";
  w.item.starts_on = day("2023-01-01");
  w.item.first_finishes_on = w.item.finishes_on = day("2023-12-31");
  w.item.baseline_count = 1;
  w.item.changed_at = *Instant::parse("2023-03-08T01:00:00Z");
  return w;
}

std::string text_of(const PublishedWork& w) { return boost::json::serialize(project_of(w, publisher)) + boost::json::serialize(release_of(w, publisher)); }

}  // namespace

TEST_CASE("what is not known of a tender is absent from both formats: no 0, no null, no empty list") {
  const auto w = bare();
  const auto project = project_of(w, publisher);
  for (const char* name : {"budget", "locations", "metrics", "forecasts", "completion", "sector", "description"}) CHECK_FALSE(project.contains(name));
  const auto& summary = project.at("contractingProcesses").at(0).at("summary").as_object();
  for (const char* name : {"contractValue", "suppliers", "contractPeriod", "modifications", "milestones", "externalReference"}) CHECK_FALSE(summary.contains(name));
  CHECK(summary.at("status").as_string() == "pre-award");
  const auto release = release_of(w, publisher);
  CHECK_FALSE(release.contains("awards"));
  CHECK_FALSE(release.contains("contracts"));
  CHECK_FALSE(release.at("planning").at("budget").as_object().contains("amount"));
  const auto text = text_of(w);
  for (const char* wrong : {"null", "[]", "{}", ":0,", ":0}", "\"\""}) CHECK_MESSAGE(text.find(wrong) == std::string::npos, wrong);
}

TEST_CASE("a confirmed zero is a value of 0 and a missing report is none") {
  auto w = bare();
  w.item.periods = {period_on("2023-01-01", ReportState::filed, {{"overall", 500, 500, 0, 500, 500, 20, true}}, "天候因素"), period_on("2023-02-01", ReportState::missing), period_on("2023-03-01", ReportState::in_review), period_on("2023-04-01", ReportState::not_yet_due)};
  const auto project = project_of(w, publisher);
  const auto& metrics = project.at("metrics").as_array();
  REQUIRE(metrics.size() == 1);
  CHECK(metrics[0].at("id").as_string() == "physicalProgress");
  const auto& observations = metrics[0].at("observations").as_array();
  REQUIRE(observations.size() == 1);
  CHECK(observations[0].at("id").as_string() == "2023-01");
  CHECK(observations[0].at("measure").to_number<double>() == 0);
  CHECK(observations[0].at("notes").as_string() == "天候因素");
  CHECK(observations[0].at("period").at("endDate").as_string() == "2023-01-31T00:00:00+08:00");
}

TEST_CASE("each state of control and of execution has its code in both standards") {
  CHECK(project_status(ItemState::executing, 162) == "preparation");
  for (const int code : {236, 237, 238, 239, 240, 165, 166, 214, 235}) CHECK(project_status(ItemState::executing, code) == "implementation");
  for (const int code : {167, 241, 168, 242, 213}) CHECK(project_status(ItemState::closing_review, code) == "completion");
  CHECK(project_status(ItemState::closed, 242) == "completion");
  CHECK(project_status(ItemState::cancelled, 165) == "cancelled");

  const auto statuses = [](std::int64_t code, bool awarded, ItemState state) {
    auto w = bare();
    w.item.core.state = state;
    w.fields.status_code = code;
    if (awarded) w.fields.award_price = 900;
    const auto r = release_of(w, publisher);
    std::string out(r.at("tender").at("status").as_string().c_str());
    if (r.contains("awards")) out += std::string(" ") + r.at("awards").at(0).at("status").as_string().c_str() + " " + r.at("contracts").at(0).at("status").as_string().c_str();
    out += std::string(" ") + project_of(w, publisher).at("contractingProcesses").at(0).at("summary").at("status").as_string().c_str();
    return out;
  };
  CHECK(statuses(162, false, ItemState::executing) == "planning pre-award");
  CHECK(statuses(236, false, ItemState::executing) == "planned pre-award");
  CHECK(statuses(237, false, ItemState::executing) == "active pre-award");
  CHECK(statuses(238, false, ItemState::executing) == "active pre-award");
  CHECK(statuses(239, true, ItemState::executing) == "complete active pending active");
  CHECK(statuses(165, true, ItemState::executing) == "complete active active active");
  CHECK(statuses(242, true, ItemState::closing_review) == "complete active active active");
  CHECK(statuses(213, true, ItemState::closed) == "complete active terminated closed");
  CHECK(statuses(214, true, ItemState::executing) == "complete cancelled terminated closed");
  CHECK(statuses(235, true, ItemState::executing) == "active cancelled terminated closed");
  CHECK(statuses(237, false, ItemState::cancelled) == "cancelled closed");
}

TEST_CASE("place, money, contract and its changes stand where the standards want them") {
  auto w = bare();
  w.item.core.district = "66000090";
  auto& f = w.fields;
  f.status_code = 165;
  f.works_kind = WorksKind::road;
  f.place = "豐原大道";
  f.latitude = 24.25;
  f.longitude = 120.72;
  f.budget = 60'000'000;
  f.central_share = 20'000'000;
  f.award_price = 50'000'000;
  f.contract_price = 52'000'000;
  f.awarded_on = day("2023-01-20");
  f.contract_start_on = day("2023-02-01");
  f.contract_finish_on = day("2023-11-30");
  f.contract_finish_changed_on = day("2023-12-31");
  f.contractor = "甲營造股份有限公司";
  f.supervisor = "王監造";
  f.designer = "李設計";
  f.public_number = "A112-07";
  w.item.checkpoints = {{"開工", day("2023-02-01"), day("2023-02-03"), CheckpointFlag::start}, {"完工", day("2023-12-31"), std::nullopt, CheckpointFlag::completion}};
  const auto project = project_of(w, publisher);
  CHECK(project.at("id").as_string() == "oc4ids-abc123-7");
  const auto& place = project.at("locations").at(0);
  CHECK(place.at("address").at("locality").as_string() == "豐原區");
  CHECK(place.at("geometry").at("coordinates").at(0).as_double() == doctest::Approx(120.72));  // the longitude stands first
  CHECK(project.at("budget").at("budgetBreakdowns").at(0).at("budgetBreakdown").at(1).at("amount").at("amount").as_int64() == 40'000'000);
  const auto& change = project.at("contractingProcesses").at(0).at("summary").at("modifications").at(0);
  CHECK(change.at("oldContractValue").at("amount").as_int64() == 50'000'000);
  CHECK(change.at("newContractValue").at("amount").as_int64() == 52'000'000);
  CHECK(change.at("newContractPeriod").at("endDate").as_string() == "2023-12-31T00:00:00+08:00");
  const auto release = release_of(w, publisher);
  CHECK(boost::json::serialize(release.at("tag")) == R"(["tender","award","contract","implementation"])");
  CHECK(release.at("awards").at(0).at("value").at("amount").as_int64() == 50'000'000);
  CHECK(release.at("contracts").at(0).at("value").at("amount").as_int64() == 52'000'000);
  CHECK(release.at("contracts").at(0).at("amendments").as_array().size() == 2);
  CHECK(release.at("contracts").at(0).at("implementation").at("milestones").at(0).at("status").as_string() == "met");
  // Who designs and who supervises may be a person: neither name leaves.
  CHECK(text_of(w).find("王監造") == std::string::npos);
  CHECK(text_of(w).find("李設計") == std::string::npos);
}

TEST_CASE("how late a work is, in words: late, severe, on time, missing, under review, over") {
  i18n::add(publication_messages());
  auto w = bare();
  const auto zh = Language::zh_tw;
  auto how = standing_of(w.item, false, false, zh);
  CHECK(std::string(how.code) == "not_yet_due");
  CHECK(how.lag == "—");
  w.item.periods = {period_on("2023-01-01", ReportState::missing)};
  how = standing_of(w.item, false, false, zh);
  CHECK(std::string(how.code) == "missing");
  CHECK(how.note == "112年1月的進度逾期未報，之後的情形不明。");
  w.item.periods = {period_on("2023-01-01", ReportState::filed, {{"overall", 2000, 2000, 766, 1234, 1234, 147, true}}), period_on("2023-02-01", ReportState::in_review)};
  how = standing_of(w.item, true, false, zh);
  CHECK(how.lead == "到112年1月底，原訂完成 20%，實際完成 7.66%，落後 12.34 個百分點，約落後 1.5 個月。");
  CHECK(how.lag == "12.34 個百分點，約 1.5 個月");
  CHECK(how.note == "112年2月的進度已報送，審核中。");
  CHECK(std::string(how.code) == "late");
  CHECK(std::string(standing_of(w.item, true, true, zh).code) == "severe");
  w.item.periods[0].figures[0] = {"overall", 2000, 2000, 2000, 0, 0, 0, true};
  CHECK(standing_of(w.item, false, false, zh).lag == "未落後");
  CHECK(std::string(standing_of(w.item, false, false, zh).code) == "on_time");
  w.item.periods[0].figures[0].lag_current = -150;
  CHECK(standing_of(w.item, false, false, Language::en).lag == "Ahead by 1.5 points");
  // A report that is overdue is the news, unless the work was late already.
  w.item.periods[1] = period_on("2023-02-01", ReportState::missing);
  CHECK(std::string(standing_of(w.item, false, false, zh).code) == "missing");
  w.item.core.state = ItemState::closed;
  CHECK(standing_of(w.item, false, false, zh).lead == "這件工程已結案。");
  CHECK(dollars(1'234'567, zh) == "1,234,567 元");
  CHECK(dollars(999, zh) == "999 元");
}

TEST_CASE("construction that lags while the whole does not is what the sentence is about") {
  i18n::add(publication_messages());
  auto w = bare();
  w.item.periods = {period_on("2023-01-01", ReportState::filed, {{"overall", 2000, 2000, 2100, -100, -100, -10, true}, {"construction", 3000, 3000, 900, 2100, 2100, 120, true}})};
  CHECK(standing_of(w.item, true, true, Language::zh_tw).lead == "到112年1月底，原訂完成 30%，實際完成 9%，落後 21 個百分點，約落後 1.2 個月。");
}
