#pragma once

#include "platform/i18n/messages.hpp"

namespace mandate::http {

const std::vector<i18n::Message>& http_messages();

}  // namespace mandate::http
