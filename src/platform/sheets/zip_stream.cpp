#include "platform/sheets/zip_stream.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <zlib.h>

namespace mandate::sheets {
namespace {

// The first day of the format: the same table makes the same bytes whenever it is written.
constexpr std::uint32_t dos_time = 0x00210000;
constexpr std::uint64_t limit_32 = 0xFFFFFFFF;

void number(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += i < 8 ? static_cast<char>(value >> (8 * i) & 0xFF) : '\0';  // several empty fields may stand together
}

}  // namespace

struct ZipStream::Deflater {
  z_stream stream{};
  std::array<unsigned char, 32 * 1024> buffer{};
  Deflater() {
    // The fastest level: sheets repeat so much that a better one would save a few percent and cost three times the work.
    if (::deflateInit2(&stream, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("zlib does not start");
  }
  ~Deflater() { ::deflateEnd(&stream); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
};

ZipStream::ZipStream(Sink sink) : sink_(std::move(sink)), deflater_(std::make_unique<Deflater>()) {}
ZipStream::~ZipStream() = default;

void ZipStream::out(std::string_view bytes) {
  at_ += bytes.size();
  sink_(bytes);
}

void ZipStream::head(const Entry& entry) {
  std::string text;
  number(text, 0x04034b50, 4);
  number(text, entry.deflated ? 20 : 10, 2);
  number(text, entry.deflated ? 8 : 0, 2);  // bit 3: sizes behind the entry
  number(text, entry.deflated ? 8 : 0, 2);
  number(text, dos_time, 4);
  number(text, entry.crc, 4);
  number(text, entry.packed, 4);
  number(text, entry.size, 4);
  number(text, entry.name.size(), 2);
  number(text, 0, 2);
  out(text + entry.name);
}

void ZipStream::store(const std::string& name, std::string_view content) {
  Entry entry{name, static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()))), content.size(), content.size(), at_, false};
  head(entry);
  out(content);
  entries_.push_back(std::move(entry));
}

void ZipStream::begin(const std::string& name) {
  entries_.push_back({name, 0, 0, 0, at_, true});
  head(entries_.back());
  ::deflateReset(&deflater_->stream);
}

void ZipStream::write(std::string_view piece) {
  auto& entry = entries_.back();
  entry.crc = static_cast<std::uint32_t>(::crc32_z(entry.crc, reinterpret_cast<const Bytef*>(piece.data()), piece.size()));
  entry.size += piece.size();
  auto& z = deflater_->stream;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
  z.avail_in = static_cast<uInt>(piece.size());
  while (z.avail_in > 0) {
    z.next_out = deflater_->buffer.data();
    z.avail_out = static_cast<uInt>(deflater_->buffer.size());
    if (::deflate(&z, Z_NO_FLUSH) == Z_STREAM_ERROR) throw std::runtime_error("zlib refuses to go on");
    const auto made = deflater_->buffer.size() - z.avail_out;
    entry.packed += made;
    if (made > 0) out({reinterpret_cast<const char*>(deflater_->buffer.data()), made});
  }
}

void ZipStream::end() {
  auto& entry = entries_.back();
  auto& z = deflater_->stream;
  z.avail_in = 0;
  int state = Z_OK;
  while (state != Z_STREAM_END) {
    z.next_out = deflater_->buffer.data();
    z.avail_out = static_cast<uInt>(deflater_->buffer.size());
    state = ::deflate(&z, Z_FINISH);
    if (state == Z_STREAM_ERROR) throw std::runtime_error("zlib refuses to end");
    const auto made = deflater_->buffer.size() - z.avail_out;
    entry.packed += made;
    if (made > 0) out({reinterpret_cast<const char*>(deflater_->buffer.data()), made});
  }
  const int width = entry.size > limit_32 || entry.packed > limit_32 ? 8 : 4;
  std::string text;
  number(text, 0x08074b50, 4);
  number(text, entry.crc, 4);
  number(text, entry.packed, width);
  number(text, entry.size, width);
  out(text);
}

void ZipStream::add(const std::string& name, std::string_view content) {
  begin(name);
  write(content);
  end();
}

void ZipStream::finish() {
  const auto directory = at_;
  for (const auto& entry : entries_) {
    std::string more;
    if (entry.size > limit_32 || entry.packed > limit_32 || entry.at > limit_32) {
      std::string values;
      if (entry.size >= limit_32) number(values, entry.size, 8);
      if (entry.packed >= limit_32) number(values, entry.packed, 8);
      if (entry.at >= limit_32) number(values, entry.at, 8);
      number(more, 1, 2);
      number(more, values.size(), 2);
      more += values;
    }
    const int version = !more.empty() ? 45 : entry.deflated ? 20 : 10;
    std::string text;
    number(text, 0x02014b50, 4);
    number(text, static_cast<std::uint64_t>(version), 2);
    number(text, static_cast<std::uint64_t>(version), 2);
    number(text, entry.deflated ? 8 : 0, 2);
    number(text, entry.deflated ? 8 : 0, 2);
    number(text, dos_time, 4);
    number(text, entry.crc, 4);
    number(text, std::min(entry.packed, limit_32), 4);
    number(text, std::min(entry.size, limit_32), 4);
    number(text, entry.name.size(), 2);
    number(text, more.size(), 2);
    number(text, 0, 2 + 2 + 2 + 4);  // no comment, first disk, no attributes
    number(text, std::min(entry.at, limit_32), 4);
    out(text + entry.name + more);
  }
  const auto length = at_ - directory;
  std::string text;
  if (directory > limit_32 || length > limit_32 || entries_.size() > 0xFFFE) {
    const auto at = at_;
    number(text, 0x06064b50, 4);
    number(text, 44, 8);
    number(text, 45, 2);
    number(text, 45, 2);
    number(text, 0, 8);
    number(text, entries_.size(), 8);
    number(text, entries_.size(), 8);
    number(text, length, 8);
    number(text, directory, 8);
    number(text, 0x07064b50, 4);
    number(text, 0, 4);
    number(text, at, 8);
    number(text, 1, 4);
  }
  number(text, 0x06054b50, 4);
  number(text, 0, 4);
  number(text, std::min<std::uint64_t>(entries_.size(), 0xFFFF), 2);
  number(text, std::min<std::uint64_t>(entries_.size(), 0xFFFF), 2);
  number(text, std::min(length, limit_32), 4);
  number(text, std::min(directory, limit_32), 4);
  number(text, 0, 2);
  out(text);
}

}  // namespace mandate::sheets
