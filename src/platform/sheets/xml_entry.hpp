// One XML file within a ZIP archive, parsed while it is unpacked.
#pragma once

#include "kernel/result.hpp"

#include <expat.h>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <zip.h>

namespace mandate::sheets {

constexpr std::size_t columns_max = 1'000;
constexpr std::size_t cell_bytes_max = 1 << 20;

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;
Zip open_zip(const std::filesystem::path& file);  // null: no archive
bool has_entry(zip_t* zip, const std::string& name);

using Attributes = std::map<std::string, std::string, std::less<>>;

// Names come with the prefixes that office programs write ("table:table-row"), which no program in use changes.
class XmlEntry {
 public:
  using Start = std::function<void(std::string_view name, const Attributes& attributes)>;
  using End = std::function<void(std::string_view name)>;
  using Text = std::function<void(std::string_view text)>;

  // A fault when the archive has no such entry.
  static Result<std::unique_ptr<XmlEntry>> open(zip_t* zip, const std::string& name, Start start, End end, Text text);
  ~XmlEntry();
  XmlEntry(const XmlEntry&) = delete;
  XmlEntry& operator=(const XmlEntry&) = delete;

  // Parses some more; false when the entry has ended.
  Result<bool> step();
  Result<> finish();  // all that is left
  double progress() const { return size_ == 0 ? 1 : static_cast<double>(read_) / static_cast<double>(size_); }
  void stop();  // from a handler: what follows is not wanted

 private:
  XmlEntry() = default;
  Start start_;
  End end_;
  Text text_;
  zip_file_t* entry_ = nullptr;
  XML_Parser parser_ = nullptr;
  std::uint64_t size_ = 0;
  std::uint64_t packed_ = 0;
  std::uint64_t read_ = 0;
  bool ended_ = false;
  bool forbidden_ = false;
  std::size_t depth_ = 0;
};

Fault broken_sheet();

}  // namespace mandate::sheets
