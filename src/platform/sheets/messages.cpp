#include "platform/sheets/reader.hpp"

namespace mandate::sheets {

const std::vector<i18n::Message>& sheet_messages() {
  static const std::vector<i18n::Message> messages{
      {"sheet.broken", "檔案不完整或已損毀，無法讀取；請用試算表軟體開啟後另存新檔，再試一次。", "The file is incomplete or damaged; open it in a spreadsheet program, save it anew and try again."},
      {"sheet.encrypted", "檔案設有密碼，請取消密碼保護後再上傳。", "The file is protected by a password; remove it and upload again."},
      {"sheet.bomb", "檔案解壓縮後異常龐大，不予讀取。", "The file unpacks to an unreasonable size and is not read."},
      {"sheet.forbidden", "檔案含有試算表不會使用的定義，不予讀取。", "The file holds definitions that no spreadsheet uses and is not read."},
      {"sheet.empty", "檔案是空的。", "The file is empty."},
      {"sheet.no_rows", "檔案裡沒有任何資料列。", "The file holds no rows."},
      {"sheet.unknown_format", "看不懂這個檔案；請上傳 CSV、ODS 或 XLSX。", "This file is not understood; upload CSV, ODS or XLSX."},
      {"sheet.old_excel", "這是舊版 Excel 檔（.xls）或設有密碼的檔案；請另存為 .xlsx 或 .ods 再上傳。", "This is an old Excel file (.xls) or one with a password; save it as .xlsx or .ods and upload that."},
      {"sheet.encoding", "檔案的文字編碼無法辨識；請以 UTF-8 或 Big5 儲存。", "The encoding of the text is not recognised; save it as UTF-8 or Big5."},
      {"sheet.too_long_text", "檔案的內容超過 {max} MB。", "The file holds more than {max} MB of text."},
      {"sheet.open_quote", "第 {row} 列有一個引號沒有結束。", "A quote that begins in row {row} is never closed."},
      {"sheet.too_wide", "第 {row} 列超過 {max} 欄。", "SourceRow {row} has more than {max} columns."},
      {"sheet.cell_too_long", "第 {row} 列有一格超過 1 MB。", "A cell of row {row} is larger than 1 MB."},
  };
  return messages;
}

}  // namespace mandate::sheets
