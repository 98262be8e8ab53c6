// CSV in whatever encoding and with whatever separator it comes.
#include "platform/sheets/readers.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

namespace mandate::sheets {
namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const char* name) {
  UErrorCode code = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &code));
  return U_SUCCESS(code) ? std::move(converter) : nullptr;
}

// Text of a file in pieces of UTF-8.
class Pieces {
 public:
  Pieces(const std::filesystem::path& file, const char* encoding, std::size_t skip) : in_(file, std::ios::binary) {
    in_.seekg(static_cast<std::streamoff>(skip));
    if (std::string_view(encoding) != "UTF-8") {
      from_ = open_converter(encoding);
      to_ = open_converter("UTF-8");
    }
  }
  bool next(std::string& out) {
    if (!in_) return false;
    in_.read(raw_.data(), static_cast<std::streamsize>(raw_.size()));
    const auto got = static_cast<std::size_t>(in_.gcount());
    read_ += got;
    const bool last = got < raw_.size();
    if (!from_) {
      out.assign(raw_.data(), got);
      return got > 0;
    }
    out.resize(got * 4 + 16);
    const char* source = raw_.data();
    char* target = out.data();
    UErrorCode code = U_ZERO_ERROR;
    ucnv_convertEx(to_.get(), from_.get(), &target, out.data() + out.size(), &source, raw_.data() + got, pivot_.data(), &pivot_source_, &pivot_target_, pivot_.data() + pivot_.size(), first_, last, &code);
    first_ = false;
    out.resize(static_cast<std::size_t>(target - out.data()));
    return got > 0 || !out.empty();
  }
  std::uint64_t read() const { return read_; }

 private:
  std::ifstream in_;
  Converter from_, to_;
  std::array<char, 65536> raw_;
  std::array<UChar, 4096> pivot_;
  UChar* pivot_source_ = pivot_.data();
  UChar* pivot_target_ = pivot_.data();
  UBool first_ = true;
  std::uint64_t read_ = 0;
};

// Counts what in a file is none of an encoding.
struct Counter {
  std::int64_t bad = 0;
};

void count_bad(const void* context, UConverterToUnicodeArgs* args, const char* units, int32_t length, UConverterCallbackReason reason, UErrorCode* code) {
  if (reason <= UCNV_IRREGULAR) ++const_cast<Counter*>(static_cast<const Counter*>(context))->bad;
  UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, units, length, reason, code);
}

std::int64_t bad_of(const std::filesystem::path& file, const char* encoding) {
  auto converter = open_converter(encoding);
  if (!converter) return std::numeric_limits<std::int64_t>::max();
  Counter counter;
  UErrorCode code = U_ZERO_ERROR;
  UConverterToUCallback old_call = nullptr;
  const void* old_context = nullptr;
  ucnv_setToUCallBack(converter.get(), count_bad, &counter, &old_call, &old_context, &code);
  std::ifstream in(file, std::ios::binary);
  std::array<char, 65536> raw;
  std::array<UChar, 65536 + 16> out;
  while (in) {
    in.read(raw.data(), static_cast<std::streamsize>(raw.size()));
    const char* source = raw.data();
    const char* end = raw.data() + in.gcount();
    do {
      code = U_ZERO_ERROR;
      UChar* target = out.data();
      ucnv_toUnicode(converter.get(), &target, out.data() + out.size(), &source, end, nullptr, !in, &code);
    } while (code == U_BUFFER_OVERFLOW_ERROR);
  }
  return counter.bad;
}

struct Encoding {
  std::string shown;      // as people call it
  const char* converter;  // as ICU calls it
  std::size_t mark = 0;   // bytes of a byte-order mark
};

std::optional<Encoding> encoding_of(const std::filesystem::path& file) {
  std::array<unsigned char, 3> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(head.data()), head.size());
  if (in.gcount() >= 2 && head[0] == 0xFF && head[1] == 0xFE) return Encoding{"UTF-16LE", "UTF-16LE", 2};
  if (in.gcount() >= 2 && head[0] == 0xFE && head[1] == 0xFF) return Encoding{"UTF-16BE", "UTF-16BE", 2};
  const std::size_t mark = in.gcount() == 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF ? 3 : 0;
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file));
  if (mark == 3 || bad_of(file, "UTF-8") == 0) return Encoding{"UTF-8", "UTF-8", mark};
  // Many a Big5 file holds a few signs of an extension that none of the tables has: they become U+FFFD, and whoever reads the row refuses it.
  std::optional<Encoding> best;
  std::int64_t least = size / 200;
  for (const char* name : {"windows-950-2000", "Big5-HKSCS"}) {
    const auto bad = bad_of(file, name);
    if (bad < least || bad == 0) {
      best = Encoding{"Big5", name, 0};
      least = bad;
    }
    if (bad == 0) break;
  }
  return best;
}

class CsvReader final : public SheetReader {
 public:
  CsvReader(const std::filesystem::path& file, const Encoding& encoding, std::uint64_t size) : size_(size), pieces_(file, encoding.converter, encoding.mark) {
    table_.format = Format::csv;
    table_.encoding = encoding.shown;
    look_ahead(file, encoding);
  }
  const SourceTable& table() const override { return table_; }
  double progress() const override { return size_ == 0 ? 1 : std::min(1.0, static_cast<double>(pieces_.read()) / static_cast<double>(size_)); }

  Result<bool> next(SourceRow& row) override {
    while (true) {
      row.cells.clear();
      row.number = line_;
      MANDATE_ASSIGN(const bool any, read_row(row));
      drop_empty_end(row);
      if (!row.cells.empty()) return true;
      if (!any) return false;
    }
  }

 private:
  // Separator and line ends, from the whole text or its beginning.
  void look_ahead(const std::filesystem::path& file, const Encoding& encoding) {
    Pieces pieces(file, encoding.converter, encoding.mark);
    std::string piece;
    std::array<int, 3> counts{};
    bool quoted = false;
    bool first_line = true;
    lone_return_ends_ = true;
    while (lone_return_ends_ && pieces.next(piece)) {
      for (const char c : piece) {
        if (c == '"') quoted = !quoted;
        if (c == '\n') lone_return_ends_ = false;
        if (!first_line || quoted) continue;
        if (c == '\n' || c == '\r') first_line = false;
        if (c == ',') ++counts[0];
        if (c == ';') ++counts[1];
        if (c == '\t') ++counts[2];
      }
    }
    if (counts[1] > counts[0]) table_.separator = ';';
    if (counts[2] > std::max(counts[0], counts[1])) table_.separator = '\t';
  }

  // -1 at the end.
  int peek() {
    if (at_ == piece_.size()) {
      at_ = 0;
      piece_.clear();
      while (piece_.empty() && pieces_.next(piece_)) {
      }
      if (piece_.empty()) return -1;
    }
    return static_cast<unsigned char>(piece_[at_]);
  }
  int take() {
    const int c = peek();
    if (c >= 0) ++at_;
    return c;
  }

  Result<bool> read_row(SourceRow& row) {
    const std::string number = std::to_string(line_);
    std::string field;
    bool any = false;
    const auto end_field = [&] {
      // What left as a neutralised formula comes back as it was.
      if (field.size() > 1 && field[0] == '\'' && std::string_view("=+-@\t\r").find(field[1]) != std::string_view::npos) field.erase(0, 1);
      row.cells.push_back({field.empty() ? SourceKind::empty : SourceKind::text, std::move(field), false});
      field.clear();
    };
    bool begun = false;  // something of this field was read
    while (true) {
      const int c = take();
      if (c < 0) {
        if (any) end_field();
        return any;
      }
      any = true;
      if (field.size() > cell_bytes_max) return field_fault("row " + number, "sheet.cell_too_long", {{"row", number}});
      if (row.cells.size() > columns_max) return field_fault("row " + number, "sheet.too_wide", {{"row", number}, {"max", std::to_string(columns_max)}});
      if (c == '"' && !begun) {
        begun = true;
        MANDATE_TRY(read_quoted(field, number));
        continue;
      }
      if (c == table_.separator) {
        end_field();
        begun = false;
        continue;
      }
      if (c == '\n' || (c == '\r' && (lone_return_ends_ || peek() == '\n'))) {
        if (c == '\r' && peek() == '\n') take();
        ++line_;
        end_field();
        return true;
      }
      begun = true;
      field += static_cast<char>(c);
    }
  }

  Result<> read_quoted(std::string& field, const std::string& number) {
    while (true) {
      const int c = take();
      if (c < 0) return field_fault("row " + number, "sheet.open_quote", {{"row", number}});
      if (field.size() > cell_bytes_max) return field_fault("row " + number, "sheet.cell_too_long", {{"row", number}});
      if (c == '"') {
        if (peek() != '"') return done();
        take();
      }
      if (c == '\n' || (c == '\r' && lone_return_ends_)) ++line_;
      field += static_cast<char>(c);
    }
  }

  SourceTable table_;
  std::uint64_t size_;
  Pieces pieces_;
  std::string piece_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool lone_return_ends_ = false;
};

}  // namespace

Result<std::unique_ptr<SheetReader>> open_csv(const std::filesystem::path& file) {
  const auto encoding = encoding_of(file);
  if (!encoding) return field_fault("file", "sheet.encoding");
  return std::unique_ptr<SheetReader>(new CsvReader(file, *encoding, std::filesystem::file_size(file)));
}

}  // namespace mandate::sheets
