// ZIP archives and office documents, which are ZIP inside: everything is unpacked once into nowhere, so that a size that was lied about is seen.
#include "platform/files/inspectors.hpp"
#include "platform/files/names.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <zip.h>

namespace mandate::files {
namespace {

constexpr std::uint64_t inner_bytes_max = std::uint64_t{128} << 20;  // an archive within an archive is held in memory while it is looked into
constexpr std::uint64_t ratio_from_bytes = 1 << 20;                  // a small entry of one letter repeated harms nobody

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

struct Walk {
  const InspectLimits& limits;
  std::uint64_t unpacked = 0;
  std::int64_t entries = 0;
};

Fault bomb(const InspectLimits& limits) {
  return refused("file.archive_bomb", {{"megabytes", std::to_string(limits.archive_megabytes_max)}, {"entries", std::to_string(limits.archive_entries_max)}, {"ratio", std::to_string(limits.archive_ratio_max)}});
}

bool begins(std::string_view text, std::string_view mark) { return text.substr(0, mark.size()) == mark; }

bool holds(const std::set<std::string>& names, const char* name) { return names.count(name) == 1; }

// What office programs call a macro's place, in any of their formats.
bool macro_entry(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower.find("vbaproject") != std::string::npos || lower.find("vbadata") != std::string::npos || lower.find("/macrosheets/") != std::string::npos;
}

std::string office_type(const std::set<std::string>& names, const std::string& mimetype) {
  if (begins(mimetype, "application/vnd.oasis.opendocument.")) return mimetype;
  if (!holds(names, "[Content_Types].xml")) return "application/zip";
  const std::string base = "application/vnd.openxmlformats-officedocument.";
  if (holds(names, "word/document.xml")) return base + "wordprocessingml.document";
  if (holds(names, "xl/workbook.xml")) return base + "spreadsheetml.sheet";
  if (holds(names, "ppt/presentation.xml")) return base + "presentationml.presentation";
  return "application/zip";
}

Result<std::string> walk(zip_t* zip, std::uint64_t packed_size, int level, Walk& w);

Result<> walk_inner(std::string content, int level, Walk& w) {
  zip_error_t error;
  zip_error_init(&error);
  const auto size = content.size();
  zip_source_t* source = zip_source_buffer_create(content.data(), size, 0, &error);
  Zip inner(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
  if (!inner) {
    if (source != nullptr) zip_source_free(source);
    return broken_file();
  }
  MANDATE_TRY(walk(inner.get(), size, level, w));
  return done();
}

// The archive's type, when all of it is harmless.
Result<std::string> walk(zip_t* zip, std::uint64_t packed_size, int level, Walk& w) {
  if (level > w.limits.archive_levels_max) return refused("file.archive_levels", {{"max", std::to_string(w.limits.archive_levels_max)}});
  const auto count = zip_get_num_entries(zip, 0);
  std::set<std::string> names;
  std::string mimetype;
  std::string content_types;
  std::uint64_t packed = 0;
  bool basic = false;
  for (zip_int64_t i = 0; i < count; ++i) {
    if (++w.entries > w.limits.archive_entries_max) return bomb(w.limits);
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW, &facts) != 0 || (facts.valid & ZIP_STAT_NAME) == 0) return broken_file();
    const std::string name = facts.name;
    if (!safe_entry_name(name)) return refused("file.archive_names");
    if (!names.insert(name).second) return refused("file.archive_names");
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE) return refused("file.encrypted");
    if (macro_entry(name)) return refused("file.macros");
    basic = basic || begins(name, "Basic/") || begins(name, "Scripts/");
    if (name.back() == '/') continue;
    packed += facts.comp_size;
    // Entries that share their packed bytes unpack to many times the archive.
    if (packed > packed_size) return bomb(w.limits);
    std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0));
    if (!entry) return broken_file();
    char piece[32 * 1024];
    std::uint64_t size = 0;
    std::string kept;
    bool keep = name == "mimetype" || name == "[Content_Types].xml";
    bool inner = false;
    while (true) {
      const auto n = zip_fread(entry.get(), piece, sizeof piece);
      if (n < 0) return broken_file();
      if (n == 0) break;
      const std::string_view part(piece, static_cast<std::size_t>(n));
      if (size == 0) {
        inner = begins(part, "PK\x03\x04") || begins(part, "PK\x05\x06");
        for (const std::string_view mark : {std::string_view("7z\xbc\xaf\x27\x1c"), std::string_view("Rar!\x1a"), std::string_view("\x1f\x8b\x08"), std::string_view("\xfd" "7zXZ"), std::string_view("BZh"), std::string_view("MSCF")}) {
          if (begins(part, mark)) return refused("file.archive_inside");
        }
        if (begins(part, "MZ") || begins(part, "\x7f" "ELF")) return refused("file.program_inside");
      }
      size += part.size();
      w.unpacked += part.size();
      if (w.unpacked > static_cast<std::uint64_t>(w.limits.archive_megabytes_max) << 20) return bomb(w.limits);
      if (size > ratio_from_bytes && size / std::max<std::uint64_t>(facts.comp_size, 1) > static_cast<std::uint64_t>(w.limits.archive_ratio_max)) return bomb(w.limits);
      if ((inner && kept.size() < inner_bytes_max) || (keep && kept.size() < (1 << 20))) kept += part;
      if (inner && size > inner_bytes_max) return bomb(w.limits);
    }
    if ((facts.valid & ZIP_STAT_SIZE) != 0 && facts.size != size) return broken_file();
    if (i == 0 && name == "mimetype") mimetype = kept;
    if (name == "[Content_Types].xml") content_types = kept;
    if (inner) MANDATE_TRY(walk_inner(std::move(kept), level + 1, w));
  }
  const auto type = office_type(names, mimetype);
  if (type != "application/zip" && (basic || content_types.find("macroEnabled") != std::string::npos)) return refused("file.macros");
  return type;
}

}  // namespace

Result<Inspection> inspect_archive(const std::filesystem::path& path, Bytes& bytes, const InspectLimits& limits) {
  if (bytes.read(0, 4) != "PK\x03\x04") return polyglot();  // an archive that hides behind something else, or an empty one
  int error = 0;
  Zip zip(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error));
  if (!zip) {
    // Consistency and readability apart: what opens without the check lies somewhere.
    return broken_file();
  }
  Walk w{limits};
  MANDATE_ASSIGN(auto type, walk(zip.get(), bytes.size(), 1, w));
  return Inspection{std::move(type), 0, 0, 0};
}

}  // namespace mandate::files
