// What comes back: reports of delivery (RFC 3464). Everything in such a mail may be forged; the only thing believed is a Message-ID that nobody could
// write who did not get the mail (see PostOffice), and of it only that it came back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::mail {

struct Bounce {
  bool permanent = false;
  std::int64_t code = 0;                 // 5.1.1 as 511
  std::vector<std::string> message_ids;  // of the mail that came back, without brackets
};

// None when the mail is no report of a failed or delayed delivery.
std::optional<Bounce> read_bounce(std::string_view raw);

}  // namespace mandate::mail
