// Inspection and preview in a child process of our own program, with limits on memory and time: a decoder that a file breaks takes nothing along.
#pragma once

#include "platform/files/inspect.hpp"

#include <functional>
#include <string>

namespace mandate::files {

// What the store needs; tests give their own.
struct Workshop {
  std::function<Result<Inspection>(const std::filesystem::path& file, const std::string& name, const InspectLimits&)> inspect;
  std::function<int(const std::filesystem::path& file, const std::string& type, const std::filesystem::path& folder)> preview;
};

// By `program` (mandate itself): "inspect FILE NAME LIMITS" and "preview FILE TYPE FOLDER". At most two at a time; others wait.
Workshop workshop_apart(const std::filesystem::path& program);
// In this process: what the child does, and what tests do.
Workshop workshop_here();

// The child's side: what it prints. Called by the program's main.
std::string inspect_command(const std::string& file, const std::string& name, const std::string& limits);
std::string preview_command(const std::string& file, const std::string& type, const std::string& folder);

}  // namespace mandate::files
