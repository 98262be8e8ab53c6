#include "foundation/audit/merkle.hpp"

#include <bit>

namespace mandate::audit {
namespace {

Hash tree_root(const std::vector<Hash>& leaves, std::size_t from, std::size_t to) {
  if (to - from == 1) return leaves[from];
  const std::size_t split = std::bit_floor(to - from - 1);
  return node_hash(tree_root(leaves, from, from + split), tree_root(leaves, from + split, to));
}

void inclusion(const std::vector<Hash>& leaves, std::size_t from, std::size_t to, std::size_t index, std::vector<Hash>& out) {
  if (to - from == 1) return;
  const std::size_t split = std::bit_floor(to - from - 1);
  if (index < from + split) {
    inclusion(leaves, from, from + split, index, out);
    out.push_back(tree_root(leaves, from + split, to));
  } else {
    inclusion(leaves, from + split, to, index, out);
    out.push_back(tree_root(leaves, from, from + split));
  }
}

void consistency(const std::vector<Hash>& leaves, std::size_t from, std::size_t to, std::size_t old_size, bool whole, std::vector<Hash>& out) {
  if (old_size == to) {
    if (!whole) out.push_back(tree_root(leaves, from, to));
    return;
  }
  const std::size_t split = std::bit_floor(to - from - 1);
  if (old_size <= from + split) {
    consistency(leaves, from, from + split, old_size, whole, out);
    out.push_back(tree_root(leaves, from + split, to));
  } else {
    consistency(leaves, from + split, to, old_size, false, out);
    out.push_back(tree_root(leaves, from, from + split));
  }
}

}  // namespace

Hash leaf_hash(std::string_view entry) {
  std::string bytes(1, '\0');
  bytes += entry;
  return digest::sha256(bytes);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::string bytes(1, '\1');
  bytes.append(reinterpret_cast<const char*>(left.data()), left.size());
  bytes.append(reinterpret_cast<const char*>(right.data()), right.size());
  return digest::sha256(bytes);
}

void MerkleRange::append(const Hash& leaf) {
  Hash node = leaf;
  // Each trailing one of the old size is a full subtree of that height to the left: join with it.
  for (std::uint64_t n = size_; (n & 1) == 1; n >>= 1) {
    node = node_hash(peaks_.back(), node);
    peaks_.pop_back();
  }
  peaks_.push_back(node);
  ++size_;
}

Hash MerkleRange::root() const {
  if (peaks_.empty()) return digest::sha256("");
  Hash root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_hash(peaks_[i], root);
  return root;
}

std::string MerkleRange::peaks_text() const {
  std::string out;
  for (const auto& peak : peaks_) out += digest::hex(peak);
  return out;
}

bool MerkleRange::from_text(std::uint64_t size, std::string_view peaks, MerkleRange& out) {
  out = {};
  if (peaks.size() != static_cast<std::size_t>(std::popcount(size)) * 64) return false;
  for (std::size_t at = 0; at < peaks.size(); at += 64) {
    Hash hash{};
    const auto bytes = digest::from_hex(peaks.substr(at, 64));
    if (bytes.size() != hash.size()) return false;
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    out.peaks_.push_back(hash);
  }
  out.size_ = size;
  return true;
}

std::vector<Hash> inclusion_proof(const std::vector<Hash>& leaves, std::uint64_t index) {
  std::vector<Hash> out;
  inclusion(leaves, 0, leaves.size(), index, out);
  return out;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Hash>& proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) == 1 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

std::vector<Hash> consistency_proof(const std::vector<Hash>& leaves, std::uint64_t old_size) {
  std::vector<Hash> out;
  if (old_size > 0 && old_size < leaves.size()) consistency(leaves, 0, leaves.size(), old_size, true, out);
  return out;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const std::vector<Hash>& given, const Hash& old_root, const Hash& new_root) {
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return given.empty() && old_root == new_root;
  std::vector<Hash> proof = given;
  if (std::has_single_bit(old_size)) proof.insert(proof.begin(), old_root);
  if (proof.empty()) return false;
  std::uint64_t node = old_size - 1;
  std::uint64_t last = new_size - 1;
  while ((node & 1) == 1) {
    node >>= 1;
    last >>= 1;
  }
  Hash old_hash = proof[0];
  Hash new_hash = proof[0];
  for (std::size_t i = 1; i < proof.size(); ++i) {
    if (last == 0) return false;
    if ((node & 1) == 1 || node == last) {
      old_hash = node_hash(proof[i], old_hash);
      new_hash = node_hash(proof[i], new_hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, proof[i]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace mandate::audit
