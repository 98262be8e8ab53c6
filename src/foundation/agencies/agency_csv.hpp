// The list of agencies as a CSV: one row a period. What is exported can be imported again and changes nothing.
#pragma once

#include "foundation/agencies/api.hpp"
#include "foundation/agencies/rules.hpp"
#include "platform/csv/csv.hpp"

namespace mandate::agencies {

struct AgencyImportOutcome {
  int rows = 0;
  int created = 0;    // periods that were not there
  int changed = 0;    // periods that were, with other values, or whose contact window changes
  int unchanged = 0;
  int skipped = 0;    // bad rows
  std::vector<csv::LineFault> faults;
};

struct AgencyImportPlan {
  AgencyImportOutcome outcome;
  std::vector<std::pair<AgencyId, std::string>> new_agencies;  // with their codes
  std::vector<std::int64_t> superseded;                        // row ids
  std::vector<AgencyRecord> inserted;
  std::vector<ContactRecord> contacts;
};

// Columns: code, name, kind and valid_from are needed; short_name, aliases, parent_code, valid_to, self_governing, contact_name, phone and email may be
// left out and then keep what the agency has. Rows with faults are left out of the plan. The file adds and changes periods; it never removes one.
AgencyImportPlan plan_import(std::string_view text, const std::vector<AgencyRecord>& current, const std::vector<ContactRecord>& contacts);

// Every period as known at the instant (none: now), or only those that cover the day; by code and day, with the general contact window in the agency's last
// row.
std::string export_csv(const AgencySnapshot& snapshot, std::optional<Date> as_of = {}, std::optional<Instant> known_at = {});

}  // namespace mandate::agencies
