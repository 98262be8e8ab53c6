// What stands in a cell, as people write it, into what a record keeps. Pure functions.
#pragma once

#include "foundation/imports/api.hpp"
#include "platform/sheets/reader.hpp"

namespace mandate::imports {

// The cell as one line (or, with `lines`, as text of several): without spaces around it, invisible signs and carriage returns. Says what it mended; refuses
// what nobody can read: signs of a broken encoding, errors of a formula, a formula without a result.
std::string cleaned(const sheets::SourceCell& cell, bool lines, const std::string& column, Reading& row);

struct ReadDate {
  Date on;
  bool mended = false;  // the end of a period, or a form that had to be guessed
};
// A day in any of the usual forms: ISO, 112/3/7, 112年3月7日, 1120307, 2023/3/7, 20230307, with full-width signs. With `period_end` also a period, whose last
// day it is: 112/3/1至112/3/31, 112/3/1~3/31, 112年3月, 112, 112年度, 2023/03.
std::optional<ReadDate> read_date(std::string_view text, bool period_end);

// "1,234", "1234.0", "１２３", "$1,234元"; none for anything with a fraction.
std::optional<std::int64_t> read_integer(std::string_view text);

}  // namespace mandate::imports
