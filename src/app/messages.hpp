#pragma once

#include "platform/i18n/messages.hpp"

namespace mandate::app {

// What the screens of running the system say.
const std::vector<i18n::Message>& app_messages();

}  // namespace mandate::app
