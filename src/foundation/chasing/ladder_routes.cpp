#include "foundation/chasing/service.hpp"
#include "platform/http/router.hpp"

namespace mandate::chasing {

struct LadderView {
  LadderId id;
  std::optional<std::string> origin;
  std::optional<duties::Severity> severity;
  std::optional<duties::Confidentiality> confidentiality;
  Date valid_from;
  std::string source;
  std::vector<Rung> rungs;
  Instant recorded_at;
  std::string recorded_by_name;
  std::optional<Instant> superseded_at;
  bool in_force = false;  // today, for such duties
};
BOOST_DESCRIBE_STRUCT(LadderView, (), (id, origin, severity, confidentiality, valid_from, source, rungs, recorded_at, recorded_by_name, superseded_at, in_force))
struct LadderList {
  std::vector<LadderView> rows;
};
BOOST_DESCRIBE_STRUCT(LadderList, (), (rows))
struct LadderQuery {
  std::optional<bool> all;
};
BOOST_DESCRIBE_STRUCT(LadderQuery, (), (all))

struct SetLadder {
  std::optional<std::string> origin;
  std::optional<duties::Severity> severity;
  std::optional<duties::Confidentiality> confidentiality;
  Date valid_from;
  std::string source;
  std::vector<Rung> rungs;
  std::optional<bool> dry_run;
};
BOOST_DESCRIBE_STRUCT(SetLadder, (), (origin, severity, confidentiality, valid_from, source, rungs, dry_run))
struct LadderSet {
  std::int64_t duties_to_chase = 0;  // on the day it begins, for the first time
  std::vector<LadderView> rows;      // as the ladders stand; of a dry run, as they stood
};
BOOST_DESCRIBE_STRUCT(LadderSet, (), (duties_to_chase, rows))

namespace {

std::vector<LadderView> views(Chasing::Parts& p, bool all) {
  return p.database.read([&](db::Session& s) {
    std::vector<LadderView> out;
    std::set<std::tuple<std::string, std::string, std::string>> begun;  // the first of each that has begun is in force: rows come newest first
    for (const auto& [row, rungs] : p.store.list_ladders(s, all)) {
      const auto ladder = ladder_of(row, rungs);
      const bool in_force = !row.superseded_at && row.valid_from <= p.clock.today() && begun.emplace(row.origin, row.severity, row.confidentiality).second;
      out.push_back({row.id, ladder.match.origin, ladder.match.severity, ladder.match.confidentiality, row.valid_from, row.source, rungs, row.recorded_at, p.identity.name_of(s, row.recorded_by), row.superseded_at, in_force});
    }
    return out;
  });
}

}  // namespace

void add_ladder_routes(http::Router& router, Chasing::Parts& p) {
  router.get<LadderQuery, LadderList>("/api/ladders", {.permission = "policy.read", .summary = "The ladders of chasing, dated, with their sources", .tag = "chasing"},
                                      [&p](const Actor&, const LadderQuery& in) -> Result<LadderList> { return LadderList{views(p, in.all.value_or(false))}; });
  router.post<SetLadder, LadderSet>("/api/ladders", {.permission = "policy.edit", .summary = "Set a ladder from a day on; with dry_run says how many duties it would chase", .tag = "chasing"}, [&p](const Actor& actor, const SetLadder& in) -> Result<LadderSet> {
    if (in.origin && duties::duty_origins().count(*in.origin) == 0) return field_fault("origin", "duty.unknown_origin");
    const Ladder ladder{{}, {in.origin, in.severity, in.confidentiality}, in.valid_from, in.source, in.rungs};
    MANDATE_ASSIGN(const auto count, p.count_due(ladder));
    if (!in.dry_run.value_or(false)) MANDATE_TRY(p.set_ladder(actor, ladder));
    return LadderSet{count, views(p, false)};
  });
}

}  // namespace mandate::chasing
