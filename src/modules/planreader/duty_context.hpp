// What the text around a mark or a draft tells: whether a date is past, a bound says whom, a count is a fact.
#pragma once

#include "modules/planreader/clauses.hpp"
#include "modules/planreader/reader.hpp"
#include "modules/planreader/signals.hpp"

#include <string_view>
#include <vector>

namespace mandate::plan_reader {

class DutyContext {
 public:
  DutyContext(const CompactText& text, Part part, int year) : text_(text), s_(text.text), part_(part), year_(year), clauses_(split_clauses(text)), signals_(find_signals(text)) {}

 protected:
  using View = std::u32string_view;

  View words(const Clause& clause) const { return s_.substr(clause.begin, clause.end - clause.begin); }

  // 4小時內修補: a term too short for a limit, with what is to be done in it.
  bool is_short_term(std::size_t c, const Signal& x) const;
  // 由每季改為每月: what was, before what is to be.
  bool changes_from(std::size_t c, const Signal& x) const;
  // 至12月31日止， with nothing done in its clause.
  bool closes_a_span(std::size_t c, const Signal& x) const;
  // 各辦理1次: shortly before the count.
  bool each_before(const Signal& x) const;
  // 4月至11月， alone in its clause says when the rhythm behind it runs.
  bool opens_season(const Draft& d) const;
  // 每半年於6月及12月, 每季於3、6、9、12月: the months of the rhythm, with nothing done between them.
  bool names_its_months(const Draft& d, const Signal& x) const;
  bool is_past(const Signal& x) const;
  bool compares(const Signal& x) const;
  bool has_date(const std::vector<const Signal*>& own) const;
  // 超過4日之機關應於10日內改善: the bound goes with the time that follows in its clause, not with the duty before.
  bool belongs_to_later(std::size_t c, const Signal& x) const;
  // 成績低於80分之單位，本會於2週內輔導: the clause only says whom, and the next has the time.
  bool says_whom_later(std::size_t c, const Signal& x) const;
  bool has_time_of_this_year(const std::vector<const Signal*>& own) const;
  static bool chooses(View said);
  // 設顧問25名，任期2年: how a body is made up.
  bool before_term(std::size_t c) const;
  // 效期至114年6月, 任期自112年12月25日: how long something holds.
  bool ends_a_term(const Signal& x) const;
  // 因應113年1月1日施行之新制: when a rule came, not when something is due.
  bool dates_an_act(const Signal& x) const;
  // 五月至十一月為本市防汛期: what time of the year it is.
  bool names_a_season(std::size_t c, const Signal& x) const;
  // `x` is one of signals_, which stand in order.
  bool any_after(const Signal& x, std::size_t end, SignalKind kind) const;
  bool next_is_rhythm(std::size_t c, const Signal& x) const;
  bool has_amount_after(std::size_t c, const Signal& x) const;
  // 112年度施政計畫 is a name.
  bool names_a_plan(const Signal& x) const;
  bool is_done_between(std::size_t from, std::size_t to) const;
  // The draft already says what is done, so that another time opens another duty.
  bool is_done(const Draft& d) const;
  // 連續3個月落後10%以上者
  static bool bounds_those(const Draft& d, View said);
  // 落後百分之十以上，應於每月十日前檢討
  bool falls_short(std::size_t c, const Draft& d) const;
  // 對於逾期3日以上未結公文，: the cases that the next clause deals with.
  bool says_for_whom(const Draft& d, View said) const;
  // 執行率未達80%之機關: the bound says which, and the duty follows.
  bool describes_noun(const Draft& d) const;
  // 每年召開2次，分別於4月、10月舉行: nothing but when.
  bool says_when(std::size_t c, const Signal& x) const;
  // 並於10月底前完成驗收: the date by which the counts before it are done, not a duty of its own.
  bool completes(std::size_t c, const Signal& x) const;
  // 契約金額10%為保證金: a share of something, with no word that makes it an aim.
  bool tells_share(const Draft& d) const;
  // 市區客運18條路線, 自行車道全長12公里: without a verb and a bound such counters say what there is.
  bool tells_extent(const Draft& d) const;
  bool counts_as_duty(const Draft& d) const;

  const CompactText& text_;
  View s_;
  Part part_;
  int year_;
  std::vector<Clause> clauses_;
  std::vector<Signal> signals_;
};

}  // namespace mandate::plan_reader
