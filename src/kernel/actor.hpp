// Who acts, as plain data: made at the request boundary, handed to every use case.
#pragma once

#include "kernel/date.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace mandate {

enum class Language { zh_tw, en };

// One role held for one agency (0: the whole city) and, where it matters, one unit of it.
struct Grant {
  std::string role;  // "handler", "rdec_controller" ...
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
};

// Somebody for whom the actor stands in today: what that account holds counts for the duties of its posts, and for nothing else.
struct Deputyship {
  std::int64_t account_id = 0;
  std::string name;  // as shown
  std::vector<Grant> grants;
  std::vector<std::int64_t> posts;  // held today
  bool confidential = false;        // said expressly when the deputy was named
};

struct Actor {
  std::int64_t account_id = 0;  // 0: nobody is signed in, or the system itself
  std::int64_t session_id = 0;  // 0 for service tokens and commands
  std::string name;             // as shown
  std::vector<Grant> grants;
  std::vector<Deputyship> stands_in_for;
  std::vector<std::string> token_permissions;  // of a service token: nothing beyond these
  bool is_token = false;
  bool is_system = false;  // a command run by the owner of the data, or a job
  Language language = Language::zh_tw;
  Instant now;
  std::string form_key;  // what the form token of this session is made from
  bool signed_in() const { return account_id != 0 || is_system; }
};

}  // namespace mandate
