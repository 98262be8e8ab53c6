#include "modules/planreader/duty_context.hpp"

#include "modules/planreader/amount_context.hpp"
#include "modules/planreader/source.hpp"
#include "modules/planreader/words.hpp"

#include <algorithm>

namespace mandate::plan_reader {

bool DutyContext::is_short_term(std::size_t c, const Signal& x) const {
  const bool short_unit = x.amount.unit == "小時" || x.amount.unit == "分鐘";
  return short_unit && x.amount.bound == "at_most" && ends_at(s_, x.end, U"內") && x.end < clauses_[c].end && has_duty_verb(s_.substr(x.end, clauses_[c].end - x.end));
}

bool DutyContext::changes_from(std::size_t c, const Signal& x) const {
  if (longest_word_before(s_, x.begin, {U"由", U"由原", U"原", U"從", U"自", U"原為"}) == 0) return false;
  constexpr std::size_t reach = 10;
  const View after = s_.substr(x.end, std::min(clauses_[c].end, x.end + reach) - std::min(x.end, clauses_[c].end));
  return contains(after, U"改為") || contains(after, U"改成") || contains(after, U"調整為") || contains(after, U"增加為") || contains(after, U"增為") || contains(after, U"縮短為");
}

bool DutyContext::closes_a_span(std::size_t c, const Signal& x) const {
  return x.begin == clauses_[c].begin + 1 && s_[clauses_[c].begin] == U'至' && ends_at(s_, x.end, U"止") && !has_duty_verb(s_.substr(x.end, clauses_[c].end - std::min(clauses_[c].end, x.end)));
}

bool DutyContext::each_before(const Signal& x) const {
  constexpr std::size_t reach = 12;
  const std::size_t from = x.begin > reach ? x.begin - reach : 0;
  return contains(s_.substr(from, x.begin - from), U"各");
}

bool DutyContext::opens_season(const Draft& d) const {
  return !d.dead && d.every == "year" && d.months.size() > 1 && !d.has_amounts && d.signals.size() == 1 && d.signals.back().end + 1 >= d.where.clause_end;
}

bool DutyContext::names_its_months(const Draft& d, const Signal& x) const {
  const std::size_t expected = d.every == "half_year" ? 2 : d.every == "quarter" ? 4 : d.every == "two_months" ? 6 : 0;
  return expected != 0 && x.months.size() >= 2 && x.months.size() <= expected && !d.has_amounts && !is_done_between(d.where.anchor_end, x.begin);
}

bool DutyContext::is_past(const Signal& x) const {
  return x.year != 0 && year_ != 0 && x.year < year_;
}

bool DutyContext::compares(const Signal& x) const {
  return longest_word_before(s_, x.begin, {U"較", U"比", U"相較", U"由", U"自", U"從", U"較之", U"依", U"延續", U"賡續"}) > 0;
}

bool DutyContext::has_date(const std::vector<const Signal*>& own) const {
  return std::any_of(own.begin(), own.end(), [&](const Signal* x) { return (x->kind == SignalKind::date && !is_past(*x)) || x->kind == SignalKind::limit; });
}

bool DutyContext::belongs_to_later(std::size_t c, const Signal& x) const {
  for (auto next = signals_.begin() + (&x - signals_.data()) + 1; next != signals_.end() && next->begin < clauses_[c].end; ++next) {
    if (next->kind == SignalKind::limit || (next->kind == SignalKind::rhythm && !next->every.empty()) || (next->kind == SignalKind::date && !next->year_only && !is_past(*next))) return true;
  }
  return false;
}

bool DutyContext::says_whom_later(std::size_t c, const Signal& x) const {
  const auto& clause = clauses_[c];
  if (!x.bounded || c + 1 >= clauses_.size() || clauses_[c + 1].opens_segment) return false;
  const View said = words(clause);
  if (!said.ends_with(U"者") && longest_word_at(s_, x.end, {U"之", U"的"}) == 0) return false;
  if (has_duty_verb(s_.substr(x.end, clause.end - x.end))) return false;
  for (auto next = signals_.begin() + (&x - signals_.data()) + 1; next != signals_.end() && next->begin < clauses_[c + 1].end; ++next) {
    if (next->kind == SignalKind::limit || (next->kind == SignalKind::rhythm && !next->every.empty()) || (next->kind == SignalKind::date && !next->year_only && !is_past(*next))) return true;
  }
  return false;
}

bool DutyContext::has_time_of_this_year(const std::vector<const Signal*>& own) const {
  return std::any_of(own.begin(), own.end(), [&](const Signal* x) { return x->kind == SignalKind::limit || (x->kind == SignalKind::date && !x->year_only && !x->from && !is_past(*x)); });
}

bool DutyContext::chooses(View said) {
  constexpr View verbs[] = {U"遴選", U"錄取", U"徵選", U"甄選", U"遴聘", U"招募", U"改選", U"選出"};
  return std::any_of(std::begin(verbs), std::end(verbs), [&](View v) { return contains(said, v); });
}

bool DutyContext::before_term(std::size_t c) const {
  return c + 1 < clauses_.size() && !clauses_[c + 1].opens_segment && !chooses(words(clauses_[c])) && longest_word_at(words(clauses_[c + 1]), 0, {U"任期", U"聘期"}) > 0;
}

bool DutyContext::ends_a_term(const Signal& x) const {
  std::size_t end = x.begin;
  end -= longest_word_before(s_, end, {U"至", U"自", U"為", U"到"});
  return longest_word_before(s_, end, {U"效期", U"有效期間", U"有效期限", U"任期", U"聘期", U"租期", U"契約期間", U"契約", U"合約", U"合約期間", U"計畫期程", U"期程", U"輪值"}) > 0;
}

bool DutyContext::dates_an_act(const Signal& x) const {
  if (ends_at(s_, x.end, U"前")) return false;
  const auto act = longest_word_at(s_, x.end, {U"施行", U"修正", U"公布", U"修正公布", U"函頒", U"核定", U"發布", U"訂定", U"頒布", U"生效", U"修訂", U"核頒", U"函示", U"訂頒", U"實施", U"通過"});
  return act > 0 && (char_at(s_, x.end + act) == U'之' || char_at(s_, x.end + act) == U'的');
}

bool DutyContext::names_a_season(std::size_t c, const Signal& x) const {
  const auto said = s_.substr(x.end, clauses_[c].end - std::min(x.end, clauses_[c].end));
  if (longest_word_at(said, 0, {U"為", U"係", U"屬", U"是"}) == 0) return false;
  const View bare = trimmed(said);
  return longest_word_before(bare, bare.size(), {U"期", U"期間", U"季", U"季節", U"月", U"旺季", U"淡季", U"高峰", U"時期", U"時節"}) > 0 && !has_duty_verb(bare.substr(1));
}

bool DutyContext::any_after(const Signal& x, std::size_t end, SignalKind kind) const {
  for (auto next = signals_.begin() + (&x - signals_.data()) + 1; next != signals_.end() && next->begin < end; ++next) {
    if (next->kind == kind && next->begin >= x.end) return true;
  }
  return false;
}

bool DutyContext::next_is_rhythm(std::size_t c, const Signal& x) const {
  constexpr std::size_t reach = 8;
  const bool more = c + 1 < clauses_.size() && !clauses_[c + 1].opens_segment && clauses_[c].end <= x.end + 1;
  return any_after(x, std::min(x.end + reach, clauses_[more ? c + 1 : c].end), SignalKind::rhythm);
}

bool DutyContext::has_amount_after(std::size_t c, const Signal& x) const {
  constexpr std::size_t reach = 60;
  return any_after(x, std::min(x.end + reach, clauses_[c].end), SignalKind::amount);
}

bool DutyContext::names_a_plan(const Signal& x) const {
  constexpr View names[] = {U"施政", U"預算", U"計畫", U"工作計畫", U"決算", U"中程", U"總預算", U"概算", U"各項計畫"};
  constexpr View ranges[] = {U"至", U"~", U"-", U"及", U"、"};
  return longest_word_at(s_, x.end, names) > 0 || (x.year != 0 && longest_word_at(s_, x.end, ranges) > 0);
}

bool DutyContext::is_done_between(std::size_t from, std::size_t to) const {
  return to > from && has_duty_verb(s_.substr(from, to - from));
}

bool DutyContext::is_done(const Draft& d) const {
  return is_done_between(d.where.begin, d.where.clause_end) && !is_condition(s_.substr(d.where.begin, d.where.clause_end - d.where.begin));
}

bool DutyContext::bounds_those(const Draft& d, View said) {
  constexpr View those[] = {U"以上者", U"以下者", U"以內者"};
  return longest_word_before(said, said.size(), those) > 0 && !d.signals.empty() && d.signals.back().bounded;
}

bool DutyContext::falls_short(std::size_t c, const Draft& d) const {
  const View said = words(clauses_[c]);
  const auto& last = d.signals.back();
  if (!last.bounded || c + 1 >= clauses_.size() || clauses_[c + 1].opens_segment) return false;
  const View tail = last.end < clauses_[c].end ? s_.substr(last.end, clauses_[c].end - last.end) : View{};
  constexpr std::size_t longest_tail = 8;
  const bool names_cases = tail.size() <= longest_tail && longest_word_before(tail, tail.size(), {U"案件", U"未結案", U"公文", U"工程", U"計畫", U"標案", U"機關", U"單位", U"學校", U"廠商"}) > 0;
  const bool short_of = contains(said, U"落後") || contains(said, U"逾期") || contains(said, U"流標") || contains(said, U"未達");
  if (!names_cases && !(short_of && tail.empty() && !has_duty_verb(said))) return false;
  return longest_word_at(words(clauses_[c + 1]), 0, {U"應", U"須", U"由", U"每", U"按", U"逐", U"則", U"請", U"即", U"改"}) > 0;
}

bool DutyContext::says_for_whom(const Draft& d, View said) const {
  if (longest_word_at(said, 0, {U"對", U"對於", U"針對", U"就", U"凡", U"如", U"若"}) == 0) return false;
  const auto& last = d.signals.back();
  return last.bounded && !has_duty_verb(s_.substr(last.end, d.where.clause_end > last.end ? d.where.clause_end - last.end : 0));
}

bool DutyContext::describes_noun(const Draft& d) const {
  const auto& last = d.signals.back();
  return last.bounded && (starts_at(s_, last.end, U"之") || starts_at(s_, last.end, U"的"));
}

bool DutyContext::says_when(std::size_t c, const Signal& x) const {
  constexpr std::size_t longest = 4;
  const std::size_t end = clauses_[c].end;
  if (x.begin - clauses_[c].begin > longest || x.end > end || end - x.end > longest || end == x.end) return false;
  return longest_word_at(s_, x.end, {U"辦理", U"舉辦", U"執行", U"實施", U"舉行", U"召開"}) == end - x.end;
}

bool DutyContext::completes(std::size_t c, const Signal& x) const {
  // 宣導4場次，財產申報於12月31日前完成: another thing is completed there, unless its name takes up what was said (購圖書4萬冊，購書經費於…).
  View head = s_.substr(clauses_[c].begin, x.begin - clauses_[c].begin);
  constexpr std::size_t no_subject = 4;
  constexpr std::size_t reach = 30;
  if (head.size() > no_subject && longest_word_at(head, 0, {U"並", U"均", U"皆", U"全數", U"預計", U"預定", U"且", U"以上", U"應", U"其中", U"於"}) == 0) {
    constexpr std::size_t longest_subject = 12;
    head = head.substr(0, longest_subject);
    const std::size_t from = clauses_[c].begin > reach ? clauses_[c].begin - reach : 0;
    const View before = s_.substr(from, clauses_[c].begin - from);
    if (std::count_if(head.begin(), head.end(), [&](char32_t ch) { return before.find(ch) != View::npos; }) < 2) return false;
  }
  View tail = s_.substr(x.end, clauses_[c].end - x.end);
  while (tail.starts_with(U")") || tail.starts_with(U"，")) tail.remove_prefix(1);
  constexpr std::size_t longest = 8;
  if (tail.size() > longest) return false;
  constexpr std::size_t bare_verb = 4;
  if (tail.size() <= bare_verb && longest_word_at(tail, 0, {U"辦理", U"舉辦", U"執行", U"實施", U"舉行"}) > 0) return true;
  return longest_word_at(tail, 0, {U"完成", U"完工", U"竣工", U"驗收", U"啟用", U"辦竣", U"辦理完", U"全數", U"達成", U"執行完", U"陸續", U"通車", U"上線", U"完竣", U"全面", U"交付", U"設置完"}) > 0;
}

bool DutyContext::tells_share(const Draft& d) const {
  return std::all_of(d.signals.begin(), d.signals.end(), [&](const Signal& x) {
    constexpr std::size_t reach = 16;
    const std::size_t from = x.begin > reach ? x.begin - reach : 0;
    return x.kind == SignalKind::amount && !x.bounded && x.amount.unit == "%" && s_.substr(from, x.begin - from).find_first_of(U"率度比成增減升降標例") == View::npos;
  });
}

bool DutyContext::tells_extent(const Draft& d) const {
  constexpr std::string_view extents[] = {"公里", "公尺", "公頃", "平方公尺", "坪", "條", "座", "人", "戶", "所", "棟", "口", "個", "家", "隊", "區", "里", "校", "床", "間", "館", "站", "臺", "台", "輛", "艘", "架", "種", "組"};
  return std::all_of(d.signals.begin(), d.signals.end(), [&](const Signal& x) { return x.kind == SignalKind::amount && !x.bounded && std::find(std::begin(extents), std::end(extents), x.amount.unit) != std::end(extents); }) &&
         !brings_about(s_, d.signals.front().begin, true);
}

bool DutyContext::counts_as_duty(const Draft& d) const {
  const View said = s_.substr(d.where.begin, std::max(d.where.end, d.where.clause_end) - d.where.begin);
  const bool verb = has_duty_verb(said);
  constexpr View facts[] = {U"吸引", U"發生", U"約有", U"產生", U"造成", U"湧入", U"死亡", U"損失", U"罹患", U"出生"};
  const bool fact = std::any_of(std::begin(facts), std::end(facts), [&](View w) { return contains(said, w); });
  if (part_ == Part::preface && (!verb || fact || !d.every || d.bare_year)) return false;
  if (d.bare_year && !d.has_amounts) return has_completing_verb(said) && !contains(said, U"持續") && !contains(said, U"賡續") && !contains(said, U"編定") && !contains(said, U"計畫以");
  if (d.every && !d.has_amounts && d.months.empty() && !d.day) return verb || !fact;
  if (d.daily && !has_firm_verb(words(clauses_[d.clause])) && std::none_of(d.signals.begin(), d.signals.end(), [](const Signal& x) { return x.bounded; })) return false;
  if (d.unnamed && !d.has_amounts && !d.within) return d.daily ? has_firm_verb(words(clauses_[d.clause])) : (verb || (d.clause > 0 && !clauses_[d.clause].opens_segment && has_duty_verb(words(clauses_[d.clause - 1]))));
  // 死亡人數降至35人以下 is a target, 死亡35人 a fact.
  const bool aims = std::any_of(d.signals.begin(), d.signals.end(), [&](const Signal& x) { return x.kind == SignalKind::amount && (x.amount.bound == "at_most" || ends_at(s_, x.end, U"以上")); });
  if (d.only_amounts() && fact && !verb && !aims) return false;
  if (d.only_amounts() && !verb && (tells_extent(d) || tells_share(d))) return false;
  // 每年吸引逾百萬人次: what comes of itself.
  if (d.every && fact && !aims && longest_word_at(s_, d.where.anchor_end, {U"吸引", U"約吸引", U"約有", U"發生", U"產生", U"約產生", U"湧入", U"平均"}) > 0) return false;
  // 員工在34人以上者負有進用義務: a bound that says whom, and nothing is done.
  if (d.only_amounts() && !verb && said.find_first_of(U"應須得予") == View::npos && std::any_of(d.signals.begin(), d.signals.end(), [&](const Signal& x) { return x.bounded && (ends_at(s_, x.end, U"者") || longest_word_at(s_, x.end, {U"者", U"之", U"的"}) > 0); })) return false;
  return true;
}

}  // namespace mandate::plan_reader
