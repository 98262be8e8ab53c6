#include "modules/planreader/duty_phrase.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/words.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

const char* part_of(SignalKind kind) {
  switch (kind) {
    case SignalKind::rhythm: return "rhythm";
    case SignalKind::date: return "date";
    case SignalKind::limit: return "limit";
    case SignalKind::amount: return "amount";
  }
  return "";
}

constexpr View leading[] = {U"並", U"另", U"及", U"且", U"應", U"將", U"須", U"於", U"由", U"請", U"先", U"自行", U"規劃", U"預計", U"預定", U"暨", U"以及", U"並應", U"並於", U"另外", U"此外", U"、", U"，", U"之", U"的", U"各", U"至少", U")", U"均", U"再", U"則", U"時", U"亦", U"同時", U"前", U"起"};

// 規劃 is a word to skip before 於1月, but the duty itself in 規劃安排.
void skip_leading(View s, std::size_t& begin, std::size_t end) {
  while (begin < end) {
    const auto length = longest_word_at(s, begin, leading);
    if (length == 0 || begin + length >= end) return;
    const View word = s.substr(begin, length);
    if (word == U"規劃" && !starts_at(s, begin + length, U"於")) return;
    if (word == U"各" || word == U"時") return;
    begin += length;
  }
}

}  // namespace

void describe(Obligation& o, const CompactText& text, const DutyText& where, const std::vector<Signal>& signals) {
  const View s = text.text;
  const auto span = [&](std::size_t begin, std::size_t end, const char* part) {
    if (begin < end && end <= text.origin.size()) o.spans.push_back({text.origin[begin], text.origin[end - 1] + 1, part});
  };
  for (const auto& x : signals) span(x.begin, x.end, part_of(x.kind));

  const std::size_t anchor = where.anchor_end > 0 ? where.anchor_begin : where.begin;
  const auto actors = actors_in(s, where.begin, std::max(where.end, where.clause_end), anchor);
  for (const auto& actor : actors) {
    o.responsible.push_back(to_utf8(actor.name));
    span(actor.begin, actor.end, "who");
  }

  // What: the words after the time, with those before it when they name the thing done (縣政會議每週召開).
  std::size_t begin = where.begin;
  std::size_t end = std::min(where.clause_end, std::max(where.end, where.begin));
  std::size_t after = where.anchor_end > 0 ? where.anchor_end : where.begin;
  for (const auto& x : signals) {
    if (x.kind != SignalKind::amount && x.begin <= after + 2 && x.end > after) after = x.end;
  }
  for (const auto& actor : actors) {
    if (actor.begin >= after && actor.begin <= after + 2) after = actor.end;
  }
  skip_leading(s, begin, end);
  std::size_t tail = std::min(after, end);
  skip_leading(s, tail, end);
  const bool condition = tail < end && longest_word_before(s, end, {U"後", U"時", U"之際"}) > 0 && where.next_end > end;
  const bool verb_after = !condition && tail < end && has_duty_verb(s.substr(tail, end - tail));
  if (!verb_after && where.next_end > end && where.end >= where.clause_end && !(begin < anchor && has_duty_verb(s.substr(begin, anchor - begin)))) {
    end = where.next_end;
    if (where.anchor_begin > where.clause_end) {
      tail = std::min(after, end);  // the time stands in the clause after the condition
    } else if (condition || tail >= where.clause_end) {
      tail = where.clause_end + 1;
    }
    skip_leading(s, tail, end);
  }
  std::u32string what;
  const bool subject_is_actor = std::any_of(actors.begin(), actors.end(), [&](const Actor& a) { return a.begin >= where.begin && a.end <= anchor && a.end + 2 >= anchor; });
  if (anchor > begin && anchor <= end && where.anchor_end > 0 && (!subject_is_actor || !verb_after || end - tail < 3)) {
    std::size_t head_end = anchor;
    while (head_end > begin) {
      const auto length = longest_word_before(s, head_end, {U"應", U"將", U"於", U"並", U"分別", U"(", U"，", U"、", U"由", U"按", U"預定", U"規劃", U"須", U"自"});
      if (length == 0 || length > head_end - begin) break;
      head_end -= length;
    }
    what += s.substr(begin, head_end - begin);
  }
  if (tail < end) what += s.substr(tail, end - tail);
  while (!what.empty() && View{U"，、；。：("}.find(what.back()) != View::npos) what.pop_back();
  if (what.empty()) what = std::u32string{s.substr(where.begin, where.clause_end - where.begin)};
  o.what = to_utf8(what);
  span(begin, std::max(end, begin), "what");
}

}  // namespace mandate::plan_reader
