// Pictures by their headers: how large, how many, and where they end. Nothing is decoded here.
#include "platform/files/inspectors.hpp"

#include <algorithm>
#include <set>

namespace mandate::files {
namespace {

constexpr std::int64_t side_max = 30'000;
constexpr std::int64_t frames_max = 2'000;

Result<> check_size(std::int64_t width, std::int64_t height, std::int64_t frames, const InspectLimits& limits) {
  if (width <= 0 || height <= 0) return broken_file();
  if (width > side_max || height > side_max || width * height > limits.megapixels_max * 1'000'000) {
    return refused("file.too_many_pixels", {{"width", std::to_string(width)}, {"height", std::to_string(height)}, {"max", std::to_string(limits.megapixels_max)}, {"side", std::to_string(side_max)}});
  }
  if (frames > frames_max) return refused("file.too_many_frames", {{"max", std::to_string(frames_max)}});
  return done();
}

// Nothing but zero bytes from here on: some cameras and programs round a file up.
bool only_padding(Bytes& bytes, std::uint64_t at) {
  for (; at < bytes.size(); ++at) {
    if (bytes.byte(at) != 0) return false;
  }
  return true;
}

Result<Inspection> png(Bytes& bytes, const InspectLimits& limits) {
  Inspection out{"image/png", 0, 0, 0};
  std::uint64_t at = 8;
  while (true) {
    const auto head = bytes.read(at, 25);
    if (head.size() < 8) return broken_file();
    const std::uint64_t length = big32(head, 0);
    const auto kind = head.substr(4, 4);
    if (at == 8 && (kind != "IHDR" || length != 13 || head.size() < 16)) return broken_file();
    if (at == 8) {
      out.width = big32(head, 8);
      out.height = big32(head, 12);
      MANDATE_TRY(check_size(out.width, out.height, 1, limits));
    }
    at += 12 + length;
    if (at > bytes.size()) return broken_file();
    if (kind == "IEND") break;
  }
  if (!only_padding(bytes, at)) return polyglot();
  return out;
}

// Where the JPEG picture that begins at `at` ends, with its size; 0 when it is broken.
std::uint64_t end_of_jpeg(Bytes& bytes, std::uint64_t at, std::int64_t& width, std::int64_t& height) {
  at += 2;
  while (true) {
    int mark = bytes.byte(at);
    if (mark != 0xff) return 0;
    while (mark == 0xff) mark = bytes.byte(++at);
    ++at;
    if (mark < 0 || mark == 0x00) return 0;
    if (mark == 0xd9) return at;
    if (mark >= 0xd0 && mark <= 0xd8) continue;
    const auto head = bytes.read(at, 9);
    if (head.size() < 2) return 0;
    const std::uint64_t length = big16(head, 0);
    if (length < 2) return 0;
    const bool frame = mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc;
    if (frame) {
      if (head.size() < 9) return 0;
      height = std::max<std::int64_t>(height, big16(head, 3));
      width = std::max<std::int64_t>(width, big16(head, 5));
    }
    at += length;
    if (mark != 0xda) continue;
    // Picture data: up to the next mark that is no stuffed byte and no restart.
    while (true) {
      const int byte = bytes.byte(at);
      if (byte < 0) return 0;
      if (byte == 0xff) {
        const int next = bytes.byte(at + 1);
        if (next != 0x00 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) break;
      }
      ++at;
    }
  }
}

Result<Inspection> jpeg(Bytes& bytes, const InspectLimits& limits) {
  Inspection out{"image/jpeg", 0, 0, 0};
  std::uint64_t at = end_of_jpeg(bytes, 0, out.width, out.height);
  if (at == 0) return broken_file();
  MANDATE_TRY(check_size(out.width, out.height, 1, limits));
  // Cameras put further pictures behind the first (multi-picture format), and one maker a block of its own that ends in SEFT.
  while (!only_padding(bytes, at)) {
    while (bytes.byte(at) == 0) ++at;
    if (bytes.byte(at) == 0xff && bytes.byte(at + 1) == 0xd8) {
      std::int64_t width = 0;
      std::int64_t height = 0;
      at = end_of_jpeg(bytes, at, width, height);
      if (at == 0) return polyglot();
      MANDATE_TRY(check_size(width, height, 1, limits));
    } else if (bytes.read(bytes.size() - 4, 4) == "SEFT") {
      break;
    } else {
      return polyglot();
    }
  }
  return out;
}

Result<Inspection> gif(Bytes& bytes, const InspectLimits& limits) {
  const auto head = bytes.read(0, 13);
  if (head.size() < 13) return broken_file();
  Inspection out{"image/gif", little16(head, 6), little16(head, 8), 0};
  MANDATE_TRY(check_size(out.width, out.height, 1, limits));
  const auto table = [](int flags) { return (flags & 0x80) != 0 ? std::uint64_t{3} << ((flags & 7) + 1) : 0; };
  std::uint64_t at = 13 + table(static_cast<unsigned char>(head[10]));
  std::int64_t frames = 0;
  const auto skip_blocks = [&] {
    while (true) {
      const int length = bytes.byte(at++);
      if (length < 0) return false;
      if (length == 0) return true;
      at += static_cast<std::uint64_t>(length);
    }
  };
  while (true) {
    const int kind = bytes.byte(at++);
    if (kind == 0x3b) break;
    if (kind == 0x21) {
      ++at;
      if (!skip_blocks()) return broken_file();
    } else if (kind == 0x2c) {
      const auto frame = bytes.read(at, 9);
      if (frame.size() < 9) return broken_file();
      MANDATE_TRY(check_size(little16(frame, 4), little16(frame, 6), ++frames, limits));
      at += 9 + table(static_cast<unsigned char>(frame[8])) + 1;
      if (!skip_blocks()) return broken_file();
    } else {
      return broken_file();
    }
  }
  if (frames == 0) return broken_file();
  if (!only_padding(bytes, at)) return polyglot();
  return out;
}

Result<Inspection> webp(Bytes& bytes, const InspectLimits& limits) {
  const auto head = bytes.read(0, 30);
  if (head.size() < 30) return broken_file();
  Inspection out{"image/webp", 0, 0, 0};
  const auto kind = head.substr(12, 4);
  if (kind == "VP8 ") {
    out.width = little16(head, 26) & 0x3fff;
    out.height = little16(head, 28) & 0x3fff;
  } else if (kind == "VP8L") {
    const auto bits = little32(head, 21);
    out.width = (bits & 0x3fff) + 1;
    out.height = (bits >> 14 & 0x3fff) + 1;
  } else if (kind == "VP8X") {
    const auto part = [&](std::size_t at) { return static_cast<std::int64_t>(little16(head, at) | static_cast<std::uint32_t>(static_cast<unsigned char>(head[at + 2])) << 16) + 1; };
    out.width = part(24);
    out.height = part(27);
  } else {
    return broken_file();
  }
  MANDATE_TRY(check_size(out.width, out.height, 1, limits));
  const std::uint64_t end = std::uint64_t{8} + little32(head, 4) + (little32(head, 4) & 1);
  if (end > bytes.size() + 1) return broken_file();
  if (!only_padding(bytes, end)) return polyglot();
  return out;
}

Result<Inspection> tiff(Bytes& bytes, const InspectLimits& limits) {
  const auto head = bytes.read(0, 8);
  const bool big = head[0] == 'M';
  const auto two = [&](std::string_view b, std::size_t at) { return big ? big16(b, at) : little16(b, at); };
  const auto four = [&](std::string_view b, std::size_t at) { return big ? big32(b, at) : little32(b, at); };
  Inspection out{"image/tiff", 0, 0, 0};
  std::set<std::uint64_t> seen;
  for (std::uint64_t at = four(head, 4); at != 0;) {
    if (!seen.insert(at).second) return broken_file();
    const auto count_bytes = bytes.read(at, 2);
    if (count_bytes.size() < 2) return broken_file();
    const std::size_t count = two(count_bytes, 0);
    const auto entries = bytes.read(at + 2, count * 12 + 4);
    if (count == 0 || entries.size() < count * 12 + 4) return broken_file();
    std::int64_t width = 0;
    std::int64_t height = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto tag = two(entries, i * 12);
      if (tag != 256 && tag != 257) continue;
      const std::int64_t value = two(entries, i * 12 + 2) == 3 ? two(entries, i * 12 + 8) : four(entries, i * 12 + 8);
      (tag == 256 ? width : height) = value;
    }
    MANDATE_TRY(check_size(width, height, 1, limits));
    if (out.pages == 0) {
      out.width = width;
      out.height = height;
    }
    if (++out.pages > limits.pages_max) return refused("file.too_many_pages", {{"max", std::to_string(limits.pages_max)}});
    at = four(entries, count * 12);
  }
  if (out.pages == 0) return broken_file();
  return out;
}

}  // namespace

std::string picture_type(Bytes& bytes) {
  const auto head = bytes.read(0, 16);
  const auto begins = [&](std::string_view mark) { return head.compare(0, mark.size(), mark) == 0; };
  if (begins("\x89PNG\r\n\x1a\n")) return "image/png";
  if (begins("\xff\xd8\xff")) return "image/jpeg";
  if (begins("GIF87a") || begins("GIF89a")) return "image/gif";
  if (begins("RIFF") && head.size() >= 12 && head.compare(8, 4, "WEBP") == 0) return "image/webp";
  if (head.size() >= 8 && (begins(std::string_view("II*\0", 4)) || begins(std::string_view("MM\0*", 4)))) return "image/tiff";
  return {};
}

Result<Inspection> inspect_picture(Bytes& bytes, const std::string& type, const InspectLimits& limits) {
  if (type == "image/png") return png(bytes, limits);
  if (type == "image/jpeg") return jpeg(bytes, limits);
  if (type == "image/gif") return gif(bytes, limits);
  if (type == "image/webp") return webp(bytes, limits);
  return tiff(bytes, limits);
}

}  // namespace mandate::files
