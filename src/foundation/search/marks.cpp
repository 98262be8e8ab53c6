#include "foundation/search/folding.hpp"
#include "foundation/search/model.hpp"
#include "kernel/text.hpp"

namespace mandate::search {
namespace {

struct Span {
  std::uint32_t from = 0;
  std::uint32_t to = 0;  // behind the last character
};

std::vector<Span> spans_of(std::string_view text, const Query& query) {
  const auto folded = fold_with_origins(text);
  std::vector<Span> spans;
  for (const auto& word : query.words) {
    if (word.exclude) continue;
    for (const auto& one : word.readings) {
      for (auto at = folded.text.find(one); at != std::string::npos && spans.size() < 4 * marks_max; at = folded.text.find(one, at + one.size())) spans.push_back({folded.origin[at], folded.origin[at + one.size() - 1] + 1});
    }
  }
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.from < b.from || (a.from == b.from && a.to > b.to); });
  std::vector<Span> out;
  for (const auto& one : spans) {
    if (!out.empty() && one.from <= out.back().to) {
      out.back().to = std::max(out.back().to, one.to);
    } else if (out.size() < marks_max) {
      out.push_back(one);
    }
  }
  return out;
}

std::vector<Mark> marks_from(const std::vector<Span>& spans, std::int64_t begin, std::int64_t end, std::int64_t shift) {
  std::vector<Mark> marks;
  for (const auto& one : spans) {
    const auto from = std::max<std::int64_t>(one.from, begin);
    const auto to = std::min<std::int64_t>(one.to, end);
    if (from < to) marks.push_back({from - begin + shift, to - from});
  }
  return marks;
}

}  // namespace

std::vector<Mark> marks_of(std::string_view text, const Query& query) { return marks_from(spans_of(text, query), 0, std::numeric_limits<std::int64_t>::max(), 0); }

std::pair<std::string, std::vector<Mark>> excerpt_of(std::string_view text, const Query& query) {
  constexpr std::int64_t before = 30;
  constexpr std::int64_t longest = 120;
  const auto spans = spans_of(text, query);
  if (spans.empty()) return {};
  const auto all = to_utf32(text);
  const auto begin = std::max<std::int64_t>(0, static_cast<std::int64_t>(spans.front().from) - before);
  const auto end = std::min<std::int64_t>(static_cast<std::int64_t>(all.size()), begin + longest);
  std::u32string part = all.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  for (auto& c : part) c = c < 0x20 ? U' ' : c;
  std::string out = (begin > 0 ? "…" : "") + to_utf8(part) + (end < static_cast<std::int64_t>(all.size()) ? "…" : "");
  return {std::move(out), marks_from(spans, begin, end, begin > 0 ? 1 : 0)};
}

}  // namespace mandate::search
