#include "foundation/attachments/api.hpp"

namespace mandate::attachments {

const std::vector<i18n::Message>& attachment_messages() {
  static const std::vector<i18n::Message> messages = {
      {"attachment.unknown_kind", "這類資料不能附檔。", "Records of this kind take no attachments."},
      {"attachment.not_found", "沒有這個附件，或不在您的權責範圍。", "There is no such attachment, or it is not yours to see."},
      {"attachment.withdrawn_gone", "這個附件已撤下，無法下載。", "This attachment was withdrawn and cannot be downloaded."},
      {"attachment.withdrawn_already", "這個附件已撤下。", "This attachment was withdrawn already."},
      {"attachment.not_yours", "只有上傳者、機關首長或研考會可變更這個附件。", "Only who added it, the agency's head or the RDEC can change this attachment."},
      {"attachment.not_to_add", "您不能在這筆資料加入附件。", "You cannot add attachments here."},
      {"attachment.none", "這筆資料沒有可下載的附件。", "There are no attachments to download."},
      {"attachment.no_page", "沒有這一頁的預覽。", "There is no preview of that page."},
      {"attachment.no_upload", "沒有這次上傳，或已逾 24 小時失效，請重新選擇檔案。", "There is no such upload, or its 24 hours are over; choose the file again."},
      {"attachment.upload_complete", "這次上傳已完成。", "This upload is complete already."},
      {"attachment.file_too_large", "單一檔案上限為 {max} MB，請縮小或分成幾個檔案。", "A file may have at most {max} MB; make it smaller or split it."},
      {"attachment.too_many", "附件已達 {max} 個上限；如需更多，請合併檔案或洽研考會調整上限。", "There are {max} attachments already, the most a record takes; merge files or ask the RDEC to raise the limit."},
      {"attachment.record_full", "附件總容量上限為 {max} MB，目前已用 {used}；請縮小檔案或洽研考會調整上限。", "All attachments together may have {max} MB and have {used}; make the file smaller or ask the RDEC to raise the limit."},
      {"attachment.too_many_uploads", "您同時進行的上傳已達 {max} 個，請等其中幾個完成或取消。", "You have {max} uploads under way; wait for some or cancel them."},
      {"permission.attachment.read", "查看附件", "See attachments"},
      {"permission.attachment.add", "加入附件", "Add attachments"},
      {"permission.attachment.withdraw", "撤下他人加入的附件", "Withdraw attachments of others"},
      {"event.attachment.added", "加入附件：{kind} 檔，{size}", "Added an attachment: {kind}, {size}"},
      {"event.attachment.described", "修改附件說明：{kind} 檔", "Described an attachment: {kind}"},
      {"event.attachment.withdrawn", "撤下附件（{kind} 檔）：{reason}", "Withdrew an attachment ({kind}): {reason}"},
  };
  return messages;
}

}  // namespace mandate::attachments
