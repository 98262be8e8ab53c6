#include "foundation/statistics/api.hpp"

namespace mandate::statistics {

const std::vector<i18n::Message>& statistic_messages() {
  static const std::vector<i18n::Message> messages = {
      {"statistics.bad_condition", "看不懂條件「{text}」，請寫成 名稱=值、名稱!=值、名稱>=日期 或 名稱<=日期，多個條件以分號隔開。", "“{text}” is no condition: write name=value, name!=value, name>=day or name<=day, several with semicolons between them."},
      {"statistics.bad_day", "「{text}」不是有效的日期。", "“{text}” names no day."},
      {"statistics.not_a_day", "「{name}」不是日期，不能用 >= 或 <=。", "{name} is no day: >= and <= are for days."},
      {"statistics.too_many_values", "「{text}」的值太多。", "“{text}” has too many values."},
      {"statistics.too_many_conditions", "條件最多 {max} 個。", "At most {max} conditions."},
      {"statistics.unknown_value", "「{name}」沒有「{value}」這個值。", "{name} has no value {value}."},
      {"statistics.unknown_measure", "沒有「{name}」這個數值。", "There is no figure {name}."},
      {"statistics.measures_count", "請選 1 至 {max} 個數值。", "Choose one to {max} figures."},
      {"statistics.twice", "「{name}」重複了。", "{name} stands there twice."},
      {"statistics.period_backwards", "結束日早於開始日。", "The period ends before it begins."},
      {"statistics.compare_needs_period", "要和前一年比較，請先選期間，或以期間分類。", "To compare with the year before, name a period or group by one."},
      {"statistics.not_in_future", "不能早於事情發生就問：請選今天或以前的日期。", "A day in the future is not known yet."},
      {"statistics.no_day", "（尚無日期）", "(no day yet)"},
      {"statistics.none", "（無）", "(none)"},
      {"statistics.between_conditions", "；", "; "},
      {"statistics.between_values", "、", ", "},
      {"statistics.from_to", "{name}：{from} 至 {to}", "{name}: {from} to {to}"},
      {"statistics.from", "{name}：{from} 起", "{name}: from {from}"},
      {"statistics.to", "{name}：至 {to}", "{name}: until {to}"},
      {"statistics.is_one_of", "{name}：{values}", "{name}: {values}"},
      {"statistics.is_none_of", "{name}：不含{values}", "{name}: not {values}"},
      {"statistics.total", "合計", "Total"},
      {"statistics.year_before", "{name}（前一年同期）", "{name} (the year before)"},
      {"statistics.numerator_column", "（分子）", " (numerator)"},
      {"statistics.denominator_column", "（分母）", " (denominator)"},
      {"statistics.title_row", "統計對象", "Counted"},
      {"statistics.as_of_row", "統計基準日", "As of"},
      {"statistics.known_row", "依當時所知", "As known on"},
      {"statistics.filter_row", "條件", "Filter"},
      {"statistics.rate_row", "分子：{numerator}；分母：{denominator}；定義第 {version} 版（{source}）", "numerator: {numerator}; denominator: {denominator}; definition version {version} ({source})"},
      {"statistics.suppressed_row", "涉及個人的事項，少於 {min} 件的格子不顯示；為免推算，部分其他格子一併不顯示。", "Cells about persons with fewer than {min} are left out, and some others with them so that they cannot be worked out."},
      {"statistics.source.unsourced", "自訂，未有明文依據", "our own, no written rule"},
      {"statistics.source.document_rules", "參照文書流程管理逾限率、依限辦結率的算法", "after the overdue and in-time rates of document-flow management"},
      {"cell.zero", "零", "zero"},
      {"cell.missing", "查無資料", "no record"},
      {"cell.not_yet_due", "未到期", "not yet due"},
      {"cell.suppressed", "不顯示", "left out"},
      {"dashboard.home", "首頁", "Home page"},
      {"dashboard.not_found", "沒有這個儀表板，或未分享給您。", "There is no such dashboard, or it is not shared with you."},
      {"dashboard.not_yours", "只能修改自己建立的儀表板。", "Only its maker changes a dashboard."},
      {"dashboard.name_taken", "您已有同名的儀表板。", "You have a dashboard of this name."},
      {"dashboard.too_many_tiles", "一個儀表板最多 {max} 格。", "A dashboard has at most {max} tiles."},
      {"dashboard.stale", "這個儀表板剛被更新，請重新載入。", "The dashboard was changed meanwhile; reload it."},
      {"dashboard.bad_query", "這一格的統計條件無法辨識。", "The statistic of this tile cannot be read."},
      {"dashboard.home_is_yours", "首頁的統計只給自己看，不能分享或刪除。", "What stands on your home page is yours alone: it is neither shared nor removed."},
      {"event.dashboard.created", "建立儀表板「{name}」", "Made the dashboard “{name}”"},
      {"event.dashboard.changed", "修改儀表板「{name}」", "Changed the dashboard “{name}”"},
      {"event.dashboard.removed", "刪除儀表板「{name}」", "Removed the dashboard “{name}”"},
  };
  return messages;
}

}  // namespace mandate::statistics
