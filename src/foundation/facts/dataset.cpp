#include "foundation/facts/dataset.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

namespace mandate::facts {
namespace {

// A number far beyond those before it would be a hole of so many rows: no sequence does that.
constexpr std::size_t hole_max = 50'000'000;
constexpr std::size_t words_a_rank = 8;

std::uint64_t hash_of(std::span<const std::int64_t> values) {
  std::uint64_t h = 0x9E3779B97F4A7C15ULL;
  for (const auto value : values) {
    h ^= static_cast<std::uint64_t>(value);
    h *= 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32;
  }
  return h;
}

}  // namespace

Dataset::Dataset(Schema schema) : schema_(std::move(schema)), widths_(schema_.tuples.size(), 2) { clear(); }

void Dataset::clear() {
  blocks_.clear();
  rows_ = absent_ = 0;
  bits_.clear();
  ranks_.clear();
  last_key_ = 0;
  dictionaries_.assign(schema_.tuples.size(), {});
  for (std::size_t t = 0; t < dictionaries_.size(); ++t) {
    dictionaries_[t].width = schema_.tuples[t].attributes.size();
    dictionaries_[t].values.assign(dictionaries_[t].width, no_value);  // code 0: no row
  }
  day_ranges_.assign(schema_.days.size(), {65'535, 0});
  std::fill(widths_.begin(), widths_.end(), 2);
  lay_out();
}

// Within a block each column lies by itself, the wider ones first so that each stands on its own boundary.
void Dataset::lay_out() {
  offsets_.assign(schema_.tuples.size() + schema_.days.size(), 0);
  std::size_t at = 0;
  for (const std::size_t width : {std::size_t{4}, std::size_t{2}}) {
    for (std::size_t t = 0; t < schema_.tuples.size(); ++t) {
      if (widths_[t] != width) continue;
      offsets_[t] = at * block_rows;
      at += width;
    }
  }
  for (std::size_t d = 0; d < schema_.days.size(); ++d) {
    offsets_[schema_.tuples.size() + d] = at * block_rows;
    at += 2;
  }
  row_bytes_ = at;
}

void Dataset::widen(std::size_t tuple) {
  const auto old_offsets = offsets_;
  const auto old_widths = widths_;
  widths_[tuple] = 4;
  lay_out();
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    auto made = std::make_unique_for_overwrite<std::byte[]>(row_bytes_ * block_rows);
    const std::size_t count = rows_of_block(b);
    for (std::size_t c = 0; c < offsets_.size(); ++c) {
      if (c != tuple) {
        const std::size_t width = c < widths_.size() ? widths_[c] : 2;
        std::memcpy(made.get() + offsets_[c], blocks_[b].get() + old_offsets[c], count * width);
        continue;
      }
      const auto* from = reinterpret_cast<const std::uint16_t*>(blocks_[b].get() + old_offsets[c]);
      std::copy(from, from + count, reinterpret_cast<std::uint32_t*>(made.get() + offsets_[c]));
    }
    blocks_[b] = std::move(made);
  }
}

Code Dataset::intern(std::size_t tuple, std::span<const std::int64_t> values) {
  auto& dictionary = dictionaries_[tuple];
  const auto hash = hash_of(values);
  for (auto [at, end] = dictionary.codes.equal_range(hash); at != end; ++at) {
    if (std::equal(values.begin(), values.end(), dictionary.values.begin() + static_cast<std::ptrdiff_t>(at->second * dictionary.width))) return at->second;
  }
  const Code code = static_cast<Code>(dictionary.size());
  dictionary.values.insert(dictionary.values.end(), values.begin(), values.end());
  dictionary.codes.emplace(hash, code);
  if (code > 65'535 && widths_[tuple] == 2) widen(tuple);
  return code;
}

std::int64_t Dataset::intern_text(std::string_view text) {
  const auto [at, fresh] = text_ids_.try_emplace(std::string(text), static_cast<std::int64_t>(texts_.size()));
  if (fresh) texts_.emplace_back(text);
  return at->second;
}

std::string Dataset::text_of(const Attribute& attribute, std::int64_t value) const {
  if (attribute.kind == AttributeKind::text) return texts_.at(static_cast<std::size_t>(value));
  if (attribute.kind == AttributeKind::choice) return attribute.choices.at(static_cast<std::size_t>(value));
  return std::to_string(value);
}

std::optional<std::int64_t> Dataset::value_of(const Attribute& attribute, const std::string& text) const {
  if (attribute.kind == AttributeKind::text) {
    const auto found = text_ids_.find(text);
    return found == text_ids_.end() ? std::nullopt : std::optional(found->second);
  }
  if (attribute.kind == AttributeKind::choice) {
    const auto found = std::find(attribute.choices.begin(), attribute.choices.end(), text);
    return found == attribute.choices.end() ? std::nullopt : std::optional<std::int64_t>(found - attribute.choices.begin());
  }
  if (text.empty() || text.size() > 19 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  try {
    return std::stoll(text);
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

std::optional<std::size_t> Dataset::find(std::int64_t key) const {
  if (key < 0) return std::nullopt;
  if (schema_.keys == Keys::dense) return static_cast<std::size_t>(key) < rows_ ? std::optional(static_cast<std::size_t>(key)) : std::nullopt;
  const auto word = static_cast<std::size_t>(key) / 64;
  const auto bit = static_cast<std::size_t>(key) % 64;
  if (word >= bits_.size() || ((bits_[word] >> bit) & 1) == 0) return std::nullopt;
  std::size_t row = ranks_[word / words_a_rank];
  for (std::size_t w = word / words_a_rank * words_a_rank; w < word; ++w) row += static_cast<std::size_t>(std::popcount(bits_[w]));
  return row + static_cast<std::size_t>(std::popcount(bits_[word] & ((std::uint64_t{1} << bit) - 1)));
}

std::size_t Dataset::make(std::int64_t key) {
  std::size_t row = rows_;
  if (schema_.keys == Keys::dense) {
    row = static_cast<std::size_t>(key);
    if (row > rows_ + hole_max) throw std::runtime_error("facts: a number far beyond the sequence");
  } else {
    if (key <= last_key_) throw std::logic_error("facts: a key that does not rise");
    const auto word = static_cast<std::size_t>(key) / 64;
    if (word > bits_.size() + hole_max) throw std::runtime_error("facts: a key far beyond the log");
    last_key_ = key;
    while (bits_.size() <= word) {
      if (bits_.size() % words_a_rank == 0) ranks_.push_back(static_cast<std::uint32_t>(rows_));
      bits_.push_back(0);
    }
    bits_[word] |= std::uint64_t{1} << (static_cast<std::size_t>(key) % 64);
  }
  while (rows_ <= row) {
    if (rows_ % block_rows == 0) blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(row_bytes_ * block_rows));
    ++rows_;
    ++absent_;
    set_code(rows_ - 1, 0, 0);
    // What stands in the other columns of a hole is never looked at by itself, but every question walks over it.
    for (std::size_t t = 1; t < widths_.size(); ++t) set_code(rows_ - 1, t, 0);
    for (std::size_t d = 0; d < schema_.days.size(); ++d) reinterpret_cast<std::uint16_t*>(blocks_.back().get() + offset_of_day(d))[(rows_ - 1) % block_rows] = 0;
  }
  return row;
}

void Dataset::set_code(std::size_t row, std::size_t tuple, Code code) {
  auto* at = blocks_[row / block_rows].get() + offsets_[tuple];
  if (widths_[tuple] == 2) {
    reinterpret_cast<std::uint16_t*>(at)[row % block_rows] = static_cast<std::uint16_t>(code);
  } else {
    reinterpret_cast<std::uint32_t*>(at)[row % block_rows] = code;
  }
}

Code Dataset::code(std::size_t row, std::size_t tuple) const {
  const auto* at = blocks_[row / block_rows].get() + offsets_[tuple];
  return widths_[tuple] == 2 ? reinterpret_cast<const std::uint16_t*>(at)[row % block_rows] : reinterpret_cast<const std::uint32_t*>(at)[row % block_rows];
}

void Dataset::put(std::int64_t key, std::span<const Code> codes, std::span<const std::uint16_t> days) {
  const auto found = find(key);
  const auto row = found ? *found : make(key);
  if (code(row, 0) == 0) --absent_;
  for (std::size_t t = 0; t < codes.size(); ++t) set_code(row, t, codes[t]);
  for (std::size_t d = 0; d < days.size(); ++d) {
    reinterpret_cast<std::uint16_t*>(blocks_[row / block_rows].get() + offset_of_day(d))[row % block_rows] = days[d];
    if (days[d] == 0) continue;
    day_ranges_[d].first = std::min(day_ranges_[d].first, days[d]);
    day_ranges_[d].second = std::max(day_ranges_[d].second, days[d]);
  }
}

void Dataset::remove(std::int64_t key) {
  const auto row = find(key);
  if (!row || code(*row, 0) == 0) return;
  set_code(*row, 0, 0);
  ++absent_;
}

std::size_t Dataset::bytes() const {
  std::size_t sum = rows_ * row_bytes_ + bits_.size() * 8 + ranks_.size() * 4;
  for (const auto& dictionary : dictionaries_) sum += dictionary.values.size() * 8 + dictionary.codes.size() * 40;
  return sum;
}

}  // namespace mandate::facts
