// A file on its way in: written in pieces as they come, perhaps over several connections, with its hash reckoned on the way.
#pragma once

#include "kernel/result.hpp"
#include "platform/digest/digest.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace mandate::files {

// How far an upload has come; what is beyond the last state that was written down counts for nothing.
class Incoming {
 public:
  // Takes the upload for itself until destroyed: a fault when another connection has it. `whole`: its size when it is complete.
  static Result<std::unique_ptr<Incoming>> open(const std::filesystem::path& folder, std::int64_t id, std::int64_t whole);
  // How far, without taking it.
  static std::int64_t bytes_of(const std::filesystem::path& folder, std::int64_t id);
  static void remove(const std::filesystem::path& folder, std::int64_t id);
  ~Incoming();
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;

  // The next pieces begin at `offset`. What is here already is passed over, so that a piece sent twice does no harm; a gap is refused.
  Result<> begin_at(std::int64_t offset);
  Result<> write(std::string_view piece);
  // On disk, with all that came; the state of the hash beside it.
  Result<> save();
  Result<> sync();

  std::int64_t bytes() const { return bytes_; }
  bool whole() const { return bytes_ == whole_; }
  std::filesystem::path path() const;
  std::string hash() const;
  std::int64_t crc32() const { return static_cast<std::int64_t>(crc_); }

 private:
  Incoming(std::filesystem::path folder, std::int64_t id, std::int64_t whole, int file);

  std::filesystem::path folder_;
  std::int64_t id_;
  std::int64_t whole_;
  int file_;
  std::int64_t bytes_ = 0;
  std::int64_t skip_ = 0;
  std::uint32_t crc_ = 0;
  digest::Sha256 sha_;
  std::int64_t saved_ = 0;
};

}  // namespace mandate::files
