#include "platform/http/messages.hpp"

namespace mandate::http {

const std::vector<i18n::Message>& http_messages() {
  static const std::vector<i18n::Message> messages = {
      {"fault.invalid", "輸入內容有誤", "Some input is not right"},
      {"fault.unauthenticated", "請先登入", "Sign in first"},
      {"fault.forbidden", "沒有權限", "Not allowed"},
      {"fault.not_found", "查無資料", "Not found"},
      {"fault.conflict", "目前狀態無法執行", "Not possible in the present state"},
      {"fault.stale", "資料已被他人更新", "Somebody changed this meanwhile"},
      {"fault.file_too_large", "檔案超過 {max} MB，請分成幾個檔案。", "The file is larger than {max} MB; split it."},
      {"fault.no_room", "檔案無法存檔，請通知系統管理人員檢查磁碟空間。", "The file could not be kept; ask the administrator to look at the disk."},
      {"fault.too_large", "內容過大", "Too large"},
      {"fault.too_many", "嘗試次數過多", "Too many attempts"},
      {"fault.unavailable", "暫時無法服務", "Not available just now"},
      {"fault.method", "此網址不支援這項操作。", "This address does not take that method."},
      {"fault.no_page", "找不到這個網頁，網址可能有誤或已移除。", "There is no such page; the address may be mistyped or out of date."},
      {"fault.no_route", "沒有這個介面，請檢查網址。", "There is no such interface; check the address."},
      {"fault.sign_in_first", "請登入後再試。", "Please sign in and try again."},
      {"fault.no_permission", "您的角色沒有「{permission}」權限；如業務需要，請洽系統管理者。", "Your role lacks the permission “{permission}”; ask the system administrator if your work needs it."},
      {"fault.other_origin", "這項要求不是由本系統的頁面送出，已拒絕。", "This request did not come from a page of this system and was refused."},
      {"fault.form_token", "頁面已逾時，請重新整理後再送出；您輸入的內容仍在。", "This page is out of date. Reload it and send again."},
      {"fault.key_reused", "同一識別碼（Idempotency-Key）已用於另一筆內容，請換一個。", "This Idempotency-Key was used with other content; choose a new one."},
      {"fault.secret_given", "這項要求已完成，機密內容只顯示一次。", "This was done already; its secret is shown only once."},
      {"fault.replayed", "這項要求已處理過。", "This request was handled already."},
      {"fault.refused", "未變更任何資料。", "Nothing was changed."},
      {"fault.database", "資料庫暫時無法使用，請稍候再試；未儲存任何變更。", "The database cannot be used just now; nothing was saved. Try again shortly."},
      {"fault.storage_full", "儲存空間已滿，未儲存任何變更，請通知系統管理者。", "The storage is full and nothing was saved; tell the system administrator."},
      {"fault.breakdown", "系統發生錯誤，未儲存任何變更；請將下方編號告知系統管理者。", "Something broke and nothing was saved; give the number below to the system administrator."},
      {"fault.busy", "系統忙線中，請稍候再試。", "The server is busy; try again shortly."},
      {"input.invalid", "請修正標示的欄位後再送出。", "Correct the marked fields and send again."},
      {"input.required", "此欄必填。", "This field is required."},
      {"input.unknown", "沒有這個欄位。", "There is no such field."},
      {"input.known_in_future", "「當時已知」的日期不可晚於今日。", "“As known on” cannot lie in the future."},
      {"input.not_json", "內容不是有效的 JSON，或同一欄位出現兩次。", "The body is not valid JSON, or names a member twice."},
      {"input.expected_object", "應為物件。", "An object is expected."},
      {"input.expected_list", "應為清單。", "A list is expected."},
      {"input.expected_text", "應為文字。", "Text is expected."},
      {"input.expected_bool", "應為是或否。", "Yes or no (true or false) is expected."},
      {"input.expected_integer", "應為整數。", "A whole number is expected."},
      {"input.expected_number", "應為數字。", "A number is expected."},
      {"input.expected_date", "應為西元日期，例如 2023-03-07。", "A date such as 2023-03-07 is expected."},
      {"input.expected_instant", "應為時間，例如 2023-03-07T01:02:03Z。", "A time such as 2023-03-07T01:02:03Z is expected."},
      {"input.expected_id", "應為編號（數字）。", "An id (digits) is expected."},
      {"input.expected_choice", "應為下列之一：{choices}。", "One of these is expected: {choices}."},
      {"input.nul", "文字含有無法儲存的字元（U+0000）。", "The text holds a character that cannot be kept (U+0000)."},
      {"input.too_long", "最多 {max} 字。", "At most {max} characters."},
      {"input.too_short", "至少 {min} 字。", "At least {min} characters."},
      {"input.out_of_range", "應介於 {min} 與 {max} 之間。", "Between {min} and {max}."},
      {"input.bad_cursor", "頁次標記無效，請回到第一頁。", "The page mark is not valid; go back to the first page."},
  };
  return messages;
}

}  // namespace mandate::http
