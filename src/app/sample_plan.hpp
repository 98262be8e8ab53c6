#pragma once

#include <string>

namespace mandate::app {

// A commission's yearly plan of our own writing, for a year of the Republic; `present` with what is new in the later of two years.
std::string sample_plan(int year_roc, bool present);

}  // namespace mandate::app
