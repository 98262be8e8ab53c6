#include "modules/tenders/rules.hpp"

namespace mandate::tenders {

const std::vector<std::int64_t>& status_codes() {
  static const std::vector<std::int64_t> codes = {162, 236, 237, 238, 239, 240, 165, 166, 167, 241, 168, 242, 213, 214, 235};
  return codes;
}

std::vector<FieldFault> faults_of(const TenderFields& f) {
  constexpr std::int64_t most = 1'000'000'000'000;
  std::vector<FieldFault> out;
  const auto amount = [&](const char* at, const std::optional<std::int64_t>& value) {
    if (value && (*value < 0 || *value > most)) out.push_back({at, "input.out_of_range", {{"min", "0"}, {"max", std::to_string(most)}}});
  };
  const auto text = [&](const char* at, const std::string& value, std::size_t max) {
    if (value.size() > max * 3) out.push_back({at, "input.too_long", {{"max", std::to_string(max)}}});
  };
  if (std::find(status_codes().begin(), status_codes().end(), f.status_code) == status_codes().end()) out.push_back({"status_code", "tender.no_status", {}});
  amount("budget", f.budget);
  amount("award_price", f.award_price);
  amount("contract_price", f.contract_price);
  amount("central_share", f.central_share);
  if (f.award_price && *f.award_price > f.budget) out.push_back({"award_price", "tender.above_budget", {}});
  if (f.central_share > f.budget) out.push_back({"central_share", "tender.above_budget", {}});
  if (f.contract_start_on && f.contract_finish_on && *f.contract_finish_on < *f.contract_start_on) out.push_back({"contract_finish_on", "tender.ends_before_start", {}});
  if (f.contract_start_on && f.contract_finish_changed_on && *f.contract_finish_changed_on < *f.contract_start_on) out.push_back({"contract_finish_changed_on", "tender.ends_before_start", {}});
  if (f.latitude.has_value() != f.longitude.has_value()) out.push_back({"latitude", "tender.half_a_place", {}});
  // The bounds of Taiwan and its islands: a swapped pair lies outside of them.
  if (f.latitude && (*f.latitude < 20 || *f.latitude > 27)) out.push_back({"latitude", "tender.not_in_taiwan", {}});
  if (f.longitude && (*f.longitude < 117 || *f.longitude > 123)) out.push_back({"longitude", "tender.not_in_taiwan", {}});
  text("summary", f.summary, 2'000);
  text("place", f.place, 200);
  text("contractor", f.contractor, 200);
  text("designer", f.designer, 200);
  text("supervisor", f.supervisor, 200);
  text("public_number", f.public_number, 60);
  return out;
}

std::vector<FieldFault> faults_of_started(const TenderFields& f) {
  std::vector<FieldFault> out;
  if (!f.award_price) out.push_back({"award_price", "tender.needed_when_started", {}});
  if (!f.contract_finish_on) out.push_back({"contract_finish_on", "tender.needed_when_started", {}});
  return out;
}

}  // namespace mandate::tenders
