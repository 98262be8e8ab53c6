// The readers by format; open_sheet chooses.
#pragma once

#include "platform/sheets/reader.hpp"
#include "platform/sheets/xml_entry.hpp"

namespace mandate::sheets {

Result<std::unique_ptr<SheetReader>> open_csv(const std::filesystem::path& file);
Result<std::unique_ptr<SheetReader>> open_ods(Zip zip);
Result<std::unique_ptr<SheetReader>> open_xlsx(Zip zip);

void drop_empty_end(SourceRow& row);
// A number as office files hold it ("569000.0", "1.25E-2") in the shortest form that means the same; the text itself when it is none.
std::string plain_number(const std::string& text);

}  // namespace mandate::sheets
