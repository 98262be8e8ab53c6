#include "kernel/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace mandate {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
  char32_t value = replacement;
  std::size_t length = 1;  // bytes to step over; 1 for an invalid byte
  bool valid = false;
};

bool continuation(std::string_view s, std::size_t at) { return at < s.size() && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80; }

Decoded decode(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(s[i])); };
  const char32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  std::size_t length = 0;
  char32_t value = 0;
  char32_t least = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2, value = lead & 0x1F, least = 0x80;
  } else if ((lead & 0xF0) == 0xE0) {
    length = 3, value = lead & 0x0F, least = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4, value = lead & 0x07, least = 0x10000;
  } else {
    return {};
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (!continuation(s, at + i)) return {};
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length, true};
}

// Characters that Taiwanese official text writes both ways, mapped to the official form. Only pairs a reader takes for the same word:
// not 後/后 or 里/裡, which are different words in traditional text.
struct Variant {
  char32_t from;
  char32_t to;
};
constexpr auto variants = [] {
  std::array table{
      Variant{U'台', U'臺'}, Variant{U'裏', U'裡'}, Variant{U'双', U'雙'}, Variant{U'峯', U'峰'}, Variant{U'羣', U'群'}, Variant{U'綫', U'線'},
      Variant{U'厨', U'廚'}, Variant{U'牀', U'床'}, Variant{U'衞', U'衛'}, Variant{U'户', U'戶'}, Variant{U'戸', U'戶'}, Variant{U'着', U'著'},
      Variant{U'爲', U'為'}, Variant{U'啓', U'啟'}, Variant{U'眞', U'真'}, Variant{U'温', U'溫'}, Variant{U'汙', U'污'}, Variant{U'汚', U'污'},
      Variant{U'占', U'佔'}, Variant{U'周', U'週'}, Variant{U'劃', U'畫'}, Variant{U'証', U'證'}, Variant{U'舘', U'館'}, Variant{U'鈎', U'鉤'},
      Variant{U'敎', U'教'}, Variant{U'册', U'冊'}, Variant{U'値', U'值'}, Variant{U'内', U'內'}, Variant{U'説', U'說'}, Variant{U'税', U'稅'},
      Variant{U'黄', U'黃'}, Variant{U'産', U'產'}, Variant{U'卽', U'即'}, Variant{U'旣', U'既'}, Variant{U'靑', U'青'}, Variant{U'淸', U'清'},
      Variant{U'鄕', U'鄉'}, Variant{U'鷄', U'雞'}, Variant{U'硏', U'研'}, Variant{U'强', U'強'}, Variant{U'絶', U'絕'}, Variant{U'緖', U'緒'},
  };
  std::sort(table.begin(), table.end(), [](Variant a, Variant b) { return a.from < b.from; });
  return table;
}();

char32_t official(char32_t c) {
  const auto it = std::lower_bound(variants.begin(), variants.end(), c, [](Variant v, char32_t x) { return v.from < x; });
  return it != variants.end() && it->from == c ? it->to : c;
}

std::string normalized(std::string_view utf8, const icu::Normalizer2* (*instance)(UErrorCode&)) {
  if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80 && !(c >= 'A' && c <= 'Z'); })) return std::string{utf8};
  UErrorCode error = U_ZERO_ERROR;
  const auto* normalizer = instance(error);
  if (U_FAILURE(error)) throw std::runtime_error{"ICU has no NFKC data"};
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<std::int32_t>(utf8.size())});
  const auto result = normalizer->normalize(source, error);
  if (U_FAILURE(error)) throw std::runtime_error{"ICU could not normalize"};
  std::string out;
  result.toUTF8String(out);
  return out;
}

enum class Kind { other, word, ideograph };

Kind kind_of(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Kind::word : Kind::other;
  if (u_hasBinaryProperty(code, UCHAR_IDEOGRAPHIC)) return Kind::ideograph;
  if (!u_isalnum(code)) return Kind::other;
  const auto width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE ? Kind::ideograph : Kind::word;  // kana, bopomofo and hangul are written without spaces too
}

bool extends_word(char32_t c) { return c >= 0x300 && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_GRAPHEME_EXTEND); }

std::size_t columns(char32_t c) {
  if (c < 0x300) return 1;
  const auto code = static_cast<UChar32>(c);
  if (c == 0x200D || u_hasBinaryProperty(code, UCHAR_GRAPHEME_EXTEND)) return 0;
  const auto width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Whether a cut before `next` would tear apart what is seen as one character.
bool joined(char32_t previous, char32_t next, std::size_t regional_before) {
  if (next == 0x200D || previous == 0x200D) return true;
  if (next < 0x300) return false;
  const auto code = static_cast<UChar32>(next);
  switch (u_getIntPropertyValue(code, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND:
    case U_GCB_SPACING_MARK:
    case U_GCB_V:
    case U_GCB_T:
      return true;
    case U_GCB_REGIONAL_INDICATOR:
      return regional_before % 2 == 1;  // a flag is a pair
    default:
      return false;
  }
}

bool regional(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode(text, at);
    if (!next.valid) return at;
    at += next.length;
  }
  return std::nullopt;
}

std::u32string to_utf32(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size() / 2);
  for (std::size_t at = 0; at < utf8.size();) {
    const auto next = decode(utf8, at);
    out.push_back(next.value);
    at += next.length;
  }
  return out;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

std::string nfkc(std::string_view utf8) { return normalized(utf8, &icu::Normalizer2::getNFKCInstance); }

std::string fold(std::string_view utf8) {
  const auto plain = to_utf32(normalized(utf8, &icu::Normalizer2::getNFKCCasefoldInstance));
  std::string out;
  out.reserve(utf8.size());
  for (const char32_t c : plain) append_utf8(out, official(c));
  return out;
}

std::vector<std::string> search_tokens(std::string_view utf8) {
  const auto text = to_utf32(fold(utf8));
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const auto kind = kind_of(text[at]);
    std::size_t end = at + 1;
    while (end < text.size() && kind != Kind::other && (kind_of(text[end]) == kind || extends_word(text[end]))) ++end;
    const auto run = std::u32string_view{text}.substr(at, end - at);
    if (kind == Kind::word || (kind == Kind::ideograph && run.size() == 1)) {
      tokens.push_back(to_utf8(run));
    } else if (kind == Kind::ideograph) {
      for (std::size_t i = 0; i + 1 < run.size(); ++i) tokens.push_back(to_utf8(run.substr(i, 2)));
    }
    at = end;
  }
  return tokens;
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto next = decode(utf8, at);
    width += columns(next.value);
    at += next.length;
  }
  return width;
}

std::string truncate_cjk(std::string_view utf8, std::size_t width) {
  if (width == 0) return {};
  std::size_t used = 0;
  std::size_t cut = 0;  // the last place to cut that leaves room for the ellipsis
  std::size_t regionals = 0;
  char32_t previous = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto next = decode(utf8, at);
    if (used + 1 <= width && !joined(previous, next.value, regionals)) cut = at;
    used += columns(next.value);
    if (used > width) return std::string{utf8.substr(0, cut)} + "…";
    regionals = regional(next.value) ? regionals + 1 : 0;
    previous = next.value;
    at += next.length;
  }
  return std::string{utf8};
}

}  // namespace mandate
