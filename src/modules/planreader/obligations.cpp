#include "modules/planreader/obligations.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/amount_context.hpp"
#include "modules/planreader/duty_phrase.hpp"
#include "modules/planreader/signals.hpp"
#include "modules/planreader/source.hpp"
#include "modules/planreader/words.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

struct Clause {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool opens_segment = false;  // after a semicolon: nothing carries over
};

std::vector<Clause> split_clauses(const CompactText& text) {
  std::vector<Clause> out;
  std::size_t begin = 0;
  bool opens = true;
  for (std::size_t i = 0; i <= text.text.size(); ++i) {
    const bool end = i == text.text.size();
    if (!end && (text.quoted[i] || text.aside[i])) continue;
    if (!end && View{U"，；：。！？"}.find(text.text[i]) == View::npos) continue;
    if (i > begin) {
      out.push_back({begin, i, opens});
      opens = false;
    }
    if (!end && text.text[i] == U'；') opens = true;
    begin = i + 1;
  }
  return out;
}

// An obligation in the making.
struct Draft {
  std::optional<std::string> every;
  std::vector<int> months;
  std::optional<Day> day;
  std::optional<Limit> within;
  std::vector<Signal> signals;
  DutyText where;
  std::size_t clause = 0;  // where it was opened
  bool dead = false;       // history or a state: swallows the counts that belong to it
  bool past_year = false;  // dead because a year before the plan's is told of
  bool bare_year = false;  // nothing but 本年度
  bool condition = false;  // 落後達10%者: waits for the duty that follows
  bool has_amounts = false;
  bool unnamed = false;    // its rhythm has no name here (每2週): every stays null
  bool daily = false;
  std::size_t group = 0;   // drafts of one phrase of dates (3月10日及6月20日各1次) share where it begins, 0 for none

  // 經費達3,000萬元以上之工程: sums of money say which cases, not what is to be reached.
  bool only_money() const {
    return has_amounts && std::all_of(signals.begin(), signals.end(), [](const Signal& x) { return x.kind == SignalKind::amount && x.amount.unit == "元"; });
  }
  bool only_amounts() const { return has_amounts && !every && !within && !day && !unnamed; }
  bool recurs() const { return every && *every != "year"; }
};

class Reader {
 public:
  Reader(const CompactText& text, Part part, int year) : text_(text), s_(text.text), part_(part), year_(year), clauses_(split_clauses(text)), signals_(find_signals(text)) {}

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

  View words(const Clause& clause) const { return s_.substr(clause.begin, clause.end - clause.begin); }

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
      if (d.clause == c) d.condition = d.only_amounts() && (is_condition(said) || d.only_money() || describes_noun(d) || bounds_those(d, said) || falls_short(c, d));
    }
  }

  // ---- what each kind of mark does to the draft before it

  void take_rhythm(std::size_t c, const Signal& x, std::size_t previous_end) {
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
      auto& d = open(c, x.begin);
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
    if (is_past(x) || ends_a_term(x) || dates_an_act(x)) return;
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
      const std::string every = same_rhythm ? *d->every : "month";
      auto& opened = open(c, x.begin);
      opened.every = every;
      opened.day = x.day;
      return mark(opened, x);
    }
    if (d != nullptr) {
      const bool same_clause = d->clause == c;
      const bool undated = d->months.empty() && !d->day;
      const bool goes_on = same_clause || (!is_done(*d) && !d->has_amounts) || d->condition;
      const bool joins = (undated && d->every == "year" && goes_on) || (undated && d->recurs() && ((same_clause && text_.aside[x.begin]) || names_its_months(*d, x))) ||
                         (d->only_amounts() && (same_clause || d->condition || completes(c, x))) || (d->bare_year && undated);
      if (joins) {
        if (!d->every) d->every = "year";
        d->bare_year = false;
        d->months = x.months;
        d->day = x.day;
        d->group = x.begin + 1;
        return mark(*d, x);
      }
    }
    auto& opened = open(c, x.begin);
    opened.every = "year";
    opened.months = x.months;
    opened.day = x.day;
    opened.group = x.begin + 1;
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
    if (d == nullptr) d = &open(c, x.begin);
    const auto add = [&](Draft& to) {
      to.has_amounts = true;
      to.bare_year = false;
      mark(to, x);
    };
    // 6月30日及12月31日前各盤點1次: as often on each of the days.
    if (d->group != 0 && d->clause == c && contains(s_.substr(d->where.anchor_end, x.begin - d->where.anchor_end), U"各")) {
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

  // 4月至11月， alone in its clause says when the rhythm behind it runs.
  bool opens_season(const Draft& d) const { return !d.dead && d.every == "year" && d.months.size() > 1 && !d.has_amounts && d.signals.size() == 1 && d.signals.back().end + 1 >= d.where.clause_end; }
  // 每半年於6月及12月, 每季於3、6、9、12月: the months of the rhythm, with nothing done between them.
  bool names_its_months(const Draft& d, const Signal& x) const {
    const std::size_t expected = d.every == "half_year" ? 2 : d.every == "quarter" ? 4 : d.every == "two_months" ? 6 : 0;
    return expected != 0 && x.months.size() >= 2 && x.months.size() <= expected && !d.has_amounts && !is_done_between(d.where.anchor_end, x.begin);
  }

  bool is_past(const Signal& x) const { return x.year != 0 && year_ != 0 && x.year < year_; }
  bool compares(const Signal& x) const { return longest_word_before(s_, x.begin, {U"較", U"比", U"相較", U"由", U"自", U"從", U"較之", U"依", U"延續", U"賡續"}) > 0; }
  bool has_date(const std::vector<const Signal*>& own) const {
    return std::any_of(own.begin(), own.end(), [&](const Signal* x) { return (x->kind == SignalKind::date && !is_past(*x)) || x->kind == SignalKind::limit; });
  }
  // 超過4日之機關應於10日內改善: the bound goes with the time that follows in its clause, not with the duty before.
  bool belongs_to_later(std::size_t c, const Signal& x) const {
    for (auto next = signals_.begin() + (&x - signals_.data()) + 1; next != signals_.end() && next->begin < clauses_[c].end; ++next) {
      if (next->kind == SignalKind::limit || (next->kind == SignalKind::rhythm && !next->every.empty()) || (next->kind == SignalKind::date && !next->year_only && !is_past(*next))) return true;
    }
    return false;
  }
  // 成績低於80分之單位，本會於2週內輔導: the clause only says whom, and the next has the time.
  bool says_whom_later(std::size_t c, const Signal& x) const {
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
  bool has_time_of_this_year(const std::vector<const Signal*>& own) const {
    return std::any_of(own.begin(), own.end(), [&](const Signal* x) { return x->kind == SignalKind::limit || (x->kind == SignalKind::date && !x->year_only && !x->from && !is_past(*x)); });
  }
  // 辦理150件，較去年成長5%: a target goes on.
  bool compares_with_last_year(View said) const {
    return current_ != none && !drafts_[current_].dead && drafts_[current_].has_amounts && longest_word_at(said, 0, {U"較去年", U"比去年", U"較前年", U"並較去年", U"相較去年"}) > 0;
  }
  static bool chooses(View said) {
    constexpr View verbs[] = {U"遴選", U"錄取", U"徵選", U"甄選", U"遴聘", U"招募", U"改選", U"選出"};
    return std::any_of(std::begin(verbs), std::end(verbs), [&](View v) { return contains(said, v); });
  }
  // 設顧問25名，任期2年: how a body is made up.
  bool before_term(std::size_t c) const {
    return c + 1 < clauses_.size() && !clauses_[c + 1].opens_segment && !chooses(words(clauses_[c])) && longest_word_at(words(clauses_[c + 1]), 0, {U"任期", U"聘期"}) > 0;
  }
  // 效期至114年6月, 任期自112年12月25日: how long something holds.
  bool ends_a_term(const Signal& x) const {
    std::size_t end = x.begin;
    end -= longest_word_before(s_, end, {U"至", U"自", U"為", U"到"});
    return longest_word_before(s_, end, {U"效期", U"有效期間", U"有效期限", U"任期", U"聘期", U"租期", U"契約期間", U"契約", U"合約", U"合約期間", U"計畫期程", U"期程"}) > 0;
  }
  // 因應113年1月1日施行之新制: when a rule came, not when something is due.
  bool dates_an_act(const Signal& x) const {
    if (ends_at(s_, x.end, U"前")) return false;
    const auto act = longest_word_at(s_, x.end, {U"施行", U"修正", U"公布", U"修正公布", U"函頒", U"核定", U"發布", U"訂定", U"頒布", U"生效", U"修訂", U"核頒", U"函示", U"訂頒", U"實施", U"通過"});
    return act > 0 && (char_at(s_, x.end + act) == U'之' || char_at(s_, x.end + act) == U'的');
  }
  // `x` is one of signals_, which stand in order.
  bool any_after(const Signal& x, std::size_t end, SignalKind kind) const {
    for (auto next = signals_.begin() + (&x - signals_.data()) + 1; next != signals_.end() && next->begin < end; ++next) {
      if (next->kind == kind && next->begin >= x.end) return true;
    }
    return false;
  }
  bool next_is_rhythm(std::size_t c, const Signal& x) const {
    constexpr std::size_t reach = 8;
    return any_after(x, std::min(x.end + reach, clauses_[c].end), SignalKind::rhythm);
  }
  bool has_amount_after(std::size_t c, const Signal& x) const {
    constexpr std::size_t reach = 60;
    return any_after(x, std::min(x.end + reach, clauses_[c].end), SignalKind::amount);
  }
  // 112年度施政計畫 is a name.
  bool names_a_plan(const Signal& x) const {
    constexpr View names[] = {U"施政", U"預算", U"計畫", U"工作計畫", U"決算", U"中程", U"總預算", U"概算", U"各項計畫"};
    constexpr View ranges[] = {U"至", U"~", U"-", U"及", U"、"};
    return longest_word_at(s_, x.end, names) > 0 || (x.year != 0 && longest_word_at(s_, x.end, ranges) > 0);
  }
  bool is_done_between(std::size_t from, std::size_t to) const { return to > from && has_duty_verb(s_.substr(from, to - from)); }
  // The draft already says what is done, so that another time opens another duty.
  bool is_done(const Draft& d) const { return is_done_between(d.where.begin, d.where.clause_end) && !is_condition(s_.substr(d.where.begin, d.where.clause_end - d.where.begin)); }
  // 連續3個月落後10%以上者
  static bool bounds_those(const Draft& d, View said) {
    constexpr View those[] = {U"以上者", U"以下者", U"以內者"};
    return longest_word_before(said, said.size(), those) > 0 && !d.signals.empty() && d.signals.back().bounded;
  }
  // 落後百分之十以上，應於每月十日前檢討
  bool falls_short(std::size_t c, const Draft& d) const {
    const View said = words(clauses_[c]);
    const bool short_of = contains(said, U"落後") || contains(said, U"逾期") || contains(said, U"流標") || contains(said, U"未達");
    if (!short_of || !d.signals.back().bounded || d.signals.back().end < clauses_[c].end || has_duty_verb(said) || c + 1 >= clauses_.size()) return false;
    return longest_word_at(words(clauses_[c + 1]), 0, {U"應", U"須", U"由", U"每", U"按", U"逐", U"則", U"請", U"即", U"改"}) > 0;
  }
  // 執行率未達80%之機關: the bound says which, and the duty follows.
  bool describes_noun(const Draft& d) const {
    const auto& last = d.signals.back();
    return last.bounded && (starts_at(s_, last.end, U"之") || starts_at(s_, last.end, U"的"));
  }
  // 並於10月底前完成驗收: the date by which the counts before it are done, not a duty of its own.
  bool completes(std::size_t c, const Signal& x) const {
    View tail = s_.substr(x.end, clauses_[c].end - x.end);
    while (tail.starts_with(U")") || tail.starts_with(U"，")) tail.remove_prefix(1);
    constexpr std::size_t longest = 8;
    if (tail.size() > longest) return false;
    constexpr std::size_t bare_verb = 4;
    if (tail.size() <= bare_verb && longest_word_at(tail, 0, {U"辦理", U"舉辦", U"執行", U"實施", U"舉行"}) > 0) return true;
    return longest_word_at(tail, 0, {U"完成", U"完工", U"竣工", U"驗收", U"啟用", U"辦竣", U"辦理完", U"全數", U"達成", U"執行完", U"陸續", U"通車", U"上線", U"完竣", U"全面", U"交付", U"設置完"}) > 0;
  }

  // 契約金額10%為保證金: a share of something, with no word that makes it an aim.
  bool tells_share(const Draft& d) const {
    return std::all_of(d.signals.begin(), d.signals.end(), [&](const Signal& x) {
      constexpr std::size_t reach = 16;
      const std::size_t from = x.begin > reach ? x.begin - reach : 0;
      return x.kind == SignalKind::amount && !x.bounded && x.amount.unit == "%" && s_.substr(from, x.begin - from).find_first_of(U"率度比成增減升降標例") == View::npos;
    });
  }
  // 市區客運18條路線, 自行車道全長12公里: without a verb and a bound such counters say what there is.
  bool tells_extent(const Draft& d) const {
    constexpr std::string_view extents[] = {"公里", "公尺", "公頃", "平方公尺", "坪", "條", "座", "人", "戶", "所", "棟", "口", "個", "家", "隊", "區", "里", "校", "床", "間", "館", "站", "臺", "台", "輛", "艘", "架", "種", "組"};
    return std::all_of(d.signals.begin(), d.signals.end(), [&](const Signal& x) { return x.kind == SignalKind::amount && !x.bounded && std::find(std::begin(extents), std::end(extents), x.amount.unit) != std::end(extents); }) &&
           !brings_about(s_, d.signals.front().begin, true);
  }

  bool counts_as_duty(const Draft& d) const {
    const View said = s_.substr(d.where.begin, std::max(d.where.end, d.where.clause_end) - d.where.begin);
    const bool verb = has_duty_verb(said);
    constexpr View facts[] = {U"吸引", U"發生", U"約有", U"產生", U"造成", U"湧入", U"死亡", U"損失", U"罹患", U"出生"};
    const bool fact = std::any_of(std::begin(facts), std::end(facts), [&](View w) { return contains(said, w); });
    if (part_ == Part::preface && (!verb || fact || !d.every || d.bare_year)) return false;
    if (d.bare_year && !d.has_amounts) return has_completing_verb(said) && !contains(said, U"持續") && !contains(said, U"賡續") && !contains(said, U"編定") && !contains(said, U"計畫以");
    if (d.every && !d.has_amounts && d.months.empty() && !d.day) return verb || !fact;
    if (d.unnamed && !d.has_amounts && !d.within) return d.daily ? has_firm_verb(s_.substr(d.where.anchor_end, d.where.clause_end - std::min(d.where.clause_end, d.where.anchor_end))) : has_duty_verb(s_.substr(0, d.where.end));
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

  const CompactText& text_;
  View s_;
  Part part_;
  int year_;
  std::vector<Clause> clauses_;
  std::vector<Signal> signals_;
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
