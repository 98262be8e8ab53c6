// The meetings of the sample city: two agencies' own monthly meetings, the deputy secretary-general's review that waits for them, and the quarterly
// committee on the quality of works; last month's are over, this month's are planned.
#pragma once

#include "app/city.hpp"

namespace mandate::app {

Result<> hold_sample_meetings(City& city, const Actor& actor);

}  // namespace mandate::app
