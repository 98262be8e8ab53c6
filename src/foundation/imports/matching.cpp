#include "foundation/imports/matching.hpp"

#include "foundation/imports/cells.hpp"
#include "kernel/text.hpp"
#include "platform/i18n/messages.hpp"

#include <set>

namespace mandate::imports {
namespace {

// Titles are compared without spaces, signs and width.
std::string plain(std::string_view title) {
  std::u32string out;
  for (const char32_t c : to_utf32(fold(title))) {
    const bool sign = c <= 0x20 || c == U'_' || c == U'-' || c == U'(' || c == U')' || c == U':' || c == U'*' || c == 0x3000;
    if (!sign) out += c;
  }
  return to_utf8(out);
}

std::map<std::string, std::string> names_of(const Kind& kind) {
  std::map<std::string, std::string> names;
  for (const auto& column : kind.columns) {
    names.emplace(plain(column.name), column.name);
    for (const auto language : {Language::zh_tw, Language::en}) names.emplace(plain(column_title(kind, column.name, language)), column.name);
    for (const auto& title : column.titles) names.emplace(plain(title), column.name);
  }
  return names;
}

const ColumnSpec* find_column(const Kind& kind, std::string_view name) {
  for (const auto& column : kind.columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

}  // namespace

std::string column_title(const Kind& kind, std::string_view column, Language language) { return i18n::text("import." + kind.name + "." + std::string(column), language); }

std::size_t header_of(const std::vector<sheets::SourceRow>& rows, const Kind& kind) {
  const auto names = names_of(kind);
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t known = 0;
    for (const auto& cell : rows[i].cells) known += names.count(plain(cell.text));
    if (known > most) {
      best = i;
      most = known;
    }
  }
  if (most > 0) return best;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (std::count_if(rows[i].cells.begin(), rows[i].cells.end(), [](const auto& cell) { return !cell.text.empty(); }) > 1) return i;
  }
  return 0;
}

Titles titles_of(const sheets::SourceRow& header) {
  Titles out;
  for (const auto& cell : header.cells) {
    Reading unheard;
    out.push_back(cleaned(cell, false, "", unheard));
  }
  return out;
}

Mapping match(const Titles& titles, const Kind& kind) {
  const auto names = names_of(kind);
  Mapping mapping;
  std::set<std::string> used;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const auto found = names.find(plain(titles[i]));
    if (titles[i].empty() || found == names.end() || !used.insert(found->second).second) continue;
    mapping.push_back({found->second, {static_cast<int>(i)}, std::nullopt});
  }
  return mapping;
}

Result<> check_mapping(const Mapping& mapping, std::size_t width, const Kind& kind) {
  Fault faults = fault(FaultKind::invalid, "input.invalid");
  std::set<std::string> named;
  for (const auto& source : mapping) {
    const std::string path = "mapping." + source.column;
    if (find_column(kind, source.column) == nullptr) faults.fields.push_back({path, "import.no_column", {}});
    else if (!named.insert(source.column).second) faults.fields.push_back({path, "import.column_twice", {}});
    if (source.from.empty() && !source.otherwise) faults.fields.push_back({path, "import.no_source", {}});
    if (source.from.size() > 20) faults.fields.push_back({path, "import.no_source", {}});
    for (const int at : source.from) {
      if (at < 0 || static_cast<std::size_t>(at) >= width) faults.fields.push_back({path, "import.no_file_column", {{"column", std::to_string(at + 1)}}});
    }
  }
  for (const auto& column : kind.columns) {
    if (column.required && named.count(column.name) == 0) faults.fields.push_back({"mapping." + column.name, "import.column_missing", {{"column", column_title(kind, column.name, Language::zh_tw)}}});
  }
  if (faults.fields.empty()) return done();
  return faults;
}

namespace {

// What the file's columns say together, for a column of this type.
std::string joined(const sheets::SourceRow& row, const Titles& titles, const ColumnSource& source, const ColumnSpec& column, Reading& reading) {
  std::vector<std::pair<std::string, std::string>> parts;
  for (const int at : source.from) {
    const auto index = static_cast<std::size_t>(at);
    if (index >= row.cells.size()) continue;
    auto text = cleaned(row.cells[index], column.type == ColumnType::text, column.name, reading);
    if (!text.empty()) parts.emplace_back(index < titles.size() ? titles[index] : "", std::move(text));
  }
  if (source.from.size() <= 1) return parts.empty() ? "" : parts[0].second;
  std::string out;
  for (const auto& [title, text] : parts) {
    switch (column.type) {
      case ColumnType::text: out += (out.empty() ? "" : "\n") + (title.empty() ? text : title + "：" + text); break;
      case ColumnType::date:
      case ColumnType::period_end: out += (out.empty() ? "" : "/") + text; break;
      default: out += (out.empty() ? "" : " ") + text;
    }
  }
  return out;
}

void read_value(std::string text, const ColumnSpec& column, Reading& reading) {
  switch (column.type) {
    case ColumnType::date:
    case ColumnType::period_end: {
      const auto read = read_date(text, column.type == ColumnType::period_end);
      if (!read) return reading.refuse(column.name, "import.not_a_date", {{"text", truncate_cjk(text, 40)}});
      if (read->mended) reading.mend(column.name, "import.mended.period_end", {{"text", truncate_cjk(text, 40)}, {"date", read->on.iso()}});
      reading.values[column.name] = read->on.iso();
      return;
    }
    case ColumnType::integer: {
      const auto read = read_integer(text);
      if (!read) return reading.refuse(column.name, "import.not_a_number", {{"text", truncate_cjk(text, 40)}});
      reading.values[column.name] = std::to_string(*read);
      return;
    }
    case ColumnType::choice: {
      const auto word = fold(text);
      for (const auto& choice : column.choices) {
        if (fold(choice.value) == word || std::any_of(choice.words.begin(), choice.words.end(), [&](const auto& one) { return fold(one) == word; })) {
          reading.values[column.name] = choice.value;
          return;
        }
      }
      std::string choices;
      for (const auto& choice : column.choices) choices += (choices.empty() ? "" : "、") + (choice.words.empty() ? choice.value : choice.words.front());
      return reading.refuse(column.name, "import.not_a_choice", {{"text", truncate_cjk(text, 40)}, {"choices", choices}});
    }
    default: reading.values[column.name] = std::move(text);
  }
}

}  // namespace

Reading read_row(const sheets::SourceRow& row, const Titles& titles, const Mapping& mapping, const Kind& kind) {
  Reading reading;
  for (const auto& source : mapping) {
    const auto* column = find_column(kind, source.column);
    if (column == nullptr) continue;
    auto text = joined(row, titles, source, *column, reading);
    if (text.empty() && source.otherwise && !source.otherwise->empty()) {
      text = *source.otherwise;
      if (!source.from.empty()) reading.mend(column->name, "import.mended.otherwise", {{"text", truncate_cjk(text, 40)}});
    }
    if (!text.empty()) read_value(std::move(text), *column, reading);
  }
  for (const auto& column : kind.columns) {
    const bool said = std::any_of(reading.refusals.begin(), reading.refusals.end(), [&](const auto& one) { return one.column == column.name; });
    if (column.required && reading.text(column.name).empty() && !said) reading.refuse(column.name, "import.empty");
  }
  return reading;
}

}  // namespace mandate::imports
