#include "foundation/meetings/views.hpp"

namespace mandate::meetings {
namespace {

http::RouteOptions options(const char* permission, const char* summary) { return {.permission = permission, .summary = summary, .tag = "meetings"}; }

struct AgendaSourceList {
  std::vector<AgendaSourceRow> rows;
};
BOOST_DESCRIBE_STRUCT(AgendaSourceList, (), (rows))

struct MeetingSeriesQuery {
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MeetingSeriesQuery, (), (cursor, limit))

struct MeetingSeriesList {
  std::vector<MeetingSeriesView> rows;
  std::optional<std::string> next;
  bool may_create = false;
};
BOOST_DESCRIBE_STRUCT(MeetingSeriesList, (), (rows, next, may_create))

struct MeetingSeriesById {
  SeriesId id;
};
BOOST_DESCRIBE_STRUCT(MeetingSeriesById, (), (id))

struct MeetingSeriesInput {
  SeriesKind kind = SeriesKind::agency;
  std::string name;
  http::Number63 agency_id;
  std::optional<Confidentiality> confidentiality;
  Frequency frequency = Frequency::month;
  int day = 0;
  std::optional<int> months_after;
  std::optional<std::string> begins_at;
  std::optional<std::string> place;
  std::optional<http::Number63> chair_post_id;
  std::vector<http::Number63> attendants;
  int stage = 1;
  std::vector<http::Number63> gates;
  std::vector<std::string> sources;
  std::vector<http::Number63> covers;
  std::optional<bool> ended;
};
BOOST_DESCRIBE_STRUCT(MeetingSeriesInput, (), (kind, name, agency_id, confidentiality, frequency, day, months_after, begins_at, place, chair_post_id, attendants, stage, gates, sources, covers, ended))

struct ChangeMeetingSeries : MeetingSeriesInput {
  SeriesId id;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(ChangeMeetingSeries, (MeetingSeriesInput), (id, revision))

std::vector<std::int64_t> plain(const std::vector<http::Number63>& ids) {
  std::vector<std::int64_t> out;
  for (const auto& id : ids) out.push_back(id.value);
  return out;
}

SeriesText text_of(const MeetingSeriesInput& in) {
  SeriesText t;
  t.kind = in.kind;
  t.name = in.name;
  t.agency_id = in.agency_id.value;
  t.confidentiality = in.confidentiality.value_or(Confidentiality::internal);
  t.frequency = in.frequency;
  t.day = in.day;
  t.months_after = in.months_after.value_or(0);
  t.begins_at = in.begins_at.value_or("");
  t.place = in.place.value_or("");
  t.chair_post_id = in.chair_post_id.value_or(http::Number63{}).value;
  t.attendants = plain(in.attendants);
  t.stage = in.stage;
  t.gates = plain(in.gates);
  t.sources = in.sources;
  t.covers = plain(in.covers);
  t.ended = in.ended.value_or(false);
  return t;
}

Result<MeetingSeriesView> view_of(Meetings::Parts& p, const Actor& actor, SeriesId id) {
  return p.database.read([&](db::Session& s) -> Result<MeetingSeriesView> {
    MANDATE_ASSIGN(const auto series, p.series_of(s, actor, id));
    return Views(p, s, actor).series({series}).front();
  });
}

}  // namespace

void add_series_routes(http::Router& router, Meetings::Parts& p) {
  router.get<http::Nothing, AgendaSourceList>("/api/agenda-sources", options("meeting.read", "The rules that can fill an agenda, with their versions"), [&p](const Actor& actor, const http::Nothing&) -> Result<AgendaSourceList> {
    return p.database.read([&](db::Session& s) -> Result<AgendaSourceList> {
      AgendaSourceList list;
      for (const auto& source : p.sources) list.rows.push_back(Views(p, s, actor).source(source));
      return list;
    });
  });
  router.get<MeetingSeriesQuery, MeetingSeriesList>("/api/meeting-series", options("meeting.read", "Series of meetings, by agency and name"), [&p](const Actor& actor, const MeetingSeriesQuery& in) -> Result<MeetingSeriesList> {
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    return p.database.read([&](db::Session& s) -> Result<MeetingSeriesList> {
      std::optional<SeriesRecord> after;
      if (in.cursor) {
        std::int64_t id = 0;
        if (!http::read_int64(*in.cursor, id)) return field_fault("cursor", "input.bad_cursor");
        after = p.store.find_series(s, SeriesId{id});
        if (!after) return field_fault("cursor", "input.bad_cursor");
      }
      auto rows = p.store.list_series(s, p.scope(actor, "meeting.read"), after, limit + 1);
      MeetingSeriesList list;
      if (static_cast<int>(rows.size()) > limit) {
        rows.pop_back();
        list.next = rows.back().id.text();
      }
      list.rows = Views(p, s, actor).series(rows);
      list.may_create = identity::may(actor, "meeting.arrange");
      return list;
    });
  });
  router.get<MeetingSeriesById, MeetingSeriesView>("/api/meeting-series/{id}", options("meeting.read", "One series of meetings"), [&p](const Actor& actor, const MeetingSeriesById& in) { return view_of(p, actor, in.id); });
  router.post<MeetingSeriesInput, MeetingSeriesView>("/api/meeting-series", options("meeting.arrange", "Make a series of meetings"), [&p](const Actor& actor, const MeetingSeriesInput& in) -> Result<MeetingSeriesView> {
    MANDATE_ASSIGN(const auto id, p.create_series(actor, text_of(in)));
    return view_of(p, actor, id);
  });
  router.put<ChangeMeetingSeries, MeetingSeriesView>("/api/meeting-series/{id}", options("meeting.arrange", "Change or end a series; whose it is, its kind and its rhythm stay"), [&p](const Actor& actor, const ChangeMeetingSeries& in) -> Result<MeetingSeriesView> {
    MANDATE_TRY(p.change_series(actor, in.id, text_of(in), in.revision));
    return view_of(p, actor, in.id);
  });
}

}  // namespace mandate::meetings
