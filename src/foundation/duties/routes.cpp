#include "foundation/duties/service.hpp"
#include "kernel/text.hpp"
#include "platform/csv/csv.hpp"
#include "platform/http/router.hpp"

namespace mandate::duties {

BOOST_DEFINE_ENUM_CLASS(WorklistView, mine, unit, agency, city)
BOOST_DEFINE_ENUM_CLASS(StateFilter, open, done, cancelled, all)
BOOST_DEFINE_ENUM_CLASS(LatenessFilter, on_time, at_risk, late, severe, overdue)
BOOST_DEFINE_ENUM_CLASS(TallyBy, agency, origin)

struct DutyQuery {
  std::optional<WorklistView> view;
  std::optional<StateFilter> state;
  std::optional<LatenessFilter> lateness;
  std::optional<std::string> origin;
  std::optional<http::Number63> agency_id;
  std::optional<std::string> q;
  std::optional<Date> due_from;
  std::optional<Date> due_to;
  std::optional<std::string> sort;
  std::optional<std::string> cursor;
  std::optional<int> limit;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(DutyQuery, (), (view, state, lateness, origin, agency_id, q, due_from, due_to, sort, cursor, limit, as_known_on))

struct DutyList {
  std::vector<DutyRow> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
  bool total_is_capped = false;
  Date as_of;
};
BOOST_DESCRIBE_STRUCT(DutyList, (), (rows, next, total, total_is_capped, as_of))

struct RecurrenceInput {
  Every every = Every::month;
  std::vector<int> months;
  std::optional<int> day;
};
BOOST_DESCRIBE_STRUCT(RecurrenceInput, (), (every, months, day))

struct CreateDuty {
  std::string title;
  std::string origin;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id;
  std::optional<http::Number63> post_id;
  Date due_on;
  std::optional<std::string> detail;
  std::optional<Severity> severity;
  std::optional<Confidentiality> confidentiality;
  std::optional<RecurrenceInput> recurrence;
};
BOOST_DESCRIBE_STRUCT(CreateDuty, (), (title, origin, agency_id, unit_id, post_id, due_on, detail, severity, confidentiality, recurrence))

struct DutyById {
  DutyId id;
};
BOOST_DESCRIBE_STRUCT(DutyById, (), (id))
struct CompleteDuty {
  DutyId id;
  std::string evidence;
  std::optional<std::int64_t> revision;
};
BOOST_DESCRIBE_STRUCT(CompleteDuty, (), (id, evidence, revision))
struct WithReason {
  DutyId id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithReason, (), (id, reason))
struct ReassignDuty {
  DutyId id;
  http::Number63 agency_id;
  std::optional<http::Number63> unit_id;
  std::optional<http::Number63> post_id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReassignDuty, (), (id, agency_id, unit_id, post_id, reason))
struct AskExtension {
  DutyId id;
  Date due_on;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(AskExtension, (), (id, due_on, reason))
struct DecideExtension {
  DutyId id;
  ExtensionId extension_id;
  bool approve = false;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(DecideExtension, (), (id, extension_id, approve, note))

struct CalendarQuery {
  Date from;
  Date to;
  std::optional<WorklistView> view;
};
BOOST_DESCRIBE_STRUCT(CalendarQuery, (), (from, to, view))
struct CalendarDayView {
  Date on;
  bool working = true;
  std::string note;
  std::vector<DutyRow> duties;
  std::int64_t more = 0;
};
BOOST_DESCRIBE_STRUCT(CalendarDayView, (), (on, working, note, duties, more))
struct CalendarView {
  std::vector<CalendarDayView> days;
};
BOOST_DESCRIBE_STRUCT(CalendarView, (), (days))

struct StatisticsQuery {
  TallyBy by = TallyBy::agency;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(StatisticsQuery, (), (by, as_known_on))
struct RateDefinition {
  std::string name;
  std::string numerator;
  std::string denominator;
  int version = 1;
};
BOOST_DESCRIBE_STRUCT(RateDefinition, (), (name, numerator, denominator, version))
struct StatisticsRow {
  std::string key;
  std::string label;
  std::int64_t open = 0, late = 0, severe = 0, done = 0, done_late = 0;
  std::optional<Percent> rate;  // none: nothing was due yet
};
BOOST_DESCRIBE_STRUCT(StatisticsRow, (), (key, label, open, late, severe, done, done_late, rate))
struct Statistics {
  Date as_of;
  RateDefinition definition;
  std::vector<StatisticsRow> rows;
  StatisticsRow total;
};
BOOST_DESCRIBE_STRUCT(Statistics, (), (as_of, definition, rows, total))

struct HomePart {
  std::int64_t count = 0;
  bool count_is_capped = false;
  std::vector<DutyRow> rows;
};
BOOST_DESCRIBE_STRUCT(HomePart, (), (count, count_is_capped, rows))
struct HomeCounts {
  std::int64_t open = 0, due_this_week = 0, late = 0, severe = 0, done_this_month = 0;
};
BOOST_DESCRIBE_STRUCT(HomeCounts, (), (open, due_this_week, late, severe, done_this_month))
struct Home {
  Date today;
  WorklistView scope = WorklistView::mine;
  HomePart needs_me;
  HomePart late;
  std::vector<audit::ChangeRow> changes;
  HomeCounts counts;
};
BOOST_DESCRIBE_STRUCT(Home, (), (today, scope, needs_me, late, changes, counts))

namespace {

constexpr std::int64_t count_cap = 1000;
constexpr std::int64_t home_cap = 9999;

bool holds_whole_city(const Actor& actor) {
  static const std::set<std::string> roles = {"rdec_controller", "rdec_head", "executive", "auditor", "agent_1999", "supervisor_1999", "inspector", "youth_councillor", "council_liaison"};
  return actor.is_system || std::any_of(actor.grants.begin(), actor.grants.end(), [](const Grant& g) { return roles.count(g.role) == 1; });
}

WorklistView default_view(const Actor& actor) {
  if (holds_whole_city(actor)) return WorklistView::city;
  for (const auto& grant : actor.grants) {
    if (grant.role == "agency_liaison" || grant.role == "agency_head") return WorklistView::agency;
  }
  return WorklistView::unit;
}

// The view narrows the scope; it never widens it.
Result<> narrow(DutyFilter& filter, WorklistView view, const Actor& actor, Duties::Parts& parts) {
  switch (view) {
    case WorklistView::mine:
      filter.posts = parts.directory.posts_of_account(actor.account_id, parts.clock.today());
      if (filter.posts.empty()) filter.scope.parts.clear();  // no post, nothing of one's own
      break;
    case WorklistView::unit:
      for (const auto& grant : actor.grants) {
        if (grant.unit_id != 0) filter.units.push_back(grant.unit_id);
      }
      if (filter.units.empty() && holds_whole_city(actor)) filter.scope.parts.clear();
      break;
    case WorklistView::agency:
      for (auto& part : filter.scope.parts) {
        if (!part.everything) continue;
        part.everything = false;  // a whole-city role with an agency of its own: that agency
        for (const auto& grant : actor.grants) {
          if (grant.agency_id != 0) part.agencies.insert(grant.agency_id);
        }
      }
      std::erase_if(filter.scope.parts, [](const auto& part) { return !part.everything && part.agencies.empty(); });
      break;
    case WorklistView::city: break;
  }
  return done();
}

Result<DutyFilter> filter_of(const DutyQuery& in, const Actor& actor, Duties::Parts& parts, Date& today) {
  DutyFilter f;
  today = parts.clock.today();
  if (in.as_known_on) {
    if (*in.as_known_on > today) return field_fault("as_known_on", "duty.known_in_future");
    f.known_at = taipei_end_of_day(*in.as_known_on);
    today = *in.as_known_on;
  }
  f.scope = parts.scope(actor, "duty.read");
  MANDATE_TRY(narrow(f, in.view.value_or(default_view(actor)), actor, parts));
  switch (in.state.value_or(StateFilter::open)) {
    case StateFilter::open: f.state = DutyState::open; break;
    case StateFilter::done: f.state = DutyState::done; break;
    case StateFilter::cancelled: f.state = DutyState::cancelled; break;
    case StateFilter::all: break;
  }
  f.due_from = in.due_from;
  f.due_to = in.due_to;
  if (in.lateness) {
    f.state = DutyState::open;
    DueRange range;
    switch (*in.lateness) {
      case LatenessFilter::on_time: range = due_range_of(Lateness::on_time, today, parts.rules()); break;
      case LatenessFilter::at_risk: range = due_range_of(Lateness::at_risk, today, parts.rules()); break;
      case LatenessFilter::late: range = due_range_of(Lateness::late, today, parts.rules()); break;
      case LatenessFilter::severe: range = due_range_of(Lateness::severe, today, parts.rules()); break;
      case LatenessFilter::overdue: range = {std::nullopt, today.plus_days(-1)}; break;
    }
    if (range.from && (!f.due_from || *range.from > *f.due_from)) f.due_from = range.from;
    if (range.to && (!f.due_to || *range.to < *f.due_to)) f.due_to = range.to;
  }
  f.origin = in.origin;
  if (in.agency_id) f.agency_id = in.agency_id->value;
  if (in.q && !in.q->empty()) {
    // Full width and 台 are typed for half width and 臺, which is how titles are written here.
    std::string words = nfkc(*in.q);
    for (auto at = words.find("台"); at != std::string::npos; at = words.find("台", at)) words.replace(at, 3, "臺");
    f.words = words;
  }
  const std::string sort = in.sort.value_or("due");
  if (sort == "due") {
    f.sort = DutySort::due;
  } else if (sort == "-due") {
    f.sort = DutySort::due_desc;
  } else if (sort == "created") {
    f.sort = DutySort::created;
  } else if (sort == "-created") {
    f.sort = DutySort::created_desc;
  } else {
    return field_fault("sort", "input.expected_choice", {{"choices", "due, -due, created, -created"}});
  }
  if (in.cursor) {
    const auto tilde = in.cursor->find('~');
    std::int64_t id = 0;
    if (tilde == std::string::npos || !http::read_int64(std::string_view(*in.cursor).substr(tilde + 1), id) || (tilde != 0 && !Date::parse(in.cursor->substr(0, tilde)))) return field_fault("cursor", "input.bad_cursor");
    f.after = {in.cursor->substr(0, tilde), id};
  }
  return f;
}

std::string cursor_of(const ListedDuty& d) { return d.due_on.iso() + "~" + d.id.text(); }

}  // namespace

void add_duty_routes(http::Router& router, Duties& duties) {
  auto& p = duties.parts();

  router.get<DutyQuery, DutyList>("/api/duties", {.permission = "duty.read", .summary = "A worklist, in pages", .tag = "duties"}, [&p](const Actor& actor, const DutyQuery& in) -> Result<DutyList> {
    Date today;
    MANDATE_ASSIGN(const auto filter, filter_of(in, actor, p, today));
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    return p.database.read([&](db::Session& s) -> Result<DutyList> {
      auto found = p.store.list(s, filter, limit + 1);
      DutyList list;
      list.as_of = today;
      if (static_cast<int>(found.size()) > limit) {
        found.pop_back();
        list.next = cursor_of(found.back());
      }
      auto whole = filter;
      whole.after.reset();
      list.total = p.store.count(s, whole, count_cap);
      if (list.total > count_cap) {
        list.total = count_cap;
        list.total_is_capped = true;
      }
      const auto rules = p.policy(today);
      for (const auto& d : found) list.rows.push_back(p.row(d, today, rules));
      return list;
    });
  });

  router.download<DutyQuery>("/api/duties.csv", {.permission = "duty.read", .summary = "The whole filtered worklist as CSV", .tag = "duties"}, [&p](const Actor& actor, const DutyQuery& in) -> Result<http::Download> {
    Date today;
    auto query = in;
    query.cursor.reset();
    MANDATE_ASSIGN(auto filter, filter_of(query, actor, p, today));
    const auto rules = p.policy(today);
    const bool english = actor.language == Language::en;
    csv::Writer out;
    out.row(english ? std::vector<std::string>{"number", "title", "origin", "agency", "post", "due_on", "state", "lateness", "days_left", "severity"}
                                  : std::vector<std::string>{"編號", "事項", "來源", "承辦機關", "職務", "期限", "狀態", "時效", "剩餘天數", "重要性"});
    p.database.read([&](db::Session& s) {
      while (true) {
        const auto rows = p.store.list(s, filter, 1000);
        for (const auto& d : rows) {
          const auto row = p.row(d, today, rules);
          out.row({row.number, row.title, i18n::text("origin." + row.origin, actor.language), row.agency_name, row.post_name.value_or(""), row.due_on.iso(),
                                 i18n::text(std::string("state.") + boost::describe::enum_to_string(row.state, ""), actor.language), i18n::text(std::string("lateness.") + boost::describe::enum_to_string(row.lateness, ""), actor.language),
                                 std::to_string(row.days_left), i18n::text(std::string("severity.") + boost::describe::enum_to_string(row.severity, ""), actor.language)});
        }
        if (rows.size() < 1000) return 0;
        filter.after = {rows.back().due_on.iso(), rows.back().id.value};
      }
    });
    return http::Download{"text/csv; charset=utf-8", english ? "duties-" + today.iso() + ".csv" : "列管事項-" + today.iso() + ".csv", out.take()};
  });

  router.post<CreateDuty, CreatedDuty>("/api/duties", {.permission = "duty.create", .summary = "Create a duty, or a recurring one", .tag = "duties"}, [&p](const Actor& actor, const CreateDuty& in) -> Result<CreatedDuty> {
    NewDuty n;
    n.title = in.title;
    n.detail = in.detail.value_or("");
    n.origin = in.origin;
    n.agency_id = in.agency_id.value;
    n.unit_id = in.unit_id.value_or(http::Number63{}).value;
    n.post_id = in.post_id.value_or(http::Number63{}).value;
    n.due_on = in.due_on;
    n.severity = in.severity.value_or(Severity::normal);
    n.confidentiality = in.confidentiality.value_or(Confidentiality::internal);
    std::optional<Recurrence> recurrence;
    if (in.recurrence) recurrence = Recurrence{in.recurrence->every, in.recurrence->months, in.recurrence->day.value_or(0)};
    return p.create(actor, n, recurrence);
  });

  router.get<DutyById, DutyView>("/api/duties/{id}", {.permission = "duty.read", .summary = "One duty with its evidence, requests, history and possible actions", .tag = "duties"},
                                 [&p](const Actor& actor, const DutyById& in) { return p.view(actor, in.id); });
  router.post<CompleteDuty, DutyView>("/api/duties/{id}/completion", {.permission = "duty.complete", .summary = "Report a duty done, with evidence", .tag = "duties"},
                                      [&p](const Actor& actor, const CompleteDuty& in) { return p.complete(actor, in.id, in.evidence, in.revision); });
  router.post<WithReason, DutyView>("/api/duties/{id}/reopening", {.permission = "duty.reopen", .summary = "Open a closed duty again", .tag = "duties"},
                                    [&p](const Actor& actor, const WithReason& in) { return p.reopen(actor, in.id, in.reason); });
  router.post<WithReason, DutyView>("/api/duties/{id}/cancellation", {.permission = "duty.cancel", .summary = "Cancel a duty", .tag = "duties"},
                                    [&p](const Actor& actor, const WithReason& in) { return p.cancel(actor, in.id, in.reason); });
  router.post<ReassignDuty, DutyView>("/api/duties/{id}/reassignment", {.permission = "duty.reassign", .summary = "Hand a duty over to another agency, unit or post", .tag = "duties"}, [&p](const Actor& actor, const ReassignDuty& in) {
    return p.reassign(actor, in.id, in.agency_id.value, in.unit_id.value_or(http::Number63{}).value, in.post_id.value_or(http::Number63{}).value, in.reason);
  });
  router.post<AskExtension, DutyView>("/api/duties/{id}/extensions", {.permission = "duty.ask_extension", .summary = "Ask for more time", .tag = "duties"},
                                      [&p](const Actor& actor, const AskExtension& in) { return p.ask_extension(actor, in.id, in.due_on, in.reason); });
  router.post<DecideExtension, DutyView>("/api/duties/{id}/extensions/{extension_id}/decision", {.permission = "duty.decide_extension", .summary = "Decide on a request for more time", .tag = "duties"},
                                         [&p](const Actor& actor, const DecideExtension& in) { return p.decide_extension(actor, in.id, in.extension_id, in.approve, in.note.value_or("")); });

  router.get<CalendarQuery, CalendarView>("/api/duty-calendar", {.permission = "duty.read", .summary = "Open and done duties by due day, with the office calendar", .tag = "duties"}, [&p](const Actor& actor, const CalendarQuery& in) -> Result<CalendarView> {
    if (in.to < in.from || in.to - in.from > 62) return field_fault("to", "input.out_of_range", {{"min", in.from.iso()}, {"max", in.from.plus_days(62).iso()}});
    DutyFilter filter;
    filter.scope = p.scope(actor, "duty.read");
    MANDATE_TRY(narrow(filter, in.view.value_or(default_view(actor)), actor, p));
    const Date today = p.clock.today();
    const auto rules = p.rules();
    const auto days = p.calendar.snapshot();
    return p.database.read([&](db::Session& s) -> Result<CalendarView> {
      CalendarView view;
      for (Date on = in.from; on <= in.to; on = on.plus_days(1)) {
        CalendarDayView day;
        day.on = on;
        const auto* known = days->days.find(on);
        day.working = known != nullptr ? known->working() : on.weekday() <= 5;
        if (known != nullptr) day.note = known->note;
        view.days.push_back(std::move(day));
      }
      // One statement for the whole span; a day shows its first few.
      filter.due_from = in.from;
      filter.due_to = in.to;
      for (const auto& d : p.store.list(s, filter, 5000)) {
        if (d.state == DutyState::cancelled) continue;
        auto& day = view.days[static_cast<std::size_t>(d.due_on - in.from)];
        if (day.duties.size() < 6) {
          day.duties.push_back(p.row(d, today, rules));
        } else {
          ++day.more;
        }
      }
      return view;
    });
  });

  router.get<StatisticsQuery, Statistics>("/api/duty-statistics", {.permission = "duty.read", .summary = "Overdue statistics by agency or origin, also as known on a past day", .tag = "duties"}, [&p](const Actor& actor, const StatisticsQuery& in) -> Result<Statistics> {
    DutyFilter filter;
    Date today = p.clock.today();
    if (in.as_known_on) {
      if (*in.as_known_on > today) return field_fault("as_known_on", "duty.known_in_future");
      filter.known_at = taipei_end_of_day(*in.as_known_on);
      today = *in.as_known_on;
    }
    filter.scope = p.scope(actor, "duty.read");
    Statistics out;
    out.as_of = today;
    out.definition = {i18n::text("rate.on_time.name", actor.language), i18n::text("rate.on_time.numerator", actor.language), i18n::text("rate.on_time.denominator", actor.language), 1};
    const auto rate = [](const StatisticsRow& r) -> std::optional<Percent> {
      const Ratio ratio{r.done - r.done_late, r.done + r.late};
      if (!ratio.defined()) return std::nullopt;
      return ratio.rounded();
    };
    out.total.key = "total";
    for (const auto& t : p.database.read([&](db::Session& s) { return p.store.tally(s, filter, in.by == TallyBy::agency, today, p.policy(today)); })) {
      StatisticsRow row{t.key, in.by == TallyBy::agency ? p.directory.agency_name(std::stoll(t.key)) : i18n::text("origin." + t.key, actor.language), t.open, t.late, t.severe, t.done, t.done_late, std::nullopt};
      row.rate = rate(row);
      out.total.open += t.open;
      out.total.late += t.late;
      out.total.severe += t.severe;
      out.total.done += t.done;
      out.total.done_late += t.done_late;
      out.rows.push_back(std::move(row));
    }
    out.total.rate = rate(out.total);
    std::stable_sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) { return a.late > b.late; });
    return out;
  });

  router.get<http::Nothing, Home>("/api/home", {.permission = "signed_in", .summary = "What needs me today, what is late, what changed", .tag = "duties"}, [&p](const Actor& actor, const http::Nothing&) -> Result<Home> {
    Home home;
    home.today = p.clock.today();
    home.scope = default_view(actor);
    const auto rules = p.rules();
    DutyFilter base;
    base.scope = p.scope(actor, "duty.read");
    MANDATE_TRY(narrow(base, home.scope, actor, p));
    base.state = DutyState::open;
    return p.database.read([&](db::Session& s) -> Result<Home> {
      const auto part = [&](const DutyFilter& filter) {
        HomePart out;
        out.count = p.store.count(s, filter, home_cap);
        if (out.count > home_cap) {
          out.count = home_cap;
          out.count_is_capped = true;
        }
        for (const auto& d : p.store.list(s, filter, 8)) out.rows.push_back(p.row(d, home.today, rules));
        return out;
      };
      auto late = base;
      late.due_to = home.today.plus_days(-1);
      home.late = part(late);
      // What needs a decision of mine comes first; then what is due within the days of warning.
      const auto decide = p.scope(actor, "duty.decide_extension");
      const auto waiting = decide.none() ? std::vector<ListedDuty>{} : p.store.list_waiting_for_decision(s, decide, 8);
      auto soon = base;
      soon.due_from = home.today;
      soon.due_to = home.today.plus_days(rules.at_risk_days);
      const auto posts = p.directory.posts_of_account(actor.account_id, home.today);
      if (!posts.empty() && home.scope != WorklistView::city) soon.posts = posts;
      home.needs_me = part(soon);
      home.needs_me.count += static_cast<std::int64_t>(waiting.size());
      std::vector<DutyRow> rows;
      for (const auto& d : waiting) rows.push_back(p.row(d, home.today, rules));
      rows.insert(rows.end(), home.needs_me.rows.begin(), home.needs_me.rows.end());
      if (rows.size() > 8) rows.resize(8);
      home.needs_me.rows = std::move(rows);
      const auto counted = [&](DutyFilter filter) { return p.store.count(s, filter, home_cap); };
      home.counts.open = counted(base);
      auto week = base;
      week.due_from = home.today;
      week.due_to = home.today.plus_days(7 - home.today.weekday());
      home.counts.due_this_week = counted(week);
      home.counts.late = home.late.count;
      auto severe = base;
      severe.due_to = home.today.plus_days(-rules.severe_days - 1);
      home.counts.severe = counted(severe);
      auto finished = base;
      finished.state = DutyState::done;
      finished.due_from = home.today.first_of_month();
      finished.due_to = home.today.last_of_month();
      home.counts.done_this_month = counted(finished);
      // The latest changes of records this actor may see, among the latest few thousand of all.
      const auto condition = identity::condition_of(base.scope, "d");
      auto values = condition.values;
      const auto events = s.list_values<db::Event>(
          "SELECT COALESCE(e.position, 0), e.id, e.at, e.actor_id, e.kind, e.record_kind, e.record_id, e.data, e.salt, e.commitments FROM (SELECT * FROM event ORDER BY id DESC LIMIT 3000) e JOIN duty d ON d.id = e.record_id "
          "WHERE e.record_kind = 'duty' AND " +
              condition.where + " ORDER BY e.id DESC LIMIT 10",
          values);
      home.changes = p.audit.in_words(s, events, actor.language);
      return home;
    });
  });
}

}  // namespace mandate::duties
