#include "platform/files/raster.hpp"

#include "platform/files/bytes.hpp"

#include <algorithm>
#include <fstream>
#include <gif_lib.h>
#include <memory>
#include <png.h>
#include <sstream>
#include <tiffio.h>
#include <turbojpeg.h>
#include <webp/decode.h>

namespace mandate::files {
namespace {

constexpr int quality = 82;

std::string whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct EndJpeg {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Jpeg = std::unique_ptr<void, EndJpeg>;

// The orientation that a camera wrote into the first EXIF block; 1 when there is none.
int orientation_of(std::string_view file) {
  std::size_t at = 2;
  while (at + 4 <= file.size() && static_cast<unsigned char>(file[at]) == 0xff) {
    const auto mark = static_cast<unsigned char>(file[at + 1]);
    if (mark == 0xda || mark == 0xd9) return 1;
    const std::size_t length = big16(file, at + 2);
    if (length < 2 || at + 2 + length > file.size()) return 1;
    auto block = file.substr(at + 4, length - 2);
    at += 2 + length;
    if (mark != 0xe1 || block.substr(0, 6) != std::string_view("Exif\0\0", 6)) continue;
    block.remove_prefix(6);
    if (block.size() < 8) return 1;
    const bool big = block[0] == 'M';
    const auto two = [&](std::size_t i) { return big ? big16(block, i) : little16(block, i); };
    const std::size_t first = big ? big32(block, 4) : little32(block, 4);
    if (first > block.size() || block.size() - first < 2) return 1;
    const std::size_t count = two(first);
    for (std::size_t i = 0; i < count && first + 2 + (i + 1) * 12 <= block.size(); ++i) {
      const std::size_t entry = first + 2 + i * 12;
      if (two(entry) == 0x0112) return std::clamp(static_cast<int>(two(entry + 8)), 1, 8);
    }
    return 1;
  }
  return 1;
}

}  // namespace

Raster shrunk(const Raster& from, int side) {
  return shrunk(from.width, from.height, side, [&](int x, int y, unsigned char* out) { std::copy_n(from.rgb.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(from.width) + static_cast<std::size_t>(x)) * 3, 3, out); });
}

Raster turned(const Raster& from, int orientation) {
  if (orientation <= 1 || orientation > 8) return from;
  Raster out;
  const bool across = orientation >= 5;
  out.width = across ? from.height : from.width;
  out.height = across ? from.width : from.height;
  out.rgb.resize(from.rgb.size());
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      int u = across ? y : x;
      int v = across ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) u = from.width - 1 - u;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) v = from.height - 1 - v;
      std::copy_n(from.rgb.data() + (static_cast<std::size_t>(v) * static_cast<std::size_t>(from.width) + static_cast<std::size_t>(u)) * 3, 3,
                  out.rgb.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) + static_cast<std::size_t>(x)) * 3);
    }
  }
  return out;
}

std::optional<Raster> decode_jpeg(const std::filesystem::path& path, int side) {
  const auto file = whole(path);
  const auto* bytes = reinterpret_cast<const unsigned char*>(file.data());
  const Jpeg jpeg(tjInitDecompress());
  int width = 0;
  int height = 0;
  int sampling = 0;
  int colours = 0;
  if (!jpeg || tjDecompressHeader3(jpeg.get(), bytes, file.size(), &width, &height, &sampling, &colours) != 0) return std::nullopt;
  // The coarsest of the decoder's own scales that is still large enough: an eighth of a large photograph costs a sixty-fourth.
  int count = 0;
  const tjscalingfactor* factors = tjGetScalingFactors(&count);
  Raster out{width, height, {}};
  for (int i = 0; i < count; ++i) {
    const int w = TJSCALED(width, factors[i]);
    const int h = TJSCALED(height, factors[i]);
    if (factors[i].num <= factors[i].denom && std::max(w, h) >= std::min(side, std::max(width, height)) && w <= out.width) {
      out.width = w;
      out.height = h;
    }
  }
  const bool cmyk = colours == TJCS_CMYK || colours == TJCS_YCCK;
  const std::size_t pixels = static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height);
  out.rgb.resize(pixels * (cmyk ? 4 : 3));
  if (tjDecompress2(jpeg.get(), bytes, file.size(), out.rgb.data(), out.width, 0, out.height, cmyk ? TJPF_CMYK : TJPF_RGB, TJFLAG_LIMITSCANS) != 0 && tjGetErrorCode(jpeg.get()) == TJERR_FATAL) return std::nullopt;
  if (cmyk) {
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < 3; ++c) out.rgb[i * 3 + c] = static_cast<unsigned char>(out.rgb[i * 4 + c] * out.rgb[i * 4 + 3] / 255);
    }
    out.rgb.resize(pixels * 3);
  }
  return turned(shrunk(out, side), orientation_of(file));
}

std::optional<Raster> decode_png(const std::filesystem::path& path, int side) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return std::nullopt;
  image.format = PNG_FORMAT_RGB;
  Raster out{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  out.rgb.resize(PNG_IMAGE_SIZE(image));
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&image, &white, out.rgb.data(), 0, nullptr) == 0) return std::nullopt;
  return shrunk(out, side);
}

std::optional<Raster> decode_webp(const std::filesystem::path& path, int side) {
  const auto file = whole(path);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.data());
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0 || WebPGetFeatures(bytes, file.size(), &config.input) != VP8_STATUS_OK || config.input.has_animation != 0) return std::nullopt;
  const int longest = std::max(config.input.width, config.input.height);
  if (longest > side) {
    config.options.use_scaling = 1;
    config.options.scaled_width = std::max(1, static_cast<int>(static_cast<std::int64_t>(config.input.width) * side / longest));
    config.options.scaled_height = std::max(1, static_cast<int>(static_cast<std::int64_t>(config.input.height) * side / longest));
  }
  config.output.colorspace = MODE_RGBA;
  if (WebPDecode(bytes, file.size(), &config) != VP8_STATUS_OK) return std::nullopt;
  const auto& rgba = config.output.u.RGBA;
  auto out = shrunk(config.output.width, config.output.height, side, [&](int x, int y, unsigned char* one) {
    const auto* from = rgba.rgba + static_cast<std::ptrdiff_t>(y) * rgba.stride + static_cast<std::ptrdiff_t>(x) * 4;
    for (int c = 0; c < 3; ++c) one[c] = static_cast<unsigned char>((from[c] * from[3] + 255 * (255 - from[3])) / 255);
  });
  WebPFreeDecBuffer(&config.output);
  return out;
}

std::optional<Raster> decode_gif(const std::filesystem::path& path, int side) {
  int error = 0;
  const auto close = [](GifFileType* gif) { DGifCloseFile(gif, nullptr); };
  const std::unique_ptr<GifFileType, decltype(close)> gif(DGifOpenFileName(path.c_str(), &error), close);
  if (!gif) return std::nullopt;
  // The first picture alone: a preview does not move.
  while (true) {
    GifRecordType kind = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(gif.get(), &kind) == GIF_ERROR || kind == TERMINATE_RECORD_TYPE) return std::nullopt;
    if (kind == IMAGE_DESC_RECORD_TYPE) break;
    if (kind != EXTENSION_RECORD_TYPE) continue;
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(gif.get(), &code, &block) == GIF_ERROR) return std::nullopt;
    while (block != nullptr) {
      if (DGifGetExtensionNext(gif.get(), &block) == GIF_ERROR) return std::nullopt;
    }
  }
  if (DGifGetImageDesc(gif.get()) == GIF_ERROR) return std::nullopt;
  const auto& at = gif->Image;
  const auto* colours = at.ColorMap != nullptr ? at.ColorMap : gif->SColorMap;
  if (colours == nullptr || at.Width <= 0 || at.Height <= 0) return std::nullopt;
  std::vector<GifByteType> indexes(static_cast<std::size_t>(at.Width) * static_cast<std::size_t>(at.Height));
  const auto line = [&](int y) { return DGifGetLine(gif.get(), indexes.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(at.Width), at.Width) != GIF_ERROR; };
  if (at.Interlace) {
    constexpr int starts[] = {0, 4, 2, 1};
    constexpr int steps[] = {8, 8, 4, 2};
    for (int pass = 0; pass < 4; ++pass) {
      for (int y = starts[pass]; y < at.Height; y += steps[pass]) {
        if (!line(y)) return std::nullopt;
      }
    }
  } else {
    for (int y = 0; y < at.Height; ++y) {
      if (!line(y)) return std::nullopt;
    }
  }
  return shrunk(at.Width, at.Height, side, [&](int x, int y, unsigned char* one) {
    const int index = indexes[static_cast<std::size_t>(y) * static_cast<std::size_t>(at.Width) + static_cast<std::size_t>(x)];
    const GifColorType colour = index < colours->ColorCount ? colours->Colors[index] : GifColorType{255, 255, 255};
    one[0] = colour.Red;
    one[1] = colour.Green;
    one[2] = colour.Blue;
  });
}

std::optional<Raster> decode_tiff(const std::filesystem::path& path, int side, int page) {
  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  const std::unique_ptr<TIFF, decltype(&TIFFClose)> tiff(TIFFOpen(path.c_str(), "r"), &TIFFClose);
  if (!tiff || TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(page)) == 0) return std::nullopt;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height);
  if (width == 0 || height == 0) return std::nullopt;
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width) * height);
  if (TIFFReadRGBAImageOriented(tiff.get(), width, height, pixels.data(), ORIENTATION_TOPLEFT, 0) == 0) return std::nullopt;
  return shrunk(static_cast<int>(width), static_cast<int>(height), side, [&](int x, int y, unsigned char* one) {
    const auto pixel = pixels[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)];
    const int alpha = static_cast<int>(TIFFGetA(pixel));
    const int rgb[3] = {static_cast<int>(TIFFGetR(pixel)), static_cast<int>(TIFFGetG(pixel)), static_cast<int>(TIFFGetB(pixel))};
    for (int c = 0; c < 3; ++c) one[c] = static_cast<unsigned char>(std::min(255, rgb[c] + 255 - alpha));  // libtiff gives colours multiplied by alpha
  });
}

bool write_jpeg(const Raster& picture, const std::filesystem::path& path) {
  const Jpeg jpeg(tjInitCompress());
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  if (!jpeg || tjCompress2(jpeg.get(), picture.rgb.data(), picture.width, 0, picture.height, TJPF_RGB, &bytes, &size, TJSAMP_420, quality, TJFLAG_PROGRESSIVE) != 0) return false;
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  out.close();
  tjFree(bytes);
  return static_cast<bool>(out);
}

}  // namespace mandate::files
