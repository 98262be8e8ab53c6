#include "modules/planreader/period_cell.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/columns.hpp"
#include "modules/planreader/signals.hpp"
#include "modules/planreader/source.hpp"
#include "modules/planreader/words.hpp"

#include <algorithm>
#include <optional>

namespace mandate::plan_reader {
namespace {

struct RowTime {
  std::string every;
  std::vector<int> months;
  std::optional<Day> day;
};

std::optional<RowTime> time_of(std::u32string_view cell) {
  const auto text = compact(cell);
  const auto signals = find_signals(text);
  if (signals.size() != 1) return std::nullopt;
  const auto& x = signals.front();
  if (x.kind == SignalKind::rhythm && !x.every.empty()) return RowTime{x.every, {}, {}};
  if (x.kind != SignalKind::date || x.year_only || x.day_only || x.from) return std::nullopt;
  // 3月至11月 is how long the work runs, not when it is due; 1月至12月 is all the year.
  if (x.months.size() > 1 && has_any_of(text.text, U"至~-到起")) return std::nullopt;
  if (x.months.empty() && contains(text.text, U"月")) return std::nullopt;
  return RowTime{"year", x.months, x.day};
}

}  // namespace

void apply_period(ReadSentence& read, const Row& row, std::u32string_view sentence, bool only_sentence) {
  const auto column = std::find_if(row.columns.begin(), row.columns.end(), [](const auto& c) { return names_period(to_utf32(c.first)); });
  if (column == row.columns.end()) return;
  const auto time = time_of(to_utf32(column->second));
  if (!time) return;
  if (read.obligations.empty() && only_sentence && has_duty_verb(sentence)) {
    Obligation o;
    std::u32string what{trimmed(sentence)};
    while (!what.empty() && has_any_of(std::u32string_view{what}.substr(what.size() - 1), U"。；，")) what.pop_back();
    o.what = to_utf8(what);
    o.spans.push_back({0, what.size(), "what"});
    read.obligations.push_back(std::move(o));
    read.decision = Decision::obligation;
  }
  for (auto& o : read.obligations) {
    if (o.every || o.within || o.day || !o.months.empty()) continue;
    o.every = time->every;
    o.months = time->months;
    o.day = time->day;
  }
}

}  // namespace mandate::plan_reader
