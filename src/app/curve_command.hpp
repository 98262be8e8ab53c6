// `mandate curve FILE`: the arithmetic of progress for whoever wants to check it; needs no database.
#pragma once

#include <filesystem>
#include <optional>

namespace mandate::app {

// Prints to standard output and answers the exit code; faults go to standard error.
int curve_command(const std::filesystem::path& file, std::optional<double> total, bool json);

}  // namespace mandate::app
