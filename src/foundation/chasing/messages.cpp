#include "foundation/chasing/api.hpp"

namespace mandate::chasing {

const std::vector<i18n::Message>& chase_messages() {
  static const std::vector<i18n::Message> messages = {
      {"chase.too_many_rungs", "稽催階梯最多 {max} 級。", "A ladder has at most {max} rungs."},
      {"chase.repeat_only_after", "只有到期日當天或逾期後的級別可以重複。", "Only rungs on or after the due date can repeat."},
      {"chase.rung_twice", "同一天對同一對象已有一級。", "There is a rung for these people on that day already."},
      {"chase.ladder_not_in_the_past", "生效日不可早於今天（{today}）；已發出的稽催不會改變。", "It can begin today ({today}) or later: chases that were made do not change."},
      {"chase.none_chosen", "請至少選取一筆事項。", "Choose at least one duty."},
      {"chase.too_many", "一次最多稽催 {max} 筆。", "At most {max} duties at once."},
      {"chase.no_such_channel", "請選擇電話、信件或公函。", "Choose phone, mail or letter."},
      {"chase.not_open", "這筆事項已結案，不需稽催。", "This duty is closed; there is nothing to chase."},
      {"chase.nobody_to_mail", "查無可收信的人員；請改用電話或公函，並檢查該機關的職務與帳號。", "Nobody there can be mailed; use phone or letter, and look at the agency's posts and accounts."},
      {"chase.nothing_to_answer", "這筆事項目前沒有待回復的稽催。", "No chase of this duty waits for an answer."},
      {"chase.no_batch", "沒有這份稽催紀錄。", "There is no such record of chasing."},
      {"chase.mail_subject", "【稽催】{count} 件列管事項請儘速辦理並回復", "{count} duties need your answer now"},
      {"chase.mail_due", "（期限 {due_on}）", " (due {due_on})"},
      {"chase.mail_reply_by", "請於 {date} 前回復。", "Please answer by {date}."},
      {"notice.chase.ahead", "期限 {due_on}，還有 {days} 天，請預為辦理。", "Due {due_on}, in {days} days."},
      {"notice.chase.ahead.many", "您有 {count} 筆事項即將到期。", "{count} of your duties fall due soon."},
      {"notice.chase.today", "今天到期，請完成後回報，或申請展期。", "Due today: report it done, or ask for more time."},
      {"notice.chase.today.many", "您有 {count} 筆事項今天到期。", "{count} of your duties are due today."},
      {"notice.chase.late", "已逾期 {days} 天（期限 {due_on}），請儘速辦理並回復稽催。", "{days} days late (due {due_on}): act now and answer the chase."},
      {"notice.chase.late.many", "您有 {count} 筆事項已逾期，請儘速辦理並回復稽催。", "{count} of your duties are late: act now and answer."},
      {"notice.chase.late_above", "所屬已逾期 {days} 天（期限 {due_on}），請督導辦理。", "{days} days late below you (due {due_on}): see that it is done."},
      {"notice.chase.late_above.many", "所屬有 {count} 筆事項逾期，請督導辦理。", "{count} duties below you are late: see that they are done."},
      {"notice.chase.by_hand", "{actor}催辦這筆事項（期限 {due_on}），請回復。", "{actor} chases this duty (due {due_on}); please answer."},
      {"notice.chase.answered", "{actor}已回復您的稽催。", "{actor} answered your chase."},
      {"event.duty.chased", "系統依稽催階梯催辦 {count} 級（期限 {due_on}）", "Chased by the ladder, {count} rungs (due {due_on})"},
      {"event.duty.chased_by_hand", "以{channel}催辦（{number}）：{note}", "Chased by {channel} ({number}): {note}"},
      {"event.duty.chase_answered", "回復稽催：{text}", "Answered the chase: {text}"},
      {"event.ladder.set", "設定稽催階梯，自 {valid_from} 起 {count} 級（{source}）", "Set a ladder of {count} rungs from {valid_from} ({source})"},
      {"ladder.title", "稽催階梯", "Ladder of chasing"},
      {"letter.title", "稽催通知", "Reminder"},
      {"letter.from", "臺中市政府研究發展考核委員會", "Research, Development and Evaluation Commission, Taichung City Government"},
      {"letter.to", "受文者：{agency}", "To: {agency}"},
      {"letter.window", "聯絡窗口：{name} {phone}", "Contact: {name} {phone}"},
      {"letter.number", "稽催字號：第 {number} 號", "Number: {number}"},
      {"letter.date", "日期：{date}", "Date: {date}"},
      {"letter.count", "下列 {count} 件列管事項尚未辦結，請儘速辦理：", "These {count} duties are not done; please act on them now:"},
      {"letter.reply_by", "請於 {date} 前將辦理情形回復本會，或於系統填報。", "Please answer by {date}, or report in the system."},
      {"channel.notice", "系統通知", "notice"},
      {"channel.phone", "電話", "phone"},
      {"channel.mail", "電子郵件", "mail"},
      {"channel.letter", "公函", "letter"},
      {"audience.owner", "承辦人", "the officer"},
      {"audience.unit_head", "單位主管", "the unit's head"},
      {"audience.liaison", "機關研考窗口", "the agency's liaison"},
      {"audience.agency_head", "機關首長", "the agency's head"},
      {"audience.rdec", "研考會", "the RDEC"},
  };
  return messages;
}

}  // namespace mandate::chasing
