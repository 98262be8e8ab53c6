// One set of facts as columns: attributes that go together share one dictionary code, days are 16 bits. Not locked: Facts does that.
#pragma once

#include "kernel/date.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mandate::facts {

using Code = std::uint32_t;

constexpr std::int64_t no_value = INT64_MIN;  // of a period: the row has no such day
constexpr std::size_t block_rows = 65'536;

enum class AttributeKind { number, text, choice };
struct Attribute {
  std::string name;
  AttributeKind kind = AttributeKind::number;
  std::vector<std::string> choices = {};  // of a choice: its names; the value is the place in this list
};
struct Tuple {
  std::string name;
  std::vector<Attribute> attributes;
};

// dense: keys are numbers of a sequence, almost every one in use, in any order. rising: keys with gaps, new ones always larger than those before.
enum class Keys { dense, rising };

// The day of a question and the numbers of its policy.
struct Moment {
  Date today;
  std::int64_t at_risk_days = 0;
  std::int64_t severe_days = 0;
};

class Dataset;
// A piece of a block: what a computed dimension sees of its rows.
struct Piece {
  const Dataset* dataset = nullptr;
  const std::byte* block = nullptr;
  std::size_t from = 0;  // within the block
  std::size_t count = 0;
  Code code(std::size_t tuple, std::size_t row) const;
  std::uint16_t day(std::size_t day, std::size_t row) const;
};

// A dimension that is not stored but follows from the day of the question. `prepare` is asked once a question; what it gives writes one code a row.
struct Computed {
  std::string name;
  std::vector<std::string> choices;
  std::function<std::function<void(const Piece&, std::uint8_t*)>(const Dataset&, const Moment&)> prepare;
};

struct Schema {
  std::string name;
  Keys keys = Keys::dense;
  std::vector<Tuple> tuples;       // the first tells whether a row is there
  std::vector<std::string> days;
  std::vector<Computed> computed = {};
};

// Days as they lie in a column: 0 for none, else days since 1970 plus one; what lies outside of 1970 to 2149 is kept at the end it passed.
constexpr std::uint16_t day_code(std::optional<Date> on) {
  if (!on) return 0;
  const auto days = on->days_since_epoch() + 1;
  return static_cast<std::uint16_t>(days < 1 ? 1 : days > 65'535 ? 65'535 : days);
}
constexpr Date date_of(std::uint16_t code) { return Date{}.plus_days(static_cast<std::int64_t>(code) - 1); }

class Dataset {
 public:
  explicit Dataset(Schema schema);
  Dataset(const Dataset&) = delete;
  Dataset& operator=(const Dataset&) = delete;

  const Schema& schema() const { return schema_; }
  // The code of these values of a tuple, a new one when they were never seen together.
  Code intern(std::size_t tuple, std::span<const std::int64_t> values);
  std::int64_t intern_text(std::string_view text);
  // Adds the row, or replaces what has this key.
  void put(std::int64_t key, std::span<const Code> codes, std::span<const std::uint16_t> days);
  void remove(std::int64_t key);
  void clear();

  std::size_t rows() const { return rows_; }          // places in the columns
  std::size_t present() const { return rows_ - absent_; }
  std::size_t absent() const { return absent_; }
  std::size_t bytes() const;                          // of columns, keys and dictionaries

  // Of a tuple: how many codes there are (code 0 is a row that is not there), and a value of one.
  std::size_t codes(std::size_t tuple) const { return dictionaries_[tuple].size(); }
  std::int64_t value(std::size_t tuple, Code code, std::size_t attribute) const { return dictionaries_[tuple].values[code * dictionaries_[tuple].width + attribute]; }
  std::string text_of(const Attribute& attribute, std::int64_t value) const;
  // None: no row has it.
  std::optional<std::int64_t> value_of(const Attribute& attribute, const std::string& text) const;
  std::pair<std::uint16_t, std::uint16_t> day_range(std::size_t day) const { return day_ranges_[day]; }  // of codes seen, without 0; first > second: none

  std::size_t block_count() const { return blocks_.size(); }
  std::size_t rows_of_block(std::size_t block) const { return std::min(block_rows, rows_ - block * block_rows); }
  const std::byte* block(std::size_t at) const { return blocks_[at].get(); }
  std::size_t width(std::size_t tuple) const { return widths_[tuple]; }  // bytes of a code
  std::size_t offset_of_tuple(std::size_t tuple) const { return offsets_[tuple]; }
  std::size_t offset_of_day(std::size_t day) const { return offsets_[schema_.tuples.size() + day]; }

 private:
  struct Dictionary {
    std::size_t width = 0;  // attributes
    std::vector<std::int64_t> values;
    std::unordered_multimap<std::uint64_t, Code> codes;
    std::size_t size() const { return width == 0 ? 0 : values.size() / width; }
  };
  std::optional<std::size_t> find(std::int64_t key) const;
  std::size_t make(std::int64_t key);
  void lay_out();
  void widen(std::size_t tuple);
  void set_code(std::size_t row, std::size_t tuple, Code code);
  Code code(std::size_t row, std::size_t tuple) const;

  Schema schema_;
  std::vector<Dictionary> dictionaries_;
  std::vector<std::string> texts_;
  std::unordered_map<std::string, std::int64_t> text_ids_;
  std::vector<std::size_t> widths_;
  std::vector<std::size_t> offsets_;  // of tuples, then of days
  std::size_t row_bytes_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t rows_ = 0;
  std::size_t absent_ = 0;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> day_ranges_;
  // Rising keys: a bit a key, and how many are set before each eight words.
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> ranks_;
  std::int64_t last_key_ = 0;
};

inline Code Piece::code(std::size_t tuple, std::size_t row) const {
  const auto* at = block + dataset->offset_of_tuple(tuple);
  return dataset->width(tuple) == 2 ? reinterpret_cast<const std::uint16_t*>(at)[from + row] : reinterpret_cast<const std::uint32_t*>(at)[from + row];
}
inline std::uint16_t Piece::day(std::size_t day, std::size_t row) const { return reinterpret_cast<const std::uint16_t*>(block + dataset->offset_of_day(day))[from + row]; }

}  // namespace mandate::facts
