// Merkle tree hashing of RFC 9162 section 2.1: a leaf is SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), and a tree of n leaves is
// split at the largest power of two below n. Appending needs only the roots of the full subtrees (the peaks), at most 63 of them.
#pragma once

#include "platform/digest/digest.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::audit {

using digest::Hash;

Hash leaf_hash(std::string_view entry);
Hash node_hash(const Hash& left, const Hash& right);

class MerkleRange {
 public:
  void append(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  Hash root() const;  // of an empty tree: SHA-256 of nothing
  std::string peaks_text() const;
  static bool from_text(std::uint64_t size, std::string_view peaks, MerkleRange& out);

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;  // largest subtree first
};

// Proofs, for whoever holds a single entry or two checkpoints and not the log (RFC 9162 sections 2.1.3 and 2.1.4).
std::vector<Hash> inclusion_proof(const std::vector<Hash>& leaves, std::uint64_t index);
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Hash>& proof, const Hash& root);
std::vector<Hash> consistency_proof(const std::vector<Hash>& leaves, std::uint64_t old_size);
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const std::vector<Hash>& proof, const Hash& old_root, const Hash& new_root);

}  // namespace mandate::audit
