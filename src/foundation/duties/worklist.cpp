#include "foundation/duties/worklist.hpp"

#include "foundation/duties/lists.hpp"
#include "foundation/places/api.hpp"
#include "kernel/roc_date.hpp"

namespace mandate::duties {

BOOST_DEFINE_ENUM_CLASS(StateFilter, open, done, cancelled, all)
BOOST_DEFINE_ENUM_CLASS(LatenessFilter, on_time, at_risk, late, severe, overdue)

struct DutyQuery {
  std::optional<WorklistView> view;
  std::optional<StateFilter> state;
  std::optional<LatenessFilter> lateness;
  std::optional<std::string> origin;
  std::optional<http::Number63> agency_id;
  std::optional<std::string> district;  // "" or "none": those without one
  std::optional<http::Number63> goal_id;
  std::optional<std::string> q;
  std::optional<std::string> where;  // conditions as statistics write them: the list behind a number
  std::optional<Date> due_from;
  std::optional<Date> due_to;
  std::optional<std::string> sort;
  std::optional<std::string> cursor;
  std::optional<int> limit;
  std::optional<Date> as_known_on;
};
BOOST_DESCRIBE_STRUCT(DutyQuery, (), (view, state, lateness, origin, agency_id, district, goal_id, q, where, due_from, due_to, sort, cursor, limit, as_known_on))

struct DutyList {
  std::vector<DutyRow> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
  bool total_is_capped = false;
  Date as_of;
  std::optional<std::string> where_in_words;
};
BOOST_DESCRIBE_STRUCT(DutyList, (), (rows, next, total, total_is_capped, as_of, where_in_words))

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

namespace {

constexpr std::int64_t count_cap = 1000;
constexpr int shown_a_day = 6;  // of the calendar

bool holds_whole_city(const Actor& actor) {
  static const std::set<std::string> roles = {"rdec_controller", "rdec_head", "executive", "auditor", "agent_1999", "supervisor_1999", "inspector", "youth_councillor", "council_liaison"};
  return actor.is_system || std::any_of(actor.grants.begin(), actor.grants.end(), [](const Grant& g) { return roles.count(g.role) == 1; });
}

}  // namespace

WorklistView default_view(const Actor& actor) {
  if (holds_whole_city(actor)) return WorklistView::city;
  for (const auto& grant : actor.grants) {
    if (grant.role == "agency_liaison" || grant.role == "agency_head") return WorklistView::agency;
  }
  return WorklistView::unit;
}

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

namespace {

// "2023-03-31~12", or with the state or the agency in front when the list runs by these.
std::string cursor_of(const ListedDuty& d, DutySort sort) { return (by_group(sort) ? group_of(d, sort) + "~" : "") + d.due_on.iso() + "~" + d.id.text(); }

Result<> continue_after(DutyFilter& f, std::string cursor) {
  const auto bad = [] { return field_fault("cursor", "input.bad_cursor"); };
  if (by_group(f.sort)) {
    const auto end = cursor.find('~');
    if (end == std::string::npos) return bad();
    f.after_group = cursor.substr(0, end);
    cursor.erase(0, end + 1);
    DutyState state{};
    std::int64_t agency = 0;
    const bool known = f.sort == DutySort::state || f.sort == DutySort::state_desc ? boost::describe::enum_from_string(f.after_group.c_str(), state) : http::read_int64(f.after_group, agency);
    if (!known) return bad();
  }
  const auto tilde = cursor.find('~');
  std::int64_t id = 0;
  if (tilde == std::string::npos || !http::read_int64(std::string_view(cursor).substr(tilde + 1), id) || (tilde != 0 && !Date::parse(cursor.substr(0, tilde)))) return bad();
  f.after = {cursor.substr(0, tilde), id};
  return done();
}

Result<DutyFilter> filter_of(const DutyQuery& in, const Actor& actor, Duties::Parts& parts, Date& today) {
  DutyFilter f;
  today = parts.clock.today();
  if (in.as_known_on) {
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
  if (in.district) f.district = *in.district == "none" ? "" : *in.district;
  if (in.goal_id) f.goal_id = in.goal_id->value;
  if (in.where) {
    MANDATE_ASSIGN(const auto conditions, statistics::read_where(*in.where));
    MANDATE_ASSIGN(f.also, sql_of(conditions, today, parts.policy(today)));
  }
  if (in.q && in.q->find_first_not_of(" \n\t") != std::string::npos) {
    search::Document like;
    like.agency_id = f.agency_id.value_or(0);
    like.origin = f.origin.value_or("");
    like.district = f.district.value_or("");
    if (f.state) like.state = boost::describe::enum_to_string(*f.state, "");
    MANDATE_ASSIGN(f.words, parts.search->words(actor, "duty", *in.q, like));
  }
  static const std::map<std::string, DutySort, std::less<>> sorts = {{"due", DutySort::due},     {"-due", DutySort::due_desc},     {"created", DutySort::created}, {"-created", DutySort::created_desc},
                                                                     {"state", DutySort::state}, {"-state", DutySort::state_desc}, {"agency", DutySort::agency},   {"-agency", DutySort::agency_desc}};
  const auto sort = sorts.find(in.sort.value_or("due"));
  if (sort == sorts.end()) return field_fault("sort", "input.expected_choice", {{"choices", "due, -due, created, -created, state, -state, agency, -agency"}});
  f.sort = sort->second;
  if ((f.sort == DutySort::agency || f.sort == DutySort::agency_desc) && parts.directory.agencies_in_order) f.agency_order = parts.directory.agencies_in_order();
  if (in.cursor) MANDATE_TRY(continue_after(f, *in.cursor));
  return f;
}

// The whole list behind a filter, page by page.
class DutyRows final : public reports::RowSource {
 public:
  DutyRows(Duties::Parts& parts, DutyFilter filter, Date today, Language language) : p_(parts), filter_(std::move(filter)), today_(today), rules_(parts.policy(today)), language_(language) {}

  std::vector<reports::Row> next() override {
    if (over_) return {};
    const auto found = p_.database.read([&](db::Session& s) { return p_.store.list(s, filter_, page_size); });
    over_ = static_cast<int>(found.size()) < page_size;
    if (!found.empty()) follow(filter_, found.back());
    std::vector<reports::Row> out;
    out.reserve(found.size());
    const auto word = [&](const char* kind, const char* value) { return reports::Cell::of(i18n::text(std::string(kind) + value, language_)); };
    for (const auto& d : found) {
      // Without the holder, whom nobody asked for and who would have to be looked up for each row.
      const auto lateness = lateness_of(d.state, d.due_on, d.done_on, today_, rules_);
      out.push_back({reports::Cell::of(d.number), reports::Cell::of(d.title), word("origin.", d.origin.c_str()), reports::Cell::of(p_.directory.agency_name(d.agency_id)), d.post_id != 0 ? reports::Cell::of(p_.directory.post_name(d.post_id)) : reports::Cell::none(),
                     reports::Cell::of(d.due_on), word("state.", boost::describe::enum_to_string(d.state, "")), word("lateness.", boost::describe::enum_to_string(lateness, "")), reports::Cell::of(d.due_on - today_),
                     word("severity.", boost::describe::enum_to_string(d.severity, "")), district(d.district)});
    }
    return out;
  }

 private:
  reports::Cell district(const std::string& code) const {
    const auto* found = places::find_district(code);
    return found == nullptr ? reports::Cell::none() : reports::Cell::of(language_ == Language::en ? found->english : found->name);
  }

  static constexpr int page_size = 1000;
  Duties::Parts& p_;
  DutyFilter filter_;
  Date today_;
  DutyPolicy rules_;
  Language language_;
  bool over_ = false;
};

Result<reports::Table> table_of(Duties::Parts& p, const Actor& actor, DutyQuery query) {
  query.cursor.reset();
  Date today;
  MANDATE_ASSIGN(auto filter, filter_of(query, actor, p, today));
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return i18n::text(key, actor.language, args); };
  reports::Table table;
  table.title = t("list.duties");
  table.file_name = t("list.duties_file") + "-" + today.iso();
  using reports::ColumnType;
  table.columns = {{t("column.number"), ColumnType::text}, {t("column.title"), ColumnType::long_text}, {t("column.origin"), ColumnType::text}, {t("column.agency"), ColumnType::text}, {t("column.post"), ColumnType::text},
                   {t("column.due_on"), ColumnType::date}, {t("column.state"), ColumnType::text}, {t("column.lateness"), ColumnType::text}, {t("column.days_left"), ColumnType::integer}, {t("column.severity"), ColumnType::text}, {t("column.district"), ColumnType::text}};
  const auto rules = p.policy(today);
  table.facts = {{t("list.view"), t((std::string("list.view.") + boost::describe::enum_to_string(query.view.value_or(default_view(actor)), "")).c_str())},
                 {t("list.as_of"), actor.language == Language::en ? today.iso() : roc_long(today)},
                 {t("list.definition"), t("list.duties_definition", {{"at_risk", std::to_string(rules.at_risk_days)}, {"severe", std::to_string(rules.severe_days)}})}};
  table.rows = std::make_shared<DutyRows>(p, std::move(filter), today, actor.language);
  return table;
}

}  // namespace

void add_duty_lists(reports::Lists& lists, Duties& duties) {
  using reports::ListFilter;
  reports::ListKind kind{"duties", "list.duties", "/api/duties", "duty.read", {}};
  kind.filters = {{"state", "column.state", ListFilter::Kind::words, "list.state."}, {"lateness", "column.lateness", ListFilter::Kind::words, "lateness."}, {"origin", "column.origin", ListFilter::Kind::words, "origin."},
                  {"agency_id", "column.agency", ListFilter::Kind::agency},     {"q", "list.words"},                                                       {"due_from", "list.due_from", ListFilter::Kind::date},
                  {"due_to", "list.due_to", ListFilter::Kind::date},            {"as_known_on", "list.as_known_on", ListFilter::Kind::date},               {"view", "list.view", ListFilter::Kind::words, "list.view."}, {"goal_id", "column.goal"}};
  kind.filters.push_back({"district", "column.district", ListFilter::Kind::plain, "", [](const std::string& code) {
    const auto* found = places::find_district(code);
    return found == nullptr ? code : found->name;
  }});
  kind.open = [&duties](const Actor& actor, const reports::Query& filter) {
    DutyQuery query;
    http::FieldFaults passed_over;  // the list's own route has said them
    http::from_texts(http::shape_of<DutyQuery>(), filter, &query, passed_over);
    auto table = table_of(duties.parts(), actor, query);
    if (!table.ok()) throw std::logic_error("the list's own route accepts what its file refuses");
    return std::move(*table);
  };
  lists.add(std::move(kind));
}

void add_worklist_routes(http::Router& router, Duties::Parts& p) {
  router.get<DutyQuery, DutyList>("/api/duties", {.permission = "duty.read", .summary = "A worklist, in pages", .tag = "duties"}, [&p](const Actor& actor, const DutyQuery& in) -> Result<DutyList> {
    Date today;
    MANDATE_ASSIGN(const auto filter, filter_of(in, actor, p, today));
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    return p.database.read([&](db::Session& s) -> Result<DutyList> {
      auto found = p.store.list(s, filter, limit + 1);
      DutyList list;
      list.as_of = today;
      if (in.where && p.condition_words) list.where_in_words = p.condition_words(*statistics::read_where(*in.where), actor.language);
      if (static_cast<int>(found.size()) > limit) {
        found.pop_back();
        list.next = cursor_of(found.back(), filter.sort);
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

  router.file<DutyQuery>("/api/duties.csv", {.permission = "duty.read", .summary = "The whole filtered worklist as CSV", .tag = "duties"}, [&p, &router](const http::Call& call, const DutyQuery& in) -> Result<http::Response> {
    MANDATE_ASSIGN(auto table, table_of(p, call.actor, in));
    return reports::file_answer(std::move(table), reports::FileFormat::csv, call.actor.language, reports::still_the_same(router, call));
  });

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
      filter.due_from = in.from;
      filter.due_to = in.to;
      const auto day_of = [&](Date on) -> CalendarDayView& { return view.days[static_cast<std::size_t>(on - in.from)]; };
      for (const auto& d : p.store.list_first_of_days(s, filter, shown_a_day)) day_of(d.due_on).duties.push_back(p.row(d, today, rules));
      for (const auto& counted : p.store.count_by_day(s, filter)) day_of(counted.on).more = counted.count - static_cast<std::int64_t>(day_of(counted.on).duties.size());
      return view;
    });
  });
}

}  // namespace mandate::duties
