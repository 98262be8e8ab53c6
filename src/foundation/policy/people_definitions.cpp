#include "foundation/policy/people_definitions.hpp"

namespace mandate::policy {
namespace {

constexpr const char* founding = "2010-12-25";  // the municipality's first day: long before anything that is asked for
constexpr const char* baseline = "資通安全責任等級分級辦法附表十（資通系統防護基準）";
const std::string by_agency = std::string(baseline) + "：由機關自定";

PolicyDefinition integer(std::string key, std::string unit, std::int64_t least, std::int64_t most, std::string zh, std::string en, std::string value, std::string source, std::string why_zh = "", std::string why_en = "") {
  return {std::move(key), PolicyKind::integer, std::move(zh), std::move(en), std::move(unit), std::move(why_zh), std::move(why_en), least, most, {}, {{founding, std::move(value), std::move(source)}}};
}

PolicyDefinition yes_or_no(std::string key, std::string zh, std::string en, std::string value, std::string source, std::string why_zh, std::string why_en) {
  return {std::move(key), PolicyKind::choice, std::move(zh), std::move(en), "", std::move(why_zh), std::move(why_en), 0, 0, {"no", "yes"}, {{founding, std::move(value), std::move(source)}}};
}

}  // namespace

void add_people_definitions(std::vector<PolicyDefinition>& out) {
  out.push_back(integer("password.length_min", "character", 8, 64, "密碼最短長度（一般人員）", "Shortest password, staff", "12", by_agency));
  out.push_back(integer("password.length_min_admin", "character", 8, 64, "密碼最短長度（系統管理者）", "Shortest password, administrators", "15", unsourced, "管理者帳號遭盜用影響全系統，要求較長。",
                        "An administrator's account opens the whole system."));
  const std::string history_zh = "新密碼不可與最近這幾次使用過的相同，含目前的密碼。";
  const std::string history_en = "A new password is none of the last so many, the present one included.";
  out.push_back(integer("password.history", "count", 0, 24, "密碼不可重複次數（一般人員）", "Passwords that may not come back, staff", "3", baseline, history_zh, history_en));
  out.push_back(integer("password.history_admin", "count", 0, 24, "密碼不可重複次數（系統管理者）", "Passwords that may not come back, administrators", "3", baseline, history_zh, history_en));
  const std::string max_zh = "0 表示不強制定期更換；逾期者登入後須先變更密碼。";
  const std::string max_en = "0: it does not grow old. Whoever signs in with an older one changes it first.";
  out.push_back(integer("password.age_max_days", "day", 0, 730, "密碼最長效期（一般人員）", "Oldest password, staff", "0", by_agency, max_zh, max_en));
  out.push_back(integer("password.age_max_days_admin", "day", 0, 730, "密碼最長效期（系統管理者）", "Oldest password, administrators", "0", by_agency, max_zh, max_en));
  const std::string min_zh = "避免連續變更以換回舊密碼；以連結重設、由他人給予的密碼不受此限。";
  const std::string min_en = "So that nobody runs through the history to get an old one back. Links, and passwords that somebody else gave, are free of it.";
  out.push_back(integer("password.age_min_days", "day", 0, 30, "密碼最短效期（一般人員）", "Youngest password that may be changed, staff", "1", by_agency, min_zh, min_en));
  out.push_back(integer("password.age_min_days_admin", "day", 0, 30, "密碼最短效期（系統管理者）", "Youngest password that may be changed, administrators", "1", by_agency, min_zh, min_en));
  const std::string mixed_zh = "yes 表示須含大寫英文、小寫英文、數字、其他符號四類中的三類以上。";
  const std::string mixed_en = "With yes: signs of at least three kinds, of capitals, small letters, digits and others.";
  out.push_back(yes_or_no("password.mixed", "密碼須混合字元類別（一般人員）", "Kinds of signs in a password, staff", "no", by_agency, mixed_zh, mixed_en));
  out.push_back(yes_or_no("password.mixed_admin", "密碼須混合字元類別（系統管理者）", "Kinds of signs in a password, administrators", "yes", by_agency, mixed_zh, mixed_en));
  const std::string step_zh = "附表十對高等級系統要求多重認證；本系統等級由機關核定，核定為高者請改為 yes。";
  const std::string step_en = "The baseline asks it of systems of the high level; the city decides which level this one has.";
  out.push_back(yes_or_no("second_step.required", "強制兩步驟驗證（一般人員）", "Second step required, staff", "no", by_agency, step_zh, step_en));
  out.push_back(yes_or_no("second_step.required_admin", "強制兩步驟驗證（系統管理者）", "Second step required, administrators", "no", by_agency, step_zh, step_en));
  out.push_back(integer("second_step.grace_days", "day", 0, 90, "兩步驟驗證設定寬限日數", "Days to set up the second step", "14", unsourced, "自強制後第一次登入起算；期滿仍未設定者，登入後只能辦理設定。",
                        "From the first sign-in at which it is asked for. After that a session does nothing but set it up."));
  out.push_back(integer("link.invitation_days", "day", 1, 30, "邀請連結有效日數", "Days an invitation lasts", "7", unsourced));
  out.push_back(integer("link.reset_minutes", "minute", 5, 1440, "重設密碼連結有效時間", "Time a reset link lasts", "60", std::string(baseline) + "：一次性及具時效性", "時效長短未見規定。", "That it ends is the rule; when is not."));
  out.push_back(integer("link.resets_max", "count", 1, 20, "申請重設密碼次數上限", "Requests for a reset", "3", unsourced, "鎖定期間內同一帳號名稱的申請次數。", "By one name within one lock period."));
  out.push_back(integer("review.idle_days", "day", 7, 730, "帳號清查：閒置日數", "Account review: idle days", "90", by_agency, "達此日數未登入者列入清查。", "An account without a sign-in for so long is looked at."));
  out.push_back(integer("review.unused_days", "day", 1, 365, "帳號清查：從未使用日數", "Account review: days without a first sign-in", "30", unsourced, "建立後達此日數從未登入者列入清查。", "An account made so long ago and never used is looked at."));
  out.push_back(integer("review.agencies_max", "agency", 1, 60, "帳號清查：角色機關數上限", "Account review: most agencies of one account", "2", unsourced, "超過此數者列入清查。", "An account with roles in more is looked at."));
  out.push_back(integer("review.keep_days_max", "day", 1, 730, "帳號清查：最長保留日數", "Account review: longest keeping", "180", unsourced, "確認保留的帳號，逾此期限再列入清查。", "An account that is kept is looked at again after this time at the latest."));
}

}  // namespace mandate::policy
