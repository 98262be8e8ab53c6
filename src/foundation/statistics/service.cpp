#include "foundation/statistics/suppression.hpp"
#include "foundation/statistics/words.hpp"

#include <algorithm>
#include <map>

MANDATE_EMBEDDED(foundation_statistics)

namespace mandate::statistics {
namespace {

using facts::Dataset;
using facts::Grain;
using facts::Place;

constexpr std::size_t dimensions_max = 3;
constexpr std::size_t measures_max = 12;
constexpr std::size_t rows_max = 20'000;
constexpr std::size_t filled_max = 2'000;  // a table is shown whole, with what is missing said, up to so many rows

std::vector<std::string> parts_of(const std::optional<std::string>& text) {
  std::vector<std::string> out;
  std::string one;
  for (const char c : text.value_or("") + ",") {
    if (c != ',') {
      if (c != ' ') one += c;
      continue;
    }
    if (!one.empty()) out.push_back(one);
    one.clear();
  }
  return out;
}

// What somebody may read, as alternatives.
std::vector<facts::Conditions> alternatives_of(const identity::Scope& scope, const Dataset& d) {
  std::vector<facts::Conditions> out;
  const auto numbers = [](const char* name, const std::set<std::int64_t>& ids) { return facts::Condition{name, {ids.begin(), ids.end()}}; };
  for (const auto& part : scope.parts) {
    facts::Conditions all;
    facts::Condition secrecy{"confidentiality", {}};
    for (std::int64_t level = 0; level <= static_cast<std::int64_t>(part.up_to); ++level) secrecy.values.push_back(level);
    all.push_back(std::move(secrecy));
    if (!part.origins.empty()) {
      facts::Condition origins{"origin", {}};
      for (const auto& origin : part.origins) {
        if (const auto value = facts::value_of(d, *facts::find_dimension(d.schema(), "origin"), origin)) origins.values.push_back(*value);
      }
      all.push_back(std::move(origins));
    }
    if (!part.everything) {
      all.push_back(numbers("agency", part.agencies));
      if (!part.units.empty()) all.push_back(numbers("unit", part.units));
      if (!part.posts.empty()) all.push_back(numbers("post", part.posts));
    }
    out.push_back(std::move(all));
  }
  return out;
}

// "2026-03" and "2026" are days enough for a month and a year.
std::string whole_day(const std::string& text) { return text.size() == 7 ? text + "-01" : text.size() == 4 ? text + "-01-01" : text; }

Result<facts::Condition> condition_of(const Dataset& d, const WrittenCondition& c) {
  const auto place = facts::find_dimension(d.schema(), c.dimension);
  if (!place) return field_fault("where", "facts.unknown_dimension", {{"name", c.dimension}});
  facts::Condition out{c.dimension, {}, c.except, c.from, c.to};
  if ((c.from || c.to) && (place->of != Place::Of::day || place->grain)) return field_fault("where", "statistics.not_a_day", {{"name", c.dimension}});
  for (const auto& value : c.values) {
    const bool day = place->of == Place::Of::day;
    const auto found = facts::value_of(d, *place, day ? whole_day(value) : value);
    if (found) {
      out.values.push_back(*found);
    } else if (place->of != Place::Of::tuple || d.schema().tuples[place->column].attributes[place->attribute].kind != facts::AttributeKind::text) {
      return field_fault("where", "statistics.unknown_value", {{"name", c.dimension}, {"value", value.substr(0, 40)}});
    }  // a text that no record has: it matches nothing, and `except` it everything
  }
  return out;
}

std::int64_t a_year_on(Grain grain, std::int64_t days, int years) {
  if (days == facts::no_value) return days;
  const Date on = Date{}.plus_days(days);
  if (grain == Grain::week) return days + 364 * years;
  return on.plus_months(12 * years).days_since_epoch();
}

using Key = std::array<std::int64_t, dimensions_max>;
struct Counts {
  std::int64_t all = 0;
  std::int64_t personal = 0;
  std::map<std::int64_t, std::int64_t> measured;
  void add(const Counts& other) {
    all += other.all;
    personal += other.personal;
    for (const auto& [code, count] : other.measured) measured[code] += count;
  }
};
using Table = std::map<Key, Counts>;

struct Asked {
  const Subject& subject;
  std::vector<std::string> by;
  std::vector<const Measure*> measures;
  std::vector<WrittenCondition> written;
  std::string period;  // the day that the comparison moves
  Policy policy;
  Language language;
};

class Answering {
 public:
  Answering(const Asked& asked, const Dataset& d, const identity::Scope& scope) : a_(asked), d_(d), any_(alternatives_of(scope, d)) {
    for (const auto& name : a_.by) places_.push_back(*facts::find_dimension(d.schema(), name));
    if (!a_.subject.measured.empty()) measured_ = facts::find_dimension(d.schema(), a_.subject.measured);
    for (const auto* m : a_.measures) {
      counted_.push_back(codes(m->counted));
      of_.push_back(codes(m->of));
    }
    due_ = codes(a_.subject.due);
  }

  Result<Table> count(const std::vector<WrittenCondition>& written) const {
    facts::Question q;
    q.by = a_.by;
    const bool with_measured = measured_.has_value();
    if (with_measured) q.by.push_back(a_.subject.measured);
    for (const auto& c : written) {
      MANDATE_ASSIGN(auto condition, condition_of(d_, c));
      q.where.push_back(std::move(condition));
    }
    q.any = any_;
    q.moment = a_.policy.moment;
    Table table;
    MANDATE_ASSIGN(const auto groups, facts::count_groups(d_, q));
    for (const auto& g : groups) {
      auto& counts = table[key_of(g)];
      counts.all += g.count;
      if (with_measured) counts.measured[g.key[a_.by.size()]] += g.count;
    }
    if (!a_.subject.personal_values.empty()) {
      q.by = a_.by;
      MANDATE_ASSIGN(auto persons, condition_of(d_, {a_.subject.personal_dimension, a_.subject.personal_values}));
      if (!persons.values.empty()) {
        q.where.push_back(std::move(persons));
        MANDATE_ASSIGN(const auto personal, facts::count_groups(d_, q));
        for (const auto& g : personal) table[key_of(g)].personal += g.count;
      }
    }
    if (table.size() > rows_max) return fault(FaultKind::too_large, "facts.too_many_groups", {{"max", std::to_string(rows_max)}});
    return table;
  }

  std::vector<Cell> cells(const Counts& counts, bool future) const {
    std::vector<Cell> out;
    for (std::size_t m = 0; m < a_.measures.size(); ++m) {
      Cell cell;
      const auto value = sum(counts, counted_[m], a_.measures[m]->counted.empty());
      if (counts.all == 0) {
        cell.state = future ? CellState::not_yet_due : CellState::missing;
      } else if (a_.measures[m]->needs_due && sum(counts, due_, false) == 0) {
        cell.state = CellState::not_yet_due;
      } else if (a_.measures[m]->rate()) {
        const Ratio ratio{value, sum(counts, of_[m], false)};
        if (!ratio.defined()) {
          cell.state = CellState::not_yet_due;
        } else {
          cell.state = CellState::filed;
          cell.value = ratio.numerator;
          cell.of = ratio.denominator;
          cell.rate = ratio.rounded();
        }
      } else {
        cell.state = value == 0 ? CellState::zero : CellState::filed;
        cell.value = value;
      }
      out.push_back(cell);
    }
    return out;
  }

  // Whether the group lies wholly after the day of the question.
  bool future(const Key& key) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (places_[i].of == Place::Of::day && key[i] != facts::no_value && Date{}.plus_days(key[i]) > a_.policy.moment.today) return true;
    }
    return false;
  }

  // Periods between the first and the last, and every combination of what there is: what is missing is said, not left out.
  void fill(Table& table, bool whole_lists, const std::optional<Date>& from, const std::optional<Date>& to) const {
    if (a_.by.empty() || (table.empty() && !whole_lists)) return;
    std::vector<std::vector<std::int64_t>> values;
    std::size_t product = 1;
    for (std::size_t i = 0; i < a_.by.size(); ++i) {
      std::set<std::int64_t> seen;
      for (const auto& [key, counts] : table) seen.insert(key[i]);
      if (places_[i].of == Place::Of::day) {
        const auto grain = places_[i].grain.value_or(Grain::day);
        auto low = seen.upper_bound(facts::no_value) == seen.end() ? INT64_MAX : *seen.upper_bound(facts::no_value);
        auto high = seen.empty() ? facts::no_value : *seen.rbegin();
        if (d_.schema().days[places_[i].column] == a_.period) {
          if (from) low = facts::first_of(grain, *from).days_since_epoch();
          if (to) high = facts::first_of(grain, *to).days_since_epoch();
        }
        for (auto at = low; at <= high && seen.size() <= filled_max; at = facts::last_of(grain, Date{}.plus_days(at)).days_since_epoch() + 1) seen.insert(at);
      } else if (whole_lists) {
        for (const auto& words : a_.subject.dimensions) {
          if (words.name != a_.by[i] || !words.choices) continue;
          for (const auto& choice : words.choices(a_.language)) {
            if (const auto value = facts::value_of(d_, places_[i], choice.value)) seen.insert(*value);
          }
        }
      }
      product *= std::max<std::size_t>(seen.size(), 1);
      if (product > filled_max) return;
      values.emplace_back(seen.begin(), seen.end());
    }
    Key key{};
    const std::function<void(std::size_t)> add = [&](std::size_t i) {
      if (i == values.size()) {
        table.try_emplace(key);
        return;
      }
      for (const auto value : values[i]) {
        key[i] = value;
        add(i + 1);
      }
    };
    add(0);
  }

  Choice choice_of(std::size_t dimension, std::int64_t value) const {
    const auto text = facts::text_of(d_, places_[dimension], value);
    return {text, value_label(a_.subject, d_.schema(), a_.by[dimension], text, a_.language)};
  }

  std::vector<std::optional<std::string>> drill(const std::vector<Choice>& keys, const std::vector<Cell>& row) const {
    std::vector<std::optional<std::string>> out;
    for (std::size_t m = 0; m < row.size(); ++m) {
      if (a_.subject.list.empty() || row[m].state != CellState::filed || row[m].value.value_or(0) == 0) {
        out.push_back(std::nullopt);
        continue;
      }
      auto conditions = a_.written;
      for (std::size_t i = 0; i < keys.size(); ++i) conditions.push_back({a_.by[i], {keys[i].value}});
      if (!a_.measures[m]->counted.empty()) conditions.push_back({a_.subject.measured, a_.measures[m]->counted});
      out.push_back(write_where(conditions));
    }
    return out;
  }

  const std::vector<Place>& places() const { return places_; }
  // Comparison: the same question a year before, its periods moved on to stand beside.
  std::vector<WrittenCondition> a_year_before() const {
    auto moved = a_.written;
    for (auto& c : moved) {
      const auto place = facts::find_dimension(d_.schema(), c.dimension);
      if (!place || place->of != Place::Of::day || d_.schema().days[place->column] != a_.period) continue;
      if (c.from) c.from = c.from->plus_months(-12);
      if (c.to) c.to = c.to->plus_months(-12);
      for (auto& value : c.values) {
        if (const auto on = Date::parse(whole_day(value))) value = Date{}.plus_days(a_year_on(place->grain.value_or(Grain::day), on->days_since_epoch(), -1)).iso();
      }
    }
    return moved;
  }
  Table moved_on(const Table& table) const {
    Table out;
    for (const auto& [before, counts] : table) {
      Key key = before;
      for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i].of == Place::Of::day && d_.schema().days[places_[i].column] == a_.period) key[i] = a_year_on(places_[i].grain.value_or(Grain::day), key[i], 1);
      }
      out[key].add(counts);
    }
    return out;
  }

 private:
  std::set<std::int64_t> codes(const std::vector<std::string>& names) const {
    std::set<std::int64_t> out;
    if (!measured_) return out;
    for (const auto& name : names) out.insert(facts::value_of(d_, *measured_, name).value());
    return out;
  }
  static std::int64_t sum(const Counts& counts, const std::set<std::int64_t>& wanted, bool all) {
    if (all) return counts.all;
    std::int64_t out = 0;
    for (const auto code : wanted) {
      const auto found = counts.measured.find(code);
      if (found != counts.measured.end()) out += found->second;
    }
    return out;
  }
  Key key_of(const facts::Group& g) const {
    Key key{};
    for (std::size_t i = 0; i < a_.by.size(); ++i) key[i] = g.key[i];
    return key;
  }

  const Asked& a_;
  const Dataset& d_;
  std::vector<facts::Conditions> any_;
  std::vector<Place> places_;
  std::optional<Place> measured_;
  std::vector<std::set<std::int64_t>> counted_;
  std::vector<std::set<std::int64_t>> of_;
  std::set<std::int64_t> due_;
};

// The places of a dimension's values in the order in which people list them.
std::map<std::string, std::size_t> order_of(const Subject& subject, const std::string& dimension, Language language) {
  std::map<std::string, std::size_t> out;
  for (const auto& words : subject.dimensions) {
    if (words.name != dimension || !words.choices) continue;
    for (const auto& choice : words.choices(language)) out.emplace(choice.value, out.size());
  }
  return out;
}

bool suppress(std::vector<StatisticRow>& rows, const std::vector<Counts>& counts, std::size_t measures, std::int64_t min, bool before) {
  bool any = false;
  for (std::size_t m = 0; m < measures; ++m) {
    std::vector<CountedCell> cells;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const auto& cell = before ? rows[r].before[m] : rows[r].cells[m];
      CountedCell one;
      for (const auto& key : rows[r].keys) one.key.push_back(key.value);
      // Of a group that is about persons alone every figure counts; of a mixed one only its size.
      const bool alone = counts[r].personal > 0 && counts[r].personal == counts[r].all;
      one.count = alone ? cell.value.value_or(0) : counts[r].all;
      one.personal = counts[r].personal > 0 && cell.state == CellState::filed;
      cells.push_back(std::move(one));
    }
    const auto hidden = suppressed_cells(cells, min);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (!hidden[r]) continue;
      (before ? rows[r].before[m] : rows[r].cells[m]) = Cell{CellState::suppressed, {}, {}, {}};
      if (!before) rows[r].drill[m].reset();
      any = true;
    }
  }
  return any;
}

}  // namespace

db::MigrationSet statistic_migrations() { return db::migrations_of("foundation_statistics", embedded::foundation_statistics); }

Statistics::Statistics(db::Database& d, const Clock& c, identity::Identity& i, facts::Facts& f, std::function<Policy(Date)> policy) : database(d), clock(c), identity(i), facts(f), policy_(std::move(policy)) {}

void Statistics::add(Subject subject, std::unique_ptr<facts::Source> source) {
  subjects_.push_back(std::make_unique<Subject>(std::move(subject)));
  facts.add(std::move(source));
}

const Subject* Statistics::find(const std::string& dataset) const {
  for (const auto& subject : subjects_) {
    if (subject->dataset == dataset) return subject.get();
  }
  return nullptr;
}

std::string Statistics::in_words(const std::string& dataset, const std::vector<WrittenCondition>& conditions, Language language) const {
  const auto* subject = find(dataset);
  return subject == nullptr ? std::string() : filter_words(*subject, facts.schema(dataset), conditions, language);
}

Result<StatisticAnswer> Statistics::ask(const Actor& actor, const StatisticQuery& in) {
  const auto* subject = find(in.dataset.value_or("duties"));
  if (subject == nullptr) return field_fault("dataset", "facts.unknown_dataset", {{"name", in.dataset->substr(0, 40)}});
  if (!identity::may(actor, subject->permission)) return fault(FaultKind::forbidden, "fault.forbidden");
  const Date today = clock.today();
  if (in.as_known_on && *in.as_known_on > today) return field_fault("as_known_on", "statistics.not_in_future");
  Standing standing{identity.scope(actor, subject->permission, subject->record_kind), actor.language, in.as_known_on.value_or(today), std::nullopt};
  if (standing.today < today) standing.known_at = taipei_end_of_day(standing.today);
  auto plain = in;
  plain.as_known_on.reset();
  MANDATE_ASSIGN(auto out, ask(standing, plain));
  out.as_known_on = in.as_known_on;
  return out;
}

Result<StatisticAnswer> Statistics::ask(const Standing& standing, const StatisticQuery& in) {
  const auto* subject = find(in.dataset.value_or("duties"));
  if (subject == nullptr) return field_fault("dataset", "facts.unknown_dataset", {{"name", in.dataset->substr(0, 40)}});
  if (in.as_known_on) return field_fault("as_known_on", "input.unknown");
  const auto language = standing.language;
  Asked asked{*subject, parts_of(in.by), {}, {}, in.period.value_or(subject->period), policy_(standing.today), language};
  asked.policy.moment.today = standing.today;
  if (asked.by.size() > dimensions_max) return field_fault("by", "facts.too_many_dimensions", {{"max", std::to_string(dimensions_max)}});
  for (std::size_t i = 0; i < asked.by.size(); ++i) {
    if (std::find(asked.by.begin(), asked.by.begin() + static_cast<std::ptrdiff_t>(i), asked.by[i]) != asked.by.begin() + static_cast<std::ptrdiff_t>(i)) return field_fault("by", "statistics.twice", {{"name", asked.by[i]}});
  }
  for (const auto& name : parts_of(in.measures.value_or(subject->measures.front().name))) {
    const auto found = std::find_if(subject->measures.begin(), subject->measures.end(), [&](const Measure& m) { return m.name == name; });
    if (found == subject->measures.end()) return field_fault("measures", "statistics.unknown_measure", {{"name", name.substr(0, 40)}});
    asked.measures.push_back(&*found);
  }
  if (asked.measures.empty() || asked.measures.size() > measures_max) return field_fault("measures", "statistics.measures_count", {{"max", std::to_string(measures_max)}});
  MANDATE_ASSIGN(asked.written, read_where(in.where.value_or("")));
  if (in.from && in.to && *in.to < *in.from) return field_fault("to", "statistics.period_backwards");
  if (in.from || in.to) asked.written.push_back({asked.period, {}, false, in.from, in.to});

  StatisticAnswer out;
  const auto answer = [&](const Dataset& d) -> Result<> {
    const auto& schema = d.schema();
    if (std::find(schema.days.begin(), schema.days.end(), asked.period) == schema.days.end()) return field_fault("period", "facts.unknown_dimension", {{"name", asked.period.substr(0, 40)}});
    bool moves = in.from || in.to;
    for (const auto& name : asked.by) {
      const auto place = facts::find_dimension(schema, name);
      if (!place) return field_fault("by", "facts.unknown_dimension", {{"name", name.substr(0, 40)}});
      moves = moves || (place->of == Place::Of::day && schema.days[place->column] == asked.period);
    }
    const bool compared = in.compare.value_or(false);
    if (compared && !moves) return field_fault("compare", "statistics.compare_needs_period");
    const Answering answering(asked, d, standing.scope);
    MANDATE_ASSIGN(auto table, answering.count(asked.written));
    Table before;
    if (compared) {
      MANDATE_ASSIGN(const auto earlier, answering.count(answering.a_year_before()));
      before = answering.moved_on(earlier);
      if (in.from || in.to) {
        for (const auto& [key, counts] : before) table.try_emplace(key);
      }
    }
    answering.fill(table, in.empty.value_or(false), in.from, in.to);
    out.dataset = subject->dataset;
    out.title = i18n::text("dataset." + subject->dataset, language);
    out.as_of = asked.policy.moment.today;
    out.filter = filter_words(*subject, schema, asked.written, language);
    out.list = subject->list;
    for (const auto& name : asked.by) out.dimensions.push_back({name, dimension_label(name, language)});
    for (const auto* m : asked.measures) out.measures.push_back(named(*m, language));
    Counts total;
    Counts total_before;
    std::vector<std::map<std::int64_t, Choice>> choices(asked.by.size());
    std::vector<std::map<std::string, std::size_t>> orders;
    for (const auto& name : asked.by) orders.push_back(order_of(*subject, name, language));
    struct Made {
      StatisticRow row;
      std::vector<std::pair<std::size_t, std::string>> order;
      Counts counts;
      Counts before;
    };
    std::vector<Made> made;
    for (const auto& [key, counts] : table) {
      Made one;
      for (std::size_t i = 0; i < asked.by.size(); ++i) {
        auto [known, fresh] = choices[i].try_emplace(key[i]);
        if (fresh) known->second = answering.choice_of(i, key[i]);
        one.row.keys.push_back(known->second);
        const auto place = orders[i].find(known->second.value);
        one.order.emplace_back(place == orders[i].end() ? orders[i].size() : place->second, known->second.value);
      }
      one.counts = counts;
      one.row.cells = answering.cells(counts, answering.future(key));
      one.row.drill = answering.drill(one.row.keys, one.row.cells);
      if (compared) {
        const auto found = before.find(key);
        if (found != before.end()) one.before = found->second;
        one.row.before = answering.cells(one.before, false);
        total_before.add(one.before);
      }
      total.add(counts);
      made.push_back(std::move(one));
    }
    std::sort(made.begin(), made.end(), [](const Made& x, const Made& y) { return x.order < y.order; });
    std::vector<Counts> counts;
    std::vector<Counts> counts_before;
    for (auto& one : made) {
      if (!asked.by.empty()) out.rows.push_back(std::move(one.row));
      counts.push_back(std::move(one.counts));
      counts_before.push_back(std::move(one.before));
    }
    out.total.cells = answering.cells(total, false);
    out.total.drill = answering.drill({}, out.total.cells);
    if (compared) out.total.before = answering.cells(total_before, false);
    std::vector<StatisticRow> whole{out.total};
    bool left_out = suppress(whole, {total}, asked.measures.size(), asked.policy.small_cell_min, false);
    if (compared) left_out = suppress(whole, {total_before}, asked.measures.size(), asked.policy.small_cell_min, true) || left_out;
    out.total = whole.front();
    if (!out.rows.empty()) {
      left_out = suppress(out.rows, counts, asked.measures.size(), asked.policy.small_cell_min, false) || left_out;
      if (compared) left_out = suppress(out.rows, counts_before, asked.measures.size(), asked.policy.small_cell_min, true) || left_out;
    }
    if (left_out) out.suppressed_below = asked.policy.small_cell_min;
    return done();
  };
  if (standing.known_at) {
    MANDATE_TRY(facts.with_known(subject->dataset, *standing.known_at, answer));
  } else {
    MANDATE_TRY(facts.with(subject->dataset, answer));
  }
  return out;
}

}  // namespace mandate::statistics
