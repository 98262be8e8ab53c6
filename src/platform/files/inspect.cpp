#include "platform/files/inspect.hpp"

#include "platform/files/inspectors.hpp"
#include "platform/files/names.hpp"

#include <algorithm>
#include <magic.h>
#include <map>
#include <memory>

namespace mandate::files {
namespace {

const std::map<std::string, std::string, std::less<>>& types() {
  static const std::map<std::string, std::string, std::less<>> by_extension = {
      {"pdf", "application/pdf"},
      {"odt", "application/vnd.oasis.opendocument.text"},
      {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
      {"odp", "application/vnd.oasis.opendocument.presentation"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
      {"jpg", "image/jpeg"},
      {"jpeg", "image/jpeg"},
      {"png", "image/png"},
      {"gif", "image/gif"},
      {"webp", "image/webp"},
      {"tif", "image/tiff"},
      {"tiff", "image/tiff"},
      {"txt", "text/plain"},
      {"csv", "text/csv"},
      {"zip", "application/zip"},
  };
  return by_extension;
}

std::string magic_type(const std::filesystem::path& path) {
  const std::unique_ptr<magic_set, decltype(&magic_close)> cookie(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS), &magic_close);
  if (!cookie || magic_load(cookie.get(), nullptr) != 0) return {};
  const char* type = magic_file(cookie.get(), path.c_str());
  return type == nullptr ? std::string() : type;
}

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

// Markup that a browser would run, by the first thing that is no space, mark or comment.
bool looks_like_markup(Bytes& bytes) {
  auto head = bytes.read(0, 4096);
  std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::string_view rest = head;
  if (starts(rest, "\xef\xbb\xbf")) rest.remove_prefix(3);
  while (!rest.empty()) {
    const auto first = rest.find_first_not_of(" \t\r\n\f");
    if (first == std::string_view::npos) return false;
    rest.remove_prefix(first);
    if (!starts(rest, "<!--")) break;
    const auto end = rest.find("-->");
    if (end == std::string_view::npos) return true;
    rest.remove_prefix(end + 3);
  }
  for (const char* tag : {"<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<iframe", "<?php", "<img", "<a ", "<style", "<meta", "<title", "<table", "<div"}) {
    if (starts(rest, tag)) return true;
  }
  return false;
}

// The end of a ZIP archive, exactly at the end of the file: whatever else the file is, it is an archive too.
bool ends_as_archive(Bytes& bytes) {
  const std::uint64_t at = bytes.size() > 65'557 ? bytes.size() - 65'557 : 0;
  const auto tail = bytes.read(at, 65'557);
  for (auto found = tail.rfind("PK\x05\x06"); found != std::string::npos; found = found == 0 ? std::string::npos : tail.rfind("PK\x05\x06", found - 1)) {
    if (found + 22 <= tail.size() && found + 22 + little16(tail, found + 20) <= tail.size()) return true;
  }
  return false;
}

}  // namespace

const std::vector<std::string>& taken_extensions() {
  static const std::vector<std::string> names = {"pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "txt", "csv", "zip"};
  return names;
}

Result<Inspection> inspect(const std::filesystem::path& path, std::string_view name, const InspectLimits& limits) {
  Bytes bytes(path);
  if (!bytes.open()) return fault(FaultKind::unavailable, "file.no_inspector");
  if (bytes.size() == 0) return refused("file.empty");
  const auto wanted = types().find(extension_of(name));
  if (wanted == types().end()) return refused("file.type_not_taken");
  const auto magic = magic_type(path);
  if (magic.empty()) return fault(FaultKind::unavailable, "file.no_inspector");
  if (magic == "image/svg+xml" || magic == "text/html" || magic == "application/xhtml+xml" || looks_like_markup(bytes)) return refused("file.markup");

  const auto picture = picture_type(bytes);
  const bool pdf = bytes.read(0, 5) == "%PDF-";
  const bool archive = bytes.read(0, 2) == "PK";
  const bool text = picture.empty() && !pdf && !archive && starts(magic, "text/");
  if (!archive && ends_as_archive(bytes)) return polyglot();
  // A PDF that does not begin at the first byte is still opened by readers, and is something else to others.
  if (!pdf && !archive && (!text || wanted->second == "application/pdf") && bytes.read(0, 1024).find("%PDF-") != std::string::npos) return polyglot();
  // libmagic has to see the same family as we do: where the two differ the file is made to be taken for two things.
  if (!picture.empty() && magic != picture) return polyglot();
  if (pdf && magic != "application/pdf") return polyglot();

  Result<Inspection> found = refused("file.wrong_type");
  if (!picture.empty()) {
    if (wanted->second != picture) return refused("file.wrong_type");
    found = inspect_picture(bytes, picture, limits);
  } else if (pdf) {
    if (wanted->second != "application/pdf") return refused("file.wrong_type");
    found = inspect_pdf(path, bytes, limits);
  } else if (archive) {
    if (starts(wanted->second, "image/") || starts(wanted->second, "text/") || wanted->second == "application/pdf") return refused("file.wrong_type");
    found = inspect_archive(path, bytes, limits);
  } else if (starts(wanted->second, "text/")) {
    found = inspect_text(bytes, text);
    if (found.ok()) found->type = wanted->second;
  }
  if (!found.ok()) return found;
  if (found->type != wanted->second) return refused("file.wrong_type");
  return found;
}

}  // namespace mandate::files
