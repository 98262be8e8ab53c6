#include "foundation/imports/api.hpp"

namespace mandate::imports {

const std::vector<i18n::Message>& import_messages() {
  static const std::vector<i18n::Message> messages{
      {"permission.import.read", "查看自己的匯入紀錄", "See one's imports"},
      {"permission.import.use", "匯入檔案", "Bring files in"},
      {"permission.import.read_all", "查看所有人的匯入紀錄", "See everybody's imports"},
      {"import.not_found", "找不到這次匯入。", "There is no such import."},
      {"import.no_such_kind", "沒有這種匯入，或您沒有權限。", "There is no such kind of import, or you may not use it."},
      {"import.no_kind", "沒有這種匯入；可用的有：{kinds}。", "There is no such kind of import; there are: {kinds}."},
      {"import.not_yours", "只有上傳檔案的人可以繼續這次匯入。", "Only the person who brought the file can go on with it."},
      {"import.not_now", "這次匯入目前的狀態不能這樣做；請重新整理頁面。", "This cannot be done in the import's present state; reload the page."},
      {"import.file_gone", "檔案已逾保存期限而移除，請重新上傳。", "The file is no longer kept; upload it again."},
      {"import.has_bad_rows", "有 {count} 列不能匯入，因此沒有匯入任何資料。請修正檔案，或選擇略過這些列。", "{count} row(s) cannot be loaded, so nothing was. Mend the file, or choose to skip them."},
      {"import.refused_while_loading", "匯入途中有 {count} 列無法寫入，已全部退回，沒有留下任何資料。請重新檢查。", "{count} row(s) could not be written on the way; everything was taken back. Check the file again."},
      {"import.cancelled", "已依您的要求停止，沒有留下任何資料。", "Stopped as you asked; nothing was left behind."},
      {"import.depended_on", "有 {count} 筆在匯入後已有人處理，因此不能整批復原。", "{count} record(s) were worked on since the import, so it cannot be undone as a whole."},
      {"import.no_header_row", "這一列不在檔案開頭，不能當作標題列。", "That row is not near the beginning of the file and cannot be its header."},
      {"import.no_column", "沒有這個欄位。", "There is no such column."},
      {"import.column_twice", "同一個欄位對應了兩次。", "This column is matched twice."},
      {"import.column_missing", "「{column}」是必填欄位，請指定檔案中的欄或固定的值。", "This column is required: choose a column of the file or a fixed value."},
      {"import.no_source", "請指定檔案中的欄，或填固定的值。", "Choose a column of the file, or a fixed value."},
      {"import.no_file_column", "檔案沒有第 {column} 欄。", "The file has no column {column}."},
      {"import.empty", "必填，這一格是空的。", "Required, and empty here."},
      {"import.unreadable", "含有無法辨識的字元（編碼錯誤）。", "Holds signs that cannot be read (broken encoding)."},
      {"import.formula_error", "公式的結果是錯誤值 {text}。", "The result of the formula is the error {text}."},
      {"import.formula_without_result", "這一格是公式，但檔案沒有存計算結果；請在試算表中重新計算並存檔。", "This cell is a formula without a stored result; recalculate and save the file."},
      {"import.not_a_date", "「{text}」不是看得懂的日期；例如 112/3/7、112年3月7日、2023-03-07。", "“{text}” is no date that is understood; write 112/3/7, 112年3月7日 or 2023-03-07."},
      {"import.not_a_number", "「{text}」不是整數。", "“{text}” is no whole number."},
      {"import.not_a_choice", "「{text}」不在可用的值裡：{choices}。", "“{text}” is none of: {choices}."},
      {"import.key_twice", "與第 {row} 列的編號相同但內容不同，無法判斷以哪一列為準。", "Has the same key as row {row} and says something else."},
      {"import.key_again", "與前面某一列的編號相同但內容不同，無法判斷以哪一列為準。", "Has the same key as a row before and says something else."},
      {"import.duplicate_of", "與第 {row} 列完全相同。", "The same as row {row}."},
      {"import.duplicate", "與前面某一列完全相同。", "The same as a row before."},
      {"import.mended.spaces", "已去除前後空白。", "Spaces around it were taken away."},
      {"import.mended.invisible", "已去除看不見的字元。", "Invisible signs were taken away."},
      {"import.mended.returns", "已將儲存格內的換行改為空格。", "Line breaks within the cell became spaces."},
      {"import.mended.formula", "以公式的計算結果「{text}」匯入。", "The formula's result “{text}” is taken."},
      {"import.mended.period_end", "「{text}」取期間的最後一天 {date}。", "“{text}” is taken as its last day, {date}."},
      {"import.mended.otherwise", "空白，以指定的值「{text}」匯入。", "Empty: the given value “{text}” is taken."},
      {"import.reason", "不能匯入的原因", "Why it cannot be loaded"},
      {"import.refused_file", "{file} 不能匯入的列", "{file} refused rows"},
      {"event.import.uploaded", "上傳匯入檔案「{file}」", "Brought the file “{file}”"},
      {"event.import.checked", "檢查匯入檔案：{rows} 列，{refused} 列不能匯入", "Checked {rows} rows, {refused} refused"},
      {"event.import.loading", "開始匯入 {rows} 列", "Began to load {rows} rows"},
      {"event.import.done", "匯入完成：新增 {created}、更新 {changed}、相同 {same}、重複 {duplicate}、不能匯入 {refused}", "Loaded: {created} new, {changed} changed, {same} the same, {duplicate} duplicate, {refused} refused"},
      {"event.import.undoing", "開始復原整批匯入", "Began to undo the import"},
      {"event.import.undone", "已復原整批匯入（保留 {kept} 筆）", "Undid the import ({kept} kept)"},
      {"event.import.cancelled", "匯入已停止並退回", "The import was stopped and taken back"},
  };
  return messages;
}

}  // namespace mandate::imports
