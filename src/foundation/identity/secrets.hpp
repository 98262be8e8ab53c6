// What the files of this module share: secrets, hashes and the event of a change.
#pragma once

#include "foundation/identity/api.hpp"
#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"

namespace mandate::identity {

std::string random_token();                           // 256 bits, fit for a cookie or a link
std::string argon2id(const std::string& password);    // salted; slow on purpose

// Whom a failed sign-in is counted against: the name that was typed, whether or not somebody has it.
inline std::string login_subject(const std::string& folded_login) { return "login:" + digest::sha256_hex(folded_login); }

inline db::NewEvent event_of(const Actor& actor, const char* kind, const char* record_kind, std::int64_t record_id, std::string data = "{}") {
  return {actor.now, actor.account_id, kind, record_kind, record_id, std::move(data), {}};
}

}  // namespace mandate::identity
