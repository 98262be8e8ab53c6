#include "foundation/reports/schedules.hpp"

namespace mandate::reports {

const std::vector<i18n::Message>& list_route_messages() {
  static const std::vector<i18n::Message> messages = {
      {"list.unknown", "沒有這份清單。", "There is no such list."},
      {"list.id_missing", "這份清單須指明屬於哪一筆紀錄（id）。", "This list needs the record it belongs to (id)."},
      {"list.filter", "篩選", "Filter"},
      {"list.no_filter", "無（全部）", "none (all)"},
      {"list.definition", "定義", "Definition"},
      {"list.made", "製表", "Made"},
      {"list.made_by", "{time}，{name}", "{time}, {name}"},
      {"list.bool.true", "是", "yes"},
      {"list.bool.false", "否", "no"},
      {"print.hint", "請用瀏覽器的列印功能（Ctrl+P）列印或存成 PDF；此列說明不會印出。", "Print with Ctrl+P, or save as PDF; this line is not printed."},
      {"print.count", "共 {count} 列", "{count} rows"},
  };
  return messages;
}

const std::vector<i18n::Message>& report_messages() {
  static const std::vector<i18n::Message> messages = {
      {"report.unknown", "沒有這份報表。", "There is no such report."},
      {"report.no_issue", "沒有這份已發布的報表，或不在您的權責範圍。", "There is no such issued report, or it is not yours to see."},
      {"report.no_chart", "這份報表沒有圖。", "This report has no chart."},
      {"report.as_of_in_future", "資料日期不能晚於今天。", "The day may not be in the future."},
      {"report.known_at", "依此時所知", "As known at"},
      {"permission.report.issue", "發布報表", "Issue reports"},
      {"event.report.issued", "發布報表「{title}」（資料日期{as_of}）", "Issued the report “{title}” as of {as_of}"},
  };
  return messages;
}

const std::vector<i18n::Message>& schedule_messages() {
  static const std::vector<i18n::Message> messages = {
      {"schedule.not_found", "沒有這個排程。", "There is no such schedule."},
      {"schedule.not_yours", "只有設定的人可以變更這個排程。", "Only whoever made the schedule may change it."},
      {"schedule.too_many_readers", "收件人最多{max}位。", "At most {max} readers."},
      {"schedule.reader_may_not", "{name}不能看這份報表，因此不能列為收件人。", "{name} may not see this report and cannot be a reader."},
      {"schedule.owner_may_not", "設定的人已無此權限，排程停止。", "Whoever made it may not any more: it was stopped."},
      {"schedule.removed", "已移除", "removed"},
      {"schedule.mail_subject", "{title}（資料日期{date}）", "{title} as of {date}"},
      {"schedule.chart", "圖表", "chart"},
      {"schedule.mail_attached", "依排程寄上「{title}」，內容以您的權責範圍為準，檔案如附件。", "Here is “{title}” as scheduled, within what you may see; the file is attached."},
      {"schedule.mail_link", "依排程產生的「{title}」已備妥，內容以您的權責範圍為準；檔案未隨信附上，請登入後開啟。", "“{title}” is ready as scheduled, within what you may see; the file is not attached, sign in to open it."},
      {"schedule.mail_open", "開啟已發布的報表", "Open issued reports"},
      {"schedule.rows", "列數", "Rows"},
      {"permission.report.schedule", "排程寄送報表", "Schedule reports by mail"},
      {"mail.kind.report.scheduled", "排程報表", "Scheduled report"},
      {"event.report.scheduled", "排程寄送「{title}」", "Scheduled “{title}” by mail"},
      {"event.report.paused", "暫停排程報表", "Paused a scheduled report"},
      {"event.report.resumed", "恢復排程報表", "Resumed a scheduled report"},
      {"event.report.unscheduled", "移除排程報表", "Removed a scheduled report"},
      {"event.report.schedule_stopped", "排程報表自動停止", "A scheduled report was stopped"},
  };
  return messages;
}

}  // namespace mandate::reports
