// A file read in pieces at given places: what the inspectors share.
#pragma once

#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace mandate::files {

class Bytes {
 public:
  explicit Bytes(const std::filesystem::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat facts {};
    if (file_ >= 0 && ::fstat(file_, &facts) == 0) size_ = static_cast<std::uint64_t>(facts.st_size);
  }
  ~Bytes() {
    if (file_ >= 0) ::close(file_);
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  bool open() const { return file_ >= 0; }
  std::uint64_t size() const { return size_; }
  // At most `length` bytes; fewer at the end.
  std::string read(std::uint64_t at, std::size_t length) const {
    if (at >= size_) return {};
    std::string out(static_cast<std::size_t>(std::min<std::uint64_t>(length, size_ - at)), '\0');
    std::size_t done = 0;
    while (done < out.size()) {
      const auto n = ::pread(file_, out.data() + done, out.size() - done, static_cast<off_t>(at + done));
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    out.resize(done);
    return out;
  }
  // One byte, from a window that moves along: for readers that go forward.
  int byte(std::uint64_t at) {
    if (at < window_at_ || at >= window_at_ + window_.size()) {
      window_ = read(at, 64 * 1024);
      window_at_ = at;
      if (window_.empty()) return -1;
    }
    return static_cast<unsigned char>(window_[static_cast<std::size_t>(at - window_at_)]);
  }

 private:
  int file_;
  std::uint64_t size_ = 0;
  std::string window_;
  std::uint64_t window_at_ = 0;
};

inline std::uint32_t big16(std::string_view b, std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(b[at]) << 8 | static_cast<unsigned char>(b[at + 1])); }
inline std::uint32_t big32(std::string_view b, std::size_t at) { return big16(b, at) << 16 | big16(b, at + 2); }
inline std::uint32_t little16(std::string_view b, std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(b[at]) | static_cast<unsigned char>(b[at + 1]) << 8); }
inline std::uint32_t little32(std::string_view b, std::size_t at) { return little16(b, at) | little16(b, at + 2) << 16; }

}  // namespace mandate::files
