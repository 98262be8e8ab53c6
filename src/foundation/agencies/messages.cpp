#include "foundation/agencies/module.hpp"

namespace mandate::agencies {

std::vector<i18n::Message> agencies_messages() {
  return {
      {"agency.not_found", "沒有這個機關，或該日尚未設立。", "There is no such agency on that day."},
      {"agency.post_not_found", "沒有這個職位，或該日尚未設置。", "There is no such post on that day."},
      {"agency.unit_not_found", "該機關沒有這個單位。", "The agency has no such unit."},
      {"agency.person_not_found", "沒有這位人員。", "There is no such person."},
      {"agency.person_needed", "請指定人員，或輸入新人員的姓名（擇一）。", "Name either a known person or a new person's name."},
      {"agency.bad_code", "機關代碼須為1至20個英文字母、數字或「-」「_」「.」。", "A code has 1 to 20 letters, digits, - _ or ."},
      {"agency.bad_name", "名稱須為1至60字，不含控制字元。", "A name has 1 to 60 characters and no control characters."},
      {"agency.bad_aliases", "別名合計最多200字，以「、」分隔。", "Other names have at most 200 characters in all, separated by 、."},
      {"agency.bad_kind", "「{text}」不是機關類別（city、first_level、second_level、district_office、partner）。",
       "\"{text}\" is no kind of agency (city, first_level, second_level, district_office, partner)."},
      {"agency.bad_date", "「{text}」不是有效日期。", "\"{text}\" is not a date."},
      {"agency.bad_flag", "「{text}」不是是或否（true、false）。", "\"{text}\" is neither true nor false."},
      {"agency.bad_phone", "電話只能含數字、空白與 + - ( ) # ext.，最多40字。", "A telephone number has digits, spaces and + - ( ) # ext. and at most 40 characters."},
      {"agency.bad_email", "電子郵件格式不正確。", "This is not an e-mail address."},
      {"agency.date_range", "日期須在1900年至2150年之間。", "The day must lie between 1900 and 2150."},
      {"agency.ends_before", "迄日早於起日。", "The last day lies before the first."},
      {"agency.code_taken", "代碼{code}已有其他機關使用。", "Another agency has the code {code}."},
      {"agency.parent_missing", "上級機關在{on}不存在。", "The agency above does not exist on {on}."},
      {"agency.parent_unknown", "找不到代碼為「{code}」的上級機關，或該列有誤。", "No agency has the code \"{code}\", or its row is faulty."},
      {"agency.parent_circle", "機關不可直接或間接隸屬於自己。", "An agency cannot stand above itself."},
      {"agency.already_closed", "該機關已於該日或之前裁撤。", "The agency has ended by that day already."},
      {"agency.has_children", "尚有所屬機關（{name}），請先調整其隸屬。", "Agencies still stand below it ({name}); move them first."},
      {"agency.own_deputy", "代理人不可為本人。", "Nobody is their own deputy."},
      {"agency.deputy_overlap", "與{valid_from}起的代理期間重疊。", "It overlaps the deputy from {valid_from}."},
      {"agency.import_refused", "機關清冊有{count}處錯誤，未匯入任何資料。", "The list of agencies has {count} fault(s). Nothing was imported."},
      {"agency.column_missing", "缺少欄位「{name}」。", "The column {name} is missing."},
      {"agency.column_unknown", "不認得的欄位「{name}」。", "The column {name} is unknown."},
      {"agency.row_twice", "與第{line}行為同一機關、同一起日。", "The agency and its first day stand on line {line} already."},
      {"agency.period_overlap", "期間與{valid_from}起的期間重疊，請先為前一期間填寫迄日。", "The period overlaps the one from {valid_from}; give the earlier one a last day."},
      {"agency.system_account", "系統", "System"},
      {"event.agency.created", "新增機關{name}（{code}），自{valid_from}起", "Added {name} ({code}) from {valid_from}"},
      {"event.agency.changed", "自{valid_from}起變更為{name}（{code}）", "From {valid_from} on: {name} ({code})"},
      {"event.agency.closed", "{name}（{code}）設置至{last_on}止", "{name} ({code}) ends with {last_on}"},
      {"event.agency.unit_added", "新增單位{name}，自{valid_from}起", "Added the unit {name} from {valid_from}"},
      {"event.agency.post_added", "新增職位{name}，自{valid_from}起", "Added the post {name} from {valid_from}"},
      {"event.agency.person_added", "新增人員", "Added a person"},
      {"event.agency.holder_changed", "{post}自{valid_from}起異動任職人員", "Another holder of {post} from {valid_from}"},
      {"event.agency.post_vacated", "{post}自{last_on}後出缺", "{post} is vacant after {last_on}"},
      {"event.agency.deputy_set", "設定{valid_from}至{valid_to}之代理人", "Set a deputy from {valid_from} to {valid_to}"},
      {"event.agency.account_linked", "人員與帳號連結", "Linked a person and an account"},
      {"event.agency.contact_set", "更新聯絡窗口", "Changed a contact window"},
      {"event.agency.imported", "匯入機關清冊：新增{created}列、變更{changed}列、略過{skipped}列", "Imported a list of agencies: {created} added, {changed} changed, {skipped} skipped"},
      {"event.agency.sample_made", "建立示範機關資料", "Made the sample organisation"},
  };
}

}  // namespace mandate::agencies
