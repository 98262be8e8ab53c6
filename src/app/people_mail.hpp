// What identity needs of the rest of the program to reach people: letters with one-time links, and a key for what it must read again.
#pragma once

#include "foundation/identity/api.hpp"
#include "platform/mail/post_office.hpp"

namespace mandate::app {

identity::Courier courier_of(mail::PostOffice& mail);
identity::Sealing sealing_of(const std::filesystem::path& keys);

}  // namespace mandate::app
