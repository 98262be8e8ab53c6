#include "foundation/policy/rules.hpp"

#include <charconv>

namespace mandate::policy {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Fault out_of_range(const std::string& least, const std::string& most) { return field_fault("value", "policy.out_of_range", {{"least", least}, {"most", most}}); }

bool known(const PolicyRow& row, const std::optional<Instant>& at) {
  if (!at) return !row.superseded_at;
  return row.recorded_at <= *at && (!row.superseded_at || *row.superseded_at > *at);
}

}  // namespace

std::vector<PolicyRow> known_rows(const std::vector<PolicyRow>& rows, std::optional<Instant> known_at) {
  std::vector<PolicyRow> out;
  for (const auto& row : rows) {
    if (known(row, known_at)) out.push_back(row);
  }
  std::sort(out.begin(), out.end(), [](const PolicyRow& a, const PolicyRow& b) { return a.valid_from < b.valid_from; });
  return out;
}

const PolicyRow* row_in_force(const std::vector<PolicyRow>& rows, const PolicyMoment& moment) {
  if (rows.empty()) return nullptr;
  std::optional<Instant> at = moment.known_at;
  if (at) {
    const auto first = std::min_element(rows.begin(), rows.end(), [](const PolicyRow& a, const PolicyRow& b) { return a.recorded_at < b.recorded_at; })->recorded_at;
    at = std::max(*at, first);
  }
  const PolicyRow* in_force = nullptr;
  const PolicyRow* earliest = nullptr;
  for (const auto& row : rows) {
    if (!known(row, at)) continue;
    if (earliest == nullptr || row.valid_from < earliest->valid_from) earliest = &row;
    if (row.valid_from <= moment.on && (in_force == nullptr || row.valid_from > in_force->valid_from)) in_force = &row;
  }
  return in_force != nullptr ? in_force : earliest;
}

Result<std::string> canonical_value(const PolicyDefinition& definition, std::string_view input) {
  const std::string value = trimmed(input);
  switch (definition.kind) {
    case PolicyKind::integer: {
      const auto number = read_integer(value);
      if (!number) return field_fault("value", "policy.not_integer");
      if (*number < definition.least || *number > definition.most) return out_of_range(std::to_string(definition.least), std::to_string(definition.most));
      return std::to_string(*number);
    }
    case PolicyKind::percent: {
      const auto percent = Percent::parse(value);
      if (!percent) return field_fault("value", "policy.not_percent");
      if (percent->basis_points < definition.least || percent->basis_points > definition.most) return out_of_range(Percent{definition.least}.text(), Percent{definition.most}.text());
      return percent->text();
    }
    case PolicyKind::time: {
      if (!minutes_of(value)) return field_fault("value", "policy.not_time");
      return value;
    }
    case PolicyKind::choice: {
      if (std::find(definition.choices.begin(), definition.choices.end(), value) == definition.choices.end()) {
        std::string choices;
        for (const auto& choice : definition.choices) choices += (choices.empty() ? "" : ", ") + choice;
        return field_fault("value", "policy.not_choice", {{"choices", choices}});
      }
      return value;
    }
    case PolicyKind::text: {
      if (value.empty() || value.size() > text_length_max) return field_fault("value", "policy.text_length");
      return value;
    }
    case PolicyKind::list: {
      std::string out;
      std::size_t count = 0;
      for (const auto& item : items_of(value)) {
        if (definition.most != 0) {  // a list of numbers in a range
          const auto number = read_integer(item);
          if (!number) return field_fault("value", "policy.not_integer");
          if (*number < definition.least || *number > definition.most) return out_of_range(std::to_string(definition.least), std::to_string(definition.most));
        }
        out += (out.empty() ? "" : "\n") + item;
        ++count;
      }
      if (count == 0 || count > list_items_max || out.size() > text_length_max) return field_fault("value", "policy.list_length");
      return out;
    }
  }
  return field_fault("value", "input.invalid");
}

Result<std::string> checked_source(std::string_view source) {
  const std::string text = trimmed(source);
  if (text.empty()) return field_fault("source", "policy.source_missing");
  if (text.size() > source_length_max) return field_fault("source", "policy.source_long");
  return text;
}

Result<> check_valid_from(Date valid_from) {
  if (valid_from.year() < 1950 || valid_from.year() > 2150) return field_fault("valid_from", "policy.valid_from_range");
  return done();
}

std::optional<int> minutes_of(std::string_view time) {
  if (time.size() != 5 || time[2] != ':') return std::nullopt;
  for (const std::size_t at : {0, 1, 3, 4}) {
    if (time[at] < '0' || time[at] > '9') return std::nullopt;
  }
  const int hour = (time[0] - '0') * 10 + (time[1] - '0');
  const int minute = (time[3] - '0') * 10 + (time[4] - '0');
  if (minute > 59 || hour > 24 || (hour == 24 && minute != 0)) return std::nullopt;
  return hour * 60 + minute;
}

std::vector<std::string> items_of(std::string_view list) {
  std::vector<std::string> items{""};
  while (!list.empty()) {
    std::size_t mark = 0;
    for (const std::string_view separator : {"\n", ",", ";", "、", "，", "；"}) {
      if (list.starts_with(separator)) mark = separator.size();
    }
    if (mark != 0) {
      items.emplace_back();
    } else {
      items.back() += list.front();
    }
    list.remove_prefix(std::max<std::size_t>(mark, 1));
  }
  for (auto& item : items) item = trimmed(item);
  std::erase(items, "");
  return items;
}

}  // namespace mandate::policy
