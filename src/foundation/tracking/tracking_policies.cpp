// The numbers of filing and of lag. None of them is the city's own published rule: where another body uses the value its name is given, else "unsourced".
#include "foundation/tracking/api.hpp"

namespace mandate::tracking {
namespace {

constexpr const char* founding = "2010-12-25";

policy::PolicyDefinition one(const char* key, policy::PolicyKind kind, const char* zh, const char* en, const char* unit, const char* why_zh, const char* why_en, std::int64_t least, std::int64_t most, const char* value, const char* source = policy::unsourced) {
  return {key, kind, zh, en, unit, why_zh, why_en, least, most, {}, {{founding, value, source}}};
}

policy::PolicyDefinition choice(const char* key, const char* zh, const char* en, const char* why_zh, const char* why_en, const char* value) { return {key, policy::PolicyKind::choice, zh, en, "", why_zh, why_en, 0, 0, {"no", "yes"}, {{founding, value, policy::unsourced}}}; }

}  // namespace

std::vector<policy::PolicyDefinition> policy_definitions() {
  using policy::PolicyKind;
  return {
      one("tracking.open_day", PolicyKind::integer, "進度填報開放日", "Day on which filing opens", "day_of_month", "每期結束後次月的此日起可填報。", "Of the month behind the period.", 1, 28, "1"),
      one("tracking.due_day", PolicyKind::integer, "進度填報截止日", "Last day of filing on time", "day_of_month", "次月此日（含）前填報者為準時，遇非上班日順延；其他機關有 5 日、10 日之例。", "Filed by this day, that day included, is on time; it moves off closed days. Others use the 5th or the 10th.", 1, 28, "7"),
      one("tracking.close_day", PolicyKind::integer, "逾期補報截止日", "Last day of late filing", "day_of_month", "逾截止日至此日止仍可補報，並記錄逾期日數；之後僅管考人員可修改。", "What comes until this day is taken and stamped late; afterwards only controllers change it.", 1, 28, "20",
          "國家發展委員會前瞻基礎建設計畫每月20日前彙整之例"),
      one("tracking.lag_over", PolicyKind::percent, "落後認定下限", "Lag that is let pass", "percent_point", "落後大於此值即為落後，須填落後原因；等於此值不算。", "A lag of more than this is one; exactly this is none.", 0, 100'00, "0"),
      one("tracking.jump", PolicyKind::percent, "單期進度躍升確認門檻", "Step that has to be confirmed", "percent_point", "單期進度增加大於此值時，須由填報人確認。", "A step of more than this in one period has to be confirmed by the filer.", 1, 100'00, "30"),
      one("tracking.copied", PolicyKind::percent, "敘述疑似抄錄門檻", "Likeness of narratives that looks copied", "percent", "本期與前期敘述的相似度達此值者標示為疑似抄錄。", "Narratives of two periods as alike as this are marked.", 1, 100'00, "90"),
      one("tracking.point_bands", PolicyKind::list, "落後百分點分級", "Bands of lag in points", "percent_point", "未達第一級、達第一級、達第二級；等於級距者屬較高一級。", "A value equal to a limit belongs to the higher band.", 1, 100, "10\n20", "桃園市政府公共工程管理系統統計分級"),
      one("tracking.month_bands", PolicyKind::list, "落後月數分級", "Bands of lag in months", "month_count", "等於級距者屬較高一級（原系統文字於 6 個月重疊，取較高級）。", "A value equal to a limit belongs to the higher band.", 1, 120, "3\n6", "桃園市政府公共工程管理系統統計分級"),
      one("tracking.warning_worsening", PolicyKind::integer, "預警：連續惡化期數", "Warning: periods of worsening", "cycle", "落後未達嚴重門檻，且連續此期數加重者預警；0 為不用。", "A lag below the threshold that grew this many periods in a row; 0 is off.", 0, 12, "2"),
      one("tracking.warning_checkpoint_days", PolicyKind::integer, "預警：檢核點將屆日數", "Warning: days to a checkpoint", "day", "檢核點於此日數內到期，而前一檢核點未完成者預警；0 為不用。", "A checkpoint due within these days while the one before is not done; 0 is off.", 0, 180, "30"),
      choice("tracking.warning_heading", "預警：推估次期達嚴重門檻", "Warning: heading for the threshold", "以最近一期的變化推估，次期達嚴重落後門檻者預警。", "The step of the last period, taken once more, reaches the threshold.", "yes"),
      one("tracking.warning_steep", PolicyKind::percent, "預警：末段預定曲線陡升", "Warning: steep end of a plan", "percent_point", "最後兩期中任一期預定增加超過此值者預警；0 為不用。", "One of the last two periods wants more than this; 0 is off.", 0, 100'00, "15", "公共建設計畫預警機制（107年1月1日起）所列「計畫曲線不均」"),
      one("tracking.warning_window", PolicyKind::integer, "預警驗證期數", "Periods in which a warning comes true", "cycle", "預警後此期數內轉為嚴重落後者為命中。", "Severe within so many periods: a hit.", 1, 24, "6"),
      one("tracking.lag_categories", PolicyKind::list, "落後因素", "Reasons of lag", "", "參考工程會變更設計原因分類，另加廠商財務與人力。", "After the national classification of change-order reasons, with the contractor's means added.", 0, 0,
          "工期展延或停工\n機關需求變更\n現場調整\n天候因素\n法令或政策變更\n民眾陳情抗爭\n遺址或地質異常\n管線遷移\n用地取得\n數量誤差\n後續擴充\n採購流標廢標\n廠商財務\n廠商人力機具\n審查作業\n其他"),
      one("tracking.lag_responsibilities", PolicyKind::list, "落後責任歸屬", "Who answers for a lag", "", "參考其他直轄市系統，可由本會調整。", "After the system of another municipality.", 0, 0, "主辦機關\n設計單位\n監造單位\n承包廠商\n專案管理單位\n其他機關\n管線單位\n不可歸責"),
  };
}

}  // namespace mandate::tracking
