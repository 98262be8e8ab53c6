#include "platform/sheets/xml_entry.hpp"

#include <array>

namespace mandate::sheets {
namespace {

constexpr std::uint64_t ratio_max = 400;
constexpr std::uint64_t ratio_from_bytes = 64u << 20;
constexpr std::size_t depth_max = 200;
constexpr std::uint64_t token_bytes_max = 2u << 20;

}  // namespace

Fault broken_sheet() { return field_fault("file", "sheet.broken"); }

Zip open_zip(const std::filesystem::path& file) {
  int code = 0;
  return Zip(zip_open(file.c_str(), ZIP_RDONLY, &code));
}

bool has_entry(zip_t* zip, const std::string& name) { return zip_name_locate(zip, name.c_str(), 0) >= 0; }

Result<std::unique_ptr<XmlEntry>> XmlEntry::open(zip_t* zip, const std::string& name, Start start, End end, Text text) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(zip, name.c_str(), 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) return broken_sheet();
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) return field_fault("file", "sheet.encrypted");
  std::unique_ptr<XmlEntry> out(new XmlEntry);
  out->size_ = stat.size;
  out->packed_ = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : stat.size;
  out->entry_ = zip_fopen(zip, name.c_str(), 0);
  if (out->entry_ == nullptr) return broken_sheet();
  out->start_ = std::move(start);
  out->end_ = std::move(end);
  out->text_ = std::move(text);
  out->parser_ = XML_ParserCreate(nullptr);
  XML_SetUserData(out->parser_, out.get());
  XML_SetElementHandler(
      out->parser_,
      [](void* self, const char* element, const char** attributes) {
        auto& entry = *static_cast<XmlEntry*>(self);
        if (++entry.depth_ > depth_max) {
          entry.forbidden_ = true;
          XML_StopParser(entry.parser_, XML_FALSE);
          return;
        }
        Attributes all;
        for (const char** at = attributes; *at != nullptr; at += 2) all.emplace(at[0], at[1]);
        entry.start_(element, all);
      },
      [](void* self, const char* element) {
        auto& entry = *static_cast<XmlEntry*>(self);
        --entry.depth_;
        entry.end_(element);
      });
  XML_SetCharacterDataHandler(out->parser_, [](void* self, const char* text_begin, int length) { static_cast<XmlEntry*>(self)->text_({text_begin, static_cast<std::size_t>(length)}); });
  // No office program writes a document type: one that is there defines entities to unfold without end.
  XML_SetStartDoctypeDeclHandler(out->parser_, [](void* self, const char*, const char*, const char*, int) {
    auto& entry = *static_cast<XmlEntry*>(self);
    entry.forbidden_ = true;
    XML_StopParser(entry.parser_, XML_FALSE);
  });
  return out;
}

XmlEntry::~XmlEntry() {
  if (parser_ != nullptr) XML_ParserFree(parser_);
  if (entry_ != nullptr) zip_fclose(entry_);
}

void XmlEntry::stop() {
  ended_ = true;
  XML_StopParser(parser_, XML_FALSE);
}

Result<bool> XmlEntry::step() {
  if (ended_) return false;
  std::array<char, 65536> buffer;
  const auto got = zip_fread(entry_, buffer.data(), buffer.size());
  if (got < 0) return broken_sheet();
  read_ += static_cast<std::uint64_t>(got);
  if (read_ > ratio_from_bytes && read_ / std::max<std::uint64_t>(packed_, 1) > ratio_max) return field_fault("file", "sheet.bomb");
  const bool last = got == 0;
  if (XML_Parse(parser_, buffer.data(), static_cast<int>(got), last ? XML_TRUE : XML_FALSE) != XML_STATUS_OK) {
    if (ended_) return false;
    return forbidden_ ? field_fault("file", "sheet.forbidden") : broken_sheet();
  }
  // One tag or remark that does not end is read anew with every piece: a long one would cost its length squared.
  const auto at = XML_GetCurrentByteIndex(parser_);
  if (at >= 0 && read_ > static_cast<std::uint64_t>(at) + token_bytes_max) return field_fault("file", "sheet.bomb");
  if (last) ended_ = true;
  return !ended_;
}

Result<> XmlEntry::finish() {
  while (true) {
    MANDATE_ASSIGN(const bool more, step());
    if (!more) return done();
  }
}

}  // namespace mandate::sheets
