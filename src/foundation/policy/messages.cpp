#include "foundation/policy/module.hpp"

namespace mandate::policy {

std::vector<i18n::Message> policy_messages() {
  return {
      {"policy.not_found", "沒有這項管考參數。", "There is no such policy value."},
      {"policy.unchanged", "該日起的數值與依據原已如此，毋須變更。", "The value and its source are already so from that day on."},
      {"policy.not_integer", "請輸入整數。", "Enter a whole number."},
      {"policy.not_percent", "請輸入百分比，最多兩位小數，例如 10 或 10.5。", "Enter a percentage with at most two decimals, such as 10 or 10.5."},
      {"policy.not_time", "請輸入時間，例如 08:00。", "Enter a time of day, such as 08:00."},
      {"policy.not_choice", "請選擇下列其中一項：{choices}。", "Choose one of these: {choices}."},
      {"policy.out_of_range", "數值須介於{least}與{most}之間。", "The value must lie between {least} and {most}."},
      {"policy.text_length", "文字不可空白，且最多100字。", "The text must have 1 to 100 characters."},
      {"policy.list_length", "清單須有1至50項。", "The list must have 1 to 50 items."},
      {"policy.source_missing", "請填寫法令依據；沒有依據請填「unsourced」。", "Name the legal source, or write \"unsourced\"."},
      {"policy.source_long", "法令依據過長，最多300字。", "The source is too long: at most 300 characters."},
      {"policy.valid_from_range", "生效日須在民國39年至239年之間。", "The day must lie between 1950 and 2150."},
      {"policy.preview_moves", "依目前資料，這項變更會影響 {count} 筆。", "As things stand this change moves {count}."},
      {"policy.preview_moves_later", "自 {date} 起適用；以今日資料試算，會影響 {count} 筆。", "In force from {date}; as things stand today it would move {count}."},
      {"policy.preview_none", "依目前資料，這項變更不影響任何一筆。", "As things stand this change moves nothing."},
      {"policy.preview_none_later", "自 {date} 起適用；以今日資料試算，不影響任何一筆。", "In force from {date}; as things stand today it would move nothing."},
      {"policy.preview_same", "與目前的數值相同，沒有影響。", "This is the value in force; nothing moves."},
      {"policy.preview_superseded", "{date} 起已另有數值生效，這項變更不影響目前的資料。", "Another value is in force since {date}; this change moves nothing now."},
      {"policy.preview_uncounted", "這項參數的影響無法事先試算，自生效日起適用。", "What this value moves cannot be counted beforehand; it applies from its day on."},
      {"policy.system_account", "系統", "System"},
      {"event.policy.set", "管考參數{key}自{valid_from}起為{value}（{source}）", "Policy {key} is {value} from {valid_from} ({source})"},
      {"event.policy.installed", "建立管考參數初始值", "Installed the first policy values"},
      {"policy.unit.count", "次", "times"},
      {"policy.unit.case", "件", "cases"},
      {"policy.unit.person", "人", "people"},
      {"policy.unit.agency", "個機關", "agencies"},
      {"policy.unit.minute", "分鐘", "minutes"},
      {"policy.unit.hour", "小時", "hours"},
      {"policy.unit.day", "日", "days"},
      {"policy.unit.working_day", "個工作日", "working days"},
      {"policy.unit.day_of_month", "日（每月）", "day of the month"},
      {"policy.unit.month", "月", "months of the year"},
      {"policy.unit.month_count", "個月", "months"},
      {"policy.unit.percent", "%", "%"},
      {"policy.unit.percent_point", "個百分點", "percentage points"},
      {"policy.unit.dollar", "元", "NT$"},
      {"policy.unit.character", "個字元", "characters"},
      {"policy.unit.megabyte", "MB", "MB"},
      {"policy.unit.file", "個檔案", "files"},
      {"policy.unit.megapixel", "百萬像素", "megapixels"},
      {"policy.unit.page", "頁", "pages"},
      {"policy.unit.level", "層", "levels"},
      {"policy.unit.cycle", "期", "filing cycles"},
  };
}

}  // namespace mandate::policy
