// The first table of an OpenDocument spreadsheet that holds anything.
#include "platform/sheets/readers.hpp"

#include <deque>

namespace mandate::sheets {
namespace {

constexpr std::int64_t repeated_rows_max = 10'000;  // of rows that hold something; empty ones cost nothing

std::string_view value_of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

std::int64_t count_of(const Attributes& attributes, std::string_view name) {
  const auto text = value_of(attributes, name);
  return text.empty() ? 1 : std::max<std::int64_t>(1, std::atoll(std::string(text).c_str()));
}

class OdsReader final : public SheetReader {
 public:
  static Result<std::unique_ptr<SheetReader>> open(Zip zip) {
    std::unique_ptr<OdsReader> reader(new OdsReader);
    auto& r = *reader;
    r.table_.format = Format::ods;
    r.zip_ = std::move(zip);
    auto entry = XmlEntry::open(
        r.zip_.get(), "content.xml", [&r](std::string_view name, const Attributes& attributes) { r.start(name, attributes); }, [&r](std::string_view name) { r.end(name); },
        [&r](std::string_view text) {
          if (r.in_text_ > 0) r.cell_.text.append(text);
        });
    if (!entry.ok()) return std::move(entry).fault();
    r.content_ = std::move(*entry);
    return std::unique_ptr<SheetReader>(std::move(reader));
  }
  const SourceTable& table() const override { return table_; }
  double progress() const override { return content_->progress(); }

  Result<bool> next(SourceRow& row) override {
    while (rows_.empty()) {
      if (ended_) return false;
      MANDATE_ASSIGN(const bool more, content_->step());
      if (fault_) return *fault_;
      if (!more) ended_ = true;
    }
    row = std::move(rows_.front());
    rows_.pop_front();
    return true;
  }

 private:
  OdsReader() = default;

  void start(std::string_view name, const Attributes& attributes) {
    if (name == "table:table") {
      if (++tables_deep_ == 1) {
        name_ = value_of(attributes, "table:name");
        number_ = 0;
        wanted_ = !found_;
      }
    } else if (!wanted_ || tables_deep_ != 1) {
      return;
    } else if (name == "table:table-row") {
      row_.cells.clear();
      row_repeat_ = count_of(attributes, "table:number-rows-repeated");
      blank_ = 0;
    } else if (name == "table:table-cell" || name == "table:covered-table-cell") {
      in_cell_ = true;
      cell_ = {};
      repeat_ = count_of(attributes, "table:number-columns-repeated");
      cell_.formula = attributes.count("table:formula") == 1;
      value_.clear();
      const auto type = value_of(attributes, "office:value-type");
      if (type == "float" || type == "percentage" || type == "currency") {
        cell_.kind = SourceKind::number;
        value_ = plain_number(std::string(value_of(attributes, "office:value")));
      } else if (type == "date") {
        cell_.kind = SourceKind::date;
        value_ = value_of(attributes, "office:date-value");
        if (value_.size() > 10 && value_[10] == 'T') {
          value_ = value_.substr(11, 8) == "00:00:00" ? value_.substr(0, 10) : value_.substr(0, 10) + " " + value_.substr(11, 5);
        }
      } else if (type == "boolean") {
        cell_.kind = SourceKind::boolean;
        value_ = value_of(attributes, "office:boolean-value");
      } else if (type == "string") {
        cell_.kind = SourceKind::text;
        value_ = value_of(attributes, "office:string-value");
      }
      if (value_of(attributes, "calcext:value-type") == "error") cell_.kind = SourceKind::error;
    } else if (in_cell_ && (name == "office:annotation" || name == "draw:frame")) {
      ++aside_;
    } else if (in_cell_ && aside_ == 0 && name == "text:p") {
      if (paragraphs_++ > 0) cell_.text += '\n';
      ++in_text_;
    } else if (in_text_ > 0 && name == "text:s") {
      cell_.text.append(static_cast<std::size_t>(std::min<std::int64_t>(1000, count_of(attributes, "text:c"))), ' ');
    } else if (in_text_ > 0 && name == "text:tab") {
      cell_.text += '\t';
    } else if (in_text_ > 0 && name == "text:line-break") {
      cell_.text += '\n';
    }
  }

  void end(std::string_view name) {
    if (name == "table:table") {
      if (--tables_deep_ == 0) wanted_ = false;
    } else if (!wanted_ || tables_deep_ != 1) {
      return;
    } else if (name == "text:p") {
      if (in_text_ > 0) --in_text_;
    } else if (name == "office:annotation" || name == "draw:frame") {
      if (aside_ > 0) --aside_;
    } else if (name == "table:table-cell" || name == "table:covered-table-cell") {
      end_cell();
    } else if (name == "table:table-row") {
      end_row();
    }
  }

  void end_cell() {
    in_cell_ = false;
    in_text_ = 0;
    paragraphs_ = 0;
    if (!value_.empty() && cell_.kind != SourceKind::error) cell_.text = value_;
    if (cell_.text.empty()) cell_.kind = SourceKind::empty;
    else if (cell_.kind == SourceKind::empty) cell_.kind = SourceKind::text;
    const std::string number = std::to_string(number_ + 1);
    if (cell_.text.size() > cell_bytes_max) return fail("sheet.cell_too_long", number);
    // A thousand empty cells at a row's end are how an empty rest is written.
    if (cell_.kind == SourceKind::empty && !cell_.formula) {
      blank_ += repeat_;
      return;
    }
    if (row_.cells.size() + static_cast<std::size_t>(std::min<std::int64_t>(blank_ + repeat_, 1 << 20)) > columns_max) return fail("sheet.too_wide", number);
    row_.cells.resize(row_.cells.size() + static_cast<std::size_t>(blank_));
    blank_ = 0;
    for (std::int64_t i = 0; i < repeat_; ++i) row_.cells.push_back(cell_);
  }

  void end_row() {
    if (!row_.cells.empty()) {
      if (!found_) {
        found_ = true;
        table_.name = name_;
      }
      for (std::int64_t i = 0; i < std::min(row_repeat_, repeated_rows_max); ++i) {
        row_.number = number_ + 1 + i;
        rows_.push_back(row_);
      }
    }
    number_ += row_repeat_;
  }

  void fail(const char* key, const std::string& number) {
    fault_ = field_fault("row " + number, key, {{"row", number}, {"max", std::to_string(columns_max)}});
    content_->stop();
  }

  SourceTable table_;
  Zip zip_;
  std::unique_ptr<XmlEntry> content_;
  std::deque<SourceRow> rows_;
  std::optional<Fault> fault_;
  bool ended_ = false;
  bool found_ = false;   // a table with something in it was met
  bool wanted_ = false;  // the table at hand is read
  int tables_deep_ = 0;
  std::string name_;
  std::int64_t number_ = 0;
  SourceRow row_;
  std::int64_t row_repeat_ = 1;
  std::int64_t blank_ = 0;
  SourceCell cell_;
  std::string value_;
  std::int64_t repeat_ = 1;
  bool in_cell_ = false;
  int in_text_ = 0;
  int aside_ = 0;
  int paragraphs_ = 0;
};

}  // namespace

Result<std::unique_ptr<SheetReader>> open_ods(Zip zip) { return OdsReader::open(std::move(zip)); }

}  // namespace mandate::sheets
