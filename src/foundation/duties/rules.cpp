#include "foundation/duties/rules.hpp"

namespace mandate::duties {
namespace {

Date day_in_month(int year, int month, int day) {
  const Date first = *Date::from_ymd(year, month, 1);
  if (day == 0) return first.last_of_month();
  return Date::from_ymd(year, month, day).value_or(first.last_of_month());
}

}  // namespace

Lateness lateness_of(DutyState state, Date due_on, std::optional<Date> done_on, Date today, const DutyPolicy& policy) {
  if (state == DutyState::cancelled) return Lateness::cancelled;
  if (state == DutyState::done) return done_on && *done_on > due_on ? Lateness::done_late : Lateness::done;
  const auto days_left = due_on - today;
  if (days_left < -policy.severe_days) return Lateness::severe;
  if (days_left < 0) return Lateness::late;
  return days_left <= policy.at_risk_days ? Lateness::at_risk : Lateness::on_time;
}

DueRange due_range_of(Lateness lateness, Date today, const DutyPolicy& policy) {
  switch (lateness) {
    case Lateness::on_time: return {today.plus_days(policy.at_risk_days + 1), std::nullopt};
    case Lateness::at_risk: return {today, today.plus_days(policy.at_risk_days)};
    case Lateness::late: return {today.plus_days(-policy.severe_days), today.plus_days(-1)};
    case Lateness::severe: return {std::nullopt, today.plus_days(-policy.severe_days - 1)};
    default: return {};
  }
}

std::vector<Date> occurrences(const Recurrence& r, Date from, Date to) {
  std::vector<Date> out;
  const auto add = [&](Date on) {
    if (on >= from && on <= to) out.push_back(on);
  };
  if (r.every == Every::week) {
    // day 1..7 is a weekday (1 = Monday); 0 means Friday, the week's last office day.
    const int wanted = r.day == 0 ? 5 : r.day;
    for (Date on = from.plus_days((wanted - from.weekday() + 7) % 7); on <= to; on = on.plus_days(7)) add(on);
    return out;
  }
  for (int year = from.year(); year <= to.year(); ++year) {
    switch (r.every) {
      case Every::year:
        if (r.months.empty()) add(day_in_month(year, 12, r.day));
        for (const int month : r.months) add(day_in_month(year, month, r.day));
        break;
      case Every::half_year:
        for (const int month : {6, 12}) add(day_in_month(year, month, r.day));
        break;
      case Every::quarter:
        for (const int month : {3, 6, 9, 12}) add(day_in_month(year, month, r.day));
        break;
      case Every::two_months:
        for (int month = 2; month <= 12; month += 2) add(day_in_month(year, month, r.day));
        break;
      case Every::month:
        for (int month = 1; month <= 12; ++month) add(day_in_month(year, month, r.day));
        break;
      case Every::week: break;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<> check_recurrence(const Recurrence& r) {
  const int day_max = r.every == Every::week ? 7 : 31;
  if (r.day < 0 || r.day > day_max) return field_fault("recurrence.day", "input.out_of_range", {{"min", "0"}, {"max", std::to_string(day_max)}});
  if (!r.months.empty() && r.every != Every::year) return field_fault("recurrence.months", "duty.months_only_yearly");
  for (const int month : r.months) {
    if (month < 1 || month > 12) return field_fault("recurrence.months", "input.out_of_range", {{"min", "1"}, {"max", "12"}});
  }
  return done();
}

Date moved_off_closed(Date nominal, const calendar::CalendarDays& days) {
  Date on = nominal;
  for (int i = 0; i < 30; ++i) {
    const auto* day = days.find(on);
    if (day == nullptr) return nominal;
    if (day->working()) return on;
    on = on.plus_days(1);
  }
  return nominal;
}

std::string months_text(const std::vector<int>& months) {
  std::string out;
  for (const int month : months) out += (out.empty() ? "" : ",") + std::to_string(month);
  return out;
}

std::vector<int> months_from_text(std::string_view text) {
  std::vector<int> out;
  http::from_text(text, out);
  return out;
}

}  // namespace mandate::duties
