#include "foundation/duties/worklist.hpp"

namespace mandate::duties {

BOOST_DEFINE_ENUM_CLASS(TallyBy, agency, origin)

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

void add_statistics_routes(http::Router& router, Duties::Parts& p) {
  router.get<StatisticsQuery, Statistics>("/api/duty-statistics", {.permission = "duty.read", .summary = "Overdue statistics by agency or origin, also as known on a past day", .tag = "duties"}, [&p](const Actor& actor, const StatisticsQuery& in) -> Result<Statistics> {
    DutyFilter filter;
    Date today = p.clock.today();
    if (in.as_known_on) {
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
}

}  // namespace mandate::duties
