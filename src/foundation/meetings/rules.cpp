#include "foundation/meetings/rules.hpp"

namespace mandate::meetings {
namespace {

int months_of(Frequency frequency) {
  switch (frequency) {
    case Frequency::month: return 1;
    case Frequency::two_months: return 2;
    case Frequency::quarter: return 3;
    case Frequency::half_year: return 6;
    case Frequency::year: return 12;
    case Frequency::none: break;
  }
  return 0;
}

}  // namespace

Period period_of(Frequency frequency, Date on) {
  const int months = months_of(frequency);
  if (months == 0) return {on, on};
  const int first = (on.month() - 1) / months * months + 1;
  const Date from = *Date::from_ymd(on.year(), first, 1);
  return {from, from.plus_months(months - 1).last_of_month()};
}

Date nominal_day(Frequency frequency, const Period& period, int day, int months_after) {
  if (frequency == Frequency::none) return period.from;
  const Date month = period.to.first_of_month().plus_months(months_after);
  const Date last = month.last_of_month();
  return day == 0 || day > last.day() ? last : month.plus_days(day - 1);
}

Date moved_off_closed(Date nominal, const calendar::CalendarDays& days) {
  constexpr int longest_closure = 30;
  Date on = nominal;
  for (int i = 0; i < longest_closure; ++i) {
    const auto* day = days.find(on);
    if (day == nullptr) return nominal;
    if (day->working()) return on;
    on = on.plus_days(1);
  }
  return nominal;
}

Period required_period(Frequency first_stage, const Period& period) { return period_of(first_stage, period.to); }

bool takes(MeetingState state, Step step) {
  using S = MeetingState;
  switch (step) {
    case Step::edit: return state == S::planned || state == S::agenda_open || state == S::frozen;
    case Step::open_agenda: return state == S::planned;
    case Step::run_rules:
    case Step::add_entry:
    case Step::strike_entry:
    case Step::waive:
    case Step::freeze: return state == S::agenda_open;
    case Step::cancel: return state == S::planned || state == S::agenda_open || state == S::frozen;
    case Step::attend: return state == S::frozen || state == S::held;
    case Step::hold: return state == S::frozen;
    case Step::write_minutes:
    case Step::approve_minutes:
    case Step::decide: return state == S::held;
  }
  return false;
}

bool is_time_of_day(const std::string& text) {
  if (text.empty()) return true;
  if (text.size() != 5 || text[2] != ':') return false;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (text[at] < '0' || text[at] > '9') return false;
  }
  return text.substr(0, 2) < "24" && text[3] < '6';
}

std::string ids_text(const std::vector<std::int64_t>& ids) {
  std::string out;
  for (const auto id : ids) out += (out.empty() ? "" : ",") + std::to_string(id);
  return out;
}

std::vector<std::int64_t> ids_from_text(std::string_view text) {
  std::vector<std::int64_t> ids;
  for (const auto& word : words_from_text(text)) ids.push_back(std::stoll(word));
  return ids;
}

std::string words_text(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

std::vector<std::string> words_from_text(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace mandate::meetings
