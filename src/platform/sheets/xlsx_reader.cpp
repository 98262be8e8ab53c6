// The first sheet of an Excel workbook (Office Open XML) that holds anything.
#include "platform/sheets/readers.hpp"

#include "kernel/date.hpp"

#include <charconv>
#include <cmath>
#include <deque>
#include <set>

namespace mandate::sheets {
namespace {

std::string value_of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

// "AB12" is column 27 (from 0).
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    if (++letters > 3) return std::nullopt;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  }
  return letters == 0 ? std::nullopt : std::optional(column - 1);
}

// Whether a number format shows a date: it has a day, month or year outside of quoted text and brackets.
bool shows_date(const std::string& format) {
  bool quoted = false;
  bool bracket = false;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c == '\\') ++i;
    else if (c == '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c == '[') bracket = true;
    else if (c == ']') bracket = false;
    else if (!bracket && (c == 'y' || c == 'd' || c == 'e' || c == 'Y' || c == 'D' || c == 'm' || c == 'M')) return format.find("General") == std::string::npos;
  }
  return false;
}

bool builtin_date(int id) { return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58); }

std::string date_text(double serial, bool from_1904) {
  const double days = std::floor(serial);
  if (days < 0 || days > 2'958'465) return plain_number(std::to_string(serial));
  // Excel counts a 29 February 1900 that never was.
  const std::int64_t shift = from_1904 ? 0 : (days < 60 ? 1 : 0);
  const Date base = *Date::from_ymd(from_1904 ? 1904 : 1899, from_1904 ? 1 : 12, from_1904 ? 1 : 30);
  std::string text = base.plus_days(static_cast<std::int64_t>(days) + shift).iso();
  const auto minutes = static_cast<int>(std::lround((serial - days) * 24 * 60));
  if (minutes > 0 && minutes < 24 * 60) text += fmt::format(" {:02}:{:02}", minutes / 60, minutes % 60);
  return text;
}

class XlsxReader final : public SheetReader {
 public:
  static Result<std::unique_ptr<SheetReader>> open(Zip zip) {
    std::unique_ptr<XlsxReader> reader(new XlsxReader);
    reader->table_.format = Format::xlsx;
    reader->zip_ = std::move(zip);
    MANDATE_TRY(reader->read_workbook());
    MANDATE_TRY(reader->read_styles());
    MANDATE_TRY(reader->read_shared_texts());
    MANDATE_TRY(reader->open_sheet(0));
    return std::unique_ptr<SheetReader>(std::move(reader));
  }
  const SourceTable& table() const override { return table_; }
  double progress() const override { return sheet_ ? sheet_->progress() : 1; }

  Result<bool> next(SourceRow& row) override {
    while (rows_.empty()) {
      if (!sheet_) return false;
      MANDATE_ASSIGN(const bool more, sheet_->step());
      if (fault_) return *fault_;
      if (more || !rows_.empty()) continue;
      // A first sheet without anything is passed over.
      if (!found_ && at_sheet_ + 1 < sheets_.size()) {
        MANDATE_TRY(open_sheet(at_sheet_ + 1));
      } else {
        sheet_.reset();
      }
    }
    row = std::move(rows_.front());
    rows_.pop_front();
    return true;
  }

 private:
  struct Sheet {
    std::string name;
    std::string entry;
  };
  XlsxReader() = default;

  static void nothing(std::string_view) {}

  Result<> read_workbook() {
    std::map<std::string, std::string> targets;
    MANDATE_ASSIGN(const auto relations, XmlEntry::open(zip_.get(), "xl/_rels/workbook.xml.rels",
                                                        [&](std::string_view name, const Attributes& a) {
                                                          if (name == "Relationship") targets[value_of(a, "Id")] = value_of(a, "Target");
                                                        },
                                                        nothing, nothing));
    MANDATE_TRY(relations->finish());
    MANDATE_ASSIGN(const auto book, XmlEntry::open(zip_.get(), "xl/workbook.xml",
                                                   [&](std::string_view name, const Attributes& a) {
                                                     if (name == "sheet") {
                                                       auto target = targets[value_of(a, "r:id")];
                                                       if (!target.empty()) sheets_.push_back({value_of(a, "name"), target[0] == '/' ? target.substr(1) : "xl/" + target});
                                                     } else if (name == "workbookPr") {
                                                       const auto flag = value_of(a, "date1904");
                                                       from_1904_ = flag == "1" || flag == "true";
                                                     }
                                                   },
                                                   nothing, nothing));
    MANDATE_TRY(book->finish());
    if (sheets_.empty()) return field_fault("file", "sheet.no_rows");
    return done();
  }

  Result<> read_styles() {
    if (!has_entry(zip_.get(), "xl/styles.xml")) return done();
    std::set<int> dates;
    bool cells = false;
    MANDATE_ASSIGN(const auto styles, XmlEntry::open(zip_.get(), "xl/styles.xml",
                                                     [&](std::string_view name, const Attributes& a) {
                                                       if (name == "numFmt") {
                                                         if (shows_date(value_of(a, "formatCode"))) dates.insert(std::atoi(value_of(a, "numFmtId").c_str()));
                                                       } else if (name == "cellXfs") {
                                                         cells = true;
                                                       } else if (name == "xf" && cells) {
                                                         const int id = std::atoi(value_of(a, "numFmtId").c_str());
                                                         date_styles_.push_back(builtin_date(id) || dates.count(id) == 1);
                                                       }
                                                     },
                                                     [&](std::string_view name) {
                                                       if (name == "cellXfs") cells = false;
                                                     },
                                                     nothing));
    return styles->finish();
  }

  Result<> read_shared_texts() {
    if (!has_entry(zip_.get(), "xl/sharedStrings.xml")) return done();
    bool text = false;
    int phonetic = 0;
    MANDATE_ASSIGN(const auto shared, XmlEntry::open(zip_.get(), "xl/sharedStrings.xml",
                                                     [&](std::string_view name, const Attributes&) {
                                                       if (name == "si") shared_.emplace_back();
                                                       if (name == "rPh") ++phonetic;
                                                       if (name == "t") text = true;
                                                     },
                                                     [&](std::string_view name) {
                                                       if (name == "t") text = false;
                                                       if (name == "rPh") --phonetic;
                                                     },
                                                     [&](std::string_view piece) {
                                                       if (text && phonetic == 0 && !shared_.empty() && shared_.back().size() < cell_bytes_max) shared_.back().append(piece);
                                                     }));
    return shared->finish();
  }

  Result<> open_sheet(std::size_t index) {
    at_sheet_ = index;
    number_ = 0;
    auto entry = XmlEntry::open(
        zip_.get(), sheets_[index].entry, [this](std::string_view name, const Attributes& a) { start(name, a); }, [this](std::string_view name) { end(name); },
        [this](std::string_view text) {
          if (in_value_) value_.append(text);
        });
    if (!entry.ok()) return std::move(entry).fault();
    sheet_ = std::move(*entry);
    return done();
  }

  void start(std::string_view name, const Attributes& a) {
    if (name == "row") {
      row_.cells.clear();
      const auto number = std::atoll(value_of(a, "r").c_str());
      number_ = number > 0 ? number : number_ + 1;
    } else if (name == "c") {
      type_ = value_of(a, "t");
      style_ = static_cast<std::size_t>(std::max(0, std::atoi(value_of(a, "s").c_str())));
      column_ = column_of(value_of(a, "r"));
      value_.clear();
      formula_ = false;
    } else if (name == "f") {
      formula_ = true;
    } else if (name == "v" || (name == "t" && type_ == "inlineStr")) {
      in_value_ = true;
    }
  }

  void end(std::string_view name) {
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "c") end_cell();
    if (name == "row") end_row();
  }

  void end_cell() {
    SourceCell cell;
    cell.formula = formula_;
    if (type_ == "s") {
      const auto index = static_cast<std::size_t>(std::atoll(value_.c_str()));
      cell.kind = SourceKind::text;
      if (!value_.empty() && index < shared_.size()) cell.text = shared_[index];
    } else if (type_ == "str" || type_ == "inlineStr") {
      cell.kind = SourceKind::text;
      cell.text = value_;
    } else if (type_ == "b") {
      cell.kind = SourceKind::boolean;
      cell.text = value_ == "1" ? "true" : "false";
    } else if (type_ == "e") {
      cell.kind = SourceKind::error;
      cell.text = value_;
    } else if (type_ == "d") {
      cell.kind = SourceKind::date;
      cell.text = value_.substr(0, 10);
    } else if (!value_.empty()) {
      double number = 0;
      const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
      const bool whole = error == std::errc() && end == value_.data() + value_.size();
      const bool date = whole && style_ < date_styles_.size() && date_styles_[style_];
      cell.kind = date ? SourceKind::date : SourceKind::number;
      cell.text = date ? date_text(number, from_1904_) : plain_number(value_);
    }
    if (cell.text.empty()) cell.kind = SourceKind::empty;
    if (cell.kind == SourceKind::empty && !cell.formula) return;
    const auto column = column_.value_or(row_.cells.size());
    const std::string number = std::to_string(number_);
    if (column >= columns_max) return fail("sheet.too_wide", number);
    if (cell.text.size() > cell_bytes_max) return fail("sheet.cell_too_long", number);
    if (column >= row_.cells.size()) row_.cells.resize(column + 1);
    row_.cells[column] = std::move(cell);
  }

  void end_row() {
    if (row_.cells.empty()) return;
    if (!found_) table_.name = sheets_[at_sheet_].name;
    found_ = true;
    row_.number = number_;
    rows_.push_back(std::move(row_));
    row_ = {};
  }

  void fail(const char* key, const std::string& number) {
    fault_ = field_fault("row " + number, key, {{"row", number}, {"max", std::to_string(columns_max)}});
    sheet_->stop();
  }

  SourceTable table_;
  Zip zip_;
  std::vector<Sheet> sheets_;
  std::size_t at_sheet_ = 0;
  bool from_1904_ = false;
  std::vector<bool> date_styles_;
  std::vector<std::string> shared_;
  std::unique_ptr<XmlEntry> sheet_;
  std::deque<SourceRow> rows_;
  std::optional<Fault> fault_;
  bool found_ = false;
  std::int64_t number_ = 0;
  SourceRow row_;
  std::string type_;
  std::size_t style_ = 0;
  std::optional<std::size_t> column_;
  std::string value_;
  bool in_value_ = false;
  bool formula_ = false;
};

}  // namespace

Result<std::unique_ptr<SheetReader>> open_xlsx(Zip zip) { return XlsxReader::open(std::move(zip)); }

}  // namespace mandate::sheets
