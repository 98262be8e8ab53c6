#include "foundation/tracking/curve_file.hpp"

namespace mandate::tracking {

const std::vector<i18n::Message>& curve_messages() {
  static const std::vector<i18n::Message> messages = {
      {"curve.no_periods", "檔案裡沒有任何一期。", "The file holds no period."},
      {"curve.no_total", "總量應大於零。", "The total must be more than nothing."},
      {"curve.no_plan", "預定進度全為零，無從比較。", "The plan is zero throughout: there is nothing to compare with."},
      {"curve.no_column", "找不到欄位「{name}」：標題列應有 period、planned、actual（期別、預定、實際）。", "There is no column {name}: the first row names period, planned and actual."},
      {"curve.no_number", "「{value}」不是數字。", "“{value}” is no number."},
      {"curve.negative", "「{period}」的累計值不可小於零。", "The cumulative value of {period} is less than nothing."},
      {"curve.plan_falls", "「{period}」的預定累計低於前一期「{before}」；累計值不會減少。", "The plan of {period} is below that of {before} before it; a cumulative plan does not fall."},
      {"curve.note.actual_falls", "實際累計低於前一期", "less done than a period before"},
      {"curve.note.actual_missing", "之前有未填報的期別", "nothing was filed for a period before"},
      {"curve.note.actual_above_total", "實際超過總量", "more done than the whole"},
      {"curve.note.plan_flat", "預定進度停滯；停滯期間視為準時", "the plan stands still; any moment of that is on time"},
      {"curve.note.plan_below_total", "預定進度到期末仍未達總量", "the plan ends before the whole is done"},
      {"curve.note.actual_beyond_plan", "實際超過預定的最高值，超前期數以預定完成時為限", "more done than the plan ever wants; counted as its end"},
      {"curve.method.rest_as_planned", "剩餘照原定步調", "the rest as planned"},
      {"curve.method.pace_so_far", "依至今的步調", "at the pace so far"},
      {"curve.method.recent_pace", "依最近三期的步調", "at the pace of the last three periods"},
  };
  return messages;
}

}  // namespace mandate::tracking
