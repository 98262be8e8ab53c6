#include "platform/files/incoming.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>
#include <zlib.h>

namespace mandate::files {
namespace {

std::filesystem::path data_path(const std::filesystem::path& folder, std::int64_t id) { return folder / std::to_string(id); }
std::filesystem::path state_path(const std::filesystem::path& folder, std::int64_t id) { return folder / (std::to_string(id) + ".state"); }

struct State {
  std::int64_t bytes = 0;
  std::uint32_t crc = 0;
  std::string sha;
};

State read_state(const std::filesystem::path& folder, std::int64_t id) {
  State state;
  std::ifstream in(state_path(folder, id));
  if (!(in >> state.bytes >> state.crc >> state.sha)) return {};
  return state;
}

Fault disk_fault() {
  Fault f = fault(FaultKind::unavailable, errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? "fault.storage_full" : "file.not_written");
  f.retry_after_seconds = 10;
  return f;
}

}  // namespace

Incoming::Incoming(std::filesystem::path folder, std::int64_t id, std::int64_t whole, int file) : folder_(std::move(folder)), id_(id), whole_(whole), file_(file) {}

Result<std::unique_ptr<Incoming>> Incoming::open(const std::filesystem::path& folder, std::int64_t id, std::int64_t whole) {
  const int file = ::open(data_path(folder, id).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return disk_fault();
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    Fault busy = fault(FaultKind::conflict, "file.upload_busy");
    busy.retry_after_seconds = 2;
    return busy;
  }
  std::unique_ptr<Incoming> in(new Incoming(folder, id, whole, file));
  const auto state = read_state(folder, id);
  if (state.bytes > 0 && ::lseek(file, 0, SEEK_END) >= state.bytes && in->sha_.restore(state.sha)) {
    in->bytes_ = in->saved_ = state.bytes;
    in->crc_ = state.crc;
  }
  if (::ftruncate(file, in->bytes_) != 0) return disk_fault();
  return in;
}

std::int64_t Incoming::bytes_of(const std::filesystem::path& folder, std::int64_t id) { return read_state(folder, id).bytes; }

void Incoming::remove(const std::filesystem::path& folder, std::int64_t id) {
  std::error_code ignored;
  std::filesystem::remove(state_path(folder, id), ignored);
  std::filesystem::remove(data_path(folder, id), ignored);
}

Incoming::~Incoming() {
  if (bytes_ != saved_) (void)save().ok();  // a connection that broke: what came is kept
  ::close(file_);
}

Result<> Incoming::begin_at(std::int64_t offset) {
  if (offset > bytes_) return fault(FaultKind::conflict, "file.gap", {{"bytes", std::to_string(bytes_)}});
  skip_ = bytes_ - offset;
  return done();
}

Result<> Incoming::write(std::string_view piece) {
  const auto pass = std::min<std::int64_t>(skip_, static_cast<std::int64_t>(piece.size()));
  skip_ -= pass;
  piece.remove_prefix(static_cast<std::size_t>(pass));
  if (bytes_ + static_cast<std::int64_t>(piece.size()) > whole_) return fault(FaultKind::too_large, "file.longer_than_said");
  std::string_view rest = piece;
  while (!rest.empty()) {
    const auto n = ::pwrite(file_, rest.data(), rest.size(), bytes_);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return disk_fault();
    const auto part = rest.substr(0, static_cast<std::size_t>(n));
    sha_.add(part);
    crc_ = static_cast<std::uint32_t>(::crc32(crc_, reinterpret_cast<const Bytef*>(part.data()), static_cast<uInt>(part.size())));
    bytes_ += n;
    rest.remove_prefix(part.size());
  }
  return done();
}

Result<> Incoming::save() {
  const auto target = state_path(folder_, id_);
  auto fresh = target;
  fresh += ".new";
  {
    std::ofstream out(fresh);
    out << bytes_ << ' ' << crc_ << ' ' << sha_.state() << '\n';
    out.close();
    if (!out) return disk_fault();
  }
  std::error_code error;
  std::filesystem::rename(fresh, target, error);
  if (error) return disk_fault();
  saved_ = bytes_;
  return done();
}

Result<> Incoming::sync() {
  if (::fsync(file_) != 0) return disk_fault();
  return done();
}

std::filesystem::path Incoming::path() const { return data_path(folder_, id_); }

std::string Incoming::hash() const {
  auto copy = sha_;
  return copy.finish_hex();
}

}  // namespace mandate::files
