// Pure rules of tenders.
#pragma once

#include "modules/tenders/model.hpp"

namespace mandate::tenders {

// Execution status as the public-works system numbers it (rules, section 2.1), in the order of a tender's life.
const std::vector<std::int64_t>& status_codes();
std::vector<FieldFault> faults_of(const TenderFields& fields);
// What has to be there once works have started.
std::vector<FieldFault> faults_of_started(const TenderFields& fields);

}  // namespace mandate::tenders
