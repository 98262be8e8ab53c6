// From what was typed and who asks to a condition on the index and on rows.
#include "foundation/search/folding.hpp"
#include "foundation/search/model.hpp"

namespace mandate::search {
namespace {

template <class T>
Condition any_facet(char of, const T& values) {
  std::vector<Condition> ways;
  for (const auto& one : values) {
    if constexpr (std::is_integral_v<std::decay_t<decltype(one)>>) {
      ways.push_back(Condition::of_facet(of, std::to_string(one)));
    } else {
      ways.push_back(Condition::of_facet(of, one));
    }
  }
  return Condition::any_of(std::move(ways));
}

// As much of a part of a scope as narrows well; the rest is asked of the row. Nothing: it does not narrow.
Condition narrowing(const identity::ScopePart& part) {
  std::vector<Condition> all;
  if (!part.origins.empty()) all.push_back(any_facet('O', part.origins));
  if (part.up_to == identity::Confidentiality::open) all.push_back(Condition::of_facet('C', "open"));
  if (!part.everything) {
    // Of no unit and no post (0) there is no facet.
    if (!part.posts.empty() && part.posts.count(0) == 0) {
      all.push_back(any_facet('P', part.posts));
    } else if (!part.units.empty() && part.units.count(0) == 0) {
      all.push_back(any_facet('U', part.units));
    } else {
      all.push_back(any_facet('A', part.agencies));
    }
  }
  return Condition::all_of(std::move(all));
}

// Every month of a span, or nothing when they are too many to ask for.
Condition months_between(const std::optional<Date>& from, const std::optional<Date>& to) {
  constexpr std::size_t months_most = 36;
  if (!from || !to || *to < *from) return {};
  std::set<std::string> months;
  for (Date on = *from; on <= *to && months.size() <= months_most; on = on.plus_days(1)) months.insert(on.iso().substr(0, 7));
  return months.size() > months_most ? Condition{} : any_facet('M', months);
}

std::int64_t occurrences(std::string_view text, const Word& word) {
  std::int64_t count = 0;
  for (const auto& one : word.readings) {
    for (auto at = text.find(one); at != std::string_view::npos && count < 9; at = text.find(one, at + one.size())) ++count;
  }
  return count;
}

}  // namespace

Plan::Plan(const Search::Parts& parts, const Actor& actor, const SearchQuery& in, Query query) : query_(std::move(query)), named_(query_.words.size()) {
  std::vector<Condition> narrow;
  add_scope(in.kind, parts.kinds, actor, narrow);
  add_words(parts.around, narrow);
  add_filters(in, narrow);
  wanted_.index = Condition::all_of(std::move(narrow));
  if (wanted_.index.always() && !wanted_.none_of.empty()) {  // an index can be asked only for what is there
    std::vector<std::string> kinds;
    for (const auto& [kind, scope] : scopes_) kinds.push_back(kind);
    wanted_.index = any_facet('K', kinds);
  }
}

void Plan::add_scope(const std::optional<std::string>& only_kind, const std::vector<Kind>& kinds, const Actor& actor, std::vector<Condition>& narrow) {
  std::string where;
  std::vector<Condition> ways;
  for (const auto& kind : kinds) {
    if (only_kind && *only_kind != kind.name) continue;
    auto scope = kind.scope(actor);
    if (scope.none()) continue;
    const auto condition = identity::condition_of(scope, "e");
    where += (where.empty() ? "(e.kind = ? AND " : " OR (e.kind = ? AND ") + condition.where + ")";
    wanted_.values.push_back(db::to_value(kind.name));
    wanted_.values.insert(wanted_.values.end(), condition.values.begin(), condition.values.end());
    std::vector<Condition> of_kind;
    for (const auto& part : scope.parts) {
      of_kind.push_back(narrowing(part));
      some_without_detail_ = some_without_detail_ || !part.with_detail;
    }
    const auto narrowed = Condition::any_of(std::move(of_kind));
    ways.push_back(narrowed.always() ? Condition::of_facet('K', kind.name) : narrowed);
    scopes_[kind.name] = std::move(scope);
  }
  wanted_.where = where.empty() ? "1=0" : "(" + where + ")";
  // Who sees all of every kind needs no narrowing: it would only cost.
  const bool all = scopes_.size() == kinds.size() && std::all_of(ways.begin(), ways.end(), [](const Condition& way) { return way.of == Condition::Of::token && way.token.rfind("K", 0) == 0; });
  if (!all) narrow.push_back(Condition::any_of(std::move(ways)));
  look_ = some_without_detail_;
}

void Plan::add_words(const Surroundings& around, std::vector<Condition>& narrow) {
  const Surroundings::Names nobody = std::make_shared<const std::vector<search::Named>>();
  const auto agencies = around.agencies ? around.agencies() : nobody;
  const auto holders = around.holders ? around.holders() : nobody;
  for (std::size_t i = 0; i < query_.words.size(); ++i) {
    const auto& word = query_.words[i];
    auto& named = named_[i];
    for (const auto& one : *agencies) {
      if (contains(one.names, word) && !contains(one.common, word)) named.agencies.insert(one.id);
    }
    // One character is part of half of all names.
    const bool long_enough = std::any_of(word.readings.begin(), word.readings.end(), [](const std::string& one) { return display_characters(one) >= 2; });
    for (const auto& one : *holders) {
      if (long_enough && contains(one.names, word)) named.posts.insert(one.id);
    }
    const bool exact = std::all_of(word.readings.begin(), word.readings.end(), [](const std::string& one) { return tokens_are_exact(one); });
    if (word.exclude) {
      const bool by_index = exact && named.agencies.empty() && named.posts.empty() && !some_without_detail_;
      for (const auto& one : word.readings) {
        if (by_index) wanted_.none_of.push_back(tokens_of_word(one).front());
      }
      look_ = look_ || !by_index;
      continue;
    }
    std::vector<Condition> ways;
    for (const auto& one : word.readings) {
      std::vector<Condition> all;
      for (auto& token : tokens_of_word(one)) all.push_back(Condition::one(std::move(token)));
      ways.push_back(Condition::all_of(std::move(all)));
    }
    for (const auto id : named.agencies) ways.push_back(Condition::of_facet('A', std::to_string(id)));
    for (const auto id : named.posts) ways.push_back(Condition::of_facet('P', std::to_string(id)));
    narrow.push_back(Condition::any_of(std::move(ways)));
    look_ = look_ || !exact;
  }
}

void Plan::add_filters(const SearchQuery& in, std::vector<Condition>& narrow) {
  const auto also = [&](const char* column, const auto& value) {
    wanted_.where += std::string(" AND e.") + column + " ?";
    wanted_.values.push_back(db::to_value(value));
  };
  if (in.origin) {
    also("origin =", *in.origin);
    narrow.push_back(Condition::of_facet('O', *in.origin));
  }
  if (in.agency_id) {
    also("agency_id =", in.agency_id->value);
    narrow.push_back(Condition::of_facet('A', std::to_string(in.agency_id->value)));
  }
  if (in.state) {
    also("state =", *in.state);
    narrow.push_back(Condition::of_facet('S', *in.state));
  }
  if (in.district) {
    also("district =", *in.district);
    if (!in.district->empty()) narrow.push_back(Condition::of_facet('D', *in.district));
  }
  if (in.from) also("on_date >=", *in.from);
  if (in.to) also("on_date <=", *in.to);
  narrow.push_back(months_between(in.from, in.to));
}

bool Plan::shows_detail(const EntryRow& row) const {
  if (!some_without_detail_) return true;
  const auto scope = scopes_.find(row.kind);
  return scope != scopes_.end() && identity::shows_detail(scope->second, row.facts());
}

bool Plan::finds(const EntryRow& row) const {
  Document document = row;
  if (!shows_detail(row)) document.body.clear();
  const auto text = folded_text(document);
  for (std::size_t i = 0; i < query_.words.size(); ++i) {
    const auto& word = query_.words[i];
    const bool there = named_[i].agencies.count(row.agency_id) != 0 || (row.post_id != 0 && named_[i].posts.count(row.post_id) != 0) || contains(text, word);
    if (there == word.exclude) return false;
  }
  return true;
}

bool Plan::by_agency(const EntryRow& row) const {
  for (std::size_t i = 0; i < named_.size(); ++i) {
    if (!query_.words[i].exclude && named_[i].agencies.count(row.agency_id) != 0) return true;
  }
  return false;
}

bool Plan::by_holder(const EntryRow& row) const {
  for (std::size_t i = 0; i < named_.size(); ++i) {
    if (!query_.words[i].exclude && row.post_id != 0 && named_[i].posts.count(row.post_id) != 0) return true;
  }
  return false;
}

// A number that is asked for whole comes first, then titles that are the words, begin with them, hold them, then details.
std::int64_t Plan::weight(const EntryRow& row) const {
  const auto number = fold_for_search(row.number);
  const auto title = fold_for_search(row.title);
  const auto body = shows_detail(row) ? fold_for_search(row.body) : std::string();
  std::int64_t weight = 0;
  for (const auto& word : query_.words) {
    if (word.exclude) continue;
    for (const auto& one : word.readings) {
      if (number == one) weight += 100'000;
      if (title == one) weight += 5'000;
      if (title.rfind(one, 0) == 0) weight += 300;
    }
    if (contains(number, word)) weight += 400;
    weight += std::min<std::int64_t>(occurrences(title, word), 3) * 200 + std::min<std::int64_t>(occurrences(body, word), 5) * 20;
  }
  // Of two titles that hold it, the shorter is more about it.
  return weight * 10 - std::min<std::int64_t>(static_cast<std::int64_t>(title.size()) / 30, 9);
}

}  // namespace mandate::search
