#include "foundation/policy/rules.hpp"

#include "foundation/policy/module.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::policy;

namespace {

Date d(const char* iso) { return *Date::parse(iso); }

std::string canonical(const PolicyDefinition& definition, std::string_view input) {
  const auto value = canonical_value(definition, input);
  return value.ok() ? *value : value.fault().fields.at(0).key;
}

}  // namespace

TEST_CASE("the value in force: by day, and as known when the month closed") {
  // Set at 100 from 2023 on; at 200 raised from July; at 300 the value of July is found to have been wrong.
  const std::vector<PolicyRow> rows{{"90", d("2023-01-01"), "plan", Instant{100}, 1, {}},
                                    {"95", d("2023-07-01"), "order", Instant{200}, 1, Instant{300}},
                                    {"92", d("2023-07-01"), "order, corrected", Instant{300}, 1, {}}};
  struct Row {
    const char* on;
    std::optional<Instant> known_at;
    const char* value;
  };
  for (const auto& row : std::initializer_list<Row>{{"2023-06-30", {}, "90"},
                                                    {"2023-07-01", {}, "92"},
                                                    {"2023-07-02", {}, "92"},
                                                    {"2023-07-01", Instant{199}, "90"},
                                                    {"2023-07-01", Instant{200}, "95"},
                                                    {"2023-07-01", Instant{299}, "95"},
                                                    {"2023-07-01", Instant{300}, "92"},
                                                    {"2022-12-31", {}, "90"},          // before all of them: the earliest
                                                    {"2023-08-01", Instant{1}, "90"}}) {  // before anything was recorded: the first
    CAPTURE(row.on);
    CHECK(row_in_force(rows, {d(row.on), row.known_at})->value == row.value);
  }
  CHECK(row_in_force({}, {d("2023-01-01"), {}}) == nullptr);
  CHECK(known_rows(rows, {}).size() == 2);
  CHECK(known_rows(rows, Instant{250})[1].value == "95");
}

TEST_CASE("what may be set: kind, range, choices, at the limits and beyond") {
  PolicyDefinition definition;
  definition.least = 15;
  definition.most = 1440;
  CHECK(canonical(definition, "15") == "15");
  CHECK(canonical(definition, " 1440 ") == "1440");
  CHECK(canonical(definition, "14") == "policy.out_of_range");
  CHECK(canonical(definition, "1441") == "policy.out_of_range");
  CHECK(canonical(definition, "15.0") == "policy.not_integer");
  CHECK(canonical(definition, "") == "policy.not_integer");
  CHECK(canonical(definition, "99999999999999999999") == "policy.not_integer");
  definition.kind = PolicyKind::percent;
  definition.least = 0;
  definition.most = 100'00;
  CHECK(canonical(definition, "10.50%") == "10.5");
  CHECK(canonical(definition, "100") == "100");
  CHECK(canonical(definition, "100.01") == "policy.out_of_range");
  CHECK(canonical(definition, "ten") == "policy.not_percent");
  definition.kind = PolicyKind::time;
  CHECK(canonical(definition, "08:30") == "08:30");
  CHECK(canonical(definition, "24:00") == "24:00");
  CHECK(canonical(definition, "24:01") == "policy.not_time");
  CHECK(canonical(definition, "8:30") == "policy.not_time");
  definition.kind = PolicyKind::choice;
  definition.choices = {"P1", "P2"};
  CHECK(canonical(definition, "P2") == "P2");
  CHECK(canonical(definition, "P3") == "policy.not_choice");
  definition.kind = PolicyKind::list;
  definition.least = 1;
  definition.most = 12;
  CHECK(canonical(definition, "3\n 6\n\n9\n12\n") == "3\n6\n9\n12");
  CHECK(canonical(definition, "3、6，9, 12;") == "3\n6\n9\n12");
  CHECK(canonical(definition, "13") == "policy.out_of_range");
  CHECK(canonical(definition, "0") == "policy.out_of_range");
  CHECK(canonical(definition, "March") == "policy.not_integer");
  CHECK(canonical(definition, "\n") == "policy.list_length");
  definition.kind = PolicyKind::text;
  CHECK(canonical(definition, std::string(text_length_max, 'x')).size() == text_length_max);
  CHECK(canonical(definition, std::string(text_length_max + 1, 'x')) == "policy.text_length");
  CHECK_FALSE(checked_source("  ").ok());
  CHECK_FALSE(checked_source(std::string(source_length_max + 1, 'x')).ok());
  CHECK(*checked_source(" unsourced ") == "unsourced");
  CHECK_FALSE(check_valid_from(d("1949-12-31")).ok());
  CHECK(check_valid_from(d("1950-01-01")).ok());
}

TEST_CASE("every number of the program has both languages, a known unit and a source") {
  i18n::add(policy_messages());
  const auto definitions = policy_definitions();
  CHECK(definitions.size() >= 30);
  for (const auto& definition : definitions) {
    CAPTURE(definition.key);
    CHECK_FALSE(definition.title_zh.empty());
    CHECK_FALSE(definition.title_en.empty());
    CHECK(definition.explanation_zh.empty() == definition.explanation_en.empty());
    CHECK((definition.unit.empty() || i18n::known("policy.unit." + definition.unit)));
    for (const auto& seed : definition.seeds) CHECK(checked_source(seed.source).ok());
  }
}
