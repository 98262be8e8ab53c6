#include "foundation/calendar/rules.hpp"

namespace mandate::calendar {
namespace {

Fault no_year(Date on) { return fault(FaultKind::invalid, "calendar.no_year", {{"year", std::to_string(on.year())}}); }

Result<> check_amount(int amount) {
  if (amount < 0 || amount > amount_max) return field_fault("amount", "calendar.amount_range", {{"max", std::to_string(amount_max)}});
  return done();
}

Instant at_minute(Date on, int minute) { return taipei_midnight(on).plus_seconds(minute * 60); }

struct OpenTime {
  Instant from;
  Instant to;
};

std::vector<OpenTime> open_times(const CalendarDay& day, const OfficeHours& hours) {
  std::vector<OpenTime> times;
  if (day.open_morning) times.push_back({at_minute(day.on, hours.morning_from), at_minute(day.on, hours.morning_to)});
  if (day.open_afternoon) times.push_back({at_minute(day.on, hours.afternoon_from), at_minute(day.on, hours.afternoon_to)});
  return times;
}

}  // namespace

Result<Due> due_by_working_days(const CalendarDays& days, Date start, int amount) {
  MANDATE_TRY(check_amount(amount));
  Due due{start, {}, 0, {}};
  for (int left = amount; left > 0;) {
    due.on = due.on.plus_days(1);
    const auto* day = days.find(due.on);
    if (day == nullptr) return no_year(due.on);
    if (day->working()) {
      --left;
    } else {
      due.skipped.push_back(*day);
    }
  }
  due.at = taipei_end_of_day(due.on);
  return due;
}

Result<Due> due_by_calendar_days(Date start, int amount) {
  MANDATE_TRY(check_amount(amount));
  const Date on = start.plus_days(amount);
  return Due{on, taipei_end_of_day(on), 0, {}};
}

Result<Due> due_by_half_days(const CalendarDays& days, Date start, int amount, const OfficeHours& hours) {
  MANDATE_TRY(check_amount(amount));
  Due due{start, taipei_end_of_day(start), 0, {}};
  for (int left = amount; left > 0;) {
    due.on = due.on.plus_days(1);
    const auto* day = days.find(due.on);
    if (day == nullptr) return no_year(due.on);
    if (!day->working()) due.skipped.push_back(*day);
    for (const auto& time : open_times(*day, hours)) {
      if (left == 0) break;
      --left;
      due.at = time.to;
    }
  }
  return due;
}

Result<Due> due_by_hours(const CalendarDays& days, Instant start, int amount, const OfficeHours& hours) {
  MANDATE_TRY(check_amount(amount));
  std::int64_t left = std::int64_t{amount} * 3'600'000'000;
  if (amount == 0 || hours.around_the_clock) {
    const Instant at{start.micros + left};
    return Due{taipei_date(at), at, 0, {}};
  }
  Due due{taipei_date(start), start, 0, {}};
  for (;; due.on = due.on.plus_days(1)) {
    const auto* day = days.find(due.on);
    if (day == nullptr) return no_year(due.on);
    if (!day->working()) due.skipped.push_back(*day);
    for (const auto& time : open_times(*day, hours)) {
      const Instant from = std::max(time.from, start);
      if (from >= time.to) continue;
      if (time.to.micros - from.micros >= left) {
        due.at = Instant{from.micros + left};
        return due;
      }
      left -= time.to.micros - from.micros;
    }
  }
}

Result<Due> due_by(const CalendarDays& days, Instant start, int amount, ClockKind clock, const OfficeHours& hours) {
  switch (clock) {
    case ClockKind::working_day: return due_by_working_days(days, taipei_date(start), amount);
    case ClockKind::calendar_day: return due_by_calendar_days(taipei_date(start), amount);
    case ClockKind::half_day: return due_by_half_days(days, taipei_date(start), amount, hours);
    case ClockKind::hour: return due_by_hours(days, start, amount, hours);
  }
  return fault(FaultKind::invalid, "input.invalid");
}

Result<int> working_days_between(const CalendarDays& days, Date from, Date to) {
  if (to < from) {
    MANDATE_ASSIGN(const int count, working_days_between(days, to, from));
    return -count;
  }
  int count = 0;
  for (Date on = from.plus_days(1); on <= to; on = on.plus_days(1)) {
    const auto* day = days.find(on);
    if (day == nullptr) return no_year(on);
    if (day->working()) ++count;
  }
  return count;
}

Result<Date> next_working_day(const CalendarDays& days, Date after) {
  MANDATE_ASSIGN(const Due due, due_by_working_days(days, after, 1));
  return due.on;
}

Result<int> used_half_days(const CalendarDays& days, Date came, Date finished) {
  if (finished <= came) return 1;
  MANDATE_ASSIGN(const int count, working_days_between(days, came, finished));
  return 2 * count;
}

CalendarDay ordinary_day(Date on) {
  const bool open = on.weekday() <= 5;
  return {on, open ? DayKind::workday : DayKind::weekend, open, open, ""};
}

CalendarDay day_from_file(Date on, bool is_holiday, std::string note) {
  CalendarDay day = ordinary_day(on);
  if (is_holiday) {
    if (day.kind == DayKind::workday || !note.empty()) day.kind = DayKind::holiday;
  } else if (day.kind == DayKind::weekend) {
    day.kind = DayKind::makeup;
  }
  day.open_morning = day.open_afternoon = !is_holiday;
  day.note = std::move(note);
  return day;
}

Result<CalendarDay> declared_day(const CalendarDay& before, DayKind kind, std::optional<ClosedPart> closed, std::string note) {
  if (note.size() > note_length_max) return field_fault("note", "calendar.note_long");
  CalendarDay day{before.on, kind, true, true, std::move(note)};
  const bool weekend = before.on.weekday() > 5;
  switch (kind) {
    case DayKind::workday:
      if (weekend) return field_fault("kind", "calendar.workday_on_weekend");
      break;
    case DayKind::makeup:
      if (!weekend) return field_fault("kind", "calendar.makeup_on_weekday");
      break;
    case DayKind::weekend:
      if (!weekend) return field_fault("kind", "calendar.weekend_on_weekday");
      day.open_morning = day.open_afternoon = false;
      return day;
    case DayKind::holiday:
      day.open_morning = day.open_afternoon = false;
      return day;
    case DayKind::typhoon:
    case DayKind::half_day: {
      const bool closable = before.working() || before.kind == DayKind::typhoon || before.kind == DayKind::half_day;
      if (!closable) return fault(FaultKind::conflict, "calendar.already_closed", {{"on", before.on.iso()}});
      const auto part = closed.value_or(kind == DayKind::typhoon ? ClosedPart::all : ClosedPart::afternoon);
      if (kind == DayKind::half_day && part == ClosedPart::all) return field_fault("closed", "calendar.half_day_part");
      day.open_morning = part == ClosedPart::afternoon;
      day.open_afternoon = part == ClosedPart::morning;
      return day;
    }
  }
  if (closed) return field_fault("closed", "calendar.closed_not_here");
  return day;
}

ImportPlan plan_import(const CalendarDays& now, const std::vector<CalendarDay>& incoming) {
  ImportPlan plan;
  for (const auto& day : incoming) {
    const auto* before = now.find(day.on);
    if (before != nullptr && *before == day) continue;
    const bool declared = before != nullptr && (before->kind == DayKind::typhoon || before->kind == DayKind::half_day);
    if (declared && day.open_morning && day.open_afternoon) {
      plan.kept.push_back(day.on);
    } else {
      plan.changed.push_back(day);
    }
  }
  return plan;
}

}  // namespace mandate::calendar
