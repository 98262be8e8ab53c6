// The reading of a plan as one JSON object, as `mandate plan read --json` prints it.
#pragma once

#include "modules/planreader/reader.hpp"

#include <string>

namespace mandate::plan_reader {

std::string to_json(const PlanText& plan);

}  // namespace mandate::plan_reader
