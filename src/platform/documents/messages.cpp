#include "platform/documents/document_text.hpp"

namespace mandate::documents {

const std::vector<i18n::Message>& document_messages() {
  static const std::vector<i18n::Message> messages{
      {"document.unknown_format", "看不懂這個檔案；請上傳 .odt、.docx 或純文字檔（.doc 請另存為 .docx）。", "This file is not understood; upload .odt, .docx or plain text (save a .doc as .docx)."},
      {"document.too_long", "文件的文字超過 20 MB。", "The document holds more than 20 MB of text."},
  };
  return messages;
}

}  // namespace mandate::documents
