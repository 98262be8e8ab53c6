#include "foundation/meetings/views.hpp"

namespace mandate::meetings {
namespace {

http::RouteOptions options(const char* permission, const char* summary, http::Once once = http::Once::transaction) { return {.permission = permission, .summary = summary, .tag = "meetings", .once = once}; }

struct MeetingQuery {
  std::optional<SeriesId> series_id;
  std::optional<http::Number63> agency_id;
  std::optional<MeetingState> state;
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MeetingQuery, (), (series_id, agency_id, state, from, to, cursor, limit))

struct MeetingList {
  std::vector<MeetingRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(MeetingList, (), (rows, next))

struct MeetingById {
  MeetingId id;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(MeetingById, (), (id, as_known_on))

struct OneMeeting {
  MeetingId id;
};
BOOST_DESCRIBE_STRUCT(OneMeeting, (), (id))

struct PlanMeeting {
  SeriesId series_id;
  Date period_on;
  std::optional<Date> planned_on;
};
BOOST_DESCRIBE_STRUCT(PlanMeeting, (), (series_id, period_on, planned_on))

struct EditMeeting {
  MeetingId id;
  Date planned_on;
  std::string begins_at;
  std::string place;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(EditMeeting, (), (id, planned_on, begins_at, place, revision))

struct CancelMeeting {
  MeetingId id;
  std::string reason;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(CancelMeeting, (), (id, reason, revision))

struct NewAgendaEntry {
  MeetingId id;
  std::string title;
  std::string reason;
  std::optional<http::Number63> agency_id;
  std::optional<Confidentiality> confidentiality;
};
BOOST_DESCRIBE_STRUCT(NewAgendaEntry, (), (id, title, reason, agency_id, confidentiality))

struct StrikeAgendaEntry {
  MeetingId id;
  EntryId entry_id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(StrikeAgendaEntry, (), (id, entry_id, reason))

struct WaiveFirstStage {
  MeetingId id;
  SeriesId series_id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WaiveFirstStage, (), (id, series_id, reason))

struct FreezePack {
  MeetingId id;
  std::optional<Date> cutoff_on;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(FreezePack, (), (id, cutoff_on, revision))

struct HoldMeeting {
  MeetingId id;
  Date held_on;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(HoldMeeting, (), (id, held_on, revision))

struct SeatOfMeeting {
  std::optional<http::Number63> post_id;
  std::optional<http::Number63> agency_id;
  std::optional<std::string> who;
  Presence presence = Presence::present;
  std::optional<std::string> deputy;
};
BOOST_DESCRIBE_STRUCT(SeatOfMeeting, (), (post_id, agency_id, who, presence, deputy))

struct KeepAttendance {
  MeetingId id;
  std::vector<SeatOfMeeting> rows;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(KeepAttendance, (), (id, rows, revision))

struct WriteMinutes {
  MeetingId id;
  std::string text;
  std::int64_t after = 0;
};
BOOST_DESCRIBE_STRUCT(WriteMinutes, (), (id, text, after))

struct ApproveMinutes {
  MeetingId id;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ApproveMinutes, (), (id, version))

struct RecordDecision {
  MeetingId id;
  std::string text;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id;
  std::optional<http::Number63> post_id;
  Date due_on;
  std::optional<EntryId> entry_id;
  std::optional<Confidentiality> confidentiality;
};
BOOST_DESCRIBE_STRUCT(RecordDecision, (), (id, text, agency_id, unit_id, post_id, due_on, entry_id, confidentiality))

struct EndDecision {
  DecisionId id;
  std::string reason;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(EndDecision, (), (id, reason, revision))

struct MeetingDecisionQuery {
  std::optional<SeriesId> series_id;
  std::optional<http::Number63> agency_id;
  std::optional<DecisionState> state;
  std::optional<std::string> cursor;  // "2023-03-07:123"
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MeetingDecisionQuery, (), (series_id, agency_id, state, cursor, limit))

struct MeetingDecisionList {
  std::vector<MeetingDecisionView> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(MeetingDecisionList, (), (rows, next))

struct PackQuery {
  MeetingId id;
  std::optional<PackPart> part;
};
BOOST_DESCRIBE_STRUCT(PackQuery, (), (id, part))

struct ChartQuery {
  MeetingId id;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(ChartQuery, (), (id, key))

// A day and an id, where a page of a list begins.
std::optional<std::pair<Date, std::int64_t>> place_of(const std::string& cursor) {
  const auto colon = cursor.find(':');
  std::int64_t id = 0;
  if (colon == std::string::npos || !http::read_int64(std::string_view(cursor).substr(colon + 1), id)) return std::nullopt;
  const auto on = Date::parse(std::string_view(cursor).substr(0, colon));
  if (!on) return std::nullopt;
  return std::pair(*on, id);
}

Result<MeetingView> view_of(Meetings::Parts& p, const Actor& actor, MeetingId id, std::optional<Date> as_known_on = {}) {
  return p.database.read([&](db::Session& s) { return Views(p, s, actor).meeting(id, as_known_on); });
}

Result<MeetingList> list_meetings(Meetings::Parts& p, const Actor& actor, const MeetingQuery& in) {
  MeetingFilter filter;
  filter.scope = p.scope(actor, "meeting.read");
  filter.series_id = in.series_id;
  if (in.agency_id) filter.agency_id = in.agency_id->value;
  filter.state = in.state;
  filter.from = in.from;
  filter.to = in.to;
  if (in.cursor) {
    const auto place = place_of(*in.cursor);
    if (!place) return field_fault("cursor", "input.bad_cursor");
    filter.after = {place->first, MeetingId{place->second}};
  }
  const int limit = std::clamp(in.limit.value_or(50), 1, 200);
  return p.database.read([&](db::Session& s) -> Result<MeetingList> {
    auto rows = p.store.list(s, filter, limit + 1);
    MeetingList list;
    if (static_cast<int>(rows.size()) > limit) {
      rows.pop_back();
      list.next = rows.back().planned_on.iso() + ":" + rows.back().id.text();
    }
    list.rows = Views(p, s, actor).rows(rows);
    return list;
  });
}

Result<MeetingDecisionList> list_decisions(Meetings::Parts& p, const Actor& actor, const MeetingDecisionQuery& in) {
  DecisionFilter filter;
  filter.scope = p.scope(actor, "meeting.read");
  filter.series_id = in.series_id;
  if (in.agency_id) filter.agency_id = in.agency_id->value;
  filter.state = in.state;
  if (in.cursor) {
    const auto place = place_of(*in.cursor);
    if (!place) return field_fault("cursor", "input.bad_cursor");
    filter.after = {place->first, DecisionId{place->second}};
  }
  const int limit = std::clamp(in.limit.value_or(50), 1, 200);
  return p.database.read([&](db::Session& s) -> Result<MeetingDecisionList> {
    auto rows = p.store.list_decisions(s, filter, limit + 1);
    MeetingDecisionList list;
    if (static_cast<int>(rows.size()) > limit) {
      rows.pop_back();
      list.next = rows.back().due_on.iso() + ":" + rows.back().id.text();
    }
    list.rows = Views(p, s, actor).decisions(p.with_duties(s, std::move(rows), p.clock.today()));
    return list;
  });
}

std::string file_name(const PackForReader& found, const char* ending) { return found.pack.meeting.series + "-" + found.pack.meeting.number + (found.pack.part == PackPart::closed ? "-closed" : "") + ending; }

void add_pack_routes(http::Router& router, Meetings::Parts& p) {
  router.download<PackQuery>("/api/meetings/{id}/pack.json", options("meeting.read", "The frozen pack as a file that mandate pack verify checks; only for who sees the whole meeting"), [&p](const Actor& actor, const PackQuery& in) -> Result<http::Download> {
    MANDATE_ASSIGN(const auto found, pack_for(p, actor, in.id, in.part, true));
    return http::Download{"application/json", file_name(found, ".json"), pack_file(found.content, found.hash)};
  });
  router.download<PackQuery>("/api/meetings/{id}/pack.odt", options("meeting.read", "The frozen pack as ODT; an extract for who sees a part of the meeting"), [&p](const Actor& actor, const PackQuery& in) -> Result<http::Download> {
    MANDATE_ASSIGN(const auto found, pack_for(p, actor, in.id, in.part, false));
    return http::Download{"application/vnd.oasis.opendocument.text", file_name(found, ".odt"), pack_odt(found.pack, found.hash, found.extract, actor.language)};
  });
  router.file<PackQuery>("/api/meetings/{id}/pack.html", options("meeting.read", "The frozen pack as a page to print; an extract for who sees a part of the meeting"), [&p](const http::Call& call, const PackQuery& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto found, pack_for(p, call.actor, in.id, in.part, false));
    http::Response response;
    response.content_type = "text/html; charset=utf-8";
    response.body = pack_html(found.pack, found.hash, found.extract, call.actor.language);
    return response;
  });
  router.file<ChartQuery>("/api/meetings/{id}/charts/{key}", options("meeting.read", "The chart of one rule of a meeting, as SVG"), [&p](const http::Call& call, const ChartQuery& in) -> Result<http::Response> {
    return p.database.read([&](db::Session& s) -> Result<http::Response> {
      MANDATE_ASSIGN(const auto seen, p.reach(s, call.actor, in.id, "meeting.read"));
      for (const auto& run : p.store.list_runs(s, in.id)) {
        if (!seen.whole || run.source_key != in.key) continue;
        PackSection section;
        http::FieldFaults faults;
        http::from_json(boost::json::parse(run.section), section, "", faults);
        if (!section.chart) break;
        http::Response response;
        response.content_type = "image/svg+xml";
        response.body = reports::svg_of(chart_of(*section.chart), "chart", {720, true});
        return response;
      }
      return fault(FaultKind::not_found, "meeting.no_chart");
    });
  });
}

}  // namespace

void add_series_routes(http::Router& router, Meetings::Parts& p);

void add_meeting_routes(http::Router& router, Meetings& meetings) {
  auto& p = meetings.parts();
  add_series_routes(router, p);
  add_pack_routes(router, p);
  router.get<MeetingQuery, MeetingList>("/api/meetings", options("meeting.read", "Meetings, the latest day first: one's own, and those with something that concerns one's agency"), [&p](const Actor& actor, const MeetingQuery& in) { return list_meetings(p, actor, in); });
  router.get<MeetingById, MeetingView>("/api/meetings/{id}", options("meeting.read", "A meeting with its agenda, pack, minutes and decisions; with as_known_on as it stood at the end of that day"), [&p](const Actor& actor, const MeetingById& in) { return view_of(p, actor, in.id, in.as_known_on); });
  router.post<PlanMeeting, MeetingView>("/api/meetings", options("meeting.run", "Plan a meeting of a series about a period; without a day, by the series' rule"), [&p](const Actor& actor, const PlanMeeting& in) -> Result<MeetingView> {
    MANDATE_ASSIGN(const auto id, p.plan(actor, {in.series_id, in.period_on, in.planned_on}));
    return view_of(p, actor, id);
  });
  // Each step answers the meeting as it stands after it.
  const auto step = [&router, &p]<class In>(const char* method, const char* path, http::RouteOptions how, std::function<Result<>(const Actor&, const In&)> run) {
    const auto handler = [&p, run](const Actor& actor, const In& in) -> Result<MeetingView> {
      MANDATE_TRY(run(actor, in));
      return view_of(p, actor, in.id);
    };
    if (std::string_view(method) == "PUT") {
      router.put<In, MeetingView>(path, std::move(how), handler);
    } else {
      router.post<In, MeetingView>(path, std::move(how), handler);
    }
  };
  const auto number = [](const std::optional<http::Number63>& id) { return id.value_or(http::Number63{}).value; };
  step.operator()<EditMeeting>("PUT", "/api/meetings/{id}", options("meeting.run", "Move a meeting, or change its place"), [&p](const Actor& actor, const EditMeeting& in) { return p.edit(actor, in.id, {in.planned_on, in.begins_at, in.place}, in.revision); });
  step.operator()<CancelMeeting>("POST", "/api/meetings/{id}/cancellation", options("meeting.run", "Cancel a meeting, with the reason"), [&p](const Actor& actor, const CancelMeeting& in) { return p.cancel(actor, in.id, in.reason, in.revision); });
  step.operator()<OneMeeting>("POST", "/api/meetings/{id}/agenda-runs", options("meeting.run", "Open the agenda, or run its rules again: each run is logged with the rule's version", http::Once::by_nature),
                              [&p](const Actor& actor, const OneMeeting& in) { return p.run_rules(actor, in.id); });
  step.operator()<NewAgendaEntry>("POST", "/api/meetings/{id}/entries", options("meeting.run", "Add an entry by hand, with the reason"), [&p, number](const Actor& actor, const NewAgendaEntry& in) -> Result<> {
    MANDATE_TRY(p.add_entry(actor, in.id, {in.title, in.reason, number(in.agency_id), in.confidentiality.value_or(Confidentiality::internal)}));
    return done();
  });
  step.operator()<StrikeAgendaEntry>("POST", "/api/meetings/{id}/entries/{entry_id}/striking", options("meeting.run", "Take an entry off the agenda; it stays in the pack with the reason"),
                               [&p](const Actor& actor, const StrikeAgendaEntry& in) { return p.strike_entry(actor, in.id, in.entry_id, in.reason); });
  step.operator()<WaiveFirstStage>("POST", "/api/meetings/{id}/waivers", options("meeting.arrange", "Do without a required first-stage meeting, with the reason that the pack prints"), [&p](const Actor& actor, const WaiveFirstStage& in) { return p.waive(actor, in.id, in.series_id, in.reason); });
  step.operator()<FreezePack>("POST", "/api/meetings/{id}/pack", options("meeting.run", "Freeze the agenda into a pack, as of the end of a day or of now", http::Once::by_nature),
                               [&p](const Actor& actor, const FreezePack& in) { return p.freeze(actor, in.id, in.cutoff_on, in.revision); });
  step.operator()<HoldMeeting>("POST", "/api/meetings/{id}/holding", options("meeting.run", "Say that the meeting was held, and when"), [&p](const Actor& actor, const HoldMeeting& in) { return p.hold(actor, in.id, in.held_on, in.revision); });
  step.operator()<KeepAttendance>("PUT", "/api/meetings/{id}/attendance", options("meeting.run", "Who was there, by deputy, or absent"), [&p, number](const Actor& actor, const KeepAttendance& in) {
    std::vector<Seat> seats;
    for (const auto& row : in.rows) seats.push_back({number(row.post_id), number(row.agency_id), row.who.value_or(""), row.presence, row.deputy.value_or("")});
    return p.set_attendance(actor, in.id, seats, in.revision);
  });
  step.operator()<WriteMinutes>("POST", "/api/meetings/{id}/minutes", options("meeting.run", "Write the minutes: a new version behind the one that was read"), [&p](const Actor& actor, const WriteMinutes& in) { return p.write_minutes(actor, in.id, in.text, in.after); });
  step.operator()<ApproveMinutes>("POST", "/api/meetings/{id}/minutes-approval", options("meeting.run", "Approve the newest version of the minutes; nothing is decided in this meeting after that"), [&p](const Actor& actor, const ApproveMinutes& in) { return p.approve_minutes(actor, in.id, in.version); });
  step.operator()<RecordDecision>("POST", "/api/meetings/{id}/decisions", options("meeting.run", "Record a decision: it is a duty of its agency from now on"), [&p, number](const Actor& actor, const RecordDecision& in) -> Result<> {
    MANDATE_TRY(p.decide(actor, in.id, {in.text, in.agency_id.value, number(in.unit_id), number(in.post_id), in.due_on, in.entry_id.value_or(EntryId{}).value, in.confidentiality.value_or(Confidentiality::internal)}));
    return done();
  });
  router.get<MeetingDecisionQuery, MeetingDecisionList>("/api/meeting-decisions", options("meeting.read", "Decisions by due date, with what became of their duties"), [&p](const Actor& actor, const MeetingDecisionQuery& in) { return list_decisions(p, actor, in); });
  const auto end = [&router, &p](const char* path, const char* summary, Result<> (Meetings::Parts::*how)(const Actor&, DecisionId, const std::string&, std::int64_t)) {
    router.post<EndDecision, MeetingDecisionView>(path, options("meeting.close", summary), [&p, how](const Actor& actor, const EndDecision& in) -> Result<MeetingDecisionView> {
      MANDATE_TRY((p.*how)(actor, in.id, in.reason, in.revision));
      return p.database.read([&](db::Session& s) -> Result<MeetingDecisionView> { return Views(p, s, actor).decisions(p.with_duties(s, {*p.store.find_decision(s, in.id)}, p.clock.today())).front(); });
    });
  };
  end("/api/meeting-decisions/{id}/closure", "Close a decision whose duty is done: it comes back to no agenda any more", &Meetings::Parts::close_decision);
  end("/api/meeting-decisions/{id}/withdrawal", "Withdraw a decision, with the reason: its duty is cancelled", &Meetings::Parts::withdraw_decision);
}

}  // namespace mandate::meetings
