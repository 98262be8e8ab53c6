// A tender as an OCDS release of its contracting process.
#include "modules/tenders/standard_parts.hpp"

namespace mandate::tenders {
namespace {

using tracking::CheckpointFlag;
using tracking::ItemState;

// tenderStatus.csv; an award ends a tender.
const char* tender_status(const PublishedWork& work) {
  if (is_awarded(work.fields) && work.fields.status_code != 235) return "complete";
  if (work.item.core.state == ItemState::cancelled) return "cancelled";
  switch (work.fields.status_code) {
    case 162: return "planning";
    case 236: return "planned";
    case 237:
    case 238:
    case 235: return "active";
    default: return "complete";
  }
}

bool ended_early(const TenderFields& f) { return f.status_code == 214 || f.status_code == 235; }

// The works have begun: the checkpoint says so, or the code of the public-works system.
bool is_started(const PublishedWork& work) {
  constexpr std::array<std::int64_t, 7> codes = {165, 166, 167, 241, 168, 242, 213};
  return done_on(work, CheckpointFlag::start) || std::find(codes.begin(), codes.end(), work.fields.status_code) != codes.end();
}

// contractStatus.csv: terminated is said of every contract that was in force and has come to its end, well or not.
const char* contract_status(const PublishedWork& work) { return is_over(work) ? "terminated" : is_started(work) ? "active" : "pending"; }

boost::json::array amendments(const TenderFields& f) {
  boost::json::array out;
  if (f.award_price && f.contract_price && *f.contract_price != *f.award_price) {
    out.push_back(boost::json::object{{"id", "value"}, {"description", fmt::format("契約金額由 {} 元變更為 {} 元", *f.award_price, *f.contract_price)}});
  }
  if (f.contract_finish_on && f.contract_finish_changed_on && *f.contract_finish_changed_on != *f.contract_finish_on) {
    out.push_back(boost::json::object{{"id", "period"}, {"description", "契約完工日由 " + f.contract_finish_on->iso() + " 變更為 " + f.contract_finish_changed_on->iso()}});
  }
  return out;
}

}  // namespace

std::string ocid_of(const PublishedWork& work, const Publisher& publisher) { return publisher.ocid_prefix + "-" + work.item.core.id.text(); }

boost::json::object release_of(const PublishedWork& work, const Publisher& publisher) {
  const auto& core = work.item.core;
  const auto& f = work.fields;
  const auto ocid = ocid_of(work, publisher);
  const bool awarded = is_awarded(f);
  boost::json::array tags{f.status_code == 162 || f.status_code == 236 ? "planning" : "tender"};
  if (awarded) tags.insert(tags.end(), {"award", "contract"});
  if (awarded && is_started(work)) tags.emplace_back("implementation");
  if (awarded && is_over(work)) tags.emplace_back("contractTermination");
  if (!awarded && core.state == ItemState::cancelled) tags.emplace_back("tenderCancellation");
  boost::json::object out{{"ocid", ocid}, {"id", ocid + "-" + std::to_string(work.item.changed_at.micros)}, {"date", work.item.changed_at.rfc3339()}, {"tag", std::move(tags)}, {"initiationType", "tender"}, {"language", "zh"}};
  out["parties"] = parties(work, {"buyer", "procuringEntity"});
  out["buyer"] = agency_reference(work);
  boost::json::object plan{{"project", core.title}, {"projectID", project_id(work, publisher)}};
  if (f.budget > 0) plan["amount"] = money(f.budget);
  out["planning"] = boost::json::object{{"budget", std::move(plan)}};

  boost::json::object tender{{"id", core.number}, {"title", core.title}, {"status", tender_status(work)}, {"mainProcurementCategory", "works"}, {"procuringEntity", agency_reference(work)}};
  put_text(tender, "description", f.summary);
  put_object(tender, "contractPeriod", period(work.item.starts_on, work.item.first_finishes_on));
  if (!publisher.base.empty()) tender["documents"] = boost::json::array{boost::json::object{{"id", "page"}, {"title", core.title}, {"url", publisher.base + "/works/" + core.id.text()}, {"format", "text/html"}, {"language", "zh"}}};
  out["tender"] = std::move(tender);
  if (!awarded) return out;

  const std::string award_id = ocid + "-award-1";
  boost::json::object award{{"id", award_id}, {"title", core.title}, {"status", ended_early(f) ? "cancelled" : "active"}};
  put_date(award, "date", f.awarded_on);
  if (f.award_price) award["value"] = money(*f.award_price);
  put_list(award, "suppliers", supplier_references(work));
  put_object(award, "contractPeriod", period(f.contract_start_on, f.contract_finish_on));
  out["awards"] = boost::json::array{std::move(award)};

  boost::json::object contract{{"id", ocid + "-contract-1"}, {"awardID", award_id}, {"title", core.title}, {"status", contract_status(work)}};
  if (const auto price = f.contract_price ? f.contract_price : f.award_price) contract["value"] = money(*price);
  put_object(contract, "period", period(f.contract_start_on, contract_finish(f)));
  put_list(contract, "amendments", amendments(f));
  boost::json::object implementation;
  put_list(implementation, "milestones", milestones(work));
  put_object(contract, "implementation", std::move(implementation));
  out["contracts"] = boost::json::array{std::move(contract)};
  return out;
}

}  // namespace mandate::tenders
