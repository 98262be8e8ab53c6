#include "foundation/calendar/batch.hpp"

#include "foundation/calendar/calendar_file.hpp"
#include "foundation/calendar/rules.hpp"
#include "kernel/text.hpp"

#include <charconv>

namespace mandate::calendar {

Result<std::string> due_batch(std::span<const NamedText> calendars, const NamedText& cases) {
  Fault refused = fault(FaultKind::invalid, "calendar.batch_refused");
  const auto blame = [&](const std::string& name, const csv::LineFault& one) { refused.fields.push_back({name + ": " + csv::path_of(one), one.key, one.args}); };

  CalendarDays days;
  for (const auto& [name, text] : calendars) {
    auto file = read_calendar_file(text);
    for (const auto& one : file.faults) blame(name, one);
    for (auto& day : file.days) days.put(std::move(day));
  }
  if (!refused.fields.empty()) return refused;

  auto sheet = csv::parse_sheet(cases.text);
  if (!sheet.ok()) {
    refused.fields = std::move(sheet.fault().fields);
    for (auto& field : refused.fields) field.path = cases.name + ": " + field.path;
    return refused;
  }
  const auto start_column = sheet->column("start");
  const auto amount_column = sheet->column("working_days");
  if (!start_column) blame(cases.name, {1, "start", "calendar.column_missing", {{"name", "start"}}});
  if (!amount_column) blame(cases.name, {1, "working_days", "calendar.column_missing", {{"name", "working_days"}}});
  if (!refused.fields.empty()) return refused;

  std::string out = "start,working_days,due\n";
  for (const auto& row : sheet->rows) {
    const auto& start_text = row.fields[*start_column];
    const auto& amount_text = row.fields[*amount_column];
    const auto start = Date::parse(start_text);
    int amount = -1;
    const auto [end, error] = std::from_chars(amount_text.data(), amount_text.data() + amount_text.size(), amount);
    const bool number = error == std::errc{} && end == amount_text.data() + amount_text.size() && amount >= 0 && amount <= amount_max;
    if (!start) blame(cases.name, {row.line, "start", "calendar.bad_date", {{"text", truncate_cjk(start_text, 20)}}});
    if (!number) blame(cases.name, {row.line, "working_days", "calendar.amount_range", {{"max", std::to_string(amount_max)}}});
    if (!start || !number) continue;
    auto due = due_by_working_days(days, *start, amount);
    if (!due.ok()) {
      blame(cases.name, {row.line, "", due.fault().key, due.fault().args});
      continue;
    }
    out += fmt::format("{},{},{}\n", start->iso(), amount, due->on.iso());
  }
  if (!refused.fields.empty()) return refused;
  return out;
}

}  // namespace mandate::calendar
