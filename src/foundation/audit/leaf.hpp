// What of an event is bound by its leaf. Data is bound by a salted commitment, so that a leaf can be shown without showing the data.
#pragma once

#include "foundation/audit/merkle.hpp"
#include "platform/db/events.hpp"

namespace mandate::audit {

Hash leaf_of(const db::Event& event);

struct Checkpoint {
  std::int64_t size = 0;
  std::string root;
  Instant at;
  std::string key_id;
  std::string signature;
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (size, root, at, key_id, signature))

// The bytes a checkpoint's signature covers.
std::string signed_text(const Checkpoint& checkpoint);

}  // namespace mandate::audit
