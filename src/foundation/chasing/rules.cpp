#include "foundation/chasing/rules.hpp"

#include <map>

namespace mandate::chasing {
namespace {

bool is_working(const calendar::CalendarDays& days, Date on) {
  const auto* day = days.find(on);
  return day != nullptr ? day->working() : on.weekday() <= 5;
}

}  // namespace

Result<> check_rungs(const std::vector<Rung>& rungs) {
  if (rungs.size() > rungs_max) return field_fault("rungs", "chase.too_many_rungs", {{"max", std::to_string(rungs_max)}});
  std::set<std::string> seen;
  for (std::size_t i = 0; i < rungs.size(); ++i) {
    const auto& rung = rungs[i];
    const auto path = [&](const char* name) { return "rungs[" + std::to_string(i) + "]." + name; };
    if (rung.offset_days < -offset_max || rung.offset_days > offset_max) return field_fault(path("offset_days"), "input.out_of_range", {{"min", std::to_string(-offset_max)}, {"max", std::to_string(offset_max)}});
    if (rung.repeat_days < 0 || rung.repeat_days > offset_max) return field_fault(path("repeat_days"), "input.out_of_range", {{"min", "0"}, {"max", std::to_string(offset_max)}});
    if (rung.repeat_days > 0 && rung.offset_days < 0) return field_fault(path("repeat_days"), "chase.repeat_only_after");
    if (!seen.insert(rung_key(rung, 0)).second) return field_fault(path("audience"), "chase.rung_twice");
  }
  return done();
}

const Ladder* ladder_for(const std::vector<Ladder>& ladders, const std::string& origin, duties::Severity severity, duties::Confidentiality confidentiality, Date on) {
  const Ladder* best = nullptr;
  int best_weight = -1;
  for (const auto& ladder : ladders) {
    if (ladder.valid_from > on) continue;
    const auto& match = ladder.match;
    if ((match.origin && *match.origin != origin) || (match.severity && *match.severity != severity) || (match.confidentiality && *match.confidentiality != confidentiality)) continue;
    const int weight = (match.origin ? 4 : 0) + (match.severity ? 2 : 0) + (match.confidentiality ? 1 : 0);
    if (weight < best_weight || (weight == best_weight && ladder.valid_from <= best->valid_from)) continue;
    best = &ladder;
    best_weight = weight;
  }
  return best;
}

Date rung_date(const Rung& rung, Date due_on, const calendar::CalendarDays& days) {
  if (rung.day_kind == DayCount::calendar_day) return due_on.plus_days(rung.offset_days);
  Date on = due_on;
  const int step = rung.offset_days < 0 ? -1 : 1;
  for (int left = rung.offset_days * step; left > 0;) {
    on = on.plus_days(step);
    if (is_working(days, on)) --left;
  }
  return on;
}

std::string rung_key(const Rung& rung, int round) {
  return std::to_string(rung.offset_days) + (rung.day_kind == DayCount::working_day ? "w" : "c") + ":" + boost::describe::enum_to_string(rung.audience, "") + ":" + std::to_string(round);
}

std::vector<DueRung> rungs_to_run(const Ladder& ladder, Date due_on, Date today, const calendar::CalendarDays& days, const std::vector<DoneRung>& done) {
  std::map<Audience, DueRung> latest;
  for (const auto& rung : ladder.rungs) {
    Date on = rung_date(rung, due_on, days);
    if (on > today) continue;
    int round = 0;
    if (rung.repeat_days > 0) {
      round = static_cast<int>((today - on) / rung.repeat_days);
      on = on.plus_days(std::int64_t{round} * rung.repeat_days);
    }
    const auto found = latest.find(rung.audience);
    if (found == latest.end() || found->second.on < on) latest[rung.audience] = {rung, round, on, rung_key(rung, round)};
  }
  std::vector<DueRung> out;
  for (const auto& [audience, due] : latest) {
    const bool over = std::any_of(done.begin(), done.end(), [&, who = audience](const DoneRung& d) { return d.key == due.key || (d.audience == who && d.on >= due.on); });
    if (!over) out.push_back(due);
  }
  return out;
}

Date last_due_concerned(const std::vector<Ladder>& ladders, Date today) {
  int ahead = 0;
  for (const auto& ladder : ladders) {
    for (const auto& rung : ladder.rungs) {
      if (rung.offset_days >= 0) continue;
      // Working days reach further: no stretch of the calendar has fewer than two of them in a week, New Year's ten closed days aside.
      ahead = std::max(ahead, rung.day_kind == DayCount::calendar_day ? -rung.offset_days : -rung.offset_days * 7 / 2 + 14);
    }
  }
  return today.plus_days(ahead);
}

}  // namespace mandate::chasing
