// Tables out of files: CSV, ODS and XLSX, row by row, memory bounded by one row (and, for XLSX, its table of shared texts).
#pragma once

#include "kernel/result.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/sheets/format.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace mandate::sheets {

enum class SourceKind { empty, text, number, date, boolean, error };

struct SourceCell {
  SourceKind kind = SourceKind::empty;
  // As a person would type it: text as it stands, 569000 or 12.5, 2023-03-07 (with the time when it has one), true or false, #DIV/0!.
  std::string text;
  bool formula = false;  // the text is the last result of a formula
};

struct SourceRow {
  std::int64_t number = 0;  // as the program that shows the file counts: the line a CSV row begins on, the row of a sheet
  std::vector<SourceCell> cells;  // without empty ones at the end
};

struct SourceTable {
  Format format = Format::csv;
  std::string encoding;   // of a CSV: UTF-8, UTF-16LE, UTF-16BE, Big5
  char separator = ',';   // of a CSV
  std::string name;       // of the sheet that is read: the first that holds anything
};

class SheetReader {
 public:
  virtual ~SheetReader() = default;
  virtual const SourceTable& table() const = 0;
  // The next row that holds anything; false at the end. A fault says where the file is broken ("row 12").
  virtual Result<bool> next(SourceRow& row) = 0;
  // How much of the file is behind, 0 to 1.
  virtual double progress() const = 0;
};

// By what the file holds, not by its name. Refused: no table at all, a broken file, an encrypted one, an encoding that is none of those above.
Result<std::unique_ptr<SheetReader>> open_sheet(const std::filesystem::path& file);

const std::vector<i18n::Message>& sheet_messages();

}  // namespace mandate::sheets
