#include "foundation/statistics/words.hpp"

#include "kernel/roc_date.hpp"
#include "platform/csv/csv.hpp"

#include <fmt/format.h>

namespace mandate::statistics {

std::string dimension_label(const std::string& name, Language language) { return i18n::text("dimension." + name, language); }

std::string day_text(Date on, Language language) { return language == Language::en ? on.iso() : roc_short(on); }

std::string period_label(facts::Grain grain, Date first, Language language) {
  const bool english = language == Language::en;
  const int year = english ? first.year() : roc_year(first.year());
  switch (grain) {
    case facts::Grain::day: return day_text(first, language);
    case facts::Grain::week: return english ? "week of " + first.iso() : roc_short(first) + " 起一週";
    case facts::Grain::month: return english ? fmt::format("{}-{:02}", year, first.month()) : fmt::format("{}年{}月", year, first.month());
    case facts::Grain::quarter: return english ? fmt::format("{} Q{}", year, (first.month() + 2) / 3) : fmt::format("{}年第{}季", year, (first.month() + 2) / 3);
    case facts::Grain::year: return english ? std::to_string(year) : fmt::format("{}年", year);
  }
  return first.iso();
}

std::string value_label(const Subject& subject, const facts::Schema& schema, const std::string& dimension, const std::string& value, Language language) {
  const auto place = facts::find_dimension(schema, dimension);
  if (place && place->of == facts::Place::Of::day) {
    const auto on = Date::parse(value);
    return on ? period_label(place->grain.value_or(facts::Grain::day), *on, language) : i18n::text("statistics.no_day", language);
  }
  for (const auto& d : subject.dimensions) {
    if (d.name != dimension) continue;
    if (d.choices) {
      for (const auto& choice : d.choices(language)) {
        if (choice.value == value) return choice.label;
      }
    }
    if (d.label) return d.label(value, language);
  }
  return value;
}

std::string filter_words(const Subject& subject, const facts::Schema& schema, const std::vector<WrittenCondition>& conditions, Language language) {
  std::string out;
  for (const auto& c : conditions) {
    if (!out.empty()) out += i18n::text("statistics.between_conditions", language);
    const auto label = dimension_label(c.dimension, language);
    if (c.from || c.to) {
      const char* key = c.from && c.to ? "statistics.from_to" : c.from ? "statistics.from" : "statistics.to";
      out += i18n::text(key, language, {{"name", label}, {"from", c.from ? day_text(*c.from, language) : ""}, {"to", c.to ? day_text(*c.to, language) : ""}});
      continue;
    }
    std::string values;
    for (const auto& value : c.values) values += (values.empty() ? "" : i18n::text("statistics.between_values", language)) + value_label(subject, schema, c.dimension, value, language);
    out += i18n::text(c.except ? "statistics.is_none_of" : "statistics.is_one_of", language, {{"name", label}, {"values", values}});
  }
  return out;
}

NamedMeasure named(const Measure& m, Language language) {
  NamedMeasure out;
  out.name = m.name;
  out.label = i18n::text("measure." + m.name, language);
  out.is_rate = m.rate();
  out.version = m.version;
  out.source = i18n::text("statistics.source." + m.source, language);
  out.numerator = i18n::text("measure." + m.name + (m.rate() ? ".numerator" : ".meaning"), language);
  if (m.rate()) out.denominator = i18n::text("measure." + m.name + ".denominator", language);
  return out;
}

std::string state_words(CellState state, Language language) {
  if (state == CellState::filed) return "";
  return i18n::text(std::string("cell.") + boost::describe::enum_to_string(state, ""), language);
}

std::string csv_of(const StatisticAnswer& a, Language language) {
  csv::Writer out;
  std::vector<std::string> head;
  for (const auto& d : a.dimensions) head.push_back(d.label);
  const bool compared = !a.total.before.empty();
  for (const auto& m : a.measures) {
    const auto columns = [&](const std::string& label) {
      head.push_back(label);
      if (!m.is_rate) return;
      head.push_back(label + i18n::text("statistics.numerator_column", language));
      head.push_back(label + i18n::text("statistics.denominator_column", language));
    };
    columns(m.label);
    if (compared) columns(i18n::text("statistics.year_before", language, {{"name", m.label}}));
  }
  out.row(head);
  const auto write = [&](const StatisticRow& row, bool total) {
    std::vector<std::string> fields;
    for (std::size_t d = 0; d < a.dimensions.size(); ++d) fields.push_back(total ? (d == 0 ? i18n::text("statistics.total", language) : "") : row.keys[d].label);
    for (std::size_t m = 0; m < a.measures.size(); ++m) {
      const auto cell = [&](const Cell& c) {
        const auto words = state_words(c.state, language);
        if (!a.measures[m].is_rate) {
          fields.push_back(words.empty() ? std::to_string(c.value.value_or(0)) : words);
          return;
        }
        fields.push_back(c.rate ? c.rate->text() + "%" : words);
        fields.push_back(c.value ? std::to_string(*c.value) : words);
        fields.push_back(c.of ? std::to_string(*c.of) : words);
      };
      cell(row.cells[m]);
      if (compared) cell(row.before.size() > m ? row.before[m] : Cell{});
    }
    out.row(fields);
  };
  for (const auto& row : a.rows) write(row, false);
  if (!a.dimensions.empty()) {
    write(a.total, true);
  } else if (a.rows.empty()) {
    write(a.total, true);
  }
  out.row({});
  const auto note = [&](const std::string& name, const std::string& text) { out.row({name, text}); };
  note(i18n::text("statistics.title_row", language), a.title);
  note(i18n::text("statistics.as_of_row", language), day_text(a.as_of, language));
  if (a.as_known_on) note(i18n::text("statistics.known_row", language), day_text(*a.as_known_on, language));
  if (!a.filter.empty()) note(i18n::text("statistics.filter_row", language), a.filter);
  for (const auto& m : a.measures) {
    note(m.label, m.is_rate ? i18n::text("statistics.rate_row", language, {{"numerator", m.numerator}, {"denominator", m.denominator}, {"version", std::to_string(m.version)}, {"source", m.source}}) : m.numerator);
  }
  if (a.suppressed_below > 0) note(i18n::text("cell.suppressed", language), i18n::text("statistics.suppressed_row", language, {{"min", std::to_string(a.suppressed_below)}}));
  return out.take();
}

}  // namespace mandate::statistics
