#include "foundation/audit/leaf.hpp"

namespace mandate::audit {

Hash leaf_of(const db::Event& event) {
  // Every part carries its length, so that no two different events give the same bytes.
  std::string entry;
  const auto add = [&](std::string_view part) { entry += std::to_string(part.size()) + ":" + std::string(part) + ","; };
  add(std::to_string(event.position));
  add(std::to_string(event.id));
  add(std::to_string(event.at.micros));
  add(std::to_string(event.actor_id));
  add(event.kind);
  add(event.record_kind);
  add(std::to_string(event.record_id));
  add(digest::sha256_hex(event.salt + "\n" + event.data));
  add(event.commitments);
  return leaf_hash(entry);
}

std::string signed_text(const Checkpoint& c) { return "mandate checkpoint\n" + std::to_string(c.size) + "\n" + c.root + "\n" + std::to_string(c.at.micros) + "\n" + c.key_id + "\n"; }

}  // namespace mandate::audit
