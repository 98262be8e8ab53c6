#include "foundation/imports/cells.hpp"

#include "kernel/roc_date.hpp"
#include "kernel/text.hpp"

#include <charconv>

namespace mandate::imports {

const std::string& Reading::text(std::string_view column) const {
  static const std::string none;
  const auto found = values.find(column);
  return found == values.end() ? none : found->second;
}

namespace {

bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x3000 || c == 0xA0; }
bool is_invisible(char32_t c) { return c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || (c < 0x20 && c != U'\t' && c != U'\n' && c != U'\r') || c == 0x7F; }

}  // namespace

std::string cleaned(const sheets::SourceCell& cell, bool lines, const std::string& column, Reading& row) {
  if (cell.kind == sheets::SourceKind::error) {
    row.refuse(column, "import.formula_error", {{"text", cell.text}});
    return {};
  }
  if (cell.formula && cell.text.empty()) {
    row.refuse(column, "import.formula_without_result");
    return {};
  }
  if (cell.formula) row.mend(column, "import.mended.formula", {{"text", truncate_cjk(cell.text, 40)}});
  auto given = to_utf32(cell.text);
  const bool invisible = std::erase_if(given, is_invisible) > 0;
  const auto first = std::find_if_not(given.begin(), given.end(), is_space);
  const auto last = std::find_if_not(given.rbegin(), given.rend(), is_space).base();
  if (first >= last) return {};
  const bool spaces = first != given.begin() || last != given.end();
  std::u32string kept;
  bool returns = false;
  for (auto at = first; at != last; ++at) {
    if (*at != U'\r' && *at != U'\n' && *at != U'\t') {
      kept += *at;
    } else if (lines && *at != U'\t') {
      const bool pair = *at == U'\r' && at + 1 != last && *(at + 1) == U'\n';
      returns = returns || (*at == U'\r' && !pair);
      if (!pair) kept += U'\n';
    } else {
      returns = true;
      if (kept.back() != U' ') kept += U' ';
    }
  }
  if (kept.find(U'\uFFFD') != std::u32string::npos) row.refuse(column, "import.unreadable");
  if (invisible) row.mend(column, "import.mended.invisible");
  if (returns) row.mend(column, "import.mended.returns");
  else if (spaces) row.mend(column, "import.mended.spaces");
  return to_utf8(kept);
}

namespace {

// Numbers and what stands between them: "112/3/7" -> {112,3,7} and {"/","/"}.
struct Split {
  std::vector<int> numbers;
  std::vector<std::size_t> digits;
  std::vector<std::string> between;  // before the first, between, after the last
};

std::optional<Split> split(std::string_view text) {
  Split out;
  out.between.emplace_back();
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] >= '0' && text[at] <= '9') {
      std::size_t end = at;
      while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
      if (end - at > 8) return std::nullopt;
      out.numbers.push_back(std::atoi(std::string(text.substr(at, end - at)).c_str()));
      out.digits.push_back(end - at);
      out.between.emplace_back();
      at = end;
    } else {
      out.between.back() += text[at++];
    }
  }
  return out.numbers.empty() || out.numbers.size() > 3 ? std::nullopt : std::optional(out);
}

int western(int year, std::size_t digits) { return digits == 4 ? year : year + roc_epoch_year; }

bool separates(const std::string& between, const char* word) { return between == "/" || between == "." || between == "-" || between == word; }

std::optional<ReadDate> one_date(std::string text, bool period_end, std::optional<int> year_before) {
  for (const char* tail : {"止", "前", "底", "(含)", "為止", "以前"}) {
    const std::string_view word(tail);
    if (text.size() > word.size() && std::string_view(text).substr(text.size() - word.size()) == word && period_end) text.resize(text.size() - word.size());
  }
  for (const char* head : {"中華民國", "民國", "西元"}) {
    const std::string_view word(head);
    if (text.compare(0, word.size(), word) == 0 && text.size() > word.size()) {
      const auto rest = text.substr(word.size());
      if (rest[0] >= '0' && rest[0] <= '9') text = rest;
    }
  }
  if (const auto iso = Date::parse(text)) return ReadDate{*iso, false};
  const auto parts = split(text);
  if (!parts) {
    if (const auto roc = parse_roc_date(text)) return ReadDate{*roc, false};
    return std::nullopt;
  }
  const auto& n = parts->numbers;
  const auto& b = parts->between;
  if (!b.front().empty()) {
    if (const auto roc = parse_roc_date(text)) return ReadDate{*roc, false};
    return std::nullopt;
  }
  if (n.size() == 1 && parts->digits[0] >= 7) {
    if (!b.back().empty()) return std::nullopt;
    const int year = western(n[0] / 10'000, parts->digits[0] - 4);
    const auto on = Date::from_ymd(year, n[0] / 100 % 100, n[0] % 100);
    return on ? std::optional(ReadDate{*on, false}) : std::nullopt;
  }
  const bool full = n.size() == 3 && separates(b[1], "年") && separates(b[2], "月") && (b[3].empty() || b[3] == "日" || b[3] == "號");
  if (full) {
    if (parts->digits[0] > 4 || parts->digits[1] > 2 || parts->digits[2] > 2) return std::nullopt;
    const auto on = Date::from_ymd(western(n[0], parts->digits[0]), n[1], n[2]);
    return on ? std::optional(ReadDate{*on, false}) : std::nullopt;
  }
  if (!period_end) return std::nullopt;
  if (n.size() == 2) {
    if (year_before && separates(b[1], "月") && (b[2].empty() || b[2] == "日" || b[2] == "號")) {
      const auto on = Date::from_ymd(*year_before, n[0], n[1]);
      return on ? std::optional(ReadDate{*on, true}) : std::nullopt;
    }
    if (!separates(b[1], "年") || !(b[2].empty() || b[2] == "月" || b[2] == "月份") || parts->digits[0] < 2 || parts->digits[0] > 4) return std::nullopt;
    const auto on = Date::from_ymd(western(n[0], parts->digits[0]), n[1], 1);
    return on ? std::optional(ReadDate{on->last_of_month(), true}) : std::nullopt;
  }
  // A lone number under sixty is more often a day or a house than a year.
  if (n.size() == 1 && n[0] >= 60 && parts->digits[0] <= 4 && (b[1].empty() || b[1] == "年" || b[1] == "年度")) {
    const int year = western(n[0], parts->digits[0]);
    const auto on = Date::from_ymd(year, 12, 31);
    return on && year > roc_epoch_year && year < 2200 ? std::optional(ReadDate{*on, true}) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ReadDate> read_date(std::string_view text, bool period_end) {
  std::string plain = nfkc(text);
  // A time of day behind a date says nothing about the day.
  if (plain.size() > 15 && plain[4] == '-' && plain[13] == ':') plain.resize(10);
  std::erase_if(plain, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  if (plain.empty()) return std::nullopt;
  if (period_end) {
    for (const std::string_view word : {"至", "迄", "到", "~", "∼", "〜", "—", "–"}) {
      const auto at = plain.find(word);
      if (at == std::string::npos || at == 0 || at + word.size() >= plain.size() || plain.find(word, at + word.size()) != std::string::npos) continue;
      const auto from = one_date(plain.substr(0, at), true, std::nullopt);
      if (!from) return std::nullopt;
      const auto to = one_date(plain.substr(at + word.size()), true, from->on.year());
      // A period that ends before it begins was typed wrong somewhere: nobody can know where.
      if (!to || to->on < from->on) return std::nullopt;
      return to;
    }
  }
  return one_date(plain, period_end, std::nullopt);
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  std::string plain = nfkc(text);
  std::erase_if(plain, [](char c) { return c == ' ' || c == ','; });
  for (const std::string_view word : {"NT$", "$", "新臺幣"}) {
    if (plain.compare(0, word.size(), word) == 0) plain.erase(0, word.size());
  }
  if (plain.size() > 3 && std::string_view(plain).substr(plain.size() - 3) == "元") plain.resize(plain.size() - 3);
  const auto point = plain.find('.');
  if (point != std::string::npos) {
    if (plain.find_first_not_of('0', point + 1) != std::string::npos) return std::nullopt;
    plain.resize(point);
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (plain.empty() || error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return value;
}

}  // namespace mandate::imports
