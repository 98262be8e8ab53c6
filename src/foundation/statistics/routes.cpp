#include "foundation/statistics/words.hpp"
#include "platform/http/router.hpp"

namespace mandate::statistics {

void add_dashboard_routes(http::Router& router, Statistics& statistics);  // dashboards.cpp

namespace {

struct OfferedDimension {
  std::string name;
  std::string label;
  bool is_period = false;
  std::vector<Choice> choices;
};
BOOST_DESCRIBE_STRUCT(OfferedDimension, (), (name, label, is_period, choices))
struct OfferedDataset {
  std::string name;
  std::string label;
  std::vector<OfferedDimension> dimensions;
  std::vector<NamedMeasure> measures;
  std::string period;
  std::vector<NamedDimension> days;
  bool ready = false;
  int percent = 0;
  std::int64_t facts = 0;
};
BOOST_DESCRIBE_STRUCT(OfferedDataset, (), (name, label, dimensions, measures, period, days, ready, percent, facts))
struct Offered {
  std::vector<OfferedDataset> rows;
};
BOOST_DESCRIBE_STRUCT(Offered, (), (rows))

Offered offered_to(const Actor& actor, Statistics& statistics) {
  Offered out;
  const auto states = statistics.facts.states();
  for (const auto& subject : statistics.subjects()) {
    if (!identity::may(actor, subject->permission)) continue;
    OfferedDataset set;
    set.name = subject->dataset;
    set.label = i18n::text("dataset." + subject->dataset, actor.language);
    set.period = subject->period;
    for (const auto& d : subject->dimensions) {
      if (d.by_hand) set.dimensions.push_back({d.name, dimension_label(d.name, actor.language), false, d.choices ? d.choices(actor.language) : std::vector<Choice>{}});
    }
    for (const auto& day : statistics.facts.schema(subject->dataset).days) {
      set.days.push_back({day, dimension_label(day, actor.language)});
      for (const char* grain : {"_month", "_quarter", "_year", "_week", "_day"}) set.dimensions.push_back({day + grain, dimension_label(day + grain, actor.language), true, {}});
    }
    for (const auto& m : subject->measures) set.measures.push_back(named(m, actor.language));
    for (const auto& state : states) {
      if (state.dataset != set.name) continue;
      set.ready = state.ready;
      set.percent = state.percent;
      // How many there are in all is nobody's business who may see a part.
      const auto scope = statistics.identity.scope(actor, subject->permission, subject->record_kind);
      const bool whole = std::any_of(scope.parts.begin(), scope.parts.end(), [](const identity::ScopePart& p) { return p.everything && p.origins.empty() && p.up_to == identity::Confidentiality::confidential; });
      set.facts = whole ? static_cast<std::int64_t>(state.facts) : 0;
    }
    out.rows.push_back(std::move(set));
  }
  return out;
}

}  // namespace

void add_statistic_routes(http::Router& router, Statistics& statistics) {
  router.get<http::Nothing, Offered>("/api/statistic-datasets", {.permission = "duty.read", .summary = "What can be counted: data sets, their dimensions with values, and figures with their definitions", .tag = "statistics"},
                                     [&statistics](const Actor& actor, const http::Nothing&) -> Result<Offered> { return offered_to(actor, statistics); });
  router.get<StatisticQuery, StatisticAnswer>("/api/statistics", {.permission = "duty.read", .summary = "Figures by up to three dimensions, of a period and beside the year before; 503 while the figures are being rebuilt", .tag = "statistics"},
                                              [&statistics](const Actor& actor, const StatisticQuery& in) { return statistics.ask(actor, in); });
  router.download<StatisticQuery>("/api/statistics.csv", {.permission = "duty.read", .summary = "The same as a file, with the definitions", .tag = "statistics"}, [&statistics](const Actor& actor, const StatisticQuery& in) -> Result<http::Download> {
    MANDATE_ASSIGN(const auto answer, statistics.ask(actor, in));
    return http::Download{"text/csv; charset=utf-8", answer.title + "-" + answer.as_of.iso() + ".csv", csv_of(answer, actor.language)};
  });
  add_dashboard_routes(router, statistics);
}

}  // namespace mandate::statistics
