// The text of an office document, as lines.
#pragma once

#include "kernel/result.hpp"
#include "platform/i18n/messages.hpp"

#include <filesystem>
#include <string>

namespace mandate::documents {

// Of an ODT or DOCX, told by its content. Refused: anything else, a broken or encrypted file, more text than 20 MB.
Result<std::string> document_text(const std::filesystem::path& file);

// The n-th number of a list (from 1) in a format of ODF ("一, 二, 三, ...", "1", "A") or of Word ("taiwaneseCountingThousand", "decimal"); "" for bullets.
std::string list_number(const std::string& format, int n);

const std::vector<i18n::Message>& document_messages();

}  // namespace mandate::documents
