#include "app/feed_kinds.hpp"

#include "app/city.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::app {
namespace {

using duties::CalendarOf;
using feeds::CalendarKind;

feeds::CalendarEntry entry_of(const duties::CalendarDuty& d, Language language) {
  feeds::CalendarEntry e;
  e.uid = "duty-" + d.id.text() + "@mandate";
  e.on = d.due_on;
  e.cancelled = d.state == duties::DutyState::cancelled;
  e.done = d.state == duties::DutyState::done;
  e.confidential = d.confidentiality == duties::Confidentiality::confidential;
  e.path = "/console/duties/" + d.id.text();
  e.created_at = d.created_at;
  e.changed_at = d.recorded_at;
  e.sequence = d.revision - 1;
  // The copy of a calendar lies where we do not see it: of a confidential duty it shows the day alone.
  if (e.confidential) {
    e.title = i18n::text("feed.confidential", language);
    return e;
  }
  e.title = e.cancelled ? i18n::text("feed.entry_cancelled", language, {{"title", d.title}}) : e.done ? i18n::text("feed.entry_done", language, {{"title", d.title}}) : d.title;
  // The state of record, not how late it is today: what a calendar shows must not depend on when it was asked for.
  e.text = i18n::text("feed.entry", language, {{"number", d.number}, {"agency", d.agency_name}, {"state", i18n::text(std::string("state.") + boost::describe::enum_to_string(d.state, ""), language)}});
  e.category = i18n::text("origin." + d.origin, language);
  return e;
}

CalendarKind duties_calendar(City& city, CalendarOf of, CalendarKind::Record record, const char* name_key, const char* name_of_key) {
  CalendarKind kind;
  kind.record = record;
  kind.title = [&city, of, name_key, name_of_key](db::Session& s, const Actor& actor, std::int64_t id) -> Result<std::string> {
    MANDATE_ASSIGN(const auto title, city.duties.calendar_title(s, actor, of, id));
    return title.empty() ? i18n::text(name_key, actor.language) : i18n::text(name_of_key, actor.language, {{"agency", title}, {"title", title}});
  };
  kind.entries = [&city, of](db::Session& s, const Actor& actor, std::int64_t id) -> Result<std::vector<feeds::CalendarEntry>> {
    MANDATE_ASSIGN(const auto duties, city.duties.list_for_calendar(s, actor, of, id));
    std::vector<feeds::CalendarEntry> entries;
    for (const auto& d : duties) entries.push_back(entry_of(d, actor.language));
    return entries;
  };
  return kind;
}

feeds::CalendarEntry entry_of(const meetings::CalendarMeeting& m, Language language) {
  using meetings::MeetingState;
  feeds::CalendarEntry e;
  e.uid = "meeting-" + m.id.text() + "@mandate";
  e.on = m.planned_on;
  e.cancelled = m.state == MeetingState::cancelled;
  e.done = m.state == MeetingState::held || m.state == MeetingState::minutes_approved;
  e.confidential = m.confidentiality == identity::Confidentiality::confidential;
  e.path = "/console/meetings/" + m.id.text();
  e.created_at = m.created_at;
  e.changed_at = m.recorded_at;
  e.sequence = m.revision - 1;
  if (e.confidential) {
    e.title = i18n::text("feed.confidential", language);
    return e;
  }
  const auto title = m.begins_at.empty() ? m.series_name : m.begins_at + " " + m.series_name;
  e.title = e.cancelled ? i18n::text("feed.entry_cancelled", language, {{"title", title}}) : title;
  e.text = i18n::text("feed.meeting", language, {{"number", m.number}, {"agency", m.agency_name}, {"place", m.place.empty() ? "-" : m.place}, {"state", i18n::text(std::string("meeting.state.") + boost::describe::enum_to_string(m.state, ""), language)}});
  e.category = i18n::text("feed.meetings", language);
  return e;
}

CalendarKind meetings_calendar(City& city, CalendarKind::Record record) {
  CalendarKind kind;
  kind.record = record;
  kind.title = [&city](db::Session& s, const Actor& actor, std::int64_t id) -> Result<std::string> {
    MANDATE_ASSIGN(const auto title, city.meetings.calendar_title(s, actor, id));
    return title.empty() ? i18n::text("feed.meetings", actor.language) : title;
  };
  kind.entries = [&city](db::Session& s, const Actor& actor, std::int64_t id) -> Result<std::vector<feeds::CalendarEntry>> {
    MANDATE_ASSIGN(const auto meetings, city.meetings.list_for_calendar(s, actor, id));
    std::vector<feeds::CalendarEntry> entries;
    for (const auto& m : meetings) entries.push_back(entry_of(m, actor.language));
    return entries;
  };
  return kind;
}

}  // namespace

void add_feed_kinds(City& city) {
  city.feeds.add_kind("duties.mine", duties_calendar(city, CalendarOf::mine, CalendarKind::Record::none, "feed.mine_name", "feed.mine_name"));
  city.feeds.add_kind("duties.agency", duties_calendar(city, CalendarOf::agency, CalendarKind::Record::optional, "feed.own_agency_name", "feed.agency_name"));
  city.feeds.add_kind("duties.series", duties_calendar(city, CalendarOf::series, CalendarKind::Record::required, "feed.confidential", "feed.series_name"));
  city.feeds.add_kind("meetings.all", meetings_calendar(city, CalendarKind::Record::none));
  city.feeds.add_kind("meetings.series", meetings_calendar(city, CalendarKind::Record::required));
  city.feeds.add_public([&city](db::Session& s, Language language, int limit) {
    std::vector<feeds::PublicChange> out;
    for (const auto& c : city.plan.service().list_public_changes(s, language, limit)) out.push_back({c.event_id, c.at, c.title, c.text, "/promises/" + c.node_id.text()});
    return out;
  });
}

}  // namespace mandate::app
