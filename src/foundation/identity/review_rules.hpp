// What makes an account one to look at again. Pure functions; the numbers are policy rows.
#pragma once

#include "foundation/identity/rules.hpp"

namespace mandate::identity {

struct ReviewPolicy {
  int idle_days = 90;     // no sign-in for so long
  int unused_days = 30;   // made so long ago and never used
  int agencies_max = 2;   // roles in more agencies than this
  int keep_days_max = 180;
};

enum class Finding { idle, never_used, many_agencies, conflict, left, elsewhere };
BOOST_DESCRIBE_ENUM(Finding, idle, never_used, many_agencies, conflict, left, elsewhere)

struct ReviewFacts {
  Instant created_at;
  std::optional<Instant> last_sign_in_at;
  std::vector<Grant> grants;
  bool has_person = false;              // of the organisation
  std::vector<std::int64_t> agencies;   // of the posts that person holds today
};

struct Found {
  Finding finding = Finding::idle;
  std::string detail;  // days, a number of agencies, "auditor+rdec_head", an agency's id
};

std::vector<Found> findings_of(const ReviewFacts& facts, const ReviewPolicy& policy, Instant now, const Subtree& subtree);

// "idle:120;conflict:auditor+rdec_head": as an item of a round keeps them.
std::string reasons_text(const std::vector<Found>& found);
std::vector<Found> reasons_from_text(std::string_view text);
// Whether everything found now was there already when somebody decided to keep the account.
bool nothing_new(const std::vector<Found>& now, const std::vector<Found>& kept);

}  // namespace mandate::identity
