#include "platform/csv/csv.hpp"

#include "kernel/text.hpp"

#include <algorithm>

namespace mandate::csv {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool plain_number(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  bool digit = false;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point && digit) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digit = true;
    } else {
      return false;
    }
  }
  return digit && text.back() != '.';
}

// Spreadsheets take these for the start of a formula, the full-width ones too.
bool begins_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 10> marks{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return text.substr(0, mark.size()) == mark; });
}

std::string_view without_apostrophes(std::string_view text) {
  const auto first = text.find_first_not_of('\'');
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

std::string restored(std::string field) {
  if (!field.empty() && field.front() == '\'' && begins_formula(without_apostrophes(field))) field.erase(0, 1);
  return field;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

Fault fault_at(int line, std::string column, std::string key, MessageArgs args = {}) {
  return refusal("csv.refused", {{line, std::move(column), std::move(key), std::move(args)}});
}

}  // namespace

std::optional<std::size_t> Sheet::column(std::string_view name) const {
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (columns[at] == name) return at;
  }
  return std::nullopt;
}

std::optional<std::size_t> Sheet::column(std::initializer_list<std::string_view> names) const {
  for (const auto name : names) {
    if (const auto at = column(name)) return at;
  }
  return std::nullopt;
}

Result<std::vector<Row>> parse(std::string_view text) {
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
  if (const auto bad = first_invalid_utf8(text)) {
    return fault_at(1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n')), "", "csv.not_utf8");
  }
  std::vector<Row> rows;
  Row row{1, {}};
  int line = 1;
  std::size_t at = 0;
  while (at < text.size()) {
    std::string value;
    if (text[at] == '"') {
      const int opened = line;
      bool closed = false;
      for (++at; at < text.size(); ++at) {
        if (text[at] == '"') {
          if (at + 1 < text.size() && text[at + 1] == '"') {
            ++at;
          } else {
            closed = true;
            ++at;
            break;
          }
        } else if (text[at] == '\n') {
          ++line;
        }
        value += text[at];
      }
      if (!closed) return fault_at(opened, "", "csv.unclosed_quote");
      if (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') return fault_at(line, "", "csv.stray_quote");
    } else {
      const auto end = std::min(text.find_first_of(",\n\r\"", at), text.size());
      if (end < text.size() && text[end] == '"') return fault_at(line, "", "csv.stray_quote");
      value.assign(text.substr(at, end - at));
      at = end;
    }
    row.fields.push_back(restored(std::move(value)));
    if (at < text.size() && text[at] == ',') {
      ++at;
      if (at < text.size()) continue;
      row.fields.emplace_back();  // the file ends with a comma: one more, empty field
    }
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size() && text[at] == '\n') ++at;
    rows.push_back(std::exchange(row, Row{++line, {}}));
  }
  return rows;
}

Result<Sheet> parse_sheet(std::string_view text) {
  MANDATE_ASSIGN(auto rows, parse(text));
  Sheet sheet;
  sheet.last_line = rows.empty() ? 1 : rows.back().line;
  std::vector<LineFault> faults;
  for (auto& row : rows) {
    if (std::all_of(row.fields.begin(), row.fields.end(), [](const std::string& f) { return trimmed(f).empty(); })) continue;
    if (sheet.columns.empty()) {
      for (const auto& name : row.fields) {
        sheet.columns.push_back(trimmed(name));
        if (!sheet.columns.back().empty() && std::count(sheet.columns.begin(), sheet.columns.end(), sheet.columns.back()) > 1) {
          faults.push_back({row.line, sheet.columns.back(), "csv.column_twice", {}});
        }
      }
    } else if (row.fields.size() != sheet.columns.size()) {
      faults.push_back({row.line, "", "csv.field_count", {{"found", std::to_string(row.fields.size())}, {"expected", std::to_string(sheet.columns.size())}}});
    } else {
      sheet.rows.push_back(std::move(row));
    }
  }
  if (sheet.columns.empty()) faults.push_back({0, "", "csv.empty", {}});
  if (!faults.empty()) return refusal("csv.refused", faults);
  return sheet;
}

std::string field(std::string_view text) {
  std::string value;
  if (begins_formula(without_apostrophes(text)) && !plain_number(text)) value += '\'';
  value += text;
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

Writer::Writer(bool with_mark) {
  if (with_mark) out_ += byte_order_mark;
}

void Writer::row(const std::vector<std::string>& fields) {
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (at > 0) out_ += ',';
    out_ += field(fields[at]);
  }
  out_ += "\r\n";
}

std::string path_of(const LineFault& fault) {
  std::string path = fault.line == 0 ? "file" : "line " + std::to_string(fault.line);
  if (!fault.column.empty()) path += ", column " + fault.column;
  return path;
}

Fault refusal(std::string key, const std::vector<LineFault>& faults, std::size_t limit) {
  Fault out = fault(FaultKind::invalid, std::move(key), {{"count", std::to_string(faults.size())}});
  for (const auto& one : faults) {
    if (out.fields.size() == limit) break;
    out.fields.push_back({path_of(one), one.key, one.args});
  }
  return out;
}

std::vector<i18n::Message> csv_messages() {
  return {
      {"csv.refused", "檔案無法讀取，共{count}處錯誤，資料未變更。", "The file cannot be read: {count} fault(s). Nothing was changed."},
      {"csv.not_utf8", "不是 UTF-8 編碼的文字。", "The text is not UTF-8."},
      {"csv.unclosed_quote", "引號沒有結尾。", "A quote is opened here and never closed."},
      {"csv.stray_quote", "欄位中間出現引號；含引號的欄位須整欄以引號括起，內部引號重複一次。", "A quote stands inside a field: quote the whole field and double the quotes within."},
      {"csv.column_twice", "標題列有重複的欄位名稱。", "The header names this column twice."},
      {"csv.field_count", "此列有{found}個欄位，標題列有{expected}個。", "The line has {found} fields where the header has {expected}."},
      {"csv.empty", "檔案沒有標題列。", "The file has no header."},
  };
}

}  // namespace mandate::csv
