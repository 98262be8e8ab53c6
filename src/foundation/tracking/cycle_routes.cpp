#include "foundation/tracking/routes.hpp"

namespace mandate::tracking {

struct CyclesQuery {
  std::optional<std::string> kind;
};
BOOST_DESCRIBE_STRUCT(CyclesQuery, (), (kind))
struct LockCycle {
  CycleId id;
  bool locked = true;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(LockCycle, (), (id, locked, reason))
struct ExceptionsQuery {
  std::string kind;
  Date period;
};
BOOST_DESCRIBE_STRUCT(ExceptionsQuery, (), (kind, period))
struct GrantException {
  std::string kind;
  Date period;
  std::optional<http::Number63> agency_id;
  std::optional<ItemId> item_id;
  std::string reason;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(GrantException, (), (kind, period, agency_id, item_id, reason, expires_at))
struct ExceptionById {
  ExceptionId id;
};
BOOST_DESCRIBE_STRUCT(ExceptionById, (), (id))
struct PutTier {
  std::string kind, code, name_zh, name_en;
  PeriodType every = PeriodType::month;
  std::vector<ReviewLevel> reviewers;
  std::optional<std::string> meeting;
  Date valid_from;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(PutTier, (), (kind, code, name_zh, name_en, every, reviewers, meeting, valid_from, source))

void add_cycle_routes(http::Router& router, Tracking::Parts& p) {
  router.get<CyclesQuery, CycleList>("/api/tracking-cycles", {.permission = "tracking.read", .summary = "Filing cycles, newest first, with what is filed, late and missing", .tag = "tracking"},
                                     [&p](const Actor& actor, const CyclesQuery& in) { return p.list_cycles(actor, in.kind.value_or("")); });
  router.post<LockCycle, CycleList>("/api/tracking-cycles/{id}/lock", {.permission = "tracking.control", .summary = "Lock all filings of a cycle that is over, or take the lock off with a reason", .tag = "tracking"},
                                    [&p](const Actor& actor, const LockCycle& in) { return p.lock(actor, in.id, in.locked, in.reason.value_or("")); });
  router.get<ExceptionsQuery, ExceptionList>("/api/tracking-exceptions", {.permission = "tracking.read", .summary = "Who may file a closed or locked period, why and until when", .tag = "tracking"}, [&p](const Actor&, const ExceptionsQuery& in) { return p.list_exceptions(in.kind, in.period); });
  router.post<GrantException, ExceptionList>("/api/tracking-exceptions", {.permission = "tracking.control", .summary = "Let an agency or one item file a closed or locked period until a moment", .tag = "tracking"}, [&p](const Actor& actor, const GrantException& in) {
    ExceptionRecord e;
    e.kind = in.kind;
    e.period_on = in.period;
    e.agency_id = in.agency_id.value_or(http::Number63{}).value;
    e.item_id = in.item_id.value_or(ItemId{});
    e.reason = in.reason;
    e.expires_at = in.expires_at;
    return p.grant(actor, e);
  });
  router.post<ExceptionById, ExceptionList>("/api/tracking-exceptions/{id}/end", {.permission = "tracking.control", .summary = "End an exception before its time", .tag = "tracking"}, [&p](const Actor& actor, const ExceptionById& in) { return p.end_exception(actor, in.id); });
  router.get<http::Nothing, TierList>("/api/tracking-tiers", {.permission = "tracking.read", .summary = "Tiers: how often is filed, who reviews, where it is reviewed", .tag = "tracking"}, [&p](const Actor&, const http::Nothing&) { return p.list_tiers(); });
  router.put<PutTier, TierList>("/api/tracking-tiers", {.permission = "tracking.control", .summary = "Set a tier from a day on", .tag = "tracking"}, [&p](const Actor& actor, const PutTier& in) {
    TierRecord t;
    t.kind = in.kind;
    t.code = in.code;
    t.name_zh = in.name_zh;
    t.name_en = in.name_en;
    t.every = in.every;
    for (const auto level : in.reviewers) t.reviewers += (t.reviewers.empty() ? "" : ",") + std::string(boost::describe::enum_to_string(level, ""));
    t.meeting = in.meeting.value_or("");
    t.valid_from = in.valid_from;
    t.source = in.source;
    return p.put_tier(actor, t);
  });
}

void add_tracking_routes(http::Router& router, Tracking& tracking) {
  add_item_routes(router, tracking.parts());
  add_filing_routes(router, tracking.parts());
  add_cycle_routes(router, tracking.parts());
  add_later_routes(router, tracking.parts());
}

}  // namespace mandate::tracking
