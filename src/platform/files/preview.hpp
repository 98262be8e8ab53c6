// Pictures to look at, made of a file: pixels alone, whatever the original carried along. Runs in a process of its own (see apart.hpp).
#pragma once

#include <filesystem>
#include <string>

namespace mandate::files {

constexpr int preview_side = 1600;    // pixels of the longer side
constexpr int thumbnail_side = 320;   // shown at up to 160, on dense screens twice that
constexpr int preview_pages_max = 10;

// Whether files of this type have a preview at all.
bool has_preview(const std::string& type);
// Writes 1.jpg, 2.jpg ... and thumbnail.jpg into `folder`, which exists; returns the number of pages, 0 when the file cannot be shown.
int make_preview(const std::filesystem::path& file, const std::string& type, const std::filesystem::path& folder);

}  // namespace mandate::files
