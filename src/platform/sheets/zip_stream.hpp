// A ZIP archive written from front to back while its entries are made: nothing is kept but the directory, so it can go straight to a connection.
// Sizes stand behind each entry (data descriptors) and in the directory, from where office programs read them; ZIP64 where four gigabytes do not suffice.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::sheets {

using Sink = std::function<void(std::string_view)>;

class ZipStream {
 public:
  explicit ZipStream(Sink sink);
  ~ZipStream();
  ZipStream(const ZipStream&) = delete;
  ZipStream& operator=(const ZipStream&) = delete;

  // Uncompressed and whole: the "mimetype" by which ODF is known.
  void store(const std::string& name, std::string_view content);
  void begin(const std::string& name);
  void write(std::string_view piece);
  void end();
  void add(const std::string& name, std::string_view content);
  void finish();

 private:
  struct Entry {
    std::string name;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t at = 0;
    bool deflated = false;
  };
  struct Deflater;
  void out(std::string_view bytes);
  void head(const Entry& entry);

  Sink sink_;
  std::unique_ptr<Deflater> deflater_;
  std::vector<Entry> entries_;
  std::uint64_t at_ = 0;
};

}  // namespace mandate::sheets
