#include "platform/documents/document_text.hpp"

#include "platform/documents/lines.hpp"

namespace mandate::documents {
namespace {

std::string chinese(int n, const std::array<const char*, 10>& digits, const char* ten, const char* hundred) {
  if (n <= 0 || n > 999) return std::to_string(n);
  std::string out;
  if (n >= 100) {
    out += std::string(digits[static_cast<std::size_t>(n / 100)]) + hundred;
    if (n % 100 != 0 && n % 100 < 10) out += digits[0];
  }
  const int tens = n % 100 / 10;
  if (tens > 0) {
    if (tens > 1 || n >= 100) out += digits[static_cast<std::size_t>(tens)];
    out += ten;
  }
  if (n % 10 != 0) out += digits[static_cast<std::size_t>(n % 10)];
  return out;
}

std::string roman(int n, bool upper) {
  static constexpr std::array<std::pair<int, const char*>, 13> parts{{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}};
  if (n <= 0 || n > 3999) return std::to_string(n);
  std::string out;
  for (const auto& [value, text] : parts) {
    for (; n >= value; n -= value) out += text;
  }
  if (upper) std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

std::string letter(int n, char first) { return n <= 0 ? "" : std::string(static_cast<std::size_t>((n - 1) / 26 + 1), static_cast<char>(first + (n - 1) % 26)); }

bool begins(const std::string& text, std::string_view with) { return text.compare(0, with.size(), with) == 0; }

}  // namespace

std::string list_number(const std::string& format, int n) {
  static constexpr std::array<const char*, 10> plain{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  static constexpr std::array<const char*, 10> formal{"零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"};
  static constexpr std::array<const char*, 10> stems{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
  if (format.empty() || format == "bullet" || format == "none") return {};
  if (begins(format, "一") || begins(format, "taiwaneseCounting") || begins(format, "chineseCounting") || format == "taiwaneseDigital" || format == "ideographDigital" || format == "japaneseCounting") return chinese(n, plain, "十", "百");
  if (begins(format, "壹") || format == "ideographLegalTraditional" || format == "chineseLegalSimplified") return chinese(n, formal, "拾", "佰");
  if (begins(format, "甲") || format == "ideographTraditional") return n >= 1 && n <= 10 ? stems[static_cast<std::size_t>(n - 1)] : std::to_string(n);
  if (format == "a" || format == "lowerLetter") return letter(n, 'a');
  if (format == "A" || format == "upperLetter") return letter(n, 'A');
  if (format == "i" || format == "lowerRoman") return roman(n, false);
  if (format == "I" || format == "upperRoman") return roman(n, true);
  if (format == "decimalZero") return fmt::format("{:02}", n);
  return std::to_string(n);
}

Result<std::string> document_text(const std::filesystem::path& file) {
  const auto zip = sheets::open_zip(file);
  if (!zip) return field_fault("file", "document.unknown_format");
  if (sheets::has_entry(zip.get(), "word/document.xml")) return docx_text(zip.get());
  if (sheets::has_entry(zip.get(), "content.xml")) return odt_text(zip.get());
  return field_fault("file", "document.unknown_format");
}

}  // namespace mandate::documents
