// A tender as an OC4IDS project with its one contracting process.
#include "foundation/places/api.hpp"
#include "modules/tenders/standard_parts.hpp"

namespace mandate::tenders {
namespace {

using tracking::CheckpointFlag;
using tracking::ItemState;

// Codes of projectSector.csv; of a building or of other works the sector is not known here.
boost::json::array sectors(WorksKind kind) {
  switch (kind) {
    case WorksKind::road:
    case WorksKind::bridge: return {"transport", "transport.road"};
    case WorksKind::drainage: return {"naturalResources", "naturalResources.floodProtection"};
    case WorksKind::park: return {"cultureSportsAndRecreation"};
    case WorksKind::building:
    case WorksKind::utility:
    case WorksKind::other: return {};
  }
  return {};
}

boost::json::array locations(const PublishedWork& work) {
  boost::json::object one{{"id", "1"}};
  put_text(one, "description", work.fields.place);
  if (const auto* district = places::find_district(work.item.core.district)) {
    one["address"] = boost::json::object{{"locality", district->name}, {"region", "臺中市"}};
    one["gazetteer"] = boost::json::object{{"scheme", "TW-MOI-TOWNCODE"}, {"identifiers", boost::json::array{boost::json::value(district->code)}}};
  }
  if (work.fields.latitude && work.fields.longitude) one["geometry"] = boost::json::object{{"type", "Point"}, {"coordinates", boost::json::array{*work.fields.longitude, *work.fields.latitude}}};
  return one.size() == 1 ? boost::json::array{} : boost::json::array{std::move(one)};
}

boost::json::object budget(const TenderFields& fields) {
  if (fields.budget <= 0) return {};
  boost::json::object out{{"amount", money(fields.budget)}};
  if (fields.central_share > 0) {
    boost::json::array shares{boost::json::object{{"id", "central"}, {"description", "中央補助"}, {"amount", money(fields.central_share)}}};
    if (fields.central_share < fields.budget) shares.push_back(boost::json::object{{"id", "city"}, {"description", "市府自籌"}, {"amount", money(fields.budget - fields.central_share)}});
    out["budgetBreakdowns"] = boost::json::array{boost::json::object{{"id", "source"}, {"description", "經費來源"}, {"budgetBreakdown", std::move(shares)}}};
  }
  return out;
}

// "12.34": a share of the whole, which the standard takes as text or number.
boost::json::object observation(const std::string& id, Date from, Date to, std::int64_t basis_points) {
  return {{"id", id}, {"period", period(from, to)}, {"measure", static_cast<double>(basis_points) / 100}, {"unit", boost::json::object{{"name", "%"}, {"scheme", "UNCEFACT"}, {"id", "P1"}}}};
}

// physicalProgress is the standard's own code of the progress as a whole; construction alone has a name of ours in its open list.
std::string metric_id(const std::string& measure) { return measure == "overall" ? "physicalProgress" : measure + "Progress"; }

boost::json::array forecasts(const PublishedWork& work) {
  boost::json::array out;
  const auto every = work.item.periods.empty() ? tracking::PeriodType::month : work.item.periods.back().every;
  const auto add = [&](const std::vector<tracking::PlannedCurve>& curves, const char* suffix, const char* title) {
    for (const auto& curve : curves) {
      boost::json::array observations;
      Date on = curve.first_period;
      for (const auto planned : curve.planned) {
        observations.push_back(observation(on.iso().substr(0, 7), on, tracking::period_end(on, every), planned));
        on = tracking::next_period(on, every);
      }
      if (observations.empty()) continue;
      out.push_back(boost::json::object{{"id", metric_id(curve.measure) + suffix}, {"title", std::string(title) + (curve.generated ? "（系統由起訖日推估）" : "")}, {"observations", std::move(observations)}});
    }
  };
  add(work.item.current, "", "預定進度（現行基準）");
  if (work.item.baseline_count > 1) add(work.item.first, ".firstBaseline", "預定進度（原核定基準）");
  return out;
}

boost::json::array metrics(const PublishedWork& work) {
  std::vector<std::pair<std::string, boost::json::array>> of;
  for (const auto& reported : work.item.periods) {
    if (reported.state != tracking::ReportState::filed) continue;
    for (const auto& figure : reported.figures) {
      auto found = std::find_if(of.begin(), of.end(), [&](const auto& one) { return one.first == figure.measure; });
      if (found == of.end()) found = of.insert(of.end(), {figure.measure, {}});
      auto one = observation(reported.period_on.iso().substr(0, 7), reported.period_on, tracking::period_end(reported.period_on, reported.every), figure.actual);
      if (figure.lag_current > 0 && !reported.reason.empty()) one["notes"] = reported.reason;
      found->second.push_back(std::move(one));
    }
  }
  boost::json::array out;
  for (auto& [measure, observations] : of) out.push_back(boost::json::object{{"id", metric_id(measure)}, {"title", "實際進度"}, {"observations", std::move(observations)}});
  return out;
}

// What changed of the contract since the award, as one change: amount, days or both.
boost::json::array modifications(const TenderFields& f) {
  const bool value = f.award_price && f.contract_price && *f.contract_price != *f.award_price;
  const bool days = f.contract_finish_on && f.contract_finish_changed_on && *f.contract_finish_changed_on != *f.contract_finish_on;
  if (!value && !days) return {};
  boost::json::object one{{"id", "1"}, {"type", value && days ? "value" : value ? "value" : "duration"}, {"description", value && days ? "契約金額及工期變更" : value ? "契約金額變更" : "工期變更"}};
  if (value) {
    one["oldContractValue"] = money(*f.award_price);
    one["newContractValue"] = money(*f.contract_price);
  }
  if (days) {
    one["oldContractPeriod"] = period(f.contract_start_on, f.contract_finish_on);
    one["newContractPeriod"] = period(f.contract_start_on, f.contract_finish_changed_on);
  }
  return {std::move(one)};
}

boost::json::object contracting_process(const PublishedWork& work, const Publisher& publisher) {
  const auto& f = work.fields;
  const auto ocid = ocid_of(work, publisher);
  boost::json::object summary{{"ocid", ocid}, {"nature", boost::json::array{"construction"}}, {"title", work.item.core.title}, {"status", is_over(work) ? "closed" : is_awarded(f) ? "active" : "pre-award"}};
  put_text(summary, "externalReference", f.public_number);
  summary["tender"] = boost::json::object{{"procuringEntity", agency_reference(work)}};
  put_list(summary, "suppliers", supplier_references(work));
  if (f.award_price) summary["contractValue"] = money(*f.award_price);
  put_object(summary, "contractPeriod", period(f.contract_start_on, contract_finish(f)));
  put_list(summary, "modifications", modifications(f));
  put_list(summary, "milestones", milestones(work));
  return {{"id", ocid}, {"summary", std::move(summary)}};
}

}  // namespace

std::string project_id(const PublishedWork& work, const Publisher& publisher) { return publisher.oc4ids_prefix + "-" + work.item.core.id.text(); }

// Stages of projectStatus.csv: procurement counts as implementation there, what follows completion of the works as completion until it is closed.
std::string project_status(ItemState state, std::int64_t status_code) {
  if (state == ItemState::cancelled) return "cancelled";
  if (state == ItemState::closed) return "completion";
  switch (status_code) {
    case 162: return "preparation";
    case 167:
    case 241:
    case 168:
    case 242:
    case 213: return "completion";
    default: return "implementation";
  }
}

boost::json::object project_of(const PublishedWork& work, const Publisher& publisher) {
  const auto& core = work.item.core;
  boost::json::object out{{"id", project_id(work, publisher)}, {"updated", work.item.changed_at.rfc3339()}, {"title", core.title}, {"status", project_status(core.state, work.fields.status_code)}};
  boost::json::array identifiers{boost::json::object{{"id", core.number}, {"scheme", "TW-TXG-RDEC"}}};
  if (!work.fields.public_number.empty()) identifiers.push_back(boost::json::object{{"id", work.fields.public_number}, {"scheme", "TW-PCC"}});
  out["identifiers"] = std::move(identifiers);
  put_text(out, "description", work.fields.summary);
  put_list(out, "sector", sectors(work.fields.works_kind));
  out["additionalClassifications"] = boost::json::array{boost::json::object{{"scheme", "TW-TXG-WORKS"}, {"id", boost::describe::enum_to_string(work.fields.works_kind, "")}}};
  put_object(out, "period", period(work.item.starts_on, work.item.finishes_on));
  put_list(out, "locations", locations(work));
  put_object(out, "budget", budget(work.fields));
  out["publicAuthority"] = agency_reference(work);
  out["parties"] = parties(work, {"publicAuthority", "buyer", "procuringEntity"});
  put_list(out, "forecasts", forecasts(work));
  put_list(out, "metrics", metrics(work));
  if (const auto completed = done_on(work, CheckpointFlag::completion)) {
    boost::json::object completion{{"endDate", moment(*completed)}};
    if (core.state == ItemState::closed && work.fields.contract_price) completion["finalValue"] = money(*work.fields.contract_price);
    out["completion"] = std::move(completion);
  }
  if (!publisher.base.empty()) out["documents"] = boost::json::array{boost::json::object{{"id", "page"}, {"title", core.title}, {"url", publisher.base + "/works/" + core.id.text()}, {"format", "text/html"}, {"language", "zh"}}};
  out["contractingProcesses"] = boost::json::array{contracting_process(work, publisher)};
  return out;
}

}  // namespace mandate::tenders
