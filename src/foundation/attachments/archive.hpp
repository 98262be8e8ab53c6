// All attachments of a record as one ZIP that is never built: its heads are made in memory, the files are read while they are sent.
#pragma once

#include "kernel/date.hpp"
#include "platform/http/streams.hpp"

#include <string>
#include <vector>

namespace mandate::attachments {

struct ArchiveEntry {
  std::string name;
  std::filesystem::path path;
  std::int64_t size = 0;
  std::int64_t crc32 = 0;
  Instant at;
};

// Names that are the same but for their case are told apart: "a.pdf", "a (2).pdf".
std::vector<std::string> distinct_names(const std::vector<std::string>& names);
// Stored, not compressed (most attachments are compressed already). Below 4 GB in all, which a record's limit sees to.
std::vector<http::BodyPart> archive_parts(const std::vector<ArchiveEntry>& entries);

}  // namespace mandate::attachments
