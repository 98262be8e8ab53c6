// An upload's body as a file on disk that is taken away again unless somebody keeps it.
#pragma once

#include "platform/http/streams.hpp"

#include <fstream>

namespace mandate::http {

class FileSink : public BodySink {
 public:
  FileSink(std::filesystem::path path, std::int64_t bytes_max) : path_(std::move(path)), bytes_max_(bytes_max), out_(path_, std::ios::binary) {}
  ~FileSink() override {
    std::error_code ignored;
    if (!kept_) std::filesystem::remove(path_, ignored);
  }
  Result<> write(std::string_view piece) override {
    bytes_ += static_cast<std::int64_t>(piece.size());
    if (bytes_ > bytes_max_) return fault(FaultKind::too_large, "fault.file_too_large", {{"max", std::to_string(bytes_max_ >> 20)}});
    out_.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (!out_) return fault(FaultKind::unavailable, "fault.no_room");
    return done();
  }
  Result<> close() override {
    out_.close();
    if (out_.fail()) return fault(FaultKind::unavailable, "fault.no_room");
    return done();
  }
  const std::filesystem::path& path() const { return path_; }
  void keep() { kept_ = true; }

 private:
  std::filesystem::path path_;
  std::int64_t bytes_max_;
  std::ofstream out_;
  std::int64_t bytes_ = 0;
  bool kept_ = false;
};

}  // namespace mandate::http
