// Names of uploaded files: data to be shown, never a path of ours.
#pragma once

#include <string>
#include <string_view>

namespace mandate::files {

// What is kept of a name: its last part, composed (NFC), without control, direction and invisible characters or what other systems cannot keep, at
// most 120 characters with its extension. Empty when nothing is left.
std::string clean_name(std::string_view name);
// In lower case, without the dot; "" when there is none.
std::string extension_of(std::string_view name);
// Whether an entry's name in an archive may be unpacked anywhere without harm.
bool safe_entry_name(std::string_view name);
// RFC 6266 with RFC 8187: an ASCII name for old programs, and the right one.
std::string attachment_disposition(std::string_view name, bool inline_shown = false);

}  // namespace mandate::files
