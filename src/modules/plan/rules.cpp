#include "modules/plan/rules.hpp"

#include "foundation/duties/rules.hpp"
#include "kernel/text.hpp"

namespace mandate::plan {

std::optional<duties::Recurrence> recurrence_of(const ObligationRecord& o) {
  const auto months = duties::months_from_text(o.months);
  if (!o.every) {
    // A countable target without a rhythm is a target of the year; a limit that runs from an event has no date of its own.
    if (o.amounts == "[]" || o.within_count) return std::nullopt;
    return duties::Recurrence{duties::Every::year, months, static_cast<int>(o.day.value_or(0))};
  }
  // "每半年" and the like with named months fall due in those months.
  if (!months.empty()) return duties::Recurrence{duties::Every::year, months, static_cast<int>(o.day.value_or(0))};
  int day = static_cast<int>(o.day.value_or(0));
  if (*o.every == duties::Every::week && day > 7) day = 0;
  return duties::Recurrence{*o.every, {}, day};
}

Percent similarity(std::string_view a, std::string_view b) {
  const auto pieces = [](std::string_view text) {
    std::multiset<std::string> out;
    for (auto& token : search_tokens(text)) out.insert(std::move(token));
    return out;
  };
  const auto x = pieces(a);
  const auto y = pieces(b);
  if (x.empty() && y.empty()) return Percent::of(a == b ? 100 : 0);
  std::vector<std::string> common;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(common));
  return Ratio{static_cast<std::int64_t>(2 * common.size()), static_cast<std::int64_t>(x.size() + y.size())}.rounded();
}

std::vector<SentencePair> pair_sentences(const std::vector<SentenceKey>& before, const std::vector<SentenceKey>& after) {
  std::vector<std::optional<std::size_t>> partner_of_after(after.size());
  std::vector<bool> taken(before.size(), false);
  const auto match = [&](auto key_of) {
    std::multimap<std::string, std::size_t> open;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!taken[i]) open.emplace(key_of(before[i]), i);
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (partner_of_after[i]) continue;
      const auto found = open.lower_bound(key_of(after[i]));
      if (found == open.end() || found->first != key_of(after[i])) continue;
      partner_of_after[i] = found->second;
      taken[found->second] = true;
      open.erase(found);
    }
  };
  match([](const SentenceKey& k) { return k.heading + "\n" + k.text; });
  match([](const SentenceKey& k) { return k.text; });
  // What is left is compared within its heading only: few sentences, so every pair may be looked at.
  std::map<std::string, std::vector<std::size_t>> left;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!taken[i]) left[before[i].heading].push_back(i);
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (partner_of_after[i]) continue;
    auto& candidates = left[after[i].heading];
    Percent best = Percent::of(50);  // less than half alike is another sentence
    auto chosen = candidates.end();
    for (auto c = candidates.begin(); c != candidates.end(); ++c) {
      const auto alike = similarity(before[*c].text, after[i].text);
      if (alike > best) {
        best = alike;
        chosen = c;
      }
    }
    if (chosen == candidates.end()) continue;
    partner_of_after[i] = *chosen;
    taken[*chosen] = true;
    candidates.erase(chosen);
  }
  std::vector<SentencePair> pairs;
  for (std::size_t i = 0; i < after.size(); ++i) pairs.push_back({partner_of_after[i], i});
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!taken[i]) pairs.push_back({i, std::nullopt});
  }
  return pairs;
}

std::string folded_title(std::string_view title) {
  std::string out;
  for (const char c : fold(title)) {
    if (c != ' ' && c != '-' && c != '.' && c != '\t') out += c;
  }
  return out;
}

std::string signature(const ObligationRecord& o) {
  return o.what + "|" + (o.every ? boost::describe::enum_to_string(*o.every, "") : "") + "|" + o.months + "|" + (o.day ? std::to_string(*o.day) : "") + "|" + (o.within_count ? std::to_string(*o.within_count) + *o.within_unit : "") + "|" +
         o.amounts;
}

}  // namespace mandate::plan
