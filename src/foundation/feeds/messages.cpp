#include "foundation/feeds/api.hpp"

namespace mandate::feeds {

const std::vector<i18n::Message>& feed_messages() {
  static const std::vector<i18n::Message> messages = {
      {"feed.people_only", "服務金鑰不能建立行事曆訂閱，請以個人帳號操作。", "Service tokens cannot make calendar links; sign in as a person."},
      {"feed.unknown_kind", "沒有這種行事曆。", "There is no such calendar."},
      {"feed.not_found", "沒有這個訂閱連結，或已撤銷。", "There is no such link, or it was revoked."},
      {"feed.no_such_link", "這個行事曆連結無效或已撤銷，請到「行事曆訂閱」重新建立。", "This calendar link is not valid or was revoked; make a new one under “Calendar links”."},
      {"feed.too_many", "訂閱連結已達 {max} 個上限，請先撤銷不用的連結。", "You have {max} links, the most there may be; revoke one first."},
      {"feed.too_often", "讀取過於頻繁，請 10 分鐘後再試；建議每小時更新一次。", "Asked too often; try again in ten minutes. Once an hour is enough."},
      {"feed.mine_name", "我的列管事項", "My duties"},
      {"feed.agency_name", "{agency}列管事項", "Duties of {agency}"},
      {"feed.own_agency_name", "本機關列管事項", "My agency's duties"},
      {"feed.series_name", "定期事項：{title}", "Series: {title}"},
      {"feed.confidential", "密件列管事項", "A confidential duty"},
      {"feed.entry", "{number}\n承辦機關：{agency}\n狀態：{state}", "{number}\nOwed by {agency}\nState: {state}"},
      {"feed.meetings", "會議", "Meetings"},
      {"feed.meeting", "{number}\n主辦機關：{agency}\n地點：{place}\n狀態：{state}", "{number}\nOwner: {agency}\nPlace: {place}\nState: {state}"},
      {"feed.entry_done", "（已完成）{title}", "(Done) {title}"},
      {"feed.entry_cancelled", "（已撤銷）{title}", "(Cancelled) {title}"},
      {"feed.alarm", "列管事項即將到期", "A duty falls due"},
      {"feed.changes_title", "市政承諾簿：異動", "What the city promised: changes"},
      {"feed.changes_author", "臺中市政府", "Taichung City Government"},
      {"event.feed.created", "建立行事曆訂閱連結", "Made a calendar link"},
      {"event.feed.revoked", "撤銷行事曆訂閱連結", "Revoked a calendar link"},
  };
  return messages;
}

}  // namespace mandate::feeds
