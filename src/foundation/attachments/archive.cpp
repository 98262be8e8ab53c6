#include "foundation/attachments/archive.hpp"

#include "kernel/text.hpp"

#include <set>

namespace mandate::attachments {
namespace {

constexpr std::uint32_t utf8_name = 0x0800;
constexpr std::uint32_t version = 20;

void put2(std::string& out, std::uint32_t n) {
  out += static_cast<char>(n & 0xff);
  out += static_cast<char>(n >> 8 & 0xff);
}
void put4(std::string& out, std::uint64_t n) {
  put2(out, static_cast<std::uint32_t>(n & 0xffff));
  put2(out, static_cast<std::uint32_t>(n >> 16 & 0xffff));
}

// MS-DOS time, two bytes and two bytes, in Taipei's time.
std::uint32_t dos_time(Instant at) {
  const auto on = taipei_date(at);
  const std::int64_t seconds = (at.micros / 1'000'000 + taipei_offset_seconds) % 86'400;
  return static_cast<std::uint32_t>((on.year() - 1980) << 25 | on.month() << 21 | on.day() << 16) | static_cast<std::uint32_t>(seconds / 3600 << 11 | seconds / 60 % 60 << 5 | seconds % 60 / 2);
}

// What a local head and the directory's entry share.
std::string common(const ArchiveEntry& entry, const std::string& name) {
  std::string out;
  put2(out, version);
  put2(out, utf8_name);
  put2(out, 0);  // stored
  put4(out, dos_time(entry.at));
  put4(out, static_cast<std::uint64_t>(entry.crc32));
  put4(out, static_cast<std::uint64_t>(entry.size));
  put4(out, static_cast<std::uint64_t>(entry.size));
  put2(out, static_cast<std::uint32_t>(name.size()));
  put2(out, 0);
  return out;
}

}  // namespace

std::vector<std::string> distinct_names(const std::vector<std::string>& names) {
  std::set<std::string> used;
  std::vector<std::string> out;
  for (const auto& name : names) {
    auto one = name;
    const auto dot = std::min(name.rfind('.'), name.size());
    for (int n = 2; !used.insert(fold(one)).second; ++n) one = name.substr(0, dot) + " (" + std::to_string(n) + ")" + name.substr(dot);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<http::BodyPart> archive_parts(const std::vector<ArchiveEntry>& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  names = distinct_names(names);
  std::vector<http::BodyPart> parts;
  std::string directory;
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto shared = common(entries[i], names[i]);
    std::string head = "PK\x03\x04" + shared + names[i];
    directory += "PK\x01\x02";
    put2(directory, version);
    directory += shared;
    put2(directory, 0);  // comment
    put2(directory, 0);  // disk
    put2(directory, 0);
    put4(directory, 0);
    put4(directory, at);
    directory += names[i];
    at += head.size() + static_cast<std::uint64_t>(entries[i].size);
    parts.push_back({std::move(head), std::nullopt});
    parts.push_back({"", http::FileBody{entries[i].path, 0, static_cast<std::uint64_t>(entries[i].size)}});
  }
  const auto length = directory.size();
  directory += "PK\x05\x06";
  put4(directory, 0);
  put2(directory, static_cast<std::uint32_t>(entries.size()));
  put2(directory, static_cast<std::uint32_t>(entries.size()));
  put4(directory, length);
  put4(directory, at);
  put2(directory, 0);
  parts.push_back({std::move(directory), std::nullopt});
  return parts;
}

}  // namespace mandate::attachments
