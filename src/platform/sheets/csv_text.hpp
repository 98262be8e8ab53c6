// A table in any of the formats as the text of a CSV, for what reads a whole CSV at once.
#pragma once

#include "kernel/result.hpp"

#include <filesystem>
#include <string>

namespace mandate::sheets {

constexpr std::size_t csv_text_max = std::size_t{20} << 20;

// UTF-8 without a mark, dates in ISO form. Every row is as wide as the first one that holds anything, which is the header of what such files hold.
// Refused: what open_sheet refuses, and more than 20 MB.
Result<std::string> csv_text(const std::filesystem::path& file);

}  // namespace mandate::sheets
