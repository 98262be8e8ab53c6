#include "modules/planreader/headings.hpp"

#include "kernel/text.hpp"
#include "modules/planreader/numbering.hpp"
#include "modules/planreader/numerals.hpp"
#include "modules/planreader/obligations.hpp"
#include "modules/planreader/signals.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

template <std::size_t N>
bool has_any(View text, const View (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words), [&](View w) { return contains(text, w); });
}

constexpr View plan_words[] = {U"施政計畫", U"工作計畫", U"業務計畫", U"施政綱要", U"年度計畫", U"施政計劃", U"工作計劃", U"施政報告", U"計畫書"};

struct YearFound {
  int year = 0;
  std::size_t begin = 0;
  std::size_t end = 0;  // past 年度
};

std::optional<YearFound> year_in(View s) {
  for (std::size_t at = 0; at < s.size(); ++at) {
    if (!is_digit(s[at]) && !is_han_figure(s[at])) continue;
    const auto number = numeral_at(s, at);
    if (!number) continue;
    if (number->end < s.size() && s[number->end] == U'年' && number->whole()) {
      int year = number->as_int();
      if (year >= 1912 && year <= 2200) year -= 1911;
      if (year >= 30 && year <= 289) {
        std::size_t end = number->end + 1;
        if (end < s.size() && s[end] == U'度') ++end;
        std::size_t begin = at;
        for (const View lead : {View{U"中華民國"}, View{U"民國"}}) {
          if (ends_at(s, begin, lead)) {
            begin -= lead.size();
            break;
          }
        }
        return YearFound{year, begin, end};
      }
    }
    at = number->end - 1;
  }
  return std::nullopt;
}

bool is_agency_name(View s) {
  constexpr View tails[] = {U"府", U"局", U"處", U"會", U"所", U"中心", U"院", U"館", U"隊", U"署", U"部", U"課", U"科", U"室", U"公司", U"廠"};
  constexpr std::size_t longest = 32;
  if (s.size() < 3 || s.size() > longest || longest_word_before(s, s.size(), tails) == 0) return false;
  return std::none_of(s.begin(), s.end(), [](char32_t c) { return View{U"，。；：、！？「」"}.find(c) != View::npos || is_digit(c); });
}

// The line without its year and its words for a plan: the agency, if anything.
std::u32string agency_part(View said) {
  std::u32string s = without_spaces(said);
  s.erase(0, bullets_length(s));
  if (const auto year = year_in(s)) s.erase(year->begin, year->end - year->begin);
  for (const View lead : {View{U"中華民國"}, View{U"年度"}}) {
    if (View{s}.starts_with(lead)) s.erase(0, lead.size());
  }
  std::size_t cut = s.size();
  for (const auto word : plan_words) cut = std::min(cut, s.find(word));
  if (cut < s.size()) s.erase(cut);
  for (const View tail : {View{U"年度"}, View{U"重要"}, View{U"度"}, View{U"中程"}, View{U"-"}}) {
    if (View{s}.ends_with(tail)) s.erase(s.size() - tail.size());
  }
  return s;
}

}  // namespace

std::optional<Part> part_of_heading(View title) {
  const auto s = without_spaces(title);
  constexpr View strategy[] = {U"目標", U"策略", U"方針"};
  constexpr View work[] = {U"重要計畫", U"施政計畫", U"工作計畫", U"業務計畫", U"實施計畫", U"計畫內容", U"重點工作", U"重要工作", U"執行計畫", U"計畫表", U"工作內容", U"推動計畫", U"行動計畫", U"工作重點", U"工作項目", U"業務重點", U"計畫摘要", U"重要施政", U"年度計畫", U"計畫項目", U"業務計劃", U"工作計劃", U"重要計劃", U"計畫及內容", U"具體措施", U"執行內容", U"分項計畫", U"業務推動", U"主要計畫", U"主要工作"};
  constexpr View late_strategy[] = {U"綱要", U"施政方向", U"努力方向", U"發展方向", U"重點", U"主軸", U"指標", U"理念"};
  constexpr View preface[] = {U"前言", U"緒言", U"緒論", U"序言", U"緣起", U"引言", U"概況", U"背景", U"願景", U"使命", U"環境", U"現況", U"沿革", U"職掌", U"簡介", U"回顧", U"總說明", U"組織", U"依據", U"成效", U"成果"};
  if (has_any(s, strategy)) return Part::strategy;
  if (has_any(s, work)) return Part::work_plan;
  if (has_any(s, late_strategy)) return Part::strategy;
  if (has_any(s, preface)) return Part::preface;
  return std::nullopt;
}

bool is_plan_title(View said) {
  const auto s = without_spaces(said);
  constexpr std::size_t longest = 50;
  if (s.size() > longest) return false;
  const bool ends = std::any_of(std::begin(plan_words), std::end(plan_words), [&](View w) { return View{s}.ends_with(w) || contains(s, std::u32string{w} + U"("); });
  if (!ends) return false;
  return year_in(s).has_value() || is_agency_name(agency_part(s));
}

bool is_bare_part_heading(View title) {
  const auto s = without_spaces(title);
  constexpr View tails[] = {U"前言", U"緣起", U"目標", U"策略", U"重點", U"計畫", U"願景", U"使命", U"內容", U"計畫表", U"方針", U"概況", U"說明", U"計畫項目", U"工作項目", U"引言", U"計劃"};
  return std::any_of(std::begin(tails), std::end(tails), [&](View t) { return View{s}.ends_with(t); });
}

std::u32string title_of(View text) {
  const auto said = plain(text);
  auto title = trimmed(text.substr(std::min(numbering_length(said), text.size())));
  while (!title.empty() && has_any_of(title.substr(title.size() - 1), U"：:。")) title.remove_suffix(1);
  return std::u32string{trimmed(title)};
}

std::u32string leading_title(View said) {
  constexpr std::size_t longest = 20;
  const auto colon = said.substr(0, longest + 1).find(U'：');
  if (colon == View::npos || colon == 0 || colon + 1 == said.size()) return {};
  const View title = said.substr(0, colon);
  if (has_any_of(title, U"，。；") || has_time_or_bound(title)) return {};
  return std::u32string{trimmed(title)};
}

PlanTitle find_title(const std::vector<PlanLine>& lines) {
  PlanTitle out;
  constexpr std::size_t reach = 40;
  constexpr std::size_t longest = 60;
  std::optional<int> any_year;
  const std::size_t count = std::min(lines.size(), reach);
  for (std::size_t i = 0; i < count; ++i) {
    const auto s = without_spaces(lines[i].said);
    if (s.size() > longest) continue;
    const bool plan = std::any_of(std::begin(plan_words), std::end(plan_words), [&](View w) { return contains(s, w); });
    if (const auto year = year_in(s)) {
      if (!out.year_roc && (plan || contains(s, U"年度"))) out.year_roc = year->year;
      if (!any_year) any_year = year->year;
    }
    if (out.agency.empty() && plan) {
      if (const auto name = agency_part(s); is_agency_name(name)) out.agency = to_utf8(name);
    }
  }
  if (!out.year_roc) out.year_roc = any_year;
  constexpr std::size_t first_lines = 8;
  for (std::size_t i = 0; out.agency.empty() && i < std::min(count, first_lines); ++i) {
    if (numbering_length(lines[i].said) > 0) continue;
    if (const auto name = agency_part(lines[i].said); is_agency_name(name)) out.agency = to_utf8(name);
  }
  if (!out.year_roc) {
    for (std::size_t i = 0; i < count; ++i) {
      if (const auto year = year_in(without_spaces(lines[i].said))) {
        out.year_roc = year->year;
        break;
      }
    }
  }
  return out;
}

}  // namespace mandate::plan_reader
