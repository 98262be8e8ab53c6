#include "modules/planreader/signals.hpp"

#include "modules/planreader/numerals.hpp"
#include "modules/planreader/source.hpp"

namespace mandate::plan_reader {

bool starts_at(std::u32string_view text, std::size_t at, std::u32string_view word) { return at <= text.size() && text.substr(at, word.size()) == word; }

bool ends_at(std::u32string_view text, std::size_t end, std::u32string_view word) { return end >= word.size() && end <= text.size() && text.substr(end - word.size(), word.size()) == word; }

bool figure_before(std::u32string_view s, std::size_t at) { return at > 0 && (is_digit(s[at - 1]) || is_han_figure(s[at - 1]) || s[at - 1] == U'.' || s[at - 1] == U'/'); }

CompactText compact(std::u32string_view sentence) {
  CompactText out;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    char32_t c = plain(sentence[i]);
    if (c == U' ' || c == paragraph_break) continue;
    out.text.push_back(c);
    out.origin.push_back(i);
  }
  auto& s = out.text;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool between_digits = i > 0 && i + 1 < s.size() && is_digit(s[i - 1]) && is_digit(s[i + 1]);
    if (between_digits) continue;
    if (s[i] == U',') s[i] = U'，';
    if (s[i] == U';') s[i] = U'；';
    if (s[i] == U':') s[i] = U'：';
  }
  out.quoted.assign(s.size(), false);
  out.aside.assign(s.size(), false);
  // A bracket that never closes must not swallow the rest: only closed pairs count.
  struct Pair {
    char32_t open;
    char32_t close;
    std::vector<bool>& mask;
  };
  const Pair pairs[] = {{U'「', U'」', out.quoted}, {U'『', U'』', out.quoted}, {U'《', U'》', out.quoted}, {U'〈', U'〉', out.quoted}, {U'“', U'”', out.quoted}, {U'(', U')', out.aside}};
  for (const auto& pair : pairs) {
    std::size_t opened = std::u32string::npos;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (s[i] == pair.open && opened == std::u32string::npos) {
        opened = i;
      } else if (s[i] == pair.close && opened != std::u32string::npos) {
        for (std::size_t k = opened; k <= i; ++k) pair.mask[k] = true;
        opened = std::u32string::npos;
      }
    }
  }
  return out;
}

std::vector<Signal> find_signals(const CompactText& text) {
  std::vector<Signal> found;
  const std::u32string_view s = text.text;
  for (std::size_t at = 0; at < s.size();) {
    if (text.quoted[at]) {
      ++at;
      continue;
    }
    if (auto rhythm = rhythm_at(text, at)) {
      at = rhythm->end;
      found.push_back(std::move(*rhythm));
      continue;
    }
    if (auto limit = limit_at(text, at)) {
      at = limit->end;
      found.push_back(std::move(*limit));
      continue;
    }
    if (auto dates = dates_at(text, at); !dates.empty()) {
      at = dates.back().end;
      for (auto& date : dates) found.push_back(std::move(date));
      continue;
    }
    if (auto amounts = amounts_at(text, at); !amounts.empty()) {
      at = amounts.back().end;
      for (auto& amount : amounts) found.push_back(std::move(amount));
      continue;
    }
    const auto number = numeral_at(s, at);
    at = number ? number->end : at + 1;  // never begin inside a number
  }
  return found;
}

}  // namespace mandate::plan_reader
