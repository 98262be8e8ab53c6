#include "foundation/duties/overview.hpp"

#include "foundation/facts/question.hpp"
#include "platform/http/router.hpp"

namespace mandate::duties {

using statistics::StatisticAnswer;
using statistics::StatisticQuery;

// Of the week so far, with the list behind each number as `where`.
struct WeekFigure {
  std::string name;  // "created", "done", "became_late", "extended"
  std::optional<std::int64_t> count;  // none: so few of petitions that they are not shown
  std::string where;
  std::string meaning;
};
BOOST_DESCRIBE_STRUCT(WeekFigure, (), (name, count, where, meaning))

struct Overview {
  Date as_of;
  Date term_starts_on;
  Date week_starts_on;
  std::int64_t severe_a_week_ago = 0;
  StatisticAnswer totals;
  StatisticAnswer agencies;
  StatisticAnswer goals;
  StatisticAnswer districts;
  StatisticAnswer trend;
  std::vector<WeekFigure> week;
};
BOOST_DESCRIBE_STRUCT(Overview, (), (as_of, term_starts_on, week_starts_on, severe_a_week_ago, totals, agencies, goals, districts, trend, week))

namespace {

constexpr std::int64_t counted_max = 999'999;
constexpr auto figures = "owed,on_time,at_risk,late,severe,done,on_time_rate";

StatisticQuery by(const char* dimension) {
  StatisticQuery q;
  q.by = dimension;
  q.measures = figures;
  return q;
}

}  // namespace

void add_overview_routes(http::Router& router, Duties& duties, statistics::Statistics& st, std::function<Date(Date)> term_starts_on) {
  auto& p = duties.parts();
  router.get<http::Nothing, Overview>("/api/overview", {.permission = "duty.read", .summary = "What is promised and how it stands, by goal, agency and district, since the start of the term, and what this week changed", .tag = "statistics"},
                                      [&p, &st, term_starts_on](const Actor& actor, const http::Nothing&) -> Result<Overview> {
    Overview out;
    out.as_of = p.clock.today();
    out.term_starts_on = term_starts_on(out.as_of);
    out.week_starts_on = facts::first_of(facts::Grain::week, out.as_of);
    StatisticQuery all;
    all.measures = figures;
    MANDATE_ASSIGN(out.totals, st.ask(actor, all));
    MANDATE_ASSIGN(out.agencies, st.ask(actor, by("agency")));
    MANDATE_ASSIGN(out.goals, st.ask(actor, by("goal")));
    auto districts = by("district");
    districts.empty = true;
    MANDATE_ASSIGN(out.districts, st.ask(actor, districts));
    // What fell due in each month of the term, and how it stands.
    auto trend = by("due_month");
    trend.from = out.term_starts_on;
    trend.to = out.as_of;
    MANDATE_ASSIGN(out.trend, st.ask(actor, trend));
    const auto scope = p.scope(actor, "duty.read");
    // Counted in the ledger: what was late for long is few among many, and a whole past city need not be read for it.
    const Date then = out.as_of.plus_days(-7);
    DutyFilter severe;
    severe.scope = scope;
    severe.known_at = taipei_end_of_day(then);
    severe.state = DutyState::open;
    severe.due_to = then.plus_days(-p.policy(then).severe_days - 1);
    out.severe_a_week_ago = p.database.read([&](db::Session& s) { return p.store.count(s, severe, counted_max); });
    const std::string since = ">=" + out.week_starts_on.iso();
    const std::vector<std::pair<const char*, std::string>> week = {{"created", "created" + since},
                                                                  {"done", "done" + since},
                                                                  {"became_late", "due>=" + out.week_starts_on.plus_days(-1).iso() + ";due<=" + out.as_of.plus_days(-1).iso() + ";lateness=late|severe"},
                                                                  {"extended", "granted" + since}};
    for (const auto& [name, where] : week) {
      out.week.push_back({name, std::nullopt, where, i18n::text(std::string("overview.") + name, actor.language)});
      if (name != std::string_view("extended")) {
        StatisticQuery of_week;
        of_week.where = where;
        MANDATE_ASSIGN(const auto answer, st.ask(actor, of_week));
        const auto& cell = answer.total.cells.front();
        if (cell.state != statistics::CellState::suppressed) out.week.back().count = cell.value.value_or(0);
        continue;
      }
      DutyFilter filter;
      filter.scope = scope;
      MANDATE_ASSIGN(const auto conditions, statistics::read_where(where));
      MANDATE_ASSIGN(filter.also, sql_of(conditions, out.as_of, p.policy(out.as_of)));
      out.week.back().count = p.database.read([&](db::Session& s) { return p.store.count(s, filter, counted_max); });
    }
    return out;
  });
}

}  // namespace mandate::duties
