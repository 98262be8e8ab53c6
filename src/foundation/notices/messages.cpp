#include "foundation/notices/api.hpp"

namespace mandate::notices {

const std::vector<i18n::Message>& notice_messages() {
  static const std::vector<i18n::Message> messages = {
      {"notice.system", "系統", "The system"},
      {"notice.hidden", "您已無權檢視這筆事項。", "You may not see this record any more."},
      {"notice.instead_of", "（代理 {name}）", "(for {name}) "},
      {"notice.chase_needs_mail", "稽催一定會寄信；請選逐筆、每日或每週彙整。", "Chases are always mailed; choose single mails, a daily or a weekly digest."},
      {"notice.digest_in_quiet_time", "彙整信的時間落在勿擾時段內，請改時間或縮短勿擾時段。", "The digest's time lies in the quiet time; move one of them."},
      {"notice.time_of_day", "請以 24 小時制填寫，例如 08:30。", "Write the time as 08:30, by the 24-hour clock."},
      {"notice.for_people", "通知屬於個人帳號，服務金鑰不能使用。", "Notices are for people; a service token cannot use them."},
      {"notice.stream_needs_session", "即時通知須先登入。", "Live notices need a signed-in session."},
      {"notice.only_read_up_to", "「全部」只能標為已讀。", "Everything up to a number can only be marked as read."},
      {"notice.unknown_record_kind", "這種資料不能追蹤。", "Records of this kind cannot be followed."},
      {"notice.no_record", "沒有這筆資料，或不在您的權責範圍。", "There is no such record, or it is not yours to see."},
      {"mail.kind.notice.chase", "稽催信", "Chase"},
      {"mail.kind.notice.digest", "通知信", "Notices"},
      {"notice.mail_action", "前往辦理", "Go there"},
      {"notice.mail_more", "另有 {count} 則，請至系統查看。", "{count} more are in the system."},
      {"notice.mail_subject_one", "【通知】1 則待您查看", "1 notice for you"},
      {"notice.mail_subject", "【通知】{count} 則待您查看", "{count} notices for you"},
      {"notice.mail_subject_chase_one", "【稽催】1 件列管事項請儘速辦理", "1 duty needs you now"},
      {"notice.mail_subject_chase", "【稽催】{count} 件列管事項請儘速辦理", "{count} duties need you now"},
      {"notice.mail_subject_daily", "【每日彙整】{count} 則通知", "Daily digest: {count} notices"},
      {"notice.mail_subject_weekly", "【每週彙整】{count} 則通知", "Weekly digest: {count} notices"},
  };
  return messages;
}

}  // namespace mandate::notices
