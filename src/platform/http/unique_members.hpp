// Whether a JSON text names a member of one object twice. The parser keeps the last of them; another reader of the same text may keep the first.
#pragma once

#include <string>

namespace mandate::http {

// False also for what is no JSON at all. `depth_max` as the parser's.
bool has_unique_members(const std::string& text, std::size_t depth_max);

}  // namespace mandate::http
