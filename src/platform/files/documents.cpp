// PDF by qpdf, which reads every object however it is packed or spelt; and plain text.
#include "kernel/text.hpp"
#include "platform/files/child.hpp"
#include "platform/files/inspectors.hpp"

#include <algorithm>

namespace mandate::files {
namespace {

constexpr const char* qpdf = "/usr/bin/qpdf";
constexpr int qpdf_warned = 3;  // it read the file after mending it

// Names that make a PDF do something, or carry something, when it is opened. qpdf's JSON spells names plainly and marks texts, so that none is taken
// for the other.
constexpr std::string_view active_names[] = {"\"/JavaScript\"", "\"/JS\"", "\"/Launch\"", "\"/RichMedia\"", "\"/ImportData\"", "\"/SubmitForm\"", "\"/GoToE\""};
constexpr std::string_view embedding_names[] = {"\"/EmbeddedFile\"", "\"/EmbeddedFiles\""};
constexpr std::size_t longest_name = 16;

bool finds(std::string_view text, const auto& names) {
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

}  // namespace

Result<Inspection> inspect_pdf(const std::filesystem::path& path, Bytes& bytes, const InspectLimits& limits) {
  // Where it ends: nothing but space after the last mark.
  const std::uint64_t tail_at = bytes.size() > 4096 ? bytes.size() - 4096 : 0;
  const auto tail = bytes.read(tail_at, 4096);
  const auto end = tail.rfind("%%EOF");
  if (end == std::string::npos) return tail_at == 0 ? broken_file() : polyglot();
  if (tail.find_first_not_of(std::string_view(" \t\r\n\0", 5), end + 5) != std::string::npos) return polyglot();

  const ChildLimits run{};
  std::string count;
  auto ran = run_child({qpdf, "--show-npages", path.string()}, run, [&](std::string_view part) {
    count += part;
    return count.size() < 64;
  });
  if (!ran.started) return fault(FaultKind::unavailable, "file.no_inspector");
  if (ran.timed_out) return refused("file.too_complex");
  if (ran.exit_code != 0 && ran.exit_code != qpdf_warned) {
    std::string ignored;
    // 0: encrypted; asked for apart, because a password that is missing ends every other question.
    const auto encrypted = run_child({qpdf, "--is-encrypted", path.string()}, run);
    return encrypted.exit_code == 0 ? refused("file.encrypted") : broken_file();
  }
  Inspection out{"application/pdf", 0, 0, 0};
  for (const char c : count) {
    if (c >= '0' && c <= '9') out.pages = std::min<std::int64_t>(out.pages * 10 + (c - '0'), 1'000'000'000);
  }
  if (out.pages == 0) return broken_file();
  if (out.pages > limits.pages_max) return refused("file.too_many_pages", {{"max", std::to_string(limits.pages_max)}});

  std::string window;
  bool active = false;
  bool embedding = false;
  ran = run_child({qpdf, "--json=2", "--json-key=qpdf", "--json-stream-data=none", path.string()}, run, [&](std::string_view part) {
    window += part;
    active = active || finds(window, active_names);
    embedding = embedding || finds(window, embedding_names);
    window.erase(0, window.size() - std::min(window.size(), longest_name));
    return !active && !embedding;
  });
  if (active) return refused("file.pdf_active");
  if (embedding) return refused("file.pdf_embedded");
  if (ran.timed_out) return refused("file.too_complex");
  if (ran.exit_code != 0 && ran.exit_code != qpdf_warned) return broken_file();
  return out;
}

Result<Inspection> inspect_text(Bytes& bytes, bool known_as_text) {
  const auto mark = bytes.read(0, 2);
  if (mark == "\xff\xfe" || mark == "\xfe\xff") return refused("file.text_encoding");
  constexpr std::size_t piece = 64 * 1024;
  bool utf8 = true;
  for (std::uint64_t at = 0; at < bytes.size();) {
    const auto text = bytes.read(at, piece);
    if (text.empty()) return broken_file();
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\f' && byte != 0x1a) || byte == 0x7f) return refused("file.wrong_type");
    }
    // A character cut by the piece's end begins the next piece.
    const auto invalid = utf8 ? first_invalid_utf8(text) : std::nullopt;
    const bool cut = invalid && at + text.size() < bytes.size() && text.size() - *invalid < 4;
    utf8 = utf8 && (!invalid || cut);
    at += cut && *invalid > 0 ? *invalid : text.size();
  }
  // The Big5 of older office programs is text too, when libmagic thinks so.
  if (!utf8 && !known_as_text) return refused("file.wrong_type");
  return Inspection{"text/plain", 0, 0, 0};
}

}  // namespace mandate::files
