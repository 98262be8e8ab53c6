// Which column of a file is which column of a record. Pure functions.
#pragma once

#include "foundation/imports/api.hpp"
#include "platform/http/json.hpp"
#include "platform/sheets/reader.hpp"

namespace mandate::imports {

// Where a column's value comes from: columns of the file (several are joined: a year and a month into a date, several texts into lines under their titles),
// and what stands there when they are empty or there is none.
struct ColumnSource {
  std::string column;               // of the record
  std::vector<int> from;            // of the file, from 0
  std::optional<std::string> otherwise;
};
BOOST_DESCRIBE_STRUCT(ColumnSource, (), (column, from, otherwise))
using Mapping = std::vector<ColumnSource>;

// The titles of the file, one a column; "" for a column without a title.
using Titles = std::vector<std::string>;

// The row of the header among the first rows: the one that names most columns of the kind, else the first with more than one cell.
std::size_t header_of(const std::vector<sheets::SourceRow>& rows, const Kind& kind);
Titles titles_of(const sheets::SourceRow& header);
Mapping match(const Titles& titles, const Kind& kind);
// Columns that do not exist, one named twice, a required one without a source: each a field fault "mapping.NAME".
Result<> check_mapping(const Mapping& mapping, std::size_t width, const Kind& kind);
// The row's values: cleaned, joined, read by their types. Faults and mends are said in the reading.
Reading read_row(const sheets::SourceRow& row, const Titles& titles, const Mapping& mapping, const Kind& kind);

// "期限" or "Due".
std::string column_title(const Kind& kind, std::string_view column, Language language);

}  // namespace mandate::imports
