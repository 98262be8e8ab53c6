#include "foundation/meetings/pack.hpp"

#include "foundation/meetings/canonical.hpp"
#include "platform/digest/digest.hpp"

namespace mandate::meetings {
namespace {

using reports::Cell;
using reports::ChartValue;
using Look = reports::ChartSeries::Look;

http::Json cell_json(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::empty: return nullptr;
    case Cell::Kind::text: return boost::json::string(cell.text);
    case Cell::Kind::integer: return cell.number;
    case Cell::Kind::percent: return boost::json::object{{"percent", cell.number}};
    case Cell::Kind::date: return boost::json::object{{"date", Date(std::chrono::sys_days(std::chrono::days(cell.number))).iso()}};
    case Cell::Kind::instant: return boost::json::object{{"instant", Instant{cell.number}.rfc3339()}};
  }
  return nullptr;
}

Cell cell_of(const http::Json& json) {
  if (json.is_string()) return Cell::of(std::string(json.get_string()));
  if (json.is_int64()) return Cell::of(json.get_int64());
  if (!json.is_object()) return Cell::none();
  const auto& object = json.get_object();
  if (const auto* percent = object.if_contains("percent"); percent != nullptr && percent->is_int64()) return Cell::percent(percent->get_int64());
  if (const auto* date = object.if_contains("date"); date != nullptr && date->is_string()) {
    if (const auto on = Date::parse(std::string_view(date->get_string()))) return Cell::of(*on);
  }
  if (const auto* instant = object.if_contains("instant"); instant != nullptr && instant->is_string()) {
    if (const auto at = Instant::parse(std::string_view(instant->get_string()))) return Cell::of(*at);
  }
  return Cell::none();
}

const std::vector<std::pair<Look, const char*>>& looks() {
  static const std::vector<std::pair<Look, const char*>> all = {{Look::plain, "plain"}, {Look::on_time, "on_time"}, {Look::at_risk, "at_risk"}, {Look::late, "late"},       {Look::severe, "severe"},
                                                                {Look::done, "done"},   {Look::open, "open"},       {Look::planned, "planned"}, {Look::actual, "actual"}};
  return all;
}

const std::vector<std::pair<reports::Chart::Kind, const char*>>& chart_kinds() {
  using Kind = reports::Chart::Kind;
  static const std::vector<std::pair<Kind, const char*>> all = {{Kind::bars, "bars"}, {Kind::stacked_bars, "stacked_bars"}, {Kind::lines, "lines"}};
  return all;
}

template <class T>
std::string word_of(const std::vector<std::pair<T, const char*>>& all, T wanted) {
  for (const auto& [value, word] : all) {
    if (value == wanted) return word;
  }
  return all.front().second;
}

template <class T>
T of_word(const std::vector<std::pair<T, const char*>>& all, const std::string& wanted) {
  for (const auto& [value, word] : all) {
    if (wanted == word) return value;
  }
  return all.front().first;
}

struct Digest {
  std::string path;
  std::string sha256;
};

// The pieces of a pack that are told apart when something of it was changed.
std::vector<Digest> digests_of(const boost::json::value& content) {
  std::vector<Digest> out;
  if (!content.is_object()) return out;
  for (const auto& member : content.get_object()) {
    if (member.key() != "sections" || !member.value().is_array()) out.push_back({std::string(member.key()), digest::sha256_hex(canonical(member.value()))});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  if (const auto* sections = content.get_object().if_contains("sections"); sections != nullptr && sections->is_array()) {
    for (std::size_t at = 0; at < sections->get_array().size(); ++at) out.push_back({fmt::format("sections[{}]", at), digest::sha256_hex(canonical(sections->get_array()[at]))});
  }
  return out;
}

}  // namespace

PackTable pack_table(const FigureTable& table) {
  PackTable out;
  for (const auto& column : table.columns) out.columns.push_back({column.title, column.type});
  for (const auto& row : table.rows) {
    auto& line = out.rows.emplace_back();
    for (const auto& cell : row) line.push_back(cell_json(cell));
  }
  out.rows_left_out = table.rows_left_out;
  return out;
}

FigureTable figure_table(const PackTable& table) {
  FigureTable out;
  for (const auto& column : table.columns) out.columns.push_back({column.title, column.type});
  for (const auto& row : table.rows) {
    auto& line = out.rows.emplace_back();
    for (const auto& cell : row) line.push_back(cell_of(cell));
  }
  out.rows_left_out = table.rows_left_out;
  return out;
}

PackChart pack_chart(const reports::Chart& chart) {
  PackChart out{word_of(chart_kinds(), chart.kind), chart.title, chart.description, chart.unit, chart.percent, chart.categories, {}};
  for (const auto& series : chart.series) {
    PackLine line{series.name, word_of(looks(), series.look), {}};
    for (const auto& value : series.values) {
      line.values.push_back(value.kind == ChartValue::Kind::value ? http::Json(value.number) : value.kind == ChartValue::Kind::missing ? http::Json("missing") : http::Json("not_yet_due"));
    }
    out.series.push_back(std::move(line));
  }
  return out;
}

reports::Chart chart_of(const PackChart& chart) {
  reports::Chart out;
  out.kind = of_word(chart_kinds(), chart.kind);
  out.title = chart.title;
  out.description = chart.description;
  out.unit = chart.unit;
  out.percent = chart.percent;
  out.categories = chart.categories;
  for (const auto& line : chart.series) {
    reports::ChartSeries series{line.name, of_word(looks(), line.look), {}};
    for (const auto& value : line.values) {
      series.values.push_back(value.is_int64() ? ChartValue::of(value.get_int64()) : value.is_string() && value.get_string() == "not_yet_due" ? ChartValue::not_yet_due() : ChartValue::missing());
    }
    out.series.push_back(std::move(series));
  }
  return out;
}

std::string table_text(const FigureTable& table) { return table.empty() ? "" : boost::json::serialize(http::to_json(pack_table(table))); }

std::optional<PackTable> table_from_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  PackTable out;
  http::FieldFaults faults;
  http::from_json(boost::json::parse(text), out, "", faults);
  return out;
}

std::string canonical_pack(const Pack& pack) { return canonical(http::to_json(pack)); }

Result<Pack> read_pack(const std::string& text) {
  boost::system::error_code bad;
  const auto json = boost::json::parse(text, bad);
  if (bad || !json.is_object()) return fault(FaultKind::invalid, "meeting.no_pack_file");
  Pack pack;
  http::FieldFaults faults;
  http::from_json(json, pack, "", faults);
  if (!faults.empty() || pack.format != pack_format) {
    auto refused = fault(FaultKind::invalid, "meeting.no_pack_file");
    refused.fields = std::move(faults);
    return refused;
  }
  return pack;
}

std::string pack_file(const std::string& content, const std::string& hash) {
  boost::json::object file;
  file["content"] = boost::json::parse(content);
  boost::json::array digests;
  for (const auto& one : digests_of(file["content"])) digests.push_back(boost::json::object{{"path", one.path}, {"sha256", one.sha256}});
  file["digests"] = std::move(digests);
  file["format"] = pack_format;
  file["sha256"] = hash;
  return canonical(file) + "\n";
}

PackCheck check_pack_file(std::string_view bytes) {
  PackCheck check;
  while (!bytes.empty() && (bytes.back() == '\n' || bytes.back() == '\r')) bytes.remove_suffix(1);
  boost::system::error_code bad;
  const auto json = boost::json::parse(bytes, bad);
  const auto* file = !bad && json.is_object() ? &json.get_object() : nullptr;
  const auto* content = file != nullptr ? file->if_contains("content") : nullptr;
  const auto* claimed = file != nullptr ? file->if_contains("sha256") : nullptr;
  const auto* format = file != nullptr ? file->if_contains("format") : nullptr;
  if (content == nullptr || claimed == nullptr || !claimed->is_string() || format == nullptr || !format->is_string()) {
    check.faults.emplace_back("this is no pack file: it has no content, format and sha256");
    return check;
  }
  if (format->get_string() != pack_format) {
    check.faults.push_back("the format is " + std::string(format->get_string()) + "; this program reads " + pack_format);
    return check;
  }
  try {
    check.content = canonical(*content);
  } catch (const std::invalid_argument& e) {
    check.faults.push_back(std::string("the content was changed: ") + e.what());
    return check;
  }
  check.hash = digest::sha256_hex(check.content);
  if (claimed->get_string() != check.hash) {
    check.faults.push_back("the content was changed: its SHA-256 is " + check.hash + ", not " + std::string(claimed->get_string()));
    std::map<std::string, std::string> said;
    if (const auto* digests = file->if_contains("digests"); digests != nullptr && digests->is_array()) {
      for (const auto& one : digests->get_array()) {
        const auto* path = one.is_object() ? one.get_object().if_contains("path") : nullptr;
        const auto* sum = one.is_object() ? one.get_object().if_contains("sha256") : nullptr;
        if (path != nullptr && path->is_string() && sum != nullptr && sum->is_string()) said[std::string(path->get_string())] = std::string(sum->get_string());
      }
    }
    for (const auto& one : digests_of(*content)) {
      const auto found = said.find(one.path);
      if (found == said.end()) {
        check.faults.push_back(one.path + " was added");
      } else if (found->second != one.sha256) {
        check.faults.push_back(one.path + " was changed");
      }
      if (found != said.end()) said.erase(found);
    }
    for (const auto& [path, sum] : said) check.faults.push_back(path + " is missing");
  } else if (canonical(json) != bytes) {
    // A name that stands twice would be read differently by different programs.
    check.faults.emplace_back("the file was written anew: the content agrees with its SHA-256, but the file is not in its canonical form (names that stand twice, or other spacing)");
  } else if (pack_file(check.content, check.hash) != std::string(bytes) + "\n") {
    check.faults.emplace_back("the file was changed beside its content");
  }
  auto read = read_pack(check.content);
  if (read.ok()) {
    check.pack = std::move(*read);
  } else if (check.faults.empty()) {
    check.faults.emplace_back("the content is no pack: its members are not those of " + std::string(pack_format));
  }
  return check;
}

}  // namespace mandate::meetings
