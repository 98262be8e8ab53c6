// The numbers of the platform, of the duty ledger and of the yearly plan, each with where it comes from. "The plan" is the commission's plan of year 112.
// A number whose rule nobody could find says "unsourced": it is a proposal that the commission may change.
#include "foundation/policy/people_definitions.hpp"

namespace mandate::policy {
namespace {

constexpr const char* founding = "2010-12-25";  // the municipality's first day: long before anything that is asked for
constexpr const char* plan_year = "2023-01-01";
constexpr const char* the_plan = "臺中市政府研究發展考核委員會112年度施政計畫";
constexpr const char* baseline = "資通安全責任等級分級辦法附表十（資通系統防護基準）";
constexpr const char* inspection_rule = "工程施工查核小組作業辦法第4條";
constexpr const char* document_rule = "臺中市政府文書流程管理稽核規定（GL000140）";

PolicyDefinition integer(std::string key, std::string unit, std::int64_t least, std::int64_t most, std::string zh, std::string en, std::vector<PolicySeed> seeds, std::string why_zh = "",
                         std::string why_en = "") {
  return {std::move(key), PolicyKind::integer, std::move(zh), std::move(en), std::move(unit), std::move(why_zh), std::move(why_en), least, most, {}, std::move(seeds)};
}

PolicyDefinition percent(std::string key, std::string zh, std::string en, std::vector<PolicySeed> seeds, std::string why_zh = "", std::string why_en = "", std::string unit = "percent") {
  return {std::move(key), PolicyKind::percent, std::move(zh), std::move(en), std::move(unit), std::move(why_zh), std::move(why_en), 0, 100'00, {}, std::move(seeds)};
}

PolicyDefinition months(std::string key, std::string zh, std::string en, std::vector<PolicySeed> seeds, std::string why_zh = "", std::string why_en = "") {
  return {std::move(key), PolicyKind::list, std::move(zh), std::move(en), "month", std::move(why_zh), std::move(why_en), 1, 12, {}, std::move(seeds)};
}

PolicyDefinition choice(std::string key, std::vector<std::string> choices, std::string zh, std::string en, std::vector<PolicySeed> seeds, std::string why_zh, std::string why_en) {
  return {std::move(key), PolicyKind::choice, std::move(zh), std::move(en), "", std::move(why_zh), std::move(why_en), 0, 0, std::move(choices), std::move(seeds)};
}

PolicyDefinition time(std::string key, std::string zh, std::string en, std::string value) {
  return {std::move(key), PolicyKind::time, std::move(zh), std::move(en), "", "以時計算的期限只計入辦公時間。", "Limits in hours count office hours only.", 0, 0, {}, {{founding, std::move(value), unsourced}}};
}

void add_platform(std::vector<PolicyDefinition>& out) {
  out.push_back(integer("sign_in.failures_max", "count", 1, 10, "連續登入失敗鎖定次數", "Sign-in failures before the lock", {{founding, "5", baseline}}, "達此次數即鎖定帳號。",
                        "The account is locked at this number."));
  out.push_back(integer("sign_in.lock_minutes", "minute", 15, 1440, "帳號鎖定時間", "Length of the lock", {{founding, "15", baseline}}, "法定至少15分鐘。", "At least 15 minutes by the rule."));
  out.push_back(integer("sign_in.address_failures_max", "count", 10, 10'000, "同一來源位址失敗上限", "Failures from one address", {{founding, "100", unsourced}},
                        "鎖定期間內同一位址的失敗次數達此數，暫停該位址登入。", "An address that reaches this number within one lock period is refused for its rest."));
  out.push_back(integer("session.idle_minutes", "minute", 5, 480, "閒置自動登出（一般人員）", "Idle time before sign-out, staff", {{founding, "30", std::string(baseline) + "：由機關自定"}}));
  out.push_back(integer("session.idle_minutes_admin", "minute", 5, 480, "閒置自動登出（系統管理者）", "Idle time before sign-out, administrators", {{founding, "15", std::string(baseline) + "：由機關自定"}}));
  out.push_back(integer("session.hours_max", "hour", 1, 24, "單次登入最長時間（一般人員）", "Longest session, staff", {{founding, "12", unsourced}}));
  out.push_back(integer("session.hours_max_admin", "hour", 1, 24, "單次登入最長時間（系統管理者）", "Longest session, administrators", {{founding, "8", unsourced}}));
  out.push_back(integer("mail.give_up_hours", "hour", 1, 720, "郵件重試時限", "How long a mail is tried", {{founding, "72", unsourced}}, "暫時寄不出的郵件重試至此時數，之後列為失敗，由人員處理。",
                        "Mail that cannot leave for the moment is tried for this long; then a person has to look at it."));
  out.push_back(integer("mail.keep_days", "day", 30, 3650, "郵件紀錄保存日數", "Days that mail is kept", {{founding, "180", unsourced}}, "已寄出或放棄的郵件逾此日數即刪除。",
                        "Mail that has left or was given up is deleted after this many days."));
  out.push_back(time("office.morning_from", "上午辦公開始", "Office opens", "08:00"));
  out.push_back(time("office.morning_to", "上午辦公結束", "Morning ends", "12:00"));
  out.push_back(time("office.afternoon_from", "下午辦公開始", "Afternoon begins", "13:00"));
  out.push_back(time("office.afternoon_to", "下午辦公結束", "Office closes", "17:00"));
}

// A municipality's mayor begins on the 25th of December of each fourth year.
PolicyDefinition term_start() {
  constexpr const char* term = "地方制度法第55條、第82條（任期四年）";
  PolicyDefinition out{"term.starts_on", PolicyKind::text, "市長任期起始日", "First day of the mayor's term", "", "總覽的趨勢自此日起算，寫成西元日期。", "The overview's trend begins here; a date such as 2022-12-25.", 10, 10, {}, {}};
  for (const char* day : {"2010-12-25", "2014-12-25", "2018-12-25", "2022-12-25", "2026-12-25"}) out.seeds.push_back({day, day, term});
  return out;
}

void add_duties(std::vector<PolicyDefinition>& out) {
  out.push_back(term_start());
  out.push_back(integer("duty.at_risk_days", "day", 0, 60, "即將到期預警日數", "At-risk days before the due date", {{founding, "3", unsourced}}, "到期日前此日數內尚未完成者列為預警。",
                        "An open duty is at risk from this many days before its due date."));
  out.push_back(integer("duty.severe_days", "day", 1, 365, "嚴重逾期日數", "Days late that are severe", {{founding, "15", unsourced}}, "逾期達此日數列為嚴重逾期。", "A duty this many days late is severe."));
  out.push_back(integer("duty.due_soon_days", "day", 1, 60, "近期到期日數", "Days that count as soon", {{founding, "7", unsourced}}, "首頁「近日到期」的範圍。", "What the home page calls due soon."));
  out.push_back(integer("statistics.small_cell_min", "count", 2, 50, "統計小格不顯示下限", "Least count of a cell about persons", {{founding, "3", unsourced}}, "涉及個人的事項（人民陳情、1999），少於此件數的格子不顯示。",
                        "Cells about persons (petitions, 1999) with fewer are left out."));
  out.push_back(integer("duty.undo_minutes", "minute", 1, 1440, "整批作業可復原時間", "Time to undo a bulk action", {{founding, "30", unsourced}}, "整批辦結、改派等作業在此時間內可復原；之後已被他人變更者不復原。",
                        "A bulk action can be undone within this time; what others changed since is left."));
  out.push_back(integer("duty.extensions_max", "count", 0, 20, "展期次數上限", "Most extensions of one duty", {{founding, "3", unsourced}}, "參考其他機關作法；本府規定未能查得。",
                        "After other bodies' practice; the city's own rule was not found."));
  out.push_back(integer("duty.extension_days_max", "day", 1, 365, "單次展期日數上限", "Most days of one extension", {{founding, "30", unsourced}}));
  out.push_back(months("recurrence.quarter_months", "每季事項到期月份", "Months in which quarterly duties fall due", {{founding, "3\n6\n9\n12", unsourced}}, "計畫僅寫「每季」而未指明月份時適用。",
                       "Where a plan says \"each quarter\" and names no month."));
  out.push_back(months("recurrence.half_year_months", "每半年事項到期月份", "Months in which half-yearly duties fall due", {{founding, "6\n12", unsourced}}));
  out.push_back(integer("recurrence.year_month", "month", 1, 12, "每年事項到期月份", "Month in which yearly duties fall due", {{founding, "12", unsourced}}, "計畫僅寫「每年」而未指明月份時適用。",
                        "Where a plan says \"each year\" and names no month."));
  out.push_back(choice("recurrence.day", {"first", "last"}, "未指明日期時的到期日", "Day on which a month's duty falls due", {{founding, "last", unsourced}}, "first 為當月第一日，last 為當月最後一日。",
                       "The first or the last day of the month, where a plan names none."));
}

void add_attachments(std::vector<PolicyDefinition>& out) {
  out.push_back(integer("attachment.file_mb_max", "megabyte", 1, 500, "附件單檔容量上限", "Largest attachment", {{founding, "200", unsourced}}));
  out.push_back(integer("attachment.record_mb_max", "megabyte", 1, 3'900, "每筆資料附件總容量上限", "Most of all attachments of a record", {{founding, "1000", unsourced}}, "已撤下的附件仍保存，一併計入。",
                        "Withdrawn attachments are kept and count."));
  out.push_back(integer("attachment.record_files_max", "file", 1, 1'000, "每筆資料附件數上限", "Most attachments of a record", {{founding, "200", unsourced}}));
  out.push_back(integer("attachment.megapixels_max", "megapixel", 1, 200, "圖片像素上限", "Largest picture", {{founding, "100", unsourced}}));
  out.push_back(integer("attachment.pages_max", "page", 1, 20'000, "文件頁數上限", "Most pages of a document", {{founding, "2000", unsourced}}));
  out.push_back(integer("attachment.archive_levels_max", "level", 1, 5, "壓縮檔層數上限", "Deepest archive", {{founding, "2", unsourced}}, "壓縮檔中的壓縮檔為第二層；DOCX、ODT 等文件本身即為一層。",
                        "An archive within an archive is the second level; DOCX, ODT and their like are a level themselves."));
  out.push_back(integer("attachment.archive_mb_max", "megabyte", 1, 10'000, "壓縮檔解開後容量上限", "Most of an unpacked archive", {{founding, "1024", unsourced}}));
}

void add_control(std::vector<PolicyDefinition>& out) {
  out.push_back(percent("performance.floor", "機關整體執行績效下限", "Floor of an agency's performance", {{plan_year, "90", the_plan}}, "低於此值（未達9成）之機關須於標案進度管制會報報告；等於此值不必。",
                        "An agency below it reports to the tender meeting; one exactly at it does not."));
  out.push_back(choice("performance.formula", {"P1", "P2", "P3"}, "執行績效算式", "Formula of performance", {{plan_year, "P1", unsourced}},
                       "P1 符合率：符合÷（符合＋落後）；P2 達成率：實際進度與契約金額加權÷預定；P3 預算執行率。", "P1 conforming ÷ (conforming + lagging); P2 attained progress weighted by contract; P3 budget executed."));
  out.push_back(percent("tender.severe_overall_lag", "標案進度嚴重落後", "Severe lag of a tender", {{plan_year, "10", the_plan}}, "落後達此值（含）逐案檢討。", "A lag of this much or more is reviewed case by case.",
                        "percent_point"));
  out.push_back(percent("tender.severe_construction_lag", "施工進度嚴重落後", "Severe lag of construction", {{plan_year, "20", the_plan}}, "落後達此值（含）逐案檢討。",
                        "A lag of this much or more is reviewed case by case.", "percent_point"));
  out.push_back(integer("subsidy.chase_day", "day_of_month", 2, 28, "一般性補助款填報稽催日", "Day by which subsidy filings are chased", {{plan_year, "7", the_plan}}, "每月此日前稽催各機關完成填報。",
                        "Agencies that have not filed are chased before this day of each month."));
  out.push_back(integer("subsidy.selection_month", "month", 1, 12, "一般性補助款選案審查完成月份", "Month by whose end subsidy cases are selected", {{plan_year, "1", the_plan}}));
  out.push_back(integer("subsidy.setup_month", "month", 1, 12, "一般性補助款檢核點設定完成月份", "Month by whose end checkpoints are set", {{plan_year, "3", the_plan}}));
  out.push_back(integer("forward.persistent_cycles", "cycle", 1, 12, "前瞻計畫「持續落後」期數", "Cycles that make a lag persistent", {{plan_year, "2", unsourced}}, "連續落後達此期數，送府級會報研商。",
                        "A case lagging this many cycles in a row goes to the city meeting."));
  out.push_back(months("pledge.review_months", "幸福政見按季檢討月份", "Months of the quarterly pledge review", {{plan_year, "3\n6\n9\n12", unsourced}}, "計畫規定自112年起按季；月份未見規定。",
                       "The plan says quarterly from 112 on; the months are not stated."));
  out.push_back(integer("council.written_reply_days", "day", 1, 60, "議會質詢書面答復期限", "Days for a written answer to the council", {{founding, "7", "臺中市議會市政質詢辦法"}}));
  out.push_back(integer("council.reconsider_days", "day", 1, 60, "議會決議覆議期限", "Days to ask the council to reconsider", {{founding, "30", "地方制度法第39條"}}));
  out.push_back(choice("org.rank_heping", {"no", "yes"}, "和平區公所是否列入排名", "Whether Heping is ranked", {{plan_year, "no", unsourced}}, "和平區為直轄市山地原住民區，為自治體，非本府所屬。",
                       "Heping is a self-governing indigenous district and no office of the city."));
}

void add_works(std::vector<PolicyDefinition>& out) {
  out.push_back(percent("inspection.rate", "工程查核件數比率下限", "Least share of works inspected", {{founding, "10", inspection_rule}}));
  out.push_back(integer("inspection.city_target", "case", 0, 10'000, "年度查核件數目標", "The city's yearly inspections", {{plan_year, "200", the_plan}}));
  out.push_back(integer("inspection.amount_min", "dollar", 0, 1'000'000'000'000, "納入查核之預算金額下限", "Least budget of works that count",
                        {{founding, "1000000", "公告金額"}, {plan_year, "1500000", "工程企字第1110100798號；" + std::string(inspection_rule) + "（112年8月9日修正）"}}));
  out.push_back(integer("inspection.count_large", "case", 0, 1'000, "查核件數下限：5,000萬元以上", "Least inspections, NT$50 million and more", {{founding, "20", inspection_rule}}));
  out.push_back(integer("inspection.count_medium", "case", 0, 1'000, "查核件數下限：1,000萬元以上未達5,000萬元", "Least inspections, NT$10 to 50 million", {{founding, "15", inspection_rule}}));
  out.push_back(integer("inspection.count_small", "case", 0, 1'000, "查核件數下限：未達1,000萬元", "Least inspections, below NT$10 million", {{founding, "10", inspection_rule}}));
  out.push_back(integer("inspection.record_days", "working_day", 1, 60, "查核紀錄送達期限", "Days to send an inspection's record", {{founding, "7", "工程施工查核小組作業辦法第9條"}}));
  out.push_back(months("quality_committee.months", "重大工程品質推動委員會開會月份", "Months of the works quality committee", {{plan_year, "3\n6\n9\n12", unsourced}}, "計畫規定每季；月份未見規定。",
                       "The plan says each quarter; the months are not stated."));
}

void add_documents_and_people(std::vector<PolicyDefinition>& out) {
  out.push_back(integer("document.due_days_urgent", "working_day", 1, 30, "最速件處理期限", "Limit of most urgent documents", {{founding, "1", document_rule}}));
  out.push_back(integer("document.due_days_fast", "working_day", 1, 30, "速件處理期限", "Limit of urgent documents", {{founding, "3", document_rule}}));
  out.push_back(integer("document.due_days", "working_day", 1, 30, "普通件處理期限", "Limit of ordinary documents", {{founding, "6", document_rule}}));
  out.push_back(percent("document.overdue_report_over", "公文逾限率應提改善報告", "Overdue share that calls for a report", {{founding, "3", "臺中市政府提升公文績效實施計畫（104年）"}}, "超過此值（不含）須提改善措施。",
                        "An agency above it owes an improvement report; one exactly at it does not."));
  out.push_back(integer("document.ranking_day", "day_of_month", 1, 28, "公文績效排名公布日", "Day of the monthly ranking", {{founding, "15", "臺中市政府提升公文績效實施計畫（104年）"}}));
  out.push_back(integer("document.on_site_lowest", "agency", 1, 60, "公文實地檢核機關數（年度績效最後）", "Lowest agencies checked on site", {{plan_year, "5", the_plan}}));
  out.push_back(choice("document.on_site_groups", {"together", "each_group"}, "最後5名之計算方式", "How the lowest are counted", {{plan_year, "together", unsourced}}, "計畫未寫明一級機關與區公所合併或分組計算。",
                       "The plan does not say whether agencies and district offices are counted together or apart."));
  out.push_back(integer("petition.days_max", "day", 1, 90, "人民陳情處理期限上限", "Longest time for a petition", {{founding, "30", "行政院及所屬各機關處理人民陳情案件要點"}}));
  out.push_back(integer("petition.working_days", "working_day", 1, 60, "人民陳情一般處理期限", "Usual time for a petition", {{founding, "7", unsourced}}));
  out.push_back(integer("mou.disclose_days", "day", 1, 365, "合作備忘錄揭露期限", "Days to disclose an agreement", {{plan_year, "30", unsourced}}, "計畫寫「依限」，期限未能查得。", "The plan says \"in time\"; the time was not found."));
  out.push_back(integer("research.followup_months", "month_count", 1, 60, "委託研究建議追蹤間隔", "Months between follow-ups of research", {{plan_year, "6", unsourced}}));
  out.push_back(months("youth.plenary_months", "青年事務諮詢委員會大會月份", "Months of the youth council's plenaries", {{plan_year, "1\n7", the_plan}}));
  out.push_back(integer("youth.members", "person", 1, 1'000, "青年事務諮詢委員人數", "Members of the youth council", {{plan_year, "100", the_plan}}));
  out.push_back(integer("heping.visits", "count", 0, 52, "市長視察和平區次數（每年）", "The mayor's visits to Heping, a year", {{plan_year, "1", the_plan}}));
  out.push_back(integer("innovation.news_count", "count", 0, 100, "簡政創新要聞提供次數（每月）", "Innovation news, a month", {{plan_year, "1", the_plan}}));
}

}  // namespace

std::vector<PolicyDefinition> policy_definitions() {
  std::vector<PolicyDefinition> out;
  add_platform(out);
  add_duties(out);
  add_attachments(out);
  add_control(out);
  add_works(out);
  add_documents_and_people(out);
  add_people_definitions(out);
  return out;
}

}  // namespace mandate::policy
