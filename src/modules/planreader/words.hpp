// The words that tell a duty from a fact: verbs of duty, marks of history, doubtful times, names of those who act.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::plan_reader {

// A verb that official plans use for what an agency undertakes.
bool has_duty_verb(std::u32string_view clause);
// A verb of a single act: with 每日 it makes a duty, where 服務, 開放 and 受理 tell how a service runs.
bool has_firm_verb(std::u32string_view clause);
// A verb whose work is over on a day (完成, 召開, 公布): with a bare year it makes a duty, where 持續推動 does not.
bool has_completing_verb(std::u32string_view clause);
// The clause tells what has happened (已於, 業已, 去年, 榮獲, 歷年).
bool tells_history(std::u32string_view clause);
// The clause describes a state (計有, 面積, 人口).
bool describes_state(std::u32string_view clause);
// 落後達10%者, 驗收後: says when or for whom, and the duty follows.
bool is_condition(std::u32string_view clause);
// 每月平均來電約9萬通: what happens anyway.
bool tells_usual(std::u32string_view clause);
// 均得於每年申請1次: what others may do, and nobody owes.
bool permits(std::u32string_view clause);
// 定期, 適時, 持續: perhaps a duty; the controller decides.
bool has_doubtful_time(std::u32string_view text);

struct Actor {
  std::u32string name;
  std::size_t begin = 0;
  std::size_t end = 0;
};
// Who acts in clause text[begin, end), by 由, 請 or 責成, or as the subject before `anchor`.
std::vector<Actor> actors_in(std::u32string_view text, std::size_t begin, std::size_t end, std::size_t anchor);

}  // namespace mandate::plan_reader
