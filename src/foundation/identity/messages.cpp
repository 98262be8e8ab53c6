#include "foundation/identity/api.hpp"

namespace mandate::identity {

const std::vector<i18n::Message>& identity_messages() {
  static const std::vector<i18n::Message> messages = {
      {"session.none", "服務金鑰沒有登入可供登出；不再使用時請廢止金鑰。", "A service token has no session to end; revoke it when it is no longer used."},
      {"session.ended", "登入已結束，請重新登入。", "This session has ended; sign in again."},
      {"session.expired", "閒置過久，為保護資料已自動登出，請重新登入。", "Signed out after a time without use, to protect the data. Sign in again."},
      {"session.not_found", "沒有這筆登入紀錄。", "There is no such session."},
      {"token.not_valid", "服務金鑰無效或已過期。", "The service token is not valid or has expired."},
      {"token.not_found", "沒有這把服務金鑰。", "There is no such service token."},
      {"token.unknown_permission", "沒有「{permission}」這項權限。", "There is no permission “{permission}”."},
      {"token.beyond_own", "這把金鑰本身沒有「{permission}」權限，不可授予他人。", "This token does not have the permission “{permission}” itself and cannot give it."},
      {"token.bad_expiry", "到期日須在明日起一年以內。", "The expiry must lie between tomorrow and a year from now."},
      {"account.wrong_credentials", "帳號或密碼不正確。連續錯誤將暫停登入。", "The account or the password is not right. Repeated failures suspend sign-in."},
      {"account.locked", "連續登入失敗，請於 {minutes} 分鐘後再試，或洽系統管理者。", "Too many failures: try again in {minutes} minutes, or ask the system administrator."},
      {"account.bad_login_name", "帳號須為 1 至 60 字，不含空白與 : ; , / \\ 引號。", "A login name has 1 to 60 characters, without spaces, : ; , / \\ or quotes."},
      {"account.login_taken", "這個帳號已有人使用。", "This login name is taken."},
      {"account.password_has_login", "密碼不可包含帳號。", "The password may not contain the login name."},
      {"account.password_too_plain", "密碼太容易猜到，請換一組較長且不重複的文字。", "The password is too easy to guess; choose a longer, more varied one."},
      {"account.unknown_role", "沒有這個角色。", "There is no such role."},
      {"account.unknown_agency", "沒有這個機關，請重新選擇。", "There is no such agency; choose another."},
      {"account.unknown_unit", "該機關沒有這個單位，請重新選擇。", "The agency has no such unit; choose another."},
      {"account.not_found", "沒有這個帳號。", "There is no such account."},
      {"account.last_admin", "這是最後一位系統管理者，不可移除。", "This is the last system administrator and must stay one."},
      {"account.not_oneself", "不可停用自己的帳號。", "You cannot disable your own account."},
      {"permission.duty.read", "查看列管事項", "See duties"},
      {"permission.duty.create", "新增列管事項", "Create duties"},
      {"permission.duty.complete", "回報完成", "Report done"},
      {"permission.duty.reopen", "重新列管", "Reopen"},
      {"permission.duty.reassign", "改派", "Reassign"},
      {"permission.duty.ask_extension", "申請展期", "Ask for more time"},
      {"permission.duty.decide_extension", "核定展期", "Decide on extensions"},
      {"permission.duty.cancel", "撤銷列管", "Cancel duties"},
      {"permission.plan.read", "查看施政計畫", "See plans"},
      {"permission.plan.import", "匯入施政計畫", "Import plans"},
      {"permission.plan.decide", "認定應辦事項", "Decide on obligations"},
      {"permission.agency.read", "查看機關資料", "See agencies"},
      {"permission.agency.edit", "維護機關資料", "Edit agencies"},
      {"permission.calendar.read", "查看辦公日曆", "See the office calendar"},
      {"permission.calendar.edit", "維護辦公日曆", "Edit the office calendar"},
      {"permission.policy.read", "查看管考參數", "See policy values"},
      {"permission.policy.edit", "維護管考參數", "Edit policy values"},
      {"permission.account.read", "查看帳號", "See accounts"},
      {"permission.account.edit", "維護帳號與角色", "Edit accounts and roles"},
      {"permission.token.edit", "管理服務金鑰", "Manage service tokens"},
      {"permission.audit.read", "查看稽核紀錄", "See the audit log"},
      {"permission.jobs.read", "查看排程作業", "See background jobs"},
      {"permission.system.metrics", "讀取系統量測", "Read system metrics"},
  };
  return messages;
}

}  // namespace mandate::identity
