// A decoded picture, and its ways in and out. Used in the child process alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mandate::files {

struct Raster {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> rgb;
};

// The picture fitted into a square of `side`, by the mean of the pixels that fall together. `pixel` is called as pixel(x, y, out[3]).
template <class Pixel>
Raster shrunk(int width, int height, int side, Pixel pixel) {
  const int longest = width > height ? width : height;
  Raster out;
  out.width = longest <= side ? width : static_cast<int>(static_cast<std::int64_t>(width) * side / longest);
  out.height = longest <= side ? height : static_cast<int>(static_cast<std::int64_t>(height) * side / longest);
  if (out.width == 0) out.width = 1;
  if (out.height == 0) out.height = 1;
  out.rgb.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
  unsigned char* to = out.rgb.data();
  for (int y = 0; y < out.height; ++y) {
    const int top = static_cast<int>(static_cast<std::int64_t>(y) * height / out.height);
    const int bottom = static_cast<int>((static_cast<std::int64_t>(y) + 1) * height / out.height);
    for (int x = 0; x < out.width; ++x) {
      const int left = static_cast<int>(static_cast<std::int64_t>(x) * width / out.width);
      const int right = static_cast<int>((static_cast<std::int64_t>(x) + 1) * width / out.width);
      std::int64_t sums[3] = {0, 0, 0};
      std::int64_t count = 0;
      for (int v = top; v < bottom || v == top; ++v) {
        for (int u = left; u < right || u == left; ++u) {
          unsigned char one[3];
          pixel(u, v, one);
          for (int c = 0; c < 3; ++c) sums[c] += one[c];
          ++count;
        }
      }
      for (const auto sum : sums) *to++ = static_cast<unsigned char>(sum / count);
    }
  }
  return out;
}

Raster shrunk(const Raster& from, int side);
// EXIF's eight ways to hold a camera.
Raster turned(const Raster& from, int orientation);

// Decoders: at most about twice `side`, on a white ground; none when the file does not decode.
std::optional<Raster> decode_jpeg(const std::filesystem::path& path, int side);
std::optional<Raster> decode_png(const std::filesystem::path& path, int side);
std::optional<Raster> decode_webp(const std::filesystem::path& path, int side);
std::optional<Raster> decode_gif(const std::filesystem::path& path, int side);
std::optional<Raster> decode_tiff(const std::filesystem::path& path, int side, int page);
// Pixels alone: no date, no place, no camera.
bool write_jpeg(const Raster& picture, const std::filesystem::path& path);

}  // namespace mandate::files
