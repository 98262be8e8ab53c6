#include "foundation/search/pages.hpp"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <stdexcept>

namespace mandate::search {
namespace {

// An entry of a page: how much of the token before it begins with (1 and that), the rest of the token, how many postings there are, how their distances
// are written, the distances. All bytes of tokens are above a space, so the count ends a token.
constexpr std::size_t count_short = 0x1D;
constexpr char count_long = 0x1E;  // three digits of six bits follow
constexpr char digit_zero = '0';
constexpr char code_zero = '0';  // the distance's code: its low bits, and 16 when some were taken
constexpr int code_taken = 16;
constexpr int place_bits = 16;
constexpr int quotient_most = 20;  // as many ones say that the whole distance follows
constexpr std::size_t shared_most = 60;
constexpr auto damaged = "a page of the search index is damaged";

// Seven bits a byte; a byte of six zeros gets a one for its last, so that none is zero.
class BitsOut {
 public:
  explicit BitsOut(std::string& out) : out_(out) {}
  void bit(bool one) {
    held_ = held_ << 1 | (one ? 1U : 0U);
    ++count_;
    if (count_ == 6 && held_ == 0) {
      held_ = 1;
      count_ = 7;
    }
    if (count_ == 7) {
      out_.push_back(static_cast<char>(held_));
      held_ = 0;
      count_ = 0;
    }
  }
  void bits(std::uint32_t value, int count) {
    while (count-- > 0) bit((value >> count & 1U) != 0);
  }
  void finish() {
    while (count_ != 0) bit(true);
  }

 private:
  std::string& out_;
  unsigned held_ = 0;
  int count_ = 0;
};

// Many bits are held at once, also of what follows: end() says how far the bytes were really used.
class BitsIn {
 public:
  BitsIn(std::string_view in, std::size_t at) : in_(in), at_(at) {}
  bool bit() { return bits(1) != 0; }
  std::uint32_t bits(int count) {
    need(count);
    left_ -= count;
    return static_cast<std::uint32_t>(held_ >> left_ & ((std::uint64_t{1} << count) - 1));
  }
  // How many ones come before the next zero, which is taken too; after `most` of them none is waited for.
  int ones(int most) {
    if (left_ <= most) fill();
    const int found = left_ == 0 ? 0 : std::countl_one(held_ << (64 - left_));
    const int count = std::min(found, most);
    need(count + (count < most ? 1 : 0));
    left_ -= count + (count < most ? 1 : 0);
    return count;
  }
  std::size_t end() {
    while (at_ > 0 && left_ >= width(in_[at_ - 1])) left_ -= width(in_[--at_]);
    return at_;
  }

 private:
  static int width(char byte) { return byte == 1 ? 6 : 7; }
  void fill() {
    while (left_ <= 57 && at_ < in_.size()) {
      const char byte = in_[at_++];
      held_ = byte == 1 ? held_ << 6 : held_ << 7 | (static_cast<unsigned char>(byte) & 0x7FU);
      left_ += width(byte);
    }
  }
  void need(int count) {
    if (left_ < count) fill();
    if (left_ < count) throw std::runtime_error(damaged);
  }
  std::string_view in_;
  std::size_t at_;
  std::uint64_t held_ = 0;  // its lowest left_ bits are still to be read
  int left_ = 0;
};

std::size_t shared_length(const std::string& a, const std::string& b) {
  std::size_t length = 0;
  while (length < std::min({a.size(), b.size(), shared_most}) && a[length] == b[length]) ++length;
  while (length > 0 && length < b.size() && (static_cast<unsigned char>(b[length]) & 0xC0) == 0x80) --length;  // no character is cut
  return length;
}

std::uint32_t place_of(Posting one) { return one >> 1; }

// The low bits of a distance that stand as they are: about its mean's.
int low_bits(const Postings& postings) {
  const std::uint32_t mean = (place_of(postings.back()) + 1) / static_cast<std::uint32_t>(postings.size());
  return mean <= 1 ? 0 : std::min(15, static_cast<int>(std::bit_width(mean - mean / 4)) - 1);
}

}  // namespace

void PageWriter::add(const std::string& token, const Postings& postings) {
  if (postings.empty()) return;
  const bool takes = std::any_of(postings.begin(), postings.end(), [](Posting one) { return (one & 1U) != 0; });
  const int low = low_bits(postings);
  std::size_t at = 0;
  int piece = 0;
  while (at < postings.size()) {
    const std::size_t shared = page_.empty() || piece > 0 ? 0 : shared_length(before_, token);
    const std::size_t head = 6 + token.size() - shared;
    if (!page_.empty() && page_.size() + head + 24 > page_size) {
      finish();
      continue;
    }
    std::string coded;
    std::size_t count = 0;
    {
      BitsOut bits(coded);
      std::uint32_t next = 0;
      while (at + count < postings.size() && page_.size() + head + coded.size() + 8 <= page_size) {
        const Posting one = postings[at + count];
        const std::uint32_t distance = place_of(one) - next;
        next = place_of(one) + 1;
        if (postings.size() == 1) {
          bits.bits(distance, place_bits);
          bits.bit((one & 1U) != 0);
        } else {
          const std::uint32_t quotient = distance >> low;
          for (std::uint32_t i = 0; i < std::min<std::uint32_t>(quotient, quotient_most); ++i) bits.bit(true);
          if (quotient < quotient_most) {
            bits.bit(false);
            bits.bits(distance, low);
          } else {
            bits.bits(distance, place_bits);
          }
          if (takes) bits.bit((one & 1U) != 0);
        }
        ++count;
      }
      bits.finish();
    }
    // A short list is not torn apart for the rest of a page.
    if (at + count < postings.size() && !page_.empty() && piece == 0 && page_.size() > page_size / 2) {
      finish();
      continue;
    }
    if (page_.empty()) {
      char number[16];
      std::snprintf(number, sizeof number, "%06d", piece);
      first_ = piece == 0 ? token : token + piece_mark + number;
    }
    page_.push_back(static_cast<char>(1 + shared));
    page_.append(token, shared);
    // A list of one has a code of its own; a single posting that is left over of a longer one has not.
    const bool alone = postings.size() == 1;
    if (count <= count_short && (alone || count > 1)) {
      page_.push_back(static_cast<char>(count));
    } else {
      page_.push_back(count_long);
      for (const int shift : {12, 6, 0}) page_.push_back(static_cast<char>(digit_zero + (count >> shift & 63U)));
    }
    if (!alone) page_.push_back(static_cast<char>(code_zero + low + (takes ? code_taken : 0)));
    page_ += coded;
    before_ = token;
    at += count;
    ++piece;
    if (at < postings.size()) finish();
  }
}

void PageWriter::finish() {
  if (!page_.empty()) put_(first_, page_);
  page_.clear();
  before_.clear();
}

std::vector<PageEntry> read_page(std::string_view data) { return read_page(data, {}, {}); }

std::vector<PageEntry> read_page(std::string_view data, std::string_view low, std::string_view high) {
  std::vector<PageEntry> out;
  std::string token;
  std::size_t at = 0;
  while (at < data.size()) {
    const auto shared = static_cast<std::size_t>(data[at++] - 1);
    if (shared > token.size()) throw std::runtime_error(damaged);
    token.resize(shared);
    while (static_cast<unsigned char>(data.at(at)) > 0x20) token.push_back(data[at++]);
    auto count = static_cast<std::size_t>(static_cast<unsigned char>(data[at++]));
    const bool alone = count == 1;
    if (count == static_cast<std::size_t>(count_long)) {
      count = 0;
      for (int i = 0; i < 3; ++i) count = count << 6 | static_cast<std::size_t>(data.at(at++) - digit_zero);
    }
    if (count == 0 || count > block_size) throw std::runtime_error(damaged);
    int code = 0;
    if (!alone) code = data.at(at++) - code_zero;
    const int low_count = code & 15;
    const bool takes = alone || (code & code_taken) != 0;
    const bool wanted = (low.empty() || token >= low) && (high.empty() || token < high);
    if (!wanted && !high.empty() && token >= high) break;
    PageEntry entry;
    if (wanted) entry.postings.reserve(count);
    BitsIn bits(data, at);
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < count; ++i) {
      std::uint32_t distance = 0;
      if (alone) {
        distance = bits.bits(place_bits);
      } else {
        const int quotient = bits.ones(quotient_most);
        distance = quotient < quotient_most ? static_cast<std::uint32_t>(quotient) << low_count | bits.bits(low_count) : bits.bits(place_bits);
      }
      const bool taken = takes && bits.bit();
      if (wanted) entry.postings.push_back(taken ? taken_from(next + distance) : given_to(next + distance));
      next += distance + 1;
    }
    at = bits.end();
    if (!wanted) continue;
    entry.token = token;
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace mandate::search
