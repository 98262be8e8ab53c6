#include "foundation/statistics/where.hpp"

#include "kernel/roc_date.hpp"

#include <algorithm>

namespace mandate::statistics {
namespace {

constexpr std::size_t conditions_max = 30;
constexpr std::size_t values_max = 200;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

Result<std::vector<WrittenCondition>> read_where(std::string_view text) {
  std::vector<WrittenCondition> out;
  while (!trimmed(text).empty()) {
    const auto end = text.find(';');
    const auto one = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (one.empty()) continue;
    const auto bad = [&](const char* key) { return field_fault("where", key, {{"text", std::string(one.substr(0, 80))}}); };
    const auto sign = one.find_first_of("=<>!");
    if (sign == std::string_view::npos || sign == 0) return bad("statistics.bad_condition");
    WrittenCondition c;
    c.dimension = trimmed(one.substr(0, sign));
    const char first = one[sign];
    const bool two = sign + 1 < one.size() && one[sign + 1] == '=';
    if (first != '=' && !two) return bad("statistics.bad_condition");
    auto rest = trimmed(one.substr(sign + (first == '=' ? 1 : 2)));
    if (first == '<' || first == '>') {
      auto on = Date::parse(rest);
      if (!on) on = parse_roc_date(rest);
      if (!on) return bad("statistics.bad_day");
      (first == '>' ? c.from : c.to) = on;
    } else {
      c.except = first == '!';
      while (true) {
        const auto bar = rest.find('|');
        c.values.emplace_back(trimmed(rest.substr(0, bar)));
        if (bar == std::string_view::npos) break;
        rest = rest.substr(bar + 1);
      }
      if (c.values.size() > values_max) return bad("statistics.too_many_values");
    }
    out.push_back(std::move(c));
    if (out.size() > conditions_max) return field_fault("where", "statistics.too_many_conditions", {{"max", std::to_string(conditions_max)}});
  }
  return out;
}

std::string write_where(const std::vector<WrittenCondition>& conditions) {
  std::string out;
  const auto next = [&] { out += out.empty() ? "" : ";"; };
  for (const auto& c : conditions) {
    if (c.from) {
      next();
      out += c.dimension + ">=" + c.from->iso();
    }
    if (c.to) {
      next();
      out += c.dimension + "<=" + c.to->iso();
    }
    if (c.from || c.to) continue;
    next();
    out += c.dimension + (c.except ? "!=" : "=");
    for (std::size_t i = 0; i < c.values.size(); ++i) out += (i == 0 ? "" : "|") + c.values[i];
  }
  return out;
}

}  // namespace mandate::statistics
