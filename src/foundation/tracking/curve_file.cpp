#include "foundation/tracking/curve_file.hpp"

#include "platform/sheets/reader.hpp"

#include <algorithm>
#include <charconv>

namespace mandate::tracking {
namespace {

constexpr double whole = 100;
constexpr double plan_of_percent_ends = 90;  // a plan in per cent that ends below that is taken for amounts

Fault at(const sheets::SourceRow& row, const char* column, const char* key, const std::string& text) {
  Fault f = fault(FaultKind::invalid, "input.invalid");
  f.fields.push_back({"row " + std::to_string(row.number) + ", " + column, key, {{"value", text.substr(0, 40)}}});
  return f;
}

// "1,234.5", "12.5 %"; nothing for an empty cell.
bool number_of(const std::string& text, std::optional<double>& out) {
  std::string plain;
  for (const char c : text) {
    if (c != ',' && c != ' ' && c != '%') plain.push_back(c);
  }
  out.reset();
  if (plain.empty()) return text.find_first_of(",%") == std::string::npos;
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc{} || end != plain.data() + plain.size() || !(value > -1e15 && value < 1e15)) return false;
  out = value;
  return true;
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

}  // namespace

Result<CurveFile> read_curve(const std::filesystem::path& file, std::optional<double> total) {
  MANDATE_ASSIGN(auto reader, sheets::open_sheet(file));
  sheets::SourceRow row;
  MANDATE_ASSIGN(const bool headed, reader->next(row));
  if (!headed) return fault(FaultKind::invalid, "curve.no_periods");
  const std::vector<std::pair<const char*, std::vector<std::string>>> names = {
      {"period", {"period", "month", "期別", "月份", "年月"}}, {"planned", {"planned", "plan", "pv", "預定", "預定進度", "預定累計"}}, {"actual", {"actual", "ev", "實際", "實際進度", "實際累計"}}};
  std::vector<std::size_t> places;
  for (const auto& [name, spellings] : names) {
    const auto found = std::find_if(row.cells.begin(), row.cells.end(), [&, &known = spellings](const sheets::SourceCell& cell) { return std::find(known.begin(), known.end(), lowered(cell.text)) != known.end(); });
    if (found == row.cells.end()) return field_fault("row " + std::to_string(row.number), "curve.no_column", {{"name", name}});
    places.push_back(static_cast<std::size_t>(found - row.cells.begin()));
  }
  CurveFile out;
  double highest = 0;
  while (true) {
    MANDATE_ASSIGN(const bool more, reader->next(row));
    if (!more) break;
    const auto text = [&](std::size_t column) { return places[column] < row.cells.size() ? row.cells[places[column]].text : std::string(); };
    CurvePoint point;
    point.row = row.number;
    point.period = text(0);
    std::optional<double> planned;
    if (point.period.empty()) return at(row, "period", "input.required", "");
    if (!number_of(text(1), planned)) return at(row, "planned", "curve.no_number", text(1));
    if (!planned) return at(row, "planned", "input.required", "");
    if (!number_of(text(2), point.actual)) return at(row, "actual", "curve.no_number", text(2));
    point.planned = *planned;
    highest = std::max({highest, point.planned, point.actual.value_or(0)});
    out.curve.points.push_back(std::move(point));
  }
  const double ends = out.curve.points.empty() ? 0 : out.curve.points.back().planned;
  out.unit = highest <= whole && ends > plan_of_percent_ends ? CurveUnit::percent : CurveUnit::amount;
  out.curve.total = total ? *total : out.unit == CurveUnit::percent ? whole : ends;
  MANDATE_TRY(check_curve(out.curve));
  return out;
}

}  // namespace mandate::tracking
