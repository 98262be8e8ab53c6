// Events by the thousand in one statement each hundred: for samples, whose histories are long.
#pragma once

#include "platform/db/events.hpp"

namespace mandate::db {

// As append_event for each, in order; without personal values.
void append_events(Session& session, const std::vector<NewEvent>& events);

}  // namespace mandate::db
