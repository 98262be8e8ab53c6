#include "platform/files/preview.hpp"

#include "platform/files/child.hpp"
#include "platform/files/raster.hpp"

#include <algorithm>
#include <vector>

namespace mandate::files {
namespace {

constexpr const char* pdftoppm = "/usr/bin/pdftoppm";

std::filesystem::path page_path(const std::filesystem::path& folder, int page) { return folder / (std::to_string(page) + ".jpg"); }

int draw_pdf(const std::filesystem::path& file, const std::filesystem::path& folder) {
  // pdftoppm names its pages page-1.jpg or page-01.jpg by their number.
  run_child({pdftoppm, "-jpeg", "-jpegopt", "quality=82,progressive=y", "-cropbox", "-scale-to", std::to_string(preview_side), "-f", "1", "-l", std::to_string(preview_pages_max), file.string(), (folder / "page").string()},
            ChildLimits{.cpu_seconds = 40});
  std::vector<std::filesystem::path> made;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) made.push_back(entry.path());
  std::sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return std::pair(a.string().size(), a) < std::pair(b.string().size(), b); });
  int pages = 0;
  for (const auto& path : made) std::filesystem::rename(path, page_path(folder, ++pages));
  return pages;
}

int draw_tiff(const std::filesystem::path& file, const std::filesystem::path& folder) {
  int pages = 0;
  while (pages < preview_pages_max) {
    const auto picture = decode_tiff(file, preview_side, pages);
    if (!picture || !write_jpeg(*picture, page_path(folder, pages + 1))) break;
    ++pages;
  }
  return pages;
}

}  // namespace

bool has_preview(const std::string& type) { return type == "application/pdf" || type.rfind("image/", 0) == 0; }

int make_preview(const std::filesystem::path& file, const std::string& type, const std::filesystem::path& folder) {
  int pages = 0;
  if (type == "application/pdf") {
    pages = draw_pdf(file, folder);
  } else if (type == "image/tiff") {
    pages = draw_tiff(file, folder);
  } else {
    const auto picture = type == "image/jpeg" ? decode_jpeg(file, preview_side) : type == "image/png" ? decode_png(file, preview_side) : type == "image/webp" ? decode_webp(file, preview_side) : type == "image/gif" ? decode_gif(file, preview_side) : std::nullopt;
    pages = picture && write_jpeg(*picture, page_path(folder, 1)) ? 1 : 0;
  }
  if (pages == 0) return 0;
  const auto first = decode_jpeg(page_path(folder, 1), thumbnail_side);
  return first && write_jpeg(*first, folder / "thumbnail.jpg") ? pages : 0;
}

}  // namespace mandate::files
