#include "platform/files/names.hpp"

#include "kernel/text.hpp"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace mandate::files {
namespace {

constexpr std::size_t characters_max = 120;

bool invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffd) ||
         (c >= 0xe0000 && c <= 0xe007f);
}

std::string nfc(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFCInstance(error);
  std::string out;
  normalizer->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), error).toUTF8String(out);
  return U_SUCCESS(error) ? out : std::string();
}

std::string percent(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  static constexpr std::string_view plain = "!#$&+-.^_`|~";  // RFC 8187: attr-char, with letters and digits
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::string clean_name(std::string_view name) {
  if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::u32string kept;
  for (const char32_t c : to_utf32(nfc(name))) {
    if (invisible(c)) continue;
    kept += std::u32string_view(U"<>:\"|?*").find(c) != std::u32string_view::npos ? U'_' : c;
  }
  const auto edge = [](char32_t c) { return c == U' ' || c == U'.' || c == 0x3000; };
  while (!kept.empty() && edge(kept.back())) kept.pop_back();
  kept.erase(kept.begin(), std::find_if_not(kept.begin(), kept.end(), edge));
  if (kept.size() > characters_max) {
    const auto dot = kept.rfind(U'.');
    const std::u32string ending = dot != std::u32string::npos && kept.size() - dot <= 10 ? kept.substr(dot) : std::u32string();
    kept = kept.substr(0, characters_max - ending.size()) + ending;
  }
  return to_utf8(kept);
}

std::string extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  std::string out(name.substr(dot + 1));
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return out;
}

bool safe_entry_name(std::string_view name) {
  if (name.empty() || name.size() > 1024 || name.front() == '/' || name.find('\\') != std::string_view::npos || (name.size() > 1 && name[1] == ':')) return false;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    const auto part = name.substr(at, end - at);
    if (part == ".." || part == ".") return false;
    at = end + 1;
  }
  const auto wide = to_utf32(name);
  return std::none_of(wide.begin(), wide.end(), [](char32_t c) { return c != 0xfffd && invisible(c); });  // an old archive's names may be in another encoding
}

std::string attachment_disposition(std::string_view name, bool inline_shown) {
  std::string ascii;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      if (ascii.empty() || ascii.back() != '_') ascii += '_';
    } else {
      ascii += byte < 0x20 || c == '"' || c == '\\' || c == '%' || byte == 0x7f ? '_' : c;
    }
  }
  return std::string(inline_shown ? "inline" : "attachment") + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + percent(name);
}

}  // namespace mandate::files
