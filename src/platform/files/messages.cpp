#include "platform/files/store.hpp"

namespace mandate::files {

const std::vector<i18n::Message>& files_messages() {
  static const std::vector<i18n::Message> messages = {
      {"file.empty", "這個檔案沒有內容，請確認選對檔案。", "This file is empty; check that it is the right one."},
      {"file.no_name", "檔名沒有可用的文字，請改名後再上傳。", "The file's name has no usable characters; rename it and upload it again."},
      {"file.type_not_taken", "不收這種檔案。可上傳：PDF、ODT、ODS、ODP、DOCX、XLSX、PPTX、JPG、PNG、GIF、WEBP、TIFF、TXT、CSV、ZIP。", "This kind of file is not taken. Taken are: PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, JPG, PNG, GIF, WEBP, TIFF, TXT, CSV, ZIP."},
      {"file.wrong_type", "檔案內容與副檔名不符，請以原程式另存為正確格式後再上傳。", "The content is not what the name's ending says; save it in the right format with the program it came from."},
      {"file.markup", "不收網頁與 SVG 檔，其中可能夾帶程式。請改存為 PDF 或 PNG。", "Web pages and SVG are not taken, as they can carry programs. Save it as PDF or PNG."},
      {"file.polyglot", "這個檔案同時是兩種檔案（前後夾帶其他內容），請以原程式重新另存後再上傳。", "This file is two kinds of file at once (something hides before or behind it); save it anew with the program it came from."},
      {"file.broken", "檔案毀損或不完整，無法讀取，請重新產生後再上傳。", "The file is damaged or incomplete and cannot be read; make it again and upload it."},
      {"file.too_complex", "檔案內容過於複雜，無法在時限內檢查，請簡化或另存為 PDF。", "The file is too complex to be checked in time; simplify it or save it as PDF."},
      {"file.encrypted", "檔案有密碼保護，無法檢查，請解除密碼後再上傳。", "The file is protected by a password and cannot be checked; remove the password first."},
      {"file.too_many_pixels", "圖片過大（{width}×{height}）：上限為 {max} 百萬像素，單邊 {side}。請縮小後再上傳。", "The picture is too large ({width}×{height}): at most {max} megapixels and {side} a side. Make it smaller first."},
      {"file.too_many_frames", "動畫超過 {max} 格，請縮短後再上傳。", "The animation has more than {max} frames; shorten it."},
      {"file.too_many_pages", "超過 {max} 頁，請分成幾個檔案上傳。", "More than {max} pages; split it into several files."},
      {"file.pdf_active", "PDF 內含會自動執行的動作（程式、啟動或傳送），請「列印成 PDF」後再上傳。", "The PDF holds actions that run (scripts, launching or sending); print it to a new PDF first."},
      {"file.pdf_embedded", "PDF 內夾帶其他檔案，請取出後分別上傳。", "The PDF carries other files within it; take them out and upload them by themselves."},
      {"file.macros", "文件含有巨集，請另存為不含巨集的格式（例如 .docx、.odt）後再上傳。", "The document holds macros; save it in a format without them (such as .docx or .odt)."},
      {"file.archive_bomb", "壓縮檔解開後過大：最多 {megabytes} MB、{entries} 個檔案，單檔壓縮比不超過 {ratio} 倍。請分批上傳。", "The archive unpacks to too much: at most {megabytes} MB, {entries} files, and {ratio} times the packed size for one. Upload it in parts."},
      {"file.archive_levels", "壓縮檔中的壓縮檔超過 {max} 層，請解開後再上傳。", "Archives within archives go deeper than {max} levels; unpack them first."},
      {"file.archive_names", "壓縮檔內的檔名不安全（絕對路徑、「..」、控制字元或重複），請重新壓縮後再上傳。", "The archive holds unsafe names (absolute, with “..”, control characters, or twice); pack it anew."},
      {"file.archive_inside", "壓縮檔中夾有無法檢查的壓縮檔（7z、RAR、GZ 等），請解開或改用 ZIP。", "The archive holds an archive that cannot be looked into (7z, RAR, GZ and so on); unpack it or use ZIP."},
      {"file.program_inside", "壓縮檔中夾有可執行的程式，請移除後再上傳。", "The archive holds a program; take it out."},
      {"file.text_encoding", "文字檔請以 UTF-8 編碼另存後再上傳。", "Save the text as UTF-8 and upload it again."},
      {"file.no_inspector", "目前無法檢查檔案，請稍候再試；檔案尚未儲存。", "Files cannot be checked just now; nothing was kept. Try again shortly."},
      {"file.not_written", "檔案暫時無法寫入，請稍候再試。", "The file could not be written just now; try again shortly."},
      {"file.upload_busy", "這個檔案正由另一個連線上傳中，請稍候再試。", "Another connection is sending this file; try again shortly."},
      {"file.gap", "傳送位置不連續：伺服器已收到 {bytes} 位元組，請由此處續傳。", "There is a gap: the server has {bytes} bytes; go on from there."},
      {"file.longer_than_said", "收到的內容比原先告知的大小多，請重新上傳。", "More came than was announced; upload the file again."},
      {"file.incomplete", "檔案尚未傳完：伺服器已收到 {bytes} 位元組，請續傳。", "The file is not complete: the server has {bytes} bytes; go on from there."},
  };
  return messages;
}

}  // namespace mandate::files
