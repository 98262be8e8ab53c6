// What leaves the house in calendars and in the public feed.
#include "foundation/duties/worklist.hpp"

namespace mandate::duties {
namespace {

constexpr std::int64_t past_days = 90;
constexpr std::int64_t future_days = 400;  // as far as occurrences are made
constexpr int duties_max = 2000;
constexpr int events_looked_at = 20'000;  // the newest; an index of events by kind would be paid for by every write

struct CalendarRow {
  DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  std::int64_t agency_id = 0;
  Date due_on;
  DutyState state = DutyState::open;
  std::optional<Date> done_on;
  Confidentiality confidentiality = Confidentiality::internal;
  Instant created_at;
  Instant recorded_at;
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(CalendarRow, (), (id, number, title, origin, agency_id, due_on, state, done_on, confidentiality, created_at, recorded_at, revision))

}  // namespace

Result<std::vector<CalendarDuty>> Duties::list_for_calendar(db::Session& session, const Actor& actor, CalendarOf of, std::int64_t record_id) {
  auto& p = *parts_;
  MANDATE_TRY(calendar_title(session, actor, of, record_id));
  const Date today = p.clock.today();
  const auto rules = p.rules();
  DutyFilter filter;
  filter.scope = p.scope(actor, "duty.read");
  if (of == CalendarOf::mine) MANDATE_TRY(narrow(filter, WorklistView::mine, actor, p));
  if (of == CalendarOf::agency && record_id == 0) MANDATE_TRY(narrow(filter, WorklistView::agency, actor, p));
  std::string where = "d.due_on >= ? AND d.due_on <= ?";
  std::vector<db::Value> values{db::to_value(today.plus_days(-past_days)), db::to_value(today.plus_days(future_days))};
  if (of == CalendarOf::agency && record_id != 0) {
    where += " AND d.agency_id = ?";
    values.push_back(db::to_value(record_id));
  }
  if (of == CalendarOf::series) {
    where += " AND d.series_id = ?";
    values.push_back(db::to_value(record_id));
  }
  if (of == CalendarOf::mine) {
    std::string marks;
    for (const auto post : filter.posts) {
      marks += marks.empty() ? "?" : ",?";
      values.push_back(db::to_value(post));
    }
    where += filter.posts.empty() ? " AND 1=0" : " AND d.post_id <> 0 AND d.post_id IN (" + marks + ")";
  }
  const auto condition = identity::condition_of(filter.scope, "d");
  where += " AND " + condition.where;
  values.insert(values.end(), condition.values.begin(), condition.values.end());
  values.push_back(db::to_value(duties_max));
  std::vector<CalendarDuty> out;
  for (auto& d : session.list_values<CalendarRow>(
           "SELECT d.id, d.number, d.title, d.origin, d.agency_id, d.due_on, d.state, d.done_on, d.confidentiality, d.created_at, d.recorded_at, d.revision FROM duty d WHERE " + where + " ORDER BY d.due_on, d.id LIMIT ?", values)) {
    out.push_back({d.id, std::move(d.number), std::move(d.title), std::move(d.origin), d.agency_id, d.due_on, d.state, d.done_on, d.confidentiality, d.created_at, d.recorded_at, d.revision, p.directory.agency_name(d.agency_id),
                   lateness_of(d.state, d.due_on, d.done_on, today, rules)});
  }
  return out;
}

Result<std::string> Duties::calendar_title(db::Session& session, const Actor& actor, CalendarOf of, std::int64_t record_id) {
  auto& p = *parts_;
  const auto scope = p.scope(actor, "duty.read");
  if (scope.none()) return fault(FaultKind::forbidden, "duty.out_of_scope");
  switch (of) {
    case CalendarOf::mine: return std::string();
    case CalendarOf::agency: {
      if (record_id != 0) {
        const bool seen = std::any_of(scope.parts.begin(), scope.parts.end(), [&](const auto& part) { return part.everything || part.agencies.count(record_id) == 1; });
        if (!seen || !p.directory.agency_exists(record_id, p.clock.today())) return field_fault("record_id", "duty.no_agency");
        return p.directory.agency_name(record_id);
      }
      const bool has_agency = std::any_of(actor.grants.begin(), actor.grants.end(), [](const Grant& grant) { return grant.agency_id != 0; });
      if (!has_agency) return field_fault("record_id", "duty.name_agency");
      return std::string();
    }
    case CalendarOf::series: break;
  }
  const auto series = p.store.find_series(session, SeriesId{record_id});
  if (!series || !identity::reaches(scope, {series->agency_id, series->unit_id, series->origin, series->confidentiality})) return field_fault("record_id", "duty.no_series");
  return series->confidentiality == Confidentiality::confidential ? std::string() : series->title;
}

std::vector<PublicDutyChange> Duties::list_public_changes(db::Session& session, const std::string& source_kind, int limit) {
  return session.list<PublicDutyChange>(
      "SELECT e.id, e.at, e.kind, e.data, d.title, d.agency_id, d.source_id FROM (SELECT id, at, kind, data, record_kind, record_id FROM event ORDER BY id DESC LIMIT ?) e JOIN duty d ON d.id = e.record_id "
      "WHERE e.record_kind = 'duty' AND e.kind IN ('duty.done', 'duty.reopened', 'duty.cancelled', 'duty.reassigned', 'duty.extension_approved', 'duty.calendar_moved') AND d.source_kind = ? AND d.confidentiality = 'open' "
      "ORDER BY e.id DESC LIMIT ?",
      events_looked_at, source_kind, limit);
}

}  // namespace mandate::duties
