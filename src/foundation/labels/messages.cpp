#include "foundation/labels/api.hpp"

namespace mandate::labels {

const std::vector<i18n::Message>& label_messages() {
  static const std::vector<i18n::Message> messages = {
      {"label.not_found", "沒有這個用語，或不可更改。", "There is no such label, or it cannot be changed."},
      {"label.unchanged", "用語沒有變更。", "The wording is the same."},
      {"label.plain_text", "請輸入單行文字，不可含換行、大括號或看不見的字元。", "Enter one line of plain text without braces or invisible characters."},
      {"event.label.set", "用語 {key}（{language}）改為「{wording}」", "Label {key} ({language}) reads “{wording}”"},
      {"event.label.reset", "用語 {key}（{language}）恢復原文", "Label {key} ({language}) reads as it did first"},
  };
  return messages;
}

}  // namespace mandate::labels
