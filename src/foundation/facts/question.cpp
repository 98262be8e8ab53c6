#include "foundation/facts/question.hpp"

#include <algorithm>
#include <map>

namespace mandate::facts {
namespace {

constexpr std::size_t piece_rows = 1024;
constexpr std::uint64_t dense_max = std::uint64_t{1} << 20;  // groups that are counted in an array
constexpr std::size_t kinds_max = 64;                        // of alternatives, a bit each

// What is asked of one column: where its codes put a row, and which alternatives they leave open.
template <class Index>
struct Lookup {
  Place::Of of = Place::Of::tuple;
  std::size_t column = 0;
  std::vector<Index> add;            // empty: nothing to add
  std::vector<std::uint64_t> masks;  // empty: leaves all open
};
template <class Index>
constexpr Index out_of_it = sizeof(Index) == 4 ? static_cast<Index>(1) << 26 : static_cast<Index>(std::uint64_t{1} << 56);

std::size_t codes_of(const Dataset& d, const Place& place) {
  if (place.of == Place::Of::tuple) return d.codes(place.column);
  if (place.of == Place::Of::computed) return d.schema().computed[place.column].choices.size();
  return std::size_t{d.day_range(place.column).second} + 1;
}

std::int64_t value_at(const Dataset& d, const Place& place, std::size_t code) {
  if (place.of == Place::Of::tuple) return d.value(place.column, static_cast<Code>(code), place.attribute);
  if (place.of == Place::Of::computed) return static_cast<std::int64_t>(code);
  if (code == 0) return no_value;
  return first_of(place.grain.value_or(Grain::day), date_of(static_cast<std::uint16_t>(code))).days_since_epoch();
}

// Calls body with each code that rows may have and its value; days are walked within what was seen, and a period's first day is worked out once.
template <class F>
void each_code(const Dataset& d, const Place& place, F&& body) {
  if (place.of != Place::Of::day) {
    for (std::size_t code = place.of == Place::Of::tuple ? 1 : 0; code < codes_of(d, place); ++code) body(code, value_at(d, place, code));
    return;
  }
  body(std::size_t{0}, no_value);
  const auto [low, high] = d.day_range(place.column);
  const auto grain = place.grain.value_or(Grain::day);
  std::int64_t first = 0;
  std::int64_t last = INT64_MIN;
  for (std::size_t code = low; code <= high && low <= high; ++code) {
    const Date on = date_of(static_cast<std::uint16_t>(code));
    if (on.days_since_epoch() > last) {
      first = first_of(grain, on).days_since_epoch();
      last = last_of(grain, Date{}.plus_days(first)).days_since_epoch();
    }
    body(code, first);
  }
}

bool matches(const Condition& c, std::int64_t value, std::optional<Date> on, bool is_range) {
  if (is_range) return on && (!c.from || *on >= *c.from) && (!c.to || *on <= *c.to);
  return (std::find(c.values.begin(), c.values.end(), value) != c.values.end()) != c.except;
}

// For each code of the condition's column whether it matches.
std::vector<char> match_table(const Dataset& d, const Place& place, const Condition& c) {
  std::vector<char> out(codes_of(d, place), 0);
  const bool is_range = place.of == Place::Of::day && (c.from || c.to);
  auto by_value = c;
  std::sort(by_value.values.begin(), by_value.values.end());
  each_code(d, place, [&](std::size_t code, std::int64_t value) {
    std::optional<Date> on;
    if (place.of == Place::Of::day && code != 0) on = date_of(static_cast<std::uint16_t>(code));
    out[code] = is_range ? matches(c, value, on, true) : std::binary_search(by_value.values.begin(), by_value.values.end(), value) != c.except;
  });
  return out;
}

using ColumnKey = std::pair<Place::Of, std::size_t>;
ColumnKey key_of(const Place& p) { return {p.of, p.column}; }

std::string signature(const Conditions& conditions) {
  std::string out;
  for (const auto& c : conditions) {
    out += c.dimension + (c.except ? "!" : "=");
    auto values = c.values;
    std::sort(values.begin(), values.end());
    for (const auto value : values) out += std::to_string(value) + ",";
    out += (c.from ? c.from->iso() : "") + "~" + (c.to ? c.to->iso() : "") + ";";
  }
  return out;
}

struct Axis {
  Place place;
  std::vector<std::int64_t> values;
};

template <class Index>
class Counter {
 public:
  Counter(const Dataset& d, const Question& q) : d_(d), q_(q) {}

  Lookup<Index>& lookup(const Place& place) {
    const auto [at, fresh] = lookups_.try_emplace(key_of(place));
    if (fresh) {
      at->second.of = place.of;
      at->second.column = place.column;
    }
    return at->second;
  }

  void add_axis(const Axis& axis, Index stride) {
    auto& l = lookup(axis.place);
    l.add.resize(codes_of(d_, axis.place));
    std::int64_t last_value = INT64_MAX;
    Index last_add = 0;
    std::unordered_map<std::int64_t, Index> places;
    for (std::size_t i = 0; i < axis.values.size(); ++i) places[axis.values[i]] = static_cast<Index>(i) * stride;
    each_code(d_, axis.place, [&](std::size_t code, std::int64_t value) {
      if (value != last_value) {
        last_value = value;
        last_add = places.at(value);
      }
      l.add[code] += last_add;
    });
  }

  void add_filter(const Place& place, const Condition& c) {
    auto& l = lookup(place);
    const auto table = match_table(d_, place, c);
    l.add.resize(table.size());
    for (std::size_t code = 0; code < table.size(); ++code) {
      if (!table[code] && l.add[code] < out_of_it<Index>) l.add[code] += out_of_it<Index>;
    }
  }

  // Alternatives that differ in one column alone share a bit: a scope has many grants and few kinds of them.
  bool add_alternatives(const std::vector<Conditions>& any) {
    std::map<ColumnKey, std::map<std::string, int>> seen;
    std::vector<std::map<ColumnKey, Conditions>> split;
    for (const auto& conditions : any) {
      std::map<ColumnKey, Conditions> by_column;
      for (const auto& c : conditions) by_column[key_of(*find_dimension(d_.schema(), c.dimension))].push_back(c);
      for (const auto& [key, list] : by_column) ++seen[key][signature(list)];
      split.push_back(std::move(by_column));
    }
    std::optional<ColumnKey> widest;
    for (const auto& [key, list] : seen) {
      if (!widest || list.size() > seen[*widest].size()) widest = key;
    }
    std::map<std::string, std::uint64_t> kinds;
    std::map<ColumnKey, std::vector<std::uint64_t>> masks;
    for (const auto& [key, list] : seen) masks[key].assign(codes_of(d_, {key.first, key.second, 0, {}}), 0);
    for (const auto& by_column : split) {
      std::string kind;
      for (const auto& [key, list] : by_column) {
        if (key != widest) kind += std::to_string(static_cast<int>(key.first)) + ":" + std::to_string(key.second) + ":" + signature(list);
      }
      if (kinds.count(kind) == 0) {
        if (kinds.size() == kinds_max) return false;
        const auto number = kinds.size();
        kinds[kind] = number;
      }
      const auto bit = std::uint64_t{1} << kinds[kind];
      for (auto& [key, mask] : masks) {
        const auto asked = by_column.find(key);
        std::vector<char> all(mask.size(), 1);
        if (asked != by_column.end()) {
          for (const auto& c : asked->second) {
            const auto table = match_table(d_, *find_dimension(d_.schema(), c.dimension), c);
            for (std::size_t code = 0; code < all.size(); ++code) all[code] = all[code] && table[code];
          }
        }
        for (std::size_t code = 0; code < mask.size(); ++code) {
          if (all[code]) mask[code] |= bit;
        }
      }
    }
    if (kinds.size() == 1 && masks.size() == 1) {  // one column decides: no masks are needed
      const auto& [key, mask] = *masks.begin();
      auto& l = lookup({key.first, key.second, 0, {}});
      l.add.resize(mask.size());
      for (std::size_t code = 0; code < mask.size(); ++code) {
        if (mask[code] == 0 && l.add[code] < out_of_it<Index>) l.add[code] += out_of_it<Index>;
      }
      return true;
    }
    for (auto& [key, mask] : masks) lookup({key.first, key.second, 0, {}}).masks = std::move(mask);
    return true;
  }

  // Calls body with the groups of each piece's rows; those that are not meant have a group beyond all others.
  template <class F>
  void run(F&& body) {
    if (d_.absent() != 0) {
      auto& l = lookup({Place::Of::tuple, 0, 0, {}});
      l.add.resize(d_.codes(0));
      if (l.add[0] < out_of_it<Index>) l.add[0] += out_of_it<Index>;
    }
    std::map<std::size_t, std::function<void(const Piece&, std::uint8_t*)>> kernels;
    bool masked = false;
    for (const auto& [key, l] : lookups_) {
      if (l.of == Place::Of::computed) kernels[l.column] = d_.schema().computed[l.column].prepare(d_, q_.moment);
      masked = masked || !l.masks.empty();
    }
    // Columns of 16 bits that only say where a row falls are summed in one pass; what else is asked adds to that.
    std::vector<std::pair<const Index*, std::size_t>> plain;  // table, and where the column lies in a block
    std::vector<const Lookup<Index>*> others;
    for (const auto& [key, l] : lookups_) {
      if (l.of == Place::Of::computed || !l.masks.empty() || l.add.empty() || (l.of == Place::Of::tuple && d_.width(l.column) != 2)) {
        others.push_back(&l);
      } else {
        plain.emplace_back(l.add.data(), l.of == Place::Of::day ? d_.offset_of_day(l.column) : d_.offset_of_tuple(l.column));
      }
    }
    std::array<Index, piece_rows> groups;
    std::array<std::uint64_t, piece_rows> open;
    std::array<std::uint8_t, piece_rows> computed;
    for (std::size_t b = 0; b < d_.block_count(); ++b) {
      const std::byte* block = d_.block(b);
      const std::size_t rows = d_.rows_of_block(b);
      for (std::size_t from = 0; from < rows; from += piece_rows) {
        const std::size_t count = std::min(piece_rows, rows - from);
        sum_up(plain, block, from, count, groups.data());
        if (masked) std::fill_n(open.begin(), count, ~std::uint64_t{0});
        for (const auto* other : others) {
          const auto& l = *other;
          if (l.of == Place::Of::computed) {
            kernels[l.column]({&d_, block, from, count}, computed.data());
            apply(l, computed.data(), count, groups.data(), open.data());
          } else if (l.of == Place::Of::day) {
            apply(l, reinterpret_cast<const std::uint16_t*>(block + d_.offset_of_day(l.column)) + from, count, groups.data(), open.data());
          } else if (d_.width(l.column) == 2) {
            apply(l, reinterpret_cast<const std::uint16_t*>(block + d_.offset_of_tuple(l.column)) + from, count, groups.data(), open.data());
          } else {
            apply(l, reinterpret_cast<const std::uint32_t*>(block + d_.offset_of_tuple(l.column)) + from, count, groups.data(), open.data());
          }
        }
        if (masked) {
          for (std::size_t i = 0; i < count; ++i) groups[i] += open[i] == 0 ? out_of_it<Index> : Index{0};
        }
        body(groups.data(), count);
      }
    }
  }

 private:
  static void sum_up(const std::vector<std::pair<const Index*, std::size_t>>& plain, const std::byte* block, std::size_t from, std::size_t count, Index* groups) {
    const auto codes = [&](std::size_t at) { return reinterpret_cast<const std::uint16_t*>(block + plain[at].second) + from; };
    switch (plain.size()) {
      case 0: std::fill_n(groups, count, Index{0}); return;
      case 1: {
        const auto *t0 = plain[0].first;
        const auto *c0 = codes(0);
        for (std::size_t i = 0; i < count; ++i) groups[i] = t0[c0[i]];
        return;
      }
      case 2: {
        const auto *t0 = plain[0].first, *t1 = plain[1].first;
        const auto *c0 = codes(0), *c1 = codes(1);
        for (std::size_t i = 0; i < count; ++i) groups[i] = t0[c0[i]] + t1[c1[i]];
        return;
      }
      default: {
        const auto *t0 = plain[0].first, *t1 = plain[1].first, *t2 = plain[2].first;
        const auto *c0 = codes(0), *c1 = codes(1), *c2 = codes(2);
        for (std::size_t i = 0; i < count; ++i) groups[i] = t0[c0[i]] + t1[c1[i]] + t2[c2[i]];
      }
    }
    for (std::size_t at = 3; at < plain.size(); ++at) {
      const auto* table = plain[at].first;
      const auto* c = codes(at);
      for (std::size_t i = 0; i < count; ++i) groups[i] += table[c[i]];
    }
  }
  template <class Codes>
  static void apply(const Lookup<Index>& l, const Codes* codes, std::size_t count, Index* groups, std::uint64_t* open) {
    if (!l.add.empty()) {
      const Index* add = l.add.data();
      for (std::size_t i = 0; i < count; ++i) groups[i] += add[codes[i]];
    }
    if (!l.masks.empty()) {
      const std::uint64_t* masks = l.masks.data();
      for (std::size_t i = 0; i < count; ++i) open[i] &= masks[codes[i]];
    }
  }

  const Dataset& d_;
  const Question& q_;
  std::map<ColumnKey, Lookup<Index>> lookups_;
};

template <class Index>
Result<std::vector<Group>> count_as(const Dataset& d, const Question& q, const std::vector<Axis>& axes, std::uint64_t product) {
  Counter<Index> counter(d, q);
  Index stride = 1;
  for (const auto& axis : axes) {
    counter.add_axis(axis, stride);
    stride *= static_cast<Index>(axis.values.size());
  }
  for (const auto& c : q.where) counter.add_filter(*find_dimension(d.schema(), c.dimension), c);
  if (q.any && !counter.add_alternatives(*q.any)) return fault(FaultKind::invalid, "facts.too_many_alternatives");
  std::vector<Group> out;
  const auto emit = [&](std::uint64_t group, std::int64_t count) {
    Group g;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      g.key[i] = axes[i].values[group % axes[i].values.size()];
      group /= axes[i].values.size();
    }
    g.count = count;
    out.push_back(g);
  };
  const auto too_many = [&] { return fault(FaultKind::too_large, "facts.too_many_groups", {{"max", std::to_string(q.groups_max)}}); };
  if constexpr (sizeof(Index) == 4) {
    std::vector<std::uint32_t> counts(product + 1, 0);
    counter.run([&](const Index* groups, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) ++counts[groups[i] < product ? groups[i] : product];
    });
    out.reserve(std::min(q.groups_max, static_cast<std::size_t>(std::count_if(counts.begin(), counts.end() - 1, [](std::uint32_t count) { return count != 0; }))));
    for (std::uint64_t g = 0; g < product; ++g) {
      if (counts[g] == 0) continue;
      if (out.size() == q.groups_max) return too_many();
      emit(g, counts[g]);
    }
  } else {
    // Open addressing: most questions of this size have far fewer groups than they could have.
    std::vector<std::uint64_t> keys(4096, UINT64_MAX);
    std::vector<std::uint32_t> counts(4096, 0);
    std::size_t used = 0;
    const auto slot_of = [](const std::vector<std::uint64_t>& table, std::uint64_t key) {
      std::size_t at = (key * 0x9E3779B97F4A7C15ULL) >> 20 & (table.size() - 1);
      while (table[at] != UINT64_MAX && table[at] != key) at = (at + 1) & (table.size() - 1);
      return at;
    };
    bool over = false;
    counter.run([&](const Index* groups, std::size_t count) {
      if (over) return;
      for (std::size_t i = 0; i < count; ++i) {
        if (groups[i] >= product) continue;
        auto at = slot_of(keys, groups[i]);
        if (keys[at] == UINT64_MAX) {
          if (++used > q.groups_max) {
            over = true;
            return;
          }
          if (used * 2 > keys.size()) {
            std::vector<std::uint64_t> more(keys.size() * 4, UINT64_MAX);
            std::vector<std::uint32_t> more_counts(more.size(), 0);
            for (std::size_t k = 0; k < keys.size(); ++k) {
              if (keys[k] == UINT64_MAX) continue;
              const auto to = slot_of(more, keys[k]);
              more[to] = keys[k];
              more_counts[to] = counts[k];
            }
            keys = std::move(more);
            counts = std::move(more_counts);
            at = slot_of(keys, groups[i]);
          }
          keys[at] = groups[i];
        }
        ++counts[at];
      }
    });
    if (over) return too_many();
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (keys[k] != UINT64_MAX) emit(keys[k], counts[k]);
    }
  }
  return out;
}

}  // namespace

Date first_of(Grain grain, Date on) {
  switch (grain) {
    case Grain::day: return on;
    case Grain::week: return on.plus_days(1 - on.weekday());
    case Grain::month: return on.first_of_month();
    case Grain::quarter: return *Date::from_ymd(on.year(), (on.month() - 1) / 3 * 3 + 1, 1);
    case Grain::year: return *Date::from_ymd(on.year(), 1, 1);
  }
  return on;
}

Date last_of(Grain grain, Date first) {
  switch (grain) {
    case Grain::day: return first;
    case Grain::week: return first.plus_days(6);
    case Grain::month: return first.last_of_month();
    case Grain::quarter: return first.plus_months(2).last_of_month();
    case Grain::year: return first.plus_months(11).last_of_month();
  }
  return first;
}

std::optional<Place> find_dimension(const Schema& schema, const std::string& name) {
  for (std::size_t t = 0; t < schema.tuples.size(); ++t) {
    for (std::size_t a = 0; a < schema.tuples[t].attributes.size(); ++a) {
      if (schema.tuples[t].attributes[a].name == name) return Place{Place::Of::tuple, t, a, {}};
    }
  }
  for (std::size_t c = 0; c < schema.computed.size(); ++c) {
    if (schema.computed[c].name == name) return Place{Place::Of::computed, c, 0, {}};
  }
  static constexpr std::array<std::pair<std::string_view, Grain>, 5> grains = {{{"_day", Grain::day}, {"_week", Grain::week}, {"_month", Grain::month}, {"_quarter", Grain::quarter}, {"_year", Grain::year}}};
  for (std::size_t d = 0; d < schema.days.size(); ++d) {
    if (schema.days[d] == name) return Place{Place::Of::day, d, 0, {}};
    for (const auto& [ending, grain] : grains) {
      if (name == schema.days[d] + std::string(ending)) return Place{Place::Of::day, d, 0, grain};
    }
  }
  return std::nullopt;
}

std::string text_of(const Dataset& d, const Place& place, std::int64_t value) {
  if (place.of == Place::Of::tuple) return d.text_of(d.schema().tuples[place.column].attributes[place.attribute], value);
  if (place.of == Place::Of::computed) return d.schema().computed[place.column].choices.at(static_cast<std::size_t>(value));
  return value == no_value ? std::string() : Date{}.plus_days(value).iso();
}

std::optional<std::int64_t> value_of(const Dataset& d, const Place& place, const std::string& text) {
  if (place.of == Place::Of::tuple) return d.value_of(d.schema().tuples[place.column].attributes[place.attribute], text);
  if (place.of == Place::Of::computed) {
    const auto& choices = d.schema().computed[place.column].choices;
    const auto found = std::find(choices.begin(), choices.end(), text);
    return found == choices.end() ? std::nullopt : std::optional<std::int64_t>(found - choices.begin());
  }
  if (text.empty()) return no_value;
  const auto on = Date::parse(text);
  return on ? std::optional(first_of(place.grain.value_or(Grain::day), *on).days_since_epoch()) : std::nullopt;
}

Result<std::vector<Group>> count_groups(const Dataset& d, const Question& q) {
  if (q.by.size() > by_max) return fault(FaultKind::invalid, "facts.too_many_dimensions", {{"max", std::to_string(by_max)}});
  const auto known = [&](const Conditions& conditions) -> Result<> {
    for (const auto& c : conditions) {
      if (!find_dimension(d.schema(), c.dimension)) return fault(FaultKind::invalid, "facts.unknown_dimension", {{"name", c.dimension}});
    }
    return done();
  };
  MANDATE_TRY(known(q.where));
  for (const auto& conditions : q.any.value_or(std::vector<Conditions>{})) MANDATE_TRY(known(conditions));
  std::vector<Axis> axes;
  std::uint64_t product = 1;
  for (const auto& name : q.by) {
    const auto place = find_dimension(d.schema(), name);
    if (!place) return fault(FaultKind::invalid, "facts.unknown_dimension", {{"name", name}});
    Axis axis{*place, {}};
    each_code(d, *place, [&](std::size_t, std::int64_t value) {
      if (axis.values.empty() || axis.values.back() != value) axis.values.push_back(value);
    });
    std::sort(axis.values.begin(), axis.values.end());
    axis.values.erase(std::unique(axis.values.begin(), axis.values.end()), axis.values.end());
    if (axis.values.empty()) return std::vector<Group>{};
    product *= axis.values.size();
    if (product >= (std::uint64_t{1} << 48)) return fault(FaultKind::too_large, "facts.too_many_groups", {{"max", std::to_string(q.groups_max)}});
    axes.push_back(std::move(axis));
  }
  if (d.present() == 0 || (q.any && q.any->empty())) return std::vector<Group>{};
  return product <= dense_max ? count_as<std::uint32_t>(d, q, axes, product) : count_as<std::uint64_t>(d, q, axes, product);
}

}  // namespace mandate::facts
