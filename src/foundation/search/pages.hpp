// How a run of the index is written down: tokens in order, each with the entries that it was given to or taken from, in pages of texts that are short
// enough to lie whole in a row of either engine. A page is text, as texts are what both engines keep and hand over without a word: it holds no zero byte
// and is valid UTF-8.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::search {

constexpr std::size_t page_size = 1960;  // four to a page of PostgreSQL, and two to one of SQLite, with what each keeps beside a row
constexpr std::int64_t block_size = 65536;  // entries that share runs
constexpr char piece_mark = '\x02';      // in the first key of a page that goes on with the token of the page before

// An entry of a block, by its place in it, and whether the token was taken from it.
using Posting = std::uint32_t;
using Postings = std::vector<Posting>;  // in order, each entry once
inline Posting given_to(std::uint32_t place) { return place * 2; }
inline Posting taken_from(std::uint32_t place) { return place * 2 + 1; }

class PageWriter {
 public:
  using Put = std::function<void(const std::string& first, const std::string& data)>;
  explicit PageWriter(Put put) : put_(std::move(put)) {}
  void add(const std::string& token, const Postings& postings);  // in the order of tokens
  void finish();

 private:
  Put put_;
  std::string page_;
  std::string first_;
  std::string before_;
};

struct PageEntry {
  std::string token;
  Postings postings;
};
std::vector<PageEntry> read_page(std::string_view data);
// Only the tokens from `low` to before `high`.
std::vector<PageEntry> read_page(std::string_view data, std::string_view low, std::string_view high);

}  // namespace mandate::search
