#include "foundation/identity/review_rules.hpp"

namespace mandate::identity {
namespace {

// Who keeps accounts does not decide on duties, and who audits changes nothing: neither could be checked by another otherwise. (unsourced)
const std::set<std::string> deciding = {"agency_liaison", "agency_head", "rdec_controller", "rdec_head"};

bool of_agency(const Grant& grant) { return grant.role == "handler" || grant.role == "unit_head" || grant.role == "agency_liaison" || grant.role == "agency_head"; }

bool conflicting(const std::string& a, const std::string& b) { return (a == "system_admin" || a == "auditor") && (deciding.count(b) == 1 || (a == "auditor" && b == "system_admin")); }

std::int64_t days_between(Instant from, Instant to) { return (to.micros - from.micros) / 86'400'000'000; }

}  // namespace

std::vector<Found> findings_of(const ReviewFacts& facts, const ReviewPolicy& policy, Instant now, const Subtree& subtree) {
  std::vector<Found> found;
  const auto idle = facts.last_sign_in_at ? days_between(*facts.last_sign_in_at, now) : 0;
  const auto old = days_between(facts.created_at, now);
  if (facts.last_sign_in_at && idle >= policy.idle_days) found.push_back({Finding::idle, std::to_string(idle)});
  if (!facts.last_sign_in_at && old >= policy.unused_days) found.push_back({Finding::never_used, std::to_string(old)});
  std::set<std::int64_t> agencies;
  for (const auto& grant : facts.grants) {
    if (grant.agency_id != 0) agencies.insert(grant.agency_id);
  }
  if (static_cast<int>(agencies.size()) > policy.agencies_max) found.push_back({Finding::many_agencies, std::to_string(agencies.size())});
  for (const auto& a : facts.grants) {
    for (const auto& b : facts.grants) {
      if (conflicting(a.role, b.role)) found.push_back({Finding::conflict, a.role + "+" + b.role});
    }
  }
  if (!facts.has_person) return found;
  if (facts.agencies.empty()) {
    if (!facts.grants.empty()) found.push_back({Finding::left, ""});
    return found;
  }
  for (const auto& grant : facts.grants) {
    if (!of_agency(grant)) continue;
    const auto below = subtree ? subtree(grant.agency_id) : std::vector<std::int64_t>{grant.agency_id};
    const bool there = std::any_of(facts.agencies.begin(), facts.agencies.end(), [&](std::int64_t id) { return std::find(below.begin(), below.end(), id) != below.end(); });
    if (!there) found.push_back({Finding::elsewhere, std::to_string(grant.agency_id)});
  }
  return found;
}

std::string reasons_text(const std::vector<Found>& found) {
  std::string out;
  for (const auto& one : found) out += (out.empty() ? "" : ";") + std::string(boost::describe::enum_to_string(one.finding, "")) + ":" + one.detail;
  return out;
}

std::vector<Found> reasons_from_text(std::string_view text) {
  std::vector<Found> found;
  while (!text.empty()) {
    const auto end = text.find(';');
    const auto one = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    const auto colon = one.find(':');
    Found row;
    if (colon == std::string_view::npos || !boost::describe::enum_from_string(std::string(one.substr(0, colon)).c_str(), row.finding)) continue;
    row.detail = std::string(one.substr(colon + 1));
    found.push_back(std::move(row));
  }
  return found;
}

bool nothing_new(const std::vector<Found>& now, const std::vector<Found>& kept) {
  // Days go on by themselves: of what is counted in days only the kind matters.
  const auto counted = [](Finding finding) { return finding == Finding::idle || finding == Finding::never_used; };
  return std::all_of(now.begin(), now.end(), [&](const Found& one) {
    return std::any_of(kept.begin(), kept.end(), [&](const Found& before) { return before.finding == one.finding && (counted(one.finding) || before.detail == one.detail); });
  });
}

}  // namespace mandate::identity
