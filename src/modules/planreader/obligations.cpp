#include "modules/planreader/obligations.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/duty_context.hpp"
#include "modules/planreader/duty_phrase.hpp"
#include "modules/planreader/signals.hpp"
#include "modules/planreader/source.hpp"
#include "modules/planreader/words.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

class Reader : private DutyContext {
 public:
  using DutyContext::DutyContext;

  ReadSentence read() {
    std::size_t next = 0;
    for (std::size_t c = 0; c < clauses_.size(); ++c) {
      const auto& clause = clauses_[c];
      if (clause.opens_segment) current_ = none;
      std::vector<const Signal*> own;
      for (; next < signals_.size() && signals_[next].begin < clause.end; ++next) own.push_back(&signals_[next]);
      read_clause(c, own);
    }
    return finish();
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  void read_clause(std::size_t c, const std::vector<const Signal*>& own) {
    const auto& clause = clauses_[c];
    const View said = words(clause);
    const bool rhythm = std::any_of(own.begin(), own.end(), [](const Signal* x) { return x->kind == SignalKind::rhythm && !x->every.empty(); });
    const bool past_date = std::any_of(own.begin(), own.end(), [&](const Signal* x) { return x->kind == SignalKind::date && is_past(*x) && !x->from && !compares(*x); });
    const bool future = contains(said, U"將") || contains(said, U"預計") || contains(said, U"預定") || contains(said, U"應") || contains(said, U"提升至");
    // 於2月15日前完成110年度成果專輯: a time of this year makes the earlier one a name.
    const bool past = past_date && !rhythm && !future && !has_time_of_this_year(own);
    bool dead = (tells_history(said) && !compares_with_last_year(said)) || past || tells_usual(said) || permits(said);
    if (!dead && !rhythm && !has_date(own) && (describes_state(said) || before_term(c))) dead = true;
    if (dead) {
      // A clause of history without a number of its own must not cut off the duty before it.
      if (own.empty() && current_ != none && !describes_state(said)) return;
      auto& d = open(c, clause.begin);
      d.dead = true;
      d.past_year = past;
      return;
    }
    if (own.empty() && current_ != none && !drafts_[current_].dead) {
      auto& d = drafts_[current_];
      d.where.end = clause.end;
      return;
    }
    if (own.empty() && future) current_ = none;
    std::size_t previous_end = clause.begin;
    for (const auto* signal : own) {
      switch (signal->kind) {
        case SignalKind::rhythm: take_rhythm(c, *signal, previous_end); break;
        case SignalKind::date: take_date(c, *signal); break;
        case SignalKind::limit: take_limit(c, *signal); break;
        case SignalKind::amount: take_amount(c, *signal); break;
      }
      previous_end = signal->end;
    }
    if (current_ != none) {
      auto& d = drafts_[current_];
      d.where.end = std::max(d.where.end, clause.end);
      if (d.clause == c) d.condition = d.only_amounts() && (is_condition(said) || d.only_money() || describes_noun(d) || bounds_those(d, said) || falls_short(c, d) || says_for_whom(d, said));
    }
  }

  // ---- what each kind of mark does to the draft before it

  void take_rhythm(std::size_t c, const Signal& x, std::size_t previous_end) {
    if (changes_from(c, x)) return;
    if (x.step) {
      // 逐年改善 is a direction, 逐年汰換500盞 a yearly duty.
      if (!any_after(x, clauses_[c].end, SignalKind::amount)) {
        doubtful_ = true;
        return;
      }
      auto& d = open(c, x.begin);
      d.every = "year";
      return mark(d, x);
    }
    if (x.every.empty()) {
      doubtful_ = true;
      // 落後10%以上者，每2週檢討: the bound says whom, as with a rhythm that has a name.
      const bool waits = current_ != none && drafts_[current_].condition;
      auto& d = waits ? drafts_[current_] : open(c, x.begin);
      d.condition = false;
      d.unnamed = true;
      d.daily = x.daily;
      return mark(d, x);
    }
    if (auto* d = here(c)) {
      const bool adjacent = x.begin == previous_end || (x.begin == previous_end + 1 && View{U"及、與和或暨/"}.find(s_[previous_end]) == View::npos);
      if (d->every && (text_.aside[x.begin] || adjacent)) {
        if (!text_.aside[x.begin]) d->every = x.every;  // 每年按季 is each quarter
        return mark(*d, x);
      }
      if (d->bare_year || d->only_amounts()) {  // 本年度每季; 針對5,000萬元以上工程逐月列管
        d->every = x.every;
        d->bare_year = false;
        return mark(*d, x);
      }
      constexpr std::size_t near = 6;
      // 3月至10月每月, 汛期(5月1日至11月30日)期間每週
      if (d->every == "year" && !d->months.empty() && x.every != "year" && (x.begin <= previous_end + 2 || (d->months.size() > 1 && x.begin <= previous_end + near && !is_done_between(previous_end, x.begin)))) {
        d->every = x.every;
        d->day.reset();
        return mark(*d, x);
      }
    } else if (current_ != none && opens_season(drafts_[current_]) && x.every != "year") {  // 4月至11月，每月巡查
      drafts_[current_].every = x.every;
      drafts_[current_].day.reset();
      return mark(drafts_[current_], x);
    } else if (current_ != none && drafts_[current_].condition) {
      drafts_[current_].every = x.every;
      drafts_[current_].condition = false;
      return mark(drafts_[current_], x);
    }
    auto& d = open(c, x.begin);
    d.every = x.every;
    mark(d, x);
  }

  void take_date(std::size_t c, const Signal& x) {
    if (is_past(x) || ends_a_term(x) || dates_an_act(x) || closes_a_span(c, x)) return;
    if (names_a_season(c, x)) {  // and the 每年 before it tells how often the season comes
      if (auto* season = here(c); season != nullptr && season->every == "year" && season->months.empty()) season->dead = true;
      return;
    }
    if (x.year_only) return take_year(c, x);
    if (x.from && next_is_rhythm(c, x)) return;  // 自3月起每月
    auto* d = current_ == none ? nullptr : &drafts_[current_];
    if (d != nullptr && d->dead) d = nullptr;
    if (x.day_only) {
      constexpr std::size_t reach = 3;  // clauses
      if (d != nullptr && d->every && !(x.bare_day && !d->recurs()) && !d->day && d->clause + reach >= c) {
        d->day = x.day;
        return mark(*d, x);
      }
      if (x.bare_day && !(d != nullptr && d->recurs())) {
        Signal limit = x;
        limit.kind = SignalKind::limit;
        limit.limit = {x.day->number, "day"};
        return take_limit(c, limit);
      }
      const bool same_rhythm = d != nullptr && d->recurs() && d->day;
      // 每月10日及25日前各更新1次: days of one phrase, as often on each.
      if (d != nullptr && d->group == 0) d->group = x.begin + 1;
      const std::size_t group = same_rhythm && d->signals.back().end + 1 >= x.begin ? d->group : 0;
      const std::string every = same_rhythm ? *d->every : contains(s_.substr(x.begin, x.end - x.begin), U"季") ? "quarter" : "month";
      auto& opened = open(c, x.begin);
      opened.every = every;
      opened.day = x.day;
      opened.group = group;
      return mark(opened, x);
    }
    if (d != nullptr) {
      const bool same_clause = d->clause == c;
      const bool undated = !d->dated && d->months.empty() && !d->day;
      const bool goes_on = same_clause || (!is_done(*d) && !d->has_amounts) || d->condition;
      const bool joins = (undated && d->every == "year" && d->clause + 1 == c && says_when(c, x)) || (undated && d->every == "year" && goes_on) || (undated && d->recurs() && ((same_clause && text_.aside[x.begin]) || names_its_months(*d, x))) ||
                         (d->only_amounts() && (same_clause || d->condition || completes(c, x))) || (d->bare_year && undated);
      if (joins) {
        if (!d->every) d->every = "year";
        d->bare_year = false;
        d->months = x.months;
        d->day = x.day;
        d->group = x.begin + 1;
        d->dated = !x.from;
        return mark(*d, x);
      }
    }
    auto& opened = open(c, x.begin);
    opened.every = "year";
    opened.months = x.months;
    opened.day = x.day;
    opened.group = x.begin + 1;
    opened.dated = !x.from;
    mark(opened, x);
  }

  void take_year(std::size_t c, const Signal& x) {
    if (x.whole_year && current_ != none && drafts_[current_].past_year) return;  // 112年獲獎，全年受理1萬件
    if (x.year != 0 && year_ != 0 && x.year > year_ && !x.from && !names_a_plan(x) && has_amount_after(c, x)) {
      open(c, x.begin).dead = true;  // 114年度完成10案 is owed in another year
      return;
    }
    if (x.from || (x.year != 0 && year_ != 0 && x.year != year_) || names_a_plan(x)) return;
    if (auto* d = here(c); d != nullptr && d->every) return;
    if (current_ != none && !drafts_[current_].dead && (drafts_[current_].every == "year" || drafts_[current_].bare_year) && !x.whole_year && !has_amount_after(c, x)) return;
    if (auto* d = here(c); d != nullptr && d->only_amounts()) {
      d->every = "year";
      return mark(*d, x);
    }
    auto& d = open(c, x.begin);
    d.every = "year";
    d.bare_year = true;
    mark(d, x);
  }

  void take_limit(std::size_t c, const Signal& x) {
    auto* d = current_ == none ? nullptr : &drafts_[current_];
    if (d != nullptr && !d->dead && !d->within && (d->every || d->condition)) {
      const bool same_clause = d->clause == c;
      // 每季結束後，15日內提報 is one duty; 每月開會，會後3日內送紀錄 is two.
      if (same_clause ? !is_done_between(d->where.anchor_end, x.begin) : d->condition || (!is_done(*d) && !d->has_amounts)) {
        d->within = x.limit;
        d->condition = false;
        return mark(*d, x);
      }
    } else if (d != nullptr && !d->dead && !d->within && d->only_amounts() && d->clause == c) {
      d->within = x.limit;
      return mark(*d, x);
    }
    auto& opened = open(c, x.begin);
    opened.within = x.limit;
    mark(opened, x);
  }

  void take_amount(std::size_t c, const Signal& x) {
    auto* d = current_ == none ? nullptr : &drafts_[current_];
    const View said = words(clauses_[c]);
    if (d != nullptr && d->dead) {
      if (d->clause == c) return;
      if (!contains(said, U"將") && !contains(said, U"預計") && !contains(said, U"應達") && !contains(said, U"須達") && !contains(said, U"為目標")) return;
      d = nullptr;
    }
    if (d != nullptr && d->clause != c && longest_word_at(said, 0, {U"另", U"此外", U"暑假", U"寒假", U"春節", U"平日", U"假日", U"並另"}) > 0) d = nullptr;
    if (d != nullptr && d->clause != c && !d->condition && (belongs_to_later(c, x) || says_whom_later(c, x) || (d->within && !d->every && x.bounded && x.amount.bound != "at_most" && contains(said, U"者")))) d = nullptr;
    if (d != nullptr && d->clause != c && !d->condition && (d->every || d->unnamed || d->within) && is_short_term(c, x)) d = nullptr;
    // 每月檢討、5,000萬元以上工程每季檢討: the sum goes with the rhythm behind it.
    if (d != nullptr && d->clause == c && x.begin > 0 && s_[x.begin - 1] == U'、' && d->every && belongs_to_later(c, x) && (d->signals.back().end + 1 == x.begin || is_done_between(std::max(d->where.anchor_end, x.begin > 12 ? x.begin - 12 : 0), x.begin))) d = nullptr;
    if (d == nullptr) d = &open(c, x.begin);
    Signal own = x;
    // 分別達15%、40%、65%: the bound of the first holds for the list.
    if (!x.bounded && !d->signals.empty()) {
      const auto& last = d->signals.back();
      if (last.kind == SignalKind::amount && last.bounded && last.amount.unit == x.amount.unit && last.end + 1 == x.begin && s_[last.end] == U'、') {
        own.amount.bound = last.amount.bound;
        own.bounded = true;
      }
    }
    const auto add = [&](Draft& to) {
      to.has_amounts = true;
      to.bare_year = false;
      mark(to, own);
    };
    // 6月30日及12月31日前各盤點1次: as often on each of the days.
    if (d->group != 0 && d->clause == c && each_before(x)) {
      for (std::size_t k = current_; k > 0 && drafts_[k - 1].group == d->group; --k) add(drafts_[k - 1]);
    }
    add(*d);
  }

  // ---- the text around

  Draft* here(std::size_t c) { return current_ != none && drafts_[current_].clause == c && !drafts_[current_].dead ? &drafts_[current_] : nullptr; }

  Draft& open(std::size_t c, std::size_t at) {
    // The first draft of a clause begins with the clause; a later one where its mark stands, and there the one before it ends.
    std::size_t begin = clauses_[c].begin;
    if (current_ != none && drafts_[current_].clause == c) {
      begin = at;
      auto& where = drafts_[current_].where;
      where.end = where.clause_end = where.next_end = at;
    }
    Draft d;
    d.clause = c;
    d.where.begin = begin;
    d.where.end = clauses_[c].end;
    d.where.clause_end = clauses_[c].end;
    d.where.next_end = c + 1 < clauses_.size() && !clauses_[c + 1].opens_segment ? clauses_[c + 1].end : clauses_[c].end;
    drafts_.push_back(std::move(d));
    current_ = drafts_.size() - 1;
    return drafts_.back();
  }

  void mark(Draft& d, const Signal& x) {
    if (x.kind != SignalKind::amount && d.where.anchor_end == 0) {
      d.where.anchor_begin = x.begin;
      d.where.anchor_end = x.end;
    }
    d.signals.push_back(x);
  }

  // 辦理150件，較去年成長5%: a target goes on.
  bool compares_with_last_year(View said) const {
    return current_ != none && !drafts_[current_].dead && drafts_[current_].has_amounts && longest_word_at(said, 0, {U"較去年", U"比去年", U"較前年", U"並較去年", U"相較去年"}) > 0;
  }

  ReadSentence finish() {
    ReadSentence out;
    std::vector<std::size_t> clause_of;
    for (const auto& d : drafts_) {
      if (d.dead) continue;
      if (!counts_as_duty(d)) {
        doubtful_ = doubtful_ || part_ != Part::preface || d.every;
        continue;
      }
      Obligation o;
      o.every = d.every;
      o.months = d.months;
      o.day = d.day;
      o.within = d.within;
      for (const auto& x : d.signals) {
        if (x.kind == SignalKind::amount && std::find(o.amounts.begin(), o.amounts.end(), x.amount) == o.amounts.end()) o.amounts.push_back(x.amount);
      }
      describe(o, text_, d.where, d.signals);
      out.obligations.push_back(std::move(o));
      clause_of.push_back(d.clause);
    }
    // 每月10日、20日及月底提報: what is done stands once, behind the last.
    for (std::size_t i = out.obligations.size(); i-- > 1;) {
      auto& before = out.obligations[i - 1];
      if (clause_of[i - 1] == clause_of[i] && !has_duty_verb(to_utf32(before.what))) before.what = out.obligations[i].what;
    }
    if (!out.obligations.empty()) {
      out.decision = Decision::obligation;
    } else if (doubtful_ || (part_ != Part::preface && has_doubtful_time(s_) && has_duty_verb(s_))) {
      out.decision = Decision::undecided;
    }
    return out;
  }

  std::vector<Draft> drafts_;
  std::size_t current_ = none;
  bool doubtful_ = false;
};

}  // namespace

ReadSentence read_sentence(View sentence, Part part, int year_roc) {
  const auto text = compact(sentence);
  // 附註：… explains the plan and is read as strictly as its preface.
  constexpr View notes[] = {U"註：", U"附註：", U"備註：", U"附註", U"備註", U"註1", U"聯絡人", U"資料來源", U"備考："};
  if (longest_word_at(text.text, 0, notes) > 0) part = Part::preface;
  return Reader{text, part, year_roc}.read();
}

bool has_time_or_bound(View text) {
  const auto signals = find_signals(compact(text));
  return std::any_of(signals.begin(), signals.end(), [](const Signal& x) { return x.kind == SignalKind::amount ? x.bounded : !(x.kind == SignalKind::date && x.year_only); });
}

}  // namespace mandate::plan_reader
