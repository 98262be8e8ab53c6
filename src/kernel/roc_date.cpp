#include "kernel/roc_date.hpp"

#include "kernel/text.hpp"

#include <fmt/format.h>

namespace mandate {
namespace {

// Steps through the text, skipping spaces before each part.
class Reader {
 public:
  explicit Reader(std::u32string text) : text_(std::move(text)) {}

  bool take(std::u32string_view word) {
    skip_spaces();
    if (!std::u32string_view{text_}.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  // The number of `least` to `most` digits here; none when there are fewer or more.
  std::optional<int> number(std::size_t least, std::size_t most) {
    skip_spaces();
    int value = 0;
    std::size_t digits = 0;
    while (at_ < text_.size() && text_[at_] >= U'0' && text_[at_] <= U'9') {
      if (++digits > most) return std::nullopt;
      value = value * 10 + static_cast<int>(text_[at_++] - U'0');
    }
    if (digits < least) return std::nullopt;
    return value;
  }
  std::size_t digits_ahead() {
    skip_spaces();
    std::size_t end = at_;
    while (end < text_.size() && text_[end] >= U'0' && text_[end] <= U'9') ++end;
    return end - at_;
  }
  bool at_end() {
    skip_spaces();
    return at_ == text_.size();
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == U' ' || text_[at_] == U'\t')) ++at_;
  }
  std::u32string text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Date> parse_roc_date(std::string_view text) {
  // The longest form is some 20 characters; anything much longer is not a date and not worth normalizing.
  if (text.size() > 200 || first_invalid_utf8(text)) return std::nullopt;
  Reader in{to_utf32(nfkc(text))};
  bool before = false;
  if (in.take(U"民前")) {
    before = true;
  } else if (in.take(U"中華民國") || in.take(U"民國")) {
    before = in.take(U"前");
  }
  const auto western = [&](int year) { return before ? roc_epoch_year + 1 - year : roc_epoch_year + year; };

  if (in.digits_ahead() == 7 && !before) {
    const auto all = in.number(7, 7);
    if (!all || !in.at_end() || *all / 10000 == 0) return std::nullopt;
    return Date::from_ymd(western(*all / 10000), *all / 100 % 100, *all % 100);
  }
  const auto year = in.take(U"元") ? std::optional<int>{1} : in.number(1, 3);
  if (!year || *year == 0) return std::nullopt;
  std::optional<int> month;
  std::optional<int> day;
  if (in.take(U"年")) {
    month = in.number(1, 2);
    if (!month || !in.take(U"月")) return std::nullopt;
    day = in.number(1, 2);
    if (!day || !(in.take(U"日") || in.take(U"號"))) return std::nullopt;
  } else {
    const auto separator = in.take(U"/") ? U"/" : in.take(U".") ? U"." : in.take(U"-") ? U"-" : nullptr;
    if (separator == nullptr) return std::nullopt;
    month = in.number(1, 2);
    if (!month || !in.take(separator)) return std::nullopt;
    day = in.number(1, 2);
  }
  if (!day || !in.at_end()) return std::nullopt;
  return Date::from_ymd(western(*year), *month, *day);
}

std::string roc_long(Date on) {
  const int year = roc_year(on.year());
  if (year < 1) return fmt::format("民國前{}年{}月{}日", 1 - year, on.month(), on.day());
  return fmt::format("民國{}年{}月{}日", year, on.month(), on.day());
}

std::string roc_short(Date on) {
  const int year = roc_year(on.year());
  if (year < 1) return fmt::format("民前{}/{:02}/{:02}", 1 - year, on.month(), on.day());
  return fmt::format("{}/{:02}/{:02}", year, on.month(), on.day());
}

std::optional<std::string> roc_compact(Date on) {
  const int year = roc_year(on.year());
  if (year < 1 || year > 999) return std::nullopt;
  return fmt::format("{:03}{:02}{:02}", year, on.month(), on.day());
}

}  // namespace mandate
