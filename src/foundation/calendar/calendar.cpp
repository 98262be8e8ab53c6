#include "foundation/calendar/api.hpp"
#include "foundation/calendar/rules.hpp"
#include "foundation/calendar/store.hpp"

namespace mandate::calendar {

const CalendarDay* CalendarDays::find(Date on) const {
  const auto found = days_.find(on);
  return found == days_.end() ? nullptr : &found->second;
}

std::vector<CalendarDay> CalendarDays::between(Date first, Date last) const {
  std::vector<CalendarDay> out;
  for (auto at = days_.lower_bound(first); at != days_.end() && at->first <= last; ++at) out.push_back(at->second);
  return out;
}

std::vector<int> CalendarDays::years() const {
  std::vector<int> years;
  for (auto at = days_.begin(); at != days_.end();) {
    years.push_back(at->first.year());
    at = days_.lower_bound(*Date::from_ymd(years.back() + 1, 1, 1));
  }
  return years;
}

std::shared_ptr<const CalendarSnapshot> Calendar::snapshot() const {
  const auto changes = changes_.still();
  {
    const std::lock_guard lock(mutex_);
    if (changes && cached_ && cached_changes_ == changes) return cached_;
  }
  const auto exact = read_snapshot();
  const std::lock_guard lock(mutex_);
  cached_changes_ = exact == cached_ ? changes : std::nullopt;
  return exact;
}

std::shared_ptr<const CalendarSnapshot> Calendar::read_snapshot() const {
  return database_.read([&](db::Session& session) {
    const auto state = CalendarStore::state(session);
    {
      const std::lock_guard lock(mutex_);
      if (cached_ && cached_->stamp == state.stamp) return cached_;
    }
    // A stamp is never used twice, so a snapshot of a transaction that rolls back later is only a snapshot nobody asks for again.
    auto fresh = std::make_shared<const CalendarSnapshot>(CalendarSnapshot{state.version, state.stamp, CalendarStore::current_days(session)});
    const std::lock_guard lock(mutex_);
    cached_ = fresh;
    return std::shared_ptr<const CalendarSnapshot>(fresh);
  });
}

CalendarSnapshot Calendar::known_at(Instant at) const {
  return database_.read([&](db::Session& session) {
    CalendarSnapshot snapshot;
    snapshot.version = session.value<std::int64_t>("SELECT COALESCE(MAX(version), 0) FROM calendar_version WHERE recorded_at <= ?", at);
    snapshot.days = CalendarStore::days_known_at(session, at);
    return snapshot;
  });
}

Result<Due> Calendar::due(Date start, int amount, ClockKind clock) const { return due_from(taipei_midnight(start), amount, clock); }

Result<Due> Calendar::due_from(Instant start, int amount, ClockKind clock) const {
  const auto now = snapshot();
  MANDATE_ASSIGN(Due due, due_by(now->days, start, amount, clock, office_hours(taipei_date(start))));
  due.version = now->version;
  return due;
}

Result<CalendarDay> Calendar::day(Date on) const {
  const auto now = snapshot();
  const auto* found = now->days.find(on);
  if (found == nullptr) return fault(FaultKind::invalid, "calendar.no_year", {{"year", std::to_string(on.year())}});
  return *found;
}

Result<int> Calendar::working_days_between(Date from, Date to) const { return calendar::working_days_between(snapshot()->days, from, to); }

Result<Date> Calendar::next_working_day(Date after) const { return calendar::next_working_day(snapshot()->days, after); }

}  // namespace mandate::calendar
