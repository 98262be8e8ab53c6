// What an uploaded file is, told by its content, and whether it may stay. Reads pieces of the file only; runs in a process of its own (see apart.hpp).
#pragma once

#include "kernel/result.hpp"

#include <boost/describe.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::files {

struct InspectLimits {
  std::int64_t megapixels_max = 100;
  std::int64_t pages_max = 2000;
  std::int64_t archive_levels_max = 2;  // an archive within an archive is the second
  std::int64_t archive_entries_max = 10'000;
  std::int64_t archive_megabytes_max = 1024;  // unpacked, all levels together
  std::int64_t archive_ratio_max = 200;       // of one entry, unpacked to packed
};
BOOST_DESCRIBE_STRUCT(InspectLimits, (), (megapixels_max, pages_max, archive_levels_max, archive_entries_max, archive_megabytes_max, archive_ratio_max))

struct Inspection {
  std::string type;  // MIME
  std::int64_t width = 0, height = 0;
  std::int64_t pages = 0;  // of PDF and TIFF
};
BOOST_DESCRIBE_STRUCT(Inspection, (), (type, width, height, pages))

// The extensions that are taken, for hints on screens: "pdf", "odt" ...
const std::vector<std::string>& taken_extensions();
// A fault names the reason and what to do.
Result<Inspection> inspect(const std::filesystem::path& path, std::string_view name, const InspectLimits& limits);

}  // namespace mandate::files
